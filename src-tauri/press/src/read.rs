//! Reading a content document: what is wrong is named with its path, line and column, and with what to write instead.
use crate::block::{Block, Content, Place, ThemeChoice, What};
use crate::{paper, ranges};
use crate::own_template::OwnTemplate;
use crate::theme::{OwnTheme, Theme};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Larger documents are not content documents.
const LONGEST: usize = 8 * 1024 * 1024;

/// Why a content document cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct ContentFault {
    /// e.g. `blocks[2].sections[0].text`; empty for the whole document.
    pub path: String,
    /// Counted from 1, the column in characters.
    pub line: usize,
    pub column: usize,
    pub message: String,
    pub hint: String,
}

/// One step down into a JSON document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// A fault before its place in the text is known.
pub(crate) struct Found {
    path: Vec<Step>,
    message: String,
    hint: String,
}

impl Content {
    /// Reads a content document. Every field is checked; the first fault is told with its place.
    pub fn from_json(text: &str) -> Result<Content, ContentFault> {
        document(text, read)
    }

    /// JSON Schema of the content document, with one worked example for every template and for free placement.
    pub fn schema() -> Value {
        let mut schema = schemars::schema_for!(Content).to_value();
        schema["title"] = "展示帖 パネルの内容".into();
        schema["examples"] = EXAMPLES.iter().filter_map(|(_, text)| serde_json::from_str::<Value>(text).ok()).collect();
        schema
    }
}

/// Worked examples by file name.
pub const EXAMPLES: [(&str, &str); 16] = [
    ("municipality", include_str!("../../../assets/examples/municipality.json")),
    ("title", include_str!("../../../assets/examples/title.json")),
    ("figures", include_str!("../../../assets/examples/figures.json")),
    ("record", include_str!("../../../assets/examples/record.json")),
    ("greeting", include_str!("../../../assets/examples/greeting.json")),
    ("theme", include_str!("../../../assets/examples/theme.json")),
    ("support", include_str!("../../../assets/examples/support.json")),
    ("chronology", include_str!("../../../assets/examples/chronology.json")),
    ("stage", include_str!("../../../assets/examples/stage.json")),
    ("map", include_str!("../../../assets/examples/map.json")),
    ("booth", include_str!("../../../assets/examples/booth.json")),
    ("caption", include_str!("../../../assets/examples/caption.json")),
    ("tapestry", include_str!("../../../assets/examples/tapestry.json")),
    ("poster", include_str!("../../../assets/examples/poster.json")),
    ("flyer", include_str!("../../../assets/examples/flyer.json")),
    ("free", include_str!("../../../assets/examples/free.json")),
];

/// Reads any document of ours with `read`; what it finds wrong is told with path, line and column.
pub(crate) fn document<T>(text: &str, read: impl FnOnce(Value) -> Result<T, Found>) -> Result<T, ContentFault> {
    if text.len() > LONGEST {
        let message = format!("ファイルが大きすぎます（{} MB）。", text.len() / 1024 / 1024);
        return Err(placed("", found(vec![], &message, "8 MB 以下にしてください。")));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text).map_err(|e| ContentFault {
        path: String::new(),
        line: e.line(),
        column: e.column(),
        message: format!("JSON として読めません（{}行 {}文字目）。", e.line(), e.column()),
        hint: "コンマ、かっこ、引用符の抜けがないか確かめてください。".into(),
    })?;
    read(value).map_err(|found| placed(text, found))
}

/// The fault with its place in the text.
fn placed(text: &str, found: Found) -> ContentFault {
    let at = locate(text, &found.path).unwrap_or(0);
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    ContentFault {
        path: written(&found.path),
        line: before.matches('\n').count() + 1,
        column: before[start..].chars().count() + 1,
        message: found.message,
        hint: found.hint,
    }
}

/// A small document of plain fields; `what` names it in a sentence.
pub(crate) fn plain<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T, ContentFault> {
    if text.len() > LONGEST {
        return Err(placed("", found(vec![], &format!("{what}が大きすぎます。"), "8 MB 以下にしてください。")));
    }
    document(text, |value| serde_path_to_error::deserialize(&value).map_err(|e| explain(&[], &e)))
}

