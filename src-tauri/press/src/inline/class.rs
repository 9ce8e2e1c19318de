//! JLREQ character classes cl-01 … cl-30: which class a character is in, which space stands between two classes, and
//! whether a line may break there. Data only; widths come from `shape`, decisions from `breaks`.

/// A class of JLREQ appendix A. The number is the class number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    Opening = 1,
    Closing,
    Hyphen,
    Dividing,
    MiddleDot,
    FullStop,
    Comma,
    Inseparable,
    Iteration,
    LongVowel,
    SmallKana,
    Prefix,
    Postfix,
    IdeographicSpace,
    Hiragana,
    Katakana,
    MathSymbol,
    MathOperator,
    Ideograph,
    ReferenceMark,
    Ornamented,
    SimpleRuby,
    JukugoRuby,
    Numeral,
    Unit,
    WordSpace,
    Western,
    WarichuOpening,
    WarichuClosing,
    TateChuYoko,
}

impl Class {
    /// Class of a character by itself; quotes and numerals are settled in `collect`, where the neighbours are known.
    pub fn of(c: char) -> Class {
        use Class::*;
        match c {
            '(' | '[' | '{' | '（' | '〔' | '［' | '｛' | '〈' | '《' | '「' | '『' | '【' | '〘' | '〖' | '｟' | '«' | '〝' | '‘' | '“' | '｢' => Opening,
            ')' | ']' | '}' | '）' | '〕' | '］' | '｝' | '〉' | '》' | '」' | '』' | '】' | '〙' | '〗' | '｠' | '»' | '〟' | '’' | '”' | '｣' => Closing,
            '\u{2010}' | '–' | '〜' | '～' | '゠' => Hyphen,
            '！' | '？' | '‼' | '⁇' | '⁈' | '⁉' => Dividing,
            '・' | '：' | '；' | '･' => MiddleDot,
            '。' | '．' | '｡' => FullStop,
            '、' | '，' | '､' => Comma,
            '—' | '―' | '…' | '‥' | '〳' | '〴' | '〵' => Inseparable,
            'ヽ' | 'ヾ' | 'ゝ' | 'ゞ' | '々' | '〻' => Iteration,
            'ー' | 'ｰ' => LongVowel,
            'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ'
            | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | '\u{31F0}'..='\u{31FF}' | 'ｧ'..='ｯ' => SmallKana,
            '￥' | '＄' | '￡' | '＃' | '€' | '№' | '¥' | '£' | '〒' | '℡' => Prefix,
            '％' | '‰' | '′' | '″' | '°' | '℃' | '℉' | '￠' | 'ℓ' | '㏋' | '%' | '¢' => Postfix,
            '\u{3380}'..='\u{33DF}' | '\u{3300}'..='\u{3357}' => Postfix,
            '\u{3000}' => IdeographicSpace,
            '\u{3041}'..='\u{309F}' => Hiragana,
            '\u{30A0}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}' => Katakana,
            '＝' | '≠' | '＜' | '＞' | '≦' | '≧' | '∈' | '∋' | '⊆' | '⊇' | '⊂' | '⊃' | '∪' | '∩' | '≒' | '≡' => MathSymbol,
            '＋' | '－' | '×' | '÷' | '±' | '∓' | '−' => MathOperator,
            '※' => Ideograph,
            ' ' | '\u{A0}' | '\t' | '\u{2002}'..='\u{200A}' | '\u{202F}' => WordSpace,
            '0'..='9' => Numeral,
            '\u{21}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{0300}'..='\u{036F}' | '\u{2011}' | '\u{2012}' | '\u{2022}' => Western,
            '\u{0370}'..='\u{052F}' => Western,
            _ => Ideograph,
        }
    }

    /// Letters and digits of Latin words, between which and Japanese the Latin gap stands.
    pub fn is_western(self) -> bool {
        matches!(self, Class::Numeral | Class::Unit | Class::Western)
    }

    pub fn is_space(self) -> bool {
        matches!(self, Class::WordSpace | Class::IdeographicSpace)
    }

    fn row(self) -> usize {
        self as usize - 1
    }
}

/// What stands between two neighbours on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    None,
    /// The blank half of the closing bracket before.
    AfterClosing,
    /// The blank half of the opening bracket after.
    BeforeOpening,
    /// One half only, between a closing and an opening one.
    Between,
    AfterComma,
    AfterFullStop,
    /// The blank quarter of a middle dot, on whichever side it is.
    MiddleDot,
    /// The quarters of two middle dots.
    TwoDots,
    /// A full stop's half and the middle dot's quarter.
    StopAndDot,
    /// A comma's half and the middle dot's quarter.
    CommaAndDot,
    LatinGap,
}

