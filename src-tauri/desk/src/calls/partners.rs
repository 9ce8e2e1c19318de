//! Partners: the reference list of municipalities and the records of the registry in one list, found by name and よみ.
use super::records::record;
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::date::{Period, fiscal_year_of, fiscal_year_words};
use crate::model::municipality;
use crate::model::record::{Agreement, Event, Exhibition, FigureEntry, Kind, Panel, Partner, RosterEntry, WardProgramme};
use crate::store::{Filter, fold};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Kinds in the order of the list, with their names.
const KINDS: [(&str, &str); 6] =
    [("association", "団体"), ("company", "企業"), ("municipality", "自治体"), ("ward", "特別区"), ("prefecture", "都道府県"), ("other", "その他")];
/// 五十音 rows with every kana that begins them.
const ROWS: [(char, &str); 10] = [
    ('あ', "あいうえおぁぃぅぇぉゔ"),
    ('か', "かきくけこがぎぐげご"),
    ('さ', "さしすせそざじずぜぞ"),
    ('た', "たちつてとだぢづでどっ"),
    ('な', "なにぬねの"),
    ('は', "はひふへほばびぶべぼぱぴぷぺぽ"),
    ('ま', "まみむめも"),
    ('や', "やゆよゃゅょ"),
    ('ら', "らりるれろ"),
    ('わ', "わをん"),
];

pub(super) async fn partners(desk: &Arc<Desk>, ask: PartnersAsk) -> Result<Partners> {
    let all = everybody(desk).await?;
    let agreed = agreed(desk).await?;
    let typed = fold(ask.text.trim());
    let typed_row = row_of_letter(&typed);
    let mut found: Vec<&Partner> = all
        .values()
        .filter(|p| ask.prefecture.is_empty() || p.prefecture == ask.prefecture)
        .filter(|p| ask.row.is_empty() || row_of_letter(&ask.row).is_none_or(|row| in_row(p, row)))
        .filter(|p| typed_row.map_or_else(|| matches(p, &typed), |row| in_row(p, row)))
        .collect();
    let counts = KINDS.iter().map(|(kind, label)| PartnerCount {
        kind: (*kind).into(),
        label: (*label).into(),
        count: found.iter().filter(|p| p.kind == *kind).count() as i32,
    });
    let counts = counts.collect();
    found.retain(|p| ask.kinds.is_empty() || ask.kinds.contains(&p.kind));
    sort(&mut found);
    let total = found.len() as i32;
    let page = found.into_iter().skip(ask.offset.max(0) as usize).take(ask.limit.max(0) as usize);
    Ok(Partners { partners: page.map(|p| line(p, &agreed)).collect(), total, counts })
}

/// Every partner by id: what was written of one stands before its line in the reference list.
async fn everybody(desk: &Desk) -> Result<BTreeMap<String, Partner>> {
    let mut all: BTreeMap<String, Partner> = municipality::all().iter().map(|m| (m.id(), m.partner())).collect();
    for partner in desk.store.all::<Partner>(&Filter::all()).await? {
        all.insert(partner.id.clone(), partner);
    }
    Ok(all)
}

async fn agreed(desk: &Desk) -> Result<BTreeSet<String>> {
    let agreements: Vec<Agreement> = desk.store.all(&Filter::all()).await?;
    Ok(agreements.into_iter().filter(|a| a.ended.is_empty()).map(|a| a.partner).collect())
}

fn matches(partner: &Partner, typed: &str) -> bool {
    // One kana is the beginning of a よみ, not a letter somewhere in a name (いちき串木野市).
    if typed.chars().count() == 1 && typed.chars().all(|c| ('ぁ'..='ん').contains(&c)) {
        return fold(&partner.kana).starts_with(typed);
    }
    typed.is_empty()
        || fold(&partner.kana).starts_with(typed)
        || fold(&partner.name).contains(typed)
        || (!partner.code.is_empty() && partner.code.starts_with(typed))
        || fold(&format!("{}{}", partner.prefecture, partner.name)).starts_with(typed)
}

