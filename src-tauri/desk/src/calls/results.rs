//! 実施報告書 as an Excel workbook: what was held, how many came at which door and hour, who was there and what was shown. Each figure with its meaning.
use super::counting::{counts, day_label, entered_words};
use super::roster::status_label;
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::date::{Period, fiscal_year_words};
use crate::model::record::{EnteredTotal, Event, ProgrammeSlot, RosterEntry};
use crate::store::Filter;
use rust_xlsxwriter::{Chart, Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::path::Path;
use std::sync::Arc;

/// Everything that the report is made of.
struct Held {
    event: Event,
    /// Each day with its counts; the doors are the same in all.
    days: Vec<Counts>,
    whole: Counts,
    entered: Vec<EnteredTotal>,
    roster: Vec<RosterEntry>,
    programme: Vec<ProgrammeSlot>,
}

pub(super) async fn result_out(desk: &Arc<Desk>, ask: ResultOutAsk) -> Result<Written> {
    let path = Path::new(&ask.path);
    if path.extension().and_then(|e| e.to_str()).is_none_or(|e| !e.eq_ignore_ascii_case("xlsx")) {
        return Err(Fault::new(FaultKind::CannotWrite, "実施報告書はExcelで書き出します", "ファイル名の終わりを .xlsx にしてください"));
    }
    let missing = || Fault::new(FaultKind::NotFound, "報告するイベントが見つかりません", "一覧から選び直してください");
    let event: Event = desk.store.find(&ask.project).await?.ok_or_else(missing)?;
    let of = Filter::of("project", ask.project.as_str());
    let whole = counts(desk, CountsAsk { project: ask.project.clone(), day: String::new() }).await?;
    let mut days = Vec::new();
    for day in whole.days.iter().filter(|d| d.total != 0) {
        days.push(counts(desk, CountsAsk { project: ask.project.clone(), day: day.day.clone() }).await?);
    }
    let mut roster: Vec<RosterEntry> = desk.store.all(&of).await?;
    roster.retain(|e| e.status != "cancelled");
    let held = Held { event, days, whole, entered: desk.store.all(&of).await?, roster, programme: desk.store.all(&of).await? };
    let broken = |e: XlsxError| Fault::new(FaultKind::Internal, format!("実施報告書を作れません（{e}）"), "");
    crate::files::write_whole(path, &workbook(&held).map_err(broken)?)?;
    Ok(Written { path: ask.path })
}

/// How the cells look.
struct Look {
    title: Format,
    head: Format,
    label: Format,
    text: Format,
    number: Format,
    sum: Format,
}

impl Look {
    fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00B8_BEC6)).set_align(FormatAlign::Top);
        let head = || cell().set_bold().set_background_color(Color::RGB(0x00E4_EBF0));
        Self {
            title: Format::new().set_bold().set_font_size(14),
            head: head().set_text_wrap(),
            label: head(),
            text: cell().set_text_wrap(),
            number: cell().set_num_format("#,##0"),
            sum: cell().set_bold().set_num_format("#,##0"),
        }
    }
}

fn workbook(held: &Held) -> Result<Vec<u8>, XlsxError> {
    let (mut book, look) = (Workbook::new(), Look::new());
    summary(book.add_worksheet(), &look, held)?;
    visitors(book.add_worksheet(), &look, held)?;
    let roster = held.roster.iter().enumerate().map(|(n, e)| {
        let days: Vec<String> = e.days.iter().map(|d| day_label(d)).collect();
        let power = e.power_w.map(|w| format!("{w} W")).unwrap_or_default();
        vec![(n + 1).to_string(), e.booth.clone(), e.name.clone(), e.products.clone(), days.join("、"), power, status_label(&e.status).to_owned()]
    });
    table(book.add_worksheet(), &look, "出店者", &[("No.", 6.0), ("区画", 9.0), ("自治体・団体", 26.0), ("産品", 40.0), ("出店日", 32.0), ("電源", 10.0), ("状態", 10.0)], roster)?;
    let place = |place: &str| match place {
        "stage" => "ステージ",
        "pr" => "PRコーナー",
        "workshop" => "ワークショップ",
        other => other,
    }
    .to_owned();
    let programme = held.programme.iter().map(|s| vec![day_label(&s.day), s.start.clone(), s.end.clone(), place(&s.place), s.title.clone(), s.performer.clone()]);
    table(book.add_worksheet(), &look, "プログラム", &[("日", 26.0), ("開始", 8.0), ("終了", 8.0), ("場所", 14.0), ("題名", 40.0), ("出演", 30.0)], programme)?;
    book.save_to_buffer()
}

