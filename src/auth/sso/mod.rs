//! Single sign-on by OpenID Connect: a tenant's provider, the way to it and back, whom it names.
//!
//! What must stay true: a provider names people who are there already and makes none; it is asked for a verified
//! address once, at the first sign-in, and known by issuer and subject from then on, one subject a person. Its client
//! secret is kept sealed. Passwords are switched off only when an administrator has come in by the provider as it is
//! set, and every change of the provider switches them on again, so that nobody locks a tenant out.

mod flow;
mod provider;
mod settings;
mod store;
mod web;

pub use flow::Flow;
pub use provider::{Identity, Providers};
pub use settings::{
    ProviderInput, SsoState, allow_local_sign_in, remove_provider, save_provider, set_local_sign_in,
    sso_state,
};

use serde_json::json;
use uuid::Uuid;

use super::enter::{Browser, Entered, ProviderWay, enter_by_provider};
use super::factor::Seeds;
use crate::accounts;
use crate::app::App;
use crate::db::{Claim, TenantConn};
use crate::error::{Error, Result};
use crate::ids::TenantId;
use crate::journal::{self, Entry};
use crate::tenants;

/// Why somebody did not come in by a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SsoFault {
    /// The tenant has no provider; or there is no such tenant: the two are not told apart.
    NotOffered,
    /// The way was not begun in this browser, took too long, or was gone before.
    Ended,
    /// The provider said no, what it said can't be trusted, or it names nobody who may come in.
    Refused,
    /// The provider can't be reached.
    Unreachable,
}

/// A tenant's provider, ready to be asked.
pub struct Provider {
    tenant: TenantId,
    issuer: String,
    client_id: String,
    secret: String,
}

/// What a client secret is sealed for: it opens in its own tenant alone.
fn secret_purpose(tenant: TenantId) -> Vec<u8> {
    [b"sso client secret ".as_slice(), tenant.uuid().as_bytes()].concat()
}

/// The provider of a tenant that is named by its slug, if it has one.
///
/// # Errors
/// The database's; the secret was sealed under another key file.
pub fn provider_of(app: &App, seeds: &Seeds, slug: &str) -> Result<Option<Provider>> {
    let slug = slug.trim().to_lowercase();
    // What the database can't even be asked is nobody's.
    if slug.len() > 254 || slug.chars().any(char::is_control) {
        return Ok(None);
    }
    let Some(tenant) = tenants::active(app, &slug)? else { return Ok(None) };
    provider(app, seeds, tenant)
}

/// The provider to which a way led.
///
/// # Errors
/// As [`provider_of`].
pub fn provider_again(app: &App, seeds: &Seeds, flow: &Flow) -> Result<Option<Provider>> {
    provider(app, seeds, TenantId::from_uuid(flow.tenant))
}

fn provider(app: &App, seeds: &Seeds, tenant: TenantId) -> Result<Option<Provider>> {
    let row = app.db.tenant(&Claim::of(tenant), store::provider)?;
    row.map(|row| {
        let secret = seeds.open_text(&secret_purpose(tenant), &row.sealed_secret);
        let secret = secret
            .ok_or_else(|| Error::Internal("a client secret does not open: another key file".to_owned()))?;
        Ok(Provider { tenant, issuer: row.issuer, client_id: row.client_id, secret })
    })
    .transpose()
}

/// Lets in whom the provider names, or leads them to the next step.
///
/// # Errors
/// The database's.
pub fn enter_by_sso(
    app: &App,
    provider: &Provider,
    identity: &Identity,
    browser: Browser<'_>,
) -> Result<std::result::Result<Entered, SsoFault>> {
    // No error where somebody is refused: what the journal says of it is to be committed.
    app.db.tenant(&Claim::of(provider.tenant), |conn| {
        let person = match named(conn, provider, identity)? {
            Named::Person(person) => person,
            Named::Refused(why, person) => return refuse(conn, why, person),
        };
        let way = ProviderWay { asked_twice: identity.asked_twice, is_anew: identity.is_anew };
        match enter_by_provider(app, conn, person, way, &browser)? {
            Some(entered) => {
                store::save_subject(conn, &provider.issuer, &identity.subject, person)?;
                Ok(Ok(entered))
            }
            None => refuse(conn, "not_active", Some(person)),
        }
    })
}

/// Whom a provider names.
enum Named {
    Person(Uuid),
    Refused(&'static str, Option<Uuid>),
}

/// By issuer and subject; at the first time by the verified address, if that person has no subject there yet.
fn named(conn: &mut TenantConn<'_>, provider: &Provider, identity: &Identity) -> Result<Named> {
    if let Some(person) = store::person_of(conn, &provider.issuer, &identity.subject)? {
        return Ok(Named::Person(person));
    }
    let Some(email) = &identity.email else { return Ok(Named::Refused("no_address", None)) };
    let Some(person) = accounts::person_of(conn, email)? else { return Ok(Named::Refused("unknown", None)) };
    if !identity.is_email_verified {
        return Ok(Named::Refused("unverified", Some(person)));
    }
    if store::has_subject(conn, &provider.issuer, person)? {
        return Ok(Named::Refused("other_subject", Some(person)));
    }
    Ok(Named::Person(person))
}

/// Of nobody nothing is kept.
fn refuse(
    conn: &mut TenantConn<'_>,
    why: &'static str,
    person: Option<Uuid>,
) -> Result<std::result::Result<Entered, SsoFault>> {
    tracing::info!(why, "a sign-in by a provider was refused");
    if let Some(person) = person {
        let refused = Entry {
            actor: person.to_string(),
            act: "session.refuse",
            subject: "person",
            subject_id: Some(person),
            import_id: None,
            before: None,
            after: Some(json!({ "how": "sso", "why": why })),
        };
        journal::append(conn, &[refused])?;
    }
    Ok(Err(SsoFault::Refused))
}
