//! 素材: the matrix of partners and items, request sheets written for all of them, and returned sheets and photos read back in one go.
use super::merge_lists::taking_part;
use super::panels::{exhibition, in_background};
use super::photos::{self, Taken};
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::files;
use crate::materials::{self, Answer, PHOTO, Picture, Request, photos_beside, read_answer};
use crate::merge_panels::{Found, Pictures};
use crate::model::date::fiscal_year_words;
use crate::model::municipality_check::{NameCheck, check_name};
use crate::model::record::{Exhibition, Kind, Material, Partner, Photo};
use crate::store::{Filter, Tx};
use chrono::NaiveDate;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const STATES: [(&str, &str); 5] = [("none", "未依頼"), ("asked", "依頼中"), ("received", "受領"), ("proofing", "校正中"), ("approved", "校了")];
const MOST_ITEMS: usize = 30;
/// More sheets than this are not the answers to one exhibition.
const MOST_SHEETS: usize = 500;

/// An exhibition with who takes part and what was asked of whom.
struct Gathered {
    exhibition: Exhibition,
    partners: Vec<Partner>,
    known: Vec<Material>,
}

impl Gathered {
    async fn of(desk: &Desk, id: &str) -> Result<Self> {
        let exhibition = exhibition(desk, id).await?;
        let known: Vec<Material> = desk.store.all(&Filter::of("project", id)).await?;
        let ids = exhibition.partners.iter().chain(known.iter().map(|m| &m.partner)).cloned().collect();
        let partners = taking_part(desk, ids).await?;
        Ok(Self { exhibition, partners, known })
    }

    fn find(&self, partner: &str, item: &str) -> Option<&Material> {
        self.known.iter().find(|m| m.partner == partner && m.item == item)
    }
}

pub(super) async fn materials(desk: &Arc<Desk>, ask: MaterialsAsk) -> Result<Materials> {
    let gathered = Gathered::of(desk, &ask.exhibition).await?;
    let today = super::today();
    let items = match materials::in_order(gathered.known.iter().map(|m| m.item.clone())) {
        none if none.is_empty() => materials::usual(),
        items => items,
    };
    let row = |p: &Partner| MaterialRow {
        partner: p.id.clone(),
        name: p.name.clone(),
        kana: p.kana.clone(),
        contact: [p.contact.as_str(), p.tel.as_str()].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("　"),
        cells: items.iter().map(|item| cell(gathered.find(&p.id, item), item, today)).collect(),
    };
    let rows: Vec<MaterialRow> = gathered.partners.iter().map(row).collect();
    let cells = || rows.iter().flat_map(|r| &r.cells);
    let counts = STATES.map(|(status, label)| StatusCount { status: status.into(), label: label.into(), count: cells().filter(|c| c.status == status).count() as i32 });
    Ok(Materials { late: cells().filter(|c| c.late_days > 0).count() as i32, counts: counts.to_vec(), usual: materials::usual(), items, rows })
}

fn cell(material: Option<&Material>, item: &str, today: NaiveDate) -> MaterialCell {
    let Some(m) = material else { return MaterialCell { item: item.into(), status: "none".into(), ..MaterialCell::default() } };
    let due = NaiveDate::parse_from_str(&m.due, "%Y-%m-%d").ok();
    let status = STATES.iter().find(|(name, _)| *name == m.status).map_or("none", |(name, _)| *name);
    let waits = matches!(status, "none" | "asked");
    MaterialCell {
        item: item.into(),
        material: Some(m.id.clone()),
        status: status.into(),
        due: m.due.clone(),
        due_label: due.map(super::counting::short_day).unwrap_or_default(),
        late_days: due.filter(|_| waits).map_or(0, |d| (today - d).num_days().max(0) as i32),
        received_on: m.received_on.clone(),
        note: m.note.clone(),
    }
}

