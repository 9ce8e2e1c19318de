//! One chosen line to placed glyphs: space is taken away or added in JLREQ's order, then the line is aligned; readings,
//! dots of emphasis and links are put where their words came to stand.
use super::breaks::{Extent, Gap, Sums, ORDERS, THIRD};
use super::collect::Turn;
use super::markup::Marked;
use super::ruby::{self, Dot, Over};
use super::shape::{Cell, Mark};
use super::{Align, Flow, Line, LinkSpan, Style};
use crate::font::FontId;
use crate::page::{Glyph, Glyphs, Ink};

/// How far left of a vertical line's middle the baseline of turned Latin lies, em: the middle of the em box.
const SIDEWAYS_BASELINE: f64 = 0.38;

/// Top of the em box above the baseline, em; half the em box right of a vertical line's middle.
const TOP: f64 = 0.88;

/// From the em box to the middle of a dot of emphasis, em.
const DOT_RISE: f64 = 0.15;

/// What a line is set from; all lengths in em.
pub(super) struct Setting<'a> {
    pub marked: &'a Marked<'a>,
    pub flow: Flow,
    pub cells: &'a [Cell],
    pub gaps: &'a [Gap],
    pub sums: &'a Sums,
    pub marks: &'a [Mark],
    pub overs: &'a [Over],
    pub dot: Option<Dot>,
    pub style: &'a Style,
    pub measure: f64,
}

/// Which run a glyph goes into.
#[derive(Clone, Copy, PartialEq)]
struct Kind {
    font: FontId,
    size: f64,
    turned: bool,
    squeeze: f64,
    ink: Ink,
}

