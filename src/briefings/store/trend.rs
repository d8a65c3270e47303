//! SQL that counts the overdue key tasks of several days at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Uuid as SqlUuid};

use crate::db::TenantConn;
use crate::error::Result;
use crate::tasks::TASK_AT;

/// The tasks that can be overdue on one of the days `$2`, of which `$3` is the first and `$4` the last, with their
/// facts: each under the name of the table it comes from. Who is overdue on a day has a deadline before it, and was
/// not confirmed by it: so only tasks whose earliest deadline of all lies before the last day, and that were
/// confirmed after that deadline and after the first day, if at all.
pub(super) const NARROWED: &str = "
WITH moved AS (
    SELECT task_id, min(new_due_on) AS due_on
      FROM task_extensions
     WHERE tenant_id = $1 AND new_due_on IS NOT NULL
     GROUP BY task_id
), tasks AS MATERIALIZED (
    SELECT t.tenant_id, t.id, t.lead_unit_id, t.category, t.product, t.level, t.assigned_on, t.original_due_on,
           t.completed_on, t.confirmed_on, t.deleted_at, least(t.original_due_on, moved.due_on) AS earliest_due_on
      FROM tasks t
      LEFT JOIN moved ON moved.task_id = t.id
     WHERE t.tenant_id = $1 AND t.deleted_at IS NULL AND t.category = 'key'
       AND least(t.original_due_on, moved.due_on) < $4
       AND (t.confirmed_on IS NULL
            OR t.confirmed_on > $3 AND t.confirmed_on > least(t.original_due_on, moved.due_on))
), task_extensions AS MATERIALIZED (
    SELECT * FROM task_extensions WHERE tenant_id = $1 AND task_id IN (SELECT id FROM tasks)
), task_submissions AS MATERIALIZED (
    SELECT * FROM task_submissions WHERE tenant_id = $1 AND task_id IN (SELECT id FROM tasks)
), task_exclusions AS MATERIALIZED (
    SELECT * FROM task_exclusions WHERE tenant_id = $1 AND task_id IN (SELECT id FROM tasks)
), task_lead_changes AS MATERIALIZED (
    SELECT * FROM task_lead_changes WHERE tenant_id = $1 AND task_id IN (SELECT id FROM tasks)
)";

/// Of those, the tasks that can be overdue on one day: put in front of the rule, in the place of its `WITH`.
pub(super) const NARROWED_TO_DAY: &str = "
WITH tasks AS (
    SELECT * FROM tasks
     WHERE earliest_due_on < asked.day AND (confirmed_on > asked.day OR confirmed_on IS NULL)
),";

/// Nothing is known of how many rows the narrowed tables have, and for few each would be searched for each task.
const JOIN_BY_HASH: &str = "SET LOCAL enable_nestloop = off";
const JOIN_AS_USUAL: &str = "SET LOCAL enable_nestloop TO DEFAULT";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
}

/// How many key tasks were overdue at the end of each of some days.
///
/// The rule is the very text of [`TASK_AT`], asked once a day over the narrowed tables: it reads them by the names
/// of the tables themselves, and its day is the row's.
///
/// # Errors
/// The database's.
pub fn overdue_on(conn: &mut TenantConn<'_>, days: &[NaiveDate]) -> Result<HashMap<NaiveDate, u64>> {
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return Ok(HashMap::new());
    };
    let rule =
        TASK_AT.replacen("WITH", NARROWED_TO_DAY, 1).replace("$2", "asked.day").replace("$3", "asked.day");
    let counted = format!(
        "{NARROWED}
        SELECT asked.day, ({rule} SELECT count(*) FROM task_at WHERE standing = 'overdue') AS overdue
          FROM unnest($2) AS asked (day)"
    );
    let rows: Vec<Row> = asked(conn, counted, days, *first, *last)?;
    Ok(rows.into_iter().map(|row| (row.day, row.overdue.unsigned_abs())).collect())
}

/// Asks over the narrowed tables.
pub(super) fn asked<T>(
    conn: &mut TenantConn<'_>,
    query: String,
    days: &[NaiveDate],
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<T>>
where
    T: diesel::deserialize::QueryableByName<Pg> + 'static,
{
    diesel::sql_query(JOIN_BY_HASH).execute(conn.pg())?;
    let tenant = conn.tenant().uuid();
    let rows = diesel::sql_query(query)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<Date>, _>(days)
        .bind::<Date, _>(first)
        .bind::<Date, _>(last)
        .load(conn.pg())?;
    diesel::sql_query(JOIN_AS_USUAL).execute(conn.pg())?;
    Ok(rows)
}
