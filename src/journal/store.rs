//! SQL of the journal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::{Entry, Flaw, FlawKind, Verified};
use crate::db::TenantConn;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::schema::journal;

#[derive(Insertable)]
#[diesel(table_name = journal)]
struct NewRow<'a> {
    tenant_id: Uuid,
    id: Uuid,
    at: DateTime<Utc>,
    actor: &'a str,
    act: &'a str,
    subject: &'a str,
    subject_id: Option<Uuid>,
    import_id: Option<Uuid>,
    before: Option<&'a Value>,
    after: Option<&'a Value>,
}

/// Rows a statement; ten values a row stay far below the protocol's 65,535.
const BATCH: usize = 2_000;

pub(super) fn insert(conn: &mut TenantConn<'_>, entries: &[Entry]) -> Result<()> {
    let (tenant_id, at) = (conn.tenant().uuid(), conn.now());
    for batch in entries.chunks(BATCH) {
        let rows: Vec<NewRow<'_>> = batch
            .iter()
            .map(|entry| NewRow {
                tenant_id,
                id: new_id(),
                at,
                actor: &entry.actor,
                act: entry.act,
                subject: entry.subject,
                subject_id: entry.subject_id,
                import_id: entry.import_id,
                before: entry.before.as_ref(),
                after: entry.after.as_ref(),
            })
            .collect();
        diesel::insert_into(journal::table).values(rows).execute(conn.pg())?;
    }
    Ok(())
}

/// The last link, and how many there are.
const END: &str = "
SELECT count(*) AS entries, encode((array_agg(sha256 ORDER BY number DESC))[1], 'hex') AS last_sha256
  FROM journal_links WHERE tenant_id = $1";

#[derive(QueryableByName)]
struct EndRow {
    #[diesel(sql_type = BigInt)]
    entries: i64,
    #[diesel(sql_type = Nullable<Text>)]
    last_sha256: Option<String>,
}

/// The first link that is wrong, else the first entry without one.
const FLAW: &str = "
WITH links AS (
    SELECT l.*, row_number() OVER w AS place,
           coalesce(lag(l.sha256) OVER w, decode(repeat('00', 32), 'hex')) AS before
      FROM journal_links l WHERE l.tenant_id = $1 WINDOW w AS (ORDER BY l.number)
), judged AS (
    SELECT l.number, l.entry_id AS entry,
           CASE WHEN l.number <> l.place OR l.previous_sha256 <> l.before THEN 'unlinked'
                WHEN j.id IS NULL THEN 'missing'
                WHEN l.sha256 <> sha256(l.previous_sha256 || convert_to(journal_told(l.number, j), 'UTF8'))
                THEN 'changed' END AS flaw
      FROM links l LEFT JOIN journal j ON j.tenant_id = $1 AND j.id = l.entry_id
    UNION ALL
    SELECT NULL, j.id, 'unsealed' FROM journal j
     WHERE j.tenant_id = $1
       AND NOT EXISTS (SELECT FROM journal_links l WHERE l.tenant_id = $1 AND l.entry_id = j.id)
)
SELECT number, entry, flaw FROM judged WHERE flaw IS NOT NULL ORDER BY number NULLS LAST, entry LIMIT 1";

#[derive(QueryableByName)]
struct FlawRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    number: Option<i64>,
    #[diesel(sql_type = SqlUuid)]
    entry: Uuid,
    #[diesel(sql_type = Text)]
    flaw: String,
}

pub(super) fn verify(conn: &mut TenantConn<'_>) -> Result<Verified> {
    let tenant = conn.tenant().uuid();
    let end: EndRow = diesel::sql_query(END).bind::<SqlUuid, _>(tenant).get_result(conn.pg())?;
    let flaw =
        diesel::sql_query(FLAW).bind::<SqlUuid, _>(tenant).get_result::<FlawRow>(conn.pg()).optional()?;
    let flaw = flaw.map(|row| {
        let kind = match row.flaw.as_str() {
            "unlinked" => FlawKind::Unlinked,
            "missing" => FlawKind::Missing,
            "changed" => FlawKind::Changed,
            _ => FlawKind::Unsealed,
        };
        Flaw { number: row.number, entry: row.entry, kind }
    });
    let entries = u64::try_from(end.entries).map_err(|_| Error::Internal("a negative count".to_owned()))?;
    Ok(Verified { entries, last_sha256: end.last_sha256, flaw })
}
