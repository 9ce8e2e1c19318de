//! A veil in the pixels of a picture, row by row: for files that may hold no transparency.
use crate::length::Pt;
use crate::page::{Image, Ink, Segment, Stop, Stroke};
use crate::theme::over;
use resvg::tiny_skia;

/// Steps along the line of a veil; a step of 1/1024 is far below one level of grey.
const STEPS: usize = 1024;

/// A veil as it lies on one picture; the unit square is the upright picture, y downwards.
pub struct Coat {
    /// Outlines that all hold the veil, as edges x0 y0 x1 y1.
    outlines: Vec<Vec<[f64; 4]>>,
    /// Where along the veil's line (0–1) the upper left corner lies, and what a step right and a step down add.
    along: [f64; 3],
    /// Ink times opacity (0–255 each) and what is left of the ground, by the step along the line.
    strength: Vec<([f32; 4], f32)>,
}

impl Coat {
    pub fn new<'p>(within: impl Iterator<Item = &'p [Segment]>, line: ((Pt, Pt), (Pt, Pt)), stops: &[Stop], image: &Image) -> Self {
        let unit = |x: f64, y: f64| ((x - image.x.0) / image.width.0, (y - image.y.0) / image.height.0);
        let outlines = within.map(|path| edges(path, unit)).collect();
        let ((fx, fy), (tx, ty)) = line;
        let (dx, dy) = (tx.0 - fx.0, ty.0 - fy.0);
        let squared = (dx * dx + dy * dy).max(1e-12);
        let start = ((image.x.0 - fx.0) * dx + (image.y.0 - fy.0) * dy) / squared;
        let along = [start, image.width.0 * dx / squared, image.height.0 * dy / squared];
        let strength = (0..=STEPS)
            .map(|step| {
                let (ink, opacity) = at(stops, step as f32 / STEPS as f32);
                (ink.cmyk.map(|percent| percent * 2.55 * opacity as f32), 1.0 - opacity as f32)
            })
            .collect();
        Self { outlines, along, strength }
    }

    /// Lays the veil over one row of CMYK pixels, row `y` of `height`.
    pub fn over(&self, row: &mut [u8], y: usize, height: usize) {
        let width = row.len() / 4;
        let v = (y as f64 + 0.5) / height as f64;
        let mut spans = vec![(0usize, width)];
        for outline in &self.outlines {
            spans = common(&spans, &inside(outline, v, width));
        }
        let across = self.along[1] / width as f64;
        for (from, to) in spans {
            let mut t = self.along[0] + self.along[2] * v + across * (from as f64 + 0.5);
            for pixel in row[from * 4..to * 4].chunks_exact_mut(4) {
                let (ink, rest) = &self.strength[(t.clamp(0.0, 1.0) * STEPS as f64) as usize];
                for (value, ink) in pixel.iter_mut().zip(ink) {
                    *value = (f32::from(*value) * rest + ink + 0.5) as u8;
                }
                t += across;
            }
        }
    }
}

/// Ink and opacity of a veil at a place along its line.
pub fn at(stops: &[Stop], t: f32) -> (Ink, f64) {
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return (Ink::WHITE, 0.0) };
    if t <= first.at {
        return (first.ink, f64::from(first.opacity));
    }
    let pair = stops.windows(2).find(|pair| t <= pair[1].at);
    let Some([a, b]) = pair else { return (last.ink, f64::from(last.opacity)) };
    let part = if b.at > a.at { f64::from((t - a.at) / (b.at - a.at)) } else { 1.0 };
    let opacity = f64::from(a.opacity) + (f64::from(b.opacity) - f64::from(a.opacity)) * part;
    (if a.ink == b.ink { a.ink } else { over(b.ink, part, a.ink) }, opacity)
}

/// The path as straight edges; curves become pieces shorter than the eye sees.
fn edges(path: &[Segment], unit: impl Fn(f64, f64) -> (f64, f64)) -> Vec<[f64; 4]> {
    const PIECES: usize = 32;
    let mut out = Vec::new();
    let (mut start, mut pen) = ((0.0, 0.0), (0.0, 0.0));
    let mut draw = |from: (f64, f64), to: (f64, f64)| {
        let ((x0, y0), (x1, y1)) = (unit(from.0, from.1), unit(to.0, to.1));
        out.push([x0, y0, x1, y1]);
    };
    for segment in path {
        match *segment {
            Segment::Move(x, y) => {
                draw(pen, start);
                (start, pen) = ((x.0, y.0), (x.0, y.0));
            }
            Segment::Line(x, y) => {
                draw(pen, (x.0, y.0));
                pen = (x.0, y.0);
            }
            Segment::Curve(a, b, c, d, x, y) => {
                let from = pen;
                for piece in 1..=PIECES {
                    let t = piece as f64 / PIECES as f64;
                    let weights = [(1.0 - t).powi(3), 3.0 * t * (1.0 - t).powi(2), 3.0 * t * t * (1.0 - t), t.powi(3)];
                    let mix = |p: [f64; 4]| p.iter().zip(weights).map(|(p, w)| p * w).sum::<f64>();
                    let next = (mix([from.0, a.0, c.0, x.0]), mix([from.1, b.0, d.0, y.0]));
                    draw(pen, next);
                    pen = next;
                }
            }
            Segment::Close => {
                draw(pen, start);
                pen = start;
            }
        }
    }
    draw(pen, start);
    out
}

