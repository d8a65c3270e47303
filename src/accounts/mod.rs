//! People and their posts. A role belongs to a post, never to a person.

mod store;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::error::Result;

/// Adds a person known only by address, with one post from a day on. Until somebody writes the name,
/// the address stands for it.
///
/// # Errors
/// The address is taken, or the unit is not the tenant's.
pub fn add_person_with_post(
    conn: &mut TenantConn<'_>,
    email: &str,
    role: Role,
    unit: Option<Uuid>,
    from_on: NaiveDate,
) -> Result<Uuid> {
    let person = store::insert_person(conn, email)?;
    store::insert_post(conn, person, role, unit, from_on)?;
    Ok(person)
}
