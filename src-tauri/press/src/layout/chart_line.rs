//! A line true to time: value and date at every point, an unconfirmed figure hollow on a dashed line over hatching.
use crate::block::Point;
use crate::layout::chart::Chart;
use crate::layout::hatch;
use crate::layout::pen::{Pen, Step};
use crate::layout::sheet::{Frame, Voice};
use crate::layout::spans;
use crate::page::{Ink, Paint, circle};
use crate::theme::{ColourRole, Role};

/// Radius of a point.
const DOT: f64 = 6.0;
const LINE: f64 = 3.4;

struct Marks {
    /// Where each point stands.
    at: Vec<(f64, f64)>,
    axis: f64,
}

pub(crate) fn draw(pen: &mut Pen, chart: &Chart, f: Frame, size: Option<f64>) -> f64 {
    let sheet = pen.sheet;
    if chart.points.is_empty() {
        return 0.0;
    }
    let date = sheet.voice(Role::Tag, ColourRole::Ink);
    let scale = (f.h / 225.0).clamp(0.4, 1.0);
    let mut number = sheet.voice(Role::Figure, ColourRole::Main).minor(Role::Label);
    number.size = size.unwrap_or((number.size * 0.62 * scale).max(30.0));
    let mut unit = sheet.voice(Role::Label, ColourRole::Main);
    unit.size = (number.size * 0.34).max(sheet.floor(Role::Table));
    let axis = f.bottom() - date.line() - 3.0;
    let marks = place(chart, f, axis, number.em());
    let main = pen.colour(ColourRole::Main);
    ground(pen, chart, &marks, main);
    segments(pen, chart, &marks, main);
    let ink = pen.colour(ColourRole::Ink);
    pen.rule(f.x, axis, f.w, 0.6, ink);
    for (point, at) in chart.points.iter().zip(&marks.at) {
        dot(pen, point, *at, main);
    }
    dates(pen, chart, &marks, &date, f);
    labels(pen, chart, &marks, f, &number, &unit);
    f.h
}

fn place(chart: &Chart, f: Frame, axis: f64, em: f64) -> Marks {
    let points = &chart.points;
    let steps = (0..points.len()).map(|i| i as f64).collect::<Vec<_>>();
    let timed: Option<Vec<f64>> = points.iter().map(|p| p.at.filter(|a| a.is_finite())).collect();
    let time = timed.filter(|t| t.is_sorted()).unwrap_or(steps);
    let (first, last) = (time[0], time[time.len() - 1]);
    let (left, right) = (f.x + DOT * 2.0, f.right() - (f.w * 0.15).min(80.0));
    let x = |t: f64| if last > first { left + (right - left) * (t - first) / (last - first) } else { f.x + f.w / 2.0 };
    let most = chart.most().max(f64::MIN_POSITIVE);
    let head = (em * 1.1).min((axis - f.y) * 0.4);
    let y = |v: f64| axis - (axis - f.y - head) * (v / most).max(0.0);
    Marks { at: points.iter().zip(&time).map(|(p, t)| (x(*t), y(p.value))).collect(), axis }
}

/// Tint under the line; hatching where the figure at the end is not confirmed.
fn ground(pen: &mut Pen, chart: &Chart, marks: &Marks, main: Ink) {
    let tint = pen.colour(ColourRole::Tint);
    for (i, pair) in marks.at.windows(2).enumerate() {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let path = pen.path(&[Step::To(x0, marks.axis), Step::Line(x0, y0), Step::Line(x1, y1), Step::Line(x1, marks.axis), Step::Close]);
        if chart.points[i + 1].unconfirmed || chart.points[i].unconfirmed {
            let top = y0.min(y1);
            pen.clipped(path, |pen| hatch::draw(pen, Frame::new(x0, top, x1 - x0, marks.axis - top), tint));
        } else {
            pen.shape(path, Some(Paint::Flat(tint)), None);
        }
    }
    for (x, y) in &marks.at {
        pen.fill(Frame::new(x - 0.25, *y, 0.5, marks.axis - y), main);
    }
}

