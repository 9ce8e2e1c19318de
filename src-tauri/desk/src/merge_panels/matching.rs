//! Pairs the fields of a template with the columns of a list: by name in any width, else by a word that means the same.
use super::Field;
use crate::model::record::FieldMatch;
use unicode_normalization::UnicodeNormalization;

/// Words that head the same column.
const SAME: &[&[&str]] = &[
    &["市名", "市町村名", "区市町村名", "自治体名", "自治体", "団体名", "名称", "名前", "市"],
    &["よみ", "読み", "ふりがな", "フリガナ", "かな", "カナ", "よみがな"],
    &["都道府県", "都道府県名", "県名", "県"],
    &["団体コード", "市町村コード", "コード"],
    &["写真", "画像", "写真ファイル", "写真ファイル名", "画像ファイル名", "写真1", "メイン写真"],
    &["写真の説明", "キャプション", "説明"],
    &["提供", "クレジット", "写真提供", "写真の提供", "提供元"],
    &["許可番号", "使用許可番号", "写真の許可番号"],
    &["人口", "総人口", "人口(人)"],
    &["面積", "総面積"],
    &["産品", "産物", "特産品", "主な産物", "名産"],
    &["区画", "ブース", "区画番号", "ブース番号"],
    &["URL", "アドレス", "ホームページ", "サイト"],
];

/// One match a field, in the order of the fields; the column is empty where none fits. What was told before holds while its column is there.
pub fn matched(fields: &[Field], columns: &[String], told: &[FieldMatch]) -> Vec<FieldMatch> {
    let pair = |field: &Field| {
        let told = told.iter().find(|m| m.field == field.name && (m.column.is_empty() || columns.contains(&m.column)));
        let column = told.map(|m| m.column.clone()).or_else(|| column_of(&field.name, columns)).unwrap_or_default();
        FieldMatch { field: field.name.clone(), column }
    };
    fields.iter().map(pair).collect()
}

fn column_of(field: &str, columns: &[String]) -> Option<String> {
    let wanted = fold(field);
    let by_name = columns.iter().find(|c| fold(c) == wanted);
    let by_word = || {
        let words = SAME.iter().find(|words| words.iter().any(|w| fold(w) == wanted))?;
        columns.iter().find(|c| words.iter().any(|w| fold(w) == fold(c)))
    };
    by_name.or_else(by_word).cloned()
}

/// Whether a column holds readings.
pub(super) fn is_reading(column: &str) -> bool {
    SAME.iter().any(|words| words.contains(&"よみ") && words.iter().any(|w| fold(w) == fold(column)))
}

/// What to do about fields that no column fills.
pub fn unmatched_hint(columns: &[String]) -> String {
    let some: Vec<&str> = columns.iter().take(8).map(String::as_str).collect();
    format!("列を選ぶか、ひな形の欄の名前を直してください。一覧にあるのは「{}」です", some.join("」「"))
}

fn fold(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
