//! Gives a bundle to another laptop, and takes one in: between the tables here and the file form of the exchange.
use super::media::{self, blocking};
use super::wording::{cannot_write, of_sql};
use super::{Merge, Store};
use crate::exchange::bundle::{self, Manifest, Parts, Photo};
use crate::fault::Result;
use futures::TryStreamExt;
use sqlx::{Connection, Row, SqliteConnection};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What went into a bundle.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub path: PathBuf,
    pub bytes: u64,
    pub chunks: u64,
    pub tallies: u64,
    pub photos: u64,
}

impl Store {
    /// Writes everything this workspace holds into one file.
    pub async fn bundle_out(&self, path: &Path, passphrase: Option<&str>) -> Result<Sent> {
        let desk = self.side_desk()?;
        let parts = self.lay_out_parts(desk.path()).await?;
        let m = &parts.manifest;
        let (chunks, tallies, photos) = (m.chunks.count, m.tallies.count, m.photos.len() as u64);
        let (target, passphrase) = (path.to_owned(), passphrase.map(str::to_owned));
        let bytes = blocking(move || bundle::write(&target, passphrase.as_deref(), &parts)).await?;
        Ok(Sent { path: path.to_owned(), bytes, chunks, tallies, photos })
    }

    /// Merges a bundle: all of it or nothing. The workspace is backed up first.
    pub async fn bundle_in(&self, path: &Path, passphrase: Option<&str>) -> Result<Merge> {
        let desk = self.side_desk()?;
        let (from, into, passphrase) = (path.to_owned(), desk.path().to_owned(), passphrase.map(str::to_owned));
        let parts = blocking(move || bundle::read(&from, passphrase.as_deref(), &into)).await?;
        self.merge(&parts).await
    }

    /// A folder for work in progress, gone when it is dropped.
    fn side_desk(&self) -> Result<tempfile::TempDir> {
        tempfile::Builder::new().prefix(".exchange-").tempdir_in(&self.folder).map_err(|e| cannot_write(&self.folder, &e))
    }

    async fn lay_out_parts(&self, into: &Path) -> Result<Parts> {
        let (device, device_name) = self.device().await?;
        let mut conn = self.readers.acquire().await.map_err(of_sql)?;
        // One view of the database for all parts.
        let mut tx = conn.begin().await.map_err(of_sql)?;
        let (chunks, tallies) = (into.join("chunks"), into.join("tallies"));
        let chunk_count = chunks_out(&mut tx, &chunks).await.map_err(|e| e.fault(&chunks))?;
        let tally_count = tallies_out(&mut tx, &tallies).await.map_err(|e| e.fault(&tallies))?;
        let hashes = sqlx::query("SELECT DISTINCT hash FROM photo ORDER BY hash").fetch_all(&mut *tx).await.map_err(of_sql)?;
        tx.commit().await.map_err(of_sql)?;
        // A photo whose file never reached this laptop is not here to be sent.
        let photos: Vec<(Photo, PathBuf)> = hashes
            .iter()
            .filter_map(|row| {
                let hash: String = row.get(0);
                let path = self.photo_path(&hash)?;
                let bytes = std::fs::metadata(&path).ok()?.len();
                (bytes <= media::LARGEST_PHOTO).then_some((Photo { hash, bytes }, path))
            })
            .collect();
        let measure = |path: &Path, count| bundle::measure(path, count).map_err(|e| cannot_write(path, &e));
        let manifest = Manifest {
            app: "tenjicho".into(),
            format: bundle::FORMAT,
            version: env!("CARGO_PKG_VERSION").into(),
            device,
            device_name,
            made_at: super::now(),
            chunks: measure(&chunks, chunk_count)?,
            tallies: measure(&tallies, tally_count)?,
            photos: photos.iter().map(|p| p.0.clone()).collect(),
        };
        Ok(Parts { manifest, chunks, tallies, photos: photos.into_iter().map(|p| p.1).collect() })
    }
}

enum Unsent {
    Sql(sqlx::Error),
    File(std::io::Error),
}

impl From<sqlx::Error> for Unsent {
    fn from(e: sqlx::Error) -> Self {
        Self::Sql(e)
    }
}

impl From<std::io::Error> for Unsent {
    fn from(e: std::io::Error) -> Self {
        Self::File(e)
    }
}

impl Unsent {
    fn fault(self, path: &Path) -> crate::fault::Fault {
        match self {
            Self::Sql(e) => of_sql(e),
            Self::File(e) => cannot_write(path, &e),
        }
    }
}

async fn chunks_out(conn: &mut SqliteConnection, path: &Path) -> Result<u64, Unsent> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut rows = sqlx::query("SELECT document, bytes FROM chunk ORDER BY n").fetch(conn);
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        bundle::write_chunk(&mut out, row.get(0), row.get(1))?;
        count += 1;
    }
    out.flush()?;
    Ok(count)
}

/// Every content of every key, so that all laptops come to know the same.
async fn tallies_out(conn: &mut SqliteConnection, path: &Path) -> Result<u64, Unsent> {
    let mut out = BufWriter::new(File::create(path)?);
    let sql = "SELECT json_array(device, seq, project, door, day, hour, at, category, delta, compensates) FROM tally UNION ALL SELECT content FROM quarantine";
    let mut rows = sqlx::query(sql).fetch(conn);
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        out.write_all(row.get_unchecked::<&str, _>(0).as_bytes())?;
        out.write_all(b"\n")?;
        count += 1;
    }
    out.flush()?;
    Ok(count)
}
