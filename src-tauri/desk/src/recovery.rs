//! The office of a workspace that could not be opened: it says why, what could take its place, and puts that there. It writes nothing else.
use crate::calls::wire_types::{Nothing, RecoverAsk, Recovered, Recovery, RecoveryLine};
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::Kind;
use crate::store::{self, Candidate, Store};
use crate::{Desk, calls};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Kinds that are told of a backup, so that a coordinator knows it again.
const TOLD: [Kind; 4] = [Kind::Exhibition, Kind::Event, Kind::Panel, Kind::RosterEntry];

/// A workspace that stays closed, and why.
#[derive(Clone, Debug)]
pub struct Closed {
    folder: PathBuf,
    fonts: PathBuf,
    pub fault: Fault,
}

impl Closed {
    pub fn new(folder: &Path, fonts: &Path, fault: Fault) -> Self {
        Self { folder: folder.to_owned(), fonts: fonts.to_owned(), fault }
    }

    /// Answers `recovery` and `recover`; to everything else it says why the workspace is closed. A recovered workspace comes back open.
    pub async fn call(&self, name: &str, ask: Value) -> Result<(Value, Option<Arc<Desk>>)> {
        match name {
            "recovery" => {
                let _: Nothing = calls::read(name, ask)?;
                Ok((calls::written(&self.recovery().await)?, None))
            }
            "recover" => {
                let ask: RecoverAsk = calls::read(name, ask)?;
                let (recovered, desk) = self.recover(Path::new(&ask.path)).await?;
                Ok((calls::written(&recovered)?, Some(desk)))
            }
            _ => Err(self.fault.clone()),
        }
    }

    async fn is_damaged(&self) -> bool {
        self.fault.kind == FaultKind::Workspace && store::is_damaged(&self.folder).await
    }

    /// What there is to go back to. Only a damaged database is replaced: one that is locked or of a newer version is sound.
    pub async fn recovery(&self) -> Recovery {
        let damaged = self.is_damaged().await;
        let backups = if damaged { store::candidates(&self.folder, &TOLD).await } else { Vec::new() };
        let last = store::last_step(&self.folder).await.unwrap_or_default();
        Recovery {
            closed: true,
            folder: self.folder.display().to_string(),
            reason: self.fault.message.clone(),
            hint: self.fault.hint.clone(),
            damaged,
            last_at: last.0,
            last_label: last.1,
            photos: photos(&self.folder),
            backups: backups.into_iter().map(line).collect(),
        }
    }

    /// Puts the backup in the place of the damaged database, which is set aside whole, and opens the workspace.
    pub async fn recover(&self, backup: &Path) -> Result<(Recovered, Arc<Desk>)> {
        if !self.is_damaged().await {
            return Err(self.fault.clone());
        }
        let aside = Store::recover(&self.folder, backup).await?;
        let desk = Desk::open(&self.folder, &self.fonts).await?;
        Ok((Recovered { folder: self.folder.display().to_string(), aside: aside.display().to_string() }, desk))
    }
}

fn line(of: Candidate) -> RecoveryLine {
    let count = |i: usize| of.counts.get(i).copied().unwrap_or_default() as i32;
    let (last_at, last_label) = of.last.clone().unwrap_or_default();
    RecoveryLine {
        path: of.path.display().to_string(),
        bytes: of.bytes as f64,
        exhibitions: count(0),
        events: count(1),
        panels: count(2),
        roster: count(3),
        tallies: of.tallies as i32,
        at: of.at,
        reason: of.reason,
        last_at,
        last_label,
    }
}

/// Photos lie as files beside the database and outlive it.
fn photos(folder: &Path) -> i32 {
    fn files(dir: &Path) -> usize {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        entries.map(|e| if e.path().is_dir() { files(&e.path()) } else { usize::from(!e.file_name().to_string_lossy().starts_with('.')) }).sum()
    }
    files(&folder.join("media")) as i32
}
