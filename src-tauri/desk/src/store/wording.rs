//! Turns what the libraries say into faults a coordinator understands. The one place that looks at their errors.
use crate::fault::{Fault, FaultKind};
use crate::model::field::label;

fn code(e: &sqlx::Error) -> i64 {
    let code = e.as_database_error().and_then(|d| d.code().map(|c| c.into_owned()));
    code.and_then(|c| c.parse().ok()).unwrap_or(0)
}

/// Whether SQLite says that the file itself is torn or no database (SQLITE_CORRUPT, SQLITE_NOTADB).
pub(crate) fn says_damaged(e: &sqlx::Error) -> bool {
    matches!(code(e) & 0xff, 11 | 26)
}

/// SQLite's own words, by its result code.
pub(crate) fn of_sql(e: sqlx::Error) -> Fault {
    let code = code(&e);
    tracing::error!(error = %e, code, "database");
    match code & 0xff {
        5 | 6 => Fault::new(FaultKind::Workspace, "ほかの画面が書き込み中のため、待ちきれませんでした", "少し待ってからもう一度お試しください"),
        8 | 14 => Fault::new(FaultKind::CannotWrite, "作業フォルダーに書き込めません", "フォルダーの権限と、読み取り専用になっていないかをお確かめください"),
        10 => Fault::new(FaultKind::Workspace, "作業データの読み書きに失敗しました", "ディスクの状態をお確かめください"),
        13 => Fault::new(FaultKind::CannotWrite, "ディスクの空きがありません", "不要なファイルを片づけてからもう一度お試しください。保存済みの内容は残っています"),
        11 | 26 => damaged(""),
        _ => Fault::new(FaultKind::Internal, format!("作業データの操作に失敗しました（{e}）"), ""),
    }
}

pub(crate) fn damaged(what: &str) -> Fault {
    let detail = if what.is_empty() { String::new() } else { format!("（{what}）") };
    Fault::new(FaultKind::Workspace, format!("作業データが壊れています{detail}"), "控え（backups フォルダー）から戻してください。元のファイルには手を加えていません")
}

pub(crate) fn of_document(e: impl std::fmt::Display) -> Fault {
    tracing::error!(error = %e, "document");
    damaged("変更の記録を読めません")
}

/// A file outside the database could not be written.
pub(crate) fn cannot_write(path: &std::path::Path, e: &std::io::Error) -> Fault {
    let hint = if e.kind() == std::io::ErrorKind::StorageFull { "ディスクの空きをお確かめください" } else { "保存先のフォルダーと権限をお確かめください" };
    Fault::new(FaultKind::CannotWrite, format!("{} に書き込めません", path.display()), hint)
}

pub(crate) fn cannot_read(path: &std::path::Path, e: &std::io::Error) -> Fault {
    let (what, hint) = match e.kind() {
        std::io::ErrorKind::NotFound => ("がありません", "ファイルの場所をお確かめください"),
        std::io::ErrorKind::PermissionDenied => ("を開く権限がありません", "ファイルの権限をお確かめください"),
        _ => ("を読めません", "ファイルが壊れていないかお確かめください"),
    };
    Fault::new(FaultKind::BadFile, format!("{} {what}", path.display()), hint)
}

pub(crate) fn not_found(kind: crate::model::record::Kind) -> Fault {
    Fault::new(FaultKind::NotFound, format!("{}が見つかりません", kind.label()), "ほかの画面で削除された可能性があります")
}

/// `path` leads into the field, such as `period.from`; the hint names it for scripts.
pub(crate) fn bad_field(kind: crate::model::record::Kind, path: &str, why: &str) -> Fault {
    let field = path.split(['.', '[']).next().unwrap_or(path);
    Fault::new(FaultKind::BadField, format!("{}の「{}」{why}", kind.label(), label(field)), format!("項目 {path} をお確かめください"))
}
