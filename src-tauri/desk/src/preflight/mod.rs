//! Preflight of a panel and of a set: what the press notices on the page, and what only the office knows.
//!
//! The steps are the files: `texts` finds the words, `dates`, `names`, `figures` and `photos` read them, `offers` adds the fixes, `fix` does
//! them, `waiver` says what was let pass, `report` writes it down. Pure: nothing here opens a file or a database.
mod dates;
mod figures;
mod fix;
mod names;
mod offers;
mod photos;
pub mod report;
mod texts;
mod waiver;

pub use fix::{Deed, Done, FieldValue, Fix, Press, apply};
pub use waiver::Waived;

use crate::calls::wire_types::PanelNotice;
use crate::model::record::{Exhibition, Panel, Photo, Waiver};
use chrono::NaiveDate;
use offers::View;
use serde_json::Value;
use std::collections::HashMap;
use tenjicho_press::block::Content;
use tenjicho_press::notice::{Level, Notice};

/// A set of panels with what the office knows of it.
pub struct Set<'a> {
    pub exhibition: &'a Exhibition,
    pub panels: &'a [Panel],
    /// By the hash of their bytes.
    pub photos: &'a HashMap<String, Photo>,
    pub waivers: &'a [Waiver],
    pub today: NaiveDate,
    /// Lays a panel out.
    pub press: &'a Press<'a>,
}

/// A finding before it is fingerprinted.
pub(crate) fn found(level: &str, code: &str, message: impl Into<String>, hint: &str, block: Option<usize>) -> PanelNotice {
    PanelNotice { level: level.into(), code: code.into(), message: message.into(), hint: hint.into(), block: block.map(|b| b as i32), ..PanelNotice::default() }
}

impl PanelNotice {
    /// Names the string that it speaks of.
    pub(crate) fn at(mut self, at: &str) -> Self {
        self.at = Some(at.to_owned());
        self
    }
    pub(crate) fn fixed(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
    pub fn is_open_error(&self) -> bool {
        self.level == "error" && self.waived.is_none()
    }
}

impl Set<'_> {
    /// All findings of the set, one list a panel, worst first. On all cores.
    pub fn look(&self) -> Vec<Vec<PanelNotice>> {
        use rayon::prelude::*;
        let read: Vec<Option<Value>> = self.panels.iter().map(|p| serde_json::from_str(&p.content).ok()).collect();
        let shown = self.shown(&read);
        let look = |(n, panel): (usize, &Panel)| {
            let mut findings = self.of_content(n, panel, read[n].as_ref(), &shown);
            findings.extend(unapproved(panel));
            self.finish(panel, read[n].as_ref(), findings)
        };
        self.panels.par_iter().enumerate().map(look).collect()
    }

    /// Findings of one panel while it is being written: `panel` holds what is on the screen. Its proof state is not asked yet.
    pub fn look_at(&self, panel: &Panel) -> Vec<PanelNotice> {
        let at = self.panels.iter().position(|p| p.id == panel.id).unwrap_or(usize::MAX);
        let read: Vec<Option<Value>> = self.panels.iter().map(|p| serde_json::from_str(if p.id == panel.id { &panel.content } else { &p.content }).ok()).collect();
        let own: Option<Value> = serde_json::from_str(&panel.content).ok();
        let findings = self.of_content(at, panel, own.as_ref(), &self.shown(&read));
        self.finish(panel, own.as_ref(), findings)
    }

    fn shown(&self, read: &[Option<Value>]) -> photos::Shown {
        let mut shown = photos::Shown::default();
        for (n, (panel, content)) in self.panels.iter().zip(read).enumerate() {
            if let Some(content) = content {
                photos::note(&mut shown, n, &panel.title, content);
            }
        }
        shown
    }

    fn of_content(&self, at: usize, panel: &Panel, json: Option<&Value>, shown: &photos::Shown) -> Vec<PanelNotice> {
        let read = crate::calls::content(&panel.content);
        let (content, json) = match (read, json) {
            (Ok(content), Some(json)) => (content, json),
            (Err(fault), _) => return vec![found("error", "unreadable", fault.message, &fault.hint, None)],
            (Ok(_), None) => return vec![],
        };
        let mut findings = self.pressed(&content, json);
        let pieces = texts::pieces(json);
        dates::check(&pieces, &dates::Years::of(self.exhibition), &mut findings);
        names::check(json, &pieces, &mut findings);
        figures::check(json, &pieces, &mut findings);
        photos::check(json, self.photos, photos::last_day(self.exhibition, self.today), &mut findings);
        photos::twice(json, at, shown, &mut findings);
        findings.extend(unfilled(&pieces));
        findings
    }

    /// What the press says, with the fixes that the office can offer.
    fn pressed(&self, content: &Content, json: &Value) -> Vec<PanelNotice> {
        let view = View { json, content, photos: self.photos };
        let wire = |notice: &Notice| PanelNotice { fixes: view.offers(notice), ..wire_notice(notice) };
        (self.press)(content).iter().map(wire).collect()
    }

    /// Worst first, each with its fingerprint and with the waiver that covers it.
    fn finish(&self, panel: &Panel, json: Option<&Value>, mut findings: Vec<PanelNotice>) -> Vec<PanelNotice> {
        for finding in &mut findings {
            finding.spot = texts::spot(finding, json);
            finding.fixes.retain(|fix| json.is_none_or(|json| fix.fits(json)));
            finding.mark = waiver::mark(finding, json);
            finding.waived = waiver::of(self.waivers, &panel.id, finding);
        }
        findings.sort_by_key(|f| (rank(&f.level), f.page, f.block));
        findings
    }
}

fn rank(level: &str) -> u8 {
    match level {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}

fn unapproved(panel: &Panel) -> Option<PanelNotice> {
    if panel.status == "approved" {
        return None;
    }
    let state = match panel.status.as_str() {
        "asked" => "依頼中",
        "received" => "受領",
        "proofing" => "校正中",
        _ => "未依頼",
    };
    let message = format!("校了していません（いまは「{state}」）。");
    Some(found("error", "not_approved", message, "校正が済んだら、状態を「校了」にしてください。", None).fixed(Fix::new("校了にする", Deed::Approve)))
}

/// A field of a template that nobody has filled is printed as it stands.
fn unfilled(pieces: &[texts::Piece]) -> Vec<PanelNotice> {
    let open = |piece: &&texts::Piece| piece.text.find("{{").is_some_and(|at| piece.text[at..].contains("}}"));
    let say = |piece: &texts::Piece| {
        let from = piece.text.find("{{").unwrap_or(0);
        let to = piece.text[from..].find("}}").map_or(piece.text.len(), |i| from + i + 2);
        let message = format!("差し込みの欄「{}」が埋まっていません。", &piece.text[from..to]);
        found("error", "unfilled_field", message, "差し込みを行うか、文字を入れてください。", Some(piece.block)).at(&piece.at)
    };
    pieces.iter().filter(open).map(say).collect()
}

/// A notice of the press as it goes over the wire.
pub fn wire_notice(notice: &Notice) -> PanelNotice {
    let level = match notice.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "advice",
    };
    let code = serde_json::to_value(notice.code).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    PanelNotice {
        page: notice.page as i32,
        place: notice.place.map(|p| p.map(|mm| mm.0).to_vec()),
        ..found(level, &code, notice.message.clone(), &notice.hint, notice.block)
    }
}
