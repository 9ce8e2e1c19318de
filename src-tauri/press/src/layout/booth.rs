//! ブース看板: a band with the number that is seen from across the hall, the name as large as the sheet allows, what is sold.
use crate::block::{Marks, What};
use crate::inline::Align;
use crate::layout::frames::Arrangement;
use crate::layout::parts::Parts;
use crate::layout::pen::{Pen, Step};
use crate::layout::sheet::{Frame, PT, Sheet, TextBlock, Voice};
use crate::layout::{body, fit, footer, leftovers};
use crate::page::{Ink, Paint};
use crate::theme::{ColourRole, Composition, Role};

/// Type in pt on A1; the sheet is drawn at half of it on A3.
const NUMBER: f64 = 480.0;
const NAME: (f64, f64) = (504.0, 240.0);
const REGION: f64 = 80.0;
const READING: f64 = 68.0;
const PRODUCTS: (f64, f64) = (96.0, 54.0);
const DETAIL: f64 = 36.0;
const CODE: f64 = 84.0;

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    band(pen, parts, at("band"), at("number"));
    heading(pen, parts, at("region"), at("name"), at("reading"));
    let rule = at("rule");
    let main = pen.colour(ColourRole::Main);
    pen.rule(rule.x, rule.y, rule.w, 1.6, main);
    let loose = parts.loose(sheet.content);
    let goods = loose.iter().find(|(_, w)| matches!(w, What::List { .. } | What::Lead { .. }));
    if let Some((index, what)) = goods {
        pen.block(*index, |pen| products(pen, *index, what, at("products")));
    }
    let taken = goods.map(|(i, _)| *i);
    foot(pen, parts, at("foot"));
    leftovers(pen, loose.into_iter().filter(|(i, _)| Some(*i) != taken));
}

/// The band bleeds on three sides and ends as its composition does.
fn band(pen: &mut Pen, parts: &Parts, f: Frame, number: Frame) {
    let (sheet, b) = (pen.sheet, pen.sheet.bleed);
    let main = pen.colour(ColourRole::Main);
    let beside = f.h > f.w;
    let waved = sheet.theme.composition != Composition::Band && sheet.theme.composition != Composition::Vertical && beside;
    let foot = if waved { ends_in_waves(pen, f) } else { f.bottom() };
    if waved {
        let path = wave(pen, f, foot, 14.0);
        pen.shape(path, Some(Paint::Flat(main)), None);
    } else {
        let (w, h) = if beside { (f.w + b, f.h + 2.0 * b) } else { (f.w + 2.0 * b, f.h + b) };
        pen.fill(Frame::new(-b, -b, w, h), main);
    }
    let accent = pen.colour(ColourRole::Accent);
    if !waved {
        let bar = if beside { Frame::new(f.right(), -b, 3.6, f.h + 2.0 * b) } else { Frame::new(-b, f.bottom(), f.w + 2.0 * b, 3.6) };
        pen.fill(bar, accent);
    }
    pen.on(main, |pen| digits(pen, parts, number));
    event(pen, parts, f, waved, main);
}

/// Where the band's wave stands; under it one in the sub colour.
fn ends_in_waves(pen: &mut Pen, f: Frame) -> f64 {
    let sub = pen.colour(ColourRole::Sub);
    let y = f.bottom() - 112.0;
    let path = wave(pen, f, y + 38.0, 20.0);
    pen.shape(path, Some(Paint::Flat(sub)), None);
    y
}

fn wave(pen: &Pen, f: Frame, y: f64, rise: f64) -> Vec<crate::page::Segment> {
    let (l, r, t) = (-pen.sheet.bleed, f.right(), -pen.sheet.bleed);
    let w = r - l;
    pen.path(&[
        Step::To(l, t),
        Step::Line(r, t),
        Step::Line(r, y - rise * 0.2),
        Step::Curve(l + w * 0.8, y + rise, l + w * 0.62, y + rise * 0.7, l + w * 0.45, y - rise * 0.3),
        Step::Curve(l + w * 0.3, y - rise * 1.2, l + w * 0.12, y - rise, l, y - rise * 0.4),
        Step::Close,
    ])
}

