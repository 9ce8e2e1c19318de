//! キャプション: a small card beside an exhibit. A short bar, the name, a few lines, a picture, and the dates below a rule.
use crate::block::What;
use crate::inline::Align;
use crate::layout::frames::Arrangement;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Voice};
use crate::layout::{body, fit, footer, leftovers};
use crate::theme::{ColourRole, Role};

/// Type in pt on A1; the card is drawn at half of it on A5.
const TITLE: (f64, f64) = (80.0, 56.0);
const READING: f64 = 24.0;
const TEXT: f64 = 32.0;
const DATA: f64 = 24.0;
const CREDIT: f64 = 19.0;

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    let (bar, mut text) = (at("bar"), at("text"));
    let accent = pen.colour(ColourRole::Accent);
    pen.fill(bar, accent);
    let mut picture = at("picture");
    let below = picture.y > text.y + 1.0;
    match &parts.hero {
        // Without a picture the words take the whole card.
        None if !below => text.w = picture.right() - text.x,
        None => text.h = picture.bottom() - text.y,
        Some(_) => {}
    }
    if sheet.is_tall() {
        sheet.swell(sheet.theme.limits.swell());
    }
    let y = heading(pen, parts, Frame { y: bar.bottom(), h: text.bottom() - bar.bottom(), ..text });
    let loose = parts.loose(sheet.content);
    let said = loose.iter().find(|(_, w)| matches!(w, What::Body { .. } | What::Lead { .. }));
    if let Some((index, what)) = said {
        // On an upright card the words follow the name, and the picture takes all that they leave.
        let top = if below { y } else { y.max(text.y) };
        let mut used = 0.0;
        pen.block(*index, |pen| used = words(pen, *index, what, Frame { y: top, h: text.bottom() - top, ..text }));
        if below {
            (picture.y, picture.h) = (top + used + 12.0, picture.bottom() - top - used - 12.0);
        }
    }
    if let Some(photo) = &parts.hero {
        pen.block(photo.index, |pen| photo.draw(pen, picture, None));
    }
    let rule = at("rule");
    let ink = pen.colour(ColourRole::Ink);
    pen.rule(rule.x, rule.y, rule.w, 0.7, ink);
    let foot = at("foot");
    let room = code(pen, parts, foot);
    data(pen, parts, Frame { w: room, ..foot });
    let hero = parts.hero.as_ref().map(|p| p.index);
    let facts = parts.facts.map(|(i, _)| i);
    sheet.swell(1.0);
    let taken = [said.map(|(i, _)| *i), hero, facts];
    leftovers(pen, loose.into_iter().filter(|(i, _)| !taken.contains(&Some(*i))));
}

