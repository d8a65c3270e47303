//! Use cases of tenants.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::input::NewTenant;
use super::model::{Counting, PaperHead, Settings};
use super::store;
use crate::accounts::NewPerson;
use crate::app::App;
use crate::db::{Operator, TenantConn};
use crate::domain::access::Role;
use crate::domain::preference::SendTime;
use crate::domain::two_factor::FactorRule;
use crate::error::{Refusal, Result};
use crate::ids::TenantId;
use crate::journal::{self, Entry};
use crate::{accounts, calendar};

/// Makes a tenant with the public-sector calendar and its first administrator, and does with that person's id what
/// `work` says, in the same transaction.
///
/// # Errors
/// The slug is taken, or what `work` says.
pub fn create<T>(
    app: &App,
    tenant: &NewTenant,
    work: impl FnOnce(&mut TenantConn<'_>, Uuid) -> Result<T>,
) -> Result<T> {
    app.db.tenant(&Operator::of(TenantId::generate()), |conn| {
        let (_, admin) = found(app, conn, tenant, None)?;
        work(conn, admin)
    })
}

/// Makes the demo's tenant and does a first act in the same transaction, in a database marked as the
/// demo's: all of it or nothing. The administrator's post is held `since` a day before every demo's today.
///
/// # Errors
/// The slug is taken, or what `work` says.
pub fn create_demo<T>(
    app: &App,
    tenant: &NewTenant,
    since: NaiveDate,
    act: &'static str,
    work: impl FnOnce(&mut TenantConn<'_>, &Settings) -> Result<(T, Value)>,
) -> Result<T> {
    app.db.tenant(&Operator::of(TenantId::generate()), |conn| {
        store::mark_demo(conn)?;
        let (settings, _) = found(app, conn, tenant, Some(since))?;
        // Whoever tries the demo has no authenticator at hand; enrolling is still possible.
        store::save_factor_rule(conn, FactorRule::NOBODY)?;
        let (value, told) = work(conn, &settings)?;
        journal::append(conn, &[Entry::operator(act, told)])?;
        Ok(value)
    })
}

fn found(
    app: &App,
    conn: &mut TenantConn<'_>,
    tenant: &NewTenant,
    since: Option<NaiveDate>,
) -> Result<(Settings, Uuid)> {
    if !store::insert(conn, &tenant.slug, &tenant.name)? {
        return Err(Refusal::TenantExists(tenant.slug.clone()).into());
    }
    let settings = settings(conn)?;
    calendar::install_public_days(conn)?;
    let from_on = since.unwrap_or_else(|| settings.today(&app.clock));
    let admin = accounts::add_person_with_post(
        conn,
        &NewPerson { email: &tenant.admin_email, name: &tenant.admin_email },
        Role::Admin,
        None,
        from_on,
    )?;
    let told = json!({ "slug": tenant.slug, "name": tenant.name });
    let post = json!({ "role": Role::Admin.code(), "from_on": from_on });
    let person =
        Entry { subject: "person", subject_id: Some(admin), ..Entry::operator("person.create", post) };
    journal::append(conn, &[Entry::operator("tenant.create", told), person])?;
    Ok((settings, admin))
}

/// Runs an operator's act in a tenant's transaction and writes it into that tenant's journal (DOMAIN §1:
/// every such act stands there, reading too). `work` gives its result and what the journal shall say.
///
/// # Errors
/// No such tenant, or what `work` says; then nothing is written.
pub fn operate<T>(
    app: &App,
    slug: &str,
    act: &'static str,
    work: impl FnOnce(&mut TenantConn<'_>, &Settings) -> Result<(T, Value)>,
) -> Result<T> {
    app.db.tenant(&operator(app, slug)?, |conn| {
        let settings = settings(conn)?;
        let (value, told) = work(conn, &settings)?;
        journal::append(conn, &[Entry::operator(act, told)])?;
        Ok(value)
    })
}

/// The operator's right to the tenant of a slug, for what can't be one transaction of [`operate`] alone.
pub(super) fn operator(app: &App, slug: &str) -> Result<Operator> {
    let found = app.db.system(|conn| store::id_of(conn, slug))?;
    Ok(Operator::of(found.ok_or_else(|| Refusal::TenantUnknown(slug.to_owned()))?))
}

/// The operator's right to a tenant that is about to come.
pub(super) fn operator_to_be(tenant: TenantId) -> Operator {
    Operator::of(tenant)
}

/// The tenant of a slug, if it may be used now.
///
/// # Errors
/// The database's.
pub fn active(app: &App, slug: &str) -> Result<Option<TenantId>> {
    app.db.system(|conn| store::active_id_of(conn, slug))
}

/// How the tenant counts.
///
/// # Errors
/// The database's, or a setting this program does not know.
pub fn settings(conn: &mut TenantConn<'_>) -> Result<Settings> {
    store::settings(conn)?.try_into()
}

/// Says who must have a second factor, in the transaction of an act that the journal tells of.
///
/// # Errors
/// The database's.
pub fn set_factor_rule(conn: &mut TenantConn<'_>, rule: FactorRule) -> Result<()> {
    store::save_factor_rule(conn, rule)
}

/// Gives the tenant another name, in the transaction of an act that the journal tells of.
///
/// # Errors
/// The database's.
pub fn set_name(conn: &mut TenantConn<'_>, name: &str) -> Result<()> {
    store::save_name(conn, name)
}

/// Says what stands at the head of its documents, in the transaction of an act that the journal tells of.
///
/// # Errors
/// The database's.
pub fn set_paper_head(conn: &mut TenantConn<'_>, head: &PaperHead) -> Result<()> {
    store::save_paper_head(conn, head)
}

/// Says how the tenant counts, in the transaction of an act that the journal tells of.
///
/// # Errors
/// The database's.
pub fn set_counting(conn: &mut TenantConn<'_>, counting: Counting) -> Result<()> {
    store::save_counting(conn, counting)
}

/// Says when the daily digest is sent, in the transaction of an act that the journal tells of.
///
/// # Errors
/// The database's.
pub fn set_digest_hour(conn: &mut TenantConn<'_>, time: SendTime) -> Result<()> {
    store::save_digest_hour(conn, time)
}

/// Whether the demo's tenant is there already, in a database that is the demo's or may become it.
///
/// # Errors
/// The database holds somebody's tenants.
pub fn demo_exists(app: &App, slug: &str) -> Result<bool> {
    app.db.system(|conn| match (store::is_demo(conn)?, store::any(conn)?) {
        (true, _) => Ok(store::id_of(conn, slug)?.is_some()),
        (false, false) => Ok(false),
        (false, true) => Err(Refusal::DatabaseInUse.into()),
    })
}