fn summary(sheet: &mut Worksheet, look: &Look, held: &Held) -> Result<(), XlsxError> {
    let e = &held.event;
    sheet.set_name("概要")?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 16)?.set_column_width(1, 76)?;
    sheet.write_string_with_format(0, 0, "実施報告書", &look.title)?;
    let number = e.number.map(|n| format!("第{n}回 ")).unwrap_or_default();
    let joined = |words: &[String]| words.join("、");
    // Figures of different meaning are never added: each stands with its own words.
    let mut visitors: Vec<String> = if held.whole.total_label.is_empty() { vec![] } else { vec![format!("{}（入口で数えた人数）", held.whole.total_label)] };
    visitors.extend(held.entered.iter().filter(|t| t.day.is_empty() && t.door.is_empty()).map(|t| if t.source.is_empty() { entered_words(t) } else { format!("{}（{}）", entered_words(t), t.source) }));
    let lines = [
        ("行事名", format!("{number}{}", e.title)),
        ("副題", e.subtitle.clone()),
        ("年度", fiscal_year_words(e.fiscal_year)),
        ("会期", e.period.as_ref().map(Period::wareki).unwrap_or_default()),
        ("会場", [e.venue_name.as_str(), e.space_name.as_str()].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")),
        ("主催", joined(&e.organisers)),
        ("開催地の主催", e.host.clone()),
        ("後援・協力", joined(&e.supporters)),
        ("連携先", joined(&e.partner_names)),
        ("内容", joined(&e.contents)),
        ("来場者", visitors.join("\n")),
        ("出店", format!("{}団体", held.roster.len())),
        ("プログラム", format!("{}件", held.programme.len())),
        ("結果", e.result.clone()),
    ];
    for (row, (label, words)) in lines.iter().filter(|(_, words)| !words.is_empty()).enumerate() {
        sheet.write_string_with_format(row as u32 + 2, 0, *label, &look.label)?;
        sheet.write_string_with_format(row as u32 + 2, 1, words, &look.text)?;
    }
    Ok(())
}

/// Days by door with a chart, hours by day, and what was entered by hand with its meaning, each in a table of its own.
fn visitors(sheet: &mut Worksheet, look: &Look, held: &Held) -> Result<(), XlsxError> {
    sheet.set_name("来場者")?;
    sheet.set_column_width(0, 26)?.set_column_width(1, 14)?.set_column_width(2, 14)?;
    sheet.write_string_with_format(0, 0, "入口で数えた人数（延べ）", &look.title)?;
    let doors: Vec<&str> = held.whole.doors.iter().map(|d| d.name.as_str()).collect();
    let all = doors.len() as u16 + 1;
    head(sheet, look, 1, std::iter::once("日").chain(doors.iter().copied()).chain(["計"]))?;
    let mut row = 2;
    for day in &held.days {
        sheet.write_string_with_format(row, 0, &day.day_label, &look.text)?;
        for (n, door) in day.doors.iter().enumerate() {
            sheet.write_number_with_format(row, n as u16 + 1, door.total, &look.number)?;
        }
        sheet.write_number_with_format(row, all, day.doors.iter().map(|d| d.total).sum::<i32>(), &look.sum)?;
        row += 1;
    }
    sheet.write_string_with_format(row, 0, "計", &look.label)?;
    for n in 0..doors.len() {
        sheet.write_number_with_format(row, n as u16 + 1, held.days.iter().map(|d| d.doors[n].total).sum::<i32>(), &look.sum)?;
    }
    sheet.write_number_with_format(row, all, held.whole.total, &look.sum)?;
    row += 2;
    sheet.write_string_with_format(row, 0, "時間ごと（延べ）", &look.title)?;
    head(sheet, look, row + 1, std::iter::once("時").chain(held.days.iter().map(|d| d.day_label.as_str())))?;
    let first = row + 2;
    row = first;
    let hours: std::collections::BTreeSet<i32> = held.days.iter().flat_map(|d| d.hours.iter().map(|h| h.hour)).collect();
    for hour in &hours {
        sheet.write_string_with_format(row, 0, format!("{hour}時台"), &look.text)?;
        for (n, day) in held.days.iter().enumerate() {
            let total = day.hours.iter().find(|h| h.hour == *hour).map_or(0, |h| h.total);
            sheet.write_number_with_format(row, n as u16 + 1, total, &look.number)?;
        }
        row += 1;
    }
    if !hours.is_empty() {
        let mut chart = Chart::new_column();
        for n in 1..=held.days.len() as u16 {
            chart.add_series().set_name(("来場者", first - 1, n)).set_categories(("来場者", first, 0, row - 1, 0)).set_values(("来場者", first, n, row - 1, n));
        }
        chart.title().set_name("時間ごとの来場者（延べ、名）");
        sheet.insert_chart(1, all + 2, &chart)?;
    }
    if !held.entered.is_empty() {
        sheet.write_string_with_format(row + 1, 0, "入力した人数（上の数には足しません）", &look.title)?;
        head(sheet, look, row + 2, ["日", "人数", "時点", "出典"].into_iter())?;
        row += 3;
        for total in &held.entered {
            let day = if total.day.is_empty() { "期間の合計".to_owned() } else { day_label(&total.day) };
            for (column, words) in [day, entered_words(total), day_label(&total.as_of), total.source.clone()].into_iter().enumerate() {
                sheet.write_string_with_format(row, column as u16, words, &look.text)?;
            }
            row += 1;
        }
    }
    Ok(())
}

fn head<'a>(sheet: &mut Worksheet, look: &Look, row: u32, words: impl Iterator<Item = &'a str>) -> Result<(), XlsxError> {
    for (column, word) in words.enumerate() {
        sheet.write_string_with_format(row, column as u16, word, &look.head)?;
    }
    Ok(())
}

fn table(sheet: &mut Worksheet, look: &Look, name: &str, columns: &[(&str, f64)], rows: impl Iterator<Item = Vec<String>>) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (column, (_, width)) in columns.iter().enumerate() {
        sheet.set_column_width(column as u16, *width)?;
    }
    head(sheet, look, 0, columns.iter().map(|(word, _)| *word))?;
    for (row, cells) in rows.enumerate() {
        for (column, cell) in cells.into_iter().enumerate() {
            sheet.write_string_with_format(row as u32 + 1, column as u16, cell, &look.text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
