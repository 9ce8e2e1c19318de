//! Where lines may break and where they do: the whole paragraph is optimised at once (total fit), never line by line.
use super::class::{self, Breaking, Class, Space};
use super::shape::Cell;
use super::keep::{self, Keep};
use super::{phrase, Align, Style};

/// Rounding that is no excess, em.
const SLACK: f64 = 1e-6;

/// Beyond this many characters a heading is set as running text.
const LONGEST_HEADING: usize = 600;

/// Order in which space is taken away (JLREQ 3.8.3): a later one gives way only when the earlier ones are used up.
pub(super) const ORDERS: usize = 5;

/// The space between a cell and the next, em.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    pub natural: f64,
    /// How much may be taken away, and in which order (0 first).
    pub shrink: f64,
    pub order: usize,
    /// How much a word space may grow before characters are spread.
    pub stretch: f64,
    /// 1 if characters may be spread here (JLREQ table 6).
    pub spread: f64,
    pub hold: Hold,
    /// Break quality for headings: 0 after a full stop, more inside a phrase.
    pub reluctance: f64,
}

/// How strongly two neighbours stay on one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hold {
    #[default]
    Free,
    /// Inside a heading's phrase, where one word of a compound ends (連携|プロジェクト).
    Phrase,
    /// Inside a word, or a number and its counter: only when the piece is wider than the measure.
    Word,
    /// Kinsoku: only when nothing else keeps the line inside the measure.
    Kinsoku,
}

/// Gaps after every cell but the last; `text` is the stretch that starts at byte `base`.
pub(super) fn gaps(text: &str, base: usize, cells: &[Cell], style: &Style) -> Vec<Gap> {
    let kept = keep::kept(cells);
    let address = keep::address_breaks(cells);
    let dates = keep::date_joints(cells);
    let segmenter = icu_segmenter::LineSegmenter::new_for_non_complex_scripts(icu_segmenter::options::LineBreakOptions::default());
    let mut candidates = segmenter.segment_str(text).peekable();
    // The phrase model costs 40 µs a character: no heading is that long.
    let heading = style.heading && cells.len() <= LONGEST_HEADING;
    let (phrases, words) = if heading { (phrase::boundaries(text), phrase::words(text)) } else { Default::default() };
    let mut gaps = Vec::with_capacity(cells.len());
    let mut depth = 0;
    for i in 0..cells.len().saturating_sub(1) {
        let (a, b) = (&cells[i], &cells[i + 1]);
        let at = b.text.start - base;
        depth += i32::from(a.class == Class::Opening) - i32::from(a.class == Class::Closing);
        while candidates.next_if(|c| *c < at).is_some() {}
        let candidate = candidates.peek() == Some(&at) || beside_quote(a, b);
        let mut gap = space_between(a, b, style);
        gap.hold = match class::breaking(a.class, b.class) {
            Breaking::Never => Hold::Kinsoku,
            _ if ",.:;!?".contains(b.ch) && !a.class.is_space() => Hold::Kinsoku,
            Breaking::UnlessSame if a.ch == b.ch => Hold::Kinsoku,
            _ if address[i] => Hold::Free,
            _ if candidate && kept[i] != Keep::Held => Hold::Free,
            _ => Hold::Word,
        };
        if gap.hold == Hold::Word {
            gap.reluctance = 2.0;
        } else if heading && gap.hold == Hold::Free {
            let has = |list: &[usize]| list.binary_search(&at).is_ok();
            let joint = Joint { phrase: has(&phrases) || address[i], word: has(&words), bracketed: depth > 0 };
            (gap.hold, gap.reluctance) = heading_hold(a, b, &joint);
        }
        if b.class == Class::Inseparable {
            gap.reluctance += 0.5;
        }
        if let Keep::Reluctant(cost) = kept[i] {
            gap.reluctance += cost;
        }
        if dates[i] && class::space(a.class, b.class) == Space::LatinGap {
            gap = Gap { hold: gap.hold, reluctance: gap.reluctance, natural: style.tracking, spread: gap.spread, ..Gap::default() };
        }
        gaps.push(gap);
    }
    gaps
}

/// What the boundary between two cells of a heading is.
struct Joint {
    /// A phrase begins here.
    phrase: bool,
    /// A word begins here.
    word: bool,
    /// Inside brackets, which a heading rather keeps whole.
    bracketed: bool,
}

