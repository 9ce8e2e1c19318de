//! The sheet that a panel is laid out on: its size, its type scale, and what has been noticed so far.
//!
//! Every bare number in `layout/` is a millimetre on A1 and every type size a point on A1; `k` is the paper's factor
//! to A1 and is applied once, when an item is put on the page.
use crate::block::{Content, LOWEST_STEP};
use crate::font::{FontId, Fonts};
use crate::inline::{self, Align, LineStart, SetText, Style};
use crate::layout::Pictures;
pub(crate) use crate::layout::voice::{TextBlock, Voice};
use crate::length::{Mm, Pt};
use crate::notice::{Fix, Level, Notice, NoticeCode};
use crate::page::Ink;
use crate::theme::{ColourRole, Role, Theme};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Millimetres in a point.
pub(crate) const PT: f64 = 25.4 / 72.0;

/// Stands for the accent until the ground is known: what is kept of set text is the same for every theme.
pub(crate) const ACCENTED: Ink = Ink { cmyk: [0.0, 100.0, 0.0, 0.0], srgb: [255, 0, 255] };

/// Least leading of lines with readings: half an em between them, and the em boxes do not touch.
const RUBY_LEADING: f64 = 1.5;

/// A rectangle in A1 millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Frame {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

impl Frame {
    pub(crate) fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }
    pub(crate) fn right(&self) -> f64 {
        self.x + self.w
    }
    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.h
    }
}

/// Which page of a panel that goes on over several.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Turn {
    /// Counted from 0.
    pub page: usize,
    /// The table that goes on here, and its first row.
    pub resume: Option<(usize, usize)>,
    /// Number of pages; 1 while it is not known.
    pub total: usize,
}

/// A table longer than this many panels is no panel.
const MOST_PAGES: usize = 20;

pub(crate) struct Sheet<'a> {
    pub content: &'a Content,
    pub theme: Theme,
    pub fonts: &'a Fonts,
    pub images: &'a Pictures<'a>,
    /// Paper size divided by `k`.
    pub w: f64,
    pub h: f64,
    pub k: f64,
    pub bleed: f64,
    pub turn: Turn,
    goes_on: std::cell::Cell<Option<(usize, usize)>>,
    /// How much larger than the scale running type is set; 1 but on a tall sheet with little to say.
    swell: std::cell::Cell<f64>,
    notices: RefCell<Vec<Notice>>,
    texts: RefCell<HashMap<TextKey, Rc<SetText>>>,
    widths: RefCell<HashMap<TextKey, f64>>,
    #[cfg(test)]
    pub violations: RefCell<Vec<String>>,
}

/// Whatever changes the setting of a text; the ink does not.
#[derive(PartialEq, Eq, Hash)]
struct TextKey(String, FontId, FontId, [u64; 5], u32);

impl TextKey {
    fn of(text: &str, voice: &Voice, measure: f64, down: bool) -> Self {
        let bits = [voice.size, voice.tracking, voice.indent, voice.gap, measure].map(f64::to_bits);
        let flags = u32::from(voice.heading) << 4 | u32::from(voice.hanging) << 5 | (voice.line_start as u32) << 6 | u32::from(voice.role == Role::Url) << 8 | u32::from(down) << 9;
        TextKey(text.to_owned(), voice.face, voice.latin, bits, voice.align as u32 | flags)
    }
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(content: &'a Content, fonts: &'a Fonts, images: &'a Pictures<'a>, paper: (Mm, Mm), k: f64) -> Self {
        Self {
            content,
            theme: Theme::choose(&content.theme),
            fonts,
            images,
            w: paper.0.0 / k,
            h: paper.1.0 / k,
            k,
            bleed: content.bleed.unwrap_or(Mm(3.0)).0.clamp(0.0, 50.0) / k,
            turn: Turn::default(),
            goes_on: std::cell::Cell::default(),
            swell: std::cell::Cell::new(1.0),
            notices: RefCell::default(),
            texts: RefCell::default(),
            widths: RefCell::default(),
            #[cfg(test)]
            violations: RefCell::default(),
        }
    }

    pub(crate) fn on_page(self, turn: Turn) -> Self {
        Self { turn, ..self }
    }

