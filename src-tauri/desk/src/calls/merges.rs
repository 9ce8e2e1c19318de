//! Data merge: a preview of what a list would make, the making of a panel set with progress, and following a changed template or list.
use super::exports::{self, begin_job};
use super::merge_lists::list_of;
use super::panels::{in_background, panel};
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::merge_panels::{self, Field, Pictures, Ready, RowFault, Table, fields_of, fill, matched, merged, overrides, sorted_out};
use crate::model::municipality_check::{NameCheck, check_name};
use crate::model::record::{FieldMatch, Kind, Panel, PanelMerge, Photo};
use crate::store::{Filter, new_id};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Rows that are shown before anything is made.
const SAMPLES: usize = 3;
/// Pixels across a sample.
const SAMPLE_WIDTH: u32 = 360;
/// Faults that are shown; all are counted.
const MOST_FAULTS: usize = 200;

/// A list sorted out against a template.
struct Sorted {
    template: Panel,
    content: Value,
    table: Table,
    fields: Vec<Field>,
    matches: Vec<FieldMatch>,
    good: Vec<Ready>,
    faults: Vec<RowFault>,
}

async fn sort(desk: &Arc<Desk>, ask: &MergeAsk) -> Result<Sorted> {
    let template = panel(desk, &ask.template).await?;
    if template.project != ask.exhibition {
        return Err(Fault::new(FaultKind::BadField, format!("ひな形「{}」は、選んだ展示のパネルではありません", template.title), "同じ展示のパネルをひな形に選んでください"));
    }
    let content: Value = serde_json::from_str(&template.content).map_err(|_| Fault::new(FaultKind::BadField, "ひな形の中身を読めません", "取り消すと前の内容に戻ります"))?;
    let fields = fields_of(&content);
    if fields.is_empty() {
        let message = format!("パネル「{}」に差し込みの欄がありません", template.title);
        return Err(Fault::new(FaultKind::BadField, message, "差し替えたいところを {{市名}}、{{写真}} のように書いてください"));
    }
    let table = list_of(desk, ask).await?;
    let matches = matched(&fields, &table.columns, &ask.matches);
    let (worker, folder) = (desk.clone(), folder_of(ask));
    in_background(move || {
        let kept = |hash: &str| worker.store.photo_path(hash).is_some();
        let pictures = Pictures::of(folder.as_deref(), &kept);
        let (good, faults) = sorted_out(&table, &fields, &matches, &pictures);
        Ok(Sorted { template, content, table, fields, matches, good, faults })
    })
    .await
}

/// Where the picture files lie: the folder that was chosen, else the one of the list.
fn folder_of(ask: &MergeAsk) -> Option<PathBuf> {
    if !ask.pictures.is_empty() {
        return Some(PathBuf::from(&ask.pictures));
    }
    let file = Path::new(&ask.file);
    (ask.source == "file").then(|| file.parent().unwrap_or(Path::new(".")).to_owned())
}

pub(super) async fn merge_plan(desk: &Arc<Desk>, ask: MergeAsk) -> Result<MergePlan> {
    let sheets = match ask.source.as_str() {
        "file" => {
            let file = ask.file.clone();
            in_background(move || merge_panels::sheets_of(Path::new(&file))).await?
        }
        _ => vec![],
    };
    let sorted = sort(desk, &ask).await?;
    let existing = made_of(desk, &ask).await?.1.len() as i32;
    let (worker, folder) = (desk.clone(), folder_of(&ask));
    in_background(move || {
        let samples = sorted.good.iter().take(SAMPLES).map(|row| sample(&worker, &sorted.content, &sorted.fields, row, folder.as_deref())).collect();
        let shown = |field: &Field| {
            let column = sorted.matches.iter().find(|m| m.field == field.name).map_or_else(String::new, |m| m.column.clone());
            let values = sorted.table.rows.iter().map(|r| sorted.table.cell(r, &column)).filter(|c| !c.is_empty()).take(2).collect::<Vec<_>>().join("、");
            MergeField { name: field.name.clone(), picture: field.picture, required: field.required, column, sample: values.chars().take(40).collect() }
        };
        let total = sorted.faults.len() as i32;
        Ok(MergePlan {
            sheet: sorted.table.sheet.clone(),
            sheets,
            columns: sorted.table.columns.clone(),
            fields: sorted.fields.iter().map(shown).collect(),
            rows: sorted.table.rows.len() as i32,
            good: sorted.good.len() as i32,
            faults_total: total,
            faults: sorted.faults.into_iter().take(MOST_FAULTS).collect(),
            samples,
            existing,
        })
    })
    .await
}

