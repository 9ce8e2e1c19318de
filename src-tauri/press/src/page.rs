//! The hinge: what a laid-out page is. `svg` (screen) and `pdf` (print) both walk these items and nothing else.
//!
//! Coordinates are points from the top-left corner of the **trim box**, y downwards. Whatever bleeds has
//! negative coordinates or lies beyond `size`, by at most `bleed`.
use crate::font::FontId;
use crate::length::Pt;
use std::ops::Range;

/// One sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Name for bookmarks and file names, e.g. 「銚子市」.
    pub name: String,
    /// Trim size.
    pub width: Pt,
    pub height: Pt,
    pub bleed: Pt,
    /// Painted in this order; text items are also in reading order.
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Glyphs(Glyphs),
    Shape(Shape),
    Image(Image),
    Link(Link),
    Group(Group),
}

/// Colour: the CMYK value is the master (percent 0–100), sRGB is for the screen and for office PDFs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    pub cmyk: [f32; 4],
    pub srgb: [u8; 3],
}
impl Ink {
    /// 100 % black alone, drawn with overprint.
    pub const BLACK: Ink = Ink { cmyk: [0.0, 0.0, 0.0, 100.0], srgb: [0x1f, 0x1f, 0x1d] };
    pub const WHITE: Ink = Ink { cmyk: [0.0; 4], srgb: [255, 255, 255] };
    /// K alone: overprints, so that misregister cannot open a white line.
    pub fn is_black(&self) -> bool {
        self.cmyk == [0.0, 0.0, 0.0, 100.0]
    }
    /// Sum of the four inks in percent.
    pub fn total(&self) -> f32 {
        self.cmyk.iter().sum()
    }
}

/// Glyphs of one face and size on any positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyphs {
    pub font: FontId,
    pub size: Pt,
    pub ink: Ink,
    /// The characters as the writer gave them (IVS kept); PDF text extraction gives them back.
    pub text: String,
    pub glyphs: Vec<Glyph>,
    /// Rotated a quarter turn clockwise about each glyph origin (Latin in vertical text).
    pub quarter_turn: bool,
    /// Width of the glyphs as part of their own: below 1 where digits share a square.
    pub squeeze: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    pub id: u16,
    /// Origin on the baseline.
    pub x: Pt,
    pub y: Pt,
    /// Bytes of `Glyphs::text` that this glyph stands for; empty for the second glyph of a cluster.
    pub text: Range<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub path: Vec<Segment>,
    pub fill: Option<Paint>,
    pub stroke: Option<Stroke>,
    /// 0–1, for the whole shape.
    pub opacity: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    Move(Pt, Pt),
    Line(Pt, Pt),
    /// Two control points and the end.
    Curve(Pt, Pt, Pt, Pt, Pt, Pt),
    Close,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    Flat(Ink),
    /// Straight shading between two points; every stop has its own opacity (a veil over a picture).
    Linear { from: (Pt, Pt), to: (Pt, Pt), stops: Vec<Stop> },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// 0–1 along the line.
    pub at: f32,
    pub ink: Ink,
    pub opacity: f32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    pub ink: Ink,
    pub width: Pt,
    /// On/off lengths; empty for a solid line.
    pub dash: Vec<Pt>,
    pub round: bool,
}

/// A picture, cropped by `frame`: the whole picture lies on `x y width height`, only what is inside the enclosing
/// group's clip is seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Key into `Images`.
    pub name: String,
    pub x: Pt,
    pub y: Pt,
    pub width: Pt,
    pub height: Pt,
    /// Printed in black only (theme 墨).
    pub mono: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub x: Pt,
    pub y: Pt,
    pub width: Pt,
    pub height: Pt,
    pub url: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Index of the block in `Content::blocks` that made these items: the screen finds the block under the pointer,
    /// a notice finds its place.
    pub block: Option<usize>,
    /// Everything in the group is clipped to this path.
    pub clip: Option<Vec<Segment>>,
    pub items: Vec<Item>,
}

/// Path of a rectangle; `radius` 0 gives square corners.
pub fn rectangle(x: Pt, y: Pt, width: Pt, height: Pt, radius: Pt) -> Vec<Segment> {
    use Segment::*;
    let (r, b) = (x + width, y + height);
    if radius.0 <= 0.0 {
        return vec![Move(x, y), Line(r, y), Line(r, b), Line(x, b), Close];
    }
    let q = radius.min(width / 2.0).min(height / 2.0);
    let k = q * (1.0 - 0.552_284_75);
    vec![
        Move(x + q, y),
        Line(r - q, y),
        Curve(r - k, y, r, y + k, r, y + q),
        Line(r, b - q),
        Curve(r, b - k, r - k, b, r - q, b),
        Line(x + q, b),
        Curve(x + k, b, x, b - k, x, b - q),
        Line(x, y + q),
        Curve(x, y + k, x + k, y, x + q, y),
        Close,
    ]
}

/// Path of a circle about its centre.
pub fn circle(cx: Pt, cy: Pt, radius: Pt) -> Vec<Segment> {
    rectangle(cx - radius, cy - radius, radius * 2.0, radius * 2.0, radius)
}
