//! The reasons for lateness that a tenant chooses from, in their order. A tenant that has written no list has the
//! product's. A task keeps the words it was answered with, whatever becomes of the list.

mod store;

use crate::db::TenantConn;
use crate::domain::late_reason::{LateReason, default_list};
use crate::error::Result;

/// The tenant's list.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut TenantConn<'_>) -> Result<Vec<LateReason>> {
    let own = store::all(conn)?;
    Ok(if own.is_empty() { default_list() } else { own })
}

/// Gives the tenant this list.
///
/// # Errors
/// The database's.
pub fn replace(conn: &mut TenantConn<'_>, reasons: &[LateReason]) -> Result<()> {
    store::replace(conn, reasons)
}
