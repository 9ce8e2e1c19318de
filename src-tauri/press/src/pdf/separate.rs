//! Pictures in four inks: from the picture's own profile through the press's, never more ink than paper takes, stored as JPEG.
use super::coat::Coat;
use super::{fault, PdfFault, PdfFaultKind};
use crate::picture::Reduced;
use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, SamplingFactor};
use moxcms::{ColorProfile, Layout, RenderingIntent, TransformOptions};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Sum of the four inks, in percent.
pub const INK_LIMIT: f32 = 300.0;
/// What JPEG may add to a pixel is kept free below the limit.
const SLACK: f32 = 12.0;
/// Nodes on a side of the table from RGB to CMYK.
const GRID: usize = 33;
/// At 93 no block shows at reading distance and the mean error is below one level in a hundred; 95 costs a quarter more bytes.
pub const QUALITY: u8 = 93;

/// A table from the RGB of one picture profile to the CMYK of the press.
pub struct Separation {
    /// Four inks in 16-bit lanes, by red, green, blue; then room that is read but never counts.
    nodes: Vec<u64>,
    /// The same as JPEG stores them: lightness, blue, red, black.
    stored: Vec<u64>,
    /// Node below a level, and how far beyond it (of 255).
    steps: [(u32, u32); 256],
}

/// Nodes from one to the next along red, green and blue.
const STRIDES: [usize; 3] = [GRID * GRID, GRID, 1];

/// From the first corner of a tetrahedron to its second and third, by which of red ≥ green, green ≥ blue and red ≥ blue hold.
const WALKS: [[usize; 2]; 8] = {
    let [r, g, b] = STRIDES;
    let [rg, rb, gb] = [[r, r + g], [r, r + b], [g, g + b]];
    let [gr, br, bg] = [[g, r + g], [b, r + b], [b, g + b]];
    // Those that contradict themselves never come up.
    [bg, br, gb, rg, bg, rb, gr, rg]
};

/// The way of colours through both profiles, exact and slow: relative colorimetric, the picture's black brought to the press's.
struct Exact {
    transform: Arc<moxcms::Transform16BitExecutor>,
    /// How bright the blackest ink is, paper being 1.
    floor: f64,
}

impl Exact {
    fn new(picture: Option<&[u8]>, press: &[u8]) -> Option<Self> {
        let press = ColorProfile::new_from_slice(press).ok()?;
        let own = picture.and_then(|icc| ColorProfile::new_from_slice(icc).ok()).unwrap_or_else(ColorProfile::new_srgb);
        let options = TransformOptions { rendering_intent: RenderingIntent::RelativeColorimetric, ..TransformOptions::default() };
        let transform = own.create_transform_16bit(Layout::Rgb, &press, Layout::Rgba, options).ok()?;
        let mut exact = Self { transform, floor: 0.0 };
        let blackest = exact.inks(&[[0.0; 3]])?;
        let back = press.create_transform_8bit(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options).ok();
        let mut seen = [0; 3];
        if back.is_some_and(|back| back.transform(&blackest[0], &mut seen).is_ok()) {
            exact.floor = seen.iter().map(|level| linear(f64::from(*level) / 255.0)).sum::<f64>() / 3.0;
        }
        Some(exact)
    }

    /// Inks of colours (0–1), within the ink limit.
    fn inks(&self, colours: &[[f64; 3]]) -> Option<Vec<[u8; 4]>> {
        let raised = |level: f64| coded(linear(level) * (1.0 - self.floor) + self.floor);
        let rgb: Vec<u16> = colours.iter().flatten().map(|level| (raised(*level) * 65_535.0).round() as u16).collect();
        let mut cmyk = vec![0u16; colours.len() * 4];
        self.transform.transform(&rgb, &mut cmyk).ok()?;
        Some(cmyk.chunks_exact(4).map(|inks| limited([0, 1, 2, 3].map(|i| ((u32::from(inks[i]) + 128) / 257) as u8))).collect())
    }
}

/// The curve of sRGB (IEC 61966-2-1), there and back.
fn linear(level: f64) -> f64 {
    if level <= 0.04045 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}
