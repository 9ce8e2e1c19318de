//! The foot of a panel: who, when and where, the QR code with its address, and the credit.
use crate::block::What;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::Frame;
use crate::notice::{Level, NoticeCode};
use crate::page::Ink;
use crate::theme::{ColourRole, Role};

/// Side of the code on A1, quiet zone included.
const QR: f64 = 46.0;

/// Rule, colophon lines and QR code on paper.
pub(crate) fn on_paper(pen: &mut Pen, parts: &Parts, f: Frame) {
    let ink = pen.colour(ColourRole::Sub);
    pen.rule(f.x, f.y, f.w, 0.5, ink);
    let mut room = f.w;
    if let Some((index, What::Qr { url, label })) = parts.qr {
        let side = QR.max(20.0 / pen.sheet.k);
        let square = Frame::new(f.right() - side, f.y + 4.0, side, side);
        pen.block(index, |pen| {
            let words = address_width(pen, url, label).min(f.w * 0.5);
            address(pen, url, label, Frame::new(square.x - 1.0 - words, f.y + 13.5, words, side), true);
            code(pen, index, url, square);
            room = square.x - 1.0 - words - 12.0 - f.x;
        });
    }
    if let Some((index, What::Footer { lines, credit })) = parts.footer {
        pen.block(index, |pen| {
            let y = colophon(pen, index, lines, Frame::new(f.x, f.y + 9.0, room, f.h - 9.0), None, None);
            if !credit.is_empty() && !parts.credited(credit) {
                let voice = pen.sheet.voice(Role::Credit, ColourRole::Note);
                pen.words(credit, &voice, f.x, y, room);
            }
        });
    }
}

/// Colophon on a band of the main colour that bleeds on three sides.
pub(crate) fn on_band(pen: &mut Pen, parts: &Parts, f: Frame, margin: f64, extra_credit: &str, with_code: bool) {
    let main = pen.colour(ColourRole::Main);
    let bleed = pen.sheet.bleed;
    pen.fill(Frame::new(f.x - bleed, f.y, f.w + 2.0 * bleed, pen.sheet.h + bleed - f.y), main);
    pen.on(main, |pen| {
        let mut inner = Frame::new(f.x + margin, f.y + 13.0, f.w - 2.0 * margin, f.h - 20.0);
        if let (Some((index, What::Qr { url, label })), true) = (parts.qr, with_code) {
            let side = QR.max(20.0 / pen.sheet.k);
            let square = Frame::new(inner.right() - side, f.y + ((pen.sheet.seen_foot() - f.y - side) / 2.0).max(4.0), side, side);
            pen.block(index, |pen| {
                let words = address_width(pen, url, label).min(f.w * 0.5);
                address_in(pen, url, label, Frame::new(square.x - 5.0 - words, inner.y, words, side), true, Some(Ink::WHITE));
                code(pen, index, url, square);
                inner.w = square.x - 5.0 - words - 12.0 - inner.x;
            });
        }
        let (footer, lines, credit) = match parts.footer {
            Some((index, What::Footer { lines, credit })) => (Some(index), lines.as_slice(), credit.as_str()),
            _ => (None, Default::default(), ""),
        };
        let credit = if parts.credited(credit) { "" } else { credit };
        let credits = [extra_credit, credit].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("\n");
        let voice = pen.sheet.voice(Role::Credit, ColourRole::Note).inked(Ink::WHITE);
        let wide = credits.lines().map(|l| pen.sheet.width(l, &voice)).fold(0.0, f64::max).min(inner.w * 0.45);
        if wide > 0.0 {
            let voice = voice.aligned(crate::inline::Align::End);
            let y = inner.y + pen.sheet.voice(Role::Colophon, ColourRole::Note).line();
            pen.words(&credits, &voice, inner.right() - wide - 0.5, y, wide + 0.5);
        }
        if let Some(index) = footer {
            let room = inner.w - if wide > 0.0 { wide + 12.0 } else { 0.0 };
            pen.block(index, |pen| {
                colophon(pen, index, lines, Frame { w: room, ..inner }, Some(Ink::WHITE), None);
            });
        }
    });
}

/// The lines, the first one bold. Gives the y below them.
pub(crate) fn colophon(pen: &mut Pen, index: usize, lines: &[String], f: Frame, ink: Option<Ink>, size: Option<f64>) -> f64 {
    let mut y = f.y;
    for (i, line) in lines.iter().enumerate() {
        let role = if i == 0 && lines.len() > 1 { Role::ColophonHead } else { Role::Colophon };
        let mut voice = pen.sheet.voice(role, ColourRole::Ink);
        voice.ink = ink.unwrap_or(voice.ink);
        voice.size = size.unwrap_or(voice.size);
        let text = pen.sheet.set(line, &voice, f.w);
        y += super::body::put_within(pen, index, &text, Frame::new(f.x, y, f.w, (f.bottom() + 8.0 - y).max(1.0)), false);
    }
    y
}

pub(crate) fn address_width(pen: &Pen, url: &str, label: &str) -> f64 {
    let sheet = pen.sheet;
    let label = sheet.width(label, &sheet.voice(Role::Colophon, ColourRole::Ink));
    label.max(sheet.width(spoken(url), &sheet.voice(Role::Url, ColourRole::Ink))) + 1.0
}

/// Label and address beside a code; right-aligned when the code stands at the right.
pub(crate) fn address(pen: &mut Pen, url: &str, label: &str, f: Frame, right: bool) {
    address_in(pen, url, label, f, right, None);
}

fn address_in(pen: &mut Pen, url: &str, label: &str, f: Frame, right: bool, ink: Option<Ink>) {
    let align = if right { crate::inline::Align::End } else { crate::inline::Align::Start };
    let mut y = f.y;
    if !label.is_empty() {
        let mut voice = pen.sheet.voice(Role::Colophon, ColourRole::Ink).aligned(align);
        voice.ink = ink.unwrap_or(voice.ink);
        y += pen.words(label, &voice, f.x, y, f.w);
    }
    let mut voice = pen.sheet.voice(Role::Url, ColourRole::Ink).aligned(align);
    voice.ink = ink.unwrap_or(voice.ink);
    pen.words(spoken(url), &voice, f.x, y, f.w);
}

/// The address as one would say it: without scheme and closing slash.
fn spoken(url: &str) -> &str {
    let url = url.trim();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    rest.strip_suffix('/').unwrap_or(rest)
}

/// The code itself, checked for size and link.
pub(crate) fn code(pen: &mut Pen, index: usize, url: &str, f: Frame) {
    let sheet = pen.sheet;
    let (x, y) = (sheet.pt(f.x), sheet.pt(f.y));
    if !pen.is_silent() {
        crate::check::qr(sheet, index, url, f);
    }
    match crate::qr::draw(url.trim(), x, y, crate::length::Mm(f.w * sheet.k), Ink::BLACK) {
        Ok(items) => pen.push(items),
        Err(_) if pen.is_silent() => {}
        Err(fault) => {
            let words = (fault.message, "短い https:// のアドレスにしてください。");
            sheet.notice(Level::Error, NoticeCode::QrLink, Some(index), Some(f), words);
        }
    }
}
