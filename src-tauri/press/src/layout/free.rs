//! Any block in any frame: free placement on any paper, and the parts that a template gives a frame to.
use crate::block::{Content, What};
use crate::layout::chart::Chart;
use crate::layout::chronology::Chronology;
use crate::layout::figure::Figure;
use crate::layout::list::List;
use crate::layout::occasion::Occasion;
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::photo_grid::PhotoGrid;
use crate::layout::plan::Plan;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::layout::table::{Scale, Table};
use crate::layout::timetable::Timetable;
use crate::layout::{body, facts, footer, lead, mark, title};
use crate::length::Mm;
use crate::theme::{ColourRole, Role};

/// Between text columns.
const GUTTER: f64 = 12.0;

/// Factor to A1 of a paper without template: by its area, for the type sizes that the theme gives.
pub(crate) fn factor(paper: (Mm, Mm)) -> f64 {
    (paper.0.0 * paper.1.0 / (594.0 * 841.0)).sqrt()
}

/// Draws every block that carries a place.
pub(crate) fn placed(pen: &mut Pen, content: &Content) {
    let k = pen.sheet.k;
    for (index, block) in content.blocks.iter().enumerate() {
        let Some(place) = block.place else { continue };
        let numbers = [place.x.0, place.y.0, place.w.0, place.h.0];
        if numbers.iter().any(|v| !v.is_finite() || v.abs() > 20_000.0) || place.w.0 <= 0.0 || place.h.0 <= 0.0 {
            super::no_place(pen, index, "置き場所の大きさが正しくありません。", "x・y・w・h をミリメートルで入れ、幅と高さは 0 より大きくしてください。");
            continue;
        }
        let [x, y, w, h] = numbers.map(|v| v / k);
        let size = place.size.filter(|s| s.is_finite() && *s > 0.0).map(|s| s.clamp(1.0, 5000.0) / k);
        pen.block(index, |pen| {
            any(pen, index, &block.what, Frame::new(x, y, w, h), size);
        });
    }
}

/// Draws a block into a frame; `size` in pt on A1 replaces the theme's. Gives the height used.
pub(crate) fn any(pen: &mut Pen, index: usize, what: &What, f: Frame, size: Option<f64>) -> f64 {
    match what {
        What::Title { text, reading, region, key_word } => heading(pen, index, [text, reading, region, key_word], f, size),
        What::Subtitle { text } => {
            let voice = pen.sheet.voice(Role::Subtitle, ColourRole::Main);
            let block = fitted(pen.sheet, text, &voice, f, size);
            body::put_within(pen, index, &block, f, true)
        }
        What::Lead { text } => {
            let voice = pen.sheet.voice(Role::Lead, ColourRole::Main);
            let size = fitted(pen.sheet, text, &voice, f, size).voice.size;
            let block = lead::set(pen.sheet, text, &voice.sized(size), f.w);
            body::put_within(pen, index, &block, f, false)
        }
        What::Tag { text, number, of } => tag(pen, index, text, *number, *of, f, size),
        What::Body { .. } => sections(pen, index, what, f, size),
        What::Photo { .. } => photo(pen, index, what, f),
        What::Facts { rows } => {
            let (height, shown) = facts::draw(pen, rows, f, size);
            super::rows_left(pen, index, f, rows.len() - shown);
            height
        }
        What::Table { rows, .. } => table(pen, index, what, rows.len(), f, size),
        What::Chart { .. } => Chart::of(what).map_or(0.0, |chart| chart.draw_of(pen, Some(index), Frame { h: bounded(f, chart.natural(pen.sheet, f.w)), ..f }, size)),
        What::Figure { .. } => figure(pen, index, what, f, size),
        What::Municipalities { title, names } => municipalities(pen, index, title, names, f),
        What::Occasion { .. } => occasion(pen, what, f, size),
        What::Qr { url, label } => qr(pen, index, url, label, f),
        What::Footer { lines, credit } => colophon(pen, index, lines, credit, f, size),
        What::List { .. } => List::of(what).map_or(0.0, |list| list.draw(pen, index, f, size)),
        What::PhotoGrid { .. } => PhotoGrid::of(index, what).map_or(0.0, |grid| grid.draw(pen, Frame { h: bounded(f, grid.natural(f.w)), ..f })),
        What::Timetable { .. } => Timetable::of(what).map_or(0.0, |table| table.draw(pen, index, Frame { h: bounded(f, table.heights(pen.sheet, f.w).1), ..f })),
        What::Chronology { .. } => Chronology::of(what).map_or(0.0, |years| years.draw(pen, index, f, size)),
        What::Plan { .. } => Plan::of(what).map_or(0.0, |plan| plan.draw(pen, Frame { h: bounded(f, plan.natural(pen.sheet, f.w)), ..f })),
        What::Logo { .. } => mark::logo(pen, index, what, f),
        What::Signature { .. } => mark::signature(pen, what, f),
    }
}

