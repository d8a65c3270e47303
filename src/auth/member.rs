//! The signed-in person, for as long as one transaction.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::{Queryable, Selectable};
use serde_json::{Value, json};
use uuid::Uuid;

use super::api_key;
use super::credential::{Credential, Way};
use super::sign_in::{SessionKind, session_entry};
use super::store::{self, SessionRow};
use crate::app::App;
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, Role, Visible, may, visible};
use crate::domain::lang::Lang;
use crate::error::{Denial, Error, Refusal, Result};
use crate::journal::{self, API_KEY, Entry};
use crate::schema::units;
use crate::tenants::Settings;

/// How long a proof of who somebody is holds for changing roles, factors and ways to sign in.
const PROOF_MINUTES: i64 = 10;

/// `seen_at` is written at most once in so long, so that reading stays reading.
const TOUCH_SECONDS: i64 = 60;

/// Who acts: a person in a post, or an API key. Made by [`as_member`] alone.
#[derive(Debug, Clone)]
pub struct Member {
    /// The session; an API key's own id.
    pub session: Uuid,
    /// Who uses it.
    pub kind: SessionKind,
    /// The person; of an API key, which does nothing that needs one, its own id.
    pub person: Uuid,
    /// The name of an API key; `None` for people.
    pub key: Option<String>,
    /// Their name.
    pub name: String,
    /// Their address; an API key has none.
    pub email: String,
    /// The language they read.
    pub lang: Lang,
    /// The post they act in; an API key's own id.
    pub post: Uuid,
    /// What the post may do.
    pub role: Role,
    /// The post's unit.
    pub unit: Option<MemberUnit>,
    /// Whether they have proved who they are in the last minutes.
    pub is_proved: bool,
    /// The tenant's slug.
    pub tenant_slug: String,
    /// The requests a minute that the operator lets each of the tenant's callers make; `None`: as many as everybody.
    pub requests_per_minute: Option<u32>,
    /// The posts they hold today, this one too; read for browsers only, whose pages let them change.
    pub posts: Vec<HeldPost>,
}

/// A post that somebody holds today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// Its id.
    pub id: Uuid,
    /// What it may do.
    pub role: Role,
    /// Its unit's name.
    pub unit: Option<String>,
}

/// The unit of a post.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = units)]
pub struct MemberUnit {
    /// Its id.
    pub id: Uuid,
    /// The short name.
    pub short_name: String,
    /// The full name.
    pub name: String,
}

impl Member {
    /// Nothing, when they have proved who they are in the last minutes.
    ///
    /// # Errors
    /// They have not: a role, a factor or a way to sign in is changed only after that.
    pub fn must_be_proved(&self) -> Result<()> {
        if self.is_proved { Ok(()) } else { Err(Denial::ProofNeeded.into()) }
    }

    /// What the journal calls them.
    pub fn actor(&self) -> String {
        match &self.key {
            Some(name) => format!("{API_KEY}{name}"),
            None => self.person.to_string(),
        }
    }

    /// Who acts, for a use case on tasks.
    pub fn acting(&self) -> Acting {
        Acting {
            actor: self.actor(),
            person: self.key.is_none().then_some(self.person),
            role: self.role,
            unit: self.unit.as_ref().map(|unit| unit.id),
        }
    }

    /// Whose tasks they see.
    pub fn visible(&self) -> Visible {
        visible(self.role, self.unit.as_ref().map(|unit| unit.id))
    }
}

/// Who was let in by what they showed.
pub(super) struct Admitted {
    pub member: Member,
    pub settings: Settings,
    /// Whether it is time to note that it was used.
    pub is_stale: bool,
}

/// What a route asks of whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// What it does.
    pub act: Act,
    /// Whether only people do it: an API key is refused.
    pub of_people: bool,
}

/// Runs an act of somebody signed in or of an API key, in the transaction that reads their session or the key.
///
/// # Errors
/// Not signed in (any longer), not permitted, or what `work` says.
pub fn as_member<T>(
    app: &App,
    credential: &Credential,
    ask: Ask,
    work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings) -> Result<T>,
) -> Result<T> {
    let mut told = None;
    let done = app.db.tenant(&credential.claim(), |conn| {
        let Admitted { mut member, settings, is_stale } = match credential.way {
            Way::Session(kind) => admit(app, conn, credential, kind)?,
            Way::ApiKey => api_key::admit(app, conn, &credential.key)?,
        };
        let (is_key, today) = (member.key.is_some(), settings.today(&app.clock));
        if !may(member.role, ask.act) || is_key && ask.of_people {
            told = Some(denied(&member, ask.act));
            return Err(Denial::NotPermitted.into());
        }
        if member.kind == SessionKind::Browser {
            member.posts = store::held_posts(conn, member.person, today)?;
        }
        let value = work(conn, &member, &settings).inspect_err(|_| told = Some(denied(&member, ask.act)))?;
        // After the work: a transaction that has only read so far may be answered from what is kept.
        match (is_stale, is_key) {
            (false, _) => {}
            (true, true) => api_key::touch(conn, member.session, today)?,
            (true, false) => store::touch(conn, member.session)?,
        }
        Ok(value)
    });
    if let (Err(Error::Refused(Refusal::Denied(Denial::NotPermitted))), Some(told)) = (&done, told) {
        // The transaction of the act is undone; that it was asked for stays.
        app.db.tenant(&credential.claim(), |conn| journal::append(conn, &[told]))?;
    }
    done
}

