//! Runs the panels: every file under tests/press/panels is laid out and compared with what was accepted; the shrink order,
//! the notices and the faults are checked from small contents. `TENJICHO_ACCEPT=1` writes what came out, to be looked at.
#[path = "press/told.rs"]
mod told;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tenjicho_press::block::Content;
use tenjicho_press::font::Fonts;
use tenjicho_press::inline::markup;
use tenjicho_press::notice::{Level, Notice, NoticeCode};
use tenjicho_press::page::{Glyphs, Item, Page, Segment};
use tenjicho_press::picture::{self, Colour, Format, PictureFault, PictureInfo};
use tenjicho_press::{Laid, lay_out, svg};

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let folder = std::env::var_os("TENJICHO_FONTS").map_or_else(|| root().join("assets/fonts"), PathBuf::from);
    Fonts::new(Box::new(move |id| std::fs::read(folder.join(id.file())).map(Arc::from).map_err(|e| e.to_string())))
});

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Pictures that are large enough for A1, small ones, and none by the name of 「ない」.
fn probe(name: &str) -> Result<PictureInfo, Option<PictureFault>> {
    let (width, height) = if name.starts_with("small") { (600, 400) } else { (6000, 4000) };
    let colour = if name.starts_with("cmyk") { Colour::Cmyk } else { Colour::Rgb };
    let info = PictureInfo { width, height, format: Format::Jpeg, colour, orientation: 1, icc: false, bytes: 1 };
    match name {
        n if n.contains("ない") => Err(None),
        n if n.contains("壊れた") => Err(picture::probe(n, b"no picture").err()),
        _ => Ok(info),
    }
}

fn laid(content: &Content) -> Laid {
    lay_out(content, &FONTS, &probe)
}

fn read(text: &str) -> Content {
    Content::from_json(text).unwrap_or_else(|f| panic!("{} {}:{} {} {}", f.path, f.line, f.column, f.message, f.hint))
}

fn panels() -> Vec<(PathBuf, Content)> {
    let folder = std::fs::read_dir(root().join("tests/press/panels")).expect("the panels are there");
    let mut paths: Vec<PathBuf> = folder.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    paths.sort();
    paths.into_iter().map(|p| (p.clone(), read(&std::fs::read_to_string(p).expect("a readable panel")))).collect()
}

fn walk<'a>(items: &'a [Item], block: Option<usize>, see: &mut dyn FnMut(Option<usize>, &'a Item)) {
    for item in items {
        match item {
            Item::Group(group) => {
                see(group.block.or(block), item);
                walk(&group.items, group.block.or(block), see);
            }
            _ => see(block, item),
        }
    }
}

fn glyphs(page: &Page) -> Vec<(Option<usize>, &Glyphs)> {
    let mut all = Vec::new();
    walk(&page.items, None, &mut |block, item| {
        if let Item::Glyphs(run) = item {
            all.push((block, run));
        }
    });
    all
}

/// How often each visible character occurs.
fn census<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<char, i64> {
    let mut count = BTreeMap::new();
    for c in texts.flat_map(str::chars).filter(|c| !c.is_whitespace()) {
        *count.entry(c).or_default() += 1;
    }
    count
}

/// Every panel is told line by line and compared with the accepted lines beside it. A changed one is drawn under
/// test-output/panels, to be looked at; `TENJICHO_ACCEPT=1` draws and accepts all.
#[test]
fn panels_come_out_as_accepted() {
    let accept = std::env::var_os("TENJICHO_ACCEPT").is_some();
    let drawn = root().join("test-output/panels");
    let mut changed = Vec::new();
    for (path, content) in panels() {
        let laid = laid(&content);
        let told = told::told(&laid.pages, &laid.notices);
        assert!(told.len() < 60_000, "{}: {} bytes", path.display(), told.len());
        let golden = path.with_extension("txt");
        let same = std::fs::read_to_string(&golden).unwrap_or_default() == told;
        if same && !accept {
            continue;
        }
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        std::fs::create_dir_all(&drawn).expect("a folder for pictures");
        for (n, page) in laid.pages.iter().enumerate() {
            let options = svg::SvgOptions { fonts: &FONTS, href: &|name| format!("pictures/{name}"), show_bleed: false, prefix: "" };
            std::fs::write(drawn.join(format!("{name}-{}.svg", n + 1)), svg::draw(page, &options)).expect("the panel can be drawn");
        }
        if accept {
            std::fs::write(&golden, &told).expect("the golden panel can be written");
        } else {
            changed.push(name);
        }
    }
    assert!(changed.is_empty(), "changed: {changed:?}; look at test-output/panels, then accept with TENJICHO_ACCEPT=1");
}

