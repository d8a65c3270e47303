//! The monthly briefing's figures at a cut-off.
//!
//! What must stay true: figures are counted in SQL as cells of `domain::briefing`, the same cells that
//! the pure rules make of single tasks; `Figures::check` is asked before anybody sees a number.

mod actions;
mod report;
mod store;

pub use actions::{Briefing, Request, compute};
pub use report::BriefingOut;
pub use store::cells;
