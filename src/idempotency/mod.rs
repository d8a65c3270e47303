//! Creations that are done once however often they are asked for: the client gives each a key of its own, and one that
//! comes again is given the answer of the first.
//!
//! What must stay true: the answer is kept in the transaction that makes what it tells of; of two requests with one key
//! at a time only one works; a key is its holder's alone. Only what succeeded is kept: what was refused can be asked
//! again. Bodies are kept sealed.

mod store;

use chrono::TimeDelta;
use uuid::Uuid;

use crate::auth::Seeds;
use crate::db::TenantConn;
use crate::error::{Error, Result};

/// How long an answer is kept, in hours.
pub const KEPT_HOURS: i64 = 24;

/// The longest key, in characters.
pub const LONGEST_KEY: usize = 255;

/// A creation as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who asks: a person, or an API key.
    pub holder: Uuid,
    /// The key that they gave it.
    pub key: String,
    /// The hash of everything that it says.
    pub request_sha256: [u8; 32],
}

/// An answer to a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status, one of success.
    pub status: u16,
    /// Where that is which was made.
    pub location: Option<String>,
    /// Its entity tag.
    pub etag: Option<String>,
    /// The JSON document.
    pub body: String,
}

/// What became of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// Done now.
    Done(Answer),
    /// Done before: what was answered then.
    Replayed(Answer),
    /// The key was given to another request.
    Reused,
    /// A request with this key is under way.
    InProgress,
}

/// Does the work, unless it was done before under this key.
///
/// # Errors
/// What `work` says; the database's.
pub fn once(
    conn: &mut TenantConn<'_>,
    seeds: &Seeds,
    asked: &Asked,
    work: impl FnOnce(&mut TenantConn<'_>) -> Result<Answer>,
) -> Result<Once> {
    // Held until the transaction ends: whoever comes after that finds the row.
    if !store::lock(conn, asked)? {
        return Ok(Once::InProgress);
    }
    let purpose = purpose(conn, asked);
    let since = conn.now() - TimeDelta::hours(KEPT_HOURS);
    if let Some(kept) = store::kept(conn, asked, since)? {
        if kept.request_sha256 != asked.request_sha256 {
            return Ok(Once::Reused);
        }
        let body = seeds.open_text(&purpose, &kept.sealed_body);
        let body = body.ok_or_else(|| Error::Internal("a kept answer does not open".to_owned()))?;
        let status = u16::try_from(kept.status).unwrap_or_default();
        return Ok(Once::Replayed(Answer { status, location: kept.location, etag: kept.etag, body }));
    }
    let answer = work(conn)?;
    store::keep(conn, asked, &answer, seeds.seal_text(&purpose, &answer.body)?)?;
    Ok(Once::Done(answer))
}

/// What a body is sealed for: it opens for its holder and key alone.
fn purpose(conn: &TenantConn<'_>, asked: &Asked) -> Vec<u8> {
    let (tenant, holder) = (conn.tenant().uuid(), asked.holder);
    [b"answer ".as_slice(), tenant.as_bytes(), holder.as_bytes(), asked.key.as_bytes()].concat()
}

/// Removes the tenant's answers that are no longer given.
///
/// # Errors
/// The database's.
pub fn purge(conn: &mut TenantConn<'_>) -> Result<usize> {
    let before = conn.now() - TimeDelta::hours(KEPT_HOURS);
    store::purge(conn, before)
}
