//! One block in a cell of a row template: how high it wants to be, how far it gives way, and how it is drawn.
use crate::block::{ChartKind, PhotoRole, What};
use crate::layout::chart::Chart;
use crate::layout::figure::Figure;
use crate::layout::fit::step_down;
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::photo_grid::PhotoGrid;
use crate::layout::plan;
use crate::layout::rows::{RowData, Takes};
use crate::layout::sheet::{Frame, Sheet};
use crate::layout::table::{Scale, Table};
use crate::layout::timetable::Timetable;
use crate::layout::{body, footer, free, lead, mark, table_goes_on, tuck};
use crate::theme::{ColourRole, Role};

const CAPTION_GAP: f64 = 4.5;
/// Side of a code that stands in a row.
const QR: f64 = 72.0;
/// Rows of a large table: as wanted, and the least before it goes on on a second panel.
const ROW: (f64, f64) = (31.0, 20.0);
/// How much higher a row of it may become.
const ROOMIER: f64 = 12.0;

/// What may shrink, in this order.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub gap: f64,
    /// 0: pictures as wanted; 1: as low as they may be.
    pub squeeze: f64,
    pub lead: f64,
    pub body: f64,
    /// 0: rows as wanted; 1: as low as they may be.
    pub table: f64,
}

/// A block, or several logos in one line.
pub(crate) struct Item<'a> {
    blocks: Vec<(usize, &'a What)>,
    /// Photos above it in its cell.
    above: usize,
}

/// Which photo is the first, second and third: by role, then by order.
pub(crate) fn photo_order(loose: &[(usize, &What)]) -> Vec<usize> {
    let rank = |role: &PhotoRole| match role {
        PhotoRole::Hero => 0,
        PhotoRole::Second => 1,
        PhotoRole::Third => 2,
    };
    let mut photos: Vec<(i32, usize)> = loose.iter().filter_map(|(i, w)| if let What::Photo { role, .. } = w { Some((rank(role), *i)) } else { None }).collect();
    photos.sort_unstable();
    photos.into_iter().map(|(_, i)| i).collect()
}

pub(crate) fn takes(takes: Takes, index: usize, what: &What, photos: &[usize], named: &[Takes]) -> bool {
    let place = photos.iter().position(|p| *p == index);
    match (takes, what) {
        (Takes::Hero, What::Photo { .. }) => place == Some(0),
        (Takes::Second, What::Photo { .. }) => place == Some(1),
        (Takes::Third, What::Photo { .. }) => place == Some(2),
        (Takes::Photo, What::Photo { .. }) => {
            let own = [Takes::Hero, Takes::Second, Takes::Third];
            !place.and_then(|p| own.get(p)).is_some_and(|t| named.contains(t))
        }
        (Takes::Lead, What::Lead { .. })
        | (Takes::Body, What::Body { .. })
        | (Takes::Facts, What::Facts { .. })
        | (Takes::Table, What::Table { .. })
        | (Takes::Chart, What::Chart { .. })
        | (Takes::Figure, What::Figure { .. })
        | (Takes::Municipalities, What::Municipalities { .. })
        | (Takes::Occasion, What::Occasion { .. })
        | (Takes::List, What::List { .. })
        | (Takes::PhotoGrid, What::PhotoGrid { .. })
        | (Takes::Timetable, What::Timetable { .. })
        | (Takes::Chronology, What::Chronology { .. })
        | (Takes::Plan, What::Plan { .. })
        | (Takes::Logo, What::Logo { .. })
        | (Takes::Signature, What::Signature { .. })
        | (Takes::Qr, What::Qr { .. }) => true,
        _ => false,
    }
}

