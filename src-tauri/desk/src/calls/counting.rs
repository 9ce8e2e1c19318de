//! The visitor counter: one press, taking it back, and what it all comes to by day, door and hour.
use super::wire_types::*;
use crate::Desk;
use crate::fault::Result;
use crate::model::date::{Period, weekday_char};
use crate::model::record::{Door, EnteredTotal, EventDay, Kind};
use crate::store::{self, DaySum, Filter, Tally};
use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many of the latest presses the counter shows.
const RECENT: u32 = 30;

pub(super) async fn count(desk: &Arc<Desk>, ask: CountAsk) -> Result<Counted> {
    let at = crate::clock::now().naive_local();
    let press = store::Press { project: ask.project, door: ask.door, category: ask.category, delta: ask.delta, at };
    let tally = desk.store.count(press).await?;
    counted(desk, tally).await
}

pub(super) async fn uncount(desk: &Arc<Desk>, ask: UncountAsk) -> Result<Counted> {
    let tally = desk.store.uncount(&ask.project, &ask.door, crate::clock::now().naive_local()).await?;
    counted(desk, tally).await
}

async fn counted(desk: &Desk, tally: Tally) -> Result<Counted> {
    let sums = desk.store.day_sums(&tally.project).await?;
    let of_day = || sums.iter().filter(|s| s.day == tally.day);
    Ok(Counted {
        day_total: of_day().map(|s| s.total).sum::<i64>() as i32,
        door_total: of_day().filter(|s| s.door == tally.door).map(|s| s.total).sum::<i64>() as i32,
        device: tally.device,
        seq: tally.seq as i32,
        at: tally.at,
    })
}

pub(super) async fn counts(desk: &Arc<Desk>, ask: CountsAsk) -> Result<Counts> {
    let project = ask.project;
    let of_project = Filter::of("project", project.as_str());
    let sums = desk.store.day_sums(&project).await?;
    let mut doors: Vec<Door> = desk.store.all(&of_project).await?;
    doors.extend(gone(&sums, &doors));
    let days = days(desk, &of_project, &sums).await?;
    let day = if ask.day.is_empty() { usual_day(&days) } else { ask.day };
    let (device, _) = desk.store.device().await?;
    let hours = hours(desk, &project, &day, &doors).await?;
    let recent = desk.store.recent_tallies(&project, &day, RECENT).await?;
    let entered: Vec<EnteredTotal> = desk.store.all(&of_project).await?;
    let total = sums.iter().map(|s| s.total).sum::<i64>() as i32;
    let undo_label = recent.iter().find(|t| t.device == device && t.compensates.is_none() && !taken_back(t, &recent));
    Ok(Counts {
        day_label: day_label(&day),
        days: days.iter().map(|d| DayCount { day: d.clone(), label: day_label(d), total: sum(&sums, |s| s.day == *d) }).collect(),
        doors: doors.iter().map(|door| door_count(door, &sums, &day, &device)).collect(),
        hours,
        undo_label: undo_label.map(|t| undo_words(t, &doors)).unwrap_or_default(),
        recent: recent.into_iter().map(wire_press).collect(),
        entered: desk.store.list(Kind::EnteredTotal, &of_project).await?.records.into_iter().map(Value::Object).collect(),
        total,
        total_label: if total == 0 { String::new() } else { format!("延べ{}名", grouped(total)) },
        entered_label: entered.iter().map(entered_words).collect::<Vec<_>>().join("、"),
        quarantined: desk.store.quarantined().await? as i32,
        project,
        day,
    })
}

/// Doors that were removed after somebody came through them: their visitors are part of the total, so they are shown.
fn gone(sums: &[DaySum], doors: &[Door]) -> Vec<Door> {
    let counted: BTreeSet<&str> = sums.iter().filter(|s| s.total != 0 || s.presses != 0).map(|s| s.door.as_str()).collect();
    let gone = counted.into_iter().filter(|id| !doors.iter().any(|d| d.id == *id));
    gone.enumerate().map(|(n, id)| Door { id: id.to_owned(), name: if n == 0 { "削除した入口".into() } else { format!("削除した入口{}", n + 1) }, ..Door::default() }).collect()
}

fn taken_back(tally: &Tally, among: &[Tally]) -> bool {
    among.iter().any(|t| t.device == tally.device && t.compensates == Some(tally.seq))
}