#[test]
fn panels_raise_no_error_and_lose_no_character() {
    for (path, content) in panels() {
        let laid = laid(&content);
        let errors: Vec<&Notice> = laid.notices.iter().filter(|n| n.level == Level::Error || n.code == NoticeCode::SafeArea).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
        let drawn = census(glyphs(&laid.pages[0]).into_iter().map(|(_, g)| g.text.as_str()));
        for (c, wanted) in census(body_texts(&content).iter().map(|text| markup::plain(text)).collect::<Vec<_>>().iter().map(AsRef::as_ref)) {
            assert!(drawn.get(&c).copied().unwrap_or(0) >= wanted, "{}: {c} is drawn less than {wanted} times", path.display());
        }
    }
}

/// Everything the content says in sentences.
fn body_texts(content: &Content) -> Vec<String> {
    use tenjicho_press::block::What;
    let mut texts = Vec::new();
    for block in &content.blocks {
        match &block.what {
            What::Title { text, .. } | What::Subtitle { text } | What::Lead { text } => texts.push(text.clone()),
            What::Body { sections, .. } => texts.extend(sections.iter().flat_map(|s| [s.heading.clone(), s.text.clone()])),
            What::Facts { rows } => texts.extend(rows.iter().flat_map(|r| [r.label.clone(), r.value.clone(), r.note.clone()])),
            What::Table { rows, note, .. } => texts.extend(rows.iter().flatten().cloned().chain([note.clone()])),
            What::Municipalities { names, .. } => texts.extend(names.iter().cloned()),
            What::Figure { title, note, .. } => texts.extend([title.clone(), note.clone()]),
            What::List { title, items, .. } => texts.extend(items.iter().cloned().chain([title.clone()])),
            What::PhotoGrid { photos, .. } => texts.extend(photos.iter().map(|p| p.caption.clone())),
            What::Timetable { days, note } => {
                let slots = days.iter().flat_map(|d| &d.slots);
                texts.extend(slots.flat_map(|s| [s.start.clone(), s.end.clone(), s.title.clone(), s.who.clone()]).chain([note.clone()]));
            }
            What::Chronology { title, rows } => texts.extend(rows.iter().flat_map(|r| [r.when.clone(), r.text.clone()]).chain([title.clone()])),
            What::Plan { booths, note, .. } => texts.extend(booths.iter().flat_map(|b| [b.number.clone(), b.label.clone()]).chain([note.clone()])),
            What::Signature { title, name } => texts.extend([title.clone(), name.clone()]),
            What::Logo { label, .. } => texts.push(label.clone()),
            _ => {}
        }
    }
    texts
}

/// Text stands at least 25 mm × factor inside, pictures that bleed reach the bleed.
#[test]
fn text_keeps_its_margin() {
    for (path, content) in panels() {
        let laid = laid(&content);
        let page = &laid.pages[0];
        let margin = 0.029 * page.width.0.min(page.height.0);
        for (_, run) in glyphs(page) {
            for g in &run.glyphs {
                // Large type starts left of the margin by its side bearing, so that its ink is flush.
                let left = margin - 0.12 * run.size.0;
                let inside = g.x.0 >= left && g.y.0 >= margin && g.y.0 <= page.height.0 - margin * 0.9 && g.x.0 <= page.width.0 - margin;
                assert!(inside, "{}: {} at {:.0},{:.0} pt", path.display(), run.text, g.x.0, g.y.0);
            }
        }
    }
}

/// Size of body type, and heights of the first and second picture, in mm on A1.
fn measures(content: &Content) -> (f64, f64, f64, Vec<Notice>) {
    let laid = laid(content);
    let page = &laid.pages[0];
    let body = glyphs(page).into_iter().filter(|(b, _)| *b == Some(4)).map(|(_, g)| g.size.0).fold(f64::MAX, f64::min);
    let mut heights = BTreeMap::new();
    walk(&page.items, None, &mut |block, item| {
        if let Item::Group(group) = item
            && let (Some(clip), Some(block)) = (&group.clip, block)
        {
            let ys: Vec<f64> = clip.iter().filter_map(|s| if let Segment::Line(_, y) = s { Some(y.0) } else { None }).collect();
            let (top, bottom) = (ys.iter().copied().fold(f64::MAX, f64::min), ys.iter().copied().fold(f64::MIN, f64::max));
            heights.insert(block, (bottom - top) * 25.4 / 72.0);
        }
    });
    (body, heights.get(&2).copied().unwrap_or(0.0), heights.get(&5).copied().unwrap_or(0.0), laid.notices)
}

