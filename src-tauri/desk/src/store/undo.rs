//! The steps of this laptop: their history, and taking any of them back or doing it again. Steps are local and are never merged.
use super::document::DELETED;
use super::wording::of_sql;
use super::writing::Writing;
use super::{Store, new_id, search};
use crate::fault::{Fault, FaultKind, Result};
use crate::model::field::label;
use crate::model::record::{Home, Kind};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub id: String,
    pub label: String,
    pub at: String,
    pub undone: bool,
    /// The project of its first change; empty for the registry.
    pub project: String,
}

#[derive(Clone, Debug, Default)]
pub struct History {
    /// The latest first.
    pub steps: Vec<Step>,
    /// What 元に戻す would take back now.
    pub undo: Option<Step>,
    /// What やり直す would do again now.
    pub redo: Option<Step>,
}

pub(crate) struct StepChange {
    pub document: String,
    pub kind: Kind,
    pub record: String,
    pub field: String,
    pub before: Value,
    pub after: Value,
}

const COLUMNS: &str = "SELECT id, label, at, undone IS NOT NULL, project, n FROM step";

fn step(row: &SqliteRow) -> Step {
    Step { id: row.get(0), label: row.get(1), at: row.get(2), undone: row.get(3), project: row.get(4) }
}

pub(crate) async fn keep_step(conn: &mut SqliteConnection, label: &str, changes: &[StepChange]) -> Result<Step> {
    let project = changes.iter().find(|c| c.kind.home() != Home::Registry).map_or(String::new(), |c| c.document.clone());
    // A new step ends the way forward; by name the steps behind it can still be done again.
    sqlx::query("UPDATE step SET undone = -undone WHERE undone > 0").execute(&mut *conn).await.map_err(of_sql)?;
    let step = Step { id: new_id(), label: label.to_owned(), at: super::now(), undone: false, project };
    let n = sqlx::query("INSERT INTO step (id, label, at, project) VALUES (?, ?, ?, ?)")
        .bind(&step.id)
        .bind(&step.label)
        .bind(&step.at)
        .bind(&step.project)
        .execute(&mut *conn)
        .await
        .map_err(of_sql)?
        .last_insert_rowid();
    // A copied project has tens of thousands of changes: many rows go in with one statement.
    for (i, part) in changes.chunks(500).enumerate() {
        let rows: Vec<_> = part.iter().map(|c| (&c.document, c.kind.table(), &c.record, &c.field, c.before.to_string(), c.after.to_string())).collect();
        let json = serde_json::to_string(&rows).map_err(|e| Fault::new(FaultKind::Internal, e.to_string(), ""))?;
        sqlx::query("INSERT INTO step_change SELECT ?1, ?2 + key, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5 FROM json_each(?3)")
            .bind(n)
            .bind(i as i64 * 500)
            .bind(json)
            .execute(&mut *conn)
            .await
            .map_err(of_sql)?;
    }
    Ok(step)
}

/// Which way a step is walked.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Back,
    Again,
}

impl Store {
    /// Takes back the named step, or the latest that stands. None if there is none.
    pub async fn undo(&self, id: Option<&str>) -> Result<Option<Step>> {
        self.walk(id, Way::Back).await
    }

    /// Does the named step again, or the one that was taken back last, unless something was done since.
    pub async fn redo(&self, id: Option<&str>) -> Result<Option<Step>> {
        self.walk(id, Way::Again).await
    }

    /// The steps of a project, or of all with an empty id.
    pub async fn history(&self, project: &str, limit: u32) -> Result<History> {
        let mut conn = self.readers.acquire().await.map_err(of_sql)?;
        let sql = "SELECT id, label, at, undone IS NOT NULL, project, n FROM step WHERE ?1 = '' OR project = ?1 ORDER BY n DESC LIMIT ?2";
        let rows = sqlx::query(sql).bind(project).bind(limit).fetch_all(&mut *conn).await.map_err(of_sql)?;
        let undo = next(&mut conn, None, Way::Back).await?.map(|(_, s)| s);
        let redo = next(&mut conn, None, Way::Again).await?.map(|(_, s)| s);
        Ok(History { steps: rows.iter().map(step).collect(), undo, redo })
    }

    /// What a field of a record held after each step that still stands, the latest first.
    pub async fn said_before(&self, kind: Kind, record: &str, field: &str, limit: u32) -> Result<Vec<(Step, Value)>> {
        let mut conn = self.readers.acquire().await.map_err(of_sql)?;
        let sql = "SELECT s.id, s.label, s.at, 0, s.project, c.after FROM step_change c JOIN step s ON s.n = c.step \
                   WHERE c.kind = ? AND c.record = ? AND c.field = ? AND s.undone IS NULL ORDER BY s.n DESC LIMIT ?";
        let rows = sqlx::query(sql).bind(kind.table()).bind(record).bind(field).bind(limit).fetch_all(&mut *conn).await.map_err(of_sql)?;
        let parse = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        Ok(rows.iter().map(|row| (step(row), parse(row.get::<&str, _>(5)))).collect())
    }

