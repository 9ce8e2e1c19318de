//! Drives the real window on the sample: every room, light and dark, and the deeds a coordinator does each day.
mod editor;
mod firm;
mod office;
mod screen;

use fantoccini::key::Key;
use fantoccini::{Locator, actions::{InputSource, KeyAction, KeyActions}};
use screen::Screen;
use serde_json::json;

const ROOMS: [(&str, &str); 7] =
    [("年間", "nenkan"), ("展示", "exhibition"), ("イベント", "event"), ("来場者", "counter"), ("連携先", "partners"), ("パネル", "panel"), ("設定", "settings")];

#[test]
fn the_real_window_on_the_sample() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let screen = Screen::open().await;
        screen.until("the rail stands", "return document.querySelectorAll('nav[aria-label=\"部屋\"] button.room').length === 7").await;
        rooms_in_both_looks(&screen).await;
        palette_opens_and_closes(&screen).await;
        panels_of_the_largest_set_are_shown_and_pressed(&screen).await;
        an_announcement_fills_an_exhibition(&screen).await;
        a_roster_cell_is_written_and_taken_back(&screen).await;
        visitors_are_counted_and_one_is_taken_back(&screen).await;
        office::a_pasted_lecture_is_saved_as_one_and_has_its_deadlines(&screen).await;
        office::two_laptops_meet_and_a_person_settles(&screen).await;
        office::a_backup_brings_back_what_was(&screen).await;
        office::nothing_is_lost_to_long_titles_large_letters_and_grey(&screen).await;
        let folder = screen.close().await;
        office::a_damaged_workspace_opens_from_its_backup(folder).await;
    });
}

/// A second window, on a sample of its own: what is made here cannot disturb what is looked at there.
#[test]
fn a_panel_from_nothing_in_the_real_window() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let screen = Screen::open().await;
        screen.until("the rail stands", "return document.querySelectorAll('nav[aria-label=\"部屋\"] button.room').length === 7").await;
        screen.client.set_window_size(1440, 900).await.expect("a size");
        editor::by_the_mouse(&screen).await;
        editor::by_the_keyboard_alone(&screen).await;
        screen.close().await;
    });
}

/// A third: what is handed to the printing firm, and what hangs in the hall.
#[test]
fn a_set_for_the_printing_firm_in_the_real_window() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let screen = Screen::open().await;
        screen.until("the rail stands", "return document.querySelectorAll('nav[aria-label=\"部屋\"] button.room').length === 7").await;
        screen.client.set_window_size(1440, 900).await.expect("a size");
        firm::a_set_is_made_ready_and_exported(&screen).await;
        firm::a_long_export_is_stopped(&screen).await;
        firm::panels_are_hung_on_a_wall(&screen).await;
        firm::the_editor_in_a_small_window(&screen).await;
        firm::a_list_with_one_bad_row_becomes_a_panel_set(&screen).await;
        firm::own_work_begins_empty(&screen).await;
        screen.close().await;
    });
}

pub(crate) async fn go(screen: &Screen, label: &str) {
    // Pressed again until it is heard: the rail stands before the place that was left is read.
    let script = format!(
        "const b = [...document.querySelectorAll('nav[aria-label=\"部屋\"] button.room')].find((b) => b.textContent.trim() === '{label}'); if (b?.getAttribute('aria-current') === 'page') return true; b?.click(); return false;"
    );
    screen.until(&format!("{label} is shown"), &script).await;
}

async fn rooms_in_both_looks(screen: &Screen) {
    for (width, height, look) in [(1440, 900, "light"), (1440, 900, "dark"), (1280, 800, "light"), (1920, 1080, "light")] {
        screen.client.set_window_size(width, height).await.expect("a size");
        screen.ask(&format!("document.documentElement.dataset.theme = '{look}'")).await;
        for (label, name) in ROOMS {
            go(screen, label).await;
            screen.settle().await;
            assert_eq!(screen.ask("return document.querySelector('[role=alert]')?.textContent ?? ''").await, json!(""), "{label} shows a fault");
            assert_eq!(screen.ask("return document.documentElement.scrollWidth <= innerWidth").await, json!(true), "{label} scrolls sideways at {width}");
            screen.picture(&format!("{name}-{look}-{width}")).await;
        }
    }
    screen.ask("document.documentElement.dataset.theme = 'light'").await;
    screen.client.set_window_size(1440, 900).await.expect("a size");
}

/// Presses a key with Ctrl held.
pub(crate) async fn ctrl(screen: &Screen, key: char) {
    let keys = KeyActions::new("keys".into())
        .then(KeyAction::Down { value: Key::Control.into() })
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key })
        .then(KeyAction::Up { value: Key::Control.into() });
    screen.client.perform_actions(keys).await.expect("keys");
    screen.settle().await;
}

async fn palette_opens_and_closes(screen: &Screen) {
    ctrl(screen, 'k').await;
    let field = screen.client.find(Locator::Css("[role=dialog] input, [role=combobox]")).await.expect("the palette opens with Ctrl+K");
    field.send_keys("堺").await.expect("typing");
    screen.picture("palette").await;
    field.send_keys(&String::from(char::from(Key::Escape))).await.expect("Esc");
    screen.until("the palette closes", "return !document.querySelector('[role=dialog]')").await;
}

/// Clicks the first element of `css` whose text contains `text`.
pub(crate) async fn click(screen: &Screen, css: &str, text: &str) {
    let script = format!("const found = [...document.querySelectorAll('{css}')].find((e) => e.textContent.includes('{text}')); found?.click(); return !!found;");
    screen.until(&format!("{css} with {text}"), &script).await;
    screen.settle().await;
}

