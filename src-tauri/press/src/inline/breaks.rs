//! Where lines may break and where they do: the whole paragraph is optimised at once (total fit), never line by line.
use super::class::{self, Breaking, Class, Expansion, Space};
use super::keep::{self, Keep};
use super::ruby::{self, Over};
use super::shape::Cell;
use super::{phrase, Align, LineStart, Style};

/// Rounding that is no excess, em.
const SLACK: f64 = 1e-6;

/// How far the third step of JLREQ 3.8.4 spreads two characters, em.
pub(super) const THIRD: f64 = 0.25;

/// Beyond this many characters a heading is set as running text.
const LONGEST_HEADING: usize = 600;

/// Order in which space is taken away (JLREQ 3.8.3): a later one gives way only when the earlier ones are used up.
pub(super) const ORDERS: usize = 4;

/// The space between a cell and the next, em.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    pub natural: f64,
    /// How much may be taken away, and in which order (0 first).
    pub shrink: f64,
    pub order: usize,
    /// How much a word space may grow: the first step of JLREQ 3.8.4.
    pub word: f64,
    /// How much a Latin gap may grow: the second step.
    pub latin: f64,
    /// 1 if characters may be spread here, up to a quarter em: the third step.
    pub spread: f64,
    /// 1 if whatever is still missing may be put here too: the fourth step.
    pub level: f64,
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
pub(super) fn gaps(text: &str, base: usize, cells: &[Cell], overs: &[Over], style: &Style) -> Vec<Gap> {
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
    let mut opened = false;
    for i in 0..cells.len().saturating_sub(1) {
        let (a, b) = (&cells[i], &cells[i + 1]);
        let at = b.text.start - base;
        depth += i32::from(a.class == Class::Opening) - i32::from(a.class == Class::Closing);
        while candidates.next_if(|c| *c < at).is_some() {}
        let candidate = candidates.peek() == Some(&at) || beside_quote(a, b) || after_stop(a, b);
        let mut gap = space_between(a, b, style);
        gap.hold = match class::breaking(a.class, b.class) {
            Breaking::Never => Hold::Kinsoku,
            _ if ",.:;!?".contains(b.ch) && !a.class.is_space() => Hold::Kinsoku,
            Breaking::UnlessSame if class::inseparable(a.ch, b.ch) => Hold::Kinsoku,
            _ if address[i] => Hold::Free,
            _ if candidate && kept[i] != Keep::Held => Hold::Free,
            // A telephone number that is wider than the line parts at its hyphens before it parts anywhere.
            _ if a.ch == '-' && b.ch.is_ascii_digit() && i > 0 && cells[i - 1].ch.is_ascii_digit() => Hold::Phrase,
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
            gap = Gap { hold: gap.hold, reluctance: gap.reluctance, natural: style.tracking, spread: gap.level, level: gap.level, ..Gap::default() };
        }
        // A space after an opening bracket hangs at the line's end and would leave the bracket there.
        opened = if a.class.is_space() { opened } else { matches!(a.class, Class::Opening | Class::Prefix) };
        if opened && a.class.is_space() {
            gap.hold = Hold::Kinsoku;
        }
        hold_dressed(&mut gap, i, cells, overs);
        gaps.push(gap);
    }
    gaps
}

