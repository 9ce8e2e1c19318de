//! The office: records, rules, exchange and the call list. It knows no window.
pub mod calls;
pub mod exchange;
pub mod fault;
pub mod model;
pub mod sample;
pub mod store;

use std::path::Path;

/// An open workspace with everything the calls need.
pub struct Desk {
    pub store: store::Store,
}

impl Desk {
    /// Opens the workspace in this folder, or makes it.
    pub async fn open(folder: &Path) -> fault::Result<Self> {
        Ok(Self { store: store::Store::open(folder).await? })
    }
}
