//! Steps and conflicts: what was done on this laptop, taken back or done again, and what two laptops said differently.
use super::wire_types::*;
use crate::Desk;
use crate::fault::Result;
use crate::model::field;
use crate::store;
use serde_json::Value;
use std::sync::Arc;

pub(super) fn wire_step(step: store::Step) -> Step {
    Step { id: step.id, label: step.label, at: step.at, undone: step.undone, project: step.project }
}

pub(super) async fn history(desk: &Arc<Desk>, ask: HistoryAsk) -> Result<History> {
    let history = desk.store.history(&ask.project, ask.limit.clamp(0, 10_000) as u32).await?;
    Ok(History {
        steps: history.steps.into_iter().map(wire_step).collect(),
        undo: history.undo.map(wire_step),
        redo: history.redo.map(wire_step),
    })
}

pub(super) async fn undo(desk: &Arc<Desk>, ask: StepAsk) -> Result<Stepped> {
    let step = desk.store.undo(ask.step.as_deref()).await?;
    stepped(desk, step).await
}

pub(super) async fn redo(desk: &Arc<Desk>, ask: StepAsk) -> Result<Stepped> {
    let step = desk.store.redo(ask.step.as_deref()).await?;
    stepped(desk, step).await
}

async fn stepped(desk: &Arc<Desk>, step: Option<store::Step>) -> Result<Stepped> {
    Ok(Stepped { step: step.map(wire_step), history: history(desk, HistoryAsk { project: String::new(), limit: 30 }).await? })
}

pub(super) async fn conflicts(desk: &Arc<Desk>, _: Nothing) -> Result<Conflicts> {
    let conflicts = desk.store.conflicts().await?.into_iter().map(|c| {
        let values = c.values.iter().map(|v| ConflictValue { value: v.clone(), label: words(v), chosen: *v == c.chosen }).collect();
        ConflictLine { id: c.id, kind: c.kind, record: c.record, title: c.title, field_label: field::label(&c.field).into(), field: c.field, values }
    });
    Ok(Conflicts { conflicts: conflicts.collect() })
}

pub(super) async fn settle(desk: &Arc<Desk>, ask: SettleAsk) -> Result<Conflicts> {
    let held = desk.store.conflicts().await?.into_iter().find(|c| c.id == ask.conflict && c.field == "period");
    let also = match held {
        Some(conflict) => super::deadlines::settled(desk, &conflict, &ask.value).await?,
        None => vec![],
    };
    desk.store.settle(&ask.conflict, &ask.value, &also).await?;
    conflicts(desk, Nothing {}).await
}

/// A value as a coordinator reads it.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "（なし）".into(),
        Value::Bool(yes) => if *yes { "はい" } else { "いいえ" }.into(),
        Value::String(text) if text.is_empty() => "（空）".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("、"),
        Value::Object(_) => match serde_json::from_value::<crate::model::date::Period>(value.clone()) {
            Ok(period) => period.wareki(),
            Err(_) => value.to_string(),
        },
        Value::Number(number) => number.to_string(),
    }
}
