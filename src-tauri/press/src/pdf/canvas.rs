//! Items of a page to the operators of a content stream. Twin of `svg`: it walks the same items and knows nothing more.
use super::colour;
use super::marks;
use super::ops::Ops;
use super::outline::Outlines;
use super::photo::Photos;
use super::sheet::Sheet;
use super::typeface::Typefaces;
use super::Mode;
use crate::length::Pt;
use crate::page::{Glyphs, Group, Image, Ink, Item, Link, Page, Paint, Segment, Shape, Stop, Stroke};
use lopdf::{Dictionary, Object};
use std::collections::{BTreeMap, BTreeSet};

/// Overprint on, and back to knocking out.
const OVERPRINT: &str = "Over";
const KNOCKOUT: &str = "Knock";

/// Graphics states, shadings and masks by name; the pages of a file share them.
#[derive(Default)]
pub struct Extras {
    pub states: BTreeMap<String, Dictionary>,
    pub shadings: BTreeMap<String, Dictionary>,
    pub masks: BTreeMap<String, Mask>,
}

/// A graphics state that lets through what its grey shading is bright.
pub struct Mask {
    pub shading: Dictionary,
    pub area: [f64; 4],
}

/// What one page needs, by name.
#[derive(Default)]
pub struct Used {
    pub fonts: BTreeSet<String>,
    pub pictures: BTreeSet<String>,
    pub states: BTreeSet<String>,
    pub shadings: BTreeSet<String>,
    pub forms: BTreeSet<String>,
    pub registration: bool,
    /// Something on the page is transparent.
    pub transparent: bool,
}

/// What a page became.
pub struct Drawn {
    pub content: Vec<u8>,
    pub used: Used,
    /// Links as printpdf takes them.
    pub links: Vec<printpdf::Op>,
}

