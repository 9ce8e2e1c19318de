//! Tables: horizontal rules only, numbers aligned on their digits, bars beside them.
use crate::block::{CellSpan, Column, What};
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
    pub spans: &'a [CellSpan],
    /// First row to draw: those before stand on the panel before.
    pub from: usize,
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
    pub(crate) fn of(what: &'a What) -> Option<Self> {
        let What::Table { title, columns, rows, spans, note } = what else { return None };
        Some(Self { title, columns, rows, spans, from: 0, note })
    }

    /// Sizes for a frame of any height: the large scale of 連携実績 down to the small table of the theme.
    pub(crate) fn scale(&self, sheet: &Sheet, f: Frame) -> Scale {
        let small = sheet.voice(Role::Table, ColourRole::Ink).size;
        let rows = self.rows.len().saturating_sub(self.from).max(1) as f64;
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
        self.around(sheet, w) + setting.heights(sheet)[self.from.min(self.rows.len())..].iter().sum::<f64>()
    }

    /// Whether every cell of words stands on one line.
    pub(crate) fn is_unbroken(&self, sheet: &Sheet, w: f64, scale: Scale) -> bool {
        let setting = self.set(sheet, Frame::new(0.0, 0.0, w, 0.0), scale);
        let words = |c: usize| !self.columns[c].numeric && !self.columns[c].bar;
        (0..self.rows.len()).all(|row| {
            let mut cells = (0..self.columns.len()).filter_map(|c| self.extent(row, c).map(|(_, across)| (c, across)));
            cells.all(|(c, across)| !(words(c) || across > 1) || setting.block(sheet, row, c, across).set.lines.len() <= Self::cell(&self.rows[row], c).lines().count().max(1))
        })
    }

    /// How many rows and columns a cell takes; none when another cell covers it.
    fn extent(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        let (rows, columns) = (self.rows.len() - row, self.columns.len() - column);
        for span in self.spans {
            let inside = (span.row..span.row.saturating_add(span.rows)).contains(&row) && (span.column..span.column.saturating_add(span.columns)).contains(&column);
            if (span.row, span.column) == (row, column) {
                return Some((span.rows.clamp(1, rows), span.columns.clamp(1, columns)));
            }
            if inside {
                return None;
            }
        }
        Some((1, 1))
    }

    /// Whether a cell reaches from the row before into this one.
    fn joined(&self, row: usize, column: usize) -> bool {
        row > 0 && self.spans.iter().any(|s| s.row < row && row < s.row.saturating_add(s.rows) && (s.column..s.column.saturating_add(s.columns)).contains(&column))
    }

    /// Whether the table may end before this row: no cell reaches across.
    fn parts_before(&self, row: usize) -> bool {
        (0..self.columns.len()).all(|c| !self.joined(row, c))
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
        let strong = pen.colour(if matches!(sheet.theme.composition, Composition::Band | Composition::Mount) { ColourRole::Main } else { ColourRole::Ink });
        let head_h = self.head_height(sheet);
        if head_h > 2.0 {
            setting.draw_head(pen, y);
        }
        y += head_h;
        pen.rule(f.x, y, f.w, 1.0, strong);
        let rule = pen.colour(ColourRole::Rule);
        let bottom = f.bottom() - self.note_height(sheet, f.w);
        let heights = setting.heights(sheet);
        let from = self.from.min(self.rows.len());
        let end = self.last_that_fits(&heights, from, bottom - y);
        for i in from..end {
            if i > from {
                setting.rule_above(pen, i, y, rule);
            }
            setting.draw_row(pen, i, y, &heights);
            y += heights[i];
        }
        let shown = end - from;
        pen.rule(f.x, y, f.w, 1.0, strong);
        if !self.note.is_empty() {
            y += 5.0;
            y += pen.words(self.note, &sheet.voice(Role::Caption, ColourRole::Note), f.x, y, f.w);
        }
        (y - f.y, shown)
    }

    /// One past the last row that the room holds, not within cells that are one. The first row stands whatever the room.
    fn last_that_fits(&self, heights: &[f64], from: usize, room: f64) -> usize {
        let mut used = 0.0;
        let mut end = from;
        for (i, h) in heights.iter().enumerate().skip(from) {
            used += h;
            if i > from && used > room + 0.05 {
                break;
            }
            end = i + 1;
        }
        let fits = end == self.rows.len();
        if fits { end } else { (from + 1..=end).rev().find(|i| self.parts_before(*i)).unwrap_or(end) }
    }

    fn set(&'a self, sheet: &Sheet, f: Frame, scale: Scale) -> Setting<'a> {
        // Words that must break do so between phrases.
        let text = Voice { heading: true, ..sheet.voice(Role::Table, ColourRole::Ink).sized(scale.text).led(1.3) };
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
        // Numbers do not wrap: their columns are narrowed only where they would take most of the table.
        let most = if elastic > 0.0 { room * 0.6 } else { (room - given).max(room * 0.1) };
        let kept = (most / rigid.max(1e-6)).min(1.0);
        let left = (room - given - rigid * kept).max(room * 0.1);
        let factor = if elastic > 0.0 { left / elastic } else { 1.0 };
        // A column with bars gives up most of its bars, but never the room of its numbers.
        let firm = |c: usize| if columns[c].bar { (natural[c] - room * 0.18).max(0.0) } else { 0.0 };
        let firmly: f64 = (0..columns.len()).filter(|c| stretch(*c)).map(firm).sum();
        let tight = ((left - firmly) / (elastic - firmly).max(1e-6)).max(0.05);
        let mut widths: Vec<f64> = (0..columns.len())
            .map(|c| match fixed(c) {
                Some(w) => w,
                None if stretch(c) && factor < 1.0 => firm(c) + (natural[c] - firm(c)) * tight,
                None if stretch(c) => natural[c] * factor,
                None => natural[c] * kept,
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
        let widest = self.longest(column).into_iter().map(|cell| sheet.width(cell, self.voice(column))).fold(0.0, f64::max);
        if c.bar { (widest + room * 0.24).max(head) } else { widest.max(head).max(self.text.em() * 2.0) }
    }

    /// Cells among which the widest is. In a long table only those that look longest are measured: every panel of it asks.
    fn longest(&self, column: usize) -> Vec<&str> {
        const ALL: usize = 60;
        const SOME: usize = 12;
        let mut cells: Vec<&str> = self.table.rows.iter().map(|r| Table::cell(r, column)).collect();
        if cells.len() > ALL {
            let rough = |cell: &&str| cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
            cells.sort_by_cached_key(|cell| std::cmp::Reverse(rough(cell)));
            cells.truncate(SOME);
        }
        cells
    }

    fn voice(&self, column: usize) -> &Voice {
        if self.table.columns[column].bar { &self.number } else { &self.text }
    }

    /// Width of a cell over its columns.
    fn width_of(&self, column: usize, columns: usize) -> f64 {
        let last = (column + columns).min(self.w.len()) - 1;
        self.x[last] + self.w[last] - self.x[column]
    }

    fn block(&self, sheet: &Sheet, row: usize, column: usize, columns: usize) -> TextBlock {
        sheet.set(Table::cell(&self.table.rows[row], column), self.voice(column), self.width_of(column, columns))
    }

    /// Height of every row; a cell over several rows makes the last of them higher where it must. Rows that stand on another
    /// panel in any case are not set.
    fn heights(&self, sheet: &Sheet) -> Vec<f64> {
        let air = self.text.em() * 0.5;
        let mut room = 2.0 * sheet.h;
        let mut heights = vec![self.row; self.table.rows.len()];
        let mut tall: Vec<(usize, usize, f64)> = Vec::new();
        for (row, height) in heights.iter_mut().enumerate().skip(self.table.from) {
            if room < 0.0 {
                break;
            }
            for c in 0..self.w.len() {
                let Some((rows, columns)) = self.table.extent(row, c) else { continue };
                if columns == 1 && (self.table.columns[c].numeric || self.table.columns[c].bar) {
                    continue;
                }
                let needed = self.block(sheet, row, c, columns).height() + air;
                if rows > 1 { tall.push((row, rows, needed)) } else { *height = height.max(needed) }
            }
            room -= *height;
        }
        for (row, rows, needed) in tall {
            let has: f64 = heights[row..row + rows].iter().sum();
            heights[row + rows - 1] += (needed - has).max(0.0);
        }
        heights
    }

    /// The fine rule between two rows, left out where a cell reaches across it.
    fn rule_above(&self, pen: &mut Pen, row: usize, y: f64, ink: Ink) {
        let columns = self.w.len();
        if self.table.parts_before(row) {
            let (left, right) = (self.x.first().copied().unwrap_or(0.0), self.x.last().zip(self.w.last()).map_or(0.0, |(x, w)| x + w));
            pen.rule(left, y, right - left, 0.35, ink);
            return;
        }
        for c in (0..columns).filter(|c| !self.table.joined(row, *c)) {
            let right = if c + 1 < columns { self.x[c + 1] } else { self.x[c] + self.w[c] };
            pen.rule(self.x[c], y, right - self.x[c], 0.35, ink);
        }
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

    fn draw_row(&self, pen: &mut Pen, row: usize, y: f64, heights: &[f64]) {
        for c in 0..self.w.len() {
            let Some((rows, columns)) = self.table.extent(row, c) else { continue };
            let h: f64 = heights[row..row + rows].iter().sum();
            let column = &self.table.columns[c];
            let text = Table::cell(&self.table.rows[row], c);
            // Optical middle: digits and kanji stand a little above the middle of their line box.
            let voice = self.voice(c);
            let baseline = y + h / 2.0 + voice.em() * if column.bar { 0.36 } else { 0.38 };
            if column.bar && columns == 1 {
                self.draw_bar(pen, c, text, y + h / 2.0, baseline);
            } else if column.numeric && columns == 1 {
                self.draw_number(pen, c, text, self.x[c] + self.w[c], baseline);
            } else {
                let block = self.block(pen.sheet, row, c, columns);
                pen.put(&block, self.x[c], y + (h - block.height()) / 2.0);
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
        let tails = self.longest(c).into_iter().map(|cell| pen.sheet.width(split(cell).1, &voice)).fold(0.0, f64::max);
        let (digits, tail) = split(text);
        pen.line_to(digits, &voice, right - tails, baseline);
        if !tail.is_empty() {
            pen.line(tail, &voice, right - tails, baseline);
        }
    }

    fn draw_bar(&self, pen: &mut Pen, c: usize, text: &str, middle: f64, baseline: f64) {
        let widest = self.longest(c).into_iter().map(|cell| pen.sheet.width(cell, &self.number)).fold(0.0, f64::max);
        self.draw_number(pen, c, text, self.x[c] + widest, baseline);
        let value = |cell: &str| number(cell).unwrap_or(0.0).max(0.0);
        let most = self.table.rows.iter().map(|r| value(Table::cell(r, c))).fold(0.0, f64::max);
        let start = self.x[c] + widest + 7.0;
        let length = (self.x[c] + self.w[c] - start).max(0.0) * if most > 0.0 { value(text) / most } else { 0.0 };
        let (top, other) = bar_inks(pen.sheet);
        let ink = if value(text) >= most { top } else { other };
        let thick = (self.text.em() * 0.88).max(BAR).min(self.row * 0.4);
        pen.fill(Frame::new(start, middle - thick / 2.0, length, thick), ink);
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