/// One row pressed small, its pictures straight from their files.
fn sample(desk: &Desk, content: &Value, fields: &[Field], row: &Ready, folder: Option<&Path>) -> MergeSample {
    let kept = |hash: &str| desk.store.photo_path(hash).is_some();
    let pictures = Pictures::of(folder, &kept);
    let find = |name: &str| match pictures.find(name) {
        Ok(merge_panels::Found::File(path)) => Some(path),
        _ => desk.store.photo_path(name),
    };
    let values: BTreeMap<String, String> = row.values.clone();
    let text = fill(content, &values).to_string();
    let paths: HashMap<String, Option<PathBuf>> = fields.iter().filter(|f| f.picture).filter_map(|f| values.get(&f.name)).map(|cell| (cell.clone(), find(cell))).collect();
    let of = |name: &str| paths.get(name).cloned().flatten().or_else(|| desk.store.photo_path(name));
    let stamp: Vec<String> = paths.values().flatten().map(|p| format!("{:?}", std::fs::metadata(p).and_then(|m| m.modified()).ok())).collect();
    let name = blake3::hash(format!("{text}{paths:?}{stamp:?}").as_bytes()).to_hex()[..24].to_owned();
    let drawn = super::content(&text).ok().and_then(|content| {
        desk.press.cached(&format!("sample/{name}.png"), || {
            let laid = desk.press.lay_out_fresh(&content, &of);
            let images = desk.press.fresh_pictures(&laid.pages, &of, 900);
            tenjicho_press::png::draw(laid.pages.first()?, &images, desk.press.fonts(), SAMPLE_WIDTH).ok()
        })
    });
    MergeSample { label: row.key.clone(), url: drawn.map(|_| format!("/sample/{name}")).unwrap_or_default() }
}

/// The merge that the ask goes on with, and the panels that it has made by the key of their row.
async fn made_of(desk: &Desk, ask: &MergeAsk) -> Result<(Option<PanelMerge>, HashMap<String, Panel>)> {
    let merges: Vec<PanelMerge> = desk.store.all(&Filter::of("project", ask.exhibition.as_str())).await?;
    let merge = merges.into_iter().find(|m| if ask.merge.is_empty() { m.template == ask.template } else { m.id == ask.merge });
    let panels: Vec<Panel> = match &merge {
        Some(merge) => desk.store.all(&Filter::of("merge", merge.id.as_str())).await?,
        None => vec![],
    };
    Ok((merge, panels.into_iter().map(|p| (p.row_key.clone(), p)).collect()))
}

pub(super) async fn merge_make(desk: &Arc<Desk>, ask: MergeAsk) -> Result<Job> {
    let sorted = sort(desk, &ask).await?;
    let unmatched: Vec<&str> = sorted.matches.iter().filter(|m| m.column.is_empty()).map(|m| m.field.as_str()).collect();
    if !unmatched.is_empty() {
        let message = format!("欄「{}」に合う列がありません", unmatched.join("」「"));
        return Err(Fault::new(FaultKind::BadField, message, merge_panels::unmatched_hint(&sorted.table.columns)));
    }
    let title = format!("「{}」に{}枚を差し込む", sorted.template.title, sorted.good.len());
    let (job, stop) = begin_job(desk, title, sorted.good.len(), "");
    let (worker, id) = (desk.clone(), job.id.clone());
    tokio::spawn(async move {
        for fault in &sorted.faults {
            exports::update(&worker, &id, |job| job.faults.push(fault.to_string()));
        }
        if let Err(fault) = make(&worker, &id, &ask, sorted, &stop).await {
            exports::update(&worker, &id, |job| job.faults.push(fault.to_string()));
        }
        exports::update(&worker, &id, |job| job.finished = true);
    });
    Ok(job)
}

