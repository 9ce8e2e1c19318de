//! A published number with its meaning: 延べ1,158名, 約500名, 1,100を超える自治体. 延べ and 実 are never added.

use super::date::{Period, parse_in};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// None where the text says no single number (300～400名).
    pub value: Option<i32>,
    /// 名, 自治体, 団体 …; empty if there is none.
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub counting: Counting,
    /// The source says 約, およそ, 程度.
    #[serde(default)]
    pub approximate: bool,
    #[serde(default)]
    pub bound: Bound,
    #[serde(default)]
    pub as_of: Option<Period>,
    #[serde(default)]
    pub source: Option<String>,
    /// The words it was read from.
    #[serde(default)]
    pub text: String,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// 延べ: a person who comes twice counts twice.
    Gross,
    /// 実数: each person once.
    Net,
    #[default]
    Unspecified,
}

/// How the number bounds the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    #[default]
    Exact,
    /// 約
    About,
    /// 以上, を超える
    Over,
    /// 未満, 以下
    Under,
}

/// Why two figures cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    #[error("延べと実人数は足せません")]
    Counting,
    #[error("延べか実人数かわからない数は、延べや実人数に足せません")]
    Unspecified,
    #[error("単位が違うため足せません: {0}と{1}")]
    Unit(String, String),
    #[error("数がないため足せません")]
    NoValue,
    #[error("以上と未満は足せません")]
    Bound,
    #[error("数が大きすぎます")]
    TooLarge,
}

impl Figure {
    pub fn new(value: i32, unit: impl Into<String>) -> Self {
        Self {
            value: Some(value),
            unit: unit.into(),
            counting: Counting::Unspecified,
            approximate: false,
            bound: Bound::Exact,
            as_of: None,
            source: None,
            text: String::new(),
        }
    }

    /// The sum, where a sum has a meaning.
    pub fn add(&self, other: &Figure) -> Result<Figure, FigureError> {
        if self.counting != other.counting {
            let unspecified = [self.counting, other.counting].contains(&Counting::Unspecified);
            return Err(if unspecified { FigureError::Unspecified } else { FigureError::Counting });
        }
        if self.unit != other.unit {
            return Err(FigureError::Unit(self.unit.clone(), other.unit.clone()));
        }
        let (Some(a), Some(b)) = (self.value, other.value) else { return Err(FigureError::NoValue) };
        let bound = match (self.bound, other.bound) {
            (Bound::Over, Bound::Under) | (Bound::Under, Bound::Over) => return Err(FigureError::Bound),
            (Bound::Over, _) | (_, Bound::Over) => Bound::Over,
            (Bound::Under, _) | (_, Bound::Under) => Bound::Under,
            (Bound::About, _) | (_, Bound::About) => Bound::About,
            _ => Bound::Exact,
        };
        Ok(Figure {
            value: Some(a.checked_add(b).ok_or(FigureError::TooLarge)?),
            counting: self.counting,
            approximate: self.approximate || other.approximate,
            bound,
            ..Figure::new(0, self.unit.clone())
        })
    }

    /// Prints the number with its meaning: 延べ1,158名, 約500名, 1,100を超える自治体.
    pub fn print(&self) -> String {
        let Some(value) = self.value else { return self.text.clone() };
        let counting = match self.counting {
            Counting::Gross => "延べ",
            Counting::Net => "実",
            Counting::Unspecified => "",
        };
        let about = if self.approximate { "約" } else { "" };
        let (number, unit) = (grouped(value), &self.unit);
        match self.bound {
            Bound::Over if !unit.is_empty() => format!("{counting}{about}{number}を超える{unit}"),
            Bound::Over => format!("{counting}{about}{number}以上"),
            Bound::Under => format!("{counting}{about}{number}{unit}未満"),
            Bound::Exact | Bound::About => format!("{counting}{about}{number}{unit}"),
        }
    }
}

/// 1,158
pub fn grouped(value: i32) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0 { format!("-{out}") } else { out }
}

/// Longest first, so that 自治体・団体 is not 自治体.
const UNITS: &str = "自治体・団体|市区町村|市町村|自治体|都道府県|町村|団体|名様|名|人|ブース|店舗|出展者|世帯|か所|カ所|ヶ所|箇所|家族|市|町|村|県|社|店|枚|点|件|組|部|冊|本|種類|品目|館|校|頭|隻|万円|億円|円|%";

fn pattern() -> &'static Regex {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    PATTERN.get_or_init(|| {
        let number = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d+)?";
        let text = format!(
            r"(?P<before>(?:(?:延べ人数|延べ|のべ|延|実人数|実数|実|約|およそ|おおよそ|概ね|おおむね|ほぼ)[はで:、\s]*){{0,3}})(?P<low>{number})(?:\s*[~〜\-]\s*(?P<high>{number}))?(?P<myriad>万(?P<rest>\d{{1,4}}|\d,\d{{3}})?)?\s*(?P<mid>を超える|を上回る|を超す|余りの|あまりの|以上の|超の|近い|近くの)?\s*(?P<unit>{UNITS})(?P<after>以上|超|を超え|を上回|余り|あまり|余|強|未満|以下|弱|程度|ほど|前後|ぐらい|くらい)?"
        );
        Regex::new(&text).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
    })
}

