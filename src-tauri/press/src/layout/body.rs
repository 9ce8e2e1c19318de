//! Body text: sections to rows, rows to balanced columns. A heading never stands alone at a column's end.
use crate::block::Section;
use crate::inline::markup;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::notice::{Fix, Level, NoticeCode};
use crate::theme::{ColourRole, Role};
use std::ops::Range;

/// A section of this many lines or fewer is not divided.
const WHOLE: usize = 7;

/// Body text set to a column's width, before it is divided into columns. Vertical text is the same turned on its side: its
/// rows are lines from right to left, its columns tiers (段) from top to bottom.
pub(crate) struct Flow {
    blocks: Vec<TextBlock>,
    rows: Vec<Row>,
    down: bool,
}

#[derive(Clone, Copy)]
struct Row {
    block: usize,
    line: usize,
    height: f64,
    /// Space above, dropped at the top of a column.
    before: f64,
    /// 0: a column may start here; 1: only when nothing else helps; 2: never.
    hold: u8,
    /// The first row of a section.
    section: bool,
}

/// Rows of each column, and how many rows found no room.
pub(crate) struct Columns {
    pub ranges: Vec<Range<usize>>,
    pub height: f64,
    pub left_over: Range<usize>,
}

pub(crate) fn voices(sheet: &Sheet, size: Option<f64>) -> (Voice, Voice) {
    let body = sheet.voice(Role::Body, ColourRole::Ink);
    let heading = sheet.voice(Role::Heading, ColourRole::Main);
    let Some(size) = size else { return (heading, body) };
    let line = size * body.leading;
    let larger = size + (heading.size - body.size).max(1.0) * size / body.size;
    // At the body's floor its heading stays at its own; a size that the content gives is left as it is.
    let larger = if size >= sheet.floor(Role::Body) - 0.01 { larger.max(sheet.floor(Role::Heading)) } else { larger };
    (heading.sized(larger).led(line / larger), body.sized(size))
}

/// Sets the sections; `size` in pt replaces the theme's body size.
pub(crate) fn flow(sheet: &Sheet, sections: &[Section], width: f64, size: Option<f64>) -> Flow {
    let voices = voices(sheet, size);
    flow_in(sections, voices, false, &|text, voice| sheet.set(text, voice, width))
}

/// The same with its lines this much further apart: a short text fills its columns with air between the lines.
pub(crate) fn flow_led(sheet: &Sheet, sections: &[Section], width: f64, size: f64, leading: f64) -> Flow {
    let voices = led(voices(sheet, Some(size)), leading);
    flow_in(sections, voices, false, &|text, voice| sheet.set(text, voice, width))
}

/// The leading up to 8 % more, as far as nothing sticks out.
pub(crate) fn stretch(fits: impl Fn(f64) -> bool) -> f64 {
    (1..=8).map(|i| 1.0 + 0.01 * f64::from(i)).take_while(|l| fits(*l)).last().unwrap_or(1.0)
}

fn led((heading, body): (Voice, Voice), leading: f64) -> (Voice, Voice) {
    let (h, b) = (heading.leading * leading, body.leading * leading);
    (heading.led(h), body.led(b))
}

/// Sets the sections in vertical lines of this length.
pub(crate) fn flow_down(sheet: &Sheet, sections: &[Section], length: f64, size: f64, leading: f64) -> Flow {
    let voices = led(voices(sheet, Some(size)), leading);
    flow_in(sections, voices, true, &|text, voice| sheet.set_down(&sheet.written_down(text), voice, length))
}

fn flow_in(sections: &[Section], (heading, body): (Voice, Voice), down: bool, set: &dyn Fn(&str, &Voice) -> TextBlock) -> Flow {
    let (mut blocks, mut rows): (Vec<TextBlock>, Vec<Row>) = Default::default();
    for section in sections {
        let first = rows.len();
        if !section.heading.trim().is_empty() {
            let block = set(&section.heading, &heading);
            push(&mut blocks, &mut rows, block, |_| 2);
        }
        let block = set(&section.text, &body);
        let count = block.set.lines.len();
        let has_heading = rows.len() > first;
        push(&mut blocks, &mut rows, block, |line| match line {
            0 if has_heading => 2,
            _ if line < 2 || count - line < 2 => 2,
            _ if count <= WHOLE => 1,
            _ => 0,
        });
        if let Some(row) = rows.get_mut(first) {
            row.hold = 0;
            row.section = true;
            row.before = if first > 0 { body.line() / 2.0 } else { 0.0 };
        }
    }
    Flow { blocks, rows, down }
}

