//! A page as SVG: the same glyph outlines, shapes and clips that are printed, for the screen and for PNG previews.
//!
//! Knows no fonts of the browser and no text: what is seen is what is printed.
use crate::font::{FontId, Fonts};
use crate::length::Pt;
use crate::page::{Glyphs, Group, Image, Ink, Item, Link, Page, Paint, Segment, Shape, Stop, Stroke};
use std::collections::BTreeMap;
use std::fmt::Write;

pub struct SvgOptions<'a> {
    pub fonts: &'a Fonts,
    /// Address of a picture by its name in the page.
    pub href: &'a dyn Fn(&str) -> String,
    /// Shows the bleed around the trim; otherwise the picture ends where the paper is cut.
    pub show_bleed: bool,
    /// Put before every id, so that several pages can stand in one document. Letters and digits only.
    pub prefix: &'a str,
}

/// What is printed in black only gets the contrast of `picture::BLACK_CONTRAST` about the middle grey.
const CONTRAST: &str = r#"<feComponentTransfer><feFuncR type="linear" slope="1.08" intercept="-0.04"/><feFuncG type="linear" slope="1.08" intercept="-0.04"/><feFuncB type="linear" slope="1.08" intercept="-0.04"/></feComponentTransfer>"#;

/// One `<svg>` element; user units are points from the top-left corner of the trim. The same page gives the same text.
pub fn draw(page: &Page, options: &SvgOptions) -> String {
    let mut drawing = Drawing { options, body: String::new(), defs: String::new(), outlines: BTreeMap::new(), count: 0, mono: false };
    drawing.items(&page.items);
    let Drawing { body, mut defs, outlines, mono, .. } = drawing;
    for ((font, glyph), path) in &outlines {
        let _ = write!(defs, r#"<path id="{}{}-{glyph}" d="{path}"/>"#, options.prefix, *font as usize);
    }
    if mono {
        let _ = write!(defs, r#"<filter id="{}mono" color-interpolation-filters="sRGB"><feColorMatrix type="saturate" values="0"/>{CONTRAST}</filter>"#, options.prefix);
    }
    let bleed = if options.show_bleed { page.bleed } else { Pt::ZERO };
    let (width, height) = (page.width + bleed * 2.0, page.height + bleed * 2.0);
    let view = format!("{} {} {} {}", n(-bleed), n(-bleed), n(width), n(height));
    let defs = if defs.is_empty() { defs } else { format!("<defs>{defs}</defs>") };
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{view}" width="{}pt" height="{}pt">{defs}{body}</svg>"#,
        n(width),
        n(height)
    )
}

struct Drawing<'a> {
    options: &'a SvgOptions<'a>,
    body: String,
    defs: String,
    /// Outlines that are used, in font units, y downwards.
    outlines: BTreeMap<(FontId, u16), String>,
    /// Numbers clips and gradients in the order of the page.
    count: usize,
    /// Some picture is printed in black only.
    mono: bool,
}

