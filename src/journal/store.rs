//! SQL of the journal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::Entry;
use crate::db::TenantConn;
use crate::error::Result;
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
