//! What belongs together beyond the classes: numbers with their counters, dates, full-width words, addresses on the web.
use super::class::Class;
use super::shape::Cell;

/// Counters and units that stay with the number before them, longest first where one begins another.
const COUNTERS: &[&str] = &[
    "平方キロメートル", "平方メートル", "キロメートル", "センチメートル", "ミリメートル", "ヘクタール", "パーセント", "市区町村", "キログラム", "グラム",
    "平方キロ", "平方㎞", "立方メートル", "自治体", "メートル", "都道府県", "市町村", "キロ", "センチ", "ミリ", "リットル", "トン", "ページ", "ブース", "チーム",
    "ポイント", "パネル", "コーナー", "ステージ", "か月間", "カ月間", "ヶ月間", "か月", "カ月", "ヶ月", "ケ月", "ヵ月", "か所", "カ所", "ヶ所", "ケ所", "ヵ所", "箇所", "か国",
    "カ国", "ヶ国", "団体", "世帯", "年度", "年間", "年代", "年目", "年ぶり", "周年", "時間", "分間", "秒間", "日間", "日目", "週間", "回目", "世紀", "丁目", "番地", "種類",
    "名様", "名分", "人分", "万人", "万円", "億円", "千円", "百万円", "万株", "都市", "区間", "年", "月", "日", "時", "分", "秒", "回", "名", "人", "件", "個", "本", "枚", "冊",
    "台", "棟", "戸", "軒", "世", "帯", "市", "区", "町", "村", "都", "道", "府", "県", "社", "校", "館", "園", "店", "室", "円", "万", "億", "兆", "千", "百", "歳", "才",
    "倍", "割", "位", "度", "点", "種", "号", "番", "条", "項", "巻", "頁", "階", "周", "期", "次", "版", "泊", "席", "組", "班", "頭", "匹", "羽", "杯", "基", "隻", "便", "駅",
    "駒", "着", "両", "曲", "部", "章", "節", "品", "軒", "口", "株", "面", "票", "皿", "膳", "玉", "束", "箱", "袋", "缶", "食", "色", "地", "か", "つ",
];

/// Stay with the number after them, and how much a line gains by breaking there all the same; 第 never lets go.
const PREFIXES: &[(&str, Keep)] = &[
    ("第", Keep::Held),
    ("約", Keep::Held),
    ("全", Keep::Reluctant(0.8)),
    ("計", Keep::Reluctant(0.5)),
    ("延べ", Keep::Held),
    ("令和", Keep::Reluctant(1.2)),
    ("平成", Keep::Reluctant(1.2)),
    ("昭和", Keep::Reluctant(1.2)),
    ("大正", Keep::Reluctant(1.2)),
    ("明治", Keep::Reluctant(1.2)),
    ("西暦", Keep::Reluctant(1.2)),
    ("午前", Keep::Reluctant(0.8)),
    ("午後", Keep::Reluctant(0.8)),
];

/// Whether two neighbours belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Keep {
    #[default]
    Apart,
    /// A break costs this much.
    Reluctant(f64),
    /// As inside a word.
    Held,
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_kanji_digit(c: char) -> bool {
    "〇一二三四五六七八九十百千".contains(c)
}

fn is_wide_latin(c: char) -> bool {
    ('Ａ'..='Ｚ').contains(&c) || ('ａ'..='ｚ').contains(&c) || ('０'..='９').contains(&c)
}

/// For every boundary after cell i: whether a line should not break there.
pub(super) fn kept(cells: &[Cell]) -> Vec<Keep> {
    let mut kept = vec![Keep::Apart; cells.len()];
    strokes(cells, &mut kept);
    for i in 0..cells.len().saturating_sub(1) {
        let (a, b) = (cells[i].last, cells[i + 1].ch);
        if is_wide_latin(a) && is_wide_latin(b) || is_digit(a) && is_digit(b) || is_wide_number_joint(cells, i) {
            kept[i] = Keep::Held;
        }
        if ends_number(cells, i) {
            hold_counter(cells, i + 1, &mut kept);
        }
        if is_number_start(cells, i + 1) {
            hold_prefix(cells, i + 1, &mut kept);
        }
    }
    kept
}

/// １，１５８ and １．５: full-width marks inside a number.
fn is_wide_number_joint(cells: &[Cell], i: usize) -> bool {
    let digit = |k: Option<&Cell>| k.is_some_and(|c| ('０'..='９').contains(&c.ch));
    let mark = |c: &Cell| matches!(c.ch, '，' | '．');
    (mark(&cells[i]) && digit(i.checked_sub(1).map(|j| &cells[j])) && digit(cells.get(i + 1)))
        || (mark(&cells[i + 1]) && digit(Some(&cells[i])) && digit(cells.get(i + 2)))
}

/// １００㎡ and ＰＤＦ are not spread apart when a line must grow: they are read as one.
pub(super) fn in_wide_number(a: &Cell, b: &Cell) -> bool {
    let part = |c: char| is_wide_latin(c) || matches!(c, '，' | '．');
    is_wide_latin(a.last) && (part(b.ch) || b.class == Class::Postfix) || part(a.last) && is_wide_latin(b.ch)
}

fn ends_number(cells: &[Cell], i: usize) -> bool {
    let here = cells[i].last;
    if is_digit(here) {
        return true;
    }
    // 三十七: only a run of kanji numerals before a counter, and 数十, 何.
    is_kanji_digit(here) || matches!(here, '数' | '何') || (matches!(here, '元') && i > 0 && matches!(cells[i - 1].ch, '和' | '成'))
}

