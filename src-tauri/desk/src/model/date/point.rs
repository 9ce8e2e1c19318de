//! Gathers signs into dates and hours as they are written: 令和元年5月14日(火), 27日, 9～12月, 2019/9, 14時～16時40分.
//!
//! Nothing is resolved here: a point says only what its own characters say.

use super::era::Era;
use super::lex::{Half, Reach, Relative, Token, Unit};
use chrono::Weekday;

/// One date as written; what it leaves out is taken from the one before.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub era: Option<Era>,
    pub year: Option<u32>,
    /// The same year in the other calendar: 令和7年(2025年).
    pub other_year: Option<(Option<Era>, u32)>,
    /// 年度
    pub fiscal: bool,
    /// The year stood without its unit: 令和4～6年度.
    pub year_open: bool,
    pub month: Option<u32>,
    pub day: Option<u32>,
    /// A number whose unit stands elsewhere: 8・9日.
    pub naked: Option<u32>,
    /// Written with / . or -.
    pub numeric: bool,
    pub relative: Option<Relative>,
    pub weekdays: Option<Vec<Weekday>>,
    /// 下旬, 頃 behind it.
    pub vague: Option<&'static str>,
    pub hours: Vec<Written>,
}

/// Hours as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    pub start: Clock,
    pub end: Option<Clock>,
    /// 翌5時
    pub next_day: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clock {
    pub hour: u32,
    pub minute: u32,
    pub half: Option<Half>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Link {
    Range,
    List,
}

/// Dates that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Expression {
    /// The first link means nothing.
    pub points: Vec<(Link, Point)>,
    /// から or ～ and then nothing.
    pub open_end: bool,
    /// まで without a start.
    pub open_start: bool,
    /// から2日間
    pub length: Option<u32>,
    /// 毎年 before it.
    pub recurring: Option<&'static str>,
}

/// What a text holds, in order.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Dates(Expression),
    Hours { hours: Vec<Written>, after: String },
}

pub(super) fn parts(tokens: &[Token]) -> Vec<Part> {
    let mut cursor = Cursor { tokens, at: 0 };
    let (mut out, mut words, mut recurring) = (Vec::new(), String::new(), None);
    while let Some(token) = cursor.peek(0) {
        let start = cursor.at;
        if let Some(hours) = cursor.sessions() {
            out.push(Part::Hours { hours, after: std::mem::take(&mut words) });
        } else if let Some(mut found) = cursor.expression() {
            found.recurring = recurring.take();
            found.open_start |= reaches_back(tokens, start);
            out.push(Part::Dates(found));
            words.clear();
        } else {
            match token {
                Token::Word(word) => words.push_str(word),
                Token::Recurring(word) => recurring = Some(*word),
                _ => {}
            }
            cursor.at += 1;
        }
    }
    out
}

/// 20251108, but not any number of eight digits.
fn compact(n: u32) -> bool {
    (1868..=2200).contains(&(n / 10_000)) && (1..=12).contains(&(n / 100 % 100)) && (1..=31).contains(&(n % 100))
}

/// ～3月31日, with nothing before it.
fn reaches_back(tokens: &[Token], start: usize) -> bool {
    start == 1 && matches!(tokens.first(), Some(Token::Range(Reach::Sign) | Token::Hyphen))
}

const DOORS: &[&str] = &["開場", "受付", "集合", "開館"];

