//! The office: records, rules, exchange and the call list. It knows no window.

pub mod model;
