//! `tenji dates TEXT`: what a date text says, as JSON.

use clap::Args;
use std::io::Read;
use std::process::ExitCode;
use tenjicho_desk::fault::{Fault, FaultKind};
use tenjicho_desk::model::date::{ReadingResult, parse};

#[derive(Args)]
pub struct Dates {
    /// 日付の文字（- なら標準入力から読みます）
    #[arg(allow_hyphen_values = true)]
    text: String,
}

/// The reading goes to stdout whatever it is; what is no date is a fault as well.
pub fn run(asked: &Dates) -> Result<ExitCode, Fault> {
    let text = if asked.text == "-" { from_stdin()? } else { asked.text.clone() };
    let reading = parse(&text);
    let json = serde_json::to_string_pretty(&reading)
        .map_err(|e| Fault::new(FaultKind::Internal, format!("結果を書き出せません: {e}"), ""))?;
    crate::say(json);
    match reading.result {
        ReadingResult::Ok | ReadingResult::Warn => Ok(ExitCode::SUCCESS),
        ReadingResult::Error => Err(Fault::new(FaultKind::BadField, reading.message, "日付を確かめてください")),
        ReadingResult::Unsupported => {
            Err(Fault::new(FaultKind::BadField, reading.message, "日付として使うときは、年月日を入れてください"))
        }
    }
}

fn from_stdin() -> Result<String, Fault> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .take(1_000_000)
        .read_to_end(&mut bytes)
        .map_err(|e| Fault::new(FaultKind::BadFile, format!("標準入力を読めません: {e}"), ""))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
