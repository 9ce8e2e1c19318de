//! Makes a period of what was written: fills in what a short form leaves out, and says what cannot be.

use super::clock::Hours;
use super::era::{Era, FIRST_YEAR, LAST_YEAR, fiscal_year_words, month_words, wareki_day, year_words};
use super::lex::{Half, Relative};
use super::parse::WeekdayCheck;
use super::period::{Month, Period, PeriodError};
use super::point::{Clock, Expression, Link, Point, Written};
use super::print::weekday_char;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The year that the surroundings give to dates written without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearHint {
    /// 年度, April to March.
    Fiscal(i32),
    Calendar(i32),
}

/// Why there is no period.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stop {
    /// It is no exact date; the words stay.
    Unsupported(String),
    /// It says something that cannot be.
    Error(String),
}

pub(super) struct Resolved {
    pub period: Period,
    pub warnings: Vec<String>,
    pub weekday: WeekdayCheck,
    /// Whether the dates had hours of their own.
    pub has_hours: bool,
}

/// A point with nothing left out.
#[derive(Clone, Copy, Debug)]
struct Full {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
    fiscal: bool,
    /// The era it was written in, itself or by the one before.
    era: Option<Era>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    Day(NaiveDate),
    Month(Month),
    Year(i32),
    FiscalYear(i32),
}

fn unsupported<T>(text: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Unsupported(text.into()))
}

fn error<T>(text: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Error(text.into()))
}

impl From<PeriodError> for Stop {
    fn from(e: PeriodError) -> Self {
        Stop::Error(format!("{e}。"))
    }
}

/// How exact the expression tries to be: 4 day, 3 month, 2 year; 0 for a lone 3日 or 5年.
pub(super) fn rank(expression: &Expression) -> u8 {
    let points = || expression.points.iter().map(|(_, p)| p);
    let anchored = points().any(|p| p.month.is_some() || p.era.is_some() || p.year.is_some_and(|y| y >= 1000));
    if !anchored {
        0
    } else if points().any(|p| p.day.is_some()) {
        4
    } else if points().any(|p| p.month.is_some()) {
        3
    } else {
        2
    }
}

pub(super) fn resolve(expression: &Expression, hint: Option<YearHint>) -> Result<Resolved, Stop> {
    let points = fill(&expression.points);
    for (_, point) in &points {
        possible(point)?;
    }
    check_vague(expression, &points)?;
    let mut full: Vec<Full> = Vec::new();
    let mut whens: Vec<When> = Vec::new();
    for (i, (link, point)) in points.iter().enumerate() {
        let next = complete(*link, point, full.last().copied(), hint)?;
        let (next, when) = placed(*link, point, next, whens.last().copied())?;
        if i > 0 && std::mem::discriminant(&whens[0]) != std::mem::discriminant(&when) {
            return unsupported("始まりと終わりの細かさが違うため、文字のまま残します。");
        }
        full.push(next);
        whens.push(when);
    }
    let mut warnings = Vec::new();
    for ((_, point), when) in points.iter().zip(&whens) {
        warnings.extend(check_era(point, *when));
        warnings.extend(check_other_year(point, *when)?);
    }
    let western = points.first().is_some_and(|(_, p)| p.era.is_none());
    let weekday = check_weekdays(&points, &whens, western, &mut warnings);
    let links: Vec<Link> = points.iter().map(|(link, _)| *link).collect();
    let period = combine(&links, &whens, expression.length, western)?;
    let hours = gather_hours(&points, &mut warnings)?;
    let has_hours = !hours.is_empty();
    let period = if has_hours && matches!(whens[0], When::Day(_)) { period.with_hours(hours)? } else { period };
    Ok(Resolved { period, warnings, weekday, has_hours })
}

