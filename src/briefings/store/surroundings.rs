//! SQL of what stands around the figures: extensions, campaigns, who keeps their tasks up to date.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::briefings::whole::ExtensionTold;
use crate::db::{Prepared, TenantConn};
use crate::domain::period::Period;
use crate::domain::task::ExtensionDecision;
use crate::error::{Error, Result};
use crate::tasks::{self, AsOf};

#[derive(QueryableByName)]
struct ExtensionRow {
    #[diesel(sql_type = SqlUuid)]
    task_id: Uuid,
    #[diesel(sql_type = Nullable<Date>)]
    requested_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    due_before: Option<NaiveDate>,
    #[diesel(sql_type = Date)]
    wanted_due_on: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    decision: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    decided_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    new_due_on: Option<NaiveDate>,
}

/// Asked or decided from `$2` to `$3`; what was decided after `$3` was open on it.
const EXTENSIONS: &str = "
SELECT e.task_id, e.requested_on,
       coalesce((SELECT b.new_due_on FROM task_extensions b
                  WHERE b.tenant_id = $1 AND b.task_id = e.task_id AND b.new_due_on IS NOT NULL
                    AND (b.decided_on < coalesce(e.decided_on, $3) OR b.decided_on IS NULL) AND b.id <> e.id
                  ORDER BY b.decided_on DESC NULLS LAST, b.id DESC LIMIT 1), t.original_due_on) AS due_before,
       e.wanted_due_on,
       CASE WHEN e.decided_on <= $3 THEN e.decision END AS decision,
       CASE WHEN e.decided_on <= $3 THEN e.decided_on END AS decided_on,
       CASE WHEN e.decided_on <= $3 THEN e.new_due_on END AS new_due_on
  FROM task_extensions e
  JOIN tasks t ON t.tenant_id = $1 AND t.id = e.task_id AND t.category = 'key' AND t.deleted_at IS NULL
 WHERE e.tenant_id = $1
   AND (e.requested_on BETWEEN $2 AND $3 OR e.decided_on BETWEEN $2 AND $3
        OR e.requested_on < $2 AND (e.decided_on > $3 OR e.decision IS NULL))
 ORDER BY coalesce(e.requested_on, e.decided_on), t.code COLLATE \"C\", e.id";

/// The requests for later deadlines of key tasks that were asked, decided or open in the days given.
///
/// # Errors
/// The database's.
pub fn extensions(
    conn: &mut TenantConn<'_>,
    first: NaiveDate,
    cutoff: NaiveDate,
) -> Result<Vec<ExtensionTold>> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<ExtensionRow> = diesel::sql_query(EXTENSIONS)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Date, _>(first)
        .bind::<Date, _>(cutoff)
        .load(conn.pg())?;
    let told = |row: ExtensionRow| {
        let unknown = || Error::Internal("an extension holds an unknown decision".to_owned());
        let decision = match &row.decision {
            Some(code) => Some(ExtensionDecision::from_code(code).ok_or_else(unknown)?),
            None => None,
        };
        Ok(ExtensionTold {
            task: row.task_id,
            requested_on: row.requested_on,
            due_before: row.due_before,
            wanted_on: row.wanted_due_on,
            decision,
            decided_on: row.decided_on,
            new_due_on: row.new_due_on,
        })
    };
    rows.into_iter().map(told).collect()
}

/// A campaign that was open in a period.
#[derive(QueryableByName)]
pub struct OpenCampaign {
    /// The campaign.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// By when.
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
}

const CAMPAIGNS: &str = "
SELECT id, title, due_on FROM campaigns
 WHERE tenant_id = $1 AND assigned_on <= $3 AND (closed_on >= $2 OR closed_on IS NULL)
 ORDER BY due_on, id";

/// The campaigns that were open in the period, by what they are due.
///
/// # Errors
/// The database's.
pub fn campaigns(conn: &mut TenantConn<'_>, period: Period, cutoff: NaiveDate) -> Result<Vec<OpenCampaign>> {
    let tenant = conn.tenant().uuid();
    Ok(diesel::sql_query(CAMPAIGNS)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Date, _>(period.first)
        .bind::<Date, _>(cutoff)
        .load(conn.pg())?)
}

/// The tasks of which something was noted, reported or asked from `$4` to `$2`.
const TOUCHED: &str = "
SELECT task_id FROM task_notes WHERE tenant_id = $1 AND noted_on BETWEEN $4 AND $2
 UNION SELECT task_id FROM task_submissions WHERE tenant_id = $1 AND submitted_on BETWEEN $4 AND $2
 UNION SELECT task_id FROM task_extensions WHERE tenant_id = $1 AND requested_on BETWEEN $4 AND $2";

#[derive(QueryableByName)]
struct UnitRow {
    #[diesel(sql_type = SqlUuid)]
    unit_id: Uuid,
}

/// The units that led a task at the cut-off of which something was noted, reported or asked since a day.
///
/// # Errors
/// The database's.
pub fn updated(conn: &mut TenantConn<'_>, as_of: AsOf, since: NaiveDate) -> Result<HashSet<Uuid>> {
    let query = tasks::over(Some(TOUCHED), "SELECT DISTINCT unit_id FROM task_at");
    let rows: Vec<UnitRow> = Prepared::new(query, Vec::new())
        .bind(conn.tenant().uuid())
        .bind(as_of.day)
        .bind(as_of.soon_until)
        .bind(since)
        .once()
        .load(conn.pg())?;
    Ok(rows.into_iter().map(|row| row.unit_id).collect())
}
