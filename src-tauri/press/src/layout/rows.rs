//! Templates as rows of cells: between head and foot, each row holds cells side by side and each cell a stack of blocks.
//!
//! The data says which kinds of blocks a cell takes; what nobody takes and no cell gathers as `rest` is reported.
use crate::block::{Template, What};
use crate::layout::cell::{Item, Plan};
use crate::layout::fit::{fit, notch};
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet};
use crate::layout::{band, leftovers, poster, tapestry};
use crate::notice::{Level, NoticeCode};
use crate::theme::{ColourRole, Composition, Role};
use serde::Deserialize;
use std::sync::LazyLock;

/// Space between rows at first, and when it has to give.
const GAP: f64 = 16.0;
const TIGHT: f64 = 12.0;
/// Between cells, and between the blocks of a cell.
pub(crate) const GUTTER: f64 = 16.0;
/// Less than this shows nothing.
const NOTHING: f64 = 12.0;
/// How far space to spare may part two rows.
const AIR: f64 = 26.0;

/// What a cell takes, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Takes {
    /// The first, second and third photo.
    Hero,
    Second,
    Third,
    /// Photos that are left.
    Photo,
    Lead,
    Body,
    Facts,
    Table,
    Chart,
    Figure,
    Municipalities,
    Occasion,
    List,
    PhotoGrid,
    Timetable,
    Chronology,
    Plan,
    Logo,
    Signature,
    /// The code, where the foot has no room for it.
    Qr,
    /// Whatever no other cell of the template asks for.
    Rest,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CellData {
    /// Twelfths of the width.
    pub span: f64,
    pub takes: Vec<Takes>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RowData {
    pub cells: Vec<CellData>,
    /// Wanted height of pictures, in mm on A1.
    #[serde(default)]
    pub height: Option<f64>,
    /// How low pictures may become.
    #[serde(default)]
    pub least: Option<f64>,
    /// Pictures run off the paper at both sides (帯, 波), at the right (縦).
    #[serde(default)]
    pub bleed: bool,
    /// Pictures in a cell at the margin run off the paper at that side (縦).
    #[serde(default)]
    pub edge: bool,
    /// Takes the space that is left over.
    #[serde(default)]
    pub grow: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layouts {
    upright: Vec<RowData>,
    wide: Vec<RowData>,
    tall: Vec<RowData>,
}

macro_rules! shipped {
    ($($template:ident = $file:literal),* $(,)?) => {
        static SHIPPED: LazyLock<Vec<(Template, Layouts)>> = LazyLock::new(|| {
            let read = |text| serde_json::from_str(text).expect("a shipped template is well formed: a test reads them all");
            vec![$((Template::$template, read(include_str!(concat!("../../../../assets/templates/", $file, ".json"))))),*]
        });
    };
}
shipped! {
    Greeting = "greeting",
    Theme = "theme",
    Record = "record_rows",
    Support = "support",
    Chronology = "chronology",
    Stage = "stage",
    Map = "map",
    Poster = "poster",
    Tapestry = "tapestry",
    Flyer = "flyer",
}

fn rows_of(template: Template, shape: Shape) -> &'static [RowData] {
    let Some((_, layouts)) = SHIPPED.iter().find(|(t, _)| *t == template) else { return &[] };
    match shape {
        Shape::Upright => &layouts.upright,
        Shape::Wide => &layouts.wide,
        Shape::Tall => &layouts.tall,
    }
}

struct Cell<'a> {
    span: f64,
    items: Vec<Item<'a>>,
}

struct Row<'a> {
    data: &'static RowData,
    cells: Vec<Cell<'a>>,
}

struct Panel<'a> {
    sheet: &'a Sheet<'a>,
    rows: Vec<Row<'a>>,
    area: Frame,
    tall: bool,
}

