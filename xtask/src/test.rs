//! `cargo xtask test`: sets up, then runs everything in one profile: interface, Rust, the real window.
use crate::setup;
use crate::shell::{Done, cargo, npm, python, run};
use std::ffi::OsString;
use std::path::Path;

pub fn test(args: &[String]) -> Done {
    setup::all()?;
    setup::readers(&[])?;
    setup::strict_reader()?;
    run(npm().args(["run", "check"]))?;
    run(npm().args(["run", "test"]))?;
    run(npm().args(["run", "build"]))?;
    // No build before: the tests' own dependencies ask for other features of shared crates, and nearly all would be built twice.
    let mut all = cargo();
    all.args(["test", "--workspace", "--features", "custom-protocol", "--no-fail-fast"]).args(args).env("PATH", readers_first()?);
    run(&mut all)
}

/// The search path with the Python of the outside readers before the system's own.
fn readers_first() -> Done<OsString> {
    let python = python();
    let readers = python.parent().map(Path::to_path_buf).into_iter();
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(readers.chain(std::env::split_paths(&path))).map_err(|e| format!("PATH: {e}"))
}
