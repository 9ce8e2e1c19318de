//! A plan of the hall: rooms, booths with their numbers, the way in, and where one stands. What a booth cannot hold is told beside it.
use crate::block::{Booth, BoothKind, What};
use crate::inline::Align;
use crate::layout::fit::step_down;
use crate::layout::hatch;
use crate::layout::pen::{Pen, Step};
use crate::layout::sheet::{Frame, Sheet, Voice};
use crate::page::{Ink, Paint, circle, rectangle};
use crate::theme::{ColourRole, Role};

const WALL: f64 = 1.6;
const GAP: f64 = 16.0;
/// Fewer booths than this need no roll beside their plan.
const FEW: usize = 4;


pub(crate) struct Plan<'a> {
    booths: Vec<&'a Booth>,
    here: Option<[f64; 2]>,
    note: &'a str,
}

/// From the content's units to the frame.
#[derive(Clone, Copy)]
struct Map {
    x: f64,
    y: f64,
    left: f64,
    top: f64,
    scale: f64,
}

impl Map {
    fn frame(&self, b: &Booth) -> Frame {
        Frame::new(self.x + (b.x - self.left) * self.scale, self.y + (b.y - self.top) * self.scale, b.w * self.scale, b.h * self.scale)
    }
}

impl<'a> Plan<'a> {
    pub(crate) fn of(what: &'a What) -> Option<Self> {
        let What::Plan { booths, here, note } = what else { return None };
        let sound = |b: &&Booth| [b.x, b.y, b.w, b.h].iter().all(|v| v.is_finite() && v.abs() < 1e6) && b.w > 0.0 && b.h > 0.0;
        let mut booths: Vec<&Booth> = booths.iter().filter(sound).collect();
        booths.sort_by_key(|b| b.kind != BoothKind::Hall);
        let here = here.filter(|h| h.iter().all(|v| v.is_finite() && v.abs() < 1e6));
        Some(Self { booths, here, note: note.trim() })
    }

    /// Left, top, width and height in the content's units.
    fn bounds(&self) -> Option<(f64, f64, f64, f64)> {
        let least = |f: fn(&Booth) -> f64| self.booths.iter().map(|b| f(b)).fold(f64::MAX, f64::min);
        let most = |f: fn(&Booth) -> f64| self.booths.iter().map(|b| f(b)).fold(f64::MIN, f64::max);
        let (left, top) = (least(|b| b.x), least(|b| b.y));
        let (w, h) = (most(|b| b.x + b.w) - left, most(|b| b.y + b.h) - top);
        (!self.booths.is_empty() && w > 0.0 && h > 0.0).then_some((left, top, w, h))
    }

    /// Height that shows the plan over the whole width, with its list.
    pub(crate) fn natural(&self, sheet: &Sheet, w: f64) -> f64 {
        let Some((_, _, bw, bh)) = self.bounds() else { return 0.0 };
        let map = w * bh / bw;
        map.min(w * 1.1) + self.key_height(sheet, w, &self.keyed(sheet, w / bw)) + self.note_height(sheet, w)
    }

    /// The greatest height that it can use: the plan over the whole width, and below it a roll of all booths by number.
    pub(crate) fn most(&self, sheet: &Sheet, w: f64) -> f64 {
        let Some((_, _, bw, bh)) = self.bounds() else { return 0.0 };
        let roll = self.roll();
        let below = if roll.is_empty() { self.key_height(sheet, w, &self.keyed(sheet, w / bw)) } else { roll_height(sheet, w, &roll, roll_sizes(sheet).1) * airy(sheet) };
        w * bh / bw + below + self.note_height(sheet, w)
    }