pub(crate) fn draw(pen: &mut Pen, template: Template, parts: &mut Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let head = shape.frame("header", sheet.w, sheet.h);
    let apart = matches!(template, Template::Poster | Template::Tapestry);
    if template == Template::Tapestry && shape.name == Shape::Tall {
        // The rod pocket takes the foot's lower part: the code stands in a row instead.
        parts.qr = None;
    }
    let hero = if apart { parts.hero.take() } else { None };
    let mut loose = parts.loose(sheet.content);
    let photos = super::cell::photo_order(&loose);
    if let Some(photo) = &hero {
        loose.retain(|(index, _)| *index != photo.index);
    }
    let rows = deal(rows_of(template, shape.name), &mut loose, &photos);
    leftovers(pen, loose.into_iter());
    let mut panel = Panel { sheet, rows, area: Frame::new(head.x, 0.0, sheet.w - 2.0 * head.x, 0.0), tall: sheet.is_tall() };
    let bottom = band::foot(&mut Pen::silent(sheet), parts, shape) - 12.0;
    let mut reaches = |y: f64| {
        panel.area = Frame { y, h: bottom - y, ..panel.area };
        panel.height(&panel.plan()) <= panel.area.h + 0.05
    };
    let y = match template {
        Template::Poster => poster::head(pen, parts, hero.as_ref(), shape, &mut reaches),
        Template::Tapestry => tapestry::head(pen, parts, hero.as_ref(), shape, &mut reaches),
        _ => {
            let top = band::head(pen, parts, head);
            // A picture that bleeds stands directly under the band.
            let flush = sheet.theme.composition == Composition::Band && panel.rows.first().is_some_and(|r| r.data.bleed);
            if flush { top - 4.0 } else { top + 12.0 }
        }
    };
    panel.area = Frame { y, h: bottom - y, ..panel.area };
    if panel.tall {
        sheet.swell_while(|| panel.height(&panel.start()) <= panel.area.h);
    }
    panel.draw(pen);
    sheet.swell(1.0);
    if !apart && sheet.theme.composition == Composition::Band {
        let accent = pen.colour(ColourRole::Accent);
        let bar = if panel.rows.first().is_some_and(|r| r.data.bleed) { y } else { y - 16.0 };
        pen.fill(Frame::new(head.x, bar, 92.0, 2.4), accent);
    }
    band::foot(pen, parts, shape);
}

