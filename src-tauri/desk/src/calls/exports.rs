//! Writing panels into files: in the background, one at a time a core, with progress and cancel; each file whole or not at all.
use super::order::Order;
use super::panels::{content, counted, exhibition, read_paper, word};
use super::wire_types::*;
use crate::Desk;
use crate::desk::Running;
use crate::fault::{Fault, FaultKind, Result};
use crate::files;
use crate::model::record::{Panel, PanelOutput};
use crate::store::{Filter, new_id};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tenjicho_press::block::{Content, Paper};
use tenjicho_press::layout::Laid;
use tenjicho_press::notice::Level;
use tenjicho_press::paper;
use tenjicho_press::pdf::cover::{self, Cover, CoverRow};
use tenjicho_press::pdf::{Mode, PdfOptions};

/// Finished jobs that are still shown.
const REMEMBERED: usize = 20;

/// One panel on its way into a file.
struct Piece {
    panel: Panel,
    content: Content,
    out: PathBuf,
}

pub(super) async fn export_panels(desk: &Arc<Desk>, ask: ExportAsk) -> Result<Job> {
    if ask.folder.trim().is_empty() {
        return Err(Fault::new(FaultKind::BadField, "書き出すフォルダーが指定されていません", "folder にフォルダーを指定してください"));
    }
    let order = Order::read(desk, &ask)?;
    super::preflight::gate(desk, &ask, order.way.mode.cmyk()).await?;
    let (pieces, set) = plan(desk, &ask, &order).await?;
    let (job, stop) = begin_job(desk, set.title.clone(), pieces.len(), &ask.folder);
    let (desk, id) = (desk.clone(), job.id.clone());
    tokio::spawn(async move {
        let way = order.way;
        let run = Run { desk: desk.clone(), job: id.clone(), order, set, stop };
        let done = tokio::task::spawn_blocking(move || run.all(&pieces)).await;
        let outputs = done.unwrap_or_else(|e| {
            update(&desk, &id, |job| job.faults.push(format!("書き出しが途中で止まりました（{e}）。もう一度お試しください")));
            Vec::new()
        });
        if let Err(fault) = note(&desk, outputs, way.name, way.label).await {
            update(&desk, &id, |job| job.faults.push(fault.to_string()));
        }
        update(&desk, &id, |job| job.finished = true);
    });
    Ok(job)
}

/// Puts a job on the list of those that are shown, with the flag that stops it.
pub(super) fn begin_job(desk: &Desk, title: String, of: usize, folder: &str) -> (Job, Arc<AtomicBool>) {
    let job = Job { id: new_id(), title, of: of as i32, folder: folder.to_owned(), ..Job::default() };
    let stop = Arc::new(AtomicBool::new(false));
    let mut jobs = held(&desk.jobs);
    jobs.push(Running { job: job.clone(), stop: stop.clone() });
    let finished = jobs.iter().filter(|j| j.job.finished).count();
    if let (true, Some(old)) = (finished > REMEMBERED, jobs.iter().position(|j| j.job.finished)) {
        jobs.remove(old);
    }
    (job, stop)
}

/// Presses panels into files and waits for the end: the terminal's way. Faults stand beside the files.
pub async fn export_now(desk: &Arc<Desk>, ask: ExportAsk) -> Result<Job> {
    let started = export_panels(desk, ask).await?;
    job_done(desk, &started.id).await
}

/// Waits for the end of a job.
pub async fn job_done(desk: &Arc<Desk>, id: &str) -> Result<Job> {
    let mut changes = desk.changes();
    loop {
        let now = held(&desk.jobs).iter().find(|j| j.job.id == id).map(|j| j.job.clone());
        match now {
            Some(job) if job.finished => return Ok(job),
            Some(_) => {
                // A step that was missed is seen at the next one, or after a moment.
                let _ = tokio::time::timeout(std::time::Duration::from_millis(500), changes.recv()).await;
            }
            None => return Err(Fault::new(FaultKind::Internal, "書き出しが見つからなくなりました", "もう一度お試しください")),
        }
    }
}

/// What the panels of an export have in common.
struct Set {
    /// The exhibition, how, and how many.
    title: String,
    exhibition: String,
    folder: PathBuf,
}

