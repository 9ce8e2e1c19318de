//! Layout: a content document, faces and picture sizes in; pages and notices out. Content can never make it fail.
//!
//! One file a step or a family of blocks. `sheet` is the paper, `pen` draws on it, `fit` walks the shrink order,
//! `frames` reads the templates, `parts` finds the blocks that a template asks for.
mod band;
mod body;
mod booth;
mod caption;
mod cell;
mod chart;
mod chart_bar;
mod chart_line;
mod chart_parts;
mod chronology;
mod facts;
mod facts_row;
mod figure;
mod figures;
mod fit;
mod footer;
mod frames;
mod free;
mod hatch;
mod header;
mod heading_apart;
mod heading_down;
mod hills;
mod kanji;
mod lead;
mod list;
mod mark;
mod municipality_band;
mod municipality_mount;
mod municipality_vertical;
mod municipality_wave;
mod names;
mod occasion;
mod parts;
mod pen;
mod photo;
mod photo_grid;
mod plan;
mod poster;
mod rows;
pub(crate) mod sheet;
mod side;
mod spans;
mod table;
mod tapestry;
mod tapestry_head;
mod timetable;
mod timetable_slot;
#[cfg(test)]
mod tests;
mod title;
mod title_down;
mod title_stacked;
mod tuck;
mod veil;
mod voice;

use crate::block::{Content, Template, What};
use crate::font::Fonts;
use crate::inline::markup;
use crate::length::Mm;
use crate::notice::{Fix, Level, Notice, NoticeCode};
use crate::page::Page;
use crate::paper;
use crate::picture::{PictureFault, PictureInfo};
use crate::theme::{Composition, Theme};
use frames::Arrangement;
pub use frames::Shape;
use parts::Parts;
use pen::Pen;
use sheet::{Frame, Sheet, Turn};

/// The parts of a template by name, in alphabetical order.
pub(crate) fn part_names(template: Template) -> Vec<&'static str> {
    Arrangement::parts(template).into_iter().collect()
}

/// Size and kind of a picture by its key; `Err(None)` when there is no such picture, else why it cannot be used.
pub type Pictures<'a> = dyn Fn(&str) -> Result<PictureInfo, Option<PictureFault>> + 'a;

/// What came of a content document.
#[derive(Clone, Debug)]
pub struct Laid {
    pub pages: Vec<Page>,
    pub notices: Vec<Notice>,
}

/// Lays out one panel. Whatever is wrong with the content is in the notices; there is always a page.
pub fn lay_out(content: &Content, fonts: &Fonts, pictures: &Pictures) -> Laid {
    let size = paper::size(&content.paper);
    let trim = size.clone().unwrap_or((Mm(594.0), Mm(841.0)));
    let composition = Theme::choose(&content.theme).composition;
    let own = content.frames.as_ref().and_then(|own| Arrangement::own(own, composition, trim));
    let shape = own.as_ref().or_else(|| content.template.map(|template| Arrangement::choose(template, composition, trim)));
    let k = shape.map_or_else(|| free::factor(trim), |shape| shape.factor(trim)).max(0.01);
    let draw_all = |total: usize| {
        let (mut pages, mut notices): (Vec<Page>, Vec<Notice>) = Default::default();
        let mut turn = Turn { total, ..Turn::default() };
        loop {
            let sheet = Sheet::new(content, fonts, pictures, trim, k).on_page(turn);
            if let (Err(fault), 0) = (&size, turn.page) {
                sheet.notice(Level::Error, NoticeCode::NoPlace, None, None, (fault.message.clone(), "使える大きさの用紙を選んでください。"));
            }
            if turn.page == 0 {
                crate::check::paper(&sheet);
            }
            let mut page = draw(&sheet, shape, trim);
            if total > 1 {
                page.name = format!("{} {}／{total}", page.name, turn.page + 1);
            }
            let mut said = sheet.take_notices();
            crate::check::page(&sheet.theme, &page, &mut said);
            said.iter_mut().for_each(|n| n.page = turn.page);
            notices.append(&mut said);
            pages.push(page);
            match sheet.goes_on() {
                Some(resume) => turn = Turn { page: turn.page + 1, resume: Some(resume), total },
                None => return Laid { pages, notices },
            }
        }
    };
    let mut laid = draw_all(1);
    if laid.pages.len() > 1 {
        // Only now is it known how many there are: every page says which of them it is.
        laid = draw_all(laid.pages.len());
    }
    laid
}

