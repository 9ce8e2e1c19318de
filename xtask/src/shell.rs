//! Starting other programs: what is started is printed, a failure names the command.
use std::path::{Path, PathBuf};
use std::process::Command;

pub type Done<T = ()> = Result<T, String>;

/// The top of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the checkout").to_path_buf()
}

/// Runs to the end with our own output; a non-zero exit is an error.
pub fn run(command: &mut Command) -> Done {
    let line = words(command);
    println!("+ {line}");
    let status = command.status().map_err(|e| format!("`{line}` did not start: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{line}` ended with {status}")) }
}

/// Whether the command exists and ends with success; says nothing.
pub fn works(program: &str, args: &[&str]) -> bool {
    use std::process::Stdio;
    Command::new(program).args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

fn words(command: &Command) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    command.get_args().fold(program, |line, word| line + " " + &word.to_string_lossy())
}

pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

pub fn npm() -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(root().join("ui"));
    command
}

/// Python with what the outside readers need, made by `setup::python`.
pub fn python() -> PathBuf {
    let tools = root().join("target").join("tools");
    if cfg!(windows) { tools.join("Scripts").join("python.exe") } else { tools.join("bin").join("python3") }
}

/// A program that the workspace built in the development profile.
pub fn built(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