/// Pixels of a row whose middle lies inside the outline (non-zero winding).
fn inside(edges: &[[f64; 4]], v: f64, width: usize) -> Vec<(usize, usize)> {
    let mut crossings: Vec<(f64, i32)> = edges
        .iter()
        .filter(|[_, y0, _, y1]| (*y0 <= v) != (*y1 <= v))
        .map(|[x0, y0, x1, y1]| (x0 + (v - y0) / (y1 - y0) * (x1 - x0), if y1 > y0 { 1 } else { -1 }))
        .collect();
    crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let pixel = |u: f64| (u * width as f64 - 0.5).ceil().clamp(0.0, width as f64) as usize;
    let (mut spans, mut winding, mut from) = (Vec::new(), 0, 0.0);
    for (u, turn) in crossings {
        let before = winding;
        winding += turn;
        if before == 0 {
            from = u;
        } else if winding == 0 && pixel(from) < pixel(u) {
            spans.push((pixel(from), pixel(u)));
        }
    }
    spans
}

fn common(a: &[(usize, usize)], b: &[(usize, usize)]) -> Vec<(usize, usize)> {
    a.iter().flat_map(|p| b.iter().map(|q| (p.0.max(q.0), p.1.min(q.1)))).filter(|(from, to)| from < to).collect()
}

/// The outline of a line of ink.
pub fn stroked(path: &[Segment], stroke: &Stroke) -> Option<Vec<Segment>> {
    let mut line = tiny_skia::PathBuilder::new();
    let f = |length: Pt| length.0 as f32;
    for segment in path {
        match *segment {
            Segment::Move(x, y) => line.move_to(f(x), f(y)),
            Segment::Line(x, y) => line.line_to(f(x), f(y)),
            Segment::Curve(a, b, c, d, x, y) => line.cubic_to(f(a), f(b), f(c), f(d), f(x), f(y)),
            Segment::Close => line.close(),
        }
    }
    let line = line.finish()?;
    let dashed = tiny_skia::StrokeDash::new(stroke.dash.iter().map(|length| f(*length)).collect(), 0.0);
    let line = dashed.and_then(|dash| line.dash(&dash, 4.0)).unwrap_or(line);
    let mut pen = tiny_skia::Stroke { width: f(stroke.width), ..tiny_skia::Stroke::default() };
    if stroke.round {
        (pen.line_cap, pen.line_join) = (tiny_skia::LineCap::Round, tiny_skia::LineJoin::Round);
    }
    let outline = line.stroke(&pen, 4.0)?;
    let p = |point: tiny_skia::Point| (Pt(f64::from(point.x)), Pt(f64::from(point.y)));
    let mut at = tiny_skia::Point::zero();
    let mut out = Vec::new();
    for segment in outline.segments() {
        use tiny_skia::PathSegment::*;
        let third = |from: tiny_skia::Point, control: tiny_skia::Point| (Pt(f64::from(from.x + (control.x - from.x) * 2.0 / 3.0)), Pt(f64::from(from.y + (control.y - from.y) * 2.0 / 3.0)));
        match segment {
            MoveTo(to) => out.push(Segment::Move(p(to).0, p(to).1)),
            LineTo(to) => out.push(Segment::Line(p(to).0, p(to).1)),
            QuadTo(control, to) => {
                let (a, b) = (third(at, control), third(to, control));
                out.push(Segment::Curve(a.0, a.1, b.0, b.1, p(to).0, p(to).1));
            }
            CubicTo(a, b, to) => out.push(Segment::Curve(p(a).0, p(a).1, p(b).0, p(b).1, p(to).0, p(to).1)),
            Close => out.push(Segment::Close),
        }
        if let MoveTo(to) | LineTo(to) | QuadTo(_, to) | CubicTo(_, _, to) = segment {
            at = to;
        }
    }
    Some(out)
}
