//! Free placement: any block in any frame on any paper, in millimetres of the paper itself.
use crate::block::{Content, What};
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::sheet::Frame;
use crate::layout::{body, facts, lead};
use crate::length::Mm;
use crate::theme::{ColourRole, Role};

/// Factor to A1 of a paper without template: by its area, for the type sizes that the theme gives.
pub(crate) fn factor(paper: (Mm, Mm)) -> f64 {
    (paper.0.0 * paper.1.0 / (594.0 * 841.0)).sqrt()
}

/// Draws every block that carries a place.
pub(crate) fn placed(pen: &mut Pen, content: &Content) {
    let k = pen.sheet.k;
    for (index, block) in content.blocks.iter().enumerate() {
        let Some(place) = block.place else { continue };
        let frame = Frame::new(place.x.0 / k, place.y.0 / k, place.w.0 / k, place.h.0 / k);
        let size = place.size.filter(|s| s.is_finite() && *s > 0.0).map(|s| s / k);
        pen.block(index, |pen| {
            any(pen, index, &block.what, frame, size);
        });
    }
}

/// Draws a block into a frame; `size` in pt on A1 replaces the theme's. Gives the height used.
pub(crate) fn any(pen: &mut Pen, index: usize, what: &What, f: Frame, size: Option<f64>) -> f64 {
    match what {
        What::Photo { .. } => photo(pen, index, what, f),
        What::Body { sections, columns } => {
            let count = columns.map_or(1, |c| usize::from(c.clamp(1, 4)));
            let flow = body::flow(pen.sheet, sections, body::column_width(f.w, count, 12.0), size);
            let columns = flow.divide(count, f.h);
            flow.draw(pen, &columns, f, 12.0, count);
            flow.report(pen.sheet, index, f, &columns.left_over);
            columns.height
        }
        What::Facts { rows } => {
            let (height, shown) = facts::draw(pen, rows, f, size);
            super::rows_left(pen, index, f, rows.len() - shown);
            height
        }
        What::Lead { text } => {
            let mut voice = pen.sheet.voice(Role::Lead, ColourRole::Main);
            voice.size = size.unwrap_or(voice.size);
            let block = lead::set(pen.sheet, text, &voice, f.w);
            body::put_within(pen, index, &block, f, false)
        }
        _ => 0.0,
    }
}

fn photo(pen: &mut Pen, index: usize, what: &What, f: Frame) -> f64 {
    let Some(photo) = Photo::of(index, what) else { return 0.0 };
    let words = photo.words_height(pen.sheet, f.w);
    let below = if words > 0.0 { words + 4.0 } else { 0.0 };
    let frame = Frame { h: (f.h - below).max(1.0), ..f };
    photo.draw(pen, frame, None);
    photo.words(pen, f.x, frame.bottom() + 4.0, f.w);
    f.h
}
