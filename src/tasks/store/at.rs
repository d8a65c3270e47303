//! The standing of tasks on a day, in SQL: the one place that says in SQL what `domain::standing` says
//! in Rust. Lists and figures put it in front of their own query; a test holds the two equal.

use chrono::NaiveDate;

use crate::db::Prepared;
use crate::ids::TenantId;

/// The day asked for.
#[derive(Debug, Clone, Copy)]
pub struct AsOf {
    /// The day.
    pub day: NaiveDate,
    /// The last date that is due soon on it, from the tenant's working calendar.
    pub soon_until: NaiveDate,
}

/// Writes the rule once for both ways of asking: of every task, or of those chosen beforehand. `$of_task` narrows
/// the tables of facts, `$these` the tasks.
macro_rules! task_at {
    ($of_task:literal, $these:literal) => {
        concat!(
            "extended AS (
    SELECT DISTINCT ON (task_id) task_id, new_due_on
      FROM task_extensions
     WHERE tenant_id = $1",
            $of_task,
            " AND new_due_on IS NOT NULL AND (decided_on <= $2 OR decided_on IS NULL)
     ORDER BY task_id, decided_on DESC NULLS LAST, id DESC
), undone AS (
    SELECT DISTINCT ON (task_id) task_id, submitted_on
      FROM task_submissions
     WHERE tenant_id = $1",
            $of_task,
            " AND undone_on > $2 AND accepted AND decided_on <= $2
     ORDER BY task_id, decided_on DESC, id DESC
), led AS (
    SELECT DISTINCT ON (task_id) task_id, from_unit_id
      FROM task_lead_changes
     WHERE tenant_id = $1",
            $of_task,
            " AND changed_on > $2
     ORDER BY task_id, changed_on, id
), dated_fact AS (
    SELECT task_id, new_due_on AS extended_to, NULL::date AS waiting_since, NULL::date AS undone_of,
           NULL::boolean AS outside, NULL::uuid AS led_by
      FROM extended
    UNION ALL
    SELECT task_id, NULL, submitted_on, NULL, NULL, NULL
      FROM task_submissions
     WHERE tenant_id = $1",
            $of_task,
            " AND submitted_on <= $2 AND (decided_on > $2 OR decided_on IS NULL)
    UNION ALL
    SELECT task_id, NULL, NULL, submitted_on, NULL, NULL FROM undone
    UNION ALL
    SELECT task_id, NULL, NULL, NULL, true, NULL
      FROM task_exclusions
     WHERE tenant_id = $1",
            $of_task,
            " AND (from_on <= $2 OR from_on IS NULL) AND (until_on > $2 OR until_on IS NULL)
    UNION ALL
    SELECT task_id, NULL, NULL, NULL, NULL, from_unit_id FROM led
), known AS MATERIALIZED (
    SELECT task_id, max(extended_to) AS extended_to, max(waiting_since) AS waiting_since,
           max(undone_of) AS undone_of, bool_or(outside) AS outside,
           (array_agg(led_by) FILTER (WHERE led_by IS NOT NULL))[1] AS led_by
      FROM dated_fact
     GROUP BY task_id
), fact AS (
    SELECT t.id, coalesce(known.led_by, t.lead_unit_id) AS unit_id, t.category, t.product, t.level,
           t.original_due_on, coalesce(known.extended_to, t.original_due_on) AS due_on,
           CASE WHEN t.confirmed_on <= $2 THEN t.completed_on ELSE known.undone_of END AS completed_on,
           CASE WHEN t.confirmed_on <= $2 OR known.undone_of IS NOT NULL THEN NULL
                ELSE known.waiting_since END AS waiting_since,
           known.outside IS NOT NULL AS outside
      FROM tasks t
      LEFT JOIN known ON known.task_id = t.id
     WHERE t.tenant_id = $1",
            $these,
            " AND t.deleted_at IS NULL AND (t.assigned_on <= $2 OR t.assigned_on IS NULL)
), judged AS (
    SELECT *, CASE WHEN outside THEN 'outside'
                   WHEN due_on IS NULL THEN 'no_deadline'
                   WHEN completed_on <= due_on THEN 'completed_on_time'
                   WHEN completed_on > due_on THEN 'completed_late'
                   WHEN coalesce(waiting_since, $2) > due_on THEN 'overdue'
                   ELSE 'within_term' END AS standing
      FROM fact OFFSET 0
), task_at AS (
    SELECT id, unit_id, category, product, level, original_due_on, due_on, completed_on, waiting_since, standing,
           CASE standing WHEN 'overdue' THEN coalesce(waiting_since, $2) - due_on
                         WHEN 'completed_late' THEN completed_on - due_on
                         ELSE 0 END AS days_late,
           standing = 'within_term' AND waiting_since IS NULL AND due_on <= $3 AS due_soon
      FROM judged
)"
        )
    };
}

/// Begins a query with `WITH … task_at` over every task: `$1` the tenant, `$2` the day, `$3` the last date due soon.
///
/// `task_at` has one row a task that is counted on the day (assigned by then, not deleted): `id, unit_id`
/// (lead unit on the day)`, category, product, level, original_due_on, due_on, completed_on, waiting_since,
/// standing, days_late, due_soon`, all as they were on the day. The words of a task are joined by its id.
///
/// For speed over a hundred thousand tasks: what is said of few of them (extensions, waiting submissions, confirmations
/// undone since, exclusions, changes of lead) is gathered first, at most one of each a task but for submissions, of which
/// the last counts, and joined by hash, once; of `tasks` only columns of the index `tasks_figures` are read, so that the
/// wide rows are not; `OFFSET 0` has the standing worked out once a row, where PostgreSQL would put the whole CASE into
/// every condition on it.
pub const TASK_AT: &str = concat!("\nWITH ", task_at!("", ""));

/// The same for the tasks whose ids are in `chosen.ids`, a `WITH` of one row that the query begins with: of every
/// table only their rows are looked up, so that some hundred tasks cost a hundredth of all.
const TASK_AT_AMONG: &str = task_at!(
    " AND task_id = ANY ((SELECT ids FROM chosen)::uuid[])",
    " AND t.id = ANY ((SELECT ids FROM chosen)::uuid[])"
);

/// Begins a query that reads `task_at` with its first three values bound.
pub fn bind_as_of(rest: &str, tenant: TenantId, as_of: AsOf) -> Prepared {
    Prepared::new(format!("{TASK_AT} {rest}"), Vec::new())
        .bind(tenant.uuid())
        .bind(as_of.day)
        .bind(as_of.soon_until)
}

/// Puts `task_at` in front of a query, with its first three values: of every task, or of those whose ids `chosen` selects.
pub fn over(chosen: Option<&str>, rest: &str) -> String {
    match chosen {
        Some(ids) => format!("WITH chosen AS (SELECT array({ids}) AS ids), {TASK_AT_AMONG} {rest}"),
        None => format!("{TASK_AT} {rest}"),
    }
}
