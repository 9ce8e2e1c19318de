//! What is announced: its kind, series, 年度, number, title and subtitle, from headings, quotes and labels.

use super::AnnouncementKind;
use super::lines::{Label, Page, is_subtitle};
use crate::model::date::{Precision, parse_in};
use regex::Regex;
use std::sync::LazyLock;

#[derive(Debug, Default)]
pub(super) struct Heading {
    pub kind: Option<AnnouncementKind>,
    pub series: Option<String>,
    pub fiscal_year: Option<i32>,
    pub number: Option<i32>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
}

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
}

static FISCAL_YEAR: LazyLock<Regex> =
    LazyLock::new(|| fixed(r"(?:(?:令和|平成|昭和|R|H)\s*(?:\d{1,2}|元|[一二三四五六七八九十]{1,3})|(?:19|20)\d\d)\s*(?:[\(（][^\)）]{1,8}[\)）])?\s*年度"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| fixed(r"第\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*回"));
static SERIES: LazyLock<Regex> = LazyLock::new(|| {
    fixed(r"全国連携展示|魅力発信イベント|交流イベント|全国連携マルシェ|全国連携講演会|連携講演会|講演会|巡回展示|シンポジウム|セミナー")
});
/// What stands before a title or after it in a heading line.
static FRONT: LazyLock<Regex> = LazyLock::new(|| {
    fixed(r"^(?:[■□●○◆◇◎▼★☆・※*#>\s]|[【\[〔][^】\]〕]{0,20}[】\]〕]|(?:報道発表|プレスリリース|お知らせ|開催案内|ご案内|NEWS|件名)\s*[:/]?)*")
});
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    fixed(r"\s*(?:を(?:、)?(?:開催|実施)(?:し|いた)?(?:ます|します|いたします|しました|する)?|の?開催(?:について|のお知らせ|のご案内|案内|決定|します|いたします)?|の?(?:お知らせ|ご案内|御案内|案内)|について(?:のお知らせ)?|が(?:始まります|開催されます))[!！。\s]*$")
});

pub(super) fn read(page: &Page) -> Heading {
    let prose: Vec<&str> = page.prose().collect();
    let head: Vec<&str> = prose.iter().take(14).copied().collect();
    let labelled: Vec<&str> = page.values(Label::Title).chain(page.values(Label::Series)).collect();
    let said = [labelled.join("\n"), head.join("\n")].join("\n");
    let mut out = Heading {
        kind: kind(page, &said),
        series: page.values(Label::Series).next().map(str::to_owned).or_else(|| series(&said)),
        fiscal_year: fiscal_year(page, &said),
        number: NUMBER.captures(&said).and_then(|c| number(&c[1])),
        ..Heading::default()
    };
    let (title, subtitle) = title(page, &prose, out.series.as_deref());
    out.number = out.number.or_else(|| page.values(Label::Number).find_map(|v| NUMBER.captures(v).and_then(|c| number(&c[1]))));
    out.subtitle = page.values(Label::Subtitle).next().map(str::to_owned).or(subtitle);
    // A series that comes only after the title is another's: 「…」は巡回展示も行います.
    let at = |part: &str| said.find(part);
    if let (Some(name @ "巡回展示"), Some(title)) = (out.series.as_deref(), &title)
        && let (Some(series), Some(from)) = (at(name), at(title))
        && series > from + title.len()
        && page.values(Label::Series).next().is_none()
    {
        out.series = None;
    }
    // A fair's name is its title: 全国連携マルシェ in 芝浦.
    let fair = || out.series.as_deref().filter(|_| out.kind == Some(AnnouncementKind::Event)).and_then(|s| named_fair(&said, s));
    out.title = title.or_else(fair);
    out
}

fn named_fair(said: &str, series: &str) -> Option<String> {
    let rest = &said[said.find(series)? + series.len()..];
    let place = rest.strip_prefix(" in ").map(|p| p.split(|c: char| c.is_whitespace() || "、。をはがでに「」".contains(c)).next().unwrap_or_default());
    Some(place.filter(|p| !p.is_empty()).map_or_else(|| series.to_owned(), |p| format!("{series} in {p}")))
}

/// A known series that is not the tail of another name (三都市交流イベント).
fn series(said: &str) -> Option<String> {
    SERIES
        .find_iter(said)
        .find(|m| !said[..m.start()].chars().next_back().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !"回度区".contains(c)))
        .map(|m| m.as_str().to_owned())
}

