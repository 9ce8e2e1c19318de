//! Preflight over the panels of an exhibition: the report, a fix at a button, waivers with their reason, and the question before 入稿.
use super::panels::{exhibition, in_background, panel};
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::files;
use crate::model::record::{Exhibition, Kind, Panel, PanelMerge, Photo, Waiver};
use crate::preflight::{self, Done, Set, report};
use crate::store::Filter;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use tenjicho_press::block::Content;
use tenjicho_press::notice::Notice;
use tenjicho_press::pdf::{Mode, PdfOptions};

/// Everything that the checks of a set look at.
pub(super) struct Gathered {
    pub exhibition: Exhibition,
    pub panels: Vec<Panel>,
    photos: HashMap<String, Photo>,
    waivers: Vec<Waiver>,
}

impl Gathered {
    /// The panels of an exhibition that are printed: templates of a merge are not.
    pub(super) async fn of(desk: &Desk, id: &str) -> Result<Self> {
        let exhibition = exhibition(desk, id).await?;
        let templates = templates_of(desk, id).await?;
        let mut panels: Vec<Panel> = desk.store.all(&Filter::of("project", id)).await?;
        panels.retain(|p| !templates.contains(&p.id));
        let photos: Vec<Photo> = desk.store.all(&Filter::all()).await?;
        let photos = photos.into_iter().map(|p| (p.hash.clone(), p)).collect();
        let waivers = desk.store.all(&Filter::of("project", id)).await?;
        Ok(Self { exhibition, panels, photos, waivers })
    }

    pub(super) fn look(&self, desk: &Desk) -> Vec<Vec<PanelNotice>> {
        self.set(&|content| noticed(desk, content)).look()
    }

    pub(super) fn look_at(&self, panel: &Panel, notices: &[Notice]) -> Vec<PanelNotice> {
        self.set(&|_| notices.to_vec()).look_at(panel)
    }

    fn set<'a>(&'a self, press: &'a preflight::Press<'a>) -> Set<'a> {
        Set { exhibition: &self.exhibition, panels: &self.panels, photos: &self.photos, waivers: &self.waivers, today: super::today(), press }
    }
}

fn noticed(desk: &Desk, content: &Content) -> Vec<Notice> {
    desk.press.notices(content, &|hash| desk.store.photo_path(hash))
}

/// Panels that others are made from.
pub(super) async fn templates_of(desk: &Desk, exhibition: &str) -> Result<BTreeSet<String>> {
    let merges: Vec<PanelMerge> = desk.store.all(&Filter::of("project", exhibition)).await?;
    Ok(merges.into_iter().map(|m| m.template).collect())
}

pub(super) async fn preflight(desk: &Arc<Desk>, ask: PreflightAsk) -> Result<Preflight> {
    let gathered = Gathered::of(desk, &ask.exhibition).await?;
    let desk = desk.clone();
    in_background(move || Ok(summed(&gathered, gathered.look(&desk), &ask.panels))).await
}

fn summed(gathered: &Gathered, all: Vec<Vec<PanelNotice>>, chosen: &[String]) -> Preflight {
    let mut sum = Preflight { exhibition: gathered.exhibition.id.clone(), title: gathered.exhibition.title.clone(), ..Preflight::default() };
    for (panel, findings) in gathered.panels.iter().zip(all).filter(|(p, _)| chosen.is_empty() || chosen.contains(&p.id)) {
        for finding in &findings {
            match (finding.level.as_str(), &finding.waived) {
                (_, Some(_)) => sum.waived += 1,
                ("error", None) => sum.errors += 1,
                ("warning", None) => sum.warnings += 1,
                _ => sum.advice += 1,
            }
        }
        let ready = !findings.iter().any(PanelNotice::is_open_error);
        sum.panels.push(PanelFindings { panel: panel.id.clone(), number: panel.number, title: panel.title.clone(), status: panel.status.clone(), ready, findings });
    }
    sum.ready = !sum.panels.is_empty() && sum.errors == 0;
    sum
}

/// Stops files for the printing firm while errors are left, unless they are asked for all the same.
pub(super) async fn gate(desk: &Arc<Desk>, ask: &ExportAsk, for_the_firm: bool) -> Result<()> {
    if ask.although || !for_the_firm {
        return Ok(());
    }
    let sum = preflight(desk, PreflightAsk { exhibition: ask.exhibition.clone(), panels: ask.panels.clone() }).await?;
    let unready = sum.panels.iter().filter(|p| !p.ready).count();
    if unready == 0 {
        return Ok(());
    }
    let message = format!("{}枚のうち{unready}枚に、直していない誤りが{}件あります", sum.panels.len(), sum.errors);
    Err(Fault::new(FaultKind::NotReady, message, "検査で直すか、理由を書いて見送ってください。このまま書き出すこともできます"))
}

