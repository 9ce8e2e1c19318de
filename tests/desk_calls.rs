//! The calls of the window, on the sample: what each room asks and what it is told.
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use tenjicho_desk::fault::{Fault, FaultKind};
use tenjicho_desk::{Desk, calls, sample};

struct Room {
    desk: Arc<Desk>,
    folder: tempfile::TempDir,
}

/// The sample without its pictures, which take a while to draw.
async fn sample() -> Room {
    let folder = tempfile::tempdir().expect("a folder");
    let fonts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    let desk = Desk::open(&folder.path().join("w"), &fonts).await.expect("opens");
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    sample::save(&desk, sample::records(today, &|_| String::new())).await.expect("saves");
    Room { desk, folder }
}

impl Room {
    async fn ask(&self, name: &str, ask: Value) -> Value {
        self.try_ask(name, ask).await.unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }
    async fn try_ask(&self, name: &str, ask: Value) -> Result<Value, Fault> {
        calls::call(&self.desk, name, ask).await
    }
}

fn titles(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|v| v["title"].as_str().or(v["name"].as_str())).collect()
}

#[tokio::test]
async fn a_year_shows_what_is_held_and_what_is_due() {
    let room = sample().await;
    let year = room.ask("year", json!({ "fiscal_year": 2025 })).await;
    assert_eq!(year["label"], "令和7年度");
    let bars = titles(&year["bars"]);
    assert!(bars.contains(&"第2回 東京で感じる堺") && bars.contains(&"魅力発信イベント") && bars.contains(&"くしろマルシェ"), "{bars:?}");
    let fair = year["bars"].as_array().expect("bars").iter().find(|b| b["title"] == "魅力発信イベント").expect("held");
    assert_eq!((&fair["from"], &fair["to"], &fair["result"]), (&"2025-11-08".into(), &"2025-11-09".into(), &"延べ1,158名".into()));
    assert!(fair["deadlines"].as_array().expect("deadlines").len() > 5);
    assert!(year["due"].as_array().expect("due").iter().any(|d| d["title"] == "入稿" && d["project_title"] == "東京で感じる堺"));
    assert!(year["holidays"].as_array().expect("holidays").iter().any(|h| h["date"] == "2026-01-01"));
    assert_eq!(year["clashes"], json!([]));
}

#[tokio::test]
async fn one_panel_set_in_two_halls_is_a_clash() {
    let room = sample().await;
    let sakai = sample::exhibition_id(2025, 2);
    let stop = json!({ "project": sakai, "venue_name": "明治安田生命丸の内本社ビル", "period": { "precision": "day", "from": "2026-02-25", "to": "2026-02-27" } });
    room.ask("save", json!({ "label": "巡回を加える", "changes": [{ "kind": "tour_stop", "set": stop }] })).await;
    let year = room.ask("year", json!({ "fiscal_year": 2025 })).await;
    let message = year["clashes"][0]["message"].as_str().expect("a clash");
    assert_eq!(message, "「東京で感じる堺」のパネル一式が、2月25日(水)～2月27日(金)に2会場で使われます。");
    let undone = room.ask("undo", json!({})).await;
    assert_eq!(undone["step"]["label"], "巡回を加える");
    assert_eq!(room.ask("year", json!({ "fiscal_year": 2025 })).await["clashes"], json!([]));
}

#[tokio::test]
async fn partners_are_found_by_their_reading() {
    let room = sample().await;
    let found = room.ask("partners", json!({ "text": "ち", "offset": 0, "limit": 50 })).await;
    let names = titles(&found["partners"]);
    assert_eq!(names[..3], ["千葉県市長会", "茅ヶ崎市", "筑後市"]);
    assert!(!names.contains(&"いちき串木野市"));
    let row = room.ask("partners", json!({ "text": "", "row": "た", "kinds": ["association"], "offset": 0, "limit": 50 })).await;
    assert_eq!(titles(&row["partners"]), ["千葉県市長会"]);
    let all = room.ask("partners", json!({ "text": "", "prefecture": "山梨県", "kinds": ["municipality"], "offset": 0, "limit": 100 })).await;
    assert_eq!(all["total"], 27);
}

