//! `cargo xtask bench`: figures, never a test. Panels paired in one run against the peers and against copying the same bytes; then the office.
mod contents;
mod peers;
mod table;

use crate::setup;
use crate::shell::{Done, cargo, python, root, run, target};
use peers::Peer;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use table::{Row, Table};

/// Options: `--panels N[,N]` (40,200), `--runs N` (3), `--peers a,b` (all that the machine has), `--only press|modes|office`, and
/// `--tenji FILE`, a program that was built before.
pub fn bench(args: &[String]) -> Done {
    let told = |name: &str| args.windows(2).find(|pair| pair[0] == name).map(|pair| pair[1].clone());
    let only = told("--only").unwrap_or_default();
    let runs = told("--runs").and_then(|n| n.parse().ok()).unwrap_or(3).max(1);
    let sizes: Vec<usize> = told("--panels").unwrap_or_else(|| "40,200".into()).split(',').filter_map(|n| n.parse().ok()).collect();
    setup::all()?;
    let peers = peers::at_hand(told("--peers").as_deref())?;
    let tenji = match told("--tenji") {
        Some(built) => PathBuf::from(built),
        None => {
            run(cargo().args(["build", "--profile", "bench", "--package", "tenjicho-desk", "--bin", "tenji"]))?;
            target().join("release").join(format!("tenji{}", std::env::consts::EXE_SUFFIX))
        }
    };
    let mut out = Report::new(tenji, runs);
    if only.is_empty() || only == "press" {
        out.panels(&sizes, &peers)?;
    }
    if only.is_empty() || only == "modes" {
        out.modes()?;
    }
    if only.is_empty() || only == "office" {
        out.office()?;
    }
    out.keep()
}

/// What a run gathers: the tables that are printed and kept in out/bench.md.
struct Report {
    tenji: PathBuf,
    runs: usize,
    text: String,
}

/// One figure of one run.
struct Taken {
    wall: f64,
    megabytes: f64,
}

impl Report {
    fn new(tenji: PathBuf, runs: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let head = format!("# 計測\n\n{cores} cores, {runs} runs each, paired: in each run every program presses the same content once, then the same bytes are copied.\nWall time is the median (least–most); memory is the largest process; bytes are of all files.\n");
        println!("{head}");
        Self { tenji, runs, text: head }
    }

    /// Batches of full A1 panels, and one panel from process start to file.
    fn panels(&mut self, sizes: &[usize], peers: &[Peer]) -> Done {
        let photos = contents::photos(&self.tenji, "small", 40, (3000, 2000), 1_500_000)?;
        for count in [1].iter().chain(sizes) {
            let folder = target().join("bench").join(format!("a1-{count}"));
            contents::write(&folder, *count, &photos, 2)?;
            let title = if *count == 1 { "One A1 panel, from process start to file".into() } else { format!("{count} A1 panels, one file each (x4)") };
            // Hundreds of panels take the slow peers minutes: one run of them says enough.
            let slow = if *count > 100 { 1 } else { self.runs };
            self.paired(&title, &folder, "x4", peers, slow)?;
            if *count > 1 {
                self.alone(&format!("{count} A1 panels in one file (x4)"), &folder, "x4", true)?;
            }
        }
        Ok(())
    }

    /// Modes that no peer has: tiles for the office printer, and X-1a with its photos turned into CMYK.
    fn modes(&mut self) -> Done {
        let photos = contents::photos(&self.tenji, "small", 40, (3000, 2000), 1_500_000)?;
        let tiles = target().join("bench").join("tiles");
        contents::write(&tiles, 5, &photos, 2)?;
        self.alone("5 A1 panels as 45 A3 tiles with their keys (tiles)", &tiles, "tiles", false)?;
        let large = contents::photos(&self.tenji, "large", 8, (6000, 4000), 9_000_000)?;
        let x1a = target().join("bench").join("x1a");
        contents::write(&x1a, 20, &large, 2)?;
        self.alone("40 photos of 24 megapixels turned into CMYK, on 20 panels (x1a)", &x1a, "x1a", false)
    }

