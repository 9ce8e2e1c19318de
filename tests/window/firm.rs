//! What goes to the printing firm, in the real window: the report with its fixes and waivers, the question before an export, the export
//! sheet, a merge with one bad row, the walls of the hall, and the beginning of one's own work.
use crate::editor::{DOWN, UP, WRITING, area_of, double_click, drag, middle, pointer, saved, to, until_saved, write};
use crate::screen::Screen;
use crate::{call, click, ctrl, go, press, walk};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const SAKAI: &str = "東京で感じる堺";

/// A picture in both looks.
async fn both(screen: &Screen, name: &str) {
    screen.picture(name).await;
    look(screen, "dark").await;
    screen.picture(&format!("{name}-dark")).await;
    look(screen, "light").await;
}

async fn look(screen: &Screen, name: &str) {
    screen.ask(&format!("document.documentElement.dataset.theme = '{name}'")).await;
}

async fn open_set(screen: &Screen, title: &str) {
    go(screen, "パネル").await;
    click(screen, "main button[aria-label=\"展示を選ぶ\"]", "").await;
    click(screen, "[role=menuitemradio]", title).await;
    screen.until("its page is drawn", "return document.querySelectorAll('main .sheet svg path').length > 20").await;
}

async fn exhibition(screen: &Screen, title: &str) -> String {
    let list = call(screen, "list", "{ kind: 'exhibition' }").await;
    let one = list["records"].as_array().expect("records").iter().find(|e| e["title"] == title).expect("the sample's exhibition");
    one["id"].as_str().expect("an id").to_owned()
}

/// A fix makes the set ready, undo takes it back, a reason lets it pass; and only the button begins an export.
pub async fn a_set_is_made_ready_and_exported(screen: &Screen) {
    let out = screen.folder().join("to-the-firm");
    std::fs::create_dir_all(&out).expect("a folder");
    open_set(screen, SAKAI).await;
    click(screen, "header.bar button", "検査").await;
    screen.until("the report stands", "return document.querySelectorAll('dialog[open] tbody tr').length > 5").await;
    both(screen, "preflight").await;
    click(screen, "dialog[open] [role=radio]", "誤り").await;
    click(screen, "dialog[open] .acts button", "校了にする").await;
    screen.until("the set is ready", "return document.querySelector('dialog[open] header').textContent.includes('入稿可')").await;
    screen.picture("preflight-fixed").await;
    ctrl(screen, 'z').await;
    screen.until("undo takes the fix back", "return document.querySelector('dialog[open] header').textContent.includes('入稿不可')").await;
    press(screen, Key::Escape).await;

    click(screen, "header.bar .button.main", "").await;
    screen.picture("export-menu").await;
    click(screen, "[role=menuitemradio]", "相手と形式を選んで").await;
    screen.until("the sheet says what is left", "return document.querySelector('dialog[open] .state')?.textContent.includes('誤り 1件')").await;
    both(screen, "export-sheet").await;
    click(screen, "dialog[open] [role=radio]", "このパネルだけ").await;
    screen.until("this one alone is ready", "return document.querySelector('dialog[open] .state')?.textContent.includes('入稿可')").await;
    click(screen, "dialog[open] [role=radio]", "全部").await;
    screen.answer_dialogs(&json!(out)).await;
    click(screen, "dialog[open] .deeds button", "書き出す").await;
    screen.until("it is asked first", "return document.querySelector('dialog[open] footer')?.textContent.includes('このまま書き出す')").await;
    assert!(walk(&out).is_empty(), "nothing is written before the answer");
    both(screen, "export-question").await;
    click(screen, "dialog[open] .acts button", "見送る").await;
    screen.until("the reason can be written", "return document.activeElement?.matches('dialog[open] .ask textarea')").await;
    write(screen, "先方の確認待ち").await;
    screen.picture("waiver").await;
    click(screen, "dialog[open] .pair button", "見送る").await;
    screen.until("nothing is in the way", "return document.querySelector('dialog[open] footer').textContent.includes('書き出せます')").await;
    both(screen, "waived").await;
    click(screen, "dialog[open] footer button.main", "書き出す").await;
    screen.until("the room says so", "return document.querySelector('main .job')?.textContent.includes('7枚を書き出しました')").await;
    both(screen, "exported").await;
    let names: Vec<String> = walk(&out).iter().map(|p| p.file_name().unwrap_or_default().to_string_lossy().into_owned()).collect();
    assert_eq!(names.len(), 8, "seven panels and the list: {names:?}");
    click(screen, "main .job button[aria-label=\"閉じる\"]", "").await;
}

