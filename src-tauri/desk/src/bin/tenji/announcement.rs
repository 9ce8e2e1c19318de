//! `tenji announcement FILE`: the record that a pasted announcement fills, as JSON.

use clap::Args;
use std::io::{ErrorKind, Read};
use std::path::PathBuf;
use std::process::ExitCode;
use tenjicho_desk::fault::{Fault, FaultKind};
use tenjicho_desk::model::announcement::read;

/// An announcement is a page or two.
const MOST_BYTES: u64 = 2_000_000;

#[derive(Args)]
pub struct Announcement {
    /// お知らせの文章のファイル（- なら標準入力から読みます）
    file: PathBuf,
}

pub fn run(asked: &Announcement) -> Result<ExitCode, Fault> {
    let record = read(&text_of(asked)?);
    let json = serde_json::to_string_pretty(&record)
        .map_err(|e| Fault::new(FaultKind::Internal, format!("結果を書き出せません: {e}"), ""))?;
    crate::say(json);
    Ok(ExitCode::SUCCESS)
}

fn text_of(asked: &Announcement) -> Result<String, Fault> {
    let name = asked.file.display().to_string();
    let wrong = |e: std::io::Error| {
        let message = match e.kind() {
            ErrorKind::NotFound => format!("「{name}」がありません"),
            ErrorKind::IsADirectory => format!("「{name}」はフォルダーです"),
            ErrorKind::PermissionDenied => format!("「{name}」を開く権限がありません"),
            _ => format!("「{name}」を読めません（{e}）"),
        };
        Fault::new(FaultKind::BadFile, message, "ファイルの名前と場所を確かめてください")
    };
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(wrong)?;
    } else {
        std::fs::File::open(&asked.file).and_then(|f| f.take(MOST_BYTES + 1).read_to_end(&mut bytes)).map_err(wrong)?;
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Fault::new(FaultKind::BadFile, format!("「{name}」は大きすぎます"), "お知らせの文章だけのファイルにしてください"));
    }
    decode(&bytes).ok_or_else(|| Fault::new(FaultKind::BadFile, format!("「{name}」は文章のファイルではありません"), "文字をコピーしてテキストファイルに保存してください"))
}

/// UTF-8, or what Windows editors wrote before it.
fn decode(bytes: &[u8]) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (!text.contains('\0')).then(|| text.trim_start_matches('\u{feff}').to_owned());
    }
    if bytes.starts_with(&[0xff, 0xfe]) {
        let (text, _, broken) = encoding_rs::UTF_16LE.decode(bytes);
        return (!broken).then(|| text.into_owned());
    }
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(bytes);
    (!broken && !text.contains('\0')).then(|| text.into_owned())
}
