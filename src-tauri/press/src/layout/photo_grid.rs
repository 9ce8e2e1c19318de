//! Photos side by side: one large and the others small, or a pair; each cropped to its own focus point.
use crate::block::What;
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::sheet::Frame;
use crate::notice::{Level, NoticeCode};
use crate::theme::{ColourRole, Role};

/// Between two photos, and from a photo to its caption.
const GAP: f64 = 8.0;
const CAPTION_GAP: f64 = 4.0;
/// Most photos of one grid.
const MOST: usize = 9;

pub(crate) struct PhotoGrid<'a> {
    index: usize,
    photos: Vec<Photo<'a>>,
    columns: Option<usize>,
    /// Said once when all photos share it.
    credit: String,
    too_many: bool,
}

impl<'a> PhotoGrid<'a> {
    pub(crate) fn of(index: usize, what: &'a What) -> Option<Self> {
        let What::PhotoGrid { photos, columns } = what else { return None };
        let too_many = photos.len() > MOST;
        let mut photos: Vec<Photo> = photos.iter().take(MOST).map(|p| Photo::of_grid(index, p)).collect();
        let first = photos.first().map(|p| p.credit.clone()).unwrap_or_default();
        let shared = photos.len() > 1 && photos.iter().all(|p| p.credit == first);
        let credit = if shared { first } else { String::new() };
        if shared && !credit.is_empty() {
            photos.iter_mut().for_each(|p| p.credited = true);
        }
        Some(Self { index, photos, columns: columns.map(|c| usize::from(c.clamp(1, 6))), credit, too_many })
    }

    /// Height that looks well at this width.
    pub(crate) fn natural(&self, w: f64) -> f64 {
        w * match (self.photos.len(), self.columns) {
            (0, _) => 0.0,
            (1, _) => 0.62,
            (2, _) => 0.36,
            (3, None) => 0.44,
            (4, None) => 0.78,
            (5, None) => 0.34,
            (6, None) => 0.72,
            (n, columns) => {
                let columns = columns.unwrap_or(4);
                0.72 * n.div_ceil(columns) as f64 / columns as f64
            }
        }
    }

    pub(crate) fn draw(&self, pen: &mut Pen, f: Frame) -> f64 {
        let sheet = pen.sheet;
        if !pen.is_silent() && self.too_many {
            let words = (format!("写真が多すぎます。{}枚目から先は置けません。", MOST + 1), "9枚までにするか、写真のまとまりを2つに分けてください。");
            sheet.notice(Level::Error, NoticeCode::NoPlace, Some(self.index), Some(f), words);
        }
        let voice = sheet.voice(Role::Credit, ColourRole::Note);
        let foot = if self.credit.is_empty() { 0.0 } else { voice.line() + 1.0 };
        let inner = Frame { h: (f.h - foot).max(1.0), ..f };
        for (photo, cell) in self.photos.iter().zip(self.cells(inner)) {
            let words = photo.words_height(sheet, cell.w);
            let below = if words > 0.0 { words + CAPTION_GAP } else { 0.0 };
            let frame = Frame { h: (cell.h - below).max(1.0), ..cell };
            photo.draw(pen, frame, None);
            photo.words(pen, cell.x, frame.bottom() + CAPTION_GAP, cell.w);
        }
        if foot > 0.0 {
            pen.line_to(&self.credit, &voice, f.right(), f.bottom() - voice.line() + voice.rise());
        }
        f.h
    }

    /// One cell a photo. Without a wish for columns the first is the large one: two and a half times any other, or more.
    fn cells(&self, f: Frame) -> Vec<Frame> {
        let n = self.photos.len();
        if let Some(columns) = self.columns {
            return rows(f, n, columns);
        }
        let upright = f.h > f.w * 0.95;
        match n {
            0 | 1 => vec![f],
            2 if upright => rows(f, 2, 1),
            2 => rows(f, 2, 2),
            3 if upright => top_and(f, 0.62, 2, 2),
            3 => beside(f, 0.66, 1, 2),
            4 => top_and(f, 0.66, 3, 3),
            5 => beside(f, 0.5, 2, 4),
            6 | 7 => {
                let (upper, lower) = cut(f, 2.0 / 3.0);
                let mut cells = beside(upper, 2.0 / 3.0, 1, 2);
                cells.extend(rows(lower, n - 3, n - 3));
                cells
            }
            _ => {
                let (upper, lower) = cut(f, 2.0 / 3.0);
                let mut cells = beside(upper, 0.5, 2, 4);
                cells.extend(rows(lower, n - 5, n - 5));
                cells
            }
        }
    }
}

/// Upper and lower part of a frame, a gap between them.
fn cut(f: Frame, share: f64) -> (Frame, Frame) {
    let h = (f.h + GAP) * share - GAP;
    (Frame { h, ..f }, Frame { y: f.y + h + GAP, h: f.h - h - GAP, ..f })
}

/// Equal cells in rows; the last row is spread over the width.
fn rows(f: Frame, n: usize, columns: usize) -> Vec<Frame> {
    let columns = columns.clamp(1, n.max(1));
    let lines = n.div_ceil(columns);
    let h = (f.h - GAP * (lines.max(1) - 1) as f64) / lines.max(1) as f64;
    (0..n)
        .map(|i| {
            let (line, column) = (i / columns, i % columns);
            let across = columns.min(n - line * columns);
            let w = (f.w - GAP * (across - 1) as f64) / across as f64;
            Frame::new(f.x + column as f64 * (w + GAP), f.y + line as f64 * (h + GAP), w, h)
        })
        .collect()
}

/// A large cell at the left, `n` in `columns` columns beside it.
fn beside(f: Frame, share: f64, columns: usize, n: usize) -> Vec<Frame> {
    let w = (f.w + GAP) * share - GAP;
    let mut cells = vec![Frame { w, ..f }];
    cells.extend(rows(Frame { x: f.x + w + GAP, w: f.w - w - GAP, ..f }, n, columns));
    cells
}

/// A large cell above, `n` in one row below it.
fn top_and(f: Frame, share: f64, columns: usize, n: usize) -> Vec<Frame> {
    let (upper, lower) = cut(f, share);
    let mut cells = vec![upper];
    cells.extend(rows(lower, n, columns));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_photo_is_much_larger_than_the_others() {
        let f = Frame::new(0.0, 0.0, 544.0, 360.0);
        for n in 3..=9 {
            let photos: Vec<crate::block::GridPhoto> = (0..n).map(|_| Default::default()).collect();
            let what = What::PhotoGrid { photos, columns: None };
            let cells = PhotoGrid::of(0, &what).map(|g| g.cells(f)).unwrap_or_default();
            assert_eq!(cells.len(), n);
            let area = |c: &Frame| c.w * c.h;
            assert!(cells[1..].iter().all(|c| area(&cells[0]) >= 2.4 * area(c) || n < 3), "{n}: {cells:?}");
            assert!(cells.iter().all(|c| c.x >= 0.0 && c.right() <= 544.1 && c.bottom() <= 360.1), "{n}: {cells:?}");
        }
    }
}
