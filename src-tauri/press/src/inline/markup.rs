//! Marks in content text that Japanese writers know: ｜ruby《るび》, 《《dots》》, **bold**, [[accent]], ^^larger^^, ,,smaller,,,
//! [words](https://…) and the small raised ※1. What is not a whole mark is plain text: content never fails.
use std::borrow::Cow;
use std::ops::Range;

/// How a stretch of text is dressed, beyond its paragraph's style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dress {
    pub bold: bool,
    pub accent: bool,
    /// Emphasis dots over every character.
    pub dotted: bool,
    /// Steps larger (positive) or smaller.
    pub step: i8,
    /// A footnote mark: small and raised.
    pub note: bool,
}

impl Dress {
    /// Type size as part of the paragraph's.
    pub fn scale(self) -> f64 {
        let step = 1.2_f64.powi(i32::from(self.step.clamp(-3, 3)));
        if self.note { 0.6 * step } else { step }
    }
}

/// A reading over its base. With one reading a character it may break between them (jukugo ruby), with one for all never.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruby {
    /// Bytes of the plain text.
    pub base: Range<usize>,
    /// Base characters with their readings, in order; one for group ruby.
    pub parts: Vec<(Range<usize>, String)>,
}

/// Text without its marks, and what the marks said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked<'a> {
    pub text: Cow<'a, str>,
    /// Dressed stretches of the plain text, in order; what lies between is plain.
    pub dressed: Vec<(Range<usize>, Dress)>,
    pub rubies: Vec<Ruby>,
    pub links: Vec<(Range<usize>, String)>,
    /// For every plain byte, and one past the last, the place in the source where its character's stretch begins; empty
    /// where nothing is marked.
    source: Vec<u32>,
}

impl<'a> Marked<'a> {
    /// Text that carries no marks.
    pub fn unmarked(text: &'a str) -> Marked<'a> {
        Marked { text: Cow::Borrowed(text), ..Marked::default() }
    }

    /// Place in the source of a plain byte. Marks stand with the character that they open before or close after, so that
    /// ranges that tile the plain text tile the source.
    pub fn to_source(&self, at: usize) -> usize {
        if self.source.is_empty() { at } else { self.source[at.min(self.source.len() - 1)] as usize }
    }

    /// The plain byte that stands at a place of the source.
    pub fn to_plain(&self, at: usize) -> usize {
        if self.source.is_empty() {
            return at;
        }
        let mut plain = self.source.partition_point(|s| (*s as usize) < at).min(self.text.len());
        while !self.text.is_char_boundary(plain) {
            plain += 1;
        }
        plain
    }
}

/// The text as it is read aloud or listed: no marks, no readings. For names, bookmarks, search and checks.
pub fn plain(text: &str) -> Cow<'_, str> {
    parse(text).text
}

/// Reads the marks.
pub fn parse(text: &str) -> Marked<'_> {
    tokens_of(text).map_or_else(|| Marked::unmarked(text), |tokens| write(&tokens, text))
}

/// Marks and characters, every mark with its partner; `None` where nothing is marked.
pub(super) fn tokens_of(text: &str) -> Option<Vec<Token>> {
    if !may_be_marked(text) {
        return None;
    }
    let mut tokens = tokens(text);
    if tokens.iter().all(|t| matches!(t.kind, Kind::Text)) {
        return None;
    }
    pair(&mut tokens, text);
    Some(tokens)
}

fn may_be_marked(text: &str) -> bool {
    text.contains(['《', '*', '[', '^', '\\', '※', '＊']) || text.contains(",,")
}

/// What can be opened and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Dots,
    Bold,
    Accent,
    Larger,
    Smaller,
    Link,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Plain characters.
    Text,
    /// A backslash that is not shown.
    Escape,
    /// May open or close; a toggle does both.
    Open(Pair),
    Close(Pair),
    Toggle(Pair),
    /// Has found its partner: opens (true) or closes.
    Paired(Pair, bool),
    /// ｜ before a base with a reading.
    RubyStart,
    /// 《…》 after its base: where in the tokens the base begins, and the reading.
    Reading(usize),
    Note,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub at: Range<usize>,
    pub kind: Kind,
}

const ESCAPED: &str = "《》｜|*[]()^,\\※＊";

/// Longest reading in bytes: longer 《…》 are brackets.
const LONGEST_READING: usize = 180;

fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, kind) = match c {
            '\\' => match rest[1..].chars().next() {
                Some(next) if ESCAPED.contains(next) => {
                    out.push(Token { at: at..at + 1, kind: Kind::Escape });
                    at += 1;
                    (next.len_utf8(), Kind::Text)
                }
                _ => (1, Kind::Text),
            },
            '《' if rest.starts_with("《《") => (6, Kind::Open(Pair::Dots)),
            '《' => read_ruby(rest, at, text, &mut out),
            '》' if rest.starts_with("》》") => (6, Kind::Close(Pair::Dots)),
            '*' if rest.starts_with("**") => (2, Kind::Toggle(Pair::Bold)),
            '^' if rest.starts_with("^^") => (2, Kind::Toggle(Pair::Larger)),
            ',' if rest.starts_with(",,") => (2, Kind::Toggle(Pair::Smaller)),
            '[' if rest.starts_with("[[") => (2, Kind::Open(Pair::Accent)),
            ']' if rest.starts_with("]]") => (2, Kind::Close(Pair::Accent)),
            '[' => (1, Kind::Open(Pair::Link)),
            ']' => link_end(rest).map_or((1, Kind::Text), |end| (end, Kind::Close(Pair::Link))),
            '※' | '＊' | '*' => note_mark(text, at).map_or((c.len_utf8(), Kind::Text), |n| (n, Kind::Note)),
            _ => (c.len_utf8(), Kind::Text),
        };
        out.push(Token { at: at..at + length, kind });
        at += length;
    }
    out
}

/// `](https://…)`: length in bytes, if that is what follows.
fn link_end(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix("](")?;
    let end = inner.find(|c: char| c == ')' || c.is_whitespace())?;
    let url = &inner[..end];
    let known = ["https://", "http://", "mailto:"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
    (known && inner[end..].starts_with(')')).then_some(end + 3)
}

/// A mark that refers to a note: ※1, ＊2, *3 after a word, or a bare mark before a particle, punctuation or the end.
/// A ※ that begins a remark (受付　※要予約) stays as it is.
fn note_mark(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back()?;
    if before.is_whitespace() || "（「『【〔(［〈《※＊*".contains(before) {
        return None;
    }
    let mut rest = text[at..].chars();
    let mark = rest.next()?;
    if mark == '*' && before.is_ascii() {
        return None;
    }
    let digits = rest.as_str().chars().take_while(char::is_ascii_digit).count();
    let after = rest.as_str()[digits..].chars().next();
    if digits > 2 || (digits > 0 && after.is_some_and(|c| "回人名日月年時分円階つ個枚件団第,.:%％".contains(c))) {
        return None;
    }
    let ends_sentence = "。．！？!?".contains(before);
    let alone = after.is_none_or(|c| c.is_whitespace() || "はがをにでともへや、。，．・）)」』】：/／".contains(c));
    (digits > 0 || alone && !ends_sentence).then_some(mark.len_utf8() + digits)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〆' | '〇' | 'ヶ')
}

fn is_variant(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// What may stand in a reading whose base is not marked with ｜.
fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}' | ' ' | '\u{2009}' | '\u{3000}')
}

/// `《reading》` after its base: the base begins at the last ｜, or with the run of kanji before. Otherwise brackets.
fn read_ruby(rest: &str, at: usize, text: &str, out: &mut [Token]) -> (usize, Kind) {
    let bracket = ('《'.len_utf8(), Kind::Text);
    let inner = &rest['《'.len_utf8()..];
    let Some(end) = inner.char_indices().take_while(|(i, c)| *i <= LONGEST_READING && *c != '\n').find(|(_, c)| *c == '》').map(|(i, _)| i) else { return bracket };
    let reading = &inner[..end];
    if reading.trim().is_empty() || reading.contains(['《', '｜']) {
        return bracket;
    }
    let whole = '《'.len_utf8() + end + '》'.len_utf8();
    let char_of = |t: &Token| text[t.at.clone()].chars().next().unwrap_or(' ');
    // A ｜ within reach, with only text between.
    let near = out.len().saturating_sub(40);
    let bar = out[near..].iter().rposition(|t| t.kind != Kind::Text || matches!(char_of(t), '｜' | '|' | '\n')).map(|k| k + near);
    if let Some(k) = bar
        && out[k].kind == Kind::Text
        && matches!(char_of(&out[k]), '｜' | '|')
        && !(k > 0 && out[k - 1].kind == Kind::Escape)
        && k + 1 < out.len()
    {
        out[k].kind = Kind::RubyStart;
        return (whole, Kind::Reading(k + 1));
    }
    let base = out.iter().rev().take(20).take_while(|t| t.kind == Kind::Text && (is_kanji(char_of(t)) || is_variant(char_of(t)))).count();
    let touching = out.len() - base;
    if base == 0 || at == 0 || !reading.chars().all(is_kana) || is_variant(char_of(&out[touching])) {
        return bracket;
    }
    (whole, Kind::Reading(touching))
}

