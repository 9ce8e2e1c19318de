//! What an outside reader finds in our PDFs: pages made by hand, written in every mode, read by pikepdf, qpdf and poppler.
#[path = "press/by_hand.rs"]
mod by_hand;
#[path = "press/outside.rs"]
mod outside;

use by_hand::*;
use outside::*;
use std::path::PathBuf;
use std::process::Command;
use tenjicho_press::font::FontId;
use tenjicho_press::length::{Mm, Pt};
use tenjicho_press::page::{Image, Ink, Item, Page};
use tenjicho_press::pdf::{self, Mode, PdfFaultKind, PdfOptions};
use tenjicho_press::picture::{Images, Picture};

#[test]
fn x4_is_what_it_says() {
    let (page, images, jpeg) = a3();
    let (bytes, summary) = write(&[page], &images, &options(Mode::X4));
    assert_eq!((summary.kept, summary.remade), (1, 0));
    let facts = facts("x4", &bytes);
    common(&facts);
    assert_eq!(facts["header"], "%PDF-1.6");
    assert_eq!(breaches("x4", "x4"), "");
    assert_eq!(every_rule_notices("x4", "x4"), 42, "a rule came or went");
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
    assert!(breaches("x4", "office").contains("the metadata say PDF/X-4"), "the rules find nothing wrong with an office file");
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
    for mode in [Mode::X4, Mode::X1a, Mode::Office, Mode::Proof] {
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
    patches_apart(&print, &screen)
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
    assert_eq!(breaches("x4", "set"), "");
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
    let (flat, _) = write(std::slice::from_ref(&page), &images, &PdfOptions { marks: false, ..options(Mode::X1a) });
    let flat_facts = facts("pictures-x1a", &flat);
    assert_eq!(breaches("x1a", "pictures-x1a"), "");
    let stencils = flat_facts["pages"][0]["pictures"].as_array().expect("pictures").iter().filter(|p| p["stencil"] == true).count();
    assert_eq!(stencils, 1, "clear pixels become a stencil");
    let seen = rasterise("pictures-x1a", &flat);
    assert!(seen.get_pixel(22, 22)[0] > 140 && seen.get_pixel(22, 22)[1] < 100, "the opaque stripe: {:?}", seen.get_pixel(22, 22));
    assert!(seen.get_pixel(34, 22)[1] > 130, "the clear stripe shows the ground: {:?}", seen.get_pixel(34, 22));
    let (bytes, summary) = write(&[page], &images, &PdfOptions { marks: false, ..options(Mode::X4) });
    assert_eq!(summary.left_out, ["無い写真"]);
    let facts = facts("pictures", &bytes);
    assert_eq!(breaches("x4", "pictures"), "");
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
        let mut black = std::collections::BTreeSet::new();
        black_only(&laid.pages[0].items, &mut black);
        assert_eq!(summary.remade, black.len(), "{name}: every photo goes over as it is, but for those printed in black only");
        let facts = facts(&format!("panel-{name}"), &bytes);
        assert_eq!(facts["check"]["code"], 0, "{name}: {}", facts["check"]);
        assert_eq!(breaches("x4", &format!("panel-{name}")), "", "{name}");
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

/// Names of the pictures that a theme prints in black only.
fn black_only(items: &[Item], found: &mut std::collections::BTreeSet<String>) {
    for item in items {
        match item {
            Item::Image(image) if image.mono => {
                found.insert(image.name.clone());
            }
            Item::Group(group) => black_only(&group.items, found),
            _ => {}
        }
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
