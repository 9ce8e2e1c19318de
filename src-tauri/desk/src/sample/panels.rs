//! The sample's panel sets: 千葉 with its 37 cities in 海, 堺 with figures and dispatches in 藍. Texts lie in assets/sample/panels.
use super::facts::Facts;
use super::{MARK, Sample, exhibition_id, id};
use crate::model::municipality::{self, Municipality};
use crate::model::record::{Material, Panel};
use serde::Deserialize;
use std::collections::BTreeMap;
use tenjicho_press::block::{
    Block, ChartKind, Column, Content, Fact, FigureValue, Paper, PaperName, PhotoRole, Point, Section, Template, ThemeChoice, What,
};

const CHIBA: [&str; 4] = [
    include_str!("../../../../assets/sample/panels/chiba-1.json"),
    include_str!("../../../../assets/sample/panels/chiba-2.json"),
    include_str!("../../../../assets/sample/panels/chiba-3.json"),
    include_str!("../../../../assets/sample/panels/chiba-4.json"),
];
const SAKAI: &str = include_str!("../../../../assets/sample/panels/sakai.json");
const CREDIT: &str = "画像：展示帖見本";

/// A drawn picture: kind of scene and seed.
pub type Scene = (String, u64);

/// The text of one city as it lies in the assets.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct City {
    city: String,
    theme: String,
    subtitle: String,
    lead: String,
    sections: Vec<(String, String)>,
    produce: String,
    /// Scene and caption.
    hero: (String, String),
    second: (String, String),
}

fn cities(text: &str) -> Vec<City> {
    serde_json::from_str(text).expect("the shipped texts are well-formed")
}

/// Every picture that the panels show, once.
pub fn scenes() -> Vec<Scene> {
    let mut all: Vec<Scene> = plan().into_values().flat_map(|(hero, second)| [hero, second]).collect();
    all.extend([title_scene(), dispatch_scene()]);
    all.extend(super::panels_more::scenes());
    all.sort();
    all.dedup();
    all
}

fn dispatch_scene() -> Scene {
    ("dispatch".into(), 1)
}

pub(super) fn title_scene() -> Scene {
    ("beach".into(), 11)
}

/// Which scenes each city shows. At most two of a kind are drawn, so that a first start stays short.
fn plan() -> BTreeMap<String, (Scene, Scene)> {
    let mut used: BTreeMap<String, u64> = BTreeMap::new();
    let mut plan = BTreeMap::new();
    for text in CHIBA.iter().chain([&SAKAI]).flat_map(|text| cities(text)) {
        let seen = used.entry(text.hero.0.clone()).or_default();
        *seen += 1;
        let hero = (text.hero.0.clone(), 1 + (*seen - 1) % 2);
        let second = (text.second.0.clone(), if hero == (text.second.0.clone(), 1) { 2 } else { 1 });
        plan.insert(text.city, (hero, second));
    }
    plan
}

/// Where the eye rests in a scene, from the left and top.
fn focus(kind: &str) -> [f64; 2] {
    match kind {
        "lighthouse" => [0.73, 0.50],
        "cliffs" => [0.82, 0.45],
        "pagoda" => [0.65, 0.55],
        "cabbage_train" => [0.55, 0.45],
        "runway" => [0.72, 0.35],
        "beach" => [0.80, 0.60],
        "harbour" | "bayside" => [0.58, 0.60],
        _ => [0.50, 0.55],
    }
}