impl Setting<'_> {
    /// Cells `a..b`, of which `a..shown` are seen; `bytes` is the line's range of the source.
    pub(super) fn line(&self, a: usize, shown: usize, b: usize, indent: f64, last: bool, bytes: std::ops::Range<usize>) -> Line {
        let extent = self.sums.extent(a, b);
        let room = self.measure - indent;
        let (natural, hung) = extent.settle(room);
        let mut gaps: Vec<f64> = (a..shown.max(a + 1) - 1).map(|i| self.gaps[i].natural).collect();
        let slack = room - natural;
        if slack < 0.0 {
            self.shrink(a, &mut gaps, -slack);
        } else if self.style.align == Align::Justify && !last {
            self.stretch(a, &mut gaps, slack, &extent);
        }
        let before: f64 = (a..shown.max(a + 1) - 1).map(|i| self.gaps[i].natural).sum();
        let width = if shown > a { natural + gaps.iter().sum::<f64>() - before } else { 0.0 };
        let start = indent
            + match self.style.align {
                Align::Start | Align::Justify => 0.0,
                Align::Centre => (room - width) / 2.0,
                Align::End => room - width,
            };
        let places = self.places(a, b, start + if shown > a { self.sums.head(a) } else { 0.0 }, &gaps);
        let size = self.style.size;
        Line { runs: self.runs(a, b, &places), over: self.over(a, shown, &places), links: self.links(a, shown, &places), width: size * (indent + width), hang: size * hung, text: bytes }
    }

    fn shrink(&self, a: usize, gaps: &mut [f64], mut excess: f64) {
        for order in 0..ORDERS {
            let fits = |k: usize| self.gaps[a + k].order == order;
            let room: f64 = (0..gaps.len()).filter(|&k| fits(k)).map(|k| self.gaps[a + k].shrink).sum();
            if room <= 0.0 {
                continue;
            }
            let part = (excess / room).min(1.0);
            (0..gaps.len()).filter(|&k| fits(k)).for_each(|k| gaps[k] -= self.gaps[a + k].shrink * part);
            excess -= room * part;
            if excess <= 1e-9 {
                return;
            }
        }
    }

    /// JLREQ 3.8.4: word spaces, Latin gaps, between characters up to a quarter em, then everywhere alike.
    fn stretch(&self, a: usize, gaps: &mut [f64], slack: f64, extent: &Extent) {
        let mut rest = slack;
        let mut take = |most: f64| {
            let taken = rest.min(most);
            rest -= taken;
            if most > 0.0 { taken / most } else { 0.0 }
        };
        let word = take(extent.word);
        let latin = take(extent.latin);
        let spread = take(THIRD * extent.spread) * THIRD;
        let level = if extent.level > 0.0 { rest / extent.level } else { 0.0 };
        for (k, gap) in gaps.iter_mut().enumerate() {
            let own = &self.gaps[a + k];
            *gap += own.word * word + own.latin * latin + own.spread * spread + own.level * level;
        }
    }

    /// Where each cell's body begins and ends along the line. Hanging spaces stand at the line's end without width.
    fn places(&self, a: usize, b: usize, start: f64, gaps: &[f64]) -> Vec<(f64, f64)> {
        let mut x = start;
        (a..b)
            .map(|i| {
                let cell = &self.cells[i];
                let from = x;
                let seen = i - a < gaps.len() || i - a == gaps.len() && !cell.class.is_space();
                if seen {
                    x += cell.body;
                }
                let to = x;
                x += gaps.get(i - a).copied().unwrap_or(0.0);
                (from, to)
            })
            .collect()
    }

    fn ink(&self, cell: &Cell) -> Ink {
        if cell.dress.accent { self.style.accent } else { self.style.ink }
    }

    /// Glyphs of the cells, one run for each change of face, size or ink.
    fn runs(&self, a: usize, b: usize, places: &[(f64, f64)]) -> Vec<Glyphs> {
        let mut runs: Vec<Glyphs> = Vec::new();
        for (cell, place) in self.cells[a..b].iter().zip(places) {
            let kind = Kind { font: cell.font, size: cell.scale, turned: cell.turn == Turn::Sideways, squeeze: cell.squeeze, ink: self.ink(cell) };
            let words = &self.marked.text[cell.text.clone()];
            let along = place.0 - cell.lead;
            let glyphs = self.marks[cell.glyphs.clone()].iter().map(|mark| (mark.id, spot(cell.turn, along, mark, cell.scale)));
            self.add(&mut runs, kind, words, glyphs);
        }
        runs
    }

    fn add(&self, runs: &mut Vec<Glyphs>, kind: Kind, words: &str, glyphs: impl Iterator<Item = (u16, (f64, f64))>) {
        let size = self.style.size * kind.size;
        if runs.last().is_none_or(|r| r.font != kind.font || r.size != size || r.quarter_turn != kind.turned || r.squeeze != kind.squeeze || r.ink != kind.ink) {
            runs.push(Glyphs { font: kind.font, size, ink: kind.ink, text: String::new(), glyphs: Vec::new(), quarter_turn: kind.turned, squeeze: kind.squeeze });
        }
        let Some(run) = runs.last_mut() else { return };
        let from = run.text.len() as u32;
        run.text.push_str(words);
        let to = run.text.len() as u32;
        for (k, (id, (x, y))) in glyphs.enumerate() {
            let text = if k == 0 { from..to } else { to..to };
            run.glyphs.push(Glyph { id, x: self.style.size * x, y: self.style.size * y, text });
        }
    }

    /// Readings and dots: above a horizontal line, right of a vertical one.
    fn over(&self, a: usize, b: usize, places: &[(f64, f64)]) -> Vec<Glyphs> {
        let mut runs = Vec::new();
        let mut last = None;
        for i in a..b {
            let cell = &self.cells[i];
            if let Some(over) = cell.ruby.filter(|r| last != Some(*r)).and_then(|r| self.overs.get(r)) {
                last = cell.ruby;
                let ink = self.ink(cell);
                for (along, letter) in over.place(a, b, &|k| places[k - a]) {
                    let kind = Kind { font: letter.font, size: letter.size, turned: letter.turn == Turn::Sideways, squeeze: letter.squeeze, ink };
                    let lift = self.lift(over.scale);
                    let glyphs = letter.marks.iter().map(|mark| {
                        let (x, y) = spot(letter.turn, along, mark, letter.size);
                        (mark.id, (x + lift.0, y + lift.1))
                    });
                    self.add(&mut runs, kind, &letter.text, glyphs);
                }
            }
            if let Some(dot) = self.dot.filter(|_| ruby::takes_dot(cell)) {
                let kind = Kind { font: dot.font, size: cell.scale / 2.0, turned: false, squeeze: 1.0, ink: self.ink(cell) };
                let middle = (places[i - a].0 + places[i - a].1) / 2.0;
                let (mx, my) = (dot.middle.0 * kind.size, dot.middle.1 * kind.size);
                let at = match self.flow {
                    Flow::Horizontal => (middle - mx, my - (TOP + DOT_RISE) * cell.scale),
                    Flow::Vertical => ((0.5 + DOT_RISE) * cell.scale - mx, middle + my),
                };
                self.add(&mut runs, kind, "", std::iter::once((dot.id, at)));
            }
        }
        runs
    }

    /// From a base's baseline (or middle) to that of its reading: the em boxes touch.
    fn lift(&self, scale: f64) -> (f64, f64) {
        match self.flow {
            Flow::Horizontal => (0.0, -(TOP + (1.0 - TOP) / 2.0) * scale),
            Flow::Vertical => (0.75 * scale, 0.0),
        }
    }

    fn links(&self, a: usize, b: usize, places: &[(f64, f64)]) -> Vec<LinkSpan> {
        let size = self.style.size;
        let span = |(range, url): &(std::ops::Range<usize>, String)| {
            let first = (a..b).find(|&i| self.cells[i].text.end > range.start && self.cells[i].text.start < range.end)?;
            let last = (a..b).rfind(|&i| self.cells[i].text.start < range.end && self.cells[i].text.end > range.start)?;
            Some(LinkSpan { from: size * places[first - a].0, to: size * places[last - a].1, url: url.clone() })
        };
        self.marked.links.iter().filter_map(span).collect()
    }
}

/// Origin of a glyph whose cell begins at `along`: x and y of the line, em of the paragraph.
fn spot(turn: Turn, along: f64, mark: &Mark, scale: f64) -> (f64, f64) {
    match turn {
        Turn::Level => (along + mark.x, -mark.y),
        Turn::Upright | Turn::Combined => (mark.x, along - mark.y),
        Turn::Sideways => (mark.y - SIDEWAYS_BASELINE * scale, along + mark.x),
    }
}
