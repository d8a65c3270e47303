//! SQL of deadlines that lie ahead.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Uuid as SqlUuid};
use uuid::Uuid;

use super::at::AsOf;
use super::question::{Question, condition};
use crate::db::TenantConn;
use crate::error::Result;
use crate::tasks::filter::StandingFilter;

/// How many tasks a unit has to do in time for one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct DueAhead {
    /// The lead unit.
    #[diesel(sql_type = SqlUuid)]
    pub unit: Uuid,
    /// The deadline.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
    /// The tasks.
    #[diesel(sql_type = BigInt)]
    pub tasks: i64,
}

/// The deadlines from a day on that are still to be kept, by day and unit; what waits for confirmation is not among them.
///
/// # Errors
/// The database's.
pub fn due_ahead(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<DueAhead>> {
    let rest = format!(
        "SELECT d.unit_id AS unit, d.due_on, count(*) AS tasks FROM task_at d
  WHERE {} GROUP BY d.due_on, d.unit_id ORDER BY d.due_on, d.unit_id",
        condition(StandingFilter::Pending)
    );
    let question = Question::of_day(conn.tenant(), AsOf { day, soon_until: day });
    Ok(question.ask(&rest).load(conn.pg())?)
}
