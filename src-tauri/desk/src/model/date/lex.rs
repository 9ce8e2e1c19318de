//! Cuts a date text into signs: numbers with their units, eras, weekdays, clocks, connectors, and words that mean nothing here.
//!
//! Full-width and enclosed characters (㈫ ㋿ ７) are made plain first. A number with a foreign unit (1,158名, 第2回, 3階) is a word.

use super::era::Era;
use super::words::{
    VAGUE, english_weekday, follows, kanji_digit, kanji_value, latin_word, plain, sign, starts, weekday_of, weekdays_of,
};
use chrono::Weekday;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A number without a unit, and how many digits it has.
    Num(u32, usize),
    Unit(u32, Unit),
    /// A unit that follows a bracket: 令和7(2025)年.
    Bare(Unit),
    Era(Era),
    /// `/` or `.`
    Sep(char),
    Hyphen,
    /// ～, から, 至
    Range(Reach),
    /// ・ 、 と 及び
    List,
    Until,
    /// Weekdays beside a date; a holiday mark alone leaves it empty.
    Weekdays(Vec<Weekday>),
    Clock { hour: u32, minute: u32, half: Option<Half> },
    /// 2日間
    Days(u32),
    Relative(Relative),
    /// 下旬, 頃, 未定: no day can be known.
    Vague(&'static str),
    /// 毎年, 毎月
    Recurring(&'static str),
    Group(Vec<Token>),
    Word(String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Year,
    FiscalYear,
    Month,
    Day,
}

/// A tilde may be an ornament; から is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reach {
    Sign,
    Word,
    /// 終了日, 閉幕: stands before the second date.
    Ending,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Half {
    Am,
    Pm,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Relative {
    Next,
    NextYear,
    NextMonth,
    NextDay,
    Same,
    SameYear,
    /// 今年, 来年度: today is not part of the text.
    Now,
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { chars: plain(text), at: 0, out: Vec::new(), half: None };
    lexer.run(None, 0);
    lexer.out
}

const PAIRS: &[(char, char)] = &[
    ('(', ')'), ('[', ']'), ('{', '}'), ('【', '】'), ('〔', '〕'), ('〈', '〉'), ('《', '》'), ('「', '」'), ('『', '』'), ('<', '>'),
];

struct Lexer {
    chars: Vec<char>,
    at: usize,
    out: Vec<Token>,
    /// 午前 or 午後 that waits for its clock.
    half: Option<Half>,
}

impl Lexer {
    fn rest(&self) -> &[char] {
        self.chars.get(self.at..).unwrap_or_default()
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn skip_space(&mut self) {
        while self.peek(0).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    fn push(&mut self, token: Token) {
        match (self.out.last_mut(), token) {
            (Some(Token::Word(word)), Token::Word(more)) => word.push_str(&more),
            (_, token) => self.out.push(token),
        }
    }

    fn word(&mut self, chars: usize) {
        let end = (self.at + chars).min(self.chars.len());
        let word = self.chars[self.at..end].iter().collect();
        self.at = end;
        self.push(Token::Word(word));
    }

    /// Reads to `close`, or to the end.
    fn run(&mut self, close: Option<char>, depth: usize) {
        loop {
            self.skip_space();
            let Some(c) = self.peek(0) else { return };
            if Some(c) == close {
                self.at += 1;
                return;
            }
            if let Some((_, end)) = PAIRS.iter().find(|(open, _)| *open == c) {
                self.bracket(*end, depth);
                continue;
            }
            self.step(c);
        }
    }

    fn bracket(&mut self, close: char, depth: usize) {
        let content = self.rest().iter().skip(1).take(400).position(|c| *c == close);
        let Some(length) = content.filter(|_| depth < 4) else {
            self.at += 1;
            return;
        };
        let inside: String = self.rest()[1..=length].iter().filter(|c| !c.is_whitespace()).collect();
        if let Some(days) = weekdays_of(&inside) {
            self.out.push(Token::Weekdays(days));
            self.at += length + 2;
            return;
        }
        self.at += 1;
        let before = std::mem::take(&mut self.out);
        self.run(Some(close), depth + 1);
        let group = std::mem::replace(&mut self.out, before);
        self.out.push(Token::Group(group));
        self.bare_unit();
    }

    fn bare_unit(&mut self) {
        let rest = self.rest();
        let found = if starts(rest, "年度") {
            Some((2, Unit::FiscalYear))
        } else {
            match rest.first() {
                Some('年') => Some((1, Unit::Year)),
                Some('月') => Some((1, Unit::Month)),
                _ => None,
            }
        };
        if let Some((length, unit)) = found {
            self.at += length;
            self.out.push(Token::Bare(unit));
        }
    }

    fn step(&mut self, c: char) {
        if c.is_ascii_digit() {
            return self.number();
        }
        if let Some(word) = self.some_weeks() {
            return self.push(Token::Vague(word));
        }
        if c == '第' && self.peek(1).is_some_and(|d| d.is_ascii_digit() || kanji_digit(d).is_some()) && !self.vague_here() {
            let digits = self.rest().iter().skip(1).take_while(|d| d.is_ascii_digit() || kanji_digit(**d).is_some()).count();
            return self.word(1 + digits);
        }
        if kanji_digit(c).is_some() && self.kanji_number() {
            return;
        }
        if self.era() || self.weekday() || self.half_day() {
            return;
        }
        if self.vague_here() {
            let found = VAGUE.iter().find(|w| starts(self.rest(), w)).copied().unwrap_or("頃");
            self.at += found.chars().count();
            return self.push(Token::Vague(found));
        }
        if let Some((length, token)) = sign(self.rest()) {
            if let Token::Word(_) = token {
                return self.word(length);
            }
            if token == Token::Relative(Relative::Next) && !self.peek(length).is_some_and(|c| c.is_ascii_digit() || c == '午' || c.is_whitespace() || kanji_digit(c).is_some()) {
                return self.word(length);
            }
            self.at += length;
            return self.out.push(token);
        }
        if c == 'ー' && self.peek(1).is_some_and(|d| d.is_ascii_digit()) && !matches!(self.out.last(), None | Some(Token::Word(_))) {
            self.at += 1;
            return self.out.push(Token::Hyphen);
        }
        if c.is_ascii_alphabetic() {
            return self.latin();
        }
        self.word(1);
    }

    /// 令和8年4月毎週土曜日, 4月第2土曜日: days within a month or year that are not named.
    fn some_weeks(&mut self) -> Option<&'static str> {
        if !matches!(self.out.last(), Some(Token::Unit(_, Unit::Month | Unit::Year | Unit::FiscalYear))) {
            return None;
        }
        if let Some(word) = ["毎週", "隔週"].into_iter().find(|w| starts(self.rest(), w)) {
            self.at += word.chars().count();
            return Some(word);
        }
        let digits = self.rest().iter().skip(1).take_while(|d| d.is_ascii_digit() || kanji_digit(**d).is_some()).count();
        let weekday = self.peek(1 + digits).and_then(weekday_of).is_some() && self.peek(2 + digits) == Some('曜');
        if self.peek(0) != Some('第') || digits == 0 || !weekday {
            return None;
        }
        self.at += 3 + digits;
        Some("第何曜日")
    }

    fn vague_here(&self) -> bool {
        VAGUE.iter().any(|w| starts(self.rest(), w))
    }

    /// A number and what it counts.
    fn number(&mut self) {
        let width = self.rest().iter().take_while(|c| c.is_ascii_digit()).count();
        if width > 8 {
            return self.word(width);
        }
        let thousands = self.peek(width) == Some(',')
            && width <= 3
            && (1..=3).all(|i| self.peek(width + i).is_some_and(|c| c.is_ascii_digit()))
            && !self.peek(width + 4).is_some_and(|c| c.is_ascii_digit());
        if thousands {
            return self.word(width + 4);
        }
        let n = self.rest()[..width].iter().fold(0, |n, c| n * 10 + c.to_digit(10).unwrap_or(0));
        self.counted(n, width, width);
    }

    /// `length` characters were the number `n`; reads its unit.
    fn counted(&mut self, n: u32, width: usize, length: usize) {
        let start = self.at;
        self.at += length;
        let direct = self.peek(0);
        self.skip_space();
        if self.clock_suffix(n) {
            return;
        }
        let rest = self.rest();
        let next = rest.get(1).copied();
        match rest.first() {
            Some(':') if self.two_digits(1) => self.colon_clock(n),
            Some('時') if next != Some('間') => {
                self.at += 1;
                self.hour(n);
            }
            Some('年') if next == Some('度') => self.unit(n, Unit::FiscalYear, 2),
            Some('年') if !follows(&rest[1..], &["間", "前", "後", "生", "目", "ぶり", "来", "代", "以上", "ごと"]) => {
                self.unit(n, Unit::Year, 1);
            }
            Some('月') if !follows(&rest[1..], &["間", "前", "後", "号", "額", "次"]) || next == Some('号') => {
                self.unit(n, Unit::Month, 1);
            }
            Some('日') if next == Some('間') => {
                self.at += 2;
                self.out.push(Token::Days(n));
            }
            Some('日') if !follows(&rest[1..], &["目", "前", "後", "以内", "ほど", "程度", "ぶり", "ごと", "分", "券", "市", "町"]) => {
                self.unit(n, Unit::Day, 1);
            }
            _ => {
                let foreign = direct.is_some_and(|c| c.is_alphanumeric()) && !self.known_here();
                if foreign || direct == Some('%') || direct == Some('円') {
                    self.at = start;
                    self.word(length);
                    self.word(1);
                } else {
                    self.out.push(Token::Num(n, width));
                }
            }
        }
    }

    fn known_here(&self) -> bool {
        let rest = self.rest();
        sign(rest).is_some_and(|(_, t)| !matches!(t, Token::Word(_)))
            || self.vague_here()
            || starts(rest, "午")
            || self.iso_time()
            || latin_word(rest).is_some_and(|w| english_weekday(&w).is_some())
            || rest.first().is_some_and(|c| "月火水木金土日".contains(*c)) && rest.get(1) == Some(&'曜')
    }

    fn unit(&mut self, n: u32, unit: Unit, length: usize) {
        self.at += length;
        self.out.push(Token::Unit(n, unit));
    }

    fn two_digits(&self, from: usize) -> bool {
        let digit = |i| self.peek(from + i).is_some_and(|c| c.is_ascii_digit());
        digit(0) && digit(1) && !digit(2)
    }

    fn colon_clock(&mut self, hour: u32) {
        let minute = self.rest()[1..3].iter().fold(0, |n, c| n * 10 + c.to_digit(10).unwrap_or(0));
        self.at += 3;
        if self.peek(0) == Some(':') && self.two_digits(1) {
            self.at += 3;
        }
        let half = self.half.take().or_else(|| self.suffix());
        self.out.push(Token::Clock { hour, minute, half });
    }

    /// After 時: minutes, 半, or nothing.
    fn hour(&mut self, hour: u32) {
        let half = self.half.take();
        let mut minute = 0;
        if self.peek(0) == Some('半') {
            self.at += 1;
            minute = 30;
        } else {
            let space = self.rest().iter().take_while(|c| c.is_whitespace()).count();
            let rest = &self.rest()[space..];
            let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
            let kanji = rest.iter().take_while(|c| kanji_digit(**c).is_some()).count();
            let length = digits.max(kanji);
            let gap = rest[length..].iter().take_while(|c| **c == ' ').count();
            if (1..=4).contains(&length) && rest.get(length + gap) == Some(&'分') {
                minute = if digits > 0 {
                    rest[..digits].iter().fold(0, |n, c| n * 10 + c.to_digit(10).unwrap_or(0))
                } else {
                    kanji_value(&rest[..kanji]).unwrap_or(99)
                };
                self.at += space + length + gap + 1;
            }
        }
        self.out.push(Token::Clock { hour, minute, half });
    }

    /// 2pm, 2:30 PM
    fn suffix(&mut self) -> Option<Half> {
        let space = self.rest().iter().take_while(|c| **c == ' ').count();
        let word: String =
            self.rest().iter().skip(space).take(5).take_while(|c| c.is_ascii_alphabetic() || **c == '.').collect();
        let half = match word.to_ascii_lowercase().trim_end_matches('.') {
            "am" | "a.m" => Half::Am,
            "pm" | "p.m" => Half::Pm,
            _ => return None,
        };
        self.at += space + word.len();
        Some(half)
    }

    fn clock_suffix(&mut self, hour: u32) -> bool {
        let Some(half) = self.suffix() else { return false };
        self.half = None;
        self.out.push(Token::Clock { hour, minute: 0, half: Some(half) });
        true
    }

    fn half_day(&mut self) -> bool {
        let rest = self.rest();
        let half = if starts(rest, "午前") {
            Half::Am
        } else if starts(rest, "午後") {
            Half::Pm
        } else {
            return false;
        };
        let mut digits = rest[2..].iter().skip_while(|c| c.is_whitespace());
        if digits.next().is_some_and(|c| c.is_ascii_digit() || kanji_digit(*c).is_some()) {
            self.half = Some(half);
            self.at += 2;
        } else {
            self.word(2);
        }
        true
    }

    /// 七年, 二〇二五年, 八・九日: only where a unit says that it is a number.
    fn kanji_number(&mut self) -> bool {
        let before = self.at.checked_sub(1).and_then(|i| self.chars.get(i)).copied();
        let in_word = matches!(self.out.last(), Some(Token::Word(_))) && before.is_some_and(|c| c.is_alphanumeric());
        let rest = self.rest();
        let length = rest.iter().take_while(|c| kanji_digit(**c).is_some()).count();
        let after = &rest[length..];
        let unit = after.first().copied();
        let Some(n) = kanji_value(&rest[..length]).filter(|_| !in_word) else { return false };
        let in_date = matches!(self.out.last(), Some(Token::Era(_) | Token::Unit(..)));
        let year = starts(after, "年") && (n >= 1000 || in_date || self.in_list());
        let plain_end = |from: usize| match after.get(from) {
            Some(c) if "月火水木金土日".contains(*c) => after.get(from + 1).is_none_or(|d| *d == '曜' || !d.is_alphanumeric()),
            Some(c) => !('\u{4e00}'..='\u{9fff}').contains(c) || "午及並至翌同開頃末上中下初夜朝以吉".contains(*c) || kanji_digit(*c).is_some(),
            None => true,
        };
        let unit_word = match unit {
            Some('月') => plain_end(1),
            Some('日') => plain_end(1) || after.get(1) == Some(&'間'),
            Some('時') => after.get(1) != Some(&'間'),
            _ => false,
        };
        if year || unit_word {
            let width = if n >= 1000 { 4 } else { 2 };
            self.counted(n, width, length);
            return true;
        }
        if (in_date || self.in_list()) && unit.is_some_and(|c| "・、,~-から".contains(c)) {
            self.at += length;
            self.out.push(Token::Num(n, 2));
            return true;
        }
        false
    }

    fn in_list(&self) -> bool {
        matches!(self.out.last(), Some(Token::List | Token::Range(_) | Token::Hyphen | Token::Relative(_)))
    }

    fn era(&mut self) -> bool {
        let rest = self.rest();
        let before = self.at.checked_sub(1).and_then(|i| self.chars.get(i)).copied();
        let number_at = |from: usize| {
            let rest: Vec<char> = rest.iter().skip(from).take(4).copied().skip_while(|c| *c == ' ' || *c == '.').collect();
            rest.first().is_some_and(|c| c.is_ascii_digit() || *c == '元' || kanji_digit(*c).is_some())
        };
        for era in Era::ALL {
            if starts(rest, era.name()) && number_at(2) {
                return self.take_era(era, 2);
            }
            let short = era.name().chars().next().unwrap_or(' ');
            let alone = !before.is_some_and(|c| c.is_alphanumeric()) || self.in_list();
            let next_digit = rest.get(1).is_some_and(|c| c.is_ascii_digit() || *c == '元');
            if rest.first() == Some(&short) && alone && next_digit && !matches!(era, Era::Meiji | Era::Taisho) {
                return self.take_era(era, 1);
            }
            let letter = rest.first().is_some_and(|c| c.to_ascii_uppercase() == era.letter());
            let free = !before.is_some_and(|c| c.is_ascii_alphanumeric());
            let number = if era >= Era::Showa { number_at(1) } else { next_digit };
            if letter && free && number {
                return self.take_era(era, 1);
            }
        }
        false
    }

    fn take_era(&mut self, era: Era, length: usize) -> bool {
        self.at += length;
        self.out.push(Token::Era(era));
        while self.peek(0).is_some_and(|c| c == ' ' || c == '.') {
            self.at += 1;
        }
        if self.peek(0) == Some('元') {
            self.counted(1, 1, 1);
        }
        true
    }

    /// 土曜日, or a bare 土 right after a day.
    fn weekday(&mut self) -> bool {
        let Some(day) = self.peek(0).and_then(weekday_of) else { return false };
        if self.peek(1) == Some('曜') {
            self.at += if self.peek(2) == Some('日') { 3 } else { 2 };
            self.out.push(Token::Weekdays(vec![day]));
            return true;
        }
        let after_day = matches!(self.out.last(), Some(Token::Unit(_, Unit::Day) | Token::Num(..)));
        if after_day && !self.peek(1).is_some_and(|c| c.is_alphanumeric()) {
            self.at += 1;
            self.out.push(Token::Weekdays(vec![day]));
            return true;
        }
        false
    }

    /// The T of 2025-11-08T14:00.
    fn iso_time(&self) -> bool {
        let digit = |i| self.peek(i).is_some_and(|c| c.is_ascii_digit());
        self.peek(0) == Some('T') && digit(1) && digit(2) && self.peek(3) == Some(':')
    }

    fn latin(&mut self) {
        if self.iso_time() && matches!(self.out.last(), Some(Token::Num(..))) {
            self.at += 1;
            return;
        }
        let Some(word) = latin_word(self.rest()) else { return self.word(1) };
        let length = word.chars().count();
        let token = match word.to_ascii_lowercase().as_str() {
            "to" | "until" | "till" | "through" => Some(Token::Range(Reach::Word)),
            "and" => Some(Token::List),
            "am" | "pm" => {
                self.half = Some(if word.eq_ignore_ascii_case("am") { Half::Am } else { Half::Pm });
                self.at += length;
                return;
            }
            _ => english_weekday(&word).map(|day| Token::Weekdays(vec![day])),
        };
        match token {
            Some(token) => {
                self.at += length;
                if self.peek(0) == Some('.') && matches!(token, Token::Weekdays(_)) {
                    self.at += 1;
                }
                self.out.push(token);
            }
            None => self.word(length),
        }
    }
}
