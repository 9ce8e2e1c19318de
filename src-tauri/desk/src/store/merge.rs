//! Takes in what another laptop did: chunks and tallies, in any order, any number of times, with the same outcome.
use super::document::Chunk;
use super::media::{self, blocking};
use super::tally::{self, Tally};
use super::wording::{cannot_read, of_sql};
use super::writing::{Writing, keep_chunk, keep_heads};
use super::{REGISTRY, Store, backup, check, rebuild};
use crate::calls::wire_types::Changed;
use crate::exchange::bundle::{self, Parts};
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::Kind;
use sqlx::{Row, SqliteConnection};
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What came in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merge {
    pub chunks: u64,
    pub tallies: u64,
    pub photos: u64,
    /// Tallies whose key was taken by another content.
    pub quarantined: u64,
    /// What is to be confirmed now, whether it came by this merge or not.
    pub conflicts: u64,
    /// Nothing in it was new.
    pub already: bool,
    pub from_device: String,
    /// The copy that was made before.
    pub backup: PathBuf,
}

/// One step writes one chunk; even a copied project stays far below.
const LARGEST_CHUNK: u32 = 64 << 20;
const TALLIES_AT_ONCE: usize = 2000;
const LONGEST_LINE: u64 = 4096;

fn broken(why: &str) -> Fault {
    Fault::new(FaultKind::BadFile, format!("この持ち出しファイルは使えません（{why}）"), "もう一度書き出してもらってください。手もとの作業データは変わっていません")
}

impl Store {
    pub(crate) async fn merge(&self, parts: &Parts) -> Result<Merge> {
        let mut writer = self.writer.lock().await;
        let copy = self.copy(&mut writer.conn, backup::automatic(&self.folder, "merge"), "取り込みの前").await?;
        self.thin_out(Some(&copy.path));
        let mut merge = Merge { from_device: parts.manifest.device.clone(), backup: copy.path, ..Merge::default() };
        // Photos lie under their hash: one that came without its record harms nobody.
        let photos = self.keep_photos(parts, &mut merge).await?;
        let mut writing = self.begin(&mut writer).await?;
        for kept in photos {
            let query = sqlx::query("INSERT OR IGNORE INTO media (hash, bytes, kept_at) VALUES (?, ?, ?)").bind(kept.hash).bind(kept.bytes as i64).bind(super::now());
            query.execute(&mut *writing.tx).await.map_err(of_sql)?;
        }
        let documents = take_chunks(&mut writing, &parts.chunks, &mut merge).await?;
        take_tallies(&mut writing.tx, &parts.tallies, &mut merge).await?;
        merge.conflicts = sqlx::query("SELECT count(*) FROM conflict").fetch_one(&mut *writing.tx).await.map_err(of_sql)?.get::<i64, _>(0) as u64;
        merge.already = merge.chunks + merge.tallies + merge.photos + merge.quarantined == 0;
        writing.commit().await?;
        drop(writer);
        if !merge.already {
            self.announce(Changed { kinds: Kind::ALL.to_vec(), projects: documents.into_iter().filter(|d| d != REGISTRY).collect(), also: vec!["tallies".into()] });
        }
        Ok(merge)
    }

    async fn keep_photos(&self, parts: &Parts, merge: &mut Merge) -> Result<Vec<media::Kept>> {
        let folder = self.media_folder();
        let mut all = vec![];
        for (photo, path) in parts.manifest.photos.iter().zip(&parts.photos) {
            if self.photo_path(&photo.hash).is_none() {
                merge.photos += 1;
            }
            let (folder, path) = (folder.clone(), path.clone());
            all.push(blocking(move || media::keep(&folder, std::fs::File::open(&path).map_err(|e| cannot_read(&path, &e))?, &path)).await?);
        }
        Ok(all)
    }
}

/// Stores the chunks that are new, document by document; answers the documents that got some.
async fn take_chunks(writing: &mut Writing<'_>, path: &Path, merge: &mut Merge) -> Result<Vec<String>> {
    let mut new = BTreeMap::<String, Vec<Chunk>>::new();
    let mut seen = std::collections::HashSet::new();
    for item in bundle::chunks(path, LARGEST_CHUNK)? {
        let (document, bytes) = item?;
        if document != REGISTRY && !check::good_id(&document) {
            return Err(broken("知らない記録が入っています"));
        }
        let chunk = Chunk::read(bytes).ok_or_else(|| broken("変更の記録を読めません"))?;
        let known = sqlx::query("SELECT 1 FROM chunk WHERE hash = ?").bind(&chunk.hash).fetch_optional(&mut *writing.tx).await.map_err(of_sql)?;
        if known.is_none() && seen.insert(chunk.hash.clone()) {
            new.entry(document).or_default().push(chunk);
        }
    }
    let documents: Vec<String> = new.keys().cloned().collect();
    for (id, chunks) in new {
        merge.chunks += chunks.len() as u64;
        writing.document(&id).await?.take(chunks.iter().map(|c| c.bytes.clone()).collect()).map_err(|fault| match fault.kind {
            FaultKind::BadFile => fault,
            _ => broken("変更の記録がつながりません"),
        })?;
        let mut upto = 0;
        for chunk in &chunks {
            upto = keep_chunk(&mut writing.tx, &id, chunk).await?;
        }
        writing.settle_document(&id, upto).await?;
    }
    Ok(documents)
}

impl Writing<'_> {
    /// Notes heads and arrival of a document that took chunks in, and shows all its records.
    async fn settle_document(&mut self, id: &str, upto: i64) -> Result<()> {
        let (tx, document, shapes) = self.parts(id);
        document.upto = upto;
        keep_heads(tx, document).await?;
        rebuild::show_all(tx, shapes, document).await
    }
}

