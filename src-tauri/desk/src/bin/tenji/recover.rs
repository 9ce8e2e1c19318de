//! `tenji --in DIR recover`: says what a workspace that does not open could go back to; with `--latest` or `--from` it goes back.
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tenjicho_desk::fault::{Fault, FaultKind, Result};
use tenjicho_desk::pressroom::fonts_folder;
use tenjicho_desk::{Closed, Desk};

#[derive(Args)]
pub struct Recover {
    /// いちばん新しい控えから開きます
    #[arg(long, conflicts_with = "from")]
    latest: bool,
    /// この控えのファイルから開きます
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

pub async fn run(folder: &Path, ask: &Recover) -> Result<ExitCode> {
    let fonts = fonts_folder();
    let closed = match Desk::open(folder, &fonts).await {
        Err(fault) => Closed::new(folder, &fonts, fault),
        Ok(_) => return Err(Fault::new(FaultKind::BadCall, "作業データは開けます。控えから開き直す必要はありません", "控えの時点に戻すには call restore を使ってください")),
    };
    let recovery = closed.recovery().await;
    let latest = || recovery.backups.first().map(|b| PathBuf::from(&b.path));
    let answer = match ask.from.clone().or_else(|| latest().filter(|_| ask.latest)) {
        Some(backup) => serde_json::to_string(&closed.recover(&backup).await?.0),
        None if ask.latest && recovery.damaged => return Err(Fault::new(FaultKind::NotFound, "使える控えがありません", "ほかの場所に取った控えがあれば --from で指定してください")),
        None if ask.latest => return Err(closed.fault),
        None => serde_json::to_string_pretty(&recovery),
    };
    let text = answer.map_err(|e| Fault::new(FaultKind::Internal, format!("結果を書き出せません（{e}）"), ""))?;
    // A closed pipe is the reader's wish.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(ExitCode::SUCCESS)
}
