//! What people change of their own account: password, second factor, sessions, language.
//!
//! What must stay true: password and factor change only for a [`SteppedUp`] person, who has just given the password
//! again and, with a factor, a code; what they had opened before is shut then, and they go on in a new session.

mod store;

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::credential::Credential;
use super::factor::{self, CodeAnswer, Offer, Seeds, told};
use super::member::Member;
use super::password::{self, NewPassword};
use super::sign_in::{How, SessionKind, change_hash, open_session, session_entry};
use super::tries::{Lane, Tries};
use super::{enter, store as auth_store};
use crate::app::App;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::lang::Lang;
use crate::error::{Denial, Result};
use crate::journal;
use crate::tenants::Settings;

/// The password that a signed-in person has, to be compared with no connection held.
pub struct OwnPassword {
    hash: String,
    lane: Lane,
}

/// The right password was typed just now.
pub struct Proof(String);

/// Somebody who has just proved again who they are.
pub struct SteppedUp(());

/// What stands on the account page about the factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactorState {
    /// Whether there is one.
    pub exists: bool,
    /// Whether there must be one.
    pub demanded: bool,
    /// How many recovery codes are left.
    pub recovery_left: u64,
}

/// A session in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// Its id.
    pub id: Uuid,
    /// Whether it is an API client's.
    pub is_api: bool,
    /// When it began.
    pub begun: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub seen: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Reads the password to be compared.
///
/// # Errors
/// They have none: they sign in by a provider alone.
pub fn own_password(conn: &mut TenantConn<'_>, member: &Member) -> Result<OwnPassword> {
    let hash = store::hash(conn, member.person)?.ok_or(Denial::NoPassword)?;
    Ok(OwnPassword { hash, lane: Lane::own(member.person) })
}

impl OwnPassword {
    /// The proof, when this is the password. Takes about 50 ms and 46 MiB.
    ///
    /// # Errors
    /// Too many were wrong of late; the kept hash can't be read.
    pub fn prove(self, tries: &Tries, now: DateTime<Utc>, typed: &str) -> Result<Option<Proof>> {
        tries.begin(&self.lane, now)?;
        let is_right = password::verify(typed, Some(&self.hash))?;
        if is_right {
            tries.right(&self.lane);
        }
        Ok(is_right.then_some(Proof(self.hash)))
    }
}

/// Takes the proof and, when the person has a factor, a code. The transaction must be committed whatever comes of it:
/// the try is counted.
///
/// # Errors
/// The password was changed meanwhile.
pub fn step_up(
    conn: &mut TenantConn<'_>,
    seeds: &Seeds,
    member: &Member,
    proof: &Proof,
    code: &str,
) -> Result<std::result::Result<SteppedUp, CodeAnswer>> {
    if store::hash(conn, member.person)?.as_ref() != Some(&proof.0) {
        return Err(Denial::NotSignedIn.into());
    }
    if !factor::exists(conn, member.person)? {
        return Ok(Ok(SteppedUp(())));
    }
    Ok(match factor::check(conn, seeds, member.person, code)? {
        CodeAnswer::Right => Ok(SteppedUp(())),
        answer => Err(answer),
    })
}

/// Ends everything that the person had opened, and begins the session in which they go on.
fn begin_anew(conn: &mut TenantConn<'_>, member: &Member) -> Result<Credential> {
    auth_store::end_sessions(conn, member.person)?;
    enter::forget(conn, member.person)?;
    open_session(conn, member.person, member.post, How::Password)
}

/// Goes on in a new session that knows who uses it: for some minutes roles, factors and ways to sign in may be changed.
///
/// # Errors
/// The database's.
pub fn prove(conn: &mut TenantConn<'_>, member: &Member, _: &SteppedUp) -> Result<Credential> {
    auth_store::end_session(conn, member.session)?;
    open_session(conn, member.person, member.post, How::Password)
}

/// Whether the person may have this password.
///
/// # Errors
/// Too short for somebody without a factor; easy to guess.
pub fn fit_password(conn: &mut TenantConn<'_>, member: &Member, password: &NewPassword) -> Result<()> {
    password.fit(&auth_store::surroundings(conn, member.person)?)
}

