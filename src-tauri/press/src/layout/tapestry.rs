//! The head of a tapestry: a tall picture beside a band that carries the name from top to bottom, clear of the rod pocket.
use crate::block::What;
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::poster;
use crate::layout::sheet::{Frame, PT, Sheet, TextBlock, Voice};
use crate::page::{Ink, rectangle};
use crate::theme::{ColourRole, Role};

const CAPTION_GAP: f64 = 5.0;
/// Height of the picture on 600 × 1800: as wanted, and the least.
const HEIGHT: (f64, f64) = (900.0 / 1.16, 760.0 / 1.16);
/// Size of the name, and its least, in pt on A1.
const NAME: (f64, f64) = (440.0 / 1.16, 150.0);
const SUBTITLE: f64 = 80.0 / 1.16;

pub(crate) fn head(pen: &mut Pen, parts: &Parts, hero: Option<&Photo>, shape: &Arrangement, reaches: &mut dyn FnMut(f64) -> bool) -> f64 {
    if shape.name != Shape::Tall {
        return poster::head(pen, parts, hero, shape, reaches);
    }
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    let (slot, band, margin) = (at("hero"), at("band"), at("header").x);
    let words = hero.map_or(0.0, |p| p.words_height(sheet, slot.w - margin));
    let end = |h: f64| h + CAPTION_GAP + words + 14.0;
    let tries = (0..=7).map(|i| HEIGHT.0 - (HEIGHT.0 - HEIGHT.1) * f64::from(i) / 7.0);
    let h = tries.into_iter().find(|h| reaches(end(*h))).unwrap_or(HEIGHT.1);
    let b = sheet.bleed;
    if let Some(photo) = hero {
        let seen = Frame::new(-b, -b, slot.w + b, h + b);
        let square = rectangle(sheet.pt(seen.x), sheet.pt(seen.y), sheet.pt(seen.w), sheet.pt(seen.h), sheet.pt(0.0));
        pen.block(photo.index, |pen| {
            photo.draw(pen, seen, Some(square));
            photo.words(pen, margin, h + CAPTION_GAP, slot.w - margin);
        });
    }
    let main = pen.colour(ColourRole::Main);
    pen.fill(Frame::new(band.x, -b, band.w + b, h + b), main);
    let accent = pen.colour(ColourRole::Accent);
    pen.fill(Frame::new(band.x - 1.1, -b, 2.24, h + b), accent);
    pen.on(main, |pen| name_and_subtitle(pen, parts, Frame { h, ..band }));
    end(h)
}

/// The name from y 74, region and reading at its left, the subtitle below: all lines begin level.
fn name_and_subtitle(pen: &mut Pen, parts: &Parts, band: Frame) {
    let sheet = pen.sheet;
    let top = band.y + 74.0 / 1.16;
    let middle = band.x + band.w / 2.0 + 4.0;
    let mut foot = top;
    if let Some((index, What::Title { text, reading, region, .. })) = parts.title {
        let (block, length) = name(sheet, text, band.h * 0.58);
        foot += length;
        pen.block(index, |pen| {
            let count = block.set.lines.len();
            let wide = count as f64 * block.voice.line();
            pen.put_down(&block, 0..count, middle + wide / 2.0, top);
            let words = [region.trim(), reading.trim()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
            let label = sheet.voice(Role::Label, ColourRole::Main).inked(Ink::WHITE);
            let voice = Voice { tracking: 0.25, ..label.clone().sized((label.size * 0.84).max(sheet.floor(Role::Label))) };
            let left = (middle - wide / 2.0 - voice.em() * 0.9).max(band.x + voice.em());
            pen.line_down(&words, &voice, left, top + 2.0);
        });
    }
    let Some((index, What::Subtitle { text })) = parts.subtitle else { return };
    let y = (foot + 22.0).max((560.0_f64 / 1.16).min(band.h * 0.66));
    let room = (band.bottom() - 12.0 - y).max(40.0);
    let voice = sheet.voice(Role::Subtitle, ColourRole::Main).inked(Ink::WHITE).led(2.0);
    let words = text.replace('\n', "");
    let floor = sheet.floor(Role::Subtitle);
    let set = |size: f64| sheet.set_down(&words, &voice.clone().sized(size), room);
    let fits = |size: f64| {
        let block = set(size);
        block.set.lines.len() <= 3 && block.height() <= band.w && !block.set.forced
    };
    let block = set(crate::layout::fit::step_down(SUBTITLE, floor, fits));
    pen.block(index, |pen| {
        let count = block.set.lines.len();
        pen.put_down(&block, 0..count, band.x + band.w / 2.0 + block.height() / 2.0, y);
    });
}

/// The name in one line as long as there is room for, in two when the least size is still too long.
fn name(sheet: &Sheet, text: &str, room: f64) -> (TextBlock, f64) {
    let voice = Voice { heading: true, ..sheet.voice(Role::Title, ColourRole::Main).inked(Ink::WHITE).led(1.08) };
    let words = text.replace('\n', "");
    let length = sheet.length_down(&words, &voice.clone().sized(100.0)) / 100.0;
    let size = NAME.0.min(room / length.max(0.01)).max(NAME.1);
    let block = sheet.set_down(&words, &voice.sized(size), room + size * PT * 0.1);
    let used = block.set.lines.iter().map(|l| l.width.mm().0 / sheet.k).fold(0.0, f64::max);
    (block, used)
}
