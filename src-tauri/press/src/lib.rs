//! The printing engine. It knows type, ink and paper; no exhibitions, files, clock, database or window.
//!
//! content + theme + fonts + pictures → pages and notices → SVG for the screen, PDF for print. Content can never make it fail.
pub mod areas;
pub mod block;
pub mod check;
pub mod font;
pub mod ghost;
pub mod inline;
pub mod layout;
pub mod length;
pub mod notice;
pub mod own_template;
mod own_theme;
pub mod page;
pub mod paper;
pub mod pdf;
pub mod picture;
pub mod png;
pub mod qr;
pub mod qr_read;
mod ranges;
pub mod read;
pub mod svg;
pub mod theme;

pub use read::ContentFault;
pub use layout::{Laid, lay_out};
