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
        6 => row[4] = "#REF!".into(),
        _ => {}
    });
    let plan = office.call("merge_plan", office.ask(&file)).await;
    let faults: Vec<String> = plan["faults"].as_array().expect("faults").iter().map(|f| format!("{} {} {}", f["row"], f["field"], f["message"])).collect();
    for wanted in ["2 \"市名\" \"空です", "3 \"写真\"", "4 \"写真\" \"写真「../../秘密.jpg」は、写真のフォルダーの外", "5 \"写真\" \"写真のファイル名が空です", "7 \"市名\" \"「館山市」は6行目にもあります", "8 \"提供\" \"Excelの式が誤りになっています（#REF!）"] {
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

/// A list as offices write it: a title above, a hidden sheet before, one prefecture merged over its cities, dates, hours, formulas.
fn as_offices_write_it(path: &Path) {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("設定").expect("a sheet").set_hidden(true);
    let sheet = book.add_worksheet().set_name("依頼一覧").expect("a sheet");
    sheet.set_active(true);
    sheet.write_string(0, 0, "令和8年度 パネル素材一覧").expect("written");
    for (column, head) in ["団体コード", "県", "市名", "締切", "受付", "面積", "世帯", "写真"].iter().enumerate() {
        sheet.write_string(2, column as u16, *head).expect("written");
    }
    let plain = rust_xlsxwriter::Format::new();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
    let hour = rust_xlsxwriter::Format::new().set_num_format("h:mm");
    sheet.merge_range(3, 1, 4, 1, "千葉県", &plain).expect("merged");
    for (row, code, city) in [(3, 122_025.0, "銚子市"), (4, 122_033.0, "市川市"), (5, 11_002.0, "札幌市")] {
        sheet.write_number(row, 0, code).expect("written");
        sheet.write_string(row, 2, city).expect("written");
        sheet.write_number_with_format(row, 3, 46_031.0, &day).expect("written");
        sheet.write_number_with_format(row, 4, 0.4375, &hour).expect("written");
        sheet.write_number(row, 5, 0.1 + 0.2).expect("written");
        sheet.write_number(row, 6, 58_431.0).expect("written");
        sheet.write_formula(row, 7, rust_xlsxwriter::Formula::new("=B9").set_result("写真.jpg")).expect("written");
    }
    book.save(path).expect("saved");
}

#[test]
fn a_workbook_of_an_office_is_read_as_it_looks() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("一覧.xlsx");
    as_offices_write_it(&path);
    assert_eq!(merge_panels::sheets_of(&path).expect("sheets"), ["依頼一覧"]);
    let table = merge_panels::read_table(&path, "").expect("a list");
    let rows: Vec<String> = table.rows.iter().map(|r| format!("{} {}", r.number, r.cells.join("|"))).collect();
    assert_eq!(rows, [
        "4 122025|千葉県|銚子市|令和8年1月9日|10:30|0.3|58,431|写真.jpg",
        "5 122033|千葉県|市川市|令和8年1月9日|10:30|0.3|58,431|写真.jpg",
        "6 011002||札幌市|令和8年1月9日|10:30|0.3|58,431|写真.jpg",
    ]);
}

/// The same workbook with its strings written anew.
fn with_strings(path: &Path, change: impl Fn(String) -> String) {
    let mut from = zip::ZipArchive::new(std::fs::File::open(path).expect("a file")).expect("a workbook");
    let parts: Vec<(String, Vec<u8>)> = (0..from.len()).map(|n| {
        let mut part = from.by_index(n).expect("a part");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).expect("read");
        let name = part.name().expect("a name").to_string();
        if name.ends_with("sharedStrings.xml") {
            bytes = change(String::from_utf8(bytes).expect("UTF-8")).into_bytes();
        }
        (name, bytes)
    }).collect();
    zipped(path, &parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>());
}