/// What the journal says of an act that somebody may not do.
fn denied(member: &Member, act: Act) -> Entry {
    let subject = if member.key.is_some() { "api_key" } else { "person" };
    let after = Some(json!({ "act": act.code() }));
    let told = person_entry("access.denied", member.person, None, after);
    Entry { actor: member.actor(), subject, ..told }
}

/// Who acts in a session, if it is in force.
fn admit(
    app: &App,
    conn: &mut TenantConn<'_>,
    credential: &Credential,
    kind: SessionKind,
) -> Result<Admitted> {
    let row = store::session(conn, credential.key.row)?.ok_or(Denial::NotSignedIn)?;
    let settings = Settings::try_from(row.settings.clone())?;
    let is_theirs = credential.key.secret.matches(&row.secret_sha256) && row.kind == kind.code();
    if !is_theirs || !lives(app, conn, &row, &settings) {
        return Err(Denial::NotSignedIn.into());
    }
    let is_stale = row.seen_at + TimeDelta::seconds(TOUCH_SECONDS) <= conn.now();
    Ok(Admitted { member: member(row, kind, conn.now())?, settings, is_stale })
}

/// Whether the session, its person, its post and its tenant are all in force.
pub(super) fn lives(app: &App, conn: &TenantConn<'_>, row: &SessionRow, settings: &Settings) -> bool {
    let (now, today) = (conn.now(), settings.today(&app.clock));
    let idle = row.kind == SessionKind::Browser.code() && row.seen_at + settings.session_idle <= now;
    row.ended_at.is_none()
        && now < row.expires_at
        // A tenant that has made its sessions shorter means those under way too.
        && now < row.created_at + settings.session_life
        && !idle
        && row.active
        && row.tenant_state == "active"
        && row.from_on <= today
        && row.until_on.is_none_or(|until| today < until)
}

fn member(row: SessionRow, kind: SessionKind, now: DateTime<Utc>) -> Result<Member> {
    let unknown = |what: &str| Error::Internal(format!("a session holds an unknown {what}"));
    Ok(Member {
        session: row.id,
        kind,
        person: row.person_id,
        key: None,
        name: row.full_name,
        email: row.email,
        lang: Lang::from_code(&row.language).ok_or_else(|| unknown("language"))?,
        post: row.post_id,
        role: Role::from_code(&row.role).ok_or_else(|| unknown("role"))?,
        unit: row.unit,
        is_proved: row.proved_at.is_some_and(|at| now < at + TimeDelta::minutes(PROOF_MINUTES)),
        tenant_slug: row.tenant_slug,
        requests_per_minute: row.requests_per_minute.and_then(|n| u32::try_from(n).ok()),
        posts: Vec::new(),
    })
}

/// Ends the session of whoever asks.
///
/// # Errors
/// Not signed in.
pub fn sign_out(conn: &mut TenantConn<'_>, member: &Member) -> Result<()> {
    store::end_session(conn, member.session)?;
    let entry = session_entry("session.end", member.person, member.session, member.kind);
    journal::append(conn, &[entry])
}

/// Ends every session of a person, in somebody's transaction.
///
/// # Errors
/// The database's.
pub fn end_sessions(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    store::end_sessions(conn, person)
}

/// Lets the session act in another post that its person holds today.
///
/// # Errors
/// They hold no such post.
pub fn switch_post(conn: &mut TenantConn<'_>, member: &Member, post: Uuid) -> Result<()> {
    if !member.posts.iter().any(|held| held.id == post) {
        return Err(Denial::NotFound.into());
    }
    store::save_post(conn, member.session, post)?;
    let (before, after) = (json!({ "post": member.post }), json!({ "post": post }));
    journal::append(conn, &[person_entry("session.post", member.person, Some(before), Some(after))])
}

/// What the journal says of a person's own act.
pub(super) fn person_entry(
    act: &'static str,
    person: Uuid,
    before: Option<Value>,
    after: Option<Value>,
) -> Entry {
    let actor = person.to_string();
    Entry { actor, act, subject: "person", subject_id: Some(person), import_id: None, before, after }
}
