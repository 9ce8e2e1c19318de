//! A second opinion on set text: kinsoku, width and completeness, judged from its own plain lists and not from the
//! classes that made the lines. Tests and the check of sample panels ask it.
use super::markup;
use super::SetText;
use crate::length::Pt;

/// What is wrong on a line; `line` counts from 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Violation {
    /// The line begins with a character that must not begin one.
    Start { line: usize, found: char },
    /// The line ends with a character that must not end one.
    End { line: usize, found: char },
    /// …… or a number is cut in two.
    Parted { line: usize, before: char, after: char },
    /// A mark or variation selector was cut from its base.
    Orphan { line: usize, found: char },
    TooWide { line: usize, excess: Pt },
    /// The lines do not give the text back.
    Lost { line: usize },
}

const NOT_FIRST: &str = "」』）)］]｝}〕〉》】〙〗｠»、。，．､｡・･：；！？‼⁇⁈⁉ーｰ々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ～〜‐゠–％%‰℃℉㎡㎥㎏㎞㎝㎜㎎㏄｣〟";
const NOT_LAST: &str = "「『（(［[｛{〔〈《【〘〖｟«｢〝￥＄￡＃№¥£€〒℡";

fn ends_line(c: char) -> bool {
    ['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'].contains(&c)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_attached(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{3099}' | '\u{309A}' | '\u{0300}'..='\u{036F}')
}

/// Everything wrong with `set` as a setting of `text` in `measure`. Empty if all is well. Parted numbers are no fault
/// where the text had to be broken by force.
pub fn check(source: &str, set: &SetText, measure: Pt) -> Vec<Violation> {
    let marked = if set.marks { markup::parse(source) } else { markup::Marked::unmarked(source) };
    let text = &*marked.text;
    let mut found = Vec::new();
    let (mut at, mut source_at) = (0, 0);
    for (line, set_line) in set.lines.iter().enumerate() {
        if set_line.text.start != source_at {
            found.push(Violation::Lost { line });
        }
        source_at = set_line.text.end;
        let range = marked.to_plain(set_line.text.start)..marked.to_plain(set_line.text.end);
        let own = text.get(range.clone()).unwrap_or_default();
        let bare = own.trim_end_matches(|c| ends_line(c) || c == '\r');
        let drawn: String = set_line.runs.iter().map(|r| r.text.as_str()).collect();
        if range.start != at || (drawn != bare && drawn != own) || !ranges_tile(set_line) {
            found.push(Violation::Lost { line });
        }
        at = range.end;
        let excess = set_line.width - measure;
        if excess.0 > 0.01 || set_line.hang.0 > 0.0 && !own_ends_with_stop(bare) || ink_beyond(set_line, measure) {
            found.push(Violation::TooWide { line, excess });
        }
        let soft = range.start > 0 && !text[..range.start].ends_with(ends_line);
        if soft {
            judge_break(&text[..range.start], own, line, set.forced, &mut found);
        }
    }
    if at != text.len() || source_at != source.len() || !readings_shown(&marked, set) {
        found.push(Violation::Lost { line: set.lines.len() });
    }
    found
}

/// Every reading stands over some line, letter by letter.
fn readings_shown(marked: &markup::Marked, set: &SetText) -> bool {
    let mut wanted: Vec<char> = marked.rubies.iter().flat_map(|r| &r.parts).flat_map(|(_, reading)| reading.chars()).collect();
    let mut shown: Vec<char> = set.lines.iter().flat_map(|l| &l.over).flat_map(|run| run.text.chars()).collect();
    wanted.sort_unstable();
    shown.sort_unstable();
    wanted == shown
}

fn judge_break(before: &str, after: &str, line: usize, forced: bool, found: &mut Vec<Violation>) {
    let (Some(next), Some(b)) = (before.chars().next_back(), after.chars().next()) else { return };
    // Spaces hang at the end: what is seen last stands before them, but what they part may be parted.
    let a = before.trim_end_matches([' ', '\u{3000}']).chars().next_back().unwrap_or(next);
    if is_attached(b) {
        found.push(Violation::Orphan { line, found: b });
    }
    if NOT_FIRST.contains(b) || (",.:;!?".contains(b) && !next.is_whitespace()) {
        found.push(Violation::Start { line, found: b });
    }
    if NOT_LAST.contains(a) {
        found.push(Violation::End { line: line.saturating_sub(1), found: a });
    }
    let leader = next == b && "…‥―—".contains(a);
    if leader || (!forced && is_digit(next) && is_digit(b)) {
        found.push(Violation::Parted { line, before: a, after: b });
    }
}

/// Only 。 and 、 and their full-width Latin likes may hang.
fn own_ends_with_stop(line: &str) -> bool {
    line.trim_end_matches([' ', '\u{3000}']).ends_with(['。', '、', '，', '．'])
}

/// Every byte of a run belongs to one glyph at most, in order.
fn ranges_tile(line: &super::Line) -> bool {
    line.runs.iter().all(|run| {
        let mut at = 0;
        run.glyphs.iter().all(|g| {
            let fits = g.text.start >= at && g.text.end >= g.text.start && run.text.get(g.text.start as usize..g.text.end as usize).is_some();
            at = g.text.end.max(at);
            fits
        })
    })
}

/// A glyph's origin right of the measure: widths alone could lie.
fn ink_beyond(line: &super::Line, measure: Pt) -> bool {
    line.runs.iter().chain(&line.over).any(|run| run.glyphs.iter().any(|g| g.x.0 > measure.0 + 0.01))
}
