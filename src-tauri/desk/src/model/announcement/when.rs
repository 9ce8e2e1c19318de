//! When it is: the labelled period with its hours, or the best date of the prose. Publishing dates and deadlines are not it.

use super::AnnouncementKind;
use super::lines::{Label, Line, Page, without_quotes};
use crate::model::date::{Outcome, Period, Precision, ReadingResult, YearHint, parse_in};

pub(super) fn read(page: &Page, fiscal_year: Option<i32>, kind: Option<AnnouncementKind>) -> Option<Period> {
    let hint = fiscal_year.map(YearHint::Fiscal);
    let hours = page.values(Label::Hours).next();
    let labelled = page.values(Label::Period).next();
    if let Some(text) = labelled {
        let line = text.replace('\n', " ");
        let whole = match hours {
            Some(hours) => format!("{line} {hours}"),
            None => line.clone(),
        };
        let outcome = parse_in(&whole, hint);
        return match outcome.reading.result {
            // The hours may be what cannot be read.
            ReadingResult::Error => parse_in(&line, hint).period.or_else(|| Period::words(line.trim()).ok()),
            _ => kept(outcome, &line),
        };
    }
    best_line(page, hint, hours, kind == Some(AnnouncementKind::Agreement))
}

/// The words kept are those of the period, without the hours of another label.
fn kept(outcome: Outcome, text: &str) -> Option<Period> {
    let period = outcome.period?;
    let text = text.trim();
    if period.precision() == Precision::Text { Period::words(text).ok() } else { period.with_text(text).ok() }
}

fn best_line(page: &Page, hint: Option<YearHint>, hours: Option<&str>, agreement: bool) -> Option<Period> {
    let mut best: Option<(i32, Period)> = None;
    for line in page.lines.iter().filter(|l| matches!(l.label, None | Some(Label::Title | Label::Contents))) {
        for sentence in sentences(line) {
            let Some(period) = parse_in(&sentence, hint).period else { continue };
            if period.precision() == Precision::Text {
                continue;
            }
            let signed = agreement && sentence.contains("協定") && !sentence.contains("前回");
            let score = score(&sentence, &period) + if signed { 8 } else { 0 };
            if score > best.as_ref().map_or(0, |(s, _)| *s) {
                best = Some((score, period));
            }
        }
    }
    // A sentence is no text of a period; the days say it better.
    let period = best?.1;
    let period = period.clone().with_text("").unwrap_or(period);
    match hours.filter(|_| period.precision() == Precision::Day && period.hours().is_empty()) {
        Some(hours) => {
            let with_hours = parse_in(&format!("{} {hours}", period.wareki()), None).period;
            with_hours.and_then(|p| p.with_text("").ok()).or(Some(period))
        }
        None => Some(period),
    }
}

fn sentences(line: &Line) -> Vec<String> {
    without_quotes(&line.text).split(['。', '\n']).map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}

fn score(sentence: &str, period: &Period) -> i32 {
    let mut score = match period.precision() {
        Precision::Day => 4,
        Precision::Month => 3,
        _ => return 0,
    };
    let says = |words: &[&str]| words.iter().any(|w| sentence.contains(w));
    let several = period.first_day() != period.last_day();
    score += i32::from(several) * 2 + i32::from(!period.hours().is_empty());
    score += if says(&["開催", "会期", "展示し", "展示を", "行い", "実施", "日時", "日程", "開き"]) { 3 } else { 0 };
    score += if says(&["(月)", "(火)", "(水)", "(木)", "(金)", "(土)", "(日)", "（月", "（火", "（水", "（木", "（金", "（土", "（日", "曜日"]) { 1 } else { 0 };
    score -= if says(&["発行", "更新", "掲載", "発表", "締切", "〆切", "締め切", "申込", "申し込", "募集", "搬入", "設営", "撤去", "入稿", "校正", "提出", "問い合わせ", "回答", "までに"]) { 8 } else { 0 };
    score -= if says(&["前回", "昨年", "過去", "これまで", "現在", "時点", "協定を締結", "巡回"]) { 5 } else { 0 };
    // A day alone on its line is when the paper was written.
    let alone = sentence.chars().count() <= 14 && !several && period.hours().is_empty();
    score - if alone { 3 } else { 0 }
}
