//! QR codes as one vector path on white, with their quiet zone and a link.
use crate::length::{Mm, Pt};
use crate::page::{rectangle, Ink, Item, Link, Paint, Segment, Shape};
use fast_qr::{QRBuilder, ECL};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Light modules that must stay free on every side (ISO/IEC 18004, 6.3.8).
pub const QUIET: usize = 4;

/// Why a QR code cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QrFault {
    pub message: String,
    pub hint: String,
}

/// A code as it is drawn: the outlines of its dark areas in modules.
struct Code {
    /// Modules on a side, without the quiet zone.
    size: usize,
    rings: Vec<Vec<(usize, usize)>>,
}

/// Codes that are remembered: the panels of a set mostly show the same few, and each is asked for several times.
const REMEMBERED: usize = 64;

/// Error correction M: readable with 15 % of it hidden. `None` if the link is too long.
fn code(url: &str) -> Option<Arc<Code>> {
    static KNOWN: Mutex<BTreeMap<String, Arc<Code>>> = Mutex::new(BTreeMap::new());
    if let Some(known) = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(url) {
        return Some(known.clone());
    }
    let made = QRBuilder::new(url).ecl(ECL::M).build().ok()?;
    let dark = |column: usize, row: usize| column < made.size && row < made.size && made[row][column].value();
    let code = Arc::new(Code { size: made.size, rings: outline(made.size, &dark) });
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= REMEMBERED {
        known.clear();
    }
    known.insert(url.to_owned(), code.clone());
    Some(code)
}

/// White square, dark modules in one path, and the link. `side` is the whole square, quiet zone included.
pub fn draw(url: &str, x: Pt, y: Pt, side: Mm, ink: Ink) -> Result<Vec<Item>, QrFault> {
    if url.is_empty() {
        return Err(QrFault { message: "QRコードのリンク先が空です。".into(), hint: "https:// で始まるアドレスを入れてください。".into() });
    }
    let code = code(url).ok_or_else(|| QrFault {
        message: format!("リンクが長すぎて、QRコードにできません({}バイト)。", url.len()),
        hint: "短いアドレスに替えてください。".into(),
    })?;
    let side = side.pt();
    let module = side / (code.size + 2 * QUIET) as f64;
    let at = |(column, row): (usize, usize)| (x + module * (column + QUIET) as f64, y + module * (row + QUIET) as f64);
    let mut path = Vec::new();
    for ring in &code.rings {
        for (i, corner) in ring.iter().enumerate() {
            let (px, py) = at(*corner);
            path.push(if i == 0 { Segment::Move(px, py) } else { Segment::Line(px, py) });
        }
        path.push(Segment::Close);
    }
    let shape = |path, ink| Item::Shape(Shape { path, fill: Some(Paint::Flat(ink)), stroke: None, opacity: 1.0 });
    Ok(vec![
        shape(rectangle(x, y, side, side, Pt::ZERO), Ink::WHITE),
        shape(path, ink),
        Item::Link(Link { x, y, width: side, height: side, url: url.to_owned() }),
    ])
}

/// Number of modules on a side with the quiet zone, to tell how wide a module will print.
pub fn modules(url: &str) -> Option<usize> {
    code(url).map(|code| code.size + 2 * QUIET)
}

/// Outlines of the dark areas, with the dark on the right-hand side of every edge, so that a non-zero fill leaves
/// the holes open. One outline instead of one rectangle a module: no hairlines between neighbours on screen.
fn outline(size: usize, dark: &dyn Fn(usize, usize) -> bool) -> Vec<Vec<(usize, usize)>> {
    // Edges by start corner; at a corner where two dark modules touch, two edges start.
    let mut edges: BTreeMap<(usize, usize), Vec<(usize, usize)>> = Default::default();
    let mut add = |from, to| edges.entry(from).or_default().push(to);
    for row in 0..size {
        for column in (0..size).filter(|&column| dark(column, row)) {
            let (right, below) = (column + 1, row + 1);
            if row == 0 || !dark(column, row - 1) {
                add((column, row), (right, row));
            }
            if !dark(right, row) {
                add((right, row), (right, below));
            }
            if !dark(column, below) {
                add((right, below), (column, below));
            }
            if column == 0 || !dark(column - 1, row) {
                add((column, below), (column, row));
            }
        }
    }
    let mut rings = Vec::new();
    while let Some((&start, _)) = edges.iter().next() {
        rings.push(walk(start, &mut edges));
    }
    rings
}

/// Follows edges from `start` until it comes back, taking them away and keeping only the corners.
fn walk(start: (usize, usize), edges: &mut BTreeMap<(usize, usize), Vec<(usize, usize)>>) -> Vec<(usize, usize)> {
    let mut ring: Vec<(usize, usize)> = Vec::new();
    let mut here = start;
    while let Some(ways) = edges.get_mut(&here) {
        let next = ways.pop().unwrap_or(start);
        if ways.is_empty() {
            edges.remove(&here);
        }
        if let [.., a, b] = ring[..]
            && ((a.0 == b.0 && b.0 == here.0) || (a.1 == b.1 && b.1 == here.1))
        {
            ring.pop();
        }
        ring.push(here);
        here = next;
        if here == start {
            break;
        }
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_has_the_area_of_the_dark_modules() {
        let code = QRBuilder::new("https://www.tokyo23city.or.jp/").ecl(ECL::M).build().unwrap_or_else(|_| panic!("no code"));
        let dark = |column: usize, row: usize| column < code.size && row < code.size && code[row][column].value();
        let count = (0..code.size * code.size).filter(|i| dark(i % code.size, i / code.size)).count();
        let area: f64 = outline(code.size, &dark)
            .iter()
            .map(|ring| {
                let next = ring.iter().cycle().skip(1);
                ring.iter().zip(next).map(|(a, b)| (a.0 * b.1) as f64 - (b.0 * a.1) as f64).sum::<f64>() / 2.0
            })
            .sum();
        assert_eq!(area, count as f64);
    }

    #[test]
    fn a_link_too_long_is_a_fault_and_not_a_panic() {
        let long = format!("https://example.jp/{}", "a".repeat(3000));
        assert!(draw(&long, Pt(0.0), Pt(0.0), Mm(20.0), Ink::BLACK).is_err());
        assert!(draw("", Pt(0.0), Pt(0.0), Mm(20.0), Ink::BLACK).is_err());
    }
}
