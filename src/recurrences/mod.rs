//! Work that comes again: what each time is given, to whom and when, and what became of each turn.
//!
//! What must stay true: each turn comes once, whoever makes it and however often it is tried, for its row is unique; a
//! turn that was missed is caught up with, one whose deadline passed before the recurrence held is not. A turn that came
//! is a task like any other.

mod actions;
mod input;
mod make;
mod model;
pub mod report;
mod store;
mod terms;

pub use actions::{add, change, find, list, pause, preview, resume, skip};
pub use input::RecurrenceTyped;
pub use make::{MAKE, make, make_due};
pub use model::{Coming, Recurrence, RecurringWork, TurnDone};
pub use terms::{Term, TermMove, move_terms, moves, open_terms};
