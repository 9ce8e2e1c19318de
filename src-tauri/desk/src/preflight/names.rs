//! Names of municipalities that are in no list: 高飾区 is 葛飾区. A name that several bear needs its prefecture.
use super::fix::{Deed, Fix};
use super::found;
use super::texts::{Piece, kind};
use crate::calls::wire_types::PanelNotice;
use crate::model::municipality::Municipality;
use crate::model::municipality_check::{NameCheck, check_name};
use regex::Regex;
use serde_json::Value;
use std::sync::LazyLock;

/// A run of characters that ends like a municipality, with what stands before and after it.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    let text = r"(?P<before>^|[^\p{Han}ヶケヵ々])(?P<name>[\p{Han}ヶケ々]{1,6}[市区町村])(?P<after>$|[^\p{Han}ヶケ々])";
    Regex::new(text).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
});

/// Words that end like a municipality and are none.
const NO_NAMES: &[&str] = &[
    "特別区", "城下町", "門前町", "温泉町", "宿場町", "港町", "下町", "漁師町", "鉱山町", "中核市", "政令市", "指定都市", "都市", "姉妹都市", "友好都市", "学園都市",
    "田園都市", "市町村", "市区町村", "区市町村", "農村", "山村", "漁村", "農山漁村", "地区", "学区", "校区", "街区", "鉱区", "海区", "漁区",
    "隣町", "小町", "横丁町", "朝市", "夜市", "物産市", "歳市", "見本市", "蚤市", "花市", "魚市", "青物市", "骨董市", "中央区", "選挙区", "保護区", "自治区", "行政区", "工区",
    "新市", "旧市", "本市", "同市", "両市", "各市", "全市", "本町", "同町", "各町", "本村", "同村", "本区", "同区", "各区", "全区", "当区", "当市",
];

/// Says each name that is not in the list, with the names that come nearest.
pub fn check(content: &Value, pieces: &[Piece], findings: &mut Vec<PanelNotice>) {
    for piece in pieces {
        if is_name_field(content, piece) {
            findings.extend(listed(piece));
        } else {
            findings.extend(mentioned(piece));
        }
    }
}

/// The fields that hold nothing but a name.
fn is_name_field(content: &Value, piece: &Piece) -> bool {
    match kind(content, piece.block) {
        "municipalities" => piece.at.contains("/names/"),
        "title" => piece.at.ends_with("/text") && content.get("template").and_then(Value::as_str) == Some("municipality") && ends_like_one(&piece.text),
        _ => false,
    }
}

fn ends_like_one(text: &str) -> bool {
    text.trim().ends_with(['市', '区', '町', '村']) && !text.contains('\n') && text.trim().chars().count() <= 10
}

/// A name in a list must be one.
fn listed(piece: &Piece) -> Option<PanelNotice> {
    let name = piece.text.trim();
    if !ends_like_one(name) && !name.ends_with(['都', '道', '府', '県']) {
        return None;
    }
    match check_name(name) {
        NameCheck::Known(_) => None,
        NameCheck::Several(all) => {
            let names: Vec<String> = all.iter().map(|m| m.full_name()).collect();
            let message = format!("「{name}」は{}にあります。", names.join("と"));
            let found = found("advice", "municipality_name", message, "どちらかわかるように、都道府県名を添えてください。", Some(piece.block)).at(&piece.at);
            Some(names.into_iter().fold(found, |found, full| found.fixed(replacing(piece, name, &full))))
        }
        NameCheck::Perhaps(near) => Some(unknown("error", piece, name, &near)),
        NameCheck::Unknown => Some(unknown("error", piece, name, &[])),
    }
}

/// A name in running text is only doubted where one that exists is very near.
fn mentioned(piece: &Piece) -> Vec<PanelNotice> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(seen) = NAME.captures_at(&piece.text, from) {
        let (Some(name), Some(after)) = (seen.name("name"), seen.name("after")) else { break };
        from = after.start().max(name.end());
        let text = name.as_str();
        let of_old = piece.text[..name.start()].ends_with(['旧', '元', '現']) || text.starts_with(['旧', '現', '全', '各']);
        if of_old || text.chars().count() < 3 || NO_NAMES.iter().any(|word| text.ends_with(word)) {
            continue;
        }
        if let NameCheck::Perhaps(near) = check_name(text) {
            found.push(unknown("warning", piece, text, &near));
        }
    }
    found
}

fn unknown(level: &str, piece: &Piece, name: &str, near: &[&Municipality]) -> PanelNotice {
    let message = match near.first() {
        Some(first) => format!("「{name}」という自治体はありません。「{}」ではありませんか。", first.name),
        None => format!("「{name}」という自治体はありません。"),
    };
    let notice = found(level, "municipality_name", message, "自治体の名前を確かめてください。", Some(piece.block)).at(&piece.at);
    near.iter().take(3).fold(notice, |notice, m| {
        let full = name.starts_with(m.prefecture) || name.contains(['都', '道', '府', '県']);
        let right = if full { m.full_name() } else { m.name.to_owned() };
        notice.fixed(replacing(piece, name, &right))
    })
}

fn replacing(piece: &Piece, from: &str, to: &str) -> Fix {
    Fix::new(format!("「{to}」に直す"), Deed::ReplaceText { at: piece.at.clone(), from: from.to_owned(), to: to.to_owned() })
}
