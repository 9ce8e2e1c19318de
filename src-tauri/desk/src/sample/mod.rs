//! The sample workspace: real facts of the project, with everything that was made up marked 見本. Pure: records out, nothing written.
pub mod facts;
mod fair;
mod panels;
mod registry;
pub mod scene;
mod projects;

use crate::model::date::Period;
use crate::model::municipality;
use crate::model::record::{Id, Kind, Noun};
use serde_json::{Value, json};

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

/// All of it; `picture` gives the key under which a drawn scene is kept.
pub fn records(picture: &dyn Fn(&Scene) -> String) -> Sample {
    let facts = facts::read();
    let mut sample = Sample::default();
    registry::fill(&mut sample, &facts);
    projects::fill(&mut sample, &facts);
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
