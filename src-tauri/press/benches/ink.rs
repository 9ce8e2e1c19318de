//! How long ink alone takes: 40 A1 panels with two JPEGs and 900 characters each, written on all cores.
//!
//! `cargo bench -p tenjicho-press --bench ink`
#[path = "../../../tests/press/by_hand.rs"]
mod by_hand;

use by_hand::*;
use rayon::prelude::*;
use std::time::Instant;
use tenjicho_press::font::{FontId, Fonts};
use tenjicho_press::length::Mm;
use tenjicho_press::page::{Ink, Item, Page};
use tenjicho_press::pdf::{self, Mode, PdfOptions};
use tenjicho_press::picture::{Images, Picture};

const WORDS: &str = "特別区全国連携プロジェクトは、東京の二十三区と全国の自治体がともに手をたずさえ、経済の活性化やまちの元気につながる取組を進めるものです。産業、観光、文化、スポーツなど、さまざまな分野で連携を深め、東京を含めた全国各地域の共存共栄をめざします。";

fn jpeg(seed: u32) -> Vec<u8> {
    use image::ImageEncoder;
    let (width, height) = (3000u32, 2000u32);
    let mut noise = seed;
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|i| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (x, y) = (i % width, i / width);
            let grain = (noise >> 28) as u8;
            [(x / 16) as u8 ^ grain, (y / 10) as u8 ^ grain, 120 + grain]
        })
        .collect();
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 93)
        .write_image(&pixels, width, height, image::ExtendedColorType::Rgb8)
        .expect("a JPEG");
    out
}

fn a1(fonts: &Fonts, number: usize) -> Page {
    let (w, b) = (Mm(594.0).pt().0, Mm(3.0).pt().0);
    let mut items = vec![photo("一", [-b, -b, w + 2.0 * b, 900.0], (3000, 2000), 0.0), veil(-b, 500.0, w + 2.0 * b, 400.0)];
    items.push(photo("二", [1000.0, 1000.0, 600.0, 420.0], (3000, 2000), 8.0));
    items.extend(line(fonts, FontId::PMinchoBold, 200.0, 80.0, 820.0, Ink::WHITE, "銚子市"));
    let words: Vec<char> = WORDS.chars().cycle().skip(number * 7).take(900).collect();
    for (row, part) in words.chunks(30).enumerate() {
        let face = if row % 10 == 0 { FontId::GothicBold } else { FontId::PGothic };
        items.extend(line(fonts, face, 28.0, 80.0, 1000.0 + 42.0 * row as f64, Ink::BLACK, &part.iter().collect::<String>()));
    }
    for bar in 0..12 {
        items.push(fill(tenjicho_press::page::rectangle(Mm(360.0).pt(), Mm(520.0 + 10.0 * f64::from(bar)).pt(), Mm(30.0 + 9.0 * f64::from(bar)).pt(), Mm(6.0).pt(), Mm(0.0).pt()), AI));
        items.push(rule(1000.0, 2000.0 + 20.0 * f64::from(bar), 1600.0, 2000.0 + 20.0 * f64::from(bar), 0.5, Ink::BLACK));
    }
    items.extend(tenjicho_press::qr::draw("https://www.tokyo23city.or.jp/", Mm(500.0).pt(), Mm(770.0).pt(), Mm(46.0), AI).expect("a code"));
    Page { name: format!("パネル{number}"), width: Mm(594.0).pt(), height: Mm(841.0).pt(), bleed: Mm(3.0).pt(), items: vec![Item::Group(tenjicho_press::page::Group { block: Some(0), clip: None, items })] }
}

/// Most memory ever held by this process, in MB; Linux only.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

fn main() {
    let fonts = fonts();
    let folder = std::env::temp_dir().join("tenjicho-bench-ink");
    std::fs::create_dir_all(&folder).expect("a folder");
    let images = Images::from([("一", 1), ("二", 2)].map(|(name, seed)| (name.to_owned(), Picture::new(name, jpeg(seed)).expect("whole"))));
    let pages: Vec<Page> = (0..40).map(|number| a1(&fonts, number)).collect();
    let bytes: u64 = images.values().map(|picture| picture.info.bytes).sum();
    println!("photos: {:.2} MB a panel; before writing: peak {:?} MB", bytes as f64 / 1e6, peak());
    let start = Instant::now();
    let options = tenjicho_press::svg::SvgOptions { fonts: &fonts, href: &|name| name.to_owned(), show_bleed: false, prefix: "" };
    let svg: usize = pages.iter().map(|page| tenjicho_press::svg::draw(page, &options).len()).sum();
    println!("svg: {:.1?} a page, {} KB", start.elapsed() / 40, svg / 40_000);
    for round in 0..5 {
        let start = Instant::now();
        for number in 0..40 {
            for picture in images.values() {
                std::fs::write(folder.join(format!("floor-{number}")), &picture.bytes).expect("written");
            }
        }
        let floor = start.elapsed();
        let start = Instant::now();
        let one = |page: &Page| {
            let options = PdfOptions::new(Mode::X4, &page.name, 0);
            let mut file = std::fs::File::create(folder.join(format!("{}.pdf", page.name))).expect("a file");
            pdf::write(std::slice::from_ref(page), &fonts, &images, &options, &mut file).expect("a PDF").bytes
        };
        one(&pages[0]);
        let single = start.elapsed();
        let start = Instant::now();
        let total: u64 = pages.par_iter().map(one).sum();
        let all = start.elapsed();
        println!("round {round}: floor {floor:.1?}, one panel {single:.1?}, 40 panels {all:.1?}, {:.1} MB, peak {:?} MB", total as f64 / 1e6, peak());
    }
    std::fs::remove_dir_all(&folder).expect("cleared");
}
