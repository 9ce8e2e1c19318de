//! `tenji --in DIR call NAME JSON`: any call of the window; the answer as JSON on stdout.
use clap::Args;
use serde_json::Value;
use std::io::Read;
use std::process::ExitCode;
use std::sync::Arc;
use tenjicho_desk::Desk;
use tenjicho_desk::calls;
use tenjicho_desk::fault::{Fault, FaultKind, Result};

#[derive(Args)]
pub struct Call {
    /// 呼び出しの名前（info、list、save など）
    name: String,
    /// 尋ねる内容のJSON。「-」なら標準入力から読みます
    #[arg(default_value = "{}")]
    ask: String,
}

pub async fn run(desk: &Arc<Desk>, call: &Call) -> Result<ExitCode> {
    let mut text = call.ask.clone();
    if text == "-" {
        text.clear();
        let unread = |e| Fault::new(FaultKind::BadFile, format!("標準入力を読めません（{e}）"), "");
        std::io::stdin().read_to_string(&mut text).map_err(unread)?;
    }
    let not_json = |e: serde_json::Error| Fault::new(FaultKind::BadCall, format!("JSONとして読めません（{}行 {}文字目）", e.line(), e.column()), "コンマ、かっこ、引用符の抜けがないかお確かめください");
    let ask: Value = serde_json::from_str(&text).map_err(not_json)?;
    let answer = calls::call(desk, &call.name, ask).await?;
    crate::say(answer);
    Ok(ExitCode::SUCCESS)
}
