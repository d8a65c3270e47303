//! SQL of the steps of a task's life: the dated facts, and several tasks confirmed at once.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::access::Acting;
use crate::error::Result;
use crate::schema::{
    briefing_tasks, task_coordinators, task_exclusions, task_lead_changes, task_notes, task_submissions,
    tasks,
};
use crate::tasks::TaskRow;

/// A note of progress.
#[derive(Insertable)]
#[diesel(table_name = task_notes)]
pub(in crate::tasks) struct NewNote {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub task_id: Uuid,
    pub noted_on: NaiveDate,
    pub noted_at: DateTime<Utc>,
    pub noted_by: String,
    pub percent: Option<i16>,
    pub words: Option<String>,
    pub obstacles: Option<String>,
}

/// A report of completion.
#[derive(Insertable)]
#[diesel(table_name = task_submissions)]
pub(in crate::tasks) struct NewSubmission {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub task_id: Uuid,
    pub submitted_on: NaiveDate,
    pub submitted_by: String,
    pub evidence: Option<String>,
    pub product_number: Option<String>,
    pub product_date: Option<NaiveDate>,
}

/// A time outside the count that begins.
#[derive(Insertable)]
#[diesel(table_name = task_exclusions)]
pub(in crate::tasks) struct NewExclusion {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub task_id: Uuid,
    pub state: &'static str,
    pub from_on: NaiveDate,
    pub reason: Option<String>,
    pub planned_until: Option<NaiveDate>,
    pub body: Option<String>,
}

/// A change of the lead unit.
#[derive(Insertable)]
#[diesel(table_name = task_lead_changes)]
pub(in crate::tasks) struct NewLeadChange {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub task_id: Uuid,
    pub changed_on: NaiveDate,
    pub from_unit_id: Uuid,
    pub reason: Option<String>,
}

/// A report of completion that waits for the office.
#[derive(Queryable, Selectable)]
#[diesel(table_name = task_submissions)]
pub(in crate::tasks) struct Waiting {
    pub id: Uuid,
    pub task_id: Uuid,
    pub submitted_on: NaiveDate,
    pub submitted_by: Option<String>,
    pub product_number: Option<String>,
    pub product_date: Option<NaiveDate>,
}

/// A time outside the count that has not ended.
#[derive(Queryable, Selectable)]
#[diesel(table_name = task_exclusions)]
pub(in crate::tasks) struct OpenExclusion {
    pub from_on: Option<NaiveDate>,
}

/// Declares a function that adds one fact.
macro_rules! insert {
    ($name:ident, $table:ident, $row:ty) => {
        pub(in crate::tasks) fn $name(conn: &mut TenantConn<'_>, row: &$row) -> Result<()> {
            diesel::insert_into($table::table).values(row).execute(conn.pg())?;
            Ok(())
        }
    };
}

insert!(insert_note, task_notes, NewNote);
insert!(insert_submission, task_submissions, NewSubmission);
insert!(insert_exclusion, task_exclusions, NewExclusion);
insert!(insert_lead_change, task_lead_changes, NewLeadChange);

/// The tasks of these ids that were not deleted, locked in the order of their ids until the transaction ends.
pub(in crate::tasks) fn lock_all(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<Vec<TaskRow>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::id.eq_any(ids))
        .filter(tasks::deleted_at.is_null())
        .order(tasks::id)
        .select(TaskRow::as_select())
        .for_update()
        .load(conn.pg())?)
}

/// Of each of these tasks the last report of completion that waits.
pub(in crate::tasks) fn waiting(conn: &mut TenantConn<'_>, tasks: &[Uuid]) -> Result<Vec<Waiting>> {
    use task_submissions::dsl;
    Ok(dsl::task_submissions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq_any(tasks))
        .filter(dsl::accepted.is_null())
        .distinct_on(dsl::task_id)
        .order((dsl::task_id, dsl::submitted_on.desc(), dsl::id.desc()))
        .select(Waiting::as_select())
        .load(conn.pg())?)
}

const ACCEPTED: &str = "
UPDATE task_submissions SET accepted = true, decided_on = $3, decided_by = $4
 WHERE tenant_id = $1 AND id = ANY ($2)";

const COMPLETED: &str = "
UPDATE tasks t SET status = 'completed', percent = 100, completed_on = s.submitted_on, confirmed_on = $3,
       confirmed_by = $4, product_number = coalesce(s.product_number, t.product_number),
       product_date = coalesce(s.product_date, t.product_date), version = t.version + 1, updated_at = $5
  FROM task_submissions s
 WHERE t.tenant_id = $1 AND s.tenant_id = $1 AND s.id = ANY ($2) AND t.id = s.task_id";

