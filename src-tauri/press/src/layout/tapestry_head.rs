//! The head of a 帯 tapestry: a band beside the picture with a gold edge, the name and the subtitle running down it.
use crate::block::What;
use crate::layout::frames::Arrangement;
use crate::layout::heading_down::{self, Name};
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::Frame;
use crate::page::Ink;
use crate::theme::{ColourRole, Role};

/// Width of the gold edge.
const EDGE: f64 = 2.3;

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement, hero: Frame) {
    let (sheet, b) = (pen.sheet, pen.sheet.bleed);
    let (main, accent) = (pen.colour(ColourRole::Main), pen.colour(ColourRole::Accent));
    let slot = shape.frame("name", sheet.w, sheet.h);
    // Without a picture the band is the whole head.
    let left = if parts.hero.is_some() { hero.right() } else { 0.0 };
    let foot = if parts.hero.is_some() { hero.bottom() } else { shape.frame("hero", sheet.w, sheet.h).bottom() };
    let band = Frame::new(left, -b, sheet.w + b - left, foot + b);
    pen.fill(if left > 0.0 { band } else { Frame { x: -b, w: sheet.w + 2.0 * b, ..band } }, main);
    pen.fill(Frame::new(left - EDGE, -b, EDGE, foot + b), accent);
    let name = Name::on_band(sheet, parts, slot, slot.x - 12.0);
    let name_foot = name.foot;
    pen.on(main, |pen| {
        name.draw(pen, parts, false);
        let middle = slot.x + slot.w / 2.0;
        let end = tag(pen, parts, middle, foot - 14.0);
        let subtitle = Frame::new(middle - 54.0, name_foot + 20.0, 102.0, (end - name_foot - 34.0).max(60.0));
        heading_down::lines_down(pen, parts, subtitle, Ink::WHITE, 0.0, Some(2.2));
    });
}

/// The tag's words and the number of the panel at the foot of the band. Gives their top.
fn tag(pen: &mut Pen, parts: &Parts, middle: f64, bottom: f64) -> f64 {
    let Some((index, What::Tag { text, number, of })) = parts.tag else { return bottom };
    let count = match (number, of) {
        (Some(n), Some(of)) => format!("{n}／{of}"),
        (Some(n), None) => n.to_string(),
        _ => String::new(),
    };
    let lines: Vec<String> = text.lines().map(str::to_owned).chain([count]).filter(|l| !l.is_empty()).collect();
    let voice = pen.sheet.voice(Role::Tag, ColourRole::Main).inked(Ink::WHITE);
    let top = bottom - lines.len() as f64 * voice.line();
    pen.block(index, |pen| {
        for (i, line) in lines.iter().enumerate() {
            let w = pen.sheet.width(line, &voice);
            pen.line(line, &voice, middle - w / 2.0, top + i as f64 * voice.line() + voice.rise());
        }
    });
    top
}