    async fn walk(&self, id: Option<&str>, way: Way) -> Result<Option<Step>> {
        let mut writer = self.writer.lock().await;
        let mut writing = self.begin(&mut writer).await?;
        let Some((n, mut step)) = next(&mut writing.tx, id, way).await? else {
            return match id {
                Some(_) => Err(Fault::new(FaultKind::NotFound, "その操作は見つかりません", "操作の一覧を開き直してください")),
                None => Ok(None),
            };
        };
        if step.undone == (way == Way::Back) {
            let message = if step.undone { "その操作はもう元に戻してあります" } else { "その操作は元に戻されていません" };
            return Err(Fault::new(FaultKind::Conflict, message, "操作の一覧を開き直してください"));
        }
        let changes = changes(&mut writing.tx, n).await?;
        rewrite(&mut writing, &changes, way).await?;
        let label = if way == Way::Back { format!("元に戻す: {}", step.label) } else { format!("やり直す: {}", step.label) };
        writing.store(&label).await?;
        let sql = match way {
            Way::Back => "UPDATE step SET undone = (SELECT 1 + coalesce(max(abs(undone)), 0) FROM step) WHERE n = ?",
            Way::Again => "UPDATE step SET undone = NULL WHERE n = ?",
        };
        sqlx::query(sql).bind(n).execute(&mut *writing.tx).await.map_err(of_sql)?;
        let changed = writing.commit().await?;
        drop(writer);
        self.announce(changed);
        step.undone = way == Way::Back;
        Ok(Some(step))
    }
}

/// The step that is next on this way, or the named one.
async fn next(conn: &mut SqliteConnection, id: Option<&str>, way: Way) -> Result<Option<(i64, Step)>> {
    let row = match (id, way) {
        (Some(id), _) => sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE id = ?"))).bind(id),
        (None, Way::Back) => sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE undone IS NULL ORDER BY n DESC LIMIT 1"))),
        (None, Way::Again) => sqlx::query(sqlx::AssertSqlSafe(format!("{COLUMNS} WHERE undone > 0 ORDER BY undone DESC LIMIT 1"))),
    };
    let row = row.fetch_optional(conn).await.map_err(of_sql)?;
    Ok(row.map(|row| (row.get(5), step(&row))))
}

async fn changes(conn: &mut SqliteConnection, n: i64) -> Result<Vec<StepChange>> {
    let rows = sqlx::query("SELECT document, kind, record, field, before, after FROM step_change WHERE step = ? ORDER BY i").bind(n).fetch_all(conn).await.map_err(of_sql)?;
    let parse = |text: String| serde_json::from_str(&text).unwrap_or(Value::Null);
    let changes = rows.iter().filter_map(|row| {
        let kind = search::kind_of(row.get::<&str, _>(1))?;
        Some(StepChange { document: row.get(0), kind, record: row.get(2), field: row.get(3), before: parse(row.get(4)), after: parse(row.get(5)) })
    });
    Ok(changes.collect())
}

/// Writes the other side of each change where this side still stands.
async fn rewrite(writing: &mut Writing<'_>, changes: &[StepChange], way: Way) -> Result<()> {
    let made: BTreeSet<(Kind, &str)> = changes.iter().filter(|c| c.field == DELETED && c.after == false).map(|c| (c.kind, c.record.as_str())).collect();
    // Backwards, so that a field that changed twice in one step ends where it began.
    let order: Vec<&StepChange> = if way == Way::Back { changes.iter().rev().collect() } else { changes.iter().collect() };
    let mut written = BTreeSet::new();
    for change in order {
        let StepChange { document, kind, record, field, before, after } = change;
        let (from, to) = if way == Way::Back { (after, before) } else { (before, after) };
        let of_made = made.contains(&(*kind, record.as_str()));
        let document = writing.document(document).await?;
        let deleted = document.deleted(*kind, record);
        let current = document.record(*kind, record);
        let now = if field == DELETED { deleted.unwrap_or(true).into() } else { current.get(field).cloned().unwrap_or(Value::Null) };
        // What a made record held stays in it while it is removed, so only the removal itself is turned.
        let expected = if of_made && field != DELETED { after } else { from };
        if now != *expected {
            let title = search::title(&current);
            let message = format!("{}「{title}」の「{}」は、そのあとに変わっています", kind.label(), label(field));
            return Err(Fault::new(FaultKind::Conflict, message, "いまの内容を確かめて、手で直してください"));
        }
        if field != DELETED && !of_made && deleted != Some(false) {
            return Err(Fault::new(FaultKind::Conflict, format!("{}「{}」は、そのあとに削除されています", kind.label(), search::title(&current)), "先に削除を元に戻してください"));
        }
        if of_made && field != DELETED {
            continue;
        }
        document.write(*kind, record, field, to)?;
        written.insert((change.document.clone(), *kind, record.clone()));
    }
    for (document, kind, record) in written {
        writing.touch(&document, kind, &record);
    }
    Ok(())
}
