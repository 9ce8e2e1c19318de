//! What only the inside can see: that no line of any test panel offends kinsoku, and that the shipped data is well formed.
use super::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fonts() -> Fonts {
    let folder = std::env::var_os("TENJICHO_FONTS").map_or_else(|| root().join("assets/fonts"), PathBuf::from);
    Fonts::new(Box::new(move |id| std::fs::read(folder.join(id.file())).map(Arc::from).map_err(|e| e.to_string())))
}

#[test]
fn no_panel_offends_kinsoku() {
    let fonts = fonts();
    let folder = std::fs::read_dir(root().join("tests/press/panels")).expect("the panels are there");
    let mut seen = 0;
    for path in folder.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "json")) {
        let content = Content::from_json(&std::fs::read_to_string(&path).expect("a readable panel")).expect("a panel without fault");
        let trim = paper::size(&content.paper).expect("a usable paper");
        let shape = content.template.map(|t| Arrangement::choose(t, Theme::choose(&content.theme).composition, trim));
        let k = shape.map_or_else(|| free::factor(trim), |s| s.factor(trim));
        let sheet = Sheet::new(&content, &fonts, &|_| Err(None), trim, k);
        draw(&sheet, shape, trim);
        assert_eq!(sheet.violations.take(), Vec::<String>::new(), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 10, "{seen} panels");
}

#[test]
fn every_template_and_theme_is_well_formed() {
    for template in [Template::Municipality, Template::Title, Template::Figures, Template::Record] {
        for composition in [Composition::Band, Composition::Wave, Composition::Mount, Composition::Vertical] {
            for (w, h) in [(594.0, 841.0), (841.0, 594.0), (600.0, 1800.0)] {
                let shape = Arrangement::choose(template, composition, (Mm(w), Mm(h)));
                assert!(shape.frame("hero", w, h).w + shape.frame("header", w, h).w > 0.0);
            }
        }
    }
    let names: Vec<&str> = Theme::shipped().iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["ai", "satoyama", "umi", "sumi"]);
}

#[test]
fn a_tapestry_gets_the_tall_arrangement_and_a_b1_the_upright_one() {
    let name = |w, h| Arrangement::choose(Template::Municipality, Composition::Band, (Mm(w), Mm(h))).name;
    assert_eq!(name(600.0, 1800.0), frames::Shape::Tall);
    assert_eq!(name(728.0, 1030.0), frames::Shape::Upright);
    assert_eq!(name(420.0, 297.0), frames::Shape::Wide);
}
