//! SQL that counts: one scan of the tenant's tasks, one row a cell and standing.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::{Prepared, TenantConn};
use crate::domain::briefing::{AgeBuckets, Cell, CellKey, Cut, MonthCounts, StandingCounts};
use crate::domain::standing::Standing;
use crate::domain::task::ProductKind;
use crate::error::{Error, Result};
use crate::tasks::{self, GIVEN_BY_GOVERNMENT};

/// `$4`–`$5` the month, `$6`–`$7` the next one. Each standing of a group has a row of its own, so that what counts in one
/// standing alone is told apart once a group (`cell`) and not once a task. The definitions are those of
/// `domain::briefing::cell_of`.
const CELLS: &str = "
, dated AS (
    SELECT *, due_on BETWEEN $4 AND $5 AS due_in,
           completed_on BETWEEN $4 AND $5 AS completed_in,
           completed_on IS NULL AND due_on BETWEEN $6 AND $7 AS due_next
      FROM task_at
)
SELECT unit_id, category = 'key' AS is_key, product, standing,
       count(*) AS tasks,
       count(*) FILTER (WHERE due_soon) AS due_soon,
       count(waiting_since) AS waiting,
       count(*) FILTER (WHERE days_late BETWEEN 1 AND 7) AS d1_7,
       count(*) FILTER (WHERE days_late BETWEEN 8 AND 30) AS d8_30,
       count(*) FILTER (WHERE days_late BETWEEN 31 AND 60) AS d31_60,
       count(*) FILTER (WHERE days_late BETWEEN 61 AND 120) AS d61_120,
       count(*) FILTER (WHERE days_late > 120) AS over_120,
       count(*) FILTER (WHERE due_in) AS due_in_period,
       count(*) FILTER (WHERE due_in AND (completed_on IS NOT NULL OR due_on < $2)) AS reached,
       count(*) FILTER (WHERE due_in AND completed_on <= due_on) AS on_time,
       count(*) FILTER (WHERE due_in AND completed_on <= coalesce(original_due_on, due_on))
           AS reached_on_time_original,
       count(*) FILTER (WHERE completed_in) AS completed_in_period,
       count(*) FILTER (WHERE due_next) AS due_next,
       count(*) FILTER (WHERE due_next AND product = 'scheme' AND level IN ('government', 'prime_minister'))
           AS due_next_schemes_to_government,
       max(days_late) AS longest_overdue_days
  FROM dated
 GROUP BY unit_id, category = 'key', product, standing";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    unit_id: Uuid,
    #[diesel(sql_type = Bool)]
    is_key: bool,
    #[diesel(sql_type = Text)]
    product: String,
    #[diesel(sql_type = Text)]
    standing: String,
    #[diesel(sql_type = BigInt)]
    tasks: i64,
    #[diesel(sql_type = BigInt)]
    due_soon: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    d1_7: i64,
    #[diesel(sql_type = BigInt)]
    d8_30: i64,
    #[diesel(sql_type = BigInt)]
    d31_60: i64,
    #[diesel(sql_type = BigInt)]
    d61_120: i64,
    #[diesel(sql_type = BigInt)]
    over_120: i64,
    #[diesel(sql_type = BigInt)]
    due_in_period: i64,
    #[diesel(sql_type = BigInt)]
    reached: i64,
    #[diesel(sql_type = BigInt)]
    on_time: i64,
    #[diesel(sql_type = BigInt)]
    reached_on_time_original: i64,
    #[diesel(sql_type = BigInt)]
    completed_in_period: i64,
    #[diesel(sql_type = BigInt)]
    due_next: i64,
    #[diesel(sql_type = BigInt)]
    due_next_schemes_to_government: i64,
    #[diesel(sql_type = Integer)]
    longest_overdue_days: i32,
}

/// The cells of a cut-off: one for each lead unit, category key or not, and kind of product.
///
/// # Errors
/// The database's.
pub fn cells(conn: &mut TenantConn<'_>, cut: &Cut) -> Result<Vec<(CellKey, Cell)>> {
    counted(conn, cut, tasks::over(None, CELLS))
}

/// The cells of the key tasks that the Government or the Prime Minister gave.
///
/// # Errors
/// The database's.
pub fn given_by_government(conn: &mut TenantConn<'_>, cut: &Cut) -> Result<Vec<(CellKey, Cell)>> {
    counted(conn, cut, tasks::over(Some(GIVEN_BY_GOVERNMENT), CELLS))
}

fn counted(conn: &mut TenantConn<'_>, cut: &Cut, query: String) -> Result<Vec<(CellKey, Cell)>> {
    // A plan for any day is good for none of them: this one is worth making anew.
    let rows: Vec<Row> = Prepared::new(query, Vec::new())
        .bind(conn.tenant().uuid())
        .bind(cut.cutoff)
        .bind(cut.soon_until)
        .bind(cut.period.first)
        .bind(cut.period.last)
        .bind(cut.next.first)
        .bind(cut.next.last)
        .once()
        .load(conn.pg())?;
    let mut cells: BTreeMap<CellKey, Cell> = BTreeMap::new();
    for row in &rows {
        *cells.entry(key(row)?).or_default() += cell(row)?;
    }
    Ok(cells.into_iter().collect())
}

fn key(row: &Row) -> Result<CellKey> {
    let product = ProductKind::from_code(&row.product)
        .ok_or_else(|| Error::Internal(format!("unknown kind of product: {}", row.product)))?;
    Ok(CellKey { unit: row.unit_id, is_key: row.is_key, product })
}

/// What the tasks of one standing count for.
fn cell(row: &Row) -> Result<Cell> {
    let standing = Standing::from_code(&row.standing)
        .ok_or_else(|| Error::Internal(format!("unknown standing: {}", row.standing)))?;
    let in_case = |is: bool, count: i64| if is { count.unsigned_abs() } else { 0 };
    let (counts, overdue) = (standing != Standing::Outside, standing == Standing::Overdue);
    let of = |other| in_case(standing == other, row.tasks);
    Ok(Cell {
        tasks: row.tasks.unsigned_abs(),
        standings: StandingCounts {
            completed_on_time: of(Standing::CompletedOnTime),
            completed_late: of(Standing::CompletedLate),
            within_term: of(Standing::WithinTerm),
            overdue: of(Standing::Overdue),
            no_deadline: of(Standing::NoDeadline),
            outside: of(Standing::Outside),
            due_soon: row.due_soon.unsigned_abs(),
            waiting: in_case(overdue || standing == Standing::WithinTerm, row.waiting),
        },
        waiting_overdue: in_case(overdue, row.waiting),
        ages: AgeBuckets {
            d1_7: in_case(overdue, row.d1_7),
            d8_30: in_case(overdue, row.d8_30),
            d31_60: in_case(overdue, row.d31_60),
            d61_120: in_case(overdue, row.d61_120),
            over_120: in_case(overdue, row.over_120),
        },
        month: MonthCounts {
            due_in_period: in_case(counts, row.due_in_period),
            reached: in_case(counts, row.reached),
            on_time: in_case(counts, row.on_time),
            reached_on_time_original: in_case(counts, row.reached_on_time_original),
            completed_in_period: in_case(counts, row.completed_in_period),
            completed_in_period_late: in_case(standing == Standing::CompletedLate, row.completed_in_period),
            due_next: in_case(counts, row.due_next),
            due_next_schemes_to_government: in_case(counts, row.due_next_schemes_to_government),
        },
        longest_overdue_days: if overdue { row.longest_overdue_days.unsigned_abs() } else { 0 },
    })
}
