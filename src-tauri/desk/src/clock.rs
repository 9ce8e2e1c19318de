//! The clock on the wall: Japanese time, whatever zone the laptop is set to. Every venue is in Japan, and a day, an hour or a 年度 that
//! followed a laptop left on UTC would put a morning's visitors on the day before.
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Nine hours ahead of UTC; Japan has no summer time.
const JAPAN: i32 = 9 * 3600;

pub fn japan(moment: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(JAPAN) {
        Some(zone) => moment.with_timezone(&zone),
        None => moment.fixed_offset(),
    }
}

pub fn now() -> DateTime<FixedOffset> {
    japan(Utc::now())
}

pub fn today() -> NaiveDate {
    now().date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::fiscal_year_of;

    #[test]
    fn a_day_and_a_fiscal_year_begin_at_midnight_in_japan() {
        let at = |text: &str| japan(text.parse().expect("a moment"));
        assert_eq!(at("2026-03-31T14:59:59Z").date_naive().to_string(), "2026-03-31");
        assert_eq!(at("2026-03-31T15:00:00Z").to_rfc3339(), "2026-04-01T00:00:00+09:00");
        assert_eq!([at("2026-03-31T14:59:59Z"), at("2026-03-31T15:00:00Z")].map(|t| fiscal_year_of(t.date_naive())), [2025, 2026]);
    }
}
