//! What there is to see: the items of the label 内容, or the words of the trade in the prose.

use super::lines::{Label, Page, bulleted, without_quotes};

/// Longest first where one begins another.
const WORDS: &[&str] = &[
    "パネルディスカッション", "グループディスカッション", "パネル展示", "パネル", "タペストリー展示", "タペストリー", "PR映像上映", "PR映像", "PR動画上映", "PR動画",
    "観光PR", "自治体PR", "PRコーナー", "PRブース", "パンフレット配架", "パンフレット配布", "パンフレット", "リーフレット", "写真展示", "写真", "立体展示", "模型",
    "点灯セレモニー", "オープニングセレモニー", "セレモニー", "竹あかり", "物産展", "物産販売", "特産品販売", "特産品", "マルシェ", "ステージイベント", "ステージ",
    "ワークショップ", "スタンプラリー", "クイズラリー", "抽選会", "キッチンカー", "基調講演", "事例紹介", "事例発表", "トークセッション", "試飲", "試食", "映像上映",
];

/// The names of the project are no contents of it.
pub(super) fn read(page: &Page, names: &[Option<&str>]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for value in page.values(Label::Contents) {
        let sentence = value.lines().count() == 1 && (value.ends_with('。') || value.ends_with("ます") || value.chars().count() > 90);
        let found = if sentence { words(value) } else { items(value) };
        for item in found {
            if !out.contains(&item) {
                out.push(item);
            }
        }
    }
    if out.is_empty() {
        out = bullets(page);
    }
    if out.is_empty() {
        let told = |l: &&str| l.contains(['、', '。']) || l.contains("ます");
        let prose: Vec<&str> = page.prose().filter(told).collect();
        let mut text = prose.join("\n");
        for name in names.iter().flatten().filter(|n| !n.is_empty()) {
            text = text.replace(name, " ");
        }
        out = words(&text);
    }
    out
}

/// Lines with ・ under no label, if two of them at least name something of the trade.
fn bullets(page: &Page) -> Vec<String> {
    let lines: Vec<&str> = page.prose().filter(|l| l.starts_with(['・', '●', '○', '◆', '-', '*'])).collect();
    let known = lines.iter().filter(|l| WORDS.iter().any(|w| l.contains(w))).count();
    if known >= 2 { lines.iter().flat_map(|l| items(l)).collect() } else { Vec::new() }
}

/// Items of a list: a line each, or apart by 、 or ／ or, where there are none of these, by ・.
fn items(value: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in value.lines() {
        let bullet = bulleted(line);
        let line = bare(line);
        let parts = match separator(&line, bullet) {
            Some(sign) => split(&line, sign),
            None => vec![line],
        };
        for part in parts {
            let part = tidy(&part);
            if !part.is_empty() && part.chars().count() <= 60 && !part.ends_with('。') && !part.starts_with('※') && !out.contains(&part) {
                out.push(part);
            }
        }
    }
    out
}

/// The line without its bullet or number.
fn bare(line: &str) -> String {
    let line = line.trim().trim_start_matches(['・', '●', '○', '◆', '◇', '■', '□', '▶', '▼', '*', '→', '★', '☆', '◎', '✓']).trim();
    let line = line.strip_prefix('-').map_or(line, str::trim_start);
    let digits = line.chars().take_while(|c| matches!(c, '0'..='9' | '①'..='⑳' | '(' | '（')).count();
    let rest: String = line.chars().skip(digits).collect();
    let numbered = digits > 0 && (rest.starts_with(['.', ')', '）', '、']) || line.starts_with(|c| ('①'..='⑳').contains(&c)));
    if numbered { rest.trim_start_matches(['.', ')', '）', '、']).trim().to_owned() } else { line.to_owned() }
}

fn separator(line: &str, bullet: bool) -> Option<&'static [char]> {
    let outside = |c: char| {
        let mut depth = 0_i32;
        line.chars().any(|x| {
            depth += i32::from("（(「『".contains(x)) - i32::from("）)」』".contains(x));
            depth <= 0 && x == c
        })
    };
    if outside('、') || outside(',') {
        Some(&['、', ','])
    } else if outside('/') || outside('｜') || outside('|') {
        Some(&['/', '|'])
    } else if !bullet && outside('・') {
        Some(&['・'])
    } else {
        None
    }
}

/// Splits outside brackets and quotes.
fn split(line: &str, signs: &[char]) -> Vec<String> {
    let (mut out, mut depth) = (vec![String::new()], 0_i32);
    for c in line.chars() {
        depth += i32::from("（(「『".contains(c)) - i32::from("）)」』".contains(c));
        if depth <= 0 && signs.contains(&c) {
            out.push(String::new());
        } else if let Some(last) = out.last_mut() {
            last.push(c);
        }
    }
    out
}

fn tidy(item: &str) -> String {
    let mut item = item.trim().trim_end_matches(['。', '、']).trim();
    for tail in ["などを展示", "を展示します", "を展示", "などの展示", "など", "等", "ほか", "他"] {
        let cut = item.strip_suffix(tail).filter(|rest| !rest.is_empty());
        item = cut.unwrap_or(item).trim();
    }
    item.to_owned()
}

/// Words of the trade in the order of the text, each once.
fn words(text: &str) -> Vec<String> {
    let text = without_quotes(text);
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for word in WORDS {
        for (at, _) in text.match_indices(word) {
            let end = at + word.len();
            let free = taken.iter().all(|(a, b)| end <= *a || at >= *b);
            let before = text[..at].chars().next_back();
            let longer = before.is_some_and(|c| ('ァ'..='ヺ').contains(&c) || c == 'ー');
            let after = text[end..].chars().next();
            let goes_on = after.is_some_and(|c| (('ァ'..='ヺ').contains(&c) || c == 'ー') && word.ends_with(|w: char| ('ァ'..='ー').contains(&w)));
            if free && !longer && !goes_on {
                taken.push((at, end));
            }
        }
    }
    taken.sort_unstable();
    let mut out: Vec<String> = Vec::new();
    for (a, b) in taken {
        let word = text[a..b].to_owned();
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out
}
