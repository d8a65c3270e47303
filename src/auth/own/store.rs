//! SQL of what people see and change of their own account.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::lang::Lang;
use crate::error::Result;
use crate::schema::{person_passwords, persons, posts, sessions};
use crate::tenants::Settings;

/// A session of the list.
#[derive(Queryable)]
pub(super) struct SessionRow {
    pub id: Uuid,
    pub kind: String,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

/// As many sessions as one page shows.
const MOST_SESSIONS: i64 = 100;

pub(super) fn hash(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Option<String>> {
    Ok(person_passwords::table
        .filter(person_passwords::tenant_id.eq(conn.tenant().uuid()))
        .filter(person_passwords::person_id.eq(person))
        .select(person_passwords::hash)
        .first(conn.pg())
        .optional()?)
}

/// The roles of the posts that a person holds.
pub(super) fn roles(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    today: chrono::NaiveDate,
) -> Result<Vec<String>> {
    Ok(posts::table
        .filter(posts::tenant_id.eq(conn.tenant().uuid()))
        .filter(posts::person_id.eq(person))
        .filter(posts::from_on.le(today))
        .filter(posts::until_on.is_null().or(posts::until_on.gt(today)))
        .select(posts::role)
        .load(conn.pg())?)
}

/// The sessions of a person that are in force, the last used first by the tenant's times.
pub(super) fn sessions(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    settings: &Settings,
) -> Result<Vec<SessionRow>> {
    let now = conn.now();
    Ok(sessions::table
        .filter(sessions::tenant_id.eq(conn.tenant().uuid()))
        .filter(sessions::person_id.eq(person))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::created_at.gt(now - settings.session_life))
        .filter(sessions::kind.ne("browser").or(sessions::seen_at.gt(now - settings.session_idle)))
        .order((sessions::seen_at.desc(), sessions::id))
        .limit(MOST_SESSIONS)
        .select((sessions::id, sessions::kind, sessions::created_at, sessions::seen_at))
        .load(conn.pg())?)
}

/// Ends a session of a person; whether there was one.
pub(super) fn end_session(conn: &mut TenantConn<'_>, person: Uuid, id: Uuid) -> Result<bool> {
    let own = sessions::table
        .filter(sessions::tenant_id.eq(conn.tenant().uuid()))
        .filter(sessions::person_id.eq(person))
        .filter(sessions::id.eq(id))
        .filter(sessions::ended_at.is_null());
    Ok(diesel::update(own).set(sessions::ended_at.eq(conn.now())).execute(conn.pg())? == 1)
}

/// Ends every session of a person but one.
pub(super) fn end_others(conn: &mut TenantConn<'_>, person: Uuid, kept: Uuid) -> Result<()> {
    let others = sessions::table
        .filter(sessions::tenant_id.eq(conn.tenant().uuid()))
        .filter(sessions::person_id.eq(person))
        .filter(sessions::id.ne(kept))
        .filter(sessions::ended_at.is_null());
    diesel::update(others).set(sessions::ended_at.eq(conn.now())).execute(conn.pg())?;
    Ok(())
}

pub(super) fn save_language(conn: &mut TenantConn<'_>, person: Uuid, lang: Lang) -> Result<()> {
    let own =
        persons::table.filter(persons::tenant_id.eq(conn.tenant().uuid())).filter(persons::id.eq(person));
    diesel::update(own).set(persons::language.eq(lang.code())).execute(conn.pg())?;
    Ok(())
}
