//! Where each block and each of its texts stands on the pages: what the screen lets one choose, edit in place and move.
//!
//! Read from the finished pages, so that it holds for every template and block, and costs nothing where nobody looks.
use crate::block::{Block, Content};
use crate::font::FontId;
use crate::inline::markup;
use crate::length::{Mm, Pt};
use crate::page::{Glyphs, Group, Item, Page, Segment};
use serde_json::Value;

/// One block on one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    pub block: usize,
    pub page: usize,
    /// x, y, width, height on the trim.
    pub place: [Mm; 4],
    pub texts: Vec<TextArea>,
    pub picture: Option<PictureArea>,
}

/// One text of a block and how it is set.
#[derive(Clone, Debug, PartialEq)]
pub struct TextArea {
    /// Where the text stands in the block's JSON: `/sections/0/text`.
    pub path: String,
    pub place: [Mm; 4],
    /// Length of its longest line.
    pub measure: Mm,
    pub face: FontId,
    pub size: Mm,
    /// Line to line; 0 for a single line.
    pub leading: Mm,
    pub ink: [u8; 3],
    /// Set from top to bottom.
    pub upright: bool,
}

/// The frame of a photo, and where the whole picture lies of which the frame shows a part.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureArea {
    pub frame: [Mm; 4],
    pub whole: [Mm; 4],
}

/// Blocks in reading order, page by page.
pub fn areas(content: &Content, pages: &[Page]) -> Vec<Area> {
    let mut found = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let mut walk = Walk { content, page, number, open: None, areas: Vec::new() };
        walk.items(&page.items, None);
        found.extend(walk.areas.into_iter().map(|open| open.area(page)).filter(|a| a.place[2].0 > 0.0 && a.place[3].0 > 0.0));
    }
    found
}

/// Left, top, right, bottom in points.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bounds([f64; 4]);

impl Bounds {
    const NONE: Bounds = Bounds([f64::MAX, f64::MAX, f64::MIN, f64::MIN]);

    fn of(x: Pt, y: Pt, w: Pt, h: Pt) -> Self {
        Bounds([x.0, y.0, x.0 + w.0, y.0 + h.0])
    }
    fn join(self, o: Bounds) -> Self {
        Bounds([self.0[0].min(o.0[0]), self.0[1].min(o.0[1]), self.0[2].max(o.0[2]), self.0[3].max(o.0[3])])
    }
    fn within(self, o: Bounds) -> Self {
        Bounds([self.0[0].max(o.0[0]), self.0[1].max(o.0[1]), self.0[2].min(o.0[2]), self.0[3].min(o.0[3])])
    }
    fn is_empty(self) -> bool {
        self.0[2] <= self.0[0] || self.0[3] <= self.0[1]
    }
    fn place(self) -> [Mm; 4] {
        let [l, t, r, b] = self.0;
        let mm = |pt: f64| Mm((Pt(pt.max(0.0)).mm().0 * 100.0).round() / 100.0);
        let at = |pt: f64| Mm((Pt(pt).mm().0 * 100.0).round() / 100.0);
        [at(l), at(t), mm(r - l), mm(b - t)]
    }
}

/// Bounds of a path; the handles of curves count, which is near enough for a hit.
fn of_path(path: &[Segment]) -> Bounds {
    let mut all = Bounds::NONE;
    let mut take = |x: Pt, y: Pt| all = all.join(Bounds([x.0, y.0, x.0, y.0]));
    for segment in path {
        match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => take(x, y),
            Segment::Curve(a, b, c, d, x, y) => {
                take(a, b);
                take(c, d);
                take(x, y);
            }
            Segment::Close => {}
        }
    }
    all
}

/// Em boxes of the glyphs. The ideographic em box stands 0.12 em below the baseline.
fn of_glyphs(run: &Glyphs) -> Bounds {
    let em = run.size.0;
    let (left, top) = if run.quarter_turn { (-0.12 * em, 0.0) } else { (0.0, -0.88 * em) };
    let corner = |x: f64, y: f64| Bounds([x + left, y + top, x + left + em, y + top + em]);
    run.glyphs.iter().fold(Bounds::NONE, |all, g| all.join(corner(g.x.0, g.y.0)))
}