/// Gives open numbers the unit that stands elsewhere (8・9日, 令和4～6年度, 令和元年9～12月).
fn fill(points: &[(Link, Point)]) -> Vec<(Link, Point)> {
    let mut out = points.to_vec();
    if let [(_, year), (_, next), ..] = out.as_slice()
        && year.year.is_some()
        && year.month.is_none()
        && year.naked.is_none()
        && next.year.is_none()
        && next.month.is_some()
        && out.get(1).is_some_and(|(link, _)| *link == Link::List)
    {
        let (_, first) = out.remove(0);
        out[0].1 = Point { era: first.era, year: first.year, fiscal: first.fiscal, other_year: first.other_year, ..out[0].1.clone() };
    }
    for i in (0..out.len()).rev() {
        let next = out.get(i + 1).map(|(_, p)| p.clone());
        let before = i.checked_sub(1).and_then(|b| out.get(b)).map(|(_, p)| p.clone());
        let point = &mut out[i].1;
        if point.year_open && let Some(next) = &next {
            point.fiscal = next.fiscal;
        }
        let Some(n) = point.naked.take() else { continue };
        if point.year.is_some() {
            point.month = Some(n);
            continue;
        }
        let guide = next.or(before).unwrap_or_default();
        if guide.year.is_some() && guide.month.is_none() {
            point.year = Some(n);
            point.fiscal = guide.fiscal;
        } else if guide.month.is_some() && guide.day.is_none() {
            point.month = Some(n);
        } else {
            point.day = Some(n);
        }
    }
    out
}

/// A month or day that no year has.
fn possible(point: &Point) -> Result<(), Stop> {
    if point.numeric && point.era.is_none() && point.year.is_some_and(|y| y < 100) && point.month.is_some_and(|m| m > 12) {
        return unsupported("元号か西暦がわからないため、文字のまま残します。");
    }
    if let Some(month) = point.month {
        if !(1..=12).contains(&month) {
            return error(format!("{month}月という月はありません。"));
        }
        if let Some(day) = point.day.filter(|d| *d == 0 || *d > [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1]) {
            return error(format!("{month}月{day}日という日はありません。"));
        }
    }
    match point.day {
        Some(day) if day == 0 || day > 31 => error(format!("{day}日という日はありません。")),
        _ => Ok(()),
    }
}

fn check_vague(expression: &Expression, points: &[(Link, Point)]) -> Result<(), Stop> {
    let has_year = points.iter().any(|(_, p)| p.year.is_some());
    if let Some(word) = expression.recurring.filter(|_| !has_year) {
        return unsupported(format!("「{word}」は日が決まっていないため、文字のまま残します。"));
    }
    if let Some(word) = points.iter().find_map(|(_, p)| p.vague) {
        return unsupported(format!("「{word}」は日が決まらないため、文字のまま残します。"));
    }
    if points.iter().any(|(_, p)| p.relative == Some(Relative::Now)) {
        return unsupported("「今年」「来年度」などは年が決まらないため、文字のまま残します。");
    }
    if expression.open_end {
        return unsupported("終わりが書かれていないため、文字のまま残します。");
    }
    if expression.open_start {
        return unsupported("始まりが書かれていないため、文字のまま残します。");
    }
    Ok(())
}

