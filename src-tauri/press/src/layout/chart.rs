//! Charts, labelled at the mark: what bars and lines share. No legend, no grid, the axis starts at 0.
use crate::block::{ChartKind, Point, What};
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, Voice};
use crate::layout::spans::Span;
use crate::theme::{ColourRole, Role};

/// A chart as the content gives it.
pub(crate) struct Chart<'a> {
    pub title: &'a str,
    pub kind: ChartKind,
    pub points: Vec<&'a Point>,
    pub series: &'a [String],
    pub unit: &'a str,
    pub note: &'a str,
}

impl<'a> Chart<'a> {
    pub(crate) fn of(what: &'a What) -> Option<Self> {
        let What::Chart { title, kind, points, series, unit, note } = what else { return None };
        let points = points.iter().filter(|p| p.value.is_finite()).collect();
        Some(Self { title: title.trim(), kind: *kind, points, series, unit: unit.trim(), note: note.trim() })
    }

    pub(crate) fn title_height(&self, sheet: &Sheet) -> f64 {
        if self.title.is_empty() { 0.0 } else { heading(sheet).line() + 3.0 }
    }

    pub(crate) fn note_height(&self, sheet: &Sheet, w: f64) -> f64 {
        if self.note.is_empty() { 0.0 } else { sheet.set(self.note, &sheet.voice(Role::Caption, ColourRole::Note), w).height() + 3.0 }
    }

    /// Draws title, marks and note in the frame; `size` in pt is that of the labels.
    pub(crate) fn draw(&self, pen: &mut Pen, f: Frame, size: Option<f64>) -> f64 {
        self.draw_of(pen, None, f, size)
    }

    /// Height that the marks need at this width, with title and note.
    pub(crate) fn natural(&self, sheet: &Sheet, w: f64) -> f64 {
        let marks = match self.kind {
            ChartKind::Line => (w * 0.42).clamp(90.0, 225.0),
            ChartKind::Bar => 20.0 * sheet.swollen() * self.points.len() as f64,
            ChartKind::Stacked => 14.0 + super::chart_parts::pitch(false) * self.points.len() as f64,
            ChartKind::Share => 14.0 + super::chart_parts::pitch(true) * self.points.len() as f64,
        };
        self.title_height(sheet) + marks + self.note_height(sheet, w)
    }

    /// The greatest height that its marks can use.
    pub(crate) fn most_height(&self, sheet: &Sheet, w: f64) -> f64 {
        let marks = match self.kind {
            ChartKind::Line => return self.natural(sheet, w) * 1.5,
            ChartKind::Bar => super::chart_bar::PITCH * sheet.voice(Role::Table, ColourRole::Ink).em() * self.points.len() as f64,
            ChartKind::Stacked | ChartKind::Share => 14.0 + super::chart_parts::most_pitch(self.kind == ChartKind::Share) * self.points.len() as f64,
        };
        self.title_height(sheet) + marks + self.note_height(sheet, w)
    }

    /// The same, told to which block a notice belongs.
    pub(crate) fn draw_of(&self, pen: &mut Pen, index: Option<usize>, f: Frame, size: Option<f64>) -> f64 {
        let sheet = pen.sheet;
        let top = self.title_height(sheet);
        if top > 0.0 {
            pen.words(self.title, &heading(sheet), f.x, f.y, f.w);
        }
        let below = self.note_height(sheet, f.w);
        let inner = Frame::new(f.x, f.y + top, f.w, (f.h - top - below).max(10.0));
        let used = match self.kind {
            ChartKind::Bar => super::chart_bar::draw(pen, self, inner, size),
            ChartKind::Line => super::chart_line::draw(pen, self, inner, size),
            ChartKind::Stacked | ChartKind::Share => super::chart_parts::draw(pen, index, self, inner, size),
        };
        if below > 0.0 {
            pen.words(self.note, &sheet.voice(Role::Caption, ColourRole::Note), f.x, inner.y + used + 3.0, f.w);
        }
        top + used + below
    }

    /// Largest value, so that the axis can start at 0.
    pub(crate) fn most(&self) -> f64 {
        self.points.iter().map(|p| p.value).fold(0.0, f64::max)
    }

    /// 1,004自治体 or 1,100を超える as spans around one size.
    pub(crate) fn value(&self, point: &Point, number: &Voice, unit: &Voice) -> Vec<Span> {
        let after = if point.suffix.is_empty() { self.unit } else { &point.suffix };
        let sum: f64 = point.parts.iter().filter(|p| p.is_finite()).sum();
        let total = if point.parts.is_empty() { point.value } else { sum };
        let mut spans = vec![Span::new(grouped(total), number.clone(), 0.0)];
        if !after.is_empty() {
            spans.push(Span::new(after, unit.clone(), unit.em() * 0.25));
        }
        spans
    }
}

fn heading(sheet: &Sheet) -> Voice {
    sheet.voice(Role::Heading, ColourRole::Main)
}

/// 1004 → 1,004; up to two decimals where there are any.
pub(crate) fn grouped(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    let text = format!("{}", rounded.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    if rounded < 0.0 { format!("−{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped() {
        let shown: Vec<String> = [0.0, 641.0, 1004.0, 1234567.0, 84.2, -1500.0].into_iter().map(grouped).collect();
        assert_eq!(shown, ["0", "641", "1,004", "1,234,567", "84.2", "−1,500"]);
    }
}
