//! Data merge: 37 cities from an Excel file with photos in one go, hand-made changes that stay, and files that mean harm.
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tenjicho_desk::fault::{Fault, FaultKind};
use tenjicho_desk::model::municipality;
use tenjicho_desk::model::record::{Kind, Panel};
use tenjicho_desk::store::Filter;
use tenjicho_desk::{Desk, calls, merge_panels};

struct Office {
    desk: Arc<Desk>,
    folder: tempfile::TempDir,
    exhibition: String,
    template: String,
}

fn content() -> Value {
    json!({ "template": "municipality", "blocks": [
        { "type": "title", "text": "{{市名}}", "reading": "{{よみ}}", "region": "千葉県" },
        { "type": "subtitle", "text": "海と緑のまち" },
        { "type": "photo", "picture": "{{写真}}", "caption": "{{市名}}の風景", "credit": "{{提供}}" },
        { "type": "lead", "text": "{{市名}}を紹介します。" },
        { "type": "facts", "rows": [{ "label": "人口", "value": "{{人口}}人" }] },
        { "type": "footer", "lines": ["見本"] }
    ] })
}

async fn office() -> Office {
    let folder = tempfile::tempdir().expect("a folder");
    let fonts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    let desk = Desk::open(&folder.path().join("w"), &fonts).await.expect("opens");
    let made = desk.store.edit("見本を作る", |tx| {
        let exhibition = tx.create(Kind::Exhibition, json!({ "title": "魅力いっぱい", "fiscal_year": 2026 }))?;
        let panel = json!({ "project": exhibition, "number": 1, "title": "ひな形", "content": content().to_string() });
        let template = tx.create(Kind::Panel, panel)?;
        Ok((exhibition, template))
    });
    let (exhibition, template) = made.await.expect("made").value;
    Office { desk, folder, exhibition, template }
}

impl Office {
    async fn call(&self, name: &str, ask: Value) -> Value {
        self.try_call(name, ask).await.unwrap_or_else(|f| panic!("{name}: {f}"))
    }
    async fn try_call(&self, name: &str, ask: Value) -> Result<Value, Fault> {
        calls::call(&self.desk, name, ask).await
    }
    fn ask(&self, file: &Path) -> Value {
        json!({ "exhibition": self.exhibition, "template": self.template, "source": "file", "file": file })
    }
    async fn make(&self, file: &Path) -> calls::wire_types::Job {
        let job = self.call("merge_make", self.ask(file)).await;
        calls::job_done(&self.desk, job["id"].as_str().expect("an id")).await.expect("ends")
    }
    async fn made(&self) -> Vec<Panel> {
        let all: Vec<Panel> = self.desk.store.all(&Filter::of("project", self.exhibition.as_str())).await.expect("panels");
        all.into_iter().filter(|p| !p.merge.is_empty()).collect()
    }
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// 37 cities with a photo each; `spoil` may change a row, the picture of the row 茂原市 is left out.
fn list(office: &Office, name: &str, spoil: impl Fn(usize, &mut [String])) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("依頼一覧").expect("a sheet");
    for (column, head) in ["自治体名", "ふりがな", "人口", "写真ファイル名", "写真提供"].iter().enumerate() {
        sheet.write_string(0, column as u16, *head).expect("written");
    }
    for (n, city) in municipality::of_prefecture("千葉県", true).enumerate() {
        let mut row = [city.name.to_owned(), city.kana.to_owned(), (50_000 + n).to_string(), format!("{}.jpg", city.name), "見本".to_owned()];
        spoil(n, &mut row);
        for (column, cell) in row.iter().enumerate() {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(n as u32 + 1, column as u16, number),
                Err(_) => sheet.write_string(n as u32 + 1, column as u16, cell),
            }
            .expect("written");
        }
        let picture = office.path(&format!("{}.jpg", city.name));
        if city.name != "茂原市" && !picture.exists() {
            let mut bytes = std::io::Cursor::new(Vec::new());
            image::RgbImage::from_pixel(48, 32, image::Rgb([n as u8 * 6, 90, 160])).write_to(&mut bytes, image::ImageFormat::Jpeg).expect("encodes");
            std::fs::write(picture, bytes.into_inner()).expect("written");
        }
    }
    let path = office.path(name);
    book.save(&path).expect("saved");
    path
}

