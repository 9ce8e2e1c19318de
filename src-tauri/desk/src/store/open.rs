//! Opens a workspace folder, or makes it. Nothing is written before the database has been looked at and trusted.
use super::shape::Shapes;
use super::wording::{cannot_write, damaged, of_sql};
use super::writing::Writer;
use super::{Store, device, recovery, setting};
use crate::fault::{Fault, FaultKind, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Number, name and text of each migration, in order; only ever added.
pub const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "0001_office", include_str!("../../../../migrations/0001_office.sql")),
    (2, "0002_preflight", include_str!("../../../../migrations/0002_preflight.sql")),
];

/// "展帖" in the database header, so that another program's file is never taken for ours.
const APPLICATION: i64 = 0x5C55_5E16;

/// 3.7.0 to 3.51.2 can lose data in WAL mode with two connections.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Up to so many pages (32 MB) the whole database is looked through at each start.
const SMALL_PAGES: i64 = 8192;

/// The database of a workspace folder.
pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("tenjicho.db")
}

impl Store {
    /// Opens the workspace in this folder, or makes a new one in an empty or absent folder.
    pub async fn open(folder: &Path) -> Result<Self> {
        let path = database(folder);
        let is_new = match std::fs::metadata(&path) {
            // A first start that was cut off before its first byte.
            Ok(found) if found.is_file() && found.len() == 0 => true,
            Ok(_) => {
                look_at_header(&path)?;
                look_inside(&path).await?;
                false
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && recovery::has_backups(folder) => return Err(lost(&path)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => true,
            Err(e) => return Err(unreadable(&path, &e)),
        };
        std::fs::create_dir_all(folder).map_err(|e| cannot_write(folder, &e))?;
        let mut conn = options(&path).create_if_missing(is_new).connect().await.map_err(of_sql)?;
        assert_sqlite(&mut conn).await?;
        migrate(&mut conn, folder, is_new).await?;
        let shapes = Shapes::read(&mut conn).await?;
        device::settle(&mut conn, folder).await?;
        sweep(folder);
        let epoch = setting::epoch(&mut conn).await?;
        let readers = SqlitePoolOptions::new().max_connections(4).min_connections(0).connect_lazy_with(options(&path));
        let (changed, _) = tokio::sync::broadcast::channel(256);
        if is_new {
            super::rebuild::shown(&mut conn).await?;
        }
        let writer = tokio::sync::Mutex::new(Writer { conn, cache: Default::default(), epoch });
        let store = Self { folder: folder.to_owned(), readers, writer, shapes, changed };
        store.show_anew(&mut *store.writer.lock().await).await?;
        Ok(store)
    }

    /// Closes all connections; the write-ahead log goes into the database.
    pub async fn close(self) {
        self.readers.close().await;
        if let Err(e) = self.writer.into_inner().conn.close().await {
            tracing::warn!(error = %e, "close");
        }
    }
}

pub(crate) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(20))
        .pragma("cache_size", "-16384")
        .disable_statement_logging()
}

fn unreadable(path: &Path, e: &std::io::Error) -> Fault {
    tracing::error!(error = %e, "open");
    Fault::new(FaultKind::Workspace, format!("作業データ {} を開けません", path.display()), "フォルダーの権限と、ほかのソフトが使っていないかをお確かめください")
}

/// A new, empty one must not quietly take the place of one that was there.
fn lost(path: &Path) -> Fault {
    Fault::new(FaultKind::Workspace, format!("作業データ {} がなくなっています", path.display()), "控え（backups フォルダー）から戻してください。新しく始めるときは、別のフォルダーを選んでください")
}

fn newer() -> Fault {
    Fault::new(FaultKind::Workspace, "この作業データは、新しい版の展示帖で作られています", "展示帖を新しい版にしてから開いてください。作業データには手を加えていません")
}

fn foreign(path: &Path) -> Fault {
    Fault::new(FaultKind::Workspace, format!("{} は展示帖の作業データではありません", path.display()), "作業フォルダーの場所をお確かめください")
}

/// Reads the first hundred bytes ourselves: a file that is not ours is not even opened as a database.
pub(crate) fn look_at_header(path: &Path) -> Result<()> {
    let mut header = [0u8; 100];
    let mut file = std::fs::File::open(path).map_err(|e| unreadable(path, &e))?;
    if !path.is_file() {
        return Err(foreign(path));
    }
    if let Err(e) = file.read_exact(&mut header) {
        return Err(if e.kind() == std::io::ErrorKind::UnexpectedEof { damaged("ファイルが途中で切れています") } else { unreadable(path, &e) });
    }
    if &header[..16] != b"SQLite format 3\0" {
        return Err(damaged("データベースの形をしていません"));
    }
    let number = |at: usize| i64::from(u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]));
    match (number(68), number(60)) {
        // Both are still in the write-ahead log of a workspace that was just made.
        (0, 0) => Ok(()),
        (APPLICATION, version) if version > latest() => Err(newer()),
        (APPLICATION, _) => Ok(()),
        _ => Err(foreign(path)),
    }
}