fn complete(link: Link, point: &Point, before: Option<Full>, hint: Option<YearHint>) -> Result<Full, Stop> {
    let era = point.era.or_else(|| before.and_then(|b| b.era).filter(|_| point.year.is_none_or(|y| y < 1000)));
    if point.relative == Some(Relative::NextDay) && point.day.is_none() {
        let Some((before, day)) = before.and_then(|b| Some((b, date_of(b)?))) else { return unsupported("いつの翌日かわかりません。") };
        let next = day.succ_opt().unwrap_or(day);
        return Ok(Full { year: next.year(), month: Some(next.month()), day: Some(next.day()), ..before });
    }
    let month = match (point.month, before) {
        (Some(month), _) => Some(month),
        (None, Some(b)) if point.day.is_some() => b.month,
        _ => None,
    };
    if point.day.is_some() && month.is_none() {
        return unsupported("月が書かれていないため、文字のまま残します。");
    }
    let mut full = Full { year: 0, month, day: point.day, fiscal: point.fiscal && month.is_none(), era };
    full.year = match point.year {
        Some(n) => {
            let year = year_of(n, era, before)?;
            // 令和4年度1月 lies in the next calendar year.
            if point.fiscal && month.is_some_and(|m| m < 4) { year + 1 } else { year }
        }
        None => match (before, hint) {
            (Some(b), _) => b.year + i32::from(next_year(link, point, b)),
            (None, Some(YearHint::Calendar(year))) => year,
            (None, Some(YearHint::Fiscal(year))) => year + i32::from(month.is_some_and(|m| m < 4)),
            (None, None) => return unsupported("年が書かれていないため、文字のまま残します。"),
        },
    };
    if point.relative == Some(Relative::NextMonth) && point.month.is_none() {
        let next = before.and_then(|b| Month::new(b.year, b.month?).ok()?.next());
        if let Some(next) = next {
            (full.year, full.month) = (next.year(), Some(next.month()));
        }
    }
    let first = if full.month.is_some() { FIRST_YEAR } else { 1868 };
    if !(first..=LAST_YEAR).contains(&full.year) {
        let message = if full.era == Some(Era::Meiji) && full.year < FIRST_YEAR {
            "明治5年までの旧暦の日付は換算できません。".to_owned()
        } else {
            format!("扱える年は{first}年から{LAST_YEAR}年までです。")
        };
        return if full.year < first { unsupported(message) } else { error(message) };
    }
    Ok(full)
}

fn next_year(_link: Link, point: &Point, before: Full) -> bool {
    match point.relative {
        Some(Relative::NextYear) => true,
        Some(Relative::Next) => point.month.zip(before.month).is_some_and(|(m, b)| m < b),
        _ => false,
    }
}

fn year_of(n: u32, era: Option<Era>, before: Option<Full>) -> Result<i32, Stop> {
    match era {
        Some(era) if n == 0 => error(format!("{}0年という年はありません。", era.name())),
        Some(era) => era.western(n).map_or_else(|| error(format!("{}{n}年は数が大きすぎます。", era.name())), Ok),
        None if n >= 1000 => Ok(n.min(9_999) as i32),
        None => match before {
            Some(b) if n < 100 => Ok(b.year / 100 * 100 + n as i32),
            _ => unsupported("元号か西暦がわからないため、文字のまま残します。"),
        },
    }
}

fn date_of(full: Full) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(full.year, full.month?, full.day?)
}

/// The place in time; a short end before its start moves to the next year where that is meant.
fn placed(link: Link, point: &Point, mut full: Full, before: Option<When>) -> Result<(Full, When), Stop> {
    let mut when = when_of(full)?;
    let short = point.year.is_none() && point.month.is_some() && point.relative != Some(Relative::SameYear);
    if short && let Some(start) = before && earlier(when, start) {
        let next = Full { year: full.year + 1, ..full };
        if let Ok(moved) = when_of(next) && (crosses_new_year(start, moved) || (link == Link::List && near(start, moved))) {
            (full, when) = (next, moved);
        }
    }
    Ok((full, when))
}

fn when_of(full: Full) -> Result<When, Stop> {
    Ok(match (full.month, full.day) {
        (Some(month), Some(day)) => match NaiveDate::from_ymd_opt(full.year, month, day) {
            Some(date) => When::Day(date),
            None => {
                let year = if full.era.is_some() { year_words(full.year) } else { format!("{}年", full.year) };
                let last = Month::new(full.year, month).map_or(0, |m| m.last_day().day());
                return error(format!("{year}{month}月{day}日という日はありません（{month}月は{last}日まで）。"));
            }
        },
        (Some(month), None) => When::Month(Month::new(full.year, month)?),
        _ if full.fiscal => When::FiscalYear(full.year),
        _ => When::Year(full.year),
    })
}

fn ends(when: When) -> Option<(NaiveDate, NaiveDate)> {
    Some(match when {
        When::Day(day) => (day, day),
        When::Month(month) => (month.first_day(), month.last_day()),
        When::Year(year) => (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?),
        When::FiscalYear(year) => (NaiveDate::from_ymd_opt(year, 4, 1)?, NaiveDate::from_ymd_opt(year + 1, 3, 31)?),
    })
}