/// The word above and the number, both in the middle of their frame.
fn digits(pen: &mut Pen, parts: &Parts, f: Frame) {
    let Some((index, What::Tag { text, number, .. })) = parts.tag else { return };
    let sheet = pen.sheet;
    pen.block(index, |pen| {
        let label = Voice { tracking: 0.2, ..sheet.voice(Role::Label, ColourRole::Main).sized(52.0).inked(Ink::WHITE) };
        let words = text.replace('\n', "　");
        if !words.trim().is_empty() {
            let w = sheet.width(words.trim(), &label);
            pen.line(words.trim(), &label, f.x + (f.w - w) / 2.0, f.y + label.em() * 0.9);
        }
        let Some(number) = number else { return };
        let voice = number_voice(sheet).inked(Ink::WHITE);
        let text = number.to_string();
        let wide = sheet.width(&text, &voice);
        // Digits are 0.74 em high: on a banner they fill their frame.
        let most = if sheet.is_tall() { (f.h * 0.8 / 0.74 / voice.em()).max(1.0) } else { 1.0 };
        let size = (voice.size * (f.w / wide).min(most)).max(sheet.floor(Role::Figure));
        let voice = voice.sized(size);
        let w = sheet.width(&text, &voice);
        // They stand on the frame's foot.
        pen.line(&text, &voice, f.x + (f.w - w) / 2.0, f.bottom());
    });
}

/// The boldest face of the theme: a number is read from 20 m.
fn number_voice(sheet: &Sheet) -> Voice {
    let row = sheet.theme.row(Role::Title);
    Voice { face: row.face, latin: row.latin, heading: false, ..sheet.voice(Role::Figure, ColourRole::Main).sized(NUMBER) }
}

/// The first line of the colophon is the event: it stands at the foot of the band.
fn event(pen: &mut Pen, parts: &Parts, f: Frame, waved: bool, main: Ink) {
    let Some((index, What::Footer { lines, .. })) = parts.footer else { return };
    let Some(words) = lines.first().filter(|l| !l.trim().is_empty()) else { return };
    let sheet = pen.sheet;
    let beside = f.h > f.w;
    let voice = sheet.voice(Role::ColophonHead, ColourRole::Main).sized(DETAIL);
    let size = fit::step_down(DETAIL, sheet.floor(Role::ColophonHead), |s| sheet.width(words, &voice.clone().sized(s)) <= f.w - 24.0);
    let (ink, ground) = if waved { (main, sheet.colour(ColourRole::Paper)) } else { (Ink::WHITE, main) };
    let voice = voice.sized(size).inked(ink).aligned(if beside { Align::Centre } else { Align::Start });
    let w = if beside { f.w - 24.0 } else { f.w - 2.0 * 44.0 };
    let block = sheet.set(words, &voice, w);
    let (x, y) = if beside { (f.x + 12.0, f.bottom() - 34.0 - block.height()) } else { (44.0, f.bottom() - 18.0 - block.height()) };
    pen.on(ground, |pen| pen.block(index, |pen| pen.put(&block, x, y)));
}

fn heading(pen: &mut Pen, parts: &Parts, region: Frame, f: Frame, reading: Frame) {
    let Some((index, What::Title { text, reading: kana, region: place, .. })) = parts.title else { return };
    let sheet = pen.sheet;
    pen.block(index, |pen| {
        if !place.trim().is_empty() {
            let voice = sheet.voice(Role::Label, ColourRole::Main).sized(REGION);
            pen.line(place.trim(), &voice, region.x, region.y + voice.rise());
        }
        if sheet.is_tall() {
            name_down(pen, text.trim(), f);
        } else {
            let block = name(sheet, text.trim(), f);
            let y = f.y + ((f.h - block.height()) / 2.0).max(0.0);
            body::put_within(pen, index, &block, Frame { y, h: f.bottom() - y + 2.0, ..f }, true);
        }
        if !kana.trim().is_empty() {
            let label = sheet.voice(Role::Label, ColourRole::Note);
            let voice = Voice { tracking: 0.3, ..label.sized(READING) };
            let size = fit::step_down(READING, sheet.floor(Role::Label), |s| sheet.width(kana.trim(), &voice.clone().sized(s)) <= reading.w);
            pen.line(kana.trim(), &voice.sized(size), reading.x, reading.y + reading.h * 0.7);
        }
    });
}

/// One line as wide as the frame; two when one would be smaller than the floor.
fn name(sheet: &Sheet, text: &str, f: Frame) -> TextBlock {
    let voice = Voice { tracking: 0.0, ..sheet.voice(Role::Title, ColourRole::Ink).led(1.02) };
    let wide = text.lines().map(|l| sheet.width(l, &voice.clone().sized(100.0))).fold(1.0, f64::max);
    let one = (100.0 * f.w / wide).min(NAME.0).min(f.h / PT / 1.02 / text.lines().count().max(1) as f64);
    if one >= NAME.1 {
        return sheet.set(text, &voice.sized(one), f.w + 1.0);
    }
    let two = |size: f64| sheet.set(text, &voice.clone().sized(size), f.w + 1.0);
    let size = fit::step_down(NAME.1 * 1.2, sheet.floor(Role::Subtitle), |s| {
        let block = two(s);
        block.height() <= f.h && !block.set.forced
    });
    two(size)
}

