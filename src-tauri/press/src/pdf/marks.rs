//! Japanese double corner marks (角トンボ) and centre crosses (センタートンボ), in registration colour outside the bleed.
use super::ops::Ops;
use super::sheet::Sheet;
use crate::length::Mm;

/// Line width in points.
const WIDTH: f64 = 0.3;
const LENGTH: Mm = Mm(10.0);
/// Resource name of the Separation /All colour space; see `finish`.
pub const REGISTRATION: &str = "Registration";

pub fn draw(sheet: &Sheet, ops: &mut Ops) {
    ops.word("q");
    ops.named(REGISTRATION, "CS");
    ops.word("1 SCN");
    ops.op(&[WIDTH], "w");
    for points in lines(sheet) {
        for (number, (x, y)) in points.into_iter().enumerate() {
            ops.op(&[x, y], if number == 0 { "m" } else { "l" });
        }
        ops.word("S");
    }
    ops.word("Q");
}

/// Corner: one bent line leads along the trim in x and turns along the bleed, the other the other way round, so that
/// they cross on the corner of the bleed. Without bleed the marks stand 3 mm off the trim.
fn lines(sheet: &Sheet) -> Vec<Vec<(f64, f64)>> {
    let length = LENGTH.pt().0;
    let gap = if sheet.bleed > 0.0 { sheet.bleed } else { Mm(3.0).pt().0 };
    let [x0, y0, x1, y1] = sheet.trim_box();
    let mut lines = Vec::new();
    for (x, outward_x) in [(x0, -1.0), (x1, 1.0)] {
        for (y, outward_y) in [(y0, -1.0), (y1, 1.0)] {
            let (bleed_x, bleed_y) = (x + outward_x * gap, y + outward_y * gap);
            let (far_x, far_y) = (bleed_x + outward_x * length, bleed_y + outward_y * length);
            lines.push(vec![(x, far_y), (x, bleed_y), (far_x, bleed_y)]);
            lines.push(vec![(bleed_x, far_y), (bleed_x, y), (far_x, y)]);
        }
    }
    // A cross on the middle of every side: the long arm along the side, the short one across.
    let (middle_x, middle_y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
    let (near, far, arm, half) = (gap + Mm(1.0).pt().0, gap + length, gap + Mm(4.0).pt().0, Mm(10.0).pt().0);
    for (y, outward) in [(y0, -1.0), (y1, 1.0)] {
        lines.push(vec![(middle_x, y + outward * near), (middle_x, y + outward * far)]);
        lines.push(vec![(middle_x - half, y + outward * arm), (middle_x + half, y + outward * arm)]);
    }
    for (x, outward) in [(x0, -1.0), (x1, 1.0)] {
        lines.push(vec![(x + outward * near, middle_y), (x + outward * far, middle_y)]);
        lines.push(vec![(x + outward * arm, middle_y - half), (x + outward * arm, middle_y + half)]);
    }
    lines
}
