//! Pages put together by hand for the tests of ink: one glyph a character, no layout.
#![allow(dead_code, reason = "each runner takes what it needs")]
use std::path::PathBuf;
use std::sync::Arc;
use tenjicho_press::font::{FontId, Fonts};
use tenjicho_press::length::{Mm, Pt};
use tenjicho_press::page::*;

pub const AI: Ink = Ink { cmyk: [100.0, 85.0, 30.0, 20.0], srgb: [0x1b, 0x35, 0x66] };
pub const GOLD: Ink = Ink { cmyk: [10.0, 35.0, 85.0, 0.0], srgb: [0xe0, 0xaa, 0x3e] };

/// Top of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub fn fonts() -> Fonts {
    let folder = std::env::var_os("TENJICHO_FONTS").map_or_else(|| root().join("assets/fonts"), PathBuf::from);
    Fonts::new(Box::new(move |id: FontId| {
        let path = folder.join(id.file());
        std::fs::read(&path).map(Arc::from).map_err(|e| format!("{}: {e} (cargo xtask test fetches the fonts)", path.display()))
    }))
}

/// A line of words; characters that the face lacks come from its stand-ins, a variation selector stays with its base.
pub fn line(fonts: &Fonts, font: FontId, size: f64, x: f64, y: f64, ink: Ink, text: &str) -> Vec<Item> {
    set(fonts, font, size, (x, y), ink, text, false)
}

/// A column of words, Latin lying on its side.
pub fn column(fonts: &Fonts, font: FontId, size: f64, x: f64, y: f64, ink: Ink, text: &str) -> Vec<Item> {
    set(fonts, font, size, (x, y), ink, text, true)
}

fn set(fonts: &Fonts, font: FontId, size: f64, start: (f64, f64), ink: Ink, text: &str, down: bool) -> Vec<Item> {
    let (mut x, mut y) = start;
    let mut items: Vec<Item> = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(base) = characters.next() {
        let selector = characters.next_if(|c| ('\u{fe00}'..='\u{fe0f}').contains(c) || ('\u{e0100}'..='\u{e01ef}').contains(c));
        let faces = std::iter::once(&font).chain(Fonts::fallbacks(font));
        let found = faces.filter_map(|id| find(fonts, *id, base, selector)).next();
        let (id, glyph, advance) = found.unwrap_or_else(|| panic!("no face has {base}"));
        let turned = down && base.is_ascii_graphic();
        let same = matches!(items.last(), Some(Item::Glyphs(run)) if run.font == id && run.quarter_turn == turned);
        if !same {
            items.push(Item::Glyphs(Glyphs { font: id, size: Pt(size), ink, text: String::new(), glyphs: vec![], quarter_turn: turned, squeeze: 1.0 }));
        }
        let Some(Item::Glyphs(run)) = items.last_mut() else { unreachable!("just pushed") };
        let from = run.text.len() as u32;
        run.text.push(base);
        run.text.extend(selector);
        // In a column `y` is the top of the character.
        let (right, drop) = if turned { (size * 0.15, 0.0) } else if down { (0.0, size * 0.88) } else { (0.0, 0.0) };
        run.glyphs.push(Glyph { id: glyph, x: Pt(x + right), y: Pt(y + drop), text: from..run.text.len() as u32 });
        match (down, turned) {
            (false, _) => x += advance * size,
            (true, true) => y += advance * size,
            (true, false) => y += size,
        }
    }
    items
}

fn find(fonts: &Fonts, id: FontId, base: char, selector: Option<char>) -> Option<(FontId, u16, f64)> {
    let face = fonts.face(id)?;
    let parsed = ttf_parser::Face::parse(&face.bytes, 0).ok()?;
    let plain = parsed.glyph_index(base)?;
    let glyph = selector.and_then(|s| parsed.glyph_variation_index(base, s)).unwrap_or(plain);
    Some((id, glyph.0, f64::from(parsed.glyph_hor_advance(glyph)?) / face.units_per_em))
}

pub fn fill(path: Vec<Segment>, ink: Ink) -> Item {
    Item::Shape(Shape { path, fill: Some(Paint::Flat(ink)), stroke: None, opacity: 1.0 })
}

pub fn rule(x0: f64, y0: f64, x1: f64, y1: f64, width: f64, ink: Ink) -> Item {
    let stroke = Stroke { ink, width: Pt(width), dash: vec![], round: false };
    let path = vec![Segment::Move(Pt(x0), Pt(y0)), Segment::Line(Pt(x1), Pt(y1))];
    Item::Shape(Shape { path, fill: None, stroke: Some(stroke), opacity: 1.0 })
}

