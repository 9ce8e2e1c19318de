//! Writing panels into files: in the background, one at a time a core, with progress and cancel; each file whole or not at all.
use super::panels::{content, counted, exhibition, read_paper, word};
use super::wire_types::*;
use crate::Desk;
use crate::desk::Running;
use crate::fault::{Fault, FaultKind, Result};
use crate::files;
use crate::model::record::{Panel, PanelOutput};
use crate::pressroom::{mode, mode_label};
use crate::store::{Filter, new_id};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tenjicho_press::block::{Content, Paper};
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
    super::preflight::gate(desk, &ask).await?;
    let (pieces, mode, title) = plan(desk, &ask).await?;
    let (job, stop) = begin_job(desk, title, pieces.len(), &ask.folder);
    let (desk, id, one_file) = (desk.clone(), job.id.clone(), ask.one_file);
    tokio::spawn(async move {
        let worker = desk.clone();
        let name = id.clone();
        let done = tokio::task::spawn_blocking(move || if one_file { write_one(&worker, &name, pieces, mode, &stop) } else { write_each(&worker, &name, pieces, mode, &stop) });
        let outputs = done.await.unwrap_or_default();
        if let Err(fault) = note(&desk, outputs, mode).await {
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

async fn plan(desk: &Desk, ask: &ExportAsk) -> Result<(Vec<Piece>, Mode, String)> {
    let mode = mode(&ask.mode)?;
    let exhibition = exhibition(desk, &ask.exhibition).await?;
    let paper = ask.paper.as_deref().map(read_paper).transpose()?;
    let all: Vec<Panel> = desk.store.all(&Filter::of("project", ask.exhibition.as_str())).await?;
    let templates = super::preflight::templates_of(desk, &ask.exhibition).await?;
    let wanted = |p: &Panel| if ask.panels.is_empty() { !templates.contains(&p.id) } else { ask.panels.contains(&p.id) };
    let chosen: Vec<Panel> = all.into_iter().filter(wanted).collect();
    if chosen.is_empty() {
        return Err(Fault::new(FaultKind::NotFound, format!("「{}」に書き出すパネルがありません", exhibition.title), "先にパネルを作るか、選び直してください"));
    }
    let mut taken = BTreeSet::new();
    let mut pieces = Vec::with_capacity(chosen.len());
    for panel in chosen {
        let mut content = content(&panel.content)?;
        if let Some(paper) = &paper {
            content.paper = paper.clone();
        }
        let name = format!("{:02}_{}_{}_{}.pdf", panel.number, panel.title, paper_name(&content.paper), mode_label(mode));
        let out = files::unused(Path::new(&ask.folder).join(files::safe_name(&name)), &mut taken);
        pieces.push(Piece { panel, content, out });
    }
    let title = format!("{}（{}{}枚）", exhibition.title, mode_label(mode), pieces.len());
    Ok((pieces, mode, title))
}

fn paper_name(paper: &Paper) -> String {
    match paper {
        Paper::Named(name) => word(name),
        Paper::Turned { name, landscape } => format!("{}{}", word(name), if *landscape { "横" } else { "" }),
        Paper::Free { width, height } => format!("{:.0}x{:.0}", width.0, height.0),
    }
}

fn options(mode: Mode, title: &str, panel: Option<&Panel>) -> PdfOptions {
    let now = chrono::Local::now();
    let mut options = PdfOptions::new(mode, title, now.timestamp());
    let version = panel.map_or(1, |p| p.version.max(1));
    options.stamp = format!("校正 第{version}版 {}", crate::model::date::wareki_day(now.date_naive()));
    options
}

/// One file a panel, on all cores; photos of a panel are dropped once it is written.
fn write_each(desk: &Arc<Desk>, job: &str, pieces: Vec<Piece>, mode: Mode, stop: &AtomicBool) -> Vec<PanelOutput> {
    use rayon::prelude::*;
    let outputs = Mutex::new(Vec::new());
    pieces.par_iter().for_each(|piece| {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        match write_piece(desk, piece, mode) {
            Ok(output) => {
                update(desk, job, |job| job.results.push(output.file.clone()));
                held(&outputs).push(output);
            }
            Err(fault) => update(desk, job, |job| job.faults.push(format!("{}：{fault}", piece.panel.title))),
        }
        update(desk, job, |job| job.done += 1);
    });
    outputs.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn write_piece(desk: &Desk, piece: &Piece, mode: Mode) -> Result<PanelOutput> {
    let find = |hash: &str| desk.store.photo_path(hash);
    let laid = desk.press.lay_out(&piece.content, &find);
    let (errors, warnings) = counted(&laid);
    let options = options(mode, &piece.panel.title, Some(&piece.panel));
    let (bytes, hash) = desk.press.write_pdf(&laid.pages, &find, &options, &piece.out)?;
    Ok(output(&piece.panel, &piece.out, (bytes, hash), (errors, warnings)))
}

fn output(panel: &Panel, file: &Path, (bytes, hash): (u64, String), (errors, warnings): (i32, i32)) -> PanelOutput {
    PanelOutput {
        project: panel.project.clone(),
        panel: panel.id.clone(),
        version: panel.version,
        at: chrono::Local::now().format("%Y-%m-%dT%H:%M:%S").to_string(),
        file: file.display().to_string(),
        hash,
        bytes: bytes as f64,
        errors,
        warnings,
        ..PanelOutput::default()
    }
}

/// All panels in one file, with a bookmark for each.
fn write_one(desk: &Arc<Desk>, job: &str, pieces: Vec<Piece>, mode: Mode, stop: &AtomicBool) -> Vec<PanelOutput> {
    let find = |hash: &str| desk.store.photo_path(hash);
    let (mut pages, mut findings) = (Vec::new(), Vec::new());
    for piece in &pieces {
        if stop.load(Ordering::Relaxed) {
            return Vec::new();
        }
        let laid = desk.press.lay_out(&piece.content, &find);
        findings.push(counted(&laid));
        pages.extend(laid.pages);
        update(desk, job, |job| job.done += 1);
    }
    let Some(first) = pieces.first() else { return Vec::new() };
    let folder = first.out.parent().unwrap_or(Path::new("."));
    let title = held(&desk.jobs).iter().find(|j| j.job.id == job).map(|j| j.job.title.clone()).unwrap_or_default();
    let out = folder.join(files::safe_name(&format!("{title}.pdf")));
    match desk.press.write_pdf(&pages, &find, &options(mode, &title, None), &out) {
        Ok(written) => {
            update(desk, job, |job| job.results.push(out.display().to_string()));
            pieces.iter().zip(findings).map(|(piece, found)| output(&piece.panel, &out, written.clone(), found)).collect()
        }
        Err(fault) => {
            update(desk, job, |job| job.faults.push(fault.to_string()));
            Vec::new()
        }
    }
}

/// Remembers what was pressed.
async fn note(desk: &Desk, outputs: Vec<PanelOutput>, mode: Mode) -> Result<()> {
    if outputs.is_empty() {
        return Ok(());
    }
    let name = match mode {
        Mode::X4 => "x4",
        Mode::Office => "office",
        Mode::Proof => "proof",
    };
    let label = format!("{}用PDFを{}枚書き出す", mode_label(mode), outputs.len());
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
        let missing = || Fault::new(FaultKind::NotFound, "その書き出しは見つかりません", "");
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
