//! Runs the typesetting corpus: every file under tests/press/typesetting gives a text and how it is set, then the lines
//! it must come out in. `TENJICHO_ACCEPT=1` writes what came out into the files, to be read in the diff.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tenjicho_press::font::{FontId, Fonts};
use tenjicho_press::inline::{self, Align, SetText, Style};
use tenjicho_press::length::Pt;
use tenjicho_press::page::Ink;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fonts() -> Fonts {
    let folder = std::env::var_os("TENJICHO_FONTS").map_or_else(|| root().join("assets/fonts"), PathBuf::from);
    Fonts::new(Box::new(move |id| std::fs::read(folder.join(id.file())).map(Arc::from).map_err(|e| e.to_string())))
}

/// A case file: `key: value` lines, `---`, the text, `---`, the expected lines.
struct Case {
    head: String,
    text: String,
    expected: String,
}

impl Case {
    fn read(path: &Path) -> Case {
        let file = std::fs::read_to_string(path).expect("a readable case");
        let mut parts = file.splitn(3, "\n---\n").map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        Case { head: part(), text: part(), expected: part().trim_end_matches('\n').to_owned() }
    }

    fn settings(&self) -> BTreeMap<&str, &str> {
        self.head.lines().filter_map(|l| l.split_once(": ")).collect()
    }
}

fn style_of(settings: &BTreeMap<&str, &str>) -> (Style, Pt) {
    let face = |name: &str| serde_json::from_value::<FontId>(name.into()).unwrap_or_else(|_| panic!("no face {name}"));
    let number = |key: &str, absent: f64| settings.get(key).map_or(absent, |v| v.parse().unwrap_or_else(|_| panic!("{key}: {v}")));
    let heading = settings.contains_key("heading");
    let own = face(settings.get("face").unwrap_or(&"gothic"));
    let align = match settings.get("align") {
        Some(&"start") => Align::Start,
        Some(&"centre") => Align::Centre,
        Some(&"end") => Align::End,
        None if heading => Align::Start,
        _ => Align::Justify,
    };
    let style = Style {
        face: own,
        latin: settings.get("latin").map_or(own, |f| face(f)),
        size: Pt(10.0),
        ink: Ink::BLACK,
        leading: Pt(18.0),
        tracking: number("tracking", 0.0),
        align,
        indent: number("indent", 0.0),
        latin_gap: number("latin_gap", if heading { 0.0 } else { 0.25 }),
        heading,
        tight_commas: settings.contains_key("tight_commas"),
    };
    (style, Pt(10.0 * number("measure", 10.0)))
}

/// One line of output a set line; then the widths where the case asks for them, and what was reported.
fn describe(text: &str, set: &SetText, settings: &BTreeMap<&str, &str>) -> String {
    let mut out: Vec<String> = set.lines.iter().map(|line| {
        let words = text[line.text.clone()].trim_end_matches('\n');
        if settings.contains_key("widths") { format!("{words}\t{:.2}", line.width.0 / 10.0) } else { words.to_owned() }
    }).collect();
    if set.forced {
        out.push("(forced)".into());
    }
    out.extend(set.missing.iter().map(|(at, c)| format!("(missing {c:?} at {at})")));
    out.join("\n")
}

fn cases(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the corpus folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            cases(&path, found);
        } else if path.extension().is_some_and(|e| e == "txt") {
            found.push(path);
        }
    }
    found.sort();
}

#[test]
fn every_case_sets_as_written() {
    let fonts = fonts();
    let accept = std::env::var_os("TENJICHO_ACCEPT").is_some();
    let folder = root().join("tests/press/typesetting");
    let mut found = Vec::new();
    cases(&folder, &mut found);
    let mut wrong = Vec::new();
    for path in &found {
        let case = Case::read(path);
        let settings = case.settings();
        let (style, measure) = style_of(&settings);
        let set = inline::set(&case.text, &style, measure, &fonts);
        let actual = describe(&case.text, &set, &settings);
        if actual == case.expected {
            continue;
        }
        if accept {
            std::fs::write(path, format!("{}\n---\n{}\n---\n{actual}\n", case.head, case.text)).expect("a writable case");
        } else {
            wrong.push(format!("{}\n  expected\n{}\n  came out\n{actual}\n", path.strip_prefix(&folder).unwrap_or(path).display(), case.expected));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases differ:\n{}", wrong.len(), found.len(), wrong.join("\n"));
}