async fn plan(desk: &Desk, ask: &ExportAsk, order: &Order) -> Result<(Vec<Piece>, Set)> {
    let exhibition = exhibition(desk, &ask.exhibition).await?;
    let paper = ask.paper.as_deref().map(read_paper).transpose()?;
    let all: Vec<Panel> = desk.store.all(&Filter::of("project", ask.exhibition.as_str())).await?;
    let templates = super::preflight::templates_of(desk, &ask.exhibition).await?;
    let wanted = |p: &Panel| if ask.panels.is_empty() { !templates.contains(&p.id) } else { ask.panels.contains(&p.id) };
    if let Some(lost) = ask.panels.iter().find(|id| !all.iter().any(|p| p.id == **id)) {
        return Err(Fault::new(FaultKind::NotFound, format!("選んだパネルのうち「{lost}」が「{}」にありません", exhibition.title), "パネルの一覧を開き直して、選び直してください"));
    }
    let chosen: Vec<Panel> = all.into_iter().filter(wanted).collect();
    if chosen.is_empty() {
        return Err(Fault::new(FaultKind::NotFound, format!("「{}」に書き出すパネルがありません", exhibition.title), "先にパネルを作るか、選び直してください"));
    }
    let mut taken = BTreeSet::new();
    let mut pieces = Vec::with_capacity(chosen.len());
    for panel in chosen {
        let mut content = content(&panel.content).map_err(|f| Fault { message: format!("{:02}「{}」{}", panel.number, panel.title, f.message), ..f })?;
        if let Some(paper) = &paper {
            content.paper = paper.clone();
        }
        if let Some(bleed) = order.bleed() {
            content.bleed = Some(bleed);
        }
        // A long title gives way, never the paper, the way of printing or the ending.
        let name = format!("{:02}_{}_{}_{}", panel.number, files::shortened(&panel.title, 120), paper_name(&content.paper), order.label);
        let out = files::unused(Path::new(&ask.folder).join(format!("{}.pdf", files::safe_name(&name))), &mut taken);
        pieces.push(Piece { panel, content, out });
    }
    let title = format!("{}（{}{}枚）", files::shortened(&exhibition.title, 120), order.label, pieces.len());
    Ok((pieces, Set { title, exhibition: exhibition.title, folder: PathBuf::from(&ask.folder) }))
}

fn paper_name(paper: &Paper) -> String {
    match paper {
        Paper::Named(name) => word(name),
        Paper::Turned { name, landscape } => format!("{}{}", word(name), if *landscape { "横" } else { "" }),
        Paper::Free { width, height } => format!("{:.0}x{:.0}", width.0, height.0),
    }
}

/// One export while it runs.
struct Run {
    desk: Arc<Desk>,
    job: String,
    order: Order,
    set: Set,
    stop: Arc<AtomicBool>,
}

/// What became of a panel: the record of its file, and its line on the cover sheet.
type Written = (PanelOutput, CoverRow);

impl Run {
    fn all(&self, pieces: &[Piece]) -> Vec<PanelOutput> {
        let written = if self.order.one_file { self.one(pieces) } else { self.each(pieces) };
        let mut rows: Vec<CoverRow> = written.iter().map(|(_, row)| row.clone()).collect();
        rows.sort_by(|a, b| a.number.cmp(&b.number));
        if self.order.cover && !self.order.cover_inside() && !rows.is_empty() && !self.stop.load(Ordering::Relaxed) {
            self.beside(rows);
        }
        written.into_iter().map(|(output, _)| output).collect()
    }

