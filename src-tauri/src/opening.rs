//! Which workspace and which faces the window opens with.
use std::path::{Path, PathBuf};
use std::sync::Arc;
use serde_json::json;
use tauri::{AppHandle, Manager};
use tenjicho_desk::calls::{self, wire_types::Changed};
use tenjicho_desk::{Closed, Desk};
use tenjicho_desk::fault::{Fault, FaultKind};
use tenjicho_desk::model::record::Kind;

/// The workspace that is named from outside: by a test, a script, or `cargo xtask run`.
pub(crate) fn named() -> Option<PathBuf> {
    std::env::var_os("TENJICHO_WORKSPACE").filter(|v| !v.is_empty()).map(PathBuf::from)
}

/// One's own work and the sample lie side by side; each stays as it is while the other is open.
struct Places {
    own: PathBuf,
    sample: PathBuf,
}

/// Opens the workspace: one's own once it was begun. Until then the sample, so that there is something to look at.
pub(crate) async fn open(app: &AppHandle) -> Result<Arc<Desk>, Closed> {
    let fonts = fonts(app);
    let places = places(app).map_err(|fault| Closed::new(&PathBuf::new(), &fonts, fault))?;
    let own = named().is_none() && places.own.exists();
    let opened = if own { Desk::open(&places.own, &fonts).await } else { sample(&places.sample, &fonts).await };
    opened.map_err(|fault| Closed::new(if own { &places.own } else { &places.sample }, &fonts, fault))
}

/// Goes from the sample to one's own workspace, which begins empty, or back to the sample.
pub(crate) async fn other(app: &AppHandle, to_sample: bool) -> Result<Arc<Desk>, Fault> {
    let (places, fonts) = (places(app)?, fonts(app));
    if to_sample { sample(&places.sample, &fonts).await } else { Desk::open(&places.own, &fonts).await }
}

/// The sample as it was left; made where there is none, or where making it was cut short.
async fn sample(folder: &Path, fonts: &Path) -> Result<Arc<Desk>, Fault> {
    if !folder.exists() {
        return Desk::sample(folder, fonts).await;
    }
    let desk = Desk::open(folder, fonts).await?;
    // A workspace named from outside may be meant to be empty.
    if named().is_some() || !cut_short(&desk).await? {
        return Ok(desk);
    }
    drop(desk);
    Desk::sample(folder, fonts).await
}

/// The sample is marked as such when it is whole, and its records come in one step.
async fn cut_short(desk: &Arc<Desk>) -> Result<bool, Fault> {
    let info = calls::call(desk, "info", json!({})).await?;
    let exhibitions = calls::call(desk, "list", json!({ "kind": "exhibition" })).await?;
    Ok(info["sample"] != json!(true) && exhibitions["total"] == json!(0))
}

fn places(app: &AppHandle) -> Result<Places, Fault> {
    if let Some(folder) = named() {
        return Ok(Places { own: beside(&folder), sample: folder });
    }
    let home = home(app)?;
    Ok(Places { own: home.join("workspace"), sample: home.join("sample") })
}

/// Where own work is begun from a workspace that was named from outside.
fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push("-own");
    folder.with_file_name(name)
}

/// Local data of this machine: never a share or a synced folder, where a database is not safe.
fn home(app: &AppHandle) -> Result<PathBuf, Fault> {
    app.path().app_local_data_dir().map_err(|e| {
        Fault::new(FaultKind::Workspace, format!("このパソコンのデータの置き場所が分かりません（{e}）。"), "ログインし直してから開いてください。")
    })
}

/// Where the faces are: as told, in the installed program, or in the source tree it was built from.
pub(crate) fn fonts<R: tauri::Runtime>(app: &AppHandle<R>) -> PathBuf {
    if let Some(told) = std::env::var_os("TENJICHO_FONTS") {
        return PathBuf::from(told);
    }
    let installed = app.path().resource_dir().map(|dir| dir.join("fonts")).unwrap_or_default();
    if installed.is_dir() { installed } else { PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/fonts") }
}

/// Said when too much changed to name it.
pub(crate) fn everything() -> Changed {
    let also = ["tallies", "jobs", "settings", "history"];
    Changed { kinds: Kind::ALL.to_vec(), projects: Vec::new(), also: also.map(String::from).to_vec() }
}