#[tokio::test]
async fn a_partner_tells_what_was_done_together() {
    let room = sample().await;
    let found = room.ask("partners", json!({ "text": "千葉県市長会", "offset": 0, "limit": 1 })).await;
    let view = room.ask("partner", json!({ "id": found["partners"][0]["id"] })).await;
    assert_eq!(view["members"].as_array().map(Vec::len), Some(37));
    assert_eq!(view["agreements"][0]["signed"]["from"], "2019-10-26");
    assert!(titles(&view["history"]).contains(&"第2回 魅力いっぱい ギュッと 千葉"));
    assert_eq!(view["figures"].as_array().map(Vec::len), Some(3));
    let choshi = room.ask("partner", json!({ "id": "m122025" })).await;
    assert_eq!(titles(&choshi["associations"]), ["千葉県市長会"]);
    assert!(titles(&choshi["history"]).contains(&"魅力発信イベント"));
}

#[tokio::test]
async fn a_municipality_gets_its_record_when_something_is_written_of_it() {
    let room = sample().await;
    let before = room.ask("get", json!({ "kind": "partner", "id": "m132021" })).await;
    assert_eq!(before["record"]["name"], "立川市");
    let change = json!({ "kind": "partner", "id": "m132021", "set": { "contact": "企画課" } });
    room.ask("save", json!({ "label": "窓口を書く", "changes": [change] })).await;
    let after = room.ask("get", json!({ "kind": "partner", "id": "m132021" })).await;
    assert_eq!((&after["record"]["contact"], &after["record"]["kana"]), (&"企画課".into(), &"たちかわし".into()));
}

#[tokio::test]
async fn counts_keep_their_meaning() {
    let room = sample().await;
    let fair = sample::fair_id();
    let counts = room.ask("counts", json!({ "project": fair })).await;
    assert_eq!((&counts["total"], &counts["total_label"], &counts["entered_label"]), (&1158.into(), &"延べ1,158名".into(), &"延べ1,158名".into()));
    assert_eq!((&counts["day"], &counts["day_label"]), (&"2025-11-08".into(), &"令和7年11月8日(土)".into()));
    assert_eq!(counts["days"].as_array().map(Vec::len), Some(2));
    let hours: i64 = counts["hours"].as_array().expect("hours").iter().filter_map(|h| h["total"].as_i64()).sum();
    assert_eq!(hours, 612);
    let doors = counts["doors"].as_array().expect("doors");
    let over = |field: &str| doors.iter().filter_map(|d| d[field].as_i64()).sum::<i64>();
    assert_eq!((over("total"), over("all_days")), (612, 1158));
    let door = counts["doors"][0]["door"].clone();
    room.ask("count", json!({ "project": fair, "door": door, "category": "group", "delta": 20 })).await;
    assert_eq!(room.ask("counts", json!({ "project": fair })).await["total"], 1178);
    let back = room.ask("uncount", json!({ "project": fair, "door": door })).await;
    assert_eq!(back["day_total"], 0);
    assert_eq!(room.ask("counts", json!({ "project": fair })).await["total"], 1158);
}

#[tokio::test]
async fn visitors_of_a_door_that_was_removed_are_still_counted_and_shown() {
    let room = sample().await;
    let fair = sample::fair_id();
    let door = room.ask("counts", json!({ "project": fair })).await["doors"][0]["door"].clone();
    room.ask("save", json!({ "label": "入口を消す", "changes": [{ "kind": "door", "id": door, "remove": true }] })).await;
    let counts = room.ask("counts", json!({ "project": fair, "day": "2025-11-08" })).await;
    let doors = counts["doors"].as_array().expect("doors");
    let sum = |of: &Value| of.as_array().expect("a list").iter().filter_map(|d| d["total"].as_i64()).sum::<i64>();
    assert_eq!((sum(&counts["doors"]), sum(&counts["hours"]), &counts["total"]), (612, 612, &json!(1158)));
    assert!(doors.iter().any(|d| d["name"] == "削除した入口"), "{doors:?}");
}