impl<'a> Item<'a> {
    /// Adds blocks to a cell; logos that follow each other stand in one line.
    pub(crate) fn add(items: &mut Vec<Item<'a>>, blocks: Vec<(usize, &'a What)>) {
        for block in blocks {
            match items.last_mut() {
                Some(Item { blocks, .. }) if matches!(block.1, What::Logo { .. }) && matches!(blocks[0].1, What::Logo { .. }) => blocks.push(block),
                _ => {
                    let above = items.iter().filter(|i| matches!(i.what(), What::Photo { .. })).count();
                    items.push(Item { blocks: vec![block], above });
                }
            }
        }
    }

    fn what(&self) -> &'a What {
        self.blocks[0].1
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(self.what(), What::List { .. })
    }

    /// A list that follows a body joins it: it may stand under the body's last column.
    pub(crate) fn tuck(items: &mut Vec<Item<'a>>) {
        let Some(at) = items.windows(2).position(|p| matches!(p[0].what(), What::Body { .. }) && p[1].is_list()) else { return };
        let list = items.remove(at + 1);
        items[at].blocks.extend(list.blocks);
    }

    pub(crate) fn is_table(&self) -> bool {
        matches!(self.what(), What::Table { .. })
    }

    /// Stands whole or not at all: it knows no way to end early.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.what(), What::Figure { .. } | What::Occasion { .. } | What::Signature { .. } | What::Qr { .. } | What::Logo { .. })
    }

    pub(crate) fn indexes(&self) -> impl Iterator<Item = usize> + '_ {
        self.blocks.iter().map(|(index, _)| *index)
    }

    /// Whether it looks as well higher.
    pub(crate) fn stretches(&self) -> bool {
        match self.what() {
            What::Table { columns, .. } => columns.iter().any(|c| c.bar),
            What::Chart { .. } => true,
            What::Photo { .. } | What::PhotoGrid { .. } | What::Timetable { .. } | What::Plan { .. } | What::Chronology { .. } => true,
            _ => false,
        }
    }

    /// How much higher it may become, no further than it can use. A picture keeps its resolution.
    pub(crate) fn may_grow(&self, sheet: &Sheet, h: f64, w: f64) -> f64 {
        let tall = sheet.is_tall();
        match self.what() {
            What::Photo { .. } => Photo::of(self.blocks[0].0, self.what()).map_or(0.0, |p| {
                let most = (h * 0.35).max(w * 0.86 - h);
                if p.bears(sheet, Frame::new(0.0, 0.0, w, h + most)) { most } else { h * 0.05 }
            }),
            What::PhotoGrid { .. } => h * 0.4,
            What::Timetable { .. } => h * if tall { 1.2 } else { 0.6 },
            What::Chronology { rows, .. } => 16.0 * rows.len() as f64,
            What::Plan { .. } => plan::Plan::of(self.what()).map_or(0.0, |p| (p.most(sheet, w) - h).max(0.0)),
            What::Chart { kind: ChartKind::Line, .. } => h * if tall { 0.5 } else { 0.25 },
            What::Chart { .. } => Chart::of(self.what()).map_or(0.0, |c| (c.most_height(sheet, w) - h).max(0.0)),
            What::Table { columns, rows, .. } if columns.iter().any(|c| c.bar) => ROOMIER * sheet.swollen() * rows.len() as f64,
            _ => 0.0,
        }
    }

    pub(crate) fn height(&self, sheet: &Sheet, row: &RowData, plan: &Plan, w: f64) -> f64 {
        let give = |wanted: f64, least: f64| wanted - (wanted - least.min(wanted)) * plan.squeeze;
        let (index, what) = self.blocks[0];
        match what {
            What::Photo { .. } => {
                // Of several photos in a cell the first is the large one.
                let own = row.height.unwrap_or(w * 0.64);
                let wanted = if self.above == 0 { own } else { own.min(w * 0.56) };
                let words = Photo::of(index, what).map_or(0.0, |p| p.words_height(sheet, w));
                give(wanted, row.least.unwrap_or(wanted * 0.7).min(wanted * 0.8)) + if words > 0.0 { words + CAPTION_GAP } else { 0.0 }
            }
            What::PhotoGrid { .. } => {
                let wanted = row.height.unwrap_or_else(|| PhotoGrid::of(index, what).map_or(0.0, |g| g.natural(w)));
                give(wanted, row.least.unwrap_or(wanted * 0.6))
            }
            What::Timetable { .. } => Timetable::of(what).map_or(0.0, |t| {
                let (least, wanted) = t.heights(sheet, w);
                give(wanted, least)
            }),
            What::Plan { .. } => plan::Plan::of(what).map_or(0.0, |p| {
                let wanted = p.natural(sheet, w);
                give(wanted, wanted * 0.55)
            }),
            What::Chart { kind, .. } => Chart::of(what).map_or(0.0, |c| {
                let wanted = c.natural(sheet, w);
                give(wanted, wanted * if *kind == ChartKind::Line { 0.7 } else { 0.85 })
            }),
            What::Lead { text } => lead::set(sheet, text, &sheet.voice(Role::Lead, ColourRole::Main).sized(plan.lead), w).height(),
            What::Body { sections, columns } => tuck::height(sheet, sections, *columns, self.tucked(), w, plan),
            What::Table { .. } => Table::of(what).map_or(0.0, |t| Table { from: sheet.first_row(index), ..t }.height(sheet, w, scale(sheet, what, plan, w))),
            What::Figure { .. } => Figure::of(what).map_or(0.0, |f| f.height(sheet, w, figure_size(sheet))),
            What::Qr { .. } => QR + 24.0,
            What::Logo { .. } => mark::LOGO + if self.blocks.iter().any(|(_, w)| matches!(w, What::Logo { label, .. } if !label.is_empty())) { 10.0 } else { 0.0 },
            _ => free::any(&mut Pen::silent(sheet), index, what, Frame::new(0.0, 0.0, w, 2000.0), self.given_size(plan)),
        }
    }

    /// Lists and chronologies follow the body's size.
    fn given_size(&self, plan: &Plan) -> Option<f64> {
        matches!(self.what(), What::List { .. } | What::Chronology { .. }).then_some(plan.body)
    }

    /// Draws into the frame; `h` is the height that was reckoned with, the frame may be higher.
    pub(crate) fn draw(&self, pen: &mut Pen, plan: &Plan, f: Frame, h: f64, bleed: (bool, bool)) {
        let sheet = pen.sheet;
        let (index, what) = self.blocks[0];
        if let What::Logo { .. } = what {
            self.logos(pen, Frame { h, ..f });
            return;
        }
        if let What::Body { sections, columns } = what {
            tuck::draw(pen, (index, sections, *columns), self.tucked(), f, plan);
            return;
        }
        pen.block(index, |pen| match what {
            What::Photo { .. } => photo(pen, index, what, Frame { h, ..f }, bleed),
            What::Lead { text } => {
                let block = lead::set(sheet, text, &sheet.voice(Role::Lead, ColourRole::Main).sized(plan.lead), f.w);
                body::put_within(pen, index, &block, f, false);
            }
            What::Table { .. } => table(pen, index, what, plan, Frame { h: if self.stretches() { h } else { f.h }, ..f }),
            What::Figure { .. } => {
                if let Some(figure) = Figure::of(what) {
                    let used = figure.draw(pen, Frame { h, ..f }, figure_size(sheet));
                    if used > f.h + 1.0 && !pen.is_silent() {
                        body::overflow(sheet, index, f, 1, 0);
                    }
                }
            }
            What::Chronology { .. } => {
                free::any(pen, index, what, Frame { h, ..f }, None);
            }
            What::Qr { url, label } => {
                let side = QR.min(f.w);
                footer::code(pen, index, url, Frame::new(f.right() - side, f.y, side, side));
                // The address may be wider than the code: it ends where the code does.
                let w = footer::address_width(pen, url, label).clamp(side, f.w.max(side));
                footer::address(pen, url, label, Frame::new(f.right() - w, f.y + side + 1.0, w, 24.0), true);
            }
            What::List { .. } | What::Signature { .. } | What::Facts { .. } | What::Municipalities { .. } | What::Occasion { .. } => {
                free::any(pen, index, what, f, self.given_size(plan));
            }
            _ => {
                free::any(pen, index, what, Frame { h, ..f }, self.given_size(plan));
            }
        });
    }

    /// The list that stands with a body.
    fn tucked(&self) -> Option<(usize, &'a What)> {
        self.blocks.get(1).copied()
    }

    fn logos(&self, pen: &mut Pen, f: Frame) {
        let mut x = f.x;
        for (index, what) in &self.blocks {
            let w = mark::logo_width(pen.sheet, what).min(f.w);
            if x > f.x && x + w > f.right() + 0.5 {
                super::no_place(pen, *index, "ロゴが1行に並びきりません。", "ロゴの数を減らすか、place で置き場所を決めてください。");
                continue;
            }
            pen.block(*index, |pen| {
                mark::logo(pen, *index, what, Frame { x, w, ..f });
            });
            x += w + 14.0;
        }
    }
}

