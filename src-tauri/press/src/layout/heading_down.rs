//! A heading from top to bottom: the name with its reading at its right, the number in a disc below, the subtitle stepped.
use crate::block::What;
use crate::inline::{cut::cut, markup};
use crate::layout::{body, kanji};
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, PT, Sheet, TextBlock, Voice};
use crate::page::{Ink, Paint, circle};
use crate::theme::{ColourRole, Role};

/// Diameter of the disc that carries the number.
const DISC: f64 = 26.0;
/// From the name to the disc.
const DISC_GAP: f64 = 22.0;

pub(crate) struct Name {
    block: Option<TextBlock>,
    frame: Frame,
    ink: Ink,
    /// Where the reading's middle stands.
    reading_x: f64,
    /// Below name, disc and the small words under it.
    pub foot: f64,
}

/// How far the lines of a name may be wider than their frame.
const WIDER: f64 = 1.15;

impl Name {
    /// The name as large as the frame allows: a little less than its width, its length in one line, in two below the floor.
    pub(crate) fn set(sheet: &Sheet, parts: &Parts, frame: Frame) -> Self {
        let mut name = Name { block: None, frame, ink: sheet.colour(ColourRole::Main), reading_x: frame.right() + 13.0, foot: frame.y };
        if let Some((_, What::Title { text, .. })) = parts.title {
            let voice = Voice { heading: true, ..sheet.voice(Role::Title, ColourRole::Main) };
            let length = sheet.length_down(text, &voice.clone().sized(100.0)) / 100.0;
            let lines = text.lines().count().max(1) as f64;
            let wide = frame.w * 0.875 / PT / lines;
            let size = wide.min(frame.h / length.max(0.01)).max(sheet.floor(Role::Title));
            let block = sheet.set_down(text, &voice.sized(size).led(1.08), frame.h * 1.02);
            name.foot = frame.y + block.set.lines.iter().map(|l| l.width.mm().0 / sheet.k).fold(0.0, f64::max);
            name.block = Some(block);
        }
        if parts.tag.is_some() {
            name.foot += tag(&mut Pen::silent(sheet), parts, 0.0, 0.0, name.ink);
        }
        name
    }

    /// Reversed out of a band: in this ink, the reading at the left of the name, the tag left to the caller.
    pub(crate) fn on_band(sheet: &Sheet, parts: &Parts, frame: Frame, reading_x: f64) -> Self {
        let mut name = Self::set(sheet, parts, frame);
        name.foot -= tag(&mut Pen::silent(sheet), parts, 0.0, 0.0, name.ink);
        (name.ink, name.reading_x) = (Ink::WHITE, reading_x);
        name
    }

    fn middle(&self) -> f64 {
        self.frame.x + self.frame.w / 2.0
    }

