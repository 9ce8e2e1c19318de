//! When, where and by whom: the period large, weekdays smaller, venue and organisers below; themes and contents apart.
use crate::block::What;
use crate::inline::{cut, markup};
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, Voice};
use crate::layout::spans::{self, Span};
use crate::page::Ink;
use crate::theme::{ColourRole, Role};

/// The occasion block's words, borrowed.
pub(crate) struct Occasion<'a> {
    pub era_year: &'a str,
    pub period: &'a str,
    pub venue: &'a str,
    pub organisers: &'a str,
    pub contents: &'a str,
    pub themes: &'a [String],
}

impl<'a> Occasion<'a> {
    pub(crate) fn of(what: &'a What) -> Option<Self> {
        let What::Occasion { era_year, period, venue, organisers, contents, themes } = what else { return None };
        Some(Self { era_year, period, venue, organisers, contents, themes })
    }

    fn period_voice(sheet: &Sheet, size: f64) -> Voice {
        let voice = sheet.voice(Role::Subtitle, ColourRole::Main);
        let bold = match voice.face {
            crate::font::FontId::NotoMedium => crate::font::FontId::NotoBold,
            other => other,
        };
        Voice { face: bold, latin: if bold == crate::font::FontId::NotoBold { bold } else { voice.latin }, ..voice.sized(size).led(1.3) }
    }

    /// The period on one line, or two broken after ～, at the largest size up to `size` that fits.
    fn period_lines(&self, sheet: &Sheet, w: f64, size: f64) -> (Vec<Vec<Span>>, Voice) {
        let voice = Self::period_voice(sheet, size);
        let one = spans::dated(self.period, &voice, 0.6);
        let width = spans::width(sheet, &one);
        let least = size * 60.0 / 66.0;
        if width <= w {
            return (vec![one], voice);
        }
        if width * least / size <= w {
            let voice = voice.sized(size * w / width * 0.995);
            return (vec![spans::dated(self.period, &voice, 0.6)], voice);
        }
        let plain = markup::plain(self.period);
        let at = plain.find(['～', '〜', '・']).map(|i| i + plain[i..].chars().next().map_or(0, char::len_utf8));
        let parts = cut::cut(self.period, |_| at.into_iter().collect());
        let widest = parts.iter().map(|p| spans::width(sheet, &spans::dated(p, &voice, 0.6))).fold(1.0, f64::max);
        let voice = if widest > w { voice.sized(size * w / widest * 0.995) } else { voice };
        (parts.iter().map(|p| spans::dated(p, &voice, 0.6)).collect(), voice)
    }

    /// Draws in `ink` from the top of the frame; organisers stand at its foot where there is room. Gives the height.
    pub(crate) fn draw(&self, pen: &mut Pen, f: Frame, ink: Ink, size: f64) -> f64 {
        let sheet = pen.sheet;
        let mut y = f.y;
        if !self.era_year.is_empty() {
            let voice = sheet.voice(Role::Subtitle, ColourRole::Main).sized(size * 0.53).inked(ink).led(1.35).minor(Role::Label);
            y += pen.words(self.era_year, &voice, f.x, y, f.w);
        }
        let (lines, voice) = self.period_lines(sheet, f.w, size);
        for line in lines {
            let line: Vec<Span> = line.into_iter().map(|s| Span { voice: s.voice.inked(ink), ..s }).collect();
            let bearing = line.first().map_or(0.0, |s| sheet.left_bearing(&sheet.set(&s.text, &s.voice, f.w * 3.0)));
            spans::draw(pen, &line, f.x - bearing, y + voice.rise());
            y += voice.line();
        }
        if !self.venue.is_empty() {
            let wanted = sheet.voice(Role::Label, ColourRole::Main).inked(ink);
            let size = (size * 36.0 / 66.0).max(wanted.size);
            y += 4.0 + pen.words(self.venue, &wanted.sized(size).led(1.35), f.x, y + 4.0, f.w);
        }
        if !self.organisers.is_empty() {
            let voice = sheet.voice(Role::Tag, ColourRole::Ink).inked(ink);
            let block = sheet.set(self.organisers, &voice, f.w);
            let foot = f.bottom() - block.height();
            y = foot.max(y + 5.0);
            pen.put(&block, f.x, y);
            y += block.height();
        }
        y - f.y
    }
}

/// Words spread over the width: the themes of an exhibition.
pub(crate) fn spread(pen: &mut Pen, words: &[String], voice: &Voice, f: Frame) -> f64 {
    let rows = super::names::divide(pen.sheet, words, voice, f.w);
    rows.draw(pen, words, voice, f, true);
    rows.height(voice)
}
