//! Pictures made here, whole, turned, cut and hostile.
use super::*;
use image::{ExtendedColorType, ImageEncoder};

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let pixels: Vec<u8> = (0..width * height).flat_map(|i| [(i % width) as u8, (i / width) as u8, 90]).collect();
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 85)
        .write_image(&pixels, width, height, ExtendedColorType::Rgb8)
        .expect("a JPEG");
    out
}

fn png(width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let channels = u32::from(colour.channel_count());
    let pixels: Vec<u8> = (0..width * height * channels).map(|i| (i % 251) as u8).collect();
    let mut out = Vec::new();
    image::codecs::png::PngEncoder::new(&mut out).write_image(&pixels, width, height, colour).expect("a PNG");
    out
}

/// The same JPEG with an EXIF block that says how it lies.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.push(orientation);
    tiff.extend_from_slice(&[0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(tiff.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &tiff, &jpeg[2..]].concat()
}

fn fault(name: &str, bytes: &[u8]) -> PictureFaultKind {
    let fault = probe(name, bytes).expect_err("a fault");
    assert!(fault.message.contains(name), "{}", fault.message);
    assert!(!fault.hint.is_empty());
    fault.kind
}

#[test]
fn a_jpeg_is_measured_upright() {
    let plain = jpeg(60, 40);
    let info = probe("a.jpg", &plain).expect("whole");
    assert_eq!((info.width, info.height, info.orientation, info.colour), (60, 40, 1, Colour::Rgb));
    let info = probe("a.jpg", &turned(&plain, 6)).expect("whole");
    assert_eq!((info.width, info.height, info.orientation), (40, 60, 6));
}

#[test]
fn a_turned_jpeg_is_reduced_upright() {
    let small = decode(&turned(&jpeg(60, 40), 6), 30).expect("decodes");
    assert_eq!((small.width, small.height), (20, 30));
    // Stored left to right grows red; turned clockwise, red grows from top to bottom.
    let red = |y: usize| small.pixels[(y * 20 + 10) * 3];
    assert!(red(28) > red(2) + 30);
}

#[test]
fn a_jpeg_cut_anywhere_is_broken() {
    let whole = jpeg(64, 64);
    for length in [whole.len() - 1, whole.len() - 2, whole.len() / 2, 200, 30, 4] {
        assert_eq!(fault("写真.jpg", &whole[..length]), PictureFaultKind::Broken, "cut at {length}");
    }
}

#[test]
fn a_png_cut_or_bent_is_broken() {
    let whole = png(30, 20, ExtendedColorType::Rgb8);
    assert_eq!(fault("図.png", &whole[..whole.len() - 5]), PictureFaultKind::Broken);
    let mut bent = whole.clone();
    bent[60] ^= 1;
    assert_eq!(fault("図.png", &bent), PictureFaultKind::Broken);
}

#[test]
fn a_png_of_fifty_thousand_squared_is_too_large() {
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(name);
        crc.update(body);
        [&(body.len() as u32).to_be_bytes(), &name[..], body, &crc.sum().to_be_bytes()].concat()
    };
    let side = 50_000u32.to_be_bytes();
    let header = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    let bomb = [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header), &chunk(b"IDAT", &[0x78, 0x9c, 3, 0]), &chunk(b"IEND", &[])].concat();
    assert_eq!(fault("巨大.png", &bomb), PictureFaultKind::TooLarge);
    assert!(decode(&bomb, 100).is_err());
}

#[test]
fn other_files_are_named_for_what_they_are() {
    assert_eq!(fault("手紙.jpg", "お世話になっております".as_bytes()), PictureFaultKind::NotAPicture);
    assert_eq!(fault("空.png", b""), PictureFaultKind::NotAPicture);
    assert_eq!(fault("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0"), PictureFaultKind::Unsupported);
    assert_eq!(fault("a.webp", b"RIFF\0\0\0\0WEBPVP8 "), PictureFaultKind::Unsupported);
}

#[test]
fn transparency_is_kept_on_screen_and_laid_on_white_in_a_jpeg() {
    let clear = {
        let mut out = Vec::new();
        image::codecs::png::PngEncoder::new(&mut out)
            .write_image(&[10, 20, 30, 0, 10, 20, 30, 255], 2, 1, ExtendedColorType::Rgba8)
            .expect("a PNG");
        out
    };
    let small = decode(&clear, 10).expect("decodes");
    assert_eq!(small.alpha.as_deref(), Some(&[0, 255][..]));
    let laid = image::load_from_memory(&encode(&small, 100).expect("a JPEG")).expect("decodes").to_luma8();
    assert!(laid.get_pixel(0, 0)[0] > laid.get_pixel(1, 0)[0] + 100);
    let (kept, format) = proxy(&clear, 10, 80).expect("a PNG");
    assert_eq!(format, Format::Png);
    assert_eq!(image::load_from_memory(&kept).expect("decodes").to_rgba8().into_raw()[3], 0);
}

#[test]
fn plain_png_rows_can_go_into_a_pdf_as_they_are() {
    let plain = Picture::new("a.png", png(30, 20, ExtendedColorType::Rgb8)).expect("whole");
    let rows = png_rows(&plain).expect("rows");
    assert_eq!((rows.width, rows.height, rows.bits, rows.components), (30, 20, 8, 3));
    let clear = Picture::new("a.png", png(30, 20, ExtendedColorType::Rgba8)).expect("whole");
    assert!(png_rows(&clear).is_none());
}
