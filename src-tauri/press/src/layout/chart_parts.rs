//! Bars divided into parts: stacked by value, or as shares of the whole. Three tones at most; names stand over the first bar.
use crate::block::ChartKind;
use crate::layout::chart::{Chart, grouped};
use crate::layout::hatch;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, Voice};
use crate::layout::spans::{self, Span};
use crate::notice::{Level, NoticeCode};
use crate::page::{Ink, rectangle};
use crate::theme::{ColourRole, Role, contrast};

/// Tones that the eye tells apart in print and in grey.
const TONES: usize = 3;
/// White between two parts.
const SEAM: f64 = 0.8;

struct Bar<'a> {
    label: &'a str,
    parts: Vec<f64>,
    total: f64,
    value: Vec<Span>,
    unconfirmed: bool,
}

struct Voices {
    label: Voice,
    number: Voice,
    unit: Voice,
    name: Voice,
}

/// Height of one bar with its air, on A1.
pub(crate) fn pitch(share: bool) -> f64 {
    if share { 34.0 } else { 28.0 }
}

/// The same with all the air that it bears.
pub(crate) fn most_pitch(share: bool) -> f64 {
    pitch(share) * 1.35
}

pub(crate) fn draw(pen: &mut Pen, index: Option<usize>, chart: &Chart, f: Frame, size: Option<f64>) -> f64 {
    let sheet = pen.sheet;
    if chart.points.is_empty() {
        return 0.0;
    }
    let share = chart.kind == ChartKind::Share;
    let v = voices(sheet, size);
    let names = names(pen, index, chart, f);
    let head = if names.iter().any(|n| !n.is_empty()) { v.name.line() * 1.35 + 3.0 } else { 0.0 };
    let count = chart.points.len() as f64;
    let step = ((f.h - head) / count).min(most_pitch(share)).max(v.label.em() * 1.25);
    let bars: Vec<Bar> = chart.points.iter().map(|p| bar(chart, p, &v)).collect();
    let left = bars.iter().map(|b| sheet.width(b.label, &v.label)).fold(0.0, f64::max).min(f.w * 0.36);
    let right = bars.iter().map(|b| spans::width(sheet, &b.value)).fold(0.0, f64::max);
    let start = f.x + left + if left > 0.0 { v.label.em() * 0.6 } else { 0.0 };
    let room = (f.right() - start - right - v.label.em() * 0.5).max(f.w * 0.1);
    let most = bars.iter().map(|b| b.total).fold(0.0, f64::max);
    let height = (step * 0.56).min(26.0);
    // The bar with the widest smallest part shows the names best; the first one keeps them at the top.
    for (i, b) in bars.iter().enumerate() {
        let middle = f.y + head + step * (i as f64 + 0.5);
        let text = sheet.set(b.label, &v.label, left + 0.5);
        pen.put(&text, f.x, middle - text.height() / 2.0);
        let whole = if share { b.total } else { most };
        let length = if whole > 0.0 { room * b.total / whole } else { 0.0 };
        let frame = Frame::new(start, middle - height / 2.0, length, height);
        let places = segments(b, frame);
        for (tone, place) in places.iter().enumerate() {
            segment(pen, tone, *place, b.unconfirmed);
            value_in(pen, b, tone, *place, share, &v);
        }
        spans::draw(pen, &b.value, start + length + v.label.em() * 0.35, middle + v.number.em() * 0.36);
        if i == 0 && head > 0.0 {
            name_parts(pen, &names, &places, f, frame.y - 3.0, &v.name);
        }
    }
    let axis = pen.colour(ColourRole::Rule);
    pen.fill(Frame::new(start - 0.5, f.y + head, 0.5, step * count), axis);
    head + step * count
}

fn voices(sheet: &Sheet, size: Option<f64>) -> Voices {
    let mut label = sheet.voice(Role::Table, ColourRole::Ink).led(1.2);
    label.size = size.unwrap_or(label.size);
    let number = sheet.voice(Role::Number, ColourRole::Main).minor(Role::Table).sized(label.size * 1.25);
    let unit = label.clone().sized((label.size * 0.8).max(sheet.floor(Role::Caption))).minor(Role::Caption);
    let name = sheet.voice(Role::Tag, ColourRole::Ink);
    Voices { label, number, unit, name }
}

/// Names of the three tones. More parts than tones are told to the writer and put together as ほか.
fn names(pen: &Pen, index: Option<usize>, chart: &Chart, f: Frame) -> Vec<String> {
    let most = chart.points.iter().map(|p| p.parts.len()).max().unwrap_or(0).max(chart.series.len());
    let mut names: Vec<String> = (0..most.min(TONES)).map(|i| chart.series.get(i).map_or_else(String::new, |s| s.trim().to_owned())).collect();
    if most > TONES {
        names[TONES - 1] = "ほか".to_owned();
        if !pen.is_silent() {
            let words = (format!("内訳が{most}つあります。3つ目から先は「ほか」にまとめました。"), "内訳を3つまでにするか、表にしてください。");
            pen.sheet.notice(Level::Warning, NoticeCode::NoPlace, index, Some(f), words);
        }
    }
    names
}

