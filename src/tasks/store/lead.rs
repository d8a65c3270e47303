//! SQL of a unit's open tasks, and of another unit taking the lead of them.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;
use crate::ids::new_id;
use crate::schema::{task_lead_changes, tasks};

/// Rows a statement.
const BATCH: usize = 5_000;

/// How many open tasks a unit leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct OpenLed {
    /// The unit.
    #[diesel(sql_type = SqlUuid)]
    pub unit: Uuid,
    /// The tasks.
    #[diesel(sql_type = BigInt)]
    pub tasks: i64,
}

const OPEN: &str = "
SELECT lead_unit_id AS unit, count(*) AS tasks FROM tasks
 WHERE tenant_id = $1 AND completed_on IS NULL AND deleted_at IS NULL AND status NOT IN ('cancelled', 'transferred')
 GROUP BY lead_unit_id";

/// How many open tasks each unit leads; a unit with none is not among them.
///
/// # Errors
/// The database's.
pub fn open_by_unit(conn: &mut TenantConn<'_>) -> Result<Vec<OpenLed>> {
    let tenant = conn.tenant().uuid();
    Ok(diesel::sql_query(OPEN).bind::<SqlUuid, _>(tenant).load(conn.pg())?)
}

/// Gives another unit the lead of every open task of one, from a day on: before it the unit that led still leads. The
/// tasks, which are locked first.
///
/// # Errors
/// The database's.
pub fn take_lead(
    conn: &mut TenantConn<'_>,
    from: Uuid,
    to: Uuid,
    day: NaiveDate,
    reason: &str,
) -> Result<Vec<Uuid>> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let led: Vec<Uuid> = tasks::table
        .filter(tasks::tenant_id.eq(tenant))
        .filter(tasks::lead_unit_id.eq(from))
        .filter(tasks::completed_on.is_null())
        .filter(tasks::deleted_at.is_null())
        .filter(tasks::status.ne_all(["cancelled", "transferred"]))
        .order(tasks::id)
        .select(tasks::id)
        .for_update()
        .load(conn.pg())?;
    for batch in led.chunks(BATCH) {
        let rows: Vec<_> = batch
            .iter()
            .map(|task| {
                (
                    task_lead_changes::tenant_id.eq(tenant),
                    task_lead_changes::id.eq(new_id()),
                    task_lead_changes::task_id.eq(*task),
                    task_lead_changes::changed_on.eq(day),
                    task_lead_changes::from_unit_id.eq(from),
                    task_lead_changes::reason.eq(reason),
                )
            })
            .collect();
        diesel::insert_into(task_lead_changes::table).values(rows).execute(conn.pg())?;
    }
    let moved = tasks::table.filter(tasks::tenant_id.eq(tenant)).filter(tasks::id.eq_any(&led));
    let fresh =
        (tasks::lead_unit_id.eq(to), tasks::version.eq(tasks::version + 1), tasks::updated_at.eq(now));
    diesel::update(moved).set(fresh).execute(conn.pg())?;
    Ok(led)
}
