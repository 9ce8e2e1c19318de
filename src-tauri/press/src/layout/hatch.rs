//! Hatching: the third tone of a chart, and what is not certain or not open.
use crate::layout::pen::{Pen, Step};
use crate::layout::sheet::Frame;
use crate::page::Ink;

/// Lines at 45°, pitch 5, weight 1.6. The caller clips.
pub(crate) fn draw(pen: &mut Pen, f: Frame, ink: Ink) {
    let stroke = pen.stroke(ink, 1.6);
    let pitch = 5.0 * std::f64::consts::SQRT_2;
    let mut steps = Vec::new();
    let mut x = f.x;
    while x < f.right() + f.h {
        steps.extend([Step::To(x, f.y), Step::Line(x - f.h, f.bottom())]);
        x += pitch;
    }
    let path = pen.path(&steps);
    pen.shape(path, None, Some(stroke));
}
