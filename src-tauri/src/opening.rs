//! Which workspace and which faces the window opens with.
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager};
use tenjicho_desk::{Closed, Desk};
use tenjicho_desk::calls::wire_types::Changed;
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
    let folder = if named().is_none() && places.own.exists() { places.own } else { places.sample };
    let opened = if folder.exists() { Desk::open(&folder, &fonts).await } else { Desk::sample(&folder, &fonts).await };
    opened.map_err(|fault| Closed::new(&folder, &fonts, fault))
}

/// Goes from the sample to one's own workspace, which begins empty, or back to the sample.
pub(crate) async fn other(app: &AppHandle, sample: bool) -> Result<Arc<Desk>, Fault> {
    let (places, fonts) = (places(app)?, fonts(app));
    match sample {
        true if !places.sample.exists() => Desk::sample(&places.sample, &fonts).await,
        true => Desk::open(&places.sample, &fonts).await,
        false => Desk::open(&places.own, &fonts).await,
    }
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
fn fonts(app: &AppHandle) -> PathBuf {
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
