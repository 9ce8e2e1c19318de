//! A big figure: rule, heading, the number with its words, its note. Never without the note. Dots count units one by one.
use crate::block::{FigureValue, What};
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, Voice};
use crate::layout::spans::{self, Span};
use crate::page::{Paint, circle};
use crate::theme::{ColourRole, Role};

pub(crate) struct Figure<'a> {
    title: &'a str,
    values: &'a [FigureValue],
    note: &'a str,
    dots: u32,
}

impl<'a> Figure<'a> {
    pub(crate) fn of(what: &'a What) -> Option<Self> {
        let What::Figure { title, values, note, dots } = what else { return None };
        Some(Self { title, values, note, dots: dots.unwrap_or(0).min(5000) })
    }

    fn heading(sheet: &Sheet) -> Voice {
        let voice = sheet.voice(Role::Heading, ColourRole::Main);
        let size = voice.size * 1.06;
        voice.sized(size).led(1.5)
    }

    /// Lines of spans: one, or one a value when all on one line would be smaller than the floor.
    fn lines(&self, sheet: &Sheet, w: f64, size: f64) -> (Vec<Vec<Span>>, f64) {
        let (one, fitting) = Self::value(self.values, sheet, w, size);
        if self.values.len() < 2 || fitting >= sheet.floor(Role::Figure) {
            return (vec![one], fitting);
        }
        let least = self.values.iter().map(|v| Self::value(std::slice::from_ref(v), sheet, w, size).1).fold(size, f64::min);
        (self.values.iter().map(|v| Self::spans(std::slice::from_ref(v), sheet, least, 1.0)).collect(), least)
    }

    /// The number's spans; they shrink to the width but not below the floor.
    fn value(values: &[FigureValue], sheet: &Sheet, w: f64, size: f64) -> (Vec<Span>, f64) {
        let floor = sheet.floor(Role::Figure);
        // Words beside the digits get smaller before the digits fall below their floor.
        for words in [1.0, 0.85, 0.7] {
            let wide = spans::width(sheet, &Self::spans(values, sheet, size, words));
            let fitting = if wide <= w { size } else { size * w / wide * 0.99 };
            if fitting >= floor.min(size) || words < 0.8 {
                let fitting = fitting.max(sheet.floor(Role::Label) / 0.3);
                return (Self::spans(values, sheet, fitting, words), fitting);
            }
        }
        (Self::spans(values, sheet, floor, 1.0), floor)
    }

    /// `words` shrinks what stands beside the digits.
    fn spans(values: &[FigureValue], sheet: &Sheet, size: f64, words: f64) -> Vec<Span> {
        let large = sheet.voice(Role::Figure, ColourRole::Main).sized(size);
        let word = |share: f64, role| {
            let v = sheet.voice(role, ColourRole::Main);
            v.sized((size * share * words).max(sheet.floor(Role::Label)))
        };
        let mut spans = Vec::new();
        for value in values {
            let gap = if spans.is_empty() { 0.0 } else { large.em() * 0.14 };
            if !value.prefix.is_empty() {
                spans.push(Span::new(&value.prefix, word(0.42, Role::Figure).minor(Role::Label), gap));
            }
            let before = if value.prefix.is_empty() { gap } else { large.em() * 0.06 };
            spans.push(Span::new(&value.value, large.clone(), before));
            if !value.unit.is_empty() {
                spans.push(Span::new(&value.unit, word(0.3, Role::Label), large.em() * 0.05));
            }
        }
        spans
    }

    /// Draws from the top of the frame; the dots take what height is left. Gives the height.
    pub(crate) fn draw(&self, pen: &mut Pen, f: Frame, size: f64) -> f64 {
        let sheet = pen.sheet;
        let sub = pen.colour(ColourRole::Main);
        pen.rule(f.x, f.y + 0.5, f.w, 1.0, sub);
        let mut y = f.y + 7.0;
        y += pen.words(self.title, &Self::heading(sheet), f.x, y, f.w) + 11.0;
        let (lines, size) = self.lines(sheet, f.w, size);
        let em = size * 0.3528;
        // The digits' own height: 0.72 em stands on the baseline.
        let mut baseline = y + 0.74 * em;
        for (i, spans) in lines.iter().enumerate() {
            baseline += if i > 0 { em * 1.05 } else { 0.0 };
            if let Some(first) = spans.first() {
                let block = sheet.set(&first.text, &first.voice, f.w * 2.0);
                let bearing = sheet.left_bearing(&block);
                spans::draw(pen, spans, f.x - bearing, baseline);
            }
        }
        y = baseline + 13.0;
        let note = sheet.voice(Role::Caption, ColourRole::Note);
        let note_size = note.size * 20.0 / 19.0;
        y += pen.words(self.note, &note.sized(note_size), f.x, y, f.w);
        if self.dots > 0 {
            y += 7.0;
            y += self.draw_dots(pen, Frame::new(f.x, y, f.w, (f.bottom() - y).max(10.0)));
        }
        y - f.y
    }

    pub(crate) fn height(&self, sheet: &Sheet, w: f64, size: f64) -> f64 {
        let mut pen = Pen::silent(sheet);
        let h = self.draw(&mut pen, Frame::new(0.0, 0.0, w, 0.0), size);
        // Dots need at least this to be told apart.
        if self.dots > 0 { h.max(h - 10.0 + w * 0.38) } else { h }
    }

    /// One dot one unit, in the most even grid that fills the width.
    fn draw_dots(&self, pen: &mut Pen, f: Frame) -> f64 {
        let (columns, rows) = grid(self.dots, f.w / f.h);
        let pitch = (f.w / columns as f64).min(f.h / rows as f64);
        let radius = pitch * 0.33;
        let main = pen.colour(ColourRole::Main);
        let s = pen.sheet;
        // The first dot's ink is flush with the margin.
        let step = if columns > 1 { ((f.w - 2.0 * radius) / (columns - 1) as f64).min(pitch * 1.12) } else { pitch };
        let mut path = Vec::new();
        for i in 0..self.dots {
            let (column, row) = (i % columns, i / columns);
            let (x, y) = (f.x + radius + f64::from(column) * step, f.y + radius + f64::from(row) * step.min(pitch * 1.05));
            path.extend(circle(s.pt(x), s.pt(y), s.pt(radius)));
        }
        pen.shape(path, Some(Paint::Flat(main)), None);
        f64::from(rows) * step.min(pitch * 1.05)
    }
}

/// Columns and rows that come nearest to the frame's proportions; a grid without a rest is preferred (31 × 12 = 372).
fn grid(count: u32, aspect: f64) -> (u32, u32) {
    let ideal = (f64::from(count) * aspect.max(0.05)).sqrt().max(1.0);
    let cost = |columns: u32| {
        let off = (f64::from(columns) / ideal).ln().abs();
        let rest = count % columns;
        off + if rest == 0 { 0.0 } else { 0.25 }
    };
    let columns = (1..=count).min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(1);
    (columns, count.div_ceil(columns))
}

#[cfg(test)]
mod tests {
    #[test]
    fn dots_prefer_a_grid_without_a_rest() {
        assert_eq!(super::grid(372, 298.0 / 118.0), (31, 12));
        assert_eq!(super::grid(1, 1.0), (1, 1));
    }
}