fn figure_size(sheet: &Sheet) -> f64 {
    sheet.voice(Role::Figure, ColourRole::Main).size.min(110.0).max(sheet.floor(Role::Figure))
}

/// Large tables carry a bar; the others are set in the theme's table size.
fn scale(sheet: &Sheet, what: &What, plan: &Plan, w: f64) -> Scale {
    let What::Table { columns, .. } = what else { return Scale { text: 24.0, number: 24.0, row: 14.0 } };
    let small = sheet.voice(Role::Table, ColourRole::Ink).size;
    let large = w > 330.0 || columns.iter().any(|c| c.bar);
    let by = sheet.swollen();
    let wanted = if large { (ROW.0 * by, ROW.1) } else { (small * 0.3528 * 2.0, small * 0.3528 * 1.6) };
    let row = wanted.0 - (wanted.0 - wanted.1) * plan.table;
    let text = if large { (row * 0.94).min(29.0 * by).max(small) } else { small };
    let scale = |text: f64| Scale { text, number: (text * 2.1).min(row / 0.3528 * 0.72), row };
    // A word broken in a narrow column is worse than a smaller one.
    let unbroken = |text: f64| Table::of(what).is_none_or(|t| t.is_unbroken(sheet, w, scale(text)));
    let fitting = if large { step_down(text, small / by, unbroken) } else { text };
    scale(if unbroken(fitting) { fitting } else { text.min(29.0) })
}

