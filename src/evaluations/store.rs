//! SQL that judges the tasks of a period, and the weights that are kept.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::actions::TaskEvaluated;
use crate::db::{Prepared, TenantConn};
use crate::domain::evaluation::{Review, Scope, Tally, TallyKey, TaskJudged, Weights};
use crate::domain::standing::Standing;
use crate::domain::task::ProductKind;
use crate::error::{Error, Result};
use crate::schema::evaluation_weights;
use crate::tasks;

/// So many tasks of a unit are listed.
pub const MOST_TASKS: usize = 1_000;

/// The tasks that a period counts, `$4`–`$5`, each with its delays: what `domain::evaluation::TaskJudged` says of one.
/// Only tasks that were extended can have missed more deadlines than the last: of the others `days_late` says it.
const JUDGED: &str = "
, dated AS (
    SELECT *, coalesce(completed_on, waiting_since, $2) AS judged_on,
           completed_on IS NOT NULL OR due_on < $2 AS reached
      FROM task_at
     WHERE due_on BETWEEN $4 AND $5 AND standing <> 'outside'{scope}
), moved AS (
    SELECT task_id, id, coalesce(decided_on, '-infinity'::date) AS from_on, new_due_on AS due_on
      FROM task_extensions
     WHERE tenant_id = $1 AND new_due_on IS NOT NULL AND (decided_on <= $2 OR decided_on IS NULL)
       AND task_id IN (SELECT id FROM dated)
), begun AS (
    SELECT id AS task_id, NULL::uuid AS id, '-infinity'::date AS from_on, original_due_on AS due_on, 0 AS place
      FROM dated WHERE id IN (SELECT task_id FROM moved)
     UNION ALL SELECT task_id, id, from_on, due_on, 1 FROM moved
), held AS (
    SELECT task_id, from_on, due_on,
           lead(from_on, 1, 'infinity'::date) OVER (PARTITION BY task_id ORDER BY place, from_on, id) AS until_on
      FROM begun
), passed AS (
    SELECT d.id, greatest(h.from_on, h.due_on + 1) AS first_on, least(d.judged_on, h.until_on - 1) AS last_on
      FROM dated d JOIN held h ON h.task_id = d.id
     WHERE h.due_on IS NOT NULL
), missed AS (
    SELECT id, count(*) AS delays
      FROM passed p
     WHERE first_on <= last_on
       -- One day of it is in the count: its first, or one on which an exclusion has ended.
       AND EXISTS (SELECT FROM (SELECT p.first_on AS day
                                 UNION ALL
                                SELECT x.until_on FROM task_exclusions x
                                 WHERE x.tenant_id = $1 AND x.task_id = p.id
                                   AND x.until_on BETWEEN p.first_on AND p.last_on) c
                    WHERE NOT EXISTS (SELECT FROM task_exclusions e
                                       WHERE e.tenant_id = $1 AND e.task_id = p.id
                                         AND (e.from_on <= c.day OR e.from_on IS NULL)
                                         AND (e.until_on > c.day OR e.until_on IS NULL)))
     GROUP BY id
), judged_task AS (
    SELECT d.*, greatest(coalesce(m.delays, 0), CASE WHEN days_late > 0 THEN 1 ELSE 0 END)::integer AS delays
      FROM dated d LEFT JOIN missed m ON m.id = d.id
)";

const TALLIES: &str = "
SELECT unit_id, product, count(*) AS due,
       count(*) FILTER (WHERE reached) AS reached,
       count(*) FILTER (WHERE standing = 'completed_on_time') AS on_time,
       count(*) FILTER (WHERE standing = 'completed_late') AS completed_late,
       count(*) FILTER (WHERE reached AND standing = 'overdue') AS overdue,
       count(*) FILTER (WHERE reached AND standing = 'within_term') AS waiting,
       count(*) FILTER (WHERE completed_on <= coalesce(original_due_on, due_on)) AS on_time_original,
       coalesce(sum(days_late) FILTER (WHERE reached), 0)::bigint AS late_days,
       coalesce(sum(delays) FILTER (WHERE reached), 0)::bigint AS delays,
       coalesce(sum(greatest(4 - delays, 0)) FILTER (WHERE completed_on IS NOT NULL), 0)::bigint AS quarters
  FROM judged_task
 GROUP BY unit_id, product";

/// Of one unit, `$6`, at most `$7` of them.
const TASKS: &str = "
SELECT j.id, t.code, t.title, j.product, j.standing, j.due_on, j.original_due_on, j.completed_on, j.days_late, j.delays
  FROM judged_task j JOIN tasks t ON t.tenant_id = $1 AND t.id = j.id
 WHERE j.reached AND j.unit_id = $6
 ORDER BY j.days_late DESC, j.due_on, t.code COLLATE \"C\"
 LIMIT $7";

#[derive(QueryableByName)]
struct TallyRow {
    #[diesel(sql_type = SqlUuid)]
    unit_id: Uuid,
    #[diesel(sql_type = Text)]
    product: String,
    #[diesel(sql_type = BigInt)]
    due: i64,
    #[diesel(sql_type = BigInt)]
    reached: i64,
    #[diesel(sql_type = BigInt)]
    on_time: i64,
    #[diesel(sql_type = BigInt)]
    completed_late: i64,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    on_time_original: i64,
    #[diesel(sql_type = BigInt)]
    late_days: i64,
    #[diesel(sql_type = BigInt)]
    delays: i64,
    #[diesel(sql_type = BigInt)]
    quarters: i64,
}

