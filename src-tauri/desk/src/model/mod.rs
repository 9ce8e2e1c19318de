//! The nouns of the office and the rules that hold for them. Knows neither the store nor the calls.
pub mod announcement;
pub mod date;
pub mod deadline;
pub mod figure;
pub mod holiday;
pub mod municipality;
pub mod municipality_check;
pub mod field;
pub mod record;
