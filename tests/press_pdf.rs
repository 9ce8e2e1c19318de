//! What an outside reader finds in our PDFs: pages made by hand, written in every mode, read by pikepdf, qpdf and poppler.
#[path = "press/by_hand.rs"]
mod by_hand;

use by_hand::*;
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use tenjicho_press::font::FontId;
use tenjicho_press::length::{Mm, Pt};
use tenjicho_press::page::{Image, Ink, Item, Page};
use tenjicho_press::pdf::{self, Mode, PdfFaultKind, PdfOptions, Summary};
use tenjicho_press::picture::{Images, Picture};

/// 2026-11-22 12:00 in Japan.
const NOON: i64 = 1_795_316_400;

fn folder() -> PathBuf {
    let folder = root().join("test-output/pdf");
    std::fs::create_dir_all(&folder).expect("a folder for what the tests make");
    folder
}

fn options(mode: Mode) -> PdfOptions {
    PdfOptions {
        author: "特別区全国連携プロジェクト".into(),
        stamp: "校正 第2版 令和8年11月22日".into(),
        ..PdfOptions::new(mode, "銚子市 <A&B> (見本)", NOON)
    }
}

fn write(pages: &[Page], images: &Images, options: &PdfOptions) -> (Vec<u8>, Summary) {
    let mut bytes = Vec::new();
    let summary = pdf::write(pages, &fonts(), images, options, &mut bytes).expect("a PDF");
    assert_eq!(summary.bytes, bytes.len() as u64);
    (bytes, summary)
}

/// Writes the file under `name` and lets the outside reader tell what is in it.
fn facts(name: &str, bytes: &[u8]) -> Value {
    let path = folder().join(format!("{name}.pdf"));
    std::fs::write(&path, bytes).expect("written");
    let reader = root().join("tests/press/pdf_facts.py");
    let done = Command::new("python3").arg(reader).arg(&path).output();
    let done = done.unwrap_or_else(|e| panic!("python3 with pikepdf, qpdf and poppler-utils are needed: `cargo xtask test` installs them ({e})"));
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "the outside reader failed; `cargo xtask test` installs pikepdf, qpdf and poppler-utils\n{complaint}");
    serde_json::from_slice(&done.stdout).expect("JSON from the reader")
}

/// A photo with enough in it that compression does not make it tiny.
fn photo_jpeg(width: u32, height: u32) -> Vec<u8> {
    use image::ImageEncoder;
    let pixels: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            let wave = ((f64::from(x) / 37.0).sin() * 24.0 + (f64::from(y) / 23.0).cos() * 18.0) as i32;
            let noise = ((x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 13 & 15) as i32;
            let sky = 200 - (y * 120 / height) as i32;
            [sky - 60 + wave + noise, sky - 20 + wave / 2 + noise, sky + 30 + noise].map(|v| v.clamp(0, 255) as u8)
        })
        .collect();
    let mut out = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 88);
    encoder.write_image(&pixels, width, height, image::ExtendedColorType::Rgb8).expect("a JPEG");
    out
}

fn one_photo(bytes: Vec<u8>) -> Images {
    Images::from([("海岸".to_owned(), Picture::new("海岸.jpg", bytes).expect("a whole picture"))])
}

fn a3() -> (Page, Images, Vec<u8>) {
    let jpeg = photo_jpeg(1500, 1000);
    (panel(&fonts(), ("海岸", (1500, 1000))), one_photo(jpeg.clone()), jpeg)
}

fn near(found: &Value, wanted: [f64; 4]) {
    let found: Vec<f64> = found.as_array().expect("a box").iter().map(|v| v.as_f64().expect("a number")).collect();
    for (found, wanted) in found.iter().zip(wanted) {
        // 0.05 mm
        assert!((found - wanted).abs() < 0.14, "{found} for {wanted}");
    }
}

/// Checksum and length, as the outside reader gives them.
fn sum(bytes: &[u8]) -> Value {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    serde_json::json!([crc.sum(), bytes.len()])
}

