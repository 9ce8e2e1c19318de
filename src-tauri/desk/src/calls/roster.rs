//! The roster as a table for others: CSV that Excel opens rightly, or an Excel workbook.
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::RosterEntry;
use crate::store::Filter;
use std::path::Path;
use std::sync::Arc;

const HEADS: [&str; 16] =
    ["No.", "区画", "自治体・団体", "よみ", "産品", "区分", "出店日", "机", "椅子", "電源（W）", "回路", "水", "火気", "窓口", "電話", "状態"];

pub(super) async fn roster_out(desk: &Arc<Desk>, ask: RosterOutAsk) -> Result<Written> {
    if super::records::project_title(desk, &ask.project).await?.is_none() {
        return Err(Fault::new(FaultKind::NotFound, "名簿を書き出すイベントが見つかりません", "一覧から選び直してください"));
    }
    let entries: Vec<RosterEntry> = desk.store.all(&Filter::of("project", ask.project.as_str())).await?;
    let path = Path::new(&ask.path);
    let rows: Vec<[String; 16]> = entries.iter().enumerate().map(|(n, e)| row(n, e)).collect();
    let bytes = match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => csv_bytes(&rows)?,
        Some("xlsx") => xlsx_bytes(&rows)?,
        _ => return Err(Fault::new(FaultKind::CannotWrite, "書き出せるのはCSVとExcelです", "ファイル名の終わりを .csv か .xlsx にしてください")),
    };
    crate::files::write_whole(path, &bytes)?;
    Ok(Written { path: ask.path })
}

fn row(n: usize, e: &RosterEntry) -> [String; 16] {
    let number = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
    let mark = |yes: bool| if yes { "○" } else { "" }.to_owned();
    let days: Vec<String> = e.days.iter().map(|d| super::counting::day_label(d)).collect();
    [
        (n + 1).to_string(),
        e.booth.clone(),
        e.name.clone(),
        e.kana.clone(),
        e.products.clone(),
        e.booth_class.clone(),
        days.join("、"),
        number(e.tables),
        number(e.chairs),
        number(e.power_w),
        e.circuit.clone(),
        mark(e.water),
        mark(e.fire),
        e.contact.clone(),
        e.tel.clone(),
        status_label(&e.status).to_owned(),
    ]
}

pub(super) fn status_label(status: &str) -> &str {
    match status {
        "applied" => "申込",
        "check" => "要確認",
        "papers" => "書類未着",
        "fixed" => "確定",
        "arrived" => "到着",
        "open" => "営業",
        "left" => "撤収",
        "cancelled" => "取消",
        other => other,
    }
}

/// UTF-8 with a byte order mark, so that Excel reads it; a cell that would run as a formula is made text.
fn csv_bytes(rows: &[[String; 16]]) -> Result<Vec<u8>> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let broken = |e: csv::Error| Fault::new(FaultKind::Internal, format!("CSVを書けません（{e}）"), "");
    out.write_record(HEADS).map_err(broken)?;
    for row in rows {
        out.write_record(row.iter().map(|cell| guarded(cell))).map_err(broken)?;
    }
    out.into_inner().map_err(|e| Fault::new(FaultKind::Internal, format!("CSVを書けません（{e}）"), ""))
}

/// `=1+1` would be computed on opening; with an apostrophe before it, it stays what was written.
pub(crate) fn guarded(cell: &str) -> String {
    let runs = cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    if runs { format!("'{cell}") } else { cell.to_owned() }
}

fn xlsx_bytes(rows: &[[String; 16]]) -> Result<Vec<u8>> {
    let broken = |e: rust_xlsxwriter::XlsxError| Fault::new(FaultKind::Internal, format!("Excelのファイルを作れません（{e}）"), "");
    let mut book = rust_xlsxwriter::Workbook::new();
    let head = rust_xlsxwriter::Format::new().set_bold().set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
    let sheet = book.add_worksheet().set_name("出店者名簿").map_err(broken)?;
    for (column, name) in HEADS.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *name, &head).map_err(broken)?;
    }
    for (n, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let numeric = [0, 7, 8, 9].contains(&column);
            match cell.parse::<f64>() {
                Ok(value) if numeric => sheet.write_number(n as u32 + 1, column as u16, value),
                _ => sheet.write_string(n as u32 + 1, column as u16, cell),
            }
            .map_err(broken)?;
        }
    }
    for (column, width) in [5.0, 8.0, 22.0, 22.0, 34.0, 8.0, 26.0, 5.0, 5.0, 10.0, 6.0, 5.0, 5.0, 16.0, 16.0, 10.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width).map_err(broken)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(broken)?;
    book.save_to_buffer().map_err(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_run_is_text() {
        assert_eq!(guarded("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(guarded("-5"), "'-5");
        assert_eq!(guarded("うに・いくら"), "うに・いくら");
    }

    #[test]
    fn csv_opens_in_excel() {
        let entry = RosterEntry { name: "髙﨑㈱".into(), products: "味噌, 醤油".into(), ..RosterEntry::default() };
        let text = String::from_utf8(csv_bytes(&[row(0, &entry)]).expect("plain")).expect("UTF-8");
        assert!(text.starts_with('\u{feff}'));
        assert!(text.contains("\r\n1,,髙﨑㈱,,\"味噌, 醤油\""));
    }
}
