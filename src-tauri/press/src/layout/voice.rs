//! How a piece of text speaks: a row of the type scale with its ink; and text set in it, ready to be put anywhere.
use crate::font::FontId;
use crate::inline::{Align, LineStart, SetText};
use crate::layout::sheet::PT;
use crate::page::Ink;
use crate::theme::Role;
use std::rc::Rc;

/// How a piece of text speaks: a row of the type scale with its ink.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    pub role: Role,
    pub face: FontId,
    pub latin: FontId,
    /// pt on A1.
    pub size: f64,
    /// Baseline to baseline in em.
    pub leading: f64,
    pub ink: Ink,
    pub align: Align,
    pub indent: f64,
    pub gap: f64,
    pub heading: bool,
    pub tracking: f64,
    /// 。 and 、 may hang outside the measure.
    pub hanging: bool,
    pub line_start: LineStart,
}

impl Voice {
    pub(crate) fn sized(mut self, size: f64) -> Self {
        self.size = size;
        self
    }
    pub(crate) fn inked(mut self, ink: Ink) -> Self {
        self.ink = ink;
        self
    }
    pub(crate) fn aligned(mut self, align: Align) -> Self {
        self.align = align;
        self
    }
    /// Judged by the floor of another role: a unit beside its figure is small on purpose.
    pub(crate) fn minor(mut self, role: Role) -> Self {
        self.role = role;
        self
    }
    pub(crate) fn led(mut self, em: f64) -> Self {
        self.leading = em;
        self
    }
    /// The em in millimetres.
    pub(crate) fn em(&self) -> f64 {
        self.size * PT
    }
    /// Height of a line box in millimetres.
    pub(crate) fn line(&self) -> f64 {
        self.em() * self.leading
    }
    /// From the top of a line box to its baseline; the ideographic em box stands 0.12 em below the baseline.
    pub(crate) fn rise(&self) -> f64 {
        (self.line() - self.em()) / 2.0 + 0.88 * self.em()
    }
}

/// Lines of text ready to be put anywhere.
#[derive(Clone)]
pub(crate) struct TextBlock {
    pub set: Rc<SetText>,
    pub voice: Voice,
    pub text: Rc<str>,
}

impl TextBlock {
    pub(crate) fn height(&self) -> f64 {
        self.set.lines.len() as f64 * self.voice.line()
    }
}