    /// All booths that have a number and a name, by number.
    fn roll(&self) -> Vec<&'a Booth> {
        let mut all: Vec<&Booth> = self.booths.iter().copied().filter(|b| b.kind == BoothKind::Booth && !b.number.trim().is_empty() && !b.label.trim().is_empty()).collect();
        all.sort_by_key(|b| b.number.trim().parse::<u32>().unwrap_or(u32::MAX));
        if all.len() < FEW { Vec::new() } else { all }
    }

    fn note_height(&self, sheet: &Sheet, w: f64) -> f64 {
        if self.note.is_empty() { 0.0 } else { sheet.set(self.note, &caption(sheet), w).height() + 5.0 }
    }

    /// Booths whose name does not stand in them at this scale.
    fn keyed(&self, sheet: &Sheet, scale: f64) -> Vec<&'a Booth> {
        let mut all: Vec<&Booth> = self.booths.iter().copied().filter(|b| !b.label.trim().is_empty() && !matches!(b.kind, BoothKind::Hall | BoothKind::Entrance) && label_size(sheet, b, scale).is_none()).collect();
        all.sort_by_key(|b| b.number.trim().parse::<u32>().unwrap_or(u32::MAX));
        all
    }

    fn key_columns(sheet: &Sheet, w: f64, keyed: &[&Booth], size: f64) -> usize {
        let voice = key_voice(sheet).sized(size);
        let widest = keyed.iter().map(|b| sheet.width(b.label.trim(), &voice)).fold(1.0, f64::max) + voice.em() * 4.0;
        ((w / widest) as usize).clamp(1, 5)
    }

    fn key_height(&self, sheet: &Sheet, w: f64, keyed: &[&Booth]) -> f64 {
        if keyed.is_empty() { 0.0 } else { keyed.len().div_ceil(Self::key_columns(sheet, w, keyed, key_voice(sheet).size)) as f64 * key_voice(sheet).line() + GAP }
    }

    pub(crate) fn draw(&self, pen: &mut Pen, f: Frame) -> f64 {
        let sheet = pen.sheet;
        let Some((left, top, bw, bh)) = self.bounds() else { return 0.0 };
        let note = self.note_height(sheet, f.w);
        let room = Frame { h: (f.h - note).max(1.0), ..f };
        // The list stands beside the plan where there is width for both, else below it.
        let aside = room.w > room.h * 1.45 * (bw / bh).clamp(0.6, 1.4);
        let (mut area, mut scale) = (room, (room.w / bw).min(room.h / bh));
        let mut keyed = self.keyed(sheet, scale);
        if !keyed.is_empty() {
            area = if aside { Frame { w: room.w * 0.68, ..room } } else { Frame { h: (room.h - self.key_height(sheet, room.w, &keyed)).max(room.h * 0.4), ..room } };
            scale = (area.w / bw).min(area.h / bh);
            keyed = self.keyed(sheet, scale);
        }
        let map = Map { x: area.x + (area.w - bw * scale) / 2.0, y: area.y, left, top, scale };
        for booth in &self.booths {
            draw_booth(pen, booth, map.frame(booth), scale);
        }
        if let Some([x, y]) = self.here {
            here(pen, map.x + (x - left) * scale, map.y + (y - top) * scale, f);
        }
        // The note belongs to the plan: below it, with the list further down or at the right.
        let mut below = map.y + bh * scale;
        if note > 0.0 {
            pen.words(self.note, &caption(sheet), f.x, below + 5.0, f.w);
            below += note;
        }
        let key = if aside { Frame { x: area.right() + GAP, w: room.right() - area.right() - GAP, ..room } } else { Frame { y: below + GAP, h: f.bottom() - below - GAP, ..room } };
        let roll = self.roll();
        let with_roll = !aside && !roll.is_empty() && roll_height(sheet, key.w, &roll, roll_sizes(sheet).0) <= f.bottom() - below;
        let used = if with_roll {
            draw_roll(pen, &roll, key)
        } else {
            let voice = key_voice(sheet);
            draw_key(pen, &keyed, key, (Self::key_columns(sheet, key.w, &keyed, voice.size), voice.size, voice.line()))
        };
        below.max(if used > 0.0 { key.y + used } else { 0.0 }) - f.y
    }
}

fn caption(sheet: &Sheet) -> Voice {
    sheet.voice(Role::Caption, ColourRole::Note)
}

fn key_voice(sheet: &Sheet) -> Voice {
    sheet.voice(Role::Table, ColourRole::Ink)
}

fn number_size(sheet: &Sheet, b: &Booth, f: Frame) -> f64 {
    let floor = sheet.floor(Role::Table);
    let digits = b.number.trim().chars().count().max(1) as f64;
    (f.h * 0.42 / 0.3528).min(f.w * 0.8 / (digits * 0.62) / 0.3528).min(72.0).max(floor)
}

/// Size at which the name stands in the booth, below its number if it has one.
fn label_size(sheet: &Sheet, b: &Booth, scale: f64) -> Option<f64> {
    let f = Frame::new(0.0, 0.0, b.w * scale, b.h * scale);
    let floor = sheet.floor(Role::Table);
    let taken = if b.number.trim().is_empty() { 0.0 } else { number_size(sheet, b, f) * 0.3528 * 1.15 };
    let fits = |size: f64| {
        let block = sheet.set(b.label.trim(), &label_voice(sheet, size), (f.w - 4.0).max(1.0));
        !block.set.forced && block.height() + taken <= f.h - 2.0
    };
    let size = step_down(32.0_f64.max(floor), floor, fits);
    fits(size).then_some(size)
}

fn label_voice(sheet: &Sheet, size: f64) -> Voice {
    Voice { heading: true, ..sheet.voice(Role::Table, ColourRole::Ink).sized(size).led(1.2).aligned(Align::Centre) }
}

