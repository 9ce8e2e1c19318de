//! The heading of a title panel in the 縦 composition: the title's lines and the key word from top to bottom, all as long as
//! each other, beside a picture that bleeds at the left and the top.
use crate::block::What;
use crate::inline::cut;
use crate::layout::frames::Arrangement;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::theme::{ColourRole, Role};

/// Between two vertical lines, as a share of the wider one.
const BETWEEN: f64 = 0.12;

/// The picture with its credit below.
pub(crate) fn picture(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let Some(photo) = &parts.hero else { return };
    let (sheet, b) = (pen.sheet, pen.sheet.bleed);
    let (hero, margin) = (shape.frame("hero", sheet.w, sheet.h), shape.frame("series", sheet.w, sheet.h).x);
    let right = if hero.right() > sheet.w - 0.1 { b } else { 0.0 };
    pen.block(photo.index, |pen| {
        photo.draw(pen, Frame::new(hero.x - b, hero.y - b, hero.w + b + right, hero.h + b), None);
        photo.words(pen, margin, hero.bottom() + 4.0, hero.right().min(sheet.w - margin) - margin);
    });
}

pub(crate) fn heading(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let Some((index, What::Title { text, key_word, .. })) = parts.title else { return };
    let (left, right) = (shape.frame("key_word", sheet.w, sheet.h), shape.frame("title", sheet.w, sheet.h));
    let accent = pen.colour(ColourRole::Accent);
    pen.block(index, |pen| {
        let whole = Frame::new(left.x, left.y, right.right() - left.x, left.h);
        let edge = whole.right();
        pen.fill(Frame::new(edge - 1.2, whole.y, 1.2, 98.0_f64.min(whole.h)), accent);
        let lines: Vec<String> = cut::words(text).into_iter().chain((!key_word.is_empty()).then(|| key_word.clone())).collect();
        let room = Frame { w: whole.w - 9.0, ..whole };
        let set = equal(sheet, &lines, room);
        let mut x = room.right();
        for block in &set {
            pen.put_down(block, 0..1, x, room.y);
            x -= block.voice.em() * (1.0 + BETWEEN);
        }
    });
    let Some((index, What::Subtitle { text })) = parts.subtitle else { return };
    let voice = sheet.voice(Role::Subtitle, ColourRole::Main);
    let series = shape.frame("series", sheet.w, sheet.h);
    pen.block(index, |pen| {
        pen.words(text, &voice, series.x, series.bottom() + 10.0, left.x.max(series.w * 0.6) - series.x);
    });
}

/// Every line at the size at which it is as long as the frame; all smaller together where they would be too wide.
fn equal(sheet: &Sheet, lines: &[String], f: Frame) -> Vec<TextBlock> {
    let voice = Voice { heading: false, ..sheet.voice(Role::Title, ColourRole::Main) };
    let sizes: Vec<f64> = lines.iter().map(|l| 100.0 * f.h / sheet.length_down(l, &voice.clone().sized(100.0)).max(1.0)).collect();
    let wide: f64 = sizes.iter().map(|s| voice.clone().sized(*s).em()).sum::<f64>() * (1.0 + BETWEEN);
    let shrink = (f.w / wide.max(1.0)).min(1.0);
    // The line box is the em: the lines stand as close as their glyphs allow.
    lines.iter().zip(sizes).map(|(l, s)| sheet.set_down(l, &voice.clone().sized(s * shrink).led(1.0), 1e5)).collect()
}
