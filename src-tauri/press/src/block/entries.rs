//! What stands in the newer kinds of blocks: photos of a grid, slots of a stage, years of a chronology, booths of a plan.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stands before each item of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Marks {
    #[default]
    Dot,
    Number,
    None,
}

/// One photo of a grid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GridPhoto {
    /// Key of the picture, as for a photo.
    pub picture: String,
    /// Focus point, 0–1 from the left and top of the upright picture.
    #[serde(default)]
    pub focus: Option<[f64; 2]>,
    #[serde(default)]
    pub zoom: Option<f64>,
    #[serde(default)]
    pub caption: String,
    #[serde(default)]
    pub credit: String,
    #[serde(default)]
    pub permission: String,
}

/// One day of a stage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// 11月8日(土)
    pub label: String,
    pub slots: Vec<Slot>,
}

/// One piece of a programme.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// 10:40
    pub start: String,
    pub end: String,
    pub title: String,
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub kind: SlotKind,
}

/// Told apart by fill, edge, outline and a word, never by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// 演奏・舞踊
    #[default]
    Show,
    /// 自治体PR
    Promotion,
    /// 参加できます
    Join,
    /// 開会・閉会
    Ceremony,
}

/// One line of a chronology.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Happening {
    /// 平成28年4月
    pub when: String,
    pub text: String,
    /// A turning point: set larger.
    #[serde(default)]
    pub strong: bool,
}

/// A room or a booth of a plan. Lengths in any unit: the plan is drawn as large as its frame allows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Booth {
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub label: String,
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
    #[serde(default)]
    pub kind: BoothKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoothKind {
    #[default]
    Booth,
    /// Walls: drawn first, under everything else.
    Hall,
    Stage,
    /// 受付・案内
    Desk,
    /// 休憩
    Rest,
    /// 出入口
    Entrance,
    /// Not open to visitors: hatched.
    Closed,
}

/// Cells of a table that are one: counted from 0, without the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellSpan {
    pub row: usize,
    pub column: usize,
    #[serde(default = "one")]
    pub rows: usize,
    #[serde(default = "one")]
    pub columns: usize,
}

fn one() -> usize {
    1
}
