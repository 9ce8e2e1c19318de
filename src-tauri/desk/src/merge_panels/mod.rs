//! Data merge: a template panel with fields × a list of rows = a panel set that stays linked and may be overridden field by field.
//!
//! `fields` finds and fills {{市名}}, `matching` pairs them with columns, `pictures` finds picture files, `table` reads Excel and CSV
//! within bounds, `furigana` the readings that Excel keeps, `three_way` keeps what was changed by hand. Pure but for the files that are read; the records are the calls' business.
mod fields;
mod furigana;
mod matching;
mod pictures;
mod table;
mod three_way;

pub use fields::{Field, fields_of, fill};
pub use matching::{matched, unmatched_hint};
pub use pictures::{Found, Pictures};
pub use table::{Table, TableRow, cells_of, read_table, sheets_of};
pub use three_way::{Override, merged, overrides};

use crate::model::record::FieldMatch;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;

/// What is wrong with one row, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct RowFault {
    pub file: String,
    pub sheet: String,
    /// As Excel counts, the head is row 1.
    pub row: i32,
    /// Whose row it is, where that is known.
    pub name: String,
    pub field: String,
    pub message: String,
}

impl std::fmt::Display for RowFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sheet = if self.sheet.is_empty() { String::new() } else { format!("「{}」", self.sheet) };
        let name = if self.name.is_empty() { String::new() } else { format!("（{}）", self.name) };
        write!(f, "{}{sheet} {}行目{name}「{}」：{}", self.file, self.row, self.field, self.message)
    }
}

/// A row that can be made into a panel: its values by field.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// What tells the row from others, so that it is found again: the value of the first field of the title.
    pub key: String,
    pub row: i32,
    pub values: BTreeMap<String, String>,
}

/// Parts sound rows from those with a fault. Every fault of a row is told; a row that stands twice is made once.
pub fn sorted_out(table: &Table, fields: &[Field], matches: &[FieldMatch], pictures: &Pictures) -> (Vec<Ready>, Vec<RowFault>) {
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    let mut seen: HashMap<String, i32> = HashMap::new();
    let name = fields.iter().find(|f| f.required && !f.picture).or(fields.iter().find(|f| !f.picture)).map(|f| f.name.clone());
    let column_of = |field: &str| matches.iter().find(|m| m.field == field).map_or("", |m| m.column.as_str());
    for row in &table.rows {
        let whose = name.as_ref().map_or("", |n| table.cell(row, column_of(n)).trim());
        let fault = |field: &str, message: String| RowFault {
            file: table.name.clone(),
            sheet: table.sheet.clone(),
            row: row.number,
            name: whose.to_owned(),
            field: field.to_owned(),
            message,
        };
        let mut wrong = Vec::new();
        let mut values = BTreeMap::new();
        for field in fields {
            let column = column_of(&field.name);
            let cell = table.cell(row, column).trim();
            match field.picture {
                _ if column.is_empty() => wrong.push(fault(&field.name, "この欄に合う列がありません".into())),
                _ if is_error(cell) => wrong.push(fault(&field.name, format!("Excelの式が誤りになっています（{cell}）"))),
                true if cell.is_empty() => wrong.push(fault(&field.name, pictures.none().into())),
                true => match pictures.find(cell) {
                    Ok(_) => {
                        values.insert(field.name.clone(), cell.to_owned());
                    }
                    Err(message) => wrong.push(fault(&field.name, message)),
                },
                false if cell.is_empty() && field.required => wrong.push(fault(&field.name, "空です".into())),
                false => {
                    values.insert(field.name.clone(), cell.to_owned());
                }
            }
        }
        let key = name.as_ref().and_then(|n| values.get(n)).cloned().unwrap_or_else(|| format!("{}", row.number));
        if wrong.is_empty()
            && let Some(before) = seen.insert(key.clone(), row.number)
        {
            wrong.push(fault(name.as_deref().unwrap_or_default(), format!("「{key}」は{before}行目にもあります")));
        }
        if wrong.is_empty() { good.push(Ready { key, row: row.number, values }) } else { faults.extend(wrong) }
    }
    (good, faults)
}

/// What Excel shows where a formula has no value.
fn is_error(cell: &str) -> bool {
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#DATA!", "#GETTING_DATA"].contains(&cell)
}
