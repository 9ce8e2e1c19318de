//! タイトル: the title in lines of equal width beside its key word, the picture, and the lower third with period and names.
use crate::block::What;
use crate::inline::cut;
use crate::layout::body;
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::names;
use crate::layout::occasion::{self, Occasion};
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::layout::{title_down, title_stacked, veil};
use crate::page::Ink;
use crate::theme::{ColourRole, Composition, Role};

/// The inks of a composition: above, key word, and in the lower third.
struct Inks {
    title: Ink,
    key_word: Ink,
    lower: Ink,
    rule: Ink,
}

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    let composition = sheet.theme.composition;
    let inks = inks(sheet, composition, parts.hero.is_some());
    let (upper, lower) = ground(pen, parts, shape);
    pen.on(upper, |pen| {
        series(pen, parts, at("series"), inks.title);
        match composition {
            Composition::Vertical => title_down::heading(pen, parts, shape),
            _ => heading(pen, parts, shape, &inks),
        }
    });
    if sheet.is_tall() {
        sheet.swell(sheet.theme.limits.swell());
    }
    pen.on(lower, |pen| {
        let foot = at("occasion");
        if let Some((index, what)) = parts.occasion
            && let Some(occasion) = Occasion::of(what)
        {
            pen.block(index, |pen| {
                occasion.draw(pen, foot, inks.lower, 66.0 * sheet.swollen());
            });
        }
        let mut names = at("names");
        if composition == Composition::Wave {
            // The credit stands on the picture itself, in its lower right corner.
            names.h -= credit(pen, parts, names, inks.lower);
        }
        names_and_themes(pen, parts, names, inks.lower, inks.rule);
    });
    sheet.swell(1.0);
    let photos = [&parts.second, &parts.third].into_iter().flatten().map(|p| (p.index, &sheet.content.blocks[p.index].what));
    let words = [parts.lead, parts.qr, parts.footer].into_iter().flatten();
    super::leftovers(pen, photos.chain(words).chain(parts.body).chain(parts.facts).chain(parts.table).chain(parts.chart).chain(parts.figures.iter().copied()).chain(parts.rest.iter().copied()));
}

fn inks(sheet: &Sheet, composition: Composition, picture: bool) -> Inks {
    let colour = |role| sheet.colour(role);
    let (main, accent) = (colour(ColourRole::Main), colour(ColourRole::Accent));
    match composition {
        Composition::Band => Inks { title: Ink::WHITE, key_word: Ink::WHITE, lower: main, rule: colour(ColourRole::Rule) },
        Composition::Mount => Inks { title: main, key_word: accent, lower: Ink::WHITE, rule: colour(ColourRole::Sub) },
        Composition::Vertical => Inks { title: main, key_word: main, lower: main, rule: colour(ColourRole::Rule) },
        Composition::Wave if picture => Inks { title: main, key_word: accent, lower: Ink::WHITE, rule: Ink::WHITE },
        Composition::Wave => Inks { title: main, key_word: accent, lower: main, rule: colour(ColourRole::Sub) },
    }
}

/// Paints band, picture and veils; gives the ground under the upper and the lower type.
fn ground(pen: &mut Pen, parts: &Parts, shape: &Arrangement) -> (Ink, Ink) {
    match pen.sheet.theme.composition {
        Composition::Band => banded(pen, parts, shape),
        Composition::Wave => full_bleed(pen, parts, shape),
        Composition::Mount => mounted(pen, parts, shape),
        Composition::Vertical => {
            title_down::picture(pen, parts, shape);
            let paper = pen.colour(ColourRole::Paper);
            (paper, paper)
        }
    }
}

/// A picture across the sheet with its credit below.
fn strip(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let (sheet, b) = (pen.sheet, pen.sheet.bleed);
    let hero = shape.frame("hero", sheet.w, sheet.h);
    if let Some(photo) = &parts.hero {
        let frame = Frame { x: hero.x - b, w: hero.w + 2.0 * b, ..hero };
        pen.block(photo.index, |pen| photo.draw(pen, frame, None));
    }
    caption_on_picture(pen, parts, hero);
}

