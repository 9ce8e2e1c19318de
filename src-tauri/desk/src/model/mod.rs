//! The nouns of the office and the rules that hold for them. Knows neither the store nor the calls.

pub mod date;
