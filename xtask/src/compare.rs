//! `cargo xtask compare`: line ends beside those of Chromium, every difference put down to a rule, written to
//! tests/press/chromium.md. Needs Chromium; never part of the tests.
use crate::shell::{Done, cargo, run, works};

pub fn compare() -> Done {
    let program = std::env::var("TENJICHO_CHROMIUM").unwrap_or_else(|_| "chromium".into());
    if !works(&program, &["--version"]) {
        return Err(format!("`{program}` does not start: install Chromium (Debian: apt-get install chromium) or name it in TENJICHO_CHROMIUM"));
    }
    // The development profile: what the tests have built serves here too.
    run(cargo().args(["bench", "--profile", "dev", "--package", "tenjicho-press", "--bench", "compare"]))
}