fn long_panel(sentences: usize) -> Content {
    let text = "灯台の白い塔は、沖を行く船を見守り続けてきました。".repeat(sentences);
    let sections = serde_json::json!([{"heading": "海をひらいた灯り", "text": text.clone()}, {"heading": "畑の中の鉄道", "text": text}]);
    read(&serde_json::json!({"template": "municipality", "blocks": [
        {"type": "title", "text": "銚子市"}, {"type": "subtitle", "text": "朝日と海のまち"},
        {"type": "photo", "picture": "a", "caption": "灯台", "credit": "見本"},
        {"type": "lead", "text": "黒潮と親潮が沖で出会うところ。"},
        {"type": "body", "sections": sections},
        {"type": "photo", "picture": "b", "role": "second", "caption": "電車", "credit": "見本"},
        {"type": "facts", "rows": [{"label": "面積", "value": "84.20km²"}, {"label": "人口", "value": "58,431人"}]}
    ]}).to_string())
}

#[test]
fn the_picture_gives_way_before_the_type_does() {
    let mut before = (f64::MAX, f64::MAX);
    let mut overflowed = false;
    for sentences in 1..24 {
        let (body, hero, _, notices) = measures(&long_panel(sentences));
        overflowed |= notices.iter().any(|n| n.code == NoticeCode::Overflow);
        assert!(body <= before.0 + 0.01 && hero <= before.1 + 0.01, "{sentences}: nothing grows with the text");
        if body < 29.9 {
            assert!(hero < 205.0, "{sentences}: type shrank to {body} while the picture was {hero} mm high");
        }
        assert!(body > 25.99, "{sentences}: {body} is below the floor");
        before = (body, hero);
    }
    assert!(overflowed, "a text that cannot fit is reported");
}

#[test]
fn what_does_not_fit_is_counted_to_the_character() {
    let content = long_panel(60);
    let laid = laid(&content);
    let notice = laid.notices.iter().find(|n| n.code == NoticeCode::Overflow).expect("a notice");
    assert_eq!((notice.block, notice.level), (Some(4), Level::Error));
    let count = |texts: Vec<String>| texts.iter().map(|t| t.chars().filter(|c| !c.is_whitespace()).count()).sum::<usize>();
    let wanted = count(body_texts(&Content { blocks: vec![content.blocks[4].clone()], ..Content::default() }));
    let drawn = count(glyphs(&laid.pages[0]).into_iter().filter(|(b, _)| *b == Some(4)).map(|(_, g)| g.text.clone()).collect());
    assert!(notice.message.contains(&format!("{}字", wanted - drawn)), "{} {}", notice.message, wanted - drawn);
    assert!(notice.place.is_some() && !notice.hint.is_empty());
}

/// tests/press/notices.json: for every code a block that raises it and one that does not.
#[test]
fn every_notice_speaks_when_it_should_and_only_then() {
    let text = std::fs::read_to_string(root().join("tests/press/notices.json")).expect("the notices are there");
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).expect("well-formed cases");
    assert!(cases.len() >= 11);
    for case in cases {
        let code: NoticeCode = serde_json::from_value(case["code"].clone()).expect("a known code");
        for (key, expected) in [("speaks", true), ("silent", false)] {
            let notices = laid(&read(&case[key].to_string())).notices;
            let found = notices.iter().find(|n| n.code == code);
            assert_eq!(found.is_some(), expected, "{code:?} {key}: {notices:#?}");
            let whole = found.is_none_or(|n| !n.message.is_empty() && !n.hint.is_empty() && (n.block.is_some() || [NoticeCode::InkLimit, NoticeCode::PaperMixUp].contains(&code)));
            assert!(whole, "{code:?}: {found:#?}");
        }
    }
}

