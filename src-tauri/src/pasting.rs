//! A picture from the clipboard: its bytes come beside the calls, lie in a file for a moment, and are taken in like any photo.
use crate::Office;
use serde_json::{Value, json};
use tauri::State;
use tauri::ipc::{InvokeBody, Request};
use tenjicho_desk::fault::{Fault, FaultKind};

/// What a pasted picture is called when it has no name.
const NAME: &str = "貼り付けた写真";

#[tauri::command]
pub(crate) async fn keep_pasted(office: State<'_, Office>, request: Request<'_>) -> Result<Value, Fault> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(Fault::new(FaultKind::BadCall, "貼り付けた写真を受け取れません", "ファイルとして保存してから、ページの上へ落としてください"));
    };
    let partner = request.headers().get("partner").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let kind = if bytes.starts_with(b"\x89PNG") { "png" } else { "jpg" };
    let folder = tempfile::tempdir().map_err(|e| Fault::new(FaultKind::CannotWrite, format!("一時フォルダーを作れません（{e}）"), "ディスクの空きをお確かめください"))?;
    let path = folder.path().join(format!("{NAME}.{kind}"));
    std::fs::write(&path, bytes).map_err(|e| Fault::new(FaultKind::CannotWrite, format!("写真を一時的に置けません（{e}）"), "ディスクの空きをお確かめください"))?;
    let desk = office.ready().await.map_err(|closed| closed.fault)?;
    tenjicho_desk::calls::call(&desk, "take_photos", json!({ "paths": [path], "partner": partner })).await
}
