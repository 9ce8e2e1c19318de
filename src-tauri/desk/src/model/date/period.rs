//! When something is: a period that is as exact as what is known, and that cannot be wrong once it is built.
//!
//! Days, listed days, months, calendar years, fiscal years (April to March), or only words (毎年8月下旬). No day is invented.

use super::clock::Hours;
use super::era::{FIRST_YEAR, LAST_YEAR, fiscal_year_of};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use ts_rs::TS;

/// A list of more days is no list.
const MOST_DAYS: usize = 400;
const MOST_HOURS: usize = 8;
const MOST_TEXT: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "PeriodWire", into = "PeriodWire")]
#[ts(as = "PeriodWire")]
pub struct Period {
    span: Span,
    hours: Vec<Hours>,
    text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// Every day from the first to the last.
    Days { from: NaiveDate, to: NaiveDate },
    /// Single days, in order, two or more.
    Listed(Vec<NaiveDate>),
    Months { from: Month, to: Month },
    Years { from: i32, to: i32 },
    /// 年度: 2019 is April 2019 to March 2020.
    FiscalYears { from: i32, to: i32 },
    /// Only the text says when.
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Day,
    Month,
    Year,
    FiscalYear,
    Text,
}

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    first: NaiveDate,
}

/// Why a period cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    #[error("年は{FIRST_YEAR}年から{LAST_YEAR}年までで入れてください")]
    Year,
    #[error("ない日付です: {0}")]
    NoSuchDay(String),
    #[error("終わりが始まりより前です")]
    Backwards,
    #[error("時刻は00:00から24:00までで入れてください")]
    Clock,
    #[error("時間の並びが正しくありません")]
    HourOrder,
    #[error("日の数が正しくありません")]
    DayCount,
    #[error("期間の文字がありません")]
    NoText,
    #[error("文字が長すぎます")]
    LongText,
    #[error("期間の項目が合っていません: {0}")]
    Shape(&'static str),
}

/// Whether two periods meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    No,
    /// One of them is not known to the day.
    Possible,
    Certain,
}

impl Month {
    pub fn new(year: i32, month: u32) -> Result<Self, PeriodError> {
        check_year(year, FIRST_YEAR)?;
        NaiveDate::from_ymd_opt(year, month, 1)
            .map(|first| Self { first })
            .ok_or_else(|| PeriodError::NoSuchDay(format!("{year}年{month}月")))
    }

    pub fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    pub fn year(self) -> i32 {
        self.first.year()
    }

    pub fn month(self) -> u32 {
        self.first.month()
    }

    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    pub fn last_day(self) -> NaiveDate {
        self.first.checked_add_months(chrono::Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(self.first)
    }

    pub(super) fn next(self) -> Option<Self> {
        self.first.checked_add_months(chrono::Months::new(1)).map(|first| Self { first })
    }
}

impl Period {
    /// Every day from `from` to `to`, both included.
    pub fn days(from: NaiveDate, to: NaiveDate) -> Result<Self, PeriodError> {
        check_year(from.year(), FIRST_YEAR)?;
        check_year(to.year(), FIRST_YEAR)?;
        in_order(from, to)?;
        Ok(Self::of(Span::Days { from, to }))
    }

    pub fn day(day: NaiveDate) -> Result<Self, PeriodError> {
        Self::days(day, day)
    }

    /// Single days in any order; one day alone is a day.
    pub fn listed(mut days: Vec<NaiveDate>) -> Result<Self, PeriodError> {
        days.sort_unstable();
        days.dedup();
        for day in &days {
            check_year(day.year(), FIRST_YEAR)?;
        }
        match days.as_slice() {
            [] => Err(PeriodError::DayCount),
            [day] => Self::day(*day),
            more if more.len() > MOST_DAYS => Err(PeriodError::DayCount),
            _ => Ok(Self::of(Span::Listed(days))),
        }
    }

    pub fn months(from: Month, to: Month) -> Result<Self, PeriodError> {
        in_order(from, to)?;
        Ok(Self::of(Span::Months { from, to }))
    }

    /// Calendar years; from 1868 (明治元年).
    pub fn years(from: i32, to: i32) -> Result<Self, PeriodError> {
        check_year(from, 1868)?;
        check_year(to, 1868)?;
        in_order(from, to)?;
        Ok(Self::of(Span::Years { from, to }))
    }

    pub fn fiscal_years(from: i32, to: i32) -> Result<Self, PeriodError> {
        check_year(from, 1868)?;
        check_year(to, 1868)?;
        in_order(from, to)?;
        Ok(Self::of(Span::FiscalYears { from, to }))
    }

    /// Only words: 毎年8月下旬, 未定.
    pub fn words(text: impl Into<String>) -> Result<Self, PeriodError> {
        let text = text.into();
        if text.trim().is_empty() {
            return Err(PeriodError::NoText);
        }
        Self::of(Span::Text).with_text(text)
    }

