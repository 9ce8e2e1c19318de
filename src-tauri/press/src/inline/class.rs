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
            '￥' | '＄' | '￡' | '＃' | '€' | '№' | '¥' | '£' => Prefix,
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
    /// A full stop's half and the middle dot's quarter.
    StopAndDot,
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
    b"b.ccm..cccccc.ccccccccccc.cb.c", //  2 Closing
    b"o...m......................o..", //  3 Hyphen
    b"o...m......................o..", //  4 Dividing
    b"bmmmmmmmmmmmm.mmmmmmmmmmm.mbmm", //  5 MiddleDot
    b"b.ppd..pppppp.ppppppppppp.pb.p", //  6 FullStop
    b"b.kkm..kkkkkk.kkkkkkkkkkk.kb.k", //  7 Comma
    b"o...m......................o..", //  8 Inseparable
    b"o...m..................qq.qo..", //  9 Iteration
    b"o...m..................qq.qo..", // 10 LongVowel
    b"o...m..................qq.qo..", // 11 SmallKana
    b"o...m......................o..", // 12 Prefix
    b"o...m......................o..", // 13 Postfix
    b"..............................", // 14 IdeographicSpace
    b"o...m..................qq.qo..", // 15 Hiragana
    b"o...m..................qq.qo..", // 16 Katakana
    b"o...m......................o..", // 17 MathSymbol
    b"o...m......................o..", // 18 MathOperator
    b"o...m..................qq.qo..", // 19 Ideograph
    b"o...m..................qq.qo..", // 20 ReferenceMark
    b"o...m..................qq.qo..", // 21 Ornamented
    b"o...m..................qq.qo..", // 22 SimpleRuby
    b"o...m..................qq.qo..", // 23 JukugoRuby
    b"o...m...qqq...qq..qqqqq....o..", // 24 Numeral
    b"o...m...qqq...qq..qqqqq....o..", // 25 Unit
    b"..............................", // 26 WordSpace
    b"o...m...qqq...qq..qqqqq....o..", // 27 Western
    b"....m.........................", // 28 WarichuOpening
    b"b.ccm..cccccc.ccccccccccc.cb.c", // 29 WarichuClosing
    b"o...m......................o..", // 30 TateChuYoko
];

/// JLREQ table 2: `x` never, `s` not between two of the same character, `w` inside a Latin word.
#[rustfmt::skip]
const BREAK: [&[u8; 30]; 30] = [
    b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", //  1 Opening
    b".xxxxxx.xxx.xx...........x..x.", //  2 Closing
    b".xxxxxx.xxx.xx...........x..x.", //  3 Hyphen
    b".xxxxxx.xxx.xx...........x..x.", //  4 Dividing
    b".xxxxxx.xxx.xx...........x..x.", //  5 MiddleDot
    b".xxxxxx.xxx.xx...........x..x.", //  6 FullStop
    b".xxxxxx.xxx.xx...........x..x.", //  7 Comma
    b".xxxxxxsxxx.xx...........x..x.", //  8 Inseparable
    b".xxxxxx.xxx.xx...........x..x.", //  9 Iteration
    b".xxxxxx.xxx.xx...........x..x.", // 10 LongVowel
    b".xxxxxx.xxx.xx...........x..x.", // 11 SmallKana
    b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", // 12 Prefix
    b".xxxxxx.xxx.xx...........x..x.", // 13 Postfix
    b".xxxxxx.xxx.xx...........x..x.", // 14 IdeographicSpace
    b".xxxxxx.xxx.xx...........x..x.", // 15 Hiragana
    b".xxxxxx.xxx.xx...........x..x.", // 16 Katakana
    b".xxxxxx.xxx.xx...........x..x.", // 17 MathSymbol
    b".xxxxxx.xxx.xx...........x..x.", // 18 MathOperator
    b".xxxxxx.xxx.xx...........x..x.", // 19 Ideograph
    b".xxxxxx.xxx.xx...........x..x.", // 20 ReferenceMark
    b".xxxxxx.xxx.xx...........x..x.", // 21 Ornamented
    b".xxxxxx.xxx.xx...........x..x.", // 22 SimpleRuby
    b".xxxxxx.xxx.xx...........x..x.", // 23 JukugoRuby
    b".xxxxxx.xxx.xx.........wwxw.x.", // 24 Numeral
    b".xxxxxx.xxx.xx.........wwxw.x.", // 25 Unit
    b".xxxxxx.xxx.xx...........x..x.", // 26 WordSpace
    b".xxxxxx.xxx.xx.........wwxw.x.", // 27 Western
    b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", // 28 WarichuOpening
    b".xxxxxx.xxx.xx...........x..x.", // 29 WarichuClosing
    b".xxxxxx.xxx.xx...........x..x.", // 30 TateChuYoko
];

