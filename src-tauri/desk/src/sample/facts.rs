//! The real facts of the project as they were gathered, read strictly: a fact that nobody uses cannot hide here.
use serde::Deserialize;

/// The shipped file.
pub const TEXT: &str = include_str!("../../../../assets/domain/facts.json");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub note: String,
    pub home_venue: HomeVenue,
    pub organisers: Vec<String>,
    pub exhibitions: Vec<Exhibition>,
    pub events: Vec<Event>,
    pub lectures: Vec<Lecture>,
    pub agreements: Vec<Agreement>,
    pub figures: Vec<Figure>,
    pub disaster_support: Support,
    /// Ward, title, partners.
    pub ward_programmes: Vec<(String, String, Vec<String>)>,
    pub plan_2027_2030: Plan,
    pub date_forms_seen: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeVenue {
    pub name: String,
    pub space: String,
    pub address: String,
}

/// Days as the source gives them; `to` absent where it is one day or one month.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Span {
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub precision: String,
    #[serde(default)]
    pub hours: String,
}

#[derive(Debug, Deserialize)]
pub struct Exhibition {
    pub series: String,
    pub fiscal_year: String,
    pub number: i32,
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub theme: String,
    #[serde(flatten)]
    pub span: Span,
    #[serde(default)]
    pub partners: Vec<String>,
    #[serde(default)]
    pub member_count: Option<MemberCount>,
    pub venue: String,
    #[serde(default)]
    pub space: String,
    #[serde(default)]
    pub touring: Vec<Tour>,
    #[serde(default)]
    pub panel_themes: Vec<String>,
    #[serde(default)]
    pub contents: Vec<String>,
    #[serde(default)]
    pub municipalities: Vec<String>,
    #[serde(default)]
    pub credits: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct MemberCount {
    pub towns_and_villages: usize,
}

#[derive(Debug, Deserialize)]
pub struct Tour {
    pub venue: String,
    #[serde(flatten)]
    pub span: Span,
    #[serde(default)]
    pub host: String,
}

#[derive(Debug, Deserialize)]
pub struct Event {
    pub kind: String,
    pub title: String,
    #[serde(default)]
    pub fiscal_year: String,
    #[serde(flatten)]
    pub span: Span,
    #[serde(default)]
    pub venue: String,
    #[serde(default)]
    pub host: String,
    #[serde(default)]
    pub contents: Vec<String>,
    #[serde(default)]
    pub recurring: bool,
    #[serde(default)]
    pub visitors: Option<Visitors>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visitors {
    pub count: i32,
    #[serde(default)]
    pub approximate: bool,
    #[serde(default)]
    pub counting: String,
    pub days: usize,
}

#[derive(Debug, Deserialize)]
pub struct Lecture {
    pub title: String,
    pub fiscal_year: String,
    pub number: i32,
    #[serde(flatten)]
    pub span: Span,
    #[serde(default)]
    pub mode: String,
    #[serde(default)]
    pub attendees: Option<i32>,
    #[serde(default)]
    pub parts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    pub partner: String,
    pub kind: String,
    #[serde(default)]
    pub signed: String,
    #[serde(default)]
    pub precision: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub name: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub series: Vec<(String, f64)>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub as_of: String,
    /// A number, or words such as 13団体372自治体.
    #[serde(default)]
    pub value: serde_json::Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    pub event: String,
    pub as_of: String,
    pub columns: Vec<String>,
    pub dispatches: Vec<(String, String, i32)>,
    pub grants: Vec<Grant>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    pub event: String,
    pub prefectures: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub years: Vec<String>,
    pub rows: Vec<String>,
}

pub fn read() -> Facts {
    serde_json::from_str(TEXT).expect("the shipped facts are well-formed")
}

/// 令和4年度 as 2022, 令和元年度 as 2019.
pub fn fiscal_year(text: &str) -> Option<i32> {
    let year = text.strip_prefix("令和")?.strip_suffix("年度")?;
    Some(2018 + if year == "元" { 1 } else { year.parse().ok()? })
}
