//! The editor of a panel in the real window: a panel from nothing to its print file, once by the mouse and once by the keyboard alone.
//!
//! Two things the driver cannot reach are done as near as possible and said here: the dialogs of the system (the folder of an export
//! is given to the same call that the button makes), and files from the file manager (the event that Tauri gives is given as it is).
use crate::screen::Screen;
use crate::{call, click, ctrl, go, press};
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// An exhibition without panels, shown in the panel room.
pub async fn empty_exhibition(screen: &Screen, title: &str) -> String {
    let saved = call(screen, "save", &json!({ "label": "展示を加える", "changes": [{ "kind": "exhibition", "set": { "title": title, "fiscal_year": 2026 } }] }).to_string()).await;
    let id = saved["ids"][0].as_str().expect("an id").to_owned();
    go(screen, "パネル").await;
    click(screen, "main button[aria-label=\"展示を選ぶ\"]", "").await;
    click(screen, "[role=menuitemradio]", title).await;
    screen.until("the exhibition has no panel yet", "return document.querySelector('main').textContent.includes('パネルがありません')").await;
    id
}

/// What the only panel of the exhibition says, as it is saved.
pub async fn saved(screen: &Screen, exhibition: &str) -> Value {
    let list = call(screen, "list", &json!({ "kind": "panel", "equals": { "project": exhibition } }).to_string()).await;
    let content = list["records"][0]["content"].as_str().unwrap_or("{}").to_owned();
    serde_json::from_str(&content).expect("a content document")
}

pub async fn until_saved(screen: &Screen, exhibition: &str, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..100 {
        let now = saved(screen, exhibition).await;
        if holds(&now) {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    screen.picture("failed").await;
    panic!("never saved: {what}: {}", saved(screen, exhibition).await);
}

fn block<'a>(content: &'a Value, kind: &str) -> &'a Value {
    content["blocks"].as_array().and_then(|all| all.iter().find(|b| b["type"] == kind)).unwrap_or(&Value::Null)
}

/// Middle of an element in the window.
pub async fn middle(screen: &Screen, css: &str) -> (f64, f64) {
    screen.until(&format!("{css} is there"), &format!("return !!document.querySelector({})", json!(css))).await;
    let script = format!("const r = document.querySelector({}).getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2];", json!(css));
    let at = screen.ask(&script).await;
    (at[0].as_f64().expect("x"), at[1].as_f64().expect("y"))
}

/// Where the block of this kind stands on the page, as a selector; the order of the blocks is the template's.
pub async fn area_of(screen: &Screen, name: &str) -> String {
    let script = format!("return [...document.querySelectorAll('.sheet .hit')].find((h) => h.getAttribute('aria-label').startsWith({}))?.dataset.area ?? null", json!(name));
    screen.until(&format!("{name} stands on the page"), &script.replace("?? null", "!== undefined")).await;
    let area = screen.ask(&script).await;
    format!(".sheet [data-area=\"{}\"]", area.as_str().expect("an area"))
}

pub fn to(x: f64, y: f64, millis: u64) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::from_millis(millis)), x, y }
}
/// The field in which words are written on the page.
pub const WRITING: &str = ".inplace textarea";
pub const DOWN: PointerAction = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
pub const UP: PointerAction = PointerAction::Up { button: MOUSE_BUTTON_LEFT };

pub async fn pointer(screen: &Screen, actions: Vec<PointerAction>) {
    let mouse = actions.into_iter().fold(MouseActions::new("mouse".into()), |mouse, action| mouse.then(action));
    screen.client.perform_actions(mouse).await.expect("the mouse");
    screen.settle().await;
}

/// Double-clicks until `open` is there: on a busy machine two clicks may be too slow to be one double click.
pub async fn double_click(screen: &Screen, css: &str, open: &str) {
    let (x, y) = middle(screen, css).await;
    for _ in 0..4 {
        pointer(screen, vec![to(x, y, 0), DOWN, UP, DOWN, UP]).await;
        if screen.ask(&format!("return !!document.querySelector('{open}')")).await == json!(true) {
            return;
        }
    }
    screen.picture("failed").await;
    panic!("a double click on {css} never opened {open}");
}

pub async fn drag(screen: &Screen, css: &str, by: (f64, f64)) {
    let (x, y) = middle(screen, css).await;
    pointer(screen, vec![to(x, y, 0), DOWN, to(x + by.0 / 2.0, y + by.1 / 2.0, 120), to(x + by.0, y + by.1, 120), UP]).await;
}