/// A reading keeps its base together and unspread; a footnote mark stays with the word before it.
fn hold_dressed(gap: &mut Gap, i: usize, cells: &[Cell], overs: &[Over]) {
    let (a, b) = (&cells[i], &cells[i + 1]);
    if b.dress.note {
        gap.hold = Hold::Kinsoku;
    }
    if let (Some(before), Some(after)) = (a.ruby, b.ruby)
        && before != after
        && let (Some(before), Some(after)) = (overs.get(before), overs.get(after))
    {
        let least = ruby::apart(before, after, cells);
        gap.natural = gap.natural.max(least);
        gap.shrink = gap.shrink.min(gap.natural - least);
    }
    if let Some(over) = a.ruby.filter(|r| b.ruby == Some(*r)).and_then(|r| overs.get(r)) {
        (gap.shrink, gap.word, gap.latin, gap.spread, gap.level) = (0.0, 0.0, 0.0, 0.0, 0.0);
        if !over.may_part(i, cells) {
            gap.hold = Hold::Kinsoku;
        } else if gap.hold == Hold::Free {
            // Possible, but a compound is better read in one piece.
            gap.reluctance += 0.3;
        }
    }
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

/// Unicode's rules keep 、 and a currency sign together as if they stood in a number; between full-width 、 or 。 and an
/// amount a line may break.
fn after_stop(a: &Cell, b: &Cell) -> bool {
    "、。，．".contains(a.ch) && b.class == Class::Prefix
}

fn space_between(a: &Cell, b: &Cell, style: &Style) -> Gap {
    let space = class::space(a.class, b.class);
    let natural = match space {
        Space::None => 0.0,
        Space::MiddleDot => if b.class == Class::MiddleDot { b.lead } else { a.trail },
        Space::AfterClosing | Space::AfterComma | Space::AfterFullStop => a.trail,
        Space::BeforeOpening => b.lead,
        Space::Between => a.trail.max(b.lead),
        Space::TwoDots | Space::StopAndDot | Space::CommaAndDot => a.trail + b.lead,
        Space::LatinGap => style.latin_gap,
    };
    let shrink = match space {
        Space::StopAndDot => b.lead,
        // From a quarter em to an eighth, and no further (JLREQ 3.8.3 f).
        Space::LatinGap => (natural - 0.125).max(0.0),
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
        // A word space shrinks to a quarter em and grows to a half (JLREQ 3.8.3 a, 3.8.4 a).
        (gap.shrink, gap.order, gap.word) = ((a.body - 0.25).max(0.0), 0, (0.5 - a.body).max(0.0));
    }
    grow(&mut gap, a, b);
    gap.natural += style.tracking;
    gap
}

/// Where and at which step space may be added (JLREQ 3.8.4). A gap of a quarter em grows to a half, a narrower one by as much
/// as itself.
fn grow(gap: &mut Gap, a: &Cell, b: &Cell) {
    // Equal leaders join, and what has no width parts nothing.
    if (a.class == Class::Inseparable && class::inseparable(a.ch, b.ch)) || a.body == 0.0 || keep::in_wide_number(a, b) {
        return;
    }
    match class::expansion(a.class, b.class) {
        Expansion::Never => {}
        Expansion::LatinGap if gap.natural > 0.0 => (gap.latin, gap.level) = (gap.natural, 1.0),
        Expansion::LatinGap | Expansion::Spread => (gap.spread, gap.level) = (1.0, 1.0),
        Expansion::Last => gap.level = 1.0,
    }
}

/// Sums from the start of the stretch, so that any line is measured in constant time.
pub(super) struct Sums {
    /// What stands before a cell or gap: body widths and gaps.
    body: Vec<f64>,
    gaps: Vec<Extent>,
    /// For every cell end: the end of the visible part (spaces hang).
    visible: Vec<usize>,
    /// Blank before a cell that starts a line, and after one that ends it.
    heads: Vec<f64>,
    tails: Vec<f64>,
    /// How much of a cell may hang over the line's end.
    hangs: Vec<f64>,
}

/// A line's widths, em.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    pub natural: f64,
    pub shrink: f64,
    pub word: f64,
    pub latin: f64,
    pub spread: f64,
    pub level: f64,
    /// Width of the 。 or 、 at the end, if it may hang outside the measure.
    pub hang: f64,
}

impl Extent {
    /// Natural width in `room`, and how much of it hangs: a 。 or 、 that does not fit hangs rather than squeeze the line,
    /// unless a little squeezing is enough (JLREQ 3.8.2, note).
    pub(super) fn settle(&self, room: f64) -> (f64, f64) {
        let excess = self.natural - room;
        let squeezed = excess <= self.shrink.min(self.hang / 2.0);
        if self.hang > 0.0 && excess > SLACK && !squeezed { (self.natural - self.hang, self.hang) } else { (self.natural, 0.0) }
    }

    fn least(&self, room: f64) -> f64 {
        self.settle(room).0 - self.shrink
    }
}

impl Sums {
    pub(super) fn new(cells: &[Cell], gaps: &[Gap], style: &Style) -> Self {
        let n = cells.len();
        let mut s = Sums {
            body: vec![0.0; n + 1],
            gaps: vec![Extent::default(); n + 1],
            visible: vec![0; n + 1],
            heads: cells.iter().map(|c| c.head + if style.line_start == LineStart::Half && c.class == Class::Opening { c.lead } else { 0.0 }).collect(),
            tails: cells.iter().map(|c| c.tail).collect(),
            hangs: cells.iter().map(|c| if style.hanging && "。、，．".contains(c.ch) { c.body } else { 0.0 }).collect(),
        };
        for (i, cell) in cells.iter().enumerate() {
            let g = gaps.get(i).copied().unwrap_or_default();
            let before = s.gaps[i];
            s.body[i + 1] = s.body[i] + cell.body;
            s.gaps[i + 1] = Extent {
                natural: before.natural + g.natural,
                shrink: before.shrink + g.shrink,
                word: before.word + g.word,
                latin: before.latin + g.latin,
                spread: before.spread + g.spread,
                level: before.level + g.level,
                hang: 0.0,
            };
            s.visible[i + 1] = if cell.class.is_space() { s.visible[i] } else { i + 1 };
        }
        s
    }