    /// First row of a table that this page shows.
    pub(crate) fn first_row(&self, block: usize) -> usize {
        self.turn.resume.filter(|(index, _)| *index == block).map_or(0, |(_, row)| row)
    }

    /// Lets a table go on at this row on the next page; false when there have been enough.
    pub(crate) fn go_on(&self, block: usize, row: usize) -> bool {
        let may = self.turn.page + 1 < MOST_PAGES && self.goes_on.get().is_none();
        if may {
            self.goes_on.set(Some((block, row)));
        }
        may
    }

    pub(crate) fn goes_on(&self) -> Option<(usize, usize)> {
        self.goes_on.get()
    }

    /// Whether the sheet hangs from a rod: its composition runs from top to bottom.
    pub(crate) fn is_tall(&self) -> bool {
        self.h > self.w * 1.9
    }

    /// Below this nothing is read: on a tapestry the last thirtieth goes round the lower rod.
    pub(crate) fn seen_foot(&self) -> f64 {
        if self.is_tall() { self.h * 29.0 / 30.0 } else { self.h }
    }

    pub(crate) fn colour(&self, role: ColourRole) -> Ink {
        self.theme.colour(role)
    }

    /// How much the content's step makes running text and tables smaller.
    fn stepped(&self, role: Role) -> f64 {
        match role {
            Role::Lead | Role::Body | Role::Heading | Role::Table | Role::TableHead => 0.94_f64.powi(-i32::from(self.step())),
            _ => 1.0,
        }
    }

    /// Sets running type this much larger from here on; head and foot are set without it.
    pub(crate) fn swell(&self, by: f64) {
        self.swell.set(by);
    }

    pub(crate) fn swollen(&self) -> f64 {
        self.swell.get()
    }

    /// The largest swell up to the theme's limit at which `fits`; a content that asks for a smaller step gets none.
    pub(crate) fn swell_while(&self, fits: impl Fn() -> bool) {
        const STEPS: u32 = 8;
        let most = if self.step() < 0 { 1.0 } else { self.theme.limits.swell() };
        let fits_at = |step: u32| {
            self.swell(1.0 + (most - 1.0) * f64::from(step) / f64::from(STEPS));
            fits()
        };
        if fits_at(STEPS) {
            return;
        }
        // Every try sets all text anew: few of them.
        let (mut low, mut high) = (0, STEPS);
        while high - low > 1 {
            let middle = (low + high) / 2;
            if fits_at(middle) { low = middle } else { high = middle }
        }
        self.swell(1.0 + (most - 1.0) * f64::from(low) / f64::from(STEPS));
    }

    /// The swell of one role: the lead stays below the subtitle, small words grow less than what they explain.
    fn swell_of(&self, role: Role) -> f64 {
        let by = self.swell.get();
        match role {
            Role::Body | Role::Heading | Role::Table | Role::TableHead | Role::Number | Role::Figure => by,
            Role::Lead => by.min(0.92 * self.theme.row(Role::Subtitle).size / self.theme.row(Role::Lead).size).max(1.0),
            Role::Caption | Role::Credit | Role::Tag => 1.0 + (by - 1.0) * 0.6,
            _ => 1.0,
        }
    }

    fn step(&self) -> i8 {
        self.content.step.unwrap_or(0).clamp(LOWEST_STEP, 0)
    }

    /// Least height of the large picture as a share of its full height. On a handout type may not shrink with the paper, so
    /// the picture gives more.
    pub(crate) fn least_hero(&self, usual: f64) -> f64 {
        self.theme.limits.hero(if self.k < 0.6 { usual * 0.75 } else { usual })
    }

    /// Whether a program may still offer a smaller step.
    pub(crate) fn may_step_down(&self) -> bool {
        self.step() > LOWEST_STEP
    }

    /// The size down to which layout may shrink the role: its floor, lower where the content asks for a smaller step.
    pub(crate) fn floor(&self, role: Role) -> f64 {
        self.least(role) * self.stepped(role)
    }

    /// Smallest size for the role on this paper, in points on A1. Small papers are read closer, but not by their whole factor.
    pub(crate) fn least(&self, role: Role) -> f64 {
        let floor = self.theme.row(role).floor;
        if self.k >= 0.6 {
            return floor;
        }
        match role {
            Role::Body | Role::Heading | Role::Lead => floor.max(32.0).max(11.0 / self.k),
            Role::Table | Role::TableHead | Role::Label => floor.max(24.0).max(10.0 / self.k),
            Role::Caption | Role::Tag => floor.max(22.0).max(9.0 / self.k),
            Role::Credit | Role::Url | Role::Colophon | Role::ColophonHead => floor.max(18.0).max(8.0 / self.k),
            _ => floor,
        }
    }