fn coded(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

impl Separation {
    /// From pictures with the profile `picture` (sRGB if none or unreadable) to the press's profile.
    pub fn new(picture: Option<&[u8]>, press: &[u8]) -> Result<Self, PdfFault> {
        let unfit = || {
            fault(
                PdfFaultKind::OutputIntent,
                "ICCプロファイルでは、写真をCMYKに変換できません。",
                "印刷会社が配る出力用のプロファイル(Japan Color 2001 Coated など)を選んでください。",
            )
        };
        let exact = Exact::new(picture, press).ok_or_else(unfit)?;
        let level = |i: usize| i as f64 / (GRID - 1) as f64;
        let colours: Vec<[f64; 3]> = (0..GRID * GRID * GRID).map(|i| [level(i / GRID / GRID), level(i / GRID % GRID), level(i % GRID)]).collect();
        let mut nodes: Vec<u64> = exact.inks(&colours).ok_or_else(unfit)?.into_iter().map(lanes).collect();
        // White is paper, whatever a table's rounding says.
        if let Some(white) = nodes.last_mut() {
            *white = 0;
        }
        let steps = std::array::from_fn(|v| {
            let scaled = v * (GRID - 1);
            ((scaled / 255) as u32, (scaled % 255) as u32)
        });
        // A part of nothing walks beyond the last node.
        nodes.resize(nodes.len() + STRIDES.iter().sum::<usize>(), 0);
        let stored = nodes.iter().map(|inks| lanes(as_stored(apart(*inks)))).collect();
        Ok(Self { nodes, stored, steps })
    }

    pub fn ink(&self, rgb: [u8; 3]) -> [u8; 4] {
        apart(self.between(&self.nodes, rgb))
    }

    /// Between the nodes along the tetrahedron that holds the colour: exact on greys, and never above the limit that the nodes
    /// keep. Without a branch, since the grain of a photo takes every one at random.
    fn between(&self, nodes: &[u64], [red, green, blue]: [u8; 3]) -> u64 {
        let ((r, fr), (g, fg), (b, fb)) = (self.steps[usize::from(red)], self.steps[usize::from(green)], self.steps[usize::from(blue)]);
        let base = r as usize * STRIDES[0] + g as usize * STRIDES[1] + b as usize;
        let [second, third] = WALKS[usize::from(fr >= fg) | usize::from(fg >= fb) << 1 | usize::from(fr >= fb) << 2];
        let (most, least) = (fr.max(fg).max(fb), fr.min(fg).min(fb));
        let middle = fr + fg + fb - most - least;
        let part = |at: usize, weight: u32| nodes[base + at] * u64::from(weight);
        let sum = part(0, 255 - most) + part(second, most - middle) + part(third, middle - least) + part(STRIDES[0] + STRIDES[1] + STRIDES[2], least);
        // Each lane divided by 255, rounded: no lane can overflow, since 255 × 255 + 128 + 255 < 65,536.
        let sum = sum + 0x0080_0080_0080_0080;
        ((sum + (sum >> 8 & LOW)) >> 8) & LOW
    }
}

/// The lower byte of every lane.
const LOW: u64 = 0x00ff_00ff_00ff_00ff;

fn lanes(inks: [u8; 4]) -> u64 {
    inks.iter().rev().fold(0, |all, ink| all << 16 | u64::from(*ink))
}

fn apart(lanes: u64) -> [u8; 4] {
    [0, 16, 32, 48].map(|shift| (lanes >> shift) as u8)
}

/// Inks as YCCK, which Adobe's marker says.
fn as_stored([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 4] {
    let (lightness, blue, red) = jpeg_encoder::rgb_to_ycbcr(255 - cyan, 255 - magenta, 255 - yellow);
    [lightness, blue, red, black]
}

/// Takes away the coloured inks alike until the sum fits; black keeps the drawing.
fn limited(inks: [u8; 4]) -> [u8; 4] {
    let most = (INK_LIMIT - SLACK) * 2.55;
    let (colours, black) = (inks[..3].iter().map(|ink| f32::from(*ink)).sum::<f32>(), f32::from(inks[3]));
    if colours + black <= most {
        return inks;
    }
    let keep = (most - black) / colours;
    let less = |ink: u8| (f32::from(ink) * keep) as u8;
    [less(inks[0]), less(inks[1]), less(inks[2]), inks[3]]
}

/// JPEG in CMYK (stored as YCCK, which every RIP since PostScript level 2 reads), made row by row: the four inks of a whole
/// picture are never in memory. Grey pixels go to black alone.
pub fn jpeg(picture: &Reduced, separation: &Separation, coats: &[Coat]) -> Result<Vec<u8>, PdfFault> {
    let large = || fault(PdfFaultKind::Internal, "写真をCMYKで書き出せませんでした。", "写真の長い辺を65,000画素より小さくしてください。");
    let plates = Plates { picture, separation, coats, width: u16::try_from(picture.width).map_err(|_| large())?, height: u16::try_from(picture.height).map_err(|_| large())? };
    let mut out = Vec::with_capacity(picture.pixels.len() / 4);
    let mut encoder = Encoder::new(&mut out, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.encode_image(plates).map_err(|_| large())?;
    Ok(out)
}

struct Plates<'a> {
    picture: &'a Reduced,
    separation: &'a Separation,
    coats: &'a [Coat],
    width: u16,
    height: u16,
}

impl ImageBuffer for Plates<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycck
    }
    fn width(&self) -> u16 {
        self.width
    }
    fn height(&self) -> u16 {
        self.height
    }
    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let components = usize::from(self.picture.components);
        let width = usize::from(self.width);
        let pixels = &self.picture.pixels[usize::from(y) * width * components..][..width * components];
        let at = buffers[0].len();
        buffers.iter_mut().for_each(|buffer| buffer.resize(at + width, 0));
        let [lightness, blue, red, black] = buffers.each_mut().map(|buffer| &mut buffer[at..]);
        let rows = lightness.iter_mut().zip(blue).zip(red).zip(black);
        if self.coats.is_empty() && components == 3 {
            for (rgb, (((l, b), r), k)) in pixels.chunks_exact(3).zip(rows) {
                [*l, *b, *r, *k] = apart(self.separation.between(&self.separation.stored, [rgb[0], rgb[1], rgb[2]]));
            }
            return;
        }
        let mut inks: Vec<u8> = Vec::with_capacity(width * 4);
        if components == 1 {
            pixels.iter().for_each(|grey| inks.extend([0, 0, 0, 255 - grey]));
        } else {
            pixels.chunks_exact(3).for_each(|rgb| inks.extend(self.separation.ink([rgb[0], rgb[1], rgb[2]])));
        }
        self.coats.iter().for_each(|coat| coat.over(&mut inks, usize::from(y), usize::from(self.height)));
        for (inks, (((l, b), r), k)) in inks.chunks_exact(4).zip(rows) {
            [*l, *b, *r, *k] = as_stored([inks[0], inks[1], inks[2], inks[3]]);
        }
    }
}

