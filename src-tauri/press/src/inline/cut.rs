//! Cutting a marked text into pieces of which each carries its marks whole: a lead that takes a line for every sentence, a
//! title of two words. Knows marks; nothing of widths.
use super::markup::{self, Kind, Token};
use std::ops::Range;

/// Pieces of the source, one for each part of the plain text between the places that `places` names in it (bytes, in order).
/// A mark that reaches over a place is closed before it and opened again after it; a place inside a base with a reading, or
/// before a footnote mark, is passed over.
pub fn cut(text: &str, places: impl FnOnce(&str) -> Vec<usize>) -> Vec<String> {
    let Some(tokens) = markup::tokens_of(text) else {
        let mut at = 0;
        let mut ends = places(text);
        ends.push(text.len());
        let pieces = ends.into_iter().map(|end| text[std::mem::replace(&mut at, end)..end].to_owned());
        return pieces.filter(|piece| !piece.is_empty()).collect();
    };
    let mut plan = places(&markup::plain(text)).into_iter().peekable();
    let bases = bases(&tokens);
    let closers = closers(&tokens);
    let mut knife = Knife { text, pieces: vec![String::new()], open: Vec::new() };
    let mut shown = 0;
    for (i, token) in tokens.iter().enumerate() {
        while plan.next_if(|place| *place < shown).is_some() {}
        let begins = !matches!(token.kind, Kind::Paired(_, false) | Kind::Reading(_) | Kind::Note);
        if begins && !bases.iter().any(|base| base.start < i && i <= base.end) && plan.next_if(|place| *place == shown).is_some() {
            knife.part();
        }
        match token.kind {
            Kind::Text | Kind::Note => shown += token.at.len(),
            Kind::Paired(_, true) => knife.open.push((token.at.clone(), closers[i].clone())),
            _ => {}
        }
        knife.write(&token.at);
        if matches!(token.kind, Kind::Paired(_, false)) {
            knife.open.pop();
        }
    }
    knife.pieces.into_iter().filter(|piece| !piece.is_empty()).collect()
}

/// The words of a text between its spaces and line breaks, each with its marks whole.
pub fn words(text: &str) -> Vec<String> {
    let space = |c: char| matches!(c, ' ' | '　' | '\n');
    let around = |plain: &str| {
        let mut places: Vec<usize> = plain.char_indices().filter(|(_, c)| space(*c)).flat_map(|(at, c)| [at, at + c.len_utf8()]).collect();
        places.dedup();
        places
    };
    cut(text, around).into_iter().filter(|piece| !markup::plain(piece).trim_matches(space).is_empty()).collect()
}

/// Tokens from the bar (or the first character) of each base to its reading.
fn bases(tokens: &[Token]) -> Vec<Range<usize>> {
    let base = |(i, token): (usize, &Token)| match token.kind {
        Kind::Reading(first) => {
            let bar = first > 0 && tokens[first - 1].kind == Kind::RubyStart;
            Some(first - usize::from(bar)..i)
        }
        _ => None,
    };
    tokens.iter().enumerate().filter_map(base).collect()
}

/// For every opening mark, where its closing one stands in the source.
fn closers(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut closers = vec![0..0; tokens.len()];
    let mut open = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Paired(_, true) => open.push(i),
            Kind::Paired(_, false) => {
                if let Some(start) = open.pop() {
                    closers[start] = token.at.clone();
                }
            }
            _ => {}
        }
    }
    closers
}

struct Knife<'t> {
    text: &'t str,
    pieces: Vec<String>,
    /// Opening and closing mark of what is open.
    open: Vec<(Range<usize>, Range<usize>)>,
}

impl Knife<'_> {
    fn write(&mut self, at: &Range<usize>) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.push_str(&self.text[at.clone()]);
        }
    }

    fn part(&mut self) {
        for (_, close) in self.open.clone().iter().rev() {
            self.write(close);
        }
        self.pieces.push(String::new());
        for (open, _) in &self.open.clone() {
            self.write(open);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after_stops(plain: &str) -> Vec<usize> {
        plain.match_indices(['。', '、']).map(|(at, stop)| at + stop.len()).filter(|at| *at < plain.len()).collect()
    }

    #[test]
    fn every_piece_carries_its_marks_whole() {
        let cases: &[(&str, &[&str])] = &[
            ("海。山", &["海。", "山"]),
            ("**海。山**", &["**海。**", "**山**"]),
            ("**海。**山", &["**海。**", "山"]),
            ("海。**山**", &["海。", "**山**"]),
            ("《《海、山》》と空", &["《《海、》》", "《《山》》と空"]),
            ("**[[海。]]山**", &["**[[海。]]**", "**山**"]),
            ("**^^海。山^^空**", &["**^^海。^^**", "**^^山^^空**"]),
            ("[海。山](https://example.jp/)へ", &["[海。](https://example.jp/)", "[山](https://example.jp/)へ"]),
            ("｜海、山《うみやま》、空", &["｜海、山《うみやま》、", "空"]),
            ("銚子《ちょうし》。海", &["銚子《ちょうし》。", "海"]),
            ("海。銚子《ちょうし》", &["海。", "銚子《ちょうし》"]),
            ("海。※1山", &["海。※1山"]),
            ("\\*\\*海。山", &["\\*\\*海。", "山"]),
            ("**海。山", &["**海。", "山"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let pieces = cut(text, after_stops);
            assert_eq!(pieces, *expected, "{text}");
            // No character is lost and none is added.
            let joined: String = pieces.iter().map(|p| markup::plain(p).into_owned()).collect();
            assert_eq!(joined, markup::plain(text), "{text}");
        }
    }

    #[test]
    fn words_between_spaces_keep_their_marks() {
        assert_eq!(words("全国 **連携　展示**\n千葉"), ["全国", "**連携**", "**展示**", "千葉"]);
        assert_eq!(words(" 　"), [""; 0]);
    }
}
