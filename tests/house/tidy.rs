//! The house rules that can be read off the source: who may name whom, and what no file may hold.
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the checkout").to_path_buf()
}

/// Every source file of ours, as (path from the root with `/`, text).
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for top in ["src-tauri", "ui/src", "xtask", "tests", "bench"] {
        walk(&root().join(top), &mut found);
    }
    found
}

fn walk(dir: &Path, found: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !["node_modules", "gen", "target"].iter().any(|skip| path.ends_with(skip)) {
                walk(&path, found);
            }
            continue;
        }
        let known = path.extension().is_some_and(|e| ["rs", "ts", "svelte", "py", "css"].iter().any(|k| e == *k));
        if known && let Ok(text) = fs::read_to_string(&path) {
            let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            found.push((name, text));
        }
    }
}

/// Files for which `wrong` gives a reason.
fn check(rule: &str, wrong: impl Fn(&str, &str) -> Option<String>) {
    let faults: Vec<String> = sources().iter().filter_map(|(name, text)| wrong(name, text).map(|why| format!("  {name}: {why}"))).collect();
    assert!(faults.is_empty(), "{rule}\n{}", faults.join("\n"));
}

/// Line numbers of `needle` outside comments.
fn lines_with<'a>(text: &'a str, needle: &'a str) -> Option<String> {
    let hits: Vec<String> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| {
            let code = line.trim_start();
            !code.starts_with("//") && !code.starts_with('*') && code.contains(needle)
        })
        .map(|(i, _)| (i + 1).to_string())
        .collect();
    (!hits.is_empty()).then(|| format!("`{needle}` in line {}", hits.join(", ")))
}

#[test]
fn every_file_opens_with_one_sentence() {
    check("A file opens with a sentence that says what the room is for.", |name, text| {
        let first = text.trim_start_matches("#!/usr/bin/env python3\n").lines().next().unwrap_or_default();
        let opens = ["//!", "//", "/*", "<!--", "\"\"\"", "#"].iter().any(|mark| first.starts_with(mark));
        (!opens && !name.ends_with("wire.ts")).then(|| format!("opens with {first:?}"))
    });
}

#[test]
fn the_engine_names_neither_files_nor_clock_nor_database_nor_window() {
    check("press does no IO and knows no crate of ours.", |name, text| {
        // A unit test may read the fonts that it hands in.
        if !name.starts_with("src-tauri/press/src/") || name.ends_with("/tests.rs") {
            return None;
        }
        ["std::fs", "std::net", "SystemTime", "tenjicho_desk", "tauri", "sqlx", "std::env"].iter().find_map(|word| lines_with(text, word))
    });
}

#[test]
fn only_the_pdf_room_names_printpdf() {
    check("printpdf stands in press/src/pdf only.", |name, text| {
        (!name.contains("press/src/pdf") && !name.starts_with("tests/") && !name.starts_with("bench/")).then(|| lines_with(text, "printpdf")).flatten()
    });
}

#[test]
fn only_the_store_names_sqlx() {
    check("sqlx stands in desk/src/store only.", |name, text| {
        (name.starts_with("src-tauri/") && !name.starts_with("src-tauri/desk/src/store")).then(|| lines_with(text, "sqlx")).flatten()
    });
}

#[test]
fn only_the_window_names_tauri() {
    check("tauri stands in src-tauri/src only.", |name, text| {
        let office = name.starts_with("src-tauri/desk/") || name.starts_with("src-tauri/press/");
        office.then(|| lines_with(text, "tauri::")).flatten()
    });
}

#[test]
fn only_the_host_names_the_window_api() {
    check("@tauri-apps stands in ui/src/host.ts only.", |name, text| {
        (name.starts_with("ui/src/") && name != "ui/src/host.ts").then(|| lines_with(text, "@tauri-apps")).flatten()
    });
}

#[test]
fn parts_and_rooms_keep_their_distance() {
    check("parts never import rooms or calls; rooms never import other rooms.", |name, text| {
        if name.starts_with("ui/src/parts/") {
            return ["rooms/", "host", "wire"].iter().find_map(|word| imports(text, word));
        }
        let room = name.strip_prefix("ui/src/rooms/")?.split('/').next()?;
        text.lines().find_map(|line| {
            let from = line.split(" from ").nth(1)?;
            let other = from.split("rooms/").nth(1)?.split(['/', '\'', '"']).next()?;
            (other != room).then(|| format!("imports the room {other}"))
        })
    });
}

fn imports(text: &str, word: &str) -> Option<String> {
    text.lines().find(|line| line.contains(" from ") && line.split(" from ").nth(1).is_some_and(|from| from.contains(word))).map(|line| line.trim().to_owned())
}

#[test]
fn the_model_names_neither_store_nor_calls() {
    check("model and exchange never name store or calls.", |name, text| {
        (name.starts_with("src-tauri/desk/src/model/")).then(|| ["crate::store", "crate::calls"].iter().find_map(|word| lines_with(text, word))).flatten()
    });
}

#[test]
fn nothing_is_left_half_done() {
    let marks = [["to", "do!("].concat(), ["unimple", "mented!("].concat(), ["FIX", "ME"].concat(), ["TO", "DO"].concat(), ["#[ig", "nore]"].concat()];
    check("No marks of unfinished work.", |_, text| marks.iter().find_map(|mark| lines_with(text, mark)));
}

#[test]
fn migrations_keep_their_line_ends() {
    let attributes = fs::read_to_string(root().join(".gitattributes")).expect(".gitattributes");
    assert!(attributes.contains("*.sql text eol=lf"), "migrations are hashed by their bytes");
    for entry in fs::read_dir(root().join("migrations")).expect("migrations").flatten() {
        let bytes = fs::read(entry.path()).expect("a migration");
        assert!(!bytes.contains(&b'\r'), "{}: carriage return", entry.path().display());
    }
}