/// The kind that is named first; パネル展示 and ステージイベント are contents, 展示ホール a place.
fn kind(page: &Page, said: &str) -> Option<AnnouncementKind> {
    use AnnouncementKind::{Agreement, Event, Exhibition, Lecture};
    let words: &[(&str, AnnouncementKind)] = &[
        ("展示", Exhibition), ("パネル展", Exhibition), ("企画展", Exhibition), ("写真展", Exhibition), ("巡回展", Exhibition), ("展覧会", Exhibition),
        ("イベント", Event), ("マルシェ", Event), ("まつり", Event), ("祭り", Event), ("フェア", Event), ("フェスタ", Event), ("フェスティバル", Event),
        ("物産展", Event), ("祭", Event), ("交流会", Event), ("即売会", Event),
        ("講演", Lecture), ("セミナー", Lecture), ("シンポジウム", Lecture), ("講座", Lecture), ("フォーラム", Lecture), ("勉強会", Lecture),
    ];
    let whole = |at: usize, word: &str| {
        let (before, after) = (&said[..at], &said[at + word.len()..]);
        let part = match word {
            "展示" => before.ends_with("パネル") || before.ends_with("写真") || ["ホール", "会場", "パネル", "物", "品", "ケース", "コーナー", "スペース"].iter().any(|w| after.starts_with(w)),
            "パネル展" => after.starts_with('示'),
            "イベント" => before.ends_with("ステージ") || before.ends_with("関連"),
            "講演" => before.ends_with("基調") || before.ends_with("記念") || after.starts_with('者'),
            _ => false,
        };
        !part
    };
    let named = page.lines.iter().find_map(|l| match (l.label?, l.name.as_str()) {
        (Label::Title, "展示名" | "展示会名" | "展示タイトル") => Some(Exhibition),
        (Label::Title, "イベント名" | "催事名") => Some(Event),
        (Label::Title, "演題" | "講演名" | "講演会名") => Some(Lecture),
        _ => None,
    });
    let first = words
        .iter()
        .filter_map(|(word, kind)| said.match_indices(word).map(|(at, _)| at).find(|at| whole(*at, word)).map(|at| (at, *kind)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, kind)| kind);
    let by_label = || {
        let has = |label| page.lines.iter().any(|l| l.label == Some(label));
        page.lines.iter().any(|l| matches!(l.name.as_str(), "会期" | "展示期間" | "展示場所" | "展示内容")).then_some(Exhibition).filter(|_| has(Label::Period))
    };
    let agreement = || (said.contains("協定") && ["締結", "調印"].iter().any(|w| said.contains(w))).then_some(Agreement);
    named.or(first).or_else(agreement).or_else(by_label)
}

fn fiscal_year(page: &Page, said: &str) -> Option<i32> {
    let read = |text: &str| {
        FISCAL_YEAR.find_iter(text).find_map(|m| {
            let period = parse_in(m.as_str(), None).period?;
            if period.precision() == Precision::FiscalYear { period.fiscal_year() } else { None }
        })
    };
    let labelled = page.lines.iter().filter(|l| l.name == "年度").find_map(|l| read(&l.text));
    labelled.or_else(|| read(said))
}

fn number(text: &str) -> Option<i32> {
    if let Ok(n) = text.parse() {
        return Some(n);
    }
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|p| p as i32 + 1);
    let (tens, ones) = text.split_once('十').map_or((None, text), |(tens, ones)| (Some(tens), ones));
    let tens = tens.map_or(Some(0), |t| if t.is_empty() { Some(10) } else { t.chars().next().and_then(digit).map(|d| d * 10) })?;
    let ones = if ones.is_empty() { Some(0) } else { ones.chars().next().and_then(digit) }?;
    Some(tens + ones)
}

fn title(page: &Page, prose: &[&str], series: Option<&str>) -> (Option<String>, Option<String>) {
    for line in page.lines.iter().filter(|l| l.label == Some(Label::Title) && !l.text.is_empty()) {
        let value = line.text.as_str();
        // 件名 of a mail is a heading line like any other.
        let inner = quoted(value).into_iter().find(|q| fits_title(&q.inner)).map(|q| (q.inner, q.after));
        let (text, after) = inner.unwrap_or_else(|| (TAIL.replace(value.trim(), "").into_owned(), String::new()));
        let text = after_series(&text, series).unwrap_or(text);
        let text = strip_front(&text);
        let (title, subtitle) = split_subtitle(&text);
        // 件名：第2回全国連携展示の開催について leaves the title to the letter.
        let mail = matches!(line.name.as_str(), "件名" | "Subject");
        let bare = mail && (series.is_some_and(|s| title.ends_with(s) && TITLED.contains(&s)) || is_dated(&title));
        if !title.is_empty() && !bare {
            return (Some(title), subtitle.or_else(|| leading_subtitle(&after)));
        }
    }
    let head = prose.iter().take(40).copied().collect::<Vec<_>>().join("\n");
    if let Some(found) = best_quote(&head) {
        let (title, subtitle) = split_subtitle(&found.inner);
        return (Some(title), subtitle.or_else(|| leading_subtitle(&found.after)));
    }
    match heading_line(prose, series) {
        (None, None) => first_line(page),
        found => found,
    }
}

