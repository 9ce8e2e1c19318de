//! The call list: every ask the window and the terminal can make, by name. Dispatcher and `wire.ts` come from this one list.
pub mod wire_types;
