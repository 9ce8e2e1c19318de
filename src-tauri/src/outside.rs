//! Finished files shown by the programs that the machine has for them.
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;
use tenjicho_desk::fault::{Fault, FaultKind};

#[tauri::command]
pub(crate) fn open_file(app: AppHandle, path: String) -> Result<(), Fault> {
    there(&path)?;
    app.opener().open_path(&path, None::<&str>).map_err(|_| cannot(&path))
}

#[tauri::command]
pub(crate) fn show_in_folder(app: AppHandle, path: String) -> Result<(), Fault> {
    there(&path)?;
    app.opener().reveal_item_in_dir(&path).map_err(|_| cannot(&path))
}

/// Only what exists is handed to another program: a path, never an address or a command.
fn there(path: &str) -> Result<(), Fault> {
    if std::path::Path::new(path).exists() {
        return Ok(());
    }
    Err(Fault::new(FaultKind::NotFound, format!("「{path}」がありません。"), "移動したか、消された可能性があります。もう一度書き出してください。"))
}

fn cannot(path: &str) -> Fault {
    Fault::new(FaultKind::BadFile, format!("「{path}」を開くアプリがありません。"), "フォルダーから直接開いてください。")
}
