//! Dates as ward offices write them: reading, holding and printing them.
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// When something is held, as exactly as it is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Period {
    /// ISO at the stated precision: 2019-09-14, 2019-09, 2019.
    pub from: String,
    pub to: String,
    /// day | month | year | fiscal_year | text
    pub precision: String,
    /// Single days, where they are listed.
    pub days: Vec<String>,
    /// 14:00 and 21:00.
    pub hours: Vec<String>,
    /// The words as written.
    pub text: String,
}

/// What a date text was read as.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Reading {
    pub result: String,
    pub from: String,
    pub to: String,
    pub precision: String,
    pub days: Vec<String>,
    pub hours: Vec<String>,
    pub weekday: String,
    pub wareki: String,
    pub seireki: String,
    pub message: String,
}
