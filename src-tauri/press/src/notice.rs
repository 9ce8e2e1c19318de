//! What layout and preflight have to say beside the pages: never a failure, always a place, a number and a fix.
use crate::length::Mm;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    pub level: Level,
    /// Stable code for programs and tests.
    pub code: NoticeCode,
    /// One Japanese sentence with the measured number.
    pub message: String,
    /// The next thing to try, in Japanese.
    pub hint: String,
    /// Index in `Content::blocks`.
    pub block: Option<usize>,
    pub page: usize,
    /// x, y, width, height on the page.
    pub place: Option<[Mm; 4]>,
    /// What a program can do about it, best first: one button each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
}

/// A way out of a notice that a program can offer; the words of the content are the writer's own and are never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fix {
    /// The block's text is this many characters too long.
    Shorten { characters: usize },
    /// This many rows of the block find no room.
    FewerRows { rows: usize },
    /// All running text of the panel a step (6 %) smaller: `Content::step` one lower.
    SmallerStep,
    /// The body from this section on goes to a second panel: `Content::second_panel`.
    SecondPanel { section: usize },
}

impl Fix {
    /// What stands on the button.
    pub fn label(&self) -> String {
        match self {
            Fix::Shorten { characters } => format!("{characters}字短くする"),
            Fix::FewerRows { rows } => format!("{rows}行減らす"),
            Fix::SmallerStep => "文字を一段小さくする".into(),
            Fix::SecondPanel { .. } => "2枚に分ける".into(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Error,
    Warning,
    Advice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCode {
    /// Content does not fit its frame.
    Overflow,
    /// Effective ppi at the printed size.
    Resolution,
    /// A character is in no font.
    MissingGlyph,
    /// Text nearer to the trim than the safe margin.
    SafeArea,
    Contrast,
    /// Type too small for the reading distance, or below the theme's floor.
    SmallType,
    MissingCredit,
    MissingPicture,
    /// The picture cannot be decoded or is over the limits.
    BrokenPicture,
    QrSize,
    QrLink,
    /// The code cannot be read off the finished page.
    QrUnreadable,
    InkLimit,
    /// A picture that ends at the trim does not reach the bleed.
    BleedShort,
    /// A size that is ISO B; Japanese papers are JIS B.
    PaperMixUp,
    /// Template or theme has no place for this block.
    NoPlace,
}