/// What holds in every mode.
fn common(facts: &Value) {
    assert_eq!(facts["check"]["code"], 0, "{}", facts["check"]);
    assert!(facts["check"]["out"].as_str().expect("words").contains("No syntax or stream encoding errors"), "{}", facts["check"]["out"]);
    assert_eq!(facts["header"], "%PDF-1.6");
    assert_eq!(facts["lang"], "ja-JP");
    assert_eq!(facts["viewer"]["DisplayDocTitle"], "True");
    assert_eq!(facts["viewer"]["PrintScaling"], "/None");
    assert_eq!(facts["mode"], "/UseOutlines");
    assert_eq!(facts["bookmarks"], serde_json::json!(["銚子市"]));
    assert_eq!(facts["info"]["Title"], "銚子市 <A&B> (見本)");
    assert_eq!(facts["xmp"]["title"], facts["info"]["Title"]);
    assert_eq!(facts["xmp"]["creator"][0], facts["info"]["Author"]);
    assert_eq!(facts["xmp"]["producer"], facts["info"]["Producer"]);
    assert_eq!(facts["xmp"]["tool"], facts["info"]["Creator"]);
    assert_eq!(facts["info"]["CreationDate"], "D:20261122120000+09'00'");
    assert_eq!(facts["xmp"]["created"], "2026-11-22T12:00:00+09:00");
    assert_eq!(facts["id"][0], facts["id"][1]);
    for font in facts["pages"][0]["fonts"].as_array().expect("fonts") {
        assert!(font["program"] == true && font["unicode"] == true && font["same"] == true, "{font}");
        let name = font["name"].as_str().expect("a name");
        assert!(name[1..7].bytes().all(|b| b.is_ascii_uppercase()) && &name[7..8] == "+", "{name}");
        assert!(font["bytes"].as_u64().expect("a size") < 200_000, "{font}");
    }
    let text = facts["text"].as_str().expect("text");
    for words in ["銚子市", "Chōshi", "髙﨑㈱", "葛󠄀城市", "葛飾区", "𠮷野家", "延べ1,158名", "特別区全国連携プロジェクトの展示です。①～③、100％、12㎡、「かぎ」。"] {
        assert!(text.replace([' ', '\n'], "").contains(&words.replace(' ', "")), "{words} is not in\n{text}");
    }
}