/// A fault of one field at the top of a document.
pub(crate) fn at_field(text: &str, field: &str, message: &str, hint: &str) -> ContentFault {
    placed(text.strip_prefix('\u{feff}').unwrap_or(text), found(vec![Step::Key(field.to_owned())], message, hint))
}

/// A value of the document as a type; `at` is its place.
pub(crate) fn typed<T: serde::de::DeserializeOwned>(value: Value, at: &[Step]) -> Result<T, Found> {
    serde_path_to_error::deserialize(&value).map_err(|e| {
        let mut fault = explain(at, &e);
        // A name that a map does not know is told where the name stands, not where the map begins.
        let inner = e.inner().to_string();
        let name = inner.strip_prefix("unknown variant `").and_then(|rest| rest.split('`').next());
        let within = fault.path[at.len()..].iter().try_fold(&value, |v, step| match step {
            Step::Key(key) => v.get(key.as_str()),
            Step::Index(index) => v.get(*index),
        });
        if let (Some(name), Some(Value::Object(map))) = (name, within)
            && map.contains_key(name)
        {
            fault.path.push(Step::Key(name.to_owned()));
        }
        fault
    })
}

/// A map whose keys are names of ours. Reading the key as text first keeps it in the path of a fault, which a key read as a
/// variant would leave.
pub(crate) fn by_name<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    struct ByName<K, V>(PhantomData<(K, V)>);
    impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for ByName<K, V> {
        type Value = BTreeMap<K, V>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = BTreeMap::new();
            while let Some(key) = map.next_key::<String>()? {
                let name = K::deserialize(IntoDeserializer::<A::Error>::into_deserializer(key))?;
                all.insert(name, map.next_value()?);
            }
            Ok(all)
        }
    }
    deserializer.deserialize_map(ByName(PhantomData))
}

/// There is no theme of this name.
pub(crate) fn no_theme(name: &str, path: Vec<Step>) -> Found {
    let known = Theme::shipped().iter().map(|t| format!("{}（{}）", t.name, t.label)).collect::<Vec<_>>().join("、");
    found(path, &format!("「{name}」というテーマはありません。"), &format!("使えるテーマ: {known}"))
}

fn read(value: Value) -> Result<Content, Found> {
    let Value::Object(mut top) = value else {
        return Err(found(vec![], "内容ファイルの一番外側が { } ではありません。", "見本のファイルの形に合わせてください。"));
    };
    let blocks = top.shift_remove("blocks");
    // A theme or frames of one's own are read apart, so that a fault inside them is told with its own place.
    let theme = [Step::Key("theme".into())];
    let own_theme = match top.get("theme") {
        Some(Value::Object(_)) => top.shift_remove("theme").map(|value| typed::<OwnTheme>(value, &theme)).transpose()?,
        _ => None,
    };
    let frames = [Step::Key("frames".into())];
    let own_frames = match top.shift_remove("frames") {
        None | Some(Value::Null) => None,
        Some(value) => Some(typed::<OwnTemplate>(value, &frames)?),
    };
    let mut content: Content = serde_path_to_error::deserialize(&Value::Object(top)).map_err(|e| explain(&[], &e))?;
    if let Some(own) = own_theme {
        own.check(&theme)?;
        content.theme = ThemeChoice::Own(Box::new(own));
    }
    if let ThemeChoice::Named(name) = &content.theme
        && !Theme::knows(name)
    {
        return Err(no_theme(name, theme.to_vec()));
    }
    if let Some(own) = own_frames {
        own.check(&frames)?;
        content.template = content.template.or(Some(own.base));
        content.frames = Some(Box::new(own));
    }
    paper::size(&content.paper).map_err(|fault| found(vec![Step::Key("paper".into())], &fault.message, &fault.hint))?;
    let list = match blocks {
        None => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(found(vec![Step::Key("blocks".into())], "blocks が [ ] の並びではありません。", "内容を [ ] で囲んで並べてください。")),
    };
    for (index, value) in list.into_iter().enumerate() {
        let at = [Step::Key("blocks".into()), Step::Index(index)];
        content.blocks.push(read_block(value, &at)?);
    }
    ranges::check(&content)?;
    Ok(content)
}

