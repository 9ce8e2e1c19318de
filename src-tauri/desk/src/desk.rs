//! An open workspace with everything the calls need: the store, the press room and the running jobs.
use crate::calls::wire_types::{Changed, Job};
use crate::fault::Result;
use crate::model::record::Kind;
use crate::pressroom::PressRoom;
use crate::sample;
use crate::store::Store;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

pub struct Desk {
    pub store: Store,
    pub press: PressRoom,
    pub(crate) jobs: Mutex<Vec<Running>>,
}

/// A job as it stands, and the flag that stops it.
pub(crate) struct Running {
    pub job: Job,
    pub stop: Arc<AtomicBool>,
}

impl Desk {
    /// Opens the workspace in this folder, or makes it. Faces are read from `fonts` when they are first needed.
    pub async fn open(folder: &Path, fonts: &Path) -> Result<Arc<Self>> {
        let store = Store::open(folder).await?;
        let press = PressRoom::new(fonts, folder);
        Ok(Arc::new(Self { store, press, jobs: Mutex::default() }))
    }

    /// Makes the sample workspace in this folder.
    pub async fn sample(folder: &Path, fonts: &Path) -> Result<Arc<Self>> {
        // Drawn first: a start that is cut off meanwhile leaves no half-made workspace behind.
        let drawn = sample::draw().await?;
        let desk = Self::open(folder, fonts).await?;
        sample::make(&desk, drawn).await?;
        Ok(desk)
    }

    /// What changed, after each commit and with each step of a job.
    pub fn changes(&self) -> tokio::sync::broadcast::Receiver<Changed> {
        self.store.changes()
    }

    /// What an address of the window's own scheme shows: type and bytes. `None` where there is nothing.
    pub async fn resource(self: &Arc<Self>, path: &str) -> Option<(String, Vec<u8>)> {
        let (place, query) = path.split_once('?').unwrap_or((path, ""));
        let query: BTreeMap<&str, &str> = query.split('&').filter_map(|p| p.split_once('=')).collect();
        let (room, name) = place.trim_start_matches('/').split_once('/')?;
        match room {
            "page" => {
                let svg = self.press.page(name.strip_suffix(".svg")?)?;
                Some(("image/svg+xml".into(), svg.as_bytes().to_vec()))
            }
            "photo" => {
                let width = query.get("w").and_then(|w| w.parse().ok()).unwrap_or(1_600);
                let (kind, bytes) = self.photo(name, width).await?;
                Some((kind.into(), bytes))
            }
            "thumb" => Some(("image/png".into(), crate::calls::thumb(self, name).await?)),
            "sample" => Some(("image/png".into(), self.press.kept("sample", name)?)),
            "look" => Some(("image/png".into(), crate::calls::look(self, name).await?)),
            "font" => Some(("font/ttf".into(), self.press.font_file(name)?)),
            _ => None,
        }
    }

    /// A reduced photo by its hash; made once and kept beside the workspace.
    async fn photo(self: &Arc<Self>, hash: &str, width: u32) -> Option<(&'static str, Vec<u8>)> {
        let path = self.store.photo_path(hash)?;
        let (desk, hash) = (self.clone(), hash.to_owned());
        tokio::task::spawn_blocking(move || desk.press.proxy(&path, &hash, width.clamp(32, 4_000)).ok()).await.ok()?
    }


    /// Says that a kind of thing beside the records moved on.
    pub(crate) fn announce(&self, also: &str) {
        self.store.announce(Changed { kinds: Vec::<Kind>::new(), projects: vec![], also: vec![also.to_owned()] });
    }
}
