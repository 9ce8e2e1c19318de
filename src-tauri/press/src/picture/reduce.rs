//! The one place where pixels are decoded: upright, bounded, smaller; for screen proxies, proofs and PNG previews.
use super::{icc_fits, probe, Colour, PictureFault, PictureFaultKind, PictureInfo, MOST_PIXELS};
use fast_image_resize::images::Image as Pixels;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader, Limits};
use std::io::Cursor;

/// Decoded, upright, 8 bits, no transparency.
pub struct Reduced {
    pub width: u32,
    pub height: u32,
    /// 1 (grey) or 3 (RGB) bytes a pixel.
    pub components: u8,
    pub pixels: Vec<u8>,
    pub icc: Option<Vec<u8>>,
}

/// JPEG of the upright picture with its longer side at most `longest` pixels; never enlarged. Transparency is laid on white.
pub fn reduce(bytes: &[u8], longest: u32, quality: u8) -> Result<Vec<u8>, PictureFault> {
    let small = decode(bytes, longest)?;
    encode(&small, quality)
}

/// Pixels of the upright picture, at most `longest` on its longer side.
pub fn decode(bytes: &[u8], longest: u32) -> Result<Reduced, PictureFault> {
    let (decoded, info, icc) = open(bytes)?;
    let (components, width, height, pixels) = flatten(decoded);
    let (width, height, pixels) = shrink(components, width, height, pixels, longest.max(1)).map_err(|e| broken(&e))?;
    Ok(upright(Reduced { width, height, components, pixels, icc }, info.orientation))
}

/// All pixels of the upright picture, and its transparency (255 covers) if it has any.
pub fn decode_clear(bytes: &[u8]) -> Result<(Reduced, Option<Vec<u8>>), PictureFault> {
    let (decoded, info, icc) = open(bytes)?;
    let (width, height) = (decoded.width(), decoded.height());
    if !decoded.color().has_alpha() {
        let (components, width, height, pixels) = flatten(decoded);
        return Ok((upright(Reduced { width, height, components, pixels, icc }, info.orientation), None));
    }
    let icc = icc.filter(|profile| icc_fits(profile, Colour::Rgb));
    let both = decoded.into_rgba8().into_raw();
    let alpha: Vec<u8> = both.chunks_exact(4).map(|p| p[3]).collect();
    let pixels = both.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let alpha = upright(Reduced { width, height, components: 1, pixels: alpha, icc: None }, info.orientation);
    let clear = alpha.pixels.iter().any(|value| *value < 255);
    let whole = upright(Reduced { width, height, components: 3, pixels, icc }, info.orientation);
    Ok((whole, clear.then_some(alpha.pixels)))
}

fn broken(why: &dyn std::fmt::Display) -> PictureFault {
    PictureFault {
        kind: PictureFaultKind::Broken,
        message: format!("画像を読めませんでした({why})。"),
        hint: "写真アプリで開いて保存し直してください。".into(),
    }
}

/// Decoded but not yet upright, with the profile that fits the decoded colour.
fn open(bytes: &[u8]) -> Result<(DynamicImage, PictureInfo, Option<Vec<u8>>), PictureFault> {
    let info = probe("画像", bytes)?;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| broken(&e))?;
    let mut limits = Limits::default();
    // 16-bit RGBA is the widest that the decoders make.
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| broken(&e))?;
    let icc = decoder.icc_profile().ok().flatten();
    let decoded = DynamicImage::from_decoder(decoder).map_err(|e| broken(&e))?;
    let colour = if decoded.color().has_color() { Colour::Rgb } else { Colour::Gray };
    // The decoder turns CMYK into RGB, and then the CMYK profile no longer fits.
    let icc = icc.filter(|profile| icc_fits(profile, colour));
    Ok((decoded, info, icc))
}

/// JPEG with the profile that belongs to the pixels.
pub fn encode(small: &Reduced, quality: u8) -> Result<Vec<u8>, PictureFault> {
    let mut out = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality);
    if let Some(icc) = &small.icc {
        // A profile that cannot be written costs exactness of colour, not the picture.
        let _ = encoder.set_icc_profile(icc.clone());
    }
    let colour = if small.components == 1 { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
    encoder.write_image(&small.pixels, small.width, small.height, colour).map_err(|e| PictureFault {
        kind: PictureFaultKind::Broken,
        message: format!("画像を書き出せませんでした({e})。"),
        hint: "空きメモリを確かめて、もう一度試してください。".into(),
    })?;
    Ok(out)
}

impl Reduced {
    /// Luma of the picture (ITU-R BT.709), for black-only printing.
    pub fn into_grey(self) -> Reduced {
        if self.components == 1 {
            return Reduced { icc: None, ..self };
        }
        let pixels = self
            .pixels
            .chunks_exact(3)
            .map(|p| ((2126 * u32::from(p[0]) + 7152 * u32::from(p[1]) + 722 * u32::from(p[2]) + 5000) / 10_000) as u8)
            .collect();
        Reduced { components: 1, pixels, icc: None, ..self }
    }
}

/// 8 bits, grey or RGB, transparency laid on white paper.
fn flatten(decoded: DynamicImage) -> (u8, u32, u32, Vec<u8>) {
    let (width, height) = (decoded.width(), decoded.height());
    let grey = !decoded.color().has_color();
    if !decoded.color().has_alpha() {
        return if grey { (1, width, height, decoded.into_luma8().into_raw()) } else { (3, width, height, decoded.into_rgb8().into_raw()) };
    }
    let lay = |value: u8, alpha: u8| ((u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255) as u8;
    let pixels = decoded.into_rgba8().into_raw();
    let pixels = pixels.chunks_exact(4).flat_map(|p| [lay(p[0], p[3]), lay(p[1], p[3]), lay(p[2], p[3])]).collect();
    (3, width, height, pixels)
}

fn shrink(components: u8, width: u32, height: u32, pixels: Vec<u8>, longest: u32) -> Result<(u32, u32, Vec<u8>), String> {
    if width.max(height) <= longest {
        return Ok((width, height, pixels));
    }
    let scale = f64::from(longest) / f64::from(width.max(height));
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    let kind = if components == 1 { PixelType::U8 } else { PixelType::U8x3 };
    let from = Pixels::from_vec_u8(width, height, pixels, kind).map_err(|e| e.to_string())?;
    let mut to = Pixels::new(side(width), side(height), kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&from, &mut to, &options).map_err(|e| e.to_string())?;
    Ok((to.width(), to.height(), to.into_vec()))
}

fn upright(stored: Reduced, orientation: u8) -> Reduced {
    let Some(turn) = image::metadata::Orientation::from_exif(orientation) else { return stored };
    if turn == image::metadata::Orientation::NoTransforms {
        return stored;
    }
    let Reduced { width, height, components, pixels, icc } = stored;
    let image = if components == 1 {
        image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8)
    } else {
        image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
    };
    let mut image = image.unwrap_or_default();
    image.apply_orientation(turn);
    Reduced { width: image.width(), height: image.height(), components, pixels: image.into_bytes(), icc }
}
