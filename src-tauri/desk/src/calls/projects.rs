//! Copying last year's project: what is the same each year comes along, what belongs to its days stays behind.
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::date::fiscal_year_words;
use crate::model::record::{Home, Kind};
use crate::store::{Filter, Record, new_id};
use serde_json::{Value, json};
use std::sync::Arc;

/// Nouns that come along.
const KEPT: [Kind; 5] = [Kind::ChecklistItem, Kind::Door, Kind::Booth, Kind::Panel, Kind::WallPlace];

pub(super) async fn copy_project(desk: &Arc<Desk>, ask: CopyAsk) -> Result<Copied> {
    if ask.kind.home() != Home::Root {
        return Err(Fault::new(FaultKind::BadField, format!("{}は複製できません", ask.kind.label()), "展示、イベント、講演会を選んでください"));
    }
    super::year::known_year(ask.fiscal_year)?;
    let missing = || Fault::new(FaultKind::NotFound, format!("複製する{}が見つかりません", ask.kind.label()), "一覧から選び直してください");
    let root = desk.store.get(ask.kind, &ask.id).await?.ok_or_else(missing)?;
    let mut parts = Vec::new();
    for kind in KEPT {
        for record in desk.store.list(kind, &Filter::of("project", ask.id.as_str())).await?.records {
            parts.push((kind, record));
        }
    }
    let id = new_id();
    let label = format!("{}へ複製", fiscal_year_words(ask.fiscal_year));
    desk.store
        .edit(&label, |tx| {
            tx.create_as(ask.kind, &id, Value::Object(afresh(root, ask.fiscal_year)))?;
            // A project from before the plan, or one that lost lines, gets what is missing.
            let has = parts.iter().filter(|(kind, _)| *kind == Kind::ChecklistItem).map(|(_, part)| super::records::text(part, "key")).collect();
            super::deadlines::lay(tx, ask.kind, &id, None, &has)?;
            let mut panels = std::collections::HashMap::new();
            for (kind, mut part) in parts {
                let old = super::records::text(&part, "id");
                part.insert("project".into(), json!(id));
                clear(kind, &mut part);
                if kind == Kind::WallPlace {
                    let panel = super::records::text(&part, "panel");
                    match panels.get(&panel) {
                        Some(new) => part.insert("panel".into(), json!(new)),
                        None => continue,
                    };
                }
                let new = tx.create(kind, Value::Object(part))?;
                if kind == Kind::Panel {
                    panels.insert(old, new);
                }
            }
            Ok(())
        })
        .await?;
    Ok(Copied { id })
}

/// The project itself, planned anew: no days, no result.
fn afresh(mut root: Record, fiscal_year: i32) -> Record {
    root.insert("fiscal_year".into(), json!(fiscal_year));
    for (field, blank) in [("period", Value::Null), ("status", json!("plan")), ("result", json!(""))] {
        if root.contains_key(field) {
            root.insert(field.into(), blank);
        }
    }
    root
}

/// Takes away what belongs to the days that were.
fn clear(kind: Kind, part: &mut Record) {
    let blanks: &[(&str, Value)] = match kind {
        Kind::ChecklistItem => &[("due", json!("")), ("done", json!(false)), ("done_on", json!(""))],
        Kind::Panel => &[("status", json!("none")), ("version", json!(0)), ("approved_on", json!("")), ("merge", json!("")), ("row_key", json!("")), ("row_values", json!("")), ("as_made", json!(""))],
        _ => &[],
    };
    for (field, blank) in blanks {
        part.insert((*field).to_owned(), blank.clone());
    }
}