fn bar<'a>(chart: &Chart, point: &'a crate::block::Point, v: &Voices) -> Bar<'a> {
    let sound = |p: &f64| if p.is_finite() { p.max(0.0) } else { 0.0 };
    let mut parts: Vec<f64> = point.parts.iter().map(sound).collect();
    if parts.is_empty() {
        parts.push(sound(&point.value));
    }
    if parts.len() > TONES {
        let rest: f64 = parts.drain(TONES - 1..).sum();
        parts.push(rest);
    }
    let total = parts.iter().sum();
    Bar { label: point.label.trim(), total, parts, value: chart.value(point, &v.number, &v.unit), unconfirmed: point.unconfirmed }
}

fn segments(bar: &Bar, f: Frame) -> Vec<Frame> {
    let mut x = f.x;
    let place = |part: &f64| {
        let w = if bar.total > 0.0 { f.w * part / bar.total } else { 0.0 };
        let frame = Frame { x, w: (w - SEAM).max(w * 0.5), ..f };
        x += w;
        frame
    };
    bar.parts.iter().map(place).collect()
}

/// Main, sub, tint under hatching; an unconfirmed bar has a dashed outline.
fn segment(pen: &mut Pen, tone: usize, f: Frame, unconfirmed: bool) {
    let ink = tone_ink(pen.sheet, tone);
    if f.w <= 0.0 {
        return;
    }
    pen.fill(f, ink);
    let p = |v: f64| pen.sheet.pt(v);
    if tone == 2 {
        let sub = pen.colour(ColourRole::Sub);
        let path = rectangle(p(f.x), p(f.y), p(f.w), p(f.h), p(0.0));
        pen.clipped(path, |pen| hatch::draw(pen, f, sub));
    }
    if unconfirmed {
        let main = pen.colour(ColourRole::Main);
        let mut stroke = pen.stroke(main, 0.9);
        stroke.dash = vec![p(3.0), p(2.0)];
        pen.shape(rectangle(p(f.x), p(f.y), p(f.w), p(f.h), p(0.0)), None, Some(stroke));
    }
}

fn tone_ink(sheet: &Sheet, tone: usize) -> Ink {
    sheet.colour([ColourRole::Main, ColourRole::Sub, ColourRole::Tint][tone.min(2)])
}

/// The part's number inside it, on a plate of its tone where it is hatched. A part too narrow for it goes without: the
/// total stands at the end.
fn value_in(pen: &mut Pen, bar: &Bar, tone: usize, f: Frame, share: bool, v: &Voices) {
    if bar.parts.len() < 2 || bar.parts[tone] <= 0.0 {
        return;
    }
    let text = if share { format!("{:.0}%", bar.parts[tone] / bar.total * 100.0) } else { grouped(bar.parts[tone]) };
    let ground = tone_ink(pen.sheet, tone);
    let ink = if contrast([255; 3], ground.srgb) >= 4.5 { Ink::WHITE } else { pen.colour(ColourRole::Ink) };
    let voice = v.unit.clone().inked(ink);
    let w = pen.sheet.width(&text, &voice);
    if w + 3.0 > f.w || voice.em() > f.h {
        return;
    }
    let x = f.x + (f.w - w) / 2.0;
    if tone == 2 {
        pen.fill(Frame::new(x - 1.2, f.y + (f.h - voice.em() * 1.15) / 2.0, w + 2.4, voice.em() * 1.15), ground);
    }
    pen.on(ground, |pen| {
        pen.line(&text, &voice, x, f.y + f.h / 2.0 + voice.em() * 0.37);
    });
}

/// Each name over its part of the first bar, moved right where two would touch, with a fine line down to its part.
fn name_parts(pen: &mut Pen, names: &[String], places: &[Frame], f: Frame, foot: f64, voice: &Voice) {
    let rule = pen.colour(ColourRole::Note);
    let widths: Vec<f64> = names.iter().map(|n| pen.sheet.width(n, voice)).collect();
    let mut free = f.x;
    let mut lefts = Vec::new();
    for (i, place) in places.iter().enumerate().take(names.len()) {
        let after: f64 = widths[i..].iter().map(|w| w + voice.em() * 0.8).sum::<f64>() - voice.em() * 0.8;
        let left = place.x.max(free).min((f.right() - after).max(free));
        lefts.push(left);
        free = left + widths[i] + voice.em() * 0.8;
    }
    for ((name, left), place) in names.iter().zip(&lefts).zip(places).filter(|((n, _), _)| !n.is_empty()) {
        pen.line(name, voice, *left, foot - voice.em() * 0.42);
        let x = place.x + 0.3;
        if (left - place.x).abs() < 1.0 {
            pen.fill(Frame::new(x - 0.2, foot - 1.0, 0.4, 4.0), rule);
        } else {
            let stroke = pen.stroke(rule, 0.4);
            let path = pen.path(&[crate::layout::pen::Step::To(left + 1.0, foot - 1.0), crate::layout::pen::Step::Line(place.x + place.w / 2.0, foot + 3.0)]);
            pen.shape(path, None, Some(stroke));
        }
    }
}
