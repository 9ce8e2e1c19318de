//! A theme: colours, faces, type scale and composition as data. It belongs to an exhibition.
use crate::block::ThemeChoice;
pub use crate::own_theme::OwnTheme;
use crate::font::FontId;
use crate::inline::LineStart;
use crate::page::Ink;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Choices of typesetting on which houses differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Typesetting {
    /// 。 and 、 that do not fit hang outside the column (ぶら下げ).
    pub hanging: bool,
    /// How an opening bracket stands at a line's start.
    pub line_start: LineStart,
}

/// What a colour is for. Text may use ink, main, note, and accent where its contrast allows; sub, tint and rule never carry text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColourRole {
    Paper,
    Ink,
    Main,
    Sub,
    Tint,
    Accent,
    Note,
    Rule,
}

/// What a piece of type is for: a row of the type scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Title,
    LongTitle,
    Subtitle,
    Lead,
    Body,
    Heading,
    Table,
    TableHead,
    Number,
    Figure,
    Label,
    Tag,
    Caption,
    Credit,
    Url,
    Colophon,
    ColophonHead,
}

/// How the panels of a theme are built; the content is the same for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Composition {
    /// 帯: a full-bleed band carries the heading.
    Band,
    /// 波: the picture bleeds on three sides and ends in one wave.
    Wave,
    /// 額: pictures are mounted on coloured paper with round corners, three hills are the foot.
    Mount,
    /// 縦: heading and body run from top to bottom beside one large picture.
    Vertical,
}

/// In which inks photos are shown and printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoInk {
    #[default]
    Colour,
    /// K alone, with a little more contrast.
    Black,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub name: String,
    pub label: String,
    pub composition: Composition,
    #[serde(default)]
    pub photos: PhotoInk,
    /// Radius of a picture's corners, mm on A1.
    #[serde(default)]
    pub corner: f64,
    #[serde(default)]
    pub limits: Limits,
    pub(crate) colours: BTreeMap<ColourRole, Colour>,
    #[serde(rename = "type")]
    pub(crate) scale: BTreeMap<Role, TypeRow>,
    #[serde(default)]
    pub typesetting: Typesetting,
}

/// How far a template may go to make its content fit, or to fill the sheet; the composition's own value where absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Least height of the large picture, as a share of its full height (0.5–1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hero: Option<f64>,
    /// Largest height of it on a sheet with little text (1–2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grow: Option<f64>,
    /// Least height of the smaller photos, mm on A1 (40–200).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<f64>,
    /// Fewest rows of the facts (1–12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<usize>,
    /// Largest size of running type on a tall sheet with little text, as a share of its size (1–1.6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub swell: Option<f64>,
}

impl Limits {
    /// The full height of the large picture times this is its least.
    pub fn hero(&self, usual: f64) -> f64 {
        self.hero.unwrap_or(usual).clamp(0.5, 1.0)
    }
    pub fn grow(&self, usual: f64) -> f64 {
        self.grow.unwrap_or(usual).clamp(1.0, 2.0)
    }
    pub fn photo(&self) -> f64 {
        self.photo.unwrap_or(80.0).clamp(40.0, 200.0)
    }
    pub fn swell(&self) -> f64 {
        self.swell.unwrap_or(1.34).clamp(1.0, 1.6)
    }
    pub fn rows(&self) -> usize {
        self.rows.unwrap_or(4).clamp(1, 12)
    }
}

/// One row of the type scale, measured on A1.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeRow {
    pub face: FontId,
    /// Face for Latin and digits.
    pub latin: FontId,
    /// pt on A1.
    pub size: f64,
    /// Baseline to baseline, in em.
    pub leading: f64,
    /// Smallest size in pt on A1.
    pub floor: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "ColourText")]
pub(crate) struct Colour(pub(crate) Ink);

#[derive(Deserialize)]
struct ColourText {
    cmyk: [f32; 4],
    srgb: String,
}

impl TryFrom<ColourText> for Colour {
    type Error = String;
    fn try_from(text: ColourText) -> Result<Self, String> {
        let hex = text.srgb.strip_prefix('#').ok_or("srgb starts with #")?;
        let rgb = u32::from_str_radix(hex, 16).map_err(|e| e.to_string())?.to_be_bytes();
        Ok(Colour(Ink { cmyk: text.cmyk, srgb: [rgb[1], rgb[2], rgb[3]] }))
    }
}