#[tokio::test]
async fn what_belongs_to_a_removed_project_is_found_nowhere() {
    let room = sample().await;
    let sakai = sample::exhibition_id(2025, 2);
    let stop = json!({ "project": sakai, "venue_name": "見本の巡回先", "period": { "precision": "day", "from": "2026-02-02", "to": "2026-02-05" } });
    room.ask("save", json!({ "label": "巡回を加える", "changes": [{ "kind": "tour_stop", "set": stop }] })).await;
    let seen = async || {
        let year = room.ask("year", json!({ "fiscal_year": 2025 })).await;
        let hits = room.ask("search", json!({ "text": "見本の巡回先", "limit": 10 })).await;
        (titles(&year["bars"]).contains(&"巡回｜見本の巡回先"), hits["hits"].as_array().map(Vec::len))
    };
    assert_eq!(seen().await, (true, Some(1)));
    room.ask("save", json!({ "label": "展示を消す", "changes": [{ "kind": "exhibition", "id": sakai, "remove": true }] })).await;
    assert_eq!(seen().await, (false, Some(0)));
    room.ask("undo", json!({})).await;
    assert_eq!(seen().await, (true, Some(1)));
}

/// A call with a wrong field, with nothing, and with ids that are nowhere: told in Japanese, and nothing is written.
#[tokio::test]
async fn a_stranger_is_told_what_is_wrong() {
    let room = sample().await;
    let japanese = |text: &str| text.chars().any(|c| ('ぁ'..='ん').contains(&c)) && !text.contains("expected");
    for name in calls::NAMES {
        let fault = room.try_ask(name, json!({ "zzz": 1 })).await.expect_err(name);
        assert!(fault.kind == FaultKind::BadCall && fault.message.contains("「zzz」という項目はありません") && japanese(&fault.hint), "{name}: {fault:?}");
        if let Err(fault) = room.try_ask(name, json!({})).await {
            assert!(japanese(&fault.message) && japanese(&fault.hint), "{name}: {fault:?}");
        }
    }
    let before = room.desk.store.fingerprint().await.expect("told");
    let (fair, choshi) = (sample::fair_id(), sample::exhibition_id(2022, 2));
    let out = room.folder.path().join("out");
    for (name, ask, word) in [
        ("list", json!({ "kind": "booths" }), "「booths」という値は使えません"),
        ("list", json!({ "kind": "booth", "limit": 99_999_999_999_i64 }), "「limit」の数が大きすぎる"),
        ("save", json!({ "label": "", "changes": [{ "kind": "booth", "set": { "project": "nowhere", "code": "A" } }] }), "「nowhere」が見つかりません"),
        ("save", json!({ "label": "", "changes": [{ "kind": "booth", "set": { "project": fair, "cod": "A" } }] }), "「cod」という項目はありません"),
        ("save", json!({ "label": "", "changes": [{ "kind": "exhibition", "set": { "fiscal_year": 99_999_999_999_i64 } }] }), "「年度」の数が大きすぎる"),
        ("save", json!({ "label": "", "changes": [{ "kind": "exhibition", "id": choshi, "set": { "period": { "precision": "day", "from": "2026-02-30" } } }] }), "「会期」"),
        ("year", json!({ "fiscal_year": i32::MAX }), "扱えません"),
        ("copy_project", json!({ "kind": "event", "id": fair, "fiscal_year": -5 }), "扱えません"),
        ("roster_out", json!({ "project": "nowhere", "path": out.join("x.csv") }), "見つかりません"),
        ("export_panels", json!({ "exhibition": choshi, "mode": "proof", "folder": "" }), "フォルダーが指定されていません"),
        ("export_panels", json!({ "exhibition": choshi, "mode": "proof", "folder": out, "panels": ["nowhere"] }), "「nowhere」"),
        ("merge_plan", json!({ "exhibition": choshi, "template": "nowhere", "source": "partners" }), "見つかりません"),
    ] {
        let fault = room.try_ask(name, ask.clone()).await.expect_err(name);
        assert!(fault.message.contains(word) && japanese(&fault.hint), "{name} {ask}: {fault:?}");
    }
    assert!(!out.exists(), "nothing was written");
    assert_eq!(before, room.desk.store.fingerprint().await.expect("told"));
}

#[tokio::test]
async fn the_roster_goes_out_as_csv_and_excel() {
    let room = sample().await;
    let path = room.folder.path().join("名簿.csv");
    room.ask("roster_out", json!({ "project": sample::fair_id(), "path": path })).await;
    let text = std::fs::read_to_string(&path).expect("written");
    assert!(text.starts_with("\u{feff}No.,区画") && text.contains("1,A-01,銚子市,ちょうしし") && text.lines().count() == 23, "{text}");
    let excel = room.folder.path().join("名簿.xlsx");
    room.ask("roster_out", json!({ "project": sample::fair_id(), "path": excel })).await;
    assert!(std::fs::read(&excel).expect("written").starts_with(b"PK"));
    let fault = room.try_ask("roster_out", json!({ "project": sample::fair_id(), "path": "名簿.doc" })).await.expect_err("no such kind");
    assert_eq!(fault.kind, FaultKind::CannotWrite);
}