fn segments(pen: &mut Pen, chart: &Chart, marks: &Marks, main: Ink) {
    for (i, pair) in marks.at.windows(2).enumerate() {
        let path = pen.path(&[Step::To(pair[0].0, pair[0].1), Step::Line(pair[1].0, pair[1].1)]);
        let mut stroke = pen.stroke(main, LINE);
        if chart.points[i + 1].unconfirmed || chart.points[i].unconfirmed {
            stroke.dash = vec![pen.sheet.pt(8.0), pen.sheet.pt(5.0)];
        } else {
            stroke.round = true;
        }
        pen.shape(path, None, Some(stroke));
    }
}

fn dot(pen: &mut Pen, point: &Point, (x, y): (f64, f64), main: Ink) {
    let s = pen.sheet;
    if point.unconfirmed {
        let paper = pen.colour(ColourRole::Paper);
        let path = circle(s.pt(x), s.pt(y), s.pt(DOT - 1.1));
        let stroke = pen.stroke(main, 2.2);
        pen.shape(path, Some(Paint::Flat(paper)), Some(stroke));
    } else {
        pen.shape(circle(s.pt(x), s.pt(y), s.pt(DOT)), Some(Paint::Flat(main)), None);
    }
}

/// Dates under the axis, each under its point, moved apart where they would touch.
fn dates(pen: &mut Pen, chart: &Chart, marks: &Marks, voice: &Voice, f: Frame) {
    let mut free = f.x;
    for (point, (x, _)) in chart.points.iter().zip(&marks.at) {
        let width = pen.sheet.width(&point.label, voice);
        let left = (x - width / 2.0).max(free).min((f.right() - width).max(free));
        pen.line(&point.label, voice, left, marks.axis + 3.0 + voice.rise());
        free = left + width + voice.em();
    }
}

/// Puts each value where it touches neither the line nor another value.
fn labels(pen: &mut Pen, chart: &Chart, marks: &Marks, f: Frame, number: &Voice, unit: &Voice) {
    let cap = number.em() * 0.72;
    let mut taken: Vec<Frame> = Vec::new();
    for (i, (point, (x, y))) in chart.points.iter().zip(&marks.at).enumerate() {
        let spans = chart.value(point, number, unit);
        let (width, digits) = (spans::width(pen.sheet, &spans), pen.sheet.width(&spans[0].text, number));
        let air = DOT + 4.0;
        let rising = marks.at.get(i + 1).is_some_and(|next| next.1 < *y);
        let above = [(x - digits / 2.0, y - air - cap), (x - width + DOT, y - air - cap), (x - DOT, y - air - cap)];
        let below = [(x + 5.0, y + air - 2.0), (x - width / 2.0, y + air + 2.0), (x - width - 5.0, y + air)];
        let order: Vec<(f64, f64)> = if i == 0 && rising { below.into_iter().chain(above).collect() } else { above.into_iter().chain(below).collect() };
        let boxed = |&(left, top): &(f64, f64)| Frame::new(left.clamp(f.x, (f.right() - width).max(f.x)), top, width, cap);
        let free = |b: &Frame| {
            b.y >= f.y - 12.0 && b.bottom() <= marks.axis - 2.0 && !taken.iter().any(|t| meet(t, b)) && !marks.at.windows(2).any(|w| crosses(w[0], w[1], b))
        };
        let boxes: Vec<Frame> = order.iter().map(boxed).collect();
        let chosen = boxes.iter().copied().find(free).unwrap_or(boxes[0]);
        spans::draw(pen, &spans, chosen.x, chosen.bottom());
        taken.push(chosen);
    }
}

fn meet(a: &Frame, b: &Frame) -> bool {
    a.x < b.right() + 3.0 && b.x < a.right() + 3.0 && a.y < b.bottom() + 2.0 && b.y < a.bottom() + 2.0
}

/// Whether the line from `a` to `b` runs through the box or too near to it.
fn crosses(a: (f64, f64), b: (f64, f64), f: &Frame) -> bool {
    (0..=40).any(|i| {
        let t = f64::from(i) / 40.0;
        let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
        x > f.x - 2.0 && x < f.right() + 2.0 && y > f.y - 2.5 && y < f.bottom() + 2.5
    })
}