/// A long export says how far it is and stops when it is told to.
pub async fn a_long_export_is_stopped(screen: &Screen) {
    let title = "魅力いっぱい ギュッと 千葉";
    let id = exhibition(screen, title).await;
    open_set(screen, title).await;
    call(screen, "export_panels", &json!({ "exhibition": id, "printer": "old-rip-x1a", "folder": screen.folder().join("stopped"), "although": true }).to_string()).await;
    screen.until("it says how far it is", "return document.querySelector('main .job [role=progressbar]')?.getAttribute('aria-valuemax') === '41'").await;
    both(screen, "export-running").await;
    click(screen, "main .job button", "中止").await;
    screen.until("it stopped", "return document.querySelector('main .job')?.textContent.includes('中止しました')").await;
    screen.picture("export-stopped").await;
    click(screen, "main .job button[aria-label=\"閉じる\"]", "").await;
}

/// The list of the request as it comes back from the cities; one photo is missing.
fn list(folder: &Path, photos: &[PathBuf]) -> PathBuf {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("依頼一覧").expect("a sheet");
    let rows = [
        ["自治体名", "ふりがな", "人口", "写真ファイル名", "写真提供"],
        ["銚子市", "ちょうしし", "50001", "a.jpg", "見本"],
        ["館山市", "たてやまし", "50002", "b.jpg", "見本"],
        ["茂原市", "もばらし", "50003", "届いていない.jpg", "見本"],
        ["鴨川市", "かもがわし", "50004", "a.jpg", "見本"],
    ];
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            sheet.write_string(r as u32, c as u16, *cell).expect("written");
        }
    }
    for (photo, name) in photos.iter().zip(["a.jpg", "b.jpg"]) {
        std::fs::copy(photo, folder.join(name)).expect("a photo");
    }
    let path = folder.join("依頼一覧.xlsx");
    book.save(&path).expect("saved");
    path
}

