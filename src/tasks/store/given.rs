//! SQL of giving computed deadlines anew.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Timestamptz, Uuid as SqlUuid};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;

/// A deadline on another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueMove {
    /// Whose.
    pub task: Uuid,
    /// The deadline there is.
    pub from: NaiveDate,
    /// What it shall be.
    pub to: NaiveDate,
}

const MOVE: &str = "
UPDATE tasks t SET original_due_on = m.due, due_on = m.due, version = version + 1, updated_at = $3
  FROM jsonb_to_recordset($2) AS m (id uuid, was date, due date)
 WHERE t.tenant_id = $1 AND t.id = m.id AND t.due_on = m.was AND t.original_due_on = m.was AND t.completed_on IS NULL
   AND t.deleted_at IS NULL
   AND NOT EXISTS (SELECT FROM task_extensions x WHERE x.tenant_id = $1 AND x.task_id = t.id AND x.new_due_on IS NOT NULL)
RETURNING t.id";

#[derive(QueryableByName)]
struct Moved {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Moves deadlines that are still what they were computed as; the tasks that were.
pub(in crate::tasks) fn move_due(conn: &mut TenantConn<'_>, moves: &[DueMove]) -> Result<HashSet<Uuid>> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let rows = moves.iter().map(|one| json!({ "id": one.task, "was": one.from, "due": one.to })).collect();
    let moved: Vec<Moved> = diesel::sql_query(MOVE)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Jsonb, _>(Value::Array(rows))
        .bind::<Timestamptz, _>(now)
        .load(conn.pg())?;
    Ok(moved.into_iter().map(|row| row.id).collect())
}