/// Name and reading. Gives the y below them.
fn heading(pen: &mut Pen, parts: &Parts, f: Frame) -> f64 {
    let Some((index, What::Title { text, reading, region, .. })) = parts.title else { return f.y };
    let sheet = pen.sheet;
    let mut y = f.y + 16.0;
    pen.block(index, |pen| {
        let voice = sheet.voice(Role::Title, ColourRole::Main).minor(Role::Subtitle).led(1.2);
        let set = |s: f64| sheet.set(text.trim(), &voice.clone().sized(s), f.w);
        let block = set(fit::step_down(TITLE.0 * sheet.swollen().powi(2), TITLE.1, |s| set(s).set.lines.len() <= 1));
        y += body::put_within(pen, index, &block, Frame { y, ..f }, true);
        let small = [region.trim(), reading.trim()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
        if !small.is_empty() {
            let label = sheet.voice(Role::Label, ColourRole::Note);
            let voice = Voice { tracking: 0.3, ..label.sized(READING.max(sheet.floor(Role::Label))).led(1.4) };
            y += pen.words(&small, &voice, f.x, y, f.w);
        }
    });
    y + 10.0
}

/// Gives the height.
fn words(pen: &mut Pen, index: usize, what: &What, f: Frame) -> f64 {
    let text = match what {
        What::Body { sections, .. } => sections.iter().flat_map(|s| [s.heading.trim(), s.text.trim()]).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n"),
        What::Lead { text } => text.clone(),
        _ => return 0.0,
    };
    let sheet = pen.sheet;
    let row = sheet.voice(Role::Body, ColourRole::Ink);
    let voice = Voice { indent: 0.0, ..row.sized((TEXT * sheet.swollen()).max(sheet.floor(Role::Body))).led(1.66) };
    let block = sheet.set(&text, &voice, f.w);
    body::put_within(pen, index, &block, f, false)
}

/// The code at the right, its label beside it. Gives the width that is left.
fn code(pen: &mut Pen, parts: &Parts, f: Frame) -> f64 {
    let Some((index, What::Qr { url, label })) = parts.qr else { return f.w };
    let sheet = pen.sheet;
    let side = f.h.min(f.w * 0.3).max(20.0 / sheet.k);
    let square = Frame::new(f.right() - side, f.y, side, side);
    let voice = sheet.voice(Role::Colophon, ColourRole::Note).sized(20.0_f64.max(sheet.floor(Role::Colophon))).aligned(Align::End).led(1.5);
    let w = sheet.width(label, &voice).min(f.w * 0.28) + 1.0;
    pen.block(index, |pen| {
        let block = sheet.set(label, &voice, w);
        pen.put(&block, square.x - 4.0 - w, square.y + (square.h - block.height()) / 2.0);
        footer::code(pen, index, url, square);
    });
    square.x - 4.0 - w - 8.0 - f.x
}

/// Facts and colophon in a few lines, the credits below them.
fn data(pen: &mut Pen, parts: &Parts, f: Frame) {
    let sheet = pen.sheet;
    let row = sheet.voice(Role::Table, ColourRole::Ink);
    let voice = row.sized(DATA.max(sheet.floor(Role::Table))).led(1.55);
    let mut y = f.y;
    if let Some((index, What::Facts { rows })) = parts.facts {
        let one = |r: &crate::block::Fact| [r.label.trim(), r.value.trim(), r.note.trim()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
        let text = packed(pen, &rows.iter().map(one).collect::<Vec<_>>(), &voice, f.w);
        pen.block(index, |pen| {
            let block = sheet.set(&text, &voice, f.w);
            y += body::put_within(pen, index, &block, Frame { y, h: f.bottom() - y, ..f }, false);
        });
    }
    let (index, lines, credit) = match parts.footer {
        Some((index, What::Footer { lines, credit })) => (Some(index), lines.as_slice(), credit.trim()),
        _ => (None, Default::default(), ""),
    };
    if let Some(index) = index {
        let text = lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
        pen.block(index, |pen| {
            let block = sheet.set(&text, &voice, f.w);
            if !text.is_empty() {
                y += body::put_within(pen, index, &block, Frame { y, h: f.bottom() - y, ..f }, false);
            }
        });
    }
    let photo = parts.hero.as_ref().map(|p| (p.index, p.line()));
    let words = [photo.as_ref().map_or("", |p| p.1.as_str()), if parts.credited(credit) { "" } else { credit }];
    let words = words.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
    if let (Some(index), false) = (photo.map(|p| p.0).or(index), words.is_empty()) {
        let voice = sheet.voice(Role::Credit, ColourRole::Note).sized(CREDIT.max(sheet.floor(Role::Credit)));
        pen.block(index, |pen| {
            let block = sheet.set(&words, &voice, f.w);
            let y = (f.bottom() - block.height()).max(y + 2.0);
            pen.put(&block, f.x, y);
        });
    }
}

/// As many facts on a line as it holds, two ems between them.
fn packed(pen: &Pen, facts: &[String], voice: &Voice, w: f64) -> String {
    let mut out = String::new();
    let mut used = 0.0;
    for fact in facts.iter().filter(|f| !f.is_empty()) {
        let wide = pen.sheet.width(fact, voice);
        if out.is_empty() {
            used = wide;
        } else if used + 2.0 * voice.em() + wide <= w {
            out.push_str("　　");
            used += 2.0 * voice.em() + wide;
        } else {
            out.push('\n');
            used = wide;
        }
        out.push_str(fact);
    }
    out
}
