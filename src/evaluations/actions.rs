//! The use cases: all units of a period, and the tasks behind one unit's score.

use uuid::Uuid;

use super::request::Asked;
use super::store;
use crate::db::TenantConn;
use crate::domain::briefing::UnitRef;
use crate::domain::evaluation::{Evaluation, TaskJudged, UnitScored};
use crate::domain::task::ProductKind;
use crate::error::{Denial, Result};
use crate::units;

/// A task behind a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskEvaluated {
    /// The task.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What it ends in.
    pub product: ProductKind,
    /// How it stands.
    pub judged: TaskJudged,
}

/// A unit with the tasks behind its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitEvaluated {
    /// All units, for the rank.
    pub evaluation: Evaluation,
    /// The unit.
    pub unit: UnitScored,
    /// Its tasks that were reached: the most days late first, at most [`MOST_TASKS`](super::MOST_TASKS).
    pub tasks: Vec<TaskEvaluated>,
}

/// Evaluates the units.
///
/// # Errors
/// The database's.
pub fn evaluate(conn: &mut TenantConn<'_>, asked: &Asked) -> Result<Evaluation> {
    let weights = store::weights(conn)?;
    let tallies = store::tallies(conn, &asked.review, asked.scope)?;
    // A unit that has ended, or not begun, stands in the table only as long as tasks stand in its name.
    let units: Vec<UnitRef> = units::all(conn)?
        .into_iter()
        .filter(|unit| {
            unit.exists_on(asked.review.cutoff) || tallies.iter().any(|(key, _)| key.unit == unit.id)
        })
        .map(|unit| UnitRef { id: unit.id, short_name: unit.short_name, name: unit.name })
        .collect();
    Ok(Evaluation::new(asked.review, asked.scope, asked.formula, weights, &units, tallies))
}

/// The tasks behind a unit's score.
///
/// # Errors
/// The unit is none of those evaluated.
pub fn of_unit(conn: &mut TenantConn<'_>, asked: &Asked, unit: Uuid) -> Result<UnitEvaluated> {
    let evaluation = evaluate(conn, asked)?;
    let found = evaluation.units.iter().find(|other| other.unit.id == unit);
    let unit = found.cloned().ok_or(Denial::NotFound)?;
    let tasks = store::tasks(conn, &asked.review, asked.scope, unit.unit.id)?;
    Ok(UnitEvaluated { evaluation, unit, tasks })
}
