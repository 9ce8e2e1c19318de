//! Text to lines: collect → shape → break → justify. Knows type and JLREQ; nothing of blocks, pages or paper.
//!
//! `set` is the whole of it: a paragraph in, lines of placed glyphs out. It never fails and never loses a character.
mod breaks;
mod check;
pub mod class;
mod collect;
mod justify;
mod keep;
mod phrase;
mod shape;

pub use check::{check, Violation};

use crate::font::{FontId, Fonts};
use crate::length::Pt;
use crate::page::{Glyphs, Ink};

/// How one paragraph is set.
#[derive(Clone, Debug)]
pub struct Style {
    pub face: FontId,
    /// Face for Latin and digits; `face` if equal.
    pub latin: FontId,
    pub size: Pt,
    pub ink: Ink,
    /// Baseline to baseline.
    pub leading: Pt,
    /// Extra space between characters, in em.
    pub tracking: f64,
    pub align: Align,
    /// First-line indent in em (body: 1).
    pub indent: f64,
    /// Space between Japanese and Latin, em (body 0.25, shrinking to 0.125); 0 in headings, dates, tables, footers.
    pub latin_gap: f64,
    /// Break only between phrases, balance the lines, never strand a character.
    pub heading: bool,
    /// Space after 、 inside a heading of 54 pt and more is drawn in by 0.36 em.
    pub tight_commas: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Start,
    Centre,
    End,
    /// Every line but the last is as wide as the measure.
    Justify,
}

/// One set line. Glyph positions are relative to the line's own origin: x from the measure's left edge, y 0 on the baseline.
#[derive(Clone, Debug)]
pub struct Line {
    pub runs: Vec<Glyphs>,
    /// Width of the ink advance, without trailing space; at most the measure.
    pub width: Pt,
    /// Byte range in the paragraph's text.
    pub text: std::ops::Range<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct SetText {
    pub lines: Vec<Line>,
    /// Characters that no face has, with their byte offset; drawn as a visible box.
    pub missing: Vec<(usize, char)>,
    /// A single piece was wider than the measure and had to be broken by force.
    pub forced: bool,
}

/// Which way a line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Horizontal,
    Vertical,
}

/// Sets a paragraph in lines no wider than `measure`. A `\n` in the text ends a line; the indent is the first line's.
pub fn set(text: &str, style: &Style, measure: Pt, fonts: &Fonts) -> SetText {
    set_along(Flow::Horizontal, text, style, measure, fonts)
}

/// Sets a paragraph in vertical lines no longer than `measure`. Glyph positions are relative to the line's own origin:
/// x 0 on its middle, y downwards from its top. `Line::width` is its length.
pub fn set_vertical(text: &str, style: &Style, measure: Pt, fonts: &Fonts) -> SetText {
    set_along(Flow::Vertical, text, style, measure, fonts)
}

fn set_along(flow: Flow, text: &str, style: &Style, measure: Pt, fonts: &Fonts) -> SetText {
    let mut out = SetText::default();
    let em = style.size.0.max(1e-6);
    let measure = measure.0.max(0.0) / em;
    let mut at = 0;
    for stretch in text.split_inclusive('\n') {
        let bare = stretch.trim_end_matches(['\n', '\r']);
        // A measure too narrow for the indent and two characters goes without.
        let indent = if at == 0 && style.indent + 2.0 <= measure { style.indent } else { 0.0 };
        set_stretch(flow, text, at..at + bare.len(), at + stretch.len(), style, measure, indent, fonts, &mut out);
        at += stretch.len();
    }
    out
}

/// Width of the text on one line, without indent.
pub fn natural_width(text: &str, style: &Style, fonts: &Fonts) -> Pt {
    let widths = text.lines().map(|line| {
        let pieces = collect::collect(line, 0, Flow::Horizontal, style, fonts, &mut Vec::new());
        let shaped = shape::shape(line, 0, &pieces, fonts);
        let gaps = breaks::gaps(line, 0, &shaped.cells, style);
        breaks::Sums::new(&shaped.cells, &gaps).extent(0, shaped.cells.len()).natural
    });
    style.size * widths.fold(0.0, f64::max)
}

/// Height from the top of the first line's em box to the bottom of the last one's.
pub fn lines_height(lines: usize, style: &Style) -> Pt {
    if lines == 0 { Pt::ZERO } else { style.leading * (lines as f64 - 1.0) + style.size }
}

#[allow(clippy::too_many_arguments)]
fn set_stretch(flow: Flow, text: &str, bytes: std::ops::Range<usize>, end: usize, style: &Style, measure: f64, indent: f64, fonts: &Fonts, out: &mut SetText) {
    let bare = &text[bytes.clone()];
    let pieces = collect::collect(bare, bytes.start, flow, style, fonts, &mut out.missing);
    let shaped = shape::shape(bare, bytes.start, &pieces, fonts);
    let cells = &shaped.cells;
    if cells.is_empty() {
        out.lines.push(Line { runs: Vec::new(), width: Pt::ZERO, text: bytes.start..end });
        return;
    }
    let gaps = breaks::gaps(bare, bytes.start, cells, style);
    let sums = breaks::Sums::new(cells, &gaps);
    let (ends, forced) = breaks::choose(cells, &gaps, &sums, style, measure, indent);
    out.forced |= forced;
    let setting = justify::Setting { text, cells, gaps: &gaps, marks: &shaped.marks, style, measure };
    let mut a = 0;
    for b in ends {
        let last = b == cells.len();
        let range = cells[a].text.start..if last { end } else { cells[b - 1].text.end };
        let first = if a == 0 { indent } else { 0.0 };
        out.lines.push(setting.line(a, sums.visible(a, b), b, sums.extent(a, b), first, last, range));
        a = b;
    }
}
