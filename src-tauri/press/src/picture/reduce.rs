//! The one place where pixels are decoded: upright, bounded, smaller; for screen proxies, proofs and PNG previews.
use super::{icc_fits, probe, Colour, Format, PictureFault, PictureFaultKind, PictureInfo, MOST_PIXELS};
use fast_image_resize::images::Image as Pixels;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader, Limits};
use std::io::Cursor;

/// Decoded, upright, 8 bits.
pub struct Reduced {
    pub width: u32,
    pub height: u32,
    /// 1 (grey) or 3 (RGB) bytes a pixel.
    pub components: u8,
    pub pixels: Vec<u8>,
    /// One byte a pixel, 255 covers; absent when everything covers.
    pub alpha: Option<Vec<u8>>,
    pub icc: Option<Vec<u8>>,
}

/// JPEG of the upright picture with its longer side at most `longest` pixels; never enlarged. Transparency is laid on white.
pub fn reduce(bytes: &[u8], longest: u32, quality: u8) -> Result<Vec<u8>, PictureFault> {
    encode(&decode(bytes, longest)?, quality)
}

/// As `reduce`, but a picture with transparency becomes a PNG that keeps it: what the screen shows in place of the file.
pub fn proxy(bytes: &[u8], longest: u32, quality: u8) -> Result<(Vec<u8>, Format), PictureFault> {
    let small = decode(bytes, longest)?;
    let Some(alpha) = &small.alpha else { return Ok((encode(&small, quality)?, Format::Jpeg)) };
    let colours = usize::from(small.components);
    let both: Vec<u8> = small.pixels.chunks_exact(colours).zip(alpha).flat_map(|(p, a)| [p[0], p[colours / 2], p[colours - 1], *a]).collect();
    let mut out = Vec::new();
    image::codecs::png::PngEncoder::new(&mut out)
        .write_image(&both, small.width, small.height, ExtendedColorType::Rgba8)
        .map_err(|e| unwritten(&e))?;
    Ok((out, Format::Png))
}

/// Pixels of the upright picture, at most `longest` on its longer side.
pub fn decode(bytes: &[u8], longest: u32) -> Result<Reduced, PictureFault> {
    let info = probe("画像", bytes)?;
    let (decoded, icc) = open(bytes, &info)?;
    let icc = icc.filter(|profile| icc_fits(profile, if decoded.color().has_color() { Colour::Rgb } else { Colour::Gray }));
    let (kind, width, height, pixels) = plain(decoded);
    let (width, height, pixels) = shrink(kind, width, height, pixels, longest.max(1)).map_err(|e| broken(&e))?;
    let (width, height, pixels) = upright(kind, width, height, pixels, info.orientation);
    Ok(split(kind, width, height, pixels, icc))
}

/// JPEG with the profile that belongs to the pixels; transparency laid on white paper.
pub fn encode(small: &Reduced, quality: u8) -> Result<Vec<u8>, PictureFault> {
    let colours = usize::from(small.components);
    let lay = |value: u8, alpha: u8| ((u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255) as u8;
    let laid: Vec<u8> = match &small.alpha {
        Some(alpha) => small.pixels.chunks_exact(colours).zip(alpha).flat_map(|(p, a)| p.iter().map(|v| lay(*v, *a)).collect::<Vec<_>>()).collect(),
        None => Vec::new(),
    };
    let pixels = if small.alpha.is_some() { &laid } else { &small.pixels };
    let mut out = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality);
    if let Some(icc) = &small.icc {
        // A profile that cannot be written costs exactness of colour, not the picture.
        let _ = encoder.set_icc_profile(icc.clone());
    }
    let colour = if small.components == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    encoder.write_image(pixels, small.width, small.height, colour).map_err(|e| unwritten(&e))?;
    Ok(out)
}

/// A photo in one ink is flatter than in four: its contrast is raised about the middle grey. The screen does the same.
pub const BLACK_CONTRAST: f64 = 1.08;

impl Reduced {
    /// Luma of the picture (ITU-R BT.709) with a little more contrast, for black-only printing.
    pub fn into_grey(mut self) -> Reduced {
        let spread = |v: u8| ((f64::from(v) - 127.5) * BLACK_CONTRAST + 127.5).round().clamp(0.0, 255.0) as u8;
        let curve: [u8; 256] = std::array::from_fn(|v| spread(v as u8));
        if self.components == 1 {
            self.pixels.iter_mut().for_each(|v| *v = curve[usize::from(*v)]);
            return Reduced { icc: None, ..self };
        }
        let luma = |p: &[u8]| ((2126 * u32::from(p[0]) + 7152 * u32::from(p[1]) + 722 * u32::from(p[2]) + 5000) / 10_000) as usize;
        let pixels = self.pixels.chunks_exact(3).map(|p| curve[luma(p).min(255)]).collect();
        Reduced { components: 1, pixels, icc: None, ..self }
    }
}

