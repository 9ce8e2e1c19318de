//! A moment in Japan time as PDF and XMP write it, without a clock and without a calendar library.

/// Japan has no summer time.
const OFFSET: i64 = 9 * 3600;

/// Year, month, day, hour, minute, second.
fn parts(unix: i64) -> [i64; 6] {
    // A year beyond four digits cannot be written; 0001 to 9999 stand.
    let local = unix.clamp(-62_135_596_800, 253_402_300_799 - OFFSET) + OFFSET;
    let (days, second) = (local.div_euclid(86_400), local.rem_euclid(86_400));
    // Days to a date of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    [year, month, day, second / 3600, second / 60 % 60, second % 60]
}

/// `D:20261122194400+09'00'` (ISO 32000-1, 7.9.4).
pub fn pdf(unix: i64) -> String {
    let [y, mo, d, h, mi, s] = parts(unix);
    format!("D:{y:04}{mo:02}{d:02}{h:02}{mi:02}{s:02}+09'00'")
}

/// `2026-11-22T19:44:00+09:00`.
pub fn xmp(unix: i64) -> String {
    let [y, mo, d, h, mi, s] = parts(unix);
    format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}+09:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_japan_time() {
        assert_eq!(pdf(0), "D:19700101090000+09'00'");
        assert_eq!(xmp(1_709_218_800), "2024-03-01T00:00:00+09:00");
        assert_eq!(xmp(1_709_218_799), "2024-02-29T23:59:59+09:00");
        assert_eq!(pdf(i64::MAX).len(), "D:99991231235959+09'00'".len());
    }
}
