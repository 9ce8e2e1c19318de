//! What is due when: deadlines counted in working days from the opening and the last day, by the plan in `assets/calendar/deadlines.json`.

use super::date::{Period, Precision};
use super::holiday::Calendar;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

const PLAN: &str = include_str!("../../../../assets/calendar/deadlines.json");

/// Which plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineKind {
    Exhibition,
    Event,
    Lecture,
}

/// One thing that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// Stable name: print, material …
    pub key: String,
    /// 入稿, 素材締切 …
    pub label: String,
    pub date: NaiveDate,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    #[serde(rename = "note")]
    _note: String,
    exhibition: Vec<Line>,
    event: Vec<Line>,
    lecture: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    key: String,
    label: String,
    from: From,
    working_days: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum From {
    Opening,
    Closing,
}

fn plan() -> &'static Plan {
    static READ: OnceLock<Plan> = OnceLock::new();
    READ.get_or_init(|| serde_json::from_str(PLAN).unwrap_or_default())
}

/// Everything due for a project that opens on `opening` and ends the same day, in order of date.
pub fn deadlines(opening: NaiveDate, kind: DeadlineKind) -> Vec<Deadline> {
    deadlines_until(opening, opening, kind)
}

fn lines(kind: DeadlineKind) -> &'static [Line] {
    match kind {
        DeadlineKind::Exhibition => &plan().exhibition,
        DeadlineKind::Event => &plan().event,
        DeadlineKind::Lecture => &plan().lecture,
    }
}

/// What a project has to do, as (key, words, day), in the order of the plan. The days are empty until the project's own days are known:
/// a month or a year gives none, since no day is invented.
pub fn checklist(kind: DeadlineKind, held: Option<&Period>) -> Vec<(String, String, Option<NaiveDate>)> {
    let days = held.filter(|p| p.precision() == Precision::Day).and_then(|p| p.first_day().zip(p.last_day()));
    match days {
        Some((first, last)) => deadlines_until(first, last, kind).into_iter().map(|d| (d.key, d.label, Some(d.date))).collect(),
        None => lines(kind).iter().map(|line| (line.key.clone(), line.label.clone(), None)).collect(),
    }
}

/// Everything due for a project from `opening` to `closing`, in order of date.
pub fn deadlines_until(opening: NaiveDate, closing: NaiveDate, kind: DeadlineKind) -> Vec<Deadline> {
    let calendar = Calendar::japan();
    let mut out: Vec<Deadline> = lines(kind)
        .iter()
        .map(|line| {
            let base = if line.from == From::Opening { opening } else { closing };
            let date = calendar.add_working_days(base, line.working_days);
            Deadline { key: line.key.clone(), label: line.label.clone(), date }
        })
        .collect();
    out.sort_by_key(|deadline| deadline.date);
    out
}
