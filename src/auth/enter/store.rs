//! SQL of the way in: the steps between password and code, the devices that need no code.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::auth::secret::Key;
use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::{persons, remembered_devices, sign_in_steps};

/// Who stands between password and code.
#[derive(Queryable)]
pub(super) struct StepRow {
    pub person: Uuid,
    pub secret_sha256: Vec<u8>,
    pub email: String,
    pub by_provider: bool,
}

pub(super) fn insert_step(
    conn: &mut TenantConn<'_>,
    key: &Key,
    person: Uuid,
    by_provider: bool,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let row = (
        sign_in_steps::tenant_id.eq(conn.tenant().uuid()),
        sign_in_steps::id.eq(key.row),
        sign_in_steps::person_id.eq(person),
        sign_in_steps::secret_sha256.eq(key.secret.hash()),
        sign_in_steps::created_at.eq(conn.now()),
        sign_in_steps::expires_at.eq(expires_at),
        sign_in_steps::by_provider.eq(by_provider),
    );
    diesel::insert_into(sign_in_steps::table).values(row).execute(conn.pg())?;
    Ok(())
}

/// A step that is in force: changing the password removes it.
pub(super) fn step(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<StepRow>> {
    Ok(sign_in_steps::table
        .inner_join(persons::table.on(
            persons::tenant_id.eq(sign_in_steps::tenant_id).and(persons::id.eq(sign_in_steps::person_id)),
        ))
        .filter(sign_in_steps::tenant_id.eq(conn.tenant().uuid()))
        .filter(sign_in_steps::id.eq(id))
        .filter(sign_in_steps::expires_at.gt(conn.now()))
        .select((
            sign_in_steps::person_id,
            sign_in_steps::secret_sha256,
            persons::email,
            sign_in_steps::by_provider,
        ))
        .first(conn.pg())
        .optional()?)
}

/// Ends a step; whether there was one. Two at once: one of them.
pub(super) fn spend_step(conn: &mut TenantConn<'_>, id: Uuid) -> Result<bool> {
    let row = sign_in_steps::table
        .filter(sign_in_steps::tenant_id.eq(conn.tenant().uuid()))
        .filter(sign_in_steps::id.eq(id));
    Ok(diesel::delete(row).execute(conn.pg())? == 1)
}

/// Removes what has expired, so that the tables stay small.
pub(super) fn sweep(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    let steps = sign_in_steps::table
        .filter(sign_in_steps::tenant_id.eq(conn.tenant().uuid()))
        .filter(sign_in_steps::person_id.eq(person))
        .filter(sign_in_steps::expires_at.le(conn.now()));
    diesel::delete(steps).execute(conn.pg())?;
    let devices = remembered_devices::table
        .filter(remembered_devices::tenant_id.eq(conn.tenant().uuid()))
        .filter(remembered_devices::person_id.eq(person))
        .filter(remembered_devices::expires_at.le(conn.now()));
    diesel::delete(devices).execute(conn.pg())?;
    Ok(())
}

pub(super) fn forget_steps(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    let own = sign_in_steps::table
        .filter(sign_in_steps::tenant_id.eq(conn.tenant().uuid()))
        .filter(sign_in_steps::person_id.eq(person));
    diesel::delete(own).execute(conn.pg())?;
    Ok(())
}

pub(super) fn insert_device(
    conn: &mut TenantConn<'_>,
    key: &Key,
    person: Uuid,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let row = (
        remembered_devices::tenant_id.eq(conn.tenant().uuid()),
        remembered_devices::id.eq(key.row),
        remembered_devices::person_id.eq(person),
        remembered_devices::secret_sha256.eq(key.secret.hash()),
        remembered_devices::created_at.eq(conn.now()),
        remembered_devices::expires_at.eq(expires_at),
    );
    diesel::insert_into(remembered_devices::table).values(row).execute(conn.pg())?;
    Ok(())
}

/// The hash of a person's device that is remembered still.
pub(super) fn device(conn: &mut TenantConn<'_>, id: Uuid, person: Uuid) -> Result<Option<Vec<u8>>> {
    Ok(remembered_devices::table
        .filter(remembered_devices::tenant_id.eq(conn.tenant().uuid()))
        .filter(remembered_devices::id.eq(id))
        .filter(remembered_devices::person_id.eq(person))
        .filter(remembered_devices::expires_at.gt(conn.now()))
        .select(remembered_devices::secret_sha256)
        .first(conn.pg())
        .optional()?)
}

pub(super) fn forget_devices(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    let own = remembered_devices::table
        .filter(remembered_devices::tenant_id.eq(conn.tenant().uuid()))
        .filter(remembered_devices::person_id.eq(person));
    diesel::delete(own).execute(conn.pg())?;
    Ok(())
}