pub async fn a_list_with_one_bad_row_becomes_a_panel_set(screen: &Screen) {
    let folder = screen.folder().join("returned");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut photos: Vec<PathBuf> = files(&screen.folder().join("sample").join("media")).into_iter().filter(|p| std::fs::metadata(p).is_ok_and(|m| m.len() > 100_000)).collect();
    photos.sort();
    let file = list(&folder, &photos);
    let content = json!({ "template": "municipality", "theme": "umi", "blocks": [
        { "type": "title", "text": "{{市名}}", "reading": "{{よみ}}", "region": "千葉県" },
        { "type": "photo", "picture": "{{写真}}", "caption": "{{市名}}の風景", "credit": "{{提供}}" },
        { "type": "lead", "text": "{{市名}}を紹介します。" },
        { "type": "facts", "rows": [{ "label": "人口", "value": "{{人口}}人" }] },
        { "type": "footer", "lines": ["見本"] }
    ] });
    let made = call(screen, "save", &json!({ "label": "展示を加える", "changes": [{ "kind": "exhibition", "set": { "title": "差し込みの展示", "fiscal_year": 2026 } }] }).to_string()).await;
    let panel = json!({ "project": made["ids"][0], "number": 1, "title": "ひな形", "content": content.to_string(), "status": "none", "version": 1 });
    call(screen, "save", &json!({ "label": "ひな形を加える", "changes": [{ "kind": "panel", "set": panel }] }).to_string()).await;
    open_set(screen, "差し込みの展示").await;
    click(screen, "main .add button", "").await;
    click(screen, "[role=menuitemradio]", "一覧を差し込んで作る").await;
    screen.until("the cursor is where one begins", "return document.activeElement?.matches('dialog[open] [role=radio][aria-checked=true]')").await;
    screen.picture("merge-begun").await;
    screen.answer_dialogs(&json!(file)).await;
    click(screen, "dialog[open] button", "ファイルを選ぶ").await;
    screen.until("three samples are drawn", "const s = [...document.querySelectorAll('dialog[open] .samples img')]; return s.length === 3 && s.every((i) => i.complete && i.naturalWidth > 0)").await;
    let bad = screen.ask("return document.querySelector('dialog[open] .faults')?.textContent ?? ''").await;
    assert!(bad.as_str().is_some_and(|t| t.contains("4行目") && t.contains("茂原市") && t.contains("届いていない.jpg")), "the bad row is named: {bad}");
    both(screen, "merge").await;
    click(screen, "dialog[open] footer button", "3枚を作る").await;
    screen.until("three panels more", "return document.querySelectorAll('main .wall .panel').length === 4 && document.querySelector('main .job')?.textContent.includes('3枚を差し込みました')").await;
    screen.picture("merged").await;
    click(screen, "main .job button[aria-label=\"閉じる\"]", "").await;
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Panels are hung, one is pulled and one pushed by the keys; what touches is said.
pub async fn panels_are_hung_on_a_wall(screen: &Screen) {
    let id = exhibition(screen, SAKAI).await;
    let hung = json!({ "kind": "wall_place", "equals": { "project": id } }).to_string();
    go(screen, "展示").await;
    click(screen, "main .rows button", SAKAI).await;
    let shown = "document.querySelector('section[aria-label=\"壁面\"]').scrollIntoView({ block: 'end' });";
    screen.until("the wall stands", "return !!document.querySelector('section[aria-label=\"壁面\"] .drawing')").await;
    screen.ask(shown).await;
    screen.picture("wall-empty").await;
    click(screen, "section[aria-label=\"壁面\"] button", "残り7枚").await;
    screen.until("seven hang", "return document.querySelectorAll('.drawing .panel img').length === 7").await;
    screen.ask(shown).await;
    both(screen, "wall").await;
    drag(screen, ".drawing .panel:nth-of-type(2)", (-40.0, 0.0)).await;
    screen.until("what touches is said", "return document.querySelector('section[aria-label=\"壁面\"]').textContent.includes('2枚が重なるか')").await;
    screen.picture("wall-clash").await;
    click(screen, "section[aria-label=\"壁面\"] button", "左から並べる").await;
    screen.until("nothing touches", "return !document.querySelector('section[aria-label=\"壁面\"]').textContent.includes('重なるか')").await;
    let before = call(screen, "list", &hung).await;
    screen.ask("document.querySelectorAll('.drawing .panel')[6].focus(); return true;").await;
    press(screen, Key::Right).await;
    screen.until("the last went 5 cm to the right", &format!("return Math.abs(Number(document.querySelectorAll('.drawing .panel')[6].getAttribute('aria-label').match(/左から([0-9.]+)/)[1]) - {}) < 0.001", x_of_last(&before) + 0.05)).await;
    press(screen, Key::Delete).await;
    screen.until("six hang", "return document.querySelectorAll('.drawing .panel').length === 6").await;
    ctrl(screen, 'z').await;
    screen.until("undo hangs it again", "return document.querySelectorAll('.drawing .panel').length === 7").await;
}

fn x_of_last(places: &Value) -> f64 {
    let all = places["records"].as_array().expect("places").iter().filter_map(|p| p["x_m"].as_f64());
    (all.fold(0.0, f64::max) * 100.0).round() / 100.0
}

/// Vertical words, the order on the wall of panels, a photo of the clipboard, two versions one over the other, forms of new blocks; all at 1280×800.
pub async fn the_editor_in_a_small_window(screen: &Screen) {
    let id = exhibition(screen, SAKAI).await;
    screen.client.set_window_size(1280, 800).await.expect("a size");
    open_set(screen, SAKAI).await;
    both(screen, "small").await;

    click(screen, "aside [role=radiogroup][aria-label=\"テーマ\"] button", "墨").await;
    screen.until("the title stands upright", "const t = document.querySelector('.sheet .hit[aria-label^=\"題名\"]')?.getBoundingClientRect(); return !!t && t.height > t.width").await;
    let title = area_of(screen, "題名").await;
    double_click(screen, &title, WRITING).await;
    write(screen, "堺の町").await;
    screen.until("the page follows", "return document.querySelector('.sheet .hit[aria-label^=\"題名\"]').getAttribute('aria-label').includes('堺の町')").await;
    both(screen, "upright").await;
    press(screen, Key::Escape).await;
    press(screen, Key::Escape).await;

    click(screen, "main footer button[aria-label=\"前の版と比べる\"]", "").await;
    click(screen, ".compare [role=radio]", "重ねる").await;
    screen.until("one lies over the other", "return document.querySelectorAll('.compare .pulled svg').length === 2").await;
    drag(screen, ".compare .pulled", (60.0, 0.0)).await;
    both(screen, "compare-over").await;
    click(screen, ".compare [role=radio]", "違い").await;
    screen.picture("compare-apart").await;
    press(screen, Key::Escape).await;
    screen.until("Esc leads back to the page", "return !!document.activeElement?.closest('.sheet')").await;
    ctrl(screen, 'z').await;
    ctrl(screen, 'z').await;

    let names = "[...document.querySelectorAll('main .wall .name')].map((n) => n.textContent).join()";
    let before = screen.ask(&format!("return {names}")).await;
    let (from, over) = (middle(screen, "main .wall .panel:nth-child(6) button").await, middle(screen, "main .wall .panel:nth-child(2) button").await);
    pointer(screen, vec![to(from.0, from.1, 0), DOWN, to(over.0, over.1, 150), to(over.0 - 12.0, over.1, 80)]).await;
    screen.picture("wall-drag").await;
    pointer(screen, vec![UP]).await;
    screen.until("the sixth is the second", "return document.querySelectorAll('main .wall .name')[1]?.textContent === 'ステージの時間割'").await;
    ctrl(screen, 'z').await;
    screen.until("the old order", &format!("return {names} === {before}")).await;

    paste(screen).await;
    screen.until("the photo is on the page", "return [...document.querySelectorAll('main aside')].some((a) => a.textContent.includes('貼り付けた写真.png'))").await;
    screen.picture("pasted").await;
    ctrl(screen, 'z').await;
    forms(screen, &id).await;
    screen.client.set_window_size(1440, 900).await.expect("a size");
}

/// A picture lies in the clipboard and is pasted on the page.
async fn paste(screen: &Screen) {
    let script = "const done = arguments[0]; const c = document.createElement('canvas'); c.width = 1800; c.height = 1200; const g = c.getContext('2d'); g.fillStyle = '#2a6f5b'; g.fillRect(0, 0, 1800, 1200); g.fillStyle = '#f2b441'; g.fillRect(300, 300, 500, 500);
        c.toBlob((b) => { const data = new DataTransfer(); data.items.add(new File([b], 'image.png', { type: 'image/png' })); document.querySelector('.sheet').focus(); document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); done(true); }, 'image/png');";
    assert_eq!(screen.client.execute_async(script, vec![]).await.expect("a paste"), json!(true));
}

