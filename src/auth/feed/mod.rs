//! The address by which the calendar of a person reads their deadlines, without a session.
//!
//! What must stay true: it is kept as a hash; a person has one, and a new one ends the old; it opens nothing but what a
//! [`FeedReader`] may read, and nothing at all once the person is disabled, holds no post, or their tenant is suspended.

mod store;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::member::{Member, person_entry};
use super::secret::{Key, Secret};
use crate::app::App;
use crate::db::{Claim, TenantConn};
use crate::domain::access::Role;
use crate::domain::lang::Lang;
use crate::error::{Denial, Error, Result};
use crate::ids::{TenantId, new_id};
use crate::journal;
use crate::tenants::{self, Settings};

/// What a person knows of their address: not the address itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedState {
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The last day on which it was read.
    pub used_on: Option<NaiveDate>,
}

/// Whose calendar reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedReader {
    /// The person.
    pub person: Uuid,
    /// The language they read.
    pub lang: Lang,
    /// The posts that they hold today: roles with their units.
    pub posts: Vec<(Role, Option<Uuid>)>,
}

/// What is known of the address of whoever asks.
///
/// # Errors
/// The database's.
pub fn feed_state(conn: &mut TenantConn<'_>, member: &Member) -> Result<Option<FeedState>> {
    store::state(conn, member.person)
}

/// Makes the address of whoever asks, in place of an older one; its secret part.
///
/// # Errors
/// The database's.
pub fn make_feed(conn: &mut TenantConn<'_>, member: &Member) -> Result<String> {
    let key = Key { tenant: conn.tenant().uuid(), row: new_id(), secret: Secret::generate()? };
    store::delete(conn, member.person)?;
    store::insert(conn, &key, member.person)?;
    journal::append(conn, &[person_entry("calendar_feed.create", member.person, None, None)])?;
    Ok(key.to_text())
}

/// Ends the address of whoever asks.
///
/// # Errors
/// The database's.
pub fn revoke_feed(conn: &mut TenantConn<'_>, member: &Member) -> Result<()> {
    if store::delete(conn, member.person)? {
        journal::append(conn, &[person_entry("calendar_feed.revoke", member.person, None, None)])?;
    }
    Ok(())
}

/// Reads for whoever's address this is.
///
/// # Errors
/// It is nobody's, or that of somebody who may not come in; or what `work` says.
pub fn as_feed_reader<T>(
    app: &App,
    address: &str,
    work: impl FnOnce(&mut TenantConn<'_>, &FeedReader, &Settings) -> Result<T>,
) -> Result<T> {
    let key = Key::parse(address).ok_or(Denial::NotFound)?;
    app.db.tenant(&Claim::of(TenantId::from_uuid(key.tenant)), |conn| {
        let feed = store::read(conn, key.row)?.ok_or(Denial::NotFound)?;
        if !key.secret.matches(&feed.secret_sha256) || !tenants::is_active(conn)? {
            return Err(Denial::NotFound.into());
        }
        let settings = tenants::settings(conn)?;
        let today = settings.today(&app.clock);
        let posts = store::posts(conn, feed.person_id, today)?;
        if posts.is_empty() {
            return Err(Denial::NotFound.into());
        }
        let lang = Lang::from_code(&feed.language);
        let lang = lang.ok_or_else(|| Error::Internal("a person reads an unknown language".to_owned()))?;
        let reader = FeedReader { person: feed.person_id, lang, posts };
        let done = work(conn, &reader, &settings)?;
        if feed.used_on.is_none_or(|day| day < today) {
            store::touch(conn, key.row, today)?;
        }
        Ok(done)
    })
}