pub(super) async fn materials_out(desk: &Arc<Desk>, ask: MaterialsOutAsk) -> Result<MaterialsOut> {
    let items = checked(&ask)?;
    let gathered = Gathered::of(desk, &ask.exhibition).await?;
    if let Some(lost) = ask.partners.iter().find(|id| !gathered.partners.iter().any(|p| p.id == **id)) {
        return Err(Fault::new(FaultKind::NotFound, format!("「{lost}」はこの展示の連携先ではありません"), "一覧から選び直してください"));
    }
    let chosen: Vec<Partner> = gathered.partners.iter().filter(|p| ask.partners.is_empty() || ask.partners.contains(&p.id)).cloned().collect();
    if chosen.is_empty() {
        return Err(Fault::new(FaultKind::NotFound, "依頼する連携先がありません", "展示に連携先を加えてください"));
    }
    let due = super::counting::day_label(&ask.due);
    let (occasion, folder, exhibition, asked) = (occasion(&gathered.exhibition), PathBuf::from(&ask.folder), ask.exhibition.clone(), items.clone());
    let sheets = chosen.clone();
    let written = in_background(move || {
        let mut taken = BTreeSet::new();
        sheets.iter().map(|p| {
            let request = Request { exhibition: exhibition.clone(), partner: p.id.clone(), occasion: occasion.clone(), name: p.name.clone(), kana: p.kana.clone(), prefecture: p.prefecture.clone(), due: due.clone(), items: asked.clone() };
            let out = free(&folder, &files::safe_name(&format!("依頼票_{}{}", p.prefecture, p.name)), &mut taken);
            files::write_whole(&out, &materials::workbook(&request)?)?;
            Ok(out.display().to_string())
        }).collect::<Result<Vec<String>>>()
    })
    .await?;
    let label = format!("素材を{}件に依頼", chosen.len());
    let edited = desk.store.edit(&label, |tx| chosen.iter().try_for_each(|p| items.iter().try_for_each(|item| note_asked(tx, &ask, gathered.find(&p.id, item), &p.id, item)))).await?;
    Ok(MaterialsOut { files: written, step: edited.step.map(super::history::wire_step) })
}

fn checked(ask: &MaterialsOutAsk) -> Result<Vec<String>> {
    let items = materials::in_order(ask.items.iter().map(|i| i.trim().to_owned()).filter(|i| !i.is_empty()));
    let wrong = |message: &str, hint: &str| Err(Fault::new(FaultKind::BadField, message, hint));
    if ask.folder.trim().is_empty() {
        return wrong("依頼票を書き出すフォルダーが指定されていません", "folder にフォルダーを指定してください");
    }
    if items.is_empty() || items.len() > MOST_ITEMS {
        return wrong("依頼する項目は1つから30までです", "紹介文、写真など、集めるものを選んでください");
    }
    if items.iter().any(|i| i.chars().count() > 40 || i.chars().any(char::is_control)) {
        return wrong("項目の名前が長すぎます（40字まで）", "短い名前にして、書き方は依頼のメールに書いてください");
    }
    if !ask.due.is_empty() && NaiveDate::parse_from_str(&ask.due, "%Y-%m-%d").is_err() {
        return wrong("締切の日付を読めません", "2026-04-03 のように指定してください");
    }
    Ok(items)
}

/// A name that no file of the folder bears: a sheet that lies there may be the answer of a city.
fn free(folder: &Path, stem: &str, taken: &mut BTreeSet<PathBuf>) -> PathBuf {
    loop {
        let out = files::unused(folder.join(format!("{stem}.xlsx")), taken);
        if !out.exists() {
            return out;
        }
    }
}

/// What has come already is not asked anew; only its day moves.
fn note_asked(tx: &mut Tx, ask: &MaterialsOutAsk, known: Option<&Material>, partner: &str, item: &str) -> Result<()> {
    match known {
        Some(m) if matches!(m.status.as_str(), "received" | "proofing" | "approved") => Ok(()),
        Some(m) => tx.set(Kind::Material, &m.id, json!({ "status": "asked", "due": ask.due })),
        None => tx.create(Kind::Material, json!({ "project": ask.exhibition, "partner": partner, "item": item, "status": "asked", "due": ask.due })).map(|_| ()),
    }
}

/// 第2回 魅力いっぱい ギュッと 千葉（令和4年9月… 東京区政会館）
fn occasion(e: &Exhibition) -> String {
    let number = e.number.map(|n| format!("第{n}回 ")).unwrap_or_default();
    let when = e.period.as_ref().map_or_else(|| fiscal_year_words(e.fiscal_year), crate::model::date::Period::wareki);
    let place: Vec<&str> = [e.venue_name.as_str(), e.space_name.as_str()].into_iter().filter(|w| !w.is_empty()).collect();
    let about = [when, place.join(" ")].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("　");
    format!("{number}{}（{about}）", e.title)
}

/// A sheet that was read and belongs to a partner, with its photos taken in.
struct Returned {
    file: String,
    partner: Partner,
    words: BTreeMap<String, String>,
    photos: Vec<(Taken, Picture)>,
}

