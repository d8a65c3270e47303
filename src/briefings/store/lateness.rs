//! SQL that asks which key tasks were overdue on several days at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::flow::OnDay;
use crate::domain::standing::{Standing, StandingView};
use crate::error::{Error, Result};
use crate::tasks::TASK_AT;

/// The tasks that can be overdue on one of the days `$2`, of which `$3` is the first and `$4` the last, with their
/// facts: each under the name of the table it comes from. Who is overdue on a day has a deadline before it, and was
/// not confirmed by it: so only tasks of which a day asked about lies between their earliest deadline of all and their
/// confirmation, if there was one. Only columns of the index `tasks_figures` are read.
const NARROWED: &str = "
WITH moved AS (
    SELECT task_id, min(new_due_on) AS due_on
      FROM task_extensions
     WHERE tenant_id = $1 AND new_due_on IS NOT NULL
     GROUP BY task_id
), tasks AS MATERIALIZED (
    SELECT t.tenant_id, t.id, t.lead_unit_id, t.category, t.product, t.level, t.assigned_on, t.original_due_on,
           t.completed_on, t.confirmed_on, NULL::timestamptz AS deleted_at,
           least(t.original_due_on, moved.due_on) AS earliest_due_on
      FROM tasks t
      LEFT JOIN moved ON moved.task_id = t.id
     WHERE t.tenant_id = $1 AND t.deleted_at IS NULL AND t.category = 'key'
       AND least(t.original_due_on, moved.due_on) < $4
       AND (t.confirmed_on IS NULL
            OR t.confirmed_on > $3
               AND width_bucket(t.confirmed_on - 1, $2) > width_bucket(least(t.original_due_on, moved.due_on), $2))
), task_extensions AS MATERIALIZED (
    SELECT tenant_id, id, task_id, new_due_on, decided_on
      FROM task_extensions WHERE tenant_id = $1 AND task_id = ANY (ARRAY(SELECT id FROM tasks))
), task_submissions AS MATERIALIZED (
    SELECT tenant_id, id, task_id, submitted_on, accepted, decided_on, undone_on
      FROM task_submissions
     WHERE tenant_id = $1 AND (decided_on IS NULL OR decided_on > $3 OR undone_on > $3)
       AND task_id = ANY (ARRAY(SELECT id FROM tasks))
), task_exclusions AS MATERIALIZED (
    SELECT tenant_id, task_id, from_on, until_on
      FROM task_exclusions WHERE tenant_id = $1 AND task_id = ANY (ARRAY(SELECT id FROM tasks))
), task_lead_changes AS MATERIALIZED (
    SELECT tenant_id, id, task_id, changed_on, from_unit_id
      FROM task_lead_changes WHERE tenant_id = $1 AND task_id = ANY (ARRAY(SELECT id FROM tasks))
)";

/// Of those, the tasks that can be overdue on one day, or all on one of the days `$5`: put in front of the rule, in the
/// place of its `WITH`.
const NARROWED_TO_DAY: &str = "
WITH tasks AS (
    SELECT * FROM tasks
     WHERE asked.day = ANY ($5)
        OR earliest_due_on < asked.day AND (confirmed_on > asked.day OR confirmed_on IS NULL)
),";

/// How many were overdue on each day; and as they stood on each of the days `$5` those that were overdue on one of them.
const FOUND: &str = "
SELECT day, count(*) AS overdue, NULL AS id, NULL AS unit_id, NULL AS standing, NULL AS due_on, NULL AS completed_on,
       NULL AS waiting_since, NULL AS days_late, NULL AS due_soon
  FROM seen WHERE standing = 'overdue' GROUP BY day
UNION ALL
SELECT day, NULL, id, unit_id, standing, due_on, completed_on, waiting_since, days_late, due_soon
  FROM seen WHERE day = ANY ($5) AND id IN (SELECT id FROM seen WHERE day = ANY ($5) AND standing = 'overdue')";

/// Nothing is known of how many rows the narrowed tables have, and for few each would be searched for each task.
const JOIN_BY_HASH: &str = "SET LOCAL enable_nestloop = off";
const JOIN_AS_USUAL: &str = "SET LOCAL enable_nestloop TO DEFAULT";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Nullable<BigInt>)]
    overdue: Option<i64>,
    #[diesel(embed)]
    task: Option<TaskRow>,
}

