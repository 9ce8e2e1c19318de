//! Prints a period as ward offices do: 令和元年5月14日(火)～6月20日(木), or 2019年5月14日(火)～6月20日(木).

use super::clock;
use super::era::{day_year_words, fiscal_year_words, month_words, year_words};
use super::period::{Month, Period, Span};
use chrono::{Datelike, NaiveDate, Weekday};

/// (火)
pub fn weekday_char(day: Weekday) -> char {
    ['月', '火', '水', '木', '金', '土', '日'][day.num_days_from_monday() as usize]
}

/// 火曜日
pub fn weekday_name(day: Weekday) -> String {
    format!("{}曜日", weekday_char(day))
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Wareki,
    Seireki,
}

impl Period {
    /// 令和7年11月8日(土)～9日(日), with the hours after a space; a text period is its text.
    pub fn wareki(&self) -> String {
        self.print(Style::Wareki)
    }

    /// 2025年11月8日(土)～9日(日).
    pub fn seireki(&self) -> String {
        self.print(Style::Seireki)
    }

    fn print(&self, style: Style) -> String {
        let mut out = match self.span() {
            Span::Text => return self.text().to_owned(),
            Span::Days { from, to } if from == to => day(style, None, *from),
            Span::Days { from, to } => format!("{}～{}", day(style, None, *from), day(style, Some(*from), *to)),
            Span::Listed(days) => list(style, days),
            Span::Months { from, to } if from == to => month(style, None, *from),
            Span::Months { from, to } => format!("{}～{}", month(style, None, *from), month(style, Some(*from), *to)),
            Span::Years { from, to } => span(*from, *to, |y| year(style, y)),
            Span::FiscalYears { from, to } => span(*from, *to, |y| match style {
                Style::Wareki => fiscal_year_words(y),
                Style::Seireki => format!("{y}年度"),
            }),
        };
        let hours: Vec<String> = self.hours().iter().map(|h| clock::words(*h)).collect();
        if !hours.is_empty() {
            out.push(' ');
            out.push_str(&hours.join("、"));
        }
        out
    }
}

fn span(from: i32, to: i32, words: impl Fn(i32) -> String) -> String {
    if from == to { words(from) } else { format!("{}～{}", words(from), words(to)) }
}

fn year(style: Style, year: i32) -> String {
    match style {
        Style::Wareki => year_words(year),
        Style::Seireki => format!("{year}年"),
    }
}

/// What the day before it has already said is left out.
fn day(style: Style, before: Option<NaiveDate>, day: NaiveDate) -> String {
    let year = |d: NaiveDate| match style {
        Style::Wareki => day_year_words(d),
        Style::Seireki => format!("{}年", d.year()),
    };
    let mark = weekday_char(day.weekday());
    let same_year = before.is_some_and(|b| year(b) == year(day));
    let same_month = same_year && before.is_some_and(|b| b.month() == day.month());
    match (same_year, same_month) {
        (_, true) => format!("{}日({mark})", day.day()),
        (true, _) => format!("{}月{}日({mark})", day.month(), day.day()),
        _ => format!("{}{}月{}日({mark})", year(day), day.month(), day.day()),
    }
}

fn month(style: Style, before: Option<Month>, month: Month) -> String {
    let words = |m: Month| match style {
        Style::Wareki => month_words(m),
        Style::Seireki => format!("{}年{}月", m.year(), m.month()),
    };
    let head = |m: Month| words(m).split_once('年').map_or(String::new(), |(head, _)| head.to_owned());
    match before {
        Some(before) if head(before) == head(month) => format!("{}月", month.month()),
        _ => words(month),
    }
}

/// Single days by ・; where a list also holds runs of three and more, those are written as a range.
fn list(style: Style, days: &[NaiveDate]) -> String {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for &day in days {
        match runs.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(day) => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let whole = runs.len() == 1;
    let (mut out, mut before) = (String::new(), None);
    let mut put = |sign: &str, d: NaiveDate| {
        out.push_str(sign);
        out.push_str(&day(style, before, d));
        before = Some(d);
    };
    let mut sign = "";
    for (first, last) in runs {
        if !whole && (last - first).num_days() >= 2 {
            put(sign, first);
            put("～", last);
        } else {
            for day in first.iter_days().take_while(|d| *d <= last) {
                put(sign, day);
                sign = "・";
            }
        }
        sign = "・";
    }
    out
}
