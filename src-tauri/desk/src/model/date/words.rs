//! The words and characters that mean something in a date text: connectors, 翌年, 下旬, weekdays, kanji numerals, and signs that look alike.

use super::lex::{Reach, Relative, Token};
use chrono::Weekday;
use unicode_normalization::UnicodeNormalization;

/// More is no date.
const MOST_CHARS: usize = 4_000;

/// NFKC, with enclosed weekdays as (火), signs that look alike as one, and no invisible characters.
pub(super) fn plain(text: &str) -> Vec<char> {
    let mut wide = String::new();
    for c in text.chars().take(MOST_CHARS) {
        match c {
            '㊊'..='㊐' => {
                wide.push('(');
                wide.extend(c.nfkc());
                wide.push(')');
            }
            '㊗' => wide.push_str("(祝)"),
            '㊡' => wide.push_str("(休)"),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {}
            '\u{2028}' | '\u{2029}' => wide.push('\n'),
            _ => wide.push(c),
        }
    }
    wide.nfkc()
        .map(|c| match c {
            '〜' | '∼' | '⁓' | '〰' | '∿' | '˜' => '~',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | '⁃' => '-',
            '⇒' | '⇨' | '➡' | '➔' => '→',
            '‧' | '•' | '·' | '･' => '・',
            '⼀' => '一',
            c if c.is_whitespace() && c != '\n' => ' ',
            c => c,
        })
        .collect()
}

/// Words that mean something, longest first where one begins another.
pub(super) fn sign(rest: &[char]) -> Option<(usize, Token)> {
    use Reach::{Ending, Sign, Word};
    let words: &[(&str, Token)] = &[
        ("終了時", Token::Word(String::new())),
        ("終了日", Token::Range(Ending)), ("最終日", Token::Range(Ending)), ("閉幕日", Token::Range(Ending)),
        ("閉会日", Token::Range(Ending)), ("終期", Token::Range(Ending)), ("閉幕", Token::Range(Ending)),
        ("閉会", Token::Range(Ending)), ("終了", Token::Range(Ending)), ("至", Token::Range(Ending)),
        ("から", Token::Range(Word)), ("より", Token::Range(Word)), ("~", Token::Range(Sign)), ("→", Token::Range(Sign)),
        ("まで", Token::Until), ("迄", Token::Until),
        ("並びに", Token::List), ("ならびに", Token::List), ("及び", Token::List), ("および", Token::List), ("と", Token::List),
        ("・", Token::List), ("、", Token::List), (",", Token::List), ("､", Token::List), ("&", Token::List), ("+", Token::List),
        (";", Token::List),
        ("/", Token::Sep('/')), (".", Token::Sep('.')), ("-", Token::Hyphen),
        ("毎年度", Token::Recurring("毎年度")), ("毎年", Token::Recurring("毎年")), ("毎月", Token::Recurring("毎月")),
        ("毎週", Token::Recurring("毎週")), ("例年", Token::Recurring("例年")), ("隔年", Token::Recurring("隔年")),
        ("隔月", Token::Recurring("隔月")), ("隔週", Token::Recurring("隔週")),
        ("翌年度", Token::Relative(Relative::NextYear)), ("翌年", Token::Relative(Relative::NextYear)),
        ("翌月", Token::Relative(Relative::NextMonth)), ("翌日", Token::Relative(Relative::NextDay)),
        ("翌朝", Token::Relative(Relative::Next)), ("翌", Token::Relative(Relative::Next)),
        ("同年度", Token::Relative(Relative::SameYear)), ("同年", Token::Relative(Relative::SameYear)),
        ("同月", Token::Relative(Relative::Same)), ("今年度", Token::Relative(Relative::Now)),
        ("来年度", Token::Relative(Relative::Now)), ("本年度", Token::Relative(Relative::Now)),
        ("昨年度", Token::Relative(Relative::Now)), ("今年", Token::Relative(Relative::Now)),
        ("来年", Token::Relative(Relative::Now)), ("本年", Token::Relative(Relative::Now)), ("昨年", Token::Relative(Relative::Now)),
        ("正午", Token::Clock { hour: 12, minute: 0, half: None }),
    ];
    words.iter().find(|(word, _)| starts(rest, word)).map(|(word, token)| (word.chars().count(), token.clone()))
}

