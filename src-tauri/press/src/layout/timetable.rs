//! A stage, true to time: days side by side, every piece as high as it lasts. Kinds differ by fill, edge, outline and a word.
use crate::block::{Day, Slot, SlotKind, What};
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, PT, Sheet, Voice};
use crate::layout::spans;
use crate::layout::timetable_slot::{self, Piece};
use crate::notice::{Level, NoticeCode};
use crate::theme::{ColourRole, Role};

/// Millimetres a minute that a stage has on A1, and the least at which half an hour still holds a line.
const PACE: f64 = 1.34;
const LEAST: f64 = 0.62;
/// Room for the hours at the left, and between two days.
const RAIL: f64 = 30.0;
const GUTTER: f64 = 10.0;

pub(crate) struct Timetable<'a> {
    days: &'a [Day],
    note: &'a str,
    /// First and last full hour, in minutes.
    open: u32,
    close: u32,
}

/// 10:40 → 640 minutes.
fn minutes(text: &str) -> Option<u32> {
    let text = text.trim().replace('：', ":");
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 29 && minute < 60).then_some(hour * 60 + minute)
}

/// Start and end of a slot that lasts.
fn span(slot: &Slot) -> Option<(u32, u32)> {
    let (start, end) = (minutes(&slot.start)?, minutes(&slot.end)?);
    (end > start).then_some((start, end))
}

impl<'a> Timetable<'a> {
    pub(crate) fn of(what: &'a What) -> Option<Self> {
        let What::Timetable { days, note } = what else { return None };
        let times: Vec<(u32, u32)> = days.iter().flat_map(|d| d.slots.iter().filter_map(span)).collect();
        let first = times.iter().map(|t| t.0).min().unwrap_or(600);
        let last = times.iter().map(|t| t.1).max().unwrap_or(first + 60);
        Some(Self { days, note: note.trim(), open: first / 60 * 60, close: last.div_ceil(60) * 60 })
    }

    fn day_voice(&self, sheet: &Sheet) -> Voice {
        let row = sheet.voice(Role::Heading, ColourRole::Main);
        let size = if self.days.len() > 2 { 42.0 } else { 54.0 };
        row.sized(size * sheet.swollen().min(1.15)).led(1.3)
    }

    fn legend_height(sheet: &Sheet) -> f64 {
        sheet.voice(Role::Tag, ColourRole::Ink).line() + 4.0
    }

    fn note_height(&self, sheet: &Sheet, w: f64) -> f64 {
        if self.note.is_empty() { 0.0 } else { sheet.set(self.note, &note_voice(sheet), w).height() + 4.0 }
    }

    /// Height of everything but the hours.
    fn around(&self, sheet: &Sheet, w: f64) -> f64 {
        Self::legend_height(sheet) + self.day_voice(sheet).line() + 5.0 + self.note_height(sheet, w) + 3.0
    }

    /// Least and natural height.
    pub(crate) fn heights(&self, sheet: &Sheet, w: f64) -> (f64, f64) {
        let (around, length) = (self.around(sheet, w), f64::from(self.close - self.open));
        (around + length * LEAST, around + length * PACE)
    }

    pub(crate) fn draw(&self, pen: &mut Pen, index: usize, f: Frame) -> f64 {
        let sheet = pen.sheet;
        if self.days.is_empty() {
            return 0.0;
        }
        legend(pen, self.days, f);
        let voice = self.day_voice(sheet);
        let top = f.y + Self::legend_height(sheet);
        let grid = Frame::new(f.x, top + voice.line() + 5.0, f.w, f.h - self.around(sheet, f.w));
        // What is too low for its words joins the list below, which takes height from the hours: a few rounds settle it.
        let (mut listed, mut hours) = (0.0, grid);
        for _ in 0..4 {
            hours.h = (grid.h - listed).max(1.0);
            let short = self.pieces(&mut Pen::silent(sheet), index, hours);
            let needed = self.list(&mut Pen::silent(sheet), &short, f);
            if needed <= listed {
                break;
            }
            listed = needed;
        }
        self.hours(pen, hours);
        for (i, day) in self.days.iter().enumerate() {
            spans::draw(pen, &spans::dated(day.label.trim(), &voice, 0.55), self.column(hours, i).x, top + voice.rise());
        }
        let short = self.pieces(pen, index, hours);
        self.unreadable(pen, index, f);
        let below = hours.bottom() + 3.0;
        let y = below + self.list(pen, &short, Frame::new(f.x, below, f.w, (f.bottom() - below).max(1.0)));
        if !self.note.is_empty() {
            pen.words(self.note, &note_voice(sheet), f.x, y + 4.0, f.w);
        }
        f.h
    }

    fn pace(&self, hours: Frame) -> f64 {
        hours.h / f64::from((self.close - self.open).max(1))
    }

    fn column(&self, hours: Frame, day: usize) -> Frame {
        let count = self.days.len() as f64;
        let w = (hours.w - RAIL - GUTTER * (count - 1.0)) / count;
        Frame { x: hours.x + RAIL + day as f64 * (w + GUTTER), w, ..hours }
    }

