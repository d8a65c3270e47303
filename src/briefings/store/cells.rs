//! SQL that counts: one scan of the tenant's tasks, one row a cell.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::{Prepared, TenantConn};
use crate::domain::briefing::{AgeBuckets, Cell, CellKey, Cut, MonthCounts, StandingCounts};
use crate::domain::task::ProductKind;
use crate::error::{Error, Result};
use crate::tasks::{self, GIVEN_BY_GOVERNMENT};

/// `$4`–`$5` the month, `$6`–`$7` the next one. The definitions are those of `domain::briefing::cell_of`.
const CELLS: &str = "
, dated AS (
    SELECT *, standing <> 'outside' AS counts,
           due_on BETWEEN $4 AND $5 AS due_in,
           due_on BETWEEN $4 AND $5 AND (completed_on IS NOT NULL OR due_on < $2) AS reached,
           completed_on BETWEEN $4 AND $5 AS completed_in,
           completed_on IS NULL AND due_on BETWEEN $6 AND $7 AS due_next
      FROM task_at
)
SELECT unit_id, category = 'key' AS is_key, product,
       count(*) AS tasks,
       count(*) FILTER (WHERE standing = 'completed_on_time') AS completed_on_time,
       count(*) FILTER (WHERE standing = 'completed_late') AS completed_late,
       count(*) FILTER (WHERE standing = 'within_term') AS within_term,
       count(*) FILTER (WHERE standing = 'overdue') AS overdue,
       count(*) FILTER (WHERE standing = 'no_deadline') AS no_deadline,
       count(*) FILTER (WHERE standing = 'outside') AS outside,
       count(*) FILTER (WHERE due_soon) AS due_soon,
       count(*) FILTER (WHERE standing IN ('within_term', 'overdue') AND waiting_since IS NOT NULL) AS waiting,
       count(*) FILTER (WHERE standing = 'overdue' AND waiting_since IS NOT NULL) AS waiting_overdue,
       count(*) FILTER (WHERE standing = 'overdue' AND days_late BETWEEN 1 AND 7) AS d1_7,
       count(*) FILTER (WHERE standing = 'overdue' AND days_late BETWEEN 8 AND 30) AS d8_30,
       count(*) FILTER (WHERE standing = 'overdue' AND days_late BETWEEN 31 AND 60) AS d31_60,
       count(*) FILTER (WHERE standing = 'overdue' AND days_late BETWEEN 61 AND 120) AS d61_120,
       count(*) FILTER (WHERE standing = 'overdue' AND days_late > 120) AS over_120,
       count(*) FILTER (WHERE counts AND due_in) AS due_in_period,
       count(*) FILTER (WHERE counts AND reached) AS reached,
       count(*) FILTER (WHERE counts AND reached AND completed_on <= due_on) AS on_time,
       count(*) FILTER (WHERE counts AND reached AND completed_on <= coalesce(original_due_on, due_on))
           AS reached_on_time_original,
       count(*) FILTER (WHERE counts AND completed_in) AS completed_in_period,
       count(*) FILTER (WHERE completed_in AND standing = 'completed_late') AS completed_in_period_late,
       count(*) FILTER (WHERE counts AND due_next) AS due_next,
       count(*) FILTER (WHERE counts AND due_next AND product = 'scheme'
                          AND level IN ('government', 'prime_minister')) AS due_next_schemes_to_government,
       coalesce(max(days_late) FILTER (WHERE standing = 'overdue'), 0) AS longest_overdue_days
  FROM dated
 GROUP BY unit_id, category = 'key', product";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    unit_id: Uuid,
    #[diesel(sql_type = Bool)]
    is_key: bool,
    #[diesel(sql_type = Text)]
    product: String,
    #[diesel(sql_type = BigInt)]
    tasks: i64,
    #[diesel(sql_type = BigInt)]
    completed_on_time: i64,
    #[diesel(sql_type = BigInt)]
    completed_late: i64,
    #[diesel(sql_type = BigInt)]
    within_term: i64,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
    #[diesel(sql_type = BigInt)]
    no_deadline: i64,
    #[diesel(sql_type = BigInt)]
    outside: i64,
    #[diesel(sql_type = BigInt)]
    due_soon: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    waiting_overdue: i64,
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
    completed_in_period_late: i64,
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
    let rows: Vec<Row> = Prepared::new(query, Vec::new())
        .bind(conn.tenant().uuid())
        .bind(cut.cutoff)
        .bind(cut.soon_until)
        .bind(cut.period.first)
        .bind(cut.period.last)
        .bind(cut.next.first)
        .bind(cut.next.last)
        .load(conn.pg())?;
    rows.iter().map(|row| Ok((key(row)?, cell(row)))).collect()
}

fn key(row: &Row) -> Result<CellKey> {
    let product = ProductKind::from_code(&row.product)
        .ok_or_else(|| Error::Internal(format!("unknown kind of product: {}", row.product)))?;
    Ok(CellKey { unit: row.unit_id, is_key: row.is_key, product })
}

fn cell(row: &Row) -> Cell {
    Cell {
        tasks: whole(row.tasks),
        standings: StandingCounts {
            completed_on_time: whole(row.completed_on_time),
            completed_late: whole(row.completed_late),
            within_term: whole(row.within_term),
            overdue: whole(row.overdue),
            no_deadline: whole(row.no_deadline),
            outside: whole(row.outside),
            due_soon: whole(row.due_soon),
            waiting: whole(row.waiting),
        },
        waiting_overdue: whole(row.waiting_overdue),
        ages: AgeBuckets {
            d1_7: whole(row.d1_7),
            d8_30: whole(row.d8_30),
            d31_60: whole(row.d31_60),
            d61_120: whole(row.d61_120),
            over_120: whole(row.over_120),
        },
        month: MonthCounts {
            due_in_period: whole(row.due_in_period),
            reached: whole(row.reached),
            on_time: whole(row.on_time),
            reached_on_time_original: whole(row.reached_on_time_original),
            completed_in_period: whole(row.completed_in_period),
            completed_in_period_late: whole(row.completed_in_period_late),
            due_next: whole(row.due_next),
            due_next_schemes_to_government: whole(row.due_next_schemes_to_government),
        },
        longest_overdue_days: row.longest_overdue_days.unsigned_abs(),
    }
}

/// A count is never negative.
fn whole(count: i64) -> u64 {
    count.unsigned_abs()
}
