//! Readings that Excel keeps beside the characters (furigana): a list without a よみ column has one all the same.
use super::table::Table;
use super::matching::is_reading;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Head of the column that is made of furigana.
const HEAD: &str = "ふりがな";
/// Strings of a larger part are read without their readings; `weigh` has looked at the file before.
const MOST: u64 = 24 << 20;

/// Fills the よみ of rows that have none from the furigana of their first column that carries any; where no column is a よみ, adds one.
pub(super) fn offer(table: &mut Table, path: &Path) {
    let Some(readings) = readings(path) else { return };
    let of = |cell: &String| readings.get(cell);
    let Some(from) = (0..table.columns.len()).find(|c| table.rows.iter().any(|row| row.cells.get(*c).and_then(of).is_some())) else { return };
    let to = table.columns.iter().position(|c| is_reading(c)).unwrap_or_else(|| {
        table.columns.push(HEAD.to_owned());
        table.columns.len() - 1
    });
    for row in &mut table.rows {
        let Some(reading) = row.cells.get(from).and_then(of).cloned() else { continue };
        if row.cells.len() <= to {
            row.cells.resize(to + 1, String::new());
        }
        if row.cells[to].is_empty() {
            row.cells[to] = reading;
        }
    }
}

/// Reading by text, in hiragana. None where the workbook carries none.
fn readings(path: &Path) -> Option<HashMap<String, String>> {
    let mut zip = zip::ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok()?;
    let mut text = String::new();
    zip.by_name("xl/sharedStrings.xml").ok()?.take(MOST).read_to_string(&mut text).ok()?;
    if !text.contains("<rPh") {
        return None;
    }
    let found: HashMap<String, String> = text.split("<si>").skip(1).filter_map(|string| read(string.split("</si>").next()?)).collect();
    (!found.is_empty()).then_some(found)
}

/// One string: its own runs, and the phonetic runs that name the characters they stand over.
fn read(string: &str) -> Option<(String, String)> {
    let mut parts = string.split("<rPh ");
    let mut base = runs(parts.next()?);
    let mut over: Vec<(usize, usize, String)> = Vec::new();
    for part in parts {
        let (phonetic, rest) = part.split_once("</rPh>")?;
        base.push_str(&runs(rest));
        let at = |name: &str| phonetic.split_once(&format!("{name}=\""))?.1.split('"').next()?.parse::<usize>().ok();
        over.push((at("sb")?, at("eb")?, runs(phonetic)));
    }
    if over.is_empty() {
        return None;
    }
    // Excel counts in UTF-16.
    let units: Vec<u16> = base.encode_utf16().collect();
    let mut reading = String::new();
    let mut next = 0;
    over.sort();
    for (from, to, kana) in over {
        reading.push_str(&String::from_utf16_lossy(units.get(next..from)?));
        reading.push_str(&kana);
        next = to;
    }
    reading.push_str(&String::from_utf16_lossy(units.get(next..)?));
    let hiragana: String = crate::store::fold(&reading);
    let whole = !hiragana.is_empty() && hiragana.chars().all(|c| ('ぁ'..='ゖ').contains(&c) || "ー・ 　".contains(c));
    whole.then(|| (base.trim().to_owned(), hiragana))
}

/// The texts of all `<t>` in a piece of XML, put together.
fn runs(xml: &str) -> String {
    let mut text = String::new();
    for piece in xml.split("<t").skip(1) {
        // `<t>` or `<t xml:space="preserve">`, and nothing else that begins with a t.
        let Some((head, rest)) = piece.split_once('>') else { continue };
        if (head.is_empty() || head.starts_with(' ')) && !head.ends_with('/') {
            text.push_str(rest.split("</t>").next().unwrap_or_default());
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phonetic_runs_are_laid_over_their_characters() {
        let read = |xml: &str| read(xml).map(|(text, kana)| format!("{text} {kana}"));
        assert_eq!(read(r#"<t>銚子市</t><rPh sb="0" eb="3"><t>チョウシシ</t></rPh><phoneticPr fontId="1"/>"#).as_deref(), Some("銚子市 ちょうしし"));
        assert_eq!(read(r#"<t>いすみ市</t><rPh sb="3" eb="4"><t>シ</t></rPh>"#).as_deref(), Some("いすみ市 いすみし"));
        assert_eq!(read(r#"<r><t>𠮷野</t></r><r><rPr/><t xml:space="preserve">川</t></r><rPh sb="0" eb="3"><t>ヨシノ</t></rPh><rPh sb="3" eb="4"><t>ガワ</t></rPh>"#).as_deref(), Some("𠮷野川 よしのがわ"));
        assert_eq!(read("<t>銚子市</t>"), None);
        assert_eq!(read(r#"<t>銚子市</t><rPh sb="0" eb="2"><t>チョウシ</t></rPh>"#), None, "half a reading is none");
        assert_eq!(read(r#"<t>市</t><rPh sb="5" eb="9"><t>シ</t></rPh>"#), None, "beyond the text");
    }
}