fn read_block(value: Value, at: &[Step]) -> Result<Block, Found> {
    let Value::Object(mut fields) = value else {
        return Err(found(at.to_vec(), "内容のひとつひとつは { } で書きます。", "{\"type\": \"lead\", \"text\": \"…\"} の形にしてください。"));
    };
    let place = match fields.shift_remove("place") {
        None | Some(Value::Null) => None,
        Some(place) => {
            let below: Vec<Step> = at.iter().cloned().chain([Step::Key("place".into())]).collect();
            Some(serde_path_to_error::deserialize::<_, Place>(&place).map_err(|e| explain(&below, &e))?)
        }
    };
    let kind = match fields.shift_remove("type") {
        Some(Value::String(kind)) => kind,
        Some(_) => return Err(found(with(at, "type"), "type は文字で書きます。", "例: \"type\": \"lead\"")),
        None => return Err(found(at.to_vec(), "種類（type）がありません。", "例: \"type\": \"lead\"")),
    };
    let tagged = Value::Object(Map::from_iter([(kind, Value::Object(fields))]));
    let what = serde_path_to_error::deserialize::<_, What>(&tagged).map_err(|e| explain(at, &e))?;
    Ok(Block { what, place })
}

pub(crate) fn found(path: Vec<Step>, message: &str, hint: &str) -> Found {
    Found { path, message: message.to_owned(), hint: hint.to_owned() }
}

fn with(at: &[Step], key: &str) -> Vec<Step> {
    at.iter().cloned().chain([Step::Key(key.to_owned())]).collect()
}

/// Turns serde's words into a place, a sentence and a hint.
fn explain(at: &[Step], error: &serde_path_to_error::Error<serde_json::Error>) -> Found {
    use serde_path_to_error::Segment;
    let mut path = at.to_vec();
    for segment in error.path() {
        match segment {
            Segment::Seq { index } => path.push(Step::Index(*index)),
            Segment::Map { key } => path.push(Step::Key(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    let text = error.inner().to_string();
    let quoted: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let name = quoted.first().copied().unwrap_or_default();
    let rest = quoted.get(1..).unwrap_or_default();
    let list = rest.join("、");
    if text.starts_with("unknown field") {
        if path.last() != Some(&Step::Key(name.to_owned())) {
            path.push(Step::Key(name.to_owned()));
        }
        let hint = nearest(name, rest).map_or_else(|| format!("使える項目: {list}"), |near| format!("「{near}」のことですか。使える項目: {list}"));
        return Found { path, message: format!("「{name}」という項目はありません。"), hint };
    }
    if text.starts_with("missing field") {
        return Found { path, message: format!("「{name}」がありません。"), hint: format!("\"{name}\" を加えてください。") };
    }
    if text.starts_with("unknown variant") {
        if at.len() == 2 && path.len() == 2 {
            path.push(Step::Key("type".into()));
        }
        let hint = nearest(name, rest).map_or_else(|| format!("使える値: {list}"), |near| format!("「{near}」のことですか。使える値: {list}"));
        return Found { path, message: format!("「{name}」という値は使えません。"), hint };
    }
    let last = path.iter().rev().find_map(|s| if let Step::Key(k) = s { Some(k.as_str()) } else { None }).unwrap_or("");
    let (message, hint) = match last {
        "paper" => ("用紙の書き方が正しくありません。".into(), "\"A1\" のような名前、{\"name\": \"A1\", \"landscape\": true}、{\"width\": 594, \"height\": 841} のどれかで書いてください。".into()),
        "theme" => ("テーマの書き方が正しくありません。".into(), "\"ai\"、\"satoyama\"、\"umi\"、\"sumi\"、または {\"base\": \"ai\", \"colours\": {…}, \"faces\": {…}} で書いてください。".into()),
        _ => wrong_type(last, &text),
    };
    Found { path, message, hint }
}

/// serde_json: invalid type: string "…", expected f64
fn wrong_type(field: &str, text: &str) -> (String, String) {
    let expected = text.split("expected ").nth(1).unwrap_or("");
    let expected = expected.split(" at line").next().unwrap_or(expected);
    let wanted = match expected {
        e if e.starts_with("f64") || e.starts_with('u') || e.starts_with('i') => "数",
        e if e.contains("string") => "引用符で囲んだ文字",
        e if e.starts_with("a boolean") => "true か false",
        e if e.starts_with("a sequence") => "[ ] の並び",
        e if e.starts_with("struct") || e.starts_with("a map") => "{ } のまとまり",
        e if e.contains("array of length") => "決まった個数の [ ] の並び",
        _ => "正しい形の値",
    };
    (format!("「{field}」の値の形が違います。"), format!("{wanted}で書いてください。"))
}

/// The known name that differs by at most two letters.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = known.iter().map(|k| (distance(name, k), *k)).min()?;
    (near.0 <= 2 && near.0 < near.1.len()).then_some(near.1)
}

/// Edits (insert, delete, replace) from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let here = (before + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            before = row[j + 1];
            row[j + 1] = here;
        }
    }
    row[b.len()]
}

