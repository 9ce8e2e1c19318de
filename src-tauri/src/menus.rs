//! The menu: what the keys do, with the names of the steps that can be taken back. It only says an item was chosen; the page does it.
use tauri::menu::{AboutMetadata, Menu, MenuBuilder, MenuItem, MenuItemBuilder, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Emitter, Manager, State, Wry};

/// The two items that bear the name of a step.
pub(crate) struct Steps {
    undo: MenuItem<Wry>,
    redo: MenuItem<Wry>,
}

/// Rooms in the order of the rail; the page goes to the room of that place.
const ROOMS: [&str; 7] = ["年間", "展示", "イベント", "来場者", "連携先", "パネル", "設定"];

pub(crate) fn put(app: &AppHandle) -> tauri::Result<()> {
    let steps = Steps {
        undo: MenuItemBuilder::with_id("undo", "取り消す").accelerator("CmdOrCtrl+Z").enabled(false).build(app)?,
        redo: MenuItemBuilder::with_id("redo", "やり直す").accelerator("CmdOrCtrl+Shift+Z").enabled(false).build(app)?,
    };
    let menu = bar(app, &steps)?;
    app.manage(steps);
    app.set_menu(menu)?;
    app.on_menu_event(|app, event| {
        // Predefined items are the system's own business.
        drop(app.emit("menu", event.id().as_ref()));
    });
    Ok(())
}

fn bar(app: &AppHandle, steps: &Steps) -> tauri::Result<Menu<Wry>> {
    let mut bar = MenuBuilder::new(app);
    if cfg!(target_os = "macos") {
        bar = bar.item(&program(app)?);
    }
    bar.item(&file(app)?).item(&edit(app, steps)?).item(&view(app)?).build()
}

fn item(app: &AppHandle, id: &str, words: &str, keys: &str) -> tauri::Result<MenuItem<Wry>> {
    MenuItemBuilder::with_id(id, words).accelerator(keys).build(app)
}

/// The program's own menu, which macOS wants first.
fn program(app: &AppHandle) -> tauri::Result<Submenu<Wry>> {
    let about = AboutMetadata { name: Some("展示帖".into()), version: Some(app.package_info().version.to_string()), ..AboutMetadata::default() };
    SubmenuBuilder::new(app, "展示帖")
        .about_with_text("展示帖について", Some(about))
        .separator()
        .services_with_text("サービス")
        .separator()
        .hide_with_text("展示帖を隠す")
        .hide_others_with_text("ほかを隠す")
        .separator()
        .quit_with_text("展示帖を終える")
        .build()
}

fn file(app: &AppHandle) -> tauri::Result<Submenu<Wry>> {
    SubmenuBuilder::new(app, "ファイル")
        .item(&item(app, "add", "加える", "CmdOrCtrl+N")?)
        .item(&item(app, "save", "今すぐ保存", "CmdOrCtrl+S")?)
        .separator()
        .item(&item(app, "print", "印刷用に書き出す…", "CmdOrCtrl+P")?)
        .separator()
        .close_window_with_text("閉じる")
        .build()
}

fn edit(app: &AppHandle, steps: &Steps) -> tauri::Result<Submenu<Wry>> {
    let mut edit = SubmenuBuilder::new(app, "編集").item(&steps.undo).item(&steps.redo).separator();
    // Without these Cmd+C, V and X are dead on macOS; elsewhere the page has them by itself, and the menu would take them away.
    if cfg!(target_os = "macos") {
        edit = edit.cut_with_text("切り取る").copy_with_text("写す").paste_with_text("貼り付ける").select_all_with_text("すべて選ぶ").separator();
    }
    edit.item(&item(app, "find", "この部屋で探す", "CmdOrCtrl+F")?).item(&item(app, "palette", "何でも探す…", "CmdOrCtrl+K")?).build()
}

fn view(app: &AppHandle) -> tauri::Result<Submenu<Wry>> {
    let mut view = SubmenuBuilder::new(app, "表示");
    for (n, room) in ROOMS.iter().enumerate() {
        view = view.item(&item(app, &format!("room{}", n + 1), room, &format!("CmdOrCtrl+{}", n + 1))?);
    }
    view.separator().fullscreen_with_text("全画面").build()
}

/// 取り消す：会期を変更
#[tauri::command]
pub(crate) fn name_steps(steps: State<'_, Steps>, undo: Option<String>, redo: Option<String>) {
    for (item, verb, step) in [(&steps.undo, "取り消す", undo), (&steps.redo, "やり直す", redo)] {
        // A menu that cannot be renamed still works.
        let _ = item.set_enabled(step.is_some());
        let _ = item.set_text(step.map_or_else(|| verb.to_owned(), |step| format!("{verb}：{step}")));
    }
}
