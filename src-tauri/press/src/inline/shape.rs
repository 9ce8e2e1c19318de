//! Characters to glyphs: runs of one face are shaped at once; punctuation is cut to its body and its blank halves.
use super::class::Class;
use super::collect::{is_invisible, Piece, Turn};
use super::markup::Dress;
use crate::font::{japanese, Face, FontId, Fonts, Writing};
use std::ops::Range;

/// What cannot be divided on a line: a character with its marks, or a ligature. Lengths are in em.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub text: Range<usize>,
    pub ch: char,
    /// The last character, for rules that look backwards.
    pub last: char,
    pub class: Class,
    pub font: FontId,
    pub turn: Turn,
    pub dress: Dress,
    /// Which reading stands over it.
    pub ruby: Option<usize>,
    /// Blank before it at a line's start and after it at a line's end: what a reading needs that elsewhere hangs over its
    /// neighbours, or the half of a bracket.
    pub head: f64,
    pub tail: f64,
    /// Type size of the glyphs as part of the paragraph's.
    pub scale: f64,
    /// Width of the glyphs as part of their own at that size.
    pub squeeze: f64,
    pub glyphs: Range<usize>,
    /// Advance without the blanks.
    pub body: f64,
    /// Blank part of a full-width opening bracket or middle dot before its body.
    pub lead: f64,
    /// Blank part of full-width closing punctuation or of a middle dot after its body.
    pub trail: f64,
}

/// A glyph and its place from the cell's advance origin, em.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub id: u16,
    pub x: f64,
    pub y: f64,
}

#[derive(Default)]
pub(super) struct Shaped {
    pub cells: Vec<Cell>,
    pub marks: Vec<Mark>,
}

pub(super) fn shape(text: &str, base: usize, pieces: &[Piece], fonts: &Fonts) -> Shaped {
    let mut out = Shaped::default();
    let mut buffer = harfrust::Buffer::new();
    let mut i = 0;
    while i < pieces.len() {
        let (font, writing) = (pieces[i].font, pieces[i].writing);
        let (turn, dress) = (pieces[i].turn, pieces[i].dress);
        let n = pieces[i..].iter().take_while(|p| p.font == font && p.writing == writing && p.turn == turn && p.dress == dress).count();
        let run = &pieces[i..i + n];
        match fonts.face(font) {
            Some(face) => shape_run(text, base, run, face, writing, &mut buffer, &mut out),
            None => blank_run(run, &mut out),
        }
        i += n;
    }
    for cell in &mut out.cells {
        match cell.turn {
            Turn::Combined => combine(cell, &mut out.marks),
            _ => cut_blanks(cell),
        }
        resize(cell, &mut out.marks);
    }
    out
}

/// A face that could not be read: the text keeps its place, one em a character.
fn blank_run(run: &[Piece], out: &mut Shaped) {
    for p in run {
        let at = out.marks.len();
        out.cells.push(Cell { text: p.text.clone(), ch: p.ch, last: p.ch, class: p.class, font: p.font, turn: p.turn, dress: p.dress, ruby: None, head: 0.0, tail: 0.0, scale: 1.0, squeeze: 1.0, glyphs: at..at, body: 1.0, lead: 0.0, trail: 0.0 });
    }
}