#[test]
fn furigana_of_excel_is_the_reading_where_the_list_has_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let phonetic = |xml: String| xml.replace("<t>銚子市</t>", r#"<t>銚子市</t><rPh sb="0" eb="2"><t>チョウシ</t></rPh><rPh sb="2" eb="3"><t>シ</t></rPh><phoneticPr fontId="1"/>"#);
    let read = |heads: &[&str], rows: &[&[&str]]| {
        let path = folder.path().join("一覧.xlsx");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in std::iter::once(&heads).chain(rows).enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, *cell).expect("written");
            }
        }
        book.save(&path).expect("saved");
        with_strings(&path, phonetic);
        let table = merge_panels::read_table(&path, "").expect("a list");
        (table.columns.join("|"), table.rows.iter().map(|r| r.cells.join("|")).collect::<Vec<_>>())
    };
    assert_eq!(read(&["市名", "人口"], &[&["銚子市", "5万"], &["市川市", "50万"]]), ("市名|人口|ふりがな".into(), vec!["銚子市|5万|ちょうしし".into(), "市川市|50万".into()]));
    // What was written in the list goes before; only what is empty is filled.
    let (columns, rows) = read(&["市名", "よみ"], &[&["銚子市", "ちょうし"], &["銚子市", ""]]);
    assert_eq!((columns.as_str(), rows), ("市名|よみ", vec!["銚子市|ちょうし".to_owned(), "銚子市|ちょうしし".to_owned()]));
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

/// The partners of a small exhibition, and a folder for its request sheets.
async fn asked() -> (Office, PathBuf, Value) {
    let office = office().await;
    let set = json!({ "partners": ["m122025", "m122033", "m011002"] });
    office.call("save", json!({ "label": "連携先", "changes": [{ "kind": "exhibition", "id": office.exhibition, "set": set }] })).await;
    let folder = office.path("依頼");
    let ask = json!({ "exhibition": office.exhibition, "items": ["写真", "紹介文", "産品"], "due": "2026-04-03", "folder": folder });
    let out = office.call("materials_out", ask).await;
    (office, folder, out)
}

/// What a city types into its sheet; the rest of the workbook stays.
fn fill_in(sheet: &Path, words: &[(&str, &str)]) {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("依頼票").expect("a sheet");
    for (row, (label, value)) in words.iter().enumerate() {
        page.write_string(row as u32, 0, *label).expect("written");
        page.write_string(row as u32, 1, *value).expect("written");
    }
    let mark = book.add_worksheet().set_name("展示帖").expect("a sheet").set_hidden(true);
    for (row, cell) in merge_panels::cells_of(sheet, "展示帖").expect("marked").iter().enumerate() {
        mark.write_string(row as u32, 0, &cell[0]).expect("written");
    }
    book.save(sheet).expect("saved");
}