    /// End of what is seen of the cells from `a` to `b`.
    pub(super) fn visible(&self, a: usize, b: usize) -> usize {
        self.visible[b].max(a)
    }

    pub(super) fn head(&self, a: usize) -> f64 {
        self.heads.get(a).copied().unwrap_or(0.0)
    }

    pub(super) fn extent(&self, a: usize, b: usize) -> Extent {
        let e = self.visible(a, b);
        if e == a {
            return Extent::default();
        }
        let (from, to) = (&self.gaps[a], &self.gaps[e - 1]);
        Extent {
            natural: self.heads[a] + self.body[e] - self.body[a] + to.natural - from.natural + self.tails[e - 1],
            shrink: to.shrink - from.shrink,
            word: to.word - from.word,
            latin: to.latin - from.latin,
            spread: to.spread - from.spread,
            level: to.level - from.level,
            hang: if e > a + 1 { self.hangs[e - 1] } else { 0.0 },
        }
    }
}

/// Line ends (cell indices), and whether a piece had to be broken by force. `measure` and `indent` in em.
pub(super) fn choose(cells: &[Cell], gaps: &[Gap], sums: &Sums, style: &Style, measure: f64, indent: f64) -> (Vec<usize>, bool) {
    for most in [Hold::Free, Hold::Phrase, Hold::Word, Hold::Kinsoku] {
        if let Some(ends) = fit(cells, gaps, sums, style, measure, indent, most) {
            let mut starts = std::iter::once(0).chain(ends.iter().copied());
            let wide = ends.iter().any(|&e| starts.next().is_some_and(|a| sums.extent(a, e).least(measure) > measure + SLACK));
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
            if extent.least(room) > room + SLACK && !alone {
                // Wider lines only follow, but for the first line's indent and the blank before a reading or bracket.
                if extent.least(measure) > measure + 1.0 {
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

/// What the given line ends cost; `None` where a line would be too wide or a break is held.
pub(super) fn cost_of(cells: &[Cell], gaps: &[Gap], sums: &Sums, style: &Style, measure: f64, ends: &[usize]) -> Option<f64> {
    let (mut a, mut sum) = (0, 0.0);
    for &b in ends {
        let extent = sums.extent(a, b);
        if b <= a || extent.least(measure) > measure + SLACK || (b < cells.len() && gaps[b - 1].hold > Hold::Phrase) {
            return None;
        }
        sum += cost(cells, sums, a, b, &extent, measure, style) + break_cost(gaps, b, cells.len());
        a = b;
    }
    Some(sum)
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
    let (natural, hung) = extent.settle(room);
    let slack = room - natural;
    let shown = sums.visible(a, b) - a;
    let letters = if b - a <= 4 { cells[a..b].iter().filter(|c| !c.class.is_space() && !class::not_at_start(c.class)).count() } else { shown };
    let mut cost = if hung > 0.0 { 0.01 } else { 0.0 };
    if slack < 0.0 {
        let part = (-slack / extent.shrink.max(1e-9)).min(1.0);
        cost += 0.02 + 0.6 * part * part;
    }
    if style.heading {
        let share = (natural / room).min(1.0);
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
                let ease = extent.word + extent.latin;
                let rest = (slack - ease).max(0.0);
                let eased = if ease > 0.0 { (slack / ease).min(1.0) } else { 0.0 };
                let spread = if rest <= THIRD * extent.spread {
                    rest / extent.spread.max(SLACK)
                } else if extent.level == 0.0 {
                    rest
                } else {
                    THIRD + (rest - THIRD * extent.spread) / extent.level.max(1.0)
                };
                0.05 * eased * eased + if rest > 0.0 { 100.0 * spread * spread } else { 0.0 }
            }
            _ => 6.0 * (slack / room) * (slack / room),
        };
    }
    cost + 0.05
}