    /// Hours of each day. Several are sessions of one day, in order and apart; only a single one may lack its end.
    pub fn with_hours(mut self, hours: Vec<Hours>) -> Result<Self, PeriodError> {
        let apart = hours.windows(2).all(|w| w[0].end().is_some_and(|end| end <= w[1].start()) && !w[0].overnight());
        let ends = hours.len() < 2 || hours.iter().all(|h| h.end().is_some());
        if !apart || !ends || hours.len() > MOST_HOURS {
            return Err(PeriodError::HourOrder);
        }
        if !hours.is_empty() && self.precision() != Precision::Day {
            return Err(PeriodError::Shape("時間は日付とともに入れてください"));
        }
        self.hours = hours;
        Ok(self)
    }

    /// Keeps the words that it was read from.
    pub fn with_text(mut self, text: impl Into<String>) -> Result<Self, PeriodError> {
        self.text = text.into();
        if self.text.chars().count() > MOST_TEXT { Err(PeriodError::LongText) } else { Ok(self) }
    }

    fn of(span: Span) -> Self {
        Self { span, hours: Vec::new(), text: String::new() }
    }

    pub fn span(&self) -> &Span {
        &self.span
    }

    pub fn hours(&self) -> &[Hours] {
        &self.hours
    }

    /// The words it was read from; empty if it was entered as days.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn precision(&self) -> Precision {
        match self.span {
            Span::Days { .. } | Span::Listed(_) => Precision::Day,
            Span::Months { .. } => Precision::Month,
            Span::Years { .. } => Precision::Year,
            Span::FiscalYears { .. } => Precision::FiscalYear,
            Span::Text => Precision::Text,
        }
    }

    /// First day that it can touch; none for words.
    pub fn first_day(&self) -> Option<NaiveDate> {
        match &self.span {
            Span::Days { from, .. } => Some(*from),
            Span::Listed(days) => days.first().copied(),
            Span::Months { from, .. } => Some(from.first_day()),
            Span::Years { from, .. } => NaiveDate::from_ymd_opt(*from, 1, 1),
            Span::FiscalYears { from, .. } => NaiveDate::from_ymd_opt(*from, 4, 1),
            Span::Text => None,
        }
    }

    /// Last day that it can touch; none for words.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match &self.span {
            Span::Days { to, .. } => Some(*to),
            Span::Listed(days) => days.last().copied(),
            Span::Months { to, .. } => Some(to.last_day()),
            Span::Years { to, .. } => NaiveDate::from_ymd_opt(*to, 12, 31),
            Span::FiscalYears { to, .. } => NaiveDate::from_ymd_opt(to + 1, 3, 31),
            Span::Text => None,
        }
    }

    /// Every day it is known to be on, at most 4,000; empty where no day is known.
    pub fn each_day(&self) -> Vec<NaiveDate> {
        match &self.span {
            Span::Days { from, to } => from.iter_days().take_while(|d| d <= to).take(4_000).collect(),
            Span::Listed(days) => days.clone(),
            _ => Vec::new(),
        }
    }

    /// Whether the day lies in it (for a month or a year: may lie in it).
    pub fn contains(&self, day: NaiveDate) -> bool {
        match &self.span {
            Span::Listed(days) => days.binary_search(&day).is_ok(),
            _ => self.first_day().is_some_and(|first| first <= day) && self.last_day().is_some_and(|last| day <= last),
        }
    }

    /// The fiscal year in which it starts; none for words and for calendar years, which lie in two.
    pub fn fiscal_year(&self) -> Option<i32> {
        match self.span {
            Span::Years { .. } | Span::Text => None,
            Span::FiscalYears { from, .. } => Some(from),
            _ => self.first_day().map(fiscal_year_of),
        }
    }

    /// Whether both would need the same place at the same time. Hours count where both have them.
    pub fn overlap(&self, other: &Period) -> Overlap {
        let (Some(a), Some(b), Some(c), Some(d)) = (self.first_day(), self.last_day(), other.first_day(), other.last_day())
        else {
            return Overlap::No;
        };
        if b < c || d < a {
            return Overlap::No;
        }
        if self.precision() != Precision::Day || other.precision() != Precision::Day {
            return Overlap::Possible;
        }
        let shared = match (&self.span, &other.span) {
            (Span::Listed(days), _) => days.iter().any(|day| other.contains(*day)),
            (_, Span::Listed(days)) => days.iter().any(|day| self.contains(*day)),
            _ => true,
        };
        let hours_apart = !self.hours.is_empty()
            && !other.hours.is_empty()
            && !self.hours.iter().any(|h| other.hours.iter().any(|o| h.overlaps(*o)));
        let overnight = self.hours.iter().chain(&other.hours).any(|h| h.overnight());
        if !shared || (hours_apart && !overnight) { Overlap::No } else { Overlap::Certain }
    }

    /// By first day, then last day, then hours; words come last, in their own order.
    pub fn order(&self, other: &Period) -> Ordering {
        let key = |p: &Period| (p.first_day().is_none(), p.first_day(), p.last_day(), p.hours.first().copied());
        key(self).cmp(&key(other)).then_with(|| self.text.cmp(&other.text))
    }

    /// The same days and hours, whatever words they were read from.
    pub fn same_time(&self, other: &Period) -> bool {
        match (&self.span, &other.span) {
            (Span::Text, Span::Text) => self.text.trim() == other.text.trim(),
            (a, b) => a == b && self.hours == other.hours,
        }
    }

    /// First and last at the stated precision: `2025-11-08`, `2019-09`, `2022`; none for words.
    pub fn bounds(&self) -> Option<(String, String)> {
        let day = |d: &NaiveDate| d.format("%Y-%m-%d").to_string();
        let month = |m: &Month| m.first.format("%Y-%m").to_string();
        match &self.span {
            Span::Days { from, to } => Some((day(from), day(to))),
            Span::Listed(days) => Some((days.first().map(day)?, days.last().map(day)?)),
            Span::Months { from, to } => Some((month(from), month(to))),
            Span::Years { from, to } | Span::FiscalYears { from, to } => Some((from.to_string(), to.to_string())),
            Span::Text => None,
        }
    }
}

