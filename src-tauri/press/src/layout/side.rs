//! The side of a 自治体紹介 panel: smaller photos, facts and whatever else the content has, below or beside each other.
use crate::block::{Fact, What};
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::sheet::{Frame, Sheet};
use crate::layout::{body, facts, free};

/// Between the parts of a row.
const GUTTER: f64 = 12.0;
/// Between the parts of a column.
const STEP: f64 = 8.4;
const CAPTION_GAP: f64 = 4.0;

pub(crate) struct Side<'a> {
    sheet: &'a Sheet<'a>,
    second: Option<&'a Photo<'a>>,
    third: Option<&'a Photo<'a>>,
    facts: Option<(usize, &'a [Fact])>,
    extras: Vec<(usize, &'a What)>,
    /// How many parts stand beside each other.
    per_row: usize,
}

/// Heights of the photos, number of rows of the facts, space between rows of parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub second: f64,
    pub third: f64,
    pub rows: usize,
    pub gap: f64,
}

/// Where the next part stands.
struct Cursor {
    x: f64,
    y: f64,
    width: f64,
    done: usize,
    tallest: f64,
}

impl<'a> Side<'a> {
    pub(crate) fn of(sheet: &'a Sheet<'a>, parts: &'a Parts<'a>, per_row: usize) -> Self {
        let facts = parts.facts.map(|(index, _)| (index, parts.fact_rows())).filter(|(_, rows)| !rows.is_empty());
        Self { sheet, second: parts.second.as_ref(), third: parts.third.as_ref(), facts, extras: super::extras(parts), per_row }
    }

    /// Only what has no place elsewhere in the composition.
    pub(crate) fn without_photos_and_facts(mut self) -> Self {
        (self.second, self.third, self.facts) = (None, None, None);
        self
    }

    pub(crate) fn fact_rows(&self) -> usize {
        self.facts.map_or(0, |(_, rows)| rows.len())
    }

    pub(crate) fn has_photo(&self) -> bool {
        self.second.is_some()
    }

    pub(crate) fn cells(&self) -> usize {
        usize::from(self.second.is_some()) + usize::from(self.third.is_some()) + usize::from(self.facts.is_some()) + self.extras.len()
    }

    pub(crate) fn height(&self, sizes: &Sizes, width: f64) -> f64 {
        let mut silent = Pen::silent(self.sheet);
        self.draw(&mut silent, sizes, Frame::new(0.0, 0.0, width, 1e6))
    }

    /// Draws everything. Gives the height.
    pub(crate) fn draw(&self, pen: &mut Pen, sizes: &Sizes, f: Frame) -> f64 {
        let width = body::column_width(f.w, self.cells().clamp(1, self.per_row), GUTTER);
        let mut at = Cursor { x: f.x, y: f.y, width, done: 0, tallest: 0.0 };
        for (photo, height) in [(self.second, sizes.second), (self.third, sizes.third)] {
            let Some(photo) = photo else { continue };
            let frame = Frame::new(at.x, at.y, width, height);
            let mut used = height;
            pen.block(photo.index, |pen| {
                photo.draw(pen, frame, None);
                used += CAPTION_GAP + photo.words(pen, frame.x, frame.bottom() + CAPTION_GAP, width);
            });
            self.step(&mut at, used, f, sizes.gap);
        }
        if let Some((index, facts)) = self.facts {
            let mut used = 0.0;
            // Alone in their row, facts are as wide as they read well.
            let alone = at.done > 0 && at.done % self.per_row == 0 && at.done + 1 == self.cells() && self.per_row > 1;
            let frame = Frame::new(at.x, at.y, if alone { f.w * 0.66 } else { width }, f.bottom() - at.y);
            pen.block(index, |pen| {
                let (height, shown) = facts::draw(pen, &facts[..sizes.rows.min(facts.len())], frame, None);
                used = height;
                super::rows_left(pen, index, frame, facts.len() - shown);
            });
            self.step(&mut at, used, f, sizes.gap);
        }
        for (index, what) in &self.extras {
            let mut used = 0.0;
            let frame = Frame::new(at.x, at.y, width, (f.bottom() - at.y).min(width * 1.1));
            pen.block(*index, |pen| used = free::any(pen, *index, what, frame, None));
            self.step(&mut at, used, f, sizes.gap);
        }
        at.tallest
    }

    fn step(&self, at: &mut Cursor, used: f64, f: Frame, gap: f64) {
        at.done += 1;
        if self.per_row == 1 {
            at.tallest = at.y + used - f.y;
            at.y += used + STEP;
            return;
        }
        at.tallest = at.tallest.max(at.y + used - f.y);
        at.x += at.width + GUTTER;
        if at.done % self.per_row == 0 && at.done < self.cells() {
            (at.x, at.y) = (f.x, f.y + at.tallest + gap);
        }
    }
}
