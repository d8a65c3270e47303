//! The monthly briefing's figures at a cut-off, and the dashboard made of them.
//!
//! What must stay true: figures are counted in SQL as cells of `domain::briefing`, the same cells that
//! the pure rules make of single tasks; `Figures::check` is asked before anybody sees a number. Figures
//! are kept on a [`Shelf`] for as long as the revision of the tenant's facts is the same, and no longer.

mod actions;
mod changed;
mod dashboard;
pub mod draft;
mod form;
mod make;
mod opening;
pub mod publish;
mod report;
mod request;
mod seen;
mod shelf;
mod store;
mod telling;
mod verify;
pub mod whole;

pub use actions::{Briefing, Reason, compute};
pub use changed::{Changed, Differs, changed_since};
pub use dashboard::{Dashboard, TrendMonth};
pub use make::{Listed, whole as of_draft};
pub use report::BriefingOut;
pub use request::{Days, Request, RequestFault};
pub use shelf::{Shelf, briefing, dashboard};
pub use store::cells::cells;
pub use store::lateness::lateness;
