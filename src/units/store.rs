//! SQL of units.

use chrono::NaiveDate;
use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use diesel::upsert::excluded;
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
    let rows: Vec<_> =
        (last.unwrap_or(0) + 1..).zip(new).map(|(position, unit)| values(tenant, unit, position)).collect();
    diesel::insert_into(units::table).values(rows).execute(conn.pg())?;
    Ok(())
}

pub(super) fn update(conn: &mut TenantConn<'_>, changed: &[(Unit, NewUnit)]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let ids: Vec<_> = changed.iter().map(|(_, unit)| unit.id).collect();
    // Names are unique at every moment, so that a swap goes by way of names that nobody has.
    diesel::update(units::table.filter(units::tenant_id.eq(tenant)).filter(units::id.eq_any(ids)))
        .set((units::name.eq(sql::<Text>("id::text")), units::short_name.eq(sql::<Text>("id::text"))))
        .execute(conn.pg())?;
    let rows: Vec<_> = changed.iter().map(|(old, unit)| values(tenant, unit, old.position)).collect();
    diesel::insert_into(units::table)
        .values(rows)
        .on_conflict((units::tenant_id, units::id))
        .do_update()
        .set((
            units::name.eq(excluded(units::name)),
            units::short_name.eq(excluded(units::short_name)),
            units::kind.eq(excluded(units::kind)),
            units::mailbox.eq(excluded(units::mailbox)),
        ))
        .execute(conn.pg())?;
    Ok(())
}

pub(super) fn lock(conn: &mut TenantConn<'_>) -> Result<()> {
    let all = units::table.filter(units::tenant_id.eq(conn.tenant().uuid()));
    all.order(units::id).select(units::id).for_update().load::<Uuid>(conn.pg())?;
    Ok(())
}

pub(super) fn save_begin(conn: &mut TenantConn<'_>, unit: Uuid, day: NaiveDate) -> Result<()> {
    let row = units::table.filter(units::tenant_id.eq(conn.tenant().uuid())).filter(units::id.eq(unit));
    diesel::update(row).set(units::valid_from.eq(day)).execute(conn.pg())?;
    Ok(())
}

pub(super) fn save_end(
    conn: &mut TenantConn<'_>,
    unit: Uuid,
    day: NaiveDate,
    successor: Option<Uuid>,
) -> Result<()> {
    let row = units::table.filter(units::tenant_id.eq(conn.tenant().uuid())).filter(units::id.eq(unit));
    let ended = (units::valid_until.eq(day), units::successor_id.eq(successor));
    diesel::update(row).set(ended).execute(conn.pg())?;
    Ok(())
}

pub(super) fn save_reminded(
    conn: &mut TenantConn<'_>,
    unit: Uuid,
    mailbox: Option<&str>,
    overseer: Option<Uuid>,
) -> Result<()> {
    let row = units::table.filter(units::tenant_id.eq(conn.tenant().uuid())).filter(units::id.eq(unit));
    diesel::update(row)
        .set((units::mailbox.eq(mailbox), units::overseer_id.eq(overseer)))
        .execute(conn.pg())?;
    Ok(())
}

const ORDER: &str = "
UPDATE units SET position = wanted.place
  FROM unnest($2) WITH ORDINALITY AS wanted (id, place)
 WHERE units.tenant_id = $1 AND units.id = wanted.id AND units.position <> wanted.place";

pub(super) fn save_order(conn: &mut TenantConn<'_>, order: &[Uuid]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    diesel::sql_query(ORDER)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(order)
        .execute(conn.pg())?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = units)]
struct NewRow<'a> {
    tenant_id: Uuid,
    id: Uuid,
    name: &'a str,
    short_name: &'a str,
    kind: Option<&'a str>,
    mailbox: Option<&'a str>,
    position: i32,
}

fn values(tenant_id: Uuid, unit: &NewUnit, position: i32) -> NewRow<'_> {
    NewRow {
        tenant_id,
        id: unit.id,
        name: &unit.name,
        short_name: &unit.short_name,
        kind: unit.kind.as_deref(),
        mailbox: unit.mailbox.as_deref(),
        position,
    }
}
