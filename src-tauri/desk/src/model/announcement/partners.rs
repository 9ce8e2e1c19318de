//! With whom: associations of mayors, municipalities and companies that the text names. Wards and the organisers are the hosts, not partners.

use super::lines::{Label, Page};
use crate::model::municipality::{self, Municipality, MunicipalityKind};
use std::collections::HashMap;
use std::sync::LazyLock;

const ASSOCIATIONS: &[&str] = &["市町村長会", "市町村会", "町村長会", "市長会", "町村会", "区長会"];
const COMPANIES: &[&str] = &["株式会社", "相互会社", "有限会社", "合同会社", "協同組合", "観光協会", "商工会議所", "商工会", "連合会", "協議会", "組合", "大学", "法人"];

static BY_NAME: LazyLock<HashMap<&'static str, Vec<&'static Municipality>>> = LazyLock::new(|| {
    let mut names: HashMap<&'static str, Vec<&'static Municipality>> = HashMap::new();
    for m in municipality::all() {
        names.entry(m.name).or_default().push(m);
    }
    names
});
static LONGEST: LazyLock<usize> = LazyLock::new(|| municipality::all().iter().map(|m| m.name.chars().count()).max().unwrap_or(8));

/// A name in a text, from character `at` on, `length` characters long.
struct Found {
    at: usize,
    length: usize,
    name: String,
}

pub(super) fn read(page: &Page, venue: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !out.contains(&name) {
            out.push(name);
        }
    };
    for value in page.values(Label::Partners) {
        let names = names_in(value, true);
        for item in value.split(['、', ',', '\n', '/']).map(bare) {
            let company = COMPANIES.iter().any(|c| item.contains(c)) && item.chars().count() <= 40 && !item.contains("ます");
            if company && !host(&item) && !names.iter().any(|n| item == n.name) {
                add(item);
            }
        }
        names.into_iter().for_each(|found| add(found.name));
    }
    for value in page.values(Label::Host) {
        names_in(value, false).into_iter().for_each(|found| add(found.name));
    }
    let told = page.values(Label::Title).chain(page.values(Label::Subtitle)).chain(page.values(Label::Contents)).chain(page.prose());
    for text in told {
        if ["住所", "所在地", "問い合わせ", "問合せ", "〒", "電話", "TEL"].iter().any(|w| text.contains(w)) {
            continue;
        }
        let text = venue.map_or_else(|| text.to_owned(), |venue| text.replace(venue, "　"));
        names_in(&text, false).into_iter().for_each(|found| add(found.name));
    }
    out
}

fn host(item: &str) -> bool {
    item.contains("特別区長会") || item.contains("特別区協議会") || item.contains("東京区政会館")
}

fn bare(item: &str) -> String {
    let item = item.trim().trim_start_matches(['・', '●', '○', '◆', '■', '*']).trim();
    let item = item.split(['（', '(']).next().unwrap_or_default().trim();
    item.trim_end_matches("ほか").trim_end_matches('等').trim_end_matches("など").trim().to_owned()
}

/// Associations and municipalities of a text in order; wards and prefectures only where partners are listed.
fn names_in(text: &str, listed: bool) -> Vec<Found> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let found = association(&chars, at).or_else(|| place(&chars, at, listed, out.last()));
        match found {
            Some(found) => {
                at += found.length;
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

fn prefecture(chars: &[char], at: usize) -> Option<&'static Municipality> {
    (3..=4).find_map(|length| {
        let name: String = chars.get(at..at + length)?.iter().collect();
        BY_NAME.get(name.as_str())?.iter().find(|m| m.kind == MunicipalityKind::Prefecture).copied()
    })
}

/// 千葉県市長会, 北海道町村会; 千葉県市長会・町村会 names two.
fn association(chars: &[char], at: usize) -> Option<Found> {
    let pref = prefecture(chars, at)?;
    let head = pref.name.chars().count();
    let rest: String = chars[at + head..].iter().take(6).collect();
    let kind = ASSOCIATIONS.iter().find(|kind| rest.starts_with(**kind))?;
    Some(Found { at, length: head + kind.chars().count(), name: format!("{}{kind}", pref.name) })
}

fn place(chars: &[char], at: usize, listed: bool, last: Option<&Found>) -> Option<Found> {
    let text = |from: usize, to: usize| chars.get(from..to).map(|c| c.iter().collect::<String>());
    // A second association of the same prefecture: 青森県市長会・町村会.
    if let Some(last) = last.filter(|l| l.at + l.length + 1 == at || (l.at + l.length < at && at - l.at - l.length <= 2)) {
        let rest: String = chars[at..].iter().take(6).collect();
        if let Some(kind) = ASSOCIATIONS.iter().find(|kind| rest.starts_with(**kind)) {
            let known = ASSOCIATIONS.iter().find_map(|k| last.name.strip_suffix(k));
            return known.map(|pref| Found { at, length: kind.chars().count(), name: format!("{pref}{kind}") });
        }
    }
    let pref = prefecture(chars, at);
    let from = at + pref.map_or(0, |p| p.name.chars().count());
    let before = at.checked_sub(1).and_then(|i| chars.get(i)).copied();
    let glued = before.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"と及各県都府道内外元と第年月".contains(c));
    let touches = last.is_some_and(|l| l.at + l.length == at);
    if pref.is_none() && glued && !touches {
        return None;
    }
    let longest = (2..=*LONGEST).rev().find_map(|length| {
        let name = text(from, from + length)?;
        let (&key, known) = BY_NAME.get_key_value(name.as_str())?;
        let fits: Vec<&Municipality> = known
            .iter()
            .copied()
            .filter(|m| m.kind != MunicipalityKind::Prefecture && pref.is_none_or(|p| m.prefecture == p.name))
            .filter(|m| listed || m.kind != MunicipalityKind::SpecialWard)
            .collect();
        let next: String = chars.get(from + length..).unwrap_or_default().iter().take(2).collect();
        let part = ["場", "民", "内", "立", "制"].iter().any(|w| next.starts_with(w)) || next.starts_with("長会") || next.starts_with("議会");
        (!fits.is_empty() && !part).then(|| (length, key, known.iter().filter(|m| m.kind != MunicipalityKind::Prefecture).count()))
    });
    if let Some((length, key, bearers)) = longest {
        // A name that several bear keeps its prefecture.
        let name = match pref {
            Some(pref) if bearers > 1 => format!("{}{key}", pref.name),
            _ => key.to_owned(),
        };
        return Some(Found { at, length: from - at + length, name });
    }
    let pref = pref?;
    let next = chars.get(from).copied();
    let partner = listed || matches!(next, Some('と' | '・')) && !matches!(chars.get(from + 1), Some('東'));
    let alone = next.is_none_or(|c| !('\u{4e00}'..='\u{9fff}').contains(&c));
    (partner && alone && pref.name != "東京都").then(|| Found { at, length: from - at, name: pref.name.to_owned() })
}
