//! Print modes beyond X-4, office and proof: PDF/X-1a, outlined, tiles; every mode as pdfcpu's strict reader sees it; and every QR code as a camera reads it.
#[path = "press/by_hand.rs"]
mod by_hand;
#[path = "press/outside.rs"]
mod outside;

use by_hand::*;
use outside::*;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use tenjicho_press::areas::areas;
use tenjicho_press::block::{Content, Paper, PaperName, ThemeChoice, What};
use tenjicho_press::font::Fonts;
use tenjicho_press::length::{Mm, Pt};
use tenjicho_press::page::{Image, Item, Page, rectangle};
use tenjicho_press::pdf::cover::{self, Cover, CoverRow};
use tenjicho_press::pdf::{self, Mode, PdfFaultKind, PdfOptions};
use tenjicho_press::picture::{Images, Picture};
use tenjicho_press::read::EXAMPLES;
use tenjicho_press::theme::Theme;

#[test]
fn x1a_is_four_inks_without_transparency() {
    let (page, images, _) = a3();
    let (bytes, summary) = write(&[page], &images, &options(Mode::X1a));
    assert_eq!((summary.kept, summary.remade), (0, 1));
    let facts = facts("x1a", &bytes);
    common(&facts);
    assert_eq!(facts["header"], "%PDF-1.3");
    assert_eq!(breaches("x1a", "x1a"), "");
    assert_eq!(every_rule_notices("x1a", "x1a"), 45, "a rule came or went");
    let page = &facts["pages"][0];
    let operators = page["operators"].as_object().expect("operators");
    for rgb in ["rg", "RG", "ri"] {
        assert!(!operators.contains_key(rgb), "{rgb} in an X-1a page");
    }
    assert!(page["group"].is_null() && page["links"] == serde_json::json!([]));
    assert_eq!(page["overprint"]["wrong"], 0);
    let picture = &page["pictures"][0];
    assert_eq!((&picture["filter"], &picture["space"], &picture["mask"]), (&"/DCTDecode".into(), &"/DeviceCMYK".into(), &false.into()));
    let intent = &facts["intents"][0];
    assert_eq!((&intent["condition"], &intent["registry"]), (&"JC200103".into(), &"http://www.color.org".into()));
    assert!(intent["profile"].is_null(), "a registered condition needs no profile");
    assert_eq!(facts["info"]["GTS_PDFXConformance"], "PDF/X-1a:2001");
    // The flattened page looks like the one with live transparency.
    let (page, images, _) = a3();
    let (live, _) = write(std::slice::from_ref(&page), &images, &options(Mode::X4));
    let (live, flat) = (rasterise("x4-seen", &live), rasterise("x1a-seen", &bytes));
    assert_eq!(live.dimensions(), flat.dimensions());
    let off = live.pixels().zip(flat.pixels()).filter(|(a, b)| (0..3).any(|c| a[c].abs_diff(b[c]) > 48)).count();
    assert!(off < 2500, "{off} of {} pixels differ", live.width() * live.height());
}

#[test]
fn a_user_profile_is_named_by_its_condition() {
    let (page, images, _) = a3();
    let icc: Vec<u8> = std::fs::read(root().join("assets/icc/coated-fogra39l.icc")).expect("the shipped profile");
    let mine = PdfOptions { output_intent: Some(icc.into()), ..options(Mode::X1a) };
    let (bytes, _) = write(&[page], &images, &mine);
    let facts = facts("x1a-mine", &bytes);
    assert_eq!(breaches("x1a", "x1a-mine"), "");
    assert_eq!((&facts["intents"][0]["condition"], &facts["intents"][0]["profile"]), (&"FOGRA39".into(), &"CMYK".into()));
}