struct Walk<'a> {
    content: &'a Content,
    page: &'a Page,
    number: usize,
    /// Index in `areas` of the block that is being walked.
    open: Option<usize>,
    areas: Vec<Open>,
}

impl Walk<'_> {
    fn items(&mut self, items: &[Item], clip: Option<Bounds>) {
        for item in items {
            match item {
                Item::Group(group) => self.group(group, clip),
                Item::Glyphs(run) => {
                    let bounds = of_glyphs(run);
                    self.see(bounds, clip);
                    if let Some(open) = self.open {
                        self.areas[open].hear(run, bounds);
                    }
                }
                Item::Shape(shape) => self.see(of_path(&shape.path), clip),
                Item::Link(link) => self.see(Bounds::of(link.x, link.y, link.width, link.height), clip),
                Item::Image(image) => {
                    let whole = Bounds::of(image.x, image.y, image.width, image.height);
                    self.see(whole, clip);
                    if let Some(open) = self.open {
                        let frame = clip.map_or(whole, |clip| whole.within(clip));
                        self.areas[open].picture.get_or_insert(PictureArea { frame: frame.place(), whole: whole.place() });
                    }
                }
            }
        }
    }

    fn group(&mut self, group: &Group, clip: Option<Bounds>) {
        let before = self.open;
        if let Some(block) = group.block {
            self.open = self.enter(block).or(before);
        }
        let inner = match (&group.clip, clip) {
            (Some(path), Some(outer)) => Some(of_path(path).within(outer)),
            (Some(path), None) => Some(of_path(path)),
            (None, outer) => outer,
        };
        self.items(&group.items, inner);
        self.open = before;
    }

    fn enter(&mut self, block: usize) -> Option<usize> {
        if let Some(at) = self.areas.iter().position(|a| a.block == block) {
            return Some(at);
        }
        let what = self.content.blocks.get(block)?;
        self.areas.push(Open::new(block, self.number, what));
        Some(self.areas.len() - 1)
    }

    /// Only what is seen on the trim counts.
    fn see(&mut self, bounds: Bounds, clip: Option<Bounds>) {
        let Some(open) = self.open else { return };
        let trim = Bounds([0.0, 0.0, self.page.width.0, self.page.height.0]);
        let seen = clip.map_or(bounds, |clip| bounds.within(clip)).within(trim);
        if !seen.is_empty() {
            self.areas[open].bounds = self.areas[open].bounds.join(seen);
        }
    }
}

/// A block while its items are walked.
struct Open {
    block: usize,
    page: usize,
    bounds: Bounds,
    texts: Vec<Text>,
    /// The text that was set last: the next run most likely goes on with it.
    last: usize,
    picture: Option<PictureArea>,
}

/// One text of the block and the runs that were found to set it.
struct Text {
    path: String,
    words: String,
    /// How far it has been set.
    done: usize,
    runs: Vec<Line>,
}

/// Glyphs of one run.
struct Line {
    bounds: Bounds,
    face: FontId,
    size: f64,
    ink: [u8; 3],
    glyphs: usize,
    upright: bool,
    /// Baseline, or the middle of an upright line.
    at: f64,
}

impl Open {
    fn new(block: usize, page: usize, what: &Block) -> Self {
        let mut texts = Vec::new();
        gather(&serde_json::to_value(what).unwrap_or_default(), "", &mut texts);
        Open { block, page, bounds: Bounds::NONE, texts, last: 0, picture: None }
    }

    /// Finds the text that this run sets: most likely the one before it, further on; else any other.
    fn hear(&mut self, run: &Glyphs, bounds: Bounds) {
        let words = run.text.trim();
        if words.is_empty() || run.glyphs.is_empty() || self.texts.is_empty() {
            return;
        }
        let count = self.texts.len();
        let order = (0..count).map(|i| (self.last + i) % count);
        let further = order.clone().find_map(|i| self.texts[i].words[self.texts[i].done..].find(words).map(|at| (i, self.texts[i].done + at)));
        let Some((i, at)) = further.or_else(|| order.clone().find_map(|i| self.texts[i].words.find(words).map(|at| (i, at)))) else { return };
        self.last = i;
        let text = &mut self.texts[i];
        text.done = at + words.len();
        text.runs.push(Line::of(run, bounds));
    }