/// Takes the pictures in, then makes and changes all panels in one undoable step.
async fn make(desk: &Arc<Desk>, job: &str, ask: &MergeAsk, sorted: Sorted, stop: &AtomicBool) -> Result<()> {
    let mut taken = BTreeMap::new();
    let mut rows = Vec::with_capacity(sorted.good.len());
    for row in &sorted.good {
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        match with_photos(desk, ask, &sorted, row, &mut taken).await {
            Ok(values) => rows.push((row, values)),
            Err(fault) => exports::update(desk, job, |job| job.faults.push(format!("{} {}行目：{fault}", sorted.table.name, row.row))),
        }
        exports::update(desk, job, |job| job.done += 1);
    }
    let (merge, mut made) = made_of(desk, ask).await?;
    let panels: Vec<Panel> = desk.store.all(&Filter::of("project", ask.exhibition.as_str())).await?;
    let mut number = panels.iter().map(|p| p.number).max().unwrap_or(0);
    let merge_id = merge.as_ref().map_or_else(new_id, |m| m.id.clone());
    let fresh: Vec<Panel> = rows.iter().map(|(row, values)| {
        let old = made.remove(&row.key);
        if old.is_none() {
            number += 1;
        }
        remade(&sorted, &merge_id, row, values, old, number)
    }).collect();
    let known: Vec<Photo> = desk.store.all(&Filter::all()).await?;
    let label = format!("「{}」に{}枚を差し込む", sorted.template.title, fresh.len());
    desk.store.edit(&label, |tx| {
        for photo in taken.values().filter(|p| !known.iter().any(|k| k.hash == p.hash)) {
            tx.add(photo)?;
        }
        let record = record(ask, &sorted, &merge_id);
        match &merge {
            Some(_) => tx.set(Kind::PanelMerge, &merge_id, json!(record))?,
            None => tx.add(&record).map(|_| ())?,
        }
        fresh.iter().try_for_each(|panel| keep(tx, panel))
    }).await?;
    exports::update(desk, job, |job| job.results = fresh.iter().map(|p| p.title.clone()).collect());
    for key in made.keys() {
        exports::update(desk, job, |job| job.faults.push(format!("「{key}」は一覧にありません。パネルは残してあります")));
    }
    Ok(())
}

fn record(ask: &MergeAsk, sorted: &Sorted, id: &str) -> PanelMerge {
    PanelMerge {
        id: id.to_owned(),
        project: ask.exhibition.clone(),
        template: ask.template.clone(),
        title: sorted.template.title.clone(),
        source: ask.source.clone(),
        source_id: ask.source_id.clone(),
        file: ask.file.clone(),
        sheet: sorted.table.sheet.clone(),
        pictures: ask.pictures.clone(),
        matches: sorted.matches.clone(),
    }
}

/// A new panel is made; one that is there is changed.
fn keep(tx: &mut crate::store::Tx, panel: &Panel) -> Result<()> {
    if panel.id.is_empty() {
        return tx.add(panel).map(|_| ());
    }
    let set = json!({ "title": panel.title, "content": panel.content, "row_values": panel.row_values, "as_made": panel.as_made });
    tx.set(Kind::Panel, &panel.id, set)
}

/// The panel of a row: new, or with what was changed by hand kept.
fn remade(sorted: &Sorted, merge: &str, row: &Ready, values: &BTreeMap<String, String>, old: Option<Panel>, number: i32) -> Panel {
    let mut made = fill(&sorted.content, values);
    if made.get("name").is_none_or(|n| n.as_str().is_none_or(str::is_empty)) {
        made["name"] = row.key.clone().into();
    }
    let row_values = json!(values).to_string();
    match old {
        Some(old) => {
            let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
            let content = merged(&read(&old.as_made), &read(&old.content), &made);
            Panel { content: content.to_string(), as_made: made.to_string(), row_values, ..old }
        }
        None => Panel {
            project: sorted.template.project.clone(),
            number,
            partner: partner_of(&row.key),
            title: row.key.clone(),
            content: made.to_string(),
            status: "received".into(),
            version: 1,
            merge: merge.to_owned(),
            row_key: row.key.clone(),
            row_values,
            as_made: made.to_string(),
            ..Panel::default()
        },
    }
}

fn partner_of(name: &str) -> String {
    match check_name(name) {
        NameCheck::Known(municipality) => municipality.id(),
        _ => String::new(),
    }
}

