//! A fix beside a finding: a label for its button and a deed that changes the content document, as data.
use super::texts::kind;
use crate::fault::{Fault, FaultKind, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tenjicho_press::block::Content;
use tenjicho_press::notice::{Notice, NoticeCode};
use ts_rs::TS;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Fix {
    /// What the button says.
    pub label: String,
    pub deed: Deed,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// The proof is approved: the state of the panel, not its content.
    #[default]
    Approve,
    /// Replaces the first `from` in the string at a JSON pointer.
    ReplaceText { at: String, from: String, to: String },
    /// Sets fields of the content document; null takes a field away.
    SetFields(Vec<FieldValue>),
    /// Sets the type of a placed block smaller until it fits, not below its floor.
    SmallerStep { block: u32 },
    /// Puts what does not fit on a new panel behind this one: the body from `section` on, else as much as `characters` say.
    SecondPanel { block: u32, section: Option<u32>, characters: u32 },
    /// Only the writer can: so many characters too many.
    Shorten { block: u32, characters: u32 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FieldValue {
    /// JSON pointer from the top of the document.
    pub at: String,
    pub value: Value,
}

/// What a deed makes of a panel.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    Approved,
    Changed(Value),
    /// This panel, and the one behind it.
    Parted(Value, Value),
}

/// Notices that the press raises for a content document.
pub type Press<'a> = dyn Fn(&Content) -> Vec<Notice> + Sync + 'a;

impl Fix {
    pub fn new(label: impl Into<String>, deed: Deed) -> Self {
        Self { label: label.into(), deed }
    }

    /// Whether the words to be replaced stand in the source as they are read; marks may part them.
    pub fn fits(&self, content: &Value) -> bool {
        match &self.deed {
            Deed::ReplaceText { at, from, .. } => content.pointer(at).and_then(Value::as_str).is_some_and(|text| text.contains(from.as_str())),
            _ => true,
        }
    }
}

/// Does the deed to a copy of the document.
pub fn apply(content: &Value, deed: &Deed, press: &Press) -> Result<Done> {
    let mut content = content.clone();
    match deed {
        Deed::Approve => return Ok(Done::Approved),
        Deed::ReplaceText { at, from, to } => {
            let text = content.pointer(at).and_then(Value::as_str).filter(|text| !from.is_empty() && text.contains(from.as_str())).ok_or_else(gone)?;
            let mended = text.replacen(from.as_str(), to, 1);
            set(&mut content, at, mended.into())?;
        }
        Deed::SetFields(fields) => {
            for field in fields {
                set(&mut content, &field.at, field.value.clone())?;
            }
        }
        Deed::SmallerStep { block } => return smaller(content, *block as usize, press),
        Deed::SecondPanel { section: Some(section), .. } => {
            let mut first = typed(&content)?;
            let second = first.second_panel(*section as usize);
            return Ok(Done::Parted(json!(first), json!(second)));
        }
        Deed::SecondPanel { block, characters, .. } => return parted(content, *block as usize, *characters as usize),
        Deed::Shorten { characters, .. } => {
            let message = format!("あと{characters}字を、文から減らしてください");
            return Err(Fault::new(FaultKind::BadCall, message, "どこを減らすかは、書いた人にしか決められません"));
        }
    }
    Ok(Done::Changed(content))
}

fn gone() -> Fault {
    Fault::new(FaultKind::Conflict, "直すところが、もう変わっています", "検査の結果を読み直してください")
}

/// Sets what a JSON pointer names; missing objects on the way are made, null takes the field away.
pub fn set(content: &mut Value, at: &str, value: Value) -> Result<()> {
    let keys: Vec<String> = at.split('/').skip(1).map(|k| k.replace("~1", "/").replace("~0", "~")).collect();
    let Some((last, way)) = keys.split_last() else { return Err(gone()) };
    let mut here = content;
    for key in way {
        here = match here {
            Value::Array(items) => key.parse::<usize>().ok().and_then(|n| items.get_mut(n)).ok_or_else(gone)?,
            Value::Object(fields) => fields.entry(key.clone()).or_insert_with(|| Value::Object(Map::new())),
            _ => return Err(gone()),
        };
    }
    match here {
        Value::Array(items) => *last.parse::<usize>().ok().and_then(|n| items.get_mut(n)).ok_or_else(gone)? = value,
        Value::Object(fields) if value.is_null() => {
            fields.shift_remove(last);
        }
        Value::Object(fields) => {
            fields.insert(last.clone(), value);
        }
        _ => return Err(gone()),
    }
    Ok(())
}

/// Twelve steps of 5 %, down to a little over half; the press says whether it fits and stays readable.
fn smaller(mut content: Value, block: usize, press: &Press) -> Result<Done> {
    let at = format!("/blocks/{block}/place/size");
    let given = content.pointer(&at).and_then(Value::as_f64).ok_or_else(gone)?;
    for step in 1..=12 {
        let size = (given * 0.95_f64.powi(step) * 10.0).round() / 10.0;
        set(&mut content, &at, size.into())?;
        let notices = press(&typed(&content)?);
        let speaks = |code| notices.iter().any(|n| n.block == Some(block) && n.code == code);
        if speaks(NoticeCode::SmallType) {
            break;
        }
        if !speaks(NoticeCode::Overflow) {
            return Ok(Done::Changed(content));
        }
    }
    Err(Fault::new(FaultKind::BadField, "読める大きさのままでは、枠に収まりません", "文を短くするか、枠を広げるか、2枚に分けてください"))
}

fn typed(content: &Value) -> Result<Content> {
    crate::calls::content(&content.to_string())
}

/// The title and the organiser stand on both panels; body and rows go on where the first one ends.
fn parted(mut first: Value, block: usize, over: usize) -> Result<Done> {
    let nothing = || Fault::new(FaultKind::BadField, "ここは2枚に分けられません", "文を短くしてください");
    let whole = first.pointer(&format!("/blocks/{block}")).cloned().ok_or_else(gone)?;
    let (head, tail) = match kind(&first, block) {
        "body" => parted_list(&whole, "sections", over),
        "table" => parted_list(&whole, "rows", over),
        "facts" => parted_list(&whole, "rows", over),
        "municipalities" => parted_list(&whole, "names", over),
        "lead" => parted_text(&whole, over),
        _ => None,
    }
    .ok_or_else(nothing)?;
    let blocks = first.get("blocks").and_then(Value::as_array).cloned().unwrap_or_default();
    let stays = |b: &Value| matches!(b["type"].as_str(), Some("title" | "footer" | "tag" | "qr"));
    let second: Vec<Value> = blocks.iter().enumerate().filter_map(|(n, b)| if n == block { Some(tail.clone()) } else { stays(b).then(|| b.clone()) }).collect();
    set(&mut first, &format!("/blocks/{block}"), head)?;
    let mut other = first.clone();
    set(&mut other, "/blocks", second.into())?;
    Ok(Done::Parted(first, other))
}

/// Takes whole sections or rows from the end until at least `over` characters are gone; a single section is cut between its sentences.
fn parted_list(whole: &Value, field: &str, over: usize) -> Option<(Value, Value)> {
    let items = whole.get(field)?.as_array()?;
    let mut keep = items.len();
    let mut gone = 0;
    while keep > 1 && gone < over.max(1) {
        keep -= 1;
        gone += letters(&items[keep]);
    }
    let (mut head, mut tail) = (whole.clone(), whole.clone());
    if keep == items.len() {
        let (text, rest) = cut(items.first()?.get("text")?.as_str()?, over)?;
        head[field][0]["text"] = text.into();
        tail[field][0]["text"] = rest.into();
        return Some((head, tail));
    }
    head[field] = items[..keep].to_vec().into();
    tail[field] = items[keep..].to_vec().into();
    Some((head, tail))
}

fn parted_text(whole: &Value, over: usize) -> Option<(Value, Value)> {
    let (text, rest) = cut(whole.get("text")?.as_str()?, over)?;
    let (mut head, mut tail) = (whole.clone(), whole.clone());
    head["text"] = text.into();
    tail["text"] = rest.into();
    Some((head, tail))
}

/// Cuts after the last full stop or line break that leaves at least `over` characters behind it.
fn cut(text: &str, over: usize) -> Option<(String, String)> {
    let end = text.char_indices().rev().nth(over.max(1) - 1)?.0;
    let at = text[..end].rfind(['。', '\n']).map(|i| i + text[i..].chars().next().map_or(0, char::len_utf8))?;
    let (head, tail) = (text[..at].trim_end(), text[at..].trim_start());
    (!head.is_empty() && !tail.is_empty()).then(|| (head.to_owned(), tail.to_owned()))
}

fn letters(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.iter().map(letters).sum(),
        Value::Object(fields) => fields.values().map(letters).sum(),
        _ => 0,
    }
}
