//! Finds records by their words, whatever width, case or kana they are typed in.
use super::{Record, Store, wording::of_sql};
use crate::fault::Result;
use crate::model::record::Kind;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};
use unicode_normalization::UnicodeNormalization;

#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub kind: Kind,
    pub id: String,
    /// Empty for the registry.
    pub project: String,
    pub title: String,
}

/// Width, case and kana made alike: ﾊﾁｼﾞｮｳ and ハチジョウ and はちじょう are the same.
pub fn fold(text: &str) -> String {
    let wide = text.nfkc().flat_map(char::to_lowercase);
    wide.map(|c| match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    })
    .filter(|c| !c.is_control())
    .collect()
}

/// Fields that hold ids, hashes or settings, not words.
const NO_WORDS: &[&str] = &["id", "project", "partner", "partners", "members", "venue", "space", "exhibitor", "panel", "subject", "door", "hash", "press_theme", "press_paper"];

/// What a record is called in a list of hits.
pub(crate) fn title(record: &Record) -> String {
    let text = |field: &str| record.get(field).and_then(Value::as_str).filter(|s| !s.is_empty());
    ["title", "name", "partner_name", "venue_name", "code", "text", "item", "file_name", "day", "date", "ward"].iter().find_map(|f| text(f)).unwrap_or("").to_owned()
}

/// All words of a record, folded, one field a line.
pub(crate) fn words(record: &Record) -> String {
    let mut all = String::new();
    for (field, value) in record {
        if NO_WORDS.contains(&field.as_str()) {
            continue;
        }
        match value {
            // The content document of a panel: its texts, not its keys.
            Value::String(s) if field == "content" => match serde_json::from_str(s) {
                Ok(content) => collect(&content, &mut all),
                Err(_) => collect(value, &mut all),
            },
            _ => collect(value, &mut all),
        }
    }
    all
}

fn collect(value: &Value, all: &mut String) {
    match value {
        Value::String(s) if !s.is_empty() => {
            all.push_str(&fold(s));
            all.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|v| collect(v, all)),
        Value::Object(fields) => fields.values().for_each(|v| collect(v, all)),
        _ => {}
    }
}

/// One LIKE pattern for each word that was typed.
pub(crate) fn patterns(text: &str) -> Vec<String> {
    // Parted before it is folded: a pasted tab or line break parts words too.
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).map(fold).filter(|w| !w.trim().is_empty());
    words.take(8).map(|w| format!("%{}%", w.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))).collect()
}

impl Store {
    /// Records that hold every word of `text`; those whose title holds them come first.
    pub async fn search(&self, text: &str, limit: u32) -> Result<Vec<Found>> {
        let patterns = patterns(text);
        if patterns.is_empty() {
            return Ok(vec![]);
        }
        let every = vec!["folded LIKE ? ESCAPE '\\'"; patterns.len()].join(" AND ");
        let sql = format!("SELECT kind, record, project, title FROM words WHERE {every} ORDER BY (title <> '' AND instr(folded, ?) = 1) DESC, length(title), title, kind, record LIMIT ?");
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for pattern in &patterns {
            query = query.bind(pattern);
        }
        let rows = query.bind(fold(text)).bind(limit).fetch_all(&self.readers).await.map_err(of_sql)?;
        let found = rows.iter().filter_map(|row| {
            let kind = kind_of(row.get::<&str, _>(0))?;
            Some(Found { kind, id: row.get(1), project: row.get(2), title: row.get(3) })
        });
        Ok(found.collect())
    }
}

/// The kind with this table.
pub(crate) fn kind_of(table: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|k| k.table() == table)
}
