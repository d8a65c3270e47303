//! SQL of imports.

use diesel::prelude::*;
use uuid::Uuid;

use super::actions::{ImportFile, ImportReport};
use crate::db::TenantConn;
use crate::error::{Error, Result};
use crate::journal::OPERATOR;
use crate::schema::{imports, tenant_settings};

/// Lets one import at a time into a tenant: the second waits, and sees what the first did.
pub(super) fn one_at_a_time(conn: &mut TenantConn<'_>) -> Result<()> {
    tenant_settings::table
        .filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()))
        .select(tenant_settings::tenant_id)
        .for_update()
        .execute(conn.pg())?;
    Ok(())
}

pub(super) fn insert(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    file: &ImportFile,
    report: &ImportReport,
) -> Result<()> {
    let count = |n: usize| i32::try_from(n).map_err(|_| Error::Internal("too many rows to count".to_owned()));
    let row = (
        imports::tenant_id.eq(conn.tenant().uuid()),
        imports::id.eq(id),
        imports::at.eq(conn.now()),
        imports::actor.eq(OPERATOR),
        imports::file_name.eq(&file.name),
        imports::file_sha256.eq(&file.sha256),
        imports::rows.eq(count(report.rows)?),
        imports::created.eq(count(report.created)?),
        imports::changed.eq(count(report.changed)?),
        imports::unchanged.eq(count(report.unchanged)?),
        imports::units_created.eq(count(report.units_created.len())?),
        imports::faults.eq(count(report.faults.len())?),
        imports::conflicts.eq(count(report.conflicts.len())?),
    );
    diesel::insert_into(imports::table).values(row).execute(conn.pg())?;
    Ok(())
}
