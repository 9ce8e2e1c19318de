//! Drives the real window on the sample: every room, light and dark, and the deeds a coordinator does each day.
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
        screen.client.clone().close().await.expect("the window closes");
    });
}

async fn go(screen: &Screen, label: &str) {
    let script = format!(
        "for (const b of document.querySelectorAll('nav[aria-label=\"部屋\"] button.room')) if (b.textContent.trim() === '{label}') {{ b.click(); return true; }} return false;"
    );
    assert_eq!(screen.ask(&script).await, json!(true), "the rail has no {label}");
    screen.until(&format!("{label} is shown"), &format!("return document.querySelector('button.room[aria-current=\"page\"]')?.textContent.trim() === '{label}'")).await;
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
async fn ctrl(screen: &Screen, key: char) {
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