fn banded(pen: &mut Pen, parts: &Parts, shape: &Arrangement) -> (Ink, Ink) {
    let (sheet, b) = (pen.sheet, pen.sheet.bleed);
    let (paper, main, accent) = (pen.colour(ColourRole::Paper), pen.colour(ColourRole::Main), pen.colour(ColourRole::Accent));
    let f = shape.frame("band", sheet.w, sheet.h);
    pen.fill(Frame::new(-b, -b, sheet.w + 2.0 * b, f.h + b), main);
    strip(pen, parts, shape);
    let x = shape.frame("title", sheet.w, sheet.h).x;
    pen.fill(Frame::new(x, f.bottom(), 92.0, 2.4), accent);
    (main, paper)
}

/// The picture inset on the paper; period and names stand on the hills.
fn mounted(pen: &mut Pen, parts: &Parts, shape: &Arrangement) -> (Ink, Ink) {
    let sheet = pen.sheet;
    let (hero, foot) = (shape.frame("hero", sheet.w, sheet.h), shape.frame("footer", sheet.w, sheet.h));
    super::hills::draw(pen, foot.y);
    if let Some(photo) = &parts.hero {
        pen.block(photo.index, |pen| {
            photo.draw(pen, hero, None);
            photo.words(pen, hero.x, hero.bottom() + 4.0, hero.w);
        });
    }
    (pen.colour(ColourRole::Paper), pen.colour(ColourRole::Main))
}

/// The picture fills the sheet; type stands on haze above and on a veil below.
fn full_bleed(pen: &mut Pen, parts: &Parts, shape: &Arrangement) -> (Ink, Ink) {
    let (sheet, b) = (pen.sheet, pen.sheet.bleed);
    let (paper, main) = (pen.colour(ColourRole::Paper), pen.colour(ColourRole::Main));
    let Some(photo) = &parts.hero else {
        let tint = pen.colour(ColourRole::Tint);
        let top = shape.frame("occasion", sheet.w, sheet.h).y - 24.0;
        pen.fill(Frame::new(-b, top, sheet.w + 2.0 * b, sheet.h + b - top), tint);
        return (paper, tint);
    };
    let whole = Frame::new(-b, -b, sheet.w + 2.0 * b, sheet.h + 2.0 * b);
    pen.block(photo.index, |pen| photo.draw(pen, whole, None));
    // Dark type above stands on a sky that may be anything: white haze under it, darkest sky reckoned with.
    let heading = shape.frame("key_word", sheet.w, sheet.h);
    let haze = veil::haze(pen, Frame { h: heading.bottom() + b + 30.0, ..whole }, paper);
    let foot = shape.frame("occasion", sheet.w, sheet.h);
    let veiled = veil::rising(pen, Frame::new(-b, foot.y - 84.0, whole.w, sheet.h + b - foot.y + 84.0), main, 72.0);
    (haze, veiled)
}

/// Caption and credit of the picture on the last line of the frame. Gives the height taken.
fn credit(pen: &mut Pen, parts: &Parts, f: Frame, ink: Ink) -> f64 {
    let voice = pen.sheet.voice(Role::Credit, ColourRole::Note).inked(ink);
    let Some((index, words)) = parts.hero.as_ref().map(|photo| (photo.index, photo.line())).filter(|(_, w)| !w.is_empty()) else { return 0.0 };
    pen.block(index, |pen| {
        pen.line_to(&words, &voice, f.right(), f.bottom() - voice.line() + voice.rise());
    });
    voice.line() + 1.0
}

/// Caption and credit of the picture, under the picture strip.
fn caption_on_picture(pen: &mut Pen, parts: &Parts, hero: Frame) {
    let Some(photo) = &parts.hero else { return };
    let words = photo.line();
    if words.is_empty() {
        return;
    }
    let voice = pen.sheet.voice(Role::Credit, ColourRole::Note);
    let right = pen.sheet.w - 24.5;
    pen.block(photo.index, |pen| {
        pen.line_to(&words, &voice, right, hero.bottom() + 3.0 + voice.rise());
    });
}

fn series(pen: &mut Pen, parts: &Parts, f: Frame, ink: Ink) {
    let voice = pen.sheet.voice(Role::Label, ColourRole::Main).inked(ink);
    let mut any = false;
    if let Some((index, What::Title { region, .. })) = parts.title
        && !region.is_empty()
    {
        pen.block(index, |pen| {
            pen.line(region, &voice, f.x, f.y + voice.rise());
        });
        any = true;
    }
    if let Some((index, What::Tag { text, .. })) = parts.tag
        && !text.is_empty()
    {
        pen.block(index, |pen| {
            pen.line_to(&text.replace('\n', "　"), &voice, f.right(), f.y + voice.rise());
        });
        any = true;
    }
    if any {
        pen.rule(f.x, f.y + f.h + 5.0, f.w, 0.5, ink);
    }
}

