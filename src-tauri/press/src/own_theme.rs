//! A theme of one's own as a data file: what it says replaces the values of the shipped theme that it starts from.
use crate::font::FontId;
use crate::page::Ink;
use crate::read::{self, ContentFault, Found, Step};
use crate::theme::{self, Colour, ColourRole, Composition, Limits, PhotoInk, Role, Theme, Typesetting};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A shipped theme with its values replaced: a few, or all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OwnTheme {
    /// Name of the shipped theme to start from; `ai` if absent.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub base: String,
    /// Name in the choice of themes.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub composition: Option<Composition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photos: Option<PhotoInk>,
    /// Radius of a picture's corners, mm on A1 (0–60).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corner: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// How running text is set; the base's choice if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typesetting: Option<Typesetting>,
    /// Colour by role (paper, ink, main, sub, tint, accent, note, rule).
    #[serde(deserialize_with = "read::by_name")]
    pub colours: BTreeMap<ColourRole, OwnColour>,
    /// Face by role (title, subtitle, lead, body, heading, table, caption …).
    #[serde(deserialize_with = "read::by_name")]
    pub faces: BTreeMap<Role, FontId>,
    /// Rows of the type scale; what a row leaves out stays as in the base.
    #[serde(rename = "type", skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "read::by_name")]
    pub scale: BTreeMap<Role, OwnRow>,
}

/// What of a row of the type scale is replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OwnRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub face: Option<FontId>,
    /// Face for Latin and digits; the proportional one beside `face` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latin: Option<FontId>,
    /// pt on A1 (6–1000).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<f64>,
    /// Baseline to baseline, in em (0.8–4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leading: Option<f64>,
    /// Smallest size in pt on A1; at most `size`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<f64>,
}

/// C, M, Y, K in percent, or those with the colour that the screen shows: `[100, 75, 25, 20]`, `{"cmyk": […], "srgb": "#064171"}`.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnColour {
    pub cmyk: [f32; 4],
    /// Computed from the percentages if absent.
    pub srgb: Option<String>,
}

impl OwnTheme {
    /// Reads a theme file. Every field is checked; the first fault is told with its place.
    pub fn from_json(text: &str) -> Result<OwnTheme, ContentFault> {
        read::document(text, |value| {
            let own: OwnTheme = read::typed(value, &[])?;
            own.check(&[])?;
            Ok(own)
        })
    }

    /// JSON Schema of a theme file.
    pub fn schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(OwnTheme).to_value();
        schema["title"] = "展示帖 テーマ".into();
        schema
    }

    /// What no type can say; `at` is the place of the theme in its document.
    pub(crate) fn check(&self, at: &[Step]) -> Result<(), Found> {
        let place = |keys: &[&str]| at.iter().cloned().chain(keys.iter().map(|k| Step::Key((*k).to_owned()))).collect::<Vec<_>>();
        if !self.base.is_empty() && !Theme::knows(&self.base) {
            return Err(read::no_theme(&self.base, place(&["base"])));
        }
        for (role, colour) in &self.colours {
            let role = word(role);
            if !colour.cmyk.iter().all(|v| (0.0..=100.0).contains(v)) {
                return Err(read::found(place(&["colours", &role]), "インキの割合は 0 から 100 までです。", "C・M・Y・K の順に、パーセントで書いてください。"));
            }
            if colour.srgb.as_deref().is_some_and(|s| rgb(s).is_none()) {
                return Err(read::found(place(&["colours", &role]), "画面の色の書き方が正しくありません。", "\"#064171\" のように、# と 6 桁で書いてください。なくてもかまいません。"));
            }
        }
        let base = Theme::shipped().iter().find(|t| t.name == self.base).unwrap_or(&Theme::shipped()[0]);
        for (role, row) in &self.scale {
            let within = |value: Option<f64>, low: f64, high: f64| value.is_none_or(|v| (low..=high).contains(&v));
            let was = base.row(*role);
            let (size, floor) = (row.size.unwrap_or(was.size), row.floor.unwrap_or(was.floor));
            let wrong = [
                (!within(row.size, 6.0, 1000.0), "size", "文字の大きさは 6 から 1000 pt までです。"),
                (!within(row.leading, 0.8, 4.0), "leading", "行送りは 0.8 から 4 em までです。"),
                (row.floor.is_some() && !(1.0..=size).contains(&floor), "floor", "下限（floor）は、文字の大きさ（size）以下にしてください。"),
            ];
            if let Some((_, key, message)) = wrong.iter().find(|w| w.0) {
                return Err(read::found(place(&["type", &word(role), key]), message, "大きさは A1 のときの値で書きます。ほかの用紙には自動で合わせます。"));
            }
        }
        if self.corner.is_some_and(|c| !(0.0..=60.0).contains(&c)) {
            return Err(read::found(place(&["corner"]), "写真の角の丸みは 0 から 60 mm までです。", "A1 のときの半径を書いてください。"));
        }
        Ok(())
    }

    /// The base with everything replaced that is given.
    pub(crate) fn over(&self, mut theme: Theme) -> Theme {
        if !self.label.is_empty() {
            theme.label.clone_from(&self.label);
        }
        theme.composition = self.composition.unwrap_or(theme.composition);
        theme.photos = self.photos.unwrap_or(theme.photos);
        theme.corner = self.corner.unwrap_or(theme.corner).clamp(0.0, 60.0);
        theme.limits = self.limits.unwrap_or(theme.limits);
        theme.typesetting = self.typesetting.unwrap_or(theme.typesetting);
        for (role, own) in &self.colours {
            let srgb = own.srgb.as_deref().and_then(rgb).unwrap_or_else(|| theme::screen_colour(own.cmyk));
            theme.colours.insert(*role, Colour(Ink { cmyk: own.cmyk, srgb }));
        }
        for (role, face) in &self.faces {
            if let Some(row) = theme.scale.get_mut(role) {
                (row.face, row.latin) = (*face, theme::proportional(*face));
            }
        }
        for (role, own) in &self.scale {
            let mut row = theme.row(*role);
            if let Some(face) = own.face {
                (row.face, row.latin) = (face, theme::proportional(face));
            }
            row.latin = own.latin.unwrap_or(row.latin);
            row.size = own.size.unwrap_or(row.size);
            row.leading = own.leading.unwrap_or(row.leading);
            row.floor = own.floor.unwrap_or(row.floor).min(row.size);
            theme.scale.insert(*role, row);
        }
        theme
    }
}

