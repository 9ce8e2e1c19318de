//! Text to lines: collect → shape → break → justify. Knows type and JLREQ; nothing of blocks, pages or paper.
//!
//! `set` is the whole of it: a paragraph in, lines of placed glyphs out. It never fails and never loses a character.
use crate::font::FontId;
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
