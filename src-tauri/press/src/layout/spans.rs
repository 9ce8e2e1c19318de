//! One line of several sizes on one baseline: figures with their unit, dates with their weekday.
use crate::inline::{cut::cut, markup};
use crate::layout::pen::Pen;
use crate::layout::sheet::{Sheet, Voice};
use crate::theme::Role;

pub(crate) struct Span {
    pub text: String,
    pub voice: Voice,
    /// Space before it in mm.
    pub before: f64,
}

impl Span {
    pub(crate) fn new(text: impl Into<String>, voice: Voice, before: f64) -> Self {
        Self { text: text.into(), voice, before }
    }
}

pub(crate) fn width(sheet: &Sheet, spans: &[Span]) -> f64 {
    spans.iter().enumerate().map(|(i, s)| sheet.width(&s.text, &s.voice) + if i > 0 { s.before } else { 0.0 }).sum()
}

pub(crate) fn draw(pen: &mut Pen, spans: &[Span], x: f64, baseline: f64) -> f64 {
    let mut at = x;
    for (i, span) in spans.iter().enumerate() {
        at += if i > 0 { span.before } else { 0.0 };
        at += pen.line(&span.text, &span.voice, at, baseline);
    }
    at - x
}

/// 11月9日(水)～12月22日(木): what stands in brackets is set smaller.
pub(crate) fn dated(text: &str, voice: &Voice, share: f64) -> Vec<Span> {
    let small = voice.clone().sized(voice.size * share).minor(Role::Label);
    let mut spans: Vec<Span> = Vec::new();
    for piece in cut(text, brackets) {
        if markup::plain(&piece).starts_with(['(', '（']) {
            spans.push(Span::new(piece.replace('（', "(").replace('）', ")"), small.clone(), if spans.is_empty() { 0.0 } else { voice.em() * 0.03 }));
        } else {
            spans.push(Span::new(piece, voice.clone(), 0.0));
        }
    }
    // A middle dot at the start of a span has lost the space on its left.
    spans.iter_mut().skip(1).filter(|s| s.text.starts_with('・')).for_each(|s| s.before = voice.em() * 0.3);
    spans
}

/// Where each whole bracket begins and ends.
fn brackets(plain: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(open) = plain[at..].find(['(', '（']).map(|i| i + at) {
        let Some(close) = plain[open..].char_indices().find(|(_, c)| matches!(c, ')' | '）')).map(|(i, c)| open + i + c.len_utf8()) else { break };
        places.extend([open, close]);
        at = close;
    }
    places
}
