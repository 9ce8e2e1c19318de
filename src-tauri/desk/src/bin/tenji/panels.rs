//! `tenji --in DIR panels`: the panels of an exhibition as PDF, one file each, on all cores.
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tenjicho_desk::Desk;
use tenjicho_desk::calls::{self, wire_types::ExportAsk};
use tenjicho_desk::fault::{Fault, FaultKind, Result};
use tenjicho_desk::files;
use tenjicho_desk::model::record::{Exhibition, Panel};
use tenjicho_desk::store::Filter;

#[derive(Args)]
pub struct Panels {
    /// 展示の番号（id）、または all
    #[arg(long)]
    exhibition: String,
    /// x4（入稿）、x1a（入稿X-1a）、outlined・x1a-outlined（アウトライン）、office（事務用）、proof（校正）、tiles（分割）
    #[arg(long, default_value = "x4", conflicts_with = "printer")]
    mode: String,
    /// 印刷会社の設定の名前（standard-x4、old-rip-x1a など。ワークスペースの printers フォルダーに自分の設定を置けます）
    #[arg(long, value_name = "NAME")]
    printer: Option<String>,
    /// すべてのパネルを1つのファイルにします
    #[arg(long)]
    one_file: bool,
    /// 入稿一覧（パネル、大きさ、枚数、確認の結果）を付けます
    #[arg(long)]
    cover: bool,
    /// tiles の用紙。A3、A4、"A3 landscape" など
    #[arg(long, default_value = "")]
    tiles: String,
    /// 用紙。なければパネルのまま
    #[arg(long)]
    paper: Option<String>,
    /// 書き出すフォルダー
    #[arg(long)]
    out: PathBuf,
    /// 直していない誤りがあれば、書き出さずに終わります
    #[arg(long)]
    checked: bool,
}

/// A printer's wishes go before the mode.
fn wish(ask: &Panels) -> ExportAsk {
    match &ask.printer {
        Some(printer) => ExportAsk { printer: printer.clone(), ..ExportAsk::default() },
        None => ExportAsk { mode: ask.mode.clone(), ..ExportAsk::default() },
    }
}

pub async fn run(desk: &Arc<Desk>, ask: &Panels) -> Result<ExitCode> {
    let mut exhibitions: Vec<String> = vec![ask.exhibition.clone()];
    if ask.exhibition == "all" {
        let panels: Vec<Panel> = desk.store.all(&Filter::all()).await?;
        let all: Vec<Exhibition> = desk.store.all(&Filter::all()).await?;
        exhibitions = all.into_iter().map(|e| e.id).filter(|id| panels.iter().any(|p| p.project == *id)).collect();
    }
    if exhibitions.is_empty() {
        return Err(Fault::new(FaultKind::NotFound, "パネルのある展示がありません", "先にパネルを作ってください"));
    }
    let several = exhibitions.len() > 1;
    let (mut failed, mut failures, mut written) = (None, 0, 0);
    let mut taken = std::collections::BTreeSet::new();
    for id in exhibitions {
        let mut folder = ask.out.clone();
        if several && let Some(exhibition) = desk.store.find::<Exhibition>(&id).await? {
            // Two years may bear one title.
            folder = files::unused(folder.join(files::safe_name(&exhibition.title)), &mut taken);
        }
        let export = ExportAsk { exhibition: id, folder: folder.display().to_string(), paper: ask.paper.clone(), one_file: ask.one_file, cover: ask.cover, tiles: ask.tiles.clone(), although: !ask.checked, ..wish(ask) };
        let mut job = calls::export_now(desk, export).await?;
        job.results.sort();
        written += job.results.len();
        for file in job.results {
            crate::say(file);
        }
        failures += job.faults.len();
        failed = failed.or_else(|| job.faults.into_iter().next());
    }
    let more = if failures > 1 { format!("（ほか{}件）", failures - 1) } else { String::new() };
    let rest = if written > 0 { "ほかのパネルは書き出しました" } else { "書き出せたパネルはありません。直してから、もう一度お試しください" };
    match failed {
        Some(message) => Err(Fault::new(FaultKind::CannotWrite, format!("{message}{more}"), rest)),
        None => Ok(ExitCode::SUCCESS),
    }
}
