//! Three hills, one behind the other: the foot of the 額 composition.
use crate::layout::pen::{Pen, Step};
use crate::page::Paint;
use crate::theme::ColourRole;

/// Two curves across the sheet: height above the base at the left edge, then (x, height) of the two handles and the end of each.
type Ridge = (f64, [[(f64, f64); 3]; 2]);

/// From the farthest to the nearest.
const RIDGES: [(ColourRole, Ridge); 3] = [
    (ColourRole::Tint, (33.0, [[(0.17, 41.0), (0.3, 35.0), (0.48, 27.0)], [(0.66, 19.0), (0.84, 27.0), (1.0, 29.0)]])),
    (ColourRole::Sub, (15.0, [[(0.16, 13.0), (0.3, 5.0), (0.47, 8.0)], [(0.64, 11.0), (0.8, 24.0), (1.0, 18.0)]])),
    (ColourRole::Main, (3.0, [[(0.12, 7.5), (0.34, 3.0), (0.52, -4.0)], [(0.68, -10.0), (0.86, 1.0), (1.0, 2.0)]])),
];

/// How far the farthest hill rises above the base.
pub(crate) const RISE: f64 = 38.0;

/// Draws the hills down to the foot of the sheet; the nearest covers everything from about `base` downwards.
/// Gives the y above which the paper is free.
pub(crate) fn draw(pen: &mut Pen, base: f64) -> f64 {
    let (w, h, b) = (pen.sheet.w, pen.sheet.h, pen.sheet.bleed);
    for (role, (left, curves)) in RIDGES {
        let y = |rise: f64| base - rise;
        let mut steps = vec![Step::To(-b, h + b), Step::Line(-b, y(left)), Step::Line(0.0, y(left))];
        for [a, c, end] in curves {
            steps.push(Step::Curve(a.0 * w, y(a.1), c.0 * w, y(c.1), end.0 * w, y(end.1)));
        }
        let last = curves[1][2].1;
        steps.extend([Step::Line(w + b, y(last)), Step::Line(w + b, h + b), Step::Close]);
        let (path, ink) = (pen.path(&steps), pen.colour(role));
        pen.shape(path, Some(Paint::Flat(ink)), None);
    }
    base - RISE
}
