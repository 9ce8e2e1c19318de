//! Keeps what was changed by hand: what the panel was made as, what it is now, and what it would be made as today, field by field.
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// A field that was changed by hand since it was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Override {
    /// JSON pointer into the content as it is now.
    pub at: String,
    pub made: Value,
    pub now: Value,
}

/// The content that follows the template and the row, but for what was changed by hand.
pub fn merged(base: &Value, ours: &Value, theirs: &Value) -> Value {
    if ours == base {
        return theirs.clone();
    }
    if theirs == base || theirs == ours {
        return ours.clone();
    }
    match (base, ours, theirs) {
        (Value::Object(b), Value::Object(o), Value::Object(t)) => Value::Object(objects(b, o, t)),
        (Value::Array(b), Value::Array(o), Value::Array(t)) if is_blocks(b) && is_blocks(o) && is_blocks(t) => Value::Array(blocks(b, o, t)),
        (Value::Array(b), Value::Array(o), Value::Array(t)) if b.len() == o.len() && o.len() == t.len() => {
            b.iter().zip(o).zip(t).map(|((b, o), t)| merged(b, o, t)).collect()
        }
        // Both sides changed it: the hand wins.
        _ => ours.clone(),
    }
}

fn objects(base: &Map<String, Value>, ours: &Map<String, Value>, theirs: &Map<String, Value>) -> Map<String, Value> {
    let mut out = Map::new();
    let keys = ours.keys().chain(theirs.keys().filter(|k| !ours.contains_key(*k)));
    for key in keys {
        let kept = match (base.get(key), ours.get(key), theirs.get(key)) {
            (Some(b), Some(o), Some(t)) => Some(merged(b, o, t)),
            (None, Some(o), Some(t)) => Some(if o == t { t.clone() } else { o.clone() }),
            // Taken away by the template; it stays where the hand had changed it.
            (Some(b), Some(o), None) => (o != b).then(|| o.clone()),
            (None, Some(o), None) => Some(o.clone()),
            // Taken away by hand.
            (Some(_), None, _) => None,
            (None, None, t) => t.cloned(),
        };
        if let Some(value) = kept {
            out.insert(key.clone(), value);
        }
    }
    out
}

fn is_blocks(items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(|i| i.get("type").is_some_and(Value::is_string))
}

/// What makes a block the same block in two documents: its type, its role, and which of those it is.
fn names(items: &[Value]) -> Vec<(String, usize)> {
    let mut seen: Vec<String> = Vec::new();
    let name = |item: &Value| {
        let word = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let name = format!("{} {}", word("type"), word("role"));
        let nth = seen.iter().filter(|s| **s == name).count();
        seen.push(name.clone());
        (name, nth)
    };
    items.iter().map(name).collect()
}

fn blocks(base: &[Value], ours: &[Value], theirs: &[Value]) -> Vec<Value> {
    let (bn, on, tn) = (names(base), names(ours), names(theirs));
    let at = |names: &[(String, usize)], name: &(String, usize)| names.iter().position(|n| n == name);
    let mut out = Vec::new();
    // The order is the hand's; what the template brings anew comes behind what stands before it there.
    for (n, name) in on.iter().enumerate() {
        let kept = match (at(&bn, name), at(&tn, name)) {
            (Some(b), Some(t)) => Some(merged(&base[b], &ours[n], &theirs[t])),
            (Some(b), None) => (base[b] != ours[n]).then(|| ours[n].clone()),
            (None, _) => Some(ours[n].clone()),
        };
        out.extend(kept.map(|value| (name.clone(), value)));
    }
    for (n, name) in tn.iter().enumerate().filter(|(_, name)| at(&bn, name).is_none() && at(&on, name).is_none()) {
        let before = tn[..n].iter().rev().find_map(|b| out.iter().position(|(o, _)| o == b));
        out.insert(before.map_or(0, |i| i + 1), (name.clone(), theirs[n].clone()));
    }
    out.into_iter().map(|(_, value)| value).collect()
}

/// Every field that is not as it was made.
pub fn overrides(made: &Value, now: &Value) -> Vec<Override> {
    let mut found = Vec::new();
    compare(made, now, "", &mut found);
    found
}

fn compare(made: &Value, now: &Value, at: &str, found: &mut Vec<Override>) {
    match (made, now) {
        (a, b) if a == b => {}
        (Value::Object(a), Value::Object(b)) => {
            for key in b.keys().chain(a.keys().filter(|k| !b.contains_key(*k))) {
                let none = Value::Null;
                compare(a.get(key).unwrap_or(&none), b.get(key).unwrap_or(&none), &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(n, (a, b))| compare(a, b, &format!("{at}/{n}"), found));
        }
        (a, b) => found.push(Override { at: at.to_owned(), made: a.clone(), now: b.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn panel(title: &str, lead: &str, extra: &[Value]) -> Value {
        let mut blocks = vec![json!({ "type": "title", "text": title }), json!({ "type": "lead", "text": lead })];
        blocks.extend_from_slice(extra);
        json!({ "template": "municipality", "blocks": blocks })
    }

    #[test]
    fn what_was_changed_by_hand_stays_and_the_rest_follows() {
        let base = panel("銚子市", "海のまち", &[]);
        let ours = panel("銚子市", "朝日のまち", &[]);
        let theirs = panel("銚子市（千葉県）", "海と畑のまち", &[]);
        assert_eq!(merged(&base, &ours, &theirs), panel("銚子市（千葉県）", "朝日のまち", &[]));
        assert_eq!(overrides(&base, &ours), [Override { at: "/blocks/1/text".into(), made: "海のまち".into(), now: "朝日のまち".into() }]);
    }

    #[test]
    fn blocks_that_either_side_adds_or_takes_away_are_kept_apart() {
        let qr = json!({ "type": "qr", "url": "https://example.jp/" });
        let photo = json!({ "type": "photo", "picture": "a", "role": "hero" });
        let base = panel("銚子市", "海", &[]);
        let with_hand = panel("銚子市", "海", std::slice::from_ref(&photo));
        let with_template = panel("銚子市", "畑", std::slice::from_ref(&qr));
        assert_eq!(merged(&base, &with_hand, &with_template), panel("銚子市", "畑", &[qr, photo.clone()]));
        let removed = json!({ "template": "municipality", "blocks": [{ "type": "title", "text": "銚子市" }] });
        assert_eq!(merged(&with_hand, &panel("銚子市", "浜", std::slice::from_ref(&photo)), &removed), panel("銚子市", "浜", &[])["blocks"].as_array().map(|b| json!({ "template": "municipality", "blocks": b })).expect("blocks"));
    }
}
