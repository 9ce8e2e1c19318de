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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::EXAMPLES;

    fn strings(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => found.push((path.to_owned(), text.clone())),
            Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| strings(item, &format!("{path}/{i}"), found)),
            Value::Object(fields) => fields.iter().for_each(|(name, item)| strings(item, &format!("{path}/{name}"), found)),
            _ => {}
        }
    }

    fn texts(content: &Content) -> Vec<(String, String)> {
        let mut found = Vec::new();
        strings(&serde_json::to_value(content).expect("a content is JSON"), "", &mut found);
        found
    }

    fn check(block: &str, path: &str, expected: &str) {
        let content = Content::from_json(&format!(r#"{{"blocks": [{block}]}}"#)).unwrap_or_else(|f| panic!("{block}: {}", f.message));
        let found = texts(&filled(&content, &[0]));
        let text = found.iter().find(|(at, _)| at == &format!("/blocks/0{path}")).map(|(_, text)| text.as_str());
        assert_eq!(text, Some(expected), "{block} {path}: {found:?}");
    }

    #[test]
    fn an_empty_block_gets_words_of_its_kind() {
        for (block, path, expected) in [
            (r#"{"type": "title", "text": ""}"#, "/text", "題名"),
            (r#"{"type": "title", "text": ""}"#, "/region", ""),
            (r#"{"type": "title", "text": "", "key_word": ""}"#, "/key_word", ""),
            (r#"{"type": "lead", "text": " 　"}"#, "/text", "ここにリードの文が入ります。二行ほどの長さです。"),
            (r#"{"type": "body", "sections": []}"#, "/sections/0/heading", "見出し"),
            (r#"{"type": "facts", "rows": []}"#, "/rows/0/label", "見出し"),
            (r#"{"type": "list", "items": []}"#, "/items/0", "見出し"),
            (r#"{"type": "figure", "title": "", "values": [], "note": ""}"#, "/values/0/value", "100"),
            (r#"{"type": "figure", "title": "", "values": [{"value": ""}], "note": ""}"#, "/values/0/prefix", ""),
            (r#"{"type": "timetable", "days": [{"label": "", "slots": [{"start": "", "end": "", "title": ""}]}]}"#, "/days/0/slots/0/start", "10:00"),
            (r#"{"type": "qr", "url": ""}"#, "/url", "https://example.jp/"),
            (r#"{"type": "photo", "picture": "", "caption": ""}"#, "/picture", ""),
            (r#"{"type": "occasion", "period": ""}"#, "/period", "1月1日(木)～1月31日(土)"),
        ] {
            check(block, path, expected);
        }
    }

    #[test]
    fn what_is_written_stays_as_it_is() {
        for (name, text) in EXAMPLES {
            let content = Content::from_json(text).expect("an example");
            let all: Vec<usize> = (0..content.blocks.len()).collect();
            let (before, after) = (texts(&content), texts(&filled(&content, &all)));
            for (path, words) in before.iter().filter(|(_, words)| !words.trim().is_empty()) {
                assert!(after.contains(&(path.clone(), words.clone())), "{name} {path}: {words}");
            }
            // Only the blocks that were named are filled.
            assert_eq!(filled(&content, &[]), content, "{name}");
            assert_eq!(filled(&content, &[content.blocks.len() + 3]), content, "{name}");
        }
    }
}
