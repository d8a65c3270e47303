//! SQL of what the flow asks beside the tasks of its two days.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::trend::NARROWED;
use crate::db::TenantConn;
use crate::domain::flow::OnDay;
use crate::domain::standing::{Standing, StandingView};
use crate::error::{Error, Result};
use crate::tasks::TASK_AT;

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

#[derive(QueryableByName)]
struct EndRow {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
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

/// A key task on the two days of the flow, by what is known now; `None` where it is not counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ends {
    /// On the opening's day; due soon is what is due on it.
    pub then: Option<OnDay>,
    /// At the cut-off.
    pub now: Option<OnDay>,
}

/// The key tasks that were overdue at the end of one of two days, or of both, by what is known now. Why one is outside
/// the count is not said.
///
/// # Errors
/// The database's.
pub fn overdue_at_an_end(
    conn: &mut TenantConn<'_>,
    opening: NaiveDate,
    closing: NaiveDate,
) -> Result<HashMap<Uuid, Ends>> {
    let rule = TASK_AT.replace("$2", "asked.day").replace("$3", "asked.day");
    let ends = format!(
        "{NARROWED}
        SELECT * FROM (
            SELECT asked.day, at.*, bool_or(at.standing = 'overdue') OVER (PARTITION BY at.id) AS is_end
              FROM unnest($2) AS asked (day), LATERAL ({rule} SELECT * FROM task_at) AS at
        ) AS both_days WHERE is_end"
    );
    let rows: Vec<EndRow> = super::trend::asked(conn, ends, &[opening, closing], opening, closing)?;
    let mut ends: HashMap<Uuid, Ends> = HashMap::new();
    for row in rows {
        let unknown = || Error::Internal(format!("unknown standing: {}", row.standing));
        let view = StandingView {
            standing: Standing::from_code(&row.standing).ok_or_else(unknown)?,
            due_on: row.due_on,
            completed_on: row.completed_on,
            waiting_since: row.waiting_since,
            days_late: row.days_late.unsigned_abs(),
            due_soon: row.due_soon,
        };
        let of_task = ends.entry(row.id).or_default();
        let on_day = Some(OnDay { unit: row.unit_id, view, outside: None });
        if row.day == opening {
            of_task.then = on_day;
        }
        if row.day == closing {
            of_task.now = on_day;
        }
    }
    Ok(ends)
}

const MADE_KEY: &str = "
SELECT DISTINCT subject_id AS id FROM journal
 WHERE tenant_id = $1 AND subject = 'task' AND subject_id = ANY ($2) AND at > $3
   AND jsonb_exists(before, 'category')";

/// Those of the tasks whose category was changed after an instant.
///
/// # Errors
/// The database's.
pub fn recategorised(conn: &mut TenantConn<'_>, ids: &[Uuid], since: DateTime<Utc>) -> Result<HashSet<Uuid>> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<IdRow> = diesel::sql_query(MADE_KEY)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Timestamptz, _>(since)
        .load(conn.pg())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