pub(super) async fn materials_in(desk: &Arc<Desk>, ask: MaterialsInAsk) -> Result<MaterialsIn> {
    let gathered = Gathered::of(desk, &ask.exhibition).await?;
    let folder = PathBuf::from(&ask.folder);
    let sheets = in_background(move || sheets_below(&folder)).await?;
    let (mut returned, mut faults): (Vec<Returned>, Vec<FileFault>) = (Vec::new(), Vec::new());
    for sheet in &sheets {
        let alone = sheets.iter().filter(|s| s.parent() == sheet.parent()).count() == 1;
        let read = take_in(desk, &gathered, sheet, alone, &mut faults).await.and_then(|found| match returned.iter().find(|r| r.partner.id == found.partner.id) {
            Some(first) => Err(Fault::new(FaultKind::Conflict, format!("{}の依頼票が2つあります", found.partner.name), format!("先に読んだ「{}」を使いました。古いほうを別の場所に移してください", first.file))),
            None => Ok(found),
        });
        match read {
            Ok(found) => returned.push(found),
            Err(fault) => faults.push(FileFault { file: sheet.display().to_string(), message: fault.message, hint: fault.hint }),
        }
    }
    let photos = returned.iter().map(|r| r.photos.len() as i32).sum();
    let known: Vec<Photo> = desk.store.all(&Filter::all()).await?;
    let today = super::today().to_string();
    let filled = returned.iter().filter(|r| !r.words.is_empty() || !r.photos.is_empty()).count();
    let label = format!("素材を{filled}件から受け取る");
    let mut lines = Vec::new();
    let edited = desk.store.edit(&label, |tx| {
        for one in &returned {
            keep_photos(tx, one, &known)?;
            lines.push(keep_words(tx, &gathered, one, &today)?);
        }
        Ok(())
    });
    let edited = edited.await?;
    Ok(MaterialsIn { read: lines, faults, photos, step: edited.step.map(super::history::wire_step) })
}

/// Workbooks in the folder and one folder below it, in order; what Excel leaves behind while it is open (~$…) is none.
fn sheets_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let unread = |_| Fault::new(FaultKind::BadFile, format!("フォルダー「{}」を開けません", folder.display()), "返ってきた依頼票と写真を入れたフォルダーを選んでください");
    let listed = |dir: &Path| -> std::io::Result<Vec<PathBuf>> { Ok(std::fs::read_dir(dir)?.flatten().map(|e| e.path()).collect()) };
    let mut all = listed(folder).map_err(unread)?;
    let below: Vec<PathBuf> = all.iter().filter(|p| p.is_dir()).flat_map(|p| listed(p).unwrap_or_default()).collect();
    all.extend(below);
    let is_sheet = |p: &PathBuf| {
        let name = p.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        p.is_file() && (name.ends_with(".xlsx") || name.ends_with(".xls")) && !name.starts_with(['~', '.'])
    };
    all.retain(is_sheet);
    all.sort();
    if all.is_empty() {
        return Err(Fault::new(FaultKind::NotFound, format!("フォルダー「{}」に依頼票（.xlsx）がありません", folder.display()), "返ってきた依頼票と写真を入れたフォルダーを選んでください"));
    }
    if all.len() > MOST_SHEETS {
        return Err(Fault::new(FaultKind::BadFile, format!("依頼票が多すぎます（{}件）", all.len()), "この展示の依頼票だけを入れたフォルダーを選んでください"));
    }
    Ok(all)
}

/// Reads one sheet and takes its photos in; a photo that cannot be used is told, and the rest of the sheet counts.
async fn take_in(desk: &Arc<Desk>, gathered: &Gathered, sheet: &Path, alone: bool, faults: &mut Vec<FileFault>) -> Result<Returned> {
    let path = sheet.to_owned();
    let answer = in_background(move || read_answer(&path)).await?;
    let partner = whose(gathered, &answer)?;
    let (path, name) = (sheet.to_owned(), partner.name.clone());
    let named = answer.photos.clone();
    let places = in_background(move || Ok(places(&path, &name, alone, named))).await?;
    let mut photos = Vec::new();
    for (place, picture) in places {
        let taken = match place {
            Ok(place) => photos::take(desk, &place).await,
            Err(message) => Err(Fault::new(FaultKind::BadFile, message, "依頼票のファイル名と、同じフォルダーの写真をお確かめください")),
        };
        match taken {
            Ok(taken) => photos.push((taken, picture)),
            Err(fault) => faults.push(FileFault { file: sheet.display().to_string(), message: format!("{}：{}", partner.name, fault.message), hint: fault.hint }),
        }
    }
    let file = sheet.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Returned { file, partner, words: answer.words, photos })
}