fn shape_run(text: &str, base: usize, run: &[Piece], face: &Face, writing: Writing, buffer: &mut harfrust::Buffer, out: &mut Shaped) {
    buffer.reset();
    for (k, p) in run.iter().enumerate() {
        match p.stand_in {
            Some(mark) => buffer.push(mark as u32, k as u32),
            None if is_invisible(p.ch) => buffer.push(0x200B, k as u32),
            None => text[p.text.start - base..p.text.end - base].chars().for_each(|c| buffer.push(c as u32, k as u32)),
        }
    }
    let plan = face.plan(writing);
    buffer.set_direction(plan.direction());
    buffer.set_script(plan.script());
    buffer.set_language(japanese());
    buffer.set_flags(harfrust::BufferFlags::REMOVE_DEFAULT_IGNORABLES);
    buffer.set_cluster_level(harfrust::ClusterLevel::MonotoneCharacters);
    let features = Face::features(writing);
    let options = harfrust::ShapeOptions::new().plan(Some(plan)).features(&features);
    if harfrust::shape(&harfrust::ShaperFont::new(&face.shaping), buffer, options).is_err() {
        return blank_run(run, out);
    }
    let (infos, positions) = (buffer.glyph_infos(), buffer.glyph_positions());
    let em = face.units_per_em;
    let mut g = 0;
    let mut k = 0;
    while k < run.len() {
        // A ligature takes the pieces up to the next cluster; a piece without glyph stays a cell of no width.
        let mine = infos[g..].iter().take_while(|info| info.cluster as usize == k).count();
        let next = infos.get(g + mine).map_or(run.len(), |info| info.cluster as usize);
        let taken = if mine > 0 && run[k + 1..next.max(k + 1)].iter().all(|p| !is_invisible(p.ch)) { next.max(k + 1) } else { k + 1 };
        let start = out.marks.len();
        let mut x = 0.0;
        for (_, p) in infos[g..g + mine].iter().zip(&positions[g..]) {
            let id = infos[g + (out.marks.len() - start)].glyph_id as u16;
            let (dx, dy) = (f64::from(p.x_offset) / em, f64::from(p.y_offset) / em);
            out.marks.push(if writing == Writing::Upright { Mark { id, x: dx, y: dy - x } } else { Mark { id, x: x + dx, y: dy } });
            x += f64::from(if writing == Writing::Upright { -p.y_advance } else { p.x_advance }) / em;
        }
        let last = &run[taken - 1];
        out.cells.push(Cell {
            text: run[k].text.start..last.text.end,
            ch: run[k].ch,
            last: last.ch,
            class: run[k].class,
            font: run[k].font,
            turn: run[k].turn,
            dress: run[k].dress,
            ruby: None,
            head: 0.0,
            tail: 0.0,
            scale: 1.0,
            squeeze: 1.0,
            glyphs: start..out.marks.len(),
            body: x,
            lead: 0.0,
            trail: 0.0,
        });
        g += mine;
        k = taken;
    }
}

/// Digits side by side, centred in a square of one em. Two or three that are wider are made narrower at their full height, as a
/// condensed face would be (JLREQ 3.2.5); four also a little lower, so that they are not drawn out.
fn combine(cell: &mut Cell, marks: &mut [Mark]) {
    const NARROW: f64 = 0.5;
    let width = cell.body.max(1e-6);
    cell.scale = if 1.0 / width < NARROW { 0.9 } else { 1.0 };
    cell.squeeze = (1.0 / (width * cell.scale)).min(1.0);
    for mark in &mut marks[cell.glyphs.clone()] {
        mark.x = (mark.x - width / 2.0) * cell.scale * cell.squeeze;
        // The digits' middle (half a cap height) on the middle of the square.
        mark.y = mark.y * cell.scale - 0.5 - 0.38 * cell.scale;
    }
    cell.body = 1.0;
}

/// One step larger or smaller, or a footnote mark, small and raised (in a vertical line: moved to the right).
fn resize(cell: &mut Cell, marks: &mut [Mark]) {
    const RAISE: f64 = 0.34;
    let factor = cell.dress.scale();
    if cell.dress == Dress::default() || factor == 1.0 {
        return;
    }
    let raise = if cell.dress.note { RAISE } else { 0.0 };
    for mark in &mut marks[cell.glyphs.clone()] {
        (mark.x, mark.y) = (mark.x * factor, mark.y * factor);
        match cell.turn {
            Turn::Level | Turn::Sideways => mark.y += raise,
            Turn::Upright | Turn::Combined => mark.x += raise,
        }
    }
    cell.scale *= factor;
    cell.body *= factor;
    cell.lead *= factor;
    cell.trail *= factor;
}

/// Full-width punctuation has a body of half an em; BIZ UD has no feature that says so, hence by geometry.
fn cut_blanks(cell: &mut Cell) {
    const BODY: f64 = 0.5;
    let blank = (cell.body - BODY).max(0.0);
    // ASCII brackets carry their own side bearings.
    if cell.ch < '\u{80}' {
        return;
    }
    match cell.class {
        Class::Opening => cell.lead = blank,
        Class::Closing | Class::FullStop | Class::Comma => cell.trail = blank,
        Class::MiddleDot => (cell.lead, cell.trail) = (blank / 2.0, blank / 2.0),
        _ => return,
    }
    cell.body -= blank;
}