/// Rules of PDF/X-4 that the file breaks, one a line.
fn breaches(name: &str) -> String {
    let path = folder().join(format!("{name}.pdf"));
    let done = Command::new("python3").arg(root().join("tests/press/x4_rules.py")).arg(path).output().expect("python3 with pikepdf");
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

#[test]
fn x4_is_what_it_says() {
    let (page, images, jpeg) = a3();
    let (bytes, summary) = write(&[page], &images, &options(Mode::X4));
    assert_eq!((summary.kept, summary.remade), (1, 0));
    let facts = facts("x4", &bytes);
    common(&facts);
    assert_eq!(breaches("x4"), "");
    let page = &facts["pages"][0];
    let edge = Mm(15.0).pt().0;
    let (w, h) = (Mm(297.0).pt().0, Mm(420.0).pt().0);
    near(&page["media"], [0.0, 0.0, w + 2.0 * edge, h + 2.0 * edge]);
    near(&page["trim"], [edge, edge, edge + w, edge + h]);
    let bleed = edge - Mm(3.0).pt().0;
    near(&page["bleed"], [bleed, bleed, edge + w + Mm(3.0).pt().0, edge + h + Mm(3.0).pt().0]);
    assert_eq!(page["crop"], false);
    let operators = page["operators"].as_object().expect("operators");
    for rgb in ["rg", "RG", "g", "G", "ri"] {
        assert!(!operators.contains_key(rgb), "{rgb} in an X-4 page");
    }
    assert!(operators.contains_key("k") && operators.contains_key("K"));
    assert_eq!(page["group"], "/DeviceCMYK");
    assert_eq!(page["shadings"], serde_json::json!(["/DeviceCMYK"]));
    assert_eq!(page["spaces"]["/Registration"], "Separation/All");
    assert!(page["overprint"]["black_runs"].as_u64().expect("a number") >= 3);
    assert_eq!(page["overprint"]["wrong"], 0);
    assert_eq!(page["links"], serde_json::json!([]), "annotations on the printed area are not allowed");
    let intents = facts["intents"].as_array().expect("intents");
    assert_eq!(intents.len(), 1);
    assert_eq!(intents[0]["kind"], "/GTS_PDFX");
    assert_eq!(intents[0]["condition"], "FOGRA39");
    assert_eq!((&intents[0]["profile"], &intents[0]["colours"]), (&"CMYK".into(), &4.into()));
    assert_eq!(facts["xmp"]["pdfx"], "PDF/X-4");
    assert_eq!(facts["info"]["GTS_PDFXVersion"], "PDF/X-4");
    assert_eq!((&facts["xmp"]["trapped"], &facts["info"]["Trapped"]), (&"False".into(), &"/False".into()));
    assert!(facts["xmp"]["document"].as_str().is_some_and(|id| id.starts_with("uuid:")));
    let picture = &page["pictures"][0];
    assert_eq!(picture["filter"], "/DCTDecode");
    assert_eq!(picture["space"], "ICCBased3");
    assert_eq!(picture["sum"], sum(&jpeg), "the JPEG is not the file");
}

#[test]
fn office_is_srgb_on_the_trimmed_size() {
    let (page, images, jpeg) = a3();
    let (bytes, _) = write(&[page], &images, &options(Mode::Office));
    let facts = facts("office", &bytes);
    common(&facts);
    let page = &facts["pages"][0];
    let (w, h) = (Mm(297.0).pt().0, Mm(420.0).pt().0);
    for kind in ["media", "trim", "bleed"] {
        near(&page[kind], [0.0, 0.0, w, h]);
    }
    let operators = page["operators"].as_object().expect("operators");
    assert!(!operators.contains_key("k") && !operators.contains_key("K") && operators.contains_key("rg"));
    assert_eq!(facts["intents"], serde_json::json!([]));
    assert!(breaches("office").contains("the metadata say PDF/X-4"), "the rules find nothing wrong with an office file");
    assert!(facts["xmp"]["pdfx"].is_null() && facts["info"]["GTS_PDFXVersion"].is_null(), "an office file is no PDF/X");
    assert_eq!(page["links"], serde_json::json!(["https://www.tokyo23city.or.jp/"]));
    assert_eq!(page["pictures"][0]["sum"], sum(&jpeg));
}

#[test]
fn a_proof_is_small_and_stamped() {
    let jpeg = photo_jpeg(4000, 2600);
    assert!(jpeg.len() > 1_500_000, "{}", jpeg.len());
    let page = panel(&fonts(), ("海岸", (4000, 2600)));
    let (bytes, summary) = write(&[page], &one_photo(jpeg), &options(Mode::Proof));
    assert!(bytes.len() < 1_000_000, "{}", bytes.len());
    assert_eq!(summary.remade, 1);
    let facts = facts("proof", &bytes);
    common(&facts);
    near(&facts["pages"][0]["media"], [0.0, 0.0, Mm(210.0).pt().0, Mm(297.0).pt().0]);
    let text = facts["text"].as_str().expect("text");
    assert!(text.contains("校正 第2版 令和8年11月22日"), "{text}");
    assert!(text.contains("297×420 mm"), "{text}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (page, images, _) = a3();
    for mode in [Mode::X4, Mode::Office, Mode::Proof] {
        let first = write(std::slice::from_ref(&page), &images, &options(mode));
        let second = write(std::slice::from_ref(&page), &images, &options(mode));
        assert!(first.0 == second.0, "{mode:?} differs from run to run");
        let later = PdfOptions { date: NOON + 60, ..options(mode) };
        assert_ne!(write(std::slice::from_ref(&page), &images, &later).1.id, first.1.id, "another content, another ID");
    }
}

/// The same JPEG with an EXIF block that says how it lies.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.push(orientation);
    tiff.extend_from_slice(&[0; 6]);
    let length = u16::try_from(tiff.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &tiff, &jpeg[2..]].concat()
}

#[test]
fn a_turned_photo_goes_over_unchanged_and_is_seen_upright() {
    // Red corner at the top left of the stored pixels.
    let stored = {
        use image::ImageEncoder;
        let pixels: Vec<u8> = (0..80 * 120).flat_map(|i| if i % 120 < 30 && i / 120 < 30 { [230, 20, 20] } else { [240, 240, 240] }).collect();
        let mut out = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 95).write_image(&pixels, 120, 80, image::ExtendedColorType::Rgb8).expect("a JPEG");
        out
    };
    // Where the corner is seen: x and y, 0 left or top.
    let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0), (1, 0), (1, 1), (0, 1)];
    for (orientation, corner) in (1..=8).zip(corners) {
        let jpeg = turned(&stored, orientation);
        let images = one_photo(jpeg.clone());
        let info = &images["海岸"].info;
        let (w, h) = (f64::from(info.width), f64::from(info.height));
        let image = Image { name: "海岸".into(), x: Pt(0.0), y: Pt(0.0), width: Pt(w), height: Pt(h), mono: false };
        let page = Page { name: "写真".into(), width: Pt(w), height: Pt(h), bleed: Pt(0.0), items: vec![Item::Image(image)] };
        let (bytes, _) = write(std::slice::from_ref(&page), &images, &options(Mode::Office));
        assert!(bytes.windows(jpeg.len()).any(|window| window == jpeg), "orientation {orientation} is not carried over");
        let screen = tenjicho_press::png::draw(&page, &images, &fonts(), w as u32).expect("a PNG");
        for (who, seen) in [("pdf", rasterise(&format!("turned-{orientation}"), &bytes)), ("svg", image::load_from_memory(&screen).expect("a PNG").to_rgb8())] {
            let at = |side: u32, far: i32| if far == 1 { side - 8 } else { 8 };
            let pixel = seen.get_pixel(at(seen.width(), corner.0), at(seen.height(), corner.1));
            assert!(pixel[0] > 200 && pixel[1] < 90, "orientation {orientation} in {who}: {pixel:?} at {corner:?}");
        }
    }
}