/// Makes a call as the window does; answers when `what` of the answer is true.
pub(crate) async fn call(screen: &Screen, name: &str, ask: &str) -> serde_json::Value {
    let script = format!(
        "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('call', {{ name: '{name}', ask: {ask} }}).then((a) => done({{ ok: a }}), (f) => done({{ fault: f }}));"
    );
    let answer = screen.client.execute_async(&script, vec![]).await.expect("a call");
    assert!(answer["fault"].is_null(), "{name}: {answer}");
    answer["ok"].clone()
}

async fn panels_of_the_largest_set_are_shown_and_pressed(screen: &Screen) {
    let list = call(screen, "list", "{ kind: 'exhibition' }").await;
    let chiba = list["records"].as_array().expect("records").iter().find(|e| e["title"] == "魅力いっぱい ギュッと 千葉").expect("the sample's exhibition");
    let id = chiba["id"].as_str().expect("an id");
    go(screen, "展示").await;
    click(screen, "main a, main button, main [role=option], main li", "ギュッと 千葉").await;
    screen.picture("exhibition-chiba").await;
    go(screen, "パネル").await;
    screen.until("41 thumbnails stand", "return document.querySelectorAll('main img').length >= 41 && [...document.querySelectorAll('main img')].slice(0, 12).every((i) => i.complete && i.naturalWidth > 0)").await;
    click(screen, "main li button", "銚子市").await;
    screen.until("its blocks are listed", "return document.querySelector('main aside').textContent.includes('犬吠埼') || document.querySelector('main aside').textContent.includes('関東のいちばん東')").await;
    screen.until("the page is drawn", "return document.querySelectorAll('main .sheet svg path').length > 50").await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    screen.picture("panel-chiba").await;
    let out = screen.folder().join("out");
    let ask = json!({ "exhibition": id, "mode": "proof", "folder": out }).to_string();
    call(screen, "export_panels", &ask).await;
    screen.until("41 proofs are written", &format!(
        "return (document.body.textContent.includes('{}') || document.body.textContent.includes('フォルダーを表示'))", "書き出しました"
    )).await;
    let written = walk(&out).len();
    assert_eq!(written, 41, "proof PDFs in {}", out.display());
    screen.picture("panel-exported").await;
}

pub(crate) fn walk(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect()
}

async fn an_announcement_fills_an_exhibition(screen: &Screen) {
    go(screen, "展示").await;
    click(screen, "button", "案内文を貼り付ける").await;
    let text = ["令和8年度 第1回 全国連携展示「山の恵みと湧き水のまち」", "会期：令和8年5月12日（火）～6月19日（金）", "会場：東京区政会館 1階 エントランスホール", "内容：パネル、PR映像、パンフレット"].join("\n");
    let paste = format!("const f = document.querySelector('main textarea'); f.focus(); document.execCommand('insertText', false, {}); return true;", json!(text));
    screen.until("the text is pasted", &paste).await;
    for part in ["山の恵みと湧き水のまち", "令和8年5月12日", "1階 エントランスホール"] {
        screen.until(&format!("{part} is read"), &format!("return [...document.querySelectorAll('main input')].some((i) => i.value.includes('{part}'))")).await;
    }
    screen.picture("exhibition-pasted").await;
    press(screen, Key::Escape).await;
}

async fn a_roster_cell_is_written_and_taken_back(screen: &Screen) {
    go(screen, "イベント").await;
    click(screen, "main button, main a, main li", "魅力発信イベント").await;
    click(screen, "[role=tab]", "名簿").await;
    screen.until("the roster stands", "return document.querySelectorAll('main [role=gridcell]').length > 60").await;
    screen.picture("event-roster").await;
    // The products of the second line.
    let cell = "document.querySelector('main [role=gridcell][data-row=\"1\"][data-col=\"3\"]')";
    let before = screen.ask(&format!("return {cell}.textContent.trim()")).await;
    screen.client.find(Locator::Css("main [role=gridcell][data-row=\"1\"][data-col=\"3\"]")).await.expect("a cell").click().await.expect("a click");
    let typed = KeyActions::new("keys".into()).then(KeyAction::Down { value: '梅' }).then(KeyAction::Up { value: '梅' });
    screen.client.perform_actions(typed).await.expect("a key");
    press(screen, Key::Enter).await;
    screen.until("the cell is written", &format!("return {cell}.textContent.trim() === '梅'")).await;
    ctrl(screen, 'z').await;
    screen.until("the cell is as before", &format!("return {cell}.textContent.trim() === {before}")).await;
    click(screen, "[role=tab]", "ステージ").await;
    screen.picture("event-stage").await;
}

/// One key alone.
pub(crate) async fn press(screen: &Screen, key: Key) {
    let keys = KeyActions::new("keys".into()).then(KeyAction::Down { value: key.into() }).then(KeyAction::Up { value: key.into() });
    screen.client.perform_actions(keys).await.expect("a key");
    screen.settle().await;
}

async fn visitors_are_counted_and_one_is_taken_back(screen: &Screen) {
    go(screen, "来場者").await;
    click(screen, "main button", "数え始める").await;
    let total = "Number(document.querySelector('.face .number').textContent.replaceAll(',', ''))";
    let start = screen.ask(&format!("return {total}")).await.as_f64().expect("a figure");
    for _ in 0..3 {
        let space = KeyActions::new("keys".into()).then(KeyAction::Down { value: ' ' }).then(KeyAction::Up { value: ' ' });
        screen.client.perform_actions(space).await.expect("the space bar");
    }
    screen.until("three more are counted", &format!("return {total} === {}", start + 3.0)).await;
    ctrl(screen, 'z').await;
    screen.until("one is taken back", &format!("return {total} === {}", start + 2.0)).await;
    screen.picture("counter-face").await;
    click(screen, ".face button", "終える").await;
}
