//! SQL of single sign-on.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::error::Result;
use crate::schema::{persons, posts, sso_providers, sso_subjects};

/// The provider of a tenant.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sso_providers)]
pub(super) struct ProviderRow {
    pub issuer: String,
    pub client_id: String,
    pub sealed_secret: Vec<u8>,
    pub local_sign_in: bool,
}

pub(super) fn provider(conn: &mut TenantConn<'_>) -> Result<Option<ProviderRow>> {
    Ok(sso_providers::table
        .filter(sso_providers::tenant_id.eq(conn.tenant().uuid()))
        .select(ProviderRow::as_select())
        .first(conn.pg())
        .optional()?)
}

/// Keeps a provider; without a secret the one there is stays.
pub(super) fn save_provider(
    conn: &mut TenantConn<'_>,
    issuer: &str,
    client_id: &str,
    sealed: Option<Vec<u8>>,
) -> Result<()> {
    let named = (
        sso_providers::issuer.eq(issuer),
        sso_providers::client_id.eq(client_id),
        sso_providers::local_sign_in.eq(true),
        sso_providers::changed_at.eq(conn.now()),
    );
    let Some(sealed) = sealed else {
        let own = sso_providers::table.filter(sso_providers::tenant_id.eq(conn.tenant().uuid()));
        diesel::update(own).set(named).execute(conn.pg())?;
        return Ok(());
    };
    let fresh = (named, sso_providers::sealed_secret.eq(sealed));
    diesel::insert_into(sso_providers::table)
        .values((sso_providers::tenant_id.eq(conn.tenant().uuid()), fresh.clone()))
        .on_conflict(sso_providers::tenant_id)
        .do_update()
        .set(fresh)
        .execute(conn.pg())?;
    Ok(())
}

pub(super) fn remove_provider(conn: &mut TenantConn<'_>) -> Result<()> {
    let own = sso_providers::table.filter(sso_providers::tenant_id.eq(conn.tenant().uuid()));
    diesel::delete(own).execute(conn.pg())?;
    Ok(())
}

/// Says whether passwords open anything; whether that is another answer than before.
pub(super) fn save_local_sign_in(conn: &mut TenantConn<'_>, is_on: bool) -> Result<bool> {
    let own = sso_providers::table
        .filter(sso_providers::tenant_id.eq(conn.tenant().uuid()))
        .filter(sso_providers::local_sign_in.ne(is_on));
    Ok(diesel::update(own).set(sso_providers::local_sign_in.eq(is_on)).execute(conn.pg())? == 1)
}

/// Whether an administrator of a day has come in by the provider since it was last changed.
pub(super) fn has_admin(conn: &mut TenantConn<'_>, today: NaiveDate) -> Result<bool> {
    let tenant = conn.tenant().uuid();
    let admins = posts::table
        .inner_join(
            persons::table.on(persons::tenant_id.eq(posts::tenant_id).and(persons::id.eq(posts::person_id))),
        )
        .filter(posts::tenant_id.eq(tenant))
        .filter(posts::role.eq(Role::Admin.code()))
        .filter(posts::from_on.le(today))
        .filter(posts::until_on.is_null().or(posts::until_on.gt(today)))
        .filter(persons::active)
        .select(posts::person_id);
    let came = sso_subjects::table
        .inner_join(
            sso_providers::table.on(sso_providers::tenant_id
                .eq(sso_subjects::tenant_id)
                .and(sso_providers::issuer.eq(sso_subjects::issuer))),
        )
        .filter(sso_subjects::tenant_id.eq(tenant))
        .filter(sso_subjects::seen_at.ge(sso_providers::changed_at))
        .filter(sso_subjects::person_id.eq_any(admins))
        .select(sso_subjects::person_id);
    Ok(diesel::select(exists(came)).get_result(conn.pg())?)
}

/// The person a provider's account belongs to.
pub(super) fn person_of(conn: &mut TenantConn<'_>, issuer: &str, subject: &str) -> Result<Option<Uuid>> {
    Ok(sso_subjects::table
        .filter(sso_subjects::tenant_id.eq(conn.tenant().uuid()))
        .filter(sso_subjects::issuer.eq(issuer))
        .filter(sso_subjects::subject.eq(subject))
        .select(sso_subjects::person_id)
        .first(conn.pg())
        .optional()?)
}

/// Whether a person has an account at a provider already.
pub(super) fn has_subject(conn: &mut TenantConn<'_>, issuer: &str, person: Uuid) -> Result<bool> {
    let own = sso_subjects::table
        .filter(sso_subjects::tenant_id.eq(conn.tenant().uuid()))
        .filter(sso_subjects::issuer.eq(issuer))
        .filter(sso_subjects::person_id.eq(person));
    Ok(diesel::select(exists(own)).get_result(conn.pg())?)
}

/// Remembers whose account it is, and that they came in by it now.
pub(super) fn save_subject(
    conn: &mut TenantConn<'_>,
    issuer: &str,
    subject: &str,
    person: Uuid,
) -> Result<()> {
    let row = (
        sso_subjects::tenant_id.eq(conn.tenant().uuid()),
        sso_subjects::issuer.eq(issuer),
        sso_subjects::subject.eq(subject),
        sso_subjects::person_id.eq(person),
        sso_subjects::seen_at.eq(conn.now()),
    );
    diesel::insert_into(sso_subjects::table)
        .values(row)
        .on_conflict((sso_subjects::tenant_id, sso_subjects::issuer, sso_subjects::subject))
        .do_update()
        .set(sso_subjects::seen_at.eq(conn.now()))
        .execute(conn.pg())?;
    Ok(())
}
