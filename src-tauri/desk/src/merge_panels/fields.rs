//! Fields of a template: {{市名}} in any text, {{写真}} as the picture of a photo block.
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static FIELD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{\{\s*([^{}\n]{1,40}?)\s*\}\}").unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}")));

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    /// It is a picture, not a text.
    pub picture: bool,
    /// A panel is nothing without it: it stands in the title.
    pub required: bool,
}

/// The fields of a content document in their order, each once.
pub fn fields_of(content: &Value) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    for block in content.get("blocks").and_then(Value::as_array).into_iter().flatten() {
        let title = block.get("type").and_then(Value::as_str) == Some("title");
        gather(block, "", title, &mut found);
    }
    found
}

fn gather(value: &Value, key: &str, title: bool, found: &mut Vec<Field>) {
    match value {
        Value::String(text) => {
            for name in FIELD.captures_iter(text).map(|c| c[1].to_owned()) {
                let (picture, required) = (key == "picture", title && key == "text");
                match found.iter_mut().find(|f| f.name == name) {
                    Some(known) => (known.picture, known.required) = (known.picture || picture, known.required || required),
                    None => found.push(Field { name, picture, required }),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, key, title, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, field)| gather(field, key, title, found)),
        _ => {}
    }
}

/// The document with each field replaced by its value. What stands in a value is text, never a field of its own.
pub fn fill(content: &Value, values: &BTreeMap<String, String>) -> Value {
    match content {
        Value::String(text) => FIELD.replace_all(text, |c: &regex::Captures<'_>| values.get(&c[1]).cloned().unwrap_or_else(|| c[0].to_owned())).into_owned().into(),
        Value::Array(items) => items.iter().map(|item| fill(item, values)).collect(),
        Value::Object(fields) => Value::Object(fields.iter().map(|(key, field)| (key.clone(), fill(field, values))).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_found_once_and_filled_everywhere() {
        let content = json!({ "blocks": [
            { "type": "title", "text": "{{市名}}", "reading": "{{ よみ }}" },
            { "type": "photo", "picture": "{{写真}}", "caption": "{{市名}}の浜" },
            { "type": "facts", "rows": [{ "label": "人口", "value": "{{人口}}人" }] }
        ] });
        let names: Vec<(String, bool, bool)> = fields_of(&content).into_iter().map(|f| (f.name, f.picture, f.required)).collect();
        assert_eq!(names, [("市名".into(), false, true), ("よみ".into(), false, false), ("写真".into(), true, false), ("人口".into(), false, false)]);
        let values = BTreeMap::from([("市名".to_owned(), "{{人口}}".to_owned()), ("人口".to_owned(), "58,431".to_owned())]);
        let filled = fill(&content, &values);
        assert_eq!(filled["blocks"][0]["text"], "{{人口}}");
        assert_eq!(filled["blocks"][1]["picture"], "{{写真}}");
        assert_eq!(filled["blocks"][2]["rows"][0]["value"], "58,431人");
    }
}
