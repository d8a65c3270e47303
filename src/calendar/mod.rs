//! A tenant's calendar: days off and make-up working days, one row a date, its own to edit.

mod store;

use crate::db::TenantConn;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::public_days::public_days;
use crate::error::Result;

/// Gives a new tenant the days of the public sector (DOMAIN §6).
///
/// # Errors
/// The database's.
pub fn install_public_days(conn: &mut TenantConn<'_>) -> Result<()> {
    store::insert(conn, &public_days())
}

/// The tenant's working calendar.
///
/// # Errors
/// The database's.
pub fn working_calendar(conn: &mut TenantConn<'_>) -> Result<WorkingCalendar> {
    Ok(WorkingCalendar::from_special(store::all(conn)?))
}
