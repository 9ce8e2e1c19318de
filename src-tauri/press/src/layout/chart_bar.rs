//! Horizontal bars in the order given: name at the left, value at the end of the bar.
use crate::layout::chart::Chart;
use crate::layout::pen::Pen;
use crate::layout::sheet::Frame;
use crate::layout::spans;
use crate::layout::table::bar_inks;
use crate::page::Paint;
use crate::theme::{ColourRole, Role};

/// Most from one bar to the next, in em of the names.
pub(crate) const PITCH: f64 = 3.3;

pub(crate) fn draw(pen: &mut Pen, chart: &Chart, f: Frame, size: Option<f64>) -> f64 {
    let sheet = pen.sheet;
    let count = chart.points.len();
    if count == 0 {
        return 0.0;
    }
    let mut label = sheet.voice(Role::Table, ColourRole::Ink).led(1.2);
    label.size = size.unwrap_or(label.size);
    let pitch = (f.h / count as f64).min(label.em() * PITCH);
    // Rows closer than the type needs shrink the type, to its floor.
    label.size = label.size.min((pitch / 0.3528 / 1.15).max(sheet.floor(Role::Table)));
    let mut number = sheet.voice(Role::Number, ColourRole::Main);
    number = number.minor(Role::Table);
    number.size = (label.size * 1.25).min(pitch / 0.3528);
    let unit = label.clone().sized((label.size * 0.8).max(sheet.floor(Role::Caption))).minor(Role::Caption);
    let names = chart.points.iter().map(|p| sheet.width(&p.label, &label)).fold(0.0, f64::max).min(f.w * 0.4);
    let values: Vec<_> = chart.points.iter().map(|p| chart.value(p, &number, &unit)).collect();
    let widest = values.iter().map(|v| spans::width(sheet, v)).fold(0.0, f64::max);
    let start = f.x + names + label.em() * 0.6;
    let room = (f.right() - start - widest - label.em() * 0.5).max(f.w * 0.1);
    let most = chart.most();
    let (top, other) = bar_inks(sheet);
    for (i, point) in chart.points.iter().enumerate() {
        let middle = f.y + pitch * (i as f64 + 0.5);
        let text = sheet.set(&point.label, &label, names + 0.5);
        pen.put(&text, f.x, middle - text.height() / 2.0);
        let length = if most > 0.0 { room * point.value.max(0.0) / most } else { 0.0 };
        let height = (label.em() * 1.06).max(9.0).min(pitch * 0.55);
        let bar = Frame::new(start, middle - height / 2.0, length, height);
        let ink = if point.value >= most { top } else { other };
        if point.unconfirmed {
            hollow(pen, bar, ink);
        } else {
            pen.fill(bar, ink);
        }
        spans::draw(pen, &values[i], start + length + label.em() * 0.35, middle + number.em() * 0.36);
    }
    let axis = pen.colour(ColourRole::Rule);
    pen.fill(Frame::new(start - 0.25, f.y, 0.5, pitch * count as f64), axis);
    pitch * count as f64
}

/// A figure that is not certain: an open bar with a dashed outline.
fn hollow(pen: &mut Pen, bar: Frame, ink: crate::page::Ink) {
    let line = 0.9;
    let s = pen.sheet;
    let inner = Frame::new(bar.x + line / 2.0, bar.y + line / 2.0, (bar.w - line).max(0.1), bar.h - line);
    let path = crate::page::rectangle(s.pt(inner.x), s.pt(inner.y), s.pt(inner.w), s.pt(inner.h), s.pt(0.0));
    let mut stroke = pen.stroke(ink, line);
    stroke.dash = vec![s.pt(3.0), s.pt(2.0)];
    let paper = pen.colour(ColourRole::Paper);
    pen.shape(path, Some(Paint::Flat(paper)), Some(stroke));
}