fn check_year(year: i32, first: i32) -> Result<(), PeriodError> {
    if (first..=LAST_YEAR).contains(&year) { Ok(()) } else { Err(PeriodError::Year) }
}

fn in_order<T: PartialOrd>(from: T, to: T) -> Result<(), PeriodError> {
    if to < from { Err(PeriodError::Backwards) } else { Ok(()) }
}

/// A period on the wire and in storage; every field may be left out but the precision.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
struct PeriodWire {
    precision: Precision,
    /// At the stated precision; empty for text.
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// Only where single days are listed.
    #[serde(default)]
    days: Vec<String>,
    /// Start and end of each session: `14:00`, `21:00`.
    #[serde(default)]
    hours: Vec<String>,
    /// The words it was read from.
    #[serde(default)]
    text: String,
}

impl From<Period> for PeriodWire {
    fn from(period: Period) -> Self {
        let (from, to) = period.bounds().unwrap_or_default();
        let days = match &period.span {
            Span::Listed(days) => days.iter().map(|d| d.format("%Y-%m-%d").to_string()).collect(),
            _ => Vec::new(),
        };
        let hours = period.hours.iter().flat_map(|h| h.wire()).collect();
        PeriodWire { precision: period.precision(), from, to, days, hours, text: period.text }
    }
}

impl TryFrom<PeriodWire> for Period {
    type Error = PeriodError;

    fn try_from(wire: PeriodWire) -> Result<Self, PeriodError> {
        let to = if wire.to.is_empty() { &wire.from } else { &wire.to };
        let period = match wire.precision {
            Precision::Text => {
                if !wire.from.is_empty() || !wire.to.is_empty() || !wire.days.is_empty() {
                    return Err(PeriodError::Shape("文字だけの期間に日付があります"));
                }
                Period::words(wire.text.as_str())?
            }
            Precision::Day if !wire.days.is_empty() => {
                let period = Period::listed(wire.days.iter().map(|d| day(d)).collect::<Result<_, _>>()?)?;
                let ends = period.bounds().unwrap_or_default();
                if (!wire.from.is_empty() && wire.from != ends.0) || (!wire.to.is_empty() && wire.to != ends.1) {
                    return Err(PeriodError::Shape("日の一覧と始まり・終わりが違います"));
                }
                period
            }
            _ if !wire.days.is_empty() => return Err(PeriodError::Shape("日の一覧は日付の期間だけに入れられます")),
            Precision::Day => Period::days(day(&wire.from)?, day(to)?)?,
            Precision::Month => Period::months(month(&wire.from)?, month(to)?)?,
            Precision::Year => Period::years(year(&wire.from)?, year(to)?)?,
            Precision::FiscalYear => Period::fiscal_years(year(&wire.from)?, year(to)?)?,
        };
        let clock = wire.hours.iter().map(|h| Hours::minute(h)).collect::<Result<Vec<_>, _>>()?;
        let hours = clock.chunks(2).map(|pair| Hours::new(pair[0], pair.get(1).copied())).collect::<Result<_, _>>()?;
        period.with_hours(hours)?.with_text(wire.text)
    }
}

fn numbers<const N: usize>(text: &str, widths: [usize; N]) -> Result<[u32; N], PeriodError> {
    let wrong = || PeriodError::NoSuchDay(text.chars().take(20).collect());
    let parts: Vec<&str> = text.split('-').collect();
    if parts.len() != N {
        return Err(wrong());
    }
    let mut out = [0; N];
    for (i, part) in parts.iter().enumerate() {
        let digits = part.len() == widths[i] && part.bytes().all(|b| b.is_ascii_digit());
        out[i] = part.parse().ok().filter(|_| digits).ok_or_else(wrong)?;
    }
    Ok(out)
}

fn day(text: &str) -> Result<NaiveDate, PeriodError> {
    let [y, m, d] = numbers(text, [4, 2, 2])?;
    NaiveDate::from_ymd_opt(y as i32, m, d).ok_or_else(|| PeriodError::NoSuchDay(text.to_owned()))
}

fn month(text: &str) -> Result<Month, PeriodError> {
    let [y, m] = numbers(text, [4, 2])?;
    Month::new(y as i32, m)
}

fn year(text: &str) -> Result<i32, PeriodError> {
    let [y] = numbers(text, [4])?;
    Ok(y as i32)
}
