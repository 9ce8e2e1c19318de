//! The lines of an announcement and the labels that stand before their values: 会期／, 【会場】, ■内容.

use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Title,
    Subtitle,
    Series,
    Number,
    Period,
    Hours,
    Venue,
    Contents,
    /// 連携, 共催, 協力, 出展 …
    Partners,
    /// 主催
    Host,
    Figure,
    /// 問い合わせ, 申込, 発行日: not of the project itself.
    Contact,
}

/// One line, or several that belong to one label.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub label: Option<Label>,
    /// The label as written.
    pub name: String,
    pub text: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub lines: Vec<Line>,
}

const LABELS: &[(Label, &str)] = &[
    (Label::Title, "タイトル|題名|展示名称|展示会名称|イベント名称|催事名称|事業名称|展示名|展示タイトル|展示会名|イベント名|催事名|事業名|行事名|名称|件名|演題|演目|講演名|講演会名|テーマ|主題|題目|Subject"),
    (Label::Subtitle, "サブタイトル|副題"),
    (Label::Series, "シリーズ|シリーズ名|事業区分"),
    (Label::Number, "回|開催回"),
    (Label::Period, "会期|展示期間|開催期間|実施期間|期間|開催日時|実施日時|日時|開催日程|日程|開催日|実施日|開催時期|時期|とき|日にち|期日|開催期日|いつ|展示日程|開催年月日|年月日"),
    (Label::Hours, "開催時間|展示時間|開場時間|開館時間|観覧時間|公開時間|実施時間|時間"),
    (Label::Venue, "会場|開催場所|展示場所|実施場所|開催会場|展示会場|場所|ところ|どこ|会場名|場所名"),
    (Label::Contents, "内容|展示内容|主な内容|主な展示内容|開催内容|実施内容|イベント内容|催し|催し物|主な催し|プログラム|見どころ|構成|次第|展示物|展示品|主な展示|主な展示物|コンテンツ"),
    (Label::Partners, "連携|連携先|連携団体|連携自治体|共催|協力|後援|協賛|出展|出展者|出展団体|出展自治体|出展元|出店|出店者|出店団体|出店自治体|参加自治体|参加団体|展示自治体|紹介自治体|参加|対象自治体|展示協力|特別協力|共同開催"),
    (Label::Host, "主催|主催者|実施主体"),
    (Label::Figure, "来場者数|来場者|参加者数|参加者|参加人数|入場者数|定員|募集人数|申込者数|出展数|出店数|実績"),
    (Label::Contact, "開催方法|実施方法|方法|開催形式|開催形態|形式|お問い合わせ先|お問い合わせ|お問合せ先|お問合せ|問い合わせ先|問い合わせ|問合せ先|問合せ|連絡先|担当|申込方法|お申込み|お申し込み|申し込み|申込み|申込|申込期限|申込締切|締切|募集期間|受付期間|申込期間|住所|所在地|アクセス|交通|最寄り駅|電話|TEL|FAX|E-mail|メール|URL|発行|発行日|発表日|掲載日|更新日|公開日|配信日|作成日|日付|送信日時|Date|From|To|Cc|差出人|宛先|費用|料金|入場料|参加費|対象|搬入|搬出|設営|撤去|入稿|校正|備考|注意|その他"),
];

static LABELLED: LazyLock<Vec<(Label, Regex)>> = LazyLock::new(|| {
    LABELS
        .iter()
        .map(|(label, words)| {
            let words: Vec<String> = words.split('|').map(spaced).collect();
            let words = words.join("|");
            let head = r"^[\s■□●○◆◇◎▼▽▶►★☆・※＊*#>\-–—]*(?:[\(（]?[0-9一二三四五六七八九十]{1,2}[\)）\.、．]?\s*)?";
            let text = format!(
                r"{head}(?:[【\[〔〈《「(（](?P<a>{words})[】\]〕〉》」)）]\s*[:/／|│]?\s*(?P<av>.*)|(?P<b>{words})\s*[■◆●]?\s*(?:[:/／|│→…‥]+|\t)\s*(?P<bv>.*)|(?P<c>{words})(?:\s*[■◆●])?(?:\s{{1,}}(?P<cv>\S.*)|\s*))$"
            );
            (*label, Regex::new(&text).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}")))
        })
        .collect()
});

/// A label in the middle of a line, with a sign that leaves no doubt.
static INNER: LazyLock<Regex> = LazyLock::new(|| {
    let words: Vec<String> = LABELS.iter().flat_map(|(_, words)| words.split('|')).filter(|w| w.chars().count() > 1).map(spaced).collect();
    let words = words.join("|");
    Regex::new(&format!(r"(?P<gap>[\s。)）」】]|^)(?P<label>[【\[〔](?:{words})[】\]〕]|(?:■|●|◆|◎|○|◇|□)\s*(?:{words})|(?:{words})\s*[:/|])"))
        .unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
});

