//! Whether fields are what their noun says, before they are written and after they are merged.
use super::Record;
use super::wording::bad_field;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::record::Kind;
use serde_json::Value;

/// No field is longer than this as JSON text.
const LONGEST_FIELD: usize = 4 << 20;

/// Reads `set` onto `current` strictly and answers the whole record in its normal form.
pub(crate) fn strictly(kind: Kind, current: &Record, set: &Record) -> Result<Record> {
    let mut whole = current.clone();
    for (field, value) in set {
        if !kind.fields().contains(&field.as_str()) {
            return Err(Fault::new(FaultKind::BadField, format!("{}に「{field}」という項目はありません", kind.label()), "項目の名前をお確かめください"));
        }
        if long(value) {
            return Err(bad_field(kind, field, "が長すぎます（4 MBまで）"));
        }
        whole.insert(field.clone(), value.clone());
    }
    match kind.check(&Value::Object(whole)) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(_) => Err(Fault::new(FaultKind::Internal, "記録の形が正しくありません", "")),
        Err(e) => {
            let path = e.path().to_string();
            let said = crate::misread::misread(&e.inner().to_string());
            let fault = bad_field(kind, &path, &said.why);
            Err(Fault { hint: format!("項目 {path}：{}", said.hint), ..fault })
        }
    }
}

fn long(value: &Value) -> bool {
    match value {
        Value::String(s) => s.len() > LONGEST_FIELD,
        Value::Array(_) | Value::Object(_) => value.to_string().len() > LONGEST_FIELD,
        _ => false,
    }
}

/// The normal form of fields that came from elsewhere: what this version cannot read falls back to its default.
pub(crate) fn leniently(kind: Kind, mut fields: Record) -> Record {
    loop {
        match kind.check(&Value::Object(fields.clone())) {
            Ok(Value::Object(record)) => return record,
            Ok(_) => return fields,
            Err(e) => {
                let path = e.path().to_string();
                let field = path.split(['.', '[']).next().unwrap_or("").to_owned();
                if fields.remove(&field).is_none() {
                    return blank(kind, fields.get("id").and_then(Value::as_str).unwrap_or(""));
                }
            }
        }
    }
}

/// A record with nothing but its id.
pub(crate) fn blank(kind: Kind, id: &str) -> Record {
    match kind.check(&serde_json::json!({ "id": id })) {
        Ok(Value::Object(record)) => record,
        _ => Record::new(),
    }
}

/// Ids become parts of keys and file names: letters, digits, `-` and `_` only.
pub(crate) fn good_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id != super::REGISTRY && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
