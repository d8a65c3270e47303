//! SQL of kept answers.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::{Answer, Asked};
use crate::db::TenantConn;
use crate::error::{Error, Result};
use crate::schema::idempotency_keys;

#[derive(Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
pub(super) struct KeptRow {
    pub request_sha256: Vec<u8>,
    pub status: i16,
    pub location: Option<String>,
    pub etag: Option<String>,
    pub sealed_body: Vec<u8>,
}

/// Whether nobody else works under this key now; held until the transaction ends.
pub(super) fn lock(conn: &mut TenantConn<'_>, asked: &Asked) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Locked {
        #[diesel(sql_type = Bool)]
        locked: bool,
    }
    // Two keys of one hash only wait for each other.
    let whole = format!("idempotency {} {} {}", conn.tenant().uuid(), asked.holder, asked.key);
    let lock = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked";
    let locked: Locked = diesel::sql_query(lock).bind::<Text, _>(whole).get_result(conn.pg())?;
    Ok(locked.locked)
}

pub(super) fn kept(
    conn: &mut TenantConn<'_>,
    asked: &Asked,
    since: DateTime<Utc>,
) -> Result<Option<KeptRow>> {
    Ok(idempotency_keys::table
        .filter(idempotency_keys::tenant_id.eq(conn.tenant().uuid()))
        .filter(idempotency_keys::holder_id.eq(asked.holder))
        .filter(idempotency_keys::key.eq(&asked.key))
        .filter(idempotency_keys::created_at.gt(since))
        .select(KeptRow::as_select())
        .first(conn.pg())
        .optional()?)
}

/// Keeps an answer, in place of one that is no longer given.
pub(super) fn keep(
    conn: &mut TenantConn<'_>,
    asked: &Asked,
    answer: &Answer,
    sealed_body: Vec<u8>,
) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let own = idempotency_keys::table
        .filter(idempotency_keys::tenant_id.eq(tenant))
        .filter(idempotency_keys::holder_id.eq(asked.holder))
        .filter(idempotency_keys::key.eq(&asked.key));
    diesel::delete(own).execute(conn.pg())?;
    let status = i16::try_from(answer.status).map_err(|_| Error::Internal("no HTTP status".to_owned()))?;
    let row = (
        idempotency_keys::tenant_id.eq(tenant),
        idempotency_keys::holder_id.eq(asked.holder),
        idempotency_keys::key.eq(&asked.key),
        idempotency_keys::request_sha256.eq(asked.request_sha256.as_slice()),
        idempotency_keys::status.eq(status),
        idempotency_keys::location.eq(&answer.location),
        idempotency_keys::etag.eq(&answer.etag),
        idempotency_keys::sealed_body.eq(sealed_body),
        idempotency_keys::created_at.eq(conn.now()),
    );
    diesel::insert_into(idempotency_keys::table).values(row).execute(conn.pg())?;
    Ok(())
}

pub(super) fn purge(conn: &mut TenantConn<'_>, before: DateTime<Utc>) -> Result<usize> {
    let old = idempotency_keys::table
        .filter(idempotency_keys::tenant_id.eq(conn.tenant().uuid()))
        .filter(idempotency_keys::created_at.le(before));
    Ok(diesel::delete(old).execute(conn.pg())?)
}
