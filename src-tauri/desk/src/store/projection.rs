//! Shows records of a document as rows: the noun's own table, the words for the search, the list of conflicts.
use super::document::{DELETED, Document};
use super::shape::Shapes;
use super::wording::of_sql;
use super::{Record, search};
use crate::fault::Result;
use crate::model::record::{Home, Kind};
use serde_json::Value;
use sqlx::{AssertSqlSafe, SqliteConnection};

/// Brings the rows of one record up to what the document says.
pub(crate) async fn show(conn: &mut SqliteConnection, shapes: &Shapes, document: &Document, kind: Kind, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM conflict WHERE kind = ? AND record = ?").bind(kind.table()).bind(id).execute(&mut *conn).await.map_err(of_sql)?;
    match document.deleted(kind, id) {
        None => return hide(conn, kind, id).await,
        Some(true) => hide(conn, kind, id).await?,
        Some(false) => {
            let record = document.record(kind, id);
            shapes.of(kind).upsert(&record).execute(&mut *conn).await.map_err(of_sql)?;
            keep_words(conn, kind, &record).await?;
        }
    }
    show_conflicts(conn, document, kind, id).await
}

async fn hide(conn: &mut SqliteConnection, kind: Kind, id: &str) -> Result<()> {
    let sql = format!("DELETE FROM \"{}\" WHERE id = ?", kind.table());
    sqlx::query(AssertSqlSafe(sql)).bind(id).execute(&mut *conn).await.map_err(of_sql)?;
    sqlx::query("DELETE FROM words WHERE kind = ? AND record = ?").bind(kind.table()).bind(id).execute(conn).await.map_err(of_sql)?;
    Ok(())
}

async fn keep_words(conn: &mut SqliteConnection, kind: Kind, record: &Record) -> Result<()> {
    let id = record.get("id").and_then(Value::as_str).unwrap_or("");
    let project = match kind.home() {
        Home::Registry => "",
        Home::Root => id,
        Home::Project => record.get("project").and_then(Value::as_str).unwrap_or(""),
    };
    sqlx::query("INSERT OR REPLACE INTO words (kind, record, project, title, folded) VALUES (?, ?, ?, ?, ?)")
        .bind(kind.table())
        .bind(id)
        .bind(project)
        .bind(search::title(record))
        .bind(search::words(record))
        .execute(conn)
        .await
        .map_err(of_sql)?;
    Ok(())
}

/// A removed record asks only whether it is to stay removed.
async fn show_conflicts(conn: &mut SqliteConnection, document: &Document, kind: Kind, id: &str) -> Result<()> {
    let removed = document.deleted(kind, id) == Some(true);
    for apart in document.apart(kind, id) {
        if removed && apart.field != DELETED {
            continue;
        }
        let name = format!("{}/{id}/{}", kind.table(), apart.field);
        sqlx::query("INSERT INTO conflict (id, document, kind, record, field, alternatives, chosen) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(&blake3::hash(name.as_bytes()).to_hex().as_str()[..32])
            .bind(document.id())
            .bind(kind.table())
            .bind(id)
            .bind(apart.field)
            .bind(Value::Array(apart.alternatives).to_string())
            .bind(apart.chosen.to_string())
            .execute(&mut *conn)
            .await
            .map_err(of_sql)?;
    }
    Ok(())
}