fn written(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            Step::Key(key) => {
                out.push('.');
                out.push_str(key);
            }
            Step::Index(index) => out.push_str(&format!("[{index}]")),
        }
    }
    out
}

/// Byte where the value (for an unknown or wrong field: its name) stands in a text that is known to be JSON.
fn locate(text: &str, path: &[Step]) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = blank(bytes, 0);
    for (depth, step) in path.iter().enumerate() {
        let last = depth + 1 == path.len();
        let (open, mut index) = (*bytes.get(at)?, 0);
        at = blank(bytes, at + 1);
        loop {
            if matches!(bytes.get(at)?, b'}' | b']') {
                return None;
            }
            let start = at;
            let mut hit = false;
            if open == b'{' {
                let end = skip(bytes, at)?;
                let key: String = serde_json::from_str(&text[at..end]).ok()?;
                hit = *step == Step::Key(key);
                at = blank(bytes, blank(bytes, end) + 1);
            } else if *step == Step::Index(index) {
                hit = true;
            }
            if hit {
                if last {
                    at = start;
                }
                break;
            }
            at = blank(bytes, skip(bytes, at)?);
            if bytes.get(at) == Some(&b',') {
                at = blank(bytes, at + 1);
            }
            index += 1;
        }
    }
    Some(at)
}

fn blank(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// End of the value that starts here.
fn skip(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut depth, mut quoted) = (start, 0usize, false);
    loop {
        let b = *bytes.get(at)?;
        match b {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        let plain = !quoted && depth == 0;
        let closed = matches!(b, b'"' | b'}' | b']');
        let ends = bytes.get(at).is_none_or(|n| n.is_ascii_whitespace() || matches!(n, b',' | b'}' | b']' | b':'));
        if plain && (closed || ends) {
            return Some(at);
        }
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let what = serde_json::to_value(&self.what).map_err(S::Error::custom)?;
        let (kind, fields) = what.as_object().and_then(|o| o.iter().next()).ok_or_else(|| S::Error::custom("a block has a type"))?;
        let mut flat = Map::from_iter([("type".to_owned(), Value::String(kind.clone()))]);
        flat.extend(fields.as_object().cloned().unwrap_or_default());
        if let Some(place) = &self.place {
            flat.insert("place".into(), serde_json::to_value(place).map_err(S::Error::custom)?);
        }
        flat.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        read_block(value, &[]).map_err(|f| {
            let path = written(&f.path);
            D::Error::custom(if path.is_empty() { f.message } else { format!("{path}: {}", f.message) })
        })
    }
}

impl JsonSchema for Block {
    fn schema_name() -> Cow<'static, str> {
        "Block".into()
    }

    /// The schema of every type of block, each with its optional `place`.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = What::json_schema(generator);
        let place = generator.subschema_for::<Place>().to_value();
        if let Some(Value::Array(kinds)) = schema.get_mut("oneOf") {
            for kind in kinds.iter_mut() {
                if let Some(Value::Object(fields)) = kind.get_mut("properties") {
                    fields.insert("place".into(), place.clone());
                }
            }
        }
        schema
    }
}
