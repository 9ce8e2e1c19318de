//! The pen: puts type, shapes and pictures on the page, and notices what is wrong with them as it goes.
use crate::inline::Line;
use crate::layout::sheet::{ACCENTED, Frame, Sheet, TextBlock, Voice};
use crate::length::Pt;
use crate::notice::{Level, NoticeCode};
use crate::page::{Group, Image, Ink, Item, Link, Paint, Segment, Shape, Stroke, rectangle};
use crate::theme::{self, ColourRole};
use std::ops::Range;

pub(crate) struct Pen<'s> {
    pub sheet: &'s Sheet<'s>,
    items: Vec<Item>,
    /// What type now stands on; its contrast is measured against it.
    ground: Ink,
    block: Option<usize>,
    /// Only measures: nothing is noticed.
    silent: bool,
}

impl<'s> Pen<'s> {
    pub(crate) fn new(sheet: &'s Sheet<'s>) -> Self {
        Self { sheet, items: Vec::new(), ground: sheet.colour(ColourRole::Paper), block: None, silent: false }
    }

    /// A pen to measure with: what it draws is thrown away.
    pub(crate) fn silent(sheet: &'s Sheet<'s>) -> Self {
        Self { silent: true, ..Self::new(sheet) }
    }

    pub(crate) fn into_items(self) -> Vec<Item> {
        self.items
    }

    pub(crate) fn colour(&self, role: ColourRole) -> Ink {
        self.sheet.colour(role)
    }

