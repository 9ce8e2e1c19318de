//! The office's own speeds on a large workspace: opening it, saving a field, counting a visitor, laying a panel out after a keystroke.
//!
//! The Python in `TENJICHO_PYTHON` writes the million tallies; every write measured is acknowledged after it is on the disk.
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tenjicho_desk::model::record::Kind;
use tenjicho_desk::{Desk, calls};

const BOOTHS: usize = 10_000;
const TALLIES: usize = 1_000_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let folder = tempfile::tempdir().expect("a folder");
        let (project, door, booth) = fill(folder.path()).await;
        open(folder.path()).await;
        let desk = Desk::open(folder.path(), &fonts()).await.expect("the workspace opens");
        save(&desk, &booth).await;
        count(&desk, &project, &door).await;
        search(&desk).await;
        preview(&desk).await;
    });
}

fn fonts() -> PathBuf {
    std::env::var_os("TENJICHO_FONTS").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts"), PathBuf::from)
}

/// A project with booths, a door and a million presses; answers their ids.
async fn fill(folder: &Path) -> (String, String, String) {
    let desk = Desk::open(folder, &fonts()).await.expect("a new workspace");
    let first = desk.store.edit("計測の準備", |tx| {
        let project = tx.create(Kind::Event, json!({ "title": "計測用のイベント", "fiscal_year": 2025 }))?;
        let door = tx.create(Kind::Door, json!({ "project": project, "name": "東口" }))?;
        Ok((project, door))
    });
    let (project, door) = first.await.expect("an event").value;
    let mut booth = String::new();
    for part in 0..BOOTHS / 1_000 {
        let made = desk.store.edit("区画を追加", |tx| {
            let mut last = String::new();
            for n in 0..1_000 {
                let (x, y) = ((n % 40) as f64 * 3.0, (part * 25 + n / 40) as f64 * 3.0);
                last = tx.create(Kind::Booth, json!({ "project": project, "code": format!("{part}-{n:03}"), "x_m": x, "y_m": y, "w_m": 2.7, "d_m": 1.8 }))?;
            }
            Ok(last)
        });
        booth = made.await.expect("booths").value;
    }
    drop(desk);
    let python = std::env::var("TENJICHO_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xtask/bench/fill.py");
    let database = folder.join("tenjicho.db");
    let filled = Command::new(python).arg(script).arg(&database).args([&project, &door, &TALLIES.to_string()]).status().expect("python runs");
    assert!(filled.success(), "fill.py");
    (project, door, booth)
}

async fn open(folder: &Path) {
    let mut times = Vec::new();
    for _ in 0..9 {
        let start = Instant::now();
        let desk = Desk::open(folder, &fonts()).await.expect("the workspace opens");
        times.push(start.elapsed());
        drop(desk);
    }
    report("open a workspace (10,000 booths, 1,000,000 tallies)", times);
}

async fn save(desk: &Arc<Desk>, booth: &str) {
    let mut times = Vec::new();
    for n in 0..200 {
        let ask = json!({ "label": "備考を変更", "changes": [{ "kind": "booth", "id": booth, "set": { "note": format!("{n}回目") } }] });
        times.push(timed(desk, "save", ask).await);
    }
    report("save one field (in a document of 10,000 booths)", times);
}

async fn count(desk: &Arc<Desk>, project: &str, door: &str) {
    let mut times = Vec::new();
    for _ in 0..300 {
        times.push(timed(desk, "count", json!({ "project": project, "door": door, "category": "adult", "delta": 1 })).await);
    }
    report("count one visitor (durable)", times);
}

/// Two characters, a reading, a booth's code: each looks through the words of all records.
async fn search(desk: &Arc<Desk>) {
    for text in ["計測", "ちょうし", "7-123", "東口"] {
        let mut times = Vec::new();
        for _ in 0..40 {
            times.push(timed(desk, "search", json!({ "text": text, "limit": 20 })).await);
        }
        report(&format!("search {text} (10,000 booths)"), times);
    }
}

/// A municipality panel of the examples, and the full panel that TENJICHO_PANEL names; one more character each time.
async fn preview(desk: &Arc<Desk>) {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/examples/municipality.json");
    keystrokes(desk, &example, None, "preview after one keystroke (municipality, A1, as SVG)").await;
    if let Some(full) = std::env::var_os("TENJICHO_PANEL").map(PathBuf::from) {
        keystrokes(desk, &full, None, "preview after one keystroke (full panel, A1, as SVG)").await;
        let saved = hung(desk, &full).await;
        keystrokes(desk, &full, Some(&saved), "the same as the editor asks it: one of 40, with preflight").await;
    }
}

/// Forty panels of an exhibition that say what `panel` says; answers with the last one's id.
async fn hung(desk: &Arc<Desk>, panel: &Path) -> String {
    let content = std::fs::read_to_string(panel).expect("a panel");
    let made = desk.store.edit("計測のパネル", |tx| {
        let exhibition = tx.create(Kind::Exhibition, json!({ "title": "計測用の展示", "fiscal_year": 2025 }))?;
        let mut last = String::new();
        for number in 1..=40 {
            last = tx.create(Kind::Panel, json!({ "project": exhibition, "number": number, "title": format!("計測{number}"), "content": content }))?;
        }
        Ok(last)
    });
    made.await.expect("panels").value
}

async fn keystrokes(desk: &Arc<Desk>, panel: &Path, saved: Option<&str>, what: &str) {
    let mut content: Value = serde_json::from_str(&std::fs::read_to_string(panel).expect("a panel")).expect("JSON");
    let mut times = Vec::new();
    for _ in 0..60 {
        for block in content["blocks"].as_array_mut().expect("blocks") {
            if block["type"] == "body" {
                let text = block["sections"][0]["text"].as_str().unwrap_or_default().to_owned() + "字";
                block["sections"][0]["text"] = json!(text);
            }
        }
        let mut ask = json!({ "content": content.to_string() });
        if let Some(saved) = saved {
            ask["panel"] = json!(saved);
        }
        times.push(timed(desk, "press", ask).await);
    }
    report(what, times);
}

async fn timed(desk: &Arc<Desk>, name: &str, ask: Value) -> Duration {
    let start = Instant::now();
    calls::call(desk, name, ask).await.unwrap_or_else(|fault| panic!("{name}: {fault}"));
    start.elapsed()
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{what:58} median {:8.3} ms   p99 {:8.3} ms   n {}", at(0.5), at(0.99), times.len());
}
