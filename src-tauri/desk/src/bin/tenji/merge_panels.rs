//! `tenji --in DIR merge-panels`: a template panel × a list = panels; rows with a fault are named, the rest is made.
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tenjicho_desk::Desk;
use tenjicho_desk::calls;
use tenjicho_desk::fault::{Fault, FaultKind, Result};
use tenjicho_desk::model::record::Panel;

#[derive(Args)]
pub struct MergePanels {
    /// ひな形にするパネルの番号（id）。{{市名}} のような欄のあるパネル
    #[arg(long)]
    template: String,
    /// 一覧のファイル（.xlsx か .csv）
    #[arg(long, value_name = "FILE", required_unless_present_any = ["partners", "roster"])]
    list: Option<PathBuf>,
    /// 一覧のシート。なければ最初のシート
    #[arg(long, default_value = "")]
    sheet: String,
    /// 写真のフォルダー。なければ一覧と同じフォルダー
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
    /// 展示の連携先を一覧にします
    #[arg(long, conflicts_with = "list")]
    partners: bool,
    /// イベントの名簿を一覧にします（イベントの番号）
    #[arg(long, value_name = "ID", conflicts_with_all = ["list", "partners"])]
    roster: Option<String>,
    /// 作らずに、できる枚数と直すところだけを見ます
    #[arg(long)]
    dry: bool,
}

/// Exit 0 where every row became a panel, 2 where some rows have a fault.
pub async fn run(desk: &Arc<Desk>, ask: &MergePanels) -> Result<ExitCode> {
    let missing = || Fault::new(FaultKind::NotFound, "ひな形のパネルが見つかりません", "パネルの番号（id）をお確かめください");
    let template: Panel = desk.store.find(&ask.template).await?.ok_or_else(missing)?;
    let source = if ask.partners { "partners" } else if ask.roster.is_some() { "roster" } else { "file" };
    let asked = json!({
        "exhibition": template.project, "template": ask.template, "source": source, "source_id": ask.roster.clone().unwrap_or_default(),
        "file": ask.list.clone().unwrap_or_default(), "sheet": ask.sheet, "pictures": ask.pictures.clone().unwrap_or_default(),
    });
    if ask.dry {
        let plan = calls::call(desk, "merge_plan", asked).await?;
        crate::say(format!("{}枚できます（{}行）", plan["good"], plan["rows"]));
        let faults = plan["faults"].as_array().cloned().unwrap_or_default();
        for fault in &faults {
            crate::note(fault);
        }
        return Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) });
    }
    let started = calls::call(desk, "merge_make", asked).await?;
    let job = calls::job_done(desk, started["id"].as_str().unwrap_or_default()).await?;
    for title in &job.results {
        crate::say(title);
    }
    for fault in &job.faults {
        crate::note(json!({ "fault": fault }));
    }
    Ok(if job.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}
