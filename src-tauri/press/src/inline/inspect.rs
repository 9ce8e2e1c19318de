//! Looking into the choice of lines: where a line may break and by which rule not, and what a given choice costs. For the
//! comparison with other typesetters; setting does not need it.
use super::breaks::{self, Hold};
use super::class::{self, Breaking};
use super::keep::{self, Keep};
use super::{read, Flow, Job, Style};
use crate::font::Fonts;
use crate::length::Pt;

/// Why a line may not break at a place, or that it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    Free,
    /// JLREQ 3.1.7: what follows never starts a line.
    NotFirst,
    /// JLREQ 3.1.8: what comes before never ends a line.
    NotLast,
    /// JLREQ 3.1.10: leaders and dashes in a row.
    Leaders,
    /// A number with its counter, unit or prefix; full-width words.
    Kept,
    /// Inside a word, as Unicode's rules see it.
    Word,
    /// A reading's base, or a footnote mark.
    Marked,
}

/// Every place between two characters of a text without line breaks, as byte offset of its plain text, with the rule.
pub fn places(text: &str, style: &Style, fonts: &Fonts) -> Vec<(usize, Rule)> {
    let marked = read(text, style);
    let job = Job { flow: Flow::Horizontal, marked: &marked, style, measure: f64::INFINITY, fonts, dot: None };
    let made = job.make(0..marked.text.len(), &mut Vec::new());
    let cells = &made.shaped.cells;
    let kept = keep::kept(cells);
    let rule = |i: usize| {
        let (a, b) = (&cells[i], &cells[i + 1]);
        match made.gaps[i].hold {
            Hold::Free | Hold::Phrase => Rule::Free,
            _ if class::not_at_start(b.class) || ",.:;!?".contains(b.ch) => Rule::NotFirst,
            _ if class::breaking(a.class, b.class) == Breaking::UnlessSame => Rule::Leaders,
            _ if class::breaking(a.class, b.class) == Breaking::Never => Rule::NotLast,
            Hold::Kinsoku => Rule::Marked,
            _ if kept[i] == Keep::Held => Rule::Kept,
            _ => Rule::Word,
        }
    };
    (0..cells.len().saturating_sub(1)).map(|i| (cells[i + 1].text.start, rule(i))).collect()
}

/// What it costs to break the paragraph before these plain bytes: less is better; `None` if a line would not fit or a
/// place is forbidden. No indent.
pub fn cost(text: &str, style: &Style, measure: Pt, starts: &[usize], fonts: &Fonts) -> Option<f64> {
    let marked = read(text, style);
    let job = Job { flow: Flow::Horizontal, marked: &marked, style, measure: f64::INFINITY, fonts, dot: None };
    let made = job.make(0..marked.text.len(), &mut Vec::new());
    let cells = &made.shaped.cells;
    let ends = starts.iter().map(|at| cells.iter().position(|c| c.text.start == *at)).chain([Some(cells.len())]).collect::<Option<Vec<_>>>()?;
    breaks::cost_of(cells, &made.gaps, &made.sums, style, measure.0 / style.size.0, &ends)
}
