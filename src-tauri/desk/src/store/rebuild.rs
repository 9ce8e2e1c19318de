//! Makes the projection again from the chunks, and says in one hash what a workspace holds.
use super::document::Document;
use super::wording::of_sql;
use super::writing::{self, Writer};
use super::{Store, open, projection, setting, shape::Shapes};
use crate::calls::wire_types::Changed;
use crate::fault::Result;
use crate::model::record::Kind;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};
use std::collections::BTreeMap;

/// For which number of tables the projection was last filled.
const SHOWN: &str = ".shown";

/// A hash for each table that is the same on every laptop that holds the same.
pub type Fingerprint = BTreeMap<String, String>;

impl Store {
    /// Drops what is shown and makes it again from chunks and tallies alone.
    pub async fn rebuild(&self) -> Result<()> {
        let mut writer = self.writer.lock().await;
        self.make_anew(&mut writer).await?;
        drop(writer);
        self.announce(Changed { kinds: Kind::ALL.to_vec(), projects: vec![], also: vec!["tallies".into(), "history".into()] });
        Ok(())
    }

    /// The same where the tables were last filled by an older version. A newer laptop may have sent nouns and fields that had no table
    /// here then: their chunks were kept, and only now can they be seen.
    pub(crate) async fn show_anew(&self, writer: &mut Writer) -> Result<()> {
        if setting::own(&mut writer.conn, SHOWN).await? == open::latest().to_string() {
            return Ok(());
        }
        self.make_anew(writer).await
    }

    async fn make_anew(&self, writer: &mut Writer) -> Result<()> {
        writer.cache.clear();
        let mut tx = writer.conn.begin_with("BEGIN IMMEDIATE").await.map_err(of_sql)?;
        sqlx::raw_sql("DELETE FROM words; DELETE FROM conflict; DELETE FROM document").execute(&mut *tx).await.map_err(of_sql)?;
        for kind in Kind::ALL {
            sqlx::raw_sql(AssertSqlSafe(format!("DELETE FROM \"{}\"", kind.table()))).execute(&mut *tx).await.map_err(of_sql)?;
        }
        let documents = sqlx::query("SELECT DISTINCT document FROM chunk ORDER BY document").fetch_all(&mut *tx).await.map_err(of_sql)?;
        for row in documents {
            let mut document = writing::load(&mut tx, row.get(0)).await?;
            writing::keep_heads(&mut tx, &mut document).await?;
            show_all(&mut tx, &self.shapes, &document).await?;
        }
        super::merge::add_up_again(&mut tx).await?;
        shown(&mut tx).await?;
        tx.commit().await.map_err(of_sql)
    }

    /// What this workspace holds, without what is only this laptop's.
    pub async fn fingerprint(&self) -> Result<Fingerprint> {
        let mut conn = self.readers.acquire().await.map_err(of_sql)?;
        let mut tables: Vec<(&str, String)> = Kind::ALL.iter().map(|k| (k.table(), format!("SELECT json_array({}) FROM \"{}\"", self.shapes.of(*k).names, k.table()))).collect();
        let contents = "SELECT json_array(device, seq, project, door, day, hour, at, category, delta, compensates) FROM tally";
        tables.extend([
            ("chunk", "SELECT hash || ' ' || document || ' ' || actor || ' ' || seq FROM chunk".into()),
            ("document", "SELECT id || ' ' || heads FROM document".into()),
            ("words", "SELECT json_array(kind, record, project, title, folded) FROM words".into()),
            ("conflict", "SELECT json_array(id, document, kind, record, field, alternatives, chosen) FROM conflict".into()),
            ("tally", format!("{contents} UNION SELECT content FROM quarantine")),
            ("tally_day", "SELECT json_array(project, day, door, category, device, total, presses) FROM tally_day WHERE total <> 0 OR presses <> 0".into()),
            ("tally_hour", "SELECT json_array(project, day, hour, door, total) FROM tally_hour WHERE total <> 0".into()),
        ]);
        let mut prints = Fingerprint::new();
        for (name, sql) in tables {
            let mut hasher = blake3::Hasher::new();
            let rows = sqlx::query(AssertSqlSafe(format!("{sql} ORDER BY 1"))).fetch_all(&mut *conn).await.map_err(of_sql)?;
            for row in &rows {
                hasher.update(row.get_unchecked::<&str, _>(0).as_bytes()).update(b"\n");
            }
            prints.insert(name.to_owned(), format!("{} {}", rows.len(), hasher.finalize().to_hex()));
        }
        Ok(prints)
    }

    /// SQLite's whole integrity check. `ok` if nothing is wrong.
    pub async fn integrity(&self) -> Result<String> {
        Ok(sqlx::query("PRAGMA integrity_check").fetch_one(&self.readers).await.map_err(of_sql)?.get(0))
    }
}

/// Notes that the tables hold all that this version knows.
pub(crate) async fn shown(conn: &mut SqliteConnection) -> Result<()> {
    setting::keep_own(conn, SHOWN, &open::latest().to_string()).await
}

/// Shows every record of a document.
pub(crate) async fn show_all(conn: &mut SqliteConnection, shapes: &Shapes, document: &Document) -> Result<()> {
    for (kind, id) in document.records() {
        projection::show(conn, shapes, document, kind, &id).await?;
    }
    Ok(())
}