#[test]
fn outlined_has_no_font_in_either_mode() {
    let (page, images, _) = a3();
    for (mode, kind) in [(Mode::X4, "x4"), (Mode::X1a, "x1a")] {
        let outlined = PdfOptions { outlined: true, ..options(mode) };
        let (bytes, summary) = write(std::slice::from_ref(&page), &images, &outlined);
        assert_eq!(summary.fonts, 0);
        let name = format!("{kind}-outlined");
        let facts = facts(&name, &bytes);
        assert_eq!(facts["check"]["code"], 0, "{}", facts["check"]);
        assert_eq!(breaches(kind, &name), "");
        assert_eq!(facts["pages"][0]["fonts"], serde_json::json!([]));
        assert_eq!(facts["fonts"].as_str().expect("words").lines().count(), 2, "pdffonts finds one: {}", facts["fonts"]);
        assert!(facts["objects"].as_array().expect("kinds").iter().all(|kind| !kind.as_str().unwrap_or_default().contains("Font")));
        let operators = facts["pages"][0]["operators"].as_object().expect("operators");
        assert!(["BT", "Tf", "Tj", "TJ"].iter().all(|text| !operators.contains_key(*text)));
        assert_eq!(facts["text"].as_str().expect("words").trim(), "");
        // The same picture as with fonts.
        let (with_fonts, _) = write(std::slice::from_ref(&page), &images, &options(mode));
        let (letters, paths) = (rasterise(&format!("{kind}-letters"), &with_fonts), rasterise(&format!("{kind}-paths"), &bytes));
        // Hinted type and paths differ along their edges, not in their ink.
        let off = patches_apart(&letters, &paths);
        assert!(off < 30, "{off} patches differ in {kind}");
    }
}

/// Every pixel of every picture in a file, as ink in percent.
#[test]
fn no_picture_takes_more_ink_than_the_limit() {
    let pixels: Vec<u8> = (0..256 * 256u32).flat_map(|i| [(i % 256) as u8, (i / 256) as u8, ((i * 7) % 256) as u8].map(|v| v / 3)).collect();
    let mut jpeg = Vec::new();
    {
        use image::ImageEncoder;
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95);
        encoder.write_image(&pixels, 256, 256, image::ExtendedColorType::Rgb8).expect("a JPEG");
    }
    let image = Image { name: "海岸".into(), x: Pt(0.0), y: Pt(0.0), width: Pt(256.0), height: Pt(256.0), mono: false };
    let page = Page { name: "暗い写真".into(), width: Pt(256.0), height: Pt(256.0), bleed: Pt(0.0), items: vec![Item::Image(image)] };
    let (bytes, _) = write(&[page], &one_photo(jpeg), &options(Mode::X1a));
    let path = folder().join("ink.pdf");
    std::fs::write(&path, bytes).expect("written");
    let done = Command::new("python3").arg(root().join("tests/press/ink_of_pictures.py")).arg(&path).output().expect("python3");
    let most: f64 = String::from_utf8_lossy(&done.stdout).trim().parse().unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr)));
    assert!(most <= 300.0 && most > 200.0, "{most} %");
}

