//! Set paragraphs kept across layouts: after one keystroke only the paragraph that changed is set anew. Bounded; what is
//! kept never changes what comes out, only when.
use super::{natural_width, set, set_vertical, SetText, Style};
use crate::font::{FontId, Fonts};
use crate::length::Pt;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Glyphs in one generation of set paragraphs (32 bytes each), and entries in one of widths.
const GLYPHS: usize = 60_000;
const WIDTHS: usize = 6_000;

/// Everything that changes the setting of a text.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    text: Box<str>,
    faces: [FontId; 2],
    lengths: [u64; 6],
    inks: [[u32; 4]; 2],
    flags: u32,
}

impl Key {
    fn of(text: &str, style: &Style, measure: Pt, vertical: bool) -> Key {
        let lengths = [style.size.0, style.leading.0, style.tracking, style.indent, style.latin_gap, measure.0].map(f64::to_bits);
        let flag = |bit: u32, on: bool| u32::from(on) << bit;
        Key {
            text: text.into(),
            faces: [style.face, style.latin],
            lengths,
            inks: [style.ink, style.accent].map(|ink| ink.cmyk.map(f32::to_bits)),
            flags: style.align as u32
                | flag(4, style.heading)
                | flag(5, style.tight_commas)
                | flag(6, style.marks)
                | flag(7, style.hanging)
                | flag(8, vertical)
                | (style.line_start as u32) << 9
                | u32::from(style.combine) << 16,
        }
    }
}

/// Two generations: what is asked for moves to the young one; when that is full it becomes the old one, and the old one goes.
struct Generations<V> {
    young: HashMap<Key, V>,
    old: HashMap<Key, V>,
    weight: usize,
    limit: usize,
}

impl<V: Clone> Generations<V> {
    fn new(limit: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), weight: 0, limit }
    }

    fn get(&mut self, key: &Key, weight: impl Fn(&V) -> usize) -> Option<V> {
        if let Some(found) = self.young.get(key) {
            return Some(found.clone());
        }
        let (key, found) = self.old.remove_entry(key)?;
        let weight = weight(&found);
        self.put(key, found.clone(), weight);
        Some(found)
    }

    fn put(&mut self, key: Key, value: V, weight: usize) {
        self.weight += weight;
        self.young.insert(key, value);
        if self.weight > self.limit {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
    }
}

/// What `Fonts` keeps for all layouts.
pub(crate) struct Kept {
    texts: Mutex<Generations<Arc<SetText>>>,
    widths: Mutex<Generations<Pt>>,
}

impl Default for Kept {
    fn default() -> Self {
        Self { texts: Mutex::new(Generations::new(GLYPHS)), widths: Mutex::new(Generations::new(WIDTHS)) }
    }
}

fn weight(set: &Arc<SetText>) -> usize {
    // A paragraph without a glyph still costs its key.
    8 + set.lines.iter().flat_map(|l| l.runs.iter().chain(&l.over)).map(|r| r.glyphs.len()).sum::<usize>()
}

/// As `set`, or what it gave the last time.
pub fn set_kept(text: &str, style: &Style, measure: Pt, fonts: &Fonts) -> Arc<SetText> {
    along(text, style, measure, fonts, false)
}

/// As `set_vertical`, or what it gave the last time.
pub fn set_vertical_kept(text: &str, style: &Style, measure: Pt, fonts: &Fonts) -> Arc<SetText> {
    along(text, style, measure, fonts, true)
}

fn along(text: &str, style: &Style, measure: Pt, fonts: &Fonts, vertical: bool) -> Arc<SetText> {
    let key = Key::of(text, style, measure, vertical);
    let texts = &fonts.kept.texts;
    if let Some(known) = texts.lock().unwrap_or_else(PoisonError::into_inner).get(&key, weight) {
        return known;
    }
    let made = Arc::new(if vertical { set_vertical(text, style, measure, fonts) } else { set(text, style, measure, fonts) });
    texts.lock().unwrap_or_else(PoisonError::into_inner).put(key, made.clone(), weight(&made));
    made
}

/// As `natural_width`, or what it gave the last time.
pub fn width_kept(text: &str, style: &Style, fonts: &Fonts) -> Pt {
    let key = Key::of(text, style, Pt::ZERO, false);
    let widths = &fonts.kept.widths;
    if let Some(known) = widths.lock().unwrap_or_else(PoisonError::into_inner).get(&key, |_| 1) {
        return known;
    }
    let width = natural_width(text, style, fonts);
    widths.lock().unwrap_or_else(PoisonError::into_inner).put(key, width, 1);
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::of(text, &Style::default(), Pt(1.0), false)
    }

    #[test]
    fn what_is_asked_for_outlives_what_is_not() {
        let mut kept = Generations::new(3);
        for (k, text) in ["一", "二", "三", "四"].into_iter().enumerate() {
            kept.put(key(text), k, 1);
        }
        assert!(kept.young.is_empty() && kept.old.len() == 4);
        assert_eq!(kept.get(&key("二"), |_| 1), Some(1));
        for text in ["五", "六", "七"] {
            kept.put(key(text), 9, 1);
        }
        assert_eq!(kept.get(&key("二"), |_| 1), Some(1));
        assert_eq!(kept.get(&key("一"), |_| 1), None);
        assert!(kept.young.len() + kept.old.len() <= 8);
    }

    #[test]
    fn every_choice_of_style_is_its_own() {
        let plain = Style::default();
        let others = [Style { hanging: true, ..plain.clone() }, Style { marks: false, ..plain.clone() }, Style { combine: 4, ..plain.clone() }, Style { line_start: super::super::LineStart::Half, ..plain.clone() }];
        for other in &others {
            assert!(Key::of("あ", &plain, Pt(1.0), false) != Key::of("あ", other, Pt(1.0), false), "{other:?}");
        }
        assert!(Key::of("あ", &plain, Pt(1.0), false) != Key::of("あ", &plain, Pt(1.0), true));
    }
}