async fn take_tallies(conn: &mut SqliteConnection, path: &Path, merge: &mut Merge) -> Result<()> {
    let mut file = BufReader::new(std::fs::File::open(path).map_err(|e| cannot_read(path, &e))?);
    let mut batch = vec![];
    loop {
        let mut line = String::new();
        let n = file.by_ref().take(LONGEST_LINE).read_line(&mut line).map_err(|_| broken("人数の記録を読めません"))?;
        if n > 0 {
            batch.push(read_tally(line.trim_end())?);
        }
        if batch.len() == TALLIES_AT_ONCE || (n == 0 && !batch.is_empty()) {
            take_batch(conn, std::mem::take(&mut batch), merge).await?;
        }
        if n == 0 {
            break;
        }
    }
    let contested: i64 = sqlx::query("SELECT count(*) FROM quarantine").fetch_one(&mut *conn).await.map_err(of_sql)?.get(0);
    if contested > 0 { add_up_again(conn).await } else { Ok(()) }
}

type Columns = (String, i64, String, String, String, i64, String, String, i64, Option<i64>);

fn read_tally(line: &str) -> Result<Tally> {
    let (device, seq, project, door, day, hour, at, category, delta, compensates): Columns = serde_json::from_str(line).map_err(|_| broken("人数の記録を読めません"))?;
    let whole = chrono::NaiveDate::parse_from_str(&day, "%Y-%m-%d").is_ok()
        && chrono::NaiveDateTime::parse_from_str(&at, "%Y-%m-%dT%H:%M:%S%.3f").is_ok()
        && [&device, &project, &door, &category].iter().all(|id| check::good_id(id))
        && (0..24).contains(&hour)
        && seq > 0
        && delta.unsigned_abs() <= 1_000;
    if !whole {
        return Err(broken("人数の記録に正しくない行があります"));
    }
    Ok(Tally { device, seq, project, door, day, hour, at, category, delta, compensates })
}

/// New keys are counted; a key that is taken by another content is quarantined.
async fn take_batch(conn: &mut SqliteConnection, batch: Vec<Tally>, merge: &mut Merge) -> Result<()> {
    let keys: Vec<(&str, i64)> = batch.iter().map(|t| (t.device.as_str(), t.seq)).collect();
    let keys = serde_json::to_string(&keys).unwrap_or_default();
    let sql = "SELECT t.* FROM json_each(?) k JOIN tally t ON t.device = k.value->>0 AND t.seq = k.value->>1";
    let rows = sqlx::query(sql).bind(keys).fetch_all(&mut *conn).await.map_err(of_sql)?;
    let mut held: HashMap<(String, i64), Tally> = rows.iter().map(tally::tally).map(|t| ((t.device.clone(), t.seq), t)).collect();
    let mut new = vec![];
    for tally in batch {
        match held.get(&(tally.device.clone(), tally.seq)) {
            None => {
                held.insert((tally.device.clone(), tally.seq), tally.clone());
                new.push(tally);
            }
            Some(same) if *same == tally => {}
            Some(_) => merge.quarantined += quarantine(conn, &tally).await?,
        }
    }
    merge.tallies += new.len() as u64;
    if new.is_empty() { Ok(()) } else { tally::insert(conn, &new).await }
}

fn content(t: &Tally) -> String {
    serde_json::to_string(&(&t.device, t.seq, &t.project, &t.door, &t.day, t.hour, &t.at, &t.category, t.delta, t.compensates)).unwrap_or_default()
}

async fn quarantine(conn: &mut SqliteConnection, tally: &Tally) -> Result<u64> {
    let content = content(tally);
    let query = sqlx::query("INSERT OR IGNORE INTO quarantine (device, seq, hash, content, received_at) VALUES (?, ?, ?, ?, ?)")
        .bind(&tally.device)
        .bind(tally.seq)
        .bind(blake3::hash(content.as_bytes()).to_hex().to_string())
        .bind(content)
        .bind(super::now());
    Ok(query.execute(conn).await.map_err(of_sql)?.rows_affected())
}

/// Sums again from the tallies; of a key with several contents the one with the smallest hash counts, on every laptop alike.
pub(crate) async fn add_up_again(conn: &mut SqliteConnection) -> Result<()> {
    sqlx::raw_sql(
        "DELETE FROM tally_day; DELETE FROM tally_hour;
         INSERT INTO tally_day SELECT project, day, door, category, device, sum(delta), sum(iif(compensates IS NULL, 1, -1)) FROM tally GROUP BY 1, 2, 3, 4, 5;
         INSERT INTO tally_hour SELECT project, day, hour, door, sum(delta) FROM tally GROUP BY 1, 2, 3, 4;",
    )
    .execute(&mut *conn)
    .await
    .map_err(of_sql)?;
    let rows = sqlx::query("SELECT t.*, q.content AS other FROM (SELECT device, seq, content, min(hash) FROM quarantine GROUP BY 1, 2) q JOIN tally t USING (device, seq)")
        .fetch_all(&mut *conn)
        .await
        .map_err(of_sql)?;
    for row in rows {
        let here = tally::tally(&row);
        let other = read_tally(row.get("other"))?;
        if blake3::hash(content(&other).as_bytes()).to_hex() < blake3::hash(content(&here).as_bytes()).to_hex() {
            tally::add(conn, &here, -1).await?;
            tally::add(conn, &other, 1).await?;
        }
    }
    Ok(())
}
