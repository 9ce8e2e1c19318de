//! The office from a terminal: the same calls as the window, for scripts and tests. Each subcommand is a file of its own.

mod tenji {
    pub mod dates;
}

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use tenjicho_desk::fault::Fault;

#[derive(Parser)]
#[command(name = "tenji", version, about = "展示帖を端末から使います")]
struct Tenji {
    /// ワークスペースのフォルダー
    #[arg(long = "in", value_name = "DIR", global = true)]
    workspace: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 日付の文字を読みます
    Dates(tenji::dates::Dates),
}

fn main() -> ExitCode {
    let asked = Tenji::parse();
    let done = match asked.command {
        Command::Dates(dates) => tenji::dates::run(&dates),
    };
    match done {
        Ok(code) => code,
        Err(fault) => {
            tell(&fault);
            ExitCode::FAILURE
        }
    }
}

/// A fault as one line of JSON on stderr.
fn tell(fault: &Fault) {
    match serde_json::to_string(fault) {
        Ok(line) => eprintln!("{line}"),
        Err(_) => eprintln!("{fault}"),
    }
}