/// JLREQ table 6: `+` where characters may be spread when a line must grow and its word spaces and Latin gaps are used up.
#[rustfmt::skip]
const SPREAD: [&[u8; 30]; 30] = [
    b"..............................", //  1 Opening
    b"+.++...+++++..+++++++++++.++.+", //  2 Closing
    b"+.++...+++++..+++++++++++.++.+", //  3 Hyphen
    b"+.++...+++++..+++++++++++.++.+", //  4 Dividing
    b"..............................", //  5 MiddleDot
    b"+.++...+++++..+++++++++++.++.+", //  6 FullStop
    b"+.++...+++++..+++++++++++.++.+", //  7 Comma
    b"+.++....++++..+++++++++++.++.+", //  8 Inseparable
    b"+.++...+++++..+++++++++++.++.+", //  9 Iteration
    b"+.++...+++++..+++++++++++.++.+", // 10 LongVowel
    b"+.++...+++++..+++++++++++.++.+", // 11 SmallKana
    b"..............................", // 12 Prefix
    b"+.++...+++++..+++++++++++.++.+", // 13 Postfix
    b"..............................", // 14 IdeographicSpace
    b"+.++...+++++..+++++++++++.++.+", // 15 Hiragana
    b"+.++...+++++..+++++++++++.++.+", // 16 Katakana
    b"+.++...+++++..+++++++++++.++.+", // 17 MathSymbol
    b"+.++...+++++..+++++++++++.++.+", // 18 MathOperator
    b"+.++...+++++..+++++++++++.++.+", // 19 Ideograph
    b"+.++...+++++..+++++++++++.++.+", // 20 ReferenceMark
    b"+.++...+++++..+++++++++++.++.+", // 21 Ornamented
    b"+.++...+++++..+++++++++++.++.+", // 22 SimpleRuby
    b"+.++...+++++..+++++++++++.++.+", // 23 JukugoRuby
    b"+.++...+++++..+++++++++....+.+", // 24 Numeral
    b"+.++...+++++..+++++++++....+.+", // 25 Unit
    b"..............................", // 26 WordSpace
    b"+.++...+++++..+++++++++....+.+", // 27 Western
    b"..............................", // 28 WarichuOpening
    b"+.++...+++++..+++++++++++.++.+", // 29 WarichuClosing
    b"+.++...+++++..+++++++++++.++.+", // 30 TateChuYoko
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
        b'd' => Space::StopAndDot,
        b'q' => Space::LatinGap,
        _ => Space::None,
    }
}

impl Space {
    /// The step at which this space is taken away when a line must shrink, 0 first (JLREQ tables 3 to 5: word spaces are
    /// step 0, the blank at a line's end is gone before); `None` if it never is.
    pub fn reduction(self) -> Option<usize> {
        match self {
            Space::MiddleDot | Space::StopAndDot => Some(1),
            Space::AfterClosing | Space::BeforeOpening | Space::Between => Some(2),
            Space::AfterComma => Some(3),
            Space::LatinGap => Some(4),
            Space::AfterFullStop | Space::None => None,
        }
    }
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

/// Whether characters may be spread between two neighbouring classes (JLREQ table 6).
pub fn may_spread(a: Class, b: Class) -> bool {
    SPREAD[a.row()][b.row()] == b'+'
}

/// May never stand first on a line (JLREQ 3.1.7).
pub fn not_at_start(c: Class) -> bool {
    breaking(Class::Ideograph, c) == Breaking::Never && !c.is_space()
}
