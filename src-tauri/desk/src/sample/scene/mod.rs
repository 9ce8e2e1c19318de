//! Draws the pictures of the sample workspace: landscapes of our own making, so that print checks have real pixels to measure.
//!
//! A scene is built as SVG from a kind and a seed, rasterised at 3000 × 2000 px, grained like a print and stored as JPEG.
mod land;
mod light;
mod things;
mod water;

use image::codecs::jpeg::JpegEncoder;
use light::Light;
use resvg::{tiny_skia, usvg};
use std::fmt::Write;

pub const WIDTH: u32 = 3000;
pub const HEIGHT: u32 = 2000;
const W: f64 = WIDTH as f64;
const H: f64 = HEIGHT as f64;

/// Every kind of scene that can be drawn.
pub const KINDS: &[&str] = &[
    "lighthouse", "harbour", "beach", "cliffs", "river", "lake", "paddies", "cabbage_train", "flowers", "mountains", "forest", "orchard",
    "skyline", "suburb", "bayside", "pagoda", "runway", "bridge", "dispatch", "hall",
];

/// A JPEG of 3000 × 2000 px. The same kind and seed give the same bytes; an unknown kind is drawn as `mountains`.
pub fn draw(kind: &str, seed: u64) -> Vec<u8> {
    draw_at(kind, seed, 1.0)
}

/// The same scene with more or fewer pixels.
pub fn draw_at(kind: &str, seed: u64, scale: f32) -> Vec<u8> {
    let (width, height) = ((WIDTH as f32 * scale) as u32, (HEIGHT as f32 * scale) as u32);
    let svg = compose(kind, seed);
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).expect("a scene is well-formed SVG");
    let mut pixels = tiny_skia::Pixmap::new(width, height).expect("the size is fixed");
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let rgb = grain(pixels.data(), width, height, seed);
    let mut jpeg = Vec::with_capacity(2 << 20);
    JpegEncoder::new_with_quality(&mut jpeg, 88).encode(&rgb, width, height, image::ExtendedColorType::Rgb8).expect("the pixels fit the size");
    jpeg
}

/// The scene as SVG text, 3000 × 2000.
pub fn compose(kind: &str, seed: u64) -> String {
    let mut art = Art::new(seed ^ kind.bytes().fold(7, |h: u64, b| h.wrapping_mul(131).wrapping_add(u64::from(b))));
    let light = Light::of(kind, seed);
    light.sky(&mut art, horizon(kind));
    match kind {
        "lighthouse" => things::lighthouse_coast(&mut art, &light),
        "harbour" => things::harbour(&mut art, &light),
        "beach" => water::beach(&mut art, &light),
        "cliffs" => water::cliffs(&mut art, &light),
        "river" => water::river(&mut art, &light),
        "lake" => water::lake(&mut art, &light),
        "paddies" => land::paddies(&mut art, &light),
        "cabbage_train" => things::cabbage_train(&mut art, &light),
        "flowers" => land::flowers(&mut art, &light),
        "forest" => land::forest(&mut art, &light),
        "orchard" => land::orchard(&mut art, &light),
        "skyline" => things::skyline(&mut art, &light),
        "suburb" => things::suburb(&mut art, &light),
        "bayside" => things::bayside(&mut art, &light),
        "pagoda" => things::pagoda(&mut art, &light),
        "runway" => things::runway(&mut art, &light),
        "bridge" => things::bridge(&mut art, &light),
        "dispatch" => things::dispatch(&mut art, &light),
        "hall" => things::hall(&mut art, &light),
        _ => land::mountains(&mut art, &light),
    }
    art.finish()
}

/// Where the sky ends, in px from the top.
fn horizon(kind: &str) -> f64 {
    match kind {
        "lighthouse" => 1290.0,
        "harbour" | "bayside" => 1180.0,
        "paddies" | "flowers" | "cabbage_train" => 980.0,
        "beach" | "cliffs" => 1060.0,
        _ => 1120.0,
    }
}

/// SVG text under construction, with a generator of repeatable chance.
pub(crate) struct Art {
    body: String,
    defs: String,
    state: u64,
    ids: u32,
}

impl Art {
    fn new(seed: u64) -> Self {
        Self { body: String::with_capacity(1 << 17), defs: String::new(), state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, ids: 0 }
    }

    /// Uniform in 0..1 (SplitMix64).
    pub fn chance(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.chance()
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[(self.chance() * from.len() as f64) as usize % from.len()]
    }

    /// Vertical gradient in user space; returns its paint.
    pub fn shade(&mut self, y0: f64, y1: f64, stops: &[(f64, &str, f64)]) -> String {
        self.gradient(&format!("<linearGradient id=\"g{}\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" x2=\"0\" y1=\"{y0:.0}\" y2=\"{y1:.0}\">", self.ids), "linearGradient", stops)
    }

    /// Horizontal gradient in user space.
    pub fn across(&mut self, x0: f64, x1: f64, stops: &[(f64, &str, f64)]) -> String {
        self.gradient(&format!("<linearGradient id=\"g{}\" gradientUnits=\"userSpaceOnUse\" y1=\"0\" y2=\"0\" x1=\"{x0:.0}\" x2=\"{x1:.0}\">", self.ids), "linearGradient", stops)
    }

