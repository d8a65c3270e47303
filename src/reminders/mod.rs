//! Reminders and escalation: the tenant's ladder, and one letter a person a working day with the tasks that reached a
//! step.
//!
//! What must stay true: every step of a deadline is told once, whatever days were missed and however many plan at once;
//! nothing leaves on a day off or in the quiet hours; whoever is not written to has a row that says why. Who gets the
//! digest of the day is reminded of a task only when it is escalated to them.

mod day;
mod model;
mod plan;
pub mod report;
mod settings;
mod store;

use crate::db::TenantConn;
use crate::domain::ladder::Ladder;
use crate::error::{Error, Result};

pub use day::{RemindedDay, reminded_day};
pub use model::{Candidate, Item, Recipient, Reminder, Skip};
pub use plan::{PLAN, plan, plan_due, preview};
pub use report::composers;
pub use settings::{LadderInput, LineInput, change_ladder};

/// The kind of letter.
pub const REMINDER: &str = "reminder";

/// The tenant's ladder, or the product's where it has none of its own.
///
/// # Errors
/// The database's.
pub fn ladder(conn: &mut TenantConn<'_>) -> Result<Ladder> {
    let steps = store::steps(conn)?;
    if steps.is_empty() {
        return Ok(Ladder::default());
    }
    Ladder::of(steps).map_err(|faults| Error::Internal(format!("a ladder is wrong: {faults:?}")))
}
