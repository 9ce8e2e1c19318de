//! One chosen line to placed glyphs: space is taken away or added in JLREQ's order, then the line is aligned.
use super::breaks::{Extent, Gap, ORDERS};
use super::collect::Turn;
use super::shape::{Cell, Mark};
use super::{Align, Line, Style};
use crate::page::{Glyph, Glyphs};

/// How far left of a vertical line's middle the baseline of turned Latin lies, em: the middle of the em box.
const SIDEWAYS_BASELINE: f64 = 0.38;

/// What a line is set from; all lengths in em.
pub(super) struct Setting<'a> {
    pub text: &'a str,
    pub cells: &'a [Cell],
    pub gaps: &'a [Gap],
    pub marks: &'a [Mark],
    pub style: &'a Style,
    pub measure: f64,
}

impl Setting<'_> {
    /// Cells `a..b`, of which `a..shown` are seen; `bytes` is the line's range of the text.
    pub(super) fn line(&self, a: usize, shown: usize, b: usize, extent: Extent, indent: f64, last: bool, bytes: std::ops::Range<usize>) -> Line {
        let room = self.measure - indent;
        let mut gaps: Vec<f64> = (a..shown.max(a + 1) - 1).map(|i| self.gaps[i].natural).collect();
        let slack = room - extent.natural;
        if slack < 0.0 {
            self.shrink(a, &mut gaps, -slack);
        } else if self.style.align == Align::Justify && !last {
            self.stretch(a, &mut gaps, slack, &extent);
        }
        let width = self.cells[a..shown].iter().map(|c| c.body).sum::<f64>() + gaps.iter().sum::<f64>();
        let start = indent
            + match self.style.align {
                Align::Start | Align::Justify => 0.0,
                Align::Centre => (room - width) / 2.0,
                Align::End => room - width,
            };
        let size = self.style.size;
        Line { runs: self.runs(a, b, start, &gaps), width: size * (indent + width), text: bytes }
    }

    fn shrink(&self, a: usize, gaps: &mut [f64], mut excess: f64) {
        for order in 0..ORDERS {
            let fits = |k: usize| self.gaps[a + k].order == order;
            let room: f64 = (0..gaps.len()).filter(|&k| fits(k)).map(|k| self.gaps[a + k].shrink).sum();
            if room <= 0.0 {
                continue;
            }
            let part = (excess / room).min(1.0);
            (0..gaps.len()).filter(|&k| fits(k)).for_each(|k| gaps[k] -= self.gaps[a + k].shrink * part);
            excess -= room * part;
            if excess <= 1e-9 {
                return;
            }
        }
    }

    fn stretch(&self, a: usize, gaps: &mut [f64], slack: f64, extent: &Extent) {
        let eased = slack.min(extent.stretch);
        let rest = slack - eased;
        for (k, gap) in gaps.iter_mut().enumerate() {
            let own = &self.gaps[a + k];
            if extent.stretch > 0.0 {
                *gap += own.stretch * eased / extent.stretch;
            }
            if extent.spread > 0.0 {
                *gap += own.spread * rest / extent.spread;
            }
        }
    }

    /// Glyphs of the cells, one run for each change of face. Hanging spaces stand at the line's end without width.
    fn runs(&self, a: usize, b: usize, start: f64, gaps: &[f64]) -> Vec<Glyphs> {
        let size = self.style.size;
        let mut runs: Vec<Glyphs> = Vec::new();
        let mut x = start;
        for i in a..b {
            let cell = &self.cells[i];
            let (own_size, turned) = (size * cell.scale, cell.turn == Turn::Sideways);
            if runs.last().is_none_or(|r| r.font != cell.font || r.size != own_size || r.quarter_turn != turned) {
                runs.push(Glyphs { font: cell.font, size: own_size, ink: self.style.ink, text: String::new(), glyphs: Vec::new(), quarter_turn: turned });
            }
            let Some(run) = runs.last_mut() else { continue };
            let from = run.text.len() as u32;
            run.text.push_str(&self.text[cell.text.clone()]);
            let to = run.text.len() as u32;
            for (k, mark) in self.marks[cell.glyphs.clone()].iter().enumerate() {
                let text = if k == 0 { from..to } else { to..to };
                let along = x - cell.lead;
                let (gx, gy) = match cell.turn {
                    Turn::Level => (along + mark.x, -mark.y),
                    Turn::Upright | Turn::Combined => (mark.x, along - mark.y),
                    Turn::Sideways => (mark.y - SIDEWAYS_BASELINE, along + mark.x),
                };
                run.glyphs.push(Glyph { id: mark.id, x: size * gx, y: size * gy, text });
            }
            if i - a < gaps.len() {
                x += cell.body + gaps[i - a];
            } else if i - a == gaps.len() && !cell.class.is_space() {
                x += cell.body;
            }
        }
        runs
    }
}
