//! A chronology: years at the left of a line, what happened at its right; turning points stand out by size and a full dot.
use crate::block::{Happening, What};
use crate::layout::body::{self, column_width};
use crate::layout::fit;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::page::{Paint, circle};
use crate::theme::{ColourRole, Role};

const GUTTER: f64 = 24.0;
/// Between the years and the line, and between the line and the words.
const AIR: f64 = 11.0;
const DOT: f64 = 3.0;
/// Least and most space between two rows.
const LEAST: f64 = 5.0;
const MOST: f64 = 26.0;
/// How much larger than running text it may be set when there is room.
const LARGER: f64 = 1.3;

pub(crate) struct Chronology<'a> {
    title: &'a str,
    rows: &'a [Happening],
}

struct Row {
    when: TextBlock,
    text: TextBlock,
    strong: bool,
}

impl Row {
    fn height(&self) -> f64 {
        self.when.height().max(self.text.height())
    }
}

impl<'a> Chronology<'a> {
    pub(crate) fn of(what: &'a What) -> Option<Self> {
        let What::Chronology { title, rows } = what else { return None };
        Some(Self { title: title.trim(), rows })
    }

    fn voices(sheet: &Sheet, size: f64, strong: bool) -> (Voice, Voice) {
        let scale = if strong { 1.2 } else { 1.0 };
        let when = sheet.voice(Role::Heading, ColourRole::Main).sized(size * scale).led(1.45).minor(Role::Body);
        let role = if strong { Role::Heading } else { Role::Body };
        let text = sheet.voice(role, ColourRole::Ink).sized(size * scale).led(1.45);
        (Voice { heading: false, ..when }, Voice { heading: true, role: Role::Body, indent: 0.0, align: crate::inline::Align::Start, gap: 0.0, ..text })
    }

    fn when_width(&self, sheet: &Sheet, size: f64, w: f64) -> f64 {
        let wide = |row: &Happening| sheet.width(row.when.trim(), &Self::voices(sheet, size, row.strong).0);
        (self.rows.iter().map(wide).fold(0.0, f64::max) + 0.5).min(w * 0.4)
    }

    fn rows(&self, sheet: &Sheet, size: f64, w: f64) -> Vec<Row> {
        let left = self.when_width(sheet, size, w);
        let set = |row: &Happening| {
            let (when, text) = Self::voices(sheet, size, row.strong);
            let room = (w - left - 2.0 * AIR).max(1.0);
            Row { when: sheet.set(row.when.trim(), &when, left), text: sheet.set(row.text.trim(), &text, room), strong: row.strong }
        };
        self.rows.iter().map(set).collect()
    }

    fn title_height(&self, sheet: &Sheet, w: f64) -> f64 {
        if self.title.is_empty() { 0.0 } else { sheet.set(self.title, &sheet.voice(Role::Heading, ColourRole::Main), w).height() + 4.0 }
    }

    /// Rows by column: each column is filled to the same height.
    fn deal(rows: &[Row], columns: usize, gap: f64) -> Vec<std::ops::Range<usize>> {
        let whole: f64 = rows.iter().map(|r| r.height() + gap).sum();
        let (mut ranges, mut start, mut used) = (Vec::new(), 0, 0.0);
        for (i, row) in rows.iter().enumerate() {
            let share = whole / columns as f64 * (ranges.len() + 1) as f64;
            if i > start && ranges.len() + 1 < columns && used + row.height() * 0.5 > share {
                ranges.push(start..i);
                start = i;
            }
            used += row.height() + gap;
        }
        ranges.push(start..rows.len());
        ranges
    }

    fn height(&self, sheet: &Sheet, w: f64, size: f64, columns: usize) -> f64 {
        let rows = self.rows(sheet, size, column_width(w, columns, GUTTER));
        let tall = |r: &std::ops::Range<usize>| rows[r.clone()].iter().map(|r| r.height() + LEAST).sum::<f64>() - LEAST;
        self.title_height(sheet, w) + Self::deal(&rows, columns, LEAST).iter().map(tall).fold(0.0, f64::max)
    }

    /// One column while it fits; two on a wide frame before the type gets smaller. Gives the height.
    pub(crate) fn draw(&self, pen: &mut Pen, index: usize, f: Frame, size: Option<f64>) -> f64 {
        let sheet = pen.sheet;
        if self.rows.is_empty() {
            return 0.0;
        }
        // Only a frame with an end says how much room there is.
        let larger = if f.h > 1500.0 { 1.0 } else { (LARGER / sheet.swollen()).max(1.0) };
        let wanted = size.unwrap_or(sheet.voice(Role::Body, ColourRole::Ink).size * larger);
        let fits = |s: f64, columns: usize| self.height(sheet, f.w, s, columns) <= f.h + 0.05;
        let columns = if fits(wanted, 1) || f.w < 420.0 { 1 } else { 2 };
        let floor = if size.is_some() { wanted } else { sheet.floor(Role::Body) };
        let size = fit::step_down(wanted, floor, |s| fits(s, columns));
        let top = self.title_height(sheet, f.w);
        if top > 0.0 {
            pen.words(self.title, &sheet.voice(Role::Heading, ColourRole::Main), f.x, f.y, f.w);
        }
        let w = column_width(f.w, columns, GUTTER);
        let rows = self.rows(sheet, size, w);
        let left = self.when_width(sheet, size, w);
        let mut used = 0.0_f64;
        for (column, range) in Self::deal(&rows, columns, LEAST).into_iter().enumerate() {
            let cell = Frame::new(f.x + column as f64 * (w + GUTTER), f.y + top, w, f.h - top);
            used = used.max(self.column(pen, index, &rows[range], cell, left));
        }
        top + used
    }

    /// Space to spare parts the rows, so that the column fills its frame.
    fn column(&self, pen: &mut Pen, index: usize, rows: &[Row], f: Frame, left: f64) -> f64 {
        let bare: f64 = rows.iter().map(Row::height).sum();
        let gaps = rows.len().saturating_sub(1) as f64;
        let gap = if gaps > 0.0 { ((f.h - bare) / gaps).clamp(LEAST, MOST) } else { LEAST };
        let (line, main, paper) = (pen.colour(ColourRole::Rule), pen.colour(ColourRole::Main), pen.colour(ColourRole::Paper));
        let x = f.x + left + AIR;
        let mut y = f.y;
        let mut dots = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            if i > 0 && y + row.height() > f.bottom() + 0.05 {
                let characters = rows[i..].iter().map(|r| r.text.text.chars().count() + r.when.text.chars().count()).sum();
                if !pen.is_silent() {
                    body::overflow(pen.sheet, index, f, rows.len() - i, characters);
                }
                break;
            }
            let middle = y + row.when.voice.rise() - row.when.voice.em() * 0.36;
            dots.push((middle, row.strong));
            pen.put(&row.when, f.x, y);
            pen.put(&row.text, x + AIR, y);
            y += row.height() + gap;
        }
        if let (Some((first, _)), Some((last, _))) = (dots.first(), dots.last()) {
            pen.fill(Frame::new(x - 0.4, *first, 0.8, last - first), line);
        }
        let p = |v| pen.sheet.pt(v);
        for (middle, strong) in dots {
            let (radius, fill) = if strong { (DOT * 1.35, main) } else { (DOT, paper) };
            let stroke = pen.stroke(main, 1.0);
            pen.shape(circle(p(x), p(middle), p(radius)), Some(Paint::Flat(fill)), Some(stroke));
        }
        (y - gap - f.y).max(0.0)
    }
}
