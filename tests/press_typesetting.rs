//! Runs the typesetting corpus: every file under tests/press/typesetting gives a text and how it is set, then the lines
//! it must come out in. `TENJICHO_ACCEPT=1` writes what came out into the files, to be read in the diff.
#[path = "press/paragraphs.rs"]
mod paragraphs;
#[path = "press/typesetting_sheet.rs"]
mod sheet;

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tenjicho_press::font::{FontId, Fonts};
use tenjicho_press::inline::{self, Align, LineStart, SetText, Style};
use tenjicho_press::length::Pt;
use tenjicho_press::page::{Glyphs, Ink};

static SHARED: OnceLock<Fonts> = OnceLock::new();

const ACCENT: Ink = Ink { cmyk: [0.0, 90.0, 90.0, 10.0], srgb: [0xc0, 0x30, 0x20] };

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
        accent: ACCENT,
        marks: settings.get("marks") != Some(&"no"),
        hanging: settings.contains_key("hanging"),
        line_start: if settings.get("line_start") == Some(&"half") { LineStart::Half } else { LineStart::Flush },
        combine: number("combine", 3.0) as u8,
    };
    (style, Pt(10.0 * number("measure", 10.0)))
}

/// One line of output a set line; then the widths where the case asks for them, and what was reported.
fn describe(text: &str, set: &SetText, settings: &BTreeMap<&str, &str>) -> String {
    let mut out: Vec<String> = set.lines.iter().map(|line| {
        let words = text[line.text.clone()].trim_end_matches('\n');
        let mut told = words.to_owned();
        if settings.contains_key("widths") {
            told += &format!("\t{:.2}", line.width.0 / 10.0);
        }
        if settings.contains_key("runs") {
            told += &line.runs.iter().map(|r| format!("\n  {:?} {:.2}{}{}: {}", r.font, r.size.0 / 10.0, if r.ink == ACCENT { " accent" } else { "" }, if r.quarter_turn { " turned" } else { "" }, r.text)).collect::<String>();
        }
        if settings.contains_key("places") {
            told += &places("at", &line.runs, settings);
        }
        told += &places("over", &line.over, settings);
        told += &line.links.iter().map(|l| format!("\n  link {:.2} to {:.2}: {}", l.from.0 / 10.0, l.to.0 / 10.0, l.url)).collect::<String>();
        if line.hang.0 > 0.0 {
            told += &format!("\n  hangs {:.2}", line.hang.0 / 10.0);
        }
        told
    }).collect();
    if set.forced {
        out.push("(forced)".into());
    }
    out.extend(set.missing.iter().map(|(at, c)| format!("(missing {c:?} at {at})")));
    out.join("\n")
}

/// Where every glyph stands along its line, em.
fn places(name: &str, runs: &[Glyphs], settings: &BTreeMap<&str, &str>) -> String {
    let vertical = settings.contains_key("vertical");
    let one = |run: &Glyphs| run.glyphs.iter().map(|g| {
        let words = &run.text[g.text.start as usize..g.text.end as usize];
        format!(" {}{:.2}", if words.is_empty() { "•" } else { words }, if vertical { g.y.0 } else { g.x.0 } / 10.0)
    }).collect::<String>();
    if runs.is_empty() { String::new() } else { format!("\n  {name}:{}", runs.iter().map(one).collect::<String>()) }
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
    assert!(found.len() >= 200, "only {} cases", found.len());
    let mut wrong = Vec::new();
    let mut drawn = sheet::Picture::new(&fonts);
    for path in &found {
        let case = Case::read(path);
        let settings = case.settings();
        let (style, measure) = style_of(&settings);
        let set_along = if settings.contains_key("vertical") { inline::set_vertical } else { inline::set };
        let set = set_along(&case.text, &style, measure, &fonts);
        let actual = describe(&case.text, &set, &settings);
        let name = path.strip_prefix(&folder).unwrap_or(path).with_extension("").to_string_lossy().replace('\\', "/");
        let faults = inline::check(&case.text, &set, measure);
        // What is wider than its measure by itself may be cut anywhere, and is then reported.
        if !faults.is_empty() && !set.forced {
            wrong.push(format!("{name}: {faults:?}"));
        }
        drawn.add(&name, &set, measure, settings.contains_key("vertical"));
        if actual == case.expected {
            continue;
        }
        if accept {
            std::fs::write(path, format!("{}\n---\n{}\n---\n{actual}\n", case.head, case.text)).expect("a writable case");
        } else {
            wrong.push(format!("{}\n  expected\n{}\n  came out\n{actual}\n", path.strip_prefix(&folder).unwrap_or(path).display(), case.expected));
        }
    }
    let picture = drawn.finish();
    let kept = folder.join("sheet.svg");
    if accept {
        std::fs::write(&kept, &picture).expect("a writable sheet");
    } else if std::fs::read_to_string(&kept).is_ok_and(|old| old != picture) || !kept.is_file() {
        wrong.push("sheet.svg: some case is drawn otherwise; TENJICHO_ACCEPT=1 draws it anew, then look at it".into());
    }
    assert!(wrong.is_empty(), "{} of {} cases differ:\n{}", wrong.len(), found.len(), wrong.join("\n"));
}

