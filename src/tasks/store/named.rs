//! SQL of the people whom the filters of a list, and acts on several tasks, may name.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::schema::{persons, posts};

/// Somebody who may sign in and holds a post on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostHolder {
    /// The person.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// What the post may do.
    pub role: Role,
    /// Its unit.
    pub unit: Option<Uuid>,
    /// The address.
    pub email: String,
    /// The language they are written to in.
    pub lang: Lang,
}

/// Who leads the tenant on a day, and who holds a post of these units, by name: whom a task may name.
///
/// # Errors
/// The database's.
pub fn post_holders(conn: &mut TenantConn<'_>, units: &[Uuid], day: NaiveDate) -> Result<Vec<PostHolder>> {
    let held = posts::role.eq(Role::Leader.code()).or(posts::unit_id.eq_any(units).assume_not_null());
    type Row = (Uuid, String, String, Option<Uuid>, String, String);
    let rows: Vec<Row> = posts::table
        .inner_join(
            persons::table.on(persons::tenant_id.eq(posts::tenant_id).and(persons::id.eq(posts::person_id))),
        )
        .filter(posts::tenant_id.eq(conn.tenant().uuid()))
        .filter(posts::from_on.le(day))
        .filter(posts::until_on.is_null().or(posts::until_on.gt(day)))
        .filter(persons::active)
        .filter(held)
        .select((
            persons::id,
            persons::full_name,
            posts::role,
            posts::unit_id,
            persons::email,
            persons::language,
        ))
        .order((persons::full_name, persons::id, posts::role))
        .load(conn.pg())?;
    let unknown = |what: &str| Error::Internal(format!("a post or its holder has an unknown {what}"));
    let holder = |(id, name, role, unit, email, lang): Row| {
        let role = Role::from_code(&role).ok_or_else(|| unknown("role"))?;
        let lang = Lang::from_code(&lang).ok_or_else(|| unknown("language"))?;
        Ok(PostHolder { id, name, role, unit, email, lang })
    };
    rows.into_iter().map(holder).collect()
}
