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
}

/// What stands between two neighbours on a line (JLREQ table 1).
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

/// Space between two neighbouring classes (JLREQ table 1).
pub fn space(a: Class, b: Class) -> Space {
    use Class::*;
    use Space::*;
    let latin = |x: Class| x.is_western();
    let japanese = |x: Class| matches!(x, Iteration | LongVowel | SmallKana | Hiragana | Katakana | Ideograph | ReferenceMark | Ornamented | SimpleRuby | JukugoRuby);
    match (a, b) {
        (IdeographicSpace | WordSpace, Opening) => Space::None,
        (Closing | Comma | FullStop, WordSpace | IdeographicSpace) => match a {
            Closing => AfterClosing,
            Comma => AfterComma,
            _ => AfterFullStop,
        },
        (Opening, Opening) => Space::None,
        (Opening, Class::MiddleDot) => Space::MiddleDot,
        (Opening, _) => Space::None,
        (Closing | Comma | FullStop, Closing | Comma | FullStop) => Space::None,
        (FullStop, Class::MiddleDot) => StopAndDot,
        (Closing | Comma, Class::MiddleDot) => Space::MiddleDot,
        (Class::MiddleDot, Opening) => Between,
        (Closing, Opening) => Between,
        (Comma, Opening) => Between,
        (FullStop, Opening) => Between,
        (Closing, _) => AfterClosing,
        (Comma, _) => AfterComma,
        (FullStop, _) => AfterFullStop,
        (Class::MiddleDot, _) => Space::MiddleDot,
        (_, Class::MiddleDot) => Space::MiddleDot,
        (_, Opening) => BeforeOpening,
        (x, y) if (latin(x) && japanese(y)) || (japanese(x) && latin(y)) => LatinGap,
        _ => Space::None,
    }
}

/// May never stand first on a line (JLREQ 3.1.7).
pub fn not_at_start(c: Class) -> bool {
    use Class::*;
    matches!(c, Closing | Hyphen | Dividing | MiddleDot | FullStop | Comma | Iteration | LongVowel | SmallKana | Postfix | WarichuClosing)
}

/// May never stand last on a line (JLREQ 3.1.8).
pub fn not_at_end(c: Class) -> bool {
    matches!(c, Class::Opening | Class::Prefix | Class::WarichuOpening)
}

/// Whether a line may break between two neighbours (JLREQ table 2).
pub fn may_break(a: Class, b: Class) -> bool {
    use Class::*;
    if not_at_end(a) || not_at_start(b) || b.is_space() {
        return false;
    }
    if a.is_space() {
        return true;
    }
    match (a, b) {
        (Inseparable, Inseparable) => false,
        (Numeral | Unit | Western, Numeral | Unit | Western | Inseparable) => false,
        (Numeral, Postfix) => false,
        _ => true,
    }
}
