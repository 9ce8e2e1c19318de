//! Tables: horizontal rules only, numbers aligned on their digits, bars beside them.
use crate::block::Column;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::page::Ink;
use crate::theme::{self, ColourRole, Composition, Role};

const GAP: f64 = 10.0;
const BAR: f64 = 9.0;

/// The table as the content gives it.
pub(crate) struct Table<'a> {
    pub title: &'a str,
    pub columns: &'a [Column],
    pub rows: &'a [Vec<String>],
    pub note: &'a str,
}

/// How large it is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    pub text: f64,
    /// Size of the numbers beside bars.
    pub number: f64,
    /// Wanted height of a row; never lower than its text.
    pub row: f64,
}

struct Setting<'a> {
    table: &'a Table<'a>,
    text: Voice,
    number: Voice,
    head: Voice,
    row: f64,
    x: Vec<f64>,
    w: Vec<f64>,
}

impl<'a> Table<'a> {
    /// Sizes for a frame of any height: the large scale of 連携実績 down to the small table of the theme.
    pub(crate) fn scale(&self, sheet: &Sheet, f: Frame) -> Scale {
        let small = sheet.voice(Role::Table, ColourRole::Ink).size;
        let rows = self.rows.len().max(1) as f64;
        let room = f.h - self.around(sheet, f.w);
        let row = (room / rows).min(31.0).max(small * 0.3528 * 1.5);
        let scale = |text: f64, row| Scale { text, number: (text * 2.1).min(row / 0.3528 * 0.72), row };
        let wanted = scale((row * 0.94).min(29.0).max(small), row);
        // Wrapped cells may need more than the even share.
        if self.height(sheet, f.w, wanted) <= f.h + 0.05 { wanted } else { scale(small, small * 0.3528 * 1.5) }
    }

    /// Height of title, head and note.
    fn around(&self, sheet: &Sheet, w: f64) -> f64 {
        self.title_height(sheet) + self.head_height(sheet) + self.note_height(sheet, w)
    }

    fn title_height(&self, sheet: &Sheet) -> f64 {
        if self.title.is_empty() { 0.0 } else { sheet.voice(Role::Heading, ColourRole::Main).line() + 3.0 }
    }

    fn head_height(&self, sheet: &Sheet) -> f64 {
        if self.columns.iter().all(|c| c.head.is_empty()) { 1.0 } else { sheet.voice(Role::Caption, ColourRole::Note).line() + 3.5 }
    }

    fn note_height(&self, sheet: &Sheet, w: f64) -> f64 {
        if self.note.is_empty() { 0.0 } else { 5.0 + sheet.set(self.note, &sheet.voice(Role::Caption, ColourRole::Note), w).height() }
    }

    pub(crate) fn height(&self, sheet: &Sheet, w: f64, scale: Scale) -> f64 {
        let setting = self.set(sheet, Frame::new(0.0, 0.0, w, 0.0), scale);
        let rows: f64 = self.rows.iter().map(|r| setting.row_height(sheet, r)).sum();
        self.around(sheet, w) + rows
    }

    /// Draws as many rows as the frame holds. Gives the height and how many rows were drawn.
    pub(crate) fn draw(&self, pen: &mut Pen, f: Frame, scale: Scale) -> (f64, usize) {
        let sheet = pen.sheet;
        let setting = self.set(sheet, f, scale);
        let mut y = f.y;
        if !self.title.is_empty() {
            pen.words(self.title, &sheet.voice(Role::Heading, ColourRole::Main), f.x, y, f.w);
            y += self.title_height(sheet);
        }
        let strong = pen.colour(if sheet.theme.composition == Composition::Band { ColourRole::Main } else { ColourRole::Ink });
        let head_h = self.head_height(sheet);
        if head_h > 2.0 {
            setting.draw_head(pen, y);
        }
        y += head_h;
        pen.rule(f.x, y, f.w, 1.0, strong);
        let rule = pen.colour(ColourRole::Rule);
        let bottom = f.bottom() - self.note_height(sheet, f.w);
        let mut shown = 0;
        for (i, row) in self.rows.iter().enumerate() {
            let h = setting.row_height(sheet, row);
            if i > 0 && y + h > bottom + 0.05 {
                break;
            }
            if i > 0 {
                pen.rule(f.x, y, f.w, 0.35, rule);
            }
            setting.draw_row(pen, row, y, h);
            y += h;
            shown += 1;
        }
        pen.rule(f.x, y, f.w, 1.0, strong);
        if !self.note.is_empty() {
            y += 5.0;
            y += pen.words(self.note, &sheet.voice(Role::Caption, ColourRole::Note), f.x, y, f.w);
        }
        (y - f.y, shown)
    }

