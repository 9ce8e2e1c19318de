//! `cargo xtask bench`: figures for the closing of a piece of work, never a test. Filled by `bench/` programs.
use crate::shell::Done;

pub fn bench(_args: &[String]) -> Done {
    Err("not yet".into())
}
