//! Photos: each kept once, under the hash of its bytes, in the media folder beside the database. Never changed, never removed.
use super::Store;
use super::wording::{cannot_read, cannot_write, of_sql};
use crate::fault::{Fault, FaultKind, Result};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A larger file is no photo.
pub(crate) const LARGEST_PHOTO: u64 = 200 << 20;

/// A file in the media folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub hash: String,
    pub bytes: u64,
}

impl Store {
    pub fn media_folder(&self) -> PathBuf {
        self.folder.join("media")
    }

    /// Where the photo with this hash lies, if it is here.
    pub fn photo_path(&self, hash: &str) -> Option<PathBuf> {
        if !good_hash(hash) {
            return None;
        }
        Some(self.media_folder().join(hash)).filter(|p| p.is_file())
    }

    /// Copies a file into the media folder. Whether it is a picture is the caller's question.
    pub async fn keep_photo(&self, path: &Path) -> Result<Kept> {
        let (folder, path) = (self.media_folder(), path.to_owned());
        let work = move || {
            let file = File::open(&path).map_err(|e| cannot_read(&path, &e))?;
            if file.metadata().is_ok_and(|m| m.len() > LARGEST_PHOTO || m.is_dir()) {
                return Err(Fault::new(FaultKind::BadFile, format!("{} は大きすぎます（200 MBまで）", path.display()), "小さくした写真をお使いください"));
            }
            keep(&folder, file, &path)
        };
        let kept = blocking(work).await?;
        self.note_media(&kept).await?;
        Ok(kept)
    }

    pub(crate) async fn note_media(&self, kept: &Kept) -> Result<()> {
        let mut writer = self.writer.lock().await;
        let query = sqlx::query("INSERT OR IGNORE INTO media (hash, bytes, kept_at) VALUES (?, ?, ?)").bind(&kept.hash).bind(kept.bytes as i64).bind(super::now());
        query.execute(&mut writer.conn).await.map_err(of_sql)?;
        Ok(())
    }
}

/// blake3 in lower-case hex.
pub(crate) fn good_hash(hash: &str) -> bool {
    hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Writes beside, makes it durable, then gives it its name: a cut-off leaves no half photo under a whole name.
pub(crate) fn keep(folder: &Path, mut from: impl Read, source: &Path) -> Result<Kept> {
    std::fs::create_dir_all(folder).map_err(|e| cannot_write(folder, &e))?;
    let mut part = tempfile::Builder::new().prefix(".part-").tempfile_in(folder).map_err(|e| cannot_write(folder, &e))?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 256 << 10];
    let mut bytes = 0;
    loop {
        let n = from.read(&mut buffer).map_err(|e| cannot_read(source, &e))?;
        if n == 0 {
            break;
        }
        hasher.update(&buffer[..n]);
        part.write_all(&buffer[..n]).map_err(|e| cannot_write(folder, &e))?;
        bytes += n as u64;
    }
    let hash = hasher.finalize().to_hex().to_string();
    let path = folder.join(&hash);
    // One that is there already and whole is left alone.
    if std::fs::metadata(&path).map_or(true, |m| m.len() != bytes) {
        part.as_file().sync_all().map_err(|e| cannot_write(folder, &e))?;
        part.persist(&path).map_err(|e| cannot_write(&path, &e.error))?;
    }
    Ok(Kept { hash, bytes })
}

/// Runs file work where it keeps nobody waiting.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|e| Err(Fault::new(FaultKind::Internal, format!("ファイルの処理が途中で止まりました（{e}）"), "")))
}
