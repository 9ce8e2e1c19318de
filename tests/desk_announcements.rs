//! Pasted announcements in many shapes: each text of `tests/desk/announcements` fills the record beside it.

use proptest::prelude::*;
use serde_json::Value;
use std::path::Path;
use tenjicho_desk::model::announcement::read;
use tenjicho_desk::model::figure::{Counting, Figure, FigureError, find};

#[test]
fn every_announcement_fills_the_record_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/desk/announcements");
    let (mut failures, mut count) = (Vec::new(), 0);
    for entry in std::fs::read_dir(folder).expect("the samples are there") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        count += 1;
        let text = std::fs::read_to_string(&path).expect("text");
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(path.with_extension("json")).expect("a record")).expect("json");
        let got = serde_json::to_value(read(&text)).expect("json");
        for (key, value) in expected.as_object().expect("a record") {
            if got[key] != *value {
                failures.push(format!("{}: {key}\n  expected {value}\n  got      {}", path.file_stem().expect("a name").to_string_lossy(), got[key]));
            }
        }
        // Line ends of another system change nothing that is read.
        assert_eq!(read(&text.replace('\n', "\r\n")), read(&text));
    }
    assert!(count >= 20, "only {count} samples");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// value, unit, counting, approximate, bound
fn figure(text: &str) -> Vec<String> {
    find(text)
        .into_iter()
        .map(|f| {
            let name = |v: Value| v.as_str().unwrap_or_default().to_owned();
            let (counting, bound) = (serde_json::to_value(f.counting).expect("json"), serde_json::to_value(f.bound).expect("json"));
            let value = f.value.map_or("?".to_owned(), |v| v.to_string());
            format!("{value} {} {} {} {}", f.unit, name(counting), f.approximate, name(bound))
        })
        .collect()
}

#[test]
fn figures_keep_their_meaning() {
    let cases = [
        ("延べ1,158名", vec!["1158 名 gross false exact"]),
        ("のべ１，１５８名", vec!["1158 名 gross false exact"]),
        ("約500名", vec!["500 名 unspecified true about"]),
        ("延べ約1,200人", vec!["1200 人 gross true about"]),
        ("1,100を超える自治体", vec!["1100 自治体 unspecified false over"]),
        ("300名以上", vec!["300 名 unspecified false over"]),
        ("50名未満", vec!["50 名 unspecified false under"]),
        ("13団体372自治体", vec!["13 団体 unspecified false exact", "372 自治体 unspecified false exact"]),
        ("153名", vec!["153 名 unspecified false exact"]),
        ("実人数：320名", vec!["320 名 net false exact"]),
        ("約1万2,000人", vec!["12000 人 unspecified true about"]),
        ("1.5万人", vec!["15000 人 unspecified false exact"]),
        ("300～400名", vec!["? 名 unspecified false exact"]),
        ("第2回 令和7年11月8日 1階 3-5-1 電話03-5210-9068", vec![]),
        ("第1部 第2部", vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(figure(text), expected, "{text}");
    }
}

#[test]
fn a_figure_is_printed_with_its_meaning() {
    for text in ["延べ1,158名", "約500名", "1,100を超える自治体", "153名", "延べ約1,200人", "実320名"] {
        assert_eq!(find(text)[0].print(), text);
    }
}

#[test]
fn a_figure_knows_its_day() {
    let figures = find("連携自治体は342自治体（令和7年4月1日現在）です。");
    assert_eq!(figures[0].as_of.as_ref().map(|p| p.seireki()), Some("2025年4月1日(火)".to_owned()));
}

#[test]
fn gross_and_net_are_never_added() {
    let of = |counting, value| Figure { counting, ..Figure::new(value, "名") };
    let (gross, net, unknown) = (of(Counting::Gross, 500), of(Counting::Net, 300), of(Counting::Unspecified, 1));
    assert_eq!(gross.add(&net), Err(FigureError::Counting));
    assert_eq!(net.add(&gross), Err(FigureError::Counting));
    assert_eq!(gross.add(&unknown), Err(FigureError::Unspecified));
    assert_eq!(gross.add(&of(Counting::Gross, 658)).map(|f| f.print()), Ok("延べ1,158名".to_owned()));
    assert!(gross.add(&Figure { counting: Counting::Gross, ..Figure::new(3, "自治体") }).is_err());
    assert_eq!(gross.add(&of(Counting::Gross, i32::MAX)), Err(FigureError::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_it(text in "(会期|会場|内容|連携|「|」|『|～|・|、|\n|令和7年|11月8日|東京区政会館|1階|堺市|千葉県|市長会|延べ|1,158|名|第|2|回| |：|／|【|】|\\(|\\)|\\PC){0,40}") {
        let record = read(&text);
        let json = serde_json::to_string(&record).expect("json");
        prop_assert_eq!(serde_json::from_str::<tenjicho_desk::model::announcement::Announcement>(&json).expect("its own json"), record);
    }
}
