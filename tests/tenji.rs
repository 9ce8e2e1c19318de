//! The terminal: what is wrong is told as one line of JSON in Japanese with exit 1, and nothing half-written is left.
use serde_json::Value;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn tenji(args: &[&str]) -> Output {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
    Command::new(env!("CARGO_BIN_EXE_tenji")).args(args).env("TENJICHO_FONTS", fonts).output().expect("tenji runs")
}

/// The fault of a call that must fail.
fn fault(args: &[&str]) -> Value {
    let out = tenji(args);
    assert_eq!(out.status.code(), Some(1), "{args:?}");
    let text = String::from_utf8(out.stderr).expect("UTF-8");
    let fault: Value = serde_json::from_str(text.lines().last().expect("a line")).unwrap_or_else(|e| panic!("{e}: {text}"));
    let message = fault["message"].as_str().expect("a sentence");
    assert!(message.chars().any(|c| ('ぁ'..='ん').contains(&c)), "{message}");
    assert!(fault["kind"].is_string() && fault["hint"].is_string(), "{fault}");
    fault
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }
    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path.display().to_string()
    }
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// A PNG that says 50,000 × 50,000 and holds next to nothing.
fn huge_png() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        png.extend((data.len() as u32).to_be_bytes());
        png.extend(kind);
        png.extend(data);
        png.extend(crc(kind, data).to_be_bytes());
    };
    let mut header = Vec::new();
    header.extend(50_000_u32.to_be_bytes());
    header.extend(50_000_u32.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    chunk(b"IHDR", &header);
    chunk(b"IDAT", &[0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]);
    chunk(b"IEND", &[]);
    png
}

fn crc(kind: &[u8], data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 });
    !kind.iter().chain(data).fold(u32::MAX, step)
}

fn with_photo(name: &str) -> Vec<u8> {
    serde_json::json!({ "template": "municipality", "blocks": [{ "type": "title", "text": "銚子市" }, { "type": "photo", "picture": name }] }).to_string().into_bytes()
}

#[test]
fn a_hostile_picture_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    for (name, bytes) in [("broken.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec()), ("huge.png", huge_png()), ("words.jpg", b"no picture".to_vec())] {
        folder.file(name, &bytes);
        let content = folder.file("panel.json", &with_photo(name));
        let out = folder.path("panel.pdf");
        let fault = fault(&["press", &content, "--out", &out.display().to_string()]);
        assert_eq!(fault["kind"], "bad_file", "{name}");
        assert!(!out.exists(), "{name}");
    }
}

#[test]
fn a_picture_is_named_by_its_path_from_the_content_or_by_its_whole_path() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("in")).expect("made");
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(300, 200, image::Rgb([40, 90, 160])).write_to(&mut bytes, image::ImageFormat::Jpeg).expect("a picture");
    folder.file("sea.jpg", bytes.get_ref());
    let out = folder.path("panel.pdf");
    let whole = folder.path("sea.jpg").display().to_string();
    for name in ["../sea.jpg", whole.as_str()] {
        let content = folder.file("in/panel.json", &with_photo(name));
        let run = tenji(&["press", &content, "--out", &out.display().to_string()]);
        assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
        let pdf = std::fs::read(&out).expect("written");
        assert!(pdf.windows(bytes.get_ref().len()).any(|part| part == bytes.get_ref()), "{name} goes into the file as it is");
    }
}