/// Pixels that may be decoded at one time in this process, whatever the number of cores: about 200 MB.
const MOST_AT_ONCE: u64 = 64_000_000;

static UNDER_WAY: Mutex<u64> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

/// Waits until `pixels` more may be decoded; they are given back when the answer is dropped.
pub fn room_for(pixels: u64) -> Room {
    let mut held = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
    while *held > 0 && *held + pixels > MOST_AT_ONCE {
        held = FREED.wait(held).unwrap_or_else(PoisonError::into_inner);
    }
    *held += pixels;
    Room(pixels)
}

pub struct Room(u64);
impl Drop for Room {
    fn drop(&mut self) {
        *UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
        FREED.notify_all();
    }
}

/// Tables by picture profile, each made once a file.
pub struct Separations {
    press: Arc<[u8]>,
    made: Mutex<Vec<(Option<Vec<u8>>, Arc<Separation>)>>,
}

impl Separations {
    pub fn new(press: Arc<[u8]>) -> Result<Self, PdfFault> {
        let plain = Arc::new(Separation::new(None, &press)?);
        Ok(Self { press, made: Mutex::new(vec![(None, plain)]) })
    }

    pub fn of(&self, icc: Option<&[u8]>) -> Result<Arc<Separation>, PdfFault> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = made.iter().find(|(known, _)| known.as_deref() == icc) {
            return Ok(known.clone());
        }
        let new = Arc::new(Separation::new(icc, &self.press)?);
        made.push((icc.map(<[u8]>::to_vec), new.clone()));
        Ok(new)
    }
}