fn draw_booth(pen: &mut Pen, b: &Booth, f: Frame, scale: f64) {
    let p = |v: f64| pen.sheet.pt(v);
    let path = rectangle(p(f.x), p(f.y), p(f.w), p(f.h), p(0.0));
    let (main, tint, paper, ink) = (pen.colour(ColourRole::Main), pen.colour(ColourRole::Tint), pen.colour(ColourRole::Paper), pen.colour(ColourRole::Ink));
    let (ground, type_ink) = match b.kind {
        BoothKind::Hall => {
            let stroke = pen.stroke(ink, WALL);
            pen.shape(path, Some(Paint::Flat(paper)), Some(stroke));
            room_name(pen, b, f);
            return;
        }
        BoothKind::Entrance => {
            entrance(pen, b, f);
            return;
        }
        BoothKind::Closed => {
            pen.shape(path.clone(), Some(Paint::Flat(paper)), None);
            let rule = pen.colour(ColourRole::Rule);
            pen.clipped(path, |pen| hatch::draw(pen, f, rule));
            (paper, None)
        }
        BoothKind::Stage => {
            pen.shape(path, Some(Paint::Flat(main)), None);
            (main, Some(Ink::WHITE))
        }
        BoothKind::Rest => {
            let mut stroke = pen.stroke(main, 0.8);
            stroke.dash = vec![p(3.0), p(2.0)];
            pen.shape(path, Some(Paint::Flat(paper)), Some(stroke));
            (paper, Some(ink))
        }
        BoothKind::Desk => {
            let stroke = pen.stroke(main, 1.6);
            pen.shape(path, Some(Paint::Flat(paper)), Some(stroke));
            (paper, Some(main))
        }
        BoothKind::Booth => {
            let stroke = pen.stroke(main, 0.6);
            pen.shape(path, Some(Paint::Flat(tint)), Some(stroke));
            (tint, Some(main))
        }
    };
    if let Some(type_ink) = type_ink {
        pen.on(ground, |pen| words_in(pen, b, f, scale, type_ink));
    }
}

/// Number and name, one below the other, in the middle of the booth.
fn words_in(pen: &mut Pen, b: &Booth, f: Frame, scale: f64, ink: Ink) {
    let sheet = pen.sheet;
    let label = label_size(sheet, b, scale).filter(|_| !b.label.trim().is_empty()).map(|s| sheet.set(b.label.trim(), &label_voice(sheet, s).inked(ink), (f.w - 4.0).max(1.0)));
    let size = number_size(sheet, b, f);
    let number = (!b.number.trim().is_empty()).then(|| {
        let v = sheet.voice(Role::TableHead, ColourRole::Main).sized(size).led(1.15).inked(ink).aligned(Align::Centre);
        sheet.set(b.number.trim(), &v, f.w.max(sheet.width(b.number.trim(), &v) + 0.5))
    });
    let whole = [&number, &label].into_iter().flatten().map(|t| t.height()).sum::<f64>();
    let mut y = f.y + (f.h - whole) / 2.0;
    if let Some(number) = number {
        let wide = number.set.lines.first().map_or(0.0, |l| l.width.mm().0 / sheet.k);
        let x = if wide > f.w { f.x - (wide - f.w) / 2.0 } else { f.x };
        pen.put(&number, x, y);
        y += number.height();
    }
    if let Some(label) = label {
        pen.put(&label, f.x + 2.0, y);
    }
}

