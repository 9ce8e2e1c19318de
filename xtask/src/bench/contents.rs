//! What the bench presses: content documents of full A1 panels, and photos of the size that a camera gives.
use crate::shell::{Done, python, root, run, target};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Photos of one size, made once and kept: COUNT files of about BYTES.
pub fn photos(tenji: &Path, name: &str, count: usize, (width, height): (u32, u32), bytes: u64) -> Result<Vec<PathBuf>, String> {
    let dir = target().join("bench-photos").join(name);
    let all: Vec<PathBuf> = (0..count).map(|n| dir.join(format!("photo-{n:02}.jpg"))).collect();
    if all.iter().all(|photo| photo.exists()) {
        return Ok(all);
    }
    let sample = target().join("bench-sample");
    if !sample.exists() {
        run(Command::new(tenji).arg("sample").arg(&sample).env("TENJICHO_FONTS", root().join("assets/fonts")))?;
    }
    let figures = [count.to_string(), width.to_string(), height.to_string(), bytes.to_string()];
    run(Command::new(python()).arg(root().join("xtask/bench/photos.py")).arg(sample.join("media")).arg(&dir).args(figures))?;
    Ok(all)
}

/// A folder of panels, each with its own number and `per` of the photos in turn. A photo that several panels show is one file on the disk.
pub fn write(dir: &Path, panels: usize, photos: &[PathBuf], per: usize) -> Done {
    let _ = fs::remove_dir_all(dir);
    fs::create_dir_all(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    for i in 0..panels {
        let mut names = Vec::new();
        for k in 0..per {
            let from = &photos[(i * per + k) % photos.len()];
            let name = from.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let to = dir.join(&name);
            if !to.exists() {
                fs::hard_link(from, &to).or_else(|_| fs::copy(from, &to).map(drop)).map_err(|e| format!("{}: {e}", from.display()))?;
            }
            names.push(name);
        }
        fs::write(dir.join(format!("panel-{i:03}.json")), panel(i, &names).to_string()).map_err(|e| e.to_string())?;
    }
    Ok(())
}

/// A1: title, 900 characters in two columns, two photos, a table, a bar chart, a QR code.
fn panel(i: usize, photos: &[String]) -> Value {
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
        "name": format!("計測{i:03}"), "theme": "ai", "paper": "A1",
        "blocks": [
            { "type": "title", "text": format!("海と川のまち{}", i + 1), "place": place(25.0, 30.0, 544.0, 70.0, Some(150.0)) },
            { "type": "photo", "picture": photos[0], "role": "hero", "caption": "町の風景", "credit": "見本", "place": place(25.0, 105.0, 360.0, 170.0, None) },
            { "type": "photo", "picture": photos.last(), "role": "second", "caption": "町の風景", "credit": "見本", "place": place(393.0, 105.0, 176.0, 170.0, None) },
            { "type": "body", "columns": 2, "sections": [{ "text": text }], "place": place(25.0, 295.0, 544.0, 268.0, Some(26.0)) },
            { "type": "table", "columns": [{ "head": "取組" }, { "head": "相手" }, { "head": "人数", "numeric": true }], "rows": rows, "place": place(25.0, 570.0, 260.0, 170.0, None) },
            { "type": "chart", "kind": "bar", "points": points, "unit": "人", "place": place(300.0, 570.0, 269.0, 150.0, None) },
            { "type": "qr", "url": "https://collabo.tokyo-23city.or.jp", "label": "公式サイト", "place": place(509.0, 752.0, 60.0, 60.0, None) }
        ]
    })
}