#[derive(QueryableByName)]
struct TaskRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    unit_id: Uuid,
    #[diesel(sql_type = Text)]
    standing: String,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    completed_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    waiting_since: Option<NaiveDate>,
    #[diesel(sql_type = Integer)]
    days_late: i32,
    #[diesel(sql_type = Bool)]
    due_soon: bool,
}

/// A key task on the two days of the flow, by what is known now; `None` where it is not counted. Due soon is what is due
/// on the day itself; why it is outside the count is not said.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ends {
    /// On the opening's day.
    pub then: Option<OnDay>,
    /// At the cut-off.
    pub now: Option<OnDay>,
}

/// The overdue key tasks of several days, by what is known now.
#[derive(Debug, Default)]
pub struct Lateness {
    /// How many on each day; a day without any is left out.
    pub overdue_on: HashMap<NaiveDate, u64>,
    /// Those that were overdue on one of the two days of the flow, or on both.
    pub ends: HashMap<Uuid, Ends>,
}

/// How many key tasks were overdue at the end of each of some days; of the two days of the flow, if they are given, which.
///
/// The rule is the very text of [`TASK_AT`], asked once a day over the narrowed tables: it reads them by the names
/// of the tables themselves, and its day is the row's.
///
/// # Errors
/// The database's.
pub fn lateness(
    conn: &mut TenantConn<'_>,
    days: &[NaiveDate],
    flow: Option<[NaiveDate; 2]>,
) -> Result<Lateness> {
    let ends: Vec<NaiveDate> = flow.into_iter().flatten().collect();
    let mut days: Vec<NaiveDate> = days.iter().chain(&ends).copied().collect();
    days.sort_unstable();
    days.dedup();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(Lateness::default()) };
    let rule =
        TASK_AT.replacen("WITH", NARROWED_TO_DAY, 1).replace("$2", "asked.day").replace("$3", "asked.day");
    let query = format!(
        "{NARROWED}, seen AS MATERIALIZED (
            SELECT asked.day, task.* FROM unnest($2) AS asked (day), LATERAL (
                {rule} SELECT * FROM task_at WHERE standing = 'overdue' OR asked.day = ANY ($5)
            ) AS task
        ) {FOUND}"
    );
    diesel::sql_query(JOIN_BY_HASH).execute(conn.pg())?;
    let rows: Vec<Row> = diesel::sql_query(query)
        .bind::<SqlUuid, _>(conn.tenant().uuid())
        .bind::<Array<Date>, _>(&days)
        .bind::<Date, _>(first)
        .bind::<Date, _>(last)
        .bind::<Array<Date>, _>(&ends)
        .load(conn.pg())?;
    diesel::sql_query(JOIN_AS_USUAL).execute(conn.pg())?;
    found(rows, flow)
}

fn found(rows: Vec<Row>, flow: Option<[NaiveDate; 2]>) -> Result<Lateness> {
    let mut found = Lateness::default();
    for row in rows {
        if let Some(overdue) = row.overdue {
            found.overdue_on.insert(row.day, overdue.unsigned_abs());
        }
        if let (Some(task), Some([opening, closing])) = (row.task, flow) {
            let on_day = Some(on_day(&task)?);
            let ends = found.ends.entry(task.id).or_default();
            if row.day == opening {
                ends.then = on_day;
            }
            if row.day == closing {
                ends.now = on_day;
            }
        }
    }
    Ok(found)
}

fn on_day(row: &TaskRow) -> Result<OnDay> {
    let unknown = || Error::Internal(format!("unknown standing: {}", row.standing));
    let view = StandingView {
        standing: Standing::from_code(&row.standing).ok_or_else(unknown)?,
        due_on: row.due_on,
        completed_on: row.completed_on,
        waiting_since: row.waiting_since,
        days_late: row.days_late.unsigned_abs(),
        due_soon: row.due_soon,
    };
    Ok(OnDay { unit: row.unit_id, view, outside: None })
}