/// The title's lines, each as wide as the frame, with the key word on the last baseline; one heading when there is no key word.
fn heading(pen: &mut Pen, parts: &Parts, shape: &Arrangement, inks: &Inks) {
    let sheet = pen.sheet;
    let Some((index, What::Title { text, key_word, .. })) = parts.title else { return };
    let (left, key) = (shape.frame("title", sheet.w, sheet.h), shape.frame("key_word", sheet.w, sheet.h));
    pen.block(index, |pen| {
        if key_word.is_empty() {
            let f = Frame::new(left.x, left.y, key.right() - left.x, key.bottom() - left.y);
            plain_heading(pen, index, text, parts, f, inks.title);
            return;
        }
        let lines = cut::words(text);
        if shape.name != Shape::Wide {
            let f = Frame { h: key.bottom() - left.y, ..left };
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            title_stacked::draw(pen, &lines, key_word, f, (inks.title, inks.key_word));
            return;
        }
        let word = widest(sheet, key_word, key.w, 598.0, 480.0);
        let em = word.voice.em();
        let baseline = key.y + (key.h + em * 0.76) / 2.0;
        equal_lines(pen, &lines, left, baseline, inks.title);
        let word = TextBlock { voice: word.voice.clone().inked(inks.key_word), ..word };
        pen.put(&word, key.right() - sheet.ink_edges(&word).1, baseline - word.voice.rise());
    });
    if let (Some((index, What::Subtitle { text })), false) = (parts.subtitle, key_word.is_empty()) {
        let voice = sheet.voice(Role::Subtitle, ColourRole::Main).inked(inks.title);
        let y = left.y - voice.line() - 6.0;
        pen.block(index, |pen| {
            pen.line(text, &voice, left.x, y.max(shape.frame("series", sheet.w, sheet.h).bottom() + 8.0) + voice.rise());
        });
    }
}

/// The word at the largest size up to `most` whose ink is as wide as the frame.
pub(crate) fn widest(sheet: &Sheet, word: &str, w: f64, most: f64, least: f64) -> TextBlock {
    let voice = Voice { heading: false, ..sheet.voice(Role::Title, ColourRole::Main).sized(100.0) };
    let (a, z) = sheet.ink_edges(&sheet.set(word, &voice, 1e5));
    let fits = 100.0 * w / (z - a).max(1.0);
    let size = fits.min(most).max(least.min(fits));
    sheet.set(word, &voice.sized(size), 1e5)
}

/// Lines whose ink is equally wide; the last stands on the baseline, the others above at the pace of their size.
fn equal_lines(pen: &mut Pen, lines: &[String], f: Frame, baseline: f64, ink: Ink) {
    let set: Vec<TextBlock> = lines.iter().map(|l| widest(pen.sheet, l, f.w, 320.0, 60.0)).collect();
    let room = (baseline - f.y).max(f.h * 0.5);
    let tall: f64 = set.iter().map(|b| b.voice.em() * 1.1).sum();
    let shrink = (room / tall).min(1.0);
    let mut y = baseline;
    for block in set.iter().rev() {
        let size = block.voice.size * shrink;
        let text: &str = &block.text;
        let block = pen.sheet.set(text, &block.voice.clone().sized(size), 1e5);
        let (a, _) = pen.sheet.ink_edges(&block);
        let block = TextBlock { voice: block.voice.clone().inked(ink), ..block };
        pen.put(&block, f.x - a, y - block.voice.rise());
        y -= block.voice.em() * 1.12;
    }
}

