//! The columns of the projection as SQLite declares them, and how a field travels in and out of one.
use super::Record;
use super::wording::of_sql;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::Kind;
use serde_json::{Number, Value};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, Row, Sqlite, SqliteConnection};
use std::collections::HashMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Integer,
    Real,
    Flag,
    /// A list or an object as JSON text.
    Json,
}

pub(crate) struct Table {
    pub columns: Vec<(&'static str, Shape)>,
    /// `"id", "title", …` in the order of `columns`.
    pub names: String,
    pub upsert: String,
}

pub(crate) struct Shapes(HashMap<Kind, Table>);

impl Shapes {
    pub fn of(&self, kind: Kind) -> &Table {
        &self.0[&kind]
    }

    /// Reads the declared columns and makes sure that each field of each noun has one.
    pub async fn read(conn: &mut SqliteConnection) -> Result<Self> {
        let rows = sqlx::query("SELECT m.name, p.name, p.type FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'")
            .fetch_all(conn)
            .await
            .map_err(of_sql)?;
        let mut declared = HashMap::<(String, String), String>::new();
        for row in rows {
            declared.insert((row.get(0), row.get(1)), row.get(2));
        }
        let mut shapes = HashMap::new();
        for &kind in Kind::ALL {
            let mut columns = vec![];
            for name in std::iter::once(&"id").chain(kind.fields()) {
                let Some(shape) = declared.get(&(kind.table().to_owned(), (*name).to_owned())).and_then(|t| shape_of(t)) else {
                    return Err(Fault::new(FaultKind::Internal, format!("表 {} に列 {name} がありません", kind.table()), ""));
                };
                columns.push((*name, shape));
            }
            let names = columns.iter().map(|(n, _)| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
            let marks = vec!["?"; columns.len()].join(", ");
            let upsert = format!("INSERT OR REPLACE INTO \"{}\" ({names}) VALUES ({marks})", kind.table());
            shapes.insert(kind, Table { columns, names, upsert });
        }
        Ok(Self(shapes))
    }
}

fn shape_of(declared: &str) -> Option<Shape> {
    Some(match declared {
        "TEXT" => Shape::Text,
        "INTEGER" => Shape::Integer,
        "REAL" => Shape::Real,
        "BOOLEAN" => Shape::Flag,
        "JSON_TEXT" => Shape::Json,
        _ => return None,
    })
}

pub(crate) type Query<'q> = sqlx::query::Query<'q, Sqlite, SqliteArguments>;

/// Binds a field's value as its column wants it.
pub(crate) fn bind<'q>(query: Query<'q>, shape: Shape, value: &Value) -> Query<'q> {
    match (shape, value) {
        (_, Value::Null) => query.bind(None::<String>),
        (Shape::Json, v) => query.bind(v.to_string()),
        (_, Value::Bool(b)) => query.bind(*b),
        (Shape::Real, Value::Number(n)) => query.bind(n.as_f64()),
        (_, Value::Number(n)) => match n.as_i64() {
            Some(i) => query.bind(i),
            None => query.bind(n.as_f64()),
        },
        (_, Value::String(s)) => query.bind(s.clone()),
        (_, v) => query.bind(v.to_string()),
    }
}

impl Table {
    pub fn upsert<'q>(&self, record: &Record) -> Query<'q> {
        let mut query = sqlx::query(AssertSqlSafe(self.upsert.clone()));
        for (name, shape) in &self.columns {
            query = bind(query, *shape, record.get(*name).unwrap_or(&Value::Null));
        }
        query
    }

    /// The record in a row that was selected with `names`.
    pub fn record(&self, row: &SqliteRow) -> Result<Record> {
        let mut record = Record::new();
        for (i, (name, shape)) in self.columns.iter().enumerate() {
            record.insert((*name).to_owned(), cell(row, i, *shape).map_err(of_sql)?);
        }
        Ok(record)
    }

    pub fn shape(&self, field: &str) -> Option<Shape> {
        self.columns.iter().find(|(n, _)| *n == field).map(|(_, s)| *s)
    }
}

fn cell(row: &SqliteRow, i: usize, shape: Shape) -> Result<Value, sqlx::Error> {
    Ok(match shape {
        Shape::Text => row.try_get_unchecked::<Option<String>, _>(i)?.map_or(Value::Null, Value::String),
        Shape::Integer => row.try_get_unchecked::<Option<i64>, _>(i)?.map_or(Value::Null, Value::from),
        Shape::Real => row.try_get_unchecked::<Option<f64>, _>(i)?.and_then(Number::from_f64).map_or(Value::Null, Value::Number),
        Shape::Flag => row.try_get_unchecked::<Option<bool>, _>(i)?.map_or(Value::Null, Value::Bool),
        Shape::Json => match row.try_get_unchecked::<Option<String>, _>(i)? {
            Some(text) => serde_json::from_str(&text).map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
            None => Value::Null,
        },
    })
}
