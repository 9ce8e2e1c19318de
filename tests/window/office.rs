//! What a coordinator does seldom and must be able to trust: pasting a lecture, meeting another laptop, going back, opening what is damaged.
use crate::screen::{Screen, tenji};
use crate::{call, click, go};
use serde_json::{Value, json};

const WINDOW: (u32, u32) = (1440, 900);

pub async fn a_pasted_lecture_is_saved_as_one_and_has_its_deadlines(screen: &Screen) {
    go(screen, "展示").await;
    click(screen, "button", "案内文を貼り付ける").await;
    let text = "令和7年度 第1回 講演会「森と川のつながりを考える」\n日時：令和8年2月10日（火）14時～16時40分\n会場：オンライン（Zoom）\n内容：基調講演、パネルディスカッション";
    let paste = format!("const f = document.querySelector('main textarea'); f.focus(); document.execCommand('insertText', false, {}); return true;", json!(text));
    screen.until("the text is pasted", &paste).await;
    screen.until("a lecture is read", "return [...document.querySelectorAll('main button')].some((b) => b.textContent.includes('講演会を加える'))").await;
    screen.picture("lecture-pasted").await;
    click(screen, "main .acts button", "講演会を加える").await;
    screen.until("its own page stands", "return document.querySelector('h1')?.textContent.includes('森と川のつながりを考える') && document.querySelectorAll('main .item').length === 9").await;
    click(screen, "main button", "登壇者を加える").await;
    screen.until("a speaker can be written", "return document.querySelectorAll('main .speaker').length === 1").await;
    screen.picture("lecture").await;
    let lectures = call(screen, "list", "{ kind: 'lecture', equals: { fiscal_year: 2025 } }").await;
    assert_eq!(lectures["total"], 1);
    assert_eq!((&lectures["records"][0]["mode"], &lectures["records"][0]["period"]["from"]), (&"online".into(), &"2026-02-10".into()));
    click(screen, "main button", "一覧").await;
    screen.picture("lecture-list").await;
}

/// Another laptop that has this one's records, and what it wrote.
fn other_laptop(screen: &Screen, backup: &str, change: &Value) -> String {
    let other = screen.folder().join("other");
    std::fs::create_dir_all(&other).expect("a folder");
    std::fs::copy(backup, other.join("tenjicho.db")).expect("its records");
    let (folder, bundle) = (other.display().to_string(), screen.folder().join("other.tenji").display().to_string());
    tenji(&["--in", &folder, "call", "save", &change.to_string()]);
    tenji(&["--in", &folder, "call", "bundle_out", &json!({ "path": bundle }).to_string()]);
    bundle
}

pub async fn two_laptops_meet_and_a_person_settles(screen: &Screen) {
    let list = call(screen, "list", "{ kind: 'exhibition', equals: { fiscal_year: 2025 } }").await;
    let id = list["records"][0]["id"].clone();
    let write = |title: &str| json!({ "label": "題名を変更", "changes": [{ "kind": "exhibition", "id": id, "set": { "title": title } }] });
    let backup = screen.folder().join("copy.db").display().to_string();
    call(screen, "backup", &json!({ "path": backup }).to_string()).await;
    let bundle = other_laptop(screen, &backup, &write("受付のノートで書いた題名"));
    call(screen, "save", &write("事務局のノートで書いた題名").to_string()).await;
    let merged = call(screen, "bundle_in", &json!({ "path": bundle }).to_string()).await;
    assert_eq!(merged["conflicts"], 1);
    go(screen, "設定").await;
    click(screen, "nav button", "要確認").await;
    screen.until("both values stand", "return document.querySelectorAll('main .value').length === 2").await;
    screen.picture("conflict").await;
    let chosen = "[...document.querySelectorAll('main .value')].find((v) => v.textContent.includes('受付の'))";
    screen.until("one is chosen", &format!("const v = {chosen}; v?.querySelector('button').click(); return !!v;")).await;
    screen.until("nothing is apart any more", "return document.body.textContent.includes('食い違いはありません')").await;
    let got = call(screen, "get", &json!({ "kind": "exhibition", "id": id }).to_string()).await;
    assert_eq!(got["record"]["title"], "受付のノートで書いた題名");
    assert_eq!(call(screen, "bundle_in", &json!({ "path": bundle }).to_string()).await["already"], true, "twice changes nothing");
}

