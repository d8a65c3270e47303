//! People and their posts. A role belongs to a post, never to a person.

mod store;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::error::Result;

/// A person to be added. Until somebody writes the name, the address may stand for it.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'a> {
    /// The address, in lower case.
    pub email: &'a str,
    /// The name.
    pub name: &'a str,
}

/// The person of an address.
///
/// # Errors
/// The database's.
pub fn person_of(conn: &mut TenantConn<'_>, email: &str) -> Result<Option<Uuid>> {
    store::person_of(conn, &email.trim().to_lowercase())
}

/// Adds a person, who has no post yet.
///
/// # Errors
/// The address is taken.
pub fn add_person(conn: &mut TenantConn<'_>, new: &NewPerson<'_>) -> Result<Uuid> {
    store::insert_person(conn, new)
}

/// Adds a person with one post from a day on.
///
/// # Errors
/// The address is taken, or the unit is not the tenant's.
pub fn add_person_with_post(
    conn: &mut TenantConn<'_>,
    new: &NewPerson<'_>,
    role: Role,
    unit: Option<Uuid>,
    from_on: NaiveDate,
) -> Result<Uuid> {
    let person = store::insert_person(conn, new)?;
    store::insert_post(conn, person, role, unit, from_on)?;
    Ok(person)
}