#[test]
fn every_bad_file_of_a_batch_is_named_and_the_rest_is_made() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("in")).expect("made");
    folder.file("in/broken.jpg", b"no picture");
    folder.file("in/1.json", br#"{"template":"title","blocks":[{"type":"title","text":"\u6d77"}]}"#);
    folder.file("in/2.json", b"{");
    folder.file("in/3.json", br#"{"blocks":[{"type":"lead","txt":"a"}]}"#);
    folder.file("in/4.json", &with_photo("broken.jpg"));
    let (from, to) = (folder.path("in").display().to_string(), folder.path("out").display().to_string());
    let run = tenji(&["press", "--batch", &from, "--out", &to, "--mode", "office"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(folder.path("out/1.pdf").exists());
    let told = String::from_utf8(run.stderr).expect("UTF-8");
    let messages: Vec<String> = told.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()?["message"].as_str().map(str::to_owned)).collect();
    for name in ["2.json", "3.json", "4.json"] {
        assert_eq!(messages.iter().filter(|m| m.contains(name)).count(), 1, "{name}: {told}");
    }
    assert!(messages.last().is_some_and(|m| m.contains("4件のうち3件")), "{told}");
}

/// A table that goes on: a picture holds one page, so every page is a picture.
#[test]
fn every_page_is_a_picture_of_its_own() {
    let folder = Folder::new();
    let rows: Vec<String> = (0..90).map(|n| format!(r#"["{n}年度", "展示"]"#)).collect();
    let text = format!(r#"{{"template":"record","paper":"A4","blocks":[{{"type":"table","columns":[{{"head":"年度"}},{{"head":"内容"}}],"rows":[{}]}}]}}"#, rows.join(","));
    let content = folder.file("panel.json", text.as_bytes());
    let out = tenji(&["press", &content, "--out", &folder.path("p.svg").display().to_string()]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let second = std::fs::read_to_string(folder.path("p-2.svg")).expect("a second page");
    assert!(second.starts_with("<svg") && std::fs::read_to_string(folder.path("p.svg")).is_ok_and(|first| first != second));
}

/// `tenji press --schema | head -1`: who has read enough is no fault.
#[test]
fn a_closed_pipe_is_borne() {
    use std::process::Stdio;
    let mut run = Command::new(env!("CARGO_BIN_EXE_tenji")).args(["press", "--schema"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("tenji runs");
    drop(run.stdout.take());
    let out = run.wait_with_output().expect("it ends");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn a_wrong_field_is_named() {
    let folder = Folder::new();
    let content = folder.file("panel.json", br#"{"template":"municipality","blocks":[{"type":"lead","text":"a"},{"type":"photo","pictur":"x"}]}"#);
    let out = folder.path("panel.pdf").display().to_string();
    let fault = fault(&["press", &content, "--out", &out]);
    assert_eq!(fault["kind"], "bad_field");
    assert!(fault["message"].as_str().expect("a sentence").contains("blocks[1]"), "{fault}");
}

#[test]
fn what_is_no_workspace_is_left_as_it_is() {
    let folder = Folder::new();
    fault(&["--in", &folder.path("absent").display().to_string(), "call", "info"]);
    assert!(!folder.path("absent").exists());
    let database = folder.file("tenjicho.db", b"this is no database at all, only words");
    let inside = folder.0.path().display().to_string();
    assert_eq!(fault(&["--in", &inside, "call", "info"])["kind"], "workspace");
    assert_eq!(std::fs::read(database).expect("still there"), b"this is no database at all, only words");
}

#[test]
fn wrong_words_are_told() {
    let folder = Folder::new();
    assert_eq!(fault(&["call", "info"])["kind"], "bad_call");
    assert_eq!(fault(&["press", "absent.json", "--out", "x.pdf"])["kind"], "bad_file");
    let content = folder.file("panel.json", br#"{"template":"title","blocks":[]}"#);
    assert_eq!(fault(&["press", &content, "--out", "x.doc"])["kind"], "bad_call");
    assert_eq!(fault(&["press", &content, "--out", "x.pdf", "--mode", "x1"])["kind"], "bad_field");
    let used = folder.0.path().display().to_string();
    assert_eq!(fault(&["sample", &used])["kind"], "cannot_write");
}

#[test]
fn missing_faces_say_how_to_get_them() {
    let folder = Folder::new();
    let content = folder.file("panel.json", br#"{"template":"title","blocks":[]}"#);
    let out = folder.path("x.pdf").display().to_string();
    let run = Command::new(env!("CARGO_BIN_EXE_tenji")).args(["press", &content, "--out", &out]).env("TENJICHO_FONTS", folder.0.path()).output().expect("runs");
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("cargo xtask setup"));
}

#[test]
fn the_schema_and_a_batch_need_no_workspace() {
    let schema = tenji(&["press", "--schema"]);
    assert!(schema.status.success());
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    assert!(schema["properties"]["blocks"].is_object());
    let folder = Folder::new();
    std::fs::create_dir(folder.path("in")).expect("made");
    for n in 0..3 {
        folder.file(&format!("in/{n}.json"), format!(r#"{{"template":"municipality","blocks":[{{"type":"title","text":"第{n}市"}}]}}"#).as_bytes());
    }
    let (from, to) = (folder.path("in").display().to_string(), folder.path("out").display().to_string());
    let out = tenji(&["press", "--batch", &from, "--out", &to, "--mode", "office"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let first = std::fs::read(folder.path("out/0.pdf")).expect("a PDF");
    assert!(first.starts_with(b"%PDF-"));
    // The same content gives the same bytes.
    tenji(&["press", "--batch", &from, "--out", &to, "--mode", "office"]);
    assert!(std::fs::read(folder.path("out/0.pdf")).expect("a PDF") == first);
}