    /// Round gradient that fills the shape's own box.
    pub fn glow(&mut self, stops: &[(f64, &str, f64)]) -> String {
        self.gradient(&format!("<radialGradient id=\"g{}\">", self.ids), "radialGradient", stops)
    }

    fn gradient(&mut self, open: &str, tag: &str, stops: &[(f64, &str, f64)]) -> String {
        let id = self.ids;
        self.ids += 1;
        self.defs.push_str(open);
        for (at, colour, opacity) in stops {
            let _ = write!(self.defs, "<stop offset=\"{at}\" stop-color=\"{colour}\" stop-opacity=\"{opacity}\"/>");
        }
        let _ = write!(self.defs, "</{tag}>");
        format!("url(#g{id})")
    }

    pub fn put(&mut self, svg: &str) {
        self.body.push_str(svg);
    }

    pub fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, fill: &str) {
        let _ = write!(self.body, "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"{fill}\"/>");
    }

    pub fn ellipse(&mut self, cx: f64, cy: f64, rx: f64, ry: f64, fill: &str, opacity: f64) {
        let _ = write!(self.body, "<ellipse cx=\"{cx:.1}\" cy=\"{cy:.1}\" rx=\"{rx:.1}\" ry=\"{ry:.1}\" fill=\"{fill}\" fill-opacity=\"{opacity:.2}\"/>");
    }

    pub fn polygon(&mut self, points: &[(f64, f64)], fill: &str, opacity: f64) {
        let _ = write!(self.body, "<path d=\"{}\" fill=\"{fill}\" fill-opacity=\"{opacity:.2}\"/>", path(points, true));
    }

    pub fn line(&mut self, points: &[(f64, f64)], stroke: &str, width: f64, opacity: f64) {
        let _ = write!(
            self.body,
            "<path d=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width:.1}\" stroke-linecap=\"round\" stroke-linejoin=\"round\" stroke-opacity=\"{opacity:.2}\"/>",
            path(points, false)
        );
    }

    /// A natural ridge from left to right: sines of falling size and a little chance.
    pub fn ridge(&mut self, y: f64, height: f64, roughness: f64, steps: usize) -> Vec<(f64, f64)> {
        let waves: Vec<(f64, f64, f64)> = (0..7).map(|i| {
            let k = 1.7f64.powi(i);
            (self.between(0.7, 1.4) * k * 1.3, self.between(0.0, 6.3), height * roughness.powi(i))
        }).collect();
        (0..=steps).map(|i| {
            let t = i as f64 / steps as f64;
            let bump: f64 = waves.iter().map(|(f, p, a)| a * (f * t * std::f64::consts::TAU + p).sin()).sum();
            (t * (W + 40.0) - 20.0, y - bump * 0.5)
        }).collect()
    }

    /// Fills below a ridge down to `bottom`.
    pub fn under(&mut self, ridge: &[(f64, f64)], bottom: f64, fill: &str) {
        let mut points = ridge.to_vec();
        points.push((W + 20.0, bottom));
        points.push((-20.0, bottom));
        self.polygon(&points, fill, 1.0);
    }

    fn finish(self) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\"><defs>{}</defs>{}</svg>", self.defs, self.body)
    }
}

fn path(points: &[(f64, f64)], closed: bool) -> String {
    let mut d = String::with_capacity(points.len() * 14);
    for (i, (x, y)) in points.iter().enumerate() {
        let _ = write!(d, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
    }
    if closed {
        d.push('Z');
    }
    d
}

/// Opaque RGBA to RGB with a fine grain and a slight fall-off to the corners.
///
/// Six million pixels a picture: whole numbers, tables and plain loops, which are fast in an unoptimised build too.
fn grain(rgba: &[u8], width: u32, height: u32, seed: u64) -> Vec<u8> {
    let (width, height) = (width as usize, height as usize);
    let mut state = (seed as u32).wrapping_mul(747_796_405).wrapping_add(2_891_336_453) | 1;
    // 65536 is full light; a sixth of it is gone where both halves of the way to a corner add up.
    let fall = |at: usize, of: usize| (0.16 * 65_536.0 * (at as f32 / of as f32 - 0.5).powi(2)) as i32;
    let across: Vec<i32> = (0..width).map(|x| fall(x, width)).collect();
    let noise: Vec<i32> = (0..511).map(|n| ((n as f32 - 255.0) * 0.030 * 65_536.0) as i32).collect();
    let (across, noise) = (across.as_slice(), noise.as_slice());
    let mut pixels = vec![0; width * height * 3];
    let rgb = pixels.as_mut_slice();
    let (mut from, mut to, mut y) = (0, 0, 0);
    while y < height {
        let light = 65_536 - fall(y, height);
        let mut x = 0;
        while x < width {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let (light, speck) = (light - across[x], noise[((state & 0xff) + ((state >> 8) & 0xff)) as usize]);
            let mut channel = 0;
            while channel < 3 {
                let value = (rgba[from + channel] as i32 * light + speck) >> 16;
                rgb[to + channel] = if value < 0 { 0 } else if value > 255 { 255 } else { value as u8 };
                channel += 1;
            }
            from += 4;
            to += 3;
            x += 1;
        }
        y += 1;
    }
    pixels
}