/// Whether a line may break between two neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaking {
    Allowed,
    /// Only where the Unicode rules see an opportunity (after a hyphen).
    InWord,
    /// Only between different characters (…… stays whole).
    UnlessSame,
    Never,
}

/// JLREQ table 1. Rows: the class before; columns: the class after, both cl-01 to cl-30.
#[rustfmt::skip]
const SPACE: [&[u8; 30]; 30] = [
    b"....m.........................", //  1 Opening
    b"b.ccm..cccccc.ccccc.ccccc.cb.c", //  2 Closing
    b"o...m......................o..", //  3 Hyphen
    b"o...m...............q..qq.qo..", //  4 Dividing
    b"bmmm2mmmmmmmm.mmmmmmmmmmm.mbmm", //  5 MiddleDot
    b"b.ppd..pppppp.ppppp.ppppp.pb.p", //  6 FullStop
    b"b.kkK..kkkkkk.kkkkk.kkkkk.kb.k", //  7 Comma
    b"o...m......................o..", //  8 Inseparable
    b"o...m...............q..qq.qo..", //  9 Iteration
    b"o...m...............q..qq.qo..", // 10 LongVowel
    b"o...m...............q..qq.qo..", // 11 SmallKana
    b"o...m......................o..", // 12 Prefix
    b"o...m......................o..", // 13 Postfix
    b"..............................", // 14 IdeographicSpace
    b"o...m...............q..qq.qo..", // 15 Hiragana
    b"o...m...............q..qq.qo..", // 16 Katakana
    b"o...m......................o..", // 17 MathSymbol
    b"o...m......................o..", // 18 MathOperator
    b"o...m...............q..qq.qo..", // 19 Ideograph
    b"o...m......................o..", // 20 ReferenceMark
    b"o...m...qqq...qq..q..qq....o.q", // 21 Ornamented
    b"o...m...............q..qq.qo..", // 22 SimpleRuby
    b"o...m...............q..qq.qo..", // 23 JukugoRuby
    b"o...m...qqq...qq..q..qq....o.q", // 24 Numeral
    b"o...m...qqq...qq..q..qq....o.q", // 25 Unit
    b"..............................", // 26 WordSpace
    b"o...m...qqq...qq..q..qq....o.q", // 27 Western
    b"....m.........................", // 28 WarichuOpening
    b"b.ccm..cccccc.ccccccccccc.cb.c", // 29 WarichuClosing
    b"o...m...............q..qq.qo..", // 30 TateChuYoko
];

/// JLREQ table 2: `x` never, `s` not between two of the same character, `w` inside a Latin word.
#[rustfmt::skip]
const BREAK: [&[u8; 30]; 30] = [
    b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", //  1 Opening
    b".xxxxxx.xxx.xx.....x.....x..x.", //  2 Closing
    b".xxxxxx.xxx.xx.....x.....x..x.", //  3 Hyphen
    b".xxxxxx.xxx.xx.....x.....x..x.", //  4 Dividing
    b".xxxxxx.xxx.xx.....x.....x..x.", //  5 MiddleDot
    b".xxxxxx.xxx.xx.....x.....x..x.", //  6 FullStop
    b".xxxxxx.xxx.xx.....x.....x..x.", //  7 Comma
    b".xxxxxxsxxx.xx.....x.....x..x.", //  8 Inseparable
    b".xxxxxx.xxx.xx.....x.....x..x.", //  9 Iteration
    b".xxxxxx.xxx.xx.....x.....x..x.", // 10 LongVowel
    b".xxxxxx.xxx.xx.....x.....x..x.", // 11 SmallKana
    b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", // 12 Prefix
    b".xxxxxx.xxx.xx.....x.....x..x.", // 13 Postfix
    b".xxxxxx.xxx.xx.....x.....x..x.", // 14 IdeographicSpace
    b".xxxxxx.xxx.xx.....x.....x..x.", // 15 Hiragana
    b".xxxxxx.xxx.xx.....x.....x..x.", // 16 Katakana
    b".xxxxxx.xxx.xx.....x.....x..x.", // 17 MathSymbol
    b".xxxxxx.xxx.xx.....x.....x..x.", // 18 MathOperator
    b".xxxxxx.xxx.xx.....x.....x..x.", // 19 Ideograph
    b".xxxxxx.xxx.xx.....x.....x..x.", // 20 ReferenceMark
    b".xxxxxx.xxx.xx.....x.....x..x.", // 21 Ornamented
    b".xxxxxx.xxx.xx.....x.....x..x.", // 22 SimpleRuby
    b".xxxxxx.xxx.xx.....x.....x..x.", // 23 JukugoRuby
    b".xxxxxx.xxx.xx.....x...wwxw.x.", // 24 Numeral
    b".xxxxxx.xxx.xx.....x...wwxw.x.", // 25 Unit
    b".xxxxxx.xxx.xx.....x.....x..x.", // 26 WordSpace
    b".xxxxxx.xxx.xx.....x...wwxw.x.", // 27 Western
    b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", // 28 WarichuOpening
    b".xxxxxx.xxx.xx.....x.....x..x.", // 29 WarichuClosing
    b".xxxxxx.xxx.xx.....x.....x..x.", // 30 TateChuYoko
];

