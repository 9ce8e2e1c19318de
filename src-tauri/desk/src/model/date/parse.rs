//! Reads a date text: the best date in it, what was wrong with it, and both ways to print it.

use super::lex::{Token, tokens};
use super::period::{Period, Precision};
use super::point::{Expression, Part, Written, parts};
use super::resolve::{Resolved, Stop, YearHint, hours_of, rank, resolve};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a date text says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Reading {
    pub result: ReadingResult,
    /// At the stated precision: `2025-11-08`, `2019-09`, `2022`; null where nothing exact was read.
    pub from: Option<String>,
    pub to: Option<String>,
    pub precision: Option<Precision>,
    /// Only where single days are listed.
    pub days: Vec<String>,
    /// Start and end: `14:00`, `21:00`.
    pub hours: Vec<String>,
    pub weekday: WeekdayCheck,
    pub wareki: Option<String>,
    pub seireki: Option<String>,
    /// What to look at; empty where all is well.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReadingResult {
    Ok,
    /// Read, but something in it does not fit.
    Warn,
    /// It names a day that cannot be.
    Error,
    /// It is no exact date; it stays text.
    Unsupported,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WeekdayCheck {
    Ok,
    Mismatch,
    None,
}

/// A reading with its value. Words that are no date are a text period; an error has none.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub reading: Reading,
    pub period: Option<Period>,
}

/// Reads a text. Never fails: what cannot be read is `unsupported` or `error` with a sentence.
pub fn parse(text: &str) -> Reading {
    parse_in(text, None).reading
}

/// Reads a text whose dates may leave out the year that the surroundings give.
pub fn parse_in(text: &str, hint: Option<YearHint>) -> Outcome {
    let tokens = tokens(text);
    let mut found = best(&parts(&tokens), hint);
    if found.is_none() {
        found = best(&parts(&flat(&tokens)), hint);
    }
    let kept: String = text.trim().chars().take(2_000).collect();
    match found {
        Some(Ok(resolved)) => told(resolved, &kept),
        Some(Err(Stop::Error(message))) => Outcome { reading: silent(ReadingResult::Error, message), period: None },
        Some(Err(Stop::Unsupported(message))) => words(message, kept),
        None => words(no_date(&tokens), kept),
    }
}

fn told(resolved: Resolved, text: &str) -> Outcome {
    let Resolved { period, warnings, weekday, .. } = resolved;
    let period = period.clone().with_text(text).unwrap_or(period);
    let wire = serde_json::to_value(&period).unwrap_or_default();
    let list = |key: &str| -> Vec<String> { serde_json::from_value(wire[key].clone()).unwrap_or_default() };
    let (from, to) = period.bounds().unzip();
    let reading = Reading {
        result: if warnings.is_empty() { ReadingResult::Ok } else { ReadingResult::Warn },
        from,
        to,
        precision: Some(period.precision()),
        days: list("days"),
        hours: list("hours"),
        weekday,
        wareki: Some(period.wareki()),
        seireki: Some(period.seireki()),
        message: warnings.join(""),
    };
    Outcome { reading, period: Some(period) }
}

fn words(message: String, text: String) -> Outcome {
    Outcome { reading: silent(ReadingResult::Unsupported, message), period: Period::words(text).ok() }
}

fn silent(result: ReadingResult, message: String) -> Reading {
    Reading {
        result,
        from: None,
        to: None,
        precision: None,
        days: Vec::new(),
        hours: Vec::new(),
        weekday: WeekdayCheck::None,
        wareki: None,
        seireki: None,
        message,
    }
}

fn no_date(tokens: &[Token]) -> String {
    let word = flat(tokens).into_iter().find_map(|t| match t {
        Token::Recurring(word) | Token::Vague(word) => Some(word),
        _ => None,
    });
    match word {
        Some(word) => format!("「{word}」は日が決まっていないため、文字のまま残します。"),
        None => "日付が見つかりません。".to_owned(),
    }
}

/// The same signs with brackets taken away.
fn flat(tokens: &[Token]) -> Vec<Token> {
    let mut out = Vec::new();
    for token in tokens {
        match token {
            Token::Group(inside) => out.extend(flat(inside)),
            token => out.push(token.clone()),
        }
    }
    out
}

/// The most exact date; of equals the first. A year before it (令和7年度の展示 11月8日) lends itself to it.
fn best(parts: &[Part], hint: Option<YearHint>) -> Option<Result<Resolved, Stop>> {
    let mut lent = hint;
    let mut best: Option<(u8, usize, Option<YearHint>)> = None;
    for (at, part) in parts.iter().enumerate() {
        let Part::Dates(expression) = part else { continue };
        let rank = rank(expression);
        if rank > best.map_or(0, |(rank, ..)| rank) {
            best = Some((rank, at, lent));
        }
        if rank == 2 && let Some(year) = year_said(expression) {
            lent = Some(year);
        }
    }
    let (_, at, hint) = best?;
    let Part::Dates(expression) = &parts[at] else { return None };
    let resolved = match resolve(expression, hint) {
        Ok(resolved) => resolved,
        Err(stop) => return Some(Err(stop)),
    };
    if resolved.has_hours || resolved.period.precision() != Precision::Day {
        return Some(Ok(resolved));
    }
    let Some(written) = hours_near(parts, at) else { return Some(Ok(resolved)) };
    Some(hours_of(written).map(|hours| Resolved { period: resolved.period.clone().with_hours(hours).unwrap_or(resolved.period), ..resolved }))
}

fn year_said(expression: &Expression) -> Option<YearHint> {
    let period = resolve(expression, None).ok()?.period;
    let year = period.bounds()?.0.parse().ok()?;
    Some(if period.precision() == Precision::FiscalYear { YearHint::Fiscal(year) } else { YearHint::Calendar(year) })
}

/// Hours beside the date, first behind it, then before it; not those of doors, receptions and last admissions.
fn hours_near(parts: &[Part], at: usize) -> Option<&[Written]> {
    let fits = |part: &'_ Part| match part {
        Part::Hours { after, .. } => !ASIDE.iter().any(|word| after.contains(word)),
        Part::Dates(_) => false,
    };
    let behind = parts[at + 1..].iter().take_while(|p| matches!(p, Part::Hours { .. })).find(|p| fits(p));
    let before = || parts[..at].iter().rev().find(|p| fits(p));
    match behind.or_else(before)? {
        Part::Hours { hours, .. } => Some(hours),
        Part::Dates(_) => None,
    }
}

const ASIDE: &[&str] = &[
    "開場", "受付", "最終", "入場", "入館", "締切", "締め切り", "集合", "設営", "搬入", "撤収", "撤去", "準備", "予約", "ラスト", "開館", "閉館",
    "初日", "問い合わせ", "問合せ", "電話",
];
