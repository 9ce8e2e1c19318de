//! Text to characters: which class each is in, in which face it is drawn, and whether that face has it.
use super::class::Class;
use super::markup::Dress;
use super::{Flow, Style};
use crate::font::{Face, FontId, Fonts, Writing};
use std::ops::Range;

/// A character with its marks and variation selectors, as the writer gave it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Byte range in the paragraph's text.
    pub text: Range<usize>,
    pub ch: char,
    pub class: Class,
    pub font: FontId,
    pub writing: Writing,
    pub turn: Turn,
    pub dress: Dress,
    /// In no face: drawn as this visible mark.
    pub stand_in: Option<char>,
}

/// How a piece stands on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// As in a horizontal line.
    Level,
    /// On its feet in a vertical line.
    Upright,
    /// Latin, turned a quarter clockwise.
    Sideways,
    /// A few digits side by side in one square (縦中横).
    Combined,
}

/// Marks that belong to the character before them and never start a piece.
fn is_attached(c: char) -> bool {
    matches!(c,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{3099}' | '\u{309A}' | '\u{0300}'..='\u{036F}'
        | '\u{20D0}'..='\u{20FF}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Drawn by no glyph: soft hyphens, joiners, direction marks and control characters.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The pieces of one stretch of text without line breaks; `base` is its byte offset in the paragraph, `dressed` what marks
/// say of the paragraph, in order.
pub(super) fn collect(text: &str, base: usize, dressed: &[(Range<usize>, Dress)], flow: Flow, style: &Style, fonts: &Fonts, missing: &mut Vec<(usize, char)>) -> Vec<Piece> {
    let mut dressed = dressed.iter().peekable();
    let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 3 + 4);
    let mut joined = false;
    for (at, ch) in text.char_indices() {
        let end = base + at + ch.len_utf8();
        if let Some(last) = pieces.last_mut()
            && (is_attached(ch) || joined)
        {
            last.text.end = end;
            joined = ch == '\u{200D}';
            continue;
        }
        while dressed.next_if(|(range, _)| range.end <= base + at).is_some() {}
        let dress = dressed.peek().filter(|(range, _)| range.start <= base + at).map_or(Dress::default(), |(_, dress)| *dress);
        let class = if dress.note { Class::ReferenceMark } else { Class::of(ch) };
        // A tab, as it comes with words from a table, is one space wide.
        let stand_in = (ch == '\t').then_some(' ');
        let piece = Piece { text: base + at..end, ch, class, font: style.face, writing: Writing::Japanese, turn: Turn::Level, dress, stand_in };
        pieces.push(piece);
    }
    settle_quotes(&mut pieces);
    if flow == Flow::Vertical {
        combine_digits(&mut pieces, usize::from(style.combine));
        pieces.iter_mut().for_each(stand_up);
    }
    for i in 0..pieces.len() {
        choose_face(&mut pieces, i, text, base, style, fonts, missing);
    }
    pieces
}

fn is_japanese(p: &Piece) -> bool {
    p.ch >= '\u{2E80}' && !p.class.is_space()
}

/// Curly quotes are Japanese brackets beside Japanese text and Latin marks elsewhere; a pair is settled as one.
fn settle_quotes(pieces: &mut [Piece]) {
    let japanese_beside = |i: usize, pieces: &[Piece]| {
        let before = i.checked_sub(1).is_some_and(|j| is_japanese(&pieces[j]));
        before || pieces.get(i + 1).is_some_and(is_japanese)
    };
    let mut open: Vec<usize> = Vec::new();
    for i in 0..pieces.len() {
        match pieces[i].ch {
            '“' | '‘' => open.push(i),
            '”' | '’' => {
                // A pair lies near by; looking no further keeps hostile text cheap.
                let near = open.len().saturating_sub(16);
                let opener = if pieces[i].ch == '”' { '“' } else { '‘' };
                let start = open[near..].iter().rposition(|&j| pieces[j].ch == opener).map(|k| k + near);
                let start = start.map(|k| open.drain(k..).next().unwrap_or(i));
                let japanese = japanese_beside(i, pieces) || start.is_some_and(|j| japanese_beside(j, pieces));
                let latin = if start.is_none() { !japanese_beside(i, pieces) || pieces[i].ch == '’' } else { !japanese };
                if latin {
                    pieces[i].class = Class::Western;
                    if let Some(j) = start {
                        pieces[j].class = Class::Western;
                    }
                }
            }
            _ => {}
        }
    }
    for i in open {
        if !japanese_beside(i, pieces) {
            pieces[i].class = Class::Western;
        }
    }
}

/// In a vertical line up to `most` digits that stand alone share a square (縦中横, JLREQ 3.2.5); longer numbers would be too
/// small in it and lie on their side. A single letter, !! and !? stand upright too.
fn combine_digits(pieces: &mut Vec<Piece>, most: usize) {
    let joins = |p: &Piece| p.ch.is_ascii_alphanumeric() || (p.ch == '’' && p.class == Class::Western) || matches!(p.ch, ',' | '.' | '-' | '/' | ':' | '%' | '!' | '?');
    let mut i = 0;
    while i < pieces.len() {
        let dress = pieces[i].dress;
        let n = pieces[i..].iter().take_while(|p| joins(p) && p.dress == dress).count();
        let digits = n <= most && pieces[i..i + n].iter().all(|p| p.ch.is_ascii_digit());
        let exclaims = n == 2 && pieces[i..i + n].iter().all(|p| matches!(p.ch, '!' | '?'));
        if n > 0 && !dress.note && (digits || exclaims || n == 1 && pieces[i].ch != '’') {
            pieces[i].text.end = pieces[i + n - 1].text.end;
            (pieces[i].turn, pieces[i].class) = (Turn::Combined, Class::TateChuYoko);
            pieces.drain(i + 1..i + n);
            i += 1;
        } else {
            i += n.max(1);
        }
    }
}

/// How a piece stands in a vertical line; curly quotes take their vertical forms.
fn stand_up(piece: &mut Piece) {
    if piece.turn == Turn::Combined {
        return;
    }
    piece.turn = if is_latin(piece) { Turn::Sideways } else { Turn::Upright };
    piece.stand_in = match (piece.ch, piece.class) {
        ('“', Class::Opening) => Some('〝'),
        ('”', Class::Closing) => Some('〟'),
        ('‘', Class::Opening) => Some('「'),
        ('’', Class::Closing) => Some('」'),
        _ => None,
    };
}

/// Whether the character is drawn with the Latin face.
fn is_latin(p: &Piece) -> bool {
    match p.ch {
        '\u{20}'..='\u{7E}' | '\u{A0}' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => true,
        '–' | '‘' | '’' | '“' | '”' | '\u{A1}'..='\u{BF}' | '\u{2011}' | '\u{2012}' => p.class == Class::Western,
        _ => false,
    }
}

fn has(face: &Face, text: &str) -> bool {
    let charmap = face.shaping.charmap();
    let mut chars = text.chars();
    let Some(base) = chars.next() else { return true };
    if charmap.map_unicode(base).is_none() {
        return false;
    }
    let mut last = base;
    chars.all(|c| {
        let known = is_invisible(c) || charmap.map_unicode(c).is_some();
        let variant = !matches!(c, '\u{E0100}'..='\u{E01EF}') || charmap.map_unicode_variant(last, c).is_some();
        last = c;
        known && variant
    })
}

fn choose_face(pieces: &mut [Piece], i: usize, text: &str, base: usize, style: &Style, fonts: &Fonts, missing: &mut Vec<(usize, char)>) {
    let piece = &mut pieces[i];
    let latin = matches!(piece.turn, Turn::Sideways) || piece.turn == Turn::Level && is_latin(piece);
    piece.writing = match piece.turn {
        Turn::Upright => Writing::Upright,
        Turn::Sideways | Turn::Combined => Writing::Latin,
        Turn::Level => if latin { Writing::Latin } else { Writing::Japanese },
    };
    let dressed = |face: FontId| if piece.dress.bold { face.bolder() } else { face };
    let own_face = dressed(style.face);
    let first = if latin { dressed(style.latin) } else { own_face };
    piece.font = first;
    let own = &text[piece.text.start - base..piece.text.end - base];
    if is_invisible(piece.ch) || fonts.face(first).is_some_and(|f| has(f, own)) {
        return;
    }
    let order = [own_face].into_iter().chain(Fonts::fallbacks(own_face).iter().copied());
    let with_marks = order.clone().find(|id| fonts.face(*id).is_some_and(|f| has(f, own)));
    // A variant that no face has falls back to the plain character rather than to a box.
    let plain = || {
        let bare = &own[..piece.ch.len_utf8()];
        [first].into_iter().chain(order.clone()).find(|id| fonts.face(*id).is_some_and(|f| has(f, bare)))
    };
    match with_marks.or_else(plain) {
        Some(id) => piece.font = id,
        None => {
            missing.push((piece.text.start, piece.ch));
            let mark = ['〓', '□', '?'];
            let found = mark.iter().find_map(|&m| {
                let all = [style.face].into_iter().chain(FontId::ALL);
                let id = all.into_iter().find(|id| fonts.face(*id).is_some_and(|f| has(f, m.encode_utf8(&mut [0; 4]))))?;
                Some((m, id))
            });
            piece.stand_in = Some(found.map_or('〓', |f| f.0));
            piece.font = found.map_or(style.face, |f| f.1);
            piece.writing = if piece.turn == Turn::Level { Writing::Japanese } else { Writing::Upright };
            piece.turn = if piece.turn == Turn::Level { Turn::Level } else { Turn::Upright };
        }
    }
}
