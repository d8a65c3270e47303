//! SQL of what the flow asks beside the tasks of its two days.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
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
