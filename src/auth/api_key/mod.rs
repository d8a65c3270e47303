//! API keys: how a program uses the API for a tenant, without a person.
//!
//! What must stay true: a key is made and revoked by the operator alone, handed out once and kept as a hash; it acts in
//! one tenant with one role by the same permission table as people, and only where no person is needed; revoking it
//! bites at the next request. The journal calls it by its name, which no other key of the tenant ever has.

mod store;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

use super::member::{Admitted, Member};
use super::secret::{Key, Secret};
use super::sign_in::SessionKind;
use crate::app::App;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::lang::Lang;
use crate::error::{ApiKeyFault, Denial, Error, Refusal, Result};
use crate::ids::new_id;
use crate::tenants::{self, Settings};
use crate::units;

/// What an API key begins with.
pub(super) const PREFIX: &str = "ddk_";

/// What is asked of a key to be made.
#[derive(Debug, Clone)]
pub struct ApiKeyInput {
    /// What the journal shall call it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The name or short name of its unit.
    pub unit: Option<String>,
    /// The first day on which it opens nothing any more.
    pub until: Option<NaiveDate>,
}

/// A key as its operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyListed {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Its unit's short name.
    pub unit: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The first day on which it opens nothing any more.
    pub until: Option<NaiveDate>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The last day on which it was used.
    pub used_on: Option<NaiveDate>,
}

/// A key that was just made.
#[derive(Clone)]
pub struct ApiKeyMade {
    /// Its id.
    pub id: Uuid,
    /// What a program sends; nobody can read it again.
    pub key: String,
}

/// Makes a key for a tenant.
///
/// # Errors
/// No such tenant or unit; the name has been used; role and unit don't fit; its last day is past.
pub fn create_api_key(app: &App, slug: &str, input: &ApiKeyInput) -> Result<ApiKeyMade> {
    let name = input.name.trim();
    if !tenants::is_name(name) {
        return Err(Refusal::NameForm.into());
    }
    tenants::operate(app, slug, "api_key.create", |conn, settings| {
        let is_of_unit = matches!(input.role, Role::Staff | Role::UnitHead);
        if is_of_unit != input.unit.is_some() {
            return Err(ApiKeyFault::UnitFit { needed: is_of_unit }.into());
        }
        if input.until.is_some_and(|until| until <= settings.today(&app.clock)) {
            return Err(ApiKeyFault::Past.into());
        }
        let unit = input.unit.as_deref().map(|name| units::find(conn, name)).transpose()?;
        let key = Key { tenant: conn.tenant().uuid(), row: new_id(), secret: Secret::generate()? };
        if !store::insert(conn, &key, name, input, unit.map(|unit| unit.id))? {
            return Err(ApiKeyFault::NameTaken(name.to_owned()).into());
        }
        let (role, unit) = (input.role.code(), &input.unit);
        let told = json!({ "id": key.row, "name": name, "role": role, "unit": unit, "until": input.until });
        Ok((ApiKeyMade { id: key.row, key: format!("{PREFIX}{}", key.to_text()) }, told))
    })
}

/// The keys of a tenant, the latest first.
///
/// # Errors
/// No such tenant.
pub fn api_keys(app: &App, slug: &str) -> Result<Vec<ApiKeyListed>> {
    tenants::operate(app, slug, "api_key.list", |conn, _| {
        let keys = store::list(conn)?;
        let told = json!({ "keys": keys.len() });
        Ok((keys, told))
    })
}

/// Lets a key open nothing from now on; its name.
///
/// # Errors
/// No such tenant, or it has no such key in force.
pub fn revoke_api_key(app: &App, slug: &str, id: Uuid) -> Result<String> {
    tenants::operate(app, slug, "api_key.revoke", |conn, _| {
        let name = store::revoke(conn, id)?.ok_or(ApiKeyFault::Unknown(id))?;
        let told = json!({ "id": id, "name": name });
        Ok((name, told))
    })
}

/// Who acts by a key, if it is in force.
pub(super) fn admit(app: &App, conn: &mut TenantConn<'_>, key: &Key) -> Result<Admitted> {
    let row = store::read(conn, key.row)?.ok_or(Denial::NotSignedIn)?;
    let settings = Settings::try_from(row.settings)?;
    let today = settings.today(&app.clock);
    let is_in_force = row.revoked_at.is_none()
        && [row.until_on, row.unit_valid_until].into_iter().flatten().all(|until| today < until)
        && row.tenant_state == "active";
    if !key.secret.matches(&row.secret_sha256) || !is_in_force {
        return Err(Denial::NotSignedIn.into());
    }
    let member = Member {
        session: row.id,
        kind: SessionKind::Api,
        person: row.id,
        key: Some(row.name.clone()),
        name: row.name,
        email: String::new(),
        lang: Lang::default(),
        post: row.id,
        role: role(&row.role)?,
        unit: row.unit,
        is_proved: false,
        tenant_slug: row.tenant_slug,
        requests_per_minute: row.requests_per_minute.and_then(|n| u32::try_from(n).ok()),
        posts: Vec::new(),
    };
    Ok(Admitted { member, settings, is_stale: row.used_on.is_none_or(|day| day < today) })
}

/// Notes that a key was used today.
pub(super) fn touch(conn: &mut TenantConn<'_>, key: Uuid, today: NaiveDate) -> Result<()> {
    store::touch(conn, key, today)
}

fn role(code: &str) -> Result<Role> {
    Role::from_code(code).ok_or_else(|| Error::Internal("an API key holds an unknown role".to_owned()))
}