    /// The same folder by us, by every peer and by copying, in turn.
    fn paired(&mut self, title: &str, folder: &Path, mode: &str, peers: &[Peer], slow: usize) -> Done {
        let work = target().join("bench").join("out");
        let mut rows: Vec<Row> = std::iter::once(Row::new("展示帖")).chain(peers.iter().map(|p| Row::new(&p.label))).collect();
        let mut floor = Row::new("copying our bytes");
        for turn in 0..self.runs {
            let ours = fresh(&work.join("ours"))?;
            let taken = take(Command::new(&self.tenji).args(["press", "--mode", mode, "--batch"]).arg(folder).arg("--out").arg(&ours))?;
            rows[0].add(taken, size(&ours));
            for (peer, row) in peers.iter().zip(&mut rows[1..]) {
                if turn < slow {
                    let theirs = fresh(&work.join("theirs"))?;
                    match take(&mut peer.command(folder, &theirs)) {
                        Ok(taken) => row.add(taken, size(&theirs)),
                        Err(why) => println!("{}: {why}", peer.label),
                    }
                }
            }
            let copies = fresh(&work.join("floor"))?;
            floor.add(take(Command::new("cp").arg("-r").arg(&ours).arg(&copies))?, size(&ours));
        }
        rows.push(floor);
        self.put(Table { title: title.to_owned(), rows });
        Ok(())
    }

    /// Our own, against copying what came of it. A mode that this build does not have is left out with a line.
    fn alone(&mut self, title: &str, folder: &Path, mode: &str, one_file: bool) -> Done {
        let work = target().join("bench").join("out");
        let (mut ours, mut floor) = (Row::new("展示帖"), Row::new("copying our bytes"));
        for _ in 0..self.runs {
            let out = fresh(&work.join("ours"))?;
            let target = if one_file { out.join("all.pdf") } else { out.clone() };
            match take(Command::new(&self.tenji).args(["press", "--mode", mode, "--batch"]).arg(folder).arg("--out").arg(target)) {
                Ok(taken) => ours.add(taken, size(&out)),
                Err(why) => {
                    println!("{title}: left out. {why}");
                    return Ok(());
                }
            }
            let copies = fresh(&work.join("floor"))?;
            floor.add(take(Command::new("cp").arg("-r").arg(&out).arg(&copies))?, size(&out));
        }
        self.put(Table { title: title.to_owned(), rows: vec![ours, floor] });
        Ok(())
    }

    /// Opening, saving, counting, searching, and the page after a keystroke.
    fn office(&mut self) -> Done {
        let photos = contents::photos(&self.tenji, "small", 40, (3000, 2000), 1_500_000)?;
        let folder = target().join("bench").join("a1-1");
        contents::write(&folder, 1, &photos, 2)?;
        let mut command = cargo();
        command.args(["bench", "--package", "tenjicho-desk", "--bench", "office"]);
        command.env("TENJICHO_PYTHON", python()).env("TENJICHO_FONTS", root().join("assets/fonts")).env("TENJICHO_PANEL", folder.join("panel-000.json"));
        let done = command.output().map_err(|e| e.to_string())?;
        if !done.status.success() {
            return Err(format!("office: {}", String::from_utf8_lossy(&done.stderr)));
        }
        let lines = String::from_utf8_lossy(&done.stdout);
        let text = format!("\n## The office\n\n```\n{}\n```\n", lines.trim());
        println!("{text}");
        self.text += &text;
        Ok(())
    }

    fn put(&mut self, table: Table) {
        let text = table.markdown();
        println!("{text}");
        self.text += &text;
    }

    fn keep(&self) -> Done {
        let path = root().join("out").join("bench.md");
        fs::create_dir_all(root().join("out")).and_then(|()| fs::write(&path, &self.text)).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("{}", path.display());
        Ok(())
    }
}

/// An empty folder of this name.
fn fresh(dir: &Path) -> Result<PathBuf, String> {
    let _ = fs::remove_dir_all(dir);
    fs::create_dir_all(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    Ok(dir.to_owned())
}

/// Megabytes of the files in a folder.
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
        let said = String::from_utf8_lossy(&out.stderr);
        return Err(said.lines().last().unwrap_or("it ended without a word").to_owned());
    }
    Ok(Taken { wall: figures["wall"].as_f64().unwrap_or(0.0), megabytes: figures["mb"].as_f64().unwrap_or(0.0) })
}