/// A flyer that begins with its title and goes on with labels.
fn first_line(page: &Page) -> (Option<String>, Option<String>) {
    let labelled = page.lines.iter().any(|l| matches!(l.label, Some(Label::Period | Label::Venue)));
    let before: Vec<&str> = page.lines.iter().take_while(|l| l.label.is_none()).map(|l| l.text.as_str()).collect();
    let plain = |l: &&str| !l.contains(['。', '、', '様', '宛']) && !l.contains("ます") && !l.contains("担当") && !l.contains("協議会") && !l.contains("区長会") && l.chars().count() <= 60 && !is_dated(l);
    match before.iter().find(|l| plain(l)).filter(|_| labelled && before.len() <= 4) {
        Some(line) => {
            let (title, subtitle) = split_subtitle(&strip_front(line));
            let below = before.iter().find(|l| is_subtitle(l)).map(|l| (*l).to_owned());
            ((!title.is_empty() && !is_subtitle(&title)).then_some(title), subtitle.or(below))
        }
        None => (None, None),
    }
}

/// Series whose single exhibitions and lectures bear titles of their own.
const TITLED: &[&str] = &["全国連携展示", "全国連携講演会", "連携講演会", "講演会", "巡回展示", "シンポジウム", "セミナー"];

/// 第2回全国連携展示 東京で感じる堺: what stands behind the series.
fn after_series(line: &str, series: Option<&str>) -> Option<String> {
    let series = series.filter(|s| TITLED.contains(s))?;
    let (_, rest) = line.split_once(series)?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '/' | '|'));
    let apart = line.split_once(series).is_some_and(|(_, r)| r.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '/' | '|' | '～')));
    let name = TAIL.replace(rest, "").trim().to_owned();
    (apart && name.chars().count() >= 2 && !name.starts_with('～') && !is_dated(&name)).then_some(name)
}

fn strip_front(line: &str) -> String {
    let line = FRONT.replace(line, "");
    let line = FISCAL_YEAR.replace(line.trim(), "");
    let line = TAIL.replace(line.trim(), "");
    let line = line.trim().trim_end_matches(ORNAMENTS).trim();
    let whole = line.strip_prefix('「').and_then(|l| l.strip_suffix('」')).or_else(|| line.strip_prefix('『').and_then(|l| l.strip_suffix('』')));
    whole.unwrap_or(line).replace("（）", "").replace("()", "").trim().to_owned()
}

const ORNAMENTS: &[char] = &['■', '□', '●', '○', '◆', '◇', '◎', '★', '☆', '♪', '*', '】'];

/// A heading without quotes: the first short line that names a series or a kind of event.
fn heading_line(prose: &[&str], series: Option<&str>) -> (Option<String>, Option<String>) {
    let words = ["展示", "イベント", "講演", "マルシェ", "セミナー", "シンポジウム", "フェア", "まつり", "フェスタ", "物産展", "展"];
    for (at, line) in prose.iter().enumerate().take(8) {
        let sentence = line.contains('。') || line.chars().count() > 70 || line.contains("ます");
        let announced = TAIL.is_match(line) && !line.contains('、') && !line.contains('。');
        if (sentence && !announced) || !words.iter().any(|w| line.contains(w)) || is_dated(line) {
            continue;
        }
        let next = prose.get(at + 1).copied().unwrap_or_default();
        let below = is_subtitle(next).then(|| next.to_owned());
        if let Some(rest) = after_series(line, series) {
            let (title, subtitle) = split_subtitle(&strip_front(&rest));
            return (Some(title), subtitle.or(below));
        }
        let bare = strip_front(line);
        let (title, subtitle) = split_subtitle(&bare);
        let only_series = series.is_some_and(|s| title.ends_with(s) && TITLED.contains(&s));
        let plain_next = !next.is_empty() && !next.contains(['。', ':', '/']) && next.chars().count() <= 40 && !is_dated(next) && !is_subtitle(next);
        if only_series && plain_next {
            let (title, subtitle) = split_subtitle(&strip_front(next));
            let below = prose.get(at + 2).filter(|l| is_subtitle(l)).map(|l| (*l).to_owned());
            return (Some(title), subtitle.or(below));
        }
        return if only_series || title.is_empty() { (None, subtitle.or(below)) } else { (Some(title), subtitle.or(below)) };
    }
    (None, None)
}