    pub(crate) fn voice(&self, role: Role, ink: ColourRole) -> Voice {
        let row = self.theme.row(role);
        let large = matches!(role, Role::Title | Role::LongTitle | Role::Subtitle | Role::Lead);
        Voice {
            role,
            face: row.face,
            latin: row.latin,
            size: row.size.max(self.least(role)) * self.stepped(role) * self.swell_of(role),
            leading: row.leading,
            ink: self.colour(ink),
            align: if role == Role::Body { Align::Justify } else { Align::Start },
            indent: if role == Role::Body { 1.0 } else { 0.0 },
            gap: if role == Role::Body { 0.125 } else { 0.0 },
            heading: large || role == Role::Heading,
            tracking: 0.0,
            hanging: role == Role::Body && self.theme.typesetting.hanging,
            line_start: if role == Role::Body { self.theme.typesetting.line_start } else { LineStart::Flush },
        }
    }

    fn style(&self, voice: &Voice) -> Style {
        let size = Pt(voice.size * self.k);
        Style {
            face: voice.face,
            latin: voice.latin,
            size,
            ink: Ink::BLACK,
            leading: size * voice.leading,
            tracking: voice.tracking,
            align: voice.align,
            indent: voice.indent,
            latin_gap: voice.gap,
            heading: voice.heading,
            tight_commas: voice.heading && voice.size >= 54.0,
            accent: ACCENTED,
            marks: voice.role != Role::Url,
            hanging: voice.hanging,
            line_start: voice.line_start,
            // A year in a heading stands upright in one square; in running text four digits would be too fine.
            combine: if voice.heading { 4 } else { 3 },
        }
    }

    /// Sets one paragraph or several, separated by line breaks, to the measure. The same text is set only once.
    pub(crate) fn set(&self, text: &str, voice: &Voice, measure: f64) -> TextBlock {
        self.set_along(text, voice, measure, false)
    }

    /// The same in vertical lines no longer than the measure; the block's height is then the width that they take.
    pub(crate) fn set_down(&self, text: &str, voice: &Voice, measure: f64) -> TextBlock {
        self.set_along(text, voice, measure, true)
    }

    fn set_along(&self, text: &str, voice: &Voice, measure: f64, down: bool) -> TextBlock {
        let key = TextKey::of(text, voice, measure, down);
        let known = self.texts.borrow().get(&key).cloned();
        let set = known.unwrap_or_else(|| {
            let fresh = Rc::new(self.set_paragraphs(text, voice, measure, down));
            self.texts.borrow_mut().insert(key, fresh.clone());
            fresh
        });
        let mut voice = voice.clone();
        if set.has_ruby() {
            // For the whole block, so that its leading stays even.
            voice.leading = voice.leading.max(RUBY_LEADING);
        }
        TextBlock { set, voice, text: text.into() }
    }

    fn set_paragraphs(&self, text: &str, voice: &Voice, measure: f64, down: bool) -> SetText {
        let style = self.style(voice);
        let measure = self.pt(measure.max(0.1));
        let mut all = SetText::default();
        let mut start = 0;
        for paragraph in text.split('\n') {
            if !paragraph.trim().is_empty() {
                let set = if down { inline::set_vertical_kept } else { inline::set_kept };
                let set = set(paragraph, &style, measure, self.fonts);
                #[cfg(test)]
                self.judge(paragraph, &set, measure);
                all.lines.extend(set.lines.iter().cloned().map(|mut line| {
                    line.text = line.text.start + start..line.text.end + start;
                    line
                }));
                all.missing.extend(set.missing.iter().map(|(at, c)| (at + start, *c)));
                all.forced |= set.forced;
            }
            start += paragraph.len() + 1;
        }
        all
    }

