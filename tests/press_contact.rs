//! The contact sheet under rules: every template in every theme on every paper. Contrast, least sizes, margins and glyphs
//! hold, no two lines of type lie on each other, and no word is lost without being reported.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tenjicho_press::block::{Content, ThemeChoice, What};
use tenjicho_press::font::Fonts;
use tenjicho_press::notice::{Level, Notice, NoticeCode};
use tenjicho_press::page::{Glyphs, Item, Page};
use tenjicho_press::picture::{Colour, Format, PictureFault, PictureInfo};
use tenjicho_press::read::EXAMPLES;
use tenjicho_press::theme::Theme;
use tenjicho_press::{Laid, lay_out};

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let folder = std::env::var_os("TENJICHO_FONTS").map_or_else(|| root().join("assets/fonts"), PathBuf::from);
    Fonts::new(Box::new(move |id| std::fs::read(folder.join(id.file())).map(Arc::from).map_err(|e| e.to_string())))
});

/// Sizes that a content flows into beside its own.
const PAPERS: [&str; 7] = ["\"A1\"", "\"B1\"", "\"A3\"", "\"A4\"", "\"600x1800\"", "\"900x1800\"", r#"{"name":"A1","landscape":true}"#];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn probe(_: &str) -> Result<PictureInfo, Option<PictureFault>> {
    Ok(PictureInfo { width: 9000, height: 6000, format: Format::Jpeg, colour: Colour::Rgb, orientation: 1, icc: false, bytes: 1 })
}

fn laid(content: &Content) -> Laid {
    lay_out(content, &FONTS, &probe)
}

/// Every example that has a template, in every theme, on its own paper and the others.
fn sheets() -> Vec<(String, bool, Content)> {
    let mut all = Vec::new();
    for (name, text) in EXAMPLES.iter().filter(|(name, _)| *name != "free") {
        let content = Content::from_json(text).unwrap_or_else(|f| panic!("{name}: {f:?}"));
        for theme in Theme::shipped() {
            let themed = Content { theme: ThemeChoice::Named(theme.name.clone()), ..content.clone() };
            all.push((format!("{name} {} own", theme.name), true, themed.clone()));
            for paper in PAPERS {
                let paper_of = serde_json::from_str(paper).expect("a paper");
                all.push((format!("{name} {} {paper}", theme.name), false, Content { paper: paper_of, ..themed.clone() }));
            }
        }
    }
    all
}

fn glyphs<'a>(items: &'a [Item], out: &mut Vec<&'a Glyphs>) {
    for item in items {
        match item {
            Item::Group(group) => glyphs(&group.items, out),
            Item::Glyphs(run) => out.push(run),
            _ => {}
        }
    }
}

fn lines(page: &Page) -> Vec<&Glyphs> {
    let mut out = Vec::new();
    glyphs(&page.items, &mut out);
    out
}

/// Boxes a little smaller than the ink of each run: left, top, right, bottom in points.
fn boxes(page: &Page) -> Vec<([f64; 4], &Glyphs)> {
    let inner = |run: &&Glyphs| {
        let em = run.size.0;
        let (a, b) = (run.glyphs.first()?, run.glyphs.last()?);
        let down = run.glyphs.len() > 1 && (a.x.0 - b.x.0).abs() < em && (b.y.0 - a.y.0).abs() > em * 0.6;
        let standing = down || run.quarter_turn;
        let whole = if standing {
            [a.x.0 + em * 0.1, a.y.0 - em * 0.7, a.x.0 + em * 0.8, b.y.0 - em * 0.05]
        } else {
            [a.x.0 + em * 0.05, a.y.0 - em * 0.66, b.x.0 + if run.text.ends_with(' ') { 0.0 } else { em * 0.35 }, a.y.0 - em * 0.06]
        };
        Some(whole)
    };
    lines(page).into_iter().filter(|r| !r.text.trim().is_empty()).filter_map(|r| Some((inner(&r)?, r))).collect()
}

fn overlaps(page: &Page) -> Vec<String> {
    let boxes = boxes(page);
    let mut found = Vec::new();
    for (i, (a, x)) in boxes.iter().enumerate() {
        for (b, y) in &boxes[i + 1..] {
            let meet = a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
            if meet && !x.quarter_turn && !y.quarter_turn {
                found.push(format!("「{}」 on 「{}」", x.text, y.text));
            }
        }
    }
    found
}

#[test]
fn rules_hold_on_every_sheet() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for (name, own, content) in sheets() {
        let laid = laid(&content);
        seen += 1;
        let never = |n: &&Notice| match n.code {
            NoticeCode::Contrast | NoticeCode::SafeArea | NoticeCode::MissingGlyph | NoticeCode::InkLimit => true,
            NoticeCode::SmallType => n.level != Level::Advice,
            // A content that was made for this paper fits it.
            _ => own && n.level == Level::Error,
        };
        for notice in laid.notices.iter().filter(never) {
            broken.push(format!("{name}: {:?} block {:?} {}", notice.code, notice.block, notice.message));
        }
        for page in &laid.pages {
            broken.extend(overlaps(page).into_iter().take(3).map(|o| format!("{name}: {o}")));
        }
    }
    assert_eq!(seen, 15 * 4 * 8);
    assert!(broken.is_empty(), "{} broken:\n{}", broken.len(), broken.join("\n"));
}

/// How often each visible character occurs.
fn census<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<char, i64> {
    let mut count = BTreeMap::new();
    for c in texts.flat_map(str::chars).filter(|c| !c.is_whitespace()) {
        *count.entry(c).or_default() += 1;
    }
    count
}

