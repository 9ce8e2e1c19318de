//! A theme: colours, faces, type scale, grid and composition as data. It belongs to an exhibition.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A shipped theme with some of its values replaced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OwnTheme {
    /// Name of the shipped theme to start from.
    pub base: String,
    /// Colour by role (paper, ink, main, sub, tint, accent, note, rule): C, M, Y, K in percent.
    pub colours: BTreeMap<String, [f32; 4]>,
    /// Face by role (title, subtitle, lead, body, heading, table, caption).
    pub faces: BTreeMap<String, crate::font::FontId>,
}
