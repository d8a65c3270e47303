//! The files of tasks: documents of a task, and evidence of a reported completion.
//!
//! What must stay true: a file is what its content says and its name agrees with; its bytes stand in the depot before its
//! row is committed, under an id of their own, and whatever has no row goes a day later; who reads a task reads its files,
//! and nobody else.

mod actions;
mod content;
mod incoming;
mod model;
pub mod report;
mod store;
mod sweep;

pub use actions::{attach, find, may_attach, may_remove, of_task, open_submission, remove, submit};
pub use incoming::{Incoming, Received};
pub use model::{FileTold, NewFile, Removal, RemovalTyped, TaskFile};
pub use store::Open;
pub use sweep::{STRAYS, SWEEP, handlers};
