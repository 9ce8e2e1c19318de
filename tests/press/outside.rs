//! The outside readers: writes PDFs under test-output and asks pikepdf, qpdf, poppler and pdfcpu what is in them.
#![allow(dead_code, reason = "each runner takes what it needs")]
use super::by_hand::*;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use tenjicho_press::page::Page;
use tenjicho_press::pdf::{self, Mode, PdfOptions, Summary};
use tenjicho_press::picture::{Images, Picture};

/// 2026-11-22 12:00 in Japan.
pub const NOON: i64 = 1_795_316_400;

pub fn folder() -> PathBuf {
    let folder = root().join("test-output/pdf");
    std::fs::create_dir_all(&folder).expect("a folder for what the tests make");
    folder
}

pub fn options(mode: Mode) -> PdfOptions {
    PdfOptions {
        author: "特別区全国連携プロジェクト".into(),
        stamp: "校正 第2版 令和8年11月22日".into(),
        ..PdfOptions::new(mode, "銚子市 <A&B> (見本)", NOON)
    }
}

pub fn write(pages: &[Page], images: &Images, options: &PdfOptions) -> (Vec<u8>, Summary) {
    let mut bytes = Vec::new();
    let summary = pdf::write(pages, &fonts(), images, options, &mut bytes).expect("a PDF");
    assert_eq!(summary.bytes, bytes.len() as u64);
    (bytes, summary)
}

/// Writes the file under `name` and lets the outside reader tell what is in it.
pub fn facts(name: &str, bytes: &[u8]) -> Value {
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
pub fn photo_jpeg(width: u32, height: u32) -> Vec<u8> {
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

pub fn one_photo(bytes: Vec<u8>) -> Images {
    Images::from([("海岸".to_owned(), Picture::new("海岸.jpg", bytes).expect("a whole picture"))])
}

pub fn a3() -> (Page, Images, Vec<u8>) {
    let jpeg = photo_jpeg(1500, 1000);
    (panel(&fonts(), ("海岸", (1500, 1000))), one_photo(jpeg.clone()), jpeg)
}

pub fn near(found: &Value, wanted: [f64; 4]) {
    let found: Vec<f64> = found.as_array().expect("a box").iter().map(|v| v.as_f64().expect("a number")).collect();
    for (found, wanted) in found.iter().zip(wanted) {
        // 0.05 mm
        assert!((found - wanted).abs() < 0.14, "{found} for {wanted}");
    }
}

/// Checksum and length, as the outside reader gives them.
pub fn sum(bytes: &[u8]) -> Value {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    serde_json::json!([crc.sum(), bytes.len()])
}

/// Rules of PDF/X ("x4" or "x1a") that the file breaks, one a line.
pub fn breaches(kind: &str, name: &str) -> String {
    rules(&[kind, &folder().join(format!("{name}.pdf")).to_string_lossy()])
}

pub fn rules(words: &[&str]) -> String {
    let done = Command::new("python3").arg(root().join("tests/press/pdfx_rules.py")).args(words).output().expect("python3 with pikepdf");
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// Every rule notices when it is broken in a copy of the file; answers with their number.
pub fn every_rule_notices(kind: &str, name: &str) -> usize {
    let told = rules(&[kind, &folder().join(format!("{name}.pdf")).to_string_lossy(), "--spoil"]);
    told.parse().unwrap_or_else(|_| panic!("{kind}: these rules do not notice that they are broken:\n{told}"))
}

/// Names of the files of a folder that pdfcpu's strict mode does not pass, and what it says of them.
pub fn pdfcpu_refuses(folder: &Path) -> (Vec<String>, String) {
    let done = Command::new("node").arg("--no-warnings").arg(root().join("tests/press/pdfcpu/validate.mjs")).arg(folder).output();
    let done = done.unwrap_or_else(|e| panic!("Node.js is needed; `cargo xtask setup` fetches pdfcpu for it ({e})"));
    let (said, complaint) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr).into_owned());
    // Each file is named as it is begun; what passes is told in the next line.
    let verdicts = said.split("validating(mode=strict) /in/").skip(1);
    let passed: Vec<&str> = verdicts.filter(|told| told.contains("validation ok")).filter_map(|told| told.split(" ...").next()).collect();
    let files = std::fs::read_dir(folder).expect("a folder").flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut refused: Vec<String> = files.filter(|name| name.ends_with(".pdf") && !passed.contains(&name.as_str())).collect();
    refused.sort();
    (refused, complaint)
}

/// First page at 72 ppi as poppler draws it.
pub fn rasterise(name: &str, bytes: &[u8]) -> image::RgbImage {
    let path = folder().join(format!("{name}.pdf"));
    std::fs::write(&path, bytes).expect("written");
    let stem = folder().join(name);
    let done = Command::new("pdftoppm").args(["-r", "72", "-png", "-singlefile"]).arg(&path).arg(&stem).status();
    assert!(done.is_ok_and(|status| status.success()), "pdftoppm is needed: `cargo xtask test` installs poppler-utils");
    image::open(stem.with_extension("png")).expect("poppler's picture").to_rgb8()
}

pub fn patches_apart(one: &image::RgbImage, other: &image::RgbImage) -> usize {
    let mean = |picture: &image::RgbImage, x: u32, y: u32, channel: usize| {
        (0..36).map(|i| f64::from(picture.get_pixel(x + i % 6, y + i / 6)[channel])).sum::<f64>() / 36.0
    };
    let (w, h) = (one.width().min(other.width()) / 6, one.height().min(other.height()) / 6);
    let patches = (0..w * h).map(|i| (i % w * 6, i / w * 6));
    patches.filter(|(x, y)| (0..3).any(|c| (mean(one, *x, *y, c) - mean(other, *x, *y, c)).abs() > 40.0)).count()
}

/// What holds in every mode.
pub fn common(facts: &Value) {
    assert_eq!(facts["check"]["code"], 0, "{}", facts["check"]);
    assert!(facts["check"]["out"].as_str().expect("words").contains("No syntax or stream encoding errors"), "{}", facts["check"]["out"]);
    assert_eq!(facts["lang"], "ja-JP");
    assert_eq!(facts["mode"], "/UseOutlines");
    assert_eq!(facts["bookmarks"], serde_json::json!(["銚子市"]));
    assert_eq!(facts["info"]["Title"], "銚子市 <A&B> (見本)");
    assert_eq!(facts["info"]["CreationDate"], "D:20261122120000+09'00'");
    if facts["header"] == "%PDF-1.3" {
        assert_eq!((&facts["xmp"], &facts["viewer"]), (&Value::Null, &serde_json::json!({})), "neither is in PDF 1.3");
    } else {
        assert_eq!(facts["viewer"]["DisplayDocTitle"], "True");
        assert_eq!(facts["viewer"]["PrintScaling"], "/None");
        assert_eq!(facts["xmp"]["title"], facts["info"]["Title"]);
        assert_eq!(facts["xmp"]["creator"][0], facts["info"]["Author"]);
        assert_eq!(facts["xmp"]["producer"], facts["info"]["Producer"]);
        assert_eq!(facts["xmp"]["tool"], facts["info"]["Creator"]);
        assert_eq!(facts["xmp"]["created"], "2026-11-22T12:00:00+09:00");
    }
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
