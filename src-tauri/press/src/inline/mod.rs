//! Text to lines: collect → shape → break → justify. Knows type and JLREQ; nothing of blocks, pages or paper.
//!
//! `set` is the whole of it: a paragraph in, lines of placed glyphs out. It never fails and never loses a character.
mod breaks;
mod check;
pub mod class;
mod collect;
pub mod cut;
pub mod inspect;
mod justify;
mod keep;
mod kept;
pub mod markup;
mod phrase;
mod ruby;
mod shape;

pub use check::{check, Violation};
pub(crate) use kept::Kept;
pub use kept::{set_kept, set_vertical_kept, width_kept};

use crate::font::{FontId, Fonts};
use crate::length::Pt;
use crate::page::{Glyphs, Ink};
use markup::Marked;
use std::ops::Range;

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
    /// Ink of [[words]].
    pub accent: Ink,
    /// Whether marks in the text are read (`markup`); an address or a file name has none.
    pub marks: bool,
    /// A 。 or 、 that does not fit may hang outside the measure (ぶら下げ).
    pub hanging: bool,
    pub line_start: LineStart,
    /// In vertical lines: so many digits share a square (縦中横), 2 to 4.
    pub combine: u8,
}

impl Default for Style {
    fn default() -> Self {
        Style {
            face: FontId::Gothic,
            latin: FontId::PGothic,
            size: Pt(10.0),
            ink: Ink::BLACK,
            leading: Pt(17.0),
            tracking: 0.0,
            align: Align::Justify,
            indent: 0.0,
            latin_gap: 0.25,
            heading: false,
            tight_commas: false,
            accent: Ink::BLACK,
            marks: true,
            hanging: false,
            line_start: LineStart::Flush,
            combine: 3,
        }
    }
}

/// How an opening bracket stands at a line's start (JLREQ 3.1.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineStart {
    /// 天付き: its ink begins the line; after an indent it stands one em in.
    #[default]
    Flush,
    /// 折り返し二分・改行一字半: it keeps its blank half, so that a paragraph's first line begins one and a half em in.
    Half,
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
    /// Readings (ruby) and dots of emphasis, in the same coordinates: within half an em above the line's em box, or right
    /// of a vertical line's.
    pub over: Vec<Glyphs>,
    pub links: Vec<LinkSpan>,
    /// Width of the ink advance, without trailing space and without what hangs; at most the measure.
    pub width: Pt,
    /// How much of a 。 or 、 hangs outside.
    pub hang: Pt,
    /// Byte range in the paragraph's text, marks included; the lines of a text cover it from end to end.
    pub text: std::ops::Range<usize>,
}

/// Words on a line that lead somewhere, from and to along the line.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkSpan {
    pub from: Pt,
    pub to: Pt,
    pub url: String,
}

#[derive(Clone, Debug, Default)]
pub struct SetText {
    pub lines: Vec<Line>,
    /// Characters that no face has, with their byte offset; drawn as a visible box.
    pub missing: Vec<(usize, char)>,
    /// A single piece was wider than the measure and had to be broken by force.
    pub forced: bool,
    /// Whether marks were read in the text.
    pub marks: bool,
}

impl SetText {
    /// Something stands over a line: the leading must leave half an em.
    pub fn has_ruby(&self) -> bool {
        self.lines.iter().any(|line| !line.over.is_empty())
    }
}

/// Which way a line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Horizontal,
    Vertical,
}

/// Sets a paragraph in lines no wider than `measure`. A line feed in the text ends a line; the indent is the first line's.
pub fn set(text: &str, style: &Style, measure: Pt, fonts: &Fonts) -> SetText {
    set_along(Flow::Horizontal, text, style, measure, fonts)
}

/// Sets a paragraph in vertical lines no longer than `measure`. Glyph positions are relative to the line's own origin:
/// x 0 on its middle, y downwards from its top. `Line::width` is its length.
pub fn set_vertical(text: &str, style: &Style, measure: Pt, fonts: &Fonts) -> SetText {
    set_along(Flow::Vertical, text, style, measure, fonts)
}