/// A heading breaks at a space or after 。, then about brackets and after 、, then between phrases; a compound parts where
/// the script changes or, among kanji or katakana, where the dictionary sees a word end.
fn heading_hold(a: &Cell, b: &Cell, joint: &Joint) -> (Hold, f64) {
    use Class::*;
    let bracketed = if joint.bracketed { 0.3 } else { 0.0 };
    let (hold, cost) = match (a.class, b.class) {
        _ if a.ch == '\u{200B}' => (Hold::Free, 0.0),
        (FullStop | Dividing | IdeographicSpace | WordSpace, _) => (Hold::Free, 0.0),
        (_, Opening) | (Comma | Hyphen, _) => (Hold::Free, 0.08),
        (MiddleDot, _) if a.ch == '：' => (Hold::Free, 0.6),
        // A phrase that begins within kana is trusted only where a word begins too.
        (Hiragana, Hiragana) if joint.phrase && !joint.word => (Hold::Free, 0.8),
        _ if joint.phrase => (Hold::Free, 0.45),
        (Ideograph, Katakana) | (Katakana | LongVowel | Hiragana, Ideograph) | (Hiragana, Katakana) | (MiddleDot, _) => (Hold::Phrase, 0.6),
        (Ideograph, Ideograph) | (Katakana | LongVowel | SmallKana, Katakana) if joint.word => (Hold::Phrase, 0.8),
        (Ideograph, Ideograph) => (Hold::Word, 0.6),
        _ => (Hold::Word, 2.0),
    };
    (hold, cost + bracketed)
}

/// ICU glues “” to their neighbours; beside Japanese they are brackets.
fn beside_quote(a: &Cell, b: &Cell) -> bool {
    let quote = |c: &Cell| matches!(c.ch, '“' | '”' | '‘' | '’') && matches!(c.class, Class::Opening | Class::Closing);
    quote(a) || quote(b)
}

fn space_between(a: &Cell, b: &Cell, style: &Style) -> Gap {
    let space = class::space(a.class, b.class);
    let natural = match space {
        Space::None => 0.0,
        Space::MiddleDot => if b.class == Class::MiddleDot { b.lead } else { a.trail },
        Space::AfterClosing | Space::AfterComma | Space::AfterFullStop => a.trail,
        Space::BeforeOpening => b.lead,
        Space::Between => a.trail.max(b.lead),
        Space::StopAndDot => a.trail + b.lead,
        Space::LatinGap => style.latin_gap,
    };
    let shrink = match space {
        Space::StopAndDot => b.lead,
        Space::LatinGap => natural / 2.0,
        _ => natural,
    };
    let mut gap = Gap { natural, ..Gap::default() };
    if let Some(order) = space.reduction() {
        (gap.shrink, gap.order) = (shrink, order);
    }
    if style.tight_commas && matches!(a.class, Class::Comma) {
        gap.natural = (gap.natural - 0.36).max(0.0);
        gap.shrink = gap.shrink.min(gap.natural);
    }
    if a.class == Class::WordSpace {
        (gap.shrink, gap.order, gap.stretch) = (a.body * 0.25, 0, a.body * 0.5);
    }
    let same_leader = a.class == Class::Inseparable && a.ch == b.ch;
    gap.spread = f64::from(u8::from(class::may_spread(a.class, b.class) && !same_leader));
    gap.natural += style.tracking;
    if a.body == 0.0 {
        gap.spread = 0.0;
    }
    gap
}

/// Sums from the start of the stretch, so that any line is measured in constant time.
pub(super) struct Sums {
    body: Vec<f64>,
    natural: Vec<f64>,
    shrink: Vec<f64>,
    stretch: Vec<f64>,
    spread: Vec<f64>,
    /// For every cell end: the end of the visible part (spaces hang).
    visible: Vec<usize>,
}

/// A line's widths, em.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub natural: f64,
    pub shrink: f64,
    pub stretch: f64,
    pub spread: f64,
}

impl Sums {
    pub(super) fn new(cells: &[Cell], gaps: &[Gap]) -> Self {
        let n = cells.len();
        let mut s = Sums { body: vec![0.0; n + 1], natural: vec![0.0; n + 1], shrink: vec![0.0; n + 1], stretch: vec![0.0; n + 1], spread: vec![0.0; n + 1], visible: vec![0; n + 1] };
        for (i, cell) in cells.iter().enumerate() {
            let g = gaps.get(i).copied().unwrap_or_default();
            s.body[i + 1] = s.body[i] + cell.body;
            s.natural[i + 1] = s.natural[i] + g.natural;
            s.shrink[i + 1] = s.shrink[i] + g.shrink;
            s.stretch[i + 1] = s.stretch[i] + g.stretch;
            s.spread[i + 1] = s.spread[i] + g.spread;
            s.visible[i + 1] = if cell.class.is_space() { s.visible[i] } else { i + 1 };
        }
        s
    }

    /// End of what is seen of the cells from `a` to `b`.
    pub(super) fn visible(&self, a: usize, b: usize) -> usize {
        self.visible[b].max(a)
    }

    pub(super) fn extent(&self, a: usize, b: usize) -> Extent {
        let e = self.visible(a, b);
        if e == a {
            return Extent { natural: 0.0, shrink: 0.0, stretch: 0.0, spread: 0.0 };
        }
        let g = e - 1;
        Extent {
            natural: self.body[e] - self.body[a] + self.natural[g] - self.natural[a],
            shrink: self.shrink[g] - self.shrink[a],
            stretch: self.stretch[g] - self.stretch[a],
            spread: self.spread[g] - self.spread[a],
        }
    }
}