/// Finds partners; what has none is text. Marks never reach over a line break.
fn pair(tokens: &mut [Token], text: &str) {
    let mut open: Vec<(usize, Pair)> = Vec::new();
    for i in 0..tokens.len() {
        let (what, closes) = match tokens[i].kind {
            Kind::Open(p) => (p, false),
            Kind::Close(p) => (p, true),
            Kind::Toggle(p) => (p, open.iter().any(|(_, o)| *o == p)),
            Kind::Text if text[tokens[i].at.clone()].starts_with('\n') => {
                open.clear();
                continue;
            }
            _ => continue,
        };
        if !closes {
            open.push((i, what));
            // Depth is bounded: nobody nests deeper, and hostile text stays cheap.
            if open.len() > 16 {
                open.remove(0);
            }
            continue;
        }
        let Some(k) = open.iter().rposition(|(_, p)| *p == what) else { continue };
        let (start, _) = open[k];
        if i == start + 1 {
            // Nothing between: two plain marks.
            continue;
        }
        open.truncate(k);
        tokens[start].kind = Kind::Paired(what, true);
        tokens[i].kind = Kind::Paired(what, false);
    }
    for token in tokens {
        if matches!(token.kind, Kind::Open(_) | Kind::Close(_) | Kind::Toggle(_)) {
            token.kind = Kind::Text;
        }
    }
}

/// Collects the plain text with its dress.
struct Writer<'t> {
    source_text: &'t str,
    out: String,
    source: Vec<u32>,
    /// Where the stretch of the next character begins, if an opening mark stands before it.
    opened_at: Option<usize>,
    dressed: Vec<(Range<usize>, Dress)>,
    rubies: Vec<Ruby>,
    links: Vec<(Range<usize>, String)>,
}

impl Writer<'_> {
    fn show(&mut self, at: Range<usize>, dress: Dress) {
        let start = self.opened_at.take().unwrap_or(at.start) as u32;
        let from = self.out.len();
        self.out.push_str(&self.source_text[at.clone()]);
        for k in 0..at.len() {
            self.source.push(if k == 0 { start } else { (at.start + k) as u32 });
        }
        if dress != Dress::default() {
            match self.dressed.last_mut() {
                Some((range, last)) if range.end == from && *last == dress => range.end = self.out.len(),
                _ => self.dressed.push((from..self.out.len(), dress)),
            }
        }
    }
}

fn write<'a>(tokens: &[Token], text: &'a str) -> Marked<'a> {
    let mut w = Writer { source_text: text, out: String::with_capacity(text.len()), source: Vec::with_capacity(text.len() + 1), opened_at: None, dressed: Vec::new(), rubies: Vec::new(), links: Vec::new() };
    let mut dress = Dress::default();
    let mut starts = vec![0; tokens.len() + 1];
    let mut link = 0;
    for (i, token) in tokens.iter().enumerate() {
        starts[i] = w.out.len();
        let opens = |w: &mut Writer| {
            w.opened_at.get_or_insert(token.at.start);
        };
        match &token.kind {
            Kind::Text => w.show(token.at.clone(), dress),
            Kind::Note => {
                let raised = Dress { note: true, ..dress };
                let mut at = token.at.start;
                for c in text[token.at.clone()].chars() {
                    w.show(at..at + c.len_utf8(), raised);
                    at += c.len_utf8();
                }
            }
            Kind::Escape | Kind::RubyStart => opens(&mut w),
            Kind::Paired(what, start) => {
                if *start {
                    opens(&mut w);
                }
                match what {
                    Pair::Dots => dress.dotted = *start,
                    Pair::Bold => dress.bold = *start,
                    Pair::Accent => dress.accent = *start,
                    Pair::Larger => dress.step += if *start { 1 } else { -1 },
                    Pair::Smaller => dress.step -= if *start { 1 } else { -1 },
                    Pair::Link if *start => link = w.out.len(),
                    Pair::Link => {
                        let url = text[token.at.clone()].trim_start_matches("](").trim_end_matches(')');
                        w.links.push((link..w.out.len(), url.to_owned()));
                    }
                }
            }
            Kind::Reading(first) => {
                let base = starts[*first]..w.out.len();
                let reading = text[token.at.clone()].trim_start_matches('《').trim_end_matches('》');
                add_ruby(&mut w, base, reading);
            }
            Kind::Open(_) | Kind::Close(_) | Kind::Toggle(_) => {}
        }
    }
    w.source.push(text.len() as u32);
    // Marks after the last character belong to it.
    Marked { text: Cow::Owned(w.out), dressed: w.dressed, rubies: w.rubies, links: w.links, source: w.source }
}

