//! The sample holds every fact of the project, at the precision at which it is known.
use serde_json::Value;
use std::collections::BTreeSet;
use tenjicho_desk::sample::{self, facts};

/// Keys whose values are words of the facts file itself.
const OWN_WORDS: [&str; 8] = ["note", "precision", "kind", "counting", "mode", "date_forms_seen", "fiscal_year", "years"];

/// Every text and number of the facts, cut where the sample keeps the parts apart.
fn gather(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text == "gross" => {}
        Value::String(text) => {
            let clock = text.len() == 11 && text.as_bytes()[2] == b':';
            let cut: Vec<&str> = if clock { text.split('-').collect() } else { text.split(['～', ' ']).collect() };
            found.extend(cut.into_iter().map(str::to_owned).filter(|t| !t.is_empty()));
        }
        Value::Number(number) => {
            found.insert(number.to_string());
        }
        Value::Array(items) => items.iter().for_each(|v| gather(v, found)),
        Value::Object(fields) => fields.iter().filter(|(key, _)| !OWN_WORDS.contains(&key.as_str())).for_each(|(_, v)| gather(v, found)),
        _ => {}
    }
}

#[test]
fn every_fact_is_in_the_sample() {
    let facts: Value = serde_json::from_str(facts::TEXT).expect("JSON");
    let mut wanted = BTreeSet::new();
    gather(&facts, &mut wanted);
    let sample = sample::records(Default::default(), &|_| String::new());
    let mut held: String = sample.records.iter().map(|(_, r)| r.to_string() + "\n").collect();
    // Partners that are on the reference list need no record of their own.
    held.extend(tenjicho_desk::model::municipality::all().iter().map(|m| m.full_name()));
    let missing: Vec<_> = wanted.iter().filter(|fact| !held.contains(fact.as_str())).collect();
    // Two-day events say it by their days.
    assert!(missing.iter().all(|m| ["2"].contains(&m.as_str())), "{missing:?}");
}

#[test]
fn years_of_the_facts_are_the_years_of_the_sample() {
    let sample = sample::records(Default::default(), &|_| String::new());
    let year = |title: &str| sample.records.iter().find(|(_, r)| r["title"] == title).map(|(_, r)| r["fiscal_year"].clone());
    let facts = facts::read();
    for e in &facts.exhibitions {
        assert_eq!(year(&e.title), facts::fiscal_year(&e.fiscal_year).map(Value::from), "{}", e.title);
    }
    for e in facts.events.iter().filter(|e| !e.fiscal_year.is_empty()) {
        assert_eq!(year(&e.title), facts::fiscal_year(&e.fiscal_year).map(Value::from), "{}", e.title);
    }
}

#[test]
fn no_day_is_invented() {
    let sample = sample::records(Default::default(), &|_| String::new());
    let of = |title: &str| sample.records.iter().find(|(_, r)| r["title"] == title && !r["period"].is_null()).map(|(_, r)| r["period"].clone()).expect("in the sample");
    let yamanashi = of("まるごと楽しむ とっておきの山梨");
    assert_eq!((&yamanashi["precision"], &yamanashi["from"], &yamanashi["to"]), (&"month".into(), &"2022-05".into(), &"2022-06".into()));
    assert_eq!(of("くしろマルシェ")["precision"], "fiscal_year");
    assert_eq!(of("全国連携マルシェ in 芝浦")["from"], "2018-07");
}

#[test]
fn every_record_of_the_sample_is_a_record() {
    for (kind, record) in sample::records(Default::default(), &|_| String::new()).records {
        kind.check(&record).unwrap_or_else(|e| panic!("{kind:?} {e}: {record}"));
    }
}
