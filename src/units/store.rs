//! SQL of units.

use diesel::dsl::max;
use diesel::prelude::*;
use uuid::Uuid;

use super::model::{NewUnit, Unit};
use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::units;

pub(super) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Unit>> {
    Ok(units::table
        .filter(units::tenant_id.eq(conn.tenant().uuid()))
        .select(Unit::as_select())
        .order((units::position, units::id))
        .load(conn.pg())?)
}

pub(super) fn insert(conn: &mut TenantConn<'_>, new: &[NewUnit]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let last: Option<i32> =
        units::table.filter(units::tenant_id.eq(tenant)).select(max(units::position)).first(conn.pg())?;
    let rows: Vec<_> = (last.unwrap_or(0) + 1..)
        .zip(new)
        .map(|(position, unit)| {
            (
                units::tenant_id.eq(tenant),
                units::id.eq(unit.id),
                units::name.eq(&unit.name),
                units::short_name.eq(&unit.short_name),
                units::kind.eq(&unit.kind),
                units::mailbox.eq(&unit.mailbox),
                units::position.eq(position),
            )
        })
        .collect();
    diesel::insert_into(units::table).values(rows).execute(conn.pg())?;
    Ok(())
}

pub(super) fn update(conn: &mut TenantConn<'_>, id: Uuid, unit: &NewUnit) -> Result<()> {
    diesel::update(units::table.filter(units::tenant_id.eq(conn.tenant().uuid())).filter(units::id.eq(id)))
        .set((
            units::name.eq(&unit.name),
            units::short_name.eq(&unit.short_name),
            units::kind.eq(&unit.kind),
            units::mailbox.eq(&unit.mailbox),
        ))
        .execute(conn.pg())?;
    Ok(())
}
