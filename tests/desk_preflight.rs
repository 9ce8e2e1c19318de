//! Every finding of the preflight: a panel that raises it, one that does not, and its fix tried. One small file a case.
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tenjicho_desk::calls::{self, wire_types::PanelNotice};
use tenjicho_desk::model::record::{Exhibition, Panel, Photo};
use tenjicho_desk::preflight::{Deed, Done, Set, apply};
use tenjicho_press::block::Content;
use tenjicho_press::font::Fonts;
use tenjicho_press::notice::Notice;
use tenjicho_press::picture::{self, Colour, Format, PictureFault, PictureInfo};
use tenjicho_press::{lay_out, qr_read};

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let folder = std::env::var_os("TENJICHO_FONTS").map_or_else(|| root().join("assets/fonts"), PathBuf::from);
    Fonts::new(Box::new(move |id| std::fs::read(folder.join(id.file())).map(Arc::from).map_err(|e| e.to_string())))
});

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Pictures large enough for A1; small, missing, broken and CMYK ones by their name.
fn probe(name: &str) -> Result<PictureInfo, Option<PictureFault>> {
    let (width, height) = if name.starts_with("small") { (600, 400) } else { (6000, 4000) };
    let colour = if name.starts_with("cmyk") { Colour::Cmyk } else { Colour::Rgb };
    match name {
        "ない" => Err(None),
        "壊れた" => Err(picture::probe(name, b"no picture").err()),
        _ => Ok(PictureInfo { width, height, format: Format::Jpeg, colour, orientation: 1, icc: false, bytes: 1 }),
    }
}

fn press(content: &Content) -> Vec<Notice> {
    let laid = lay_out(content, &FONTS, &probe);
    let mut notices = laid.notices;
    let unread = qr_read::check(&laid.pages[0], &FONTS);
    notices.extend(unread.into_iter().filter(|u| !notices.iter().any(|k| k.code == u.code && k.block == u.block)).collect::<Vec<_>>());
    notices
}

struct Case {
    name: String,
    json: Value,
}

fn cases() -> Vec<Case> {
    let folder = std::fs::read_dir(root().join("tests/desk/preflight")).expect("the cases are there");
    let mut paths: Vec<PathBuf> = folder.flatten().map(|e| e.path()).collect();
    paths.sort();
    let read = |path: &PathBuf| Case {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        json: serde_json::from_str(&std::fs::read_to_string(path).expect("readable")).unwrap_or_else(|e| panic!("{}: {e}", path.display())),
    };
    paths.iter().map(read).collect()
}

impl Case {
    fn text(&self, key: &str) -> Option<&str> {
        self.json.get(key).and_then(Value::as_str)
    }

    /// A panel of the case; what is not part of the content stands behind a `#`.
    fn panel(&self, content: &Value) -> Panel {
        let mut content = content.clone();
        let status = content.as_object_mut().and_then(|c| c.remove("#status")).and_then(|s| s.as_str().map(str::to_owned));
        Panel { id: "p1".into(), number: 1, title: "このパネル".into(), content: content.to_string(), status: status.unwrap_or_else(|| "approved".into()), ..Panel::default() }
    }

    /// All findings of the case's code.
    fn findings(&self, panel: &Panel) -> Vec<PanelNotice> {
        let photos: Vec<Photo> = serde_json::from_value(self.json.get("photos").cloned().unwrap_or(json!([]))).expect("photos");
        let photos: HashMap<String, Photo> = photos.into_iter().map(|p| (p.hash.clone(), p)).collect();
        let exhibition: Exhibition = serde_json::from_value(self.json.get("exhibition").cloned().unwrap_or(json!({}))).expect("an exhibition");
        let beside = self.json.get("beside").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut panels = vec![panel.clone()];
        panels.extend(beside.iter().map(|c| Panel { id: "p2".into(), title: "となりのパネル".into(), ..self.panel(c) }));
        let today = chrono::NaiveDate::from_ymd_opt(2026, 5, 1).expect("a day");
        let set = Set { exhibition: &exhibition, panels: &panels, photos: &photos, waivers: &[], today, press: &press };
        set.look().swap_remove(0).into_iter().filter(|f| Some(f.code.as_str()) == self.text("code")).collect()
    }

