//! `tenji sample DIR`: the sample workspace, with pictures, panels and a counted event.
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use tenjicho_desk::Desk;
use tenjicho_desk::fault::{Fault, FaultKind, Result};
use tenjicho_desk::pressroom::fonts_folder;

#[derive(Args)]
pub struct Sample {
    /// 空の、またはまだないフォルダー
    dir: PathBuf,
}

pub async fn run(ask: &Sample) -> Result<ExitCode> {
    let used = std::fs::read_dir(&ask.dir).is_ok_and(|mut entries| entries.next().is_some());
    if used {
        let message = format!("「{}」は空のフォルダーではありません", ask.dir.display());
        return Err(Fault::new(FaultKind::CannotWrite, message, "空のフォルダーか、新しい名前を指定してください"));
    }
    Desk::sample(&ask.dir, &fonts_folder()).await?;
    crate::say(ask.dir.display());
    Ok(ExitCode::SUCCESS)
}