/// First page at 72 ppi as poppler draws it.
fn rasterise(name: &str, bytes: &[u8]) -> image::RgbImage {
    let path = folder().join(format!("{name}.pdf"));
    std::fs::write(&path, bytes).expect("written");
    let stem = folder().join(name);
    let done = Command::new("pdftoppm").args(["-r", "72", "-png", "-singlefile"]).arg(&path).arg(&stem).status();
    assert!(done.is_ok_and(|status| status.success()), "pdftoppm is needed: `cargo xtask test` installs poppler-utils");
    image::open(stem.with_extension("png")).expect("poppler's picture").to_rgb8()
}

/// Patches of 6×6 pixels in which screen and print differ clearly, at `width` pixels. Anti-aliasing differs between
/// renderers, ink does not.
fn apart(name: &str, page: &Page, images: &Images, width: u32) -> usize {
    let (bytes, _) = write(std::slice::from_ref(page), images, &options(Mode::Office));
    let path = folder().join(format!("{name}.pdf"));
    std::fs::write(&path, bytes).expect("written");
    let stem = folder().join(name);
    let wide = width.to_string();
    let done = Command::new("pdftoppm").args(["-thinlinemode", "shape", "-scale-to-x", &wide, "-scale-to-y", "-1", "-png", "-singlefile"]).arg(&path).arg(&stem).status();
    assert!(done.is_ok_and(|status| status.success()), "pdftoppm is needed: `cargo xtask test` installs poppler-utils");
    let print = image::open(stem.with_extension("png")).expect("poppler's picture").to_rgb8();
    let screen = tenjicho_press::png::draw(page, images, &fonts(), width).expect("a PNG");
    std::fs::write(folder().join(format!("{name}-screen.png")), &screen).expect("written");
    let screen = image::load_from_memory(&screen).expect("a PNG").to_rgb8();
    let mean = |picture: &image::RgbImage, x: u32, y: u32, channel: usize| {
        (0..36).map(|i| f64::from(picture.get_pixel(x + i % 6, y + i / 6)[channel])).sum::<f64>() / 36.0
    };
    let (w, h) = (print.width().min(screen.width()) / 6, print.height().min(screen.height()) / 6);
    let patches = (0..w * h).map(|i| (i % w * 6, i / w * 6));
    patches.filter(|(x, y)| (0..3).any(|c| (mean(&print, *x, *y, c) - mean(&screen, *x, *y, c)).abs() > 40.0)).count()
}

#[test]
fn screen_and_print_show_the_same() {
    let (page, images, _) = a3();
    let apart = apart("twin", &page, &images, 842);
    assert!(apart < 30, "{apart} patches differ");
}

#[test]
fn a_set_in_one_file_has_its_bookmarks_and_boxes() {
    let (first, images, _) = a3();
    let small = Page { name: "二枚目".into(), width: Pt(300.0), height: Pt(200.0), bleed: Pt(0.0), items: line(&fonts(), FontId::Gothic, 20.0, 20.0, 40.0, Ink::BLACK, "二枚目の文字") };
    let unnamed = Page { name: String::new(), ..small.clone() };
    let (bytes, summary) = write(&[first, small, unnamed], &images, &options(Mode::X4));
    assert_eq!(summary.pages, 3);
    let facts = facts("set", &bytes);
    assert_eq!(breaches("set"), "");
    assert_eq!(facts["check"]["code"], 0, "{}", facts["check"]);
    assert_eq!(facts["bookmarks"], serde_json::json!(["銚子市", "二枚目", "3"]));
    let edge = Mm(12.0).pt().0;
    near(&facts["pages"][1]["trim"], [edge, edge, edge + 300.0, edge + 200.0]);
    assert!(facts["pages"][1]["group"].is_null(), "nothing on it is transparent");
}