fn is_number_start(cells: &[Cell], i: usize) -> bool {
    let c = cells[i].ch;
    (is_digit(c) || is_kanji_digit(c) || c == '元') && !(i > 0 && is_digit(cells[i - 1].last))
}

fn matches_at(cells: &[Cell], at: usize, word: &str) -> Option<usize> {
    let n = word.chars().count();
    let here = cells.get(at..at + n)?;
    here.iter().map(|c| c.ch).eq(word.chars()).then_some(n)
}

fn hold_counter(cells: &[Cell], at: usize, kept: &mut [Keep]) {
    let number = cells[at - 1].last;
    let next = cells[at].ch;
    if is_kanji_digit(number) && is_kanji_digit(next) {
        kept[at - 1] = Keep::Held;
        return;
    }
    let mut at = at;
    // 3万人, 5億円: the multiplier and then its counter.
    for _ in 0..3 {
        let Some(n) = COUNTERS.iter().filter_map(|w| matches_at(cells, at, w)).max() else { return };
        // A kanji numeral alone is often part of a word (三角, 一部): only the plainest counters hold it.
        if is_kanji_digit(number) && n == 1 && !"年月日回名人件個本つ万億円区市町".contains(cells[at].ch) {
            return;
        }
        (at - 1..at + n - 1).for_each(|k| kept[k] = Keep::Held);
        at += n;
        hold_weekday(cells, at, kept);
        if at >= cells.len() || !matches!(cells[at - 1].ch, '万' | '億' | '兆' | '千' | '百') {
            return;
        }
    }
}

/// 9日(水): the weekday stays with its day.
fn hold_weekday(cells: &[Cell], at: usize, kept: &mut [Keep]) {
    let is = |k: usize, set: &str| cells.get(k).is_some_and(|c| set.contains(c.ch));
    if is(at - 1, "日") && is(at, "(（") && is(at + 1, "月火水木金土日祝休") {
        let mut k = at - 1;
        while k + 1 < cells.len() && k < at + 5 {
            kept[k] = Keep::Held;
            k += 1;
            if cells[k].class == Class::Closing {
                break;
            }
        }
    }
}

fn hold_prefix(cells: &[Cell], at: usize, kept: &mut [Keep]) {
    for (word, keep) in PREFIXES {
        let n = word.chars().count();
        if at >= n && matches_at(cells, at - n, word).is_some() {
            (at - n..at - 1).for_each(|k| kept[k] = Keep::Held);
            kept[at - 1] = *keep;
        }
    }
}

/// For every boundary after cell i: whether it lies inside a date, which is set without Latin gaps (令和4年11月9日).
pub(super) fn date_joints(cells: &[Cell]) -> Vec<bool> {
    let mut joints = vec![false; cells.len()];
    let digit = |k: usize| cells.get(k).is_some_and(|c| is_digit(c.ch));
    let mut i = 0;
    while i < cells.len() {
        if !digit(i) {
            i += 1;
            continue;
        }
        let end = (i..cells.len()).find(|&k| !digit(k)).unwrap_or(cells.len());
        let unit = cells.get(end).map_or(' ', |c| c.ch);
        let before = i.checked_sub(1).map_or(' ', |k| cells[k].last);
        let follows = "年月和成治正".contains(before);
        let after = cells.get(end + 1).map_or(' ', |c| c.ch);
        let dated = match unit {
            '年' => (follows || end - i == 4) && !"間目ぶ".contains(after),
            '月' => end - i <= 2 && after != '間',
            '日' => end - i <= 2 && !"間目".contains(after),
            _ => false,
        };
        if dated {
            joints[end - 1] = true;
            if follows {
                joints[i - 1] = true;
            }
        }
        i = end;
    }
    joints
}

/// For every boundary after cell i: whether it follows the stroke of a short whole: 60km/h, 1/2, and/or.
fn strokes(cells: &[Cell], kept: &mut [Keep]) {
    const SHORT: usize = 8;
    let mut i = 0;
    while i < cells.len() {
        let n = cells[i..].iter().take_while(|c| c.ch.is_ascii_graphic()).count();
        if n <= SHORT {
            (i..i + n).filter(|&k| cells[k].ch == '/').for_each(|k| kept[k] = Keep::Held);
        }
        i += n.max(1);
    }
}

/// For every boundary after cell i: whether an address on the web may break there.
pub(super) fn address_breaks(cells: &[Cell]) -> Vec<bool> {
    let mut allowed = vec![false; cells.len()];
    let mut i = 0;
    while i < cells.len() {
        let n = cells[i..].iter().take_while(|c| c.ch.is_ascii_graphic()).count();
        if n == 0 {
            i += 1;
            continue;
        }
        let word: String = cells[i..i + n].iter().map(|c| c.ch).collect();
        if word.contains("://") || word.starts_with("www.") || (word.contains('/') && word.contains('.')) || word.contains('@') {
            for k in i..(i + n).saturating_sub(1) {
                let (a, b) = (cells[k].last, cells[k + 1].ch);
                allowed[k] = match a {
                    '/' => b != '/',
                    '.' | '?' | '&' | '=' | '#' | '_' | '@' => b.is_ascii_alphanumeric(),
                    '-' => b.is_ascii_alphanumeric() && word.contains('/'),
                    _ => false,
                };
            }
        }
        i += n;
    }
    allowed
}
