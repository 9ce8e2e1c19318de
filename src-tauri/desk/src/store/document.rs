//! One Automerge document and how records lie in it. Knows neither tables nor files.
//!
//! All fields of all records are keys of the root map, `table/id/field`. No map is ever nested: two laptops that made the same map apart
//! would otherwise hide each other's fields. A list is a list object whose elements merge; whatever is deeper is one value (JSON as bytes).
use super::{REGISTRY, Record, check};
use super::wording::of_document;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::{Home, Kind};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value as Held};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// The field that says whether a record is removed. It exists from the record's first moment.
pub(crate) const DELETED: &str = "deleted";

pub(crate) struct Document {
    id: String,
    auto: AutoCommit,
    /// Arrival number of the last chunk that is in it.
    pub upto: i64,
}

/// A change as it is stored and carried.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub hash: String,
    pub actor: String,
    pub seq: u64,
    pub bytes: Vec<u8>,
}

impl Chunk {
    /// Reads a chunk that came from elsewhere; its hash is computed, not believed. We write none compressed and inflate none.
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        const PLAIN_CHANGE: u8 = 1;
        if bytes.get(8) != Some(&PLAIN_CHANGE) {
            return None;
        }
        let change = Change::from_bytes(bytes.clone()).ok()?;
        Some(Self { hash: change.hash().to_string(), actor: change.actor_id().to_hex_string(), seq: change.seq(), bytes })
    }
}

/// A field that two laptops set apart.
pub(crate) struct Apart {
    pub field: &'static str,
    pub alternatives: Vec<Value>,
    pub chosen: Value,
}

static TABLES: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| Kind::ALL.iter().map(|k| (k.table(), *k)).collect());