/// Where the pictures lie: as the sheet names them, else those that came beside it.
fn places(sheet: &Path, name: &str, alone: bool, named: Vec<Picture>) -> Vec<(Result<PathBuf, String>, Picture)> {
    let folder = sheet.parent().unwrap_or(Path::new("."));
    if named.is_empty() {
        return photos_beside(sheet, name, alone).into_iter().map(|p| (Ok(p), Picture::default())).collect();
    }
    let pictures = Pictures::of(Some(folder), &|_| false);
    named.into_iter().map(|picture| {
        let found = match pictures.find(&picture.file) {
            Ok(Found::File(path)) => Ok(path),
            Ok(Found::Kept(_)) => Err(format!("写真「{}」を読めません", picture.file)),
            Err(message) => Err(message),
        };
        (found, picture)
    }).collect()
}

/// The partner by the hidden sheet, else by the name that stands in the sheet.
fn whose(gathered: &Gathered, answer: &Answer) -> Result<Partner> {
    if !answer.exhibition.is_empty() && answer.exhibition != gathered.exhibition.id {
        return Err(Fault::new(FaultKind::Conflict, format!("別の展示の依頼票です（{}）", answer.name), "この展示の依頼票だけを入れたフォルダーを選んでください"));
    }
    let by_name = || match check_name(&answer.name) {
        NameCheck::Known(m) => Some(m.id()),
        _ => None,
    };
    let id = if answer.partner.is_empty() { by_name() } else { Some(answer.partner.clone()) };
    let found = gathered.partners.iter().find(|p| id.as_ref().is_some_and(|id| *id == p.id) || (id.is_none() && p.name == answer.name));
    found.cloned().ok_or_else(|| Fault::new(FaultKind::NotFound, format!("「{}」はこの展示の連携先にありません", answer.name), "自治体名を直すか、展示の連携先に加えてください"))
}

/// A new photo gets what the sheet says of it; of one that is known only what was empty is filled.
fn keep_photos(tx: &mut Tx, one: &Returned, known: &[Photo]) -> Result<()> {
    let mut made = BTreeSet::new();
    for (taken, picture) in &one.photos {
        let expires = until(&picture.until);
        let said = [("title", &picture.title), ("credit", &picture.credit), ("permission", &picture.permission), ("permission_expires", &expires)];
        match known.iter().find(|p| p.hash == taken.hash) {
            Some(photo) => {
                let held = [&photo.title, &photo.credit, &photo.permission, &photo.permission_expires];
                let fresh: serde_json::Map<String, serde_json::Value> = said.iter().zip(held).filter(|((_, new), old)| old.is_empty() && !new.is_empty()).map(|((field, new), _)| ((*field).to_owned(), json!(new))).collect();
                if !fresh.is_empty() {
                    tx.set(Kind::Photo, &photo.id, fresh.into())?;
                }
            }
            None if made.insert(taken.hash.clone()) => {
                let [title, credit, permission, permission_expires] = said.map(|(_, word)| word.clone());
                tx.add(&Photo { title, credit, permission, permission_expires, ..photos::record(taken, &one.partner.id) })?;
            }
            None => {}
        }
    }
    Ok(())
}

/// 令和9年3月31日 as an ISO day; other words stay.
fn until(text: &str) -> String {
    let day = crate::model::date::parse_in(text, None).period.and_then(|p| p.last_day());
    day.map_or_else(|| text.to_owned(), |d| d.to_string())
}

/// Notes what came. Words that differ from what was approved make the item 受領 again: somebody has to look.
fn keep_words(tx: &mut Tx, gathered: &Gathered, one: &Returned, today: &str) -> Result<MaterialRead> {
    let mut words = one.words.clone();
    if !one.photos.is_empty() {
        words.insert(PHOTO.into(), one.photos.iter().map(|(taken, _)| taken.file_name.as_str()).collect::<Vec<_>>().join("、"));
    }
    for (item, note) in &words {
        match gathered.find(&one.partner.id, item) {
            Some(m) if m.note == *note && matches!(m.status.as_str(), "received" | "proofing" | "approved") => {}
            Some(m) => tx.set(Kind::Material, &m.id, json!({ "status": "received", "received_on": today, "note": note }))?,
            None => drop(tx.create(Kind::Material, json!({ "project": gathered.exhibition.id, "partner": one.partner.id, "item": item, "status": "received", "received_on": today, "note": note }))?),
        }
    }
    let waiting = gathered.known.iter().filter(|m| m.partner == one.partner.id && !words.contains_key(&m.item) && matches!(m.status.as_str(), "" | "none" | "asked"));
    let missing = materials::in_order(waiting.map(|m| m.item.clone()));
    Ok(MaterialRead { partner: one.partner.id.clone(), name: one.partner.name.clone(), file: one.file.clone(), received: materials::in_order(words.into_keys()), missing })
}
