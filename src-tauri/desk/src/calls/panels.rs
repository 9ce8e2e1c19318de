//! Panels: their exact pages while typing, the wall of thumbnails, and what a new one starts from.
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::{Exhibition, Panel};
use crate::preflight::wire_notice;
use crate::store::Filter;
use std::sync::Arc;
use std::time::Instant;
use tenjicho_press::block::{Block, Content, Fact, FigureValue, Paper, PaperName, Section, Template, What};
use tenjicho_press::layout::Laid;
use tenjicho_press::notice::{Level, Notice};
use tenjicho_press::own_template::OwnTemplate;
use tenjicho_press::png;
use tenjicho_press::theme::Theme;

/// Pixels across a thumbnail.
const THUMB: u32 = 320;

pub(super) async fn press(desk: &Arc<Desk>, ask: PressAsk) -> Result<Pressed> {
    let saved = match &ask.panel {
        Some(id) if ask.content.is_none() => Some(panel(desk, id).await?.content),
        _ => None,
    };
    let text = ask.content.or(saved).ok_or_else(|| Fault::new(FaultKind::BadCall, "パネルか内容を指定してください", ""))?;
    let mut content = content(&text)?;
    if let Some(paper) = ask.paper {
        content.paper = read_paper(&paper)?;
    }
    if let Some(theme) = ask.theme {
        content.theme = super::dress::theme_choice(&theme)?;
    }
    let saved = match &ask.panel {
        Some(id) => desk.store.find::<Panel>(id).await?,
        None => None,
    };
    let worker = desk.clone();
    let (mut pressed, notices) = in_background(move || Ok(pressed(&worker, &content))).await?;
    pressed.notices = match saved {
        Some(panel) => super::preflight::typed(desk, Panel { content: text, ..panel }, notices).await?,
        None => notices.iter().map(wire_notice).collect(),
    };
    Ok(pressed)
}

/// Layout takes a few dozen milliseconds of work: never on the thread that answers.
pub(super) async fn in_background<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let broken = |e| Fault::new(FaultKind::Internal, format!("処理が途中で止まりました（{e}）"), "もう一度お試しください");
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}

fn pressed(desk: &Desk, content: &Content) -> (Pressed, Vec<Notice>) {
    let start = Instant::now();
    let laid = desk.press.lay_out(content, &|hash| desk.store.photo_path(hash));
    let mut areas = super::editing::areas_of(desk, content, &laid);
    let pages = laid.pages.iter().enumerate().map(|(number, page)| PressedPage {
        url: format!("/page/{}.svg", desk.press.keep_page(page)),
        width_mm: page.width.mm().0,
        height_mm: page.height.mm().0,
        bleed_mm: page.bleed.mm().0,
        areas: areas.remove(&number).unwrap_or_default(),
    });
    let pages = pages.collect();
    let notices = desk.press.noticed(&laid);
    (Pressed { pages, notices: vec![], millis: start.elapsed().as_secs_f64() * 1_000.0 }, notices)
}

/// The wire's word for a plain value, as serde writes it.
pub(super) fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) async fn panel(desk: &Desk, id: &str) -> Result<Panel> {
    let missing = || Fault::new(FaultKind::NotFound, "そのパネルは見つかりません", "一覧から選び直してください");
    desk.store.find(id).await?.ok_or_else(missing)
}

/// Reads a content document strictly; the fault names the place.
pub fn content(text: &str) -> Result<Content> {
    Content::from_json(text).map_err(|e| {
        let place = if e.path.is_empty() { String::new() } else { format!("「{}」（{}行 {}文字目）：", e.path, e.line, e.column) };
        Fault::new(FaultKind::BadField, format!("パネルの内容 {place}{}", e.message), e.hint)
    })
}

/// `A1`, or `A1 landscape`, or `594x841` in mm.
pub(super) fn read_paper(text: &str) -> Result<Paper> {
    let unknown = || Fault::new(FaultKind::BadField, format!("用紙「{text}」はありません"), "A1、B1、A3、600x1800 などから選んでください");
    let (name, turned) = match text.strip_suffix(" landscape") {
        Some(name) => (name, true),
        None => (text, false),
    };
    if let Ok(name) = serde_json::from_value::<PaperName>(name.into()) {
        return Ok(if turned { Paper::Turned { name, landscape: true } } else { Paper::Named(name) });
    }
    let (w, h) = name.split_once('x').ok_or_else(unknown)?;
    let (width, height): (f64, f64) = w.parse().ok().zip(h.parse().ok()).ok_or_else(unknown)?;
    Ok(Paper::Free { width: tenjicho_press::length::Mm(width), height: tenjicho_press::length::Mm(height) })
}