    /// Draws what belongs to one block of the content.
    pub(crate) fn block(&mut self, block: usize, draw: impl FnOnce(&mut Pen<'s>)) {
        self.group(Some(block), None, draw);
    }

    /// Draws inside a clip.
    pub(crate) fn clipped(&mut self, clip: Vec<Segment>, draw: impl FnOnce(&mut Pen<'s>)) {
        let block = self.block;
        self.group(block, Some(clip), draw);
    }

    pub(crate) fn is_silent(&self) -> bool {
        self.silent
    }

    fn group(&mut self, block: Option<usize>, clip: Option<Vec<Segment>>, draw: impl FnOnce(&mut Pen<'s>)) {
        let mut inner = Pen { sheet: self.sheet, items: Vec::new(), ground: self.ground, block, silent: self.silent };
        draw(&mut inner);
        if !inner.items.is_empty() {
            self.items.push(Item::Group(Group { block, clip, items: inner.items }));
        }
    }

    /// Draws type on another ground than the paper.
    pub(crate) fn on(&mut self, ground: Ink, draw: impl FnOnce(&mut Pen<'s>)) {
        let before = std::mem::replace(&mut self.ground, ground);
        draw(self);
        self.ground = before;
    }

    /// Sets the words and puts them with the top of their first line box at `y`. Gives the height.
    pub(crate) fn words(&mut self, text: &str, voice: &Voice, x: f64, y: f64, w: f64) -> f64 {
        let block = self.sheet.set(text, voice, w);
        self.put(&block, x, y);
        block.height()
    }

    /// One line with its baseline at `y`. Gives its width.
    pub(crate) fn line(&mut self, text: &str, voice: &Voice, x: f64, baseline: f64) -> f64 {
        let width = self.sheet.width(text, voice);
        // A hair more than the natural width, so that rounding can never break the line.
        let block = self.sheet.set(text, voice, width + 0.5);
        self.put_lines(&block, 0..1, x, baseline - voice.rise());
        width
    }

    /// One line that ends at `x`.
    pub(crate) fn line_to(&mut self, text: &str, voice: &Voice, x: f64, baseline: f64) -> f64 {
        let width = self.sheet.width(text, voice);
        self.line(text, voice, x - width, baseline)
    }

    /// Large type: its ink, not its box, starts at `x`.
    pub(crate) fn flush(&mut self, block: &TextBlock, x: f64, y: f64) {
        let bearing = self.sheet.left_bearing(block);
        self.put(block, x - bearing, y);
    }

    pub(crate) fn put(&mut self, block: &TextBlock, x: f64, y: f64) {
        self.put_lines(block, 0..block.set.lines.len(), x, y);
    }

    pub(crate) fn put_lines(&mut self, block: &TextBlock, lines: Range<usize>, x: f64, y: f64) {
        let lines = lines.start.min(block.set.lines.len())..lines.end.min(block.set.lines.len());
        if lines.is_empty() {
            return;
        }
        let (voice, sheet) = (&block.voice, self.sheet);
        let accent = self.accent(voice);
        let mut baseline = y + voice.rise();
        let mut width = 0.0_f64;
        for line in &block.set.lines[lines.clone()] {
            let (dx, dy) = (sheet.pt(x), sheet.pt(baseline));
            self.ink_line(line, voice, accent, dx, dy);
            for link in &line.links {
                let top = dy - sheet.pt(0.88 * voice.em());
                self.items.push(Item::Link(Link { x: dx + link.from, y: top, width: link.to - link.from, height: sheet.pt(voice.em()), url: link.url.clone() }));
            }
            width = width.max(line.width.mm().0 / sheet.k);
            baseline += voice.line();
        }
        if !self.silent {
            self.check_words(block, Frame::new(x, y, width, lines.len() as f64 * voice.line()));
        }
    }

    /// Vertical lines from right to left: the first one's box ends at `right`, all begin at `y`.
    pub(crate) fn put_down(&mut self, block: &TextBlock, lines: Range<usize>, right: f64, y: f64) {
        let lines = lines.start.min(block.set.lines.len())..lines.end.min(block.set.lines.len());
        if lines.is_empty() {
            return;
        }
        let (voice, sheet) = (&block.voice, self.sheet);
        let accent = self.accent(voice);
        let mut middle = right - voice.line() / 2.0;
        let mut length = 0.0_f64;
        for line in &block.set.lines[lines.clone()] {
            let (dx, dy) = (sheet.pt(middle), sheet.pt(y));
            self.ink_line(line, voice, accent, dx, dy);
            for link in &line.links {
                let wide = sheet.pt(voice.em());
                self.items.push(Item::Link(Link { x: dx - wide / 2.0, y: dy + link.from, width: wide, height: link.to - link.from, url: link.url.clone() }));
            }
            length = length.max(line.width.mm().0 / sheet.k);
            middle -= voice.line();
        }
        if !self.silent {
            let wide = lines.len() as f64 * voice.line();
            self.check_words(block, Frame::new(right - wide, y, wide, length));
        }
    }

    /// One vertical line about the middle `x`. Gives its length.
    pub(crate) fn line_down(&mut self, text: &str, voice: &Voice, x: f64, y: f64) -> f64 {
        let block = self.sheet.set_down(text, voice, 1e5);
        self.put_down(&block, 0..1, x + block.voice.line() / 2.0, y);
        self.sheet.length_down(text, voice)
    }

    /// The glyphs of a line, with what stands over it, about its origin on the page.
    fn ink_line(&mut self, line: &Line, voice: &Voice, accent: Ink, dx: Pt, dy: Pt) {
        for run in line.runs.iter().chain(&line.over) {
            let mut run = run.clone();
            run.ink = if run.ink == ACCENTED { accent } else { voice.ink };
            for g in &mut run.glyphs {
                g.x += dx;
                g.y += dy;
            }
            self.items.push(Item::Glyphs(run));
        }
    }

    /// Ink of accented words: the theme's accent where it can be read on this ground, else its main colour, else a deeper (on
    /// dark ground a lighter) shade of the accent; always one that is told apart from the words beside it.
    fn accent(&self, voice: &Voice) -> Ink {
        let (accent, main) = (self.colour(ColourRole::Accent), self.colour(ColourRole::Main));
        let shades = theme::shades(accent, self.ground);
        let fits = |ink: &Ink| theme::contrast(ink.srgb, self.ground.srgb) >= 4.5 && theme::apart(*ink, voice.ink);
        [accent, main].into_iter().chain(shades).find(fits).unwrap_or(voice.ink)
    }

    fn check_words(&self, block: &TextBlock, frame: Frame) {
        let (sheet, voice) = (self.sheet, &block.voice);
        let ratio = theme::contrast(voice.ink.srgb, self.ground.srgb);
        // Very large type is told apart at 3 : 1 (WCAG 2, 1.4.3).
        let needed = if voice.size >= 120.0 { 3.0 } else { 4.5 };
        if ratio < needed - 0.005 {
            let message = format!("文字と地の色の差が足りません（コントラスト比 {ratio:.1}）。");
            sheet.notice_once(Level::Warning, NoticeCode::Contrast, self.block, Some(frame), (message, "4.5（ごく大きな字は 3）以上になるよう、文字を濃くするか地を淡くしてください。"));
        }
        for (_, c) in &block.set.missing {
            let message = format!("「{c}」（U+{:04X}）の字形がどの書体にもありません。", u32::from(*c));
            sheet.notice_once(Level::Error, NoticeCode::MissingGlyph, self.block, Some(frame), (message, "別の字に置き換えるか、外字を画像で入れてください。"));
        }
        crate::check::type_size(sheet, voice, self.block, frame);
    }

    pub(crate) fn fill(&mut self, f: Frame, ink: Ink) {
        let s = self.sheet;
        let path = rectangle(s.pt(f.x), s.pt(f.y), s.pt(f.w), s.pt(f.h), Pt::ZERO);
        self.shape(path, Some(Paint::Flat(ink)), None);
    }

    /// A horizontal rule; `y` is its middle.
    pub(crate) fn rule(&mut self, x: f64, y: f64, w: f64, weight: f64, ink: Ink) {
        self.fill(Frame::new(x, y - weight / 2.0, w, weight), ink);
    }

    pub(crate) fn shape(&mut self, path: Vec<Segment>, fill: Option<Paint>, stroke: Option<Stroke>) {
        self.items.push(Item::Shape(Shape { path, fill, stroke, opacity: 1.0 }));
    }

    pub(crate) fn image(&mut self, name: &str, f: Frame) {
        let s = self.sheet;
        self.items.push(Item::Image(Image {
            name: name.to_owned(),
            x: s.pt(f.x),
            y: s.pt(f.y),
            width: s.pt(f.w),
            height: s.pt(f.h),
            mono: s.theme.photos == theme::PhotoInk::Black,
        }));
    }

    pub(crate) fn push(&mut self, items: impl IntoIterator<Item = Item>) {
        self.items.extend(items);
    }

    /// A path in A1 millimetres.
    pub(crate) fn path(&self, steps: &[Step]) -> Vec<Segment> {
        let p = |v: f64| self.sheet.pt(v);
        steps
            .iter()
            .map(|step| match *step {
                Step::To(x, y) => Segment::Move(p(x), p(y)),
                Step::Line(x, y) => Segment::Line(p(x), p(y)),
                Step::Curve(a, b, c, d, x, y) => Segment::Curve(p(a), p(b), p(c), p(d), p(x), p(y)),
                Step::Close => Segment::Close,
            })
            .collect()
    }

    pub(crate) fn stroke(&self, ink: Ink, width: f64) -> Stroke {
        Stroke { ink, width: self.sheet.pt(width), dash: Vec::new(), round: false }
    }
}

/// One step of a path in A1 millimetres.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    To(f64, f64),
    Line(f64, f64),
    Curve(f64, f64, f64, f64, f64, f64),
    Close,
}
