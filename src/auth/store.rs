//! SQL of signing in: passwords, sessions, one-time links. The session is read by the typed query builder, which keeps
//! it prepared: it runs at every request.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::member::{HeldPost, MemberUnit};
use super::secret::{Key, Secret};
use super::sign_in::SessionKind;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::password::Surroundings;
use crate::error::{Error, Result};
use crate::schema::{
    factor_offers, one_time_links, person_factors, person_passwords, persons, posts, remembered_devices,
    sessions, sign_in_steps, sso_providers, tenant_settings, tenants, units,
};
use crate::tenants::SettingsRow;

/// A person who can sign in.
#[derive(Queryable)]
pub(super) struct KnownRow {
    pub person: Uuid,
    pub hash: String,
}

/// The person of an address, with their password's hash; nobody where passwords open nothing.
pub(super) fn known(conn: &mut TenantConn<'_>, email: &str) -> Result<Option<KnownRow>> {
    let tenant = conn.tenant().uuid();
    Ok(persons::table
        .inner_join(
            person_passwords::table.on(person_passwords::tenant_id
                .eq(persons::tenant_id)
                .and(person_passwords::person_id.eq(persons::id))),
        )
        .filter(persons::tenant_id.eq(tenant))
        .filter(persons::email.eq(email))
        .filter(persons::active)
        .filter(diesel::dsl::not(diesel::dsl::exists(
            sso_providers::table
                .filter(sso_providers::tenant_id.eq(tenant))
                .filter(sso_providers::local_sign_in.eq(false)),
        )))
        .select((persons::id, person_passwords::hash))
        .first(conn.pg())
        .optional()?)
}

/// The posts that a person holds, the one held longest first: in it they act. None when the person is not active, or
/// when a hash is given and the password is no longer the one of it.
pub(super) fn current_posts(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    hash: Option<&str>,
    today: NaiveDate,
) -> Result<Vec<(Uuid, String)>> {
    let tenant = conn.tenant().uuid();
    let mut asked = posts::table
        .inner_join(
            persons::table.on(persons::tenant_id.eq(posts::tenant_id).and(persons::id.eq(posts::person_id))),
        )
        .filter(posts::tenant_id.eq(tenant))
        .filter(posts::person_id.eq(person))
        .filter(persons::active)
        .filter(posts::from_on.le(today))
        .filter(posts::until_on.is_null().or(posts::until_on.gt(today)))
        .order((posts::from_on, posts::id))
        .select((posts::id, posts::role))
        .into_boxed();
    if let Some(hash) = hash {
        let same = person_passwords::table
            .filter(person_passwords::tenant_id.eq(tenant))
            .filter(person_passwords::hash.eq(hash))
            .select(person_passwords::person_id);
        asked = asked.filter(posts::person_id.eq_any(same));
    }
    Ok(asked.load(conn.pg())?)
}

/// Writes a session that begins now.
pub(super) fn insert_session(
    conn: &mut TenantConn<'_>,
    key: &Key,
    person: Uuid,
    post: Uuid,
    (kind, is_proved): (SessionKind, bool),
    expires_at: DateTime<Utc>,
    refresh: Option<&Secret>,
) -> Result<()> {
    let row = (
        sessions::tenant_id.eq(conn.tenant().uuid()),
        sessions::id.eq(key.row),
        sessions::person_id.eq(person),
        sessions::post_id.eq(post),
        sessions::kind.eq(kind.code()),
        sessions::secret_sha256.eq(key.secret.hash()),
        sessions::created_at.eq(conn.now()),
        sessions::seen_at.eq(conn.now()),
        sessions::expires_at.eq(expires_at),
        sessions::proved_at.eq(is_proved.then(|| conn.now())),
        sessions::refresh_sha256.eq(refresh.map(Secret::hash)),
    );
    diesel::insert_into(sessions::table).values(row).execute(conn.pg())?;
    Ok(())
}

