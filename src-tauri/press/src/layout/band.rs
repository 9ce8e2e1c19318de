//! Head and foot that the templates without a composition of their own share: a band, straight (帯) or ending in a wave
//! (波), or a heading on the bare paper (額, 縦) with hills or a fine rule for its foot.
use crate::layout::footer;
use crate::layout::frames::Arrangement;
use crate::layout::hills;
use crate::layout::header::Header;
use crate::layout::parts::Parts;
use crate::layout::pen::{Pen, Step};
use crate::layout::sheet::Frame;
use crate::page::{Ink, Paint};
use crate::theme::{ColourRole, Composition};

/// Draws the heading on its band. Gives the y below it.
pub(crate) fn head(pen: &mut Pen, parts: &Parts, f: Frame) -> f64 {
    let (sheet, b) = (pen.sheet, pen.sheet.bleed);
    let header = Header::set(sheet, parts, f, true);
    let (main, accent) = (pen.colour(ColourRole::Main), pen.colour(ColourRole::Accent));
    let bottom = f.y + header.height + 11.0;
    match sheet.theme.composition {
        Composition::Band => {
            pen.fill(Frame::new(-b, -b, sheet.w + 2.0 * b, bottom + b), main);
            pen.on(main, |pen| header.draw(pen, parts, f, bottom, Ink::WHITE, accent));
            pen.fill(Frame::new(f.x, bottom, 92.0, 2.4), accent);
            return bottom + 4.0;
        }
        Composition::Mount | Composition::Vertical => {
            header.draw(pen, parts, f, bottom, main, main);
            return bottom;
        }
        Composition::Wave => {}
    }
    let deep = 20.0;
    let sub = pen.colour(ColourRole::Sub);
    let outer = wave(pen, bottom + deep, deep);
    pen.shape(outer, Some(Paint::Flat(sub)), None);
    let inner = wave(pen, bottom + deep - 9.0, deep - 4.0);
    pen.shape(inner, Some(Paint::Flat(main)), None);
    pen.on(main, |pen| header.draw(pen, parts, f, bottom, Ink::WHITE, Ink::WHITE));
    bottom + deep + 2.0
}

/// From the top of the sheet down to one wave whose lowest point is `y`, `rise` higher at its crest.
pub(crate) fn wave(pen: &Pen, y: f64, rise: f64) -> Vec<crate::page::Segment> {
    let (w, b) = (pen.sheet.w, pen.sheet.bleed);
    let crest = y - rise;
    pen.path(&[
        Step::To(-b, -b),
        Step::Line(w + b, -b),
        Step::Line(w + b, y - rise * 0.15),
        Step::Curve(w * 0.82, y + rise * 0.1, w * 0.62, crest, w * 0.36, crest),
        Step::Curve(w * 0.22, crest, w * 0.1, y - rise * 0.45, -b, y - rise * 0.1),
        Step::Close,
    ])
}

/// Draws the foot. Gives the y above which everything else must end.
pub(crate) fn foot(pen: &mut Pen, parts: &Parts, shape: &Arrangement) -> f64 {
    let f = shape.frame("footer", pen.sheet.w, pen.sheet.h);
    let margin = shape.frame("header", pen.sheet.w, pen.sheet.h).x;
    match pen.sheet.theme.composition {
        Composition::Band | Composition::Vertical => footer::on_paper(pen, parts, f),
        Composition::Wave => footer::on_band(pen, parts, f, margin, "", true),
        Composition::Mount => {
            let top = hills::draw(pen, f.y);
            footer::on_band(pen, parts, f, margin, "", true);
            return top;
        }
    }
    f.y
}