/// JLREQ table 6, for what comes after word spaces (the first step): `q` the Latin gap (second step), `+` up to a quarter em
/// (third step), `r` only when all of these are used up (fourth step). The word space stands here as a character of its own
/// and gets its share once, after it.
#[rustfmt::skip]
const SPREAD: [&[u8; 30]; 30] = [
    b"..............................", //  1 Opening
    b"r......r...rrrrrrrr.rrrrr.rr.r", //  2 Closing
    b"r......r...rrrrrrrr.rrrrr.rr.r", //  3 Hyphen
    b"r......r...rrrrrrrr.qrrqq.qr.r", //  4 Dividing
    b"r......r...rrrrrrrr.rrrrr.rr.r", //  5 MiddleDot
    b"r......r...rrrrrrrr.rrrrr.rr.r", //  6 FullStop
    b"r......r...rrrrrrrr.rrrrr.rr.r", //  7 Comma
    b"r......++++++r+++++.+++rr.++.+", //  8 Inseparable
    b"r......r+++++r+++++.q++qq.q+.+", //  9 Iteration
    b"r......r+++++r+++++.q++qq.q+.+", // 10 LongVowel
    b"r......r+++++r+++++.q++qq.q+.+", // 11 SmallKana
    b".......++++++.+++++.+++.+.++.+", // 12 Prefix
    b"r......++++++r+++++.+++++.++.+", // 13 Postfix
    b"r......r...rrrrrrrr.rrrrr.rr.r", // 14 IdeographicSpace
    b"r......++++++r+++++.q++qq.q+.+", // 15 Hiragana
    b"r......++++++r+++++.q++qq.q+.+", // 16 Katakana
    b"r......++++++r+++++.+++++.++.+", // 17 MathSymbol
    b"r......++++++r+++++.+++++.++.+", // 18 MathOperator
    b"r......++++++r+++++.q++qq.q+.+", // 19 Ideograph
    b"r......++++++r+++++.+++++.++.+", // 20 ReferenceMark
    b"r......+qqq++rqq++q.+qq++.++.q", // 21 Ornamented
    b"r......++++++r+++++.q++qq.q+.+", // 22 SimpleRuby
    b"r......++++++r+++++.q++qq.q+.+", // 23 JukugoRuby
    b"r......+qqq+.rqq++q.+qq.r..q.q", // 24 Numeral
    b"r......+qqq++rqq++q.+qqr...q.q", // 25 Unit
    b"r.rrrrrrrrrrrrrrrrrrrrrrr.rr.r", // 26 WordSpace
    b"r......+qqq++rqq++q.+qq....q.q", // 27 Western
    b"..............................", // 28 WarichuOpening
    b"r......++++++r+++++.q++qq.q+.+", // 29 WarichuClosing
    b"r......++++++r+++++.q++qq.q+.+", // 30 TateChuYoko
];

/// Space between two neighbouring classes (JLREQ table 1).
pub fn space(a: Class, b: Class) -> Space {
    match SPACE[a.row()][b.row()] {
        b'c' => Space::AfterClosing,
        b'o' => Space::BeforeOpening,
        b'b' => Space::Between,
        b'k' => Space::AfterComma,
        b'p' => Space::AfterFullStop,
        b'm' => Space::MiddleDot,
        b'2' => Space::TwoDots,
        b'd' => Space::StopAndDot,
        b'K' => Space::CommaAndDot,
        b'q' => Space::LatinGap,
        _ => Space::None,
    }
}