pub(super) async fn panels(desk: &Arc<Desk>, ask: PanelsAsk) -> Result<Panels> {
    let panels: Vec<Panel> = desk.store.all(&Filter::of("project", ask.exhibition.as_str())).await?;
    let labels = [("none", "未依頼"), ("asked", "依頼中"), ("received", "受領"), ("proofing", "校正中"), ("approved", "校了")];
    let counts = labels.map(|(status, label)| StatusCount {
        status: status.into(),
        label: label.into(),
        count: panels.iter().filter(|p| p.status == status).count() as i32,
    });
    let gathered = super::preflight::Gathered::of(desk, &ask.exhibition).await?;
    let desk = desk.clone();
    let lines = in_background(move || {
        let findings: std::collections::HashMap<&str, Vec<PanelNotice>> = gathered.panels.iter().map(|p| p.id.as_str()).zip(gathered.look(&desk)).collect();
        Ok(panels.iter().map(|panel| panel_line(panel, findings.get(panel.id.as_str()).map_or(&[], Vec::as_slice))).collect())
    })
    .await?;
    Ok(Panels { panels: lines, counts: counts.to_vec() })
}

fn panel_line(panel: &Panel, findings: &[PanelNotice]) -> PanelLine {
    let template = content(&panel.content).ok().and_then(|c| c.template);
    // That a proof is under way is shown by its state; it is no slip in the panel.
    let of = |level: &str| findings.iter().filter(|f| f.level == level && f.waived.is_none() && f.code != "not_approved").count() as i32;
    PanelLine {
        id: panel.id.clone(),
        number: panel.number,
        title: panel.title.clone(),
        partner: panel.partner.clone(),
        status: panel.status.clone(),
        version: panel.version,
        template: template.as_ref().map(word).unwrap_or_default(),
        thumb: format!("/thumb/{}?v={}", panel.id, key(&panel.content)),
        errors: of("error"),
        warnings: of("warning"),
    }
}

pub(super) fn counted(laid: &Laid) -> (i32, i32) {
    let of = |level| laid.notices.iter().filter(|n| n.level == level).count() as i32;
    (of(Level::Error), of(Level::Warning))
}

/// Names a content document by its text and the version of the press.
fn key(content: &str) -> String {
    let hash = blake3::hash(format!("{} {content}", env!("CARGO_PKG_VERSION")).as_bytes());
    hash.to_hex()[..20].to_owned()
}

/// A small picture of a saved panel.
pub(crate) async fn thumb(desk: &Arc<Desk>, id: &str) -> Option<Vec<u8>> {
    let panel = panel(desk, id).await.ok()?;
    let desk = desk.clone();
    let drawn = in_background(move || {
        let name = format!("thumb/{}.png", key(&panel.content));
        Ok(desk.press.cached(&name, || {
            let find = |hash: &str| desk.store.photo_path(hash);
            let laid = desk.press.lay_out(&content(&panel.content).ok()?, &find);
            let images = desk.press.small_pictures(&laid.pages, &find, 640);
            png::draw(laid.pages.first()?, &images, desk.press.fonts(), THUMB).ok()
        }))
    });
    drawn.await.ok().flatten()
}

