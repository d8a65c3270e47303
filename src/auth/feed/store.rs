//! SQL of the addresses of calendars.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::FeedState;
use crate::auth::secret::Key;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::error::{Error, Result};
use crate::schema::{calendar_feeds, persons, posts};

#[derive(Queryable, Selectable)]
#[diesel(table_name = calendar_feeds)]
pub(super) struct FeedRow {
    pub person_id: Uuid,
    pub secret_sha256: Vec<u8>,
    pub used_on: Option<NaiveDate>,
    #[diesel(select_expression = persons::language)]
    pub language: String,
}

/// The address of an id, of an active person.
pub(super) fn read(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<FeedRow>> {
    Ok(calendar_feeds::table
        .inner_join(persons::table.on(
            persons::tenant_id.eq(calendar_feeds::tenant_id).and(persons::id.eq(calendar_feeds::person_id)),
        ))
        .filter(calendar_feeds::tenant_id.eq(conn.tenant().uuid()))
        .filter(calendar_feeds::id.eq(id))
        .filter(persons::active)
        .select(FeedRow::as_select())
        .first(conn.pg())
        .optional()?)
}

/// The posts that a person holds on a day.
pub(super) fn posts(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    today: NaiveDate,
) -> Result<Vec<(Role, Option<Uuid>)>> {
    let rows: Vec<(String, Option<Uuid>)> = posts::table
        .filter(posts::tenant_id.eq(conn.tenant().uuid()))
        .filter(posts::person_id.eq(person))
        .filter(posts::from_on.le(today))
        .filter(posts::until_on.is_null().or(posts::until_on.gt(today)))
        .select((posts::role, posts::unit_id))
        .load(conn.pg())?;
    let unknown = || Error::Internal("a post holds an unknown role".to_owned());
    rows.into_iter().map(|(role, unit)| Ok((Role::from_code(&role).ok_or_else(unknown)?, unit))).collect()
}

pub(super) fn state(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Option<FeedState>> {
    let found = calendar_feeds::table
        .filter(calendar_feeds::tenant_id.eq(conn.tenant().uuid()))
        .filter(calendar_feeds::person_id.eq(person))
        .select((calendar_feeds::created_at, calendar_feeds::used_on))
        .first(conn.pg())
        .optional()?;
    Ok(found.map(|(created_at, used_on)| FeedState { created_at, used_on }))
}

pub(super) fn insert(conn: &mut TenantConn<'_>, key: &Key, person: Uuid) -> Result<()> {
    let row = (
        calendar_feeds::tenant_id.eq(conn.tenant().uuid()),
        calendar_feeds::id.eq(key.row),
        calendar_feeds::person_id.eq(person),
        calendar_feeds::secret_sha256.eq(key.secret.hash()),
        calendar_feeds::created_at.eq(conn.now()),
    );
    diesel::insert_into(calendar_feeds::table).values(row).execute(conn.pg())?;
    Ok(())
}

/// Removes the address of a person; whether there was one.
pub(super) fn delete(conn: &mut TenantConn<'_>, person: Uuid) -> Result<bool> {
    let own = calendar_feeds::table
        .filter(calendar_feeds::tenant_id.eq(conn.tenant().uuid()))
        .filter(calendar_feeds::person_id.eq(person));
    Ok(diesel::delete(own).execute(conn.pg())? > 0)
}

pub(super) fn touch(conn: &mut TenantConn<'_>, id: Uuid, today: NaiveDate) -> Result<()> {
    let own = calendar_feeds::table
        .filter(calendar_feeds::tenant_id.eq(conn.tenant().uuid()))
        .filter(calendar_feeds::id.eq(id));
    diesel::update(own).set(calendar_feeds::used_on.eq(today)).execute(conn.pg())?;
    Ok(())
}