/// One 自治体紹介 flows from A1 to B1, A3, a tapestry and a handout, in all themes, with every word.
#[test]
fn a_content_flows_into_any_size_without_losing_a_word() {
    let (_, text) = EXAMPLES.iter().find(|(name, _)| *name == "municipality").expect("an example");
    let content = Content::from_json(text).expect("a sound example");
    for template in ["municipality", "tapestry"] {
        for theme in Theme::shipped() {
            for paper in ["\"A1\"", "\"B1\"", "\"A3\"", "\"600x1800\"", "\"A4\""] {
                let content = Content {
                    theme: ThemeChoice::Named(theme.name.clone()),
                    template: serde_json::from_value(template.into()).expect("a template"),
                    paper: serde_json::from_str(paper).expect("a paper"),
                    ..content.clone()
                };
                let laid = laid(&content);
                let said = |block: usize| laid.notices.iter().any(|n| n.block == Some(block) && matches!(n.code, NoticeCode::Overflow | NoticeCode::NoPlace));
                let drawn = census(laid.pages.iter().flat_map(|p| lines(p).into_iter().map(|g| g.text.as_str())));
                for (index, block) in content.blocks.iter().enumerate().filter(|(i, _)| !said(*i)) {
                    let texts: Vec<&str> = match &block.what {
                        What::Title { text, .. } | What::Subtitle { text } | What::Lead { text } => vec![text],
                        What::Body { sections, .. } => sections.iter().flat_map(|s| [s.heading.as_str(), s.text.as_str()]).collect(),
                        What::Facts { rows } => rows.iter().flat_map(|r| [r.label.as_str(), r.value.as_str()]).collect(),
                        _ => Vec::new(),
                    };
                    for c in census(texts.into_iter()).into_keys() {
                        assert!(drawn.contains_key(&c), "{template} {} {paper}: {c} of block {index} is lost", theme.name);
                    }
                }
            }
        }
    }
}

/// Thirty rows do not fit one panel: the table goes on with its head repeated, every row once.
#[test]
fn a_long_table_goes_on_on_a_second_panel() {
    for template in ["support", "record"] {
        let rows: Vec<serde_json::Value> = (1..=60).map(|i| serde_json::json!([format!("業務{i}番"), "石川県輪島市", i.to_string()])).collect();
        let text = serde_json::json!({"template": template, "theme": "sumi", "paper": "A1", "blocks": [
            {"type": "title", "text": "職員の派遣"},
            {"type": "table", "columns": [{"head": "業務内容"}, {"head": "派遣先"}, {"head": "延べ", "numeric": true, "bar": true}], "rows": rows, "note": "数は見本です。"},
            {"type": "footer", "lines": ["特別区全国連携プロジェクト"]}
        ]});
        let laid = laid(&Content::from_json(&text.to_string()).expect("a sound content"));
        assert!(laid.pages.len() >= 2, "{template}: {} pages, {:#?}", laid.pages.len(), laid.notices);
        assert!(laid.notices.iter().all(|n| n.code != NoticeCode::Overflow), "{template}: {:#?}", laid.notices);
        let whole = |page: &Page| lines(page).into_iter().map(|g| g.text.clone()).collect::<Vec<_>>().join("");
        let pages: Vec<String> = laid.pages.iter().map(whole).collect();
        for i in 1..=60 {
            let times: usize = pages.iter().map(|p| p.matches(&format!("業務{i}番")).count()).sum();
            assert_eq!(times, 1, "{template}: row {i}");
        }
        let total = pages.len();
        for (n, page) in pages.iter().enumerate() {
            let number = format!("{}／{total}", n + 1);
            assert!(page.contains("業務内容") && page.contains("職員の派遣") && page.contains(&number), "{template}: page {n} {page}");
        }
    }
}

/// `TENJICHO_LOOK=folder TENJICHO_LOOK_AT=map,title` draws those examples in every theme on every paper. Pictures are taken
/// from the folder by their name, else `picture.jpg` stands in for them.
#[test]
fn sheets_are_drawn_to_be_looked_at() {
    let Some(folder) = std::env::var_os("TENJICHO_LOOK").map(PathBuf::from) else { return };
    let wanted = std::env::var("TENJICHO_LOOK_AT").unwrap_or_default();
    std::fs::create_dir_all(&folder).expect("a folder");
    let stand_in = std::fs::read(folder.join("picture.jpg")).ok();
    for (name, _, content) in sheets().into_iter().filter(|(name, ..)| wanted.split(',').any(|w| name.contains(w))) {
        let laid = laid(&content);
        for notice in laid.notices.iter().filter(|n| n.level != Level::Advice) {
            println!("{name}: {:?} {:?} block {:?} {}", notice.level, notice.code, notice.block, notice.message);
        }
        for (n, page) in laid.pages.iter().enumerate() {
            let mut images = tenjicho_press::picture::Images::new();
            if let Some(bytes) = &stand_in {
                for picture in content.blocks.iter().flat_map(|b| b.what.pictures()) {
                    let bytes = std::fs::read(folder.join(picture)).unwrap_or_else(|_| bytes.clone());
                    images.insert(picture.to_owned(), tenjicho_press::picture::Picture::new(picture, bytes).expect("a picture"));
                }
            }
            let bytes = tenjicho_press::png::draw(page, &images, &FONTS, 800).expect("a picture of the page");
            let file = name.replace(['"', ' ', '{', '}', ':', ','], "_");
            std::fs::write(folder.join(format!("{file}-{}.png", n + 1)), bytes).expect("a file");
        }
    }
}
