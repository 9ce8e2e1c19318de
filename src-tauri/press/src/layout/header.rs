//! The head of a panel: region, name with its reading, subtitle, tag and number, on paper or reversed out of a band or picture.
use crate::block::What;
use crate::layout::body;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::page::Ink;
use crate::theme::{ColourRole, Composition, Role};

/// The heading set to its size, before anything is drawn.
pub(crate) struct Header {
    name: Option<TextBlock>,
    reading: Reading,
    subtitle: Option<TextBlock>,
    /// From the top of the frame to below the last line.
    pub height: f64,
    name_y: f64,
    subtitle_y: f64,
    /// Middle of the short bar between name and subtitle (縦).
    bar_y: Option<f64>,
}

enum Reading {
    None,
    /// On the baseline of the name, to its right.
    Beside(String, Voice),
    /// On the line of the region, when the name leaves no room.
    Above(String, Voice),
}

/// The short bar of 縦: width and weight.
const BAR: (f64, f64) = (66.0, 3.0);
/// Space that the number needs at the right of the name.
const NUMBER_ROOM: f64 = 62.0;

impl Header {
    pub(crate) fn set(sheet: &Sheet, parts: &Parts, f: Frame, long: bool) -> Self {
        let label = sheet.voice(Role::Label, ColourRole::Main);
        let numbered = matches!(parts.tag, Some((_, What::Tag { number: Some(_), .. })));
        let composition = sheet.theme.composition;
        let room = f.w - if numbered && composition == Composition::Band { NUMBER_ROOM } else { 0.0 };
        // On a picture the subtitle stays in the left part, clear of the subject.
        let subtitle_w = if composition != Composition::Wave || long { f.w } else { f.w * 0.6 };
        let mut header = Header { name: None, reading: Reading::None, subtitle: None, height: 0.0, name_y: f.y, subtitle_y: f.y, bar_y: None };
        let mut y = f.y;
        if let Some((_, What::Title { text, reading, region, .. })) = parts.title {
            let has_line = !region.is_empty() || matches!(parts.tag, Some((_, What::Tag { text, .. })) if !text.is_empty());
            y += if has_line { label.line() + 7.0 } else { 0.0 };
            let voice = name_voice(sheet, text, room, long);
            let name = sheet.set(text, &voice, room);
            header.reading = place_reading(sheet, reading, &name, room);
            header.name_y = y;
            y += name.height();
            header.name = Some(name);
            if composition == Composition::Vertical {
                header.bar_y = Some(y + BAR.1 / 2.0 + 4.0);
                y += BAR.1 + 8.0;
            }
        }
        if let Some((_, What::Subtitle { text })) = parts.subtitle {
            let mut voice = sheet.voice(Role::Subtitle, ColourRole::Main);
            let one_line = sheet.width(text, &voice);
            if one_line > subtitle_w && one_line * sheet.floor(Role::Subtitle) / voice.size <= subtitle_w {
                voice.size *= subtitle_w / one_line * 0.998;
            }
            y += if header.name.is_some() { 6.0 } else { 0.0 };
            header.subtitle_y = y;
            let block = sheet.set(text, &voice, subtitle_w);
            y += block.height();
            header.subtitle = Some(block);
        }
        header.height = y - f.y;
        header
    }

    /// Lower right corners of everything that stands on the ground, for the veil under it.
    pub(crate) fn corners(&self, sheet: &Sheet, parts: &Parts, f: Frame) -> Vec<(f64, f64)> {
        let mut corners = Vec::new();
        let wide = |block: &TextBlock| block.set.lines.iter().map(|l| l.width.mm().0 / sheet.k).fold(0.0, f64::max);
        if let Some(name) = &self.name {
            let reading = match &self.reading {
                Reading::Beside(text, voice) => sheet.width(text, voice) + name.voice.em() * 0.16,
                _ => 0.0,
            };
            corners.push((f.x + wide(name) + reading, self.name_y + name.height() * 0.92));
        }
        if let Some(subtitle) = &self.subtitle {
            corners.push((f.x + wide(subtitle), self.subtitle_y + subtitle.height() - subtitle.voice.em() * 0.2));
        }
        if parts.tag.is_some() {
            corners.push((f.right(), f.y + sheet.voice(Role::Tag, ColourRole::Main).line() * 2.0));
        }
        corners
    }

