//! Readings over their base (JLREQ 3.3): how wide a base must be for its reading, how far a reading may hang over its
//! neighbours, where a compound may part; and the dots of emphasis.
use super::class::Class;
use super::collect::{self, Turn};
use super::markup::{Dress, Ruby};
use super::shape::{self, Cell, Mark};
use super::{Flow, Style};
use crate::font::{FontId, Fonts};
use std::ops::Range;

/// Type size of a reading as part of its base's (JLREQ 3.3.3).
const SIZE: f64 = 0.5;

/// A reading hangs over kana by at most half of its own em, over kanji not at all (JLREQ 3.3.8, note 3).
const OVERHANG: f64 = 0.25;

/// A short reading begins at most one of its ems inside its base (JLREQ 3.3.6, note).
const INSET: f64 = 0.5;

/// Readings of two words keep so far apart, half of a reading's em of 0.5: they never touch (JLREQ 3.3.8).
const APART: f64 = 0.125;

const HAIR: f64 = 1e-6;

/// A reading on its cells. One part: group or mono ruby, never parted. Several: a compound (jukugo, JLREQ 3.3.7).
pub(super) struct Over {
    pub cells: Range<usize>,
    pub parts: Vec<Part>,
    /// How far it hangs over the kana before and after.
    hangs: (f64, f64),
    /// Type size of the base as part of the paragraph's.
    pub scale: f64,
}

pub(super) struct Part {
    pub cells: Range<usize>,
    letters: Vec<Letter>,
    width: f64,
    /// A reading in Latin letters is not spread.
    latin: bool,
}

/// One character of a reading; lengths in em of the paragraph.
#[derive(Clone)]
pub(super) struct Letter {
    pub font: FontId,
    pub turn: Turn,
    pub marks: Vec<Mark>,
    pub text: String,
    /// Type size as part of the paragraph's.
    pub size: f64,
    pub squeeze: f64,
    width: f64,
}

/// A dot of emphasis: its glyph and the middle of its ink, em of the glyph.
#[derive(Clone, Copy)]
pub(super) struct Dot {
    pub font: FontId,
    pub id: u16,
    pub middle: (f64, f64),
}

/// Sesame dots in vertical lines, round ones in horizontal (JLREQ 3.3.9); the first that the face has.
pub(super) fn dot(flow: Flow, style: &Style, fonts: &Fonts) -> Option<Dot> {
    let wanted = if flow == Flow::Vertical { ['﹅', '、', '•'] } else { ['•', '・', '﹅'] };
    wanted.iter().find_map(|&c| {
        let face = fonts.face(style.face)?;
        let id = face.shaping.charmap().map_unicode(c)?;
        let parsed = ttf_parser::Face::parse(&face.bytes, 0).ok()?;
        let id = id.to_u32() as u16;
        let ink = parsed.glyph_bounding_box(ttf_parser::GlyphId(id))?;
        let middle = |a: i16, b: i16| (f64::from(a) + f64::from(b)) / 2.0 / face.units_per_em;
        Some(Dot { font: style.face, id, middle: (middle(ink.x_min, ink.x_max), middle(ink.y_min, ink.y_max)) })
    })
}

/// Whether a character takes a dot of emphasis: punctuation, spaces and what has a reading does not.
pub(super) fn takes_dot(cell: &Cell) -> bool {
    use Class::*;
    cell.dress.dotted && cell.ruby.is_none() && !cell.class.is_space() && !matches!(cell.class, Opening | Closing | FullStop | Comma | MiddleDot | Dividing | Hyphen | Inseparable)
}

/// Lays the readings on their cells and gives the cells the width that they need.
pub(super) fn lay(rubies: &[Ruby], cells: &mut [Cell], marks: &mut [Mark], flow: Flow, style: &Style, fonts: &Fonts, missing: &mut Vec<(usize, char)>) -> Vec<Over> {
    let mut overs: Vec<Over> = Vec::new();
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return overs };
    let stretch = first.text.start..last.text.end;
    for ruby in rubies.iter().filter(|r| r.base.start < stretch.end && r.base.end > stretch.start) {
        let under = |range: &Range<usize>| cells.partition_point(|c| c.text.end <= range.start)..cells.partition_point(|c| c.text.start < range.end);
        let whole = under(&ruby.base);
        if whole.is_empty() || overs.last().is_some_and(|o| o.cells.end > whole.start) {
            continue;
        }
        let scale = cells[whole.start].dress.scale();
        let bold = cells[whole.start].dress.bold;
        let mut parts: Vec<Part> = Vec::new();
        for (base, reading) in &ruby.parts {
            let mut lost = Vec::new();
            let letters = letters(reading, bold, scale * SIZE, flow, style, fonts, &mut lost);
            missing.extend(lost.into_iter().map(|(_, c)| (ruby.base.start, c)));
            let own = under(base);
            match parts.last_mut() {
                // Two parts on one cell (digits in one square): they are read together.
                Some(before) if before.cells.end > own.start => before.take(letters, own.end),
                _ => {
                    let mut part = Part { cells: own.clone(), letters: Vec::new(), width: 0.0, latin: false };
                    part.take(letters, own.end);
                    parts.push(part);
                }
            }
        }
        for cell in &mut cells[whole.clone()] {
            cell.ruby = Some(overs.len());
        }
        overs.push(Over { cells: whole, parts, hangs: (0.0, 0.0), scale });
    }
    for over in &mut overs {
        over.hangs = widen(over, cells, marks, style.tracking);
    }
    overs
}