fn broken(why: &dyn std::fmt::Display) -> PictureFault {
    PictureFault {
        kind: PictureFaultKind::Broken,
        message: format!("画像を読めませんでした({why})。"),
        hint: "写真アプリで開いて保存し直してください。".into(),
    }
}

fn unwritten(why: &dyn std::fmt::Display) -> PictureFault {
    PictureFault {
        kind: PictureFaultKind::Broken,
        message: format!("画像を書き出せませんでした({why})。"),
        hint: "空きメモリを確かめて、もう一度試してください。".into(),
    }
}

/// Decoded but not yet upright, with the file's profile. The decoder turns CMYK into RGB.
fn open(bytes: &[u8], info: &PictureInfo) -> Result<(DynamicImage, Option<Vec<u8>>), PictureFault> {
    let mut reader = ImageReader::new(Cursor::new(bytes));
    reader.set_format(match info.format {
        Format::Jpeg => image::ImageFormat::Jpeg,
        Format::Png => image::ImageFormat::Png,
    });
    let mut limits = Limits::default();
    // 16-bit RGBA is the widest that the decoders make.
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| broken(&e))?;
    let icc = decoder.icc_profile().ok().flatten();
    Ok((DynamicImage::from_decoder(decoder).map_err(|e| broken(&e))?, icc))
}

/// 8-bit grey, RGB or RGBA.
fn plain(decoded: DynamicImage) -> (PixelType, u32, u32, Vec<u8>) {
    let (width, height, colour) = (decoded.width(), decoded.height(), decoded.color());
    match (colour.has_alpha(), colour.has_color()) {
        (true, _) => (PixelType::U8x4, width, height, decoded.into_rgba8().into_raw()),
        (false, true) => (PixelType::U8x3, width, height, decoded.into_rgb8().into_raw()),
        (false, false) => (PixelType::U8, width, height, decoded.into_luma8().into_raw()),
    }
}

fn shrink(kind: PixelType, width: u32, height: u32, pixels: Vec<u8>, longest: u32) -> Result<(u32, u32, Vec<u8>), String> {
    if width.max(height) <= longest {
        return Ok((width, height, pixels));
    }
    let scale = f64::from(longest) / f64::from(width.max(height));
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    let from = Pixels::from_vec_u8(width, height, pixels, kind).map_err(|e| e.to_string())?;
    let mut to = Pixels::new(side(width), side(height), kind);
    // Clear pixels do not bleed their hidden colour into their neighbours: the resizer weighs by alpha.
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&from, &mut to, &options).map_err(|e| e.to_string())?;
    Ok((to.width(), to.height(), to.into_vec()))
}

fn upright(kind: PixelType, width: u32, height: u32, pixels: Vec<u8>, orientation: u8) -> (u32, u32, Vec<u8>) {
    let turn = image::metadata::Orientation::from_exif(orientation).filter(|turn| *turn != image::metadata::Orientation::NoTransforms);
    let Some(turn) = turn else { return (width, height, pixels) };
    let image = match kind {
        PixelType::U8 => image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        PixelType::U8x4 => image::RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
        _ => image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
    };
    let mut image = image.unwrap_or_default();
    image.apply_orientation(turn);
    (image.width(), image.height(), image.into_bytes())
}

fn split(kind: PixelType, width: u32, height: u32, pixels: Vec<u8>, icc: Option<Vec<u8>>) -> Reduced {
    if kind != PixelType::U8x4 {
        let components = if kind == PixelType::U8 { 1 } else { 3 };
        return Reduced { width, height, components, pixels, alpha: None, icc };
    }
    let alpha: Vec<u8> = pixels.chunks_exact(4).map(|p| p[3]).collect();
    let pixels = pixels.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let clear = alpha.iter().any(|value| *value < 255);
    // A grey picture became RGB on the way; its grey profile stays behind.
    let icc = icc.filter(|profile| icc_fits(profile, Colour::Rgb));
    Reduced { width, height, components: 3, pixels, alpha: clear.then_some(alpha), icc }
}
