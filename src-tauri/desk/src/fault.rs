//! What went wrong, in words a coordinator understands, and what to try next. Codes are for programs; nobody matches sentences.
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub type Result<T, E = Fault> = std::result::Result<T, E>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Fault {
    pub kind: FaultKind,
    /// One Japanese sentence: what happened, with the file, row or field.
    pub message: String,
    /// What to do next; empty if there is nothing.
    pub hint: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The call or its arguments are unknown.
    BadCall,
    /// A field has a wrong value.
    BadField,
    /// The record is not there.
    NotFound,
    /// A file could not be read, or is not what it should be.
    BadFile,
    /// A file could not be written.
    CannotWrite,
    /// The workspace is damaged, locked, or of a newer version.
    Workspace,
    /// Something changed since; the step cannot be taken back as it is.
    Conflict,
    /// The passphrase does not open the bundle.
    Passphrase,
    /// Errors are left in what is to go to the printing firm; asked again with `although` it is done.
    NotReady,
    Cancelled,
    /// A defect of ours.
    Internal,
}

impl Fault {
    pub fn new(kind: FaultKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.hint.is_empty() { f.write_str(&self.message) } else { write!(f, "{}（{}）", self.message, self.hint) }
    }
}
impl std::error::Error for Fault {}