pub(super) const VAGUE: &[&str] = &[
    "年末年始", "年度末", "年末", "月末", "上旬", "中旬", "下旬", "初旬", "初頭", "中頃", "中ごろ", "頃", "ごろ", "ころ", "前半", "後半", "半ば", "なかば", "初め", "はじめ",
    "始め", "末日頃", "末", "以降", "以後", "以前", "前後", "上半期", "下半期", "上期", "下期", "前期", "後期", "第一四半期", "第1四半期",
    "第2四半期", "第3四半期", "第4四半期", "四半期", "春", "夏", "秋", "冬", "お盆", "ゴールデンウィーク", "ゴールデンウイーク", "GW", "または", "又は", "あるいは", "或いは", "もしくは", "若しくは", "吉日", "某日", "未定", "調整中", "検討中", "未確定", "TBD",
];

pub(super) fn starts(rest: &[char], word: &str) -> bool {
    let mut at = 0;
    word.chars().all(|c| {
        at += 1;
        rest.get(at - 1).is_some_and(|r| *r == c)
    })
}

/// Whether one of the words follows, unless it begins a vague one (前半, 前後, 後半, 後期).
pub(super) fn follows(rest: &[char], words: &[&str]) -> bool {
    let vague = VAGUE.iter().any(|w| starts(rest, w));
    !vague && words.iter().any(|w| starts(rest, w))
}

pub(super) fn latin_word(rest: &[char]) -> Option<String> {
    let word: String = rest.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    (!word.is_empty()).then_some(word)
}

pub(super) fn english_weekday(word: &str) -> Option<Weekday> {
    let word = word.to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let at = names.iter().position(|name| name.starts_with(&word) && (word.len() <= 5 || word == **name))?;
    Weekday::try_from(at as u8).ok()
}

pub(super) fn weekday_of(c: char) -> Option<Weekday> {
    let at = ['月', '火', '水', '木', '金', '土', '日'].iter().position(|w| *w == c)?;
    Weekday::try_from(at as u8).ok()
}

const HOLIDAYS: &[&str] = &[
    "国民の祝日", "国民の休日", "振替休日", "元日", "成人の日", "建国記念の日", "天皇誕生日", "春分の日", "昭和の日", "憲法記念日",
    "みどりの日", "こどもの日", "海の日", "山の日", "敬老の日", "秋分の日", "スポーツの日", "体育の日", "文化の日", "勤労感謝の日",
    "祝日", "休日", "振替", "振休", "祝", "休",
];

/// The weekdays of a bracket that holds nothing else: 土・祝, 月・振休, 土曜日, Sat, 土日.
pub(super) fn weekdays_of(inside: &str) -> Option<Vec<Weekday>> {
    let mut text = inside.to_owned();
    let mut marked = false;
    for name in HOLIDAYS {
        if text.contains(name) {
            text = text.replace(name, "・");
            marked = true;
        }
    }
    let text = text.replace("曜日", "").replace('曜', "");
    let mut days = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if let Some(day) = weekday_of(c) {
            days.push(day);
            at += 1;
        } else if "・、,./~-と及び:".contains(c) {
            at += 1;
        } else {
            let word = latin_word(&chars[at..])?;
            days.push(english_weekday(&word)?);
            at += word.chars().count();
        }
    }
    (marked || !days.is_empty()).then_some(days)
}

pub(super) fn kanji_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壱' => 1,
        '二' | '弐' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '廿' => 20,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// 七 → 7, 二十一 → 21, 二〇二五 → 2025.
pub(super) fn kanji_value(chars: &[char]) -> Option<u32> {
    let digits: Vec<u32> = chars.iter().map(|c| kanji_digit(*c)).collect::<Option<_>>()?;
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    if digits.iter().all(|d| *d < 10) {
        return (digits.len() <= 4).then(|| digits.iter().fold(0, |n, d| n * 10 + d));
    }
    let (mut total, mut ones) = (0u32, None);
    for digit in digits {
        match digit {
            20 => total += 20,
            10 | 100 | 1000 => total += ones.take().unwrap_or(1) * digit,
            _ if ones.is_some() => return None,
            _ => ones = Some(digit),
        }
    }
    Some(total + ones.unwrap_or(0))
}
