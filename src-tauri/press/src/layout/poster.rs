//! The head of a poster: one picture that takes as much of the sheet as the words leave, the heading below it.
use crate::layout::band;
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::header::Header;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::sheet::Frame;
use crate::page::{Paint, Segment, rectangle};
use crate::theme::{ColourRole, Composition};

const CAPTION_GAP: f64 = 4.0;
/// Shares of the height that the picture may take, the largest first.
const SHARES: [f64; 12] = [0.6, 0.57, 0.54, 0.51, 0.48, 0.45, 0.42, 0.38, 0.34, 0.3, 0.27, 0.24];

/// Draws picture and heading. `reaches` tells whether the rows fit below a line. Gives the y below the heading.
pub(crate) fn head(pen: &mut Pen, parts: &Parts, hero: Option<&Photo>, shape: &Arrangement, reaches: &mut dyn FnMut(f64) -> bool) -> f64 {
    let sheet = pen.sheet;
    let margin = shape.frame("header", sheet.w, sheet.h).x;
    let Some(photo) = hero else { return band::head(pen, parts, shape.frame("header", sheet.w, sheet.h)) + 12.0 };
    let words = photo.words_height(sheet, sheet.w - 2.0 * margin);
    let heading = Frame::new(margin, 0.0, sheet.w - 2.0 * margin, sheet.h * 0.3);
    let header = Header::set(sheet, parts, heading, false);
    let most = if shape.name == Shape::Wide { 0.5 } else { 0.6 };
    let below = |share: f64| sheet.h * share + CAPTION_GAP + words + 10.0;
    let ends = |share: f64| below(share) + header.height + 16.0;
    let shares: Vec<f64> = SHARES.into_iter().filter(|s| *s <= most).collect();
    let share = shares.iter().copied().find(|s| reaches(ends(*s))).unwrap_or(0.24);
    let (frame, outline) = picture(pen, Frame::new(0.0, 0.0, sheet.w, sheet.h * share), margin);
    pen.block(photo.index, |pen| {
        photo.draw(pen, frame, outline);
        photo.words(pen, margin, sheet.h * share + CAPTION_GAP, sheet.w - 2.0 * margin);
    });
    let f = Frame { y: below(share), ..heading };
    let header = Header::set(sheet, parts, f, false);
    let bottom = f.y + header.height;
    let main = pen.colour(ColourRole::Main);
    header.draw(pen, parts, f, bottom + 1.0, main, main);
    bottom + 14.0
}

/// How the composition ends its picture: straight over a short bar (帯), in a wave (波), inset with round corners (額), bare (縦).
fn picture(pen: &mut Pen, f: Frame, margin: f64) -> (Frame, Option<Vec<Segment>>) {
    let (sheet, b) = (pen.sheet, pen.sheet.bleed);
    let whole = Frame::new(-b, -b, sheet.w + 2.0 * b, f.h + b);
    let p = |v: f64| sheet.pt(v);
    let square = |f: Frame| rectangle(p(f.x), p(f.y), p(f.w), p(f.h), p(0.0));
    match sheet.theme.composition {
        Composition::Wave => {
            let sub = pen.colour(ColourRole::Sub);
            let outer = band::wave(pen, f.h, 24.0);
            pen.shape(outer, Some(Paint::Flat(sub)), None);
            (whole, Some(band::wave(pen, f.h - 10.0, 20.0)))
        }
        Composition::Mount => (Frame::new(margin, margin, sheet.w - 2.0 * margin, f.h - margin), None),
        Composition::Band => {
            let accent = pen.colour(ColourRole::Accent);
            pen.fill(Frame::new(-b, f.h, sheet.w + 2.0 * b, 2.4), accent);
            (whole, Some(square(whole)))
        }
        Composition::Vertical => (whole, Some(square(whole))),
    }
}