/// A frame without end, as when only the height is asked for, gives what the block would like.
fn bounded(f: Frame, natural: f64) -> f64 {
    if f.h > 1500.0 { natural } else { f.h }
}

/// The text at the wanted size, or the theme's stepped down to its floor until it fits the frame. A given size is never changed.
fn fitted(sheet: &Sheet, text: &str, voice: &Voice, f: Frame, size: Option<f64>) -> TextBlock {
    if let Some(size) = size {
        return sheet.set(text, &voice.clone().sized(size), f.w);
    }
    let floor = sheet.floor(voice.role).min(voice.size);
    let mut block = sheet.set(text, voice, f.w);
    for step in 1..=8 {
        if block.height() <= f.h + 0.05 && !block.set.forced {
            break;
        }
        let size = voice.size - (voice.size - floor) * f64::from(step) / 8.0;
        block = sheet.set(text, &voice.clone().sized(size), f.w);
    }
    block
}

fn heading(pen: &mut Pen, index: usize, words: [&String; 4], f: Frame, size: Option<f64>) -> f64 {
    let [text, reading, region, key_word] = words;
    let sheet = pen.sheet;
    let mut y = f.y;
    if !region.is_empty() || !reading.is_empty() {
        let label = sheet.voice(Role::Label, ColourRole::Main);
        let line = [region.as_str(), reading.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
        y += pen.words(&line, &label, f.x, y, f.w) + 2.0;
    }
    let whole = [text.as_str(), key_word.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
    let room = Frame { y, h: (f.bottom() - y).max(1.0), ..f };
    let mut voice = sheet.voice(Role::Title, ColourRole::Main).led(sheet.theme.row(Role::LongTitle).leading);
    if size.is_none() {
        // As large as one line of the frame allows; below the floor it breaks into lines.
        let wide = whole.lines().map(|l| sheet.width(l, &voice)).fold(1.0, f64::max);
        let fits = voice.size * (f.w / wide * 0.995).min(room.h / (voice.line() * whole.lines().count().max(1) as f64));
        voice.size = fits.min(voice.size).max(sheet.floor(Role::Subtitle));
    }
    let block = fitted(sheet, &whole, &voice, room, size);
    y - f.y + body::put_within(pen, index, &block, room, true)
}

fn tag(pen: &mut Pen, index: usize, text: &str, number: Option<u32>, of: Option<u32>, f: Frame, size: Option<f64>) -> f64 {
    let count = match (number, of) {
        (Some(n), Some(of)) => format!("{n}／{of}"),
        (Some(n), None) => n.to_string(),
        _ => String::new(),
    };
    let words = [text, &count].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n");
    let block = fitted(pen.sheet, &words, &pen.sheet.voice(Role::Tag, ColourRole::Main), f, size);
    body::put_within(pen, index, &block, f, false)
}

/// Body text steps down to its floor until it fits, unless its size is given.
fn sections(pen: &mut Pen, index: usize, what: &What, f: Frame, size: Option<f64>) -> f64 {
    let What::Body { sections, columns } = what else { return 0.0 };
    let sheet = pen.sheet;
    let count = columns.map_or(1, |c| usize::from(c.clamp(1, 4)));
    let width = body::column_width(f.w, count, GUTTER);
    let set = |size| body::flow(sheet, sections, width, Some(size));
    let wanted = sheet.voice(Role::Body, ColourRole::Ink).size;
    let floor = sheet.floor(Role::Body).min(wanted);
    let mut flow = set(size.unwrap_or(wanted));
    for step in 1..=8 {
        if size.is_some() || flow.excess(count, f.h) <= 0.0 {
            break;
        }
        flow = set(wanted - (wanted - floor) * f64::from(step) / 8.0);
    }
    let columns = flow.divide(count, f.h);
    flow.draw(pen, &columns, f, GUTTER, count);
    if !pen.is_silent() {
        flow.report(sheet, index, f, &columns.left_over);
    }
    columns.height
}

fn photo(pen: &mut Pen, index: usize, what: &What, f: Frame) -> f64 {
    let Some(photo) = Photo::of(index, what) else { return 0.0 };
    let words = photo.words_height(pen.sheet, f.w);
    let below = if words > 0.0 { words + 4.0 } else { 0.0 };
    let frame = Frame { h: (f.h - below).max(1.0), ..f };
    photo.draw(pen, frame, None);
    photo.words(pen, f.x, frame.bottom() + 4.0, f.w);
    f.h
}

fn table(pen: &mut Pen, index: usize, what: &What, rows: usize, f: Frame, size: Option<f64>) -> f64 {
    let Some(table) = Table::of(what) else { return 0.0 };
    let scale = match size {
        Some(text) => Scale { text, number: text, row: text * 0.3528 * 1.6 },
        None => table.scale(pen.sheet, f),
    };
    let (height, shown) = table.draw(pen, f, scale);
    super::rows_left(pen, index, f, rows - shown);
    height
}

fn figure(pen: &mut Pen, index: usize, what: &What, f: Frame, size: Option<f64>) -> f64 {
    let Some(figure) = Figure::of(what) else { return 0.0 };
    let sheet = pen.sheet;
    let wanted = sheet.voice(Role::Figure, ColourRole::Main).size;
    let floor = sheet.floor(Role::Figure).min(wanted);
    let size = size.unwrap_or_else(|| {
        let tries = (0..=8).map(|i| wanted - (wanted - floor) * f64::from(i) / 8.0);
        tries.into_iter().find(|s| figure.height(sheet, f.w, *s) <= f.h).unwrap_or(floor)
    });
    let height = figure.draw(pen, f, size);
    if height > f.h + 1.0 && !pen.is_silent() {
        body::overflow(sheet, index, f, 1, 0);
    }
    height
}

fn municipalities(pen: &mut Pen, index: usize, title: &str, names: &[String], f: Frame) -> f64 {
    let sheet = pen.sheet;
    let mut y = f.y;
    if !title.is_empty() {
        y += pen.words(title, &sheet.voice(Role::Heading, ColourRole::Main), f.x, y, f.w) + 2.0;
    }
    let ink = pen.colour(ColourRole::Ink);
    y - f.y + title::list(pen, index, names, Frame { y, h: f.bottom() - y, ..f }, ink, (24.0 * sheet.swollen(), 1.6))
}

fn occasion(pen: &mut Pen, what: &What, f: Frame, size: Option<f64>) -> f64 {
    let Some(occasion) = Occasion::of(what) else { return 0.0 };
    let sheet = pen.sheet;
    let main = pen.colour(ColourRole::Main);
    let voice = sheet.voice(Role::TableHead, ColourRole::Main);
    let mut below = Vec::new();
    if !occasion.themes.is_empty() {
        below.push(occasion.themes.join("　"));
    }
    if !occasion.contents.is_empty() {
        below.push(occasion.contents.to_owned());
    }
    let foot = if below.is_empty() { None } else { Some(sheet.set(&below.join("\n"), &voice, f.w)) };
    let foot_h = foot.as_ref().map_or(0.0, |b| b.height() + 4.0);
    let used = occasion.draw(pen, Frame { h: if f.h > 1500.0 { 0.0 } else { f.h - foot_h }, ..f }, main, size.unwrap_or(66.0 * sheet.swollen()));
    if let Some(foot) = foot {
        pen.put(&foot, f.x, f.y + used + 4.0);
    }
    used + foot_h
}

/// The code fills the frame's shorter side; label and address stand beside it, or below in an upright frame.
fn qr(pen: &mut Pen, index: usize, url: &str, label: &str, f: Frame) -> f64 {
    let words = footer::address_width(pen, url, label);
    let lines = pen.sheet.voice(Role::Colophon, ColourRole::Ink).line() + pen.sheet.voice(Role::Url, ColourRole::Ink).line();
    if f.w >= f.h + words + 3.0 || f.w > f.h * 1.5 {
        let side = f.h.min(f.w);
        footer::code(pen, index, url, Frame::new(f.x, f.y, side, side));
        let y = f.y + (side - lines) / 2.0;
        footer::address(pen, url, label, Frame::new(f.x + side + 3.0, y, (f.w - side - 3.0).max(10.0), lines), false);
        return side;
    }
    let side = f.w.min((f.h - lines - 1.0).max(f.h * 0.5)).min(f.h);
    footer::code(pen, index, url, Frame::new(f.x, f.y, side, side));
    if f.h - side >= lines * 0.6 {
        footer::address(pen, url, label, Frame::new(f.x, f.y + side + 1.0, f.w, lines), false);
    }
    f.h.min(side + lines + 1.0)
}

fn colophon(pen: &mut Pen, index: usize, lines: &[String], credit: &str, f: Frame, size: Option<f64>) -> f64 {
    let mut y = footer::colophon(pen, index, lines, f, None, size);
    if !credit.is_empty() {
        y += pen.words(credit, &pen.sheet.voice(Role::Credit, ColourRole::Note), f.x, y, f.w);
    }
    y - f.y
}
