//! Refresh tokens: how an API client goes on without its password, for as long as its session lasts.
//!
//! What must stay true: a session has one refresh token at a time, kept as a hash. Each follows from the one before by
//! a key that is not in the database, so that whoever asks twice within [`GRACE_SECONDS`] gets the same successor, and
//! an old one is known for what it is: then two have it, and the session ends for both.

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use super::member::lives;
use super::secret::{Key, Secret};
use super::sign_in::{self, How, SessionKind, session_entry};
use super::store::{self, RefreshRow};
use super::tokens::Tokens;
use crate::app::App;
use crate::db::{Claim, TenantConn};
use crate::error::{Denial, Result};
use crate::ids::{TenantId, new_id};
use crate::journal::{self, Entry};
use crate::tenants::Settings;

/// What a refresh token begins with.
const PREFIX: &str = "ddr_";

/// So long a client whose answer was lost may ask again, in seconds.
const GRACE_SECONDS: i64 = 10;

/// So far back an old token is followed; at one refresh a minute no session gets there.
const FOLLOWED: usize = 1_000;

/// What an API client is given.
pub struct ApiTokens {
    /// Opens the API for [`super::TOKEN_SECONDS`].
    pub access: String,
    /// Is changed for the next two.
    pub refresh: String,
}

/// Begins a session of an API client, in the transaction that has made sure of person and post.
pub(super) fn open(
    conn: &mut TenantConn<'_>,
    tokens: &Tokens,
    person: Uuid,
    post: Uuid,
) -> Result<ApiTokens> {
    let refresh = Key { tenant: conn.tenant().uuid(), row: new_id(), secret: Secret::generate()? };
    let access = access_key(tokens, &refresh)?;
    sign_in::begin(conn, &access, person, post, (SessionKind::Api, How::Password), Some(&refresh.secret))?;
    told(conn, tokens, person, &refresh)
}

/// The secret of the access tokens of a session: the same for all of them, and never handed out but signed.
fn access_key(tokens: &Tokens, refresh: &Key) -> Result<Key> {
    let named = [refresh.tenant.as_bytes().as_slice(), refresh.row.as_bytes()].concat();
    Ok(Key { secret: Secret::keyed(&tokens.chain, &named)?, ..refresh.clone() })
}

fn told(conn: &TenantConn<'_>, tokens: &Tokens, person: Uuid, refresh: &Key) -> Result<ApiTokens> {
    let access = tokens.make(&access_key(tokens, refresh)?, person, conn.now())?;
    Ok(ApiTokens { access, refresh: format!("{PREFIX}{}", refresh.to_text()) })
}

/// Changes a refresh token for the next one and a fresh access token.
///
/// # Errors
/// It is none of ours, or the session, its person, its post or its tenant is no longer in force.
pub fn refresh(app: &App, tokens: &Tokens, token: &str) -> Result<ApiTokens> {
    let key = token.strip_prefix(PREFIX).and_then(Key::parse).ok_or(Denial::NotSignedIn)?;
    let done = app.db.tenant(&Claim::of(TenantId::from_uuid(key.tenant)), |conn| {
        let kept = store::lock_refresh(conn, key.row)?.ok_or(Denial::NotSignedIn)?;
        let session = store::session(conn, key.row)?.ok_or(Denial::NotSignedIn)?;
        let settings = Settings::try_from(session.settings.clone())?;
        if !lives(app, conn, &session, &settings) {
            return Err(Denial::NotSignedIn.into());
        }
        let successor = Key { secret: key.secret.derived(&tokens.chain)?, ..key.clone() };
        match age(tokens, &kept, &key.secret)? {
            Some(0) => store::save_refresh(conn, key.row, &successor.secret)?,
            Some(1) if is_in_grace(conn, &kept) => {}
            Some(_) => {
                end_family(conn, &kept, key.row)?;
                // No error: that the session has ended is to be committed.
                return Ok(None);
            }
            None => return Err(Denial::NotSignedIn.into()),
        }
        told(conn, tokens, kept.person, &successor).map(Some)
    })?;
    Ok(done.ok_or(Denial::NotSignedIn)?)
}

/// How many successors a token has had; `None` when it was never one of this session.
fn age(tokens: &Tokens, kept: &RefreshRow, secret: &Secret) -> Result<Option<usize>> {
    let Some(hash) = &kept.kept else { return Ok(None) };
    let had = usize::try_from(kept.rotations).unwrap_or(0).min(FOLLOWED);
    let mut followed = secret.clone();
    for age in 0..=had {
        if followed.matches(hash) {
            return Ok(Some(age));
        }
        followed = followed.derived(&tokens.chain)?;
    }
    Ok(None)
}

fn is_in_grace(conn: &TenantConn<'_>, kept: &RefreshRow) -> bool {
    kept.refreshed_at.is_some_and(|at| conn.now() < at + TimeDelta::seconds(GRACE_SECONDS))
}

/// Ends a session whose old token came back.
fn end_family(conn: &mut TenantConn<'_>, kept: &RefreshRow, session: Uuid) -> Result<()> {
    tracing::error!(%session, "an old refresh token was used again; its session ends");
    store::end_session(conn, session)?;
    let reused = Entry {
        after: Some(json!({ "session": session, "why": "refresh token used again" })),
        ..session_entry("session.end", kept.person, session, SessionKind::Api)
    };
    journal::append(conn, &[reused])
}