fn letters(reading: &str, bold: bool, size: f64, flow: Flow, style: &Style, fonts: &Fonts, missing: &mut Vec<(usize, char)>) -> Vec<Letter> {
    let dress = [(0..reading.len(), Dress { bold, ..Dress::default() })];
    let pieces = collect::collect(reading, 0, &dress, flow, style, fonts, missing);
    let shaped = shape::shape(reading, 0, &pieces, fonts);
    let letter = |cell: &Cell| {
        let marks = shaped.marks[cell.glyphs.clone()].iter().map(|m| Mark { id: m.id, x: m.x * size, y: m.y * size }).collect();
        Letter { font: cell.font, turn: cell.turn, marks, text: reading[cell.text.clone()].to_owned(), size: size * cell.scale, squeeze: cell.squeeze, width: (cell.lead + cell.body + cell.trail) * size }
    };
    shaped.cells.iter().map(letter).collect()
}

/// Gives a base narrower than its reading more room: the reading hangs over kana beside it first, then the base is spread
/// 1 : 2 : … : 1 (JLREQ 3.3.5, 3.3.6).
fn widen(over: &Over, cells: &mut [Cell], marks: &mut [Mark], tracking: f64) -> (f64, f64) {
    let Range { start, end } = over.cells;
    let count = (end - start) as f64;
    let base: f64 = cells[start..end].iter().map(extent).sum::<f64>() + tracking * (count - 1.0);
    let excess = over.parts.iter().map(|p| p.width).sum::<f64>() - base;
    if excess <= HAIR {
        return (0.0, 0.0);
    }
    let kana = |c: &Cell| c.ruby.is_none() && matches!(c.class, Class::Hiragana | Class::Katakana | Class::LongVowel | Class::SmallKana);
    // Half-width kana have no room for two readings.
    let allowed = |beside: Option<&Cell>| match beside.filter(|c| kana(c)) {
        Some(cell) => (excess / 2.0).min(OVERHANG * over.scale).min(((cell.body - APART) / 2.0).max(0.0)),
        None => 0.0,
    };
    let before = allowed(start.checked_sub(1).map(|k| &cells[k]));
    let after = allowed(cells.get(end));
    let pad = (excess - before - after) / count;
    for cell in &mut cells[start..end] {
        for mark in &mut marks[cell.glyphs.clone()] {
            match cell.turn {
                Turn::Level | Turn::Sideways => mark.x += pad / 2.0,
                Turn::Upright | Turn::Combined => mark.y -= pad / 2.0,
            }
        }
        cell.body += pad;
    }
    cells[start].head += before;
    cells[end - 1].tail += after;
    (before, after)
}

fn extent(cell: &Cell) -> f64 {
    cell.lead + cell.body + cell.trail
}

/// Space that the bases of two neighbouring readings need so that the readings do not touch.
pub(super) fn apart(a: &Over, b: &Over, cells: &[Cell]) -> f64 {
    if a.cells.end != b.cells.start {
        return 0.0;
    }
    (APART * a.scale.max(b.scale) - a.margins(cells).1 - b.margins(cells).0).max(0.0)
}

impl Over {
    /// From the edges of the base to its first and last letter, where the base is set solid.
    fn margins(&self, cells: &[Cell]) -> (f64, f64) {
        let mut at = 0.0;
        let ahead = |c: &Cell| {
            let from = at;
            at += extent(c);
            (from, at)
        };
        let edges: Vec<(f64, f64)> = cells[self.cells.clone()].iter().map(ahead).collect();
        let letters = self.place(self.cells.start, self.cells.end, &|k| edges[k - self.cells.start]);
        let first = letters.iter().map(|(x, _)| *x).fold(at, f64::min);
        let last = letters.iter().map(|(x, letter)| x + letter.width).fold(0.0, f64::max);
        (first, at - last)
    }

