//! `tenji --in DIR preflight`: the checks over the panels of an exhibition, as a PDF, as CSV, or as lines on the screen.
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tenjicho_desk::Desk;
use tenjicho_desk::calls;
use tenjicho_desk::fault::Result;

#[derive(Args)]
pub struct Preflight {
    /// 展示の番号（id）
    #[arg(long)]
    exhibition: String,
    /// 書き出すファイル（.pdf か .csv）。なければ画面に書きます
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Exit 0 where the set may go to the printing firm, 2 where errors are left.
pub async fn run(desk: &Arc<Desk>, ask: &Preflight) -> Result<ExitCode> {
    let report = calls::call(desk, "preflight", json!({ "exhibition": ask.exhibition })).await?;
    match &ask.out {
        Some(out) => {
            calls::call(desk, "preflight_out", json!({ "exhibition": ask.exhibition, "path": out })).await?;
            crate::say(out.display());
        }
        None => tell(&report),
    }
    Ok(if report["ready"] == true { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// One line a finding: number, title, level, code, sentence.
fn tell(report: &Value) {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for panel in list(&report["panels"]) {
        for finding in list(&panel["findings"]) {
            let waived = if finding["waived"].is_null() { "" } else { "\t見送り" };
            crate::say(format!("{}\t{}\t{}\t{}\t{}{waived}", panel["number"], word(&panel["title"]), word(&finding["level"]), word(&finding["code"]), word(&finding["message"])));
        }
    }
}
