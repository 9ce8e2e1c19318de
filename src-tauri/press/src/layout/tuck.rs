//! A body in a cell, with a list that may stand under its last column when the columns before it are longer.
use crate::block::{Section, What};
use crate::layout::body::{self, Columns, Flow};
use crate::layout::cell::Plan;
use crate::layout::free;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet};

/// Between text columns, and how wide a column may be before there are two.
const COLUMN_GAP: f64 = 12.0;
const WIDEST: f64 = 300.0;

/// As many columns as the writer asks for; else two when a line would be too long to read.
fn flow(sheet: &Sheet, sections: &[Section], columns: Option<u8>, w: f64, size: f64) -> (usize, body::Flow) {
    let wanted = columns.map_or(if w > WIDEST { 2 } else { 1 }, |c| usize::from(c.clamp(1, 4)));
    // A narrow cell has no room for columns of fewer than a dozen characters.
    let most = ((w / (size * 0.3528 * 12.0)) as usize).max(1);
    let count = wanted.min(most);
    (count, body::flow(sheet, sections, body::column_width(w, count, COLUMN_GAP), Some(size)))
}


/// The columns, and where the list begins: below all of them, or below the last one.
struct Arranged {
    count: usize,
    flow: Flow,
    columns: Columns,
    list: Option<Place>,
    height: f64,
}

#[derive(Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
    w: f64,
}

fn arrange(sheet: &Sheet, (sections, columns): (&[Section], Option<u8>), list: Option<(usize, &What)>, (w, limit): (f64, f64), plan: &Plan) -> Arranged {
    let (count, flow) = flow(sheet, sections, columns, w, plan.body);
    let columns = flow.divide(count, limit);
    let body_h = columns.height.min(limit);
    let Some((index, what)) = list else { return Arranged { count, flow, columns, list: None, height: body_h } };
    let list_h = |w: f64| free::any(&mut Pen::silent(sheet), index, what, Frame::new(0.0, 0.0, w, 2000.0), Some(plan.body));
    let below = Place { x: 0.0, y: body_h + plan.gap, w };
    let stacked = below.y + list_h(w);
    let narrow = body::column_width(w, count, COLUMN_GAP);
    if let (true, Some(last)) = (columns.ranges.len() == count && count > 1, columns.ranges.last()) {
        let y = flow.height(last) + plan.gap;
        let tucked = body_h.max(y + list_h(narrow));
        // Only where it wins most of the list's own height does it leave its place under the whole.
        if tucked < body_h + (stacked - body_h) * 0.5 {
            let x = (narrow + COLUMN_GAP) * (count - 1) as f64;
            return Arranged { count, flow, columns, list: Some(Place { x, y, w: narrow }), height: tucked };
        }
    }
    Arranged { count, flow, columns, list: Some(below), height: stacked }
}

pub(crate) fn height(sheet: &Sheet, sections: &[Section], columns: Option<u8>, list: Option<(usize, &What)>, w: f64, plan: &Plan) -> f64 {
    arrange(sheet, (sections, columns), list, (w, 1e6), plan).height
}

pub(crate) fn draw(pen: &mut Pen, (index, sections, columns): (usize, &[Section], Option<u8>), list: Option<(usize, &What)>, f: Frame, plan: &Plan) {
    let sheet = pen.sheet;
    let mut all = arrange(sheet, (sections, columns), list, (f.w, 1e6), plan);
    if all.height > f.h + 0.1 {
        // The list keeps its height; the body ends above it.
        let list_h = list.map_or(0.0, |_| all.height - all.columns.height.min(all.height));
        all = arrange(sheet, (sections, columns), list, (f.w, (f.h - list_h).max(1.0) + 0.1), plan);
    }
    pen.block(index, |pen| {
        all.flow.draw(pen, &all.columns, f, COLUMN_GAP, all.count);
        all.flow.report(sheet, index, f, &all.columns.left_over);
    });
    if let (Some((index, what)), Some(place)) = (list, all.list) {
        let frame = Frame::new(f.x + place.x, f.y + place.y, place.w, (f.h - place.y).max(1.0));
        pen.block(index, |pen| {
            free::any(pen, index, what, frame, Some(plan.body));
        });
    }
}
