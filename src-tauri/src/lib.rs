//! The window: all of Tauri and nothing else. One command `call`, one event `changed`, menus, and the `tenji:` addresses of pictures.
mod menus;
mod opening;
mod outside;
mod pasting;
mod resources;

use serde_json::Value;
use std::sync::Arc;
use tauri::{AppHandle, Emitter, Manager, State, WebviewUrl, WebviewWindowBuilder};
use tenjicho_desk::fault::{Fault, FaultKind};
use tenjicho_desk::{Closed, Desk};
use tokio::sync::watch;

/// The office behind the window, or why it could not be opened; the page shows the reason. None while it is being opened: the window
/// stands before, because the first start draws the pictures of the sample.
pub(crate) struct Office(watch::Sender<Option<Result<Arc<Desk>, Closed>>>);

impl Office {
    /// As it stands once it was opened.
    pub(crate) async fn ready(&self) -> Result<Arc<Desk>, Closed> {
        let mut state = self.0.subscribe();
        // The sender lives as long as the window.
        let found = state.wait_for(Option::is_some).await.ok().and_then(|found| found.clone());
        found.unwrap_or_else(|| Err(Closed::new(std::path::Path::new(""), std::path::Path::new(""), closing())))
    }

    fn set(&self, opened: Result<Arc<Desk>, Closed>) {
        self.0.send_replace(Some(opened));
    }
}

fn closing() -> Fault {
    Fault::new(FaultKind::Workspace, "展示帖を終えるところです。", "開き直してください。")
}

/// The one call: its name and what is asked, as `wire.ts` says.
#[tauri::command]
async fn call(app: AppHandle, office: State<'_, Office>, name: String, ask: Value) -> Result<Value, Fault> {
    let closed = match office.ready().await {
        Ok(desk) => return tenjicho_desk::calls::call(&desk, &name, ask).await,
        Err(closed) => closed,
    };
    let (answer, opened) = closed.call(&name, ask).await?;
    if let Some(desk) = opened {
        announce(app, &desk);
        office.set(Ok(desk));
    }
    Ok(answer)
}

/// From the sample to one's own work, and back; the page is loaded anew afterwards.
#[tauri::command]
async fn open_other(app: AppHandle, office: State<'_, Office>, sample: bool) -> Result<(), Fault> {
    let desk = opening::other(&app, sample).await?;
    announce(app, &desk);
    office.set(Ok(desk));
    Ok(())
}

/// Runs the window until it is closed.
pub fn run() {
    let mut builder = tauri::Builder::default();
    // A workspace that is named from outside may stand beside another one, and leaves no memory of its window.
    if opening::named().is_none() {
        builder = builder
            .plugin(tauri_plugin_single_instance::init(|app, _, _| to_front(app)))
            .plugin(tauri_plugin_window_state::Builder::default().build());
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .register_asynchronous_uri_scheme_protocol("tenji", resources::answer)
        .invoke_handler(tauri::generate_handler![call, open_other, menus::name_steps, outside::open_file, outside::show_in_folder, pasting::keep_pasted])
        .setup(|app| {
            app.manage(Office(watch::Sender::new(None)));
            menus::put(app.handle())?;
            open_window(app.handle())?;
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                let desk = opening::open(&handle).await;
                if let Ok(desk) = &desk {
                    announce(handle.clone(), desk);
                }
                handle.state::<Office>().set(desk);
            });
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|_, _| {}),
        Err(error) => {
            eprintln!("展示帖の窓を開けません: {error}");
            std::process::exit(1);
        }
    }
}

fn open_window(app: &AppHandle) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("展示帖")
        .inner_size(1440.0, 900.0)
        .min_inner_size(1100.0, 700.0)
        // Ctrl and +, −, 0: for eyes that need larger letters.
        .zoom_hotkeys_enabled(true)
        .build()?;
    // On Linux, where the program is developed, the page stands alone as in the pictures; the keys of the menu still work.
    if cfg!(target_os = "linux") {
        window.hide_menu()?;
    }
    Ok(())
}

/// Tells the page what changed, after each commit.
fn announce(app: AppHandle, desk: &Arc<Desk>) {
    let mut changes = desk.changes();
    tauri::async_runtime::spawn(async move {
        use tokio::sync::broadcast::error::RecvError;
        loop {
            match changes.recv().await {
                Ok(changed) => drop(app.emit("changed", changed)),
                // Too many at once, as after an import: everything is read again.
                Err(RecvError::Lagged(_)) => drop(app.emit("changed", opening::everything())),
                Err(RecvError::Closed) => break,
            }
        }
    });
}

fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that cannot be raised is still open.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
