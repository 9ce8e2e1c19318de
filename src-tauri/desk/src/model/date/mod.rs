//! Dates as ward offices write them: reading, holding and printing them.
//!
//! The steps are the files: text → [`lex`] (signs) → [`point`] (dates and hours as written) → [`parse`] (a [`Reading`])
//! → [`period`] (a value that cannot be wrong) → [`print`] (令和 and western).

mod clock;
mod era;
mod lex;
mod parse;
mod period;
mod point;
mod print;
mod resolve;
mod words;

pub use clock::Hours;
pub use era::{Era, fiscal_year_of, fiscal_year_words, wareki_day};
pub use parse::{Outcome, Reading, ReadingResult, WeekdayCheck, parse, parse_in};
pub use period::{Month, Overlap, Period, PeriodError, Precision, Span};
pub use print::{weekday_char, weekday_name};
pub use resolve::YearHint;