fn earlier(a: When, b: When) -> bool {
    ends(a).zip(ends(b)).is_some_and(|(a, b)| a.0 < b.0)
}

/// Half a year at most, or to the end of the fiscal year: beyond that the start was rather a slip.
fn crosses_new_year(start: When, end: When) -> bool {
    let Some((start, end)) = ends(start).zip(ends(end)) else { return false };
    let (start, end) = (start.0, end.0);
    let same_fiscal_year = super::era::fiscal_year_of(start) == super::era::fiscal_year_of(end);
    near(When::Day(start), When::Day(end)) || same_fiscal_year
}

fn near(start: When, end: When) -> bool {
    ends(start).zip(ends(end)).is_some_and(|(a, b)| (b.0 - a.0).num_days() <= 183)
}

/// The year as the point wrote it: 平成31年5月1日.
fn as_written(era: Era, year: u32, when: When) -> String {
    let year = if year == 1 { "元".to_owned() } else { year.to_string() };
    let head = format!("{}{year}年", era.name());
    match when {
        When::Day(day) => format!("{head}{}月{}日", day.month(), day.day()),
        When::Month(month) => format!("{head}{}月", month.month()),
        When::Year(_) => head,
        When::FiscalYear(_) => format!("{head}度"),
    }
}

/// 平成32年度 was written before anybody knew; it is 令和2年度.
fn check_era(point: &Point, when: When) -> Option<String> {
    let (era, year) = point.era.zip(point.year)?;
    let (first, last) = ends(when)?;
    if era.holds(first, last) {
        return None;
    }
    let right = match when {
        When::Day(day) => wareki_day(day),
        When::Month(month) => month_words(month),
        When::Year(year) => year_words(year),
        When::FiscalYear(year) => fiscal_year_words(year),
    };
    Some(format!("{}は{right}です。", as_written(era, year, when)))
}

/// 令和7年(2024年)
fn check_other_year(point: &Point, when: When) -> Result<Option<String>, Stop> {
    let Some((other, n)) = point.other_year else { return Ok(None) };
    let (Some(n), Some(era_or_western)) = (point.year.map(|y| (y, n)), Some((point.era, other))) else { return Ok(None) };
    let western = |era: Option<Era>, n: u32| match era {
        Some(era) => era.western(n),
        None => i32::try_from(n).ok(),
    };
    let (here, there) = (western(era_or_western.0, n.0), western(era_or_western.1, n.1));
    if here == there {
        return Ok(None);
    }
    let name = |era: Option<Era>, n: u32| match era {
        Some(era) => as_written(era, n, When::Year(0)),
        None => format!("{n}年"),
    };
    let year = here.unwrap_or_default();
    let right = match (point.era, when) {
        (Some(_), _) => format!("{year}年"),
        (None, When::Day(day)) => super::era::day_year_words(day),
        (None, _) => year_words(year),
    };
    Ok(Some(format!("{}は{}ではなく{right}です。", name(point.era, n.0), name(other, n.1))))
}

fn check_weekdays(points: &[(Link, Point)], whens: &[When], western: bool, warnings: &mut Vec<String>) -> WeekdayCheck {
    let mut pairs: Vec<(NaiveDate, Vec<Weekday>)> = Vec::new();
    let days: Vec<NaiveDate> = whens.iter().filter_map(|w| if let When::Day(d) = w { Some(*d) } else { None }).collect();
    for (i, day) in days.iter().enumerate() {
        let Some(named) = points[i].1.weekdays.as_ref().filter(|w| !w.is_empty()) else { continue };
        let bare_before = points[..i].iter().rev().take_while(|(_, p)| p.weekdays.is_none()).count();
        if named.len() > 1 && named.len() <= bare_before + 1 {
            // 8日・9日(土・日)
            let first = i + 1 - named.len();
            pairs.extend(named.iter().enumerate().map(|(k, w)| (days[first + k], vec![*w])));
        } else {
            pairs.push((*day, named.clone()));
        }
    }
    let mut result = if pairs.is_empty() { WeekdayCheck::None } else { WeekdayCheck::Ok };
    for (day, named) in pairs {
        if named.contains(&day.weekday()) {
            continue;
        }
        result = WeekdayCheck::Mismatch;
        let date = if western { day.format("%Y年%-m月%-d日").to_string() } else { wareki_day(day) };
        let wrong: Vec<String> = named.iter().map(|w| weekday_char(*w).to_string()).collect();
        warnings.push(format!("{date}は({})ではなく({})です。", wrong.join("・"), weekday_char(day.weekday())));
    }
    result
}

