//! Panels: their exact pages while typing, and the wall of thumbnails.
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::{Exhibition, Panel};
use crate::preflight::wire_notice;
use crate::store::Filter;
use std::sync::Arc;
use std::time::Instant;
use tenjicho_press::block::{Content, Paper, PaperName};
use tenjicho_press::layout::Laid;
use tenjicho_press::notice::{Level, Notice};
use tenjicho_press::png;

/// Pixels across a thumbnail.
const THUMB: u32 = 320;

pub(super) async fn press(desk: &Arc<Desk>, ask: PressAsk) -> Result<Pressed> {
    let saved = match &ask.panel {
        Some(id) if ask.content.is_none() => Some(panel(desk, id).await?.content),
        _ => None,
    };
    let text = ask.content.or(saved).ok_or_else(|| Fault::new(FaultKind::BadCall, "パネルか内容を指定してください", "panel にパネルの番号、または content に内容のJSONを入れてください"))?;
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

/// The theme and paper that an exhibition gives to panels which name none.
pub(super) async fn exhibition(desk: &Desk, id: &str) -> Result<Exhibition> {
    let missing = || Fault::new(FaultKind::NotFound, "その展示は見つかりません", "一覧から選び直してください");
    desk.store.find(id).await?.ok_or_else(missing)
}
