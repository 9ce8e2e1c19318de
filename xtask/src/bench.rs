//! `cargo xtask bench`: figures, never a test. Panels paired in one run against Typst and against copying the same bytes; then the office.
use crate::shell::{Done, cargo, python, root, run, target};
use crate::{setup, shell};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PANELS: usize = 40;
const RUNS: usize = 5;

/// Options: `--panels N`, `--runs N`, `--only press|office`.
pub fn bench(args: &[String]) -> Done {
    let number = |name: &str, or: usize| -> usize {
        args.windows(2).find(|pair| pair[0] == name).and_then(|pair| pair[1].parse().ok()).unwrap_or(or)
    };
    let only = args.windows(2).find(|pair| pair[0] == "--only").map(|pair| pair[1].clone()).unwrap_or_default();
    setup::all()?;
    setup::readers(&["typst==0.15.2", "segno==1.6.6"])?;
    run(cargo().args(["build", "--profile", "bench", "--package", "tenjicho-desk", "--bin", "tenji"]))?;
    if only != "office" {
        press(number("--panels", PANELS), number("--runs", RUNS))?;
    }
    if only != "press" {
        run(cargo().args(["bench", "--package", "tenjicho-desk", "--bench", "office"]).env("TENJICHO_PYTHON", python()).env("TENJICHO_FONTS", root().join("assets/fonts")))?;
    }
    Ok(())
}

fn tenji() -> PathBuf {
    target().join("release").join(format!("tenji{}", std::env::consts::EXE_SUFFIX))
}

/// One figure of one run.
struct Taken {
    wall: f64,
    megabytes: f64,
}

fn press(panels: usize, runs: usize) -> Done {
    let work = target().join("bench");
    let _ = fs::remove_dir_all(&work);
    let contents = work.join("contents");
    write_contents(&contents, panels)?;
    let fonts = root().join("assets").join("fonts");
    let (ours, theirs, floor) = (work.join("ours"), work.join("typst"), work.join("floor"));
    let mut rows: [Vec<Taken>; 3] = Default::default();
    for _ in 0..runs {
        for dir in [&ours, &theirs, &floor] {
            let _ = fs::remove_dir_all(dir);
            fs::create_dir_all(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
        }
        rows[0].push(take(Command::new(tenji()).args(["press", "--mode", "x4", "--batch"]).arg(&contents).arg("--out").arg(&ours))?);
        rows[1].push(take(Command::new(python()).arg(root().join("xtask/bench/peer.py")).arg(&contents).arg(&theirs).arg(&fonts))?);
        // The floor: the same bytes that our panels have, copied.
        rows[2].push(take(Command::new("cp").arg("-r").arg(&ours).arg(&floor))?);
    }
    println!("\n{panels} A1 panels, {runs} runs, medians (min–max), {} cores", std::thread::available_parallelism().map_or(1, usize::from));
    for (name, row) in ["展示帖 x4", "Typst 0.15.2", "copying"].iter().zip(&mut rows) {
        row.sort_by(|a, b| a.wall.total_cmp(&b.wall));
        let peak = row.iter().map(|t| t.megabytes).fold(0.0, f64::max);
        println!("{name:14} {:7.3} s ({:.3}–{:.3})  peak {peak:6.0} MB", median(row), row[0].wall, row[row.len() - 1].wall);
    }
    println!("Typst ÷ ours: {:.1}   ours ÷ copying: {:.1}   bytes: {:.1} MB ours, {:.1} MB Typst", median(&rows[1]) / median(&rows[0]), median(&rows[0]) / median(&rows[2]), size(&ours), size(&theirs));
    Ok(())
}

fn median(row: &[Taken]) -> f64 {
    row[row.len() / 2].wall
}

fn size(dir: &Path) -> f64 {
    fs::read_dir(dir).into_iter().flatten().flatten().filter_map(|e| e.metadata().ok()).map(|m| m.len() as f64).sum::<f64>() / 1e6
}

fn take(command: &mut Command) -> Result<Taken, String> {
    let mut measured = Command::new(python());
    measured.arg(root().join("xtask/bench/measure.py")).arg(command.get_program()).args(command.get_args());
    measured.env("TENJICHO_FONTS", root().join("assets/fonts"));
    let out = measured.output().map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&out.stdout);
    let figures: Value = serde_json::from_str(text.lines().last().unwrap_or_default()).map_err(|e| format!("measure.py: {e}: {}", String::from_utf8_lossy(&out.stderr)))?;
    if figures["code"] != 0 {
        return Err(format!("{:?} failed: {}", command, String::from_utf8_lossy(&out.stderr)));
    }
    Ok(Taken { wall: figures["wall"].as_f64().unwrap_or(0.0), megabytes: figures["mb"].as_f64().unwrap_or(0.0) })
}