#[tokio::test]
async fn thirty_seven_cities_are_merged_in_one_go_and_the_bad_row_is_named() {
    let office = office().await;
    let file = list(&office, "一覧.xlsx", |_, _| {});
    let plan = office.call("merge_plan", office.ask(&file)).await;
    assert_eq!((&plan["rows"], &plan["good"], &plan["sheet"]), (&json!(37), &json!(36), &json!("依頼一覧")));
    let columns: Vec<&str> = plan["fields"].as_array().expect("fields").iter().filter_map(|f| f["column"].as_str()).collect();
    assert_eq!(columns, ["自治体名", "ふりがな", "写真ファイル名", "写真提供", "人口"]);
    let fault = &plan["faults"][0];
    assert_eq!((&fault["file"], &fault["sheet"], &fault["field"]), (&json!("一覧.xlsx"), &json!("依頼一覧"), &json!("写真")));
    assert_eq!(fault["row"], 10);
    assert!(fault["message"].as_str().expect("a sentence").contains("茂原市.jpg"), "{fault}");
    let sample = office.desk.resource(plan["samples"][0]["url"].as_str().expect("an address")).await.expect("drawn");
    assert!(sample.1.starts_with(b"\x89PNG"));

    let job = office.make(&file).await;
    assert_eq!((job.done, job.results.len(), job.faults.len()), (36, 36, 1), "{job:?}");
    assert!(job.faults[0].contains("一覧.xlsx「依頼一覧」 10行目（茂原市）「写真」"), "{}", job.faults[0]);
    let made = office.made().await;
    assert_eq!(made.len(), 36);
    let choshi = made.iter().find(|p| p.title == "銚子市").expect("銚子市");
    assert_eq!(choshi.partner, "m122025");
    let read: Value = serde_json::from_str(&choshi.content).expect("JSON");
    assert_eq!((&read["blocks"][0]["reading"], &read["blocks"][4]["rows"][0]["value"]), (&json!("ちょうしし"), &json!("50,001人")));
    let hash = read["blocks"][2]["picture"].as_str().expect("a hash");
    assert!(office.desk.store.photo_path(hash).is_some());

    let undone = office.call("undo", json!({})).await;
    assert_eq!(undone["step"]["label"], "「ひな形」に36枚を差し込む");
    assert!(office.made().await.is_empty());
}

#[tokio::test]
async fn a_change_by_hand_outlives_a_changed_template_and_a_changed_row() {
    let office = office().await;
    office.make(&list(&office, "一覧.xlsx", |_, _| {})).await;
    let choshi = office.made().await.into_iter().find(|p| p.title == "銚子市").expect("銚子市");
    let mut own: Value = serde_json::from_str(&choshi.content).expect("JSON");
    own["blocks"][3]["text"] = "関東のいちばん東のまちです。".into();
    let set = |id: &str, content: &Value| json!({ "label": "書く", "changes": [{ "kind": "panel", "id": id, "set": { "content": content.to_string() } }] });
    office.call("save", set(&choshi.id, &own)).await;
    let mut template = content();
    template["blocks"][1]["text"] = "東京湾と太平洋のまち".into();
    template["blocks"][3]["text"] = "{{市名}}へようこそ。".into();
    office.call("save", set(&office.template, &template)).await;
    let merges = office.call("merges", json!({ "exhibition": office.exhibition })).await;
    assert_eq!(merges["merges"][0]["stale"], 36);
    office.call("merge_follow", json!({ "merge": merges["merges"][0]["id"] })).await;
    let text = |panels: &[Panel], title: &str, at: &str| {
        let panel = panels.iter().find(|p| p.title == title).expect("a panel");
        serde_json::from_str::<Value>(&panel.content).expect("JSON").pointer(at).cloned().expect("a field")
    };
    let made = office.made().await;
    assert_eq!(text(&made, "銚子市", "/blocks/1/text"), "東京湾と太平洋のまち");
    assert_eq!(text(&made, "銚子市", "/blocks/3/text"), "関東のいちばん東のまちです。");
    assert_eq!(text(&made, "市川市", "/blocks/3/text"), "市川市へようこそ。");

    let again = list(&office, "一覧2.xlsx", |n, row| if n == 1 { row[2] = "58431".into() });
    let job = office.make(&again).await;
    assert_eq!(job.results.len(), 36, "{job:?}");
    let made = office.made().await;
    assert_eq!(made.len(), 36);
    assert_eq!(text(&made, "銚子市", "/blocks/4/rows/0/value"), "58,431人");
    assert_eq!(text(&made, "銚子市", "/blocks/3/text"), "関東のいちばん東のまちです。");
    let merges = office.call("merges", json!({ "exhibition": office.exhibition })).await;
    let line = merges["merges"][0]["panels"].as_array().expect("panels").iter().find(|p| p["title"] == "銚子市").expect("銚子市").clone();
    assert_eq!(line["overrides"][0]["at"], "/blocks/3/text");
    assert_eq!(merges["merges"][0]["stale"], 0);
}