    /// Width of the text on one line, in A1 millimetres.
    pub(crate) fn width(&self, text: &str, voice: &Voice) -> f64 {
        let key = TextKey::of(text, voice, 0.0, false);
        let known = self.widths.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let width = Mm::from(inline::width_kept(text, &self.style(voice), self.fonts)).0 / self.k;
            self.widths.borrow_mut().insert(key, width);
            width
        })
    }

    /// Length of the text in one vertical line, in A1 millimetres.
    pub(crate) fn length_down(&self, text: &str, voice: &Voice) -> f64 {
        let block = self.set_down(text, voice, 1e5);
        block.set.lines.iter().map(|l| l.width.mm().0 / self.k).fold(0.0, f64::max)
    }

    /// The text as it stands in vertical lines: with numbers in kanji where the content asks for it.
    pub(crate) fn written_down<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        if self.content.kanji_numbers { super::kanji::numbers(text).into() } else { text.into() }
    }

    /// A1 millimetres to points on this paper.
    pub(crate) fn pt(&self, mm: f64) -> Pt {
        Mm(mm * self.k).into()
    }

    /// A frame on the paper in true millimetres.
    pub(crate) fn place(&self, f: Frame) -> [Mm; 4] {
        [f.x, f.y, f.w, f.h].map(|v| Mm((v * self.k * 100.0).round() / 100.0))
    }

    pub(crate) fn notice(&self, level: Level, code: NoticeCode, block: Option<usize>, frame: Option<Frame>, words: (String, &str)) {
        self.notice_with(level, code, block, frame, words, Vec::new());
    }

    /// A notice with the ways out that a program can offer.
    pub(crate) fn notice_with(&self, level: Level, code: NoticeCode, block: Option<usize>, frame: Option<Frame>, words: (String, &str), fixes: Vec<Fix>) {
        let place = frame.map(|f| self.place(f));
        self.notices.borrow_mut().push(Notice { level, code, message: words.0, hint: words.1.to_owned(), block, page: 0, place, fixes });
    }

    /// Says once for a block and code what would otherwise be said at every line of it.
    pub(crate) fn notice_once(&self, level: Level, code: NoticeCode, block: Option<usize>, frame: Option<Frame>, words: (String, &str)) {
        let said = self.notices.borrow().iter().any(|n| n.code == code && n.block == block && n.message == words.0);
        if !said {
            self.notice(level, code, block, frame, words);
        }
    }

    /// Every violation of kinsoku that the typesetting has let through.
    #[cfg(test)]
    fn judge(&self, text: &str, set: &SetText, measure: Pt) {
        let found = inline::check(text, set, measure);
        self.violations.borrow_mut().extend(found.iter().map(|v| format!("{text}: {v:?}")));
    }

    pub(crate) fn take_notices(&self) -> Vec<Notice> {
        self.notices.take()
    }

    /// How far the ink of the first glyph stands right of the line's origin, in A1 millimetres.
    pub(crate) fn left_bearing(&self, block: &TextBlock) -> f64 {
        let glyph = block.set.lines.first().and_then(|l| l.runs.first()).and_then(|r| r.glyphs.first().map(|g| (r.font, g)));
        let Some((font, glyph)) = glyph else { return 0.0 };
        self.ink_box(font, glyph.id).map_or(0.0, |b| b.0 * block.voice.em())
    }

    /// Left and right ink edges of the first line, in A1 millimetres from its origin.
    pub(crate) fn ink_edges(&self, block: &TextBlock) -> (f64, f64) {
        let Some(line) = block.set.lines.first() else { return (0.0, 0.0) };
        let last = line.runs.last().and_then(|r| r.glyphs.last().map(|g| (r.font, g)));
        let right = last.and_then(|(font, g)| {
            let edge = self.ink_box(font, g.id)?.1;
            Some(g.x.mm().0 / self.k + edge * block.voice.em())
        });
        (self.left_bearing(block), right.unwrap_or(line.width.mm().0 / self.k))
    }

    /// Left and right edge of a glyph's ink in em.
    fn ink_box(&self, font: FontId, glyph: u16) -> Option<(f64, f64)> {
        let face = self.fonts.face(font)?;
        let parsed = ttf_parser::Face::parse(&face.bytes, 0).ok()?;
        let b = parsed.glyph_bounding_box(ttf_parser::GlyphId(glyph))?;
        Some((f64::from(b.x_min) / face.units_per_em, f64::from(b.x_max) / face.units_per_em))
    }
}