/// Checks version and soundness through a connection that cannot write.
pub(crate) async fn look_inside(path: &Path) -> Result<()> {
    // A rollback journal lies there only if the very first start was cut off; SQLite must be allowed to finish its own repair.
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    let read_only = SqliteConnectOptions::new().filename(path).read_only(!Path::new(&journal).exists()).busy_timeout(Duration::from_secs(20)).disable_statement_logging();
    let mut conn = read_only.connect().await.map_err(of_sql)?;
    let ours: i64 = pragma(&mut conn, "application_id").await?;
    let version: i64 = pragma(&mut conn, "user_version").await?;
    let found = if ours == 0 && version == 0 && is_blank(&mut conn).await? {
        // A first start that was cut off before its first commit.
        Ok(())
    } else if ours != APPLICATION {
        Err(foreign(path))
    } else if version > latest() {
        Err(newer())
    } else {
        quick_check(&mut conn).await
    };
    conn.close().await.map_err(of_sql)?;
    found
}

async fn is_blank(conn: &mut SqliteConnection) -> Result<bool> {
    let tables: i64 = sqlx::query("SELECT count(*) FROM sqlite_master").fetch_one(conn).await.map_err(of_sql)?.get(0);
    Ok(tables == 0)
}

/// Looks through the database. Tallies that have grown to hundreds of thousands are left out; each backup and merge looks through them too.
async fn quick_check(conn: &mut SqliteConnection) -> Result<()> {
    let pages = pragma(conn, "page_count").await?;
    if pages < SMALL_PAGES {
        let said: String = sqlx::query("PRAGMA quick_check").fetch_one(conn).await.map_err(of_sql)?.get(0);
        return if said == "ok" { Ok(()) } else { Err(damaged(&said)) };
    }
    let tables = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'tally' AND name NOT LIKE 'sqlite_%'").fetch_all(&mut *conn).await.map_err(of_sql)?;
    for table in tables {
        let sql = format!("PRAGMA quick_check(\"{}\")", table.get::<String, _>(0));
        let said: String = sqlx::query(AssertSqlSafe(sql)).fetch_one(&mut *conn).await.map_err(of_sql)?.get(0);
        if said != "ok" {
            return Err(damaged(&said));
        }
    }
    Ok(())
}

async fn pragma(conn: &mut SqliteConnection, name: &str) -> Result<i64> {
    Ok(sqlx::query(AssertSqlSafe(format!("PRAGMA {name}"))).fetch_one(conn).await.map_err(of_sql)?.get(0))
}

pub(crate) fn latest() -> i64 {
    MIGRATIONS.last().map_or(0, |m| m.0)
}

async fn assert_sqlite(conn: &mut SqliteConnection) -> Result<()> {
    let version: String = sqlx::query("SELECT sqlite_version()").fetch_one(conn).await.map_err(of_sql)?.get(0);
    let mut parts = version.split('.').map(|p| p.parse().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < OLDEST_SQLITE {
        return Err(Fault::new(FaultKind::Internal, format!("SQLite {version} では安全に保存できません"), "展示帖を入れ直してください"));
    }
    Ok(())
}

/// Brings the tables up to this version, each migration in a transaction of its own; a workspace with data is backed up first.
async fn migrate(conn: &mut SqliteConnection, folder: &Path, is_new: bool) -> Result<()> {
    let version = pragma(conn, "user_version").await?;
    if version >= latest() {
        return Ok(());
    }
    if !is_new && version > 0 {
        super::backup::copy_out(conn, &super::backup::automatic(folder, "migration")).await?;
    }
    for (number, name, sql) in MIGRATIONS {
        let mut tx = conn.begin_with("BEGIN EXCLUSIVE").await.map_err(of_sql)?;
        // Another process may have been faster.
        if pragma(&mut tx, "user_version").await? < *number {
            sqlx::raw_sql(*sql).execute(&mut *tx).await.map_err(of_sql)?;
            let stamp = format!("PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION}");
            sqlx::raw_sql(AssertSqlSafe(stamp)).execute(&mut *tx).await.map_err(of_sql)?;
            tracing::info!(name, "migrated");
        }
        tx.commit().await.map_err(of_sql)?;
    }
    Ok(())
}

/// A copy of a backup, brought up to this version, in the workspace's backup folder.
pub(crate) async fn brought_up(path: &Path, folder: &Path) -> Result<PathBuf> {
    let copy = folder.join("backups").join(format!(".restore-{:08x}.part", rand::random::<u32>()));
    std::fs::copy(path, &copy).map_err(|e| cannot_write(&copy, &e))?;
    let mut conn = SqliteConnectOptions::new().filename(&copy).foreign_keys(true).disable_statement_logging().connect().await.map_err(of_sql)?;
    let done = migrate(&mut conn, folder, true).await;
    conn.close().await.map_err(of_sql)?;
    if done.is_err() {
        // Of no use to anybody; what cannot be removed now is swept later.
        let _ = std::fs::remove_file(&copy);
    }
    done.map(|()| copy)
}

/// Work in progress of a program that was cut off more than a day ago.
fn sweep(folder: &Path) {
    let old = |e: &std::fs::DirEntry| e.metadata().and_then(|m| m.modified()).ok().and_then(|t| t.elapsed().ok()).is_some_and(|age| age > Duration::from_secs(86_400));
    for place in [folder.to_owned(), folder.join("backups"), folder.join("media")] {
        for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = name.starts_with(".exchange-") || name.starts_with(".part-") || (name.starts_with('.') && name.ends_with(".part"));
            if ours && old(&entry) {
                // What cannot be removed now is swept at the next start.
                let _ = if entry.path().is_dir() { std::fs::remove_dir_all(entry.path()) } else { std::fs::remove_file(entry.path()) };
            }
        }
    }
}