#[tokio::test]
async fn the_report_of_an_event_goes_out_as_excel_with_every_figure_in_its_meaning() {
    let room = sample().await;
    let path = room.folder.path().join("報告.xlsx");
    room.ask("result_out", json!({ "project": sample::fair_id(), "path": path })).await;
    let cells = |sheet: &str| tenjicho_desk::merge_panels::cells_of(&path, sheet).expect("a sheet").into_iter().map(|r| r.join("|")).collect::<Vec<_>>();
    assert_eq!(tenjicho_desk::merge_panels::sheets_of(&path).expect("sheets"), ["概要", "来場者", "出店者", "プログラム"]);
    assert!(cells("概要").iter().any(|r| r.starts_with("来場者|延べ1,158名（入口で数えた人数）\n延べ1,158名")), "{:#?}", cells("概要"));
    let visitors = cells("来場者");
    assert!(visitors.iter().any(|r| r.starts_with("令和7年11月8日(土)|") && r.ends_with("|612")) && visitors.iter().any(|r| r.starts_with("計|") && r.ends_with("|1158")), "{visitors:#?}");
    assert_eq!(cells("出店者").len(), 23);
    for (ask, word) in [(json!({ "project": "nowhere", "path": path }), "見つかりません"), (json!({ "project": sample::fair_id(), "path": "a.pdf" }), "Excelで書き出します")] {
        assert!(room.try_ask("result_out", ask).await.expect_err(word).message.contains(word));
    }
}

#[tokio::test]
async fn a_copied_project_has_no_days_and_no_past() {
    let room = sample().await;
    let copied = room.ask("copy_project", json!({ "kind": "event", "id": sample::fair_id(), "fiscal_year": 2026 })).await;
    let event = room.ask("get", json!({ "kind": "event", "id": copied["id"] })).await;
    assert_eq!((&event["record"]["fiscal_year"], &event["record"]["period"], &event["record"]["status"]), (&2026.into(), &Value::Null, &"plan".into()));
    let parts = |kind: &str| json!({ "kind": kind, "equals": { "project": copied["id"] } });
    assert_eq!(room.ask("list", parts("booth")).await["total"], 24);
    assert_eq!(room.ask("list", parts("roster_entry")).await["total"], 0);
    let dues = room.ask("list", parts("checklist_item")).await;
    assert!(dues["records"].as_array().expect("dues").iter().all(|d| d["due"] == "" && d["done"] == false));
}

#[tokio::test]
async fn a_new_project_brings_its_deadlines_and_they_follow_its_days() {
    let room = sample().await;
    let made = room.ask("save", json!({ "label": "展示を加える", "changes": [{ "kind": "exhibition", "set": { "title": "山の展示", "fiscal_year": 2026 } }] })).await;
    assert_eq!(made["ids"].as_array().map(Vec::len), Some(1), "ids answer what was asked");
    let id = made["ids"][0].clone();
    let dues = async || room.ask("list", json!({ "kind": "checklist_item", "equals": { "project": id } })).await["records"].as_array().expect("dues").clone();
    let due = |all: &[Value], key: &str| all.iter().find(|d| d["key"] == key).map(|d| d["due"].as_str().unwrap_or_default().to_owned());
    assert_eq!((dues().await.len(), due(&dues().await, "print")), (15, Some(String::new())), "no day is invented");
    let open = |from: &str, to: &str| json!({ "label": "会期を変更", "changes": [{ "kind": "exhibition", "id": id, "set": { "period": { "precision": "day", "from": from, "to": to } } }] });
    room.ask("save", open("2026-05-12", "2026-06-19")).await;
    assert_eq!(due(&dues().await, "setup").as_deref(), Some("2026-05-11"));
    // A day that was set by hand, and what is done, stay where they are.
    let item = |all: &[Value], key: &str| all.iter().find(|d| d["key"] == key).map(|d| d["id"].clone()).expect("an item");
    let now = dues().await;
    let by_hand = json!([{ "kind": "checklist_item", "id": item(&now, "print"), "set": { "due": "2026-04-01" } }, { "kind": "checklist_item", "id": item(&now, "hall"), "set": { "done": true } }]);
    room.ask("save", json!({ "label": "期限を変更", "changes": by_hand })).await;
    room.ask("save", open("2026-05-19", "2026-06-26")).await;
    let then = dues().await;
    assert_eq!((due(&then, "print").as_deref(), due(&then, "setup").as_deref()), (Some("2026-04-01"), Some("2026-05-18")));
    assert_eq!(due(&then, "hall"), due(&now, "hall"));
    room.ask("undo", json!({})).await;
    assert_eq!(due(&dues().await, "setup").as_deref(), Some("2026-05-11"), "one step took both");
    for _ in 0..3 {
        room.ask("undo", json!({})).await;
    }
    assert!(dues().await.is_empty(), "the exhibition and its list went together");
}

