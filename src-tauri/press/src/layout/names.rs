//! Municipalities in rows justified by name: no name is split, every row begins and ends flush.
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, Voice};
use std::ops::Range;

/// Least space between two names, in em.
const AIR: f64 = 0.75;

pub(crate) struct Rows {
    ranges: Vec<Range<usize>>,
    widths: Vec<f64>,
}

/// Divides the names into the fewest rows, as evenly filled as they can be.
pub(crate) fn divide(sheet: &Sheet, names: &[String], voice: &Voice, w: f64) -> Rows {
    let widths: Vec<f64> = names.iter().map(|n| sheet.width(n, voice)).collect();
    let air = voice.em() * AIR;
    let fill = |limit: f64| {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let (mut start, mut used) = (0, 0.0);
        for (i, width) in widths.iter().enumerate() {
            let next = if i > start { used + air + width } else { *width };
            if i > start && next > limit {
                ranges.push(start..i);
                (start, used) = (i, *width);
            } else {
                used = next;
            }
        }
        if start < widths.len() {
            ranges.push(start..widths.len());
        }
        ranges
    };
    let count = fill(w).len();
    let (mut low, mut high) = (0.0, w);
    while high - low > 0.5 {
        let middle = (low + high) / 2.0;
        if fill(middle).len() <= count { high = middle } else { low = middle }
    }
    Rows { ranges: fill(high), widths }
}

impl Rows {
    pub(crate) fn height(&self, voice: &Voice) -> f64 {
        self.ranges.len() as f64 * voice.line()
    }

    /// Draws as many rows as the frame holds; a single row is spread only if `spread`. Gives the number of names left over.
    pub(crate) fn draw(&self, pen: &mut Pen, names: &[String], voice: &Voice, f: Frame, spread: bool) -> usize {
        let mut y = f.y;
        for (i, range) in self.ranges.iter().enumerate() {
            if i > 0 && y + voice.line() > f.bottom() + 0.05 {
                return names.len() - range.start;
            }
            let inked: f64 = self.widths[range.clone()].iter().sum();
            let gaps = range.len().saturating_sub(1);
            let even = if gaps > 0 { (f.w - inked) / gaps as f64 } else { 0.0 };
            // A single short row is a list, not a justified line.
            let gap = if self.ranges.len() == 1 && !spread { even.min(voice.em() * 2.0) } else { even };
            let mut x = f.x;
            for at in range.clone() {
                x += pen.line(&names[at], voice, x, y + voice.rise()) + gap;
            }
            y += voice.line();
        }
        0
    }
}