/// た for the letter た alone; the other letters of a row are words to look for.
fn row_of_letter(text: &str) -> Option<&'static str> {
    let mut chars = text.chars();
    let (Some(letter), None) = (chars.next(), chars.next()) else { return None };
    ROWS.iter().find(|(head, _)| *head == letter).map(|(_, row)| *row)
}

fn in_row(partner: &Partner, row: &str) -> bool {
    fold(&partner.kana).chars().next().is_some_and(|c| row.contains(c))
}

/// By kind, then by よみ as a Japanese dictionary orders it.
fn sort(partners: &mut [&Partner]) {
    let rank = |p: &Partner| KINDS.iter().position(|(kind, _)| *kind == p.kind).unwrap_or(KINDS.len());
    match japanese() {
        Some(collator) => partners.sort_by(|a, b| {
            rank(a).cmp(&rank(b)).then_with(|| collator.compare(&a.kana, &b.kana)).then_with(|| a.code.cmp(&b.code)).then_with(|| a.id.cmp(&b.id))
        }),
        None => partners.sort_by(|a, b| (rank(a), &a.kana, &a.code).cmp(&(rank(b), &b.kana, &b.code))),
    }
}

fn japanese() -> Option<CollatorBorrowed<'static>> {
    Collator::try_new(icu_locale::locale!("ja").into(), CollatorOptions::default()).ok()
}

fn line(partner: &Partner, agreed: &BTreeSet<String>) -> PartnerLine {
    PartnerLine {
        id: partner.id.clone(),
        kind: partner.kind.clone(),
        name: partner.name.clone(),
        kana: partner.kana.clone(),
        prefecture: partner.prefecture.clone(),
        code: partner.code.clone(),
        members: partner.members.len() as i32,
        agreement: agreed.contains(&partner.id),
    }
}

pub(super) async fn partner(desk: &Arc<Desk>, ask: PartnerAsk) -> Result<PartnerView> {
    let all = everybody(desk).await?;
    let missing = || Fault::new(FaultKind::NotFound, "その連携先は見つかりません", "一覧から選び直してください");
    let me = all.get(&ask.id).ok_or_else(missing)?;
    let agreed = agreed(desk).await?;
    let line = |p: &Partner| line(p, &agreed);
    let associations: Vec<&Partner> = all.values().filter(|p| p.members.contains(&me.id)).collect();
    let mut neighbours: Vec<&Partner> = all.values().filter(|p| is_neighbour(p, me, &associations)).collect();
    sort(&mut neighbours);
    let figures = figures(desk, &me.id).await?;
    Ok(PartnerView {
        line: line(me),
        record: record(desk, Kind::Partner, &me.id).await?.map(Value::Object),
        members: me.members.iter().filter_map(|id| all.get(id)).map(line).collect(),
        agreements: desk.store.list(Kind::Agreement, &Filter::of("partner", me.id.as_str())).await?.records.into_iter().map(Value::Object).collect(),
        same_prefecture: neighbours.into_iter().map(line).collect(),
        history: history(desk, me, &associations).await?,
        associations: associations.into_iter().map(line).collect(),
        figures,
    })
}

/// The prefecture itself, its associations, and whoever of it has an agreement or belongs together with this one.
fn is_neighbour(other: &Partner, me: &Partner, associations: &[&Partner]) -> bool {
    let near = !me.prefecture.is_empty() && other.prefecture == me.prefecture && other.id != me.id;
    near && (other.kind == "prefecture" || other.kind == "association") && !associations.iter().any(|a| a.id == other.id)
}

/// Figures of this partner; else those of the whole project, with the number of partners over the years.
async fn figures(desk: &Desk, id: &str) -> Result<Vec<Value>> {
    let of = |subject: &str| Filter::of("subject", subject);
    let mut entries: Vec<FigureEntry> = desk.store.all(&of(id)).await?;
    if entries.is_empty() {
        entries = desk.store.all(&of("")).await?;
        entries.retain(|f| f.name == "連携自治体数");
    }
    entries.sort_by_key(|f| f.as_of.as_ref().and_then(Period::first_day));
    entries.into_iter().map(|f| serde_json::to_value(f).map_err(|e| Fault::new(FaultKind::Internal, e.to_string(), ""))).collect()
}