/// Line ends (cell indices), and whether a piece had to be broken by force. `measure` and `indent` in em.
pub(super) fn choose(cells: &[Cell], gaps: &[Gap], sums: &Sums, style: &Style, measure: f64, indent: f64) -> (Vec<usize>, bool) {
    for most in [Hold::Free, Hold::Phrase, Hold::Word, Hold::Kinsoku] {
        if let Some(ends) = fit(cells, gaps, sums, style, measure, indent, most) {
            let mut starts = std::iter::once(0).chain(ends.iter().copied());
            let wide = ends.iter().any(|&e| starts.next().is_some_and(|a| sums.extent(a, e).natural - sums.extent(a, e).shrink > measure + SLACK));
            let held = ends.iter().any(|&e| e < cells.len() && gaps[e - 1].hold > Hold::Phrase);
            return (ends, wide || held);
        }
    }
    ((1..=cells.len()).collect(), true)
}

/// Dynamic programme over all break places held no more strongly than `most`; `None` if some line would be too wide.
fn fit(cells: &[Cell], gaps: &[Gap], sums: &Sums, style: &Style, measure: f64, indent: f64, most: Hold) -> Option<Vec<usize>> {
    let n = cells.len();
    let mut places = vec![0];
    places.extend((1..n).filter(|&b| gaps[b - 1].hold <= most));
    places.push(n);
    let mut best = vec![f64::INFINITY; places.len()];
    let mut from = vec![0; places.len()];
    best[0] = 0.0;
    for j in 1..places.len() {
        let b = places[j];
        for i in (0..j).rev() {
            let a = places[i];
            let room = if a == 0 { measure - indent } else { measure };
            let extent = sums.extent(a, b);
            let alone = most == Hold::Kinsoku && sums.visible(a, b) <= a + 1;
            if extent.natural - extent.shrink > room + SLACK && !alone {
                // Wider lines only follow, but for the first line's indent.
                if extent.natural - extent.shrink > measure + SLACK {
                    break;
                }
                continue;
            }
            if best[i].is_infinite() {
                continue;
            }
            let line = cost(cells, sums, a, b, &extent, room, style) + break_cost(gaps, b, n);
            if best[i] + line < best[j] {
                (best[j], from[j]) = (best[i] + line, i);
            }
        }
    }
    let mut j = places.len() - 1;
    if best[j].is_infinite() {
        return None;
    }
    let mut ends = Vec::new();
    while j > 0 {
        ends.push(places[j]);
        j = from[j];
    }
    ends.reverse();
    Some(ends)
}

fn break_cost(gaps: &[Gap], b: usize, n: usize) -> f64 {
    if b >= n {
        return 0.0;
    }
    let hold = match gaps[b - 1].hold {
        Hold::Free => 0.0,
        Hold::Phrase => 1e2,
        Hold::Word => 1e4,
        Hold::Kinsoku => 1e7,
    };
    hold + gaps[b - 1].reluctance
}

/// How unlike its ideal a line is; lines of one paragraph add up.
fn cost(cells: &[Cell], sums: &Sums, a: usize, b: usize, extent: &Extent, room: f64, style: &Style) -> f64 {
    let last = b == cells.len();
    let slack = room - extent.natural;
    let shown = sums.visible(a, b) - a;
    let letters = if b - a <= 4 { cells[a..b].iter().filter(|c| !c.class.is_space() && !class::not_at_start(c.class)).count() } else { shown };
    let mut cost = 0.0;
    if slack < 0.0 {
        let part = (-slack / extent.shrink.max(1e-9)).min(1.0);
        cost += 0.02 + 0.6 * part * part;
    }
    if style.heading {
        let share = (extent.natural / room).min(1.0);
        let stranded = match letters {
            0 | 1 => 30.0,
            2 if last && a > 0 => 8.0,
            _ => 0.0,
        };
        // The fewest lines; among them the most even.
        return cost + 4.0 + 3.0 * share * share + if a > 0 || !last { stranded } else { 0.0 };
    }
    if last {
        return cost + if a > 0 && letters < 2 { 2.5 } else { 0.0 };
    }
    if slack > 0.0 {
        cost += match style.align {
            Align::Justify => {
                let rest = (slack - extent.stretch).max(0.0);
                let spread = if extent.spread > 0.0 { rest / extent.spread } else { rest };
                let eased = if extent.stretch > 0.0 { (slack / extent.stretch).min(1.0) } else { 0.0 };
                0.05 * eased * eased + 100.0 * spread * spread
            }
            _ => 6.0 * (slack / room) * (slack / room),
        };
    }
    cost + 0.05
}