/// A picture that fills `frame` (x, y, width, height) and is clipped to it, grown so that nothing is stretched.
pub fn photo(name: &str, frame: [f64; 4], pixels: (u32, u32), radius: f64) -> Item {
    let [x, y, w, h] = frame;
    let scale = (w / f64::from(pixels.0)).max(h / f64::from(pixels.1));
    let (iw, ih) = (f64::from(pixels.0) * scale, f64::from(pixels.1) * scale);
    let image = Image {
        name: name.into(),
        x: Pt(x + (w - iw) / 2.0),
        y: Pt(y + (h - ih) / 2.0),
        width: Pt(iw),
        height: Pt(ih),
        mono: false,
    };
    Item::Group(Group { block: Some(3), clip: Some(rectangle(Pt(x), Pt(y), Pt(w), Pt(h), Pt(radius))), items: vec![Item::Image(image)] })
}

/// Dark at the bottom, clear at the top.
pub fn veil(x: f64, y: f64, w: f64, h: f64) -> Item {
    let stop = |at, opacity| Stop { at, ink: AI, opacity };
    let paint = Paint::Linear {
        from: (Pt(x), Pt(y)),
        to: (Pt(x), Pt(y + h)),
        stops: vec![stop(0.0, 0.0), stop(0.5, 0.35), stop(1.0, 0.92)],
    };
    Item::Shape(Shape { path: rectangle(Pt(x), Pt(y), Pt(w), Pt(h), Pt(0.0)), fill: Some(paint), stroke: None, opacity: 1.0 })
}

/// An A3 panel with everything that ink knows.
pub fn panel(fonts: &Fonts, picture: (&str, (u32, u32))) -> Page {
    let (w, h) = (Mm(297.0).pt().0, Mm(420.0).pt().0);
    let b = Mm(3.0).pt().0;
    let mut items = vec![photo(picture.0, [-b, -b, w + 2.0 * b, 480.0 + b], picture.1, 0.0), veil(-b, 240.0, w + 2.0 * b, 240.0)];
    items.extend(line(fonts, FontId::PMinchoBold, 84.0, 60.0, 440.0, Ink::WHITE, "銚子市"));
    items.extend(line(fonts, FontId::PGothic, 20.0, 330.0, 440.0, GOLD, "ちょうし Chōshi"));
    items.extend(line(fonts, FontId::GothicBold, 28.0, 60.0, 550.0, AI, "髙﨑㈱ 葛󠄀城市 葛飾区 𠮷野家 延べ1,158名"));
    items.extend(line(fonts, FontId::Gothic, 16.0, 60.0, 600.0, Ink::BLACK, "特別区全国連携プロジェクトの展示です。①～③、100％、12㎡、「かぎ」。"));
    items.extend(column(fonts, FontId::Mincho, 18.0, 730.0, 560.0, Ink::BLACK, "縦組みのABC二十三区"));
    items.push(rule(60.0, 620.0, 680.0, 620.0, 0.5, Ink::BLACK));
    items.push(fill(rectangle(Pt(60.0), Pt(650.0), Pt(300.0), Pt(160.0), Pt(12.0)), GOLD));
    items.push(fill(circle(Pt(450.0), Pt(730.0), Pt(70.0)), AI));
    let dashed = Stroke { ink: AI, width: Pt(2.0), dash: vec![Pt(8.0), Pt(4.0)], round: true };
    items.push(Item::Shape(Shape { path: circle(Pt(600.0), Pt(730.0), Pt(60.0)), fill: None, stroke: Some(dashed), opacity: 1.0 }));
    let half = Shape { path: rectangle(Pt(300.0), Pt(700.0), Pt(250.0), Pt(60.0), Pt(0.0)), fill: Some(Paint::Flat(Ink::BLACK)), stroke: None, opacity: 0.4 };
    items.push(Item::Shape(half));
    items.extend(tenjicho_press::qr::draw("https://www.tokyo23city.or.jp/", Pt(60.0), Pt(900.0), Mm(42.0), Ink::BLACK).expect("a code"));
    items.extend(line(fonts, FontId::PGothic, 11.0, 200.0, 1000.0, Ink::BLACK, "https://www.tokyo23city.or.jp/ 見本"));
    Page { name: "銚子市".into(), width: Pt(w), height: Pt(h), bleed: Pt(b), items: vec![Item::Group(Group { block: Some(0), clip: None, items })] }
}

/// `qpdf --check` finds nothing to say.
pub fn check_with_qpdf(name: &str, bytes: &[u8]) {
    let path = std::env::temp_dir().join(format!("tenjicho-{}-{name}.pdf", std::process::id()));
    std::fs::write(&path, bytes).expect("written");
    let done = std::process::Command::new("qpdf").arg("--check").arg(&path).output();
    let done = done.unwrap_or_else(|e| panic!("qpdf is needed: `cargo xtask test` installs it ({e})"));
    assert!(done.status.success(), "{name}: {}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    std::fs::remove_file(&path).expect("cleared");
}