fn is_dated(line: &str) -> bool {
    parse_in(line, None).period.is_some_and(|p| matches!(p.precision(), Precision::Day | Precision::Month))
}

struct Quote {
    inner: String,
    /// The text before it on its line.
    before: String,
    /// The text after it.
    after: String,
}

/// Outermost 「…」 and 『…』, which may run over lines.
fn quoted(text: &str) -> Vec<Quote> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '「' | '『' => {
                if depth == 0 {
                    start = at + c.len_utf8();
                }
                depth += 1;
            }
            '」' | '』' if depth > 0 => {
                depth -= 1;
                if depth == 0 && text[start..at].chars().count() <= 120 {
                    let before = text[..start].rsplit('\n').next().unwrap_or_default();
                    out.push(Quote {
                        inner: text[start..at].trim().to_owned(),
                        before: before.trim_end_matches(['「', '『']).to_owned(),
                        after: text[at + c.len_utf8()..].chars().take(120).collect(),
                    });
                }
            }
            _ => {}
        }
    }
    out
}

fn fits_title(inner: &str) -> bool {
    let project = inner.ends_with("プロジェクト") || inner.ends_with("サイト");
    inner.chars().count() >= 3 && !project
}

/// The quote that is held or announced, else the first of a line that names a kind.
fn best_quote(head: &str) -> Option<Quote> {
    let all: Vec<Quote> = quoted(head).into_iter().filter(|q| fits_title(&q.inner)).collect();
    let kinds = ["展示", "イベント", "講演会", "マルシェ", "セミナー", "シンポジウム", "回", "年度", "企画展", "フェア", "まつり"];
    let held = ["を開催", "を、", "の開催", "を実施", "と題し", "と題する", "開催", "を行", "が開催", "を下記", "について", "を全国", "を東京"];
    let aside = ["をテーマ", "コーナー", "ブース", "では", "などの", "など", "等"];
    let score = |q: &Quote| {
        let after = q.after.trim_start();
        let near: String = q.before.chars().rev().take(14).collect::<Vec<_>>().into_iter().rev().collect();
        let mut score = 0;
        score += if kinds.iter().any(|k| near.contains(k)) { 4 } else { 0 };
        score += if held.iter().any(|h| after.starts_with(h)) { 3 } else { 0 };
        score += if q.before.trim().is_empty() && (after.is_empty() || q.after.starts_with('\n') || after.starts_with(['～', '~', '－', '―'])) { 2 } else { 0 };
        score += if kinds.iter().any(|k| q.inner.contains(k)) { 2 } else { 0 };
        score -= if aside.iter().any(|a| after.starts_with(a)) { 4 } else { 0 };
        score
    };
    let mut best: Option<(i32, Quote)> = None;
    for quote in all {
        let score = score(&quote);
        if score > best.as_ref().map_or(0, |(s, _)| *s) {
            best = Some((score, quote));
        }
    }
    best.map(|(_, quote)| quote)
}

/// 題～副題～, 題 －副題－, or two lines.
fn split_subtitle(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    if let Some((first, rest)) = text.split_once('\n') {
        let rest = rest.replace('\n', "");
        if is_subtitle(rest.trim()) {
            return (first.trim().to_owned(), Some(rest.trim().to_owned()));
        }
        return split_subtitle(&format!("{} {}", first.trim(), rest.trim()));
    }
    for mark in ['～', '~', '－', '―', '—', '–', '─'] {
        let marks: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
        if let [open, .., close] = marks.as_slice()
            && *open > 0
            && text[*close..].chars().count() == 1
            && close - open > mark.len_utf8() * 2
        {
            return (text[..*open].trim().to_owned(), Some(text[*open..].trim().to_owned()));
        }
    }
    (text.to_owned(), None)
}

/// The subtitle that follows a closed quote, on its line or the next.
fn leading_subtitle(after: &str) -> Option<String> {
    let line = after.trim_start().lines().next()?.trim();
    let mark = line.chars().next().filter(|c| "～~－―—–─".contains(*c))?;
    let end = line.char_indices().skip(2).find(|(_, c)| *c == mark)?.0;
    Some(line[..end + mark.len_utf8()].to_owned())
}
