//! SQL of the letters of signing in.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::lang::Lang;
use crate::error::{Error, Result};
use crate::schema::{person_passwords, persons, sso_providers};

/// Address and language of a person.
pub(super) fn addressee(conn: &mut TenantConn<'_>, person: Uuid) -> Result<(String, Lang)> {
    let (address, code): (String, String) = persons::table
        .filter(persons::tenant_id.eq(conn.tenant().uuid()))
        .filter(persons::id.eq(person))
        .select((persons::email, persons::language))
        .first(conn.pg())?;
    let lang = Lang::from_code(&code);
    Ok((address, lang.ok_or_else(|| Error::Internal("a person has an unknown language".to_owned()))?))
}

/// Whether a person has set a password.
pub(super) fn has_password(conn: &mut TenantConn<'_>, person: Uuid) -> Result<bool> {
    let own = person_passwords::table
        .filter(person_passwords::tenant_id.eq(conn.tenant().uuid()))
        .filter(person_passwords::person_id.eq(person));
    Ok(diesel::select(exists(own)).get_result(conn.pg())?)
}

/// The active person of an address, where passwords open something.
pub(super) fn may_set_password(conn: &mut TenantConn<'_>, email: &str) -> Result<Option<Uuid>> {
    let tenant = conn.tenant().uuid();
    let by_provider_alone = sso_providers::table
        .filter(sso_providers::tenant_id.eq(tenant))
        .filter(sso_providers::local_sign_in.eq(false));
    Ok(persons::table
        .filter(persons::tenant_id.eq(tenant))
        .filter(persons::email.eq(email))
        .filter(persons::active)
        .filter(not(exists(by_provider_alone)))
        .select(persons::id)
        .first(conn.pg())
        .optional()?)
}
