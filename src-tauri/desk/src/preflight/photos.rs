//! What the workspace knows of each photo: credit, permission number and its expiry; and where else in the set it is shown.
use super::fix::{Deed, FieldValue, Fix};
use super::found;
use super::texts::kind;
use crate::calls::wire_types::PanelNotice;
use crate::model::record::{Exhibition, Photo};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// A photo that a content document shows: a block of its own, or one of a grid. A logo stands on every panel and is no photo.
pub struct Seen<'a> {
    pub block: usize,
    /// JSON pointer to the object that names it.
    at: String,
    pub hash: &'a str,
    fields: &'a Value,
}

impl Seen<'_> {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

/// All photos of a document, in its order.
pub fn shown(content: &Value) -> Vec<Seen<'_>> {
    let mut found = Vec::new();
    for (block, fields) in content.get("blocks").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let at = format!("/blocks/{block}");
        if kind(content, block) == "photo" {
            found.extend(seen(block, at.clone(), fields));
        }
        for (n, photo) in fields.get("photos").and_then(Value::as_array).into_iter().flatten().enumerate() {
            found.extend(seen(block, format!("{at}/photos/{n}"), photo));
        }
    }
    found
}

fn seen(block: usize, at: String, fields: &Value) -> Option<Seen<'_>> {
    let hash = fields.get("picture")?.as_str().filter(|hash| !hash.is_empty())?;
    Some(Seen { block, at, hash, fields })
}

/// Compares the photos with their records.
pub fn check(content: &Value, photos: &HashMap<String, Photo>, until: NaiveDate, findings: &mut Vec<PanelNotice>) {
    for seen in shown(content) {
        let Some(photo) = photos.get(seen.hash) else { continue };
        let known = photo.permission.trim();
        let printed = format!("{} {}", seen.field("permission"), seen.field("credit"));
        if !known.is_empty() && !printed.contains(known) {
            let message = format!("写真「{}」の許可番号（{known}）が記されていません。", photo.file_name);
            let at = format!("{}/permission", seen.at);
            let notice = found("error", "permission_missing", message, "許可番号を写真に添えてください。", Some(seen.block)).at(&at);
            findings.push(notice.fixed(Fix::new("許可番号を入れる", Deed::SetFields(vec![FieldValue { at, value: known.into() }]))));
        }
        findings.extend(expiry(photo, known, until, seen.block));
    }
}

fn expiry(photo: &Photo, known: &str, until: NaiveDate, block: usize) -> Option<PanelNotice> {
    let written = photo.permission_expires.trim();
    if written.is_empty() {
        let message = format!("写真「{}」の使用期限が記録されていません（許可番号 {known}）。", photo.file_name);
        let hint = "設定の「写真」で使用期限を入れてください。期限のない許可なら、理由を書いて見送れます。";
        return (!known.is_empty()).then(|| found("warning", "permission_expiry", message, hint, Some(block)));
    }
    let day = NaiveDate::parse_from_str(written, "%Y-%m-%d").ok().or_else(|| crate::model::date::parse_in(written, None).period.and_then(|p| p.last_day()))?;
    if day >= until {
        return None;
    }
    let message = format!("写真「{}」の使用期限（{}）が、掲示の終わる{}より前に切れます。", photo.file_name, crate::model::date::wareki_day(day), crate::model::date::wareki_day(until));
    Some(found("error", "permission_expired", message, "使用の許可を延ばしてもらうか、写真を替えてください。", Some(block)))
}

/// The last day on which the panels hang: the exhibition's last day, else today.
pub fn last_day(exhibition: &Exhibition, today: NaiveDate) -> NaiveDate {
    exhibition.period.as_ref().and_then(|p| p.last_day()).map_or(today, |last| last.max(today))
}

/// A way to a panel of the set: its number and title.
pub type Shown = BTreeMap<String, Vec<(usize, String)>>;

/// Adds what one panel shows; `panel` is its place in the set, `name` how it is called in a finding.
pub fn note(shown_in: &mut Shown, panel: usize, name: &str, content: &Value) {
    for seen in shown(content) {
        shown_in.entry(seen.hash.to_owned()).or_default().push((panel, name.to_owned()));
    }
}

/// Says which photos of this panel are shown a second time, here or elsewhere in the set.
pub fn twice(content: &Value, panel: usize, shown_in: &Shown, findings: &mut Vec<PanelNotice>) {
    let mut said: Vec<&str> = Vec::new();
    let all = shown(content);
    for Seen { block, hash, .. } in &all {
        let Some(places) = shown_in.get(*hash).filter(|p| p.len() > 1 && !said.contains(hash)) else { continue };
        said.push(hash);
        let mut others: Vec<&str> = places.iter().filter(|(p, _)| *p != panel).map(|(_, name)| name.as_str()).collect();
        others.dedup();
        let where_else = match others.as_slice() {
            [] => "このパネルに2回".to_owned(),
            [one] => format!("「{one}」にも"),
            [first, rest @ ..] => format!("「{first}」ほか{}枚にも", rest.len()),
        };
        let message = format!("同じ写真が{where_else}使われています。");
        findings.push(found("warning", "photo_twice", message, "どちらかを別の写真に替えてください。", Some(*block)));
    }
}
