//! Waivers: a finding that was looked at and let pass, with its reason. A waiver holds for this very finding and is void when it changes.
use crate::calls::wire_types::PanelNotice;
use crate::model::record::Waiver;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// The waiver that covers a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Waived {
    pub id: String,
    pub reason: String,
    pub on: String,
}

/// Fingerprint of a finding: its code, its sentence with the number, and the block that it speaks of. Not the place of the block in
/// the document, so that moving a block keeps its waivers.
pub fn mark(finding: &PanelNotice, content: Option<&Value>) -> String {
    let block = finding.block.and_then(|b| content?.pointer(&format!("/blocks/{b}")));
    let said = format!("{}\n{}\n{}", finding.code, finding.message, block.map(Value::to_string).unwrap_or_default());
    blake3::hash(said.as_bytes()).to_hex()[..24].to_owned()
}

/// The newest waiver of the panel that bears the finding's mark.
pub fn of(waivers: &[Waiver], panel: &str, finding: &PanelNotice) -> Option<Waived> {
    let found = waivers.iter().filter(|w| w.panel == panel && w.mark == finding.mark && !w.reason.trim().is_empty()).max_by(|a, b| a.on.cmp(&b.on))?;
    Some(Waived { id: found.id.clone(), reason: found.reason.clone(), on: found.on.clone() })
}