fn set_along(flow: Flow, text: &str, style: &Style, measure: Pt, fonts: &Fonts) -> SetText {
    let marked = read(text, style);
    let mut out = SetText { marks: style.marks, ..SetText::default() };
    let em = style.size.0.max(1e-6);
    let measure = measure.0.max(0.0) / em;
    let dotted = marked.dressed.iter().any(|(_, dress)| dress.dotted);
    let job = Job { flow, marked: &marked, style, measure, fonts, dot: if dotted { ruby::dot(flow, style, fonts) } else { None } };
    let mut at = 0;
    for stretch in marked.text.split_inclusive(is_line_end) {
        let bare = stretch.trim_end_matches(|c| is_line_end(c) || c == '\r');
        // A measure too narrow for the indent and two characters goes without.
        let indent = if at == 0 && style.indent + 2.0 <= measure { style.indent } else { 0.0 };
        job.set_stretch(at..at + bare.len(), at + stretch.len(), indent, &mut out);
        at += stretch.len();
    }
    for missing in &mut out.missing {
        missing.0 = marked.to_source(missing.0);
    }
    out
}

/// Ends a line: a line feed, or what other programs write for one (vertical tab, form feed, line and paragraph separators).
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn read<'t>(text: &'t str, style: &Style) -> Marked<'t> {
    if style.marks { markup::parse(text) } else { Marked::unmarked(text) }
}

/// Width of the text on one line, without indent.
pub fn natural_width(text: &str, style: &Style, fonts: &Fonts) -> Pt {
    let widths = text.split(is_line_end).map(|line| {
        let line = line.trim_end_matches('\r');
        let marked = read(line, style);
        let job = Job { flow: Flow::Horizontal, marked: &marked, style, measure: f64::INFINITY, fonts, dot: None };
        let made = job.make(0..marked.text.len(), &mut Vec::new());
        made.sums.extent(0, made.shaped.cells.len()).natural
    });
    style.size * widths.fold(0.0, f64::max)
}

/// Height from the top of the first line's em box to the bottom of the last one's.
pub fn lines_height(lines: usize, style: &Style) -> Pt {
    if lines == 0 { Pt::ZERO } else { style.leading * (lines as f64 - 1.0) + style.size }
}

/// One text on its way to lines; lengths in em.
struct Job<'j> {
    flow: Flow,
    marked: &'j Marked<'j>,
    style: &'j Style,
    measure: f64,
    fonts: &'j Fonts,
    dot: Option<ruby::Dot>,
}

/// A stretch ready to be broken.
struct Made {
    shaped: shape::Shaped,
    overs: Vec<ruby::Over>,
    gaps: Vec<breaks::Gap>,
    sums: breaks::Sums,
}

impl Job<'_> {
    fn make(&self, bytes: Range<usize>, missing: &mut Vec<(usize, char)>) -> Made {
        let Job { flow, marked, style, fonts, .. } = *self;
        let bare = &marked.text[bytes.clone()];
        let dressed = &marked.dressed[marked.dressed.partition_point(|(range, _)| range.end <= bytes.start)..];
        let pieces = collect::collect(bare, bytes.start, dressed, flow, style, fonts, missing);
        let mut shaped = shape::shape(bare, bytes.start, &pieces, fonts);
        let overs = ruby::lay(&marked.rubies, &mut shaped.cells, &mut shaped.marks, flow, style, fonts, missing);
        let gaps = breaks::gaps(bare, bytes.start, &shaped.cells, &overs, style);
        let sums = breaks::Sums::new(&shaped.cells, &gaps, style);
        Made { shaped, overs, gaps, sums }
    }

    fn set_stretch(&self, bytes: Range<usize>, end: usize, indent: f64, out: &mut SetText) {
        let made = self.make(bytes.clone(), &mut out.missing);
        let cells = &made.shaped.cells;
        let source = |a: usize, b: usize| self.marked.to_source(a)..self.marked.to_source(b);
        if cells.is_empty() {
            let text = source(bytes.start, end);
            out.lines.push(Line { runs: Vec::new(), over: Vec::new(), links: Vec::new(), width: Pt::ZERO, hang: Pt::ZERO, text });
            return;
        }
        let (ends, forced) = breaks::choose(cells, &made.gaps, &made.sums, self.style, self.measure, indent);
        out.forced |= forced;
        let setting = justify::Setting {
            marked: self.marked,
            flow: self.flow,
            cells,
            gaps: &made.gaps,
            sums: &made.sums,
            marks: &made.shaped.marks,
            overs: &made.overs,
            dot: self.dot,
            style: self.style,
            measure: self.measure,
        };
        let mut a = 0;
        for b in ends {
            let last = b == cells.len();
            let range = source(cells[a].text.start, if last { end } else { cells[b - 1].text.end });
            let first = if a == 0 { indent } else { 0.0 };
            out.lines.push(setting.line(a, made.sums.visible(a, b), b, first, last, range));
            a = b;
        }
    }
}