impl Space {
    /// The step at which this space is taken away when a line must shrink, 0 first (JLREQ 3.8.3 and table 3: word spaces are
    /// step 0, the blank at a line's end is gone before); `None` if it never is.
    pub fn reduction(self) -> Option<usize> {
        match self {
            Space::MiddleDot | Space::TwoDots | Space::StopAndDot => Some(1),
            Space::AfterClosing | Space::BeforeOpening | Space::Between | Space::AfterComma | Space::CommaAndDot => Some(2),
            Space::LatinGap => Some(3),
            Space::AfterFullStop | Space::None => None,
        }
    }
}

/// At which step of JLREQ 3.8.4 space is added between two neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expansion {
    Never,
    /// Second step: a quarter em grows to a half.
    LatinGap,
    /// Third step: up to a quarter em.
    Spread,
    /// Fourth step: only after all others.
    Last,
}

/// Whether a line may break between two neighbouring classes (JLREQ table 2).
pub fn breaking(a: Class, b: Class) -> Breaking {
    match BREAK[a.row()][b.row()] {
        b'x' => Breaking::Never,
        b's' => Breaking::UnlessSame,
        b'w' => Breaking::InWord,
        _ => Breaking::Allowed,
    }
}

/// Two characters of cl-08 that are one mark: …… and ―― and the halves of a vertical repeat mark (JLREQ 3.1.10, table 2 note 5).
pub fn inseparable(a: char, b: char) -> bool {
    match a {
        '〳' | '〴' => b == '〵',
        '〵' => false,
        _ => a == b,
    }
}

/// When a line must grow (JLREQ table 6).
pub fn expansion(a: Class, b: Class) -> Expansion {
    match SPREAD[a.row()][b.row()] {
        b'q' => Expansion::LatinGap,
        b'+' => Expansion::Spread,
        b'r' => Expansion::Last,
        _ => Expansion::Never,
    }
}

/// May never stand first on a line (JLREQ 3.1.7).
pub fn not_at_start(c: Class) -> bool {
    breaking(Class::Ideograph, c) == Breaking::Never && !c.is_space()
}

#[cfg(test)]
mod tests {
    use super::Class::*;
    use super::*;

    const ALL: [Class; 30] = [
        Opening, Closing, Hyphen, Dividing, MiddleDot, FullStop, Comma, Inseparable, Iteration, LongVowel, SmallKana, Prefix, Postfix, IdeographicSpace, Hiragana, Katakana,
        MathSymbol, MathOperator, Ideograph, ReferenceMark, Ornamented, SimpleRuby, JukugoRuby, Numeral, Unit, WordSpace, Western, WarichuOpening, WarichuClosing, TateChuYoko,
    ];

