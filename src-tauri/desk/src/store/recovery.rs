//! A workspace that does not open any more: which of its backups could take its place, what is in each, and putting one there.
use super::open::{self, look_at_header, look_inside};
use super::wording::{cannot_read, cannot_write, of_sql, says_damaged};
use super::Store;
use crate::fault::Result;
use crate::model::record::Kind;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A sound backup, with what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub path: PathBuf,
    /// When the file was written.
    pub at: String,
    pub bytes: u64,
    /// 手動 or what it was made before, as far as the name says.
    pub reason: String,
    /// How many records of each asked kind, in that order.
    pub counts: Vec<i64>,
    pub tallies: i64,
    /// The last thing that was done before it was made.
    pub last: Option<(String, String)>,
}

/// Backups in the workspace's own folder that are whole, the newest first. What is broken or foreign is left out.
pub async fn candidates(folder: &Path, kinds: &[Kind]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder.join("backups")).into_iter().flatten().flatten() {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden || path.extension().is_none_or(|e| e != "db") {
            continue;
        }
        match looked_into(&path, kinds).await {
            Ok(candidate) => found.push(candidate),
            Err(fault) => tracing::warn!(file = %path.display(), %fault, "a backup that cannot be used"),
        }
    }
    found.sort_by(|a, b| (&b.at, &b.path).cmp(&(&a.at, &a.path)));
    found
}

async fn looked_into(path: &Path, kinds: &[Kind]) -> Result<Candidate> {
    look_at_header(path)?;
    look_inside(path).await?;
    let about = std::fs::metadata(path).map_err(|e| cannot_read(path, &e))?;
    let mut conn = reading(path).await?;
    let mut counts = Vec::with_capacity(kinds.len());
    for kind in kinds {
        counts.push(number(&mut conn, kind.table()).await?);
    }
    let tallies = number(&mut conn, "tally").await?;
    let last = last(&mut conn).await;
    conn.close().await.map_err(of_sql)?;
    Ok(Candidate { path: path.to_owned(), at: written(&about), bytes: about.len(), reason: reason(path).to_owned(), counts, tallies, last })
}

/// Whether somebody worked here before: there are copies of a database.
pub(crate) fn has_backups(folder: &Path) -> bool {
    let copies = std::fs::read_dir(folder.join("backups")).into_iter().flatten().flatten();
    copies.into_iter().any(|e| e.path().extension().is_some_and(|e| e == "db") && !e.file_name().to_string_lossy().starts_with('.'))
}

/// Whether the database itself is torn or gone, so that a backup is the cure; a locked, foreign or newer one is not.
pub async fn is_damaged(folder: &Path) -> bool {
    let path = open::database(folder);
    let mut head = Vec::new();
    let Ok(file) = std::fs::File::open(&path) else { return !path.exists() && has_backups(folder) };
    if file.take(100).read_to_end(&mut head).is_err() {
        return false;
    }
    if head.len() < 100 || !head.starts_with(b"SQLite format 3\0") {
        return true;
    }
    // Foreign and newer ones are told by their header.
    look_at_header(&path).is_ok() && is_torn(&path).await
}

async fn is_torn(path: &Path) -> bool {
    let mut conn = match read_only(path).connect().await {
        Ok(conn) => conn,
        Err(e) => return says_damaged(&e),
    };
    let said = sqlx::query("PRAGMA quick_check").fetch_one(&mut conn).await;
    let torn = match said {
        Ok(row) => row.get::<&str, _>(0) != "ok",
        Err(e) => says_damaged(&e),
    };
    // Nothing was written through it.
    let _ = conn.close().await;
    torn
}

/// The last step of the database that does not open, as (time, label), if that much can still be read; else when the file was last written.
pub async fn last_step(folder: &Path) -> Option<(String, String)> {
    let path = open::database(folder);
    let about = std::fs::metadata(&path).ok()?;
    let read = match reading(&path).await {
        Ok(mut conn) => {
            let last = last(&mut conn).await;
            // Nothing was written through it.
            let _ = conn.close().await;
            last
        }
        Err(_) => None,
    };
    read.or_else(|| Some((written(&about), String::new())))
}

/// A connection that cannot write. One that somebody else holds open is waited for, never taken for broken.
fn read_only(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).read_only(true).disable_statement_logging()
}

async fn reading(path: &Path) -> Result<SqliteConnection> {
    read_only(path).connect().await.map_err(of_sql)
}

async fn number(conn: &mut SqliteConnection, table: &str) -> Result<i64> {
    Ok(sqlx::query(AssertSqlSafe(format!("SELECT count(*) FROM \"{table}\""))).fetch_one(conn).await.map_err(of_sql)?.get(0))
}

async fn last(conn: &mut SqliteConnection) -> Option<(String, String)> {
    let row = sqlx::query("SELECT at, label FROM step ORDER BY n DESC LIMIT 1").fetch_optional(conn).await.ok()??;
    Some((row.get(0), row.get(1)))
}

pub(crate) fn written(about: &std::fs::Metadata) -> String {
    about.modified().map_or_else(|_| String::new(), |t| crate::clock::japan(t.into()).format(super::TIME).to_string())
}

/// Our own names end in what the copy was made before.
pub(crate) fn reason(path: &Path) -> &'static str {
    let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
    match name.strip_prefix("tenjicho-").and_then(|n| n.rsplit('-').next()) {
        Some("backup") => "自分で作成",
        Some("restore") => "書き戻しの前",
        Some("merge") => "突き合わせの前",
        Some("migration") => "更新の前",
        _ => "",
    }
}

impl Store {
    /// For a workspace that does not open any more: puts a copy in the place of the database, which is set aside, not removed. Answers where.
    pub async fn recover(folder: &Path, backup: &Path) -> Result<PathBuf> {
        std::fs::metadata(backup).map_err(|e| cannot_read(backup, &e))?;
        look_at_header(backup)?;
        look_inside(backup).await?;
        let database = open::database(folder);
        let fresh = folder.join(format!(".recover-{:08x}.part", rand::random::<u32>()));
        let copied = std::fs::copy(backup, &fresh).and_then(|_| std::fs::File::options().write(true).open(&fresh)?.sync_all());
        copied.map_err(|e| cannot_write(&fresh, &e))?;
        let aside = folder.join(format!("broken-{}", crate::clock::now().format("%Y%m%d-%H%M%S%3f")));
        std::fs::create_dir_all(&aside).map_err(|e| cannot_write(&aside, &e))?;
        let moved = set_aside(folder, &aside).and_then(|()| std::fs::rename(&fresh, &database).map_err(|e| cannot_write(&database, &e)));
        if moved.is_err() {
            // As it was before: a folder without its database would open as an empty new workspace.
            for name in FILES {
                let _ = std::fs::rename(aside.join(name), folder.join(name));
            }
            let _ = std::fs::remove_file(&fresh);
        }
        moved.map(|()| aside)
    }
}

/// The database with what SQLite keeps beside it.
const FILES: [&str; 4] = ["tenjicho.db", "tenjicho.db-wal", "tenjicho.db-shm", "tenjicho.db-journal"];

fn set_aside(folder: &Path, aside: &Path) -> Result<()> {
    for name in FILES {
        let from = folder.join(name);
        if from.exists() {
            std::fs::rename(&from, aside.join(name)).map_err(|e| cannot_write(&from, &e))?;
        }
    }
    Ok(())
}
