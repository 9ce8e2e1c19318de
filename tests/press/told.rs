//! A page told line by line: kind, place to 0.1 mm, ink, size, face and text of every item. A changed panel is a short diff.
use std::fmt::Write;
use tenjicho_press::length::Pt;
use tenjicho_press::notice::Notice;
use tenjicho_press::page::{Glyphs, Group, Ink, Item, Page, Paint, Segment, Shape};

/// Pages and notices of one panel.
pub fn told(pages: &[Page], notices: &[Notice]) -> String {
    let mut out = String::new();
    for page in pages {
        let _ = writeln!(out, "page {} {}×{} bleed {}", page.name, mm(page.width), mm(page.height), mm(page.bleed));
        items(&mut out, &page.items, 1);
    }
    for notice in notices {
        let block = notice.block.map_or_else(String::new, |b| format!(" block {b}"));
        let _ = writeln!(out, "notice {:?} {:?}{block}: {}", notice.level, notice.code, notice.message);
    }
    out
}

fn items(out: &mut String, all: &[Item], depth: usize) {
    let mut at = 0;
    while at < all.len() {
        let indent = "  ".repeat(depth);
        match &all[at] {
            Item::Glyphs(first) => {
                // Runs of one line, in whatever face, are told as one.
                let same = |item: &Item| matches!(item, Item::Glyphs(run) if line_of(run) == line_of(first) && run.ink == first.ink);
                let count = all[at..].iter().take_while(|item| same(item)).count();
                let _ = writeln!(out, "{indent}{}", line(&all[at..at + count]));
                at += count;
                continue;
            }
            Item::Shape(shape) => {
                let _ = writeln!(out, "{indent}{}", outline(shape));
            }
            Item::Image(i) => {
                let mono = if i.mono { " mono" } else { "" };
                let _ = writeln!(out, "{indent}image {} {},{} {}×{}{mono}", i.name, mm(i.x), mm(i.y), mm(i.width), mm(i.height));
            }
            Item::Link(l) => {
                let _ = writeln!(out, "{indent}link {} {},{} {}×{}", l.url, mm(l.x), mm(l.y), mm(l.width), mm(l.height));
            }
            Item::Group(group) => {
                let _ = writeln!(out, "{indent}{}", heading(group));
                items(out, &group.items, depth + 1);
            }
        }
        at += 1;
    }
}

fn heading(group: &Group) -> String {
    let block = group.block.map_or_else(|| "group".to_owned(), |b| format!("block {b}"));
    group.clip.as_ref().map_or(block.clone(), |clip| format!("{block} clip {}", bounds(clip)))
}

/// Baseline, or the middle of a vertical line, to 0.1 mm.
fn line_of(run: &Glyphs) -> (String, String) {
    let first = run.glyphs.first();
    let last = run.glyphs.last();
    match (first, last) {
        (Some(a), Some(b)) if a.y != b.y && (a.x.0 - b.x.0).abs() < (a.y.0 - b.y.0).abs() => ("x".into(), mm(a.x)),
        (Some(a), _) => ("y".into(), mm(a.y)),
        _ => Default::default(),
    }
}

fn line(runs: &[Item]) -> String {
    let runs: Vec<&Glyphs> = runs.iter().filter_map(|i| if let Item::Glyphs(run) = i { Some(run) } else { None }).collect();
    let text: String = runs.iter().map(|r| r.text.as_str()).collect();
    let mut faces: Vec<String> = runs.iter().map(|r| format!("{:?}", r.font)).collect();
    faces.dedup();
    let glyphs = || runs.iter().flat_map(|r| &r.glyphs);
    let place = match (glyphs().next(), glyphs().last()) {
        (Some(a), Some(b)) => format!("{},{} … {},{}", mm(a.x), mm(a.y), mm(b.x), mm(b.y)),
        _ => "nowhere".into(),
    };
    let first = runs[0];
    let turned = if first.quarter_turn { " turned" } else { "" };
    format!("type {place} {:.1}pt {} {}{turned} 「{text}」", first.size.0, faces.join("+"), ink(&first.ink))
}

fn outline(shape: &Shape) -> String {
    let mut out = format!("shape {}", bounds(&shape.path));
    match &shape.fill {
        Some(Paint::Flat(i)) => out += &format!(" fill {}", ink(i)),
        Some(Paint::Linear { stops, .. }) => {
            let stops: Vec<String> = stops.iter().map(|s| format!("{:.2}:{:.2}", s.at, s.opacity)).collect();
            out += &format!(" shading {}", stops.join(" "));
        }
        None => {}
    }
    if let Some(stroke) = &shape.stroke {
        let dash = if stroke.dash.is_empty() { "" } else { " dashed" };
        out += &format!(" stroke {} {}{dash}", mm(stroke.width), ink(&stroke.ink));
    }
    out
}

/// Corners of the box around a path, and how many steps it has.
fn bounds(path: &[Segment]) -> String {
    let points = path.iter().flat_map(|s| match *s {
        Segment::Move(x, y) | Segment::Line(x, y) => vec![(x, y)],
        Segment::Curve(a, b, c, d, x, y) => vec![(a, b), (c, d), (x, y)],
        Segment::Close => Vec::new(),
    });
    let start = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let (l, t, r, b) = points.fold(start, |(l, t, r, b), (x, y)| (l.min(x.0), t.min(y.0), r.max(x.0), b.max(y.0)));
    format!("{},{} {}×{} /{}", mm(Pt(l)), mm(Pt(t)), mm(Pt(r - l)), mm(Pt(b - t)), path.len())
}

fn ink(ink: &Ink) -> String {
    let [c, m, y, k] = ink.cmyk.map(|v| v.round() as i32);
    format!("{c}/{m}/{y}/{k}")
}

fn mm(length: Pt) -> String {
    let value = (length.mm().0 * 10.0).round() / 10.0;
    format!("{:.1}", if value == 0.0 { 0.0 } else { value })
}
