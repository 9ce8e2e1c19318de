//! Deadlines that come along by themselves: a new project gets the checklist of its plan, and what is not done yet follows its days.
use super::records::text;
use super::wire_types::Change;
use crate::Desk;
use crate::fault::Result;
use crate::model::date::Period;
use crate::model::deadline::{DeadlineKind, checklist};
use crate::model::record::Kind;
use crate::store::{Conflict, Filter, Follows, Record, Tx};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

fn plan_of(kind: Kind) -> Option<DeadlineKind> {
    match kind {
        Kind::Exhibition => Some(DeadlineKind::Exhibition),
        Kind::Event => Some(DeadlineKind::Event),
        Kind::Lecture => Some(DeadlineKind::Lecture),
        _ => None,
    }
}

/// A wrong period is refused where it is saved; here it only gives no days.
fn period(of: Option<&Value>) -> Option<Period> {
    of.filter(|v| !v.is_null()).and_then(|v| serde_json::from_value(v.clone()).ok())
}

/// Gives a new project every line of its plan that is not in `has`.
pub(super) fn lay(tx: &mut Tx, kind: Kind, project: &str, held: Option<&Value>, has: &BTreeSet<String>) -> Result<()> {
    let Some(plan) = plan_of(kind) else { return Ok(()) };
    for (order, (key, title, due)) in checklist(plan, period(held).as_ref()).into_iter().enumerate() {
        if has.contains(&key) {
            continue;
        }
        let due = due.map(|d| d.to_string()).unwrap_or_default();
        tx.create(Kind::ChecklistItem, json!({ "project": project, "key": key, "title": title, "due": due, "order": order + 1 }))?;
    }
    Ok(())
}

/// What follows when two laptops had set a project's period apart and one is chosen: each laptop had moved the deadlines its own way, and
/// those days too are apart. Items of the plan that are not done and stand on a day of either plan go to that of the chosen period.
pub(super) async fn settled(desk: &Desk, conflict: &Conflict, chosen: &Value) -> Result<Vec<Follows>> {
    let Some(plan) = plan_of(conflict.kind) else { return Ok(vec![]) };
    let days = |held: &Value| -> Vec<(String, String)> {
        checklist(plan, period(Some(held)).as_ref()).into_iter().map(|(key, _, due)| (key, due.map(|d| d.to_string()).unwrap_or_default())).collect()
    };
    let own: BTreeSet<(String, String)> = conflict.values.iter().flat_map(days).collect();
    let after: HashMap<String, String> = days(chosen).into_iter().collect();
    let items = desk.store.list(Kind::ChecklistItem, &Filter::of("project", conflict.record.as_str())).await?.records;
    let follows = |item: &Record| {
        let (key, due) = (text(item, "key"), text(item, "due"));
        let follows = item.get("done") != Some(&Value::Bool(true)) && (due.is_empty() || own.contains(&(key.clone(), due)));
        let value = after.get(&key).filter(|_| follows)?.clone().into();
        Some(Follows { kind: Kind::ChecklistItem, record: text(item, "id"), field: "due".into(), value })
    };
    Ok(items.iter().filter_map(follows).collect())
}

/// The items that move with a change of a project's period, with their new days: those of the plan that are not done, and whose day is
/// still the plan's own. A day that somebody set by hand stays.
pub(super) async fn moved(desk: &Desk, change: &Change) -> Result<Vec<(String, String)>> {
    let (Some(plan), Some(id), Some(fresh)) = (plan_of(change.kind), &change.id, change.set.get("period")) else { return Ok(vec![]) };
    let Some(project) = desk.store.get(change.kind, id).await? else { return Ok(vec![]) };
    let days = |held: Option<&Value>| -> HashMap<String, String> {
        checklist(plan, period(held).as_ref()).into_iter().map(|(key, _, due)| (key, due.map(|d| d.to_string()).unwrap_or_default())).collect()
    };
    let (before, after) = (days(project.get("period")), days(Some(fresh)));
    let items = desk.store.list(Kind::ChecklistItem, &Filter::of("project", id.as_str())).await?.records;
    let follows = |item: &Record| {
        let (key, due) = (text(item, "key"), text(item, "due"));
        let done = item.get("done") == Some(&Value::Bool(true));
        let own = due.is_empty() || before.get(&key) == Some(&due);
        let new = after.get(&key).filter(|new| !done && own && **new != due)?;
        Some((text(item, "id"), new.clone()))
    };
    Ok(items.iter().filter_map(follows).collect())
}