/// Where a picture covers, as a 1-bit stencil (ISO 32000-1, 8.9.6.3): soft edges become fine dots of `FINENESS` a pixel.
pub struct Stencil {
    pub width: u32,
    pub height: u32,
    /// Rows of bits, 1 where nothing is painted.
    pub bits: Vec<u8>,
}

/// Stencil dots along one pixel; fewer on large pictures.
const FINENESS: u32 = 4;
const MOST_DOTS: u64 = 64_000_000;

pub fn stencil(alpha: &[u8], width: u32, height: u32) -> Stencil {
    const BAYER: [[u8; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];
    let fine = (1..=FINENESS).rev().find(|f| u64::from(width * f) * u64::from(height * f) <= MOST_DOTS).unwrap_or(1);
    let (wide, high) = (width * fine, height * fine);
    let stride = wide.div_ceil(8) as usize;
    let mut bits = vec![0u8; stride * high as usize];
    let value = |x: i64, y: i64| {
        let (x, y) = (x.clamp(0, i64::from(width) - 1) as usize, y.clamp(0, i64::from(height) - 1) as usize);
        f32::from(alpha[y * width as usize + x])
    };
    for y in 0..high {
        let v = (y as f32 + 0.5) / fine as f32 - 0.5;
        let (y0, fv) = (v.floor() as i64, v - v.floor());
        for x in 0..wide {
            let u = (x as f32 + 0.5) / fine as f32 - 0.5;
            let (x0, fu) = (u.floor() as i64, u - u.floor());
            let upper = value(x0, y0) * (1.0 - fu) + value(x0 + 1, y0) * fu;
            let lower = value(x0, y0 + 1) * (1.0 - fu) + value(x0 + 1, y0 + 1) * fu;
            let covers = upper * (1.0 - fv) + lower * fv;
            let threshold = f32::from(BAYER[y as usize % 4][x as usize % 4]) * 16.0 + 8.0;
            if covers < threshold {
                bits[y as usize * stride + x as usize / 8] |= 128 >> (x % 8);
            }
        }
    }
    Stencil { width: wide, height: high, bits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_colour_takes_more_ink_than_the_paper() {
        let separation = Separation::new(None, &super::super::colour::coated()).expect("the shipped profile");
        assert_eq!(separation.ink([255, 255, 255]), [0; 4]);
        for i in 0..4096u32 {
            let rgb = [i.wrapping_mul(97) as u8, i.wrapping_mul(61) as u8, i.wrapping_mul(31) as u8];
            let sum: u32 = separation.ink(rgb).iter().map(|ink| u32::from(*ink)).sum();
            assert!(sum as f32 / 2.55 <= INK_LIMIT, "{rgb:?}: {sum}");
        }
        let dark = separation.ink([0, 0, 0]);
        assert!(dark[3] > 200, "black is drawn in black: {dark:?}");
    }

    #[test]
    fn between_nodes_the_table_is_what_the_profile_says() {
        let exact = Exact::new(None, &super::super::colour::coated()).expect("a transform");
        let separation = Separation::new(None, &super::super::colour::coated()).expect("a table");
        let colours: Vec<[u8; 3]> = (0..2000u32).map(|i| [37, 53, 71].map(|step| (30 + i.wrapping_mul(step) % 226) as u8)).collect();
        let slow = exact.inks(&colours.iter().map(|rgb| rgb.map(|level| f64::from(level) / 255.0)).collect::<Vec<_>>()).expect("inks");
        let off: Vec<u8> = colours.iter().zip(slow).map(|(rgb, slow)| separation.ink(*rgb).iter().zip(slow).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)).collect();
        let mean = off.iter().map(|o| f64::from(*o)).sum::<f64>() / off.len() as f64;
        assert!(mean < 1.5, "{mean} levels of 255 on average");
        assert!(off.iter().all(|o| *o <= 14), "{:?} levels of 255", off.iter().max());
    }

    #[test]
    fn a_stencil_has_as_many_dots_as_the_edge_is_soft() {
        let half = stencil(&[128; 64], 8, 8);
        let open: u32 = half.bits.iter().map(|byte| byte.count_ones()).sum();
        assert_eq!((half.width, half.height), (32, 32));
        assert!((open as i32 - 512).abs() < 40, "{open} of 1024");
        assert!(stencil(&[255; 4], 2, 2).bits.iter().all(|byte| *byte == 0));
    }
}
