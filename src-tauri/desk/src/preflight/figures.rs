//! 延べ and 実 side by side: two countings of the same thing in one figure mislead, and their sum means nothing.
use super::found;
use super::texts::{Piece, kind};
use crate::calls::wire_types::PanelNotice;
use crate::model::figure::{self, Counting};
use serde_json::Value;
use std::collections::BTreeMap;

/// Blocks whose numbers are read against each other.
const COMPARED: &[&str] = &["figure", "chart", "table"];

struct Counted {
    counting: Counting,
    words: String,
    at: String,
    block: usize,
}

/// Says where both countings stand together: in one figure, chart or table an error, elsewhere on the panel a warning.
pub fn check(content: &Value, pieces: &[Piece], findings: &mut Vec<PanelNotice>) {
    let mut of_unit: BTreeMap<String, Vec<Counted>> = BTreeMap::new();
    for piece in pieces {
        for (unit, counted) in countings(content, piece) {
            of_unit.entry(unit).or_default().push(counted);
        }
    }
    for counted in of_unit.values() {
        let pick = |wanted| counted.iter().find(|c| c.counting == wanted);
        let (Some(gross), Some(net)) = (pick(Counting::Gross), pick(Counting::Net)) else { continue };
        let together = counted.iter().filter(|c| c.counting == Counting::Net && COMPARED.contains(&kind(content, c.block))).find_map(|n| {
            let with = counted.iter().find(|g| g.counting == Counting::Gross && g.block == n.block)?;
            Some((with, n))
        });
        let (level, gross, net) = together.map_or(("warning", gross, net), |(g, n)| ("error", g, n));
        let message = format!("「{}」と「{}」が混ざっています。延べと実人数は比べられません。", gross.words, net.words);
        let hint = "数え方をどちらかにそろえるか、別の図や表に分けて数え方を書いてください。";
        findings.push(found(level, "counting_mixed", message, hint, Some(net.block)).at(&net.at));
    }
}

fn countings(content: &Value, piece: &Piece) -> Vec<(String, Counted)> {
    let counted = |counting, words: &str| Counted { counting, words: words.to_owned(), at: piece.at.clone(), block: piece.block };
    let mut all: Vec<(String, Counted)> =
        figure::find(&piece.text).into_iter().filter(|f| f.counting != Counting::Unspecified).map(|f| (people(&f.unit), counted(f.counting, &f.text))).collect();
    // In a chart or table the counting often stands apart from its number: 延べ人数 as a head.
    if all.is_empty() && COMPARED.contains(&kind(content, piece.block)) {
        let text = piece.text.trim();
        if ["延べ", "のべ", "延人"].iter().any(|w| text.starts_with(w)) {
            all.push((people(unit_beside(content, piece)), counted(Counting::Gross, text)));
        } else if text == "実" || ["実人数", "実数", "実人員", "実来場"].iter().any(|w| text.starts_with(w)) {
            all.push((people(unit_beside(content, piece)), counted(Counting::Net, text)));
        }
    }
    all
}

/// 名 and 人 count the same.
fn people(unit: &str) -> String {
    if unit.is_empty() || unit == "人" { "名".into() } else { unit.to_owned() }
}

/// The unit in the same value of a figure, or of the chart.
fn unit_beside<'a>(content: &'a Value, piece: &Piece) -> &'a str {
    let beside = piece.at.rsplit_once('/').map_or("", |(parent, _)| parent);
    let here = content.pointer(&format!("{beside}/unit")).and_then(Value::as_str);
    here.or_else(|| content.pointer(&format!("/blocks/{}/unit", piece.block)).and_then(Value::as_str)).unwrap_or_default()
}