/// The values of a row with each picture kept in the workspace and named by its hash.
async fn with_photos(desk: &Arc<Desk>, ask: &MergeAsk, sorted: &Sorted, row: &Ready, taken: &mut BTreeMap<String, Photo>) -> Result<BTreeMap<String, String>> {
    let mut values = row.values.clone();
    for field in sorted.fields.iter().filter(|f| f.picture) {
        let Some(cell) = row.values.get(&field.name) else { continue };
        if desk.store.photo_path(cell).is_some() {
            continue;
        }
        if let Some(photo) = taken.get(cell) {
            values.insert(field.name.clone(), photo.hash.clone());
            continue;
        }
        let (folder, name) = (folder_of(ask), cell.clone());
        let path = in_background(move || match Pictures::of(folder.as_deref(), &|_| false).find(&name) {
            Ok(merge_panels::Found::File(path)) => Ok(path),
            Ok(merge_panels::Found::Kept(_)) => Err(Fault::new(FaultKind::BadFile, format!("写真「{name}」を読めません"), "写真のファイルをお確かめください")),
            Err(message) => Err(Fault::new(FaultKind::BadFile, message, "一覧のファイル名と、写真のフォルダーをお確かめください")),
        })
        .await?;
        let photo = super::photos::take(desk, &path).await?;
        values.insert(field.name.clone(), photo.hash.clone());
        taken.insert(cell.clone(), super::photos::record(&photo, &partner_of(&row.key)));
    }
    Ok(values)
}

pub(super) async fn merge_follow(desk: &Arc<Desk>, ask: MergeFollowAsk) -> Result<Saved> {
    let missing = || Fault::new(FaultKind::NotFound, "その差し込みは見つかりません", "一覧から選び直してください");
    let merge: PanelMerge = desk.store.find(&ask.merge).await?.ok_or_else(missing)?;
    let lost = |_| Fault::new(FaultKind::NotFound, format!("ひな形「{}」が削除されています", merge.title), "ひな形の削除を元に戻すと、変更を反映できます。できたパネルはそのまま使えます");
    let template = panel(desk, &merge.template).await.map_err(lost)?;
    let content: Value = serde_json::from_str(&template.content).unwrap_or_default();
    let made: Vec<Panel> = desk.store.all(&Filter::of("merge", merge.id.as_str())).await?;
    let sorted = Sorted { fields: fields_of(&content), content, table: Table::default(), matches: merge.matches.clone(), good: vec![], faults: vec![], template };
    let again: Vec<Panel> = made.into_iter().map(|panel| {
        let values: BTreeMap<String, String> = serde_json::from_str(&panel.row_values).unwrap_or_default();
        let row = Ready { key: panel.row_key.clone(), row: 0, values: values.clone() };
        remade(&sorted, &merge.id, &row, &values, Some(panel), 0)
    }).collect();
    let label = format!("「{}」の変更を{}枚に反映", sorted.template.title, again.len());
    let edited = desk.store.edit(&label, |tx| again.iter().try_for_each(|panel| keep(tx, panel))).await?;
    Ok(Saved { ids: edited.ids, step: edited.step.map(super::history::wire_step) })
}

pub(super) async fn merges(desk: &Arc<Desk>, ask: MergesAsk) -> Result<Merges> {
    let all: Vec<PanelMerge> = desk.store.all(&Filter::of("project", ask.exhibition.as_str())).await?;
    let mut lines = Vec::new();
    for merge in all {
        let template: Option<Panel> = desk.store.find(&merge.template).await?;
        let content: Value = template.as_ref().and_then(|t| serde_json::from_str(&t.content).ok()).unwrap_or_default();
        let panels: Vec<Panel> = desk.store.all(&Filter::of("merge", merge.id.as_str())).await?;
        let made = panels.iter().map(|p| made_panel(p, &content)).collect::<Vec<_>>();
        lines.push(MergeLine {
            id: merge.id,
            template: merge.template,
            title: template.map_or(merge.title, |t| t.title),
            source: merge.source,
            source_id: merge.source_id,
            file: merge.file,
            sheet: merge.sheet,
            pictures: merge.pictures,
            matches: merge.matches,
            stale: made.iter().filter(|p| p.stale).count() as i32,
            panels: made,
        });
    }
    Ok(Merges { merges: lines })
}

fn made_panel(panel: &Panel, template: &Value) -> MadePanel {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let values: BTreeMap<String, String> = serde_json::from_str(&panel.row_values).unwrap_or_default();
    let (made, now) = (read(&panel.as_made), read(&panel.content));
    let mut fresh = fill(template, &values);
    fresh["name"] = made.get("name").cloned().unwrap_or_default();
    MadePanel { panel: panel.id.clone(), number: panel.number, title: panel.title.clone(), stale: fresh != made, overrides: overrides(&made, &now) }
}
