//! The content document: what a panel says, with no word of how it looks. One content flows into any template and paper.
mod entries;
pub use entries::*;

use crate::length::Mm;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One panel. Either a named `template` places the blocks by their type and role, or each block carries a `place`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Content {
    /// Name for bookmarks and file names.
    pub name: String,
    /// Absent: `free`, every block needs a `place`.
    pub template: Option<Template>,
    /// A template of one's own: other frames for the parts of the named one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frames: Option<Box<crate::own_template::OwnTemplate>>,
    /// A theme that ships, by name; a whole theme may be given instead.
    pub theme: ThemeChoice,
    pub paper: Paper,
    /// mm on every side; 3 if absent.
    pub bleed: Option<Mm>,
    /// Metres from which the panel is read; type is checked against it. 1 if absent.
    pub reading_distance: Option<f64>,
    /// Vertical text writes its numbers in kanji (明治七年, 六・四キロ); they stand upright as typed if absent.
    #[serde(skip_serializing_if = "is_false")]
    pub kanji_numbers: bool,
    /// Steps of 6 % by which running text and tables are set smaller than the theme says: 0 to -3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<i8>,
    pub blocks: Vec<Block>,
}

/// Lowest value of `Content::step`.
pub const LOWEST_STEP: i8 = -3;

impl Content {
    /// The second of two panels: the same heading, photos apart from the large one left out, the body from `section` on.
    /// `self` keeps the sections before it. Nothing is lost and no word is changed.
    pub fn second_panel(&mut self, section: usize) -> Content {
        let mut second = self.clone();
        second.blocks.retain(|b| match &b.what {
            What::Photo { role, .. } => *role == PhotoRole::Hero,
            What::Title { .. } | What::Subtitle { .. } | What::Tag { .. } | What::Body { .. } | What::Qr { .. } | What::Footer { .. } => true,
            _ => false,
        });
        let mut taken = Vec::new();
        for block in &mut self.blocks {
            if let What::Body { sections, .. } = &mut block.what
                && section < sections.len()
                && taken.is_empty()
            {
                taken = sections.split_off(section);
            }
        }
        if let Some(What::Body { sections, .. }) = second.blocks.iter_mut().map(|b| &mut b.what).find(|w| matches!(w, What::Body { .. })) {
            *sections = taken;
        }
        second
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// 自治体紹介
    Municipality,
    /// タイトル
    Title,
    /// 数字で見る
    Figures,
    /// 連携実績
    Record,
    /// あいさつ
    Greeting,
    /// テーマ別
    Theme,
    /// 災害支援
    Support,
    /// 年表
    Chronology,
    /// ステージ・スケジュール
    Stage,
    /// 会場案内図
    Map,
    /// ブース看板
    Booth,
    /// キャプション
    Caption,
    /// タペストリー
    Tapestry,
    /// ポスター
    Poster,
    /// 案内チラシ
    Flyer,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ThemeChoice {
    /// `ai` (藍), `satoyama` (里山), `umi` (海) or `sumi` (墨).
    Named(String),
    /// Named theme with some colours and faces replaced.
    Own(Box<crate::theme::OwnTheme>),
}
impl Default for ThemeChoice {
    fn default() -> Self {
        ThemeChoice::Named("ai".into())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Paper {
    Named(PaperName),
    /// A named size, turned on its side or not.
    Turned {
        name: PaperName,
        #[serde(default)]
        landscape: bool,
    },
    /// Any size up to 14,400 pt a side, in mm.
    Free { width: Mm, height: Mm },
}
impl Default for Paper {
    fn default() -> Self {
        Paper::Named(PaperName::A1)
    }
}

/// B sizes are JIS, not ISO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum PaperName {
    A0,
    A1,
    A2,
    A3,
    A4,
    A5,
    B0,
    B1,
    B2,
    #[serde(rename = "600x1800")]
    Tapestry600,
    #[serde(rename = "900x1800")]
    Tapestry900,
}

/// In JSON the block's own fields, its `type` and its `place` stand side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub what: What,
    /// Free placement on the trim, in mm. Overrides the template's place.
    pub place: Option<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub x: Mm,
    pub y: Mm,
    pub w: Mm,
    pub h: Mm,
    /// Type size in pt for a freely placed block; the theme's size for the role if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(tag = "type")]
pub enum What {
    /// The name or heading of the panel.
    Title {
        text: String,
        /// よみ of the name.
        #[serde(default)]
        reading: String,
        /// Small line above: prefecture, series.
        #[serde(default)]
        region: String,
        /// The one word set largest (タイトル template), e.g. 千葉.
        #[serde(default)]
        key_word: String,
    },
    Subtitle { text: String },
    Lead { text: String },
    /// Small words in the corner: what kind of panel, which theme; and the number in its set.
    Tag {
        #[serde(default)]
        text: String,
        #[serde(default)]
        number: Option<u32>,
        #[serde(default)]
        of: Option<u32>,
    },
    /// Sections in columns.
    Body {
        sections: Vec<Section>,
        /// 1–4; the template's number if absent.
        #[serde(default)]
        columns: Option<u8>,
    },
    Photo {
        /// Key of the picture: its content hash in a workspace, a path beside the content file elsewhere.
        picture: String,
        #[serde(default)]
        role: PhotoRole,
        /// Focus point, 0–1 from the left and top of the upright picture.
        #[serde(default)]
        focus: Option<[f64; 2]>,
        /// 1 fills the frame; larger crops closer.
        #[serde(default)]
        zoom: Option<f64>,
        #[serde(default)]
        caption: String,
        #[serde(default)]
        credit: String,
        /// e.g. 許可番号 #K36187, printed with the credit.
        #[serde(default)]
        permission: String,
    },
    /// Rows of label and value (市制施行, 面積 …).
    Facts { rows: Vec<Fact> },
    Table {
        #[serde(default)]
        title: String,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
        /// Cells that are one; the text is that of the first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        spans: Vec<CellSpan>,
        /// As-of date, counting: printed directly under.
        #[serde(default)]
        note: String,
    },
    Chart {
        #[serde(default)]
        title: String,
        kind: ChartKind,
        points: Vec<Point>,
        /// Names of the parts of every point (stacked, share): at most three.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        series: Vec<String>,
        #[serde(default)]
        unit: String,
        #[serde(default)]
        note: String,
    },
    /// A figure never stands without its note.
    Figure {
        title: String,
        /// Parts that stand side by side: 13団体 372自治体.
        values: Vec<FigureValue>,
        note: String,
        /// One dot one unit, this many.
        #[serde(default)]
        dots: Option<u32>,
    },
    Municipalities {
        #[serde(default)]
        title: String,
        names: Vec<String>,
    },
    /// Period, place and organisers for a title panel.
    Occasion {
        /// 令和4年
        #[serde(default)]
        era_year: String,
        /// 11月9日(水)～12月22日(木)
        period: String,
        #[serde(default)]
        venue: String,
        #[serde(default)]
        organisers: String,
        #[serde(default)]
        contents: String,
        #[serde(default)]
        themes: Vec<String>,
    },
    Qr {
        url: String,
        #[serde(default)]
        label: String,
    },
    Footer {
        lines: Vec<String>,
        #[serde(default)]
        credit: String,
    },
    List {
        #[serde(default)]
        title: String,
        items: Vec<String>,
        #[serde(default)]
        marks: Marks,
    },
    /// Two to nine photos, each cropped to its focus; the first is the large one.
    PhotoGrid {
        photos: Vec<GridPhoto>,
        /// By number and proportions if absent.
        #[serde(default)]
        columns: Option<u8>,
    },
    /// A stage, true to time.
    Timetable {
        days: Vec<Day>,
        #[serde(default)]
        note: String,
    },
    /// 年表
    Chronology {
        #[serde(default)]
        title: String,
        rows: Vec<Happening>,
    },
    /// 会場案内図
    Plan {
        booths: Vec<Booth>,
        /// 現在地
        #[serde(default)]
        here: Option<[f64; 2]>,
        #[serde(default)]
        note: String,
    },
    /// A mark that is never cropped: emblem, crest, logotype.
    Logo {
        picture: String,
        #[serde(default)]
        label: String,
    },
    /// Who signs a greeting.
    Signature {
        #[serde(default)]
        title: String,
        name: String,
    },
}

impl What {
    /// Keys of the pictures that the block shows.
    pub fn pictures(&self) -> Vec<&str> {
        match self {
            What::Photo { picture, .. } | What::Logo { picture, .. } => vec![picture],
            What::PhotoGrid { photos, .. } => photos.iter().map(|p| p.picture.as_str()).collect(),
            _ => Vec::new(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    #[serde(default)]
    pub heading: String,
    /// Paragraphs are separated by a line break.
    pub text: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoRole {
    /// The large one.
    #[default]
    Hero,
    Second,
    Third,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub label: String,
    pub value: String,
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub head: String,
    /// Numbers stand right-aligned on their digits.
    #[serde(default)]
    pub numeric: bool,
    /// Draws a bar beside the number.
    #[serde(default)]
    pub bar: bool,
    /// Share of the width; by content if absent.
    #[serde(default)]
    pub width: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Horizontal bars, sorted as given.
    Bar,
    /// Points true to time.
    Line,
    /// Horizontal bars, each divided into the parts that `series` names.
    Stacked,
    /// Every bar is the whole; its parts are shares of it.
    Share,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    pub label: String,
    /// The sum of the parts when there are any.
    #[serde(default)]
    pub value: f64,
    /// Values of the parts, in the order of `series`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<f64>,
    /// For a line: decimal year; equal steps if absent.
    #[serde(default)]
    pub at: Option<f64>,
    /// を超える, 約: drawn hollow with a dashed line.
    #[serde(default)]
    pub unconfirmed: bool,
    /// Words after the number in place of the unit, e.g. を超える.
    #[serde(default)]
    pub suffix: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureValue {
    /// 延べ, 約.
    #[serde(default)]
    pub prefix: String,
    /// 1,158
    pub value: String,
    #[serde(default)]
    pub unit: String,
}
