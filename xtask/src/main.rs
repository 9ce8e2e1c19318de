//! `cargo xtask …`: setting up, running, testing and measuring, the same on every system.
mod bench;
mod compare;
mod run;
mod setup;
mod shell;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask setup    install what building needs (system packages, fonts, interface packages)
cargo xtask run      set up, build, make the sample workspace, open the window (without a display: panel PDFs into out/)
cargo xtask test     set up, then run every test: Rust, interface, real window
cargo xtask bench    paired timings against Typst, ReportLab, WeasyPrint and Chromium, and the office's own speeds; out/bench.md
cargo xtask compare  line ends beside Chromium's, written to tests/press/chromium.md";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.first().map(String::as_str) {
        Some("setup") => setup::all(),
        Some("run") => run::run(&words[1..]),
        Some("test") => test::test(&words[1..]),
        Some("compare") => compare::compare(),
        Some("bench") => bench::bench(&words[1..]),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
