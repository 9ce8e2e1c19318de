//! Every date form that wards write, read and printed back: each case of `tests/desk/dates` is a text and what it says.

use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tenjicho_desk::model::date::{Hours, Month, Overlap, Period, Precision, ReadingResult, parse, parse_in};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/desk/dates")
}

/// Fields that a case names must be as it says; the others are free.
fn check(text: &str, expected: &Value) -> Result<(), String> {
    let got = serde_json::to_value(parse(text)).map_err(|e| e.to_string())?;
    let wrong: Vec<String> = expected
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, value)| match (key.as_str(), value) {
            ("text", _) => false,
            ("names", Value::String(part)) => !got["message"].as_str().is_some_and(|m| m.contains(part.as_str())),
            (key, value) => got[key] != **value,
        })
        .map(|(key, value)| format!("{key}: expected {value}, got {}", got[if key == "names" { "message" } else { key }]))
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(format!("{text}\n    {}", wrong.join("\n    "))) }
}

#[test]
fn every_form_says_what_its_case_says() {
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).expect("the cases are there") {
        let path = entry.expect("a file").path();
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).expect("text")).expect("a list of cases");
        for case in cases {
            count += 1;
            let text = case["text"].as_str().expect("a text");
            if let Err(message) = check(text, &case) {
                failures.push(format!("{}: {message}", path.file_name().expect("a name").to_string_lossy()));
            }
        }
    }
    assert!(count > 150, "only {count} cases");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_form_seen_in_the_project_is_read_and_printed_back() {
    let facts: Value = serde_json::from_str(include_str!("../assets/domain/facts.json")).expect("facts");
    for form in facts["date_forms_seen"].as_array().expect("forms") {
        let text = form.as_str().expect("a text");
        let outcome = parse_in(text, None);
        assert_eq!(outcome.reading.result, ReadingResult::Ok, "{text}");
        let period = outcome.period.expect("a period");
        for printed in [period.wareki(), period.seireki()] {
            let again = parse_in(&printed, None).period.expect("a period");
            assert!(again.same_time(&period), "{text} → {printed}");
        }
    }
}