#[tokio::test]
async fn one_answer_settles_a_period_and_the_deadlines_that_followed_it() {
    let (here, there) = (sample().await, tempfile::tempdir().expect("a folder"));
    let other = Desk::open(&there.path().join("w"), there.path()).await.expect("opens");
    let made = here.ask("save", json!({ "label": "展示を加える", "changes": [{ "kind": "exhibition", "set": { "title": "山の展示", "fiscal_year": 2026 } }] })).await;
    let id = made["ids"][0].clone();
    let (out, back) = (there.path().join("a.tenji"), there.path().join("b.tenji"));
    let opening = |from: &str| json!({ "label": "会期を変更", "changes": [{ "kind": "exhibition", "id": id, "set": { "period": { "precision": "day", "from": from, "to": "2026-06-26" } } }] });
    here.ask("bundle_out", json!({ "path": out })).await;
    calls::call(&other, "bundle_in", json!({ "path": out })).await.expect("merges");
    here.ask("save", opening("2026-05-12")).await;
    calls::call(&other, "save", opening("2026-05-19")).await.expect("saves");
    calls::call(&other, "bundle_out", json!({ "path": back })).await.expect("goes out");
    here.ask("bundle_in", json!({ "path": back })).await;
    let apart = here.ask("conflicts", json!({})).await;
    let apart = apart["conflicts"].as_array().expect("conflicts");
    assert!(apart.len() > 8, "the period, and every deadline that followed it: {}", apart.len());
    let period = apart.iter().find(|c| c["field"] == "period").expect("the period");
    let chosen = period["values"].as_array().expect("values").iter().find(|v| v["value"]["from"] == "2026-05-12").expect("ours")["value"].clone();
    let left = here.ask("settle", json!({ "conflict": period["id"], "value": chosen })).await;
    assert_eq!(left["conflicts"], json!([]), "nothing else is asked");
    let dues = here.ask("list", json!({ "kind": "checklist_item", "equals": { "project": id } })).await;
    let setup = dues["records"].as_array().expect("dues").iter().find(|d| d["key"] == "setup").expect("in the plan")["due"].clone();
    assert_eq!(setup, "2026-05-11");
}

#[tokio::test]
async fn a_copy_of_a_project_without_deadlines_gets_the_plan() {
    let room = sample().await;
    let bare = sample::exhibition_id(2022, 2);
    for due in room.ask("list", json!({ "kind": "checklist_item", "equals": { "project": bare } })).await["records"].as_array().expect("dues") {
        room.ask("save", json!({ "label": "期限を消す", "changes": [{ "kind": "checklist_item", "id": due["id"], "remove": true }] })).await;
    }
    let copied = room.ask("copy_project", json!({ "kind": "exhibition", "id": bare, "fiscal_year": 2026 })).await;
    let list = room.ask("list", json!({ "kind": "checklist_item", "equals": { "project": copied["id"] } })).await;
    assert_eq!(list["total"], 15);
    room.ask("undo", json!({})).await;
    assert_eq!(room.ask("list", json!({ "kind": "checklist_item", "equals": { "project": copied["id"] } })).await["total"], 0);
    // What was due for an exhibition that is removed is due no more.
    let due = |year: &Value| year["due"].as_array().expect("due").len();
    let before = due(&room.ask("year", json!({ "fiscal_year": 2025 })).await);
    room.ask("save", json!({ "label": "展示を消す", "changes": [{ "kind": "exhibition", "id": sample::exhibition_id(2025, 2), "remove": true }] })).await;
    assert!(due(&room.ask("year", json!({ "fiscal_year": 2025 })).await) < before);
}