#[test]
fn faults_name_the_place_and_the_fix() {
    let cases = [
        ("{\n  \"blocks\": [\n", "", (3, 0), "JSON", "コンマ"),
        ("{\n  \"papr\": \"A1\"\n}", "papr", (2, 3), "「papr」という項目", "「paper」のこと"),
        ("{\"paper\": \"A7\"}", "paper", (1, 2), "用紙", "A1"),
        ("{\"paper\": {\"width\": 0, \"height\": 10}}", "paper", (1, 2), "用紙の大きさ", "0より大きい"),
        ("{\"theme\": \"kawa\"}", "theme", (1, 2), "「kawa」", "umi（海）"),
        ("{\"blocks\": [\n {\"text\": \"あ\"}]}", "blocks[0]", (2, 2), "種類（type）", "lead"),
        ("{\"blocks\": [\n {\"type\": \"lede\", \"text\": \"あ\"}]}", "blocks[0].type", (2, 3), "「lede」", "「lead」のこと"),
        ("{\"blocks\": [\n {\"type\": \"lead\"}]}", "blocks[0]", (2, 2), "「text」がありません", "text"),
        ("{\"blocks\": [{\"type\": \"body\", \"sections\": [\n {\"text\": \"灯台\", \"hedding\": \"あ\"}]}]}", "blocks[0].sections[0].hedding", (2, 17), "「hedding」", "「heading」のこと"),
        ("{\"blocks\": [{\"type\": \"lead\", \"text\": \"あ\", \"place\": {\"x\": 1, \"y\": 2, \"w\": 3}}]}", "blocks[0].place", (1, 43), "「h」がありません", "h"),
        ("{\"blocks\": [{\"type\": \"tag\", \"number\": \"二\"}]}", "blocks[0].number", (1, 29), "「number」の値の形", "数で"),
        ("[]", "", (1, 1), "一番外側", "見本"),
    ];
    for (text, path, (line, column), message, hint) in cases {
        let fault = Content::from_json(text).expect_err(text);
        assert_eq!((fault.path.as_str(), fault.line, fault.column), (path, line, column), "{text}: {fault:?}");
        assert!(fault.message.contains(message) && fault.hint.contains(hint), "{text}: {fault:?}");
    }
}

#[test]
fn examples_are_read_written_and_read_again() {
    for (name, text) in tenjicho_press::read::EXAMPLES {
        let content = read(text);
        let again = read(&serde_json::to_string(&content).expect("a content document"));
        assert_eq!(content, again, "{name}");
    }
    let schema = Content::schema();
    assert_eq!(schema["examples"].as_array().map(Vec::len), Some(16));
    let kinds = schema["$defs"]["Block"]["oneOf"].as_array().expect("one schema a type of block");
    assert_eq!(kinds.len(), 21);
    for kind in kinds {
        let fields = &kind["properties"];
        assert!(fields["type"]["const"].is_string() && fields["place"].is_object(), "{kind:#}");
    }
}

/// One content flows into every paper, template and theme.
#[test]
fn any_paper_takes_any_template() {
    let papers = [
        "\"A0\"", "\"A2\"", "\"A3\"", "\"A4\"", "\"A5\"", "\"B0\"", "\"B1\"", "\"B2\"", "\"600x1800\"", "\"900x1800\"",
        r#"{"name":"B1","landscape":true}"#, r#"{"width":500,"height":500}"#, r#"{"width":2400,"height":300}"#,
        r#"{"width":60,"height":60}"#, r#"{"width":5000,"height":100}"#, r#"{"width":1,"height":1}"#,
    ];
    for (path, content) in panels() {
        for paper in papers {
            let content = Content { paper: serde_json::from_str(paper).expect("a paper"), ..content.clone() };
            let laid = laid(&content);
            let page = &laid.pages[0];
            for (_, run) in glyphs(page) {
                let sound = run.size.0 > 0.0 && run.glyphs.iter().all(|g| g.x.0.is_finite() && g.y.0.is_finite());
                assert!(sound, "{} on {paper}: {}", path.display(), run.text);
            }
        }
    }
}