#[tokio::test]
async fn request_sheets_go_out_and_what_comes_back_fills_the_matrix_and_the_panels() {
    let (office, folder, out) = asked().await;
    let files = out["files"].as_array().expect("files");
    assert_eq!(files.len(), 3);
    let choshi = folder.join("依頼票_千葉県銚子市.xlsx");
    let words: Vec<String> = merge_panels::cells_of(&choshi, "依頼票").expect("a form").into_iter().map(|r| r.join("|")).collect();
    assert!(words.contains(&"千葉県銚子市 御中".to_owned()) && words.iter().any(|w| w.starts_with("令和8年4月3日(金)までに") ), "{words:#?}");
    assert!(words.iter().any(|w| w.starts_with("紹介文|")) && words.iter().any(|w| w.starts_with("写真3の許可の期限")), "{words:#?}");
    let matrix = office.call("materials", json!({ "exhibition": office.exhibition })).await;
    assert_eq!((&matrix["items"], &matrix["rows"][0]["cells"][0]["status"]), (&json!(["紹介文", "産品", "写真"]), &json!("asked")));
    assert_eq!((&matrix["late"], matrix["rows"].as_array().map(Vec::len)), (&json!(9), Some(3)), "the day has gone by");

    // 銚子市 answers all of it, 市川市 without its photo, and a letter lies in the folder too.
    fill_in(&choshi, &[("自治体名", "銚子市"), ("紹介文", "関東のいちばん東のまちです。"), ("産品", "いわし、キャベツ"), ("写真1のファイル名", "灯台"), ("写真1の提供（クレジット）", "見本"), ("写真1の許可の期限", "令和9年3月31日")]);
    image::RgbImage::from_pixel(48, 32, image::Rgb([30, 90, 160])).save(folder.join("灯台.jpg")).expect("a photo");
    fill_in(&folder.join("依頼票_千葉県市川市.xlsx"), &[("自治体名", "市川市"), ("産品", "梨"), ("写真1のファイル名", "ない.jpg")]);
    std::fs::write(folder.join("お礼.xlsx"), b"a letter").expect("written");
    std::fs::write(folder.join("~$依頼票.xlsx"), b"open in Excel").expect("written");
    let came = office.call("materials_in", json!({ "exhibition": office.exhibition, "folder": folder })).await;
    assert_eq!((came["read"].as_array().map(Vec::len), &came["photos"]), (Some(3), &json!(1)), "{came:#}");
    let faults: Vec<&str> = came["faults"].as_array().expect("faults").iter().filter_map(|f| f["message"].as_str()).collect();
    assert!(faults.len() == 2 && faults.iter().any(|f| f.contains("市川市：写真「ない.jpg」")) && faults.iter().any(|f| f.contains("お礼.xlsx")), "{faults:?}");
    let read = |name: &str| came["read"].as_array().expect("read").iter().find(|r| r["name"] == name).cloned().expect("read");
    assert_eq!((&read("銚子市")["missing"], &read("市川市")["missing"]), (&json!([]), &json!(["紹介文", "写真"])));
    let photos: Vec<tenjicho_desk::model::record::Photo> = office.desk.store.all(&Filter::of("partner", "m122025")).await.expect("photos");
    assert_eq!((photos.len(), photos[0].credit.as_str(), photos[0].permission_expires.as_str()), (1, "見本", "2027-03-31"));

    // A template takes the words from there, and reading the same folder again changes nothing.
    let template = json!({ "template": "municipality", "blocks": [{ "type": "title", "text": "{{市名}}" }, { "type": "lead", "text": "{{紹介文}}" }] });
    office.call("save", json!({ "label": "書く", "changes": [{ "kind": "panel", "id": office.template, "set": { "content": template.to_string() } }] })).await;
    let plan = office.call("merge_plan", json!({ "exhibition": office.exhibition, "template": office.template, "source": "partners" })).await;
    assert_eq!(plan["fields"][1]["sample"], "関東のいちばん東のまちです。", "{plan:#}");
    let again = office.call("materials_in", json!({ "exhibition": office.exhibition, "folder": folder })).await;
    assert_eq!(again["step"], Value::Null, "{again:#}");
    office.call("undo", json!({})).await;
    let undone = office.call("undo", json!({})).await;
    assert_eq!(undone["step"]["label"], "素材を2件から受け取る");
    assert_eq!(office.call("materials", json!({ "exhibition": office.exhibition })).await["rows"][0]["cells"][0]["status"], "asked");
}

#[tokio::test]
async fn a_sheet_that_was_sent_out_is_never_written_over_and_wrong_asks_are_told() {
    let (office, folder, _) = asked().await;
    let choshi = folder.join("依頼票_千葉県銚子市.xlsx");
    fill_in(&choshi, &[("自治体名", "銚子市"), ("産品", "いわし")]);
    let answered = std::fs::read(&choshi).expect("there");
    let ask = |items: Value, due: &str, folder: &Path| json!({ "exhibition": office.exhibition, "items": items, "due": due, "folder": folder, "partners": ["m122025"] });
    let second = office.call("materials_out", ask(json!(["産品"]), "", &folder)).await;
    assert!(second["files"][0].as_str().expect("a path").ends_with("依頼票_千葉県銚子市_2.xlsx") && std::fs::read(&choshi).expect("there") == answered);
    // Two answers of one city: one is taken, the other is told.
    let came = office.call("materials_in", json!({ "exhibition": office.exhibition, "folder": folder })).await;
    assert!(came["faults"][0]["message"].as_str().expect("told").contains("銚子市の依頼票が2つあります"), "{came:#}");
    let nowhere = office.path("ここにはない");
    for (name, ask, word) in [
        ("materials_out", ask(json!([]), "", &folder), "1つから30まで"),
        ("materials_out", ask(json!(["産品"]), "四月", &folder), "締切の日付"),
        ("materials_out", ask(json!(["産品"]), "", Path::new("")), "フォルダーが指定されていません"),
        ("materials_out", json!({ "exhibition": office.exhibition, "items": ["産品"], "folder": nowhere, "partners": ["m131016"] }), "「m131016」はこの展示の連携先ではありません"),
        ("materials_in", json!({ "exhibition": office.exhibition, "folder": nowhere }), "開けません"),
        ("materials", json!({ "exhibition": "nowhere" }), "見つかりません"),
    ] {
        let fault = office.try_call(name, ask.clone()).await.expect_err(name);
        assert!(fault.message.contains(word) && !fault.hint.is_empty(), "{name} {ask}: {fault}");
    }
    assert!(!nowhere.exists());
}