impl Document {
    /// A fresh random actor each time: an actor that is used twice loses data.
    pub fn load(id: &str, snapshot: Option<&[u8]>) -> Result<Self> {
        let auto = match snapshot {
            Some(bytes) => AutoCommit::load(bytes).map_err(of_document)?,
            None => AutoCommit::new(),
        };
        let auto = auto.with_actor(ActorId::from(rand::random::<[u8; 16]>()));
        Ok(Self { id: id.to_owned(), auto, upto: 0 })
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// Takes in chunks; answers an error if one is unreadable or lacks what it builds on.
    pub fn take(&mut self, chunks: Vec<Vec<u8>>) -> Result<()> {
        let changes = chunks.into_iter().map(Change::from_bytes).collect::<Result<Vec<_>, _>>().map_err(of_document)?;
        self.auto.apply_changes(changes).map_err(of_document)?;
        let heads = self.auto.get_heads();
        if !self.auto.get_missing_deps(&heads).is_empty() {
            return Err(Fault::new(FaultKind::BadFile, "変更の記録に欠けている部分があります", "もう一度書き出してもらってください"));
        }
        Ok(())
    }

    pub fn save(&mut self) -> Vec<u8> {
        self.auto.save()
    }

    pub fn heads(&mut self) -> String {
        let mut heads: Vec<String> = self.auto.get_heads().iter().map(ToString::to_string).collect();
        heads.sort();
        heads.join(" ")
    }

    /// Closes what was written into one chunk.
    pub fn commit(&mut self, label: &str) -> Result<Option<Chunk>> {
        if self.auto.pending_ops() == 0 {
            return Ok(None);
        }
        let options = CommitOptions::default().with_message(label).with_time(chrono::Utc::now().timestamp());
        let Some(hash) = self.auto.commit_with(options) else { return Ok(None) };
        let change = self.auto.get_change_by_hash(&hash).ok_or_else(|| of_document("the change just made is missing"))?;
        Ok(Some(Chunk { hash: hash.to_string(), actor: change.actor_id().to_hex_string(), seq: change.seq(), bytes: change.raw_bytes().to_vec() }))
    }

    /// True or false once the record was made; none if it never was.
    pub fn deleted(&self, kind: Kind, id: &str) -> Option<bool> {
        if !self.holds(kind, id) {
            return None;
        }
        let (held, _) = self.auto.get(ROOT, key(kind, id, DELETED)).ok()??;
        Some(held.as_bool().unwrap_or(false))
    }

    /// The fields in their normal form, removed or not.
    pub fn record(&self, kind: Kind, id: &str) -> Record {
        let mut fields = Record::new();
        fields.insert("id".into(), id.into());
        for field in kind.fields() {
            if *field == "project" && kind.home() == Home::Project {
                fields.insert("project".into(), self.id.clone().into());
            } else if let Ok(Some((held, object))) = self.auto.get(ROOT, key(kind, id, field)) {
                fields.insert((*field).to_owned(), self.json(&held, &object));
            }
        }
        check::leniently(kind, fields)
    }

    /// All records that were ever made here.
    pub fn records(&self) -> BTreeSet<(Kind, String)> {
        let mut found = BTreeSet::new();
        for key in self.auto.keys(ROOT) {
            let mut parts = key.split('/');
            let (Some(table), Some(id), Some(DELETED), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else { continue };
            if let Some(kind) = TABLES.get(table)
                && self.holds(*kind, id)
            {
                found.insert((*kind, id.to_owned()));
            }
        }
        found
    }

    /// Whether a record of this kind and id may live here.
    fn holds(&self, kind: Kind, id: &str) -> bool {
        check::good_id(id)
            && match kind.home() {
                Home::Registry => self.id == REGISTRY,
                Home::Root => self.id == id,
                Home::Project => self.id != REGISTRY,
            }
    }

    /// Sets a field. Lists change only where they differ, unless two laptops made them apart: then the new one settles it.
    pub fn write(&mut self, kind: Kind, id: &str, field: &str, value: &Value) -> Result<()> {
        let key = key(kind, id, field);
        let Value::Array(new) = value else {
            return self.auto.put(ROOT, key, scalar(value)).map_err(of_document);
        };
        let held = self.auto.get_all(ROOT, key.as_str()).map_err(of_document)?;
        let standing = match held.as_slice() {
            [(Held::Object(ObjType::List), object)] => Some(object.clone()),
            _ => None,
        };
        let list = match standing {
            Some(list) => list,
            None => self.auto.put_object(ROOT, key.as_str(), ObjType::List).map_err(of_document)?,
        };
        self.write_list(&list, new)
    }

    fn write_list(&mut self, list: &ObjId, new: &[Value]) -> Result<()> {
        let old: Vec<Value> = self.elements(list).into_iter().map(|(v, _)| v).collect();
        let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
        let (gone, come) = (old.len() - head - tail, &new[head..new.len() - tail]);
        if gone == come.len() {
            for (i, value) in come.iter().enumerate() {
                if old[head + i] != *value {
                    self.auto.put(list, head + i, scalar(value)).map_err(of_document)?;
                }
            }
        } else {
            let values = come.iter().map(|v| automerge::hydrate::Value::Scalar(scalar(v)));
            self.auto.splice(list, head, gone as isize, values).map_err(of_document)?;
        }
        // Elements that were set apart and are right as they stand are written again, so that the question is settled.
        for (i, value) in new.iter().enumerate() {
            if self.auto.get_all(list, i).map_err(of_document)?.len() > 1 {
                self.auto.put(list, i, scalar(value)).map_err(of_document)?;
            }
        }
        Ok(())
    }

    /// The fields of a record that two laptops set apart, `deleted` among them.
    pub fn apart(&self, kind: Kind, id: &str) -> Vec<Apart> {
        let mut found = vec![];
        for field in std::iter::once(&DELETED).chain(kind.fields()) {
            let Ok(held) = self.auto.get_all(ROOT, key(kind, id, field)) else { continue };
            let mut alternatives: Vec<Value> = held.iter().flat_map(|(h, object)| self.variants(h, object)).collect();
            alternatives.sort_by_cached_key(Value::to_string);
            alternatives.dedup();
            if alternatives.len() > 1 {
                let chosen = held.last().map_or(Value::Null, |(h, object)| self.json(h, object));
                found.push(Apart { field, alternatives, chosen });
            }
        }
        found
    }

    /// A value as it stands, and for a list also as it would be with the other laptop's elements.
    fn variants(&self, held: &Held<'_>, object: &ObjId) -> Vec<Value> {
        let Held::Object(ObjType::List) = held else { return vec![self.json(held, object)] };
        let elements = self.elements(object);
        let most = elements.iter().map(|(_, others)| others.len()).max().unwrap_or(0);
        let mut all = vec![Value::Array(elements.iter().map(|(v, _)| v.clone()).collect())];
        for n in 0..most {
            all.push(Value::Array(elements.iter().map(|(v, others)| others.get(n).unwrap_or(v).clone()).collect()));
        }
        all
    }

    /// The elements of a list, each with what else it was set to.
    fn elements(&self, list: &ObjId) -> Vec<(Value, Vec<Value>)> {
        (0..self.auto.length(list))
            .map(|i| {
                let held = self.auto.get_all(list, i).unwrap_or_default();
                let mut values: Vec<Value> = held.iter().map(|(h, object)| self.json(h, object)).collect();
                let winner = values.pop().unwrap_or(Value::Null);
                if !values.is_empty() {
                    values.push(winner.clone());
                    values.sort_by_cached_key(Value::to_string);
                }
                (winner, values)
            })
            .collect()
    }

    fn json(&self, held: &Held<'_>, object: &ObjId) -> Value {
        match held {
            Held::Object(ObjType::List) => {
                let values = self.auto.values(object);
                values.map(|(v, id)| self.json(&v.into(), &id)).collect()
            }
            Held::Object(ObjType::Text) => self.auto.text(object).map_or(Value::Null, Value::String),
            Held::Object(_) => Value::Null,
            Held::Scalar(s) => match s.as_ref() {
                ScalarValue::Str(s) => Value::String(s.to_string()),
                ScalarValue::Int(i) => (*i).into(),
                ScalarValue::Uint(u) => (*u).into(),
                ScalarValue::F64(f) => serde_json::Number::from_f64(*f).map_or(Value::Null, Value::Number),
                ScalarValue::Boolean(b) => (*b).into(),
                ScalarValue::Bytes(b) => serde_json::from_slice(b).unwrap_or(Value::Null),
                _ => Value::Null,
            },
        }
    }
}

fn key(kind: Kind, id: &str, field: &str) -> String {
    format!("{}/{id}/{field}", kind.table())
}

fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Null => ScalarValue::Null,
        Value::Bool(b) => ScalarValue::Boolean(*b),
        Value::Number(n) => n.as_i64().map_or_else(|| ScalarValue::F64(n.as_f64().unwrap_or(0.0)), ScalarValue::Int),
        Value::String(s) => ScalarValue::Str(s.as_str().into()),
        deeper => ScalarValue::Bytes(deeper.to_string().into_bytes()),
    }
}
