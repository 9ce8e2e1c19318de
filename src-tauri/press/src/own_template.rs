//! A template of one's own as a data file: other frames for the parts of a shipped template, by name and shape of paper.
use crate::block::Template;
pub use crate::layout::Shape;
use crate::layout::part_names;
use crate::read::{self, ContentFault, Found, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnTemplate {
    /// Name in the choice of templates.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The shipped template whose parts are placed.
    pub base: Template,
    /// One or several; the one nearest to the paper's proportions is taken.
    pub shapes: Vec<OwnShape>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnShape {
    /// How the parts stand to each other; as in the shipped template of these proportions if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Shape>,
    /// Width and height in mm that the frames are drawn for.
    pub design: [f64; 2],
    /// Text columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<usize>,
    /// x, y, w, h in mm by part; a part that is not named stays where the shipped template has it.
    #[serde(default)]
    pub frames: BTreeMap<String, [f64; 4]>,
}

impl OwnTemplate {
    /// Reads a template file. Every field is checked; the first fault is told with its place.
    pub fn from_json(text: &str) -> Result<OwnTemplate, ContentFault> {
        read::document(text, |value| {
            let own: OwnTemplate = read::typed(value, &[])?;
            own.check(&[])?;
            Ok(own)
        })
    }

    /// JSON Schema of a template file.
    pub fn schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(OwnTemplate).to_value();
        schema["title"] = "展示帖 ひな形".into();
        schema
    }

    pub(crate) fn check(&self, at: &[Step]) -> Result<(), Found> {
        let known = part_names(self.base);
        if self.shapes.is_empty() {
            return Err(read::found(place(at, None, &[]), "shapes に用紙の形がひとつもありません。", "{\"design\": [594, 841], \"frames\": {…}} をひとつ以上書いてください。"));
        }
        for (index, shape) in self.shapes.iter().enumerate() {
            let [w, h] = shape.design;
            if !(20.0..=5000.0).contains(&w) || !(20.0..=5000.0).contains(&h) {
                return Err(read::found(place(at, Some(index), &["design"]), "design の幅と高さは 20 から 5000 mm までです。", "A1 なら [594, 841] と書いてください。"));
            }
            if shape.columns.is_some_and(|c| !(1..=4).contains(&c)) {
                return Err(read::found(place(at, Some(index), &["columns"]), "段の数（columns）は 1 から 4 までです。", "1 から 4 の数を書いてください。"));
            }
            for (name, frame) in &shape.frames {
                let here = place(at, Some(index), &["frames", name]);
                if !known.iter().any(|k| k == name) {
                    let list = known.join("、");
                    let near = read::nearest(name, &known);
                    let hint = near.map_or_else(|| format!("使える部分: {list}"), |n| format!("「{n}」のことですか。使える部分: {list}"));
                    return Err(read::found(here, &format!("「{name}」という部分はありません。"), &hint));
                }
                let [x, y, fw, fh] = *frame;
                let inside = x >= 0.0 && y >= 0.0 && fw > 0.0 && fh > 0.0 && x + fw <= w + 0.01 && y + fh <= h + 0.01;
                if !inside {
                    return Err(read::found(here, &format!("「{name}」の枠が用紙（{w}×{h} mm）からはみ出すか、大きさがありません。"), "左・上・幅・高さの順に、用紙の中に収まる値を書いてください。"));
                }
            }
        }
        Ok(())
    }
}

fn place(at: &[Step], shape: Option<usize>, keys: &[&str]) -> Vec<Step> {
    let mut path = at.to_vec();
    path.push(Step::Key("shapes".into()));
    path.extend(shape.map(Step::Index));
    path.extend(keys.iter().map(|k| Step::Key((*k).to_owned())));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"label": "区役所ロビー", "base": "municipality", "shapes": [
        {"design": [594, 841], "columns": 3, "frames": {"body": [25, 517, 544, 150]}}]}"#;

    #[test]
    fn a_template_is_read_and_written() {
        let own = OwnTemplate::from_json(GOOD).expect("a template without fault");
        assert_eq!((own.label.as_str(), own.shapes[0].columns), ("区役所ロビー", Some(3)));
        let text = serde_json::to_string(&own).expect("a template can be written");
        assert_eq!(OwnTemplate::from_json(&text), Ok(own));
    }

    #[test]
    fn a_fault_is_told_with_its_line_and_the_nearest_name() {
        let cases = [
            ("{\"base\": \"municipality\", \"shapes\": [{\"design\": [594, 841], \"frames\": {\n\"bdy\": [0,0,1,1]}}]}", "shapes[0].frames.bdy", 2, "body"),
            ("{\"base\": \"municipality\", \"shapes\": [{\"design\": [594, 841], \"frames\": {\n\n\"body\": [500,0,100,1]}}]}", "shapes[0].frames.body", 3, "はみ出す"),
            ("{\"base\": \"municipality\",\n \"shapes\": []}", "shapes", 2, "ひとつも"),
            ("{\"base\": \"municipal\",\n \"shapes\": []}", "base", 1, "municipal"),
            ("{\"base\": \"title\", \"shapes\": [\n{\"design\": [0, 841]}]}", "shapes[0].design", 2, "20 から"),
            ("{\"base\": \"title\", \"shapes\": [\n{\"design\": [594, 841], \"colums\": 2}]}", "shapes[0].colums", 2, "columns"),
        ];
        for (text, path, line, words) in cases {
            let fault = OwnTemplate::from_json(text).expect_err(text);
            assert_eq!((fault.path.as_str(), fault.line), (path, line), "{text}: {fault:?}");
            assert!(format!("{} {}", fault.message, fault.hint).contains(words), "{text}: {fault:?}");
        }
    }
}
