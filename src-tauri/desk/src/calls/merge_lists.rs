//! The lists that a merge can take from the workspace itself: the partners of an exhibition, and the roster of an event.
use super::records::record;
use super::wire_types::MergeAsk;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::merge_panels::{Table, TableRow, read_table};
use crate::materials::PHOTO;
use crate::model::record::{Exhibition, FigureEntry, Id, Kind, Material, Partner, Photo, RosterEntry};
use crate::store::Filter;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Reads the list that the ask names.
pub(super) async fn list_of(desk: &Desk, ask: &MergeAsk) -> Result<Table> {
    match ask.source.as_str() {
        "partners" => partners(desk, ask).await,
        "roster" => roster(desk, &ask.source_id).await,
        "file" => {
            let (file, sheet) = (ask.file.clone(), ask.sheet.clone());
            super::panels::in_background(move || read_table(Path::new(&file), &sheet)).await
        }
        other => Err(Fault::new(FaultKind::BadField, format!("一覧の種類「{other}」はありません"), "partners（連携先）、roster（名簿）、file（Excel・CSV）から選んでください")),
    }
}

/// Photos and figures of each partner.
struct Known {
    photos: HashMap<Id, Vec<Photo>>,
    figures: HashMap<Id, BTreeMap<String, String>>,
}

impl Known {
    async fn of(desk: &Desk) -> Result<Self> {
        let mut known = Self { photos: HashMap::new(), figures: HashMap::new() };
        for photo in desk.store.all::<Photo>(&Filter::all()).await? {
            known.photos.entry(photo.partner.clone()).or_default().push(photo);
        }
        for figure in desk.store.all::<FigureEntry>(&Filter::all()).await? {
            let text = if figure.text.is_empty() { figure.value.map(|v| format!("{v}{}", figure.unit)).unwrap_or_default() } else { figure.text };
            known.figures.entry(figure.subject).or_default().insert(figure.name, text);
        }
        Ok(known)
    }

    /// Cells that follow from the partner: its photos with their credits, and its figures under `names`.
    fn cells(&self, partner: &str, names: &[String]) -> Vec<String> {
        let photos = self.photos.get(partner).filter(|_| !partner.is_empty());
        let photo = |n: usize| photos.and_then(|p| p.get(n)).cloned().unwrap_or_default();
        let (first, second) = (photo(0), photo(1));
        let mut cells = vec![first.hash, first.title, first.credit, first.permission, second.hash, second.title];
        cells.extend(names.iter().map(|n| self.figure(partner, n)));
        cells
    }

    fn figure(&self, partner: &str, name: &str) -> String {
        self.figures.get(partner).and_then(|f| f.get(name)).cloned().unwrap_or_default()
    }

    fn names(&self, partners: impl Iterator<Item = Id>) -> Vec<String> {
        let mut names: Vec<String> = partners.filter_map(|p| self.figures.get(&p)).flat_map(|f| f.keys().cloned()).collect();
        names.sort();
        names.dedup();
        names
    }
}

const PHOTO_COLUMNS: [&str; 6] = ["写真", "写真の説明", "提供", "許可番号", "写真2", "写真2の説明"];

fn columns(own: &[&str], figures: &[String]) -> Vec<String> {
    own.iter().chain(&PHOTO_COLUMNS).map(|c| (*c).to_owned()).chain(figures.iter().cloned()).collect()
}

fn numbered(rows: impl Iterator<Item = Vec<String>>) -> Vec<TableRow> {
    rows.enumerate().map(|(n, cells)| TableRow { number: n as i32 + 1, cells }).collect()
}

async fn partner(desk: &Desk, id: &str) -> Result<Option<Partner>> {
    let found = record(desk, Kind::Partner, id).await?;
    Ok(found.and_then(|r| serde_json::from_value(serde_json::Value::Object(r)).ok()))
}

