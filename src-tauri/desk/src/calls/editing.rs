//! What the editor of a panel asks beside the page itself: where its blocks stand, how it would look otherwise, what it said before.
use super::panels::{content, in_background, panel, read_paper};
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::{Kind, PanelOutput};
use crate::store::Filter;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tenjicho_press::areas::{self, Area, TextArea};
use tenjicho_press::block::Content;
use tenjicho_press::layout::Laid;
use tenjicho_press::length::Mm;
use tenjicho_press::{ghost, png};

/// Pixels across a small picture of a look.
const LOOK: u32 = 200;
/// Steps back that can be compared.
const VERSIONS: u32 = 60;

/// The areas of each page. Blocks that say nothing yet are laid out once more with stand-in words, to know where they will stand.
pub(super) fn areas_of(desk: &Desk, content: &Content, laid: &Laid) -> BTreeMap<usize, Vec<PanelArea>> {
    let found = areas::areas(content, &laid.pages);
    let mut all: BTreeMap<usize, Vec<PanelArea>> = BTreeMap::new();
    let drawn: BTreeSet<usize> = found.iter().map(|a| a.block).collect();
    let silent: Vec<usize> = (0..content.blocks.len()).filter(|i| !drawn.contains(i)).collect();
    for area in &found {
        all.entry(area.page).or_default().push(wire_area(area, false));
    }
    if !silent.is_empty() {
        let filled = ghost::filled(content, &silent);
        let stood_in = desk.press.lay_out(&filled, &|hash| desk.store.photo_path(hash));
        let last = laid.pages.len().saturating_sub(1);
        let whole = areas::areas(&filled, &stood_in.pages);
        for area in whole.iter().filter(|a| silent.contains(&a.block)) {
            all.entry(area.page.min(last)).or_default().push(wire_area(area, true));
        }
        // The order in which the whole would be read.
        let rank = |area: &PanelArea| whole.iter().position(|a| a.block as i32 == area.block);
        all.values_mut().for_each(|page| page.sort_by_key(rank));
    }
    all
}

fn wire_area(area: &Area, ghost: bool) -> PanelArea {
    PanelArea {
        block: area.block as i32,
        place: place(area.place),
        ghost,
        texts: area.texts.iter().map(wire_text).collect(),
        picture: area.picture.as_ref().map(|p| PanelPicture { frame: place(p.frame), whole: place(p.whole) }),
    }
}

fn wire_text(text: &TextArea) -> PanelText {
    let [r, g, b] = text.ink;
    PanelText {
        path: text.path.clone(),
        place: place(text.place),
        measure: text.measure.0,
        face: text.face.file().into(),
        size: text.size.0,
        leading: text.leading.0,
        ink: format!("#{r:02x}{g:02x}{b:02x}"),
        upright: text.upright,
    }
}

fn place(place: [Mm; 4]) -> Vec<f64> {
    place.map(|mm| mm.0).to_vec()
}

/// Names a picture for every choice; each is drawn only when the window shows it.
pub(super) async fn looks(desk: &Arc<Desk>, ask: LooksAsk) -> Result<Looks> {
    content(&ask.content)?;
    let document: Value = serde_json::from_str(&ask.content).unwrap_or_default();
    let kinds = [("template", &ask.templates), ("theme", &ask.themes), ("paper", &ask.papers)];
    let mut looks = Vec::new();
    for (kind, names) in kinds {
        for name in names {
            let mut dressed = document.clone();
            // A theme or template of one's own comes whole.
            let own: Option<Value> = if name.starts_with('{') { serde_json::from_str(name).ok() } else { None };
            match (kind, own) {
                ("paper", _) => dressed[kind] = json!(read_paper(name)?),
                ("template", Some(own)) => {
                    dressed[kind] = own["base"].clone();
                    dressed["frames"] = own;
                }
                ("template", None) => {
                    dressed[kind] = json!(name);
                    dressed["frames"] = Value::Null;
                }
                (_, own) => dressed[kind] = own.unwrap_or_else(|| json!(name)),
            }
            let key = desk.press.keep_look(dressed.to_string());
            looks.push(Look { kind: kind.into(), name: name.clone(), url: format!("/look/{key}") });
        }
    }
    Ok(Looks { looks })
}

/// The small picture of a look.
pub(crate) async fn look(desk: &Arc<Desk>, key: &str) -> Option<Vec<u8>> {
    let text = desk.press.look_of(key)?;
    let desk = desk.clone();
    let drawn = in_background(move || {
        let find = |hash: &str| desk.store.photo_path(hash);
        let laid = desk.press.lay_out(&content(&text)?, &find);
        let images = desk.press.small_pictures(&laid.pages, &find, 320);
        let page = laid.pages.first().ok_or_else(|| Fault::new(FaultKind::Internal, "ページがありません", ""))?;
        png::draw(page, &images, desk.press.fonts(), LOOK).map_err(|e| Fault::new(FaultKind::Internal, e.message, e.hint))
    });
    drawn.await.ok()
}

pub(super) async fn panel_versions(desk: &Arc<Desk>, ask: PanelVersionsAsk) -> Result<PanelVersions> {
    panel(desk, &ask.panel).await?;
    let before = desk.store.said_before(Kind::Panel, &ask.panel, "content", VERSIONS).await?;
    let mut proofs: Vec<PanelOutput> = desk.store.all(&Filter::of("panel", ask.panel.as_str())).await?;
    proofs.retain(|p| p.mode == "proof");
    // A proof shows what the panel said at the last step before it was made. Times of both are compared without their zone.
    let clock = |at: &str| at.get(..23).unwrap_or(at).to_owned();
    let proof = |from: &str, until: Option<&str>| {
        let made = proofs.iter().filter(|p| clock(&p.at) >= clock(from) && until.is_none_or(|next| clock(&p.at) < clock(next)));
        made.map(|p| p.version).max()
    };
    let mut versions = Vec::new();
    let mut next: Option<String> = None;
    for (step, content) in before {
        let Value::String(content) = content else { continue };
        versions.push(PanelVersion { proof: proof(&step.at, next.as_deref()), step: step.id, label: step.label, at: step.at.clone(), content });
        next = Some(step.at);
    }
    Ok(PanelVersions { versions })
}
