//! Preflight over a set in a workspace: waivers with their reason, fixes as undoable steps, the question before 入稿, and the report.
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tenjicho_desk::fault::{Fault, FaultKind};
use tenjicho_desk::model::record::Kind;
use tenjicho_desk::{Desk, calls};

struct Office {
    desk: Arc<Desk>,
    folder: tempfile::TempDir,
    exhibition: String,
    panel: String,
}

async fn empty(folder: &Path) -> Arc<Desk> {
    let fonts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    Desk::open(folder, &fonts).await.expect("opens")
}

fn content(lead: &str) -> String {
    let place = json!({ "x": 25, "y": 25, "w": 400, "h": 60 });
    json!({ "blocks": [{ "type": "lead", "text": lead, "place": place }, { "type": "municipalities", "names": ["高飾区"], "place": { "x": 25, "y": 200, "w": 400, "h": 100 } }] }).to_string()
}

async fn office() -> Office {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = empty(&folder.path().join("w")).await;
    let made = desk.store.edit("見本を作る", |tx| {
        let exhibition = tx.create(Kind::Exhibition, json!({ "title": "つながる=町", "fiscal_year": 2026 }))?;
        let panel = json!({ "project": exhibition, "number": 1, "title": "=あいさつ", "content": content("令和7年11月8日(土)から"), "status": "approved" });
        let panel = tx.create(Kind::Panel, panel)?;
        Ok((exhibition, panel))
    });
    let (exhibition, panel) = made.await.expect("made").value;
    Office { desk, folder, exhibition, panel }
}