#[test]
fn tiles_put_together_again_are_the_panel() {
    let (page, images, _) = a3();
    let tiling = pdf::Tiling { paper: pdf::TilePaper::A4, ..pdf::Tiling::default() };
    let (bytes, summary) = write(&[page], &images, &PdfOptions { tiling, ..options(Mode::Tiles) });
    let path = folder().join("tiles.pdf");
    std::fs::write(&path, bytes).expect("written");
    let (whole, _, _) = a3();
    let (office, _) = write(&[whole], &images, &options(Mode::Office));
    std::fs::write(folder().join("tiles-whole.pdf"), office).expect("written");
    let done = Command::new("python3").arg(root().join("tests/press/tiles_together.py")).arg(&path).arg(folder().join("tiles-whole.pdf")).output().expect("python3");
    assert!(done.status.success(), "{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    let facts: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    check_with_qpdf("tiles", &std::fs::read(&path).expect("readable"));
    assert_eq!(summary.pages, 1 + facts["tiles"].as_u64().expect("a number") as usize);
    assert!(facts["off_mm"].as_f64().expect("a number") < 0.1, "{facts}");
    assert!(facts["uncovered_mm"].as_f64().expect("a number") < 0.01, "{facts}");
    assert!(facts["pixels_off"].as_f64().expect("a number") < 0.004, "{facts}");
    assert_eq!(facts["scaling"], "/None");
    let none = PdfOptions { tiling: pdf::Tiling { overlap: Mm(200.0), ..tiling }, ..options(Mode::Tiles) };
    let (page, images, _) = a3();
    assert_eq!(pdf::write(&[page], &fonts(), &images, &none, &mut Vec::new()).expect_err("no room").kind, PdfFaultKind::Tiling);
}

/// A page with a JPEG, the same in black, a plain PNG and one with soft edges.
fn pictures() -> (Page, Images) {
    use image::ImageEncoder;
    let png = |channels: usize, colour| {
        let pixels: Vec<u8> = (0..64 * 64usize).flat_map(|i| [(i % 64 * 4) as u8, (i / 64 * 4) as u8, 128, (i % 64 * 4) as u8][..channels].to_vec()).collect();
        let mut out = Vec::new();
        image::codecs::png::PngEncoder::new(&mut out).write_image(&pixels, 64, 64, colour).expect("a PNG");
        Picture::new("図.png", out).expect("whole")
    };
    let images = Images::from([
        ("写真".to_owned(), Picture::new("写真.jpg", photo_jpeg(300, 200)).expect("whole")),
        ("図".to_owned(), png(3, image::ExtendedColorType::Rgb8)),
        ("透かし".to_owned(), png(4, image::ExtendedColorType::Rgba8)),
    ]);
    let image = |name: &str, x: f64, mono| Item::Image(Image { name: name.into(), x: Pt(x), y: Pt(20.0), width: Pt(90.0), height: Pt(90.0), mono });
    let ground = fill(rectangle(Pt(0.0), Pt(0.0), Pt(420.0), Pt(130.0), Pt(0.0)), GOLD);
    let items = vec![ground, image("写真", 20.0, false), image("写真", 120.0, true), image("図", 220.0, false), image("透かし", 320.0, false)];
    (Page { name: "図".into(), width: Pt(420.0), height: Pt(130.0), bleed: Mm(3.0).pt(), items }, images)
}

/// Pages of all kinds: by hand, pictures, and laid-out panels with links and codes.
fn all_kinds() -> (Vec<(String, Vec<Page>)>, Images) {
    let (fonts, (hand, hand_images, _), (drawn, mut images)) = (fonts(), a3(), pictures());
    images.extend(hand_images);
    let jpeg = Picture::new("写真.jpg", photo_jpeg(600, 400)).expect("whole");
    let mut kinds = vec![("hand".to_owned(), vec![hand]), ("pictures".to_owned(), vec![drawn])];
    for name in ["municipality", "free", "stage", "figures"] {
        let content = Content::from_json(&std::fs::read_to_string(root().join(format!("assets/examples/{name}.json"))).expect("an example")).expect("a content");
        content.blocks.iter().flat_map(|block| block.what.pictures()).for_each(|key| {
            images.insert(key.to_owned(), jpeg.clone());
        });
        let laid = tenjicho_press::lay_out(&content, &fonts, &|key| images.get(key).map(|picture| picture.info.clone()).ok_or(None));
        kinds.push((name.to_owned(), laid.pages));
    }
    let row = |number: &str| CoverRow { number: number.into(), title: "銚子市".into(), size: "A1 594×841 mm".into(), sheets: 1, file: "01_銚子市.pdf".into(), verdict: "問題なし".into(), findings: vec![] };
    let sheet = Cover { title: "全国連携展示（見本）".into(), facts: vec!["令和8年11月22日".into()], rows: vec![row("01"), row("02")] };
    kinds.push(("cover".to_owned(), cover::pages(&sheet, &fonts)));
    (kinds, images)
}

#[test]
fn pdfcpu_passes_every_mode_in_its_strict_way() {
    let (kinds, images) = all_kinds();
    let folder = folder().join("strict");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let modes = [(Mode::X4, false), (Mode::X1a, false), (Mode::X4, true), (Mode::X1a, true), (Mode::Office, false), (Mode::Proof, false), (Mode::Tiles, false)];
    let mut links = 0;
    for (mode, outlined) in modes {
        let way = PdfOptions { outlined, ..options(mode) };
        let set: Vec<Page> = kinds.iter().flat_map(|(_, pages)| pages.clone()).collect();
        for (name, pages) in kinds.iter().map(|(name, pages)| (name.as_str(), pages)).chain([("set", &set)]) {
            let (bytes, _) = write(pages, &images, &way);
            links += bytes.windows(7).filter(|window| *window == b"/Annots").count();
            let file = format!("{mode:?}{}-{name}.pdf", if outlined { "-outlined" } else { "" });
            std::fs::write(folder.join(file), bytes).expect("written");
        }
    }
    assert!(links > 4, "{links} pages with links, of which pdfcpu had something to say before");
    // It looks closely: the same file under an older version is refused.
    let mut older = std::fs::read(folder.join("X4-hand.pdf")).expect("readable");
    older[..8].copy_from_slice(b"%PDF-1.3");
    std::fs::write(folder.join("older.pdf"), older).expect("written");
    let (refused, said) = pdfcpu_refuses(&folder);
    assert_eq!(refused, ["older.pdf"], "{said}");
}

/// Each template in each theme: the codes on a page of 100 dots an inch, with what stands round them, say what the content says.
#[test]
fn every_code_is_read_from_a_coarse_picture() {
    let mut jobs: Vec<(String, Content)> = Vec::new();
    for (name, text) in EXAMPLES {
        let content = Content::from_json(text).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
        if content.blocks.iter().any(|block| matches!(block.what, What::Qr { .. })) {
            let themed = |theme: &Theme| (format!("qr-{name}-{}", theme.name), Content { theme: ThemeChoice::Named(theme.name.clone()), ..content.clone() });
            jobs.extend(Theme::shipped().iter().map(themed));
            if ["municipality", "record"].contains(&name) {
                // Codes that stand elsewhere on a tapestry.
                let tall = |(name, content): (String, Content)| (format!("{name}-tall"), Content { paper: Paper::Named(PaperName::Tapestry600), ..content });
                jobs.extend(Theme::shipped().iter().map(themed).map(tall));
            }
        }
    }
    assert!(jobs.len() >= 14 * 4, "{} sheets", jobs.len());
    let fonts = fonts();
    std::thread::scope(|scope| {
        for part in jobs.chunks(jobs.len().div_ceil(2)) {
            let fonts = &fonts;
            scope.spawn(move || part.iter().for_each(|(name, content)| reads_its_codes(name, content, fonts)));
        }
    });
}

fn reads_its_codes(name: &str, content: &Content, fonts: &Fonts) {
    let jpeg = Picture::new("写真.jpg", photo_jpeg(600, 400)).expect("whole");
    let images: Images = content.blocks.iter().flat_map(|block| block.what.pictures()).map(|picture| (picture.to_owned(), jpeg.clone())).collect();
    let laid = tenjicho_press::lay_out(content, fonts, &|key| images.get(key).map(|picture| picture.info.clone()).ok_or(None));
    let (bytes, _) = write(&laid.pages, &images, &PdfOptions { target_ppi: Some(72.0), ..options(Mode::Office) });
    let file = folder().join(format!("{name}.pdf"));
    std::fs::write(&file, bytes).expect("written");
    let mut read = 0;
    for area in areas(content, &laid.pages) {
        let What::Qr { url, .. } = &content.blocks[area.block].what else { continue };
        let picture = folder().join(format!("{name}-{}", area.page));
        let found = decoded(&file, area.page, area.place, &picture);
        assert_eq!(found, [url.trim()], "{name}, page {}", area.page + 1);
        read += 1;
    }
    assert_eq!(read, laid.pages.len(), "{name}: a code on every page");
}

/// What zbarimg reads from the part of the page where the code stands, and 20 mm round it.
fn decoded(file: &Path, page: usize, [x, y, w, h]: [Mm; 4], picture: &Path) -> Vec<String> {
    let dots = |mm: f64| ((mm / 25.4 * 100.0).max(0.0) as u32).to_string();
    let page = (page + 1).to_string();
    let (x, y, w, h) = (dots(x.0 - 20.0), dots(y.0 - 20.0), dots(w.0 + 40.0), dots(h.0 + 40.0));
    let ask = ["-r", "100", "-gray", "-png", "-singlefile", "-f", &page, "-l", &page, "-x", &x, "-y", &y, "-W", &w, "-H", &h];
    let drawn = Command::new("pdftoppm").args(ask).arg(file).arg(picture).status();
    assert!(drawn.is_ok_and(|status| status.success()), "pdftoppm is needed: `cargo xtask test` installs poppler-utils");
    let seen = Command::new("zbarimg").args(["-q", "--raw", "-Sdisable", "-Sqrcode.enable"]).arg(picture.with_extension("png")).output();
    let seen = seen.expect("zbarimg is needed: `cargo xtask test` installs zbar-tools");
    String::from_utf8_lossy(&seen.stdout).lines().map(str::to_owned).collect()
}
