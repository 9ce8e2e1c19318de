//! The five eras since the solar calendar, and the year an era year stands for.
//!
//! An era changes inside a year, so a day, a month, a year and a 年度 each ask their own question.
//! On the first day of 大正 and of 昭和 both names are right: the edict counts the day to the new era, the papers of that day bear the old one.

use super::period::Month;
use chrono::{Datelike, NaiveDate};

/// Days are read and held from the first day of the solar calendar (明治6年1月1日).
pub(super) const FIRST_YEAR: i32 = 1873;
/// Later years are taken for slips of the pen.
pub(super) const LAST_YEAR: i32 = 2200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    Meiji,
    Taisho,
    Showa,
    Heisei,
    Reiwa,
}

impl Era {
    pub const ALL: [Era; 5] = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];

    pub fn name(self) -> &'static str {
        match self {
            Era::Meiji => "明治",
            Era::Taisho => "大正",
            Era::Showa => "昭和",
            Era::Heisei => "平成",
            Era::Reiwa => "令和",
        }
    }

    /// The letter of forms: R7.11.8.
    pub fn letter(self) -> char {
        match self {
            Era::Meiji => 'M',
            Era::Taisho => 'T',
            Era::Showa => 'S',
            Era::Heisei => 'H',
            Era::Reiwa => 'R',
        }
    }

    pub fn first_day(self) -> NaiveDate {
        let (y, m, d) = match self {
            Era::Meiji => (1868, 1, 25),
            Era::Taisho => (1912, 7, 30),
            Era::Showa => (1926, 12, 25),
            Era::Heisei => (1989, 1, 8),
            Era::Reiwa => (2019, 5, 1),
        };
        NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default()
    }

    /// The last day that may be written in this era; none for the present one.
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Era::Meiji => Some(Era::Taisho.first_day()),
            Era::Taisho => Some(Era::Showa.first_day()),
            Era::Showa => Era::Heisei.first_day().pred_opt(),
            Era::Heisei => Era::Reiwa.first_day().pred_opt(),
            Era::Reiwa => None,
        }
    }

    /// Western year of an era year; none beyond what is held.
    pub fn western(self, year: u32) -> Option<i32> {
        let year = i32::try_from(year).ok()?;
        let western = self.first_day().year().checked_add(year)? - 1;
        (year >= 1 && western <= LAST_YEAR).then_some(western)
    }

    /// Whether some day of the span belongs to this era.
    pub fn holds(self, first: NaiveDate, last: NaiveDate) -> bool {
        last >= self.first_day() && self.last_day().is_none_or(|end| first <= end)
    }

    /// The era of a day.
    pub fn of(day: NaiveDate) -> Era {
        Era::ALL.into_iter().rev().find(|era| day >= era.first_day()).unwrap_or(Era::Meiji)
    }
}

/// 令和元年 for a year that ended in 令和: the newest era of the year, as offices do.
pub(super) fn year_words(year: i32) -> String {
    let newest = NaiveDate::from_ymd_opt(year, 12, 31).map_or(Era::Reiwa, Era::of);
    words(newest, year)
}

/// 令和元年9月.
pub(super) fn month_words(month: Month) -> String {
    format!("{}{}月", words(Era::of(month.last_day()), month.year()), month.month())
}

/// 令和元年5月14日, without a weekday.
pub fn wareki_day(day: NaiveDate) -> String {
    format!("{}{}月{}日", words(Era::of(day), day.year()), day.month(), day.day())
}

/// 令和元年 of a day.
pub(super) fn day_year_words(day: NaiveDate) -> String {
    words(Era::of(day), day.year())
}

/// 令和元年度 for 2019.
pub fn fiscal_year_words(fiscal_year: i32) -> String {
    format!("{}度", year_words(fiscal_year))
}

fn words(era: Era, western: i32) -> String {
    match western - era.first_day().year() + 1 {
        1 => format!("{}元年", era.name()),
        n => format!("{}{n}年", era.name()),
    }
}

/// The fiscal year (April to March) of a day, as the western year in which it starts.
pub fn fiscal_year_of(day: NaiveDate) -> i32 {
    if day.month() >= 4 { day.year() } else { day.year() - 1 }
}