    fn set(&'a self, sheet: &Sheet, f: Frame, scale: Scale) -> Setting<'a> {
        let text = sheet.voice(Role::Table, ColourRole::Ink).sized(scale.text).led(1.3);
        let number = sheet.voice(Role::Number, ColourRole::Ink).sized(scale.number.max(scale.text)).led(1.1);
        let head = sheet.voice(Role::Caption, ColourRole::Note);
        let mut setting = Setting { table: self, text, number, head, row: scale.row, x: Vec::new(), w: Vec::new() };
        setting.w = setting.widths(sheet, f.w);
        let mut x = f.x;
        for w in &setting.w {
            setting.x.push(x);
            x += w + GAP;
        }
        setting
    }

    fn cell(row: &[String], column: usize) -> &str {
        row.get(column).map_or("", |c| c.trim())
    }
}

impl Setting<'_> {
    /// Given shares first; the rest by content, text columns taking the slack.
    fn widths(&self, sheet: &Sheet, total: f64) -> Vec<f64> {
        let columns = self.table.columns;
        let room = (total - GAP * (columns.len().max(1) - 1) as f64).max(1.0);
        let natural: Vec<f64> = (0..columns.len()).map(|c| self.natural(sheet, c, room)).collect();
        let fixed = |c: usize| columns[c].width.filter(|s| s.is_finite() && *s > 0.0).map(|s| s.min(1.0) * room);
        let given: f64 = (0..columns.len()).filter_map(fixed).sum();
        let stretch = |c: usize| fixed(c).is_none() && (!columns[c].numeric || columns[c].bar);
        let rigid: f64 = (0..columns.len()).filter(|c| fixed(*c).is_none() && !stretch(*c)).map(|c| natural[c]).sum();
        let elastic: f64 = (0..columns.len()).filter(|c| stretch(*c)).map(|c| natural[c]).sum();
        let left = (room - given - rigid).max(room * 0.1);
        let factor = if elastic > 0.0 { left / elastic } else { 1.0 };
        let squeeze = ((room - given) / (rigid + elastic)).min(1.0);
        let mut widths: Vec<f64> = (0..columns.len())
            .map(|c| match fixed(c) {
                Some(w) => w,
                None if stretch(c) => natural[c] * factor,
                None => natural[c] * squeeze.max(0.5),
            })
            .collect();
        let sum: f64 = widths.iter().sum();
        if sum > room {
            widths.iter_mut().for_each(|w| *w *= room / sum);
        }
        widths
    }

    fn natural(&self, sheet: &Sheet, column: usize, room: f64) -> f64 {
        let c = &self.table.columns[column];
        let head = sheet.width(&c.head, &self.head);
        let cells = self.table.rows.iter().map(|r| sheet.width(Table::cell(r, column), self.voice(column)));
        let widest = cells.fold(0.0, f64::max);
        if c.bar { (widest + room * 0.24).max(head) } else { widest.max(head).max(self.text.em() * 2.0) }
    }

    fn voice(&self, column: usize) -> &Voice {
        if self.table.columns[column].bar { &self.number } else { &self.text }
    }

    fn cells(&self, sheet: &Sheet, row: &[String]) -> Vec<TextBlock> {
        (0..self.w.len()).map(|c| sheet.set(Table::cell(row, c), self.voice(c), self.w[c])).collect()
    }

    fn row_height(&self, sheet: &Sheet, row: &[String]) -> f64 {
        let texts = self.cells(sheet, row).into_iter().enumerate().filter(|(c, _)| !self.table.columns[*c].numeric && !self.table.columns[*c].bar);
        let text = texts.map(|(_, b)| b.height()).fold(0.0, f64::max);
        (text + self.text.em() * 0.5).max(self.row)
    }

    fn draw_head(&self, pen: &mut Pen, y: f64) {
        for (c, column) in self.table.columns.iter().enumerate() {
            if column.numeric && !column.bar {
                pen.line_to(&column.head, &self.head, self.x[c] + self.w[c], y + self.head.rise());
            } else {
                pen.words(&column.head, &self.head, self.x[c], y, self.w[c].max(pen.sheet.width(&column.head, &self.head) + 0.5));
            }
        }
    }

