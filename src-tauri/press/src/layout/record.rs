//! 連携実績: a table across the panel with its as-of note, below it whatever else the content tells.
use crate::block::What;
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::Frame;
use crate::layout::table::{Scale, Table};
use crate::layout::{band, body, free};

const GUTTER: f64 = 38.0;
const GAP: f64 = 16.0;

pub(crate) fn table_of(what: &What) -> Option<Table<'_>> {
    let What::Table { title, columns, rows, spans, note } = what else { return None };
    Some(Table { title, columns, rows, spans, from: 0, note })
}

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    let top = band::head(pen, parts, at("header")) + 14.0;
    let bottom = band::foot(pen, parts, shape) - 9.0;
    let mut cells: Vec<(usize, &What)> = [parts.chart, parts.names, parts.lead, parts.facts, parts.body, parts.occasion].into_iter().flatten().collect();
    cells.extend(parts.figures.iter().copied());
    cells.extend(parts.rest.iter().copied());
    cells.extend([&parts.hero, &parts.second, &parts.third].into_iter().flatten().map(|p| (p.index, &sheet.content.blocks[p.index].what)));
    cells.sort_by_key(|(index, _)| *index);
    let slot = at("table");
    let area = Frame::new(slot.x, top, slot.w, bottom - top);
    let wide = shape.name == Shape::Wide;
    let Some((index, table)) = parts.table.and_then(|(i, what)| table_of(what).map(|t| (i, Table { from: sheet.first_row(i), ..t }))) else {
        lower(pen, &cells, area, shape.columns);
        return;
    };
    let full = if wide && !cells.is_empty() { Frame { w: slot.w, ..area } } else { Frame { w: sheet.w - 2.0 * slot.x, ..area } };
    let room = if cells.is_empty() || wide { full.h } else { full.h - least(pen, &cells, full, shape.columns) - GAP };
    let wanted = Scale { text: 29.0, number: 62.0, row: 31.0 };
    let natural = table.height(sheet, full.w, wanted);
    let spare = if wide { 0.0 } else { (room - natural).max(0.0) };
    // Room to spare makes the rows higher before it is left empty.
    let wanted = Scale { row: (31.0 + spare * 0.5 / table.rows.len().max(1) as f64).min(40.0), ..wanted };
    let natural = natural + (wanted.row - 31.0) * table.rows.len() as f64;
    let scale = if natural <= room { wanted } else { table.scale(sheet, Frame { h: room.max(full.h * 0.35), ..full }) };
    let height = table.height(sheet, full.w, scale).min(if cells.is_empty() { full.h } else { room.max(full.h * 0.35) });
    let frame = Frame { h: height + 0.2, ..full };
    let mut used = 0.0;
    pen.block(index, |pen| {
        let drawn = table.draw(pen, frame, scale);
        used = drawn.0;
        super::table_goes_on(pen, index, frame, &table, drawn);
    });
    let rest = if wide {
        Frame { x: at("lower").x, w: at("lower").w, ..area }
    } else {
        Frame { y: full.y + used + GAP, h: bottom - full.y - used - GAP, ..full }
    };
    lower(pen, &cells, rest, if wide { 1 } else { shape.columns });
}

/// Least height that the lower cells need in their columns.
fn least(pen: &Pen, cells: &[(usize, &What)], f: Frame, columns: usize) -> f64 {
    let count = columns.min(cells.len().max(1));
    let w = body::column_width(f.w, count, GUTTER);
    let mut heights = vec![0.0; count];
    for (what, column) in cells.iter().zip(deal(pen, cells, w, count)) {
        heights[column] += natural(pen, what.1, w) + GAP;
    }
    heights.into_iter().fold(0.0, f64::max)
}

/// Height that a block would like in a column of this width.
fn natural(pen: &Pen, what: &What, w: f64) -> f64 {
    match what {
        What::Photo { .. } => w * 0.66,
        What::Chart { points, .. } => 40.0 + 20.0 * points.len() as f64,
        _ => free::any(&mut Pen::silent(pen.sheet), 0, what, Frame::new(0.0, 0.0, w, 2000.0), None),
    }
}

/// Cells in order to columns of about equal height; each goes to the column that is lowest so far.
fn deal(pen: &Pen, cells: &[(usize, &What)], w: f64, count: usize) -> Vec<usize> {
    let mut heights = vec![0.0; count];
    let lowest = |h: &[f64]| (0..h.len()).min_by(|a, b| h[*a].total_cmp(&h[*b])).unwrap_or(0);
    cells
        .iter()
        .map(|(_, what)| {
            let column = lowest(&heights);
            heights[column] += natural(pen, what, w) + GAP;
            column
        })
        .collect()
}

fn lower(pen: &mut Pen, cells: &[(usize, &What)], f: Frame, columns: usize) {
    let count = columns.min(cells.len().max(1));
    let w = body::column_width(f.w, count, GUTTER);
    let order = deal(pen, cells, w, count);
    let mut y = vec![f.y; count];
    let mut need = vec![0.0; count];
    for ((_, what), column) in cells.iter().zip(&order) {
        need[*column] += natural(pen, what, w) + GAP;
    }
    for ((index, what), column) in cells.iter().zip(order) {
        // What a column does not need goes to its chart or photo.
        let spare = (f.h + GAP - need[column]).max(0.0);
        let grow = if matches!(what, What::Chart { .. } | What::Photo { .. }) { spare.min(w * 0.35) } else { 0.0 };
        need[column] += grow;
        let h = (natural(pen, what, w) + grow).min((f.bottom() - y[column]).max(1.0));
        let cell = Frame::new(f.x + column as f64 * (w + GUTTER), y[column], w, h + 0.2);
        pen.block(*index, |pen| {
            free::any(pen, *index, what, cell, None);
        });
        y[column] += h + GAP;
    }
}