    /// Draws everything in `ink`; the number in `number_ink`.
    pub(crate) fn draw(self, pen: &mut Pen, parts: &Parts, f: Frame, bottom: f64, ink: Ink, number_ink: Ink) {
        if let (Some((index, What::Title { region, .. })), Some(mut name)) = (parts.title, self.name) {
            pen.block(index, |pen| {
                let label = label(pen.sheet, ink);
                let mut x = f.x;
                if !region.is_empty() {
                    x += pen.line(region, &label, x, f.y + label.rise()) + label.em();
                }
                name.voice.ink = ink;
                // A long name takes the room that the ground under it was given.
                let limit = Frame::new(f.x, self.name_y, f.w, name.height().min(f.h.max(bottom - self.name_y)));
                body::put_within(pen, index, &name, limit, true);
                match self.reading {
                    Reading::Beside(text, voice) => {
                        let end = pen.sheet.ink_edges(&name).1 - pen.sheet.left_bearing(&name);
                        let last = (name.set.lines.len() - 1) as f64 * name.voice.line();
                        let baseline = self.name_y + last + name.voice.rise() - name.voice.em() * 0.02;
                        pen.line(&text, &voice.inked(ink), f.x + end + name.voice.em() * 0.16, baseline);
                    }
                    Reading::Above(text, voice) => {
                        pen.line(&text, &voice.inked(ink), x, f.y + label.rise());
                    }
                    Reading::None => {}
                }
            });
        }
        if let (Some((index, _)), Some(mut subtitle)) = (parts.subtitle, self.subtitle) {
            subtitle.voice.ink = ink;
            pen.block(index, |pen| {
                let room = (bottom - self.subtitle_y).max(1.0);
                body::put_within(pen, index, &subtitle, Frame::new(f.x, self.subtitle_y, f.w, room), true);
            });
        }
        if let Some(y) = self.bar_y {
            let accent = pen.colour(ColourRole::Accent);
            pen.rule(f.x, y, BAR.0, BAR.1, accent);
        }
        tag(pen, parts, f, self.subtitle_y - 6.0, ink, number_ink);
    }
}

/// The small line above the name; 額 sets it in the accent, the others in the ink of the heading.
fn label(sheet: &Sheet, ink: Ink) -> Voice {
    let accent = sheet.theme.composition == Composition::Mount && ink != Ink::WHITE;
    sheet.voice(Role::Label, ColourRole::Accent).inked(if accent { sheet.colour(ColourRole::Accent) } else { ink })
}

/// The size at which the name stands on one line; long names take the long size, the floor breaks them in two.
fn name_voice(sheet: &Sheet, text: &str, room: f64, long: bool) -> Voice {
    let voice = sheet.voice(if long { Role::LongTitle } else { Role::Title }, ColourRole::Main);
    let width = text.lines().map(|l| sheet.width(l, &voice)).fold(0.0, f64::max);
    if width <= room {
        return voice;
    }
    let size = (voice.size * room / width * 0.995).max(sheet.floor(Role::Title));
    let leading = sheet.theme.row(Role::LongTitle).leading;
    voice.sized(size).led(leading)
}

fn place_reading(sheet: &Sheet, reading: &str, name: &TextBlock, room: f64) -> Reading {
    if reading.is_empty() {
        return Reading::None;
    }
    let label = sheet.voice(Role::Label, ColourRole::Main);
    let mut beside = label.clone().sized((name.voice.size * 0.14).max(sheet.floor(Role::Label)));
    beside.tracking = 0.3;
    let end = sheet.ink_edges(name).1 + name.voice.em() * 0.16;
    if name.set.lines.len() == 1 && end + sheet.width(reading, &beside) <= room {
        return Reading::Beside(reading.to_owned(), beside);
    }
    Reading::Above(reading.to_owned(), Voice { tracking: 0.1, ..label.clone().sized((label.size * 0.8).max(sheet.floor(Role::Label))) })
}

/// Small words in the upper right corner, the number of the panel in its set below them.
fn tag(pen: &mut Pen, parts: &Parts, f: Frame, baseline: f64, ink: Ink, number_ink: Ink) {
    let Some((index, What::Tag { text, number, of })) = parts.tag else { return };
    pen.block(index, |pen| {
        let voice = pen.sheet.voice(Role::Tag, ColourRole::Main).inked(ink);
        let mut y = f.y + voice.rise();
        if pen.sheet.theme.composition != Composition::Band {
            small_tag(pen, text, *number, *of, &voice, f.right(), y);
            return;
        }
        for line in text.lines() {
            pen.line_to(line, &voice, f.right(), y);
            y += voice.line();
        }
        let Some(number) = number else { return };
        let large = pen.sheet.voice(Role::Number, ColourRole::Main);
        let (size, total) = (large.size, of.map(|n| format!("／{n}")).unwrap_or_default());
        let small = large.clone().sized((size * 0.68).max(pen.sheet.floor(Role::Label))).inked(ink).minor(Role::Label);
        let mut right = f.right();
        if !total.is_empty() {
            right -= pen.line_to(&total, &small, right, baseline);
        }
        pen.line_to(&number.to_string(), &large.sized(size * 1.7).inked(number_ink), right - 0.5, baseline);
    });
}

/// Two small lines: on a picture little of it is veiled, on paper they stay quiet.
fn small_tag(pen: &mut Pen, text: &str, number: Option<u32>, of: Option<u32>, voice: &Voice, right: f64, baseline: f64) {
    let count = match (number, of) {
        (Some(n), Some(of)) => format!("{n}／{of}"),
        (Some(n), None) => n.to_string(),
        _ => String::new(),
    };
    let lines = [text.replace('\n', "　"), count];
    for (i, line) in lines.iter().filter(|l| !l.is_empty()).enumerate() {
        pen.line_to(line, voice, right, baseline + i as f64 * voice.line());
    }
}
