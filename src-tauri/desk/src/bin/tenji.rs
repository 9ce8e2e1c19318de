//! The office from a terminal: the same calls as the window, for scripts and tests. Each subcommand is a file of its own.

mod tenji {
    pub mod announcement;
    pub mod call;
    pub mod contact;
    pub mod dates;
    pub mod merge_panels;
    pub mod panels;
    pub mod preflight;
    pub mod press;
    pub mod recover;
    pub mod sample;
}

use clap::{Parser, Subcommand};
use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tenjicho_desk::Desk;
use tenjicho_desk::fault::{Fault, FaultKind, Result};
use tenjicho_desk::pressroom::fonts_folder;

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
    /// 見本のワークスペースを作ります
    Sample(tenji::sample::Sample),
    /// 呼び出しを一つ行い、答えをJSONで書きます
    Call(tenji::call::Call),
    /// 展示のパネルをPDFに書き出します
    Panels(tenji::panels::Panels),
    /// 展示のパネルを検査します
    Preflight(tenji::preflight::Preflight),
    /// ひな形のパネルに一覧を差し込み、パネルを作ります
    MergePanels(tenji::merge_panels::MergePanels),
    /// 内容のファイルからパネルを作ります（ワークスペースは要りません）
    Press(tenji::press::Press),
    /// 開けなくなったワークスペースを、控えから開けるようにします
    Recover(tenji::recover::Recover),
    /// すべてのひな形を4つのテーマと用紙で並べて見ます
    ContactSheet(tenji::contact::ContactSheet),
    /// 日付の文字を読みます
    Dates(tenji::dates::Dates),
    /// お知らせの文章から記録を作ります
    Announcement(tenji::announcement::Announcement),
}

fn main() -> ExitCode {
    let asked = match Tenji::try_parse() {
        Ok(asked) => asked,
        Err(e) if !e.use_stderr() => e.exit(),
        Err(e) => {
            tell(&misused(&e));
            return ExitCode::FAILURE;
        }
    };
    let workspace = asked.workspace.as_deref();
    let done = match asked.command {
        Command::Sample(sample) => waited(tenji::sample::run(&sample)),
        Command::Call(call) => waited(async { tenji::call::run(&open(workspace).await?, &call).await }),
        Command::Panels(panels) => waited(async { tenji::panels::run(&open(workspace).await?, &panels).await }),
        Command::Preflight(preflight) => waited(async { tenji::preflight::run(&open(workspace).await?, &preflight).await }),
        Command::MergePanels(merge) => waited(async { tenji::merge_panels::run(&open(workspace).await?, &merge).await }),
        Command::Press(press) => tenji::press::run(&press),
        Command::Recover(recover) => waited(async { tenji::recover::run(named(workspace)?, &recover).await }),
        Command::ContactSheet(ask) => tenji::contact::run(&ask),
        Command::Dates(dates) => tenji::dates::run(&dates),
        Command::Announcement(announcement) => tenji::announcement::run(&announcement),
    };
    match done {
        Ok(code) => code,
        Err(fault) => {
            tell(&fault);
            ExitCode::FAILURE
        }
    }
}

/// A slip on the command line is a fault like any other.
fn misused(e: &clap::Error) -> Fault {
    use clap::error::ContextKind::{InvalidArg, InvalidSubcommand};
    let what = [InvalidArg, InvalidSubcommand].into_iter().find_map(|kind| e.get(kind)).map_or_else(String::new, |value| format!("「{value}」"));
    Fault::new(FaultKind::BadCall, format!("コマンドの書き方が正しくありません{what}"), "tenji --help で使い方を確かめてください")
}

fn waited(work: impl Future<Output = Result<ExitCode>>) -> Result<ExitCode> {
    let no_threads = |e| Fault::new(FaultKind::Internal, format!("処理を始められません（{e}）"), "");
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(no_threads)?.block_on(work)
}

/// The folder that `--in` names; it must be there already, so that a slip of the path makes no empty workspace.
fn named(workspace: Option<&Path>) -> Result<&Path> {
    let ask = || Fault::new(FaultKind::BadCall, "ワークスペースのフォルダーが指定されていません", "--in フォルダー を付けてください");
    let folder = workspace.ok_or_else(ask)?;
    if !folder.is_dir() {
        let message = format!("ワークスペース「{}」がありません", folder.display());
        return Err(Fault::new(FaultKind::Workspace, message, "場所をお確かめください。見本は tenji sample で作れます"));
    }
    Ok(folder)
}

async fn open(workspace: Option<&Path>) -> Result<Arc<Desk>> {
    Desk::open(named(workspace)?, &fonts_folder()).await
}

/// A fault as one line of JSON on stderr.
pub(crate) fn tell(fault: &Fault) {
    match serde_json::to_string(fault) {
        Ok(line) => note(line),
        Err(_) => note(fault),
    }
}

/// A line of the answer on stdout. A closed pipe (`| head`) is the reader's wish.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A line on stderr, beside the answer.
pub(crate) fn note(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