/// Types into whatever has the cursor.
pub async fn write(screen: &Screen, text: &str) {
    let keys = text.chars().fold(KeyActions::new("keys".into()), |keys, c| keys.then(KeyAction::Down { value: c }).then(KeyAction::Up { value: c }));
    screen.client.perform_actions(keys).await.expect("typing");
    screen.settle().await;
}

/// A key with others held.
async fn chord(screen: &Screen, held: &[Key], key: Key) {
    let mut keys = KeyActions::new("keys".into());
    for h in held {
        keys = keys.then(KeyAction::Down { value: (*h).into() });
    }
    keys = keys.then(KeyAction::Down { value: key.into() }).then(KeyAction::Up { value: key.into() });
    for h in held {
        keys = keys.then(KeyAction::Up { value: (*h).into() });
    }
    screen.client.perform_actions(keys).await.expect("keys");
    screen.settle().await;
}

/// Tab, and Tab again, until what has the focus is meant.
async fn tab_to(screen: &Screen, what: &str, meant: &str) {
    for _ in 0..150 {
        if screen.ask(&format!("const e = document.activeElement; return !!e && ({meant});")).await == json!(true) {
            return;
        }
        let keys = KeyActions::new("keys".into()).then(KeyAction::Down { value: Key::Tab.into() }).then(KeyAction::Up { value: Key::Tab.into() });
        screen.client.perform_actions(keys).await.expect("Tab");
    }
    screen.picture("failed").await;
    panic!("Tab never reached {what}");
}

/// The first photo of the sample as a file.
fn photo(screen: &Screen) -> PathBuf {
    fn find(dir: &std::path::Path) -> Option<PathBuf> {
        let mut entries: Vec<_> = std::fs::read_dir(dir).ok()?.flatten().map(|e| e.path()).collect();
        entries.sort();
        entries.iter().find_map(|p| if p.is_dir() { find(p) } else { std::fs::read(p).ok().filter(|b| b.starts_with(b"\xff\xd8") && b.len() > 100_000).map(|_| p.clone()) })
    }
    find(&screen.folder().join("sample").join("media")).expect("the sample has photos")
}

/// Lets a file go over the middle of an element: the event that Tauri gives the page when the file manager does so.
async fn drop_file(screen: &Screen, path: &std::path::Path, css: &str) {
    let (x, y) = middle(screen, css).await;
    for (event, paths) in [("tauri://drag-over", json!([])), ("tauri://drag-drop", json!([path]))] {
        let script = format!(
            "const done = arguments[0]; const r = window.devicePixelRatio; window.__TAURI_INTERNALS__.invoke('plugin:event|emit', {{ event: '{event}', payload: {{ paths: {paths}, position: {{ x: {x} * r, y: {y} * r }} }} }}).then(() => done(true), (e) => done(String(e)));"
        );
        assert_eq!(screen.client.execute_async(&script, vec![]).await.expect("an event"), json!(true));
        screen.settle().await;
        if event.ends_with("over") {
            screen.picture("editor-3-drop").await;
        }
    }
}

/// Presses the panel for the printer and reads the file back. Half of the panel is still unwritten, so the errors are known.
async fn export(screen: &Screen, exhibition: &str, paper: Value, folder: &str) {
    let out = screen.folder().join(folder);
    call(screen, "export_panels", &json!({ "exhibition": exhibition, "mode": "x4", "folder": out, "paper": paper, "although": true }).to_string()).await;
    screen.until("the room says that the file is written", "return document.querySelector('main').textContent.includes('1枚を書き出しました')").await;
    let mut files = crate::walk(&out);
    for _ in 0..100 {
        if !files.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(150)).await;
        files = crate::walk(&out);
    }
    assert_eq!(files.len(), 1, "{files:?}");
    let bytes = std::fs::read(&files[0]).expect("a file");
    assert!(bytes.starts_with(b"%PDF-1.6"), "a PDF/X-4 is PDF 1.6");
    assert!(bytes.windows(7).any(|w| w == b"PDF/X-4"), "it says PDF/X-4");
}

