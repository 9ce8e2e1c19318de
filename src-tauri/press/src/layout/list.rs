//! A list: short items one below the other, each with its dot or number hanging to the left.
use crate::block::{Marks, What};
use crate::inline::markup;
use crate::layout::body;
use crate::layout::fit;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::page::{Paint, circle};
use crate::theme::{ColourRole, Role};

pub(crate) struct List<'a> {
    title: &'a str,
    items: &'a [String],
    marks: Marks,
}

struct Setting {
    voice: Voice,
    number: Voice,
    indent: f64,
    gap: f64,
}

impl<'a> List<'a> {
    pub(crate) fn of(what: &'a What) -> Option<Self> {
        let What::List { title, items, marks } = what else { return None };
        Some(Self { title: title.trim(), items, marks: *marks })
    }

    fn setting(&self, sheet: &Sheet, size: f64) -> Setting {
        let row = sheet.voice(Role::Body, ColourRole::Ink);
        let voice = Voice { indent: 0.0, align: crate::inline::Align::Start, ..row.sized(size).led(1.5) };
        let number = Voice { heading: false, ..sheet.voice(Role::Heading, ColourRole::Main).sized(size).led(1.5) };
        let widest = sheet.width(&self.items.len().to_string(), &number);
        let indent = match self.marks {
            Marks::None => 0.0,
            Marks::Dot => voice.em(),
            Marks::Number => widest + voice.em() * 0.6,
        };
        Setting { gap: voice.em() * 0.35, voice, number, indent }
    }

    fn title_height(&self, sheet: &Sheet, w: f64) -> f64 {
        if self.title.is_empty() { 0.0 } else { sheet.set(self.title, &heading(sheet), w).height() + 3.0 }
    }

    fn items<'s>(&'s self, sheet: &'s Sheet, s: &'s Setting, w: f64) -> impl Iterator<Item = TextBlock> + 's {
        // An item that is not written yet takes neither room nor number.
        self.items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).map(move |item| sheet.set(item, &s.voice, (w - s.indent).max(1.0)))
    }

    fn height(&self, sheet: &Sheet, w: f64, size: f64) -> f64 {
        let s = self.setting(sheet, size);
        let items: f64 = self.items(sheet, &s, w).map(|b| b.height() + s.gap).sum();
        self.title_height(sheet, w) + (items - s.gap).max(0.0)
    }

    /// Draws at the wanted size, or stepped down to the floor until it fits. Gives the height.
    pub(crate) fn draw(&self, pen: &mut Pen, index: usize, f: Frame, size: Option<f64>) -> f64 {
        let sheet = pen.sheet;
        let wanted = sheet.voice(Role::Body, ColourRole::Ink).size;
        let size = size.unwrap_or_else(|| fit::step_down(wanted, sheet.floor(Role::Body), |s| self.height(sheet, f.w, s) <= f.h + 0.05));
        let s = self.setting(sheet, size);
        let mut y = f.y;
        if !self.title.is_empty() {
            pen.words(self.title, &heading(sheet), f.x, y, f.w);
            y += self.title_height(sheet, f.w);
        }
        let blocks: Vec<TextBlock> = self.items(sheet, &s, f.w).collect();
        for (i, block) in blocks.iter().enumerate() {
            if i > 0 && y + block.height() > f.bottom() + 0.05 {
                let left = &blocks[i..];
                let (lines, characters) = (left.iter().map(|b| b.set.lines.len()).sum(), left.iter().map(|b| markup::plain(&b.text).chars().count()).sum());
                if !pen.is_silent() {
                    body::overflow(sheet, index, f, lines, characters);
                }
                break;
            }
            self.mark(pen, i, &s, f.x, y);
            pen.put(block, f.x + s.indent, y);
            y += block.height() + s.gap;
        }
        (y - s.gap - f.y).max(0.0)
    }

    fn mark(&self, pen: &mut Pen, i: usize, s: &Setting, x: f64, y: f64) {
        let main = pen.colour(ColourRole::Main);
        match self.marks {
            Marks::None => {}
            Marks::Dot => {
                let p = |v| pen.sheet.pt(v);
                // Level with the middle of the kana.
                let (cx, cy) = (x + s.voice.em() * 0.36, y + s.voice.rise() - s.voice.em() * 0.36);
                pen.shape(circle(p(cx), p(cy), p(s.voice.em() * 0.14)), Some(Paint::Flat(main)), None);
            }
            Marks::Number => {
                pen.line_to(&(i + 1).to_string(), &s.number, x + s.indent - s.voice.em() * 0.6, y + s.voice.rise());
            }
        }
    }
}

fn heading(sheet: &Sheet) -> Voice {
    sheet.voice(Role::Heading, ColourRole::Main)
}