impl Drawing<'_> {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Glyphs(glyphs) => self.glyphs(glyphs),
                Item::Shape(shape) => self.shape(shape),
                Item::Image(image) => self.image(image),
                Item::Link(link) => self.link(link),
                Item::Group(group) => self.group(group),
            }
        }
    }

    fn group(&mut self, group: &Group) {
        self.body.push_str("<g");
        if let Some(block) = group.block {
            let _ = write!(self.body, r#" data-block="{block}""#);
        }
        if let Some(clip) = &group.clip {
            let id = self.id('c');
            let _ = write!(self.defs, r#"<clipPath id="{id}"><path d="{}"/></clipPath>"#, path(clip));
            let _ = write!(self.body, r##" clip-path="url(#{id})""##);
        }
        self.body.push('>');
        self.items(&group.items);
        self.body.push_str("</g>");
    }

    /// Glyphs stand in font units under one scale, so that each needs two short numbers only.
    fn glyphs(&mut self, run: &Glyphs) {
        let Some(face) = self.options.fonts.face(run.font) else { return };
        if run.glyphs.is_empty() {
            return;
        }
        let scale = run.size.0 / face.units_per_em;
        let _ = write!(self.body, r#"<g fill="{}" transform="scale({})">"#, hex(&run.ink), digits(scale, 6));
        let parsed = ttf_parser::Face::parse(&face.bytes, 0).ok();
        for glyph in &run.glyphs {
            let outline = self.outlines.entry((run.font, glyph.id)).or_insert_with(|| {
                let mut pen = Pen(String::new());
                if let Some(parsed) = &parsed {
                    parsed.outline_glyph(ttf_parser::GlyphId(glyph.id), &mut pen);
                }
                pen.0
            });
            if outline.is_empty() {
                continue;
            }
            let (x, y) = (digits(glyph.x.0 / scale, 1), digits(glyph.y.0 / scale, 1));
            let name = format!("{}{}-{}", self.options.prefix, run.font as usize, glyph.id);
            let _ = if run.quarter_turn {
                write!(self.body, r##"<use href="#{name}" transform="translate({x} {y})rotate(90)"/>"##)
            } else if run.squeeze != 1.0 {
                write!(self.body, r##"<use href="#{name}" transform="translate({x} {y})scale({} 1)"/>"##, digits(run.squeeze, 4))
            } else {
                write!(self.body, r##"<use href="#{name}" x="{x}" y="{y}"/>"##)
            };
        }
        self.body.push_str("</g>");
    }

    fn shape(&mut self, shape: &Shape) {
        let fill = match &shape.fill {
            None => "none".to_owned(),
            Some(Paint::Flat(ink)) => hex(ink),
            Some(Paint::Linear { from, to, stops }) => self.gradient(*from, *to, stops),
        };
        let _ = write!(self.body, r#"<path d="{}" fill="{fill}""#, path(&shape.path));
        if let Some(stroke) = &shape.stroke {
            self.stroke(stroke);
        }
        if shape.opacity < 1.0 {
            let _ = write!(self.body, r#" opacity="{}""#, digits(f64::from(shape.opacity), 3));
        }
        self.body.push_str("/>");
    }

    fn stroke(&mut self, stroke: &Stroke) {
        let _ = write!(self.body, r#" stroke="{}" stroke-width="{}""#, hex(&stroke.ink), n(stroke.width));
        if !stroke.dash.is_empty() {
            let dash: Vec<String> = stroke.dash.iter().map(|length| n(*length)).collect();
            let _ = write!(self.body, r#" stroke-dasharray="{}""#, dash.join(" "));
        }
        if stroke.round {
            self.body.push_str(r#" stroke-linecap="round" stroke-linejoin="round""#);
        }
    }

    fn gradient(&mut self, from: (Pt, Pt), to: (Pt, Pt), stops: &[Stop]) -> String {
        let id = self.id('v');
        let _ = write!(
            self.defs,
            r#"<linearGradient id="{id}" gradientUnits="userSpaceOnUse" x1="{}" y1="{}" x2="{}" y2="{}">"#,
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1)
        );
        for stop in stops {
            let _ = write!(self.defs, r#"<stop offset="{}" stop-color="{}""#, digits(f64::from(stop.at), 4), hex(&stop.ink));
            if stop.opacity < 1.0 {
                let _ = write!(self.defs, r#" stop-opacity="{}""#, digits(f64::from(stop.opacity), 3));
            }
            self.defs.push_str("/>");
        }
        self.defs.push_str("</linearGradient>");
        format!("url(#{id})")
    }

    fn image(&mut self, image: &Image) {
        let href = escape(&(self.options.href)(&image.name));
        let filter = if image.mono {
            self.mono = true;
            format!(r##" filter="url(#{}mono)""##, self.options.prefix)
        } else {
            String::new()
        };
        let _ = write!(
            self.body,
            r#"<image href="{href}" x="{}" y="{}" width="{}" height="{}" preserveAspectRatio="none"{filter}/>"#,
            n(image.x),
            n(image.y),
            n(image.width),
            n(image.height)
        );
    }

    /// An area that the screen may make clickable; it paints nothing.
    fn link(&mut self, link: &Link) {
        let _ = write!(
            self.body,
            r#"<rect data-link="{}" x="{}" y="{}" width="{}" height="{}" fill="none"/>"#,
            escape(&link.url),
            n(link.x),
            n(link.y),
            n(link.width),
            n(link.height)
        );
    }

    fn id(&mut self, kind: char) -> String {
        self.count += 1;
        format!("{}{kind}{}", self.options.prefix, self.count)
    }
}

/// Collects an outline as path data, flipped to y downwards.
struct Pen(String);
impl Pen {
    fn put(&mut self, command: char, numbers: &[f32]) {
        self.0.push(command);
        for (i, pair) in numbers.chunks(2).enumerate() {
            let (x, y) = (digits(f64::from(pair[0]), 1), digits(-f64::from(pair[1]), 1));
            let gap = if i == 0 { "" } else { " " };
            let _ = write!(self.0, "{gap}{x} {y}");
        }
    }
}
impl ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[x, y]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[x, y]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[x1, y1, x, y]);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[x1, y1, x2, y2, x, y]);
    }
    fn close(&mut self) {
        self.0.push('Z');
    }
}

fn path(segments: &[Segment]) -> String {
    let mut out = String::new();
    for segment in segments {
        let _ = match *segment {
            Segment::Move(x, y) => write!(out, "M{} {}", n(x), n(y)),
            Segment::Line(x, y) => write!(out, "L{} {}", n(x), n(y)),
            Segment::Curve(a, b, c, d, x, y) => write!(out, "C{} {} {} {} {} {}", n(a), n(b), n(c), n(d), n(x), n(y)),
            Segment::Close => write!(out, "Z"),
        };
    }
    out
}

fn hex(ink: &Ink) -> String {
    let [r, g, b] = ink.srgb;
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Points to a hundredth (3.5 µm on paper).
fn n(length: Pt) -> String {
    digits(length.0, 2)
}

/// At most `places` decimals, without trailing zeros; never `-0`, and 0 for what is no number.
fn digits(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "0".into();
    }
    let mut text = format!("{value:.places$}");
    if text.contains('.') {
        let kept = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(kept);
    }
    if text == "-0" { "0".into() } else { text }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{rectangle, Glyph};

    fn square(opacity: f32) -> Item {
        let path = rectangle(Pt(0.0), Pt(0.0), Pt(10.126), Pt(10.0), Pt::ZERO);
        Item::Shape(Shape { path, fill: Some(Paint::Flat(Ink::BLACK)), stroke: None, opacity })
    }

    fn page(items: Vec<Item>) -> Page {
        Page { name: "頁".into(), width: Pt(100.0), height: Pt(50.0), bleed: Pt(8.5), items }
    }

    fn svg(items: Vec<Item>, show_bleed: bool) -> String {
        let fonts = Fonts::new(Box::new(|_| Err("no fonts here".into())));
        draw(&page(items), &SvgOptions { fonts: &fonts, href: &|name| format!("media://{name}?a&b"), show_bleed, prefix: "p1" })
    }

    #[test]
    fn numbers_are_short_and_never_minus_zero() {
        assert_eq!(digits(10.126, 2), "10.13");
        assert_eq!(digits(10.0, 2), "10");
        assert_eq!(digits(100.0, 0), "100");
        assert_eq!(digits(-0.001, 2), "0");
        assert_eq!(digits(f64::NAN, 2), "0");
    }

    #[test]
    fn the_bleed_is_shown_when_asked_for() {
        assert!(svg(vec![], false).contains(r#"viewBox="0 0 100 50""#));
        assert!(svg(vec![], true).contains(r#"viewBox="-8.5 -8.5 117 67""#));
    }

    #[test]
    fn the_screen_finds_the_block_and_nothing_breaks_the_markup() {
        let image = Image { name: "<\"写真\">".into(), x: Pt(0.0), y: Pt(0.0), width: Pt(5.0), height: Pt(5.0), mono: true };
        let link = Link { x: Pt(0.0), y: Pt(0.0), width: Pt(5.0), height: Pt(5.0), url: "https://a/?b=1&c=\"2\"".into() };
        let clip = Some(rectangle(Pt(0.0), Pt(0.0), Pt(9.0), Pt(9.0), Pt(2.0)));
        let group = Group { block: Some(7), clip, items: vec![Item::Image(image), Item::Link(link), square(0.5)] };
        let text = svg(vec![Item::Group(group)], false);
        let parsed = resvg::usvg::roxmltree::Document::parse(&text).expect("well-formed");
        let has = |name: &str, value: &str| parsed.descendants().any(|node| node.attribute(name) == Some(value));
        assert!(has("data-block", "7") && has("clip-path", "url(#p1c1)") && has("id", "p1c1"));
        assert!(has("href", "media://<\"写真\">?a&b") && has("data-link", "https://a/?b=1&c=\"2\""));
        assert!(has("opacity", "0.5") && has("filter", "url(#p1mono)"));
    }

    #[test]
    fn a_face_that_is_not_there_leaves_the_rest() {
        let glyph = Glyph { id: 5, x: Pt(1.0), y: Pt(1.0), text: 0..1 };
        let run = Glyphs { font: FontId::Gothic, size: Pt(9.0), ink: Ink::BLACK, text: "a".into(), glyphs: vec![glyph], quarter_turn: false, squeeze: 1.0 };
        assert!(svg(vec![Item::Glyphs(run), square(1.0)], false).contains("M0 0L10.13 0"));
    }
}