    /// Whether a line may break after the cell: inside a compound only, and only where the readings of both sides fit
    /// their own characters.
    pub(super) fn may_part(&self, after: usize, cells: &[Cell]) -> bool {
        let fits = |parts: &[Part]| {
            let room: f64 = parts.iter().flat_map(|p| &cells[p.cells.clone()]).map(|c| c.body).sum();
            parts.iter().map(|p| p.width).sum::<f64>() <= room + HAIR
        };
        let Some(k) = self.parts.iter().position(|p| p.cells.start == after + 1) else { return false };
        fits(&self.parts[..k]) && fits(&self.parts[k..])
    }

    /// The letters that stand over the cells from `a` to `b`, each with its place along the line. `edges` gives where a
    /// cell begins and ends.
    pub(super) fn place(&self, a: usize, b: usize, edges: &dyn Fn(usize) -> (f64, f64)) -> Vec<(f64, Letter)> {
        let mut out = Vec::new();
        let (from, to) = (self.cells.start.max(a), self.cells.end.min(b));
        if from >= to {
            return out;
        }
        let parts: Vec<&Part> = self.parts.iter().filter(|p| p.cells.start < to && p.cells.end > from).collect();
        let hang = |on: bool, by: f64| if on { by } else { 0.0 };
        let span = |cells: &Range<usize>| {
            let (first, last) = (cells.start.max(from), cells.end.min(to));
            (edges(first).0 - hang(first == self.cells.start, self.hangs.0), edges(last - 1).1 + hang(last == self.cells.end, self.hangs.1))
        };
        if let [part] = parts[..] {
            let (letters, own) = part.within(from, to);
            spread(&letters, span(&own), part.latin, &mut out);
            return out;
        }
        // A compound: every reading over its own character; a long one pushes its neighbours aside, no further than needed.
        let (left, right) = span(&(from..to));
        let total: f64 = parts.iter().map(|p| p.width).sum();
        let (left, right) = if total > right - left { ((left + right - total) / 2.0, (left + right + total) / 2.0) } else { (left, right) };
        let mut at: Vec<f64> = Vec::with_capacity(parts.len());
        for part in &parts {
            let (x0, x1) = span(&part.cells);
            let free = at.last().map_or(left, |x| x + parts[at.len() - 1].width);
            at.push(((x0 + x1 - part.width) / 2.0).max(free));
        }
        let mut limit = right;
        for (k, part) in parts.iter().enumerate().rev() {
            at[k] = at[k].min(limit - part.width);
            limit = at[k];
        }
        for (part, x) in parts.iter().zip(at) {
            spread(&part.letters.iter().collect::<Vec<_>>(), (x, x + part.width), true, &mut out);
        }
        out
    }
}

impl Part {
    fn take(&mut self, letters: Vec<Letter>, end: usize) {
        self.cells.end = self.cells.end.max(end);
        self.width += letters.iter().map(|l| l.width).sum::<f64>();
        self.letters.extend(letters);
        self.latin = self.letters.iter().all(|l| l.text.is_ascii());
    }

    /// The letters and cells of a part that a line holds. A part is cut only when it is wider than the measure; its letters
    /// then go with the cells by their share.
    fn within(&self, from: usize, to: usize) -> (Vec<&Letter>, Range<usize>) {
        let (n, m) = (self.letters.len(), self.cells.len().max(1));
        let own = self.cells.start.max(from)..self.cells.end.min(to);
        let letters = self.letters.iter().enumerate().filter(|(k, _)| own.contains(&(self.cells.start + k * m / n.max(1)))).map(|(_, l)| l).collect();
        (letters, own)
    }
}

/// Puts letters over a span: spread 1 : 2 : … : 1 if they are shorter, in the middle if they are not.
fn spread(letters: &[&Letter], (from, to): (f64, f64), solid: bool, out: &mut Vec<(f64, Letter)>) {
    let total: f64 = letters.iter().map(|l| l.width).sum();
    let free = to - from - total;
    let count = letters.len() as f64;
    let (mut at, gap) = if free <= HAIR || solid {
        (from + free / 2.0, 0.0)
    } else {
        let inset = (free / count / 2.0).min(INSET);
        (from + if letters.len() > 1 { inset } else { free / 2.0 }, if letters.len() > 1 { (free - 2.0 * inset) / (count - 1.0) } else { 0.0 })
    };
    for letter in letters {
        out.push((at, (*letter).clone()));
        at += letter.width + gap;
    }
}