/// Each kind of new block has its form; what is added is taken back again.
async fn forms(screen: &Screen, exhibition: &str) {
    let count = |c: &Value| c["blocks"].as_array().map_or(0, Vec::len);
    let before = count(&saved(screen, exhibition).await);
    for (n, name) in ["グラフ", "箇条書き", "写真の組", "タイムテーブル", "年表", "会場案内図", "表", "ロゴ"].into_iter().enumerate() {
        if screen.ask("return !document.querySelector('aside button[aria-label=\"部品を加える\"]')").await == json!(true) {
            click(screen, "aside button[aria-label=\"部品の一覧へ戻る\"]", "").await;
        }
        click(screen, "aside button[aria-label=\"部品を加える\"]", "").await;
        click(screen, "[role=menuitemradio]", name).await;
        screen.until("its form stands", &format!("return document.querySelector('aside h2')?.textContent === '{name}'")).await;
        screen.picture(&format!("form-{n}")).await;
        until_saved(screen, exhibition, name, |c| count(c) == before + 1).await;
        ctrl(screen, 'z').await;
        until_saved(screen, exhibition, "taken back", |c| count(c) == before).await;
    }
}

/// From the sample to one's own empty workspace, whose rooms say what to do, and back.
pub async fn own_work_begins_empty(screen: &Screen) {
    go(screen, "設定").await;
    click(screen, "main button", "自分の展示帖を始める").await;
    screen.until("the rooms of the other workspace stand", "return document.querySelectorAll('nav[aria-label=\"部屋\"] button.room').length === 7 && !document.querySelector('nav .sample') && document.querySelector('main')?.textContent.includes('予定がありません')").await;
    for (label, words) in [("展示", "展示がありません"), ("イベント", "イベントはありません"), ("来場者", "行事がありません"), ("パネル", "展示がありません"), ("年間", "予定がありません")] {
        go(screen, label).await;
        screen.until(&format!("{label} says what to do"), &format!("return document.querySelector('main').textContent.includes('{words}') && !!document.querySelector('main .empty button')")).await;
        screen.picture(&format!("own-{label}")).await;
    }
    go(screen, "設定").await;
    click(screen, "main button", "見本を開く").await;
    screen.until("the sample is as it was", "return !!document.querySelector('nav .sample')").await;
    assert!(!exhibition(screen, SAKAI).await.is_empty());
}
