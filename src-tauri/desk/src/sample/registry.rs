//! What the sample's registry holds: associations with their members, companies, agreements, venues, figures, support and plan.
use super::facts::{Facts, Span};
use super::{MARK, Sample, id, partner_id, period};
use crate::model::municipality::{self, Municipality};
use crate::model::record::{Agreement, FigureEntry, Partner, PlanRow, PlanYear, Space, Support, Venue, WardProgramme};
use serde_json::Value;
use std::collections::BTreeSet;

const SOURCE: &str = "特別区全国連携プロジェクトの公表資料";

pub(super) fn fill(sample: &mut Sample, facts: &Facts) {
    partners(sample, facts);
    venues(sample, facts);
    agreements(sample, facts);
    figures(sample, facts);
    support(sample, facts);
    programmes(sample, facts);
    plan(sample, facts);
}

/// Every partner that the facts name and the reference list does not have.
fn partners(sample: &mut Sample, facts: &Facts) {
    let named = facts.exhibitions.iter().flat_map(|e| &e.partners);
    let agreed = facts.agreements.iter().map(|a| &a.partner);
    let joined = facts.ward_programmes.iter().flat_map(|(_, _, partners)| partners);
    let hosts = facts.exhibitions.iter().flat_map(|e| &e.touring).map(|t| &t.host);
    let names: BTreeSet<&String> = named.chain(agreed).chain(joined).chain(hosts).filter(|n| !n.is_empty()).collect();
    for name in names {
        if municipality::by_name(name).is_none() {
            sample.add(partner(name));
        }
    }
}

fn partner(name: &str) -> Partner {
    let mut made = Partner { id: partner_id(name), name: name.into(), ..Partner::default() };
    let association = [("市長会", "しちょうかい", true), ("町村会", "ちょうそんかい", false)];
    for (ending, reading, cities) in association {
        let Some(prefecture) = name.strip_suffix(ending).and_then(municipality::by_name) else { continue };
        made.kind = "association".into();
        made.prefecture = prefecture.prefecture.into();
        made.kana = format!("{}{reading}", prefecture.kana);
        made.members = municipality::of_prefecture(prefecture.prefecture, cities).map(Municipality::id).collect();
        made.note = "会員は団体コード表の市町村による".into();
        return made;
    }
    made.kind = "company".into();
    made.kana = match name {
        "損害保険ジャパン日本興亜株式会社" => "そんがいほけんじゃぱんにっぽんこうあかぶしきがいしゃ",
        "三井住友海上火災保険株式会社" => "みついすみともかいじょうかさいほけんかぶしきがいしゃ",
        "明治安田生命保険相互会社" => "めいじやすだせいめいほけんそうごがいしゃ",
        _ => "",
    }
    .into();
    made
}

fn venues(sample: &mut Sample, facts: &Facts) {
    let home = &facts.home_venue;
    let mut names: Vec<&str> = vec![&home.name];
    names.extend(facts.exhibitions.iter().map(|e| e.venue.as_str()));
    names.extend(facts.exhibitions.iter().flat_map(|e| &e.touring).map(|t| t.venue.as_str()));
    names.extend(facts.events.iter().map(|e| e.venue.as_str()));
    let mut seen = BTreeSet::new();
    for full in names.into_iter().filter(|n| !n.is_empty()) {
        let (name, space) = split_venue(full);
        if seen.insert(name) {
            let kana = match name {
                "東京区政会館" => "とうきょうくせいかいかん",
                "明治安田生命丸の内本社ビル" => "めいじやすだせいめいまるのうちほんしゃびる",
                "大井競馬場" => "おおいけいばじょう",
                "がすてなーに ガスの科学館" => "がすてなーに がすのかがくかん",
                _ => "",
            };
            let address = if name == home.name { home.address.clone() } else { String::new() };
            sample.add(Venue { id: venue_id(name), name: name.into(), kana: kana.into(), address, ..Venue::default() });
        }
        if !space.is_empty() {
            sample.add(Space { id: space_id(name, space), venue: venue_id(name), name: space.into(), ..Space::default() });
        }
    }
    sample.add(Space { id: space_id(&home.name, &home.space), venue: venue_id(&home.name), name: home.space.clone(), ..Space::default() });
}

/// 大井競馬場 G-FRONT前 is a venue and a place in it; がすてなーに ガスの科学館 is one name.
pub(super) fn split_venue(full: &str) -> (&str, &str) {
    match full.split_once(" G-FRONT") {
        Some((name, _)) => (name, &full[name.len() + 1..]),
        None => (full, ""),
    }
}

pub(super) fn venue_id(name: &str) -> String {
    id(&format!("venue {name}"))
}

pub(super) fn space_id(venue: &str, space: &str) -> String {
    id(&format!("space {venue} {space}"))
}

