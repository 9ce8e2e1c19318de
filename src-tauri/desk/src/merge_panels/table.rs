//! Reads a list from Excel or CSV within bounds: whatever the file claims, memory and time stay small, and what is too much is said.
use crate::fault::{Fault, FaultKind, Result};
use crate::model::date::wareki_day;
use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// A list of panels has a few hundred rows.
const MOST_ROWS: usize = 20_000;
const MOST_COLUMNS: usize = 200;
const MOST_CELLS: usize = 400_000;
/// Characters of all cells together.
const MOST_TEXT: usize = 16 << 20;
/// A larger file is no list; pictures in a workbook count too.
const LARGEST_FILE: u64 = 64 << 20;
/// What all parts of a workbook but its pictures may unfold to; strings are held in memory, so they get less.
const LARGEST_PARTS: u64 = 48 << 20;
const LARGEST_STRINGS: u64 = 24 << 20;
const MOST_STRINGS: u64 = 1_000_000;
const MOST_PARTS: usize = 4_000;
const MOST_MERGED: usize = 5_000;

/// A list: a head and rows, all as text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Name of the file, or of what it was made from.
    pub name: String,
    pub sheet: String,
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    /// As Excel counts.
    pub number: i32,
    pub cells: Vec<String>,
}

impl Table {
    /// The cell under a head; empty where there is none.
    pub fn cell<'a>(&self, row: &'a TableRow, column: &str) -> &'a str {
        let at = self.columns.iter().position(|c| c == column);
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }
}

/// Names of the sheets of a workbook that a person sees; none for CSV.
pub fn sheets_of(path: &Path) -> Result<Vec<String>> {
    if is_workbook(path)? { Ok(seen(&workbook(path)?)) } else { Ok(vec![]) }
}

/// Reads the sheet of that name, the first that is not hidden if it is empty.
pub fn read_table(path: &Path, sheet: &str) -> Result<Table> {
    let mut grid = Grid::default();
    let mut title = String::new();
    let is_book = is_workbook(path)?;
    if is_book {
        title = read_sheet(path, sheet, &mut grid)?;
    } else {
        read_csv(path, &mut grid)?;
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut table = headed(grid, name, title)?;
    if is_book {
        super::furigana::offer(&mut table, path);
    }
    Ok(table)
}

/// The cells of a sheet row by row as they stand, without a head: a form that was filled in. The first cell of a row says what its numbers count.
pub fn cells_of(path: &Path, sheet: &str) -> Result<Vec<Vec<String>>> {
    if !is_workbook(path)? {
        return Err(bad(path, "はExcelのファイルではありません", "Excelブック（.xlsx）で保存し直してください"));
    }
    let mut grid = Grid::default();
    read_sheet(path, sheet, &mut grid)?;
    let told = |cells: Vec<Held>| {
        let label = cells.first().map(|c| c.words("年")).unwrap_or_default();
        cells.into_iter().map(|c| c.words(&label)).collect()
    };
    Ok(grid.rows.into_iter().map(|(_, cells)| told(cells)).collect())
}

/// Sheets of cells, without hidden ones and charts; all of them where all are hidden.
fn seen(book: &Xlsx<BufReader<File>>) -> Vec<String> {
    let sheets = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    let shown: Vec<String> = sheets.clone().filter(|s| s.visible == SheetVisible::Visible).map(|s| s.name.clone()).collect();
    if shown.is_empty() { sheets.map(|s| s.name.clone()).collect() } else { shown }
}

fn bad(path: &Path, what: &str, hint: &str) -> Fault {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Fault::new(FaultKind::BadFile, format!("「{name}」{what}"), hint)
}

/// Excel by its first bytes, whatever its name says; refuses what is neither.
fn is_workbook(path: &Path) -> Result<bool> {
    let size = std::fs::metadata(path).map_err(|_| bad(path, "を開けません", "ファイルの場所をお確かめください"))?.len();
    if size > LARGEST_FILE {
        return Err(bad(path, &format!("は大きすぎます（{} MB）", size >> 20), "一覧だけのファイルにして、64 MBより小さくしてください"));
    }
    let mut head = [0; 8];
    let mut file = File::open(path).map_err(|_| bad(path, "を開けません", "ほかのソフトで開いていないか、お確かめください"))?;
    let read = file.read(&mut head).unwrap_or(0);
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(bad(path, "は古い形式のExcelか、パスワード付きのファイルです", "パスワードを外し、Excelブック（.xlsx）で保存し直してください"));
    }
    if head[..read].starts_with(b"%PDF") {
        return Err(bad(path, "はPDFです", "Excel（.xlsx）かCSVの一覧を選んでください"));
    }
    Ok(head.starts_with(b"PK"))
}