impl Office {
    async fn call(&self, name: &str, ask: Value) -> Value {
        self.try_call(name, ask).await.unwrap_or_else(|f| panic!("{name}: {f}"))
    }
    async fn try_call(&self, name: &str, ask: Value) -> Result<Value, Fault> {
        calls::call(&self.desk, name, ask).await
    }
    async fn report(&self) -> Value {
        self.call("preflight", json!({ "exhibition": self.exhibition })).await
    }
    /// The one error of the panel.
    async fn error(&self) -> Value {
        let report = self.report().await;
        let findings = report["panels"][0]["findings"].as_array().expect("findings").clone();
        findings.into_iter().find(|f| f["level"] == "error").expect("an error")
    }
    async fn write(&self, lead: &str) {
        let change = json!({ "kind": "panel", "id": self.panel, "set": { "content": content(lead) } });
        self.call("save", json!({ "label": "書く", "changes": [change] })).await;
    }
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

#[tokio::test]
async fn a_set_may_go_to_the_printer_when_each_error_is_mended_or_waived() {
    let office = office().await;
    let error = office.error().await;
    assert_eq!((&error["code"], &error["spot"]), (&json!("municipality_name"), &json!("自治体の一覧")));
    let out = office.path("out");
    let export = |although: bool| json!({ "exhibition": office.exhibition, "mode": "x4", "folder": out, "although": although });
    let fault = office.try_call("export_panels", export(false)).await.expect_err("asks first");
    assert_eq!(fault.kind, FaultKind::NotReady);
    assert!(fault.message.contains("1枚に") && !out.exists(), "{fault}");
    // A proof is never stopped, and who insists gets the files.
    office.call("export_panels", json!({ "exhibition": office.exhibition, "mode": "proof", "folder": out })).await;
    let job = office.call("export_panels", export(true)).await;
    calls::job_done(&office.desk, job["id"].as_str().expect("an id")).await.expect("ends");

    let waive = |reason: &str| json!({ "panel": office.panel, "mark": error["mark"], "reason": reason });
    assert_eq!(office.try_call("waive", waive("　")).await.expect_err("no reason").kind, FaultKind::BadField);
    office.call("waive", waive("先方の古い呼び名のまま")).await;
    let report = office.report().await;
    assert_eq!((&report["ready"], &report["errors"], &report["waived"]), (&json!(true), &json!(0), &json!(1)));
    assert_eq!(office.error().await["waived"]["reason"], "先方の古い呼び名のまま");
    office.call("export_panels", export(false)).await;

    // Another change on the panel leaves it; a change of the very block voids it.
    office.write("令和7年11月8日(土)に開きます").await;
    assert_eq!(office.report().await["ready"], true);
    let names = json!({ "kind": "panel", "id": office.panel, "set": { "content": content("令和7年11月8日(土)").replace("高飾区", "高飾区\",\"葛飾区") } });
    office.call("save", json!({ "label": "書く", "changes": [names] })).await;
    assert_eq!(office.report().await["ready"], false);
    office.call("undo", json!({})).await;
    assert_eq!(office.report().await["ready"], true);

    let waived = office.error().await["waived"]["id"].clone();
    office.call("unwaive", json!({ "waiver": waived })).await;
    assert_eq!(office.report().await["ready"], false);
    office.call("undo", json!({})).await;
    assert_eq!(office.report().await["ready"], true);
    let stale = office.try_call("waive", json!({ "panel": office.panel, "mark": "0123", "reason": "理由" })).await.expect_err("no such finding");
    assert_eq!(stale.kind, FaultKind::Conflict);
}

#[tokio::test]
async fn a_waiver_reaches_the_other_laptop() {
    let office = office().await;
    let error = office.error().await;
    office.call("waive", json!({ "panel": office.panel, "mark": error["mark"], "reason": "先方の指定" })).await;
    let bundle = office.path("束.tenji");
    office.call("bundle_out", json!({ "path": bundle })).await;
    let other = Office { desk: empty(&office.path("other")).await, folder: tempfile::tempdir().expect("a folder"), exhibition: office.exhibition.clone(), panel: office.panel.clone() };
    other.call("bundle_in", json!({ "path": bundle })).await;
    let report = other.report().await;
    assert_eq!((&report["ready"], &other.error().await["waived"]["reason"]), (&json!(true), &json!("先方の指定")));
}

#[tokio::test]
async fn a_fix_is_one_undoable_step() {
    let office = office().await;
    let error = office.error().await;
    let fix = &error["fixes"][0];
    assert_eq!(fix["label"], "「葛飾区」に直す");
    office.call("fix_panel", json!({ "panel": office.panel, "label": fix["label"], "deed": fix["deed"] })).await;
    let report = office.report().await;
    assert_eq!((&report["ready"], &report["errors"]), (&json!(true), &json!(0)));
    let undone = office.call("undo", json!({})).await;
    assert_eq!(undone["step"]["label"], "検査で直す：「葛飾区」に直す");
    assert_eq!(office.report().await["errors"], 1);
    // A deed that no longer fits what is there changes nothing.
    let gone = json!({ "replace_text": { "at": "/blocks/1/names/0", "from": "高橋区", "to": "葛飾区" } });
    let fault = office.try_call("fix_panel", json!({ "panel": office.panel, "label": "直す", "deed": gone })).await.expect_err("gone");
    assert_eq!(fault.kind, FaultKind::Conflict);
    // While typing, what is on the screen is checked and not what was saved.
    let typed = office.call("press", json!({ "panel": office.panel, "content": content("令和7年11月8日(日)").replace("高飾区", "葛飾区") })).await;
    let codes: Vec<&str> = typed["notices"].as_array().expect("notices").iter().filter_map(|n| n["code"].as_str()).collect();
    assert_eq!(codes, ["weekday"]);
}

#[tokio::test]
async fn the_report_goes_out_as_pdf_and_csv() {
    let office = office().await;
    for name in ["報告.pdf", "報告.csv"] {
        office.call("preflight_out", json!({ "exhibition": office.exhibition, "path": office.path(name) })).await;
    }
    assert!(std::fs::read(office.path("報告.pdf")).expect("written").starts_with(b"%PDF-"));
    let text = std::fs::read_to_string(office.path("報告.csv")).expect("written");
    assert!(text.starts_with("\u{feff}番号,パネル,程度,符号,場所,内容,直し方,処置\r\n"), "{text}");
    assert!(text.contains("1,'=あいさつ,誤り,municipality_name,自治体の一覧,「高飾区」という自治体はありません。"), "{text}");
    let fault = office.try_call("preflight_out", json!({ "exhibition": office.exhibition, "path": office.path("報告.doc") })).await.expect_err("no such kind");
    assert_eq!(fault.kind, FaultKind::CannotWrite);
}

/// The long set of the sample gives a report of several pages that holds every row.
#[tokio::test]
async fn a_long_report_goes_on_on_further_pages() {
    let office = office().await;
    let many: Vec<Value> = (2..60).map(|n| json!({ "kind": "panel", "set": { "project": office.exhibition, "number": n, "title": format!("第{n}区の町"), "content": content("11月8日") } })).collect();
    office.call("save", json!({ "label": "加える", "changes": many })).await;
    let path = office.path("長い.pdf");
    office.call("preflight_out", json!({ "exhibition": office.exhibition, "path": path })).await;
    let bytes = std::fs::read(&path).expect("written");
    let text = String::from_utf8_lossy(&bytes);
    let pages = text.matches("/Type /Page\n").count().max(text.matches("/Type/Page/").count()).max(text.matches("/TrimBox").count());
    assert!(pages >= 4, "{pages} pages");
}
