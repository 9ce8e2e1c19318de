//! Reading records from the projection. Never waits for a writer.
use super::shape::{Query, Shape, bind};
use super::wording::{bad_field, of_sql};
use super::{Record, Store, search};
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::{Kind, Noun};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;

/// Which records of a kind. Empty means all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Keeps records whose field has this very value.
    pub equals: BTreeMap<String, Value>,
    /// Keeps records that hold all of these words.
    pub search: String,
    pub limit: Option<u32>,
    pub offset: u32,
}

impl Filter {
    pub fn all() -> Self {
        Self::default()
    }
    pub fn of(field: &str, value: impl Into<Value>) -> Self {
        Self::default().and(field, value)
    }
    pub fn and(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.equals.insert(field.to_owned(), value.into());
        self
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub records: Vec<Record>,
    /// How many there are without the limit.
    pub total: u64,
}

/// Fields that put records in order, the first that a noun has.
const ORDER: &[&[&str]] = &[&["order"], &["fiscal_year", "number"], &["number"], &["day", "start"], &["day", "hour"], &["date"], &["due"], &["section", "code"], &["kana"], &["at"], &["name"], &["title"], &["file_name"]];

/// Columns a list of this kind is sorted by.
pub(crate) fn natural_order(kind: Kind) -> String {
    let has = |f: &&str| kind.fields().contains(f);
    let mut columns: Vec<&str> = match kind {
        Kind::ChecklistItem => vec!["due", "order"],
        _ => ORDER.iter().find(|fields| fields.iter().all(|f| has(&f))).map(|f| f.to_vec()).unwrap_or_default(),
    };
    columns.push("id");
    columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ")
}

impl Store {
    /// The record, unless it is removed or never was.
    pub async fn get(&self, kind: Kind, id: &str) -> Result<Option<Record>> {
        let table = self.shapes.of(kind);
        let sql = format!("SELECT {} FROM \"{}\" WHERE id = ?", table.names, kind.table());
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(&self.readers).await.map_err(of_sql)?;
        row.map(|row| table.record(&row)).transpose()
    }

    pub async fn find<T: Noun>(&self, id: &str) -> Result<Option<T>> {
        self.get(T::KIND, id).await?.map(typed).transpose()
    }

    pub async fn list(&self, kind: Kind, filter: &Filter) -> Result<Page> {
        let table = self.shapes.of(kind);
        let (wheres, values) = self.wheres(kind, filter)?;
        let mut query = sqlx::query(AssertSqlSafe(format!("SELECT {} FROM \"{}\" {wheres} ORDER BY {} LIMIT ? OFFSET ?", table.names, kind.table(), natural_order(kind))));
        query = bind_all(query, &values);
        let limit = filter.limit.map_or(-1, i64::from);
        let rows = query.bind(limit).bind(filter.offset).fetch_all(&self.readers).await.map_err(of_sql)?;
        let records = rows.iter().map(|row| table.record(row)).collect::<Result<Vec<_>>>()?;
        let total = if filter.limit.is_none() && filter.offset == 0 {
            records.len() as u64
        } else {
            let count = sqlx::query(AssertSqlSafe(format!("SELECT count(*) FROM \"{}\" {wheres}", kind.table())));
            bind_all(count, &values).fetch_one(&self.readers).await.map_err(of_sql)?.get::<i64, _>(0) as u64
        };
        Ok(Page { records, total })
    }

    pub async fn all<T: Noun>(&self, filter: &Filter) -> Result<Vec<T>> {
        self.list(T::KIND, filter).await?.records.into_iter().map(typed).collect()
    }

    /// How many records there are for each value of a text field.
    pub async fn count_by(&self, kind: Kind, field: &str) -> Result<Vec<(String, i64)>> {
        self.known(kind, field)?;
        let sql = format!("SELECT \"{field}\", count(*) FROM \"{}\" GROUP BY 1 ORDER BY 1", kind.table());
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.readers).await.map_err(of_sql)?;
        Ok(rows.iter().map(|row| (row.get_unchecked::<Option<String>, _>(0).unwrap_or_default(), row.get(1))).collect())
    }

    fn known(&self, kind: Kind, field: &str) -> Result<Shape> {
        let unknown = || Fault::new(FaultKind::BadField, format!("{}に「{field}」という項目はありません", kind.label()), "項目の名前をお確かめください");
        self.shapes.of(kind).shape(field).ok_or_else(unknown)
    }

    fn wheres(&self, kind: Kind, filter: &Filter) -> Result<(String, Vec<(Shape, Value)>)> {
        let (mut parts, mut values) = (vec![], vec![]);
        for (field, value) in &filter.equals {
            let shape = self.known(kind, field)?;
            if shape != Shape::Json && (value.is_array() || value.is_object()) {
                return Err(bad_field(kind, field, "は一つの値で比べてください"));
            }
            parts.push(format!("\"{field}\" IS ?"));
            values.push((shape, value.clone()));
        }
        for pattern in search::patterns(&filter.search) {
            parts.push(format!("id IN (SELECT record FROM words WHERE kind = '{}' AND folded LIKE ? ESCAPE '\\')", kind.table()));
            values.push((Shape::Text, pattern.into()));
        }
        let wheres = if parts.is_empty() { String::new() } else { format!("WHERE {}", parts.join(" AND ")) };
        Ok((wheres, values))
    }
}

fn bind_all<'q>(mut query: Query<'q>, values: &[(Shape, Value)]) -> Query<'q> {
    for (shape, value) in values {
        query = bind(query, *shape, value);
    }
    query
}

fn typed<T: Noun>(record: Record) -> Result<T> {
    serde_json::from_value(Value::Object(record)).map_err(|e| Fault::new(FaultKind::Internal, format!("{}を読めません（{e}）", T::KIND.label()), ""))
}