pub(super) async fn templates(desk: &Arc<Desk>, _: Nothing) -> Result<Templates> {
    let line = |template: Template, name: &str, label: &str, blocks: Vec<What>, paper: Paper| {
        let content = Content {
            template: Some(template),
            paper,
            blocks: blocks.into_iter().map(|what| Block { what, place: None }).collect(),
            ..Content::default()
        };
        TemplateLine { name: name.into(), label: label.into(), blank: serde_json::to_string(&content).unwrap_or_default() }
    };
    let landscape = Paper::Turned { name: PaperName::A1, landscape: true };
    let named = |name: &str, label: &str| NameLabel { name: name.into(), label: label.into() };
    let mut all = Templates {
        templates: vec![
            line(Template::Municipality, "municipality", "自治体紹介", blank_municipality(), Paper::default()),
            line(Template::Title, "title", "タイトル", blank_title(), landscape),
            line(Template::Figures, "figures", "数字で見る", blank_figures(), Paper::default()),
            line(Template::Record, "record", "連携実績", blank_record(), Paper::default()),
        ],
        themes: Theme::shipped().iter().map(|t| ThemeLine { name: t.name.clone(), label: t.label.clone(), own: None }).collect(),
        faults: Vec::new(),
        papers: vec![
            named("A0", "A0"),
            named("A1", "A1"),
            named("A2", "A2"),
            named("A3", "A3"),
            named("A4", "A4"),
            named("B1", "B1（JIS）"),
            named("B2", "B2（JIS）"),
            named("600x1800", "タペストリー 600×1800"),
            named("900x1800", "タペストリー 900×1800"),
        ],
    };
    // One's own begin with the same empty blocks as the shipped template that they rearrange.
    let blank = |own: &OwnTemplate| all.templates.iter().find(|t| t.name == word(&own.base)).and_then(|t| Content::from_json(&t.blank).ok()).unwrap_or_default();
    let own = super::dress::Wardrobe::open(desk.store.folder(), blank);
    all.templates.extend(own.templates);
    all.themes.extend(own.themes);
    all.faults = own.faults;
    Ok(all)
}

fn heading() -> What {
    What::Title { text: String::new(), reading: String::new(), region: String::new(), key_word: String::new() }
}

fn photo(role: tenjicho_press::block::PhotoRole) -> What {
    let none = String::new;
    What::Photo { picture: none(), role, focus: None, zoom: None, caption: none(), credit: none(), permission: none() }
}

fn body(sections: usize) -> What {
    let section = Section { heading: String::new(), text: String::new() };
    What::Body { sections: vec![section; sections], columns: None }
}

fn footer() -> What {
    What::Footer { lines: vec![String::new()], credit: String::new() }
}

fn qr() -> What {
    What::Qr { url: String::new(), label: String::new() }
}

fn blank_municipality() -> Vec<What> {
    use tenjicho_press::block::PhotoRole::{Hero, Second};
    let fact = |label: &str| Fact { label: label.into(), value: String::new(), note: String::new() };
    let lead = What::Lead { text: String::new() };
    let facts = What::Facts { rows: vec![fact("都道府県"), fact("人口"), fact("主な産物")] };
    vec![heading(), What::Subtitle { text: String::new() }, photo(Hero), lead, body(3), photo(Second), facts, qr(), footer()]
}

fn blank_title() -> Vec<What> {
    let none = String::new;
    let occasion = What::Occasion { era_year: none(), period: none(), venue: none(), organisers: none(), contents: none(), themes: vec![] };
    vec![heading(), photo(tenjicho_press::block::PhotoRole::Hero), occasion, What::Municipalities { title: none(), names: vec![] }]
}

fn blank_figures() -> Vec<What> {
    let none = String::new;
    let value = FigureValue { prefix: none(), value: none(), unit: none() };
    let figure = What::Figure { title: none(), values: vec![value], note: none(), dots: None };
    let chart = What::Chart { title: none(), kind: tenjicho_press::block::ChartKind::Bar, points: vec![], series: vec![], unit: none(), note: none() };
    vec![heading(), What::Subtitle { text: none() }, chart, figure.clone(), figure, footer(), qr()]
}

fn blank_record() -> Vec<What> {
    let column = |head: &str, numeric| tenjicho_press::block::Column { head: head.into(), numeric, bar: numeric, width: None };
    let table = What::Table {
        title: String::new(),
        columns: vec![column("業務内容", false), column("派遣先", false), column("延べ派遣数", true)],
        rows: vec![vec![String::new(); 3]],
        spans: vec![],
        note: String::new(),
    };
    vec![heading(), What::Subtitle { text: String::new() }, table, body(1), footer(), qr()]
}

/// The theme and paper that an exhibition gives to panels which name none.
pub(super) async fn exhibition(desk: &Desk, id: &str) -> Result<Exhibition> {
    let missing = || Fault::new(FaultKind::NotFound, "その展示は見つかりません", "一覧から選び直してください");
    desk.store.find(id).await?.ok_or_else(missing)
}
