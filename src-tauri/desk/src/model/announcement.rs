//! The record that a pasted announcement fills.
use super::date::Period;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Announcement {
    pub kind: String,
    pub series: String,
    pub fiscal_year: Option<i32>,
    pub number: Option<i32>,
    pub title: String,
    pub subtitle: String,
    pub period: Option<Period>,
    pub venue: String,
    pub space: String,
    pub partners: Vec<String>,
    pub contents: Vec<String>,
}