pub async fn by_the_mouse(screen: &Screen) {
    let exhibition = empty_exhibition(screen, "窓で作る展示").await;
    click(screen, "main button", "自治体紹介").await;
    let title = area_of(screen, "題名").await;
    screen.picture("editor-1-nothing").await;

    double_click(screen, &title, WRITING).await;
    screen.until("the title is written in place", "return document.activeElement?.matches('.inplace textarea')").await;
    write(screen, "銚子市").await;
    // The page follows what is typed.
    screen.until("the page shows the title", "return !document.querySelector('.sheet [data-area=\"0\"]').classList.contains('ghost')").await;
    screen.picture("editor-2-title").await;
    press(screen, Key::Tab).await;
    screen.until("Tab goes on to the subtitle", "return document.activeElement?.getAttribute('aria-label')?.startsWith('副題')").await;
    write(screen, "朝いちばんの光が差すまち").await;
    press(screen, Key::Escape).await;
    let lead = area_of(screen, "リード").await;
    double_click(screen, &lead, WRITING).await;
    write(screen, "利根川が海にそそぎ、黒潮と親潮が出会う町。岬に立つ白い灯台は、明治のはじめから船を見守ってきました。").await;
    screen.picture("editor-2-lead").await;
    press(screen, Key::Escape).await;
    until_saved(screen, &exhibition, "title and lead", |c| block(c, "title")["text"] == "銚子市" && block(c, "lead")["text"].as_str().is_some_and(|t| t.starts_with("利根川"))).await;

    let hero = area_of(screen, "写真：主役").await;
    drop_file(screen, &photo(screen), &hero).await;
    until_saved(screen, &exhibition, "the photo", |c| block(c, "photo")["picture"].as_str().is_some_and(|p| p.len() > 20)).await;
    screen.until("the photo is on the page", "return [...document.querySelectorAll('.sheet image')].length > 0").await;
    screen.picture("editor-4-photo").await;

    double_click(screen, &hero, ".crop").await;
    screen.until("the photo is being cropped", "return !!document.querySelector('.crop')").await;
    let (x, y) = middle(screen, ".crop .seen").await;
    pointer(screen, vec![to(x, y, 0), DOWN, to(x - 30.0, y - 40.0, 150), to(x - 60.0, y - 70.0, 150), UP]).await;
    for _ in 0..3 {
        write(screen, "+").await;
    }
    screen.picture("editor-5-crop").await;
    press(screen, Key::Escape).await;
    let cropped = until_saved(screen, &exhibition, "the crop", |c| block(c, "photo")["zoom"].as_f64().is_some_and(|z| z > 1.1)).await;
    assert!(block(&cropped, "photo")["focus"].is_array(), "{cropped}");
    press(screen, Key::Escape).await;

    // The subtitle is pulled out of its template by the grip, rests on the grid, and goes back by undo.
    let subtitle = area_of(screen, "副題").await;
    let (x, y) = middle(screen, &subtitle).await;
    pointer(screen, vec![to(x, y, 0), DOWN, UP]).await;
    drag(screen, ".sheet .chip", (24.0, 130.0)).await;
    until_saved(screen, &exhibition, "a free place", |c| block(c, "subtitle")["place"]["y"].as_f64().is_some_and(|y| y > 100.0)).await;
    screen.picture("editor-6-free").await;
    ctrl(screen, 'z').await;
    until_saved(screen, &exhibition, "the template's place again", |c| block(c, "subtitle")["place"].is_null()).await;

    click(screen, "main [role=radio]", "B1").await;
    screen.until("the page is B1", "const s = document.querySelector('.sheet'); return Math.abs(s.offsetHeight / s.offsetWidth - 1030 / 728) < 0.01 && [...document.querySelectorAll('main footer .size, main footer')].some((f) => f.textContent.includes('728'))").await;
    screen.picture("editor-7-b1").await;
    export(screen, &exhibition, json!("B1"), "by-mouse").await;
    screen.picture("editor-8-exported").await;
    click(screen, "main [role=radio]", "A1").await;
    click(screen, "main footer button[aria-label=\"前の版と比べる\"]", "").await;
    screen.until("two versions stand side by side", "return document.querySelectorAll('.compare .paper svg').length === 2").await;
    screen.picture("editor-9-compare").await;
    press(screen, Key::Escape).await;
}