    fn draw_row(&self, pen: &mut Pen, row: &[String], y: f64, h: f64) {
        let cells = self.cells(pen.sheet, row);
        for (c, block) in cells.iter().enumerate() {
            let column = &self.table.columns[c];
            let text = Table::cell(row, c);
            // Optical middle: digits and kanji stand a little above the middle of their line box.
            let voice = self.voice(c);
            let baseline = y + h / 2.0 + voice.em() * if column.bar { 0.36 } else { 0.38 };
            if column.bar {
                self.draw_bar(pen, c, text, y + h / 2.0, baseline);
            } else if column.numeric {
                self.draw_number(pen, c, text, self.x[c] + self.w[c], baseline);
            } else {
                pen.put(block, self.x[c], y + (h - block.height()) / 2.0);
            }
        }
    }

    /// The digits before the point end where all others of the column do; what follows hangs to the right.
    fn draw_number(&self, pen: &mut Pen, c: usize, text: &str, right: f64, baseline: f64) {
        let voice = self.voice(c).clone();
        let unit = |r: &Vec<String>| split(Table::cell(r, c)).1.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).to_owned();
        let units: std::collections::BTreeSet<String> = self.table.rows.iter().map(unit).collect();
        if units.len() > 1 {
            // km² above 人: there is no common point to align on.
            pen.line_to(text, &voice, right, baseline);
            return;
        }
        let tails = self.table.rows.iter().map(|r| pen.sheet.width(split(Table::cell(r, c)).1, &voice)).fold(0.0, f64::max);
        let (digits, tail) = split(text);
        pen.line_to(digits, &voice, right - tails, baseline);
        if !tail.is_empty() {
            pen.line(tail, &voice, right - tails, baseline);
        }
    }

    fn draw_bar(&self, pen: &mut Pen, c: usize, text: &str, middle: f64, baseline: f64) {
        let widest = self.table.rows.iter().map(|r| pen.sheet.width(Table::cell(r, c), &self.number)).fold(0.0, f64::max);
        self.draw_number(pen, c, text, self.x[c] + widest, baseline);
        let value = |cell: &str| number(cell).unwrap_or(0.0).max(0.0);
        let most = self.table.rows.iter().map(|r| value(Table::cell(r, c))).fold(0.0, f64::max);
        let start = self.x[c] + widest + 7.0;
        let length = (self.x[c] + self.w[c] - start).max(0.0) * if most > 0.0 { value(text) / most } else { 0.0 };
        let (top, other) = bar_inks(pen.sheet);
        let ink = if value(text) >= most { top } else { other };
        pen.fill(Frame::new(start, middle - BAR / 2.0, length, BAR.min(self.row * 0.4)), ink);
    }
}

/// The greatest value and the others: told apart by lightness, not by hue alone.
pub(crate) fn bar_inks(sheet: &Sheet) -> (Ink, Ink) {
    let (main, sub, accent) = (sheet.colour(ColourRole::Main), sheet.colour(ColourRole::Sub), sheet.colour(ColourRole::Accent));
    if theme::contrast(accent.srgb, sheet.colour(ColourRole::Paper).srgb) >= 4.5 { (accent, main) } else { (main, sub) }
}

/// 1,004.5人 → ("1,004", ".5人").
fn split(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_ascii_digit() || "０１２３４５６７８９,，+-−△▲約延べ".contains(c))).unwrap_or(text.len());
    text.split_at(end)
}

/// The first number in a cell.
fn number(text: &str) -> Option<f64> {
    let digits: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            '−' | '△' | '▲' => '-',
            c => c,
        })
        .filter(|c| *c != ',' && *c != '，')
        .skip_while(|c| !c.is_ascii_digit() && *c != '-')
        .take_while(|c| c.is_ascii_digit() || *c == '.' || *c == '-')
        .collect();
    digits.parse().ok().filter(|v: &f64| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_parted_from_their_unit() {
        assert_eq!(number("延べ1,158名"), Some(1158.0));
        assert_eq!(number("６６"), Some(66.0));
        assert_eq!(number("−"), None);
        assert_eq!(split("1,004.5人"), ("1,004", ".5人"));
        assert_eq!(split("66"), ("66", ""));
    }
}