pub async fn a_backup_brings_back_what_was(screen: &Screen) {
    go(screen, "設定").await;
    click(screen, "nav button", "データと控え").await;
    click(screen, "main button", "いま控えを作る").await;
    screen.until("it is listed", "return document.querySelectorAll('main tbody tr').length >= 2").await;
    let made = call(screen, "save", "{ label: '展示を加える', changes: [{ kind: 'exhibition', set: { title: '控えのあとの展示', fiscal_year: 2026 } }] }").await;
    click(screen, "main tbody tr button", "この時点に戻す").await;
    screen.until("it is asked first", "return !!document.querySelector('dialog[open]')").await;
    screen.picture("restore-asked").await;
    click(screen, "dialog button", "戻す").await;
    screen.until("it went back", "return document.body.textContent.includes('控えの時点に戻しました')").await;
    let gone = call(screen, "get", &json!({ "kind": "exhibition", "id": made["ids"][0] }).to_string()).await;
    assert!(gone["record"].is_null(), "what came after the backup is gone: {gone}");
    screen.picture("restored").await;
}

/// A title of sixty characters, half the width (as letters twice as large leave it), and no colours: nothing scrolls sideways, and the
/// pictures are kept to be looked at.
pub async fn nothing_is_lost_to_long_titles_large_letters_and_grey(screen: &Screen) {
    let title = "東京二十三区と全国各地の市町村がともに歩んだ十年のあゆみと、これからの連携のかたちを写真とことばでたどる特別展示のご案内";
    assert_eq!(title.chars().count(), 60);
    for kind in ["exhibition", "event"] {
        let list = call(screen, "list", &json!({ "kind": kind, "equals": { "fiscal_year": 2025 } }).to_string()).await;
        let change = json!({ "label": "題名を変更", "changes": [{ "kind": kind, "id": list["records"][0]["id"], "set": { "title": title } }] });
        call(screen, "save", &change.to_string()).await;
    }
    for (name, width, height, filter) in [("long", 1280, 800, ""), ("half", 960, 540, ""), ("grey", 1440, 900, "grayscale(1)")] {
        screen.client.set_window_size(width, height).await.expect("a size");
        screen.ask(&format!("document.documentElement.style.filter = '{filter}'")).await;
        for (label, room) in crate::ROOMS {
            go(screen, label).await;
            screen.settle().await;
            let fits = "return document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('header.bar button')].every((b) => b.getBoundingClientRect().right <= innerWidth)";
            assert_eq!(screen.ask(fits).await, json!(true), "{label} does not fit at {width}");
            screen.picture(&format!("{room}-{name}")).await;
        }
    }
    screen.ask("document.documentElement.style.filter = ''").await;
    screen.client.set_window_size(WINDOW.0, WINDOW.1).await.expect("a size");
}

pub async fn a_damaged_workspace_opens_from_its_backup(folder: tempfile::TempDir) {
    let database = folder.path().join("sample").join("tenjicho.db");
    let whole = std::fs::read(&database).expect("the workspace");
    std::fs::write(&database, &whole[..whole.len() / 3]).expect("damaged");
    for beside in ["tenjicho.db-wal", "tenjicho.db-shm"] {
        // The window closed them; where one is left it belongs to the whole file.
        let _ = std::fs::remove_file(database.with_file_name(beside));
    }
    let screen = Screen::open_on(folder).await;
    screen.until("the backup is offered", "return [...document.querySelectorAll('button')].some((b) => b.textContent.includes('直近のバックアップから開く'))").await;
    screen.client.set_window_size(WINDOW.0, WINDOW.1).await.expect("a size");
    screen.picture("recovery").await;
    click(&screen, "button", "直近のバックアップから開く").await;
    screen.until("the rooms stand again", "return document.querySelectorAll('nav[aria-label=\"部屋\"] button.room').length === 7").await;
    let kept = std::fs::read_dir(screen.folder().join("sample")).expect("the folder").flatten().any(|e| e.file_name().to_string_lossy().starts_with("broken-"));
    assert!(kept, "the damaged file is set aside, not removed");
    screen.picture("recovered").await;
    screen.close().await;
}
