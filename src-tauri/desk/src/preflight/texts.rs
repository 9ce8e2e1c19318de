//! Every sentence of a content document with its place, for checks that read and fixes that write.
use serde_json::Value;

/// One string of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub block: usize,
    /// JSON pointer from the top of the document: `/blocks/2/sections/0/text`.
    pub at: String,
    /// As it will be read, without markup.
    pub text: String,
}

/// Fields that hold no words.
const WORDLESS: &[&str] = &["type", "picture", "role", "kind", "url", "place", "focus", "align", "id", "style"];

/// All strings of all blocks, in their order.
pub fn pieces(content: &Value) -> Vec<Piece> {
    let mut found = Vec::new();
    let blocks = content.get("blocks").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (block, value) in blocks.iter().enumerate() {
        walk(value, block, &format!("/blocks/{block}"), &mut found);
    }
    found
}

fn walk(value: &Value, block: usize, at: &str, found: &mut Vec<Piece>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => found.push(Piece { block, at: at.to_owned(), text: tenjicho_press::inline::markup::plain(text).into_owned() }),
        Value::Array(items) => items.iter().enumerate().for_each(|(n, item)| walk(item, block, &format!("{at}/{n}"), found)),
        Value::Object(fields) => {
            for (key, field) in fields.iter().filter(|(key, _)| !WORDLESS.contains(&key.as_str())) {
                walk(field, block, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => {}
    }
}

/// The type of a block: `photo`, `body` …
pub fn kind(content: &Value, block: usize) -> &str {
    content.pointer(&format!("/blocks/{block}/type")).and_then(Value::as_str).unwrap_or_default()
}

/// A text field of a block; empty where there is none.
pub fn field<'a>(content: &'a Value, block: usize, name: &str) -> &'a str {
    content.pointer(&format!("/blocks/{block}/{name}")).and_then(Value::as_str).unwrap_or_default()
}

/// What the window calls a block.
pub fn block_label(content: &Value, block: usize) -> &'static str {
    match kind(content, block) {
        "title" => "題名",
        "subtitle" => "副題",
        "lead" => "リード",
        "tag" => "番号と種別",
        "body" => "本文",
        "list" => "箇条書き",
        "photo" => "写真",
        "photo_grid" => "写真の組",
        "facts" => "データ",
        "table" => "表",
        "timetable" => "時間割",
        "chart" => "グラフ",
        "figure" => "数字",
        "municipalities" => "自治体の一覧",
        "occasion" => "会期と会場",
        "qr" => "QRコード",
        "chronology" => "年表",
        "plan" => "会場図",
        "logo" => "ロゴ",
        "signature" => "署名",
        "footer" => "奥付",
        _ => "部品",
    }
}

/// 「本文（左25・上120 mm）」; パネル全体 where a finding has no place.
pub fn spot(finding: &crate::calls::wire_types::PanelNotice, content: Option<&Value>) -> String {
    let block = finding.block.and_then(|b| usize::try_from(b).ok()).zip(content);
    let what = block.map_or("パネル全体", |(block, content)| block_label(content, block));
    match finding.place.as_deref() {
        // What bleeds begins outside the sheet; for the reader it begins at its edge.
        Some([x, y, ..]) => format!("{what}（左{:.0}・上{:.0} mm）", x.max(0.0), y.max(0.0)),
        _ => what.to_owned(),
    }
}