    /// The panel after the deed; what went onto a second panel must be sound too.
    fn done(&self, panel: &Panel, deed: &Deed) -> Panel {
        let content: Value = serde_json::from_str(&panel.content).expect("JSON");
        match apply(&content, deed, &press).unwrap_or_else(|f| panic!("{}: {f}", self.name)) {
            Done::Approved => Panel { status: "approved".into(), ..panel.clone() },
            Done::Changed(content) => self.sound(panel, &content),
            Done::Parted(first, second) => {
                let behind = self.sound(panel, &second);
                assert!(!letters(&second).is_empty() && behind.content != panel.content, "{}", self.name);
                self.sound(panel, &first)
            }
        }
    }

    fn sound(&self, panel: &Panel, content: &Value) -> Panel {
        let text = content.to_string();
        calls::content(&text).unwrap_or_else(|f| panic!("{}: {f} in {text}", self.name));
        Panel { content: text, ..panel.clone() }
    }
}

fn letters(content: &Value) -> String {
    content["blocks"].to_string()
}

#[test]
fn every_finding_speaks_stays_silent_and_is_mended() {
    // All cases are tried, so that one failure does not hide the next.
    let failed: Vec<String> = cases().iter().filter(|case| std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| try_out(case))).is_err()).map(|c| c.name.clone()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

fn try_out(case: &Case) {
    let silent = case.findings(&case.panel(&case.json["silent"]));
    assert!(silent.is_empty(), "{}: {silent:#?}", case.name);
    let panel = case.panel(&case.json["speaks"]);
    let found = case.findings(&panel);
    let first = found.first().unwrap_or_else(|| panic!("{} says nothing", case.name));
    let japanese = |text: &str| text.chars().any(|c| ('ぁ'..='ん').contains(&c));
    assert!(japanese(&first.message) && japanese(&first.hint) && first.mark.len() == 24, "{}: {first:#?}", case.name);
    for (key, field) in [("level", &first.level), ("says", &first.message)] {
        assert!(case.text(key).is_none_or(|wanted| field.contains(wanted)), "{}: {first:#?}", case.name);
    }
    let offer = |label: &str| first.fixes.iter().find(|f| f.label.contains(label)).unwrap_or_else(|| panic!("{}: {first:#?}", case.name));
    if let Some(label) = case.text("offers") {
        offer(label);
    }
    let mended = match (case.text("fix"), case.json.get("by_hand").and_then(Value::as_object)) {
        (Some(label), _) => case.done(&panel, &offer(label).deed),
        (None, Some(by_hand)) => by_hand_of(case, &panel, by_hand),
        (None, None) => panic!("{} tries no fix", case.name),
    };
    // One fix mends one finding: of several the first is gone.
    let left = case.findings(&mended);
    assert!(left.len() < found.len() && left.iter().all(|l| l.mark != first.mark), "{}: {left:#?}", case.name);
}

fn by_hand_of(case: &Case, panel: &Panel, fields: &Map<String, Value>) -> Panel {
    let fields = fields.iter().map(|(at, value)| tenjicho_desk::preflight::FieldValue { at: at.clone(), value: value.clone() });
    case.done(panel, &Deed::SetFields(fields.collect()))
}

/// No code is without its case.
#[test]
fn every_code_has_a_case() {
    let tried: BTreeSet<String> = cases().iter().filter_map(|c| c.text("code").map(str::to_owned)).collect();
    let of_the_office =
        ["weekday", "counting_mixed", "municipality_name", "permission_missing", "permission_expired", "permission_expiry", "photo_twice", "not_approved", "unfilled_field"];
    let of_the_press = [
        "overflow", "resolution", "missing_glyph", "safe_area", "contrast", "small_type", "missing_credit", "missing_picture", "broken_picture", "qr_size", "qr_link",
        "qr_unreadable", "ink_limit", "bleed_short", "paper_mix_up", "no_place",
    ];
    for code in of_the_office.into_iter().chain(of_the_press) {
        assert!(tried.contains(code), "{code} has no case");
    }
}
