//! What the operator does to a tenant as a whole: list, suspend, limit, export, restore, delete.

use std::path::Path;

use serde_json::{Value, json};

use super::actions::{operate, operator, operator_to_be};
use super::archive::{self, About, Archive, Written};
use super::input::is_slug;
use super::model::{Limits, TenantListed};
use super::store;
use crate::app::App;
use crate::db::{TenantConn, TenantScope};
use crate::error::{Refusal, Result, TenancyFault};
use crate::ids::TenantId;
use crate::journal::{self, Entry};
use crate::keys::Keys;

/// Every tenant, by slug. It reads system tables alone and nothing of a tenant's, so no journal tells of it.
///
/// # Errors
/// The database's.
pub fn list(app: &App) -> Result<Vec<TenantListed>> {
    app.db.system(store::list)
}

/// Whether anybody of the tenant may be let in.
///
/// # Errors
/// The database's.
pub fn is_active(conn: &mut TenantConn<'_>) -> Result<bool> {
    store::is_active(conn)
}

/// Lets the tenant's people in again, or nobody from now on: whatever they send next is refused.
///
/// # Errors
/// No such tenant, or it is so already.
pub fn set_active(app: &App, slug: &str, active: bool, reason: Option<&str>) -> Result<()> {
    let act = if active { "tenant.resume" } else { "tenant.suspend" };
    operate(app, slug, act, |conn, _| {
        if !store::set_active(conn, active)? {
            return Err(TenancyFault::AlreadySo(!active).into());
        }
        Ok(((), json!({ "reason": reason })))
    })
}

/// What the operator allows the tenant.
///
/// # Errors
/// The database's.
pub fn limits(conn: &mut TenantConn<'_>) -> Result<Limits> {
    store::limits(conn)
}

/// What becomes of each limit: `None` leaves it, `Some(None)` lifts it.
#[derive(Debug, Clone, Copy, Default)]
pub struct LimitChange {
    /// The most people who may sign in. Those who may already stay.
    pub people: Option<Option<u32>>,
    /// The most requests answered in a minute.
    pub requests_per_minute: Option<Option<u32>>,
    /// The most MB of files. What is kept already stays.
    pub storage_mb: Option<Option<u32>>,
}

/// Changes what the operator allows the tenant; what holds then.
///
/// # Errors
/// No such tenant.
pub fn set_limits(app: &App, slug: &str, change: LimitChange) -> Result<Limits> {
    operate(app, slug, "tenant.limit", |conn, _| {
        let before = store::limits(conn)?;
        let limits = Limits {
            people: change.people.unwrap_or(before.people),
            requests_per_minute: change.requests_per_minute.unwrap_or(before.requests_per_minute),
            storage_mb: change.storage_mb.unwrap_or(before.storage_mb),
        };
        store::save_limits(conn, limits)?;
        let told = json!({
            "people": limits.people,
            "requests_per_minute": limits.requests_per_minute,
            "storage_mb": limits.storage_mb,
        });
        Ok((limits, told))
    })
}

/// Which installation's secret it is, without giving it away.
pub fn key_of(keys: &Keys) -> String {
    keys.derive("archives of tenants").iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn file_name(path: &Path) -> Value {
    json!({ "file": path.file_name().map(|name| name.to_string_lossy()) })
}

fn about(conn: &mut TenantConn<'_>, slug: &str, key: String) -> Result<About> {
    let (is_active, hosts) = (store::is_active(conn)?, store::hosts(conn)?);
    Ok(About { slug: slug.to_owned(), is_active, hosts, key })
}

/// Writes everything of a tenant to a file that is not there yet; `key` is [`key_of`] this installation's secret.
///
/// # Errors
/// No such tenant, or the file can't be written; then the journal tells of the try.
pub fn export(app: &App, slug: &str, to: &Path, key: String) -> Result<Written> {
    // Before the snapshot, so that the archive tells of itself.
    operate(app, slug, "tenant.export", |_, _| Ok(((), file_name(to))))?;
    app.db.snapshot(&operator(app, slug)?, |conn| {
        let about = about(conn, slug, key)?;
        archive::write(conn, &app.depot, &about, to)
    })
}

/// Suspends a tenant, writes everything of it to a file, and removes it from the database: the file and the removal are
/// of the same instant. When it fails the tenant is suspended and whole.
///
/// # Errors
/// No such tenant; the owner's role is not known; the file can't be written; somebody changed the tenant meanwhile.
pub fn delete(app: &App, slug: &str, to: &Path, key: String) -> Result<Written> {
    let owner = app.owner.as_ref().ok_or(TenancyFault::OwnerNeeded)?;
    let operator = operator(app, slug)?;
    operate(app, slug, "tenant.delete", |conn, _| {
        store::set_active(conn, false)?;
        Ok(((), file_name(to)))
    })?;
    // The file stays whatever comes of the removal: a commit whose answer is lost may have happened.
    let written = owner.tenant(&operator, |conn| {
        let about = about(conn, slug, key)?;
        let written = archive::write(conn, &app.depot, &about, to)?;
        archive::remove(conn)?;
        Ok(written)
    })?;
    let tenant = operator.tenant();
    let kept = app.depot.kept(tenant).map(|kept| kept.into_iter().map(|kept| kept.id));
    if let Err(error) = kept.and_then(|kept| app.depot.forget(tenant, kept)) {
        tracing::warn!(%error, "a job of the night removes the files of a tenant that is gone");
    }
    Ok(written)
}

/// What came of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The tenant's slug.
    pub slug: String,
    /// How many rows were written.
    pub rows: u64,
    /// Whether second factors were left out, as this installation can't open them.
    pub without_factors: bool,
    /// Whether anybody may sign in.
    pub is_active: bool,
}

/// Restores a tenant from an archive, all or nothing, under its own slug or another. Ids stay, so its journal's chain
/// goes on.
///
/// # Errors
/// The archive is not whole, not of this schema, or could harm its reader; tenant, slug or a host is here already.
pub fn import(app: &App, file: &Path, slug: Option<&str>, key: &str) -> Result<Restored> {
    let mut archive = Archive::open(file)?;
    let slug = slug.unwrap_or(&archive.manifest.slug).to_owned();
    if !is_slug(&slug) {
        return Err(Refusal::SlugForm(slug).into());
    }
    let with_factors = archive.has_key(key);
    let tenant = TenantId::from_uuid(archive.manifest.tenant);
    // Should it fail, a job of the night removes the files that came: whether a commit happened may not be known here.
    let rows = app.db.tenant(&operator_to_be(tenant), |conn| {
        let rows = archive.restore(conn, &slug, with_factors)?;
        archive.restore_files(conn, &app.depot)?;
        let told = Entry::operator("tenant.import", file_name(file));
        journal::append(conn, &[told])?;
        Ok(rows)
    })?;
    let is_active = archive.manifest.is_active;
    Ok(Restored { slug, rows, without_factors: !with_factors, is_active })
}
