//! Areas of pages made by hand: every case is a content, the runs that were drawn for it, and what must be found.
use super::*;
use crate::page::{Glyph, Image, Ink, Link, Shape, rectangle};

/// Characters of one run, an em apart from (x, y), across or down, in millimetres and points of size.
fn run(text: &str, x: f64, y: f64, size: f64, down: bool) -> Item {
    let mut at = 0;
    let glyph = |(k, c): (usize, char)| {
        let step = Pt(size * k as f64);
        let from = at;
        at += c.len_utf8() as u32;
        let (dx, dy) = if down { (Pt::ZERO, step) } else { (step, Pt::ZERO) };
        Glyph { id: 1, x: Mm(x).pt() + dx, y: Mm(y).pt() + dy, text: from..at }
    };
    let glyphs = text.chars().enumerate().map(glyph).collect();
    Item::Glyphs(Glyphs { font: FontId::Gothic, size: Pt(size), ink: Ink::BLACK, text: text.to_owned(), glyphs, quarter_turn: false, squeeze: 1.0 })
}

fn group(block: usize, items: Vec<Item>) -> Item {
    Item::Group(Group { block: Some(block), clip: None, items })
}

fn path(x: f64, y: f64, w: f64, h: f64) -> Vec<Segment> {
    let [x, y, w, h] = [x, y, w, h].map(|v| Mm(v).pt());
    rectangle(x, y, w, h, Pt::ZERO)
}

fn page(items: Vec<Item>) -> Page {
    Page { name: String::new(), width: Mm(210.0).pt(), height: Mm(297.0).pt(), bleed: Mm(3.0).pt(), items }
}

