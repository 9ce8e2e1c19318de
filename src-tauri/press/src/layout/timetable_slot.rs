//! One piece of a programme in its frame: time, title and who; on one line where it is low. And who stands beside whom.
use crate::block::{Slot, SlotKind};
use crate::layout::body;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, TextBlock, Voice};
use crate::layout::timetable::line;
use crate::page::{Ink, Paint, rectangle};
use crate::theme::{ColourRole, Role, contrast};

/// Inner margin, corner radius, and the edge of 自治体PR.
const PAD: f64 = 7.0;
const CORNER: f64 = 4.0;
const EDGE: f64 = 3.0;

/// A slot with its time in minutes and its place among those that overlap it.
pub(crate) struct Piece<'a> {
    pub slot: &'a Slot,
    pub start: u32,
    pub end: u32,
    pub lane: usize,
    pub lanes: usize,
}

/// Slots that overlap stand beside each other.
pub(crate) fn lanes<'a>(slots: &[(&'a Slot, (u32, u32))]) -> Vec<Piece<'a>> {
    let mut sorted = slots.to_vec();
    sorted.sort_by_key(|(_, t)| *t);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut cluster = 0;
    let mut ends: Vec<u32> = Vec::new();
    for (slot, (start, end)) in sorted {
        if ends.iter().all(|e| *e <= start) {
            let lanes = ends.len().max(1);
            pieces[cluster..].iter_mut().for_each(|p| p.lanes = lanes);
            (cluster, ends) = (pieces.len(), Vec::new());
        }
        let lane = ends.iter().position(|e| *e <= start).unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(end);
        } else {
            ends[lane] = end;
        }
        pieces.push(Piece { slot, start, end, lane, lanes: 1 });
    }
    let lanes = ends.len().max(1);
    pieces[cluster..].iter_mut().for_each(|p| p.lanes = lanes);
    pieces
}

pub(crate) fn word(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Show => "演奏・舞踊",
        SlotKind::Promotion => "自治体PR",
        SlotKind::Join => "参加",
        SlotKind::Ceremony => "開会・閉会",
    }
}

/// Paints what a kind stands on. Gives the ground and the ink for type on it.
pub(crate) fn ground(pen: &mut Pen, kind: SlotKind, f: Frame, corner: f64) -> (Ink, Ink) {
    let p = |v: f64| pen.sheet.pt(v);
    let path = |f: Frame| rectangle(p(f.x), p(f.y), p(f.w), p(f.h), p(corner));
    let (main, tint, accent) = (pen.colour(ColourRole::Main), pen.colour(ColourRole::Tint), pen.colour(ColourRole::Accent));
    let ink = pen.colour(ColourRole::Ink);
    match kind {
        SlotKind::Show => {
            pen.shape(path(f), Some(Paint::Flat(main)), None);
            (main, Ink::WHITE)
        }
        SlotKind::Join => {
            pen.shape(path(f), Some(Paint::Flat(accent)), None);
            (accent, if contrast([255; 3], accent.srgb) >= 4.5 { Ink::WHITE } else { ink })
        }
        SlotKind::Promotion => {
            let whole = path(f);
            let edge = EDGE.min(f.w * 0.16);
            pen.shape(whole.clone(), Some(Paint::Flat(tint)), None);
            pen.clipped(whole, |pen| pen.fill(Frame { w: edge, ..f }, main));
            (tint, ink)
        }
        SlotKind::Ceremony => {
            let line = 1.2_f64.min(f.h * 0.12);
            let inner = Frame::new(f.x + line / 2.0, f.y + line / 2.0, f.w - line, f.h - line);
            let stroke = pen.stroke(main, line);
            pen.shape(path(inner), None, Some(stroke));
            (pen.colour(ColourRole::Paper), ink)
        }
    }
}