/// Every figure of a text, in order. Dates, hours, 第2回, floors and addresses are none.
pub fn find(text: &str) -> Vec<Figure> {
    let plain: String = text.nfkc().take(20_000).collect();
    let mut out = Vec::new();
    for found in pattern().captures_iter(&plain) {
        let Some(whole) = found.get(0) else { continue };
        let before = plain[..whole.start()].chars().next_back();
        let after = plain[whole.end()..].chars().next();
        if stands_alone(before, after, &found) {
            out.push(figure(&found, &plain));
        }
    }
    out
}

/// Part of a date, an ordinal or a name is no figure: 第3部, 令和7年, 3-5-1, 2部制, 1点灯.
fn stands_alone(before: Option<char>, after: Option<char>, found: &regex::Captures<'_>) -> bool {
    let unit = &found["unit"];
    let bare = found["before"].is_empty();
    if bare && before.is_some_and(|c| c.is_ascii_alphanumeric() || "第.-:/,#".contains(c)) {
        return false;
    }
    let continued: &[char] = match unit {
        "部" => &['制', '屋', '長', '門'],
        "点" => &['灯', '字', '検', '在'],
        "本" => &['社', '部', '館', '町', '庁'],
        "市" | "町" | "村" => &['目', '場', '民', '長', '会', '内'],
        "人" => &['気', '形', '口', '物'],
        "組" => &['織', '合'],
        "社" => &['会'],
        "名" => &['所', '物', '産', '称', '前'],
        "件" => &['名'],
        "店" => &['頭'],
        "円" => &['形'],
        _ => &[],
    };
    !after.is_some_and(|c| continued.contains(&c))
}

fn figure(found: &regex::Captures<'_>, text: &str) -> Figure {
    let before = &found["before"];
    let mid = found.name("mid").map_or("", |m| m.as_str());
    let after = found.name("after").map_or("", |m| m.as_str());
    let approximate = ["約", "およそ", "おおよそ", "概ね", "おおむね", "ほぼ"].iter().any(|w| before.contains(w))
        || ["程度", "ほど", "前後", "ぐらい", "くらい"].contains(&after);
    let over = ["を超", "を上回", "余", "あまり", "以上", "超", "強"].iter().any(|w| mid.contains(w) || after.contains(w));
    let under = ["未満", "以下", "弱", "近"].iter().any(|w| mid.contains(w) || after.contains(w));
    let counting = if before.contains('延') || before.contains("のべ") {
        Counting::Gross
    } else if before.contains('実') {
        Counting::Net
    } else {
        Counting::Unspecified
    };
    let bound = match (over, under, approximate) {
        (true, ..) => Bound::Over,
        (_, true, _) => Bound::Under,
        (_, _, true) => Bound::About,
        _ => Bound::Exact,
    };
    Figure {
        value: value(found),
        unit: if &found["unit"] == "名様" { "名".to_owned() } else { found["unit"].to_owned() },
        counting,
        approximate,
        bound,
        as_of: as_of(text, found.get(0).map_or(0, |m| m.start())),
        source: None,
        text: found[0].trim().to_owned(),
    }
}

fn value(found: &regex::Captures<'_>) -> Option<i32> {
    if found.name("high").is_some() {
        return None;
    }
    let number: f64 = found["low"].replace(',', "").parse().ok()?;
    let rest: f64 = found.name("rest").map_or(Some(0.0), |m| m.as_str().replace(',', "").parse().ok())?;
    let number = if found.name("myriad").is_some() { number * 10_000.0 + rest } else { number };
    let whole = number.round();
    ((number - whole).abs() < 1e-6 && whole <= f64::from(i32::MAX)).then_some(whole as i32)
}

/// The day in the same sentence that 現在 or 時点 names.
fn as_of(text: &str, at: usize) -> Option<Period> {
    let from = text[..at].rfind(['。', '\n']).map_or(0, |i| i + 1);
    let from = (from..=at).find(|i| text.is_char_boundary(*i))?;
    let to = text[at..].find(['。', '\n']).map_or(text.len(), |i| at + i);
    let sentence = &text[from..to];
    let mark = sentence.find("現在").or_else(|| sentence.find("時点"))?;
    let head = &sentence[..mark];
    let start = head.rfind(['(', '、', ' ']).map_or(0, |i| i + 1);
    let start = (start..=mark).find(|i| head.is_char_boundary(*i))?;
    let outcome = parse_in(&head[start..], None);
    outcome.period.filter(|p| p.first_day().is_some())
}

/// Reads one figure: the only one of the text, else none.
pub fn read(text: &str) -> Option<Figure> {
    let mut all = find(text);
    if all.len() == 1 { all.pop() } else { None }
}