fn push(blocks: &mut Vec<TextBlock>, rows: &mut Vec<Row>, block: TextBlock, hold: impl Fn(usize) -> u8) {
    let height = block.voice.line();
    let index = blocks.len();
    rows.extend((0..block.set.lines.len()).map(|line| Row { block: index, line, height, before: 0.0, hold: hold(line), section: false }));
    blocks.push(block);
}

impl Flow {
    /// Divides the rows into at most `count` columns of equal height, no higher than `limit`.
    pub(crate) fn divide(&self, count: usize, limit: f64) -> Columns {
        let count = count.max(1);
        for hold in [0, 1] {
            if let Some(columns) = self.balance(count, limit, hold) {
                return columns;
            }
        }
        let (ranges, end) = self.fill(count, limit, 1);
        Columns { height: limit, left_over: end..self.rows.len(), ranges }
    }

    /// The lowest equal height at which everything fits.
    fn balance(&self, count: usize, limit: f64, hold: u8) -> Option<Columns> {
        const HAIR: f64 = 0.05;
        let fits = |h: f64| {
            let (ranges, end) = self.fill(count, h, hold);
            // Where nothing allowed a break, a heading would be left alone or a paragraph's line.
            end == self.rows.len() && ranges.iter().skip(1).all(|r| self.rows[r.start].hold <= hold)
        };
        if !fits(limit + HAIR) {
            return None;
        }
        let (mut low, mut high) = (0.0, limit + HAIR);
        while high - low > 0.2 {
            let middle = (low + high) / 2.0;
            if fits(middle) { high = middle } else { low = middle }
        }
        let (ranges, _) = self.fill(count, high, hold);
        let height = ranges.iter().map(|r| self.height(r)).fold(0.0, f64::max);
        Some(Columns { ranges, height, left_over: self.rows.len()..self.rows.len() })
    }

    /// Fills columns one after the other; gives them and the first row that found no room.
    fn fill(&self, count: usize, limit: f64, hold: u8) -> (Vec<Range<usize>>, usize) {
        let mut ranges = Vec::new();
        let mut start = 0;
        while start < self.rows.len() && ranges.len() < count {
            let mut used = 0.0;
            let mut end = start;
            while end < self.rows.len() {
                let row = self.rows[end];
                used += row.height + if end > start { row.before } else { 0.0 };
                if used > limit + 1e-6 {
                    break;
                }
                end += 1;
            }
            let last = ranges.len() + 1 == count;
            if end < self.rows.len() && !last {
                // Step back to a row that a column may start with.
                let allowed = (start + 1..=end).rev().find(|i| self.rows[*i].hold <= hold);
                end = allowed.unwrap_or(end);
            }
            if end == start {
                break;
            }
            ranges.push(start..end);
            start = end;
        }
        (ranges, start)
    }

    /// Height of these rows in a column of their own.
    pub(crate) fn height(&self, range: &Range<usize>) -> f64 {
        let rows = &self.rows[range.clone()];
        rows.iter().enumerate().map(|(i, r)| r.height + if i > 0 { r.before } else { 0.0 }).sum()
    }

    /// How far the text sticks out of columns of this height when every section stays whole, in mm.
    pub(crate) fn excess(&self, count: usize, limit: f64) -> f64 {
        let fits = |h: f64| self.fill(count.max(1), h, 0).1 == self.rows.len();
        if fits(limit + 0.05) {
            return 0.0;
        }
        let (mut low, mut high) = (limit, self.height(&(0..self.rows.len())) + 1.0);
        while high - low > 0.2 {
            let middle = (low + high) / 2.0;
            if fits(middle) { high = middle } else { low = middle }
        }
        high - limit
    }

