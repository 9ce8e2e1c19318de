//! Copies of the whole database, made in one piece and checked before anything relies on them; and going back to one.
use super::wording::{cannot_write, damaged, of_sql};
use super::{Store, device, open, recovery, setting};
use crate::calls::wire_types::Changed;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::Kind;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection};
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    pub path: PathBuf,
    pub at: String,
    pub bytes: u64,
    /// 手動 or what it was made before.
    pub reason: String,
}

/// So many automatic copies are kept.
const KEPT: usize = 12;

/// A free name for a copy in the workspace's own backup folder.
pub(crate) fn automatic(folder: &Path, reason: &str) -> PathBuf {
    let stamp = crate::clock::now().format("%Y%m%d-%H%M%S%3f");
    folder.join("backups").join(format!("tenjicho-{stamp}-{reason}.db"))
}

/// Copies the database into a new file and checks the copy. The copy has no laptop identity.
pub(crate) async fn copy_out(conn: &mut SqliteConnection, path: &Path) -> Result<u64> {
    let parent = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|e| cannot_write(parent, &e))?;
    let name = path.file_name().map_or_else(|| "backup".into(), |n| n.to_string_lossy().into_owned());
    let part = parent.join(format!(".{name}.{:08x}.part", rand::random::<u32>()));
    let written = fill(conn, &part).await;
    let done = written.and_then(|bytes| std::fs::rename(&part, path).map(|()| bytes).map_err(|e| cannot_write(path, &e)));
    if done.is_err() {
        // The half-made copy is of no use to anybody.
        let _ = std::fs::remove_file(&part);
    }
    done
}

async fn fill(conn: &mut SqliteConnection, part: &Path) -> Result<u64> {
    let text = part.to_str().ok_or_else(|| Fault::new(FaultKind::CannotWrite, format!("{} に書き込めません", part.display()), "フォルダーの名前をお確かめください"))?;
    sqlx::query("VACUUM INTO ?").bind(text).execute(conn).await.map_err(of_sql)?;
    let mut copy = SqliteConnectOptions::new().filename(part).disable_statement_logging().connect().await.map_err(of_sql)?;
    // Put back by hand, it must not go on counting under the old numbers.
    sqlx::query("UPDATE device SET run = ''").execute(&mut copy).await.map_err(of_sql)?;
    let said = check(&mut copy).await;
    copy.close().await.map_err(of_sql)?;
    said?;
    let file = std::fs::File::open(part).map_err(|e| cannot_write(part, &e))?;
    file.sync_all().map_err(|e| cannot_write(part, &e))?;
    Ok(file.metadata().map_or(0, |m| m.len()))
}

async fn check(conn: &mut SqliteConnection) -> Result<()> {
    let said: String = sqlx::query("PRAGMA integrity_check").fetch_one(conn).await.map_err(of_sql)?.get(0);
    if said == "ok" { Ok(()) } else { Err(damaged(&said)) }
}

impl Store {
    /// Copies the workspace's database to `path`, or into its backup folder. Photos are not in it: they are never changed or removed.
    pub async fn backup(&self, path: Option<&Path>, reason: &str) -> Result<Backup> {
        let mut writer = self.writer.lock().await;
        let target = path.map_or_else(|| automatic(&self.folder, "backup"), Path::to_owned);
        self.copy(&mut writer.conn, target, reason).await
    }

    pub(crate) async fn copy(&self, conn: &mut SqliteConnection, path: PathBuf, reason: &str) -> Result<Backup> {
        let bytes = copy_out(conn, &path).await?;
        let backup = Backup { path, at: super::now(), bytes, reason: reason.to_owned() };
        sqlx::query("INSERT OR REPLACE INTO backup (path, at, bytes, reason) VALUES (?, ?, ?, ?)")
            .bind(backup.path.to_string_lossy())
            .bind(&backup.at)
            .bind(bytes as i64)
            .bind(reason)
            .execute(&mut *conn)
            .await
            .map_err(of_sql)?;
        Ok(backup)
    }