/// The name of a room stands in its upper left corner.
fn room_name(pen: &mut Pen, b: &Booth, f: Frame) {
    let words = [b.number.trim(), b.label.trim()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
    if !words.is_empty() {
        let voice = pen.sheet.voice(Role::TableHead, ColourRole::Ink);
        pen.words(&words, &voice, f.x + 5.0, f.y + 4.0, (f.w - 10.0).max(1.0));
    }
}

/// A gap in the wall with an arrow inwards, and its word.
fn entrance(pen: &mut Pen, b: &Booth, f: Frame) {
    let (main, paper) = (pen.colour(ColourRole::Main), pen.colour(ColourRole::Paper));
    pen.fill(Frame::new(f.x - WALL / 2.0, f.y - WALL / 2.0, f.w + WALL, f.h + WALL), paper);
    // Within the room, so that it needs no space outside the walls.
    let side = (f.w.max(f.h) * 0.3).clamp(6.0, 14.0);
    let (cx, foot) = (f.x + f.w / 2.0, f.y - 1.5);
    let tip = foot - side * 0.8;
    let arrow = pen.path(&[Step::To(cx, tip), Step::Line(cx + side * 0.6, foot), Step::Line(cx - side * 0.6, foot), Step::Close]);
    pen.shape(arrow, Some(Paint::Flat(main)), None);
    let words = if b.label.trim().is_empty() { "出入口" } else { b.label.trim() };
    let voice = pen.sheet.voice(Role::TableHead, ColourRole::Main);
    pen.line(words, &voice, cx + side * 0.6 + 3.0, foot - side * 0.4 + voice.em() * 0.37);
}

/// 現在地: a full dot in a ring, with its word on a plate.
fn here(pen: &mut Pen, x: f64, y: f64, f: Frame) {
    let p = |v: f64| pen.sheet.pt(v);
    let (accent, paper) = (pen.colour(ColourRole::Accent), pen.colour(ColourRole::Paper));
    let main = pen.colour(ColourRole::Main);
    let ring = pen.stroke(main, 1.2);
    pen.shape(circle(p(x), p(y), p(7.0)), Some(Paint::Flat(paper)), Some(ring));
    pen.shape(circle(p(x), p(y), p(4.4)), Some(Paint::Flat(accent)), None);
    let voice = pen.sheet.voice(Role::TableHead, ColourRole::Main);
    let w = pen.sheet.width("現在地", &voice);
    let left = if x + 11.0 + w > f.right() { x - 11.0 - w } else { x + 11.0 };
    pen.fill(Frame::new(left - 1.5, y - voice.em() * 0.7, w + 3.0, voice.em() * 1.4), paper);
    pen.line("現在地", &voice, left, y + voice.em() * 0.37);
}

/// A roll is read downwards: no more columns than leave it a few lines.
fn roll_columns(sheet: &Sheet, w: f64, roll: &[&Booth], size: f64) -> usize {
    let lines = if sheet.is_tall() { 6 } else { 4 };
    Plan::key_columns(sheet, w, roll, size).min(roll.len().div_ceil(lines)).max(1)
}

/// How far apart the roll's lines may stand.
fn airy(sheet: &Sheet) -> f64 {
    if sheet.is_tall() { 2.3 } else { 1.6 }
}

/// The least and the largest size of the roll: on a tall sheet it is what one comes to read.
fn roll_sizes(sheet: &Sheet) -> (f64, f64) {
    let size = key_voice(sheet).size;
    (size, size * if sheet.is_tall() { 1.5 } else { 1.25 })
}

fn roll_height(sheet: &Sheet, w: f64, roll: &[&Booth], size: f64) -> f64 {
    roll.len().div_ceil(roll_columns(sheet, w, roll, size)) as f64 * key_voice(sheet).sized(size).line() + GAP
}

/// The roll as large as it fits, its lines apart as far as there is room, a fine rule under each.
fn draw_roll(pen: &mut Pen, roll: &[&Booth], f: Frame) -> f64 {
    let sheet = pen.sheet;
    let (least, most) = roll_sizes(sheet);
    let size = step_down(most, least, |size| roll_height(sheet, f.w, roll, size) * 1.2 <= f.h + GAP);
    let columns = roll_columns(sheet, f.w, roll, size);
    let line = key_voice(sheet).sized(size).line();
    let pitch = (f.h / roll.len().div_ceil(columns) as f64).clamp(line, line * airy(sheet));
    let lines = roll.len().div_ceil(columns);
    let (rule, w) = (pen.colour(ColourRole::Rule), f.w / columns as f64);
    for i in 0..roll.len() {
        let y = f.y + (i % lines) as f64 * pitch + (pitch + line) / 2.0;
        pen.rule(f.x + (i / lines) as f64 * w, y, w - if i / lines + 1 < columns { GAP } else { 0.0 }, 0.4, rule);
    }
    draw_key(pen, roll, f, (columns, size, pitch))
}

/// Number and name, in columns read downwards. Gives the height.
fn draw_key(pen: &mut Pen, keyed: &[&Booth], f: Frame, (columns, size, pitch): (usize, f64, f64)) -> f64 {
    if keyed.is_empty() {
        return 0.0;
    }
    let voice = key_voice(pen.sheet).sized(size);
    let head = pen.sheet.voice(Role::TableHead, ColourRole::Main).sized(size);
    let lines = keyed.len().div_ceil(columns);
    let w = f.w / columns as f64;
    let digits = keyed.iter().map(|b| pen.sheet.width(b.number.trim(), &head)).fold(0.0, f64::max);
    for (i, b) in keyed.iter().enumerate() {
        let (column, line) = (i / lines, i % lines);
        let baseline = f.y + line as f64 * pitch + voice.rise();
        let x = f.x + column as f64 * w;
        pen.line_to(b.number.trim(), &head, x + digits, baseline);
        pen.line(b.label.trim(), &voice, x + digits + voice.em() * 0.6, baseline);
    }
    (lines - 1) as f64 * pitch + voice.line()
}
