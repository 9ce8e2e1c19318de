//! Working days of a ward office and the deadlines that are counted in them.

use chrono::{Datelike, NaiveDate};
use tenjicho_desk::model::deadline::{DeadlineKind, deadlines, deadlines_until};
use tenjicho_desk::model::holiday::{Calendar, Closed};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn the_list_reaches_from_1955_to_2027() {
    let japan = Calendar::japan();
    assert_eq!(japan.known_until(), 2027);
    for (date, name) in [
        ("1955-01-01", "元日"),
        ("1964-10-10", ""),
        ("1973-04-30", "休日"),
        ("2019-04-30", "休日"),
        ("2019-05-01", "休日（祝日扱い）"),
        ("2020-07-24", "スポーツの日"),
        ("2021-08-09", "休日"),
        ("2025-11-03", "文化の日"),
        ("2025-11-24", "休日"),
        ("2026-09-22", "休日"),
        ("2026-11-08", ""),
        ("2027-03-22", "休日"),
    ] {
        assert_eq!(japan.holiday(day(date)).unwrap_or_default(), name, "{date}");
    }
}

/// What the law gives for the years of the list is what the list says, so the years after it may be trusted as far as the law stands.
#[test]
fn the_law_agrees_with_the_list() {
    let law = Calendar::read("2021-12-31,前の年まで").expect("a list");
    let list = Calendar::japan();
    for date in day("2022-01-01").iter_days().take_while(|d| d.year() <= 2027) {
        assert_eq!(law.holiday(date), list.holiday(date), "{date}");
    }
    assert_eq!(list.holiday(day("2028-02-11")).as_deref(), Some("建国記念の日"));
    assert_eq!(list.holiday(day("2029-02-12")).as_deref(), Some("休日"));
    assert_eq!(list.holiday(day("2032-09-21")).as_deref(), Some("休日"), "between 敬老の日 and 秋分の日");
}

#[test]
fn the_office_is_closed_at_the_end_of_the_year() {
    let japan = Calendar::japan();
    assert_eq!(japan.closed(day("2025-12-29")), Some(Closed::YearEnd));
    assert_eq!(japan.closed(day("2026-01-02")), Some(Closed::YearEnd));
    assert_eq!(japan.closed(day("2026-01-05")), None);
    assert_eq!(japan.closed(day("2026-01-01")), Some(Closed::Holiday("元日".to_owned())));
    assert_eq!(japan.closed(day("2025-11-08")), Some(Closed::Weekend));
    assert_eq!(japan.add_working_days(day("2025-12-26"), 1), day("2026-01-05"));
    assert_eq!(japan.add_working_days(day("2026-01-09"), -5), day("2025-12-26"));
    assert_eq!(japan.add_working_days(day("2026-01-03"), 0), day("2025-12-26"));
    assert_eq!(japan.working_days_between(day("2025-12-26"), day("2026-01-09")), 5);
    assert_eq!(japan.working_days_between(day("2026-01-09"), day("2025-12-26")), -5);
}

#[test]
fn a_newer_list_is_read_as_the_cabinet_office_writes_it() {
    let list = Calendar::read("国民の祝日・休日月日,国民の祝日・休日名称\r\n2025/1/1,元日\r\n2025/1/13,成人の日\r\n").expect("a list");
    assert_eq!(list.holiday(day("2025-01-13")).as_deref(), Some("成人の日"));
    let wrong = Calendar::read("date,name\n2025-01-01,元日\n2025-02-30,ない日\n").expect_err("no such day");
    assert_eq!(wrong.line, 3);
}

#[test]
fn deadlines_fall_on_working_days_and_in_order() {
    let (opening, closing) = (day("2026-01-09"), day("2026-03-03"));
    for kind in [DeadlineKind::Exhibition, DeadlineKind::Event, DeadlineKind::Lecture] {
        let all = deadlines_until(opening, closing, kind);
        assert!(all.len() >= 9);
        assert!(all.windows(2).all(|w| w[0].date <= w[1].date));
        assert!(all.iter().all(|d| Calendar::japan().is_working_day(d.date)), "{all:?}");
        let mut keys: Vec<&str> = all.iter().map(|d| d.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all.len());
    }
    let date = |key: &str| {
        let all = deadlines_until(opening, closing, DeadlineKind::Exhibition);
        all.iter().find(|d| d.key == key).expect("the key").date
    };
    assert_eq!(date("print"), day("2025-12-12"), "入稿: 15 working days before the opening");
    assert_eq!(date("setup"), day("2026-01-08"));
    assert_eq!(date("teardown"), day("2026-03-04"));
    assert_eq!(deadlines(opening, DeadlineKind::Exhibition).last().map(|d| d.key.clone()), Some("report".to_owned()));
}
