//! Who this laptop is to the tallies. The identity is random, and changes whenever the database may be a copy: keys (device, seq) must never be given twice.
use super::wording::{cannot_write, of_sql};
use super::{Store, new_id};
use crate::fault::Result;
use sqlx::{Connection, Row, SqliteConnection};
use std::path::Path;

/// The token of the last run, beside the database. A database put back by hand holds another one.
const RUN_FILE: &str = "laptop.txt";

impl Store {
    /// Identity and name of this laptop.
    pub async fn device(&self) -> Result<(String, String)> {
        let row = sqlx::query("SELECT id, name FROM device").fetch_one(&self.readers).await.map_err(of_sql)?;
        Ok((row.get(0), row.get(1)))
    }

    pub async fn name_device(&self, name: &str) -> Result<()> {
        let mut writer = self.writer.lock().await;
        sqlx::query("UPDATE device SET name = ?").bind(name).execute(&mut writer.conn).await.map_err(of_sql)?;
        Ok(())
    }
}

/// Gives an identity, or a new one if laptop, folder or last run are not those that it was given for.
pub(crate) async fn settle(conn: &mut SqliteConnection, folder: &Path) -> Result<()> {
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await.map_err(of_sql)?;
    let marker = marker(folder);
    let file = folder.join(RUN_FILE);
    let last_run = std::fs::read_to_string(&file).unwrap_or_default();
    let row = sqlx::query("SELECT id, name, marker, run FROM device").fetch_optional(&mut *tx).await.map_err(of_sql)?;
    let (id, name) = match &row {
        Some(row) if row.get::<&str, _>(2) == marker && row.get::<&str, _>(3) == last_run.trim() && !last_run.trim().is_empty() => (row.get(0), row.get(1)),
        Some(row) => (new_device(), row.get(1)),
        None => (new_device(), host_name()),
    };
    let run = new_id();
    sqlx::query("INSERT OR REPLACE INTO device (one, id, name, marker, run) VALUES (1, ?, ?, ?, ?)")
        .bind(id)
        .bind(name)
        .bind(marker)
        .bind(&run)
        .execute(&mut *tx)
        .await
        .map_err(of_sql)?;
    // Cut off between the two writes, the tokens differ and the next start takes a new identity: harmless.
    std::fs::write(&file, format!("{run}\n")).map_err(|e| cannot_write(&file, &e))?;
    tx.commit().await.map_err(of_sql)
}

/// A new identity within a running transaction, after a restore.
pub(crate) async fn rotate(conn: &mut SqliteConnection, folder: &Path, name: &str) -> Result<()> {
    let run = new_id();
    sqlx::query("INSERT OR REPLACE INTO device (one, id, name, marker, run) VALUES (1, ?, ?, ?, ?)")
        .bind(new_device())
        .bind(name)
        .bind(marker(folder))
        .bind(&run)
        .execute(conn)
        .await
        .map_err(of_sql)?;
    let file = folder.join(RUN_FILE);
    std::fs::write(&file, format!("{run}\n")).map_err(|e| cannot_write(&file, &e))
}

fn new_device() -> String {
    format!("{:016x}", rand::random::<u64>())
}

fn host_name() -> String {
    let from_env = ["COMPUTERNAME", "HOSTNAME"].iter().find_map(|v| std::env::var(v).ok());
    let from_file = || std::fs::read_to_string("/etc/hostname").ok();
    from_env.or_else(from_file).map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).unwrap_or_else(|| "このパソコン".into())
}

/// What laptop and folder look like from outside the database.
fn marker(folder: &Path) -> String {
    let mut hasher = blake3::Hasher::new();
    let path = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    hasher.update(path.as_os_str().as_encoded_bytes());
    hasher.update(std::fs::read("/etc/machine-id").unwrap_or_default().as_slice());
    hasher.update(std::env::var("COMPUTERNAME").unwrap_or_default().as_bytes());
    if let Ok(meta) = std::fs::metadata(&path) {
        #[cfg(unix)]
        hasher.update(&std::os::unix::fs::MetadataExt::ino(&meta).to_le_bytes());
        if let Ok(born) = meta.created().map(|t| t.duration_since(std::time::UNIX_EPOCH).unwrap_or_default()) {
            hasher.update(&born.as_nanos().to_le_bytes());
        }
    }
    hasher.finalize().to_hex()[..32].to_owned()
}
