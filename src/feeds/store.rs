//! SQL of a person's deadlines.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::{Deadline, Own};
use crate::db::TenantConn;
use crate::domain::task::Status;
use crate::error::{Error, Result};
use crate::schema::{task_assignees, tasks, units};

#[derive(Queryable, Selectable)]
#[diesel(table_name = tasks)]
struct Row {
    id: Uuid,
    code: String,
    title: String,
    #[diesel(select_expression = units::short_name)]
    unit: String,
    due_on: Option<NaiveDate>,
    status: String,
    version: i32,
    updated_at: DateTime<Utc>,
}

impl TryFrom<Row> for Deadline {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id: task, code, title, unit, due_on, status, version, updated_at } = row;
        let unknown = |what: &str| Error::Internal(format!("a task without a known {what}"));
        let status = Status::from_code(&status).ok_or_else(|| unknown("status"))?;
        let due_on = due_on.ok_or_else(|| unknown("deadline"))?;
        Ok(Self { task, code, title, unit, due_on, status, version, updated_at })
    }
}

/// No calendar holds more; nobody has so many.
const MOST: i64 = 2_000;

/// The deadlines of tasks that are in somebody's hands, and of those that were called off, so that a calendar hears of
/// it.
pub(super) fn deadlines(
    conn: &mut TenantConn<'_>,
    own: &Own,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Deadline>> {
    let tenant = conn.tenant().uuid();
    let is_assignee = exists(
        task_assignees::table
            .filter(task_assignees::tenant_id.eq(tenant))
            .filter(task_assignees::task_id.eq(tasks::id))
            .filter(task_assignees::person_id.eq(own.person)),
    );
    let is_given = tasks::lead_unit_id
        .eq_any(&own.works_in)
        .and(is_assignee.or(tasks::contact_id.is_not_distinct_from(own.person)));
    let is_followed = tasks::follower_id.is_not_distinct_from(own.person).and(own.follows.into_sql::<Bool>());
    let is_directed = tasks::leader_id.is_not_distinct_from(own.person).and(own.directs.into_sql::<Bool>());
    let rows: Vec<Row> = tasks::table
        .inner_join(
            units::table.on(units::tenant_id.eq(tasks::tenant_id).and(units::id.eq(tasks::lead_unit_id))),
        )
        .filter(tasks::tenant_id.eq(tenant))
        .filter(tasks::deleted_at.is_null())
        .filter(tasks::due_on.assume_not_null().between(from, to))
        .filter(tasks::lead_unit_id.eq_any(&own.heads).or(is_given).or(is_followed).or(is_directed))
        .order((tasks::due_on, tasks::code))
        .limit(MOST)
        .select(Row::as_select())
        .load(conn.pg())?;
    rows.into_iter().map(Deadline::try_from).collect()
}
