//! `cargo xtask run`: from a fresh checkout to the window on the sample, or to its panel PDFs where there is no display.
use crate::shell::{Done, built, cargo, npm, root, run as start};
use crate::setup;
use std::process::Command;

pub fn run(_args: &[String]) -> Done {
    setup::all()?;
    start(npm().args(["run", "build"]))?;
    start(cargo().args(["build", "--workspace", "--features", "custom-protocol"]))?;
    let out = root().join("out");
    let workspace = out.join("sample");
    if !workspace.join("tenjicho.db").exists() {
        start(Command::new(built("tenji")).arg("sample").arg(&workspace))?;
    }
    if has_display() {
        return start(Command::new(built("tenjicho")).env("TENJICHO_WORKSPACE", &workspace));
    }
    let panels = out.join("panels");
    start(Command::new(built("tenji")).arg("--in").arg(&workspace).args(["panels", "--exhibition", "all", "--mode", "x4", "--out"]).arg(&panels))?;
    println!("画面がないため、見本のパネルPDFを書き出しました: {}", panels.display());
    Ok(())
}

fn has_display() -> bool {
    !cfg!(target_os = "linux") || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}
