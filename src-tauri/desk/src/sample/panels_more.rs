//! One panel of each further template, from the worked examples of the press: greeting, caption and tapestry beside 千葉,
//! poster, chronology, stage and booth sign beside 堺.
use super::Sample;
use super::panels::{Scene, add};
use tenjicho_press::block::{Content, What};
use tenjicho_press::read::EXAMPLES;

pub(super) const CHIBA: [&str; 3] = ["greeting", "caption", "tapestry"];
pub(super) const SAKAI: [&str; 4] = ["poster", "chronology", "stage", "booth"];

fn example(name: &str) -> Content {
    let (_, text) = EXAMPLES.iter().find(|(n, _)| *n == name).expect("the press ships this example");
    Content::from_json(text).expect("a shipped example is well formed")
}

/// `lighthouse-1.jpg` is the first scene of its kind.
fn scene(picture: &str) -> Option<Scene> {
    let (kind, seed) = picture.strip_suffix(".jpg")?.rsplit_once('-')?;
    Some((kind.to_owned(), seed.parse().ok()?))
}

/// Scenes that these panels show.
pub(super) fn scenes() -> Vec<Scene> {
    let all = CHIBA.iter().chain(&SAKAI).map(|name| example(name));
    all.flat_map(|content| content.blocks.iter().flat_map(|b| b.what.pictures()).filter_map(scene).collect::<Vec<_>>()).collect()
}

pub(super) fn fill(sample: &mut Sample, project: &str, first: i32, names: &[&str], draw: &dyn Fn(&Scene) -> String) {
    for (number, name) in (first..).zip(names) {
        let mut content = example(name);
        for block in &mut content.blocks {
            if let What::Photo { picture, .. } = &mut block.what
                && let Some(scene) = scene(picture)
            {
                *picture = draw(&scene);
            }
        }
        add(sample, project, number, "", content, "approved");
    }
}
