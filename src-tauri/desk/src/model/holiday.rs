//! Holidays and working days of a ward office: the Cabinet Office list, weekends, and the year-end closure (12月29日～1月3日).
//!
//! The list is published a year or two ahead. Later years follow the Act on National Holidays with reckoned equinoxes, so that a plan
//! four years out still works; [`Calendar::known_until`] says where the list ends, and a newer list replaces it.

use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::BTreeMap;
use std::sync::OnceLock;

const LIST: &str = include_str!("../../../../assets/calendar/holidays.csv");

/// Holidays by day.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    listed: BTreeMap<NaiveDate, String>,
}

/// A line of a holiday list that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("祝日一覧の{line}行目を読めません: {text}")]
pub struct BadHoliday {
    pub line: usize,
    pub text: String,
}

/// Why the office is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    Weekend,
    Holiday(String),
    /// 年末年始
    YearEnd,
}

impl Calendar {
    /// The list that the product carries.
    pub fn japan() -> &'static Calendar {
        static JAPAN: OnceLock<Calendar> = OnceLock::new();
        JAPAN.get_or_init(|| Calendar::read(LIST).unwrap_or(Calendar { listed: BTreeMap::new() }))
    }

    /// Reads `date,name` lines: 2025-11-03 or, as the Cabinet Office writes, 2025/11/3. The first line may be a heading.
    pub fn read(csv: &str) -> Result<Calendar, BadHoliday> {
        let mut listed = BTreeMap::new();
        for (at, line) in csv.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let entry = line.split_once(',').and_then(|(date, name)| Some((list_day(date)?, name.trim().to_owned())));
            match entry {
                Some((day, name)) if !name.is_empty() => {
                    listed.insert(day, name);
                }
                _ if at == 0 => {}
                _ => return Err(BadHoliday { line: at + 1, text: line.chars().take(40).collect() }),
            }
        }
        Ok(Calendar { listed })
    }

    /// The last year that the list covers.
    pub fn known_until(&self) -> i32 {
        self.listed.last_key_value().map_or(0, |(day, _)| day.year())
    }

    /// Name of the holiday, if it is one.
    pub fn holiday(&self, day: NaiveDate) -> Option<String> {
        if day.year() <= self.known_until() { self.listed.get(&day).cloned() } else { by_law(day) }
    }

    /// All holidays from `from` to `to`, in order.
    pub fn holidays(&self, from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, String)> {
        from.iter_days()
            .take_while(|day| *day <= to)
            .take(4_000)
            .filter_map(|day| self.holiday(day).map(|name| (day, name)))
            .collect()
    }

    /// Why the office is closed on this day; none on a working day.
    pub fn closed(&self, day: NaiveDate) -> Option<Closed> {
        let year_end = (day.month() == 12 && day.day() >= 29) || (day.month() == 1 && day.day() <= 3);
        if let Some(name) = self.holiday(day) {
            Some(Closed::Holiday(name))
        } else if year_end {
            Some(Closed::YearEnd)
        } else if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            Some(Closed::Weekend)
        } else {
            None
        }
    }

    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.closed(day).is_none()
    }

    /// The day `count` working days after `day` (before it, if negative). With 0: the day itself, or the working day before it.
    pub fn add_working_days(&self, day: NaiveDate, count: i32) -> NaiveDate {
        let step = |d: NaiveDate| if count > 0 { d.succ_opt() } else { d.pred_opt() }.unwrap_or(d);
        let mut at = day;
        if count == 0 {
            while !self.is_working_day(at) && at > NaiveDate::MIN {
                at = step(at);
            }
            return at;
        }
        for _ in 0..count.unsigned_abs().min(2_600) {
            at = step(at);
            // No closure lasts a month.
            for _ in 0..31 {
                if self.is_working_day(at) {
                    break;
                }
                at = step(at);
            }
        }
        at
    }

    /// Working days after `from` up to and with `to`; negative if `to` is earlier.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i32 {
        let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let count = first.iter_days().skip(1).take_while(|d| *d <= last).take(20_000).filter(|d| self.is_working_day(*d)).count();
        sign * count as i32
    }
}

fn list_day(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().split(['-', '/']).map(|p| p.parse::<u32>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    NaiveDate::from_ymd_opt(i32::try_from(y).ok()?, m, d)
}

/// The Act as of 2020, with the substitute holiday and the day between two holidays.
fn by_law(day: NaiveDate) -> Option<String> {
    if let Some(name) = fixed(day) {
        return Some(name.to_owned());
    }
    // Article 3 (2): the first plain day after a holiday on a Sunday.
    let mut before = day.pred_opt()?;
    while fixed(before).is_some() {
        if before.weekday() == Weekday::Sun {
            return Some("休日".to_owned());
        }
        before = before.pred_opt()?;
    }
    // Article 3 (3): a day between two holidays.
    let between = fixed(day.pred_opt()?).is_some() && fixed(day.succ_opt()?).is_some();
    (between && day.weekday() != Weekday::Sun).then(|| "休日".to_owned())
}

fn fixed(day: NaiveDate) -> Option<&'static str> {
    let nth_monday = |n: u32| day.weekday() == Weekday::Mon && day.day().div_ceil(7) == n;
    let (spring, autumn) = equinoxes(day.year());
    Some(match (day.month(), day.day()) {
        (1, 1) => "元日",
        (1, _) if nth_monday(2) => "成人の日",
        (2, 11) => "建国記念の日",
        (2, 23) => "天皇誕生日",
        (3, d) if d == spring => "春分の日",
        (4, 29) => "昭和の日",
        (5, 3) => "憲法記念日",
        (5, 4) => "みどりの日",
        (5, 5) => "こどもの日",
        (7, _) if nth_monday(3) => "海の日",
        (8, 11) => "山の日",
        (9, _) if nth_monday(3) => "敬老の日",
        (9, d) if d == autumn => "秋分の日",
        (10, _) if nth_monday(2) => "スポーツの日",
        (11, 3) => "文化の日",
        (11, 23) => "勤労感謝の日",
        _ => return None,
    })
}

/// Days of March and September; the usual approximation, right from 1980 to 2099.
fn equinoxes(year: i32) -> (u32, u32) {
    let years = f64::from(year - 1980);
    let leaps = f64::from((year - 1980).div_euclid(4));
    let day = |base: f64| (base + 0.242_194 * years - leaps).floor().clamp(1.0, 30.0) as u32;
    (day(20.8431), day(23.2488))
}

