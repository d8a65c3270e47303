//! From a right password to a session: at once, or by a step in which a code is given or a factor enrolled.
//!
//! What must stay true: a [`Step`] is no session and has a row and a secret of its own, so that it opens nothing but
//! what is here; the session that follows it has new ones. A remembered device stands in for the code alone, and only
//! where [`may_remember`] says so.

mod store;

use chrono::TimeDelta;
use uuid::Uuid;

use super::credential::Credential;
use super::factor::{self, CodeAnswer, Offer, Seeds, told};
use super::letters::{self, Notice};
use super::refresh::{self, ApiTokens};
use super::secret::{Key, Secret};
use super::sign_in::{How, Known, open_session};
use super::store::{self as sessions, current_posts};
use super::tokens::Tokens;
use crate::app::App;
use crate::db::{Claim, TenantConn};
use crate::domain::access::Role;
use crate::domain::two_factor::{REMEMBERED_DAYS, may_remember};
use crate::error::{Denial, Error, Refusal, Result};
use crate::ids::{TenantId, new_id};
use crate::tenants;

/// How long somebody may stand between password and code: long enough to install an authenticator.
const STEP_MINUTES: i64 = 20;

/// The way on from a right password, as a browser's cookie names it.
#[derive(Clone)]
pub struct Step(Key);

impl Step {
    /// Reads a cookie's value; `None` when it is none of ours.
    pub fn parse(value: &str) -> Option<Self> {
        Key::parse(value).map(Self)
    }

    /// The cookie's value.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    fn claim(&self) -> Claim {
        Claim::of(TenantId::from_uuid(self.0.tenant))
    }
}

/// Where a right password leads.
pub enum Entered {
    /// In.
    Session(Credential),
    /// To the page that asks for a code.
    ForCode(Step),
    /// To the page on which a factor is enrolled.
    ToEnrol(Step),
}

/// What a code at the step leads to.
pub enum Answered {
    /// In; and what the device is remembered by, when that was asked for.
    Session(Credential, Option<String>),
    /// Another try.
    Refused(CodeAnswer),
}

/// What confirming a factor at the step leads to.
pub enum Confirmed {
    /// In, with recovery codes to be shown once.
    Session(Credential, Vec<String>),
    /// Another try.
    Wrong,
}

/// The posts of somebody who gave the right password: the one they act in, and all their roles.
struct Posts {
    acting: Uuid,
    roles: Vec<Role>,
}

fn posts(app: &App, conn: &mut TenantConn<'_>, person: Uuid, hash: Option<&str>) -> Result<(Posts, bool)> {
    if !tenants::is_active(conn)? {
        return Err(Denial::SignInFailed.into());
    }
    let settings = tenants::settings(conn)?;
    let held = current_posts(conn, person, hash, settings.today(&app.clock))?;
    let acting = held.first().ok_or(Denial::SignInFailed)?.0;
    let role = |code: &str| {
        Role::from_code(code).ok_or_else(|| Error::Internal("a post holds an unknown role".to_owned()))
    };
    let roles = held.iter().map(|(_, code)| role(code)).collect::<Result<Vec<_>>>()?;
    let demanded = settings.factor_rule.demands(&roles);
    Ok((Posts { acting, roles }, demanded))
}

/// Lets somebody in whose password was right, or leads them to the next step; the session that the browser still showed
/// ends. Of a browser that is not known they hear by letter, though no code follows: somebody has their password.
///
/// # Errors
/// Nobody is known; or meanwhile the password was changed, the person disabled, the last post ended.
pub fn enter(app: &App, known: &Known, browser: &Browser<'_>) -> Result<Entered> {
    let Some((tenant, row)) = &known.0 else { return Err(Denial::SignInFailed.into()) };
    app.db.tenant(&Claim::of(*tenant), |conn| {
        if let Some(shown) = browser.shown.filter(|shown| shown.key.tenant == tenant.uuid()) {
            sessions::end_shown(conn, &shown.key)?;
        }
        let (posts, demanded) = posts(app, conn, row.person, Some(&row.hash))?;
        if !browser.is_known {
            letters::tell(conn, row.person, Notice::NewBrowser)?;
        }
        let has_factor = factor::exists(conn, row.person)?;
        let how = match has_factor {
            true if may_remember(&posts.roles) && is_remembered(conn, row.person, browser.device)? => {
                Some(How::Device)
            }
            true => None,
            false => (!demanded).then_some(How::Password),
        };
        match how {
            Some(how) => open_session(conn, row.person, posts.acting, how).map(Entered::Session),
            None => begin_step(conn, row.person, has_factor, false),
        }
    })
}