fn agreements(sample: &mut Sample, facts: &Facts) {
    for (order, agreement) in facts.agreements.iter().enumerate() {
        let span = Span { from: agreement.signed.clone(), precision: agreement.precision.clone(), ..Span::default() };
        let title = if agreement.kind == "company" { "連携協定" } else { "広域連携協定" };
        sample.add(Agreement {
            id: id(&format!("agreement {order}")),
            partner: partner_id(&agreement.partner),
            partner_name: agreement.partner.clone(),
            kind: agreement.kind.clone(),
            title: title.into(),
            signed: period(&span),
            source: SOURCE.into(),
            ..Agreement::default()
        });
    }
}

fn figures(sample: &mut Sample, facts: &Facts) {
    for figure in &facts.figures {
        let make = |as_of: &str| FigureEntry {
            id: id(&format!("figure {} {as_of}", figure.name)),
            name: figure.name.clone(),
            unit: figure.unit.clone(),
            counting: "unspecified".into(),
            bound: "exact".into(),
            as_of: period(&as_of_span(as_of)),
            source: SOURCE.into(),
            ..FigureEntry::default()
        };
        for (as_of, value) in &figure.series {
            sample.add(FigureEntry { value: Some(*value), ..make(as_of) });
        }
        match &figure.value {
            Value::Number(value) => sample.add(FigureEntry { value: value.as_f64(), unit: "自治体".into(), ..make(&figure.as_of) }),
            Value::String(text) => sample.add(FigureEntry { text: text.clone(), ..make(&figure.as_of) }),
            _ => {}
        }
        for (as_of, value) in over(&figure.note) {
            sample.add(FigureEntry { value: Some(value), bound: "over".into(), text: format!("{}を超える", grouped(value)), ..make(&as_of) });
        }
    }
}

/// Notes say it as `2026-03 is over 1,100` or `over 200 in 2017-03`.
fn over(note: &str) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    for part in note.split(';') {
        let words: Vec<&str> = part.split_whitespace().collect();
        let month = words.iter().find(|w| w.len() == 7 && w.as_bytes()[4] == b'-');
        let value = words.iter().position(|w| *w == "over").and_then(|at| words.get(at + 1)).and_then(|w| w.replace(',', "").parse().ok());
        if let (Some(month), Some(value)) = (month, value) {
            found.push(((*month).to_owned(), value));
        }
    }
    found
}

/// 1100 as 1,100.
pub(super) fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn as_of_span(text: &str) -> Span {
    let precision = if text.len() == 7 { "month" } else { "day" };
    Span { from: text.into(), precision: precision.into(), ..Span::default() }
}

fn support(sample: &mut Sample, facts: &Facts) {
    let support = &facts.disaster_support;
    sample.add(Support {
        id: id("support dispatch"),
        kind: "dispatch".into(),
        fiscal_year: Some(2023),
        title: support.event.clone(),
        as_of: support.as_of.clone(),
        prefectures: vec!["石川県".into()],
        columns: support.columns.clone(),
        rows: support.dispatches.iter().map(|(work, place, n)| vec![work.clone(), place.clone(), n.to_string()]).collect(),
        note: "延べ派遣数は予定を含む".into(),
    });
    for grant in &support.grants {
        let year = grant.event.strip_prefix("令和").and_then(|rest| rest.split('年').next()?.parse::<i32>().ok());
        sample.add(Support {
            id: id(&format!("support {}", grant.event)),
            kind: "grant".into(),
            fiscal_year: year.map(|y| 2018 + y),
            title: grant.event.clone(),
            prefectures: grant.prefectures.clone(),
            ..Support::default()
        });
    }
}

fn programmes(sample: &mut Sample, facts: &Facts) {
    for (ward, title, partners) in &facts.ward_programmes {
        sample.add(WardProgramme {
            id: id(&format!("programme {ward}")),
            ward: ward.clone(),
            title: title.clone(),
            partners: partners.iter().map(|p| partner_id(p)).collect(),
            partner_names: partners.clone(),
            ..WardProgramme::default()
        });
    }
}

fn plan(sample: &mut Sample, facts: &Facts) {
    let plan = &facts.plan_2027_2030;
    let years: Vec<PlanYear> = plan
        .years
        .iter()
        .filter_map(|y| super::facts::fiscal_year(y))
        .map(|fiscal_year| PlanYear { fiscal_year, ..PlanYear::default() })
        .collect();
    for (order, title) in plan.rows.iter().enumerate() {
        sample.add(PlanRow {
            id: id(&format!("plan {order}")),
            title: title.clone(),
            order: order as i32 + 1,
            years: years.clone(),
            note: format!("各年度の欄は未記入（{MARK}）"),
        });
    }
}