fn content(blocks: &str) -> Content {
    Content::from_json(&format!(r#"{{"paper": "A4", "blocks": {blocks}}}"#)).unwrap_or_else(|f| panic!("{} {}", f.path, f.message))
}

/// Every text found, as `path: lines`, the lines being measure over size.
fn check(blocks: &str, items: Vec<Item>, expected: &[(&str, f64, bool)]) {
    let found = areas(&content(blocks), &[page(vec![group(0, items)])]);
    let texts: Vec<_> = found.iter().flat_map(|a| &a.texts).map(|t| (t.path.as_str(), (t.measure.0 / t.size.0).round(), t.upright)).collect();
    assert_eq!(texts, expected, "{blocks}");
}

#[test]
fn every_text_is_found_with_its_path_and_measure() {
    let body = r#"[{"type": "body", "sections": [{"heading": "海の町", "text": "朝日と灯台の町です。"}]}]"#;
    check(body, vec![run("海の町", 20.0, 30.0, 12.0, false), run("朝日と灯台", 20.0, 40.0, 10.0, false), run("の町です。", 20.0, 46.0, 10.0, false)], &[("/sections/0/heading", 3.0, false), ("/sections/0/text", 5.0, false)]);
    check(body, vec![run("朝日と灯台の", 150.0, 30.0, 10.0, true), run("町です。", 144.0, 30.0, 10.0, true)], &[("/sections/0/text", 6.0, true)]);
    // Two runs of one line are one measure.
    check(body, vec![run("朝日と", 20.0, 40.0, 10.0, false), run("灯台", 20.0 + 30.0 * 0.3528, 40.0, 10.0, false)], &[("/sections/0/text", 5.0, false)]);
    // What stands in two fields is taken in the order in which it is drawn.
    let facts = r#"[{"type": "facts", "rows": [{"label": "海", "value": "海"}]}]"#;
    check(facts, vec![run("海", 20.0, 30.0, 10.0, false), run("海", 60.0, 30.0, 10.0, false)], &[("/rows/0/label", 1.0, false), ("/rows/0/value", 1.0, false)]);
}

#[test]
fn marks_and_readings_do_not_hide_a_text() {
    let title = r#"[{"type": "title", "text": "｜銚子《ちょうし》の**海**"}]"#;
    // The reading is a small run of its own; the words are drawn without their marks.
    check(title, vec![run("銚子の", 20.0, 40.0, 20.0, false), run("海", 41.2, 40.0, 20.0, false), run("ちょうし", 20.0, 32.0, 10.0, false)], &[("/text", 4.0, false)]);
    check(title, vec![run("山", 20.0, 40.0, 20.0, false)], &[]);
}

#[test]
fn fields_that_are_no_words_are_passed_over() {
    let photo = r#"[{"type": "photo", "picture": "hero", "caption": "hero"}]"#;
    check(photo, vec![run("hero", 20.0, 40.0, 10.0, false)], &[("/caption", 4.0, false)]);
}

#[test]
fn the_place_is_what_is_seen_on_the_trim() {
    let blocks = content(r#"[{"type": "lead", "text": "海"}, {"type": "lead", "text": "山"}]"#);
    let fill = |x, y, w, h| Item::Shape(Shape { path: path(x, y, w, h), fill: None, stroke: None, opacity: 1.0 });
    let cases = [
        (vec![fill(20.0, 30.0, 40.0, 50.0)], Some([20.0, 30.0, 40.0, 50.0])),
        // Bleeding on the left, the part on the trim counts; what lies outside has no area at all.
        (vec![fill(-3.0, 30.0, 40.0, 50.0)], Some([0.0, 30.0, 37.0, 50.0])),
        (vec![fill(-30.0, 30.0, 20.0, 50.0)], None),
        // A clip hides the rest.
        (vec![Item::Group(Group { block: None, clip: Some(path(20.0, 30.0, 10.0, 10.0)), items: vec![fill(0.0, 0.0, 200.0, 200.0)] })], Some([20.0, 30.0, 10.0, 10.0])),
        (vec![Item::Link(Link { x: Mm(20.0).pt(), y: Mm(30.0).pt(), width: Mm(5.0).pt(), height: Mm(4.0).pt(), url: String::new() })], Some([20.0, 30.0, 5.0, 4.0])),
        (vec![], None),
    ];
    for (items, expected) in cases {
        let told = format!("{items:?}");
        let found = areas(&blocks, &[page(vec![group(1, items)])]);
        assert_eq!(found.iter().map(|a| (a.block, a.place.map(|v| v.0))).next(), expected.map(|place| (1, place)), "{told}");
    }
}

#[test]
fn a_picture_tells_its_frame_and_where_it_lies_whole() {
    let blocks = content(r#"[{"type": "photo", "picture": "海岸"}]"#);
    let image = Item::Image(Image { name: "海岸".into(), x: Mm(10.0).pt(), y: Mm(20.0).pt(), width: Mm(90.0).pt(), height: Mm(60.0).pt(), mono: false });
    let clipped = Item::Group(Group { block: None, clip: Some(path(30.0, 20.0, 40.0, 60.0)), items: vec![image] });
    let found = areas(&blocks, &[page(vec![group(0, vec![clipped])])]);
    let picture = found[0].picture.clone().expect("a picture");
    assert_eq!((picture.frame.map(|v| v.0), picture.whole.map(|v| v.0)), ([30.0, 20.0, 40.0, 60.0], [10.0, 20.0, 90.0, 60.0]));
}

#[test]
fn a_block_that_goes_on_has_an_area_on_every_page() {
    let blocks = content(r#"[{"type": "lead", "text": "海山"}]"#);
    let one = |text: &str| page(vec![group(0, vec![run(text, 20.0, 30.0, 10.0, false)])]);
    let found = areas(&blocks, &[one("海"), one("山")]);
    assert_eq!(found.iter().map(|a| (a.block, a.page)).collect::<Vec<_>>(), [(0, 0), (0, 1)]);
    // A block that is not in the content, as after a deletion, is no area.
    assert!(areas(&content("[]"), &[one("海")]).is_empty());
}

#[test]
fn lines_tell_their_leading() {
    let blocks = content(r#"[{"type": "lead", "text": "海山空"}]"#);
    let lines = ["海", "山", "空"].iter().enumerate().map(|(k, t)| run(t, 20.0, 30.0 + 6.0 * k as f64, 10.0, false)).collect();
    let found = areas(&blocks, &[page(vec![group(0, lines)])]);
    assert_eq!(found[0].texts[0].leading.0, 6.0);
    let down = ["海", "山", "空"].iter().enumerate().map(|(k, t)| run(&t.repeat(2), 150.0 - 7.0 * k as f64, 30.0, 10.0, true)).collect();
    let blocks = content(r#"[{"type": "lead", "text": "海海山山空空"}]"#);
    let found = areas(&blocks, &[page(vec![group(0, down)])]);
    assert_eq!((found[0].texts[0].leading.0, found[0].texts[0].upright), (7.0, true));
}