/// Pieces of real panel text, so that generated paragraphs meet the rules at every turn.
fn word() -> impl Strategy<Value = String> {
    let kana = "[あ-んア-ン]{1,6}";
    let kanji = "[亜-龠]{1,5}";
    let marks = prop::sample::select(vec!["、", "。", "」「", "、「", "」。", "（", "）", "・", "：", "！", "？", "……", "――", "～", "“", "”", "『", "』、", "ー", "っ", "々", "％", "℃", "㎡", "￥", "】【", "〟", "〝"]);
    let fixed = prop::sample::select(vec![
        "葛󠄀城市", "髙﨑㈱", "𠮷野", "か゚", "が", "https://www.tokyo-23city.or.jp/zenkoku/2022/index.html", "info@example.jp", "令和4年11月9日(水)", "延べ1,158名", "372自治体", "第12回",
        "約50％", "￥1,500", "３階", "ＰＤＦ", "9:00～17:00", "１，２３４人", "三十七団体", "Tokyo", "super-conductivity", "Don’t", "“hello”", "A1", " ", "\u{3000}", "😀", "\u{200B}", "25㎡", "\n",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "e\u{301}", "ﾊﾝｶｸ", "①②", "×3",
    ]);
    prop_oneof![
        4 => kana.prop_map(String::from),
        4 => kanji.prop_map(String::from),
        3 => (marks, "[亜-龠あ-ん]{2}").prop_map(|(m, w)| format!("{m}{w}")),
        3 => fixed.prop_map(String::from),
        1 => "[a-zA-Z]{1,12}( [a-z]{1,9}){0,3}".prop_map(String::from),
        1 => "[0-9]{1,6}(,[0-9]{3})?[年月日人名%％個]?".prop_map(String::from),
    ]
}

