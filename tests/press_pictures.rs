//! Every picture under `hostile/pictures` gets the verdict that its folder names, quickly and without memory for its pixels.
#[path = "press/by_hand.rs"]
mod by_hand;

use by_hand::{fonts, root};
use std::path::PathBuf;
use tenjicho_press::length::Pt;
use tenjicho_press::page::{Image, Item, Page};
use tenjicho_press::pdf::{self, Mode, PdfOptions};
use tenjicho_press::picture::{self, Images, Picture};

fn files(verdict: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/hostile/pictures").join(verdict);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// Most memory ever held by this process, in MB; `None` away from Linux.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

#[test]
fn every_bad_picture_is_refused_with_a_reason() {
    let before = peak();
    for verdict in ["too_large", "broken", "not_a_picture", "unsupported"] {
        for file in files(verdict) {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            let bytes = std::fs::read(&file).expect("readable");
            let fault = picture::probe(&name, &bytes).err().unwrap_or_else(|| panic!("{name} was taken in"));
            assert_eq!(fault.kind.code(), verdict, "{name}: {}", fault.message);
            assert!(fault.message.contains(&name) && fault.message.ends_with('。') && !fault.hint.is_empty(), "{}", fault.message);
            assert!(picture::decode(&bytes, 500).is_err(), "{name} was decoded");
        }
    }
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after - before < 40, "probing took {} MB", after - before);
    }
}

#[test]
fn every_sound_picture_is_printed_and_shown() {
    let fonts = fonts();
    for file in files("sound") {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let picture = Picture::new(&name, std::fs::read(&file).expect("readable")).unwrap_or_else(|e| panic!("{name}: {e}"));
        let (w, h) = (f64::from(picture.info.width) * 4.0, f64::from(picture.info.height) * 4.0);
        let image = Image { name: name.clone(), x: Pt(0.0), y: Pt(0.0), width: Pt(w), height: Pt(h), mono: false };
        let page = Page { name: name.clone(), width: Pt(w), height: Pt(h), bleed: Pt(0.0), items: vec![Item::Image(image)] };
        let images = Images::from([(name.clone(), picture)]);
        for mode in [Mode::X4, Mode::Office, Mode::Proof] {
            let mut bytes = Vec::new();
            let summary = pdf::write(std::slice::from_ref(&page), &fonts, &images, &PdfOptions::new(mode, &name, 0), &mut bytes).expect("a PDF");
            assert!(summary.left_out.is_empty(), "{name} is left out in {mode:?}");
            by_hand::check_with_qpdf(&name, &bytes);
        }
        assert!(tenjicho_press::png::draw(&page, &images, &fonts, 64).is_ok(), "{name}");
    }
}