/// How type goes into the file.
pub enum Letters<'a> {
    Embedded(&'a Typefaces),
    Outlined(Outlines<'a>),
}

/// What the viewer holds at this point, so that nothing is said twice.
#[derive(Clone, Default)]
struct State {
    fill: Option<Ink>,
    stroke: Option<Ink>,
    overprint: bool,
    font: Option<(String, u64)>,
    /// Width, dash, cap and join.
    line: Option<(f64, Vec<f64>, bool)>,
}

pub struct Canvas<'a, 'l> {
    ops: Ops,
    used: Used,
    links: Vec<printpdf::Op>,
    state: State,
    saved: Vec<State>,
    sheet: &'a Sheet,
    /// Where the page's own top left corner lies in the space that is drawn in.
    left: f64,
    top: f64,
    /// From that space to the sheet: scale, x, y.
    to_sheet: (f64, f64, f64),
    mode: Mode,
    letters: &'a mut Letters<'l>,
    photos: &'a Photos,
    extras: &'a mut Extras,
}

/// A thousandth of a point is 0.4 µm.
pub fn r(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

impl<'a, 'l> Canvas<'a, 'l> {
    pub fn new(sheet: &'a Sheet, mode: Mode, letters: &'a mut Letters<'l>, photos: &'a Photos, extras: &'a mut Extras) -> Self {
        Self {
            ops: Ops::default(),
            used: Used::default(),
            links: Vec::new(),
            state: State::default(),
            saved: Vec::new(),
            sheet,
            left: sheet.x,
            top: sheet.y + sheet.page_height,
            to_sheet: (1.0, 0.0, 0.0),
            mode,
            letters,
            photos,
            extras,
        }
    }

    /// The page clipped to its bleed, then the marks.
    pub fn page(&mut self, page: &Page) {
        self.save();
        self.ops.rectangle(self.sheet.bleed_box());
        self.ops.word("W n");
        if self.sheet.scale != 1.0 {
            let scale = self.sheet.scale;
            self.ops.op(&[scale, 0.0, 0.0, scale, self.sheet.x, self.sheet.y], "cm");
            self.to_sheet = (scale, self.sheet.x, self.sheet.y);
            (self.left, self.top) = (0.0, self.sheet.page_height);
        }
        self.items(&page.items);
        self.restore();
        if self.sheet.marks {
            self.used.registration = true;
            marks::draw(self.sheet, &mut self.ops);
        }
    }

    /// A form through a window of the sheet.
    pub fn form(&mut self, name: &str, matrix: [f64; 6], window: [f64; 4]) {
        self.save();
        self.ops.rectangle(window);
        self.ops.word("W n");
        self.ops.op(&matrix, "cm");
        self.ops.named(name, "Do");
        self.used.forms.insert(name.to_owned());
        self.restore();
    }

    /// Items in points from the top left corner of the sheet.
    pub fn notes(&mut self, items: &[Item]) {
        (self.left, self.top, self.to_sheet) = (0.0, self.sheet.height, (1.0, 0.0, 0.0));
        self.items(items);
    }

    pub fn into_drawn(self) -> Drawn {
        Drawn { content: self.ops.into_bytes(), used: self.used, links: self.links }
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Glyphs(run) => self.glyphs(run),
                Item::Shape(shape) => self.shape(shape),
                Item::Image(image) => self.image(image),
                Item::Link(link) => self.link(link),
                Item::Group(group) => self.group(group),
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let Some(clip) = &group.clip else { return self.items(&group.items) };
        self.save();
        self.clip(clip);
        self.items(&group.items);
        self.restore();
    }

    fn glyphs(&mut self, run: &Glyphs) {
        if run.glyphs.is_empty() {
            return;
        }
        self.fill_ink(&run.ink);
        self.overprint(run.ink.is_black());
        let (left, top) = (self.left, self.top);
        match self.letters {
            Letters::Outlined(outlines) => outlines.fill(run, &mut self.ops, |glyph| (left + glyph.x.0, top - glyph.y.0)),
            Letters::Embedded(typefaces) => {
                let typefaces: &Typefaces = typefaces;
                self.shown(run, typefaces);
            }
        }
    }

    /// Glyphs of one line stand in one array, with what the pen must go back (thousandths of an em) between them.
    fn shown(&mut self, run: &Glyphs, typefaces: &Typefaces) {
        let size = run.size.0;
        let fine = if size < 40.0 { 1.0 } else { 10.0 };
        let mut line = Line::default();
        self.ops.word("BT");
        for glyph in &run.glyphs {
            let Some((subset, id)) = typefaces.place(run, glyph) else { continue };
            let (x, y) = (r(self.left + glyph.x.0), r(self.top - glyph.y.0));
            if self.state.font.as_ref().is_none_or(|(name, at)| *name != subset.name || *at != size.to_bits()) {
                line.end(&mut self.ops);
                self.ops.part(&format!("/{} ", subset.name));
                self.ops.op(&[size], "Tf");
                self.used.fonts.insert(subset.name.clone());
                self.state.font = Some((subset.name.clone(), size.to_bits()));
            }
            if run.quarter_turn || run.squeeze != 1.0 {
                let [a, b, c, d] = if run.quarter_turn { [0.0, -run.squeeze, 1.0, 0.0] } else { [run.squeeze, 0.0, 0.0, 1.0] };
                self.ops.op(&[a, b, c, d, x, y], "Tm");
                self.ops.part("<");
                self.ops.glyph(id);
                self.ops.word(">Tj");
                continue;
            }
            let back = ((line.pen - x) / size * 1000.0 * fine).round() / fine;
            if !line.open || line.y != y || back.abs() > 20_000.0 {
                line.end(&mut self.ops);
                self.ops.op(&[x - line.from.0, y - line.from.1], "Td");
                self.ops.part("[<");
                line = Line { open: true, from: (x, y), y, pen: x };
            } else if back != 0.0 {
                self.ops.part(">");
                self.ops.number(back);
                self.ops.part("<");
                line.pen -= back * size / 1000.0;
            }
            self.ops.glyph(id);
            line.pen += f64::from(subset.width(id)) * size / 1000.0;
        }
        line.end(&mut self.ops);
        self.ops.word("ET");
    }

    fn shape(&mut self, shape: &Shape) {
        if shape.path.is_empty() || shape.opacity <= 0.0 {
            return;
        }
        match &shape.fill {
            None => {}
            Some(Paint::Linear { from, to, stops }) => self.shading(&shape.path, *from, *to, stops, shape.opacity),
            Some(Paint::Flat(ink)) => self.with_opacity(shape.opacity, |canvas| {
                // A large black area must cover what lies below; only type and lines overprint.
                canvas.overprint(false);
                canvas.fill_ink(ink);
                canvas.path(&shape.path);
                canvas.ops.word("f");
            }),
        }
        if let Some(stroke) = &shape.stroke {
            self.with_opacity(shape.opacity, |canvas| canvas.stroke(&shape.path, stroke));
        }
    }

    fn stroke(&mut self, path: &[Segment], stroke: &Stroke) {
        if self.state.stroke != Some(stroke.ink) {
            self.ops.op(&colour::components(&stroke.ink, self.mode), if self.mode.cmyk() { "K" } else { "RG" });
            self.state.stroke = Some(stroke.ink);
        }
        self.overprint(stroke.ink.is_black());
        let line = (stroke.width.0, stroke.dash.iter().map(|length| length.0).collect::<Vec<_>>(), stroke.round);
        if self.state.line.as_ref() != Some(&line) {
            self.ops.op(&[line.0], "w");
            self.ops.part("[");
            for length in &line.1 {
                self.ops.number(*length);
                self.ops.part(" ");
            }
            self.ops.word("]0 d");
            self.ops.word(if stroke.round { "1 J 1 j" } else { "0 J 0 j" });
            self.state.line = Some(line);
        }
        self.path(path);
        self.ops.word("S");
    }

    /// A veil: colour along a line, let through by a soft mask where its stops differ in opacity.
    fn shading(&mut self, path: &[Segment], from: (Pt, Pt), to: (Pt, Pt), stops: &[Stop], opacity: f32) {
        let Some(first) = stops.first() else { return };
        let even = stops.iter().all(|stop| stop.opacity == first.opacity);
        let ((x0, y0), (x1, y1)) = (self.at(from.0, from.1), self.at(to.0, to.1));
        let coords = [x0, y0, x1, y1];
        let name = format!("V{}", self.extras.shadings.len());
        self.extras.shadings.insert(name.clone(), colour::shading(coords, stops, self.mode));
        self.used.shadings.insert(name.clone());
        let paint = |canvas: &mut Self| {
            canvas.overprint(false);
            canvas.save();
            canvas.clip(path);
            if !even {
                let mask = format!("M{}", canvas.extras.masks.len());
                let shading = colour::grey_shading(coords, stops, opacity);
                canvas.extras.masks.insert(mask.clone(), Mask { shading, area: canvas.area() });
                canvas.used.transparent = true;
                canvas.ops.named(&mask, "gs");
                canvas.used.states.insert(mask);
            }
            canvas.ops.named(&name, "sh");
            canvas.restore();
        };
        if even { self.with_opacity(first.opacity * opacity, paint) } else { paint(self) }
    }

    fn image(&mut self, image: &Image) {
        let Some(photo) = self.photos.get(&image.name, image.mono) else { return };
        let (left, bottom) = (self.left + image.x.0, self.top - image.y.0 - image.height.0);
        let (w, h) = (image.width.0, image.height.0);
        let corner = |x: f64, y: f64| {
            let (u, v) = photo.upright(x, y);
            (left + u * w, bottom + v * h)
        };
        let (origin, right, up) = (corner(0.0, 0.0), corner(1.0, 0.0), corner(0.0, 1.0));
        self.overprint(false);
        self.used.transparent |= photo.transparent();
        self.save();
        self.ops.op(&[right.0 - origin.0, right.1 - origin.1, up.0 - origin.0, up.1 - origin.1, origin.0, origin.1], "cm");
        self.ops.named(&photo.name, "Do");
        self.used.pictures.insert(photo.name.clone());
        self.restore();
    }

    /// PDF/X allows no annotation on the printed area (ISO 15930-1 and -7, clause 6).
    fn link(&mut self, link: &Link) {
        if !self.mode.links() {
            return;
        }
        let (scale, dx, dy) = self.to_sheet;
        let (x, y) = (self.left + link.x.0, self.top - link.y.0 - link.height.0);
        let pt = |value: f64| printpdf::Pt(r(value) as f32);
        let rect = printpdf::Rect::from_xywh(pt(x * scale + dx), pt(y * scale + dy), pt(link.width.0 * scale), pt(link.height.0 * scale));
        let link = printpdf::LinkAnnotation::new(
            rect,
            printpdf::Actions::uri(ascii_uri(&link.url)),
            Some(printpdf::BorderArray::Solid([0.0; 3])),
            Some(printpdf::ColorArray::Transparent),
            Some(printpdf::HighlightingMode::None),
        );
        self.links.push(printpdf::Op::LinkAnnotation { link });
    }

    fn with_opacity(&mut self, opacity: f32, paint: impl FnOnce(&mut Self)) {
        if opacity >= 1.0 {
            return paint(self);
        }
        let alpha = (opacity.max(0.0) * 1000.0).round();
        let mut state = Dictionary::new();
        state.set("CA", Object::Real(alpha / 1000.0));
        state.set("ca", Object::Real(alpha / 1000.0));
        self.used.transparent = true;
        self.save();
        self.set_state(&format!("A{alpha:.0}"), state);
        paint(self);
        self.restore();
    }

    fn set_state(&mut self, name: &str, state: Dictionary) {
        self.extras.states.entry(name.to_owned()).or_insert(state);
        self.used.states.insert(name.to_owned());
        self.ops.named(name, "gs");
    }

    fn clip(&mut self, path: &[Segment]) {
        self.path(path);
        self.ops.word("W n");
    }

    fn fill_ink(&mut self, ink: &Ink) {
        if self.state.fill != Some(*ink) {
            self.ops.op(&colour::components(ink, self.mode), if self.mode.cmyk() { "k" } else { "rg" });
            self.state.fill = Some(*ink);
        }
    }

    fn overprint(&mut self, on: bool) {
        if !self.mode.cmyk() || self.state.overprint == on {
            return;
        }
        let mut state = Dictionary::new();
        state.set("OP", on);
        state.set("op", on);
        state.set("OPM", 1);
        self.set_state(if on { OVERPRINT } else { KNOCKOUT }, state);
        self.state.overprint = on;
    }

    fn save(&mut self) {
        self.saved.push(self.state.clone());
        self.ops.word("q");
    }

    fn restore(&mut self) {
        self.state = self.saved.pop().unwrap_or_default();
        self.ops.word("Q");
    }

    fn at(&self, x: Pt, y: Pt) -> (f64, f64) {
        (r(self.left + x.0), r(self.top - y.0))
    }

    /// The page with its bleed in the space that is drawn in.
    fn area(&self) -> [f64; 4] {
        let bleed = self.sheet.bleed;
        [self.left - bleed, self.top - self.sheet.page_height - bleed, self.left + self.sheet.page_width + bleed, self.top + bleed]
    }

    fn path(&mut self, path: &[Segment]) {
        for segment in path {
            match *segment {
                Segment::Move(x, y) => {
                    let (x, y) = self.at(x, y);
                    self.ops.op(&[x, y], "m");
                }
                Segment::Line(x, y) => {
                    let (x, y) = self.at(x, y);
                    self.ops.op(&[x, y], "l");
                }
                Segment::Curve(a, b, c, d, x, y) => {
                    let ((a, b), (c, d), (x, y)) = (self.at(a, b), self.at(c, d), self.at(x, y));
                    self.ops.op(&[a, b, c, d, x, y], "c");
                }
                Segment::Close => self.ops.word("h"),
            }
        }
    }
}

/// A line of type that is being written.
#[derive(Default)]
struct Line {
    open: bool,
    /// Where the last line began, which the next is measured from.
    from: (f64, f64),
    y: f64,
    /// Where the viewer's pen stands.
    pen: f64,
}

impl Line {
    fn end(&mut self, ops: &mut Ops) {
        if std::mem::take(&mut self.open) {
            ops.word(">]TJ");
        }
    }
}

/// URIs in PDF are 7-bit; anything else is percent-encoded as UTF-8.
fn ascii_uri(url: &str) -> String {
    url.bytes().map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