/// A session with everything that decides whether it is in force, and who acts in it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub(super) struct SessionRow {
    pub id: Uuid,
    pub person_id: Uuid,
    pub post_id: Uuid,
    pub kind: String,
    pub secret_sha256: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub proved_at: Option<DateTime<Utc>>,
    #[diesel(select_expression = persons::full_name)]
    pub full_name: String,
    #[diesel(select_expression = persons::email)]
    pub email: String,
    #[diesel(select_expression = persons::language)]
    pub language: String,
    #[diesel(select_expression = persons::active)]
    pub active: bool,
    #[diesel(select_expression = posts::role)]
    pub role: String,
    #[diesel(select_expression = posts::from_on)]
    pub from_on: NaiveDate,
    #[diesel(select_expression = posts::until_on)]
    pub until_on: Option<NaiveDate>,
    #[diesel(embed)]
    pub unit: Option<MemberUnit>,
    #[diesel(select_expression = tenants::slug)]
    pub tenant_slug: String,
    #[diesel(select_expression = tenants::state)]
    pub tenant_state: String,
    #[diesel(select_expression = tenants::requests_per_minute)]
    pub requests_per_minute: Option<i32>,
    #[diesel(embed)]
    pub settings: SettingsRow,
}

/// Reads a session.
pub(super) fn session(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<SessionRow>> {
    let tenant = conn.tenant().uuid();
    Ok(sessions::table
        .inner_join(
            persons::table
                .on(persons::tenant_id.eq(sessions::tenant_id).and(persons::id.eq(sessions::person_id))),
        )
        .inner_join(
            posts::table.on(posts::tenant_id.eq(sessions::tenant_id).and(posts::id.eq(sessions::post_id))),
        )
        .left_join(
            units::table
                .on(units::tenant_id.eq(sessions::tenant_id).and(units::id.nullable().eq(posts::unit_id))),
        )
        .inner_join(tenant_settings::table.on(tenant_settings::tenant_id.eq(sessions::tenant_id)))
        .inner_join(tenants::table.on(tenants::id.eq(sessions::tenant_id)))
        .filter(sessions::tenant_id.eq(tenant))
        .filter(sessions::id.eq(id))
        .select(SessionRow::as_select())
        .first(conn.pg())
        .optional()?)
}

/// What decides about a refresh token.
#[derive(Queryable)]
pub(super) struct RefreshRow {
    pub kept: Option<Vec<u8>>,
    pub refreshed_at: Option<DateTime<Utc>>,
    pub rotations: i32,
    pub person: Uuid,
}

/// Reads it and keeps others from it until the transaction ends: of two at once the second sees what the first did.
pub(super) fn lock_refresh(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<RefreshRow>> {
    Ok(sessions::table
        .filter(sessions::tenant_id.eq(conn.tenant().uuid()))
        .filter(sessions::id.eq(id))
        .select((sessions::refresh_sha256, sessions::refreshed_at, sessions::rotations, sessions::person_id))
        .for_update()
        .first(conn.pg())
        .optional()?)
}

/// Puts a refresh token's successor in its place.
pub(super) fn save_refresh(conn: &mut TenantConn<'_>, id: Uuid, successor: &Secret) -> Result<()> {
    let row =
        sessions::table.filter(sessions::tenant_id.eq(conn.tenant().uuid())).filter(sessions::id.eq(id));
    let values = (
        sessions::refresh_sha256.eq(successor.hash()),
        sessions::refreshed_at.eq(conn.now()),
        sessions::rotations.eq(sessions::rotations + 1),
    );
    diesel::update(row).set(values).execute(conn.pg())?;
    Ok(())
}

/// The posts that a person holds on a day, the one held longest first.
pub(super) fn held_posts(conn: &mut TenantConn<'_>, person: Uuid, today: NaiveDate) -> Result<Vec<HeldPost>> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<(Uuid, String, Option<String>)> = posts::table
        .left_join(
            units::table
                .on(units::tenant_id.eq(posts::tenant_id).and(units::id.nullable().eq(posts::unit_id))),
        )
        .filter(posts::tenant_id.eq(tenant))
        .filter(posts::person_id.eq(person))
        .filter(posts::from_on.le(today))
        .filter(posts::until_on.is_null().or(posts::until_on.gt(today)))
        .order((posts::from_on, posts::id))
        .select((posts::id, posts::role, units::name.nullable()))
        .load(conn.pg())?;
    rows.into_iter()
        .map(|(id, role, unit)| {
            let role = Role::from_code(&role);
            let role = role.ok_or_else(|| Error::Internal("a post holds an unknown role".to_owned()))?;
            Ok(HeldPost { id, role, unit })
        })
        .collect()
}

/// Lets a session act in another post.
pub(super) fn save_post(conn: &mut TenantConn<'_>, id: Uuid, post: Uuid) -> Result<()> {
    let row =
        sessions::table.filter(sessions::tenant_id.eq(conn.tenant().uuid())).filter(sessions::id.eq(id));
    diesel::update(row).set(sessions::post_id.eq(post)).execute(conn.pg())?;
    Ok(())
}

/// Notes that a session was used now.
pub(super) fn touch(conn: &mut TenantConn<'_>, id: Uuid) -> Result<()> {
    let row =
        sessions::table.filter(sessions::tenant_id.eq(conn.tenant().uuid())).filter(sessions::id.eq(id));
    diesel::update(row).set(sessions::seen_at.eq(conn.now())).execute(conn.pg())?;
    Ok(())
}

/// Ends a session now.
pub(super) fn end_session(conn: &mut TenantConn<'_>, id: Uuid) -> Result<()> {
    let row =
        sessions::table.filter(sessions::tenant_id.eq(conn.tenant().uuid())).filter(sessions::id.eq(id));
    diesel::update(row).set(sessions::ended_at.eq(conn.now())).execute(conn.pg())?;
    Ok(())
}

/// Ends a session now, if this is its secret.
pub(super) fn end_shown(conn: &mut TenantConn<'_>, key: &Key) -> Result<()> {
    let shown = sessions::table
        .filter(sessions::tenant_id.eq(conn.tenant().uuid()))
        .filter(sessions::id.eq(key.row))
        .filter(sessions::secret_sha256.eq(key.secret.hash()))
        .filter(sessions::ended_at.is_null());
    diesel::update(shown).set(sessions::ended_at.eq(conn.now())).execute(conn.pg())?;
    Ok(())
}

/// Ends every session of a person now.
pub(super) fn end_sessions(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    let open = sessions::table
        .filter(sessions::tenant_id.eq(conn.tenant().uuid()))
        .filter(sessions::person_id.eq(person))
        .filter(sessions::ended_at.is_null());
    diesel::update(open).set(sessions::ended_at.eq(conn.now())).execute(conn.pg())?;
    Ok(())
}

/// What a person's password must not be made of.
pub(super) fn surroundings(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Surroundings> {
    let factor = person_factors::table
        .filter(person_factors::tenant_id.eq(persons::tenant_id))
        .filter(person_factors::person_id.eq(persons::id));
    let (name, email, tenant_slug, tenant_name, has_factor) = persons::table
        .inner_join(tenants::table.on(tenants::id.eq(persons::tenant_id)))
        .inner_join(tenant_settings::table.on(tenant_settings::tenant_id.eq(persons::tenant_id)))
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::id.eq(person))
        .select((
            persons::full_name,
            persons::email,
            tenants::slug,
            tenant_settings::name,
            diesel::dsl::exists(factor),
        ))
        .first(conn.pg())?;
    Ok(Surroundings { name, email, tenant_slug, tenant_name, has_factor })
}

/// Keeps a password's hash in place of the one before.
pub(super) fn save_password(conn: &mut TenantConn<'_>, person: Uuid, hash: &str) -> Result<()> {
    let changed = (person_passwords::hash.eq(hash), person_passwords::changed_at.eq(conn.now()));
    let row = (
        person_passwords::tenant_id.eq(conn.tenant().uuid()),
        person_passwords::person_id.eq(person),
        changed,
    );
    diesel::insert_into(person_passwords::table)
        .values(row)
        .on_conflict((person_passwords::tenant_id, person_passwords::person_id))
        .do_update()
        .set(changed)
        .execute(conn.pg())?;
    Ok(())
}

/// Writes the links of these people.
pub(super) fn insert_links(
    conn: &mut TenantConn<'_>,
    keys: &[Key],
    people: &[Uuid],
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let row = |(key, person): (&Key, &Uuid)| {
        (
            one_time_links::tenant_id.eq(tenant),
            one_time_links::id.eq(key.row),
            one_time_links::person_id.eq(*person),
            one_time_links::purpose.eq("set_password"),
            one_time_links::secret_sha256.eq(key.secret.hash()),
            one_time_links::created_at.eq(now),
            one_time_links::expires_at.eq(expires_at),
        )
    };
    let rows: Vec<_> = keys.iter().zip(people).map(row).collect();
    diesel::insert_into(one_time_links::table).values(rows).execute(conn.pg())?;
    Ok(())
}

/// Spends a link that holds, of an active person; whose it is. Two at once: one of them.
pub(super) fn spend_link(conn: &mut TenantConn<'_>, key: &Key) -> Result<Option<Uuid>> {
    let active = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::active)
        .select(persons::id);
    let link = one_time_links::table
        .filter(one_time_links::tenant_id.eq(conn.tenant().uuid()))
        .filter(one_time_links::id.eq(key.row))
        .filter(one_time_links::secret_sha256.eq(key.secret.hash()))
        .filter(one_time_links::used_at.is_null())
        .filter(one_time_links::expires_at.gt(conn.now()))
        .filter(one_time_links::person_id.eq_any(active));
    Ok(diesel::update(link)
        .set(one_time_links::used_at.eq(conn.now()))
        .returning(one_time_links::person_id)
        .get_result(conn.pg())
        .optional()?)
}

/// Spends every link of a person: who has a password needs none.
pub(super) fn spend_links(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    let open = one_time_links::table
        .filter(one_time_links::tenant_id.eq(conn.tenant().uuid()))
        .filter(one_time_links::person_id.eq(person))
        .filter(one_time_links::used_at.is_null());
    diesel::update(open).set(one_time_links::used_at.eq(conn.now())).execute(conn.pg())?;
    Ok(())
}

/// Removes what ended long ago; the journal tells what happened.
pub(super) fn purge(conn: &mut TenantConn<'_>, before: DateTime<Utc>) -> Result<usize> {
    let tenant = conn.tenant().uuid();
    let old_sessions = sessions::table
        .filter(sessions::tenant_id.eq(tenant))
        .filter(sessions::expires_at.lt(before).or(sessions::ended_at.lt(before)));
    let old_links = one_time_links::table
        .filter(one_time_links::tenant_id.eq(tenant))
        .filter(one_time_links::expires_at.lt(before));
    let old_steps = sign_in_steps::table
        .filter(sign_in_steps::tenant_id.eq(tenant))
        .filter(sign_in_steps::expires_at.lt(before));
    let old_offers = factor_offers::table
        .filter(factor_offers::tenant_id.eq(tenant))
        .filter(factor_offers::created_at.lt(before));
    let old_devices = remembered_devices::table
        .filter(remembered_devices::tenant_id.eq(tenant))
        .filter(remembered_devices::expires_at.lt(before));
    Ok(diesel::delete(old_sessions).execute(conn.pg())?
        + diesel::delete(old_links).execute(conn.pg())?
        + diesel::delete(old_steps).execute(conn.pg())?
        + diesel::delete(old_offers).execute(conn.pg())?
        + diesel::delete(old_devices).execute(conn.pg())?)
}