/// Contents with two photos each of about 1.5 MB, taken in turn from the sample workspace's media.
fn write_contents(dir: &Path, panels: usize) -> Done {
    let sample = target().join("bench-sample");
    if !sample.exists() {
        shell::run(Command::new(tenji()).arg("sample").arg(&sample))?;
    }
    fs::create_dir_all(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut photos: Vec<PathBuf> = Vec::new();
    collect(&sample.join("media"), &mut photos);
    photos.sort();
    if photos.is_empty() {
        return Err("the sample has no photos".into());
    }
    for i in 0..panels {
        let names: Vec<String> = (0..2).map(|k| format!("photo-{i:02}-{k}.jpg")).collect();
        for (k, name) in names.iter().enumerate() {
            let from = &photos[(i * 2 + k) % photos.len()];
            fs::copy(from, dir.join(name)).map_err(|e| format!("{}: {e}", from.display()))?;
        }
        let text = content(i, &names).to_string();
        fs::write(dir.join(format!("panel-{i:02}.json")), text).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn collect(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if fs::read(&path).is_ok_and(|bytes| bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.len() > 600_000) {
            found.push(path);
        }
    }
}

/// A1: title, 900 characters in two columns, two photos, a table, a bar chart, a QR code.
fn content(i: usize, photos: &[String]) -> Value {
    let sentence = "海と川にはさまれたこの町では、朝の市に近くの畑の野菜が並び、昼には港から戻った船の魚が届きます。";
    let more = format!("第{}回の展示では、23区の皆さんに町の四季を紹介します。令和4年11月9日(水)から12月22日(木)まで、延べ1,158名の方にご覧いただきました。", i + 1);
    let mut text: String = (0..17).map(|_| sentence).collect();
    text = format!("{more}{text}").chars().take(900).collect();
    let place = |x: f64, y: f64, w: f64, h: f64, size: Option<f64>| {
        let mut place = json!({ "x": x, "y": y, "w": w, "h": h });
        if let Some(size) = size {
            place["size"] = json!(size);
        }
        place
    };
    let rows: Vec<Value> = (0..8).map(|r| json!([format!("取組{}", r + 1), "特別区と連携", format!("{}", 120 + r * 37 + i)])).collect();
    let points: Vec<Value> = (0..6).map(|p| json!({ "label": format!("令和{}年度", p + 2), "value": 300 + p * 90 + i })).collect();
    json!({
        "name": format!("計測{i:02}"), "theme": "ai", "paper": "A1",
        "blocks": [
            { "type": "title", "text": format!("海と川のまち{}", i + 1), "place": place(25.0, 30.0, 544.0, 70.0, Some(150.0)) },
            { "type": "photo", "picture": photos[0], "role": "hero", "caption": "町の風景", "credit": "見本", "place": place(25.0, 105.0, 360.0, 170.0, None) },
            { "type": "photo", "picture": photos[1], "role": "second", "caption": "町の風景", "credit": "見本", "place": place(393.0, 105.0, 176.0, 170.0, None) },
            { "type": "body", "columns": 2, "sections": [{ "text": text }], "place": place(25.0, 295.0, 544.0, 268.0, Some(26.0)) },
            { "type": "table", "columns": [{ "head": "取組" }, { "head": "相手" }, { "head": "人数", "numeric": true }], "rows": rows, "place": place(25.0, 570.0, 260.0, 170.0, None) },
            { "type": "chart", "kind": "bar", "points": points, "unit": "人", "place": place(300.0, 570.0, 269.0, 150.0, None) },
            { "type": "qr", "url": "https://collabo.tokyo-23city.or.jp", "label": "公式サイト", "place": place(509.0, 752.0, 60.0, 60.0, None) }
        ]
    })
}
