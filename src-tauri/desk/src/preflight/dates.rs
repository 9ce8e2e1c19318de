//! Weekdays that do not fit their date: 令和7年11月8日(日) was a Saturday. A year that is not written is taken from the surroundings.
use super::found;
use super::fix::{Deed, Fix};
use super::texts::Piece;
use crate::calls::wire_types::PanelNotice;
use crate::model::date::{Era, Period, weekday_char};
use crate::model::record::Exhibition;
use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let d = "[0-9０-９]";
    let text = format!(
        r"(?:(?P<era>令和|平成|昭和|大正|明治)\s*(?P<ey>元|{d}{{1,2}})\s*年(?:\s*[（(]{d}{{4}}年?[）)])?|(?P<wy>{d}{{4}})\s*[年/／])?\s*(?:(?P<m>{d}{{1,2}})\s*[月/／]\s*)?(?P<d>{d}{{1,2}})\s*日?\s*(?:[（(]\s*(?P<w>[月火水木金土日])(?:曜日?)?(?P<rest>[^（()）]{{0,6}})[）)]|(?P<e>[㈪㈫㈬㈭㈮㈯㈰㊊㊋㊌㊍㊎㊏㊐]))"
    );
    Regex::new(&text).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
});

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    let text = r"(?P<era>令和|平成|昭和)\s*(?P<ey>元|[0-9０-９]{1,2})\s*年|(?P<wy>[0-9０-９]{4})\s*年";
    Regex::new(text).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
});

/// The years that a date without one may mean.
#[derive(Clone, Debug, Default)]
pub struct Years {
    /// Written in the same block, such as 令和7年 above the period.
    written: Option<i32>,
    /// 会期 or 年度 of the exhibition.
    fiscal: Option<i32>,
    period: Option<(NaiveDate, NaiveDate)>,
}

impl Years {
    pub fn of(exhibition: &Exhibition) -> Self {
        let fiscal = (exhibition.fiscal_year > 1900).then_some(exhibition.fiscal_year);
        let period = exhibition.period.as_ref().and_then(|p: &Period| p.first_day().zip(p.last_day()));
        Self { written: None, fiscal, period }
    }

    /// The year of this day and month, and whether somebody wrote it down.
    fn guess(&self, month: u32, day: u32) -> Option<(i32, bool)> {
        if let Some(year) = self.written {
            return Some((year, true));
        }
        let inside = self.period.and_then(|(from, to)| (from.year()..=to.year()).find(|y| NaiveDate::from_ymd_opt(*y, month, day).is_some_and(|d| d >= from && d <= to)));
        inside.or_else(|| self.fiscal.map(|fy| if month >= 4 { fy } else { fy + 1 })).map(|year| (year, false))
    }
}

/// Says each weekday of the pieces that does not fit.
pub fn check(pieces: &[Piece], years: &Years, findings: &mut Vec<PanelNotice>) {
    for (n, piece) in pieces.iter().enumerate() {
        // The year may stand in a field of its own beside the days.
        let written = pieces.iter().filter(|p| p.block == piece.block).filter_map(|p| only_year(&p.text)).next();
        let years = Years { written, ..years.clone() };
        slips(&piece.text, &years).into_iter().for_each(|slip| findings.push(slip.notice(&pieces[n])));
    }
}

struct Slip {
    written: String,
    mended: String,
    day: NaiveDate,
    /// The year was written, not guessed.
    sure: bool,
}

impl Slip {
    fn notice(self, piece: &Piece) -> PanelNotice {
        let right = weekday_char(self.day.weekday());
        let year = crate::model::date::wareki_day(self.day);
        let message = if self.sure {
            format!("「{}」の曜日が合いません。{year}は{right}曜日です。", self.written)
        } else {
            format!("「{}」の曜日が合いません。会期の年度なら、{year}は{right}曜日です。", self.written)
        };
        let level = if self.sure { "error" } else { "warning" };
        let fix = Fix::new(format!("（{right}）に直す"), Deed::ReplaceText { at: piece.at.clone(), from: self.written, to: self.mended });
        found(level, "weekday", message, "日付か曜日のどちらかを直してください。", Some(piece.block)).at(&piece.at).fixed(fix)
    }
}

fn slips(text: &str, years: &Years) -> Vec<Slip> {
    let (mut year, mut month): (Option<(i32, bool)>, Option<u32>) = (None, None);
    let mut found = Vec::new();
    for date in DATE.captures_iter(text) {
        if let Some(own) = year_of(&date) {
            year = Some((own, true));
        }
        let number = |name| date.name(name).and_then(|m| value(m.as_str()));
        let before = month;
        let Some(this) = number("m").or(month) else { continue };
        month = Some(this);
        let Some(day) = number("d") else { continue };
        let Some((first, sure)) = year.or_else(|| years.guess(this, day)) else { continue };
        // 令和7年12月20日(土)～1月9日(金): the second is in the year after.
        let wraps = before.is_some_and(|b| this < b) && year_of(&date).is_none();
        let candidates = if wraps { vec![first + 1, first] } else { vec![first] };
        let days: Vec<NaiveDate> = candidates.iter().filter_map(|y| NaiveDate::from_ymd_opt(*y, this, day)).collect();
        let Some(written) = weekday(&date) else { continue };
        if let Some(first) = days.first().copied()
            && !days.iter().any(|d| weekday_char(d.weekday()) == written)
        {
            let whole = date[0].trim_start().to_owned();
            found.push(Slip { mended: mended(&whole, written, weekday_char(first.weekday())), written: whole, day: first, sure });
        }
        if wraps {
            year = year.map(|(y, sure)| (y + 1, sure));
        }
    }
    found
}

/// The whole text with the last weekday in it replaced.
fn mended(whole: &str, from: char, to: char) -> String {
    const RINGS: [(&str, &str); 2] = [("㈪㈫㈬㈭㈮㈯㈰", "月火水木金土日"), ("㊊㊋㊌㊍㊎㊏㊐", "月火水木金土日")];
    for (ring, plain) in RINGS {
        let ringed = |c: char| plain.chars().position(|p| p == c).and_then(|n| ring.chars().nth(n));
        if let (Some(old), Some(new)) = (ringed(from), ringed(to))
            && whole.contains(old)
        {
            return whole.replace(old, &new.to_string());
        }
    }
    let open = whole.rfind(['(', '（']).unwrap_or(0);
    let (head, tail) = whole.split_at(open);
    format!("{head}{}", tail.replacen(from, &to.to_string(), 1))
}

fn weekday(date: &Captures<'_>) -> Option<char> {
    if let Some(plain) = date.name("w") {
        return plain.as_str().chars().next();
    }
    date.name("e")?.as_str().nfkc().find(|c| "月火水木金土日".contains(*c))
}

fn year_of(date: &Captures<'_>) -> Option<i32> {
    if let Some(western) = date.name("wy") {
        return value(western.as_str()).and_then(|y| i32::try_from(y).ok());
    }
    let era = Era::ALL.into_iter().find(|e| date.name("era").is_some_and(|m| m.as_str() == e.name()))?;
    let year = date.name("ey")?.as_str();
    era.western(if year == "元" { 1 } else { value(year)? })
}

/// The year of a short text that names exactly one: 令和7年, 令和7年度の展示.
fn only_year(text: &str) -> Option<i32> {
    let mut all = YEAR.captures_iter(text).filter_map(|c| year_of(&c));
    let first = all.next()?;
    (text.chars().count() <= 12 && all.next().is_none()).then_some(first)
}

fn value(digits: &str) -> Option<u32> {
    digits.nfkc().collect::<String>().parse().ok()
}