/// On a banner the name runs from top to bottom, as large as its frame allows; two lines when one would be too small.
fn name_down(pen: &mut Pen, text: &str, f: Frame) {
    let sheet = pen.sheet;
    let voice = Voice { heading: true, tracking: 0.0, ..sheet.voice(Role::Title, ColourRole::Ink).led(1.06) };
    let words = sheet.written_down(text);
    let fits = |size: f64| {
        let block = sheet.set_down(&words, &voice.clone().sized(size), f.h);
        block.height() <= f.w && !block.set.forced && (block.set.lines.len() < 2 || size <= NAME.0)
    };
    let block = sheet.set_down(&words, &voice.clone().sized(fit::step_down(f.w / PT / 1.06, NAME.1, fits)), f.h);
    let count = block.set.lines.len();
    let length = block.set.lines.iter().map(|l| l.width.mm().0 / sheet.k).fold(0.0, f64::max);
    pen.put_down(&block, 0..count, f.x + (f.w + block.height()) / 2.0, f.y + ((f.h - length) / 2.0).max(0.0));
}

/// At most two lines: products never take room from number and name.
fn products(pen: &mut Pen, index: usize, what: &What, f: Frame) {
    let words = match what {
        What::List { items, marks, .. } => {
            let numbered = |(i, item): (usize, &String)| if *marks == Marks::Number { format!("{}　{}", i + 1, item.trim()) } else { item.trim().to_owned() };
            items.iter().enumerate().map(numbered).collect::<Vec<_>>().join("　")
        }
        What::Lead { text } => text.clone(),
        _ => return,
    };
    let sheet = pen.sheet;
    let face = sheet.theme.row(Role::Heading);
    let row = sheet.voice(Role::Subtitle, ColourRole::Ink);
    let voice = Voice { face: face.face, latin: face.latin, ..row.led(1.5) };
    let set = |s: f64| sheet.set(&words, &voice.clone().sized(s), f.w);
    let fits = |s: f64| {
        let block = set(s);
        block.set.lines.len() <= 2 && !block.set.forced
    };
    let most = if sheet.is_tall() { PRODUCTS.0 * 1.3 } else { PRODUCTS.0 };
    let block = set(fit::step_down(most, PRODUCTS.1, fits));
    let lines = Frame { h: block.voice.line() * 2.0, ..f };
    body::put_within(pen, index, &block, lines, false);
}

/// Date and place at the left, the code with its label at the right.
fn foot(pen: &mut Pen, parts: &Parts, f: Frame) {
    let sheet = pen.sheet;
    let mut room = f.w;
    if let Some((index, What::Qr { url, label })) = parts.qr {
        // The modules, not the quiet zone, are flush with the margin.
        let square = Frame::new(f.right() - CODE + CODE * 0.11, f.bottom() - CODE, CODE, CODE);
        pen.block(index, |pen| {
            let voice = sheet.voice(Role::Url, ColourRole::Note).sized(32.0).aligned(Align::End).led(1.4);
            let w = sheet.width(label, &voice).min(f.w * 0.3) + 1.0;
            let block = sheet.set(label, &voice, w);
            pen.put(&block, square.x - 6.0 - w, square.y + (CODE - block.height()) / 2.0);
            footer::code(pen, index, url, square);
            room = square.x - 12.0 - w - 12.0 - f.x;
        });
    }
    let Some((index, What::Footer { lines, credit })) = parts.footer else { return };
    let rest: Vec<&str> = lines.iter().skip(1).map(String::as_str).chain([credit.as_str()]).filter(|l| !l.trim().is_empty()).collect();
    if rest.is_empty() {
        return;
    }
    let voice = sheet.voice(Role::Colophon, ColourRole::Note).led(1.54);
    let set = |s: f64| sheet.set(&rest.join("\n"), &voice.clone().sized(s), room);
    let block = set(fit::step_down(DETAIL, sheet.floor(Role::Colophon), |s| set(s).height() <= CODE));
    pen.block(index, |pen| {
        let y = (f.bottom() - CODE / 2.0 - block.height() / 2.0).min(f.bottom() - block.height());
        body::put_within(pen, index, &block, Frame::new(f.x, y, room, block.height() + 1.0), false);
    });
}
