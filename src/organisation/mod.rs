//! Units, days off and settings as an administrator looks after them.
//!
//! What must stay true: no figure of a past day changes. A unit is never deleted; it ends on a day and its open tasks
//! are led by its successor from that day on, as dated changes of lead. Every act stands in the journal with what was
//! before and after, in its own transaction.

pub mod days;
mod late_reasons;
mod settings;
mod units;

pub use late_reasons::{ReasonLine, ReasonsInput, change_late_reasons};
pub use settings::{
    CountingInput, change_counting, change_digest_hour, change_factor_rule, change_name, change_paper_head,
};
pub use units::{UnitInput, UnitListed, add, change_place, end, find, leaders, list, remind, rename};