/// What was done together, the latest first.
async fn history(desk: &Desk, me: &Partner, associations: &[&Partner]) -> Result<Vec<PartnerHistory>> {
    let all = Filter::all();
    let mut found: Vec<(Option<chrono::NaiveDate>, PartnerHistory)> = Vec::new();
    let mut add = |kind, id: &str, fiscal_year: i32, title: String, sub: String, day| {
        let year_label = if fiscal_year > 0 { fiscal_year_words(fiscal_year) } else { String::new() };
        found.push((day, PartnerHistory { kind, id: id.to_owned(), fiscal_year, year_label, title, sub }));
    };
    let with_me = |ids: &[String]| ids.contains(&me.id) || ids.iter().any(|id| associations.iter().any(|a| a.id == *id));
    let panels: Vec<Panel> = desk.store.all(&Filter::of("partner", me.id.as_str())).await?;
    for e in desk.store.all::<Exhibition>(&all).await? {
        if with_me(&e.partners) || panels.iter().any(|p| p.project == e.id) {
            let title = e.number.map_or_else(|| e.title.clone(), |n| format!("第{n}回 {}", e.title));
            add(Kind::Exhibition, &e.id, e.fiscal_year, title, when_where(e.period.as_ref(), &e.venue_name), first(e.period.as_ref()));
        }
    }
    let roster: Vec<RosterEntry> = desk.store.all(&Filter::of("partner", me.id.as_str())).await?;
    for e in desk.store.all::<Event>(&all).await? {
        if with_me(&e.partners) || roster.iter().any(|r| r.project == e.id) {
            add(Kind::Event, &e.id, e.fiscal_year, e.title.clone(), when_where(e.period.as_ref(), &e.venue_name), first(e.period.as_ref()));
        }
    }
    for a in desk.store.all::<Agreement>(&all).await? {
        if a.partner == me.id || associations.iter().any(|p| p.id == a.partner) {
            let sub = a.signed.as_ref().map_or_else(|| "締結日は未登録".to_owned(), |p| format!("{} 締結", p.wareki()));
            let year = first(a.signed.as_ref()).map_or(0, fiscal_year_of);
            add(Kind::Agreement, &a.id, year, format!("{}（{}）", a.title, a.partner_name), sub, first(a.signed.as_ref()));
        }
    }
    for w in desk.store.all::<WardProgramme>(&all).await? {
        if w.partners.contains(&me.id) || w.ward == me.name {
            add(Kind::WardProgramme, &w.id, w.fiscal_year.unwrap_or(0), w.title.clone(), w.ward.clone(), None);
        }
    }
    found.sort_by(|(a, x), (b, y)| (y.fiscal_year, b).cmp(&(x.fiscal_year, a)));
    Ok(found.into_iter().map(|(_, line)| line).collect())
}

fn first(period: Option<&Period>) -> Option<chrono::NaiveDate> {
    period.and_then(Period::first_day)
}

fn when_where(period: Option<&Period>, venue: &str) -> String {
    let words: Vec<String> = [period.map(Period::wareki), Some(venue.to_owned())].into_iter().flatten().filter(|w| !w.is_empty()).collect();
    words.join("｜")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_letter_stands_for_its_row() {
        let choshi = municipality::by_id("m122025").expect("on the list").partner();
        assert!(in_row(&choshi, row_of_letter("た").expect("a row")));
        assert!(row_of_letter("ち").is_none());
        assert!(matches(&choshi, "ちょ") && matches(&choshi, "銚子") && matches(&choshi, "122") && matches(&choshi, "千葉県銚"));
        assert!(!matches(&choshi, "た"));
    }

    #[test]
    fn partners_stand_in_the_order_of_their_reading() {
        let names = ["ちちぶし", "ちがさきし", "ちくごし", "ちばけんしちょうかい"];
        let all: Vec<Partner> = names.iter().map(|k| Partner { kana: (*k).into(), kind: "municipality".into(), ..Partner::default() }).collect();
        let mut found: Vec<&Partner> = all.iter().collect();
        sort(&mut found);
        let order: Vec<&str> = found.iter().map(|p| p.kana.as_str()).collect();
        assert_eq!(order, ["ちがさきし", "ちくごし", "ちちぶし", "ちばけんしちょうかい"]);
    }
}
