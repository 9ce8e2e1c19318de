//! Where it is: venue and space, from the label or from the prose.

use super::lines::{Label, Page, without_quotes};
use regex::Regex;
use std::sync::LazyLock;

#[derive(Debug, Default)]
pub(super) struct Place {
    pub venue: Option<String>,
    pub space: Option<String>,
}

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
}

/// The space begins at a floor, or at a hall behind a gap.
static SPACE: LazyLock<Regex> = LazyLock::new(|| {
    fixed(r"^(?P<venue>.*?[^\s0-9地下B])\s*(?P<space>(?:地下\s*)?\d{1,2}\s*(?:階|F\b)(?:\s*\S.*)?|B\d\s*F?\b(?:\s*\S.*)?)$|^(?P<v2>\S.*?)\s+(?P<s2>(?:エントランス|ロビー|アトリウム|ホール|大ホール|小ホール|会議室|展示室|ギャラリー|多目的|イベントスペース|屋上|中庭|前庭|特設会場)\S*.*)$")
});

const VENUES: &str = "区政会館|会館|競馬場|科学館|本社ビル|ビルディング|ビル|公園|広場|センター|プラザ|庁舎|図書館|美術館|博物館|体育館|ホール|タワー|区役所|市役所|劇場|ホテル|大学|商店街|百貨店|駅前|ミュージアム|ヒルズ|ガーデン";

static IN_PROSE: LazyLock<Regex> = LazyLock::new(|| {
    fixed(&format!(
        r"(?P<venue>[^、。:/「」『』()（）～~]*?(?:{VENUES}))(?P<space>\s*(?:の)?\s*(?:地下\s*)?\d{{1,2}}\s*階\s*[^\s、。「」()（）でにをはが]*|\s*(?:エントランスホール|ロビー)|\s*[A-Z][A-Z\-]*[^\s、。「」()（）でにをは]*)?\s*(?:[（(][^）)]*[）)])?\s*(?:で|にて|において|を会場|に(?:て|おいて)|へ|が会場)"
    ))
});

pub(super) fn read(page: &Page) -> Place {
    if let Some(value) = page.values(Label::Venue).next() {
        return of(value);
    }
    if let Some(place) = page.prose().find_map(bare_line) {
        return place;
    }
    for line in page.prose() {
        let plain = without_quotes(line);
        if ["問い合わせ", "問合せ", "申込", "電話", "前回", "昨年"].iter().any(|w| plain.contains(w)) {
            continue;
        }
        if let Some(found) = IN_PROSE.captures(&plain) {
            let venue = name_of(&found["venue"]);
            if venue.chars().count() < 3 {
                continue;
            }
            let space = found.name("space").map(|m| m.as_str().trim().trim_start_matches('の').trim().to_owned()).filter(|s| !s.is_empty());
            // 大井競馬場 G-FRONT前: a gate or a forecourt belongs to the name.
            let floor = space.as_ref().is_none_or(|s| s.contains('階') || s.contains("ホール") || s.contains("ロビー"));
            return match (floor, space) {
                (false, Some(space)) => Place { venue: Some(format!("{venue} {space}")), space: None },
                (_, space) => Place { venue: Some(venue), space },
            };
        }
    }
    Place::default()
}

/// A line that is nothing but a venue: ＠大井競馬場 G-FRONT前, がすてなーに ガスの科学館（江東区）.
fn bare_line(line: &str) -> Option<Place> {
    let marked = line.strip_prefix(['@', '於']).map(str::trim_start);
    let name = without_brackets(marked.unwrap_or(line));
    let name = name.trim();
    let short = (2..=40).contains(&name.chars().count()) && !name.contains(['。', '、', '「', '」', ':', '/', '～', '・']) && !name.contains("ます");
    let known = ENDS.is_match(name);
    (short && (marked.is_some() || known)).then(|| of(name))
}

static ENDS: LazyLock<Regex> = LazyLock::new(|| fixed(&format!(r"(?:{VENUES})(?:\s*(?:地下\s*)?\d{{1,2}}\s*(?:階|F).*)?$")));

/// The name itself: what stands behind a date, からまで, or a place's の.
fn name_of(text: &str) -> String {
    let mut name = text;
    for mark in ["まで", "から", "日に", "時に", "は ", "今回は", "会場は", "月に"] {
        name = name.rsplit_once(mark).map_or(name, |(_, rest)| rest);
    }
    if let Some((head, rest)) = name.split_once('の')
        && ["区", "市", "町", "村", "都", "県"].iter().any(|w| head.ends_with(w))
    {
        name = rest;
    }
    name.trim_matches(|c: char| c.is_whitespace() || "を※・■●".contains(c)).to_owned()
}

/// Splits 東京区政会館 1階 エントランスホール（千代田区飯田橋3-5-1）.
fn of(value: &str) -> Place {
    let mut lines = value.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    let name = without_brackets(first);
    let name = name.split(['※', '。']).next().unwrap_or_default().trim();
    let name = name.split_once("住所").map_or(name, |(n, _)| n).trim_end_matches(['、', ',', ':', '/']).trim();
    if name.is_empty() || ["未定", "調整中", "検討中"].iter().any(|w| name.starts_with(w)) {
        return Place::default();
    }
    let mut place = match SPACE.captures(name) {
        Some(found) => {
            let part = |a: &str, b: &str| found.name(a).or_else(|| found.name(b)).map(|m| m.as_str().trim().trim_end_matches(['の', '、', ',']).to_owned());
            Place { venue: part("venue", "v2"), space: part("space", "s2").filter(|s| !s.is_empty()) }
        }
        None => Place { venue: Some(name.to_owned()), space: None },
    };
    let second = lines.next().map(|l| without_brackets(l).trim().to_owned());
    if place.space.is_none() {
        let floor = second.filter(|l| l.chars().count() <= 24 && (l.contains('階') || l.contains("ホール") || l.contains("ロビー")));
        let bracket = first.split(['（', '(']).nth(1).and_then(|b| b.split(['）', ')']).next()).map(str::trim);
        let bracket = bracket.filter(|b| b.chars().count() <= 20 && b.contains('階') && !b.contains(['区', '町']));
        place.space = floor.or_else(|| bracket.map(str::to_owned));
    }
    place
}

fn without_brackets(text: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0_usize);
    for c in text.chars() {
        match c {
            '（' | '(' | '〔' | '[' => depth += 1,
            '）' | ')' | '〕' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
