//! The lead: breaks after 。 first, then after 、, then between phrases.
use crate::block::What;
use crate::inline::{cut::cut, markup};
use crate::layout::body;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock, Voice};
use crate::theme::{ColourRole, Role};

pub(crate) fn set(sheet: &Sheet, text: &str, voice: &Voice, w: f64) -> TextBlock {
    let plain = sheet.set(text, voice, w);
    let lines: Vec<String> = pieces(text, '。').iter().map(|sentence| sentence_lines(sheet, sentence, voice, w)).collect();
    let fine = sheet.set(&lines.join("\n"), voice, w);
    // Sense before economy, but not more than one line of it.
    if fine.set.lines.len() <= plain.set.lines.len() + 1 { fine } else { plain }
}

/// Breaks one sentence after its 、 when the parts then fit a line each, as evenly as they can.
fn sentence_lines(sheet: &Sheet, sentence: &str, voice: &Voice, w: f64) -> String {
    if sheet.width(sentence, voice) <= w {
        return sentence.to_owned();
    }
    let halves = ends(&markup::plain(sentence), '、').into_iter().filter_map(|at| <[String; 2]>::try_from(cut(sentence, |_| vec![at])).ok());
    let best = halves
        .map(|[a, b]| (sheet.width(&a, voice), sheet.width(&b, voice), a, b))
        .filter(|(a, b, ..)| *a <= w && *b <= w)
        .min_by(|x, y| (x.0 - x.1).abs().total_cmp(&(y.0 - y.1).abs()));
    best.map_or_else(|| sentence.to_owned(), |(_, _, a, b)| format!("{a}\n{b}"))
}

/// Parts that each end after `mark` and the closing brackets that follow it, with the marks of their text.
fn pieces(text: &str, mark: char) -> Vec<String> {
    let pieces = cut(text, |plain| ends(plain, mark));
    pieces.iter().map(|p| p.trim_matches('\n').to_owned()).filter(|p| !p.is_empty()).collect()
}

/// Where the parts of a plain text end, but for the last.
fn ends(plain: &str, mark: char) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut after = false;
    for (i, c) in plain.char_indices() {
        if c == '\n' {
            ends.push(i);
            after = false;
        } else if after && !"」』）】〕".contains(c) {
            ends.push(i);
            after = false;
        }
        after |= c == mark;
    }
    ends
}

fn voice(sheet: &Sheet, size: f64) -> Voice {
    sheet.voice(Role::Lead, ColourRole::Main).sized(size)
}

pub(crate) fn height(sheet: &Sheet, parts: &Parts, w: f64, size: f64) -> f64 {
    match parts.lead {
        Some((_, What::Lead { text })) => set(sheet, text, &voice(sheet, size), w).height(),
        _ => 0.0,
    }
}

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, f: Frame, size: f64) {
    let Some((index, What::Lead { text })) = parts.lead else { return };
    let block = set(pen.sheet, text, &voice(pen.sheet, size), f.w);
    pen.block(index, |pen| {
        body::put_within(pen, index, &block, f, false);
    });
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_sentence_keeps_its_closing_bracket_and_its_marks() {
        assert_eq!(pieces("海へ注ぐ。「灯台だ。」と言った。", '。'), ["海へ注ぐ。", "「灯台だ。」", "と言った。"]);
        assert_eq!(pieces("**海へ注ぐ。灯台**だ。\n春", '。'), ["**海へ注ぐ。**", "**灯台**だ。", "春"]);
    }
}
