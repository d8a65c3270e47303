//! SQL of the log of progress, and of the reports that wait.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, SmallInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::{Prepared, TenantConn};
use crate::error::Result;
use crate::tasks::acts::{NoteTold, WaitingTold};

#[derive(QueryableByName)]
struct NoteRow {
    #[diesel(sql_type = Date)]
    noted_on: NaiveDate,
    #[diesel(sql_type = Text)]
    by: String,
    #[diesel(sql_type = Nullable<SmallInt>)]
    percent: Option<i16>,
    #[diesel(sql_type = Nullable<Text>)]
    words: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    obstacles: Option<String>,
}

const NOTES: &str = "
SELECT n.noted_on, coalesce(p.full_name, n.noted_by) AS by, n.percent, n.words, n.obstacles
  FROM task_notes n
  LEFT JOIN persons p ON p.tenant_id = $1 AND p.id::text = n.noted_by
 WHERE n.tenant_id = $1 AND n.task_id = $2 AND n.noted_on <= $3
 ORDER BY n.id DESC LIMIT 100";

/// The notes of a task by a day, the latest first.
pub(in crate::tasks) fn notes(
    conn: &mut TenantConn<'_>,
    task: Uuid,
    day: NaiveDate,
) -> Result<Vec<NoteTold>> {
    let values = vec![conn.tenant().uuid().into(), task.into(), day.into()];
    let rows: Vec<NoteRow> = Prepared::new(NOTES.to_owned(), values).load(conn.pg())?;
    let told = |row: NoteRow| NoteTold {
        noted_on: row.noted_on,
        by: row.by,
        percent: row.percent,
        words: row.words,
        obstacles: row.obstacles,
    };
    Ok(rows.into_iter().map(told).collect())
}

#[derive(QueryableByName)]
struct WaitingRow {
    #[diesel(sql_type = BigInt)]
    total: i64,
    #[diesel(sql_type = SqlUuid)]
    task: Uuid,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Nullable<Date>)]
    due_on: Option<NaiveDate>,
    #[diesel(sql_type = Date)]
    submitted_on: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    submitted_by: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    product_number: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    product_date: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    evidence: Option<String>,
}

const WAITING: &str = "
SELECT count(*) OVER () AS total, t.id AS task, t.version, t.code, t.title, u.short_name AS unit, t.due_on,
       s.submitted_on, s.submitted_by, p.full_name AS name, s.product_number, s.product_date, s.evidence
  FROM task_submissions s
  JOIN tasks t ON t.tenant_id = $1 AND t.id = s.task_id AND t.status = 'submitted' AND t.deleted_at IS NULL
  JOIN units u ON u.tenant_id = $1 AND u.id = t.lead_unit_id
  LEFT JOIN persons p ON p.tenant_id = $1 AND p.id::text = s.submitted_by
 WHERE s.tenant_id = $1 AND s.accepted IS NULL
 ORDER BY s.submitted_on, t.code LIMIT $2";

/// How many reports wait, and the earliest of them.
pub(in crate::tasks) fn waiting(conn: &mut TenantConn<'_>, most: i32) -> Result<(u64, Vec<WaitingTold>)> {
    let values = vec![conn.tenant().uuid().into(), most.into()];
    let rows: Vec<WaitingRow> = Prepared::new(WAITING.to_owned(), values).load(conn.pg())?;
    let total = rows.first().map_or(0, |row| row.total.unsigned_abs());
    let told = |row: WaitingRow| WaitingTold {
        task: row.task,
        version: row.version,
        code: row.code,
        title: row.title,
        unit: row.unit,
        due_on: row.due_on,
        submitted_on: row.submitted_on,
        submitted_by: row.submitted_by,
        name: row.name,
        product_number: row.product_number,
        product_date: row.product_date,
        evidence: row.evidence,
    };
    Ok((total, rows.into_iter().map(told).collect()))
}