/// Leads to the step that asks for a code or enrols a factor.
fn begin_step(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    has_factor: bool,
    by_provider: bool,
) -> Result<Entered> {
    store::sweep(conn, person)?;
    let key = Key { tenant: conn.tenant().uuid(), row: new_id(), secret: Secret::generate()? };
    let expires_at = conn.now() + TimeDelta::minutes(STEP_MINUTES);
    store::insert_step(conn, &key, person, by_provider, expires_at)?;
    let step = Step(key);
    Ok(if has_factor { Entered::ForCode(step) } else { Entered::ToEnrol(step) })
}

/// Lets somebody in whom a provider has named, or leads them to the next step; `None` when they hold no post or may
/// not sign in. A provider that `asked_twice` itself stands in for our code.
pub(super) fn enter_by_provider(
    app: &App,
    conn: &mut TenantConn<'_>,
    person: Uuid,
    way: ProviderWay,
    browser: &Browser<'_>,
) -> Result<Option<Entered>> {
    let (posts, demanded) = match posts(app, conn, person, None) {
        Err(Error::Refused(Refusal::Denied(Denial::SignInFailed))) => return Ok(None),
        other => other?,
    };
    if let Some(shown) = browser.shown.filter(|shown| shown.key.tenant == conn.tenant().uuid()) {
        sessions::end_shown(conn, &shown.key)?;
    }
    let has_factor = factor::exists(conn, person)?;
    let needs_step = match has_factor {
        true => !(may_remember(&posts.roles) && is_remembered(conn, person, browser.device)?),
        false => demanded,
    };
    if needs_step && !way.asked_twice {
        return begin_step(conn, person, has_factor, true).map(Some);
    }
    let how = if way.is_anew { How::ProviderAnew } else { How::Provider };
    open_session(conn, person, posts.acting, how).map(|s| Some(Entered::Session(s)))
}

/// What a provider says of how it knows somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProviderWay {
    /// It asked for a second factor.
    pub asked_twice: bool,
    /// It asked just now.
    pub is_anew: bool,
}

/// What a browser shows while somebody signs in.
#[derive(Clone, Copy, Default)]
pub struct Browser<'a> {
    /// What the device is remembered by.
    pub device: Option<&'a str>,
    /// The session before, which ends.
    pub shown: Option<&'a Credential>,
    /// Whether the right password was typed in it before; a provider looks after its own.
    pub is_known: bool,
}

fn is_remembered(conn: &mut TenantConn<'_>, person: Uuid, device: Option<&str>) -> Result<bool> {
    let key = device.and_then(Key::parse).filter(|key| key.tenant == conn.tenant().uuid());
    let Some(key) = key else { return Ok(false) };
    Ok(store::device(conn, key.row, person)?.is_some_and(|kept| key.secret.matches(&kept)))
}

/// Lets an API client in whose password was right; with a factor it brings the code along.
///
/// # Errors
/// As [`enter`]; a code is needed, is wrong, or too many were tried; a factor must be enrolled first.
pub fn enter_by_api(
    app: &App,
    seeds: &Seeds,
    tokens: &Tokens,
    known: &Known,
    code: Option<&str>,
) -> Result<ApiTokens> {
    let Some((tenant, row)) = &known.0 else { return Err(Denial::SignInFailed.into()) };
    let entered = app.db.tenant(&Claim::of(*tenant), |conn| {
        let (posts, demanded) = posts(app, conn, row.person, Some(&row.hash))?;
        let denial = match (factor::exists(conn, row.person)?, code) {
            (false, _) if demanded => Some(Denial::EnrolmentNeeded),
            (false, _) => None,
            (true, None) => Some(Denial::CodeNeeded),
            (true, Some(code)) => match factor::check(conn, seeds, row.person, code)? {
                CodeAnswer::Right => None,
                // Told as a wrong password is: a client that sends both learns from neither.
                CodeAnswer::Wrong => Some(Denial::SignInFailed),
                CodeAnswer::TooMany => Some(Denial::TooManyTries),
            },
        };
        // No error: the try that was counted is to be committed.
        Ok(match denial {
            Some(denial) => Err(denial),
            None => {
                letters::tell(conn, row.person, Notice::Program)?;
                Ok(refresh::open(conn, tokens, row.person, posts.acting)?)
            }
        })
    })?;
    Ok(entered?)
}

