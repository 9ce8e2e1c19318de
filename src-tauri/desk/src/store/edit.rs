//! `edit`: the only way to change a record. One described step, checked, stored, shown and then announced.
use super::document::DELETED;
use super::undo::{Step, StepChange, keep_step};
use super::wording::{bad_field, not_found, of_sql};
use super::writing::Writing;
use super::{REGISTRY, Record, Store, check, new_id};
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::{Home, Kind, Noun};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};
use std::collections::HashMap;

/// What is to be done in one step, in this order. Nothing happens before the closure has returned well.
#[derive(Default)]
pub struct Tx {
    changes: Vec<Change>,
}

struct Change {
    kind: Kind,
    id: String,
    deed: Deed,
}

enum Deed {
    Create(Record),
    Set(Record),
    Remove,
}

/// What came of a step.
#[derive(Clone, Debug)]
pub struct Edited<T> {
    pub value: T,
    /// One id for each change, in order.
    pub ids: Vec<String>,
    /// None if nothing differed from what was there.
    pub step: Option<Step>,
}

impl Tx {
    /// Makes a record; a noun of a project names its `project`.
    pub fn create(&mut self, kind: Kind, set: Value) -> Result<String> {
        let id = new_id();
        self.create_as(kind, &id, set)?;
        Ok(id)
    }

    /// Makes a record with an id of its own, such as `m` + 団体コード; one that was removed comes back.
    pub fn create_as(&mut self, kind: Kind, id: &str, set: Value) -> Result<()> {
        if !check::good_id(id) {
            return Err(bad_field(kind, "id", "に使えない文字があります"));
        }
        self.changes.push(Change { kind, id: id.to_owned(), deed: Deed::Create(fields(kind, set)?) });
        Ok(())
    }

    /// Makes a typed record; an empty id gets a random one.
    pub fn add<T: Noun>(&mut self, noun: &T) -> Result<String> {
        let id = if noun.id().is_empty() { new_id() } else { noun.id().to_owned() };
        let set = serde_json::to_value(noun).map_err(|e| Fault::new(FaultKind::Internal, e.to_string(), ""))?;
        self.create_as(T::KIND, &id, set)?;
        Ok(id)
    }

    /// Sets the named fields of a record that is there.
    pub fn set(&mut self, kind: Kind, id: &str, set: Value) -> Result<()> {
        self.changes.push(Change { kind, id: id.to_owned(), deed: Deed::Set(fields(kind, set)?) });
        Ok(())
    }

    pub fn remove(&mut self, kind: Kind, id: &str) {
        self.changes.push(Change { kind, id: id.to_owned(), deed: Deed::Remove });
    }
}

fn fields(kind: Kind, set: Value) -> Result<Record> {
    let Value::Object(mut set) = set else { return Err(bad_field(kind, "set", "は項目の組で渡してください")) };
    set.remove("id");
    Ok(set)
}

impl Store {
    /// Does what the closure asks as one undoable step named `label`. All of it or nothing.
    pub async fn edit<T>(&self, label: &str, work: impl FnOnce(&mut Tx) -> Result<T>) -> Result<Edited<T>> {
        let mut asked = Tx::default();
        let value = work(&mut asked)?;
        let ids = asked.changes.iter().map(|c| c.id.clone()).collect();
        if asked.changes.is_empty() {
            return Ok(Edited { value, ids, step: None });
        }
        let mut writer = self.writer.lock().await;
        let mut writing = self.begin(&mut writer).await?;
        let mut made = HashMap::new();
        let mut done = vec![];
        for change in asked.changes {
            apply(&mut writing, &mut made, change, &mut done).await?;
        }
        let done = condensed(done);
        if done.is_empty() {
            return Ok(Edited { value, ids, step: None });
        }
        writing.store(label).await?;
        let step = keep_step(&mut writing.tx, label, &done).await?;
        let changed = writing.commit().await?;
        drop(writer);
        self.announce(changed);
        Ok(Edited { value, ids, step: Some(step) })
    }
}

