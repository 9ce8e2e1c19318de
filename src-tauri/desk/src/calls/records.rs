//! Reading, saving and finding records of every kind.
use super::deadlines;
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::municipality;
use crate::model::record::{Home, Kind};
use crate::store::{Filter, Record, Tx, fold};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) async fn list(desk: &Arc<Desk>, ask: ListAsk) -> Result<List> {
    let limit = ask.limit.map(|n| n.max(0) as u32);
    let filter = Filter { equals: ask.equals, search: ask.search, limit, offset: 0 };
    let page = desk.store.list(ask.kind, &filter).await?;
    Ok(List { total: page.total as i32, records: page.records.into_iter().map(Value::Object).collect() })
}

pub(super) async fn get(desk: &Arc<Desk>, ask: GetAsk) -> Result<Got> {
    let record = record(desk, ask.kind, &ask.id).await?;
    Ok(Got { record: record.map(Value::Object) })
}

/// The record; a municipality of which nothing was written yet is read from the reference list.
pub(super) async fn record(desk: &Desk, kind: Kind, id: &str) -> Result<Option<Record>> {
    match desk.store.get(kind, id).await? {
        None if kind == Kind::Partner => Ok(reference(id)),
        found => Ok(found),
    }
}

fn reference(id: &str) -> Option<Record> {
    let partner = serde_json::to_value(municipality::by_id(id)?.partner()).ok()?;
    partner.as_object().cloned()
}

pub(super) async fn save(desk: &Arc<Desk>, ask: SaveAsk) -> Result<Saved> {
    let mut changes = Vec::with_capacity(ask.changes.len());
    let mut projects = BTreeSet::new();
    for change in ask.changes {
        if change.id.is_none() && change.kind.home() == Home::Project {
            projects.extend(change.set.get("project").and_then(Value::as_str).map(str::to_owned));
        }
        let blank = match &change.id {
            Some(id) if change.kind == Kind::Partner && desk.store.get(Kind::Partner, id).await?.is_none() => reference(id),
            _ => None,
        };
        let moved = deadlines::moved(desk, &change).await?;
        changes.push((change, blank, moved));
    }
    for project in projects {
        if project_title(desk, &project).await?.is_none() {
            return Err(Fault::new(FaultKind::NotFound, format!("書き込み先「{project}」が見つかりません"), "展示やイベントが削除されていないか、お確かめください"));
        }
    }
    let edited = desk
        .store
        .edit(&ask.label, |tx| {
            let mut ids = Vec::with_capacity(changes.len());
            for (change, blank, moved) in changes {
                ids.push(apply(tx, change, blank)?);
                for (item, due) in moved {
                    tx.set(Kind::ChecklistItem, &item, json!({ "due": due }))?;
                }
            }
            Ok(ids)
        })
        .await?;
    Ok(Saved { ids: edited.value, step: edited.step.map(super::history::wire_step) })
}

/// One change of a save; answers the record's id.
fn apply(tx: &mut Tx, change: Change, blank: Option<Record>) -> Result<String> {
    let held = change.set.get("period").cloned();
    let set = Value::Object(change.set);
    match (change.id, blank) {
        (None, _) if change.remove => Err(Fault::new(FaultKind::BadField, "消すものが指定されていません", "id に消す記録の番号を入れてください")),
        (None, _) => {
            let id = tx.create(change.kind, set)?;
            deadlines::lay(tx, change.kind, &id, held.as_ref(), &BTreeSet::new())?;
            Ok(id)
        }
        (Some(id), _) if change.remove => {
            tx.remove(change.kind, &id);
            Ok(id)
        }
        (Some(id), Some(mut blank)) => {
            blank.extend(set.as_object().cloned().unwrap_or_default());
            tx.create_as(change.kind, &id, Value::Object(blank))?;
            Ok(id)
        }
        (Some(id), None) => {
            tx.set(change.kind, &id, set)?;
            Ok(id)
        }
    }
}

pub(super) async fn search(desk: &Arc<Desk>, ask: SearchAsk) -> Result<Hits> {
    let limit = ask.limit.clamp(1, 500) as usize;
    let mut hits = Vec::new();
    for found in desk.store.search(&ask.text, limit as u32).await? {
        let within = !found.project.is_empty() && found.project != found.id;
        let of = if within { project_title(desk, &found.project).await? } else { None };
        if within && of.is_none() {
            // Its project was removed: there is no room to show it in.
            continue;
        }
        let sub = of.map_or_else(|| found.kind.label().to_owned(), |(_, title)| format!("{}｜{title}", found.kind.label()));
        hits.push(Hit { kind: found.kind, id: found.id, project: found.project, title: found.title, sub });
    }
    let folded = fold(ask.text.trim());
    if folded.is_empty() {
        return Ok(Hits { hits });
    }
    // ニセコ and にせこ are one word, so both sides are folded.
    let named = municipality::all().iter().filter(|m| fold(&m.full_name()).contains(&folded) || m.kana.contains(&folded) || m.code == folded);
    for m in named {
        if hits.len() >= limit {
            break;
        }
        if !hits.iter().any(|h| h.kind == Kind::Partner && h.id == m.id()) {
            hits.push(Hit { kind: Kind::Partner, id: m.id(), project: String::new(), title: m.name.into(), sub: format!("連携先｜{}", m.prefecture) });
        }
    }
    hits.truncate(limit);
    Ok(Hits { hits })
}

/// Kind and title of the exhibition, event, lecture or support that bears this id.
pub(super) async fn project_title(desk: &Desk, id: &str) -> Result<Option<(Kind, String)>> {
    for kind in [Kind::Exhibition, Kind::Event, Kind::Lecture, Kind::Support] {
        if let Some(record) = desk.store.get(kind, id).await? {
            return Ok(Some((kind, text(&record, "title"))));
        }
    }
    Ok(None)
}

/// A text field; empty where there is none.
pub(super) fn text(record: &Record, field: &str) -> String {
    record.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}
