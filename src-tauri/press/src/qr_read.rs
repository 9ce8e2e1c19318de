//! Reads the codes back off the finished page, as a telephone would: what was painted over or is too fine is found here.
use crate::font::Fonts;
use crate::length::{Mm, Pt};
use crate::notice::{Level, Notice, NoticeCode};
use crate::page::{Group, Image, Ink, Item, Link, Page, Paint, Segment, Shape, rectangle};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Pixels an inch at the printed size; a telephone at arm's length sees more.
const PPI: f64 = 200.0;
/// No code is drawn larger than this to be read; pixels.
const MOST: f64 = 900.0;

/// A notice for every code of the page that does not give back its link.
pub fn check(page: &Page, fonts: &Fonts) -> Vec<Notice> {
    let mut links = Vec::new();
    codes(&page.items, None, &mut links);
    links.into_iter().filter(|(_, link)| !reads(page, link, fonts)).map(|(block, link)| notice(block, link)).collect()
}

fn notice(block: Option<usize>, link: &Link) -> Notice {
    let place = [link.x, link.y, link.width, link.height].map(|v| Mm((v.mm().0 * 100.0).round() / 100.0));
    Notice {
        level: Level::Error,
        code: NoticeCode::QrUnreadable,
        message: format!("QRコード（一辺 {:.0} mm）を読み取れません。", place[2].0),
        hint: "重なっている文字や写真をよけ、アドレスを短くするか、QRコードを大きくしてください。".into(),
        block,
        page: 0,
        place: Some(place),
        fixes: Vec::new(),
    }
}

/// Links whose group draws a code: a square link beside exactly two shapes, the ground and the modules.
fn codes<'a>(items: &'a [Item], block: Option<usize>, found: &mut Vec<(Option<usize>, &'a Link)>) {
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Group(group) => codes(&group.items, group.block.or(block), found),
            Item::Link(link) => {
                let square = (link.width.0 - link.height.0).abs() < 0.01;
                let drawn = at >= 2 && matches!((&items[at - 2], &items[at - 1]), (Item::Shape(_), Item::Shape(_)));
                if square && drawn {
                    found.push((block, link));
                }
            }
            _ => {}
        }
    }
}

/// Verdicts that are remembered: while a text is written, the codes beside it stay as they are.
const REMEMBERED: usize = 256;

/// Whether the part of the page under the link is a code that says the link.
fn reads(page: &Page, link: &Link, fonts: &Fonts) -> bool {
    static KNOWN: Mutex<BTreeMap<[u8; 32], bool>> = Mutex::new(BTreeMap::new());
    let part = Page { name: String::new(), width: link.width, height: link.height, bleed: Pt::ZERO, items: moved(&page.items, link) };
    let side = (link.width.0 / 72.0 * PPI).clamp(40.0, MOST) as u32;
    let drawn = crate::svg::draw(&part, &crate::svg::SvgOptions { fonts, href: &|name| name.to_owned(), show_bleed: false, prefix: "" });
    let key = *blake3::hash(format!("{side} {} {drawn}", link.url).as_bytes()).as_bytes();
    if let Some(known) = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return *known;
    }
    let read = seen(&part, link, side, fonts);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= REMEMBERED {
        known.clear();
    }
    known.insert(key, read);
    read
}

fn seen(part: &Page, link: &Link, side: u32, fonts: &Fonts) -> bool {
    let Ok(pixels) = crate::png::grey(part, fonts, side) else { return false };
    let at = |x: usize, y: usize| pixels.get(y * side as usize + x).copied().unwrap_or(255);
    let height = pixels.len() / side as usize;
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(side as usize, height, at);
    prepared.detect_grids().iter().any(|grid| grid.decode().is_ok_and(|(_, text)| text == link.url))
}

/// What of the items lies under the link, moved to the corner. A picture counts as a dark patch: it hides what it covers.
fn moved(items: &[Item], link: &Link) -> Vec<Item> {
    let touches = |l: f64, t: f64, r: f64, b: f64| r > link.x.0 && l < link.x.0 + link.width.0 && b > link.y.0 && t < link.y.0 + link.height.0;
    let mut kept = Vec::new();
    for item in items {
        match item {
            Item::Group(group) => {
                let items = moved(&group.items, link);
                if !items.is_empty() {
                    let clip = group.clip.as_deref().map(|path| shifted(path, link));
                    kept.push(Item::Group(Group { block: group.block, clip, items }));
                }
            }
            Item::Shape(shape) if over(&shape.path, &touches) => kept.push(Item::Shape(Shape { path: shifted(&shape.path, link), fill: shape.fill.as_ref().map(|f| paint(f, link)), ..shape.clone() })),
            Item::Glyphs(run) => {
                let em = run.size.0;
                if run.glyphs.iter().any(|g| touches(g.x.0 - em, g.y.0 - em, g.x.0 + em, g.y.0 + em)) {
                    let mut run = run.clone();
                    run.glyphs.iter_mut().for_each(|g| (g.x, g.y) = (g.x - link.x, g.y - link.y));
                    kept.push(Item::Glyphs(run));
                }
            }
            Item::Image(Image { x, y, width, height, .. }) if touches(x.0, y.0, x.0 + width.0, y.0 + height.0) => {
                let path = rectangle(*x - link.x, *y - link.y, *width, *height, Pt::ZERO);
                kept.push(Item::Shape(Shape { path, fill: Some(Paint::Flat(Ink::BLACK)), stroke: None, opacity: 1.0 }));
            }
            _ => {}
        }
    }
    kept
}

fn over(path: &[Segment], touches: &dyn Fn(f64, f64, f64, f64) -> bool) -> bool {
    let (mut l, mut t, mut r, mut b) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let mut see = |x: Pt, y: Pt| (l, t, r, b) = (l.min(x.0), t.min(y.0), r.max(x.0), b.max(y.0));
    for segment in path {
        match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => see(x, y),
            Segment::Curve(x1, y1, x2, y2, x, y) => {
                see(x1, y1);
                see(x2, y2);
                see(x, y);
            }
            Segment::Close => {}
        }
    }
    touches(l, t, r, b)
}

fn shifted(path: &[Segment], link: &Link) -> Vec<Segment> {
    let (x, y) = (link.x, link.y);
    let by = |segment: &Segment| match *segment {
        Segment::Move(a, b) => Segment::Move(a - x, b - y),
        Segment::Line(a, b) => Segment::Line(a - x, b - y),
        Segment::Curve(a, b, c, d, e, f) => Segment::Curve(a - x, b - y, c - x, d - y, e - x, f - y),
        Segment::Close => Segment::Close,
    };
    path.iter().map(by).collect()
}

fn paint(fill: &Paint, link: &Link) -> Paint {
    match fill {
        Paint::Flat(ink) => Paint::Flat(*ink),
        Paint::Linear { from, to, stops } => {
            let by = |p: &(Pt, Pt)| (p.0 - link.x, p.1 - link.y);
            Paint::Linear { from: by(from), to: by(to), stops: stops.clone() }
        }
    }
}