/// Draws the piece; false when it is too low for its title, which then stands in the list below.
pub(crate) fn draw(pen: &mut Pen, index: usize, slot: &Slot, f: Frame, narrow: bool) -> bool {
    let sheet = pen.sheet;
    let floor = sheet.floor(Role::Table);
    let size = |wanted: f64| wanted.max(floor);
    let by = sheet.swollen();
    let large = by * if narrow { 28.0 } else if f.h >= 78.0 { 40.0 } else { 34.0 };
    if f.h < line(floor) + 1.0 {
        pen.fill(Frame { h: f.h.max(0.8), ..f }, pen.colour(ColourRole::Rule));
        return false;
    }
    let (under, ink) = ground(pen, slot.kind, f, CORNER.min(f.h / 4.0));
    let time = Voice { gap: 0.0, ..sheet.voice(Role::Table, ColourRole::Ink).sized(size(24.0 * by)).led(1.25).inked(ink) };
    let title = |s: f64| {
        let v = sheet.voice(Role::Heading, ColourRole::Ink).sized(s).led(1.25).inked(ink);
        Voice { role: Role::Table, ..v }
    };
    let who = Voice { gap: 0.0, ..sheet.voice(Role::Table, ColourRole::Ink).sized(size(22.0 * by)).led(1.3).inked(ink) };
    let clock = format!("{}～{}", slot.start.trim(), slot.end.trim());
    let w = f.w - 2.0 * PAD;
    let needed = time.line() + line(size(large)) + if slot.who.trim().is_empty() { 0.0 } else { who.line() };
    if f.h < needed.min(48.0) + 4.0 {
        return one_line(pen, slot, f, under, (&time, &clock), &title);
    }
    // The title takes a second line only when the piece is high enough for it.
    let room = f.h - 9.0 - time.line() - if slot.who.trim().is_empty() { 0.0 } else { who.line() };
    let set = |s: f64| sheet.set(slot.title.trim(), &title(s), w);
    let chosen = crate::layout::fit::step_down(size(large), size(24.0), |s| {
        let block = set(s);
        block.height() <= room + 0.05 && !block.set.forced
    });
    let block: TextBlock = set(chosen);
    pen.on(under, |pen| {
        let x = f.x + PAD;
        let mut y = f.y + 4.5;
        pen.line(&clock, &time, x, y + time.rise());
        if slot.kind == SlotKind::Join {
            pill(pen, f, y, ink, sheet.width(&clock, &time) + PAD);
        }
        // A reading over the title rises above its line: it keeps off the hours.
        let over = if block.set.has_ruby() { block.voice.em() * 0.22 } else { 0.0 };
        y += time.line() + over;
        y += body::put_within(pen, index, &block, Frame::new(x, y, w, (room - over).max(1.0)), false);
        if !slot.who.trim().is_empty() {
            body::put_within(pen, index, &sheet.set(slot.who.trim(), &who, w), Frame::new(x, y, w, (f.bottom() - y - 1.0).max(1.0)), false);
        }
    });
    true
}

/// Title at the left, time at the right; the name follows where there is room. False when some words found none.
fn one_line(pen: &mut Pen, slot: &Slot, f: Frame, under: Ink, (time, clock): (&Voice, &str), title: &dyn Fn(f64) -> Voice) -> bool {
    let sheet = pen.sheet;
    let right = sheet.width(clock, time);
    let room = f.w - 2.0 * PAD - right - 5.0;
    let most = (f.h * 0.62 / 0.3528).min(30.0).max(time.size);
    let wide = |s: f64| sheet.width(slot.title.trim(), &title(s));
    let size = crate::layout::fit::step_down(most, time.size, |s| wide(s) <= room);
    let voice = title(size);
    let who = slot.who.trim();
    let small = time.clone().sized(sheet.floor(Role::Table));
    let used = wide(size);
    let beside = !who.is_empty() && used + 5.0 + sheet.width(who, &small) <= room;
    let block = sheet.set(slot.title.trim(), &voice, room);
    let both = block.height() + if who.is_empty() || beside { 0.0 } else { small.line() };
    if both > f.h - 1.0 && (block.height() > f.h - 1.0 || sheet.width(who, &small) > f.w - 2.0 * PAD) {
        return false;
    }
    let under_title = !who.is_empty() && !beside && both <= f.h - 1.0;
    let single = block.set.lines.len() == 1 && !under_title;
    let baseline = if single { f.y + f.h.min(26.0) / 2.0 + voice.em() * 0.37 } else { f.y + ((f.h - both) / 2.0).min(5.0) + voice.rise() };
    pen.on(under, |pen| {
        let x = f.x + PAD;
        pen.put(&block, x, baseline - voice.rise());
        pen.line_to(clock, time, f.right() - PAD, baseline);
        if beside {
            pen.line(who, &small, x + used + 5.0, baseline);
        } else if under_title {
            pen.words(who, &small, x, baseline - voice.rise() + block.height(), f.w - 2.0 * PAD);
        }
    });
    who.is_empty() || beside || under_title
}

/// The word that says what a colour alone must not: 参加できます, in an outline.
fn pill(pen: &mut Pen, f: Frame, y: f64, ink: Ink, taken: f64) {
    let voice = pen.sheet.voice(Role::Tag, ColourRole::Ink).inked(ink);
    let words = "参加できます";
    let w = pen.sheet.width(words, &voice) + voice.em() * 1.1;
    let h = voice.em() * 1.5;
    if taken + w + 2.0 * PAD > f.w {
        return;
    }
    let place = Frame::new(f.right() - PAD - w, y + 0.2, w, h);
    let p = |v| pen.sheet.pt(v);
    let path = rectangle(p(place.x), p(place.y), p(place.w), p(place.h), p(h / 2.0));
    let stroke = pen.stroke(ink, 0.6);
    pen.shape(path, None, Some(stroke));
    pen.line(words, &voice, place.x + voice.em() * 0.55, place.y + h / 2.0 + voice.em() * 0.36);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_overlap_share_the_width() {
        let slot = Slot::default();
        let pieces = lanes(&[(&slot, (600, 660)), (&slot, (630, 700)), (&slot, (700, 720))]);
        let seen: Vec<(usize, usize)> = pieces.iter().map(|p| (p.lane, p.lanes)).collect();
        assert_eq!(seen, [(0, 2), (1, 2), (0, 1)]);
    }
}
