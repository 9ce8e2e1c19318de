//! Words that stand in for what is not written yet: laid out in its stead, they show where an empty block will stand.
use crate::block::{Block, Content};
use serde_json::{Map, Value, json};

/// The content with stand-in words in these blocks, so that each has a place on the page. A block that cannot be filled stays as it is.
pub fn filled(content: &Content, blocks: &[usize]) -> Content {
    let mut content = content.clone();
    for &index in blocks {
        let Some(block) = content.blocks.get_mut(index) else { continue };
        let Ok(Value::Object(mut fields)) = serde_json::to_value(&*block) else { continue };
        let kind = fields.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        fill(&mut fields, &kind);
        if let Ok(filled) = serde_json::from_value::<Block>(Value::Object(fields)) {
            *block = filled;
        }
    }
    content
}

/// Fields whose value is no word.
const FIXED: [&str; 6] = ["type", "role", "kind", "place", "picture", "key_word"];

fn fill(fields: &mut Map<String, Value>, kind: &str) {
    for (name, value) in fields.iter_mut().filter(|(name, _)| !FIXED.contains(&name.as_str())) {
        if let Value::Array(items) = value
            && items.is_empty()
            && let Some(item) = sample_item(kind, name)
        {
            items.push(item);
        }
        words(name, kind, value);
    }
}

fn words(name: &str, kind: &str, value: &mut Value) {
    match value {
        Value::String(text) if text.trim().is_empty() => *text = word(name, kind).to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| words(name, kind, item)),
        Value::Object(fields) => fields.iter_mut().filter(|(name, _)| !FIXED.contains(&name.as_str())).for_each(|(name, item)| words(name, kind, item)),
        _ => {}
    }
}

fn word(name: &str, kind: &str) -> &'static str {
    match (kind, name) {
        ("title", "text") => "題名",
        ("title", _) => "",
        ("subtitle", _) => "ここに副題",
        ("lead", _) => "ここにリードの文が入ります。二行ほどの長さです。",
        ("body", "text") => "ここに本文が入ります。本文はおよそこのくらいの長さで、何行かにわたります。",
        ("tag", _) => "種別",
        ("figure", "value") => "100",
        ("qr", "url") => "https://example.jp/",
        ("occasion", "period") => "1月1日(木)～1月31日(土)",
        (_, "suffix" | "prefix") => "",
        (_, "time" | "start" | "end") => "10:00",
        _ => "見出し",
    }
}

/// One entry of a list that is still empty.
fn sample_item(kind: &str, name: &str) -> Option<Value> {
    match (kind, name) {
        ("body", "sections") => Some(json!({ "heading": "", "text": "" })),
        ("facts", "rows") => Some(json!({ "label": "", "value": "" })),
        ("table", "rows") => Some(json!([""])),
        ("chart", "points") => Some(json!({ "label": "", "value": 1.0 })),
        ("figure", "values") => Some(json!({ "value": "" })),
        ("municipalities", "names") | ("footer", "lines") | ("list", "items") => Some(json!("見出し")),
        _ => None,
    }
}