/// Nothing that a content can hold makes layout fail.
#[test]
fn hostile_contents_are_laid_out() {
    let blocks = [
        r#"{"type":"title","text":""}"#,
        r#"{"type":"title","text":"あ","reading":"あ","region":"あ","key_word":"あ"}"#,
        r#"{"type":"tag","number":4294967295,"of":0}"#,
        r#"{"type":"body","sections":[],"columns":0}"#,
        r#"{"type":"body","sections":[{"text":""},{"heading":"見出しだけ","text":"\n\n"}],"columns":255}"#,
        r#"{"type":"photo","picture":"","focus":[-9e99,9e99],"zoom":1e300}"#,
        r#"{"type":"facts","rows":[{"label":"","value":""}]}"#,
        r#"{"type":"table","columns":[],"rows":[["余り"],[]]}"#,
        r#"{"type":"table","columns":[{"head":"数","numeric":true,"bar":true,"width":9e300},{"head":"","width":-1}],"rows":[["1e999","あ","余り"],[]]}"#,
        r#"{"type":"chart","kind":"line","points":[{"label":"","value":-1e300,"at":1e300},{"label":"","value":1e300,"at":-1e300}]}"#,
        r#"{"type":"chart","kind":"bar","points":[{"label":"零","value":0},{"label":"負","value":-5,"unconfirmed":true}]}"#,
        r#"{"type":"chart","kind":"bar","points":[]}"#,
        r#"{"type":"figure","title":"","values":[],"note":"","dots":4294967295}"#,
        r#"{"type":"municipalities","names":["",""]}"#,
        r#"{"type":"occasion","period":"((((～"}"#,
        r#"{"type":"qr","url":""}"#,
        r#"{"type":"footer","lines":[""]}"#,
        r#"{"type":"list","items":["",""],"marks":"number"}"#,
        r#"{"type":"photo_grid","photos":[],"columns":0}"#,
        r#"{"type":"photo_grid","photos":[{"picture":"a"},{"picture":"b"},{"picture":"ない"},{"picture":"d"},{"picture":"e"},{"picture":"f"},{"picture":"g"},{"picture":"h"},{"picture":"i"},{"picture":"j"}]}"#,
        r#"{"type":"timetable","days":[]}"#,
        r#"{"type":"timetable","days":[{"label":"","slots":[{"start":"23:59","end":"0:00","title":""},{"start":"朝","end":"9e99:0","title":"あ"},{"start":"0:00","end":"0:01","title":"い"},{"start":"0:00","end":"29:59","title":"う"}]}]}"#,
        r#"{"type":"chronology","rows":[{"when":"","text":""},{"when":"昭和","text":"","strong":true}]}"#,
        r#"{"type":"plan","booths":[{"x":1e300,"y":0,"w":1,"h":1}]}"#,
        r#"{"type":"plan","booths":[{"number":"1","label":"あ","x":0,"y":0,"w":1e-9,"h":1e5},{"x":-5,"y":-5,"w":-1,"h":0}],"here":[9e99,0]}"#,
        r#"{"type":"logo","picture":"ない"}"#,
        r#"{"type":"signature","name":""}"#,
        r#"{"type":"chart","kind":"stacked","series":["一","二"],"points":[{"label":"あ","parts":[-1,1e308,1e308,3,4]},{"label":"い"}]}"#,
        r#"{"type":"chart","kind":"share","points":[{"label":"","parts":[0,0]}]}"#,
        r#"{"type":"table","columns":[{"head":"あ"},{"head":"い"}],"rows":[["あ","い"],["う","え"]],"spans":[{"row":0,"column":0,"rows":999,"columns":999},{"row":9,"column":9}]}"#,
    ];
    let templates = [
        "municipality", "title", "figures", "record", "greeting", "theme", "support", "chronology", "stage", "map", "booth", "caption", "tapestry", "poster", "flyer",
    ];
    for template in templates.map(|t| format!("\"{t}\"")).into_iter().chain(["null".to_owned()]) {
        for theme in ["ai", "satoyama", "umi", "sumi"] {
            for place in ["", r#","place":{"x":-10,"y":1,"w":0.001,"h":19999,"size":1e300}"#, r#","place":{"x":0,"y":0,"w":1e300,"h":-1}"#] {
                let all: Vec<String> = blocks.iter().map(|b| format!("{}{place}}}", &b[..b.len() - 1])).collect();
                let text = format!(r#"{{"template":{template},"theme":"{theme}","bleed":-3,"reading_distance":-1,"blocks":[{}]}}"#, all.join(","));
                // Past the reader, which refuses such numbers: layout must bear them all the same.
                let content: Content = serde_json::from_str(&text).expect("a content in JSON");
                assert!((1..=20).contains(&laid(&content).pages.len()));
            }
        }
    }
}

/// Either every word of the content is on the page, or a notice says what is not and offers a way out.
#[test]
fn one_content_flows_through_every_theme_and_paper_without_a_word_changed() {
    use tenjicho_press::block::{Paper, PaperName, ThemeChoice};
    let text = std::fs::read_to_string(root().join("tests/press/panels/municipality_ai.json")).expect("a readable panel");
    let named = |name| (Paper::Named(name), true);
    let turned = (Paper::Turned { name: PaperName::A1, landscape: true }, false);
    let papers = [named(PaperName::A1), turned, named(PaperName::B1), (Paper::Named(PaperName::A3), false), (Paper::Named(PaperName::A4), false), named(PaperName::Tapestry600), named(PaperName::Tapestry900)];
    for theme in tenjicho_press::theme::Theme::shipped() {
        for (paper, must_fit) in &papers {
            let mut content = read(&text);
            (content.theme, content.paper) = (ThemeChoice::Named(theme.name.clone()), paper.clone());
            let laid = laid(&content);
            let drawn = census(glyphs(&laid.pages[0]).into_iter().map(|(_, g)| g.text.as_str()));
            let lost = census(body_texts(&content).iter().map(String::as_str)).into_iter().any(|(c, wanted)| drawn.get(&c).copied().unwrap_or(0) < wanted);
            let over: Vec<&Notice> = laid.notices.iter().filter(|n| n.code == NoticeCode::Overflow).collect();
            let at = format!("{} on {paper:?}: {over:#?}", theme.name);
            assert!(over.iter().all(|n| !n.fixes.is_empty()) && lost == !over.is_empty(), "{at}");
            assert!(over.is_empty() || !must_fit, "{at}");
            let wrong: Vec<&Notice> = laid.notices.iter().filter(|n| matches!(n.code, NoticeCode::SafeArea | NoticeCode::Contrast | NoticeCode::InkLimit | NoticeCode::NoPlace)).collect();
            assert!(wrong.is_empty(), "{} on {paper:?}: {wrong:#?}", theme.name);
        }
    }
}

/// The offered ways out are ways out: the step makes type smaller, the second panel has what the first has not.
#[test]
fn the_offered_fixes_keep_every_word() {
    let text = std::fs::read_to_string(root().join("tests/press/panels/municipality_ai.json")).expect("a readable panel");
    let mut first = read(&text);
    let whole = census(body_texts(&first).iter().map(String::as_str));
    let second = first.second_panel(2);
    let texts = |c: &Content| body_texts(c).concat();
    assert!(texts(&first).contains("海をひらいた灯り") && !texts(&first).contains("畑の中の小さな鉄道"));
    assert!(texts(&second).contains("畑の中の小さな鉄道") && !texts(&second).contains("海をひらいた灯り"));
    let both = census([texts(&first), texts(&second)].iter().map(String::as_str));
    assert!(whole.iter().all(|(c, n)| both.get(c) >= Some(n)));
    let mut smaller = read(&text);
    smaller.step = Some(-1);
    assert!(measures(&smaller).0 < measures(&read(&text)).0 * 0.95);
}

/// A name of four lines is drawn whole where its ground grows with it; where it cannot, what is left out is told and nothing
/// stands off the paper.
#[test]
fn a_long_name_is_drawn_whole_or_told() {
    let name = "第12回「海と灯台」の、とても長い題名が何行にもわたって続く場合の組み方について";
    for template in ["municipality", "greeting", "theme", "support"] {
        for theme in ["ai", "satoyama", "umi", "sumi"] {
            let text = format!(r#"{{"theme": "{theme}", "template": "{template}", "blocks": [{{"type": "title", "text": "{name}", "region": "千葉県"}}, {{"type": "body", "sections": [{{"text": "本文です。"}}]}}]}}"#);
            let laid = laid(&read(&text));
            let drawn = census(glyphs(&laid.pages[0]).into_iter().map(|(_, g)| g.text.as_str()));
            let lost = census(std::iter::once(name)).into_iter().any(|(c, wanted)| drawn.get(&c).copied().unwrap_or(0) < wanted);
            let told = laid.notices.iter().any(|n| n.code == NoticeCode::Overflow && n.block == Some(0));
            assert_eq!(lost, told, "{template} {theme}: {:?}", laid.notices);
            assert!(!lost || theme == "sumi", "{template} {theme} leaves words out");
            assert!(laid.notices.iter().all(|n| n.code != NoticeCode::SafeArea), "{template} {theme}: {:?}", laid.notices);
        }
    }
}

/// A theme of one's own whose type does not stand out from its ground is told so.
#[test]
fn a_theme_with_pale_type_is_noticed() {
    let pale = r#"{"paper": "A1", "theme": {"base": "ai", "colours": {"main": [20, 10, 0, 0]}}, "blocks": [
        {"type": "lead", "text": "うすい字は読めません。", "place": {"x": 30, "y": 30, "w": 500, "h": 60}}]}"#;
    let codes: Vec<NoticeCode> = laid(&read(pale)).notices.iter().map(|n| n.code).collect();
    assert!(codes.contains(&NoticeCode::Contrast), "{codes:?}");
}