#[test]
fn pictures_of_every_kind_come_through() {
    let rgba = {
        use image::ImageEncoder;
        let pixels: Vec<u8> = (0..64 * 64).flat_map(|i| [200, 30, 60, if (i / 64 + i % 64) % 16 < 8 { 255 } else { 0 }]).collect();
        let mut out = Vec::new();
        image::codecs::png::PngEncoder::new(&mut out).write_image(&pixels, 64, 64, image::ExtendedColorType::Rgba8).expect("a PNG");
        out
    };
    let rgb = {
        use image::ImageEncoder;
        let pixels: Vec<u8> = (0..64 * 64u32).flat_map(|i| [(i % 64 * 4) as u8, (i / 64 * 4) as u8, 128]).collect();
        let mut out = Vec::new();
        image::codecs::png::PngEncoder::new(&mut out).write_image(&pixels, 64, 64, image::ExtendedColorType::Rgb8).expect("a PNG");
        out
    };
    let picture = |bytes: Vec<u8>| Picture::new("図.png", bytes).expect("whole");
    let images = Images::from([
        ("a".to_owned(), picture(rgba)),
        ("b".to_owned(), picture(rgb)),
        ("c".to_owned(), picture(photo_jpeg(300, 200))),
    ]);
    let image = |name: &str, x: f64, mono| Item::Image(Image { name: name.into(), x: Pt(x), y: Pt(20.0), width: Pt(90.0), height: Pt(90.0), mono });
    let items = vec![
        fill(tenjicho_press::page::rectangle(Pt(0.0), Pt(0.0), Pt(500.0), Pt(130.0), Pt(0.0)), GOLD),
        image("a", 20.0, false),
        image("b", 120.0, false),
        image("c", 220.0, true),
        image("無い写真", 320.0, false),
    ];
    let page = Page { name: "図".into(), width: Pt(500.0), height: Pt(130.0), bleed: Pt(0.0), items };
    let (bytes, summary) = write(&[page], &images, &PdfOptions { marks: false, ..options(Mode::X4) });
    assert_eq!(summary.left_out, ["無い写真"]);
    let facts = facts("pictures", &bytes);
    assert_eq!(breaches("pictures"), "");
    assert_eq!(facts["check"]["code"], 0, "{}", facts["check"]);
    let found: Vec<(&str, &str, bool)> = facts["pages"][0]["pictures"]
        .as_array()
        .expect("pictures")
        .iter()
        .map(|p| (p["filter"].as_str().expect("words"), p["space"].as_str().expect("words"), p["mask"] == true))
        .collect();
    assert_eq!(found, [("/FlateDecode", "ICCBased3", true), ("/FlateDecode", "ICCBased3", false), ("/DCTDecode", "/DeviceGray", false)]);
    let seen = rasterise("pictures", &bytes);
    let pixel = |x, y| seen.get_pixel(x, y).0;
    assert!(pixel(22, 22)[0] > 150 && pixel(22, 22)[1] < 90, "the opaque stripe: {:?}", pixel(22, 22));
    assert!(pixel(20 + 14, 20 + 2)[1] > 140, "the clear stripe shows the ground: {:?}", pixel(34, 22));
}

#[test]
fn a_target_resolution_reduces_only_what_is_finer() {
    let (page, images, jpeg) = a3();
    let coarse = PdfOptions { target_ppi: Some(60.0), ..options(Mode::X4) };
    let (small, summary) = write(std::slice::from_ref(&page), &images, &coarse);
    assert_eq!(summary.remade, 1);
    let fine = PdfOptions { target_ppi: Some(300.0), ..options(Mode::X4) };
    let (whole, summary) = write(std::slice::from_ref(&page), &images, &fine);
    assert_eq!(summary.kept, 1);
    assert!(small.len() + jpeg.len() / 2 < whole.len());
}

