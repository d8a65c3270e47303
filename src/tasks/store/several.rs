//! SQL of taking several tasks in hand.

use diesel::prelude::*;
use diesel::sql_types::{Array, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::{task_assignees, task_coordinators, tasks};
use crate::tasks::TaskRow;

/// Those of the tasks that were not deleted, locked in the order of their ids, so that two acts never wait for each
/// other.
pub(in crate::tasks) fn lock(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<Vec<TaskRow>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::id.eq_any(ids))
        .filter(tasks::deleted_at.is_null())
        .order(tasks::id)
        .select(TaskRow::as_select())
        .for_update()
        .load(conn.pg())?)
}

/// The coordinating units of the tasks.
pub(in crate::tasks) fn coordinating(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(task_coordinators::table
        .filter(task_coordinators::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_coordinators::task_id.eq_any(ids))
        .select((task_coordinators::task_id, task_coordinators::unit_id))
        .load(conn.pg())?)
}

/// Those of the tasks that a person does, or is the contact of.
pub(in crate::tasks) fn given_to(
    conn: &mut TenantConn<'_>,
    ids: &[Uuid],
    person: Option<Uuid>,
) -> Result<Vec<Uuid>> {
    let Some(person) = person else { return Ok(Vec::new()) };
    let tenant = conn.tenant().uuid();
    let done = task_assignees::table
        .filter(task_assignees::tenant_id.eq(tenant))
        .filter(task_assignees::task_id.eq_any(ids))
        .filter(task_assignees::person_id.eq(person))
        .select(task_assignees::task_id);
    let contact = tasks::table
        .filter(tasks::tenant_id.eq(tenant))
        .filter(tasks::id.eq_any(ids))
        .filter(tasks::contact_id.eq(person))
        .select(tasks::id);
    Ok(done.union(contact).load(conn.pg())?)
}

/// Raises the versions of tasks.
pub(in crate::tasks) fn touch(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<()> {
    let now = conn.now();
    let own = tasks::table.filter(tasks::tenant_id.eq(conn.tenant().uuid())).filter(tasks::id.eq_any(ids));
    diesel::update(own)
        .set((tasks::version.eq(tasks::version + 1), tasks::updated_at.eq(now)))
        .execute(conn.pg())?;
    Ok(())
}

/// Which extension holds is said as in `at`, for all days.
const RESTATE: &str = "
UPDATE tasks SET version = version + 1, updated_at = $3, due_on = coalesce(
           (SELECT e.new_due_on FROM task_extensions e
             WHERE e.tenant_id = $1 AND e.task_id = tasks.id AND e.new_due_on IS NOT NULL
             ORDER BY e.decided_on DESC NULLS LAST, e.id DESC LIMIT 1),
           original_due_on)
 WHERE tenant_id = $1 AND id = ANY ($2)";

/// Gives tasks the deadline of the extension decided last, else the original one.
pub(in crate::tasks) fn restate_due(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    diesel::sql_query(RESTATE)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Timestamptz, _>(now)
        .execute(conn.pg())?;
    Ok(())
}