fn combine(links: &[Link], whens: &[When], length: Option<u32>, western: bool) -> Result<Period, Stop> {
    for (i, link) in links.iter().enumerate().skip(1) {
        if *link == Link::Range && earlier(whens[i], whens[i - 1]) {
            return error(format!("終わり({})が始まり({})より前です。", name(whens[i], western), name(whens[i - 1], western)));
        }
        if *link == Link::Range && links.get(i - 1) == Some(&Link::Range) && i > 1 {
            return unsupported("期間の区切りが多いため、文字のまま残します。");
        }
    }
    let listed = links.iter().skip(1).any(|l| *l == Link::List);
    let (first, last) = (whens[0], whens[whens.len() - 1]);
    Ok(match (first, last) {
        (When::Day(from), When::Day(_)) if listed => list_days(from, links, whens)?,
        (When::Day(from), When::Day(to)) => match length {
            Some(n) if !(1..=400).contains(&n) => return error(format!("{n}日間は長すぎるか短すぎます。")),
            Some(n) => Period::days(from, from.checked_add_days(Days::new(u64::from(n) - 1)).unwrap_or(to))?,
            None => Period::days(from, to)?,
        },
        _ if length.is_some() => return unsupported("始まりの日が決まらないため、文字のまま残します。"),
        (When::Month(from), When::Month(to)) => {
            unbroken(links, whens)?;
            Period::months(from, to)?
        }
        (When::Year(from), When::Year(to)) => {
            unbroken(links, whens)?;
            Period::years(from, to)?
        }
        (When::FiscalYear(from), When::FiscalYear(to)) => {
            unbroken(links, whens)?;
            Period::fiscal_years(from, to)?
        }
        _ => return unsupported("始まりと終わりの細かさが違うため、文字のまま残します。"),
    })
}

fn name(when: When, western: bool) -> String {
    match (when, western) {
        (When::Day(day), false) => wareki_day(day),
        (When::Day(day), true) => day.format("%Y年%-m月%-d日").to_string(),
        (When::Month(month), false) => month_words(month),
        (When::Month(month), true) => format!("{}年{}月", month.year(), month.month()),
        (When::Year(year), false) => year_words(year),
        (When::Year(year), true) => format!("{year}年"),
        (When::FiscalYear(year), false) => fiscal_year_words(year),
        (When::FiscalYear(year), true) => format!("{year}年度"),
    }
}

/// Single days and ranges among them, each day once.
fn list_days(first: NaiveDate, links: &[Link], whens: &[When]) -> Result<Period, Stop> {
    let mut days = vec![first];
    let mut last = first;
    for (link, when) in links.iter().zip(whens).skip(1) {
        let When::Day(day) = when else { continue };
        if *link == Link::Range {
            days.extend(last.iter_days().skip(1).take(401).take_while(|d| d <= day));
        } else {
            days.push(*day);
        }
        last = *day;
    }
    Ok(Period::listed(days)?)
}

/// 5月・6月 is one span, 5月・7月 is none.
fn unbroken(links: &[Link], whens: &[When]) -> Result<(), Stop> {
    for (i, link) in links.iter().enumerate().skip(1) {
        let next = match whens[i - 1] {
            When::Month(month) => month.next().map(When::Month),
            When::Year(year) => Some(When::Year(year + 1)),
            When::FiscalYear(year) => Some(When::FiscalYear(year + 1)),
            When::Day(_) => None,
        };
        if *link == Link::List && next != Some(whens[i]) {
            return unsupported("続いていない月や年は、文字のまま残します。");
        }
    }
    Ok(())
}