static SHIPPED: LazyLock<Vec<Theme>> = LazyLock::new(|| {
    [
        include_str!("../../../assets/themes/ai.json"),
        include_str!("../../../assets/themes/satoyama.json"),
        include_str!("../../../assets/themes/umi.json"),
        include_str!("../../../assets/themes/sumi.json"),
    ]
        .iter()
        .map(|text| serde_json::from_str(text).expect("a shipped theme is well formed: a test reads them all"))
        .collect()
});

impl Theme {
    /// Themes that ship: 藍, 里山, 海 and 墨.
    pub fn shipped() -> &'static [Theme] {
        &SHIPPED
    }

    /// The theme that the content asks for; 藍 when the name is unknown.
    pub fn choose(choice: &ThemeChoice) -> Theme {
        let named = |name: &str| SHIPPED.iter().find(|t| t.name == name).unwrap_or(&SHIPPED[0]).clone();
        match choice {
            ThemeChoice::Named(name) => named(name),
            ThemeChoice::Own(own) => own.over(named(&own.base)),
        }
    }

    pub fn knows(name: &str) -> bool {
        SHIPPED.iter().any(|t| t.name == name)
    }

    pub fn colour(&self, role: ColourRole) -> Ink {
        self.colours.get(&role).map_or(Ink::BLACK, |c| c.0)
    }

    pub fn row(&self, role: Role) -> TypeRow {
        self.scale.get(&role).copied().unwrap_or(TypeRow {
            face: FontId::Gothic,
            latin: FontId::PGothic,
            size: 30.0,
            leading: 1.7,
            floor: 16.0,
        })
    }

    pub fn colours(&self) -> impl Iterator<Item = (ColourRole, Ink)> + '_ {
        self.colours.iter().map(|(role, colour)| (*role, colour.0))
    }
}

/// The proportional face for Latin and digits beside a full-width one.
pub(crate) fn proportional(face: FontId) -> FontId {
    use FontId::*;
    match face {
        Gothic => PGothic,
        GothicBold => PGothicBold,
        Mincho => PMincho,
        MinchoBold => PMinchoBold,
        other => other,
    }
}