/// A role as it is written in the file.
fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn rgb(text: &str) -> Option<[u8; 3]> {
    let hex = text.strip_prefix('#').filter(|h| h.len() == 6 && h.is_ascii())?;
    let [_, r, g, b] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
    Some([r, g, b])
}

impl Serialize for OwnColour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Both<'a> {
            cmyk: [f32; 4],
            srgb: &'a str,
        }
        match &self.srgb {
            None => self.cmyk.serialize(serializer),
            Some(srgb) => Both { cmyk: self.cmyk, srgb }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for OwnColour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Both {
            cmyk: [f32; 4],
            #[serde(default)]
            srgb: Option<String>,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OwnColour;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an array of length 4")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OwnColour, A::Error> {
                let cmyk = Deserialize::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                Ok(OwnColour { cmyk, srgb: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OwnColour, A::Error> {
                let Both { cmyk, srgb } = Deserialize::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(OwnColour { cmyk, srgb })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for OwnColour {
    fn schema_name() -> Cow<'static, str> {
        "OwnColour".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let cmyk = serde_json::json!({"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 100}, "minItems": 4, "maxItems": 4});
        let both = serde_json::json!({"type": "object", "properties": {"cmyk": cmyk, "srgb": {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}}, "required": ["cmyk"], "additionalProperties": false});
        let mut schema = Schema::default();
        schema.insert("anyOf".into(), serde_json::json!([cmyk, both]));
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_theme_leaves_out_comes_from_its_base() {
        let own = OwnTheme::from_json(r##"{"base": "umi", "label": "桜", "composition": "mount", "corner": 8,
            "colours": {"main": [10, 90, 40, 30], "accent": {"cmyk": [0, 40, 10, 0], "srgb": "#F2B8C6"}},
            "type": {"body": {"face": "mincho", "size": 31}}}"##);
        let theme = Theme::choose(&crate::block::ThemeChoice::Own(Box::new(own.expect("a theme without fault"))));
        assert_eq!((theme.label.as_str(), theme.composition, theme.corner), ("桜", Composition::Mount, 8.0));
        assert_eq!(theme.colour(ColourRole::Accent).srgb, [0xF2, 0xB8, 0xC6]);
        assert_eq!(theme.colour(ColourRole::Main).srgb, theme::screen_colour([10.0, 90.0, 40.0, 30.0]));
        assert_eq!(theme.colour(ColourRole::Rule), Theme::choose(&crate::block::ThemeChoice::Named("umi".into())).colour(ColourRole::Rule));
        let row = theme.row(Role::Body);
        assert_eq!((row.face, row.latin, row.size, row.leading), (FontId::Mincho, FontId::PMincho, 31.0, 1.68));
    }

    #[test]
    fn a_fault_is_told_with_its_line_and_the_nearest_name() {
        let cases = [
            ("{\n \"base\": \"umj\"}", "base", 2, "umj"),
            ("{\n \"colors\": {}}", "colors", 2, "colours"),
            ("{\n \"colours\": {\n  \"mian\": [0,0,0,100]}}", "colours.mian", 3, "main"),
            ("{\"colours\": {\n\"main\": [0,0,0,120]}}", "colours.main", 2, "0 から 100"),
            ("{\"colours\": {\n\"main\": {\"cmyk\": [0,0,0,100], \"srgb\": \"blue\"}}}", "colours.main", 2, "#"),
            ("{\"type\": {\"body\": {\n\"size\": 3}}}", "type.body.size", 2, "6 から"),
            ("{\"type\": {\"body\": {\"size\": 30,\n\"floor\": 31}}}", "type.body.floor", 2, "下限"),
            ("{\"type\": {\"body\": {\n\"face\": \"minchou\"}}}", "type.body.face", 2, "mincho"),
            ("{\"corner\": 99}", "corner", 1, "60"),
            ("{\"base\": \"ai\"", "", 1, "コンマ"),
        ];
        for (text, path, line, words) in cases {
            let fault = OwnTheme::from_json(text).expect_err(text);
            assert_eq!((fault.path.as_str(), fault.line), (path, line), "{text}: {fault:?}");
            assert!(format!("{} {}", fault.message, fault.hint).contains(words), "{text}: {fault:?}");
        }
    }

    #[test]
    fn the_file_is_read_as_it_is_written() {
        for theme in Theme::shipped() {
            let own = OwnTheme { base: theme.name.clone(), label: "写し".into(), composition: Some(theme.composition), ..OwnTheme::default() };
            let text = serde_json::to_string(&own).expect("a theme can be written");
            assert_eq!(OwnTheme::from_json(&text), Ok(own), "{text}");
        }
    }
}
