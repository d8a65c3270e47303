//! The extension desk (DOMAIN, "Extensions"): a unit's letter asks for later deadlines of some tasks, and each is
//! decided by itself.
//!
//! What must stay true: a task has at most one open request; whoever asked never decides; until it is decided the old
//! deadline stands; a decision is a dated row, so that every past day keeps its deadline; `tasks.due_on` is what the
//! rows give for the present.

mod ask;
mod decide;
mod input;
mod list;
mod model;
pub mod report;
mod store;

pub use ask::{Askable, ask, askable, withdraw};
pub use decide::decide;
pub use input::{AskTyped, DecisionTyped, MOST_TASKS, RequestTyped, RulingTyped};
pub use list::{PAGE, RequestFilter, RequestPage, RequestState, filter, list, open_of, request};
pub use model::{Request, RequestListed, RequestedTask};
