//! Đôn đốc: key tasks, deadlines and the monthly ministerial briefing.
//!
//! Imports run one way (checked by `tests/architecture.rs`):
//! `domain ← error ← db ← app ← features ← cli ← main`.

pub mod domain;
pub mod text;
