//! Items of a page to printpdf operators. Twin of `svg`: it walks the same items and knows nothing more.
use super::colour;
use super::marks;
use super::photo::Photos;
use super::sheet::Sheet;
use super::typeface::{self, Typefaces};
use super::Mode;
use crate::length::Pt;
use crate::page::{Glyphs, Group, Image, Ink, Item, Link, Page, Paint, Segment, Shape, Stop, Stroke};
use lopdf::Dictionary;
use printpdf::{
    Codepoint, ExtendedGraphicsState, ExtendedGraphicsStateId, LinePoint, Op, OverprintMode, PaintMode, PdfFontHandle, Point, Polygon,
    PolygonRing, ShadingId, TextItem, TextMatrix, WindingOrder,
};
use std::collections::{BTreeMap, BTreeSet};

/// Overprint on, and back to knocking out.
const OVERPRINT: &str = "Over";
const KNOCKOUT: &str = "Knock";

/// Resources that the pages of a file share and that printpdf cannot make itself.
#[derive(Default)]
pub struct Extras {
    /// Opacities in per mille.
    alphas: BTreeSet<u16>,
    pub shadings: Vec<(String, Dictionary)>,
    pub masks: Vec<Mask>,
    overprint: bool,
    /// Pages (by number) on which something is transparent.
    pub transparent: BTreeSet<usize>,
    pages: usize,
}

/// A graphics state that lets through what its grey shading is bright.
pub struct Mask {
    pub name: String,
    pub shading: Dictionary,
    pub area: [f64; 4],
}

impl Extras {
    pub fn register(&self, document: &mut printpdf::PdfDocument) {
        let states = &mut document.resources.extgstates.map;
        for alpha in &self.alphas {
            let value = f32::from(*alpha) / 1000.0;
            let state = ExtendedGraphicsState::default().with_current_fill_alpha(value).with_current_stroke_alpha(value);
            states.insert(ExtendedGraphicsStateId(format!("A{alpha}")), state);
        }
        if self.overprint {
            for (name, on) in [(OVERPRINT, true), (KNOCKOUT, false)] {
                let state = ExtendedGraphicsState::default()
                    .with_overprint_fill(on)
                    .with_overprint_stroke(on)
                    .with_overprint_mode(OverprintMode::KeepUnderlying);
                states.insert(ExtendedGraphicsStateId(name.into()), state);
            }
        }
    }
}

/// What the viewer holds at this point, so that nothing is said twice.
#[derive(Clone, Default)]
struct State {
    fill: Option<Ink>,
    stroke: Option<Ink>,
    overprint: bool,
    font: Option<(String, u64)>,
}

pub struct Canvas<'a> {
    ops: Vec<Op>,
    state: State,
    saved: Vec<State>,
    sheet: &'a Sheet,
    /// Where the page's own top left corner lies in the space that is drawn in.
    left: f64,
    top: f64,
    /// From that space to the sheet: scale, x, y.
    to_sheet: (f64, f64, f64),
    mode: Mode,
    typefaces: &'a Typefaces,
    photos: &'a Photos,
    extras: &'a mut Extras,
    page: usize,
}

/// A thousandth of a point is 0.4 µm; more digits only make the file longer.
pub fn r(value: f64) -> f32 {
    ((value * 1000.0).round() / 1000.0) as f32
}

impl<'a> Canvas<'a> {
    pub fn new(sheet: &'a Sheet, mode: Mode, typefaces: &'a Typefaces, photos: &'a Photos, extras: &'a mut Extras) -> Self {
        let page = extras.pages;
        extras.pages += 1;
        let (left, top) = (sheet.x, sheet.y + sheet.page_height);
        let state = State::default();
        Self { ops: Vec::new(), state, saved: Vec::new(), sheet, left, top, to_sheet: (1.0, 0.0, 0.0), mode, typefaces, photos, extras, page }
    }

    /// The page clipped to its bleed, then the marks.
    pub fn page(&mut self, page: &Page) {
        let [x0, y0, x1, y1] = self.sheet.bleed_box();
        self.save();
        let frame = printpdf::Rect {
            x: printpdf::Pt(r(x0)),
            y: printpdf::Pt(r(y0)),
            width: printpdf::Pt(r(x1 - x0)),
            height: printpdf::Pt(r(y1 - y0)),
            mode: Some(PaintMode::Clip),
            winding_order: Some(WindingOrder::NonZero),
        };
        self.ops.push(Op::DrawRectangle { rectangle: frame });
        if self.sheet.scale != 1.0 {
            let scale = self.sheet.scale;
            let matrix = [scale as f32, 0.0, 0.0, scale as f32, r(self.sheet.x), r(self.sheet.y)];
            self.ops.push(Op::SetTransformationMatrix { matrix: printpdf::CurTransMat::Raw(matrix) });
            self.to_sheet = (scale, self.sheet.x, self.sheet.y);
            (self.left, self.top) = (0.0, self.sheet.page_height);
        }
        self.items(&page.items);
        self.restore();
        if self.sheet.marks {
            self.ops.extend(marks::draw(self.sheet));
        }
    }