    /// Copies that are still there, the newest first: those that were noted, and what else lies in the workspace's own backup folder.
    /// A folder that was moved or put back has copies that its database knows nothing of, or under another path.
    pub async fn backups(&self) -> Result<Vec<Backup>> {
        let rows = sqlx::query("SELECT path, at, bytes, reason FROM backup").fetch_all(&self.readers).await.map_err(of_sql)?;
        let noted = rows.iter().map(|r| Backup { path: r.get::<String, _>(0).into(), at: r.get(1), bytes: r.get::<i64, _>(2) as u64, reason: r.get(3) });
        let mut all: Vec<Backup> = noted.filter(|b| b.path.exists()).collect();
        for entry in std::fs::read_dir(self.backup_folder()).into_iter().flatten().flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if hidden || path.extension().is_none_or(|e| e != "db") || all.iter().any(|b| b.path == path) {
                continue;
            }
            if let Ok(about) = entry.metadata() {
                let reason = recovery::reason(&path).to_owned();
                all.push(Backup { at: recovery::written(&about), bytes: about.len(), reason, path });
            }
        }
        all.sort_by(|a, b| (&b.at, &b.path).cmp(&(&a.at, &a.path)));
        Ok(all)
    }

    pub fn backup_folder(&self) -> PathBuf {
        self.folder.join("backups")
    }

    /// Removes the oldest automatic copies but `needed`; those that a person asked for or named stay.
    pub(crate) fn thin_out(&self, needed: Option<&Path>) {
        let Ok(entries) = std::fs::read_dir(self.backup_folder()) else { return };
        let needed = needed.and_then(Path::file_name);
        let ours = |p: &PathBuf| p.file_name() != needed && p.file_name().and_then(|n| n.to_str()).is_some_and(is_automatic);
        let mut found: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(ours).collect();
        found.sort();
        for old in found.iter().rev().skip(KEPT) {
            // A copy that cannot be removed now is removed next time.
            let _ = std::fs::remove_file(old);
        }
    }

    /// Goes back to a copy. What is there now is copied first; this laptop gets a new identity. All in one transaction.
    pub async fn restore(&self, path: &Path) -> Result<Backup> {
        std::fs::metadata(path).map_err(|e| super::wording::cannot_read(path, &e))?;
        open::look_at_header(path)?;
        open::look_inside(path).await?;
        let mut writer = self.writer.lock().await;
        writer.cache.clear();
        let before = self.copy(&mut writer.conn, automatic(&self.folder, "restore"), "控えから戻す前").await?;
        self.thin_out(Some(path));
        // An older copy is first brought up to this version, beside the original.
        let ready = open::brought_up(path, &self.folder).await?;
        let attached = sqlx::query("ATTACH ? AS old").bind(ready.to_string_lossy()).execute(&mut writer.conn).await.map_err(of_sql);
        let done = match attached {
            Ok(_) => self.take_over(&mut writer.conn).await,
            Err(fault) => Err(fault),
        };
        if let Err(e) = sqlx::query("DETACH old").execute(&mut writer.conn).await {
            tracing::warn!(error = %e, "detach");
        }
        let _ = std::fs::remove_file(&ready);
        done?;
        // What this version shows and the copy's did not is made from the chunks.
        self.show_anew(&mut writer).await?;
        drop(writer);
        self.announce(Changed { kinds: Kind::ALL.to_vec(), projects: vec![], also: ["tallies", "settings", "history"].map(String::from).to_vec() });
        Ok(before)
    }

    /// Replaces the content of every table by the attached one's. The triggers that guard tallies and chunks are away only inside the transaction.
    async fn take_over(&self, conn: &mut SqliteConnection) -> Result<()> {
        let mut tx = conn.begin_with("BEGIN IMMEDIATE").await.map_err(of_sql)?;
        let name: String = sqlx::query("SELECT name FROM device").fetch_one(&mut *tx).await.map_err(of_sql)?.get(0);
        let guards = sqlx::query("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'").fetch_all(&mut *tx).await.map_err(of_sql)?;
        for guard in &guards {
            run(&mut tx, format!("DROP TRIGGER main.\"{}\"", guard.get::<String, _>(0))).await?;
        }
        let tables = sqlx::query("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('backup', 'media')").fetch_all(&mut *tx).await.map_err(of_sql)?;
        let tables: Vec<String> = tables.iter().map(|t| t.get(0)).collect();
        run(&mut tx, "PRAGMA defer_foreign_keys = ON".into()).await?;
        for table in &tables {
            run(&mut tx, format!("DELETE FROM main.\"{table}\"")).await?;
        }
        for table in &tables {
            run(&mut tx, format!("INSERT INTO main.\"{table}\" SELECT * FROM old.\"{table}\"")).await?;
        }
        for guard in &guards {
            run(&mut tx, guard.get::<String, _>(1)).await?;
        }
        setting::new_epoch(&mut tx).await?;
        device::rotate(&mut tx, &self.folder, &name).await?;
        tx.commit().await.map_err(of_sql)
    }
}

/// A name that `automatic` gave to a copy that nobody asked for.
fn is_automatic(name: &str) -> bool {
    let Some((stamp, reason)) = name.strip_prefix("tenjicho-").and_then(|n| n.strip_suffix(".db")).and_then(|n| n.rsplit_once('-')) else { return false };
    stamp.bytes().all(|b| b.is_ascii_digit() || b == b'-') && matches!(reason, "restore" | "merge" | "migration")
}

async fn run(conn: &mut SqliteConnection, sql: String) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.map_err(of_sql)?;
    Ok(())
}
