//! The programs that set the same panels. Each is optional: one that the machine lacks is left out with a line.
use crate::setup;
use crate::shell::{python, root, works};
use std::path::Path;
use std::process::Command;

/// Wheels of the peers, pinned so that a figure can be measured again.
const WHEELS: &[(&str, &str, &str)] =
    &[("typst", "Typst 0.15.2", "typst==0.15.2"), ("reportlab", "ReportLab 5.1.0", "reportlab==5.1.0"), ("weasyprint", "WeasyPrint 70.0", "weasyprint==70.0")];
/// Draws the QR codes of those that have none, and the bench's photos.
const COMMON: &[&str] = &["segno==1.6.6", "pillow==13.0.0"];

pub struct Peer {
    pub name: &'static str,
    pub label: String,
    program: Option<String>,
}

impl Peer {
    /// Presses every document of `folder` into `out`.
    pub fn command(&self, folder: &Path, out: &Path) -> Command {
        let mut command = Command::new(python());
        command.arg(root().join("xtask/bench/peers/run.py")).arg(self.name).arg(folder).arg(out).arg(root().join("assets/fonts"));
        command.args(&self.program);
        command
    }
}

/// The peers of this machine, or those of them that are named.
pub fn at_hand(named: Option<&str>) -> Result<Vec<Peer>, String> {
    let wanted = |name: &str| named.is_none_or(|n| n.split(',').any(|n| n == name));
    setup::readers(COMMON)?;
    let mut peers = Vec::new();
    for (name, label, wheel) in WHEELS {
        if !wanted(name) {
            continue;
        }
        let got = setup::readers(&[COMMON, &[*wheel]].concat()).is_ok();
        if got && works(&python().to_string_lossy(), &["-c", &format!("import {name}")]) {
            peers.push(Peer { name, label: (*label).to_owned(), program: None });
        } else {
            println!("{label} is not at hand; left out.");
        }
    }
    if wanted("chromium") {
        match browser() {
            Some((program, label)) => peers.push(Peer { name: "chromium", label, program: Some(program) }),
            None => println!("Chromium is not at hand; left out."),
        }
    }
    Ok(peers)
}

fn browser() -> Option<(String, String)> {
    for program in ["chromium", "chromium-browser", "google-chrome"] {
        let Ok(out) = Command::new(program).arg("--version").output() else { continue };
        let said = String::from_utf8_lossy(&out.stdout);
        let version = said.split_whitespace().find(|w| w.starts_with(|c: char| c.is_ascii_digit()))?.split('.').next()?.to_owned();
        return Some((program.to_owned(), format!("Chromium {version} (headless)")));
    }
    None
}