fn plain_heading(pen: &mut Pen, index: usize, text: &str, parts: &Parts, f: Frame, ink: Ink) {
    let sheet = pen.sheet;
    let voice = sheet.voice(Role::Title, ColourRole::Main).inked(ink).led(1.15);
    let width = text.lines().map(|l| sheet.width(l, &voice)).fold(1.0, f64::max);
    let lines = text.lines().count().max(1) as f64;
    let one = (voice.size * f.w / width * 0.99).min(300.0);
    // A long title in two lines may be larger than in one.
    let size = if one < 150.0 && lines < 2.0 { (one * 1.8).min(220.0) } else { one }.min(f.h / lines / 0.3528 / 1.3).max(sheet.floor(Role::Title));
    let block = sheet.set(text, &voice.sized(size), f.w);
    let subtitle = match parts.subtitle {
        Some((i, What::Subtitle { text })) => Some((i, sheet.set(text, &sheet.voice(Role::Subtitle, ColourRole::Main).inked(ink), f.w))),
        _ => None,
    };
    let below = subtitle.as_ref().map_or(0.0, |(_, b)| b.height() + 12.0);
    let y = f.y + ((f.h - block.height() - below) / 2.0).max(0.0);
    let used = body::put_within(pen, index, &block, Frame { y, ..f }, true);
    if let Some((i, subtitle)) = subtitle {
        pen.block(i, |pen| pen.flush(&subtitle, f.x, y + used + 12.0));
    }
}

/// Themes, a rule, then the municipalities; names shrink last (24 to 20).
fn names_and_themes(pen: &mut Pen, parts: &Parts, f: Frame, ink: Ink, rule: Ink) {
    let sheet = pen.sheet;
    let mut y = f.y;
    let occasion = parts.occasion.and_then(|(i, what)| Occasion::of(what).map(|o| (i, o)));
    let contents = occasion.as_ref().map_or("", |(_, o)| o.contents);
    let foot = sheet.voice(Role::Tag, ColourRole::Ink).inked(ink);
    if let Some((index, occasion)) = &occasion {
        pen.block(*index, |pen| {
            if !occasion.themes.is_empty() {
                let voice = sheet.voice(Role::TableHead, ColourRole::Main).inked(ink);
                y += occasion::spread(pen, occasion.themes, &voice, Frame { y, ..f }) + 4.0;
                pen.rule(f.x, y, f.w, 0.5, rule);
                y += 6.0;
            }
            if !contents.is_empty() {
                pen.line_to(contents, &foot, f.right(), f.bottom() - foot.line() + foot.rise());
            }
        });
    }
    let Some((index, What::Municipalities { title, names })) = parts.names else { return };
    let bottom = f.bottom() - if contents.is_empty() { 0.0 } else { foot.line() + 4.0 };
    pen.block(index, |pen| {
        if !title.is_empty() {
            let voice = sheet.voice(Role::TableHead, ColourRole::Main).inked(ink);
            y += pen.words(title, &voice, f.x, y, f.w) + 2.0;
        }
        let wanted = if sheet.swollen() > 1.0 { 24.0 * sheet.swollen() * 1.2 } else { 24.0 };
        list(pen, index, names, Frame::new(f.x, y, f.w, bottom - y), ink, (wanted, 1.85));
    });
}

/// Names at the wanted size, smaller to 20 pt where the frame is too low.
pub(crate) fn list(pen: &mut Pen, index: usize, names: &[String], f: Frame, ink: Ink, (wanted, leading): (f64, f64)) -> f64 {
    let sheet = pen.sheet;
    // Names step down further than other tables, but on small papers not below what is read there.
    let floor = if sheet.k < 0.6 { sheet.floor(Role::Table) } else { sheet.floor(Role::Caption).clamp(20.0, 24.0) };
    let voice = |size: f64, lead: f64| sheet.voice(Role::Table, ColourRole::Ink).inked(ink).sized(size).led(lead);
    let tries = [(wanted, leading), ((wanted + 24.0) / 2.0, leading), (24.0, leading), (24.0, 1.5), (22.0, 1.5), (22.0, 1.4), (floor, 1.35)];
    let fitting = tries.iter().map(|(s, l)| voice(s.max(floor), *l)).find(|v| names::divide(sheet, names, v, f.w).height(v) <= f.h + 0.05);
    let voice = fitting.unwrap_or_else(|| voice(floor, 1.35));
    let rows = names::divide(sheet, names, &voice, f.w);
    let left = rows.draw(pen, names, &voice, f, false);
    if left > 0 && !pen.is_silent() {
        let message = format!("{left}自治体の名前が枠に収まりません。");
        let words = (message, "枠を広げるか、名前を別のパネルに分けてください。");
        sheet.notice(crate::notice::Level::Error, crate::notice::NoticeCode::Overflow, Some(index), Some(f), words);
    }
    rows.height(&voice).min(f.h.max(voice.line()))
}