fn draw(sheet: &Sheet, shape: Option<&Arrangement>, trim: (Mm, Mm)) -> Page {
    let content = sheet.content;
    let mut pen = Pen::new(sheet);
    let paper_ink = pen.colour(crate::theme::ColourRole::Paper);
    if paper_ink.total() > 0.0 {
        let b = sheet.bleed;
        pen.fill(Frame::new(-b, -b, sheet.w + 2.0 * b, sheet.h + 2.0 * b), paper_ink);
    }
    if let (Some(template), Some(shape)) = (content.template, shape) {
        let mut parts = Parts::gather(content, sheet.turn.resume.map(|(block, _)| block));
        match (template, sheet.theme.composition) {
            (Template::Municipality, Composition::Band) => municipality_band::draw(&mut pen, &parts, shape),
            (Template::Municipality, Composition::Wave) => municipality_wave::draw(&mut pen, &parts, shape),
            (Template::Municipality, Composition::Mount) => municipality_mount::draw(&mut pen, &parts, shape),
            (Template::Municipality, Composition::Vertical) => municipality_vertical::draw(&mut pen, &parts, shape),
            (Template::Title, _) => title::draw(&mut pen, &parts, shape),
            (Template::Figures, _) => figures::draw(&mut pen, &parts, shape),
            (Template::Booth, _) => booth::draw(&mut pen, &parts, shape),
            (Template::Caption, _) => caption::draw(&mut pen, &parts, shape),
            (rows, _) => rows::draw(&mut pen, rows, &mut parts, shape),
        }
    }
    if content.template.is_none() {
        let unplaced = content.blocks.iter().enumerate().filter(|(_, b)| b.place.is_none());
        unplaced.for_each(|(index, _)| no_place(&pen, index, "置き場所がありません。", "place に x・y・w・h を入れるか、ひな形を選んでください。"));
    }
    if sheet.turn.page == 0 {
        free::placed(&mut pen, content);
    }
    Page {
        name: if content.name.is_empty() { title(content) } else { markup::plain(&content.name).into_owned() },
        width: trim.0.pt(),
        height: trim.1.pt(),
        bleed: sheet.pt(sheet.bleed),
        items: pen.into_items(),
    }
}

fn title(content: &Content) -> String {
    let text = content.blocks.iter().find_map(|b| match &b.what {
        What::Title { text, .. } => Some(markup::plain(text).replace('\n', "")),
        _ => None,
    });
    text.unwrap_or_else(|| "パネル".into())
}

/// Blocks that a 自治体紹介 panel has no fixed part for: they join its side.
fn extras<'a>(parts: &Parts<'a>) -> Vec<(usize, &'a What)> {
    let mut all: Vec<(usize, &What)> = [parts.table, parts.chart, parts.names, parts.occasion].into_iter().flatten().collect();
    all.extend(parts.figures.iter().copied());
    all.extend(parts.rest.iter().copied());
    all.sort_by_key(|(index, _)| *index);
    all
}

fn no_place(pen: &Pen, index: usize, message: &str, hint: &str) {
    pen.sheet.notice(Level::Warning, NoticeCode::NoPlace, Some(index), None, (message.to_owned(), hint));
}

/// Blocks that the template has no room for are named, never dropped in silence.
fn leftovers<'a>(pen: &Pen, blocks: impl Iterator<Item = (usize, &'a What)>) {
    blocks.for_each(|(index, _)| no_place(pen, index, "このひな形には、この内容の置き場所がありません。", "place で置き場所を決めるか、別のひな形を選んでください。"));
}

/// Rows that found no room go on on a second panel, with the head repeated; a panel that holds none of them reports it.
fn table_goes_on(pen: &mut Pen, index: usize, frame: Frame, table: &table::Table, (used, shown): (f64, usize)) {
    let next = table.from + shown;
    let total = pen.sheet.turn.total;
    if total > 1 && !pen.is_silent() {
        let voice = pen.sheet.voice(crate::theme::Role::Caption, crate::theme::ColourRole::Note);
        let words = format!("{}／{total}", pen.sheet.turn.page + 1);
        pen.line_to(&words, &voice, frame.right(), frame.y + used - voice.line() + voice.rise());
    }
    if next >= table.rows.len() || pen.is_silent() {
        return;
    }
    if shown == 0 || !pen.sheet.go_on(index, next) {
        rows_left(pen, index, frame, table.rows.len() - next);
    }
}

/// Reports rows that found no room.
fn rows_left(pen: &Pen, index: usize, frame: Frame, left: usize) {
    if left > 0 && !pen.is_silent() {
        let message = format!("表の{left}行が枠に収まりません。");
        let words = (message, "行を減らすか、ほかの文や写真を短く小さくしてください。");
        let mut fixes = vec![Fix::FewerRows { rows: left }];
        fixes.extend(pen.sheet.may_step_down().then_some(Fix::SmallerStep));
        pen.sheet.notice_with(Level::Error, NoticeCode::Overflow, Some(index), Some(frame), words, fixes);
    }
}