    /// Draws the pieces of all days. Gives those whose words found no room, with their day.
    fn pieces(&self, pen: &mut Pen, index: usize, hours: Frame) -> Vec<(usize, &'a Slot)> {
        let pace = self.pace(hours);
        let mut short = self.bare();
        for (i, day) in self.days.iter().enumerate() {
            let column = self.column(hours, i);
            let timed: Vec<(&Slot, (u32, u32))> = day.slots.iter().filter_map(|s| span(s).map(|t| (s, t))).collect();
            for Piece { slot, start, end, lane, lanes } in timetable_slot::lanes(&timed) {
                let w = (column.w - 2.0 * (lanes - 1) as f64) / lanes as f64;
                let y = hours.y + f64::from(start - self.open) * pace;
                let frame = Frame::new(column.x + lane as f64 * (w + 2.0), y + 0.75, w, f64::from(end - start) * pace - 1.5);
                if !timetable_slot::draw(pen, index, slot, frame, self.days.len() > 2) {
                    short.push((i, slot));
                }
            }
        }
        short
    }

    /// Pieces whose time cannot be read.
    fn bare(&self) -> Vec<(usize, &'a Slot)> {
        self.days.iter().enumerate().flat_map(|(i, d)| d.slots.iter().map(move |s| (i, s))).filter(|(_, s)| span(s).is_none()).collect()
    }

    fn list(&self, pen: &mut Pen, short: &[(usize, &Slot)], f: Frame) -> f64 {
        let voice = Voice { align: crate::inline::Align::Start, ..pen.sheet.voice(Role::Caption, ColourRole::Ink) };
        let mut y = f.y;
        for (day, slot) in short {
            let label = self.days.get(*day).map_or("", |d| d.label.trim());
            let words = [label, &format!("{}～{}", slot.start.trim(), slot.end.trim()), slot.title.trim(), slot.who.trim()].join("　");
            y += pen.words(words.trim(), &voice, f.x, y, f.w);
        }
        y - f.y
    }

    fn hours(&self, pen: &mut Pen, f: Frame) {
        let pace = self.pace(f);
        let number = pen.sheet.voice(Role::Table, ColourRole::Main);
        let number = Voice { face: pen.sheet.theme.row(Role::TableHead).face, latin: pen.sheet.theme.row(Role::TableHead).latin, ..number.sized(29.0) };
        let unit = number.clone().sized(pen.sheet.floor(Role::Tag).max(18.0)).minor(Role::Tag);
        let rule = pen.colour(ColourRole::Rule);
        let every = if pace * 60.0 < number.em() * 1.3 { 2 } else { 1 };
        for hour in (self.open / 60..=self.close / 60).step_by(every) {
            let y = f.y + f64::from(hour * 60 - self.open) * pace;
            pen.rule(f.x + RAIL, y, f.w - RAIL, 0.4, rule);
            let w = pen.line(&hour.to_string(), &number, f.x, y + number.em() * 0.36);
            pen.line("時", &unit, f.x + w + 0.5, y + number.em() * 0.36);
        }
    }

    fn unreadable(&self, pen: &Pen, index: usize, f: Frame) {
        if pen.is_silent() {
            return;
        }
        for (_, slot) in self.bare() {
            let message = format!("「{}」の時刻「{}～{}」が読めません。", slot.title, slot.start, slot.end);
            let words = (message, "10:40 のように書き、終わりを始まりより後にしてください。");
            pen.sheet.notice(Level::Warning, NoticeCode::NoPlace, Some(index), Some(f), words);
        }
    }
}

fn note_voice(sheet: &Sheet) -> Voice {
    sheet.voice(Role::Caption, ColourRole::Note)
}

/// What the fills mean, flush with the right edge: only kinds that occur.
fn legend(pen: &mut Pen, days: &[Day], f: Frame) {
    use SlotKind::*;
    let voice = pen.sheet.voice(Role::Tag, ColourRole::Ink);
    let kinds = [Show, Promotion, Join, Ceremony].into_iter().filter(|k| days.iter().any(|d| d.slots.iter().any(|s| s.kind == *k)));
    let kinds: Vec<SlotKind> = kinds.collect();
    if kinds.len() < 2 {
        return;
    }
    let (box_w, box_h) = (voice.em() * 1.6, voice.em() * 1.05);
    let width = |k: &SlotKind| box_w + 2.5 + pen.sheet.width(timetable_slot::word(*k), &voice);
    let whole: f64 = kinds.iter().map(width).sum::<f64>() + 9.0 * (kinds.len() - 1) as f64;
    let mut x = f.right() - whole;
    let baseline = f.y + voice.rise();
    for kind in &kinds {
        timetable_slot::ground(pen, *kind, Frame::new(x, baseline - voice.em() * 0.36 - box_h / 2.0, box_w, box_h), 1.6);
        let step = box_w + 2.5 + pen.line(timetable_slot::word(*kind), &voice, x + box_w + 2.5, baseline);
        x += step + 9.0;
    }
}

/// Height of one line at this size, in mm.
pub(crate) fn line(size: f64) -> f64 {
    size * PT * 1.25
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        assert_eq!(minutes("10:40"), Some(640));
        assert_eq!(minutes("9：05"), Some(545));
        assert_eq!([minutes("25:99"), minutes("昼"), minutes("")], [None, None, None]);
    }
}
