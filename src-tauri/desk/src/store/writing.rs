//! One open write: the documents it touches, the chunks it makes, and the rows that follow, all in one transaction of SQLite.
//!
//! A document that is being written is out of the cache; it comes back after commit only. A write that fails or is dropped half-way
//! leaves nothing behind, neither on disk nor in memory.
use super::document::{Chunk, Document};
use super::wording::of_sql;
use super::{Store, projection, shape::Shapes};
use crate::calls::wire_types::Changed;
use crate::fault::Result;
use crate::model::record::{Home, Kind};
use sqlx::{Connection, Row, Sqlite, SqliteConnection, Transaction};
use std::collections::{BTreeSet, HashMap};

/// So many chunks are read one by one before the document is kept in one piece.
const SNAPSHOT_AFTER: usize = 200;

/// The one connection that writes, and the documents it has in memory.
pub(crate) struct Writer {
    pub conn: SqliteConnection,
    pub cache: HashMap<String, Document>,
    /// Which life of the workspace the cache belongs to; a restore begins a new one, perhaps by another process.
    pub epoch: String,
}

pub(crate) struct Writing<'w> {
    pub tx: Transaction<'w, Sqlite>,
    cache: &'w mut HashMap<String, Document>,
    shapes: &'w Shapes,
    open: HashMap<String, Document>,
    touched: BTreeSet<(String, Kind, String)>,
}

impl Store {
    /// Begins a write. `writer` is the guard of the one writer.
    pub(crate) async fn begin<'w>(&'w self, writer: &'w mut Writer) -> Result<Writing<'w>> {
        let Writer { conn, cache, epoch } = writer;
        let mut tx = conn.begin_with("BEGIN IMMEDIATE").await.map_err(of_sql)?;
        let current = super::setting::epoch(&mut tx).await?;
        if *epoch != current {
            cache.clear();
            *epoch = current;
        }
        Ok(Writing { tx, cache, shapes: &self.shapes, open: HashMap::new(), touched: BTreeSet::new() })
    }
}

impl Writing<'_> {
    /// The document, with everything that any process has stored of it.
    pub async fn document(&mut self, id: &str) -> Result<&mut Document> {
        if !self.open.contains_key(id) {
            let document = match self.cache.remove(id) {
                Some(mut document) => {
                    catch_up(&mut self.tx, &mut document).await?;
                    document
                }
                None => load(&mut self.tx, id).await?,
            };
            self.open.insert(id.to_owned(), document);
        }
        Ok(self.open.get_mut(id).expect("just opened"))
    }

    /// Connection, document and columns together. The document must be open.
    pub fn parts(&mut self, id: &str) -> (&mut SqliteConnection, &mut Document, &Shapes) {
        (&mut self.tx, self.open.get_mut(id).expect("the document was opened"), self.shapes)
    }

    pub fn touch(&mut self, document: &str, kind: Kind, id: &str) {
        self.touched.insert((document.to_owned(), kind, id.to_owned()));
    }

    /// Stores the chunks and shows the touched records. Nothing is final before `commit`.
    pub async fn store(&mut self, label: &str) -> Result<()> {
        for document in self.open.values_mut() {
            if let Some(chunk) = document.commit(label)? {
                document.upto = keep_chunk(&mut self.tx, document.id(), &chunk).await?;
                keep_heads(&mut self.tx, document).await?;
            }
        }
        for (id, kind, record) in &self.touched {
            projection::show(&mut self.tx, self.shapes, &self.open[id], *kind, record).await?;
        }
        Ok(())
    }

    /// Commits; what is to be announced comes back.
    pub async fn commit(self) -> Result<Changed> {
        let mut kinds: Vec<Kind> = self.touched.iter().map(|(_, kind, _)| *kind).collect();
        kinds.sort();
        kinds.dedup();
        let mut projects: Vec<String> = self.touched.iter().filter(|(_, kind, _)| kind.home() != Home::Registry).map(|(d, _, _)| d.clone()).collect();
        projects.sort();
        projects.dedup();
        self.tx.commit().await.map_err(of_sql)?;
        self.cache.extend(self.open);
        Ok(Changed { kinds, projects, also: vec!["history".into()] })
    }
}

/// Loads a document from its snapshot and the chunks that came after.
pub(crate) async fn load(conn: &mut SqliteConnection, id: &str) -> Result<Document> {
    let row = sqlx::query("SELECT snapshot, snapshot_upto FROM document WHERE id = ?").bind(id).fetch_optional(&mut *conn).await.map_err(of_sql)?;
    let (snapshot, upto) = match &row {
        Some(row) => (row.get::<Option<Vec<u8>>, _>(0), row.get::<i64, _>(1)),
        None => (None, 0),
    };
    let mut document = Document::load(id, snapshot.as_deref())?;
    document.upto = upto;
    if catch_up(conn, &mut document).await? > SNAPSHOT_AFTER {
        let (bytes, upto) = (document.save(), document.upto);
        sqlx::query("UPDATE document SET snapshot = ?, snapshot_upto = ? WHERE id = ?").bind(bytes).bind(upto).bind(id).execute(conn).await.map_err(of_sql)?;
    }
    Ok(document)
}

/// Takes in what was stored since, and says how many chunks that were.
async fn catch_up(conn: &mut SqliteConnection, document: &mut Document) -> Result<usize> {
    let rows = sqlx::query("SELECT n, bytes FROM chunk WHERE document = ? AND n > ? ORDER BY n")
        .bind(document.id().to_owned())
        .bind(document.upto)
        .fetch_all(conn)
        .await
        .map_err(of_sql)?;
    let Some(last) = rows.last() else { return Ok(0) };
    let upto = last.get(0);
    let count = rows.len();
    document.take(rows.iter().map(|row| row.get(1)).collect())?;
    document.upto = upto;
    Ok(count)
}

/// Stores a chunk; answers its number of arrival.
pub(crate) async fn keep_chunk(conn: &mut SqliteConnection, document: &str, chunk: &Chunk) -> Result<i64> {
    let done = sqlx::query("INSERT INTO chunk (hash, document, actor, seq, bytes, received_at) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(&chunk.hash)
        .bind(document)
        .bind(&chunk.actor)
        .bind(chunk.seq as i64)
        .bind(&chunk.bytes)
        .bind(super::now())
        .execute(conn)
        .await
        .map_err(of_sql)?;
    Ok(done.last_insert_rowid())
}

pub(crate) async fn keep_heads(conn: &mut SqliteConnection, document: &mut Document) -> Result<()> {
    sqlx::query("INSERT INTO document (id, heads) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET heads = ?2")
        .bind(document.id().to_owned())
        .bind(document.heads())
        .execute(conn)
        .await
        .map_err(of_sql)?;
    Ok(())
}
