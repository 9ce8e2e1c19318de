//! The office: records, rules, exchange and the call list. It knows no window.
pub mod calls;
mod desk;
pub mod exchange;
pub mod fault;
pub mod files;
pub mod model;
pub mod pressroom;
pub mod sample;
pub mod store;

pub use desk::Desk;