/// Panels of both sets; `picture` gives the key of a drawn scene.
pub(super) fn fill(sample: &mut Sample, facts: &Facts, picture: &dyn Fn(&Scene) -> String) {
    let scenes = plan();
    let chiba = facts.exhibitions.iter().find(|e| !e.municipalities.is_empty()).expect("the facts name the 37 cities");
    let texts: Vec<City> = CHIBA.iter().flat_map(|text| cities(text)).collect();
    let project = exhibition_id(2022, 2);
    let occasion = Occasion {
        series: "令和4年度 第2回 全国連携展示「魅力いっぱい ギュッと 千葉」",
        held: "令和4年11月9日(水)～12月22日(木)　東京区政会館 1階 エントランスホール",
        organisers: "主催　特別区長会・公益財団法人特別区協議会　連携　千葉県市長会",
    };
    add(sample, &project, 0, "", chiba_title(chiba, (picture(&title_scene()), &title_scene())), "approved");
    for (n, name) in chiba.municipalities.iter().enumerate() {
        let text = texts.iter().find(|t| t.city == *name).expect("every city has its text");
        let city = municipality::by_name(&format!("千葉県{name}")).expect("every city is on the list");
        let (hero, second) = &scenes[name];
        let mut content = city_panel(text, city, &occasion, [(picture(hero), hero), (picture(second), second)]);
        content.blocks.push(block(What::Tag {
            text: format!("自治体紹介　{}", text.theme),
            number: Some(n as u32 + 1),
            of: Some(chiba.municipalities.len() as u32),
        }));
        content.theme = ThemeChoice::Named("umi".into());
        add(sample, &project, n as i32 + 1, &city.id(), content, status(n));
        materials(sample, &project, city, n);
    }
    super::panels_more::fill(sample, &project, chiba.municipalities.len() as i32 + 1, &super::panels_more::CHIBA, picture);
    sakai(sample, facts, picture, &scenes);
}

/// 校了 for most, the rest still on their way.
fn status(n: usize) -> &'static str {
    match n {
        3 | 11 | 19 | 27 | 33 => "proofing",
        8 | 16 | 29 => "received",
        24 | 36 => "asked",
        _ => "approved",
    }
}

pub(super) fn add(sample: &mut Sample, project: &str, number: i32, partner: &str, content: Content, status: &str) {
    let version = match status {
        "approved" => 2,
        "proofing" => 1,
        _ => 0,
    };
    sample.add(Panel {
        id: id(&format!("panel {project} {number}")),
        project: project.into(),
        number,
        partner: partner.into(),
        title: content.name.clone(),
        content: serde_json::to_string(&content).expect("content is plain data"),
        status: status.into(),
        version,
        note: format!("文と画像、進み具合は{MARK}です"),
        ..Panel::default()
    });
}

fn materials(sample: &mut Sample, project: &str, city: &Municipality, n: usize) {
    let done = status(n);
    for (order, item) in ["原稿", "写真", "掲載の許可"].into_iter().enumerate() {
        let status = if done == "asked" && order > 0 { "asked" } else if done == "asked" { "received" } else { "approved" };
        sample.add(Material {
            id: id(&format!("material {} {item}", city.code)),
            project: project.into(),
            partner: city.id(),
            item: item.into(),
            status: status.into(),
            note: MARK.into(),
            ..Material::default()
        });
    }
}

/// What the footers say.
struct Occasion {
    series: &'static str,
    held: &'static str,
    organisers: &'static str,
}

impl Occasion {
    fn footer(&self) -> What {
        What::Footer { lines: vec![self.series.into(), self.held.into(), self.organisers.into()], credit: CREDIT.into() }
    }
}

fn block(what: What) -> Block {
    Block { what, place: None }
}

fn photo((picture, scene): (String, &Scene), role: PhotoRole, caption: &str) -> What {
    What::Photo {
        picture,
        role,
        focus: Some(focus(&scene.0)),
        zoom: None,
        caption: caption.into(),
        credit: CREDIT.into(),
        permission: String::new(),
    }
}

fn city_panel(text: &City, city: &Municipality, occasion: &Occasion, [hero, second]: [(String, &Scene); 2]) -> Content {
    let fact = |label: &str, value: &str| Fact { label: label.into(), value: value.into(), note: String::new() };
    let sections = text.sections.iter().map(|(heading, text)| Section { heading: heading.clone(), text: text.clone() }).collect();
    Content {
        name: city.name.into(),
        template: Some(Template::Municipality),
        blocks: [
            What::Title { text: city.name.into(), reading: city.kana.into(), region: city.prefecture.into(), key_word: String::new() },
            What::Subtitle { text: text.subtitle.clone() },
            photo(hero, PhotoRole::Hero, &text.hero.1),
            What::Lead { text: text.lead.clone() },
            What::Body { sections, columns: Some(2) },
            photo(second, PhotoRole::Second, &text.second.1),
            What::Facts {
                rows: vec![
                    fact("都道府県", city.prefecture),
                    fact("団体コード", city.code),
                    fact("テーマ", &text.theme),
                    fact("主な産物", &text.produce),
                ],
            },
            What::Qr { url: format!("https://example.jp/{}", city.code), label: format!("{}のご案内（{MARK}）", city.name) },
            occasion.footer(),
        ]
        .map(block)
        .to_vec(),
        ..Content::default()
    }
}

