//! Files that go from one office to another. Knows their form, not where the records live.
pub mod bundle;
