//! One-time links: the first administrator's way in, later an invitation or a reset. Kept as a hash, for one purpose,
//! once, for a day; looking at the page spends nothing.

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use super::password::NewPassword;
use super::secret::{Key, Secret};
use super::sign_in::replace_password;
use super::store;
use crate::app::App;
use crate::db::{Claim, TenantConn};
use crate::error::{Denial, Error, Result};
use crate::ids::{TenantId, new_id};
use crate::journal::{self, Entry};
use crate::tenants;

/// How long a link from an administrator holds.
pub const LINK_HOURS: i64 = 24;

/// How long a link holds that anybody may ask for.
pub const FORGOTTEN_MINUTES: i64 = 30;

/// The page that a link opens.
pub const LINK_PLACE: &str = "/password";

/// A link as it is handed out.
pub struct OneTimeLink(Key);

impl OneTimeLink {
    /// Its secret part, for the address of the page.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// Reads it; `None` when it is none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        Key::parse(text).map(Self)
    }
}

/// Makes a link by which a person sets their password, in somebody's transaction.
///
/// # Errors
/// The database's.
pub fn issue_link(conn: &mut TenantConn<'_>, person: Uuid) -> Result<OneTimeLink> {
    let mut links = issue_links(conn, &[person], TimeDelta::hours(LINK_HOURS))?;
    links.pop().ok_or_else(|| Error::Internal("no link was made".to_owned()))
}

/// Makes a link for each of these people, in their order and in one statement; they hold so long.
///
/// # Errors
/// The database's.
pub fn issue_links(conn: &mut TenantConn<'_>, people: &[Uuid], life: TimeDelta) -> Result<Vec<OneTimeLink>> {
    let tenant = conn.tenant().uuid();
    let key = |_: &Uuid| Ok(Key { tenant, row: new_id(), secret: Secret::generate()? });
    let keys = people.iter().map(key).collect::<Result<Vec<_>>>()?;
    let expires_at = conn.now() + life;
    store::insert_links(conn, &keys, people, expires_at)?;
    Ok(keys.into_iter().map(OneTimeLink).collect())
}

/// Where the page is that a link opens.
pub fn link_path(link: &OneTimeLink) -> String {
    format!("{LINK_PLACE}?link={}", link.to_text())
}

/// How long what is over stays, in days.
const KEPT_DAYS: i64 = 30;

/// Removes a tenant's sessions, links and half-done sign-ins that have been over for a month.
///
/// # Errors
/// The database's.
pub fn purge(conn: &mut TenantConn<'_>) -> Result<usize> {
    let before = conn.now() - TimeDelta::days(KEPT_DAYS);
    store::purge(conn, before)
}

/// Spends every link of a person, in somebody's transaction.
///
/// # Errors
/// The database's.
pub fn spend_links(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    store::spend_links(conn, person)
}

/// Sets the password of the person a link was made for, and spends the link.
///
/// # Errors
/// The link is spent, or the password is not one for this person; then the link holds on.
pub fn set_password_by_link(app: &App, link: &OneTimeLink, password: &NewPassword) -> Result<()> {
    let OneTimeLink(key) = link;
    // Before there is a transaction: it takes longer than all the rest.
    let hash = password.hash()?;
    app.db.tenant(&Claim::of(TenantId::from_uuid(key.tenant)), |conn| {
        let person = store::spend_link(conn, key)?.ok_or(Denial::LinkSpent)?;
        if !tenants::is_active(conn)? {
            return Err(Denial::LinkSpent.into());
        }
        replace_password(conn, person, password, &hash)?;
        let told = Entry {
            actor: person.to_string(),
            act: "password.set",
            subject: "person",
            subject_id: Some(person),
            import_id: None,
            before: None,
            after: Some(json!({ "link": key.row })),
        };
        journal::append(conn, &[told])
    })
}