    /// Items in points from the top left corner of the sheet.
    pub fn notes(&mut self, items: &[Item]) {
        (self.left, self.top, self.to_sheet) = (0.0, self.sheet.height, (1.0, 0.0, 0.0));
        self.items(items);
    }

    pub fn into_ops(self) -> Vec<Op> {
        self.ops
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
        self.ops.push(Op::StartTextSection);
        for glyph in &run.glyphs {
            let Some((subset, id)) = self.typefaces.place(run, glyph) else { continue };
            let font = (subset.name.clone(), run.size.0.to_bits());
            if self.state.font.as_ref() != Some(&font) {
                let handle = PdfFontHandle::External(printpdf::FontId(font.0.clone()));
                self.ops.push(Op::SetFont { font: handle, size: printpdf::Pt(r(run.size.0)) });
                self.state.font = Some(font);
            }
            let (x, y) = self.at(glyph.x, glyph.y);
            let matrix = if run.quarter_turn { [0.0, -1.0, 1.0, 0.0, x, y] } else { [1.0, 0.0, 0.0, 1.0, x, y] };
            self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) });
            let text = typeface::words(run, glyph).to_owned();
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(vec![Codepoint::with_cid(id, 0.0, text)])] });
        }
        self.ops.push(Op::EndTextSection);
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
                let rings = canvas.rings(&shape.path).into_iter().map(|(points, _)| PolygonRing { points }).collect();
                let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
                canvas.ops.push(Op::DrawPolygon { polygon });
            }),
        }
        if let Some(stroke) = &shape.stroke {
            self.with_opacity(shape.opacity, |canvas| canvas.stroke(&shape.path, stroke));
        }
    }

    fn stroke(&mut self, path: &[Segment], stroke: &Stroke) {
        if self.state.stroke != Some(stroke.ink) {
            self.ops.push(Op::SetOutlineColor { col: colour::of(&stroke.ink, self.mode) });
            self.state.stroke = Some(stroke.ink);
        }
        self.overprint(stroke.ink.is_black());
        self.ops.push(Op::SetOutlineThickness { pt: printpdf::Pt(r(stroke.width.0)) });
        let dash: Vec<f32> = stroke.dash.iter().map(|length| r(length.0)).collect();
        self.ops.push(Op::SetLineDashPattern { dash: printpdf::LineDashPattern::new(0.0, &dash) });
        let (cap, join) = if stroke.round {
            (printpdf::LineCapStyle::Round, printpdf::LineJoinStyle::Round)
        } else {
            (printpdf::LineCapStyle::Butt, printpdf::LineJoinStyle::Miter)
        };
        self.ops.push(Op::SetLineCapStyle { cap });
        self.ops.push(Op::SetLineJoinStyle { join });
        for (points, is_closed) in self.rings(path) {
            self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed } });
        }
    }

    /// A veil: colour along a line, let through by a soft mask where its stops differ in opacity.
    fn shading(&mut self, path: &[Segment], from: (Pt, Pt), to: (Pt, Pt), stops: &[Stop], opacity: f32) {
        let Some(first) = stops.first() else { return };
        let even = stops.iter().all(|stop| stop.opacity == first.opacity);
        let ((x0, y0), (x1, y1)) = (self.at(from.0, from.1), self.at(to.0, to.1));
        let coords = [x0, y0, x1, y1];
        let name = format!("V{}", self.extras.shadings.len());
        self.extras.shadings.push((name.clone(), colour::shading(coords, stops, self.mode)));
        let paint = |canvas: &mut Self| {
            canvas.overprint(false);
            canvas.save();
            canvas.clip(path);
            if !even {
                let mask = format!("M{}", canvas.extras.masks.len());
                let shading = colour::grey_shading(coords, stops, opacity);
                canvas.extras.masks.push(Mask { name: mask.clone(), shading, area: canvas.area() });
                canvas.extras.transparent.insert(canvas.page);
                canvas.ops.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(mask) });
            }
            canvas.ops.push(Op::PaintShading { id: ShadingId(name) });
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
        let matrix = [right.0 - origin.0, right.1 - origin.1, up.0 - origin.0, up.1 - origin.1, origin.0, origin.1].map(r);
        self.overprint(false);
        if photo.transparent() {
            self.extras.transparent.insert(self.page);
        }
        self.save();
        self.ops.push(Op::SetTransformationMatrix { matrix: printpdf::CurTransMat::Raw(matrix) });
        let transform = printpdf::XObjectTransform { no_auto_scale: true, ..Default::default() };
        self.ops.push(Op::UseXobject { id: printpdf::XObjectId(photo.name.clone()), transform });
        self.restore();
    }

    /// PDF/X-4 allows no annotation on the printed area (ISO 15930-7, 6.17).
    fn link(&mut self, link: &Link) {
        if self.mode == Mode::X4 {
            return;
        }
        let (scale, dx, dy) = self.to_sheet;
        let (x, y) = (self.left + link.x.0, self.top - link.y.0 - link.height.0);
        let rect = printpdf::Rect::from_xywh(
            printpdf::Pt(r(x * scale + dx)),
            printpdf::Pt(r(y * scale + dy)),
            printpdf::Pt(r(link.width.0 * scale)),
            printpdf::Pt(r(link.height.0 * scale)),
        );
        let link = printpdf::LinkAnnotation::new(
            rect,
            printpdf::Actions::uri(ascii_uri(&link.url)),
            Some(printpdf::BorderArray::Solid([0.0; 3])),
            Some(printpdf::ColorArray::Transparent),
            Some(printpdf::HighlightingMode::None),
        );
        self.ops.push(Op::LinkAnnotation { link });
    }

    fn with_opacity(&mut self, opacity: f32, paint: impl FnOnce(&mut Self)) {
        if opacity >= 1.0 {
            return paint(self);
        }
        let alpha = (opacity.max(0.0) * 1000.0).round() as u16;
        self.extras.alphas.insert(alpha);
        self.extras.transparent.insert(self.page);
        self.save();
        self.ops.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(format!("A{alpha}")) });
        paint(self);
        self.restore();
    }

    fn clip(&mut self, path: &[Segment]) {
        let rings = self.rings(path).into_iter().map(|(points, _)| PolygonRing { points }).collect();
        self.ops.push(Op::DrawPolygon { polygon: Polygon { rings, mode: PaintMode::Clip, winding_order: WindingOrder::NonZero } });
    }

    fn fill_ink(&mut self, ink: &Ink) {
        if self.state.fill != Some(*ink) {
            self.ops.push(Op::SetFillColor { col: colour::of(ink, self.mode) });
            self.state.fill = Some(*ink);
        }
    }

    fn overprint(&mut self, on: bool) {
        if self.mode != Mode::X4 || self.state.overprint == on {
            return;
        }
        self.extras.overprint = true;
        let name = if on { OVERPRINT } else { KNOCKOUT };
        self.ops.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(name.into()) });
        self.state.overprint = on;
    }

    fn save(&mut self) {
        self.saved.push(self.state.clone());
        self.ops.push(Op::SaveGraphicsState);
    }

    fn restore(&mut self) {
        self.state = self.saved.pop().unwrap_or_default();
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn at(&self, x: Pt, y: Pt) -> (f32, f32) {
        (r(self.left + x.0), r(self.top - y.0))
    }

    /// The page with its bleed in the space that is drawn in.
    fn area(&self) -> [f64; 4] {
        let bleed = self.sheet.bleed;
        [
            self.left - bleed,
            self.top - self.sheet.page_height - bleed,
            self.left + self.sheet.page_width + bleed,
            self.top + bleed,
        ]
    }

    /// Subpaths, and whether each is closed.
    fn rings(&self, path: &[Segment]) -> Vec<(Vec<LinePoint>, bool)> {
        let point = |x: Pt, y: Pt, bezier: bool| {
            let (x, y) = self.at(x, y);
            LinePoint { p: Point { x: printpdf::Pt(x), y: printpdf::Pt(y) }, bezier }
        };
        let mut rings: Vec<(Vec<LinePoint>, bool)> = Vec::new();
        for segment in path {
            if let Segment::Move(x, y) = *segment {
                rings.push((vec![point(x, y, false)], false));
                continue;
            }
            let Some((points, closed)) = rings.last_mut() else { continue };
            match *segment {
                Segment::Line(x, y) => points.push(point(x, y, false)),
                Segment::Curve(a, b, c, d, x, y) => points.extend([point(a, b, true), point(c, d, true), point(x, y, false)]),
                Segment::Close => *closed = true,
                Segment::Move(..) => {}
            }
        }
        rings
    }
}

/// URIs in PDF are 7-bit; anything else is percent-encoded as UTF-8.
fn ascii_uri(url: &str) -> String {
    url.bytes().map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Pictures of a page with the longest side at which each is printed, in points.
pub fn pictures<'a>(items: &'a [Item], seen: &mut BTreeMap<(&'a str, bool), f64>, scale: f64) {
    for item in items {
        match item {
            Item::Image(image) => {
                let longest = image.width.0.max(image.height.0) * scale;
                let known = seen.entry((&image.name, image.mono)).or_default();
                *known = known.max(longest);
            }
            Item::Group(group) => pictures(&group.items, seen, scale),
            _ => {}
        }
    }
}