#[test]
fn faults_say_what_to_do() {
    let (page, images, _) = a3();
    let fault = |pages: &[Page], options: &PdfOptions, out: &mut dyn std::io::Write| {
        let fault = pdf::write(pages, &fonts(), &images, options, out).expect_err("a fault");
        assert!(!fault.message.is_empty() && !fault.hint.is_empty());
        fault.kind
    };
    assert_eq!(fault(&[], &options(Mode::X4), &mut Vec::new()), PdfFaultKind::NoPages);
    let long = Page { height: Mm(5080.0).pt(), ..page.clone() };
    assert_eq!(fault(&[long], &options(Mode::X4), &mut Vec::new()), PdfFaultKind::TooLarge);
    let wrong = PdfOptions { output_intent: Some(vec![0u8; 300].into()), ..options(Mode::X4) };
    assert_eq!(fault(std::slice::from_ref(&page), &wrong, &mut Vec::new()), PdfFaultKind::OutputIntent);
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("No space left on device"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    assert_eq!(fault(std::slice::from_ref(&page), &options(Mode::X4), &mut Full), PdfFaultKind::Write);
}

#[test]
fn a_glyph_that_stands_for_two_texts_gives_both_back() {
    let fonts = fonts();
    let mut items = line(&fonts, FontId::Gothic, 20.0, 20.0, 40.0, Ink::BLACK, "葛城市と葛󠄁城市");
    // One glyph for two characters, then the second half of a cluster that says nothing.
    if let Some(Item::Glyphs(run)) = items.first_mut() {
        let last = run.glyphs.last().expect("glyphs").clone();
        run.glyphs.push(tenjicho_press::page::Glyph { x: last.x + Pt(30.0), text: last.text.end..last.text.end, ..last });
    }
    let page = Page { name: "字".into(), width: Pt(300.0), height: Pt(60.0), bleed: Pt(0.0), items };
    let (bytes, _) = write(&[page], &Images::new(), &options(Mode::Office));
    let facts = facts("two-texts", &bytes);
    assert_eq!(facts["text"].as_str().expect("text").trim(), "葛城市と葛󠄁城市");
}

/// Every panel document under `press/panels`, laid out and written for the printing firm.
#[test]
fn every_laid_out_panel_keeps_the_rules_and_its_words() {
    let fonts = fonts();
    let jpeg = Picture::new("写真.jpg", photo_jpeg(1200, 800)).expect("whole");
    let images = Images::from(["densha.jpg", "toudai.jpg", "umi.jpg"].map(|name| (name.to_owned(), jpeg.clone())));
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("tests/press/panels")).expect("panels").map(|e| e.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    assert!(files.len() >= 8);
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let content = tenjicho_press::block::Content::from_json(&std::fs::read_to_string(&file).expect("readable")).expect("a content document");
        let laid = tenjicho_press::lay_out(&content, &fonts, &|key| images.get(key).map(|picture| picture.info.clone()).ok_or(None));
        let (bytes, summary) = write(&laid.pages, &images, &options(Mode::X4));
        assert_eq!(summary.remade, 0, "{name}: every photo goes over as it is");
        let facts = facts(&format!("panel-{name}"), &bytes);
        assert_eq!(facts["check"]["code"], 0, "{name}: {}", facts["check"]);
        assert_eq!(breaches(&format!("panel-{name}")), "", "{name}");
        // pdftotext may part a line into pieces; the words are all there, in whatever pieces.
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let text = squeeze(facts["text"].as_str().expect("text"));
        let mut wanted = String::new();
        words_of(&laid.pages[0].items, &mut wanted);
        let (mut found, mut set): (Vec<char>, Vec<char>) = (text.chars().collect(), squeeze(&wanted).chars().collect());
        found.sort_unstable();
        set.sort_unstable();
        assert_eq!(found.into_iter().collect::<String>(), set.into_iter().collect::<String>(), "{name}: characters lost or added");
        let (proof, _) = write(&laid.pages, &images, &options(Mode::Proof));
        assert!(proof.len() < 1_000_000, "{name}: a proof of {} bytes", proof.len());
        let apart = apart(&format!("twin-{name}"), &laid.pages[0], &images, 480);
        assert!(apart < 40, "{name}: screen and print differ in {apart} patches");
    }
}

fn words_of(items: &[Item], out: &mut String) {
    for item in items {
        match item {
            Item::Glyphs(run) => run.glyphs.iter().for_each(|g| out.push_str(&run.text[g.text.start as usize..g.text.end as usize])),
            Item::Group(group) => words_of(&group.items, out),
            _ => {}
        }
    }
}