/// Contrast of two colours after WCAG 2: 1 (equal) to 21.
pub fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|v| linear(f64::from(v) / 255.0));
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn linear(v: f64) -> f64 {
    if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

/// The solid overprints of coated offset (FOGRA39) in sRGB; bit 0 = C, 1 = M, 2 = Y, 3 = K.
const OVERPRINTS: [[u8; 3]; 16] = [
    [255, 255, 255],
    [0, 158, 224],
    [226, 0, 122],
    [49, 39, 130],
    [255, 237, 0],
    [0, 150, 64],
    [226, 0, 26],
    [55, 52, 53],
    [31, 31, 29],
    [0, 20, 28],
    [30, 0, 10],
    [10, 4, 14],
    [28, 26, 0],
    [0, 18, 6],
    [28, 2, 2],
    [8, 8, 8],
];

/// Screen colour of an ink mixture: Neugebauer's sixteen overprints mixed by area in a power space (Yule–Nielsen), which
/// stays within a tenth of the scale of the profile (mostly far closer). For the screen only; print uses the percentages.
pub fn screen_colour(cmyk: [f32; 4]) -> [u8; 3] {
    const N: f64 = 1.8;
    let area = cmyk.map(|v| f64::from(v.clamp(0.0, 100.0)) / 100.0);
    let mut sum = [0.0; 3];
    for (bits, rgb) in OVERPRINTS.iter().enumerate() {
        let share: f64 = (0..4).map(|i| if bits >> i & 1 == 1 { area[i] } else { 1.0 - area[i] }).product();
        for c in 0..3 {
            sum[c] += share * linear(f64::from(rgb[c]) / 255.0).powf(1.0 / N);
        }
    }
    sum.map(|v| {
        let l = v.powf(N);
        let s = if l <= 0.003_130_8 { l * 12.92 } else { 1.055 * l.powf(1.0 / 2.4) - 0.055 };
        (s * 255.0).round().clamp(0.0, 255.0) as u8
    })
}

/// Whether two colours are told apart in words side by side.
pub(crate) fn apart(a: Ink, b: Ink) -> bool {
    a.srgb.iter().zip(b.srgb).any(|(x, y)| x.abs_diff(y) >= 56)
}

/// Shades of a colour that stand out more and more from the ground: deeper on light ground, lighter on dark.
pub(crate) fn shades(ink: Ink, ground: Ink) -> impl Iterator<Item = Ink> {
    let dark = contrast(ground.srgb, [255; 3]) > contrast(ground.srgb, [0; 3]);
    (1..=12).map(move |step| {
        let by = step as f32 / 12.0;
        let [c, m, y, k] = ink.cmyk;
        let cmyk = if dark { ink.cmyk.map(|v| v * (1.0 - by * 0.8)) } else { [c * (1.0 + by), m * (1.0 + by), y * (1.0 + by), k + 45.0 * by].map(|v| v.min(100.0)) };
        Ink { cmyk, srgb: screen_colour(cmyk) }
    })
}

/// A colour seen through a layer of another: for type on a veil.
pub fn over(layer: Ink, opacity: f64, ground: Ink) -> Ink {
    let mix = |a: f64, b: f64| a * opacity + b * (1.0 - opacity);
    Ink {
        cmyk: std::array::from_fn(|i| mix(f64::from(layer.cmyk[i]), f64::from(ground.cmyk[i])) as f32),
        srgb: std::array::from_fn(|i| mix(f64::from(layer.srgb[i]), f64::from(ground.srgb[i])).round() as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accented_words_are_told_apart_on_every_ground() {
        for theme in Theme::shipped() {
            let colour = |role| theme.colour(role);
            for (words, ground) in [(colour(ColourRole::Main), colour(ColourRole::Paper)), (colour(ColourRole::Ink), colour(ColourRole::Paper)), (Ink::WHITE, colour(ColourRole::Main))] {
                let all = [colour(ColourRole::Accent), colour(ColourRole::Main)].into_iter().chain(shades(colour(ColourRole::Accent), ground));
                let found = all.into_iter().find(|i| contrast(i.srgb, ground.srgb) >= 4.5 && apart(*i, words));
                assert!(found.is_some_and(|i| i.total() <= 300.0), "{}: {words:?} on {ground:?}", theme.name);
            }
        }
    }

    #[test]
    fn colours_for_the_screen_are_near_the_profile() {
        // CMYK and its sRGB through FOGRA39, of the four themes that were measured.
        let measured: [([f32; 4], u32); 17] = [
            ([0.0, 0.0, 0.0, 0.0], 0xFFFFFF),
            ([0.0, 0.0, 0.0, 100.0], 0x1F1F1D),
            ([100.0, 75.0, 25.0, 20.0], 0x064171),
            ([70.0, 35.0, 10.0, 0.0], 0x518FBF),
            ([10.0, 4.0, 2.0, 0.0], 0xE9F0F7),
            ([5.0, 30.0, 80.0, 5.0], 0xE9B345),
            ([0.0, 0.0, 0.0, 75.0], 0x646463),
            ([30.0, 18.0, 8.0, 10.0], 0xB0BACC),
            ([2.0, 4.0, 12.0, 0.0], 0xFBF5E6),
            ([80.0, 50.0, 90.0, 35.0], 0x3C5433),
            ([48.0, 18.0, 68.0, 0.0], 0x99B06D),
            ([15.0, 78.0, 100.0, 22.0], 0xB04915),
            ([100.0, 55.0, 40.0, 20.0], 0x00546F),
            ([60.0, 5.0, 22.0, 0.0], 0x65BCC9),
            ([0.0, 82.0, 62.0, 20.0], 0xC74745),
            ([5.0, 92.0, 95.0, 6.0], 0xD42F1E),
            ([0.0, 0.0, 0.0, 55.0], 0x939392),
        ];
        for (cmyk, rgb) in measured {
            let [_, r, g, b] = rgb.to_be_bytes();
            let found = screen_colour(cmyk);
            let off = found.iter().zip([r, g, b]).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0);
            assert!(off <= 27, "{cmyk:?}: {found:?} instead of {:?}", [r, g, b]);
        }
    }
}
