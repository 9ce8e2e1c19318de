//! The office: records, rules, exchange and the call list. It knows no window.
pub mod calls;
pub mod clock;
mod desk;
pub mod exchange;
pub mod fault;
pub mod files;
pub mod materials;
pub mod merge_panels;
mod misread;
pub mod model;
pub mod preflight;
pub mod pressroom;
mod recovery;
pub mod sample;
pub mod store;

pub use desk::Desk;
pub use recovery::Closed;