/// The partners of these ids, each once; an association stands for its members.
pub(super) async fn taking_part(desk: &Desk, ids: Vec<Id>) -> Result<Vec<Partner>> {
    let mut all: Vec<Partner> = Vec::new();
    for id in ids {
        let Some(one) = partner(desk, &id).await? else { continue };
        if one.members.is_empty() {
            all.push(one);
            continue;
        }
        for member in &one.members {
            all.extend(partner(desk, member).await?);
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|p| seen.insert(p.id.clone()));
    Ok(all)
}

/// What the partners of an exhibition sent back, by partner and item: 紹介文, 産品, …
async fn sent_back(desk: &Desk, exhibition: &str) -> Result<HashMap<Id, BTreeMap<String, String>>> {
    let mut sent: HashMap<Id, BTreeMap<String, String>> = HashMap::new();
    let all: Vec<Material> = desk.store.all(&Filter::of("project", exhibition)).await?;
    for m in all.into_iter().filter(|m| m.item != PHOTO && !m.received_on.is_empty() && !m.note.is_empty()) {
        sent.entry(m.partner).or_default().insert(m.item, m.note);
    }
    Ok(sent)
}

/// The partners that are asked for, else those of the exhibition; an association stands for its members.
async fn partners(desk: &Desk, ask: &MergeAsk) -> Result<Table> {
    let exhibition: Option<Exhibition> = desk.store.find(&ask.exhibition).await?;
    let asked = if ask.ids.is_empty() { exhibition.map(|e| e.partners).unwrap_or_default() } else { ask.ids.clone() };
    let all = taking_part(desk, asked).await?;
    if all.is_empty() {
        return Err(Fault::new(FaultKind::NotFound, "この展示に連携先がありません", "展示の部屋で連携先を加えるか、Excelの一覧を選んでください"));
    }
    let known = Known::of(desk).await?;
    let sent = sent_back(desk, &ask.exhibition).await?;
    // What came back for this exhibition goes before a figure of the same name that was written down another time.
    let items = crate::materials::in_order(sent.values().flat_map(|words| words.keys().cloned()));
    let mut figures = known.names(all.iter().map(|p| p.id.clone()));
    figures.retain(|f| !items.contains(f));
    let row = |p: Partner| {
        let cells = known.cells(&p.id, &figures);
        let words = items.iter().map(|i| sent.get(&p.id).and_then(|w| w.get(i)).cloned().unwrap_or_else(|| known.figure(&p.id, i)));
        [vec![p.name, p.kana, p.prefecture, p.code, p.contact, p.tel], cells, words.collect()].concat()
    };
    let mut columns = columns(&["市名", "よみ", "都道府県", "団体コード", "窓口", "電話"], &figures);
    columns.extend(items.iter().cloned());
    Ok(Table { name: "連携先".into(), sheet: String::new(), columns, rows: numbered(all.into_iter().map(row)) })
}

async fn roster(desk: &Desk, event: &str) -> Result<Table> {
    let entries: Vec<RosterEntry> = desk.store.all(&Filter::of("project", event)).await?;
    let entries: Vec<RosterEntry> = entries.into_iter().filter(|e| e.status != "cancelled").collect();
    if entries.is_empty() {
        return Err(Fault::new(FaultKind::NotFound, "この名簿に出店者がありません", "イベントの部屋で名簿を作るか、Excelの一覧を選んでください"));
    }
    let known = Known::of(desk).await?;
    let figures = known.names(entries.iter().map(|e| e.partner.clone()));
    let row = |e: RosterEntry| {
        let days: Vec<String> = e.days.iter().map(|d| super::counting::day_label(d)).collect();
        let cells = known.cells(&e.partner, &figures);
        [vec![e.name, e.kana, e.products, e.booth, e.booth_class, days.join("、"), e.contact], cells].concat()
    };
    let columns = columns(&["名前", "よみ", "産品", "区画", "区分", "出店日", "窓口"], &figures);
    Ok(Table { name: "名簿".into(), sheet: String::new(), columns, rows: numbered(entries.into_iter().map(row)) })
}
