//! Numbers as vertical text writes them: 明治7年 → 明治七年, 6.4km → 六・四キロ, 58,431人 → 五万八千四百三十一人.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Units that a number is followed by, longest first.
const UNITS: [(&str, &str); 14] = [
    ("km²", "平方キロ"),
    ("km2", "平方キロ"),
    ("km", "キロ"),
    ("㎞", "キロ"),
    ("㎢", "平方キロ"),
    ("kg", "キロ"),
    ("cm", "センチ"),
    ("mm", "ミリ"),
    ("m²", "平方メートル"),
    ("ha", "ヘクタール"),
    ("m", "メートル"),
    ("t", "トン"),
    ("%", "パーセント"),
    ("％", "パーセント"),
];

/// Every number that stands for itself in kanji; parts of names, addresses and telephone numbers (A1, 03-3239) stay as they are.
pub(crate) fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = ' ';
    while let Some(start) = rest.find(|c: char| digit(c).is_some()) {
        let (plain, tail) = rest.split_at(start);
        out.push_str(plain);
        before = plain.chars().next_back().unwrap_or(before);
        let length = token(tail);
        let (number, after) = tail.split_at(length);
        let unit = UNITS.iter().find(|(u, _)| after.strip_prefix(u).is_some_and(|r| !r.starts_with(|c: char| c.is_ascii_alphanumeric())));
        let next = after.chars().next().unwrap_or(' ');
        let joined = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '/' | ':' | '.' | '_' | '#' | '※' | '＊' | '*');
        rest = after;
        match unit {
            _ if joined(before) || (unit.is_none() && joined(next)) => out.push_str(number),
            Some((written, spoken)) => {
                out.push_str(&spell(number, false));
                out.push_str(spoken);
                rest = &after[written.len()..];
            }
            None => out.push_str(&spell(number, next == '年')),
        }
        before = number.chars().next_back().unwrap_or(' ');
    }
    out.push_str(rest);
    out
}

fn digit(c: char) -> Option<usize> {
    match c {
        '0'..='9' => Some(c as usize - '0' as usize),
        '０'..='９' => Some(c as usize - '０' as usize),
        _ => None,
    }
}

/// Length of the number at the start: digits, with commas and one point between digits.
fn token(text: &str) -> usize {
    let mut end = 0;
    let mut point = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let followed = chars.peek().is_some_and(|(_, n)| digit(*n).is_some());
        match c {
            c if digit(c).is_some() => end = at + c.len_utf8(),
            ',' | '，' if followed && !point => {}
            '.' | '．' if followed && !point => point = true,
            _ => break,
        }
    }
    end
}

/// A year of four figures is read figure by figure (二〇二二年), everything else by its value.
fn spell(number: &str, year: bool) -> String {
    let (whole, part) = number.split_once(['.', '．']).unwrap_or((number, ""));
    let whole: Vec<usize> = whole.chars().filter_map(digit).collect();
    let figures = |list: &[usize]| list.iter().map(|d| DIGITS[*d]).collect::<String>();
    let mut out = match whole.as_slice() {
        list if year && list.len() == 4 => figures(list),
        list if list.len() > 16 || list.len() > 1 && list[0] == 0 => figures(list),
        list => by_value(list),
    };
    if !part.is_empty() {
        out.push('・');
        out.push_str(&figures(&part.chars().filter_map(digit).collect::<Vec<_>>()));
    }
    out
}

fn by_value(digits: &[usize]) -> String {
    const LARGE: [&str; 4] = ["", "万", "億", "兆"];
    const SMALL: [&str; 4] = ["", "十", "百", "千"];
    if digits.iter().all(|d| *d == 0) {
        return "〇".into();
    }
    let mut out = String::new();
    for (i, group) in digits.rchunks(4).enumerate().collect::<Vec<_>>().into_iter().rev() {
        for (at, d) in group.iter().enumerate() {
            let place = group.len() - 1 - at;
            if *d > 1 || *d == 1 && (place == 0 || place == 3 && i > 0) {
                out.push(DIGITS[*d]);
            }
            if *d > 0 {
                out.push_str(SMALL[place]);
            }
        }
        if group.iter().any(|d| *d > 0) {
            out.push_str(LARGE[i]);
        }
    }
    out
}

/// A small number as one would write it in a disc: 二, 三十七.
pub(crate) fn count(n: u32) -> String {
    by_value(&n.to_string().chars().filter_map(digit).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_one_reads_them() {
        let cases = [
            ("明治7年", "明治七年"),
            ("全長6.4km。", "全長六・四キロ。"),
            ("約10kmにわたる", "約十キロにわたる"),
            ("令和元年10月26日", "令和元年十月二十六日"),
            ("58,431人", "五万八千四百三十一人"),
            ("1,004自治体と110人", "千四自治体と百十人"),
            ("２０２２年", "二〇二二年"),
            ("1万2000人", "一万二千人"),
            ("84.20km²", "八十四・二〇平方キロ"),
            ("10000と11000000", "一万と一千百万"),
            ("A1とB5、電話03-3239-1234", "A1とB5、電話03-3239-1234"),
            ("0歳から100歳", "〇歳から百歳"),
            ("300%", "三百パーセント"),
            ("数字なし", "数字なし"),
        ];
        for (text, wanted) in cases {
            assert_eq!(numbers(text), wanted);
        }
        assert_eq!(count(37), "三十七");
    }
}
