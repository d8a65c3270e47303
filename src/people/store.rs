//! SQL of people and posts as an administrator looks after them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use uuid::Uuid;

use super::input::NewPost;
use super::model::{Person, Post, PostUnit, Present};
use crate::db::{Prepared, TenantConn};
use crate::domain::access::Role;
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::schema::{persons, posts, tenant_settings, units};

/// Lets only one transaction at a time change people of the tenant, so that two administrators can't disable each other.
pub(super) fn lock(conn: &mut TenantConn<'_>) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let row = tenant_settings::table.filter(tenant_settings::tenant_id.eq(tenant));
    row.select(tenant_settings::tenant_id).for_update().execute(conn.pg())?;
    Ok(())
}

type PersonRow = (Uuid, String, String, bool);
type PostRow =
    (Uuid, Uuid, String, NaiveDate, Option<NaiveDate>, Option<Uuid>, Option<(Uuid, String, String)>);

/// Everybody by name, or the one of an id.
pub(super) fn people(conn: &mut TenantConn<'_>, only: Option<Uuid>) -> Result<Vec<Person>> {
    let tenant = conn.tenant().uuid();
    let mut asked = persons::table
        .filter(persons::tenant_id.eq(tenant))
        .select((persons::id, persons::full_name, persons::email, persons::active))
        .order((persons::full_name, persons::id))
        .into_boxed();
    let mut held = posts::table
        .left_join(
            units::table
                .on(units::tenant_id.eq(posts::tenant_id).and(units::id.nullable().eq(posts::unit_id))),
        )
        .filter(posts::tenant_id.eq(tenant))
        .select((
            posts::person_id,
            posts::id,
            posts::role,
            posts::from_on,
            posts::until_on,
            posts::deputy_for_id,
            (units::id, units::short_name, units::name).nullable(),
        ))
        .order((posts::from_on.desc(), posts::id.desc()))
        .into_boxed();
    if let Some(id) = only {
        asked = asked.filter(persons::id.eq(id));
        held = held.filter(posts::person_id.eq(id));
    }
    let people: Vec<PersonRow> = asked.load(conn.pg())?;
    let mut by_person: HashMap<Uuid, Vec<Post>> = HashMap::new();
    for row in held.load::<PostRow>(conn.pg())? {
        by_person.entry(row.0).or_default().push(post(row)?);
    }
    let person = |(id, name, email, active): PersonRow| Person {
        posts: by_person.remove(&id).unwrap_or_default(),
        id,
        name,
        email,
        active,
    };
    Ok(people.into_iter().map(person).collect())
}

fn post((_, id, role, from_on, until_on, deputy_for, unit): PostRow) -> Result<Post> {
    let role =
        Role::from_code(&role).ok_or_else(|| Error::Internal("a post holds an unknown role".to_owned()))?;
    let unit = unit.map(|(id, short_name, name)| PostUnit { id, short_name, name });
    Ok(Post { id, role, unit, from_on, until_on, deputy_for })
}

pub(super) fn insert_post(conn: &mut TenantConn<'_>, person: Uuid, new: &NewPost) -> Result<Uuid> {
    let id = new_id();
    let row = (
        posts::tenant_id.eq(conn.tenant().uuid()),
        posts::id.eq(id),
        posts::person_id.eq(person),
        posts::unit_id.eq(new.unit),
        posts::role.eq(new.role.code()),
        posts::from_on.eq(new.from_on),
        posts::until_on.eq(new.until_on),
        posts::deputy_for_id.eq(new.deputy_for),
    );
    diesel::insert_into(posts::table).values(row).execute(conn.pg())?;
    Ok(id)
}

pub(super) fn end_post(conn: &mut TenantConn<'_>, id: Uuid, until_on: NaiveDate) -> Result<()> {
    let row = posts::table.filter(posts::tenant_id.eq(conn.tenant().uuid())).filter(posts::id.eq(id));
    diesel::update(row).set(posts::until_on.eq(until_on)).execute(conn.pg())?;
    Ok(())
}

pub(super) fn set_active(conn: &mut TenantConn<'_>, person: Uuid, active: bool) -> Result<()> {
    let row =
        persons::table.filter(persons::tenant_id.eq(conn.tenant().uuid())).filter(persons::id.eq(person));
    diesel::update(row).set(persons::active.eq(active)).execute(conn.pg())?;
    Ok(())
}

/// How many may sign in.
pub(super) fn active_people(conn: &mut TenantConn<'_>) -> Result<u64> {
    let tenant = conn.tenant().uuid();
    let active = persons::table.filter(persons::tenant_id.eq(tenant)).filter(persons::active);
    let n: i64 = active.count().get_result(conn.pg())?;
    Ok(u64::try_from(n).unwrap_or_default())
}

/// Whether somebody who may sign in is administrator today and without an end.
pub(super) fn has_admin(conn: &mut TenantConn<'_>, today: NaiveDate) -> Result<bool> {
    let admins = posts::table
        .inner_join(
            persons::table.on(persons::tenant_id.eq(posts::tenant_id).and(persons::id.eq(posts::person_id))),
        )
        .filter(posts::tenant_id.eq(conn.tenant().uuid()))
        .filter(posts::role.eq(Role::Admin.code()))
        .filter(posts::from_on.le(today))
        .filter(posts::until_on.is_null())
        .filter(persons::active)
        .select(posts::id);
    Ok(diesel::select(diesel::dsl::exists(admins)).get_result(conn.pg())?)
}

const PRESENT: &str = "
SELECT (SELECT count(*) FROM persons WHERE tenant_id = $1 AND active) AS people, count(*) AS units,
       count(*) FILTER (WHERE NOT EXISTS (
           SELECT FROM posts o JOIN persons p ON p.tenant_id = $1 AND p.id = o.person_id
            WHERE o.tenant_id = $1 AND o.unit_id = u.id AND o.role = 'unit_head' AND p.active
              AND o.from_on <= $2 AND (o.until_on IS NULL OR o.until_on > $2))) AS without_head
  FROM units u WHERE u.tenant_id = $1 AND (u.valid_until IS NULL OR u.valid_until > $2)";

#[derive(QueryableByName)]
struct PresentRow {
    #[diesel(sql_type = BigInt)]
    people: i64,
    #[diesel(sql_type = BigInt)]
    units: i64,
    #[diesel(sql_type = BigInt)]
    without_head: i64,
}

pub(super) fn present(conn: &mut TenantConn<'_>, today: NaiveDate) -> Result<Present> {
    let values = vec![conn.tenant().uuid().into(), today.into()];
    let rows: Vec<PresentRow> = Prepared::new(PRESENT.to_owned(), values).load(conn.pg())?;
    let row = rows.into_iter().next().ok_or_else(|| Error::Internal("no row was counted".to_owned()))?;
    let n = |n: i64| u64::try_from(n).unwrap_or_default();
    Ok(Present { people: n(row.people), units: n(row.units), without_head: n(row.without_head) })
}

/// The language in which a person is written to.
pub(super) fn language(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Lang> {
    let code: String = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::id.eq(person))
        .select(persons::language)
        .first(conn.pg())?;
    Lang::from_code(&code).ok_or_else(|| Error::Internal("a person has an unknown language".to_owned()))
}

/// Which of these people may sign in.
pub(super) fn reachable(conn: &mut TenantConn<'_>, people: &[Uuid]) -> Result<HashSet<Uuid>> {
    let found: Vec<Uuid> = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::id.eq_any(people))
        .filter(persons::active)
        .select(persons::id)
        .load(conn.pg())?;
    Ok(found.into_iter().collect())
}
