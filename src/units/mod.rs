//! The units of a tenant, in the tenant's order. A unit ends and names its successor; it is never
//! deleted, so that past figures keep their names.

mod model;
mod store;

pub use model::{NewUnit, Unit};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::words::key;
use crate::error::{Refusal, Result};

/// Every unit, past ones too, in the tenant's order.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut TenantConn<'_>) -> Result<Vec<Unit>> {
    store::all(conn)
}

/// The unit of a short or full name, any case; one that exists now before a past one.
///
/// # Errors
/// The tenant has none.
pub fn find(conn: &mut TenantConn<'_>, name: &str) -> Result<Unit> {
    let wanted = key(name);
    let mut units = store::all(conn)?;
    units.sort_by_key(|unit| unit.valid_until.is_some());
    units
        .into_iter()
        .find(|unit| key(&unit.short_name) == wanted || key(&unit.name) == wanted)
        .ok_or_else(|| Refusal::UnitUnknown(name.to_owned()).into())
}

/// The unit that a text means among those that exist on a day: by its id, short or full name, any case.
pub fn named<'a>(all: &'a [Unit], typed: &str, day: NaiveDate) -> Option<&'a Unit> {
    let wanted = key(typed);
    let is_meant = |unit: &&Unit| {
        unit.id.to_string() == typed || key(&unit.short_name) == wanted || key(&unit.name) == wanted
    };
    all.iter().filter(|unit| unit.exists_on(day)).find(is_meant)
}

/// A unit as it exists on a day: itself, or the one that followed it; `None` when it has ended without.
pub fn present(all: &[Unit], id: Uuid, day: NaiveDate) -> Option<&Unit> {
    let of = |id: Uuid| all.iter().find(|unit| unit.id == id);
    let line = std::iter::successors(of(id), |unit| unit.successor_id.and_then(of));
    // A chain is never longer than there are units.
    line.take(all.len()).find(|unit| unit.exists_on(day))
}

/// Adds units behind the last one, in the order given.
///
/// # Errors
/// A name or short name that a present unit has.
pub fn add(conn: &mut TenantConn<'_>, units: &[NewUnit]) -> Result<()> {
    store::insert(conn, units)
}

/// Gives units other names, kinds or mailboxes. They may swap names among themselves.
///
/// # Errors
/// A name that another present unit has.
pub fn change(conn: &mut TenantConn<'_>, changed: &[(Unit, NewUnit)]) -> Result<()> {
    if changed.is_empty() { Ok(()) } else { store::update(conn, changed) }
}

/// Locks the tenant's units, so that acts on them come one after another.
///
/// # Errors
/// The database's.
pub fn lock(conn: &mut TenantConn<'_>) -> Result<()> {
    store::lock(conn)
}

/// Says from which day on a unit exists.
///
/// # Errors
/// The database's.
pub fn begin_on(conn: &mut TenantConn<'_>, unit: Uuid, day: NaiveDate) -> Result<()> {
    store::save_begin(conn, unit, day)
}

/// Ends a unit: `day` is the first on which it no longer exists.
///
/// # Errors
/// It began on that day or later.
pub fn end_on(conn: &mut TenantConn<'_>, unit: Uuid, day: NaiveDate, successor: Option<Uuid>) -> Result<()> {
    store::save_end(conn, unit, day, successor)
}

/// Says who is reminded of a unit's work beside its heads: its mailbox while it has none, and the leader who oversees it.
///
/// # Errors
/// There is no such person.
pub fn remind(
    conn: &mut TenantConn<'_>,
    unit: Uuid,
    mailbox: Option<&str>,
    overseer: Option<Uuid>,
) -> Result<()> {
    store::save_reminded(conn, unit, mailbox, overseer)
}

/// Puts the units into this order.
///
/// # Errors
/// The database's.
pub fn reorder(conn: &mut TenantConn<'_>, order: &[Uuid]) -> Result<()> {
    store::save_order(conn, order)
}