    /// Draws the name with its reading; number and tag below when they belong there.
    pub(crate) fn draw(self, pen: &mut Pen, parts: &Parts, with_tag: bool) {
        let (middle, ink) = (self.middle(), self.ink);
        let mut end = self.frame.y;
        if let (Some((index, What::Title { reading, region, .. })), Some(block)) = (parts.title, &self.block) {
            let block = TextBlock { voice: block.voice.clone().inked(ink), ..block.clone() };
            let all = block.set.lines.len();
            // What is wider than its frame would stand on the reading, or beside the paper.
            let count = all.min((self.frame.w * WIDER / block.voice.line()).floor().max(1.0) as usize);
            if count < all && !pen.is_silent() {
                let left = block.set.lines[count..].iter().filter_map(|l| block.text.get(l.text.clone()));
                body::overflow(pen.sheet, index, self.frame, all - count, left.map(|t| markup::plain(t).chars().count()).sum());
            }
            let wide = count as f64 * block.voice.line();
            end += block.set.lines.iter().map(|l| l.width.mm().0 / pen.sheet.k).fold(0.0, f64::max);
            pen.block(index, |pen| {
                pen.put_down(&block, 0..count, middle + wide / 2.0, self.frame.y);
                let words = [region.as_str(), reading.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
                if !words.is_empty() {
                    let label = pen.sheet.voice(Role::Label, ColourRole::Main);
                    let size = (label.size * 0.84).max(pen.sheet.floor(Role::Label));
                    let voice = Voice { tracking: 0.3, ..label.sized(size).inked(ink) };
                    pen.line_down(&words, &voice, self.reading_x, self.frame.y + 6.0);
                }
            });
        }
        if with_tag {
            tag(pen, parts, middle, end, ink);
        }
    }
}

/// The number in a disc of the accent, and the small words of the tag below it. Gives the height.
fn tag(pen: &mut Pen, parts: &Parts, middle: f64, top: f64, ink: Ink) -> f64 {
    let Some((index, What::Tag { text, number, of })) = parts.tag else { return 0.0 };
    let mut y = top;
    pen.block(index, |pen| {
        let sheet = pen.sheet;
        if let Some(number) = number {
            y += DISC_GAP;
            let accent = pen.colour(ColourRole::Accent);
            let centre = y + DISC / 2.0;
            pen.shape(circle(sheet.pt(middle), sheet.pt(centre), sheet.pt(DISC / 2.0)), Some(Paint::Flat(accent)), None);
            // 二十三 would be too small to read in the disc: from three characters on, figures stand side by side.
            let spelled = kanji::count(*number);
            let words = if spelled.chars().count() > 2 { number.to_string() } else { spelled };
            let voice = sheet.voice(Role::Number, ColourRole::Main).inked(Ink::WHITE).minor(Role::Label).sized(100.0);
            let length = sheet.length_down(&words, &voice) / 100.0;
            let voice = voice.sized((DISC * 0.72 / length).min(34.0));
            let length = sheet.length_down(&words, &voice);
            pen.on(accent, |pen| {
                pen.line_down(&words, &voice, middle, centre - length / 2.0);
            });
            y += DISC + 6.0;
        }
        let small = sheet.voice(Role::Tag, ColourRole::Note);
        let small = if ink == Ink::WHITE { small.inked(ink) } else { small };
        let total = of.map(|n| format!("全{}枚", kanji::count(n))).unwrap_or_default();
        for line in [text.replace('\n', "　"), total].iter().filter(|l| !l.is_empty()) {
            let w = sheet.width(line, &small);
            pen.line(line, &small, middle - w / 2.0, y + small.rise());
            y += small.line();
        }
    });
    y - top
}

/// The subtitle beside a short bar: every further line begins an em lower.
pub(crate) fn subtitle(pen: &mut Pen, parts: &Parts, f: Frame) {
    let accent = pen.colour(ColourRole::Accent);
    if parts.subtitle.is_some() {
        pen.fill(Frame::new(f.right() - 1.2, f.y, 1.2, 98.0_f64.min(f.h)), accent);
    }
    let main = pen.colour(ColourRole::Main);
    lines_down(pen, parts, Frame { w: f.w - 8.5, ..f }, main, 1.0, None);
}

/// The subtitle's lines from right to left, each `step` em lower than the one before; `leading` in em replaces the theme's.
pub(crate) fn lines_down(pen: &mut Pen, parts: &Parts, f: Frame, ink: Ink, step: f64, leading: Option<f64>) {
    let Some((index, What::Subtitle { text })) = parts.subtitle else { return };
    let sheet = pen.sheet;
    pen.block(index, |pen| {
        let block = stepped(sheet, &parted(&sheet.written_down(text)), f, leading);
        let block = TextBlock { voice: block.voice.clone().inked(ink), ..block };
        for i in 0..block.set.lines.len() {
            let right = f.right() - i as f64 * block.voice.line();
            pen.put_down(&block, i..i + 1, right, f.y + i as f64 * block.voice.em() * step);
        }
    });
}

/// A subtitle of two clauses takes a line for each: 関東のいちばん東、｜朝日と海のまち.
fn parted(text: &str) -> String {
    let plain = markup::plain(text);
    let Some(at) = plain.find('、').map(|i| i + '、'.len_utf8()).filter(|i| *i < plain.len()) else { return text.to_owned() };
    let (a, b) = plain.split_at(at);
    let even = a.chars().count().min(b.chars().count()) * 3 >= a.chars().count().max(b.chars().count());
    let two = plain.chars().count() > 10 && even && !b.contains('、') && !plain.contains('\n');
    if two { cut(text, |_| vec![at]).join("\n") } else { text.to_owned() }
}

/// In as many lines as the frame is wide, smaller down to the floor where they are too many.
fn stepped(sheet: &Sheet, text: &str, f: Frame, leading: Option<f64>) -> TextBlock {
    let voice = sheet.voice(Role::Subtitle, ColourRole::Main);
    let leading = leading.unwrap_or(voice.leading);
    let voice = voice.led(leading);
    let floor = sheet.floor(Role::Subtitle).min(voice.size);
    let set = |size: f64| {
        let voice = voice.clone().sized(size);
        let room = (f.h - voice.em()).max(voice.em() * 4.0);
        sheet.set_down(text, &voice, room)
    };
    let tries = (0..=4).map(|i| voice.size - (voice.size - floor) * f64::from(i) / 4.0);
    let mut fitting = tries.map(set).skip_while(|b| b.height() > f.w + 1.0);
    fitting.next().unwrap_or_else(|| set(floor))
}
