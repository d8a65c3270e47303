//! SQL of the extension desk.

mod read;
mod write;

pub use read::Askable;
pub(super) use read::{askable, asked_already, one, open_of, page, tasks};
pub(super) use write::{Decided, decide, insert, lock, withdraw};