#[derive(QueryableByName)]
struct TaskRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    product: String,
    #[diesel(sql_type = Text)]
    standing: String,
    #[diesel(sql_type = Date)]
    due_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    original_due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    completed_on: Option<NaiveDate>,
    #[diesel(sql_type = Integer)]
    days_late: i32,
    #[diesel(sql_type = Integer)]
    delays: i32,
}

/// A question of a period, with its first five values.
fn asked(conn: &TenantConn<'_>, review: &Review, scope: Scope, rest: &str) -> Prepared {
    let narrowed = match scope {
        Scope::Key => " AND category = 'key'",
        Scope::All => "",
    };
    let judged = JUDGED.replace("{scope}", narrowed);
    Prepared::new(tasks::over(None, &format!("{judged} {rest}")), Vec::new())
        .bind(conn.tenant().uuid())
        .bind(review.cutoff)
        .bind(review.cutoff)
        .bind(review.period.first)
        .bind(review.period.last)
}

fn product(code: &str) -> Result<ProductKind> {
    ProductKind::from_code(code).ok_or_else(|| Error::Internal(format!("unknown kind of product: {code}")))
}

/// What became of a period's tasks, one tally for each lead unit and kind of product.
///
/// # Errors
/// The database's.
pub fn tallies(conn: &mut TenantConn<'_>, review: &Review, scope: Scope) -> Result<Vec<(TallyKey, Tally)>> {
    let rows: Vec<TallyRow> = asked(conn, review, scope, TALLIES).load(conn.pg())?;
    let tally = |row: TallyRow| {
        let tally = Tally {
            due: row.due.unsigned_abs(),
            reached: row.reached.unsigned_abs(),
            on_time: row.on_time.unsigned_abs(),
            completed_late: row.completed_late.unsigned_abs(),
            overdue: row.overdue.unsigned_abs(),
            waiting: row.waiting.unsigned_abs(),
            on_time_original: row.on_time_original.unsigned_abs(),
            late_days: row.late_days.unsigned_abs(),
            delays: row.delays.unsigned_abs(),
            quarters: row.quarters.unsigned_abs(),
        };
        Ok((TallyKey { unit: row.unit_id, product: product(&row.product)? }, tally))
    };
    rows.into_iter().map(tally).collect()
}

/// The tasks of a unit that were reached.
pub(super) fn tasks(
    conn: &mut TenantConn<'_>,
    review: &Review,
    scope: Scope,
    unit: Uuid,
) -> Result<Vec<TaskEvaluated>> {
    let most = i32::try_from(MOST_TASKS).unwrap_or(i32::MAX);
    let rows: Vec<TaskRow> = asked(conn, review, scope, TASKS).bind(unit).bind(most).load(conn.pg())?;
    let task = |row: TaskRow| {
        let unknown = || Error::Internal(format!("unknown standing: {}", row.standing));
        let judged = TaskJudged {
            standing: Standing::from_code(&row.standing).ok_or_else(unknown)?,
            due_on: row.due_on,
            original_due_on: row.original_due_on,
            completed_on: row.completed_on,
            days_late: row.days_late.unsigned_abs(),
            delays: row.delays.unsigned_abs(),
        };
        let product = product(&row.product)?;
        Ok(TaskEvaluated { id: row.id, code: row.code, title: row.title, product, judged })
    };
    rows.into_iter().map(task).collect()
}

/// The tenant's weights.
pub(super) fn weights(conn: &mut TenantConn<'_>) -> Result<Weights> {
    let rows: Vec<(String, i16)> = evaluation_weights::table
        .filter(evaluation_weights::tenant_id.eq(conn.tenant().uuid()))
        .select((evaluation_weights::product, evaluation_weights::tenths))
        .load(conn.pg())?;
    let weight = |(code, tenths): (String, i16)| Ok((product(&code)?, u32::from(tenths.unsigned_abs())));
    Ok(Weights::new(rows.into_iter().map(weight).collect::<Result<Vec<_>>>()?))
}

/// Gives the tenant these weights.
pub(super) fn replace_weights(conn: &mut TenantConn<'_>, weights: &Weights) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let kept = evaluation_weights::table.filter(evaluation_weights::tenant_id.eq(tenant));
    diesel::delete(kept).execute(conn.pg())?;
    let row = |(kind, tenths): (ProductKind, u32)| {
        let tenths =
            i16::try_from(tenths).map_err(|_| Error::Internal("a weight out of its range".to_owned()))?;
        Ok((
            evaluation_weights::tenant_id.eq(tenant),
            evaluation_weights::product.eq(kind.code()),
            evaluation_weights::tenths.eq(tenths),
        ))
    };
    let rows = weights.unusual().map(row).collect::<Result<Vec<_>>>()?;
    diesel::insert_into(evaluation_weights::table).values(rows).execute(conn.pg())?;
    Ok(())
}