fn gather_hours(points: &[(Link, Point)], warnings: &mut Vec<String>) -> Result<Vec<Hours>, Stop> {
    if let [(_, first), (Link::Range, last)] = points
        && let ([a @ Written { end: None, .. }], [b @ Written { end: None, .. }]) = (first.hours.as_slice(), last.hours.as_slice())
    {
        // 8日10時～9日16時
        let whole = Written { start: a.start, end: Some(b.start), next_day: false };
        return match hours_of(&[whole]) {
            Ok(hours) => Ok(hours),
            Err(Stop::Error(_)) => Ok(Vec::new()),
            Err(stop) => Err(stop),
        };
    }
    let mut sets: Vec<Vec<Hours>> = Vec::new();
    for (_, point) in points.iter().filter(|(_, p)| !p.hours.is_empty()) {
        let set = hours_of(&point.hours)?;
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    if sets.len() < 2 {
        return Ok(sets.pop().unwrap_or_default());
    }
    let around = sets.iter().flatten().copied().reduce(Hours::around);
    warnings.push("日によって時間が違うため、いちばん早い開始といちばん遅い終了を入れました。".to_owned());
    Ok(around.into_iter().collect())
}

/// Clock times of one day: 午後 reaches from the start to the end, 9時～5時 ends in the afternoon.
pub(super) fn hours_of(written: &[Written]) -> Result<Vec<Hours>, Stop> {
    let mut out = Vec::new();
    let mut half = None;
    for hours in written {
        let mut start_clock = hours.start;
        if start_clock.half.is_none() && start_clock.hour < 12 && half == Some(Half::Pm) && out.last().is_some_and(|h: &Hours| h.start().0 >= 12) {
            start_clock.half = Some(Half::Pm);
        }
        half = start_clock.half;
        let start = clock(start_clock)?;
        if start == (24, 0) {
            return error("24時に始まることはありません。次の日の0時と書いてください。");
        }
        let Some(end) = hours.end else {
            out.push(Hours::new(start, None)?);
            continue;
        };
        let mut finish = clock(end)?;
        let afternoon = end.half.is_none() && !hours.next_day && finish <= start && finish.0 < 12 && finish.0 + 12 <= 24;
        if afternoon && (finish.0 + 12, finish.1) > start && (start.0 < 12 || start_clock.half == Some(Half::Pm)) {
            finish.0 += 12;
        }
        // 25時 is one o'clock of the next morning.
        let late = finish.0 > 24 || (finish.0 == 24 && finish.1 > 0);
        let finish = if late { (finish.0 - 24, finish.1) } else { finish };
        if finish <= start && !hours.next_day && !late {
            return error("終わりの時刻が始まりの時刻より前です。");
        }
        out.push(Hours::new(start, Some(finish))?);
    }
    // Several sessions without ends cannot be told apart; the first one says when it begins.
    if out.len() > 1 && out.iter().any(|h| h.end().is_none()) {
        out.retain(|h| h.end().is_some());
        if out.is_empty() {
            return hours_of(&written[..1]);
        }
        out.truncate(1);
    }
    let mut kept: Vec<Hours> = Vec::new();
    for hours in out {
        if kept.last().is_none_or(|last| last.end().is_some_and(|end| end <= hours.start()) && !last.overnight()) {
            kept.push(hours);
        }
    }
    kept.truncate(8);
    Ok(kept)
}

fn clock(clock: Clock) -> Result<(u16, u16), Stop> {
    let wrong = || Stop::Error(format!("{}時{}分という時刻はありません。", clock.hour, clock.minute));
    let hour = match clock.half {
        Some(Half::Am) if clock.hour > 12 => return Err(wrong()),
        Some(Half::Pm) if clock.hour < 12 => clock.hour + 12,
        _ => clock.hour,
    };
    if hour > 29 || clock.minute > 59 {
        return Err(wrong());
    }
    Ok((hour as u16, clock.minute as u16))
}
