//! What an export is to be, settled before the first panel is laid out: a printer's wishes or a way of printing, files, cover sheet.
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::files;
use crate::pressroom::{Way, way};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tenjicho_press::length::Mm;
use tenjicho_press::pdf::{Files, Mode, PdfOptions, Printer, TilePaper, Tiling};

/// Folder of the workspace with the user's own printers.
const OWN: &str = "printers";

/// How panels are written.
#[derive(Clone)]
pub(super) struct Order {
    pub way: &'static Way,
    /// In file names and in words.
    pub label: String,
    pub printer: Option<Printer>,
    pub icc: Option<Arc<[u8]>>,
    pub tiling: Tiling,
    pub one_file: bool,
    pub cover: bool,
}

impl Order {
    pub(super) fn read(desk: &Desk, ask: &ExportAsk) -> Result<Self> {
        let tiling = tiling(&ask.tiles)?;
        if ask.printer.is_empty() {
            let way = way(&ask.mode)?;
            return Ok(Self { way, label: way.label.into(), printer: None, icc: None, tiling, one_file: ask.one_file, cover: ask.cover });
        }
        let found = every(desk).into_iter().find(|(_, read)| read.as_ref().is_ok_and(|p| p.name == ask.printer));
        let Some((place, Ok(printer))) = found else {
            let hint = "書き出しの画面で選び直すか、tenji panels --printer に続けて名前を書いてください";
            return Err(Fault::new(FaultKind::NotFound, format!("印刷会社の設定「{}」がありません", ask.printer), hint));
        };
        let icc = match (&printer.icc, &place) {
            (Some(file), Some(place)) => Some(files::read(&place.with_file_name(file))?.into()),
            _ => None,
        };
        let name = match (Mode::from(printer.mode), printer.outlined) {
            (Mode::X1a, false) => "x1a",
            (Mode::X1a, true) => "x1a-outlined",
            (Mode::Office, _) => "office",
            (_, true) => "outlined",
            (_, false) => "x4",
        };
        let one_file = ask.one_file || printer.files == Files::One;
        Ok(Self { way: way(name)?, label: printer.label.clone(), cover: ask.cover || printer.cover, printer: Some(printer), icc, tiling, one_file })
    }

    /// Bleed that the firm wants in place of the panel's own.
    pub(super) fn bleed(&self) -> Option<Mm> {
        self.printer.as_ref().map(|printer| printer.bleed)
    }

    pub(super) fn options(&self, title: &str, version: i32) -> PdfOptions {
        let now = crate::clock::now();
        let mut options = PdfOptions::new(self.way.mode, title, now.timestamp());
        options.outlined = self.way.outlined;
        options.stamp = format!("校正 第{}版 {}", version.max(1), crate::model::date::wareki_day(now.date_naive()));
        options.tiling = self.tiling;
        options.output_intent = self.icc.clone();
        if let Some(printer) = &self.printer {
            options.marks = printer.marks;
            options.target_ppi = printer.target_ppi;
        }
        options
    }

    /// A cover inside a file for the firm would be printed as a panel; there it lies beside.
    pub(super) fn cover_inside(&self) -> bool {
        self.cover && self.one_file && matches!(self.way.mode, Mode::Office | Mode::Proof)
    }
}

/// `A3`, `A4 landscape`, …; empty for A3 the better way.
fn tiling(text: &str) -> Result<Tiling> {
    let (paper, landscape) = match text.split_once(' ') {
        Some((paper, "landscape")) => (paper, Some(true)),
        Some((paper, "portrait")) => (paper, Some(false)),
        _ => (text, None),
    };
    let paper = match paper {
        "" | "A3" => TilePaper::A3,
        "A4" => TilePaper::A4,
        _ => return Err(Fault::new(FaultKind::BadField, format!("分割の用紙「{text}」はありません"), "A3、A4、A3 landscape、A4 portrait などから選んでください")),
    };
    Ok(Tiling { paper, landscape, ..Tiling::default() })
}

/// Shipped printers, then the user's own with their files.
fn every(desk: &Desk) -> Vec<(Option<PathBuf>, Result<Printer>)> {
    let mut all: Vec<(Option<PathBuf>, Result<Printer>)> = Printer::shipped().into_iter().map(|printer| (None, Ok(printer))).collect();
    let folder = desk.store.folder().join(OWN);
    let mut own: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    own.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    own.sort();
    all.extend(own.into_iter().map(|path| {
        let read = one(&path);
        (Some(path), read)
    }));
    all
}

fn one(path: &Path) -> Result<Printer> {
    let text = String::from_utf8(files::read(path)?).map_err(|_| Fault::new(FaultKind::BadFile, "文字コードがUTF-8ではありません", "UTF-8で保存し直してください"))?;
    Printer::from_json(&text).map_err(|e| {
        let place = if e.path.is_empty() { String::new() } else { format!("「{}」（{}行 {}文字目）：", e.path, e.line, e.column) };
        Fault::new(FaultKind::BadField, format!("{place}{}", e.message), e.hint)
    })
}

pub(super) async fn printers(desk: &Arc<Desk>, _: Nothing) -> Result<Printers> {
    let line = |(place, read): (Option<PathBuf>, Result<Printer>)| {
        let file = place.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match read {
            Ok(p) => PrinterLine {
                name: p.name.clone(),
                label: p.label,
                note: p.note,
                mode: Mode::from(p.mode).pdfx_name().into(),
                outlined: p.outlined,
                one_file: p.files == Files::One,
                cover: p.cover,
                bleed_mm: p.bleed.0,
                marks: p.marks,
                file,
                fault: None,
            },
            Err(fault) => PrinterLine { label: file.clone(), file, fault: Some(fault.to_string()), ..PrinterLine::default() },
        }
    };
    let folder = desk.store.folder().join(OWN).display().to_string();
    Ok(Printers { printers: every(desk).into_iter().map(line).collect(), folder })
}