fn table(pen: &mut Pen, index: usize, what: &What, plan: &Plan, f: Frame) {
    let Some(table) = Table::of(what) else { return };
    let table = Table { from: pen.sheet.first_row(index), ..table };
    let mut scale = scale(pen.sheet, what, plan, f.w);
    let rows = table.rows.len().saturating_sub(table.from).max(1) as f64;
    // Room to spare makes the rows of a large table higher.
    let spare = ((f.h - table.height(pen.sheet, f.w, scale) - 0.2) / rows).clamp(0.0, ROOMIER * pen.sheet.swollen());
    if table.columns.iter().any(|c| c.bar) {
        scale.row += spare;
    }
    let drawn = table.draw(pen, f, scale);
    table_goes_on(pen, index, f, &table, drawn);
}

fn photo(pen: &mut Pen, index: usize, what: &What, f: Frame, (left, right): (bool, bool)) {
    let Some(photo) = Photo::of(index, what) else { return };
    let s = pen.sheet;
    let words = photo.words_height(s, f.w);
    let below = if words > 0.0 { words + CAPTION_GAP } else { 0.0 };
    let frame = Frame { h: (f.h - below).max(1.0), ..f };
    let x = if left { -s.bleed } else { frame.x };
    let seen = Frame { x, w: if right { s.w + s.bleed } else { frame.right() } - x, ..frame };
    let square = (left || right).then(|| crate::page::rectangle(s.pt(seen.x), s.pt(seen.y), s.pt(seen.w), s.pt(seen.h), s.pt(0.0)));
    photo.draw(pen, seen, square);
    photo.words(pen, f.x, frame.bottom() + CAPTION_GAP, f.w);
}