#[tokio::test]
async fn every_kind_of_fault_is_told_with_its_row_and_field() {
    let office = office().await;
    std::fs::write(office.path("壊れた.jpg"), b"\xff\xd8\xff\xe0broken").expect("written");
    let file = list(&office, "誤り.xlsx", |n, row| match n {
        0 => row[0] = String::new(),
        1 => row[3] = "壊れた.jpg".into(),
        2 => row[3] = "../../秘密.jpg".into(),
        3 => row[3] = String::new(),
        5 => row[0] = "館山市".into(),
        _ => {}
    });
    let plan = office.call("merge_plan", office.ask(&file)).await;
    let faults: Vec<String> = plan["faults"].as_array().expect("faults").iter().map(|f| format!("{} {} {}", f["row"], f["field"], f["message"])).collect();
    for wanted in ["2 \"市名\" \"空です", "3 \"写真\"", "4 \"写真\" \"写真「../../秘密.jpg」は、写真のフォルダーの外", "5 \"写真\" \"写真のファイル名が空です", "7 \"市名\" \"「館山市」は6行目にもあります"] {
        assert!(faults.iter().any(|f| f.starts_with(wanted)), "{wanted}: {faults:#?}");
    }
    // A field that no column fills stops the whole, with what there is.
    let mut template = content();
    template["blocks"][1]["text"] = "{{合言葉}}".into();
    office.call("save", json!({ "label": "書く", "changes": [{ "kind": "panel", "id": office.template, "set": { "content": template.to_string() } }] })).await;
    let fault = office.try_call("merge_make", office.ask(&file)).await.expect_err("no such column");
    assert!(fault.message.contains("合言葉") && fault.hint.contains("自治体名"), "{fault}");
}

#[tokio::test]
async fn partners_and_csv_are_lists_too() {
    let office = office().await;
    let template = json!({ "template": "municipality", "blocks": [{ "type": "title", "text": "{{市名}}", "reading": "{{よみ}}" }] });
    office.call("save", json!({ "label": "書く", "changes": [{ "kind": "panel", "id": office.template, "set": { "content": template.to_string() } }] })).await;
    let ids = json!(["m122025", "m122033"]);
    let plan = office.call("merge_plan", json!({ "exhibition": office.exhibition, "template": office.template, "source": "partners", "ids": ids })).await;
    assert_eq!((&plan["good"], &plan["fields"][1]["sample"]), (&json!(2), &json!("ちょうしし、いちかわし")));
    let (text, _, _) = encoding_rs::SHIFT_JIS.encode("市名,よみ\r\n銚子市,ちょうしし\r\n市川市,いちかわし\r\n");
    std::fs::write(office.path("一覧.csv"), text).expect("written");
    let job = office.make(&office.path("一覧.csv")).await;
    assert_eq!((job.results.clone(), job.faults.len()), (vec!["銚子市".to_owned(), "市川市".to_owned()], 0), "{job:?}");
    // The template itself is neither pressed nor checked.
    let report = office.call("preflight", json!({ "exhibition": office.exhibition })).await;
    assert_eq!(report["panels"].as_array().map(Vec::len), Some(2));
}

fn zipped(path: &Path, parts: &[(&str, &[u8])]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).expect("a file"));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("closed");
}

#[test]
fn files_that_mean_harm_are_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let refused = |name: &str, word: &str| {
        let fault = merge_panels::read_table(&path(name), "").expect_err(name);
        assert!(fault.kind == FaultKind::BadFile && fault.message.contains(word) && !fault.hint.is_empty(), "{name}: {fault}");
    };
    zipped(&path("bomb.xlsx"), &[("xl/workbook.xml", &vec![b' '; 60 << 20])]);
    refused("bomb.xlsx", "大きすぎます");
    zipped(&path("strings.xlsx"), &[("xl/sharedStrings.xml", b"<sst count=\"1\" uniqueCount=\"4000000000\"><si><t>a</t></si></sst>")]);
    refused("strings.xlsx", "大きすぎます");
    zipped(&path("empty.xlsx"), &[("nothing.txt", b"")]);
    refused("empty.xlsx", "Excelのファイルとして読めません");
    std::fs::write(path("old.xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").expect("written");
    refused("old.xls", "古い形式");
    std::fs::write(path("page.xlsx"), b"%PDF-1.7").expect("written");
    refused("page.xlsx", "PDF");
    std::fs::write(path("one.csv"), "市名\n").expect("written");
    refused("one.csv", "行がありません");
    std::fs::write(path("long.csv"), "市名,よみ\n".repeat(1_000_000)).expect("written");
    refused("long.csv", "行が多すぎます");
    std::fs::write(path("zeros.csv"), vec![0; 4_096]).expect("written");
    refused("zeros.csv", "読めません");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "市名").expect("written");
    sheet.write_string(1_048_575, 16_383, "遠い").expect("written");
    book.save(path("wide.xlsx")).expect("saved");
    refused("wide.xlsx", "列が多すぎます");
    assert!(merge_panels::read_table(&path("nowhere.xlsx"), "").is_err());
}