pub async fn by_the_keyboard_alone(screen: &Screen) {
    let exhibition = empty_exhibition(screen, "鍵盤で作る展示").await;
    ctrl(screen, '6').await;
    ctrl(screen, 'n').await;
    area_of(screen, "題名").await;
    // From anywhere to the page, from there to its first block.
    for _ in 0..3 {
        press(screen, Key::F6).await;
        if screen.ask("return !!document.activeElement?.closest('.middle')").await == json!(true) {
            break;
        }
    }
    tab_to(screen, "the title", "e.getAttribute('aria-label')?.startsWith('題名')").await;
    press(screen, Key::Enter).await;
    write(screen, "堺市").await;
    press(screen, Key::Tab).await;
    write(screen, "ものの始まりなんでも堺").await;
    press(screen, Key::Escape).await;
    until_saved(screen, &exhibition, "title and subtitle", |c| block(c, "title")["text"] == "堺市" && block(c, "subtitle")["text"] == "ものの始まりなんでも堺").await;
    screen.picture("editor-keys-1-text").await;

    tab_to(screen, "the large photo", "e.getAttribute('aria-label')?.startsWith('写真：主役')").await;
    press(screen, Key::F6).await;
    tab_to(screen, "the photos taken in before", "e.textContent.trim() === '取り込んだ写真から'").await;
    press(screen, Key::Enter).await;
    screen.until("the shelf is open", "return document.querySelectorAll('.shelf li button').length > 3").await;
    tab_to(screen, "a photo of the shelf", "!!e.closest('.shelf li')").await;
    press(screen, Key::Enter).await;
    until_saved(screen, &exhibition, "the photo", |c| block(c, "photo")["picture"].as_str().is_some_and(|p| p.len() > 20)).await;
    press(screen, Key::Escape).await;
    screen.until("Esc leads back to the page", "return !!document.activeElement?.closest('.sheet')").await;
    tab_to(screen, "the large photo", "e.getAttribute('aria-label')?.startsWith('写真：主役')").await;
    press(screen, Key::Enter).await;
    screen.until("the photo is being cropped", "return document.activeElement?.matches('.crop')").await;
    write(screen, "++").await;
    press(screen, Key::Right).await;
    press(screen, Key::Down).await;
    screen.picture("editor-keys-2-crop").await;
    press(screen, Key::Escape).await;
    until_saved(screen, &exhibition, "the crop", |c| block(c, "photo")["zoom"].as_f64().is_some_and(|z| z > 1.1)).await;

    // Loosened from its template, a block walks the grid; then it is given back.
    tab_to(screen, "the subtitle", "e.getAttribute('aria-label')?.startsWith('副題')").await;
    press(screen, Key::F6).await;
    tab_to(screen, "自由に置く", "e.textContent.trim() === '自由に置く'").await;
    press(screen, Key::Enter).await;
    let loose = until_saved(screen, &exhibition, "a free place", |c| block(c, "subtitle")["place"].is_object()).await;
    let from = block(&loose, "subtitle")["place"]["y"].as_f64().expect("mm");
    press(screen, Key::Escape).await;
    tab_to(screen, "the subtitle", "e.getAttribute('aria-label')?.startsWith('副題')").await;
    press(screen, Key::Down).await;
    until_saved(screen, &exhibition, "one step down the grid", |c| block(c, "subtitle")["place"]["y"].as_f64().is_some_and(|y| y > from && y <= from + 6.1)).await;
    chord(screen, &[Key::Shift], Key::Down).await;
    screen.picture("editor-keys-3-free").await;
    ctrl(screen, 'z').await;
    ctrl(screen, 'z').await;
    ctrl(screen, 'z').await;
    until_saved(screen, &exhibition, "the template's place again", |c| block(c, "subtitle")["place"].is_null()).await;

    write(screen, "?").await;
    screen.until("the keys are told", "return document.querySelector('[role=dialog]')?.textContent.includes('切り抜き')").await;
    screen.picture("editor-keys-4-keys").await;
    press(screen, Key::Escape).await;

    tab_to(screen, "the paper", "e.matches('main [role=radiogroup][aria-label=\"用紙\"] [role=radio]')").await;
    press(screen, Key::Right).await;
    screen.until("the page is B1", "const s = document.querySelector('.sheet'); return !!s && Math.abs(s.offsetHeight / s.offsetWidth - 1030 / 728) < 0.01").await;
    screen.picture("editor-keys-5-b1").await;
    export(screen, &exhibition, json!("B1"), "by-keys").await;
    press(screen, Key::Left).await;
}
