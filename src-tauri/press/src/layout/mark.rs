//! Marks and names: logos that are never cropped, and who signs a greeting.
use crate::block::What;
use crate::inline::Align;
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::sheet::{Frame, Sheet};
use crate::page::{Paint, rectangle};
use crate::theme::{ColourRole, Role};

/// Height of a logo that stands in a row, without its label.
pub(crate) const LOGO: f64 = 30.0;

/// The whole picture, as large as the frame allows, its label below.
pub(crate) fn logo(pen: &mut Pen, index: usize, what: &What, f: Frame) -> f64 {
    let What::Logo { picture, label } = what else { return 0.0 };
    let sheet = pen.sheet;
    let voice = sheet.voice(Role::Caption, ColourRole::Note).aligned(Align::Start);
    let words = if label.trim().is_empty() { 0.0 } else { sheet.set(label, &voice, f.w).height() + 2.0 };
    let room = Frame { h: (f.h - words).clamp(1.0, 90.0), ..f };
    let inner = match (sheet.images)(picture) {
        Ok(info) => contained(room, f64::from(info.width.max(1)) / f64::from(info.height.max(1))),
        Err(fault) => {
            let empty = Frame { w: room.h.min(room.w), ..room };
            let p = |v| sheet.pt(v);
            let tint = pen.colour(ColourRole::Tint);
            pen.shape(rectangle(p(empty.x), p(empty.y), p(empty.w), p(empty.h), p(0.0)), Some(Paint::Flat(tint)), None);
            if !pen.is_silent() {
                Photo::bare(index, picture).report(sheet, empty, fault);
            }
            pen.words(label, &voice, f.x, empty.bottom() + 2.0, f.w);
            return empty.h + words;
        }
    };
    pen.image(picture, inner);
    if words > 0.0 {
        pen.words(label, &voice, f.x, inner.bottom() + 2.0, f.w);
    }
    inner.h + words
}

/// The largest frame of this proportion inside another, from its upper left corner.
fn contained(f: Frame, aspect: f64) -> Frame {
    let w = f.w.min(f.h * aspect);
    Frame { w, h: w / aspect, ..f }
}

/// Width that a logo takes in a row.
pub(crate) fn logo_width(sheet: &Sheet, what: &What) -> f64 {
    let What::Logo { picture, label } = what else { return 0.0 };
    let aspect = (sheet.images)(picture).map_or(1.0, |info| f64::from(info.width.max(1)) / f64::from(info.height.max(1)));
    (LOGO * aspect).max(sheet.width(label, &sheet.voice(Role::Caption, ColourRole::Note)) + 0.5)
}

/// Office above, name below it larger, both ending at the right of the frame.
pub(crate) fn signature(pen: &mut Pen, what: &What, f: Frame) -> f64 {
    let What::Signature { title, name } = what else { return 0.0 };
    let sheet = pen.sheet;
    let office = sheet.voice(Role::Heading, ColourRole::Ink).aligned(Align::End);
    let lead = sheet.voice(Role::Lead, ColourRole::Ink).aligned(Align::End);
    let mut y = f.y;
    for line in title.lines().filter(|l| !l.trim().is_empty()) {
        y += pen.words(line.trim(), &office, f.x, y, f.w);
    }
    if !name.trim().is_empty() {
        y += 2.0 + pen.words(name.trim(), &lead, f.x, y + 2.0, f.w);
    }
    y - f.y
}