struct Cursor<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a Token> {
        self.tokens.get(self.at + ahead)
    }

    fn small(&self, ahead: usize) -> Option<u32> {
        match self.peek(ahead) {
            Some(Token::Num(n, width)) if *width <= 2 => Some(*n),
            _ => None,
        }
    }

    fn expression(&mut self) -> Option<Expression> {
        let mut first = self.point(false)?;
        self.behind(&mut first);
        let mut out = Expression { points: vec![(Link::List, first)], ..Expression::default() };
        while out.points.len() < 64 {
            let back = self.at;
            let numeric = out.points.iter().any(|(_, p)| p.numeric);
            let link = self.link(numeric);
            let start = self.at;
            let point = self.point(link.is_some()).filter(|p| link.is_some() || follows_bare(p, &out));
            let Some(mut point) = point else {
                if link == Some(Link::Range) {
                    self.at = start;
                    if let Some(Token::Days(n)) = self.peek(0) {
                        self.at += 1;
                        out.length = Some(*n);
                    } else {
                        out.open_end = self.reaches_nowhere(back, start);
                    }
                } else {
                    self.at = back;
                }
                break;
            };
            self.behind(&mut point);
            out.points.push((link.unwrap_or(Link::List), point));
        }
        if matches!(self.peek(0), Some(Token::Until)) {
            self.at += 1;
            out.open_start = !out.points.iter().skip(1).any(|(link, _)| *link == Link::Range);
        }
        Some(out)
    }

    /// から is a start without an end; a sign is one only where nothing more follows, for it may be an ornament.
    fn reaches_nowhere(&self, back: usize, start: usize) -> bool {
        match self.tokens.get(back) {
            Some(Token::Range(Reach::Word)) => true,
            Some(Token::Range(Reach::Ending)) => false,
            _ => start >= self.tokens.len(),
        }
    }

    fn link(&mut self, numeric: bool) -> Option<Link> {
        let mut found = None;
        if matches!(self.peek(0), Some(Token::Word(word)) if word.trim().is_empty()) {
            self.at += 1;
        }
        loop {
            let Some(token) = self.peek(0) else { return found };
            let link = match token {
                Token::Range(_) => Link::Range,
                Token::Hyphen => Link::Range,
                Token::List => Link::List,
                Token::Sep('/') if matches!(self.peek(1), Some(Token::Num(_, 4))) => Link::Range,
                Token::Sep('/') if !numeric => Link::List,
                // から…まで、…
                Token::Until if found.is_none() && matches!(self.peek(1), Some(Token::List)) => Link::List,
                Token::Word(word) if matches!(word.as_str(), "ー" | ":" | "開催終了" | "終") && matches!(self.peek(1), Some(Token::Range(_))) => {
                    self.at += 1;
                    continue;
                }
                Token::Word(word) if found.is_some() && matches!(word.as_str(), ":" | "時" | "日時:" | "日:") => {
                    self.at += 1;
                    continue;
                }
                _ => return found,
            };
            found = Some(if found == Some(Link::Range) { Link::Range } else { link });
            self.at += 1;
        }
    }

    fn point(&mut self, naked: bool) -> Option<Point> {
        let start = self.at;
        let mut point = Point::default();
        if let Some(Token::Relative(relative)) = self.peek(0) {
            point.relative = Some(*relative);
            self.at += 1;
        }
        self.year(&mut point);
        self.month_and_day(&mut point, naked);
        let said = point.month.is_some() || point.day.is_some() || point.naked.is_some();
        let whole = said || point.year.is_some() || point.relative == Some(Relative::NextDay);
        if !whole {
            self.at = start;
            return None;
        }
        Some(point)
    }

    fn year(&mut self, point: &mut Point) {
        match (self.peek(0), self.peek(1)) {
            (Some(Token::Era(era)), Some(Token::Num(n, width))) if *width <= 3 => {
                point.era = Some(*era);
                point.year = Some(*n);
                self.at += 2;
                self.year_unit(point);
            }
            (Some(Token::Era(era)), Some(Token::Unit(n, unit @ (Unit::Year | Unit::FiscalYear)))) => {
                point.era = Some(*era);
                point.year = Some(*n);
                point.fiscal = *unit == Unit::FiscalYear;
                self.at += 2;
                self.other_year(point);
            }
            (Some(Token::Unit(n, unit @ (Unit::Year | Unit::FiscalYear))), _) => {
                point.year = Some(*n);
                point.fiscal = *unit == Unit::FiscalYear;
                self.at += 1;
                self.other_year(point);
            }
            (Some(Token::Num(n, 4)), next) if (1000..3000).contains(n) => {
                let begins = match next {
                    Some(Token::Sep(_) | Token::Hyphen) => self.small(2).is_some(),
                    Some(Token::Group(_)) => matches!(self.peek(2), Some(Token::Bare(_))),
                    Some(Token::Unit(_, Unit::Month)) => true,
                    Some(Token::Num(_, 1 | 2)) => matches!(self.peek(2), Some(Token::Sep(_))),
                    Some(Token::Range(_)) => matches!(self.peek(2), Some(Token::Num(_, 4) | Token::Unit(_, Unit::Year | Unit::FiscalYear))),
                    _ => false,
                };
                // A year alone is one only where nothing else is said.
                let hyphen = matches!(next, Some(Token::Hyphen))
                    && matches!(self.peek(2), Some(Token::Num(_, 4) | Token::Unit(_, Unit::Year | Unit::FiscalYear)));
                let listed = matches!(next, Some(Token::List)) && matches!(self.peek(2), Some(Token::Unit(_, Unit::Year | Unit::FiscalYear)));
                if begins || hyphen || listed || self.alone() {
                    point.year = Some(*n);
                    self.at += 1;
                    self.year_unit(point);
                }
            }
            (Some(Token::Num(n, 8)), _) if compact(*n) => {
                point.year = Some(n / 10_000);
                point.month = Some(n / 100 % 100);
                point.day = Some(n % 100);
                point.numeric = true;
                self.at += 1;
            }
            _ => {}
        }
    }

    fn alone(&self) -> bool {
        let linked = |t: &Token| matches!(t, Token::Num(..) | Token::Range(_) | Token::Hyphen);
        self.tokens.iter().all(linked)
    }

    /// What follows the number of a year: (2025)年, a separator, or nothing yet.
    fn year_unit(&mut self, point: &mut Point) {
        self.other_year(point);
        match self.peek(0) {
            Some(Token::Bare(unit)) => {
                point.fiscal = *unit == Unit::FiscalYear;
                self.at += 1;
            }
            Some(Token::Sep(_)) if self.small(1).is_some() || self.month_unit(1) => {
                point.numeric = true;
                self.at += 1;
            }
            Some(Token::Hyphen) if self.small(1).is_some() && self.hyphenated(point) => {
                point.numeric = true;
                self.at += 1;
            }
            _ => point.year_open = true,
        }
    }

    fn month_unit(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead), Some(Token::Unit(_, Unit::Month)))
    }

    /// 2025-11-08 and 2019-09, but not 令和4-6年度.
    fn hyphenated(&self, point: &Point) -> bool {
        let full = matches!(self.peek(2), Some(Token::Hyphen)) && self.small(3).is_some();
        let month = point.era.is_none() && self.small(1).is_some_and(|m| m <= 12);
        full || month
    }

    fn other_year(&mut self, point: &mut Point) {
        let Some(Token::Group(inside)) = self.peek(0) else { return };
        let other = match inside.as_slice() {
            [Token::Era(era), Token::Num(n, _) | Token::Unit(n, Unit::Year | Unit::FiscalYear)] => Some((Some(*era), *n)),
            [Token::Num(n, 4) | Token::Unit(n, Unit::Year | Unit::FiscalYear)] if (1000..3000).contains(n) => Some((None, *n)),
            _ => None,
        };
        if other.is_some() {
            point.other_year = other;
            self.at += 1;
        }
    }

    fn month_and_day(&mut self, point: &mut Point, naked: bool) {
        if point.day.is_some() {
            return;
        }
        if point.numeric {
            self.numeric_month(point);
            return;
        }
        if matches!(self.peek(0), Some(Token::Weekdays(d)) if d.is_empty()) {
            self.at += 1;
        }
        match self.peek(0) {
            Some(Token::Unit(m, Unit::Month)) => {
                point.month = Some(*m);
                point.year_open = false;
                self.at += 1;
                self.day(point);
            }
            Some(Token::Unit(d, Unit::Day)) => {
                point.day = Some(*d);
                self.at += 1;
            }
            Some(Token::Num(m, 1 | 2)) => {
                let sep = match self.peek(1) {
                    Some(Token::Sep('/')) => true,
                    Some(Token::Sep('.')) => point.year.is_some() || naked,
                    Some(Token::Hyphen) => naked && self.after_hyphens(),
                    _ => false,
                };
                if let Some(year) = self.short_year(point) {
                    point.year = Some(year);
                    point.numeric = true;
                    self.at += 2;
                    self.numeric_month(point);
                } else if let Some(d) = self.small(2).filter(|_| sep) {
                    point.month = Some(*m);
                    point.day = Some(d);
                    point.numeric = true;
                    point.year_open = false;
                    self.at += 3;
                } else if ((naked && point.year.is_none()) || (point.year.is_some() && !point.year_open && self.linked_on())) && !self.clock_ahead() {
                    point.naked = Some(*m);
                    self.at += 1;
                }
            }
            _ => {}
        }
    }

    /// The end of 2026-01-09～03-03.
    fn after_hyphens(&self) -> bool {
        let before = |back: usize| self.at.checked_sub(back).and_then(|i| self.tokens.get(i));
        matches!((before(1), before(2), before(3)), (Some(Token::Range(_)), Some(Token::Num(..)), Some(Token::Hyphen)))
    }

    /// The 7 of 7.11.8: a year whose era only the date before can tell.
    fn short_year(&self, point: &Point) -> Option<u32> {
        let (Some(Token::Sep(a)), Some(Token::Sep(b))) = (self.peek(1), self.peek(3)) else { return None };
        let three = a == b && self.small(2).is_some() && self.small(4).is_some();
        self.small(0).filter(|_| three && point.year.is_none())
    }

    /// After 2025/ or R7.: a month, perhaps a day.
    fn numeric_month(&mut self, point: &mut Point) {
        if let Some(Token::Unit(m, Unit::Month)) = self.peek(0) {
            point.month = Some(*m);
            self.at += 1;
            return self.day(point);
        }
        let Some(m) = self.small(0) else { return };
        point.month = Some(m);
        self.at += 1;
        let same = match self.peek(0) {
            Some(Token::Sep(_)) => true,
            Some(Token::Hyphen) => matches!(self.tokens.get(self.at.wrapping_sub(2)), Some(Token::Hyphen)),
            _ => false,
        };
        if let Some(d) = self.small(1).filter(|_| same) {
            point.day = Some(d);
            self.at += 2;
        } else if let Some(Token::Unit(d, Unit::Day)) = self.peek(1).filter(|_| same) {
            point.day = Some(*d);
            self.at += 2;
        }
    }

    /// After a month with its unit: 8日, or 8 in 11月8・9日.
    fn day(&mut self, point: &mut Point) {
        match self.peek(0) {
            Some(Token::Unit(d, Unit::Day)) => {
                point.day = Some(*d);
                self.at += 1;
            }
            Some(Token::Num(d, 1 | 2)) if !self.clock_ahead() => {
                point.day = Some(*d);
                self.at += 1;
            }
            _ => {}
        }
    }

    /// A number that begins hours: 14～16時.
    fn clock_ahead(&self) -> bool {
        let link = matches!(self.peek(1), Some(Token::Range(_) | Token::Hyphen));
        link && matches!(self.peek(2), Some(Token::Clock { .. }))
    }

    fn linked_on(&self) -> bool {
        matches!(self.peek(1), Some(Token::Range(_) | Token::Hyphen | Token::List))
    }

    /// Weekdays, brackets, 下旬 and hours that belong to the date before them.
    fn behind(&mut self, point: &mut Point) {
        loop {
            match self.peek(0) {
                Some(Token::Weekdays(days)) => {
                    let known = point.weekdays.get_or_insert_default();
                    known.extend(days);
                    self.at += 1;
                }
                Some(Token::Vague(word)) if point.weekdays.is_none() && point.hours.is_empty() && vague_after(point, word) => {
                    point.vague = Some(word);
                    self.at += 1;
                }
                Some(Token::Word(word)) if word == "の" && matches!(self.peek(1), Some(Token::Vague(_) | Token::Weekdays(_) | Token::Clock { .. })) => {
                    self.at += 1;
                }
                Some(Token::Group(inside)) if self.group_is_aside(inside) => self.at += 1,
                Some(Token::Group(inside)) if point.hours.is_empty() => {
                    let mut within = Cursor { tokens: inside, at: 0 };
                    match within.sessions().filter(|_| within.at == inside.len()) {
                        Some(hours) => {
                            point.hours = hours;
                            self.at += 1;
                        }
                        None => return,
                    }
                }
                Some(Token::Word(word)) if matches!(word.as_str(), "各日" | "両日" | "両日とも" | "は" | ":" | "に" | "各日とも") && self.hours_at(1) => {
                    self.at += 1;
                }
                Some(Token::List) if point.hours.is_empty() && self.hours_at(1) => self.at += 1,
                _ => match self.sessions() {
                    Some(hours) => point.hours.extend(hours),
                    None => return,
                },
            }
        }
    }

    /// A bracket with only words, behind which the dates go on: 8日(土)(雨天中止)・9日.
    fn group_is_aside(&self, inside: &[Token]) -> bool {
        inside.iter().all(|t| matches!(t, Token::Word(_) | Token::List | Token::Vague(_) | Token::Sep(_) | Token::Days(_) | Token::Weekdays(_)))
    }

    fn hours_at(&self, ahead: usize) -> bool {
        let mut there = Cursor { tokens: self.tokens, at: self.at + ahead };
        there.hours().is_some()
    }

    /// 10時～12時、13時～16時; the doors of 13時開場 14時開演 are passed by.
    fn sessions(&mut self) -> Option<Vec<Written>> {
        while matches!((self.peek(0), self.peek(1)), (Some(Token::Clock { .. }), Some(Token::Word(word))) if DOORS.iter().any(|d| word.starts_with(d)))
            && matches!(self.peek(2), Some(Token::Clock { .. }))
        {
            self.at += 2;
        }
        let mut out = vec![self.hours()?];
        while out.len() < 8 {
            let back = self.at;
            if matches!(self.peek(0), Some(Token::List)) {
                self.at += 1;
            }
            match self.hours() {
                Some(more) => out.push(more),
                None => {
                    self.at = back;
                    break;
                }
            }
        }
        Some(out)
    }

    fn hours(&mut self) -> Option<Written> {
        let start = self.at;
        let first = match self.peek(0)? {
            Token::Clock { hour, minute, half } => Clock { hour: *hour, minute: *minute, half: *half },
            Token::Num(hour, 1 | 2) if self.clock_ahead() => Clock { hour: *hour, minute: 0, half: None },
            _ => return None,
        };
        self.at += 1;
        if matches!(self.peek(0), Some(Token::Vague(_))) {
            self.at += 1;
        }
        let before_link = self.at;
        let Some(Link::Range) = self.clock_link() else {
            self.at = before_link.max(start + 1);
            if let Some(Token::Word(word)) = self.peek(0)
                && matches!(word.as_str(), "開始" | "開演" | "開会" | "スタート")
                && !matches!(self.peek(1), Some(Token::Clock { .. }))
            {
                self.at += 1;
                if let (Some(Token::Range(_)), Some(Token::Clock { .. })) = (self.peek(0), self.peek(1)) {
                    return self.until(first);
                }
            }
            return Some(Written { start: first, end: None, next_day: false });
        };
        self.at = before_link;
        self.until(first)
    }

    fn clock_link(&mut self) -> Option<Link> {
        self.link(true)
    }

    fn until(&mut self, first: Clock) -> Option<Written> {
        let back = self.at;
        self.clock_link();
        let next_day = matches!(self.peek(0), Some(Token::Relative(Relative::Next | Relative::NextDay)));
        if next_day {
            self.at += 1;
        }
        if let Some(Token::Clock { hour, minute, half }) = self.peek(0) {
            self.at += 1;
            while matches!(self.peek(0), Some(Token::Until | Token::Vague("頃" | "ごろ" | "ころ"))) {
                self.at += 1;
            }
            let end = Clock { hour: *hour, minute: *minute, half: *half };
            return Some(Written { start: first, end: Some(end), next_day });
        }
        // 8日10時～9日16時: the sign belongs to the days. 14時～ with nothing behind it is spent.
        let days_follow = Cursor { tokens: self.tokens, at: self.at }.point(true).is_some();
        if days_follow || next_day {
            self.at = back;
        }
        Some(Written { start: first, end: None, next_day: false })
    }
}

/// Without a connector only a plain next day goes on: a new line with 9日(日).
fn follows_bare(point: &Point, before: &Expression) -> bool {
    let dated = before.points.iter().any(|(_, p)| p.day.is_some());
    let shorter = point.year.is_none() && point.day.is_some() && point.era.is_none();
    (dated && shorter) || (point.year.is_none() && point.month.is_some() && only_year(before))
}

fn only_year(before: &Expression) -> bool {
    matches!(before.points.as_slice(), [(_, p)] if p.year.is_some() && p.month.is_none())
}

/// 7月春? No; but 令和8年春, 3月下旬, 5月14日頃.
fn vague_after(point: &Point, word: &str) -> bool {
    match word {
        "未定" | "調整中" | "検討中" | "未確定" | "TBD" => point.day.is_none(),
        _ => true,
    }
}