pub(super) async fn preflight_out(desk: &Arc<Desk>, ask: PreflightOutAsk) -> Result<Written> {
    let gathered = Gathered::of(desk, &ask.exhibition).await?;
    let desk = desk.clone();
    in_background(move || {
        let sum = summed(&gathered, gathered.look(&desk), &ask.panels);
        let path = Path::new(&ask.path);
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("csv") => files::write_whole(path, &report::csv(&sum)?)?,
            Some("pdf") => {
                let now = crate::clock::now();
                let day = crate::model::date::wareki_day(now.date_naive());
                let pages = report::pages(&sum, &day, &|content| desk.press.lay_out(content, &|_| None));
                let options = PdfOptions::new(Mode::Office, &format!("検査報告書　{}", sum.title), now.timestamp());
                desk.press.write_pdf(&pages, &|_| None, &options, path)?;
            }
            _ => return Err(Fault::new(FaultKind::CannotWrite, "検査報告書はPDFかCSVで書き出せます", "ファイル名の終わりを .pdf か .csv にしてください")),
        }
        Ok(Written { path: ask.path })
    })
    .await
}

pub(super) async fn fix_panel(desk: &Arc<Desk>, ask: FixPanelAsk) -> Result<Saved> {
    let panel = panel(desk, &ask.panel).await?;
    let content: Value = serde_json::from_str(&panel.content).map_err(|_| Fault::new(FaultKind::BadField, "パネルの中身を読めません", "取り消すと前の内容に戻ります"))?;
    let (worker, deed) = (desk.clone(), ask.deed.clone());
    let done = in_background(move || preflight::apply(&content, &deed, &|content| noticed(&worker, content))).await?;
    let others: Vec<Panel> = match done {
        Done::Parted(..) => desk.store.all(&Filter::of("project", panel.project.as_str())).await?,
        _ => vec![],
    };
    let label = format!("検査で直す：{}", ask.label);
    let edited = desk
        .store
        .edit(&label, |tx| match &done {
            Done::Approved => tx.set(Kind::Panel, &panel.id, json!({ "status": "approved", "approved_on": super::today().to_string() })),
            Done::Changed(content) => tx.set(Kind::Panel, &panel.id, json!({ "content": written(content)? })),
            Done::Parted(first, second) => {
                for other in others.iter().filter(|p| p.number > panel.number) {
                    tx.set(Kind::Panel, &other.id, json!({ "number": other.number + 1 }))?;
                }
                tx.set(Kind::Panel, &panel.id, json!({ "content": written(first)? }))?;
                let title = format!("{}（続き）", panel.title);
                let behind = Panel {
                    project: panel.project.clone(),
                    number: panel.number + 1,
                    partner: panel.partner.clone(),
                    title,
                    content: written(second)?,
                    status: panel.status.clone(),
                    version: panel.version,
                    ..Panel::default()
                };
                tx.add(&behind).map(|_| ())
            }
        })
        .await?;
    Ok(Saved { ids: edited.ids, step: edited.step.map(super::history::wire_step) })
}

/// A mended document is read as strictly as a typed one before it is kept.
fn written(content: &Value) -> Result<String> {
    let text = content.to_string();
    super::content(&text)?;
    Ok(text)
}

pub(super) async fn waive(desk: &Arc<Desk>, ask: WaiveAsk) -> Result<Saved> {
    let reason = ask.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Fault::new(FaultKind::BadField, "見送る理由がありません", "あとで読む人にわかるように、理由を書いてください"));
    }
    let panel = panel(desk, &ask.panel).await?;
    let gathered = Gathered::of(desk, &panel.project).await?;
    let (worker, id, mark) = (desk.clone(), ask.panel.clone(), ask.mark.clone());
    let finding = in_background(move || {
        let all = gathered.look(&worker);
        let own = gathered.panels.iter().position(|p| p.id == id).map(|n| all[n].clone()).unwrap_or_default();
        Ok(own.into_iter().find(|f| f.mark == mark))
    });
    let gone = || Fault::new(FaultKind::Conflict, "見送ろうとした指摘は、もう変わっています", "検査の結果を読み直してください");
    let finding = finding.await?.ok_or_else(gone)?;
    let on = super::today().to_string();
    let label = format!("見送る：{}", finding.message);
    let waiver = Waiver { project: panel.project, panel: ask.panel, mark: ask.mark, code: finding.code, message: finding.message, reason, on, ..Waiver::default() };
    let edited = desk
        .store
        .edit(&label, |tx| {
            if let Some(old) = &finding.waived {
                tx.remove(Kind::Waiver, &old.id);
            }
            tx.add(&waiver)
        })
        .await?;
    Ok(Saved { ids: edited.ids, step: edited.step.map(super::history::wire_step) })
}

pub(super) async fn unwaive(desk: &Arc<Desk>, ask: UnwaiveAsk) -> Result<Saved> {
    let edited = desk
        .store
        .edit("見送りをやめる", |tx| {
            tx.remove(Kind::Waiver, &ask.waiver);
            Ok(())
        })
        .await?;
    Ok(Saved { ids: edited.ids, step: edited.step.map(super::history::wire_step) })
}

/// Findings of the panel whose content is on the screen, from the notices of the very page that is shown.
pub(super) async fn typed(desk: &Arc<Desk>, panel: Panel, notices: Vec<Notice>) -> Result<Vec<PanelNotice>> {
    let gathered = Gathered::of(desk, &panel.project).await?;
    in_background(move || Ok(gathered.look_at(&panel, &notices))).await
}
