//! What a new panel starts from: every template with its empty blocks, the themes and the papers.
use super::panels::word;
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use serde::Deserialize;
use std::sync::Arc;
use tenjicho_press::block::Content;
use tenjicho_press::own_template::OwnTemplate;
use tenjicho_press::theme::Theme;

const BLANKS: &str = include_str!("../../../../assets/templates/blanks.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blank {
    name: String,
    label: String,
    content: Content,
}

fn blanks() -> std::result::Result<Vec<Blank>, serde_json::Error> {
    serde_json::from_str(BLANKS)
}

pub(super) async fn templates(desk: &Arc<Desk>, _: Nothing) -> Result<Templates> {
    let broken = |e: serde_json::Error| Fault::new(FaultKind::Internal, format!("ひな形を読めません（{e}）"), "");
    let line = |blank: Blank| TemplateLine { name: blank.name, label: blank.label, blank: serde_json::to_string(&blank.content).unwrap_or_default() };
    let named = |name: &str, label: &str| NameLabel { name: name.into(), label: label.into() };
    let mut all = Templates {
        templates: blanks().map_err(broken)?.into_iter().map(line).collect(),
        themes: Theme::shipped().iter().map(|t| ThemeLine { name: t.name.clone(), label: t.label.clone(), own: None }).collect(),
        faults: Vec::new(),
        papers: vec![
            named("A0", "A0"),
            named("A1", "A1"),
            named("A2", "A2"),
            named("A3", "A3"),
            named("A4", "A4"),
            named("A5", "A5"),
            named("B1", "B1（JIS）"),
            named("B2", "B2（JIS）"),
            named("600x1800", "タペストリー 600×1800"),
            named("900x1800", "タペストリー 900×1800"),
        ],
    };
    // One's own begin with the same empty blocks as the shipped template that they rearrange.
    let blank = |own: &OwnTemplate| all.templates.iter().find(|t| t.name == word(&own.base)).and_then(|t| Content::from_json(&t.blank).ok()).unwrap_or_default();
    let own = super::dress::Wardrobe::open(desk.store.folder(), blank);
    all.templates.extend(own.templates);
    all.themes.extend(own.themes);
    all.faults = own.faults;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_has_a_blank_that_names_it() {
        let blanks = blanks().expect("the shipped blanks are well formed");
        assert_eq!(blanks.len(), 15);
        for blank in blanks {
            let template = blank.content.template.map(|t| serde_json::to_value(t).expect("a plain word"));
            assert_eq!(template, Some(blank.name.clone().into()), "{}", blank.label);
        }
    }
}