/// One change a field: from what it was before the step to what it is after.
fn condensed(done: Vec<StepChange>) -> Vec<StepChange> {
    let mut kept: Vec<StepChange> = vec![];
    let mut at: HashMap<(Kind, String, String), usize> = HashMap::new();
    for change in done {
        match at.entry((change.kind, change.record.clone(), change.field.clone())) {
            std::collections::hash_map::Entry::Occupied(i) => kept[*i.get()].after = change.after,
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(kept.len());
                kept.push(change);
            }
        }
    }
    kept.retain(|c| c.before != c.after);
    kept
}

async fn apply(writing: &mut Writing<'_>, made: &mut HashMap<(Kind, String), String>, change: Change, done: &mut Vec<StepChange>) -> Result<()> {
    let Change { kind, id, deed } = change;
    let home = home(writing, made, kind, &id, &deed).await?;
    let document = writing.document(&home).await?;
    let deleted = document.deleted(kind, &id);
    let mut current = document.record(kind, &id);
    let mut note = |field: &str, before: Value, after: Value| done.push(StepChange { document: home.clone(), kind, record: id.clone(), field: field.to_owned(), before, after });
    match deed {
        Deed::Remove if deleted == Some(false) => {
            document.write(kind, &id, DELETED, &true.into())?;
            note(DELETED, false.into(), true.into());
        }
        Deed::Remove => return Err(not_found(kind)),
        Deed::Set(_) if deleted != Some(false) => return Err(not_found(kind)),
        Deed::Create(_) if deleted == Some(false) => {
            return Err(Fault::new(FaultKind::Conflict, format!("同じ番号の{}がすでにあります", kind.label()), "一覧を開き直してください"));
        }
        Deed::Create(mut set) | Deed::Set(mut set) => {
            if deleted != Some(false) {
                // A record that was removed comes back blank, not with what it held.
                let blank = check::blank(kind, &id);
                for (field, value) in &blank {
                    if field != "id" && field != "project" {
                        set.entry(field.clone()).or_insert(value.clone());
                    }
                }
                document.write(kind, &id, DELETED, &false.into())?;
                note(DELETED, true.into(), false.into());
                made.insert((kind, id.clone()), home.clone());
            }
            if kind.home() == Home::Project {
                if set.get("project").is_some_and(|p| p.as_str() != Some(&home)) {
                    return Err(bad_field(kind, "project", "は変えられません。写してください"));
                }
                current.insert("project".into(), home.clone().into());
            }
            let after = check::strictly(kind, &current, &set)?;
            for field in set.keys() {
                if current.get(field) != after.get(field) {
                    document.write(kind, &id, field, &after[field])?;
                    note(field, current[field].clone(), after[field].clone());
                }
            }
        }
    }
    writing.touch(&home, kind, &id);
    Ok(())
}

/// The document that holds the record, or will.
async fn home(writing: &mut Writing<'_>, made: &HashMap<(Kind, String), String>, kind: Kind, id: &str, deed: &Deed) -> Result<String> {
    match (kind.home(), deed) {
        (Home::Registry, _) => Ok(REGISTRY.to_owned()),
        (Home::Root, _) => Ok(id.to_owned()),
        (Home::Project, Deed::Create(set)) => match set.get("project").and_then(Value::as_str) {
            Some(project) if check::good_id(project) => Ok(project.to_owned()),
            _ => Err(bad_field(kind, "project", "を指定してください")),
        },
        (Home::Project, _) => {
            if let Some(project) = made.get(&(kind, id.to_owned())) {
                return Ok(project.clone());
            }
            let sql = format!("SELECT project FROM \"{}\" WHERE id = ?", kind.table());
            let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&mut *writing.tx).await.map_err(of_sql)?;
            row.map(|r| r.get(0)).ok_or_else(|| not_found(kind))
        }
    }
}