fn any_style() -> impl Strategy<Value = Style> {
    let faces = prop::sample::select(vec![FontId::Gothic, FontId::PGothicBold, FontId::Mincho, FontId::PMincho, FontId::NotoMedium]);
    let aligns = prop::sample::select(vec![Align::Start, Align::Centre, Align::End, Align::Justify]);
    (faces, aligns, prop::bool::weighted(0.2), 0..2u8, prop::bool::ANY, 10.0..60.0f64).prop_map(|(face, align, heading, indent, gap, size)| Style {
        face,
        latin: FontId::PGothic,
        size: Pt(size),
        ink: Ink::BLACK,
        leading: Pt(size * 1.7),
        tracking: 0.0,
        align,
        indent: f64::from(indent),
        latin_gap: if gap { 0.25 } else { 0.0 },
        heading,
        tight_commas: heading,
        hanging: gap && !heading,
        line_start: if gap { LineStart::Half } else { LineStart::Flush },
        ..Style::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(600), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_paragraph_keeps_kinsoku_and_measure_and_every_character(
        words in prop::collection::vec(word(), 0..60),
        style in any_style(),
        measure in 10.0..40.0f64,
        vertical in prop::bool::weighted(0.25),
    ) {
        let text = words.concat();
        let measure = style.size * measure;
        let set_along = if vertical { inline::set_vertical } else { inline::set };
        let set = set_along(&text, &style, measure, SHARED.get_or_init(fonts));
        let found = inline::check(&text, &set, measure);
        prop_assert!(found.is_empty(), "{found:?} in {text:?}\n{}", describe(&text, &set, &BTreeMap::new()));
        if style.align == Align::Justify {
            for (i, line) in set.lines.iter().enumerate() {
                prop_assert!(line.width.0 <= measure.0 + 0.01, "line {i} is {} wide", line.width.0);
            }
        }
    }

    #[test]
    fn any_string_at_all_loses_nothing(text in "\\PC{0,80}|[\u{0}-\u{2ff}\u{200b}-\u{2069}\u{3000}-\u{30ff}\u{fe00}-\u{feff}\u{1f300}-\u{1f9ff}\u{e0100}-\u{e01ef}]{0,80}", style in any_style(), measure in 0.0..20.0f64) {
        let measure = style.size * measure;
        let set = inline::set(&text, &style, measure, SHARED.get_or_init(fonts));
        let lost: Vec<_> = inline::check(&text, &set, measure).into_iter().filter(|v| matches!(v, inline::Violation::Lost { .. })).collect();
        prop_assert!(lost.is_empty(), "{lost:?} in {text:?}");
    }
}

/// 2,000 paragraphs that are the same on every machine, in both directions and with every choice of style.
#[test]
fn two_thousand_paragraphs_keep_kinsoku_and_measure_and_every_character() {
    let fonts = SHARED.get_or_init(fonts);
    let faces = [FontId::Gothic, FontId::PGothic, FontId::Mincho, FontId::NotoMedium];
    let aligns = [Align::Justify, Align::Justify, Align::Start, Align::Centre];
    for k in 0..2_000_u64 {
        let text = if k % 3 == 0 { paragraphs::plain(k) } else { paragraphs::wild(k) };
        let mut n = paragraphs::Numbers::new(k);
        let style = Style {
            face: faces[n.below(4)],
            align: aligns[n.below(4)],
            indent: n.below(2) as f64,
            latin_gap: [0.0, 0.125, 0.25][n.below(3)],
            heading: k % 16 == 5,
            hanging: n.below(2) == 0,
            line_start: if n.below(2) == 0 { LineStart::Half } else { LineStart::Flush },
            combine: 2 + n.below(3) as u8,
            ..Style::default()
        };
        let measure = style.size * (8.0 + n.below(300) as f64 / 10.0);
        let set_along = if n.below(4) == 0 { inline::set_vertical } else { inline::set };
        let set = set_along(&text, &style, measure, fonts);
        let found = inline::check(&text, &set, measure);
        let faults: Vec<_> = found.iter().filter(|v| !set.forced || !matches!(v, inline::Violation::Start { .. } | inline::Violation::End { .. })).collect();
        assert!(faults.is_empty(), "paragraph {k}, {style:?}, {measure:?}: {faults:?} in {text}\n{}", describe(&text, &set, &BTreeMap::new()));
    }
}

/// Every string of the sample panels, as running text in a narrow and a wide column and as a heading.
#[test]
fn the_sample_texts_keep_kinsoku_and_need_no_force() {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(root().join("assets/sample/panels")).expect("the sample panels").flatten() {
        let file = std::fs::read_to_string(entry.path()).expect("a readable sample");
        strings(&serde_json::from_str(&file).expect("a sample in JSON"), &mut texts);
    }
    assert!(texts.len() > 100, "only {} texts", texts.len());
    for (settings, measure) in [([("latin", "p_gothic")], 16.6), ([("latin", "p_gothic")], 23.0), ([("heading", "yes")], 30.0)] {
        let (style, _) = style_of(&BTreeMap::from(settings));
        let measure = style.size * measure;
        for text in &texts {
            let set = inline::set(text, &style, measure, SHARED.get_or_init(fonts));
            let found = inline::check(text, &set, measure);
            assert!(found.is_empty() && !set.forced && set.missing.is_empty(), "{found:?} {:?} in {text}", set.missing);
        }
    }
}

fn strings(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|v| strings(v, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|v| strings(v, found)),
        _ => {}
    }
}

#[test]
fn a_vertical_line_runs_down_and_turns_its_latin() {
    let (style, measure) = style_of(&BTreeMap::from([("measure", "20")]));
    let set = inline::set_vertical("令和12年のABC", &style, measure, SHARED.get_or_init(fonts));
    let runs = &set.lines[0].runs;
    assert_eq!(runs.iter().map(|r| (r.text.as_str(), r.quarter_turn)).collect::<Vec<_>>(), [("令和12年の", false), ("ABC", true)]);
    let glyphs = &runs[0].glyphs;
    let (reiwa, digits) = (&glyphs[0], &glyphs[2..4]);
    assert!(glyphs[1].y.0 - reiwa.y.0 > 9.9, "characters follow downwards");
    assert!((digits[0].y.0 - digits[1].y.0).abs() < 1e-9 && digits[0].x.0 < digits[1].x.0, "digits stand side by side");
}

#[test]
fn without_any_font_the_text_is_still_whole() {
    let none = Fonts::new(Box::new(|_| Err("no such file".into())));
    let (style, measure) = style_of(&BTreeMap::new());
    let text = "展示は令和4年11月9日(水)からです。";
    let set = inline::set(text, &style, measure, &none);
    assert_eq!(set.lines.iter().map(|l| &text[l.text.clone()]).collect::<String>(), text);
    assert_eq!(set.missing.len(), text.chars().count(), "every character is reported");
}

#[test]
fn a_hostile_length_is_set_in_moderate_time() {
    let started = std::time::Instant::now();
    let (style, measure) = style_of(&BTreeMap::from([("heading", "yes")]));
    for text in ["“".repeat(20_000) + &"’".repeat(20_000), "a".repeat(50_000), "」".repeat(50_000), "展示は、".repeat(10_000), " ".repeat(50_000), "\n".repeat(20_000)] {
        let set = inline::set(&text, &style, measure, SHARED.get_or_init(fonts));
        assert_eq!(set.lines.last().map(|l| l.text.end), Some(text.len()));
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