    pub(crate) fn draw(&self, pen: &mut Pen, columns: &Columns, frame: Frame, gap: f64, count: usize) {
        if self.down {
            return self.draw_down(pen, columns, frame, gap, count);
        }
        let width = column_width(frame.w, count, gap);
        for (column, range) in columns.ranges.iter().enumerate() {
            let x = frame.x + column as f64 * (width + gap);
            let mut y = frame.y;
            let mut at = range.start;
            while at < range.end {
                let row = self.rows[at];
                y += if at > range.start { row.before } else { 0.0 };
                // A run of lines of one block is put in one go.
                let run = (at..range.end).take_while(|i| self.rows[*i].block == row.block).count();
                pen.put_lines(&self.blocks[row.block], row.line..row.line + run, x, y);
                y += self.rows[at..at + run].iter().map(|r| r.height).sum::<f64>();
                at += run;
            }
        }
    }

    fn draw_down(&self, pen: &mut Pen, columns: &Columns, frame: Frame, gap: f64, count: usize) {
        let length = column_width(frame.h, count, gap);
        for (tier, range) in columns.ranges.iter().enumerate() {
            let y = frame.y + tier as f64 * (length + gap);
            let mut x = frame.right();
            for at in range.clone() {
                let row = self.rows[at];
                x -= if at > range.start { row.before } else { 0.0 };
                pen.put_down(&self.blocks[row.block], row.line..row.line + 1, x, y);
                x -= row.height;
            }
        }
    }

    /// The section at which the text is best divided in two; none when there is but one.
    fn half(&self) -> Option<usize> {
        let starts: Vec<usize> = (0..self.rows.len()).filter(|i| self.rows[*i].section).collect();
        let middle = self.rows.len() as f64 / 2.0;
        (1..starts.len()).min_by(|a, b| (starts[*a] as f64 - middle).abs().total_cmp(&(starts[*b] as f64 - middle).abs()))
    }

    /// Reports the rows that found no room.
    pub(crate) fn report(&self, sheet: &Sheet, block: usize, frame: Frame, left_over: &Range<usize>) {
        if left_over.is_empty() {
            return;
        }
        let rows = &self.rows[left_over.clone()];
        let characters: usize = rows.iter().map(|r| line_characters(&self.blocks[r.block], r.line)).sum();
        overflow_of(sheet, block, frame, rows.len(), characters, self.half());
    }
}

pub(crate) fn column_width(width: f64, count: usize, gap: f64) -> f64 {
    (width - gap * (count as f64 - 1.0)) / count as f64
}

fn line_characters(block: &TextBlock, line: usize) -> usize {
    block.set.lines.get(line).and_then(|l| block.text.get(l.text.clone())).map_or(0, |t| markup::plain(t).chars().count())
}

pub(crate) fn overflow(sheet: &Sheet, block: usize, frame: Frame, lines: usize, characters: usize) {
    overflow_of(sheet, block, frame, lines, characters, None);
}

fn overflow_of(sheet: &Sheet, block: usize, frame: Frame, lines: usize, characters: usize, section: Option<usize>) {
    let mut fixes = Vec::new();
    if characters > 0 {
        fixes.push(Fix::Shorten { characters });
    }
    if sheet.may_step_down() {
        fixes.push(Fix::SmallerStep);
    }
    fixes.extend(section.map(|section| Fix::SecondPanel { section }));
    let message = format!("枠に収まりません。{lines}行（{characters}字）があふれています。");
    sheet.notice_with(Level::Error, NoticeCode::Overflow, Some(block), Some(frame), (message, "文を短くするか、枠を広げてください。"), fixes);
}

/// Puts as many lines as the frame holds and reports the rest. Gives the height used.
pub(crate) fn put_within(pen: &mut Pen, index: usize, text: &TextBlock, frame: Frame, flush: bool) -> f64 {
    let lines = text.set.lines.len();
    let room = ((frame.h + 0.05) / text.voice.line()).floor().max(0.0) as usize;
    // A single line is drawn whatever the frame: an empty place would say nothing.
    let shown = lines.min(room.max(1));
    let x = frame.x - if flush { pen.sheet.left_bearing(text) } else { 0.0 };
    pen.put_lines(text, 0..shown, x, frame.y);
    if shown < lines && !pen.is_silent() {
        let characters = (shown..lines).map(|l| line_characters(text, l)).sum();
        overflow(pen.sheet, index, frame, lines - shown, characters);
    }
    shown as f64 * text.voice.line()
}