/// A cell before its head is known: how a number is written follows from what it counts.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    Text(String),
    Number(f64),
}

impl Held {
    fn none() -> Self {
        Self::Text(String::new())
    }
    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
    fn words(&self, head: &str) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value) => number(*value, head),
        }
    }
}

/// The cells that were read, sparse rows filled up.
#[derive(Default)]
struct Grid {
    rows: Vec<(i32, Vec<Held>)>,
    cells: usize,
    text: usize,
}

impl Grid {
    fn put(&mut self, path: &Path, row: usize, column: usize, cell: Held) -> Result<()> {
        if cell.is_empty() {
            return Ok(());
        }
        let smaller = "要らない行や列を消し、一覧だけのファイルにしてください";
        if column >= MOST_COLUMNS {
            return Err(bad(path, &format!("は列が多すぎます（{MOST_COLUMNS}列まで）"), smaller));
        }
        self.cells += 1;
        self.text += if let Held::Text(text) = &cell { text.len() } else { 0 };
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(bad(path, "は一覧として大きすぎます", smaller));
        }
        let number = i32::try_from(row + 1).unwrap_or(i32::MAX);
        if self.rows.last().is_none_or(|(last, _)| *last != number) {
            if self.rows.len() > MOST_ROWS {
                return Err(bad(path, &format!("は行が多すぎます（{MOST_ROWS}行まで）"), smaller));
            }
            self.rows.push((number, Vec::new()));
        }
        if let Some((_, cells)) = self.rows.last_mut() {
            if cells.len() <= column {
                cells.resize(column + 1, Held::none());
            }
            cells[column] = cell;
        }
        Ok(())
    }

    /// Cells merged downwards, such as one prefecture beside its cities, say the same in each row that says anything.
    fn spread(&mut self, merged: &[Dimensions]) {
        for region in merged.iter().filter(|d| d.end.0 > d.start.0).take(MOST_MERGED) {
            let (first, last, column) = (region.start.0 as i32 + 1, region.end.0 as i32 + 1, region.start.1 as usize);
            let from = self.rows.partition_point(|(number, _)| *number < first);
            let Some(cell) = self.rows.get(from).filter(|(number, _)| *number == first).and_then(|(_, cells)| cells.get(column)).cloned() else { continue };
            for (_, cells) in self.rows[from + 1..].iter_mut().take_while(|(number, _)| *number <= last) {
                if cells.len() <= column {
                    cells.resize(column + 1, Held::none());
                }
                if cells[column].is_empty() {
                    self.text += if let Held::Text(text) = &cell { text.len() } else { 0 };
                    if self.text > MOST_TEXT {
                        return;
                    }
                    cells[column] = cell.clone();
                }
            }
        }
    }
}

fn workbook(path: &Path) -> Result<Xlsx<BufReader<File>>> {
    weigh(path)?;
    let file = File::open(path).map_err(|_| bad(path, "を開けません", "ファイルの場所をお確かめください"))?;
    Xlsx::new(BufReader::new(file)).map_err(|e| broken(path, &e))
}

fn broken(path: &Path, why: &dyn std::fmt::Display) -> Fault {
    tracing::debug!(%why, "workbook");
    bad(path, "をExcelのファイルとして読めません", "Excelで開いて、Excelブック（.xlsx）で保存し直してください")
}

