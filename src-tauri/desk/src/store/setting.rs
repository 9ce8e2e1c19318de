//! Small memories of this laptop: local, never merged.
use super::{Store, new_id, wording::of_sql};
use crate::fault::{Fault, FaultKind, Result};
use serde_json::Value;
use sqlx::{Row, SqliteConnection};

/// Which life of the workspace this is; a restore begins a new one.
const EPOCH: &str = ".epoch";

impl Store {
    pub async fn setting(&self, key: &str) -> Result<Option<Value>> {
        let row = sqlx::query("SELECT value FROM setting WHERE key = ?").bind(key).fetch_optional(&self.readers).await.map_err(of_sql)?;
        Ok(row.and_then(|row| serde_json::from_str(row.get::<&str, _>(0)).ok()))
    }

    /// Remembers a value; null forgets it. Keys with a leading dot are the store's own.
    pub async fn set_setting(&self, key: &str, value: &Value) -> Result<()> {
        if key.is_empty() || key.starts_with('.') || key.len() > 200 {
            return Err(Fault::new(FaultKind::BadField, format!("設定の名前「{key}」は使えません"), "1字から200字までの、点で始まらない名前にしてください"));
        }
        let mut writer = self.writer.lock().await;
        let query = if value.is_null() {
            sqlx::query("DELETE FROM setting WHERE key = ?").bind(key)
        } else {
            sqlx::query("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)").bind(key).bind(value.to_string())
        };
        query.execute(&mut writer.conn).await.map_err(of_sql)?;
        Ok(())
    }
}

pub(crate) async fn epoch(conn: &mut SqliteConnection) -> Result<String> {
    own(conn, EPOCH).await
}

pub(crate) async fn new_epoch(conn: &mut SqliteConnection) -> Result<()> {
    keep_own(conn, EPOCH, &new_id()).await
}

/// One of the store's own memories; empty if there is none yet.
pub(crate) async fn own(conn: &mut SqliteConnection, key: &str) -> Result<String> {
    let row = sqlx::query("SELECT value FROM setting WHERE key = ?").bind(key).fetch_optional(conn).await.map_err(of_sql)?;
    Ok(row.map_or(String::new(), |row| row.get(0)))
}

pub(crate) async fn keep_own(conn: &mut SqliteConnection, key: &str, value: &str) -> Result<()> {
    let query = sqlx::query("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)").bind(key).bind(value);
    query.execute(conn).await.map_err(of_sql)?;
    Ok(())
}