fn sum(sums: &[DaySum], keep: impl Fn(&DaySum) -> bool) -> i32 {
    sums.iter().filter(|s| keep(s)).map(|s| s.total).sum::<i64>() as i32
}

/// Days of the event and days on which something was counted.
async fn days(desk: &Desk, of_project: &Filter, sums: &[DaySum]) -> Result<Vec<String>> {
    let held: Vec<EventDay> = desk.store.all(of_project).await?;
    let days: BTreeSet<String> = held.into_iter().map(|d| d.date).chain(sums.iter().map(|s| s.day.clone())).filter(|d| !d.is_empty()).collect();
    Ok(days.into_iter().collect())
}

/// Today where it is one of the days or nothing is planned; else the first day.
fn usual_day(days: &[String]) -> String {
    let today = super::today().to_string();
    if days.is_empty() || days.contains(&today) { today } else { days[0].clone() }
}

fn door_count(door: &Door, sums: &[DaySum], day: &str, device: &str) -> DoorCount {
    let here = |s: &DaySum| s.door == door.id && s.day == day;
    let of = |category: &str| sum(sums, |s| here(s) && s.category == category);
    DoorCount {
        door: door.id.clone(),
        name: door.name.clone(),
        total: sum(sums, here),
        all_days: sum(sums, |s| s.door == door.id),
        adult: of("adult"),
        child: of("child"),
        group: of("group"),
        groups: sums.iter().filter(|s| here(s) && s.category == "group").map(|s| s.presses).sum::<i64>() as i32,
        this_device: sum(sums, |s| here(s) && s.device == device),
        other_devices: sum(sums, |s| here(s) && s.device != device),
    }
}

async fn hours(desk: &Desk, project: &str, day: &str, doors: &[Door]) -> Result<Vec<HourCount>> {
    let mut by_hour: BTreeMap<i64, Vec<i32>> = BTreeMap::new();
    for sum in desk.store.hour_sums(project, day).await? {
        let counts = by_hour.entry(sum.hour).or_insert_with(|| vec![0; doors.len()]);
        if let Some(n) = doors.iter().position(|d| d.id == sum.door) {
            counts[n] += sum.total as i32;
        }
    }
    let (Some(first), Some(last)) = (by_hour.keys().next().copied(), by_hour.keys().last().copied()) else { return Ok(Vec::new()) };
    let hours = (first..=last).map(|hour| {
        let counts = by_hour.remove(&hour).unwrap_or_else(|| vec![0; doors.len()]);
        HourCount { hour: hour as i32, total: counts.iter().sum(), doors: counts }
    });
    Ok(hours.collect())
}

fn wire_press(tally: Tally) -> Press {
    Press {
        at: tally.at,
        door: tally.door,
        category: tally.category,
        delta: tally.delta as i32,
        device: tally.device,
        seq: tally.seq as i32,
        compensates: tally.compensates.is_some(),
    }
}

/// 西口 大人1名（14:32）
fn undo_words(tally: &Tally, doors: &[Door]) -> String {
    let door = doors.iter().find(|d| d.id == tally.door).map_or("", |d| d.name.as_str());
    let who = match tally.category.as_str() {
        "child" => "子ども",
        "group" => "団体",
        _ => "大人",
    };
    format!("{door} {who}{}名（{}）", tally.delta, tally.at.get(11..16).unwrap_or_default())
}

/// 延べ1,158名, 約500名: a figure never stands without its meaning.
pub(super) fn entered_words(total: &EnteredTotal) -> String {
    let counting = match total.counting.as_str() {
        "gross" => "延べ",
        "net" => "実人数",
        _ => "",
    };
    let (about, after) = match total.bound.as_str() {
        "over" => ("", "を超える"),
        "under" => ("", "未満"),
        "about" => ("約", ""),
        _ if total.approximate => ("約", ""),
        _ => ("", ""),
    };
    format!("{counting}{about}{}名{after}", grouped(total.value))
}

/// 1158 as 1,158.
pub(super) fn grouped(value: i32) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = if value < 0 { String::from("−") } else { String::new() };
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// 令和7年11月8日(土) for an ISO day; other words stay.
pub(super) fn day_label(day: &str) -> String {
    let period = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().and_then(|d| Period::day(d).ok());
    period.map_or_else(|| day.to_owned(), |p| p.wareki())
}

/// 11月8日(土)
pub(super) fn short_day(day: NaiveDate) -> String {
    format!("{}月{}日({})", day.month(), day.day(), weekday_char(day.weekday()))
}