/// Keeps another password, given as its hash.
///
/// # Errors
/// The database's.
pub fn change_password(
    conn: &mut TenantConn<'_>,
    member: &Member,
    _: &SteppedUp,
    hash: &str,
) -> Result<Credential> {
    change_hash(conn, member.person, hash)?;
    told(conn, member.person, "password.change")?;
    begin_anew(conn, member)
}

/// What the account page says of the factor.
///
/// # Errors
/// The database's.
pub fn factor_state(
    app: &App,
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
) -> Result<FactorState> {
    let held = store::roles(conn, member.person, settings.today(&app.clock))?;
    let roles: Vec<Role> = held.iter().filter_map(|code| Role::from_code(code)).collect();
    Ok(FactorState {
        exists: factor::exists(conn, member.person)?,
        demanded: settings.factor_rule.demands(&roles),
        recovery_left: factor::recovery_left(conn, member.person)?,
    })
}

/// The seed that a signed-in person may enrol in this session.
///
/// # Errors
/// The database's.
pub fn offer_factor(conn: &mut TenantConn<'_>, seeds: &Seeds, member: &Member) -> Result<Offer> {
    factor::offer(conn, seeds, member.person, member.session, &member.email)
}

/// Enrols the seed that was shown in this session, in place of one before; `None` when the code is not its.
///
/// # Errors
/// The database's.
pub fn confirm_factor(
    conn: &mut TenantConn<'_>,
    seeds: &Seeds,
    member: &Member,
    _: &SteppedUp,
    typed: &str,
) -> Result<Option<(Credential, Vec<String>)>> {
    let Some(codes) = factor::confirm(conn, seeds, member.person, member.session, typed)? else {
        return Ok(None);
    };
    Ok(Some((begin_anew(conn, member)?, codes)))
}

/// Takes the factor away.
///
/// # Errors
/// The person must have one.
pub fn end_factor(
    conn: &mut TenantConn<'_>,
    member: &Member,
    state: FactorState,
    _: &SteppedUp,
) -> Result<Credential> {
    if state.demanded {
        return Err(Denial::NotPermitted.into());
    }
    factor::end(conn, member.person)?;
    begin_anew(conn, member)
}

/// Gives the person fresh recovery codes.
///
/// # Errors
/// The person has no factor.
pub fn renew_recovery(
    conn: &mut TenantConn<'_>,
    seeds: &Seeds,
    member: &Member,
    _: &SteppedUp,
) -> Result<Vec<String>> {
    if !factor::exists(conn, member.person)? {
        return Err(Denial::NotPermitted.into());
    }
    factor::renew_recovery(conn, seeds, member.person)
}

/// The person's sessions that are in force, the last used first.
///
/// # Errors
/// The database's.
pub fn sessions(conn: &mut TenantConn<'_>, member: &Member, settings: &Settings) -> Result<Vec<OwnSession>> {
    let rows = store::sessions(conn, member.person, settings)?;
    let session = |row: store::SessionRow| OwnSession {
        id: row.id,
        is_api: row.kind == SessionKind::Api.code(),
        begun: row.created_at,
        seen: row.seen_at,
        is_this: row.id == member.session,
    };
    Ok(rows.into_iter().map(session).collect())
}

/// Ends one of the person's sessions.
///
/// # Errors
/// They have no such session.
pub fn end_session(conn: &mut TenantConn<'_>, member: &Member, id: Uuid) -> Result<()> {
    if !store::end_session(conn, member.person, id)? {
        return Err(Denial::NotFound.into());
    }
    journal::append(conn, &[session_entry("session.end", member.person, id, SessionKind::Browser)])
}

/// Ends every session of the person but the one that asks.
///
/// # Errors
/// The database's.
pub fn end_other_sessions(conn: &mut TenantConn<'_>, member: &Member) -> Result<()> {
    store::end_others(conn, member.person, member.session)?;
    told(conn, member.person, "session.end_others")
}

/// Keeps the language that the person reads.
///
/// # Errors
/// The database's.
pub fn change_language(conn: &mut TenantConn<'_>, member: &Member, lang: Lang) -> Result<()> {
    store::save_language(conn, member.person, lang)?;
    let told = journal::Entry {
        actor: member.person.to_string(),
        act: "person.change",
        subject: "person",
        subject_id: Some(member.person),
        import_id: None,
        before: Some(json!({ "language": member.lang.code() })),
        after: Some(json!({ "language": lang.code() })),
    };
    journal::append(conn, &[told])
}
