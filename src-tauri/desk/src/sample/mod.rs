//! The sample workspace: real facts of the project, with everything that was made up marked 見本.
//!
//! `records` is pure; `draw` makes the pictures and `make` saves it all.
pub mod facts;
mod fair;
mod panels;
mod panels_more;
mod registry;
pub mod scene;
mod projects;

use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::date::Period;
use crate::model::municipality;
use crate::model::record::{Id, Kind, Noun, Photo};
use crate::store::Press;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Words that every invented record bears in its note.
pub const MARK: &str = "見本";

/// Records in the order in which they are to be saved, and the visitors that were counted.
#[derive(Default)]
pub struct Sample {
    pub records: Vec<(Kind, Value)>,
    pub tallies: Vec<Tally>,
}

/// One press of a counter, as the sample has it.
#[derive(Clone, Debug)]
pub struct Tally {
    pub project: Id,
    pub door: Id,
    /// 2025-11-08T10:05:00
    pub at: String,
    pub category: &'static str,
    pub delta: i32,
}

impl Sample {
    fn add<N: Noun>(&mut self, record: N) {
        self.records.push((N::KIND, serde_json::to_value(record).expect("a record is plain data")));
    }
}

pub use panels::{Scene, scenes};

/// All of it, seen from `today`; `picture` gives the key under which a drawn scene is kept.
pub fn records(today: chrono::NaiveDate, picture: &dyn Fn(&Scene) -> String) -> Sample {
    let facts = facts::read();
    let mut sample = Sample::default();
    registry::fill(&mut sample, &facts);
    projects::fill(&mut sample, &facts, today);
    fair::fill(&mut sample);
    panels::fill(&mut sample, &facts, picture);
    sample
}

/// The same name gives the same id on every laptop.
pub fn id(name: &str) -> Id {
    let hash = blake3::hash(format!("tenjicho sample {name}").as_bytes());
    hash.to_hex()[..32].to_owned()
}

/// Id of an exhibition by its 年度 and number.
pub fn exhibition_id(fiscal_year: i32, number: i32) -> Id {
    id(&format!("exhibition {fiscal_year} {number}"))
}

/// Id of the event of 令和7年度 that has a roster.
pub fn fair_id() -> Id {
    id("event 魅力発信イベント")
}

/// A partner by the name that the facts give: a municipality, or an association or company of the registry.
fn partner_id(name: &str) -> Id {
    municipality::by_name(name).map_or_else(|| id(&format!("partner {name}")), municipality::Municipality::id)
}

/// The period as exactly as it is known; none where nothing is.
fn period(span: &facts::Span) -> Option<Period> {
    if span.from.is_empty() {
        return None;
    }
    let precision = if span.precision.is_empty() { "day" } else { &span.precision };
    let hours: Vec<&str> = span.hours.split('-').filter(|h| !h.is_empty()).collect();
    let wire = json!({ "precision": precision, "from": span.from, "to": span.to, "hours": hours });
    Some(serde_json::from_value(wire).expect("the facts hold real days"))
}

/// Saves the pictures and everything else into an open, empty workspace.
pub async fn make(desk: &Desk, drawn: Vec<(Scene, Vec<u8>)>) -> Result<()> {
    let mut keys = BTreeMap::new();
    let mut photos = Vec::new();
    let folder = desk.store.folder().join("cache");
    for ((kind, seed), jpeg) in drawn {
        let file = folder.join(format!("{kind}-{seed}.jpg"));
        crate::files::write_whole(&file, &jpeg)?;
        let hash = desk.store.keep_photo(&file).await?.hash;
        let info = tenjicho_press::picture::probe(&kind, &jpeg).map_err(|e| crate::pressroom::of_picture(&e))?;
        // The media folder has it now.
        let _ = std::fs::remove_file(&file);
        photos.push(Photo {
            id: id(&format!("photo {kind} {seed}")),
            hash: hash.clone(),
            file_name: format!("{kind}-{seed}.jpg"),
            width: info.width as i32,
            height: info.height as i32,
            bytes: jpeg.len() as f64,
            title: format!("{MARK}の画像 {kind} {seed}"),
            credit: "画像：展示帖見本".into(),
            note: MARK.into(),
            ..Photo::default()
        });
        keys.insert((kind, seed), hash);
    }
    let mut sample = records(crate::clock::today(), &|scene| keys.get(scene).cloned().unwrap_or_default());
    photos.into_iter().for_each(|photo| sample.add(photo));
    save(desk, sample).await?;
    // The window opens on a year that has everything, not on an empty one.
    desk.store.set_setting("place", &json!({ "room": "nenkan", "year": 2025, "at": {}, "look": "system" })).await
}

/// Saves the records and counts the visitors.
pub async fn save(desk: &Desk, sample: Sample) -> Result<()> {
    desk.store
        .edit("見本を用意", |tx| {
            for (kind, record) in sample.records {
                let id = record["id"].as_str().unwrap_or_default().to_owned();
                tx.create_as(kind, &id, record)?;
            }
            Ok(())
        })
        .await?;
    let press = |t: Tally| {
        let at = chrono::NaiveDateTime::parse_from_str(&t.at, "%Y-%m-%dT%H:%M:%S").expect("the sample's times are well-formed");
        Press { project: t.project, door: t.door, category: t.category.into(), delta: t.delta, at }
    };
    desk.store.count_all(sample.tallies.into_iter().map(press).collect()).await?;
    desk.store.set_setting("sample", &Value::Bool(true)).await
}

/// Draws all pictures, as JPEG.
pub async fn draw() -> Result<Vec<(Scene, Vec<u8>)>> {
    use rayon::prelude::*;
    let drawing = tokio::task::spawn_blocking(|| {
        let drawn = |(kind, seed): Scene| {
            // The title runs over a whole A1 sheet on its side and needs more pixels.
            let scale = if (kind.clone(), seed) == panels::title_scene() { 1.7 } else { 1.0 };
            let jpeg = scene::draw_at(&kind, seed, scale);
            ((kind, seed), jpeg)
        };
        scenes().into_par_iter().map(drawn).collect()
    });
    drawing.await.map_err(|e| Fault::new(FaultKind::Internal, format!("見本の画像を描けません（{e}）"), "もう一度お試しください"))
}