    /// One file a panel, on all cores; photos of a panel are dropped once it is written.
    fn each(&self, pieces: &[Piece]) -> Vec<Written> {
        use rayon::prelude::*;
        let all = Mutex::new(Vec::new());
        pieces.par_iter().for_each(|piece| {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            match self.piece(piece) {
                Ok(written) => {
                    self.update(|job| job.results.push(written.0.file.clone()));
                    held(&all).push(written);
                }
                Err(fault) => self.update(|job| job.faults.push(format!("{}：{fault}", piece.panel.title))),
            }
            self.update(|job| job.done += 1);
        });
        all.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn piece(&self, piece: &Piece) -> Result<Written> {
        let find = |hash: &str| self.desk.store.photo_path(hash);
        let laid = self.desk.press.lay_out(&piece.content, &find);
        let options = self.order.options(&piece.panel.title, piece.panel.version);
        let done = self.desk.press.write_pdf(&laid.pages, &find, &options, &piece.out)?;
        Ok((output(&piece.panel, &piece.out, done, counted(&laid)), cover_row(piece, &piece.out, &laid)))
    }

    /// All panels in one file, with a bookmark for each.
    fn one(&self, pieces: &[Piece]) -> Vec<Written> {
        let find = |hash: &str| self.desk.store.photo_path(hash);
        let out = self.set.folder.join(format!("{}.pdf", files::safe_name(&self.set.title)));
        let (mut pages, mut found) = (Vec::new(), Vec::new());
        for piece in pieces {
            if self.stop.load(Ordering::Relaxed) {
                return Vec::new();
            }
            let laid = self.desk.press.lay_out(&piece.content, &find);
            found.push((counted(&laid), cover_row(piece, &out, &laid)));
            pages.extend(laid.pages);
            self.update(|job| job.done += 1);
        }
        if self.order.cover_inside() {
            let sheet = self.cover(found.iter().map(|(_, row)| row.clone()).collect());
            pages.splice(0..0, cover::pages(&sheet, self.desk.press.fonts()));
        }
        match self.desk.press.write_pdf(&pages, &find, &self.order.options(&self.set.title, 1), &out) {
            Ok(done) => {
                self.update(|job| job.results.push(out.display().to_string()));
                pieces.iter().zip(found).map(|(piece, (counts, row))| (output(&piece.panel, &out, done.clone(), counts), row)).collect()
            }
            Err(fault) => {
                self.update(|job| job.faults.push(fault.to_string()));
                Vec::new()
            }
        }
    }

    fn cover(&self, rows: Vec<CoverRow>) -> Cover {
        let today = crate::model::date::wareki_day(crate::clock::today());
        let mut facts = vec![today, format!("{}（{}）", self.order.label, self.order.way.mode.pdfx_name())];
        if let Some(printer) = &self.order.printer {
            let marks = if printer.marks { "トンボあり" } else { "トンボなし" };
            let letters = if printer.outlined { "、文字はアウトライン" } else { "" };
            facts.push(format!("塗り足し {} mm、{marks}{letters}", printer.bleed.0));
        }
        Cover { title: self.set.exhibition.clone(), facts, rows }
    }

    /// The cover sheet as a file of its own, on office paper.
    fn beside(&self, rows: Vec<CoverRow>) {
        let sheet = self.cover(rows);
        let pages = cover::pages(&sheet, self.desk.press.fonts());
        let out = self.set.folder.join(format!("{}.pdf", files::safe_name(&format!("00_入稿一覧_{}", self.order.label))));
        let options = PdfOptions { marks: false, ..PdfOptions::new(Mode::Office, &format!("{} 入稿一覧", sheet.title), crate::clock::now().timestamp()) };
        match self.desk.press.write_pdf(&pages, &|_| None, &options, &out) {
            Ok(_) => self.update(|job| job.results.push(out.display().to_string())),
            Err(fault) => self.update(|job| job.faults.push(fault.to_string())),
        }
    }

    fn update(&self, change: impl FnOnce(&mut Job)) {
        update(&self.desk, &self.job, change);
    }
}

fn cover_row(piece: &Piece, out: &Path, laid: &Laid) -> CoverRow {
    let (errors, warnings) = counted(laid);
    let verdict = match (errors, warnings) {
        (0, 0) => "問題なし".to_owned(),
        (0, warnings) => format!("要確認 {warnings}件"),
        (errors, 0) => format!("直すところ {errors}件"),
        (errors, warnings) => format!("直すところ {errors}件、要確認 {warnings}件"),
    };
    let mut findings: Vec<&tenjicho_press::notice::Notice> = laid.notices.iter().filter(|n| matches!(n.level, Level::Error | Level::Warning)).collect();
    findings.sort_by_key(|n| n.level != Level::Error);
    let size = paper::size(&piece.content.paper).map_or_else(|_| String::new(), |(w, h)| format!("{} {:.0}×{:.0} mm", paper_name(&piece.content.paper), w.0, h.0));
    CoverRow {
        number: format!("{:02}", piece.panel.number),
        title: piece.panel.title.clone(),
        size,
        sheets: laid.pages.len(),
        file: out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        verdict,
        findings: findings.into_iter().map(|n| n.message.clone()).collect(),
    }
}

fn output(panel: &Panel, file: &Path, (bytes, hash): (u64, String), (errors, warnings): (i32, i32)) -> PanelOutput {
    PanelOutput {
        project: panel.project.clone(),
        panel: panel.id.clone(),
        version: panel.version,
        at: crate::clock::now().format("%Y-%m-%dT%H:%M:%S%.3f").to_string(),
        file: file.display().to_string(),
        hash,
        bytes: bytes as f64,
        errors,
        warnings,
        ..PanelOutput::default()
    }
}

/// Remembers what was pressed.
async fn note(desk: &Desk, outputs: Vec<PanelOutput>, name: &str, label: &str) -> Result<()> {
    if outputs.is_empty() {
        return Ok(());
    }
    let label = format!("PDF（{label}）を{}枚書き出す", outputs.len());
    desk.store
        .edit(&label, |tx| {
            for mut output in outputs {
                output.mode = name.into();
                tx.add(&output)?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}

pub(super) fn update(desk: &Desk, id: &str, change: impl FnOnce(&mut Job)) {
    if let Some(running) = held(&desk.jobs).iter_mut().find(|j| j.job.id == id) {
        change(&mut running.job);
    }
    desk.announce("jobs");
}

pub(super) async fn jobs(desk: &Arc<Desk>, _: Nothing) -> Result<Jobs> {
    Ok(Jobs { jobs: held(&desk.jobs).iter().rev().map(|j| j.job.clone()).collect() })
}

pub(super) async fn cancel_job(desk: &Arc<Desk>, ask: JobAsk) -> Result<Jobs> {
    {
        let mut jobs = held(&desk.jobs);
        let missing = || Fault::new(FaultKind::NotFound, "その書き出しは見つかりません", "終わった書き出しは一覧から消えていることがあります");
        let running = jobs.iter_mut().find(|j| j.job.id == ask.id).ok_or_else(missing)?;
        if !running.job.finished {
            running.stop.store(true, Ordering::Relaxed);
            running.job.cancelled = true;
        }
    }
    desk.announce("jobs");
    jobs(desk, Nothing {}).await
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
