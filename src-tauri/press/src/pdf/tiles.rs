//! A panel on office paper: sheets of A3 or A4 at full size that are glued together, with a key page before them.
//!
//! Every sheet shows a window on the panel; neighbours share `overlap`. The right and the lower strip of a sheet are the
//! flap: it carries the picture on, so that no white shows, and the neighbour is laid over it up to the join marks, which
//! it hides.
use super::sheet::{words, Sheet};
use crate::font::{FontId, Fonts};
use crate::length::{Mm, Pt};
use crate::page::{rectangle, Ink, Item, Page, Paint, Segment, Shape, Stroke};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tiling {
    pub paper: TilePaper,
    /// Absent: whichever way needs fewer sheets.
    pub landscape: Option<bool>,
    /// Where the office printer cannot print.
    pub margin: Mm,
    /// What two neighbours both show.
    pub overlap: Mm,
}
impl Default for Tiling {
    fn default() -> Self {
        Self { paper: TilePaper::A3, landscape: None, margin: Mm(5.0), overlap: Mm(12.0) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TilePaper {
    A3,
    A4,
}
impl TilePaper {
    fn sides(self) -> (Mm, Mm) {
        match self {
            Self::A3 => (Mm(297.0), Mm(420.0)),
            Self::A4 => (Mm(210.0), Mm(297.0)),
        }
    }
    pub fn name(self) -> &'static str {
        match self {
            Self::A3 => "A3",
            Self::A4 => "A4",
        }
    }
}

/// How one panel falls on sheets; points.
#[derive(Clone, Debug)]
pub struct Layout {
    pub paper_width: f64,
    pub paper_height: f64,
    pub columns: usize,
    pub rows: usize,
    paper: String,
    margin: f64,
    overlap: f64,
    page_width: f64,
    page_height: f64,
}

const BLACK: Ink = Ink::BLACK;
const GREY: Ink = Ink { cmyk: [0.0, 0.0, 0.0, 60.0], srgb: [0x66, 0x66, 0x64] };
/// Room above the panel on the key page.
const KEY_HEAD: Mm = Mm(34.0);

impl Layout {
    /// `None` if margin and overlap leave no window on the paper.
    pub fn new(page: &Page, tiling: &Tiling) -> Option<Self> {
        let lying = |landscape: bool| {
            let (short, long) = tiling.paper.sides();
            let (w, h) = if landscape { (long, short) } else { (short, long) };
            let (margin, overlap) = (tiling.margin.pt().0.max(0.0), tiling.overlap.pt().0.max(0.0));
            let step = |side: Mm| side.pt().0 - 2.0 * margin - overlap;
            let count = |length: f64, side: Mm| ((length - overlap) / step(side) - 1e-6).ceil().max(1.0) as usize;
            (step(w) > overlap && step(h) > overlap).then(|| Self {
                paper_width: w.pt().0,
                paper_height: h.pt().0,
                columns: count(page.width.0, w),
                rows: count(page.height.0, h),
                paper: format!("{}{}", tiling.paper.name(), if landscape { "横" } else { "縦" }),
                margin,
                overlap,
                page_width: page.width.0,
                page_height: page.height.0,
            })
        };
        match tiling.landscape {
            Some(landscape) => lying(landscape),
            None => {
                let (portrait, landscape) = (lying(false)?, lying(true)?);
                Some(if landscape.count() < portrait.count() { landscape } else { portrait })
            }
        }
    }

    pub fn count(&self) -> usize {
        self.columns * self.rows
    }

    pub fn sheet(&self) -> Sheet {
        Sheet {
            width: self.paper_width,
            height: self.paper_height,
            x: 0.0,
            y: 0.0,
            page_width: self.paper_width,
            page_height: self.paper_height,
            bleed: 0.0,
            scale: 1.0,
            marks: false,
        }
    }

    /// Rows are letters, columns numbers: B-3.
    pub fn name(&self, row: usize, column: usize) -> String {
        // More than 26 rows are 7 m of A4: then letters are doubled.
        let letter = char::from(b'A' + (row % 26) as u8).to_string().repeat(row / 26 + 1);
        format!("{letter}-{}", column + 1)
    }

    /// Where the printer prints, x0 y0 x1 y1 upwards from the lower left corner.
    pub fn window(&self) -> [f64; 4] {
        [self.margin, self.margin, self.paper_width - self.margin, self.paper_height - self.margin]
    }

    /// Where the panel's upper left corner lies on a sheet, from the sheet's upper left corner, downwards.
    fn corner(&self, row: usize, column: usize) -> (f64, f64) {
        let (across, down) = (self.paper_width - 2.0 * self.margin - self.overlap, self.paper_height - 2.0 * self.margin - self.overlap);
        (self.margin - column as f64 * across, self.margin - row as f64 * down)
    }

    /// From the panel (lower left corner, upwards) to the sheet.
    pub fn shift(&self, row: usize, column: usize) -> (f64, f64) {
        let (x, y) = self.corner(row, column);
        (x, self.paper_height - y - self.page_height)
    }

    /// Marks and words of a sheet, in points from its upper left corner.
    pub fn notes(&self, row: usize, column: usize, fonts: &Fonts) -> Vec<Item> {
        let (right, below) = (column + 1 < self.columns, row + 1 < self.rows);
        let [x0, y0, x1, y1] = [self.margin, self.margin, self.paper_width - self.margin, self.paper_height - self.margin];
        let (join_x, join_y) = (x1 - self.overlap, y1 - self.overlap);
        let mut items = self.edges(row, column);
        let arm = Mm(4.0).pt().0;
        // Where to cut, in the paper's margin: most printers reach it in part. Nothing may stand on the side that stays seen.
        for (x, y) in [(x0, y0), (x1, y0), (x0, y1), (x1, y1)] {
            let (dx, dy) = (if x == x0 { -arm } else { arm }, if y == y0 { -arm } else { arm });
            items.extend([mark((x, y), (x + dx, y)), mark((x, y), (x, y + dy))].concat());
        }
        // Ticks on the flap where the neighbour's edge comes to lie; it hides them.
        if right {
            for y in [y0, y1] {
                items.extend(mark((join_x, y), (join_x, if y == y0 { y + 2.0 * arm } else { y - 2.0 * arm })));
            }
        }
        if below {
            for x in [x0, x1] {
                items.extend(mark((x, join_y), (if x == x0 { x + 2.0 * arm } else { x - 2.0 * arm }, join_y)));
            }
        }
        if right {
            let lines = [self.name(row, column), "のりしろ".into(), format!("→{}", self.name(row, column + 1))];
            items.extend(plate(fonts, &lines, (join_x + 1.0, y0 + 3.0 * arm), self.overlap - 2.0, 7.0));
        }
        if below {
            let lines = [format!("{} のりしろ ↓{}", self.name(row, column), self.name(row + 1, column))];
            items.extend(plate(fonts, &lines, (x0 + 3.0 * arm, join_y + self.overlap / 2.0 - 6.0), 96.0, 8.0));
        }
        if !right && !below && self.count() > 1 {
            // In the paper's margin: most printers reach it in part, and it is cut off.
            items.extend(plate(fonts, &[self.name(row, column)], (x1 - 30.0, y1 + 0.5), 30.0, 7.0));
        }
        items
    }

    /// The panel's own edges where they cross the window: white panels on white paper must be cut as well.
    fn edges(&self, row: usize, column: usize) -> Vec<Item> {
        let (x, y) = self.corner(row, column);
        let (left, top, right, bottom) = (x, y, x + self.page_width, y + self.page_height);
        let [x0, y0, x1, y1] = [self.margin, self.margin, self.paper_width - self.margin, self.paper_height - self.margin];
        let hair = |from: (f64, f64), to: (f64, f64)| line(from, to, GREY, 0.25);
        let mut items = Vec::new();
        for edge in [left, right] {
            if edge >= x0 && edge <= x1 {
                items.push(hair((edge, top.max(y0)), (edge, bottom.min(y1))));
            }
        }
        for edge in [top, bottom] {
            if edge >= y0 && edge <= y1 {
                items.push(hair((left.max(x0), edge), (right.min(x1), edge)));
            }
        }
        items
    }

    /// Scale and place of the panel on the key page: lower left corner, upwards.
    pub fn key(&self) -> (f64, f64, f64) {
        let room = (self.paper_width - 4.0 * self.margin, self.paper_height - KEY_HEAD.pt().0 - 3.0 * self.margin);
        let scale = (room.0 / self.page_width).min(room.1 / self.page_height).min(1.0);
        (scale, (self.paper_width - self.page_width * scale) / 2.0, self.paper_height - KEY_HEAD.pt().0 - self.margin - self.page_height * scale)
    }

    /// Notes of all sheets, for the fonts that they need.
    pub fn all_notes(&self, page: &Page, fonts: &Fonts) -> Vec<Item> {
        let sheets = (0..self.rows).flat_map(|row| (0..self.columns).map(move |column| (row, column)));
        sheets.flat_map(|(row, column)| self.notes(row, column, fonts)).chain(self.key_notes(page, fonts)).collect()
    }

    pub fn key_notes(&self, page: &Page, fonts: &Fonts) -> Vec<Item> {
        let (scale, x, y) = self.key();
        let top = self.paper_height - y - self.page_height * scale;
        let left = Pt(self.margin * 2.0);
        let mm = |points: f64| Pt(points).mm().0;
        let name = if page.name.is_empty() { "パネル" } else { &page.name };
        let head = format!("{name}  {:.0}×{:.0} mm  {} {}枚（{}段×{}列）", mm(self.page_width), mm(self.page_height), self.paper, self.count(), self.rows, self.columns);
        let how = "倍率100%（「実際のサイズ」）で印刷します。左上から順に、次の紙の左・上の余白を切り落とし、のりしろの線に合わせて重ねて貼ります。";
        let margin = format!("余白 {:.0} mm  重ね {:.0} mm", mm(self.margin), mm(self.overlap));
        let mut items: Vec<Item> = Vec::new();
        let mut say = |face, text: &str, size: f64, at: f64, ink| items.extend(words(fonts, face, text, Pt(size), left, Pt(at), ink).into_iter().map(Item::Glyphs));
        say(FontId::PGothicBold, &head, 14.0, self.margin + 26.0, BLACK);
        // The instruction is one line on A3 and two on A4.
        let wide = ((self.paper_width - 4.0 * self.margin) / 9.5) as usize;
        let characters: Vec<char> = how.chars().collect();
        for (number, part) in characters.chunks(wide.max(20)).enumerate() {
            say(FontId::PGothic, &part.iter().collect::<String>(), 9.0, self.margin + 44.0 + 13.0 * number as f64, BLACK);
        }
        say(FontId::PGothic, &margin, 9.0, KEY_HEAD.pt().0 + self.margin - 8.0, GREY);
        for row in 0..self.rows {
            for column in 0..self.columns {
                let (px, py) = self.corner(row, column);
                let (wx, wy) = (x + (self.margin - px) * scale, top + (self.margin - py) * scale);
                let (ww, wh) = ((self.paper_width - 2.0 * self.margin) * scale, (self.paper_height - 2.0 * self.margin) * scale);
                let (ww, wh) = (ww.min(x + self.page_width * scale - wx), wh.min(top + self.page_height * scale - wy));
                let frame = rectangle(Pt(wx), Pt(wy), Pt(ww), Pt(wh), Pt::ZERO);
                items.extend([(Ink::WHITE, 1.6), (BLACK, 0.5)].map(|(ink, width)| outline(frame.clone(), ink, width)));
                items.extend(plate(fonts, &[self.name(row, column)], (wx + ww / 2.0 - 15.0, wy + wh / 2.0 - 6.0), 30.0, 11.0));
            }
        }
        items
    }
}

fn outline(path: Vec<Segment>, ink: Ink, width: f64) -> Item {
    Item::Shape(Shape { path, fill: None, stroke: Some(Stroke { ink, width: Pt(width), dash: vec![], round: false }), opacity: 1.0 })
}

fn line(from: (f64, f64), to: (f64, f64), ink: Ink, width: f64) -> Item {
    outline(vec![Segment::Move(Pt(from.0), Pt(from.1)), Segment::Line(Pt(to.0), Pt(to.1))], ink, width)
}

/// A black hair on a white line: seen on any picture.
fn mark(from: (f64, f64), to: (f64, f64)) -> Vec<Item> {
    vec![line(from, to, Ink::WHITE, 1.2), line(from, to, BLACK, 0.3)]
}

/// Small words on white, their upper left corner at `at`.
fn plate(fonts: &Fonts, lines: &[String], at: (f64, f64), width: f64, size: f64) -> Vec<Item> {
    let line = size * 1.3;
    let ground = rectangle(Pt(at.0), Pt(at.1), Pt(width), Pt(line * lines.len() as f64 + 3.0), Pt(1.5));
    let mut items = vec![Item::Shape(Shape { path: ground, fill: Some(Paint::Flat(Ink::WHITE)), stroke: None, opacity: 1.0 })];
    for (number, text) in lines.iter().enumerate() {
        let baseline = at.1 + line * (number as f64 + 1.0) - size * 0.15;
        items.extend(words(fonts, FontId::PGothicBold, text, Pt(size), Pt(at.0 + 2.0), Pt(baseline), BLACK).into_iter().map(Item::Glyphs));
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a1() -> Page {
        Page { name: "銚子市".into(), width: Mm(594.0).pt(), height: Mm(841.0).pt(), bleed: Mm(3.0).pt(), items: vec![] }
    }

    #[test]
    fn the_windows_cover_the_panel_and_share_the_overlap() {
        for tiling in [Tiling::default(), Tiling { paper: TilePaper::A4, landscape: Some(true), ..Tiling::default() }] {
            let layout = Layout::new(&a1(), &tiling).expect("room");
            for row in 0..layout.rows {
                for column in 0..layout.columns {
                    let (x, y) = layout.corner(row, column);
                    let seen = (layout.margin - x, layout.margin - x + layout.paper_width - 2.0 * layout.margin);
                    if column + 1 < layout.columns {
                        let (next, _) = layout.corner(row, column + 1);
                        assert!((seen.1 - (layout.margin - next) - Mm(12.0).pt().0).abs() < 1e-9);
                    } else {
                        assert!(seen.1 >= layout.page_width - 1e-6);
                    }
                    if row + 1 == layout.rows {
                        assert!(layout.margin - y + layout.paper_height - 2.0 * layout.margin >= layout.page_height - 1e-6);
                    }
                }
            }
        }
    }

    #[test]
    fn the_way_that_needs_fewer_sheets_is_chosen() {
        let layout = Layout::new(&a1(), &Tiling::default()).expect("room");
        let counts = [false, true].map(|l| Layout::new(&a1(), &Tiling { landscape: Some(l), ..Tiling::default() }).expect("room").count());
        assert_eq!(layout.count(), counts[0].min(counts[1]));
        assert!(Layout::new(&a1(), &Tiling { overlap: Mm(150.0), ..Tiling::default() }).is_none());
        assert_eq!((layout.name(1, 2), layout.name(27, 0)), ("B-3".into(), "BB-1".into()));
    }
}