fn chiba_title(chiba: &super::facts::Exhibition, hero: (String, &Scene)) -> Content {
    Content {
        name: "タイトル".into(),
        template: Some(Template::Title),
        theme: ThemeChoice::Named("umi".into()),
        paper: Paper::Turned { name: PaperName::A1, landscape: true },
        blocks: [
            What::Title {
                text: "魅力いっぱい\nギュッと".into(),
                reading: String::new(),
                region: "令和4年度　第2回　全国連携展示".into(),
                key_word: "千葉".into(),
            },
            What::Tag { text: "千葉県市長会 × 特別区".into(), number: None, of: None },
            photo(hero, PhotoRole::Hero, "房総の浜"),
            What::Occasion {
                era_year: "令和4年".into(),
                period: "11月9日(水)～12月22日(木)".into(),
                venue: "東京区政会館　1階 エントランスホール".into(),
                organisers: "主催　特別区長会・公益財団法人特別区協議会　　連携　千葉県市長会".into(),
                contents: chiba.contents.join("　"),
                themes: chiba.panel_themes.clone(),
            },
            What::Municipalities { title: String::new(), names: chiba.municipalities.clone() },
        ]
        .map(block)
        .to_vec(),
        ..Content::default()
    }
}

fn sakai(sample: &mut Sample, facts: &Facts, picture: &dyn Fn(&Scene) -> String, scenes: &BTreeMap<String, (Scene, Scene)>) {
    let project = exhibition_id(2025, 2);
    let occasion = Occasion {
        series: "令和7年度 第2回 全国連携展示「東京で感じる堺」",
        held: "令和8年1月9日(金)～3月3日(火)　東京区政会館 1階 エントランスホール",
        organisers: "主催　特別区長会・公益財団法人特別区協議会　連携　堺市",
    };
    let text = cities(SAKAI).into_iter().next().expect("one text");
    let city = municipality::by_name("大阪府堺市").expect("on the list");
    let (hero, second) = &scenes[&text.city];
    let mut content = city_panel(&text, city, &occasion, [(picture(hero), hero), (picture(second), second)]);
    content.blocks.push(block(What::Tag { text: format!("自治体紹介　{}", text.theme), number: Some(1), of: Some(3) }));
    add(sample, &project, 1, &city.id(), content, "approved");
    add(sample, &project, 2, "", figures_panel(facts), "approved");
    add(sample, &project, 3, "", dispatch_panel(facts, picture), "proofing");
    super::panels_more::fill(sample, &project, 4, &super::panels_more::SAKAI, picture);
}

fn project_footer(first: &str) -> What {
    What::Footer {
        lines: vec![first.into(), "主催　特別区長会・公益財団法人特別区協議会".into(), "数値はいずれも各欄に記した時点のものです。".into()],
        credit: String::new(),
    }
}

fn project_qr() -> What {
    What::Qr { url: "https://example.jp/renkei".into(), label: format!("プロジェクトのご案内（{MARK}）") }
}

