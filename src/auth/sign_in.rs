//! Signing in, in three steps: read what is kept of the person, compare the password with no connection held, let them
//! in (see `enter`). Each step answers the same for a tenant, an address or a password that is wrong.

use serde_json::json;
use uuid::Uuid;

use super::credential::Credential;
use super::enter;
use super::letters;
use super::password::{self, NewPassword};
use super::secret::{Key, Secret};
use super::store::{self, KnownRow};
use crate::app::App;
use crate::db::{Claim, TenantConn};
use crate::error::{Denial, Result};
use crate::ids::{TenantId, new_id};
use crate::journal::{self, Entry};
use crate::public_url::PublicUrl;
use crate::{accounts, tenants};

/// Who uses a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// A person's browser, by cookie.
    Browser,
    /// An API client, by token.
    Api,
}

impl SessionKind {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Api => "api",
        }
    }
}

/// What is kept of the person who wants to sign in; of nobody when tenant or address are wrong.
pub struct Known(pub(super) Option<(TenantId, KnownRow)>);

impl Known {
    /// Nobody: what it says of a password takes as long as for somebody.
    pub fn nobody() -> Self {
        Self(None)
    }

    /// Whether the password is this person's. Takes as long for nobody.
    ///
    /// # Errors
    /// A kept hash can't be read.
    pub fn has_password(&self, typed: &str) -> Result<bool> {
        password::verify(typed, self.0.as_ref().map(|(_, row)| row.hash.as_str()))
    }
}

/// Finds who an address belongs to.
///
/// # Errors
/// The database's.
pub fn known(app: &App, slug: &str, email: &str) -> Result<Known> {
    let Some((slug, email)) = asked(slug, email) else { return Ok(Known(None)) };
    let Some(tenant) = tenants::active(app, &slug)? else { return Ok(Known(None)) };
    let row = app.db.tenant(&Claim::of(tenant), |conn| store::known(conn, &email))?;
    Ok(Known(row.map(|row| (tenant, row))))
}

/// Slug and address as they are kept; what the database can't even be asked is nobody's, and looks like it.
pub(super) fn asked(slug: &str, email: &str) -> Option<(String, String)> {
    let asked = (slug.trim().to_lowercase(), email.trim().to_lowercase());
    let is_text = |text: &String| text.len() <= 254 && !text.chars().any(char::is_control);
    (is_text(&asked.0) && is_text(&asked.1)).then_some(asked)
}

/// The organisation whose people come by a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostTenant {
    /// Its slug, which nobody has to say there.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The address of that host.
    pub address: PublicUrl,
}

/// Whose people come by the host of a request; `None` where everybody does.
///
/// # Errors
/// The database's.
pub fn at_host(app: &App, host: &str) -> Result<Option<HostTenant>> {
    let Some((tenant, slug)) = tenants::at_host(app, host)? else { return Ok(None) };
    let settings = app.db.tenant(&Claim::of(tenant), tenants::settings)?;
    let address = PublicUrl::of_host(&tenants::host_name(host).unwrap_or_default());
    Ok(Some(HostTenant { slug, name: settings.name, address }))
}

/// By what somebody comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// A password, and a code where there is a factor.
    Password,
    /// A password, and a device that stands in for the code.
    Device,
    /// A provider, which may have known them already.
    Provider,
    /// A provider that has just asked them who they are, or a provider and a code.
    ProviderAnew,
}

impl How {
    fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Device => "device",
            Self::Provider | Self::ProviderAnew => "sso",
        }
    }

    /// Whether it is all that could be asked of them.
    fn is_proof(self) -> bool {
        matches!(self, Self::Password | Self::ProviderAnew)
    }
}

/// Begins a browser's session of a person in one of their posts, in the transaction that has made sure of both.
pub(super) fn open_session(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    post: Uuid,
    how: How,
) -> Result<Credential> {
    let key = Key { tenant: conn.tenant().uuid(), row: new_id(), secret: Secret::generate()? };
    begin(conn, &key, person, post, (SessionKind::Browser, how), None)?;
    Ok(Credential::browser(key))
}

/// Writes a session that lasts as long as the tenant lets it.
pub(super) fn begin(
    conn: &mut TenantConn<'_>,
    key: &Key,
    person: Uuid,
    post: Uuid,
    (kind, how): (SessionKind, How),
    refresh: Option<&Secret>,
) -> Result<()> {
    let expires_at = conn.now() + tenants::settings(conn)?.session_life;
    store::insert_session(conn, key, person, post, (kind, how.is_proof()), expires_at, refresh)?;
    let mut begun = session_entry("session.begin", person, key.row, kind);
    begun.after = Some(json!({ "session": key.row, "kind": kind.code(), "how": how.code() }));
    journal::append(conn, &[begun])
}

/// Notes a wrong password in the journal, when there is such a person; of nobody nothing is kept.
///
/// # Errors
/// The database's.
pub fn note_refusal(app: &App, known: &Known) -> Result<()> {
    let Some((tenant, row)) = &known.0 else { return Ok(()) };
    app.db.tenant(&Claim::of(*tenant), |conn| {
        let refused = Entry {
            actor: row.person.to_string(),
            act: "session.refuse",
            subject: "person",
            subject_id: Some(row.person),
            import_id: None,
            before: None,
            after: None,
        };
        journal::append(conn, &[refused])
    })
}

/// What the journal says of a session.
pub(super) fn session_entry(act: &'static str, person: Uuid, session: Uuid, kind: SessionKind) -> Entry {
    Entry {
        actor: person.to_string(),
        act,
        subject: "person",
        subject_id: Some(person),
        import_id: None,
        before: None,
        after: Some(json!({ "session": session, "kind": kind.code() })),
    }
}

/// Whether this is the password of the person of an address; `None` when there is no such person or no password yet.
///
/// # Errors
/// The database's.
pub fn has_password(conn: &mut TenantConn<'_>, email: &str, typed: &str) -> Result<Option<bool>> {
    let known = store::known(conn, email)?;
    known.map(|row| password::verify(typed, Some(&row.hash))).transpose()
}

/// Gives a person another password and ends all their sessions, in somebody's transaction.
///
/// # Errors
/// The tenant has nobody of this address; they may not have this password.
pub fn set_password(conn: &mut TenantConn<'_>, email: &str, password: &NewPassword) -> Result<Uuid> {
    let email = email.trim().to_lowercase();
    let person = accounts::person_of(conn, &email)?.ok_or(Denial::PersonUnknown(email))?;
    replace_password(conn, person, password, &password.hash()?)?;
    Ok(person)
}

pub(super) fn replace_password(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    password: &NewPassword,
    hash: &str,
) -> Result<()> {
    password.fit(&store::surroundings(conn, person)?)?;
    change_hash(conn, person, hash)
}

/// Keeps another hash. Whatever the password before had opened is shut: sessions, half sign-ins, devices, links.
pub(super) fn change_hash(conn: &mut TenantConn<'_>, person: Uuid, hash: &str) -> Result<()> {
    letters::tell_of_password(conn, person)?;
    store::save_password(conn, person, hash)?;
    store::end_sessions(conn, person)?;
    enter::forget(conn, person)?;
    store::spend_links(conn, person)
}
