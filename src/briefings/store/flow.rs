//! SQL of what the flow asks beside the tasks of its two days.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Timestamptz, Uuid as SqlUuid};
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

#[derive(QueryableByName)]
struct OverdueRow {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// The key tasks overdue at the end of each of some days, by what is known now.
///
/// # Errors
/// The database's.
pub fn overdue(conn: &mut TenantConn<'_>, days: &[NaiveDate]) -> Result<HashMap<NaiveDate, Vec<Uuid>>> {
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return Ok(HashMap::new());
    };
    let rule =
        TASK_AT.replacen("WITH", NARROWED_TO_DAY, 1).replace("$2", "asked.day").replace("$3", "asked.day");
    let named = format!(
        "{NARROWED}
        SELECT asked.day, named.id FROM unnest($2) AS asked (day),
               LATERAL ({rule} SELECT id FROM task_at WHERE standing = 'overdue') AS named
         ORDER BY asked.day, named.id"
    );
    let rows: Vec<OverdueRow> = super::trend::asked(conn, named, days, *first, *last)?;
    let mut overdue: HashMap<NaiveDate, Vec<Uuid>> = HashMap::new();
    for row in rows {
        overdue.entry(row.day).or_default().push(row.id);
    }
    Ok(overdue)
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
