//! The store: what was done is kept as change chunks and tallies, what is seen is read from tables made of them. The only room that speaks SQL.
//!
//! # How to use it (for the calls)
//! ```text
//! let store = Store::open(folder).await?;                        // creates or opens; Fault::Workspace if it cannot be trusted
//!
//! // Reading: always from the projection, never waits for a writer.
//! store.get(Kind::Booth, id).await?                              -> Option<Record>      Record = serde_json::Map, `id` first
//! store.find::<Booth>(id).await?                                 -> Option<Booth>
//! store.list(Kind::Booth, &Filter::of("project", id)).await?     -> Page { records, total }  in the order of `natural_order`
//! store.all::<Booth>(&Filter::of("project", id)).await?          -> Vec<Booth>
//! store.count_by(Kind::Partner, "kind").await?                   -> Vec<(String, i64)>
//! store.search("はちじょう", 20).await?                            -> Vec<Found>
//!
//! // Writing: one described, undoable step. The closure only says what to do; it is done, checked, stored and announced together.
//! let edited = store.edit("会期を変更", |tx| {
//!     let id = tx.create(Kind::Door, json!({"project": p, "name": "南口"}))?;   // or create_as(kind, id, ..), or add(&noun)
//!     tx.set(Kind::Event, &p, json!({"title": "…"}))?;                          // only the fields named; id and project stay
//!     tx.remove(Kind::Booth, &b);
//!     Ok(id)
//! }).await?;                                                     -> Edited { value, ids, step: Option<Step> }  (None: nothing differed)
//! store.undo(None) / undo(Some(step)) / redo(..) / history(project, limit)
//!
//! // Counting: immutable rows; totals from roll-ups.
//! store.count(Press { .. }).await? -> Tally    store.uncount(project, door, at)    store.day_sums(project)    store.hour_sums(project, day)
//!
//! store.changes()                                                -> broadcast::Receiver<Changed>, sent after commit
//! store.conflicts() / settle(id, value, what follows) · setting(key) / set_setting(key, value) · keep_photo(path) / photo_path(hash)
//! store.backup(path, reason) / backups() / restore(path) · bundle_out(path, passphrase) / bundle_in(path, passphrase)
//! store.rebuild() · store.fingerprint()                          tests and repair
//! ```
mod backup;
mod check;
mod conflict;
mod device;
mod document;
mod edit;
mod media;
mod merge;
mod open;
mod projection;
mod read;
mod rebuild;
mod recovery;
mod search;
mod setting;
mod shape;
mod tally;
mod trade;
mod undo;
mod wording;
mod writing;

pub use backup::Backup;
pub use conflict::{Conflict, Follows};
pub use edit::{Edited, Tx};
pub use media::Kept;
pub use merge::Merge;
pub use open::MIGRATIONS;
pub use read::{Filter, Page};
pub use rebuild::Fingerprint;
pub use recovery::{Candidate, candidates, is_damaged, last_step};
pub use search::{Found, fold};
pub use tally::{DaySum, HourSum, Press, Tally};
pub use trade::Sent;
pub use undo::{History, Step};

use crate::calls::wire_types::Changed;
use std::path::{Path, PathBuf};

/// The fields of one record, `id` first.
pub type Record = serde_json::Map<String, serde_json::Value>;

/// The document of partners, venues and photos.
pub(crate) const REGISTRY: &str = "registry";

/// An open workspace.
pub struct Store {
    folder: PathBuf,
    readers: sqlx::SqlitePool,
    writer: tokio::sync::Mutex<writing::Writer>,
    shapes: shape::Shapes,
    changed: tokio::sync::broadcast::Sender<Changed>,
}

impl Store {
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Size of the database file in bytes.
    pub fn database_bytes(&self) -> u64 {
        std::fs::metadata(open::database(&self.folder)).map_or(0, |m| m.len())
    }

    /// What changed, sent after each commit. Whoever shows it reads again.
    pub fn changes(&self) -> tokio::sync::broadcast::Receiver<Changed> {
        self.changed.subscribe()
    }

    pub(crate) fn announce(&self, changed: Changed) {
        // Nobody listening is no fault.
        let _ = self.changed.send(changed);
    }
}

/// A new random id: 128 bits in hex.
pub fn new_id() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// How a moment is written: Japanese time with its zone.
const TIME: &str = "%Y-%m-%dT%H:%M:%S%.3f%:z";

/// Now, with offset.
pub(crate) fn now() -> String {
    crate::clock::now().format(TIME).to_string()
}
