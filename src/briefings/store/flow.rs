//! SQL of what the flow asks beside the tasks of its two days.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::trend::{NARROWED, NARROWED_TO_DAY};
use crate::db::TenantConn;
use crate::error::Result;
use crate::tasks::TASK_AT;

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// The key tasks overdue at the end of a day, by what is known now.
///
/// # Errors
/// The database's.
pub fn overdue(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<Uuid>> {
    let rule =
        TASK_AT.replacen("WITH", NARROWED_TO_DAY, 1).replace("$2", "asked.day").replace("$3", "asked.day");
    let named = format!(
        "{NARROWED}
        SELECT named.id FROM unnest($2) AS asked (day),
               LATERAL ({rule} SELECT id FROM task_at WHERE standing = 'overdue') AS named ORDER BY named.id"
    );
    let rows: Vec<IdRow> = super::trend::asked(conn, named, &[day], day, day)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
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