    fn area(self, page: &Page) -> Area {
        let trim = Bounds([0.0, 0.0, page.width.0, page.height.0]);
        let place = self.bounds.within(trim).place();
        let texts = self.texts.into_iter().filter(|t| !t.runs.is_empty()).map(Text::area).collect();
        Area { block: self.block, page: self.page, place, texts, picture: self.picture }
    }
}

/// Fields that are no words on the page.
const SILENT: [&str; 7] = ["type", "picture", "role", "kind", "place", "focus", "palette"];

/// Every string of a block with its path, in the order of its fields.
fn gather(value: &Value, path: &str, texts: &mut Vec<Text>) {
    match value {
        // Runs show the words without their marks.
        Value::String(words) if !words.trim().is_empty() => texts.push(Text { path: path.to_owned(), words: markup::plain(words).into_owned(), done: 0, runs: Vec::new() }),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| gather(item, &format!("{path}/{i}"), texts)),
        Value::Object(fields) => {
            let told = fields.iter().filter(|(name, _)| !SILENT.contains(&name.as_str()));
            told.for_each(|(name, item)| gather(item, &format!("{path}/{name}"), texts));
        }
        _ => {}
    }
}

impl Line {
    fn of(run: &Glyphs, bounds: Bounds) -> Self {
        let upright = run.quarter_turn || run.glyphs.windows(2).any(|g| (g[1].y - g[0].y).0 > run.size.0 * 0.4 && (g[1].x - g[0].x).0.abs() < run.size.0 * 0.4);
        let first = &run.glyphs[0];
        let at = if upright { (bounds.0[0] + bounds.0[2]) / 2.0 } else { first.y.0 };
        Line { bounds, face: run.font, size: run.size.0, ink: run.ink.srgb, glyphs: run.glyphs.len(), upright, at }
    }
}

impl Text {
    fn area(self) -> TextArea {
        let bounds = self.runs.iter().fold(Bounds::NONE, |all, line| all.join(line.bounds));
        let upright = self.runs.iter().any(|line| line.upright);
        // The look of most of its glyphs: ruby, units and bold words are the smaller part.
        let weight = |of: &Line| self.runs.iter().filter(|l| l.face == of.face && l.size == of.size).map(|l| l.glyphs).sum::<usize>();
        let main = self.runs.iter().max_by_key(|line| weight(line)).expect("a text that was set has a run");
        let lines = lines(&self.runs, main.size, upright);
        let long = |b: &Bounds| if upright { b.0[3] - b.0[1] } else { b.0[2] - b.0[0] };
        let measure = lines.iter().map(|(_, b)| long(b)).fold(0.0, f64::max);
        let mut steps: Vec<f64> = lines.windows(2).map(|pair| (pair[1].0 - pair[0].0) * if upright { -1.0 } else { 1.0 }).filter(|step| *step > 0.0).collect();
        steps.sort_by(f64::total_cmp);
        let mm = |pt: f64| Mm((Pt(pt).mm().0 * 1000.0).round() / 1000.0);
        TextArea {
            path: self.path,
            place: bounds.place(),
            measure: mm(measure),
            face: main.face,
            size: mm(main.size),
            leading: mm(steps.get(steps.len() / 2).copied().unwrap_or(0.0)),
            ink: main.ink,
            upright,
        }
    }
}

/// Runs of the main size joined to lines, in the order in which they were set.
fn lines(runs: &[Line], size: f64, upright: bool) -> Vec<(f64, Bounds)> {
    let mut lines: Vec<(f64, Bounds)> = Vec::new();
    for run in runs.iter().filter(|r| r.size > size * 0.7) {
        match lines.last_mut() {
            // Beside the last run of the line, and not in the next column.
            Some((at, bounds)) if (*at - run.at).abs() < size * 0.3 && near(bounds, &run.bounds, size, upright) => *bounds = bounds.join(run.bounds),
            _ => lines.push((run.at, run.bounds)),
        }
    }
    lines
}

fn near(a: &Bounds, b: &Bounds, size: f64, upright: bool) -> bool {
    let gap = if upright { b.0[1] - a.0[3] } else { b.0[0] - a.0[2] };
    gap < size * 1.5
}

#[cfg(test)]
#[path = "areas_tests.rs"]
mod tests;
