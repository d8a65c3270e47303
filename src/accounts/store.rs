//! SQL of persons and posts.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::NewPerson;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::error::Result;
use crate::ids::new_id;
use crate::schema::{persons, posts};

pub(super) fn person_of(conn: &mut TenantConn<'_>, email: &str) -> Result<Option<Uuid>> {
    Ok(persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::email.eq(email))
        .select(persons::id)
        .first(conn.pg())
        .optional()?)
}

pub(super) fn insert_person(conn: &mut TenantConn<'_>, new: &NewPerson<'_>) -> Result<Uuid> {
    let id = new_id();
    let row = (
        persons::tenant_id.eq(conn.tenant().uuid()),
        persons::id.eq(id),
        persons::full_name.eq(new.name),
        persons::email.eq(new.email),
        persons::created_at.eq(conn.now()),
    );
    diesel::insert_into(persons::table).values(row).execute(conn.pg())?;
    Ok(id)
}

pub(super) fn insert_post(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    role: Role,
    unit: Option<Uuid>,
    from_on: NaiveDate,
) -> Result<()> {
    let row = (
        posts::tenant_id.eq(conn.tenant().uuid()),
        posts::id.eq(new_id()),
        posts::person_id.eq(person),
        posts::unit_id.eq(unit),
        posts::role.eq(role.code()),
        posts::from_on.eq(from_on),
    );
    diesel::insert_into(posts::table).values(row).execute(conn.pg())?;
    Ok(())
}
