//! The request sheet as an Excel workbook: one page of A4, a column to fill in, and how to fill it beside each line.
use super::{MARK, MARK_SHEET, PHOTO, PHOTOS, advice, photo_labels};
use crate::fault::{Fault, FaultKind, Result};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// One partner's request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    pub exhibition: String,
    pub partner: String,
    /// 第2回 魅力いっぱい ギュッと 千葉（令和4年9月1日(木)～9月30日(金)　東京区政会館）
    pub occasion: String,
    pub name: String,
    pub kana: String,
    pub prefecture: String,
    /// 令和8年4月3日(金); empty if none was set.
    pub due: String,
    pub items: Vec<String>,
}

/// Heights in points: a line, and room for a paragraph.
const LINE: f64 = 24.0;
const PARAGRAPH: f64 = 150.0;

struct Look {
    head: Format,
    label: Format,
    fill: Format,
    advice: Format,
}

impl Look {
    fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00B8_BEC6)).set_align(FormatAlign::VerticalCenter).set_text_wrap();
        Self {
            head: cell().set_bold().set_background_color(Color::RGB(0x00E4_EBF0)),
            label: cell().set_bold(),
            fill: cell().set_background_color(Color::RGB(0x00FF_FBE8)).set_num_format("@"),
            advice: cell().set_font_color(Color::RGB(0x0055_5F6B)),
        }
    }
}

/// The workbook's bytes.
pub fn workbook(request: &Request) -> Result<Vec<u8>> {
    let broken = |e: XlsxError| Fault::new(FaultKind::Internal, format!("依頼票を作れません（{e}）"), "");
    let mut book = Workbook::new();
    page(book.add_worksheet(), request).map_err(broken)?;
    mark(book.add_worksheet(), request).map_err(broken)?;
    book.save_to_buffer().map_err(broken)
}

fn page(sheet: &mut Worksheet, request: &Request) -> Result<(), XlsxError> {
    let look = Look::new();
    sheet.set_name("依頼票")?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (column, width) in [22.0, 56.0, 34.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    sheet.write_string_with_format(0, 0, "パネル素材のお願い", &Format::new().set_bold().set_font_size(16))?;
    sheet.write_string(1, 0, &request.occasion)?;
    sheet.write_string_with_format(2, 0, format!("{}{} 御中", request.prefecture, request.name), &Format::new().set_bold().set_font_size(12))?;
    let due = if request.due.is_empty() { String::new() } else { format!("{}までに、", request.due) };
    sheet.write_string(3, 0, format!("{due}色の付いた欄にご記入のうえ、この票と写真を一緒にお返しください。"))?;
    for (column, head) in ["項目", "ご記入欄", "書き方"].into_iter().enumerate() {
        sheet.write_string_with_format(5, column as u16, head, &look.head)?;
    }
    let mut row = 6;
    let mut line = |label: &str, value: &str, advice: &str, height: f64| -> Result<(), XlsxError> {
        sheet.set_row_height(row, height)?;
        sheet.write_string_with_format(row, 0, label, &look.label)?;
        sheet.write_string_with_format(row, 1, value, &look.fill)?;
        sheet.write_string_with_format(row, 2, advice, &look.advice)?;
        row += 1;
        Ok(())
    };
    line("自治体名", &request.name, "違うときは直してください", LINE)?;
    line("よみ", &request.kana, "ひらがな", LINE)?;
    for item in request.items.iter().filter(|i| *i != PHOTO) {
        line(item, "", advice(item), if item == "紹介文" { PARAGRAPH } else { LINE * 1.5 })?;
    }
    if request.items.iter().any(|i| i == PHOTO) {
        for n in 1..=PHOTOS {
            let [file, title, credit, number, until] = photo_labels(n);
            line(&file, "", if n == 1 { advice(PHOTO) } else { "なければ空けておく" }, LINE * 1.5)?;
            line(&title, "", "写っているものと場所", LINE)?;
            line(&credit, "", "例：写真提供 ○○市観光協会", LINE)?;
            line(&number, "", "キャラクターなど、許可がいるもの", LINE)?;
            line(&until, "", "例：令和9年3月31日", LINE)?;
        }
    }
    for (label, advice) in [("ご担当", "課とお名前"), ("電話", ""), ("メール", "")] {
        line(label, "", advice, LINE)?;
    }
    sheet.set_freeze_panes(6, 0)?;
    Ok(())
}

fn mark(sheet: &mut Worksheet, request: &Request) -> Result<(), XlsxError> {
    sheet.set_name(MARK_SHEET)?.set_hidden(true);
    for (row, word) in [MARK, &request.exhibition, &request.partner].into_iter().enumerate() {
        sheet.write_string(row as u32, 0, word)?;
    }
    Ok(())
}