#[tokio::test]
async fn programmes_of_no_known_year_stand_in_one_list_and_in_no_lane() {
    let room = sample().await;
    for fiscal_year in [2022, 2025] {
        let year = room.ask("year", json!({ "fiscal_year": fiscal_year })).await;
        assert!(year["bars"].as_array().expect("bars").iter().all(|b| b["kind"] != "ward_programme"));
        assert_eq!(year["undated"].as_array().map(Vec::len), Some(23));
    }
    let held = json!({ "ward": "千代田区", "title": "春の市", "period": { "precision": "day", "from": "2025-05-03", "to": "2025-05-04" } });
    room.ask("save", json!({ "label": "事業を加える", "changes": [{ "kind": "ward_programme", "set": held }] })).await;
    let lanes = async |year: i32| room.ask("year", json!({ "fiscal_year": year })).await["bars"].as_array().expect("bars").iter().filter(|b| b["kind"] == "ward_programme").count();
    assert_eq!((lanes(2024).await, lanes(2025).await, lanes(2026).await), (0, 1, 0));
}

#[tokio::test]
async fn search_finds_titles_readings_and_municipalities() {
    let room = sample().await;
    for (text, wanted) in [("堺", "東京で感じる堺"), ("おおつち", "大槌町"), ("ガスの科学館", "がすてなーに ガスの科学館"), ("ニセコ町", "ニセコ町"), ("ﾆｾｺ", "ニセコ町"), ("くじゅうくりはま", "")] {
        let found = room.ask("search", json!({ "text": text, "limit": 20 })).await;
        let names = titles(&found["hits"]);
        assert!(if wanted.is_empty() { names.is_empty() } else { names.contains(&wanted) }, "{text}: {names:?}");
    }
}