/// Accepts reports of completion, and completes their tasks on the days of the reports.
pub(in crate::tasks) fn accept(
    conn: &mut TenantConn<'_>,
    submissions: &[Uuid],
    day: NaiveDate,
    acting: &Acting,
) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    diesel::sql_query(ACCEPTED)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(submissions)
        .bind::<Date, _>(day)
        .bind::<Text, _>(&acting.actor)
        .execute(conn.pg())?;
    diesel::sql_query(COMPLETED)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(submissions)
        .bind::<Date, _>(day)
        .bind::<Nullable<SqlUuid>, _>(acting.person)
        .bind::<Timestamptz, _>(now)
        .execute(conn.pg())?;
    Ok(())
}

/// Sends back what waits of a task.
pub(in crate::tasks) fn send_back(
    conn: &mut TenantConn<'_>,
    task: Uuid,
    day: NaiveDate,
    actor: &str,
    reason: Option<&str>,
) -> Result<()> {
    use task_submissions::dsl;
    let waiting = dsl::task_submissions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(task))
        .filter(dsl::accepted.is_null());
    diesel::update(waiting)
        .set((
            dsl::accepted.eq(false),
            dsl::decided_on.eq(day),
            dsl::decided_by.eq(actor),
            dsl::reason.eq(reason),
        ))
        .execute(conn.pg())?;
    Ok(())
}

/// Takes the acceptance of a task's report back from a day on. One that an import had brought is ours from now on: the
/// next import does not take it away.
pub(in crate::tasks) fn undo_submission(
    conn: &mut TenantConn<'_>,
    task: Uuid,
    day: NaiveDate,
    reason: Option<&str>,
) -> Result<()> {
    use task_submissions::dsl;
    let accepted = dsl::task_submissions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(task))
        .filter(dsl::accepted)
        .filter(dsl::undone_on.is_null());
    diesel::update(accepted)
        .set((
            dsl::undone_on.eq(diesel::dsl::sql::<Nullable<Date>>("greatest(decided_on, ")
                .bind::<Date, _>(day)
                .sql(")")),
            dsl::undone_reason.eq(reason),
            dsl::import_id.eq(None::<Uuid>),
        ))
        .execute(conn.pg())?;
    Ok(())
}

/// The time outside the count that has not ended.
pub(in crate::tasks) fn open_exclusion(
    conn: &mut TenantConn<'_>,
    task: Uuid,
) -> Result<Option<OpenExclusion>> {
    use task_exclusions::dsl;
    Ok(dsl::task_exclusions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(task))
        .filter(dsl::until_on.is_null())
        .order((dsl::from_on.desc().nulls_last(), dsl::id.desc()))
        .select(OpenExclusion::as_select())
        .first(conn.pg())
        .optional()?)
}

const ENDED: &str = "
UPDATE task_exclusions SET until_on = greatest(from_on, $3), import_id = NULL
 WHERE tenant_id = $1 AND task_id = $2 AND until_on IS NULL";

/// Ends a task's time outside the count: `day` is the first one on which it counts again. One that an import had brought
/// is ours from now on.
pub(in crate::tasks) fn end_exclusions(conn: &mut TenantConn<'_>, task: Uuid, day: NaiveDate) -> Result<()> {
    let tenant = conn.tenant().uuid();
    diesel::sql_query(ENDED)
        .bind::<SqlUuid, _>(tenant)
        .bind::<SqlUuid, _>(task)
        .bind::<Date, _>(day)
        .execute(conn.pg())?;
    Ok(())
}

/// Whether a task stands in a published briefing.
pub(in crate::tasks) fn is_published(conn: &mut TenantConn<'_>, task: Uuid) -> Result<bool> {
    use briefing_tasks::dsl;
    let told =
        dsl::briefing_tasks.filter(dsl::tenant_id.eq(conn.tenant().uuid())).filter(dsl::task_id.eq(task));
    Ok(diesel::select(diesel::dsl::exists(told)).get_result(conn.pg())?)
}

/// Takes a unit from those that coordinate a task.
pub(in crate::tasks) fn stop_coordinating(conn: &mut TenantConn<'_>, task: Uuid, unit: Uuid) -> Result<()> {
    use task_coordinators::dsl;
    let row = dsl::task_coordinators
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(task))
        .filter(dsl::unit_id.eq(unit));
    diesel::delete(row).execute(conn.pg())?;
    Ok(())
}
