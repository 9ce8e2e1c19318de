//! 要確認: fields that two laptops set apart, and settling them.
use super::document::DELETED;
use super::undo::{StepChange, keep_step};
use super::{Store, check, search, wording::of_sql};
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::{Home, Kind};
use serde_json::Value;
use sqlx::Row;

#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The same on every laptop.
    pub id: String,
    pub kind: Kind,
    pub record: String,
    /// What the record is called; empty if it is removed.
    pub title: String,
    /// A field of the kind, or `deleted`.
    pub field: String,
    /// In an order that is the same on every laptop.
    pub values: Vec<Value>,
    /// What stands until somebody settles it.
    pub chosen: Value,
}

/// A field that follows from what is settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Follows {
    pub kind: Kind,
    pub record: String,
    pub field: String,
    pub value: Value,
}

impl Store {
    pub async fn conflicts(&self) -> Result<Vec<Conflict>> {
        let sql = "SELECT c.id, c.kind, c.record, coalesce(w.title, ''), c.field, c.alternatives, c.chosen FROM conflict c \
                   LEFT JOIN words w ON w.kind = c.kind AND w.record = c.record ORDER BY c.kind, 4, c.record, c.field";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await.map_err(of_sql)?;
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
        let conflicts = rows.iter().filter_map(|r| {
            let kind = search::kind_of(r.get::<&str, _>(1))?;
            let Value::Array(values) = parse(r.get(5)) else { return None };
            Some(Conflict { id: r.get(0), kind, record: r.get(2), title: r.get(3), field: r.get(4), values, chosen: parse(r.get(6)) })
        });
        Ok(conflicts.collect())
    }

    /// Writes the value that is right, one of the alternatives or another, and with it what follows from it: fields of records of the same
    /// project. One undoable step.
    pub async fn settle(&self, conflict: &str, value: &Value, also: &[Follows]) -> Result<()> {
        let mut writer = self.writer.lock().await;
        let mut writing = self.begin(&mut writer).await?;
        let row = sqlx::query("SELECT document, kind, record, field FROM conflict WHERE id = ?").bind(conflict).fetch_optional(&mut *writing.tx).await.map_err(of_sql)?;
        let gone = || Fault::new(FaultKind::NotFound, "その要確認はもうありません", "ほかの画面で決められた可能性があります");
        let row = row.ok_or_else(gone)?;
        let (home, record, field): (String, String, String) = (row.get(0), row.get(2), row.get(3));
        let kind = search::kind_of(row.get::<&str, _>(1)).ok_or_else(gone)?;
        let document = writing.document(&home).await?;
        let current = document.record(kind, &record);
        let (before, after) = if field == DELETED {
            if !value.is_boolean() {
                return Err(super::wording::bad_field(kind, DELETED, "は true か false で決めてください"));
            }
            (document.deleted(kind, &record).unwrap_or(true).into(), value.clone())
        } else {
            let set = [(field.clone(), value.clone())].into_iter().collect();
            (current[&field].clone(), check::strictly(kind, &current, &set)?[&field].clone())
        };
        document.write(kind, &record, &field, &after)?;
        let label = format!("要確認を決定: {}", search::title(&current));
        let mut changes = vec![StepChange { document: home.clone(), kind, record, field, before, after }];
        for Follows { kind, record, field, value } in also.iter().filter(|f| f.kind.home() == Home::Project) {
            if document.deleted(*kind, record) != Some(false) {
                continue;
            }
            let held = document.record(*kind, record);
            let set = [(field.clone(), value.clone())].into_iter().collect();
            let after = check::strictly(*kind, &held, &set)?[field].clone();
            document.write(*kind, record, field, &after)?;
            changes.push(StepChange { document: home.clone(), kind: *kind, record: record.clone(), field: field.clone(), before: held[field].clone(), after });
        }
        for change in &changes {
            writing.touch(&home, change.kind, &change.record);
        }
        writing.store(&label).await?;
        keep_step(&mut writing.tx, &label, &changes).await?;
        let changed = writing.commit().await?;
        drop(writer);
        self.announce(changed);
        Ok(())
    }
}
