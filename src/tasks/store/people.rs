//! SQL of the people a task names.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::error::{Error, Result};
use crate::schema::{persons, posts, task_assignees};
use crate::tasks::people::Holder;

/// Who may sign in and holds a post on a day, by name.
pub(in crate::tasks) fn holders(conn: &mut TenantConn<'_>, day: NaiveDate) -> Result<Vec<Holder>> {
    type Row = (Uuid, String, String, String, Option<Uuid>);
    let tenant = conn.tenant().uuid();
    let of_person = persons::tenant_id.eq(posts::tenant_id).and(persons::id.eq(posts::person_id));
    let rows: Vec<Row> = posts::table
        .inner_join(persons::table.on(of_person))
        .filter(posts::tenant_id.eq(tenant))
        .filter(persons::active)
        .filter(posts::from_on.le(day))
        .filter(posts::until_on.is_null().or(posts::until_on.gt(day)))
        .order((persons::full_name, persons::id, posts::id))
        .select((persons::id, persons::full_name, persons::email, posts::role, posts::unit_id))
        .load(conn.pg())?;
    rows.into_iter()
        .map(|(id, name, email, role, unit)| {
            let unknown = || Error::Internal("a post holds an unknown role".to_owned());
            Ok(Holder { id, name, email, role: Role::from_code(&role).ok_or_else(unknown)?, unit })
        })
        .collect()
}

/// The names of these people; who is not of the tenant has none.
///
/// # Errors
/// The database's.
pub fn names(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::id.eq_any(ids))
        .select((persons::id, persons::full_name))
        .load(conn.pg())?;
    Ok(rows.into_iter().collect())
}

/// Who does a task: ids and names, by name.
pub(in crate::tasks) fn assignees(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Vec<(Uuid, String)>> {
    let of_person =
        persons::tenant_id.eq(task_assignees::tenant_id).and(persons::id.eq(task_assignees::person_id));
    Ok(task_assignees::table
        .inner_join(persons::table.on(of_person))
        .filter(task_assignees::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_assignees::task_id.eq(task))
        .order((persons::full_name, persons::id))
        .select((persons::id, persons::full_name))
        .load(conn.pg())?)
}

/// Gives a task exactly these assignees.
pub(in crate::tasks) fn replace_assignees(
    conn: &mut TenantConn<'_>,
    task: Uuid,
    people: &[Uuid],
) -> Result<()> {
    use task_assignees::dsl;
    let tenant = conn.tenant().uuid();
    let old = dsl::task_assignees.filter(dsl::tenant_id.eq(tenant)).filter(dsl::task_id.eq(task));
    diesel::delete(old).execute(conn.pg())?;
    let row = |person: &Uuid| (dsl::tenant_id.eq(tenant), dsl::task_id.eq(task), dsl::person_id.eq(*person));
    let rows: Vec<_> = people.iter().map(row).collect();
    diesel::insert_into(dsl::task_assignees).values(rows).execute(conn.pg())?;
    Ok(())
}