#[tokio::test]
async fn every_template_starts_blank_and_every_panel_can_be_pressed() {
    let room = sample().await;
    for template in room.ask("templates", json!({})).await["templates"].as_array().expect("templates") {
        let pressed = room.ask("press", json!({ "content": template["blank"] })).await;
        let url = pressed["pages"][0]["url"].as_str().expect("a page");
        let (kind, svg) = room.desk.resource(url).await.expect("kept");
        assert!(kind == "image/svg+xml" && svg.starts_with(b"<svg"), "{url}");
    }
    let wall = room.ask("panels", json!({ "exhibition": sample::exhibition_id(2022, 2) })).await;
    assert_eq!(wall["panels"].as_array().map(Vec::len), Some(41));
    let thumb = wall["panels"][2]["thumb"].as_str().expect("an address").to_owned();
    let (kind, png) = room.desk.resource(&thumb).await.expect("a picture");
    assert!(kind == "image/png" && png.starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn an_export_leaves_files_and_their_history() {
    let room = sample().await;
    let out = room.folder.path().join("out");
    let sakai = sample::exhibition_id(2025, 2);
    let ask = serde_json::from_value(json!({ "exhibition": sakai, "mode": "proof", "folder": out, "panels": [] })).expect("an ask");
    let job = calls::export_now(&room.desk, ask).await.expect("exports");
    assert_eq!((job.done, job.of, job.faults.len(), job.finished), (7, 7, 0, true), "{job:?}");
    assert!(out.join("01_堺市_A1_校正.pdf").is_file());
    let outputs = room.ask("list", json!({ "kind": "panel_output", "equals": { "project": sakai } })).await;
    assert_eq!(outputs["total"], 7);
    assert_eq!(room.ask("jobs", json!({})).await["jobs"][0]["finished"], true);
}

#[tokio::test]
async fn a_printers_wishes_are_read_and_kept() {
    let room = sample().await;
    let folder = room.ask("printers", json!({})).await["folder"].as_str().expect("a folder").to_owned();
    std::fs::create_dir_all(&folder).expect("a folder");
    let own = r#"{ "name": "machi", "label": "町の印刷所（見本）", "sample": true, "mode": "x1a", "outlined": true, "bleed": 5, "marks": false, "files": "one", "cover": true, "target_ppi": 72 }"#;
    std::fs::write(format!("{folder}/machi.json"), own).expect("written");
    std::fs::write(format!("{folder}/kowareta.json"), "{\n  \"name\": \"b\",\n  \"mode\": \"x9\"\n}").expect("written");
    let printers = room.ask("printers", json!({})).await;
    let line = |name: &str| printers["printers"].as_array().expect("printers").iter().find(|p| p["name"] == name || p["file"] == name).cloned().expect(name);
    assert_eq!((&line("machi")["mode"], &line("machi")["outlined"]), (&json!("PDF/X-1a:2001"), &json!(true)));
    assert_eq!(line("old-rip-x1a")["fault"], json!(null));
    assert!(line("kowareta.json")["fault"].as_str().is_some_and(|fault| fault.contains("3行")), "{}", line("kowareta.json"));

    let out = room.folder.path().join("out");
    let sakai = sample::exhibition_id(2025, 2);
    let ask = serde_json::from_value(json!({ "exhibition": sakai, "printer": "machi", "folder": out, "although": true })).expect("an ask");
    let job = calls::export_now(&room.desk, ask).await.expect("exports");
    assert_eq!((job.faults.len(), job.results.len()), (0, 2), "{job:?}");
    let set = std::fs::read(&job.results[0]).expect("the set");
    assert!(set.starts_with(b"%PDF-1.3") && !set.windows(6).any(|w| w == b"/Font "), "X-1a without fonts");
    assert!(out.join("00_入稿一覧_町の印刷所（見本）.pdf").is_file(), "{job:?}");
    let outputs = room.ask("list", json!({ "kind": "panel_output", "equals": { "project": sakai } })).await;
    assert_eq!(outputs["records"][0]["mode"], "x1a-outlined");
    let fault = room.try_ask("export_panels", json!({ "exhibition": sakai, "printer": "nobody", "folder": out })).await.expect_err("no such printer");
    assert!(fault.kind == FaultKind::NotFound && fault.message.contains("nobody"));
}

#[tokio::test]
async fn a_wrong_call_says_what_is_wrong() {
    let room = sample().await;
    let cases = [
        ("nonsense", json!({}), FaultKind::BadCall, "nonsense"),
        ("list", json!({ "kind": "exhibit" }), FaultKind::BadCall, "kind"),
        ("save", json!({ "label": "直す", "changes": [{ "kind": "booth", "set": { "colour": 1 } }] }), FaultKind::BadField, ""),
        ("press", json!({ "content": "{\"blocks\":[{\"type\":\"titel\"}]}" }), FaultKind::BadField, "blocks[0]"),
        ("partner", json!({ "id": "m000000" }), FaultKind::NotFound, "連携先"),
        ("cancel_job", json!({ "id": "x" }), FaultKind::NotFound, ""),
    ];
    for (name, ask, kind, word) in cases {
        let fault = room.try_ask(name, ask).await.expect_err(name);
        assert_eq!(fault.kind, kind, "{name}: {fault}");
        assert!(fault.message.contains(word) && fault.message.chars().any(|c| ('ぁ'..='ん').contains(&c)), "{name}: {fault}");
    }
}

#[tokio::test]
async fn photos_are_taken_one_by_one() {
    let room = sample().await;
    let good = room.folder.path().join("浜.png");
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 30, image::Rgb([9, 90, 120])).write_to(&mut png, image::ImageFormat::Png).expect("encodes");
    std::fs::write(&good, png.into_inner()).expect("written");
    let bad = room.folder.path().join("壊れた.jpg");
    std::fs::write(&bad, b"\xff\xd8\xff\xe0broken").expect("written");
    let taken = room.ask("take_photos", json!({ "paths": [good, bad], "partner": "m122025" })).await;
    assert_eq!(taken["photos"].as_array().map(Vec::len), Some(1));
    assert!(taken["faults"][0]["file"].as_str().expect("a name").contains("壊れた"));
    let again = room.ask("take_photos", json!({ "paths": [good] })).await;
    assert_eq!(again["photos"], taken["photos"]);
    let hash = taken["hashes"][0].as_str().expect("a hash");
    assert!(room.desk.resource(&format!("/photo/{hash}?w=160")).await.is_some());
    assert!(room.desk.resource("/photo/../../tenjicho.db").await.is_none());
}
