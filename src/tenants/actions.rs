//! Use cases of tenants.

use serde_json::{Value, json};

use super::input::NewTenant;
use super::model::Settings;
use super::store;
use crate::app::App;
use crate::db::{Operator, TenantConn};
use crate::domain::access::Role;
use crate::error::{Refusal, Result};
use crate::ids::TenantId;
use crate::journal::{self, Entry};
use crate::{accounts, calendar};

/// Makes a tenant with the public-sector calendar and its first administrator.
///
/// # Errors
/// The slug is taken.
pub fn create(app: &App, tenant: &NewTenant) -> Result<()> {
    app.db.tenant(&Operator::of(TenantId::generate()), |conn| found(app, conn, tenant).map(|_| ()))
}

/// Makes a tenant and does a first act in the same transaction: both or neither.
///
/// # Errors
/// The slug is taken, or what `work` says.
pub fn create_with<T>(
    app: &App,
    tenant: &NewTenant,
    act: &'static str,
    asked: Value,
    work: impl FnOnce(&mut TenantConn<'_>, &Settings) -> Result<T>,
) -> Result<T> {
    app.db.tenant(&Operator::of(TenantId::generate()), |conn| {
        let settings = found(app, conn, tenant)?;
        let value = work(conn, &settings)?;
        journal::append(conn, &[Entry::operator(act, asked)])?;
        Ok(value)
    })
}

fn found(app: &App, conn: &mut TenantConn<'_>, tenant: &NewTenant) -> Result<Settings> {
    if !store::insert(conn, &tenant.slug, &tenant.name)? {
        return Err(Refusal::TenantExists(tenant.slug.clone()).into());
    }
    let settings = Settings::try_from(store::settings(conn)?)?;
    calendar::install_public_days(conn)?;
    let from_on = settings.today(&app.clock);
    accounts::add_person_with_post(conn, &tenant.admin_email, Role::Admin, None, from_on)?;
    let asked = json!({ "slug": tenant.slug, "name": tenant.name });
    journal::append(conn, &[Entry::operator("tenant.create", asked)])?;
    Ok(settings)
}

/// Runs an operator's act in a tenant's transaction and writes it into that tenant's journal with what
/// was asked (DOMAIN §1: every such act stands there, reading too).
///
/// # Errors
/// No such tenant, or what `work` says; then nothing is written.
pub fn operate<T>(
    app: &App,
    slug: &str,
    act: &'static str,
    asked: Value,
    work: impl FnOnce(&mut TenantConn<'_>, &Settings) -> Result<T>,
) -> Result<T> {
    let found = app.db.system(|conn| store::id_of(conn, slug))?;
    let tenant = found.ok_or_else(|| Refusal::TenantUnknown(slug.to_owned()))?;
    app.db.tenant(&Operator::of(tenant), |conn| {
        let settings = Settings::try_from(store::settings(conn)?)?;
        let value = work(conn, &settings)?;
        journal::append(conn, &[Entry::operator(act, asked)])?;
        Ok(value)
    })
}

/// Whether the tenant of this slug exists.
///
/// # Errors
/// The database's.
pub fn exists(app: &App, slug: &str) -> Result<bool> {
    Ok(app.db.system(|conn| store::id_of(conn, slug))?.is_some())
}

/// Marks an empty database as the demo's, or sees that it is.
///
/// # Errors
/// The database holds somebody's tenants.
pub fn mark_demo(app: &App) -> Result<()> {
    app.db.system(|conn| match (store::purpose(conn)?.as_deref(), store::any(conn)?) {
        (Some("demo"), _) => Ok(()),
        (None, false) => store::set_purpose(conn, "demo"),
        _ => Err(Refusal::DatabaseInUse.into()),
    })
}
