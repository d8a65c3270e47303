//! SQL that counts the tasks of a list by their standing.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::question::{Question, condition};
use crate::db::TenantConn;
use crate::domain::briefing::StandingCounts;
use crate::domain::standing::Standing;
use crate::error::Result;
use crate::tasks::filter::{StandingFilter, TaskFilter};

#[derive(QueryableByName)]
struct Row {
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
}

/// How the tasks of a day that match the filter stand.
pub(in crate::tasks) fn counts(conn: &mut TenantConn<'_>, filter: &TaskFilter) -> Result<StandingCounts> {
    let standings = Standing::ALL.iter().map(|standing| StandingFilter::Is(*standing));
    let counted = standings.chain([StandingFilter::DueSoon, StandingFilter::Waiting]);
    let columns: Vec<String> = counted
        .map(|standing| format!("count(*) FILTER (WHERE {}) AS {}", condition(standing), standing.code()))
        .collect();
    let rest = format!("SELECT {} FROM task_at d {{where}}", columns.join(",\n       "));
    let row: Row = Question::of(conn.tenant(), filter).ask(&rest).get_result(conn.pg())?;
    Ok(StandingCounts {
        completed_on_time: row.completed_on_time.unsigned_abs(),
        completed_late: row.completed_late.unsigned_abs(),
        within_term: row.within_term.unsigned_abs(),
        overdue: row.overdue.unsigned_abs(),
        no_deadline: row.no_deadline.unsigned_abs(),
        outside: row.outside.unsigned_abs(),
        due_soon: row.due_soon.unsigned_abs(),
        waiting: row.waiting.unsigned_abs(),
    })
}