    /// Every pair of classes where a rule and its table disagree.
    fn check(says: impl Fn(Class, Class) -> bool) {
        let wrong: Vec<_> = ALL.iter().flat_map(|a| ALL.iter().map(move |b| (*a, *b))).filter(|(a, b)| !says(*a, *b)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn the_classes_are_in_their_order() {
        assert!(ALL.iter().enumerate().all(|(i, class)| class.row() == i));
    }

    /// Table 1 as its rules say it (JLREQ 3.1.2 to 3.1.6, 3.2.6, appendix B).
    #[test]
    fn space_follows_its_rules_in_every_row_and_column() {
        let opens = |c| matches!(c, Opening | WarichuOpening);
        let closes = |c| matches!(c, Closing | WarichuClosing);
        let latin = |c| matches!(c, Ornamented | Numeral | Unit | Western);
        let beside_latin = |c| matches!(c, Iteration | LongVowel | SmallKana | Hiragana | Katakana | Ideograph | SimpleRuby | JukugoRuby | TateChuYoko);
        let expected = |a: Class, b: Class| match (a, b) {
            _ if a.is_space() || b.is_space() => Space::None,
            (MiddleDot, MiddleDot) => Space::TwoDots,
            (FullStop, MiddleDot) => Space::StopAndDot,
            (Comma, MiddleDot) => Space::CommaAndDot,
            (_, MiddleDot) => Space::MiddleDot,
            _ if opens(a) => Space::None,
            _ if opens(b) => if closes(a) || matches!(a, MiddleDot | FullStop | Comma) { Space::Between } else { Space::BeforeOpening },
            (MiddleDot, _) => Space::MiddleDot,
            // What closes is set solid with what closes after it, and with a mark of reference.
            (Closing | FullStop | Comma, ReferenceMark) => Space::None,
            _ if (closes(a) || matches!(a, FullStop | Comma)) && (closes(b) || matches!(b, FullStop | Comma)) => Space::None,
            _ if closes(a) => Space::AfterClosing,
            (FullStop, _) => Space::AfterFullStop,
            (Comma, _) => Space::AfterComma,
            _ if (beside_latin(a) || a == Dividing) && latin(b) || latin(a) && beside_latin(b) => Space::LatinGap,
            _ => Space::None,
        };
        check(|a, b| space(a, b) == expected(a, b));
    }

    /// Table 2: what never starts a line (3.1.7), what never ends one (3.1.8), what is not parted (3.1.10, appendix C). The
    /// house keeps units and signs of reference from a line's start and prefixes from its end in any company.
    #[test]
    fn breaks_follow_their_rules_in_every_row_and_column() {
        let never_first = |c| matches!(c, Closing | Hyphen | Dividing | MiddleDot | FullStop | Comma | Iteration | LongVowel | SmallKana | WarichuClosing);
        let kept_back = |c: Class| matches!(c, Postfix | ReferenceMark) || c.is_space();
        let expected = |a: Class, b: Class| match (a, b) {
            (Opening | WarichuOpening | Prefix, _) => Breaking::Never,
            _ if never_first(b) || kept_back(b) => Breaking::Never,
            (Inseparable, Inseparable) => Breaking::UnlessSame,
            _ if a.is_western() && b.is_western() => Breaking::InWord,
            _ => Breaking::Allowed,
        };
        check(|a, b| breaking(a, b) == expected(a, b));
    }

    /// Table 6 (3.1.11, 3.8.4, appendix E): where no space may be added, that a Latin gap grows as one, and that the blank of
    /// punctuation gives way last. Notes within a line (割注) are set by nothing here.
    #[test]
    fn expansion_follows_its_rules_in_every_row_and_column() {
        check(|a, _| !matches!(a, Opening | WarichuOpening) || ALL.iter().all(|b| expansion(a, *b) == Expansion::Never));
        check(|a, b| !matches!(b, Closing | WarichuClosing) || expansion(a, b) == Expansion::Never);
        check(|a, b| a == WordSpace || !matches!(b, Dividing | MiddleDot | FullStop | Comma | Hyphen) || expansion(a, b) == Expansion::Never);
        let note = |a, b| a == WarichuClosing || b == WarichuOpening;
        check(|a, b| note(a, b) || (expansion(a, b) == Expansion::LatinGap) == (space(a, b) == Space::LatinGap));
        let blank = |a, b| !matches!(space(a, b), Space::None | Space::LatinGap) && !note(a, b);
        check(|a, b| !blank(a, b) || matches!(expansion(a, b), Expansion::Last | Expansion::Never));
        // A word space has had its share in the first step and takes part in the last.
        check(|a, b| a != WordSpace || matches!(expansion(a, b), Expansion::Last | Expansion::Never));
        // Letters of one word and a number with its unit are never spread.
        check(|a, b| !matches!((a, b), (Western, Western) | (Numeral, Numeral | Postfix | Unit | Western) | (Unit, Unit | Western) | (Western, Numeral | Unit)) || matches!(expansion(a, b), Expansion::Never | Expansion::Last));
    }

    /// Table 3 (3.8.3, appendix D): word spaces first, then middle dots, brackets and commas, Latin gaps; never a full stop's.
    #[test]
    fn reduction_is_in_its_order() {
        use Space::*;
        let steps = [MiddleDot, TwoDots, StopAndDot, AfterClosing, BeforeOpening, Between, AfterComma, CommaAndDot, LatinGap].map(Space::reduction);
        assert!(steps.iter().all(Option::is_some) && steps.is_sorted(), "{steps:?}");
        assert_eq!([AfterFullStop, Space::None].map(Space::reduction), [Option::None, Option::None]);
    }

    #[test]
    fn marks_of_two_halves_are_inseparable() {
        for (pair, whole) in [("……", true), ("――", true), ("‥‥", true), ("〳〵", true), ("〴〵", true), ("―…", false), ("〵〳", false), ("〳〳", false)] {
            let mut chars = pair.chars();
            assert_eq!(inseparable(chars.next().unwrap_or(' '), chars.next().unwrap_or(' ')), whole, "{pair}");
        }
    }
}