/// Unfolds every part once into nothing and counts: what a file says of its own sizes is not believed.
fn weigh(path: &Path) -> Result<()> {
    let file = File::open(path).map_err(|_| bad(path, "を開けません", "ファイルの場所をお確かめください"))?;
    let mut zip = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| broken(path, &e))?;
    let heavy = || bad(path, "は広げると大きすぎます", "一覧だけを新しいブックに写して、保存し直してください");
    if zip.len() > MOST_PARTS {
        return Err(heavy());
    }
    let mut left = LARGEST_PARTS;
    for at in 0..zip.len() {
        let part = zip.by_index(at).map_err(|e| broken(path, &e))?;
        let name = part.name().map_err(|e| broken(path, &e))?.to_ascii_lowercase();
        if name.contains("/media/") || name.ends_with('/') {
            continue;
        }
        let strings = name.ends_with("sharedstrings.xml");
        let most = if strings { left.min(LARGEST_STRINGS) } else { left };
        let mut part = part.take(most + 1);
        let mut start = Vec::new();
        (&mut part).take(8_192).read_to_end(&mut start).map_err(|e| broken(path, &e))?;
        if strings && claimed(&start) > MOST_STRINGS {
            return Err(heavy());
        }
        let rest = std::io::copy(&mut part, &mut std::io::sink()).map_err(|e| broken(path, &e))?;
        let size = start.len() as u64 + rest;
        if size > most {
            return Err(heavy());
        }
        left -= size;
    }
    Ok(())
}

/// The number of strings that a part says it holds; memory would be set aside for all of them at once.
fn claimed(start: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(start);
    let after = text.split("niqueCount").nth(1).unwrap_or_default();
    let digits: String = after.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if after.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) }
}

/// Gives the name of the sheet that was read.
fn read_sheet(path: &Path, sheet: &str, grid: &mut Grid) -> Result<String> {
    let mut book = workbook(path)?;
    let names = book.sheet_names();
    let shown = seen(&book);
    let chosen = if sheet.is_empty() { shown.first() } else { names.iter().find(|n| *n == sheet) };
    let Some(chosen) = chosen.cloned() else {
        let hint = format!("あるのは「{}」です", shown.join("」「"));
        return Err(bad(path, &format!("にシート「{sheet}」がありません"), &hint));
    };
    let mut cells = book.worksheet_cells_reader(&chosen).map_err(|e| broken(path, &e))?;
    while let Some(cell) = cells.next_cell().map_err(|e| broken(path, &e))? {
        let (row, column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        grid.put(path, row, column, held(cell.get_value()))?;
    }
    drop(cells);
    // A list whose merged regions cannot be read is still a list.
    grid.spread(&book.merge_cells_by_sheet_name(&chosen).unwrap_or_default());
    Ok(chosen)
}

/// A cell as it would be printed: dates and times in the office's form; what a formula could not reckon is kept and told row by row.
fn held(value: &DataRef<'_>) -> Held {
    let text = match value {
        DataRef::Int(n) => return Held::Number(*n as f64),
        DataRef::Float(n) => return Held::Number(*n),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(yes) => if *yes { "はい" } else { "いいえ" }.to_owned(),
        DataRef::DateTime(when) => moment(when),
        DataRef::Empty => String::new(),
        DataRef::Error(e) => e.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
    };
    Held::Text(text)
}

/// 令和8年1月9日(金), with 10:30 behind it where the cell says an hour too; a cell of hours alone, or a length of time, is 10:30.
fn moment(when: &ExcelDateTime) -> String {
    let minutes = (when.as_f64() * 1_440.0).round();
    if when.is_duration() || (0.0..1_440.0).contains(&minutes) {
        let minutes = minutes.clamp(0.0, 1e7) as u64;
        return format!("{}:{:02}", minutes / 60, minutes % 60);
    }
    let (year, month, day, hour, minute, ..) = when.to_ymd_hms_milli();
    let date = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)).map(wareki_day).unwrap_or_default();
    if (hour, minute) == (0, 0) { date } else { format!("{date} {hour}:{minute:02}") }
}

/// Large numbers are grouped unless their head says they are a code or a year; a 団体コード keeps the nought that Excel dropped.
fn number(value: f64, head: &str) -> String {
    if !value.is_finite() {
        return String::new();
    }
    // Excel shows fifteen digits: what a formula leaves behind them (0.30000000000000004) nobody wrote.
    let value: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let plain = if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value}") };
    let is_code = ["団体コード", "市町村コード", "自治体コード"].iter().any(|w| head.contains(w));
    if is_code && plain.len() == 5 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return format!("0{plain}");
    }
    let a_name = ["コード", "番号", "電話", "年", "No", "ＮＯ", "郵便"].iter().any(|w| head.contains(w));
    if a_name || value.abs() < 10_000.0 || value.fract() != 0.0 { plain } else { grouped(&plain) }
}

fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// CSV in UTF-8, Shift_JIS or whatever its bytes look like.
fn read_csv(path: &Path, grid: &mut Grid) -> Result<()> {
    let bytes = crate::files::read(path)?;
    let text = decoded(path, &bytes)?;
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record).map_err(|_| bad(path, "をCSVとして読めません", "Excelで開いて、CSV UTF-8で保存し直してください"))? {
        for (column, cell) in record.iter().enumerate() {
            grid.put(path, row, column, Held::Text(cell.trim().to_owned()))?;
        }
        row += 1;
    }
    Ok(())
}

fn decoded(path: &Path, bytes: &[u8]) -> Result<String> {
    let encoding = match std::str::from_utf8(bytes) {
        Ok(_) => encoding_rs::UTF_8,
        Err(_) => {
            let mut detector = chardetng::EncodingDetector::new();
            detector.feed(bytes, true);
            encoding_rs::Encoding::for_bom(bytes).map_or_else(|| detector.guess(Some(b"jp"), false), |(bom, _)| bom)
        }
    };
    let (text, _, wrong) = encoding.decode(bytes);
    if wrong || text.contains('\0') {
        return Err(bad(path, "は文字の一覧として読めません", "Excel（.xlsx）かCSVの一覧を選んでください"));
    }
    Ok(text.into_owned())
}

/// The first row with at least two cells is the head; what stands above it is a title.
fn headed(grid: Grid, name: String, sheet: String) -> Result<Table> {
    let filled = |cells: &[Held]| cells.iter().filter(|c| !c.is_empty()).count();
    let most = grid.rows.iter().map(|(_, cells)| filled(cells)).max().unwrap_or(0).min(2);
    let Some(at) = grid.rows.iter().position(|(_, cells)| most > 0 && filled(cells) >= most) else {
        return Err(Fault::new(FaultKind::BadFile, format!("「{name}」に見出しの行がありません"), "1行目に列の見出し（市名、よみ、写真など）を入れてください"));
    };
    let mut columns: Vec<String> = Vec::new();
    for (n, cell) in grid.rows[at].1.iter().enumerate() {
        let head: String = cell.words("年").nfc().filter(|c| !c.is_control()).collect();
        let head = if head.is_empty() { format!("{}列目", n + 1) } else { head };
        let again = columns.iter().filter(|c| **c == head || c.strip_prefix(head.as_str()).is_some_and(|r| r.starts_with('（'))).count();
        columns.push(if again > 0 { format!("{head}（{}）", again + 1) } else { head });
    }
    let told = |(n, cell): (usize, Held)| cell.words(columns.get(n).map_or("", String::as_str));
    let rows: Vec<TableRow> = grid.rows.into_iter().skip(at + 1).map(|(number, cells)| TableRow { number, cells: cells.into_iter().enumerate().map(told).collect() }).collect();
    if rows.is_empty() {
        return Err(Fault::new(FaultKind::BadFile, format!("「{name}」に見出しのほかの行がありません"), "見出しの下に、1枚につき1行ずつ入れてください"));
    }
    Ok(Table { name, sheet, columns, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_unless_they_are_names() {
        assert_eq!(number(58_431.0, "人口"), "58,431");
        assert_eq!(number(2_025.0, "人口"), "2025");
        assert_eq!(number(122_025.0, "団体コード"), "122025");
        assert_eq!(number(11_002.0, "団体コード"), "011002");
        assert_eq!(number(84.2, "面積"), "84.2");
        assert_eq!(number(0.1 + 0.2, "面積"), "0.3");
    }

    #[test]
    fn what_a_part_claims_is_read_off_its_head() {
        assert_eq!(claimed(br#"<sst count="4" uniqueCount="4000000000">"#), 4_000_000_000);
        assert_eq!(claimed(b"<sst>"), 0);
    }
}