#[test]
fn a_period_that_cannot_be_is_not_read_from_json() {
    for wrong in [
        r#"{"precision":"day","from":"2025-02-30"}"#,
        r#"{"precision":"day","from":"2025-11-09","to":"2025-11-08"}"#,
        r#"{"precision":"month","from":"2025-13"}"#,
        r#"{"precision":"month","from":"2025-11-08"}"#,
        r#"{"precision":"text","text":""}"#,
        r#"{"precision":"text","text":"春頃","from":"2025-03-01"}"#,
        r#"{"precision":"day","from":"2025-11-08","hours":["16:00","14:00","13:00","15:00"]}"#,
        r#"{"precision":"day","from":"2025-11-08","hours":["25:00"]}"#,
        r#"{"precision":"day","from":"2025-11-08","to":"2025-11-09","days":["2025-11-08"]}"#,
        r#"{"precision":"month","from":"2025-11","hours":["10:00","11:00"]}"#,
        r#"{"precision":"day","from":"9999-11-08"}"#,
        r#"{"precision":"week","from":"2025-11-08"}"#,
        r#"{"precision":"day","from":"2025-11-08","when":"now"}"#,
    ] {
        assert!(serde_json::from_str::<Period>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn fiscal_years_begin_in_april() {
    let year = |text: &str| parse_in(text, None).period.and_then(|p| p.fiscal_year());
    assert_eq!(year("令和8年3月31日"), Some(2025));
    assert_eq!(year("令和8年4月1日"), Some(2026));
    assert_eq!(year("令和8年1月"), Some(2025));
    assert_eq!(year("令和4年度"), Some(2022));
    assert_eq!(year("令和4年"), None);
    assert_eq!(year("未定"), None);
}

#[test]
fn clashes_know_listed_days_hours_and_what_is_vague() {
    let overlap = |a: &str, b: &str| {
        let read = |t: &str| parse_in(t, None).period.expect("a period");
        assert_eq!(read(a).overlap(&read(b)), read(b).overlap(&read(a)));
        read(a).overlap(&read(b))
    };
    assert_eq!(overlap("令和8年1月9日～3月3日", "令和8年3月3日"), Overlap::Certain);
    assert_eq!(overlap("令和8年1月9日～3月3日", "令和8年3月4日"), Overlap::No);
    assert_eq!(overlap("令和7年11月8日・15日", "令和7年11月9日～14日"), Overlap::No);
    assert_eq!(overlap("令和7年11月8日・15日", "令和7年11月9日～15日"), Overlap::Certain);
    assert_eq!(overlap("令和7年11月", "令和7年11月9日"), Overlap::Possible);
    assert_eq!(overlap("令和7年度", "令和8年3月12日"), Overlap::Possible);
    assert_eq!(overlap("令和8年3月12日 10時～12時", "令和8年3月12日 12時～14時"), Overlap::No);
    assert_eq!(overlap("令和8年3月12日 10時～12時", "令和8年3月12日 11時～14時"), Overlap::Certain);
    assert_eq!(overlap("令和8年3月下旬", "令和8年3月12日"), Overlap::No);
}

fn day() -> impl Strategy<Value = chrono::NaiveDate> {
    let first = chrono::NaiveDate::from_ymd_opt(1873, 1, 1).expect("a day");
    (0..119_000_u64).prop_map(move |n| first + chrono::Days::new(n))
}

fn hours() -> impl Strategy<Value = Vec<Hours>> {
    let one = (0..24_u16, 0..60_u16, 0..=24_u16, 0..60_u16).prop_filter_map("a clock", |(h, m, eh, em)| {
        Hours::new((h, m), Some((eh, if eh == 24 { 0 } else { em }))).ok()
    });
    prop_oneof![
        Just(Vec::new()),
        one.prop_map(|h| vec![h]),
        (0..24_u16, 0..60_u16).prop_map(|(h, m)| vec![Hours::new((h, m), None).expect("a clock")]),
        Just(vec![Hours::new((10, 0), Some((12, 0))).expect("a clock"), Hours::new((13, 30), Some((16, 40))).expect("a clock")]),
    ]
}

fn period() -> impl Strategy<Value = Period> {
    let near = |n: u64| prop_oneof![0..40_u64, 0..n];
    let days = (day(), near(900), hours()).prop_filter_map("in range", |(from, n, hours)| {
        Period::days(from, from + chrono::Days::new(n)).ok()?.with_hours(hours).ok()
    });
    let listed = (day(), prop::collection::vec(near(400), 1..9), hours()).prop_filter_map("in range", |(from, steps, hours)| {
        let mut days = vec![from];
        for step in steps {
            days.push(*days.last()? + chrono::Days::new(step));
        }
        Period::listed(days).ok()?.with_hours(hours).ok()
    });
    let month = || (1873..2198_i32, 1..=12_u32).prop_filter_map("a month", |(y, m)| Month::new(y, m).ok());
    let months = (month(), month()).prop_filter_map("in order", |(a, b)| Period::months(a.min(b), a.max(b)).ok());
    let years = (1868..2200_i32, 0..6_i32).prop_filter_map("in range", |(y, n)| Period::years(y, y + n).ok());
    let fiscal = (1868..2200_i32, 0..6_i32).prop_filter_map("in range", |(y, n)| Period::fiscal_years(y, y + n).ok());
    prop_oneof![days, listed, months, years, fiscal]
}

fn signs() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("令和"), Just("平成"), Just("昭和"), Just("R"), Just("H"), Just("元"), Just("年"), Just("年度"), Just("月"), Just("日"),
        Just("7"), Just("11"), Just("８"), Just("31"), Just("0"), Just("2025"), Just("99999999"), Just("～"), Just("-"), Just("/"),
        Just("."), Just("・"), Just("、"), Just("(土)"), Just("㈯"), Just("("), Just(")"), Just("土"), Just("翌"), Just("から"), Just("まで"),
        Just("14時"), Just("半"), Just(":"), Just("00"), Just("午後"), Just("毎年"), Just("下旬"), Just("十"), Just("二"), Just(" "), Just("\n"),
        Just("日間"), Just("分"), Just("「"), Just("第"), Just("T"), Just("pm"), Just("㋿"),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

/// A reading keeps its promises whatever the text.
fn keeps_its_promises(text: &str) {
    let outcome = parse_in(text, None);
    let reading = &outcome.reading;
    let read = matches!(reading.result, ReadingResult::Ok | ReadingResult::Warn);
    assert_eq!(read, reading.from.is_some(), "{text}");
    assert_eq!(read, reading.wareki.is_some(), "{text}");
    assert_eq!(reading.result == ReadingResult::Ok, reading.message.is_empty(), "{text}");
    if let Some(period) = outcome.period {
        let json = serde_json::to_string(&period).expect("json");
        assert_eq!(serde_json::from_str::<Period>(&json).expect("its own json"), period, "{text}");
        assert_eq!(period.precision() != Precision::Text, read, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back_equal(period in period()) {
        for printed in [period.wareki(), period.seireki()] {
            let outcome = parse_in(&printed, None);
            prop_assert_eq!(outcome.reading.result, ReadingResult::Ok, "{}: {}", printed, outcome.reading.message);
            let again = outcome.period.expect("a period");
            prop_assert!(again.same_time(&period), "{} → {:?}", printed, again);
        }
        let json = serde_json::to_string(&period).expect("json");
        prop_assert_eq!(serde_json::from_str::<Period>(&json).expect("its own json"), period);
    }

    #[test]
    fn date_signs_in_any_order_never_break_it(text in signs()) {
        keeps_its_promises(&text);
    }

    #[test]
    fn any_text_never_breaks_it(text in "\\PC{0,60}") {
        keeps_its_promises(&text);
    }
}