/// Gives the blocks to the cells that ask for them.
fn deal<'a>(data: &'static [RowData], loose: &mut Vec<(usize, &'a What)>, photos: &[usize]) -> Vec<Row<'a>> {
    let named: Vec<Takes> = data.iter().flat_map(|r| r.cells.iter().flat_map(|c| c.takes.iter().copied())).collect();
    let mut rows: Vec<Row> = data
        .iter()
        .map(|row| Row { data: row, cells: row.cells.iter().map(|c| Cell { span: c.span, items: Vec::new() }).collect() })
        .collect();
    for pass in [false, true] {
        for row in &mut rows {
            for (cell, asked) in row.cells.iter_mut().zip(&row.data.cells) {
                for takes in asked.takes.iter().filter(|t| (**t == Takes::Rest) == pass) {
                    let mine = |(index, what): &(usize, &What)| match takes {
                        Takes::Rest => true,
                        _ => super::cell::takes(*takes, *index, what, photos, &named),
                    };
                    let (taken, left): (Vec<_>, Vec<_>) = std::mem::take(loose).into_iter().partition(mine);
                    *loose = left;
                    Item::add(&mut cell.items, taken);
                }
            }
        }
    }
    rows.iter_mut().for_each(|r| {
        share_lists(&mut r.cells);
        r.cells.iter_mut().for_each(|c| Item::tuck(&mut c.items));
        r.cells.retain(|c| !c.items.is_empty());
    });
    rows.retain(|r| !r.cells.is_empty());
    rows
}

/// Two lists in one of two cells stand side by side rather than leave the other cell's width empty.
fn share_lists(cells: &mut [Cell]) {
    let [a, b] = cells else { return };
    if b.items.is_empty() && a.items.len() > 1 && a.items.iter().all(Item::is_list) {
        b.items = a.items.split_off(a.items.len().div_ceil(2));
    }
}

impl Panel<'_> {
    /// Everything as it is wanted.
    fn start(&self) -> Plan {
        let size = |role| self.sheet.voice(role, ColourRole::Ink).size;
        Plan { gap: GAP, squeeze: 0.0, lead: size(Role::Lead), body: size(Role::Body), table: 0.0 }
    }

    /// How far everything gives way so that it fits.
    fn plan(&self) -> Plan {
        let sheet = self.sheet;
        let start = self.start();
        let (lead, body) = (start.lead, start.body);
        let (lead_floor, body_floor) = (sheet.floor(Role::Lead).min(lead), sheet.floor(Role::Body).min(body));
        let order = [
            notch(2, |p: &mut Plan, t| p.gap = GAP - (GAP - TIGHT) * t),
            notch(16, |p: &mut Plan, t| p.squeeze = t),
            notch(8, move |p: &mut Plan, t| p.lead = lead - (lead - lead_floor) * t),
            notch(10, |p: &mut Plan, t| p.table = t),
            notch(8, move |p: &mut Plan, t| p.body = body - (body - body_floor) * t),
        ];
        fit(start, &order, |p| self.height(p) - self.area.h).0
    }

    fn draw(&self, pen: &mut Pen) {
        let plan = self.plan();
        let mut heights = self.heights(&plan);
        self.part_table(&plan, &mut heights);
        let (heights, gap) = self.spread(&plan, heights);
        let mut y = self.area.y;
        for (row, h) in self.rows.iter().zip(heights) {
            let room = self.area.bottom() - y;
            if room < NOTHING.min(h) {
                self.report(pen, row, y);
            } else {
                self.draw_row(pen, row, &plan, Frame { y, h: h.min(room), ..self.area });
            }
            y += h + gap;
        }
    }

    /// A table gives the rows that are too many to the next panel, so that what stands below it keeps its place.
    fn part_table(&self, plan: &Plan, heights: &mut [f64]) {
        let gaps = self.rows.len().saturating_sub(1) as f64;
        let excess = heights.iter().sum::<f64>() + gaps * plan.gap - self.area.h;
        let tables = |row: &Row| row.cells.iter().flat_map(|c| &c.items).any(Item::is_table);
        if let (true, Some(at)) = (excess > 0.0, self.rows.iter().position(tables)) {
            let least = (self.area.h * 0.35).min(heights[at]);
            heights[at] = (heights[at] - excess).max(least);
        }
    }

    /// Blocks that found no room at all.
    fn report(&self, pen: &Pen, row: &Row, y: f64) {
        row.cells.iter().flat_map(|c| &c.items).for_each(|item| self.no_room(pen, item, y));
    }

    fn no_room(&self, pen: &Pen, item: &Item, y: f64) {
        let frame = Frame { y: y.min(self.area.bottom()), h: 1.0, ..self.area };
        for index in item.indexes() {
            let words = ("置く場所が足りません。この内容は刷られません。".to_owned(), "文を短くするか、写真や表を減らすか、パネルを2枚に分けてください。");
            pen.sheet.notice(Level::Error, NoticeCode::Overflow, Some(index), Some(frame), words);
        }
    }

    fn height(&self, plan: &Plan) -> f64 {
        let gaps = self.rows.len().saturating_sub(1) as f64;
        self.heights(plan).iter().sum::<f64>() + gaps * plan.gap
    }

    fn heights(&self, plan: &Plan) -> Vec<f64> {
        self.rows.iter().map(|row| row.cells.iter().zip(self.frames(row)).map(|(c, f)| stack(self.sheet, c, row.data, plan, f.w)).fold(0.0, f64::max)).collect()
    }

    /// Cells side by side; those that have nothing to show give their width to the others.
    fn frames(&self, row: &Row) -> Vec<Frame> {
        let whole: f64 = row.cells.iter().map(|c| c.span.max(0.1)).sum();
        let room = self.area.w - GUTTER * (row.cells.len() - 1) as f64;
        let mut x = self.area.x;
        row.cells
            .iter()
            .map(|cell| {
                let w = room * cell.span.max(0.1) / whole;
                let frame = Frame::new(x, 0.0, w, 0.0);
                x += w + GUTTER;
                frame
            })
            .collect()
    }

    /// What is left over goes to the rows that grow, then between the rows, then to every row that looks as well higher.
    fn spread(&self, plan: &Plan, mut heights: Vec<f64>) -> (Vec<f64>, f64) {
        let gaps = self.rows.len().saturating_sub(1) as f64;
        let spare = |heights: &[f64]| self.area.h - heights.iter().sum::<f64>() - gaps * plan.gap;
        if spare(&heights) <= 0.0 {
            return (heights, plan.gap);
        }
        let wanted = heights.clone();
        let rooms: Vec<f64> = self.rows.iter().zip(&wanted).map(|(row, h)| self.may_grow(row, plan, *h)).collect();
        let calm = AIR * gaps;
        let first = spare(&wanted) - if self.tall { calm } else { 0.0 };
        self.pour(&mut heights, &wanted, &rooms, first, |row| row.data.grow);
        let rest = spare(&heights) - calm;
        if rest > 0.0 {
            self.pour(&mut heights, &wanted, &rooms, rest, |_| true);
        }
        // A tall sheet breathes more between its rows.
        let air = if self.tall { 2.5 * AIR } else { AIR };
        let mut more = if gaps > 0.0 { (spare(&heights) / gaps).clamp(0.0, air) } else { 0.0 };
        if self.tall && gaps > 0.0 {
            // What is still left stands for a third above the last row, not all of it below.
            more += (spare(&heights) / gaps - more).max(0.0) * 0.33;
        }
        (heights, plan.gap + more)
    }

    /// How much higher the row may become: as far as its blocks can use it.
    fn may_grow(&self, row: &Row, plan: &Plan, h: f64) -> f64 {
        let room = |(cell, frame): (&Cell, Frame)| {
            let grow: f64 = cell.items.iter().map(|i| i.may_grow(self.sheet, i.height(self.sheet, row.data, plan, frame.w), frame.w)).sum();
            stack(self.sheet, cell, row.data, plan, frame.w) + grow - h
        };
        row.cells.iter().zip(self.frames(row)).map(room).fold(0.0, f64::max)
    }

    /// Shares `spare` evenly among the chosen rows; what one cannot take the others get.
    fn pour(&self, heights: &mut [f64], wanted: &[f64], rooms: &[f64], mut spare: f64, chosen: impl Fn(&Row) -> bool) {
        let mut open: Vec<usize> = (0..self.rows.len()).filter(|i| chosen(&self.rows[*i])).collect();
        while spare > 0.1 && !open.is_empty() {
            let share = spare / open.len() as f64;
            for i in &open {
                let more = share.min(wanted[*i] + rooms[*i] - heights[*i]).max(0.0);
                heights[*i] += more;
                spare -= more;
            }
            open.retain(|i| heights[*i] < wanted[*i] + rooms[*i] - 0.05);
        }
    }

    /// At which sides pictures of this cell run off the paper, left and right.
    fn bleed(&self, row: &Row, cell: Frame) -> (bool, bool) {
        match self.sheet.theme.composition {
            Composition::Band | Composition::Wave => (row.data.bleed, row.data.bleed),
            Composition::Mount => (false, false),
            // The left edge of heading and text stays one line: a picture as wide as they are runs off at the right.
            Composition::Vertical => {
                let whole = cell.w > self.area.w - 0.5;
                let (left, right) = (cell.x < self.area.x + 0.5, cell.right() > self.area.right() - 0.5);
                (row.data.edge && left && !whole, (row.data.edge || row.data.bleed) && right)
            }
        }
    }

    /// Pictures of a cell give way to what stands with them, also where another cell makes the row as high as it is.
    fn squeezed(&self, cell: &Cell, data: &RowData, plan: &Plan, (w, h): (f64, f64)) -> Plan {
        const STEPS: u32 = 8;
        let tries = (0..=STEPS).map(|i| Plan { squeeze: plan.squeeze.max(f64::from(i) / f64::from(STEPS)), ..plan.clone() });
        tries.into_iter().find(|p| stack(self.sheet, cell, data, p, w) <= h + 0.05).unwrap_or_else(|| plan.clone())
    }

    fn draw_row(&self, pen: &mut Pen, row: &Row, plan: &Plan, f: Frame) {
        for (cell, frame) in row.cells.iter().zip(self.frames(row)) {
            let plan = &self.squeezed(cell, row.data, plan, (frame.w, f.h));
            let needed = stack(self.sheet, cell, row.data, plan, frame.w);
            let mut spare = (f.h - needed).max(0.0);
            let mut elastic = cell.items.iter().filter(|i| i.stretches()).count();
            let mut y = f.y;
            for (n, item) in cell.items.iter().enumerate() {
                let mut h = item.height(self.sheet, row.data, plan, frame.w);
                if item.stretches() {
                    let share = (spare / elastic.max(1) as f64).min(item.may_grow(self.sheet, h, frame.w));
                    h += share;
                    spare -= share;
                    elastic -= 1;
                }
                let last = n + 1 == cell.items.len();
                if f.bottom() - y < NOTHING.min(h) || (item.is_whole() && h > f.bottom() - y + 3.0) {
                    self.no_room(pen, item, f.bottom());
                    continue;
                }
                let room = (f.bottom() - y).max(1.0);
                let place = Frame::new(frame.x, y, frame.w, if last { room } else { h.min(room) });
                item.draw(pen, plan, place, h.min(room), self.bleed(row, frame));
                y += h + plan.gap;
            }
        }
    }
}

/// Height of a cell's blocks with the space between them.
fn stack(sheet: &Sheet, cell: &Cell, data: &RowData, plan: &Plan, w: f64) -> f64 {
    let gaps = cell.items.len().saturating_sub(1) as f64 * plan.gap;
    cell.items.iter().map(|i| i.height(sheet, data, plan, w)).sum::<f64>() + gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_of_rows_is_well_formed() {
        assert_eq!(SHIPPED.len(), 10);
        for (template, layouts) in SHIPPED.iter() {
            for rows in [&layouts.upright, &layouts.wide, &layouts.tall] {
                let gathers = rows.iter().flat_map(|r| &r.cells).filter(|c| c.takes.contains(&Takes::Rest)).count();
                assert_eq!(gathers, 1, "{template:?}: one cell gathers what no other asks for");
                assert!(rows.iter().all(|r| r.cells.iter().all(|c| c.span > 0.0)), "{template:?}");
            }
        }
    }
}