/// One reading for all (group), one a character that may part (jukugo, divided by ・), or one a character each by itself
/// (mono, divided by a space). A division that does not match the characters is part of the reading.
fn add_ruby(w: &mut Writer, base: Range<usize>, reading: &str) {
    let mut letters: Vec<Range<usize>> = Vec::new();
    for (at, c) in w.out[base.clone()].char_indices() {
        let here = base.start + at..base.start + at + c.len_utf8();
        match letters.last_mut() {
            Some(last) if is_variant(c) || matches!(c, '\u{3099}' | '\u{309A}') => last.end = here.end,
            _ => letters.push(here),
        }
    }
    let divided = |marks: &[char]| {
        let parts: Vec<String> = reading.split(marks).map(str::to_owned).collect();
        (parts.len() == letters.len() && parts.len() > 1 && parts.iter().all(|p| !p.trim().is_empty())).then_some(parts)
    };
    if let Some(parts) = divided(&['・']) {
        let parts = letters.into_iter().zip(parts).collect();
        w.rubies.push(Ruby { base, parts });
    } else if let Some(parts) = divided(&[' ', '\u{2009}', '\u{3000}']) {
        w.rubies.extend(letters.into_iter().zip(parts).map(|(letter, part)| Ruby { base: letter.clone(), parts: vec![(letter, part)] }));
    } else {
        w.rubies.push(Ruby { parts: vec![(base.clone(), reading.to_owned())], base });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        let marked = parse(source);
        assert_eq!(marked.text, expected, "{source}");
        // Every boundary of the plain text has its place in the source, in order, from end to end.
        let places: Vec<usize> = (0..=marked.text.len()).map(|at| marked.to_source(at)).collect();
        assert!(places.is_sorted() && places.last() == Some(&source.len()), "{places:?}");
        for (at, _) in marked.text.char_indices() {
            assert_eq!(marked.to_plain(marked.to_source(at)), at, "{source} at {at}");
        }
    }

    #[test]
    fn whole_marks_are_not_shown() {
        check("｜銚子《ちょうし》の海", "銚子の海");
        check("銚子《ちょうし》の海", "銚子の海");
        check("葛󠄀城《かつらぎ》市", "葛󠄀城市");
        check("《《強調》》する", "強調する");
        check("**太字**と[[色]]と^^大^^と,,小,,", "太字と色と大と小");
        check("[東京](https://example.jp/)から", "東京から");
        check("372自治体※1が", "372自治体※1が");
        check("\\《\\《そのまま\\》\\》", "《《そのまま》》");
        check("**[[重ねる]]**", "重ねる");
    }

    #[test]
    fn what_is_not_whole_stays() {
        for text in ["**太字", "《《強調", "]] [[ 色", "[文字](ここ)", "^^", "****", "《作品》", "の《ひまわり》", "2**3", "C:\\files", "a,,b", "展覧会《富士》", "｜", "銚子《》", "[[", "受付※要予約"] {
            check(text, text);
        }
    }

    #[test]
    fn a_mark_does_not_reach_over_a_line() {
        check("**太\n字**", "**太\n字**");
    }

    #[test]
    fn readings_are_divided_as_they_are_written() {
        let parts = |text: &str| parse(text).rubies.iter().map(|r| r.parts.iter().map(|(_, p)| p.clone()).collect::<Vec<_>>()).collect::<Vec<_>>();
        assert_eq!(parts("｜銚子《ちょう・し》"), [["ちょう", "し"]]);
        assert_eq!(parts("｜銚子《ちょう し》"), [["ちょう"], ["し"]]);
        assert_eq!(parts("｜五月雨《さみだれ》"), [["さみだれ"]]);
        assert_eq!(parts("｜東京《Tokyo・City・Hall》"), [["Tokyo・City・Hall"]]);
    }

    #[test]
    fn a_note_mark_is_told_from_a_remark() {
        let notes = |text: &str| parse(text).dressed.iter().filter(|(_, d)| d.note).count();
        for (text, count) in [("自治体※1が", 1), ("来場者数※は", 1), ("来場者数※", 1), ("※写真は見本", 0), ("受付 ※要予約", 0), ("です。※1", 1), ("です。※写真", 0), ("定員※2名", 0), ("割合*1を", 1), ("3*1", 0), ("延べ＊、", 1)] {
            assert_eq!(notes(text), count, "{text}");
        }
    }
}
