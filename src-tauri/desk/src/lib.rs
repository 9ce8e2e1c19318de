//! The office: records, rules, exchange and the call list. It knows no window.
pub mod calls;
pub mod fault;
pub mod model;
pub mod sample;