fn step_row(conn: &mut TenantConn<'_>, step: &Step) -> Result<store::StepRow> {
    let row = store::step(conn, step.0.row)?.filter(|row| step.0.secret.matches(&row.secret_sha256));
    let row = row.ok_or(Denial::NotSignedIn)?;
    if tenants::is_active(conn)? { Ok(row) } else { Err(Denial::NotSignedIn.into()) }
}

/// Whether a step is in force, and whether a device may be remembered at it.
///
/// # Errors
/// The step has ended.
pub fn may_remember_at(app: &App, step: &Step) -> Result<bool> {
    app.db.tenant(&step.claim(), |conn| {
        let row = step_row(conn, step)?;
        Ok(may_remember(&posts(app, conn, row.person, None)?.0.roles))
    })
}

/// Takes the code that the step asks for.
///
/// # Errors
/// The step has ended.
pub fn answer_code(app: &App, seeds: &Seeds, step: &Step, typed: &str, remember: bool) -> Result<Answered> {
    app.db.tenant(&step.claim(), |conn| {
        let row = step_row(conn, step)?;
        let (posts, _) = posts(app, conn, row.person, None)?;
        let answer = factor::check(conn, seeds, row.person, typed)?;
        if answer != CodeAnswer::Right {
            return Ok(Answered::Refused(answer));
        }
        let session = leave(conn, step, &row, posts.acting)?;
        let is_kept = remember && may_remember(&posts.roles);
        let device = is_kept.then(|| remember_device(conn, row.person)).transpose()?;
        Ok(Answered::Session(session, device))
    })
}

/// From the step into a session.
fn leave(conn: &mut TenantConn<'_>, step: &Step, row: &store::StepRow, post: Uuid) -> Result<Credential> {
    if !store::spend_step(conn, step.0.row)? {
        return Err(Denial::NotSignedIn.into());
    }
    let how = if row.by_provider { How::ProviderAnew } else { How::Password };
    open_session(conn, row.person, post, how)
}

fn remember_device(conn: &mut TenantConn<'_>, person: Uuid) -> Result<String> {
    let key = Key { tenant: conn.tenant().uuid(), row: new_id(), secret: Secret::generate()? };
    store::insert_device(conn, &key, person, conn.now() + TimeDelta::days(REMEMBERED_DAYS))?;
    told(conn, person, "device.remember")?;
    Ok(key.to_text())
}

/// The seed that a person without a factor enrols at the step.
///
/// # Errors
/// The step has ended, or is one for a code.
pub fn offer_by_step(app: &App, seeds: &Seeds, step: &Step) -> Result<Offer> {
    app.db.tenant(&step.claim(), |conn| {
        let row = step_row(conn, step)?;
        if factor::exists(conn, row.person)? {
            return Err(Denial::NotSignedIn.into());
        }
        factor::offer(conn, seeds, row.person, step.0.row, &row.email)
    })
}

/// Enrols the seed that was shown at the step.
///
/// # Errors
/// The step has ended, or is one for a code.
pub fn confirm_by_step(app: &App, seeds: &Seeds, step: &Step, typed: &str) -> Result<Confirmed> {
    app.db.tenant(&step.claim(), |conn| {
        let row = step_row(conn, step)?;
        if factor::exists(conn, row.person)? {
            return Err(Denial::NotSignedIn.into());
        }
        let (posts, _) = posts(app, conn, row.person, None)?;
        let Some(codes) = factor::confirm(conn, seeds, row.person, step.0.row, typed)? else {
            return Ok(Confirmed::Wrong);
        };
        Ok(Confirmed::Session(leave(conn, step, &row, posts.acting)?, codes))
    })
}

/// Ends a step: whoever began it does not sign in.
///
/// # Errors
/// The database's.
pub fn cancel(app: &App, step: &Step) -> Result<()> {
    app.db.tenant(&step.claim(), |conn| {
        // Whose step it is needs the secret: an id alone ends nothing.
        match step_row(conn, step) {
            Ok(_) => store::spend_step(conn, step.0.row).map(|_| ()),
            Err(_) => Ok(()),
        }
    })
}

/// Forgets a person's steps and devices: the password or the factor is another now.
pub(super) fn forget(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    store::forget_steps(conn, person)?;
    store::forget_devices(conn, person)
}