fn figures_panel(facts: &Facts) -> Content {
    let series = &facts.figures[0].series;
    let point = |label: &str, value: f64, at: f64, unconfirmed: bool| Point {
        label: label.into(),
        value,
        at: Some(at),
        unconfirmed,
        suffix: if unconfirmed { "を超える" } else { "" }.into(),
        ..Point::default()
    };
    let figure = |title: &str, values: &[(&str, &str, &str)], note: &str, dots| What::Figure {
        title: title.into(),
        values: values.iter().map(|(p, v, u)| FigureValue { prefix: (*p).into(), value: (*v).into(), unit: (*u).into() }).collect(),
        note: note.into(),
        dots,
    };
    Content {
        name: "数字で見る全国連携".into(),
        template: Some(Template::Figures),
        blocks: [
            What::Title {
                text: "数字で見る全国連携".into(),
                reading: String::new(),
                region: "特別区全国連携プロジェクト".into(),
                key_word: String::new(),
            },
            What::Subtitle { text: "自治体のつながりは、千を超えて広がる".into() },
            What::Chart {
                title: "連携自治体数の推移".into(),
                kind: ChartKind::Line,
                series: vec![],
                points: vec![
                    point("平成28年8月", series[0].1, 2016.0 + 7.0 / 12.0, false),
                    point("令和2年2月", series[1].1, 2020.0 + 1.0 / 12.0, false),
                    point("令和8年3月", 1_100.0, 2026.0 + 2.0 / 12.0, true),
                ],
                unit: "自治体".into(),
                note: "破線と白丸は「1,100を超える」との発表によるもので、確定した数ではありません。".into(),
            },
            figure(
                "魅力発信イベントの来場者",
                &[("延べ", "1,158", "名")],
                "令和7年11月8日(土)・9日(日)\n2日間の延べ人数。実人数ではありません。",
                None,
            ),
            figure(
                "広域連携協定",
                &[("", "13", "団体"), ("", "372", "自治体")],
                "令和元年10月26日現在\n下の点は、1つが1自治体です。",
                Some(372),
            ),
            figure("会員登録自治体・団体", &[("", "332", "自治体・団体")], "令和6年3月現在\n令和8年3月には390を超えました。", None),
            project_footer("特別区全国連携プロジェクト"),
            project_qr(),
        ]
        .map(block)
        .to_vec(),
        ..Content::default()
    }
}

fn dispatch_panel(facts: &Facts, picture: &dyn Fn(&Scene) -> String) -> Content {
    let scene = dispatch_scene();
    let support = &facts.disaster_support;
    let column = |n: usize, number: bool| Column { head: support.columns[n].clone(), numeric: number, bar: number, width: None };
    let grants = support.grants.iter().map(|g| Fact { label: g.event.clone(), value: g.prefectures.join("・"), note: String::new() });
    Content {
        name: "被災地へ、人を送る".into(),
        template: Some(Template::Support),
        blocks: [
            What::Title { text: "被災地へ、人を送る".into(), reading: String::new(), region: "災害支援".into(), key_word: String::new() },
            What::Subtitle { text: "令和6年能登半島地震　特別区の職員派遣".into() },
            What::Table {
                title: String::new(),
                columns: vec![column(0, false), column(1, false), column(2, true)],
                rows: support.dispatches.iter().map(|(work, place, n)| vec![work.clone(), place.clone(), n.to_string()]).collect(),
                spans: vec![],
                note: "令和6年3月15日現在。延べ数であり、実人数ではありません。".into(),
            },
            photo((picture(&scene), &scene), PhotoRole::Second, "避難所に並ぶ支援のテント"),
            What::Facts { rows: grants.collect() },
            What::Body {
                sections: vec![Section {
                    heading: "同じ仕事を知る人が".into(),
                    text: "避難所の衛生、ごみの収集、罹災証明書の受付。暮らしを立て直す仕事の多くは、市や町の窓口が担います。特別区は、その同じ仕事を知る職員を送り、被災地の自治体とともに働きました。".into(),
                }],
                columns: Some(1),
            },
            project_footer("特別区全国連携プロジェクト　被災自治体への支援"),
            project_qr(),
        ]
        .map(block)
        .to_vec(),
        ..Content::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::scene;

    #[test]
    fn every_scene_can_be_drawn() {
        for (kind, _) in scenes() {
            assert!(scene::KINDS.contains(&kind.as_str()), "{kind}");
        }
    }

    /// Two columns of 18 characters hold about 500 with their headings; less than 230 would look empty.
    #[test]
    fn texts_are_as_long_as_their_columns() {
        let texts: Vec<City> = CHIBA.iter().chain([&SAKAI]).flat_map(|text| cities(text)).collect();
        assert_eq!(texts.len(), 38);
        for text in texts {
            let length: usize = text.sections.iter().map(|(_, t)| t.chars().count()).sum();
            assert!((230..=450).contains(&length), "{} {length}", text.city);
            assert!((3..=4).contains(&text.sections.len()), "{}", text.city);
            assert!(text.subtitle.lines().all(|l| l.chars().count() <= 14), "{}", text.city);
            assert_eq!(text.lead.matches('。').count(), 2, "{}", text.city);
        }
    }
}
