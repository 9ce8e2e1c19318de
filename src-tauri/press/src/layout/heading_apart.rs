//! A heading on the paper: the name at the left, the subtitle apart from it at the right when there is room.
use crate::block::What;
use crate::inline::Align;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::theme::{ColourRole, Role};

/// Between the name with its reading and the subtitle.
const APART: f64 = 22.0;

pub(crate) struct Heading {
    frame: Frame,
    name: Option<TextBlock>,
    name_y: f64,
    /// Stands on the baseline of the name; `None` when it joined the small line above.
    reading: Option<(String, Voice)>,
    subtitle: Option<TextBlock>,
    subtitle_y: f64,
    /// The measure of a subtitle that stands apart; `None` when it stands below the name.
    apart: Option<f64>,
    /// Below everything.
    pub foot: f64,
}

impl Heading {
    pub(crate) fn set(sheet: &Sheet, parts: &Parts, f: Frame) -> Self {
        let label = sheet.voice(Role::Label, ColourRole::Accent);
        let mut h = Heading { frame: f, name: None, name_y: f.y, reading: None, subtitle: None, subtitle_y: f.y, apart: None, foot: f.y };
        let mut right = f.x;
        if let Some((_, What::Title { text, reading, region, .. })) = parts.title {
            let voice = fitted(sheet, text, f.w);
            let name = sheet.set(text, &voice, f.w);
            h.name_y = f.y + if region.is_empty() { 0.0 } else { label.line() + 4.0 };
            right = f.x + sheet.ink_edges(&name).1;
            if !reading.is_empty() {
                let size = (name.voice.size * 0.14).max(sheet.floor(Role::Label));
                let beside = Voice { tracking: 0.3, face: sheet.theme.row(Role::Table).face, ..sheet.voice(Role::Label, ColourRole::Main).sized(size) };
                let w = sheet.width(reading, &beside) + name.voice.em() * 0.16;
                if right + w <= f.right() && name.set.lines.len() == 1 {
                    right += w;
                    h.reading = Some((reading.clone(), beside));
                }
            }
            h.foot = h.name_y + name.height();
            h.name = Some(name);
        }
        let Some((_, What::Subtitle { text })) = parts.subtitle else { return h };
        let room = f.right() - right - APART;
        let voice = sheet.voice(Role::Subtitle, ColourRole::Main).aligned(Align::End);
        let apart = sheet.set(text, &voice, room.max(1.0));
        let tag = if parts.tag.is_some() { sheet.voice(Role::Tag, ColourRole::Note).line() + 5.0 } else { 0.0 };
        let fits = room > voice.em() * 5.0 && !apart.set.forced && apart.set.lines.len() <= 2 && apart.height() + tag <= h.foot - f.y + 6.0;
        if fits {
            // The last line of the subtitle or of the tag below it stands level with the name.
            h.subtitle_y = (h.foot - apart.height() - tag - 6.0).max(f.y);
            h.subtitle = Some(apart);
            h.apart = Some(room);
        } else {
            let below = sheet.set(text, &voice.aligned(Align::Start), f.w);
            h.subtitle_y = h.foot + 5.0;
            h.foot = h.subtitle_y + below.height();
            h.subtitle = Some(below);
        }
        h
    }

    pub(crate) fn draw(self, pen: &mut Pen, parts: &Parts) {
        let f = self.frame;
        if let (Some((index, What::Title { region, reading, .. })), Some(name)) = (parts.title, &self.name) {
            pen.block(index, |pen| {
                let label = pen.sheet.voice(Role::Label, ColourRole::Accent);
                let above = if self.reading.is_none() { reading.as_str() } else { "" };
                let words = [region.as_str(), above].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
                if !words.is_empty() {
                    pen.line(&words, &label, f.x, f.y + label.rise());
                }
                pen.flush(name, f.x, self.name_y);
                if let Some((reading, voice)) = &self.reading {
                    let end = pen.sheet.ink_edges(name).1 - pen.sheet.left_bearing(name) + name.voice.em() * 0.16;
                    pen.line(reading, voice, f.x + end, self.name_y + name.voice.rise() - name.voice.em() * 0.02);
                }
            });
        }
        let mut tag_y = f.y;
        if let (Some((index, _)), Some(subtitle)) = (parts.subtitle, &self.subtitle) {
            pen.block(index, |pen| match self.apart {
                Some(room) => pen.put(subtitle, f.right() - room, self.subtitle_y),
                None => pen.flush(subtitle, f.x, self.subtitle_y),
            });
            if self.apart.is_some() {
                tag_y = self.subtitle_y + subtitle.height() + 5.0;
            }
        }
        let Some((index, What::Tag { text, number, of })) = parts.tag else { return };
        let count = match (number, of) {
            (Some(n), Some(of)) => format!("{n}／{of}"),
            (Some(n), None) => n.to_string(),
            _ => String::new(),
        };
        let words = [text.replace('\n', "　"), count].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
        let voice = pen.sheet.voice(Role::Tag, ColourRole::Note);
        pen.block(index, |pen| {
            pen.line_to(&words, &voice, f.right(), tag_y + voice.rise());
        });
    }
}

/// The name on one line; below the floor it breaks in two.
fn fitted(sheet: &Sheet, text: &str, room: f64) -> Voice {
    let voice = sheet.voice(Role::Title, ColourRole::Main);
    let width = text.lines().map(|l| sheet.width(l, &voice)).fold(0.0, f64::max);
    if width <= room {
        return voice;
    }
    let size = (voice.size * room / width * 0.995).max(sheet.floor(Role::Title));
    voice.sized(size).led(sheet.theme.row(Role::LongTitle).leading)
}
