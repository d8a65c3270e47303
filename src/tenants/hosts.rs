//! The host names of a tenant: by them its people come without saying which organisation is theirs.

use serde_json::json;

use super::actions::operate;
use super::input::host_name;
use super::store;
use crate::app::App;
use crate::db::TenantConn;
use crate::error::{Result, TenancyFault};
use crate::ids::TenantId;
use crate::public_url::PublicUrl;

/// Gives a tenant another host; the hosts it has then.
///
/// # Errors
/// No such tenant, no host name, or somebody's already.
pub fn add_host(app: &App, slug: &str, typed: &str) -> Result<Vec<String>> {
    let host = host_name(typed)
        .filter(|host| typed.trim().eq_ignore_ascii_case(host))
        .ok_or_else(|| TenancyFault::HostForm(typed.to_owned()))?;
    operate(app, slug, "tenant.host", |conn, _| {
        if !store::insert_host(conn, &host)? {
            return Err(TenancyFault::HostTaken(host).into());
        }
        Ok((store::hosts(conn)?, json!({ "added": host })))
    })
}

/// Takes a host from a tenant; the hosts it has then.
///
/// # Errors
/// No such tenant, or it has no such host.
pub fn remove_host(app: &App, slug: &str, typed: &str) -> Result<Vec<String>> {
    let host = typed.trim().to_ascii_lowercase();
    operate(app, slug, "tenant.host", |conn, _| {
        if !store::remove_host(conn, &host)? {
            return Err(TenancyFault::HostUnknown(host).into());
        }
        Ok((store::hosts(conn)?, json!({ "removed": host })))
    })
}

/// The tenant whose people come by a host, and its slug; suspended ones too, so that a host never becomes anybody's.
///
/// # Errors
/// The database's.
pub fn at_host(app: &App, host: &str) -> Result<Option<(TenantId, String)>> {
    let Some(host) = host_name(host) else { return Ok(None) };
    app.db.system(|conn| store::at_host(conn, &host))
}

/// Where the people of the tenant reach the service: by its first host, else where everybody does.
///
/// # Errors
/// The database's.
pub fn address(conn: &mut TenantConn<'_>, everybody: &PublicUrl) -> Result<PublicUrl> {
    let first = store::hosts(conn)?.into_iter().next();
    Ok(first.map_or_else(|| everybody.clone(), |host| PublicUrl::of_host(&host)))
}