/// 会 期 is 会期.
fn spaced(word: &str) -> String {
    let chars: Vec<String> = word.chars().map(|c| regex::escape(&c.to_string())).collect();
    chars.join(r"[ \u{3000}]*")
}

impl Page {
    pub(super) fn of(text: &str) -> Page {
        let plain = plain(text);
        let broken = INNER.replace_all(&plain, "$gap\n$label");
        let mut page = Page::default();
        let mut open = false;
        for raw in broken.lines() {
            let line = raw.trim();
            if line.is_empty() {
                open = open && page.lines.last().is_some_and(|l| l.label.is_some() && l.text.is_empty());
                continue;
            }
            if let Some((label, name, value)) = labelled(line) {
                page.lines.push(Line { label: Some(label), name, text: value });
                open = true;
            } else if open && page.takes(raw) {
                let last = page.lines.last_mut().map(|l| &mut l.text);
                if let Some(last) = last {
                    if !last.is_empty() {
                        last.push('\n');
                    }
                    last.push_str(line);
                }
            } else {
                page.lines.push(Line { label: None, name: String::new(), text: line.to_owned() });
                open = false;
            }
        }
        page
    }

    /// Whether an unlabelled line goes on with the label before it.
    fn takes(&self, raw: &str) -> bool {
        let Some(last) = self.lines.last() else { return false };
        let line = raw.trim();
        let sentence = line.ends_with('。') || line.ends_with("ます") || line.ends_with('!');
        let indented = raw.starts_with([' ', '\t']);
        match last.label {
            Some(_) if last.text.is_empty() => true,
            Some(Label::Contents) => bulleted(line) || (indented && !sentence) || last.text.contains('\n') && !sentence || last.text.ends_with(['、', ',']),
            Some(Label::Partners) => (!sentence && (indented || bulleted(line))) || last.text.ends_with(['、', ',', '・']),
            Some(Label::Period | Label::Hours) => !sentence && (indented || starts_with_date(line)),
            Some(Label::Title) => is_subtitle(line),
            Some(Label::Venue) => indented && line.chars().count() <= 30 && ["階", "ホール", "ロビー"].iter().any(|w| line.contains(w)),
            Some(Label::Contact) => indented && !sentence,
            _ => false,
        }
    }

    /// Values of a label, in order.
    pub(super) fn values(&self, label: Label) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(move |l| l.label == Some(label)).map(|l| l.text.as_str()).filter(|t| !t.is_empty())
    }

    /// Lines without a label: headings and prose.
    pub(super) fn prose(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(|l| l.label.is_none()).map(|l| l.text.as_str())
    }
}

fn labelled(line: &str) -> Option<(Label, String, String)> {
    LABELLED.iter().find_map(|(label, pattern)| {
        let found = pattern.captures(line)?;
        let part = |names: [&str; 3]| names.iter().find_map(|n| found.name(n)).map_or("", |m| m.as_str()).trim().to_owned();
        let (name, value) = (part(["a", "b", "c"]), part(["av", "bv", "cv"]));
        // 内容 豊か… is prose: a label by a mere space needs a short word and no sentence behind it.
        let loose = found.name("c").is_some() && (value.ends_with('。') || *label == Label::Number || value.starts_with(['は', 'を', 'に', 'が', 'の']));
        (!loose).then_some((*label, name.chars().filter(|c| !c.is_whitespace()).collect(), value))
    })
}

pub(super) fn bulleted(line: &str) -> bool {
    line.trim_start().starts_with(['・', '●', '○', '◆', '◇', '■', '□', '▶', '▼', '※', '*', '-', '→', '★', '☆', '◎', '✓', '①', '(', '（', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
}

fn starts_with_date(line: &str) -> bool {
    let head: String = line.chars().take(3).collect();
    let dated = line.contains(['年', '月', '時', ':', '日']);
    (dated && head.starts_with(|c: char| c.is_ascii_digit())) || ["令和", "平成", "午前", "午後", "各日", "両日", "(", "（"].iter().any(|w| head.starts_with(w))
}

pub(super) fn is_subtitle(line: &str) -> bool {
    let marks = ['～', '~', '-', '―', '－', '—', '–', '─'];
    line.chars().count() > 2 && line.starts_with(marks) && line.ends_with(marks)
}

/// NFKC without touching the wave dash, with every line end as \n and no invisible characters.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}'))
        .flat_map(|c| match c {
            // A wave dash and a full-width tilde are the same sign of a subtitle; both are kept as ～.
            '～' | '〜' => vec!['～'],
            '！' | '？' | '＆' | '　' | '（' | '）' | '®' | '™' | '…' | '―' | '①'..='⑳' => vec![c],
            _ => std::iter::once(c).nfkc().collect(),
        })
        .map(|c| if c == '　' { ' ' } else { c })
        .collect()
}

/// The text with what stands in quotes left out: a title's numbers are no figures.
pub(super) fn without_quotes(text: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0_usize);
    for c in text.chars() {
        match c {
            '「' | '『' => depth += 1,
            '」' | '』' => {
                depth = depth.saturating_sub(1);
                out.push(' ');
            }
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
