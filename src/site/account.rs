//! The account page: what people see and change of their own.

use actix_web::web;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::code::code_fault;
use super::language::kept;
use super::shell::around;
use super::{PageResult, go_to, page, refused};
use crate::auth::{self, FactorState, MOST_BYTES, Member, NewPassword, OwnSession};
use crate::db::TenantConn;
use crate::domain::lang::Lang;
use crate::domain::password::least;
use crate::error::{Denial, Error, Refusal, Result};
use crate::http::{Body, Caller, Visit, cookie, hash};
use crate::pages::{AccountPage, Choice, FactorSection, Field, PasswordForm, SessionLine, Words};
use crate::params::Params;
use crate::preferences;
use crate::tenants::Settings;
use crate::text::denial::denial;
use crate::text::{date, number};

/// The page.
pub const PLACE: &str = "/account";

/// What the page tells was done just now, by the name in its address.
fn notice(w: Words, done: Option<String>) -> Option<String> {
    let told = match done.as_deref() {
        Some("saved") => w.account_saved(),
        Some("password") => w.account_password_changed(),
        Some("factor-ended") => w.account_factor_ended(),
        Some("session-ended") => w.account_sessions_ended(),
        _ => return None,
    };
    Some(told.to_owned())
}

/// Back to the page, which tells what was done.
pub(super) fn done(what: &str) -> String {
    format!("{PLACE}?done={what}")
}

pub(super) fn view(
    visit: &Visit,
    conn: &mut TenantConn<'_>,
    member: &Member,
    settings: &Settings,
) -> Result<AccountPage> {
    let w = Words(visit.lang_of(member.lang));
    let state = auth::factor_state(&visit.service.app, conn, member, settings)?;
    let unit = member.unit.as_ref().map(|unit| format!("{} · ", unit.name)).unwrap_or_default();
    let language = |lang: &Lang| Choice {
        value: lang.code().to_owned(),
        text: match lang {
            Lang::Vi => "Tiếng Việt".to_owned(),
            Lang::En => "English".to_owned(),
        },
        selected: *lang == w.0,
    };
    let sessions = auth::sessions(conn, member, settings)?;
    let wish = preferences::of_person(conn, member.person)?;
    Ok(AccountPage {
        w,
        shell: around(visit, w, member, settings),
        notice: notice(w, visit.params().text("done")),
        name: member.name.clone(),
        email: member.email.clone(),
        post: format!("{unit}{}", w.role(member.role)),
        languages: Lang::ALL.iter().map(language).collect(),
        mail: super::wishes::form(w, wish, settings),
        password: PasswordForm {
            hint: w.password_least(least(state.exists)),
            code: state.exists.then(Field::default),
            ..PasswordForm::default()
        },
        factor: factor_section(w, state),
        sessions: sessions.iter().map(|session| line(session, settings)).collect(),
    })
}

fn factor_section(w: Words, state: FactorState) -> FactorSection {
    FactorSection {
        exists: state.exists,
        demanded: state.demanded,
        recovery_left: number(w.0, state.recovery_left),
        ..FactorSection::default()
    }
}

fn line(session: &OwnSession, settings: &Settings) -> SessionLine {
    let at = |instant: DateTime<Utc>| {
        let local = instant.with_timezone(&settings.zone);
        format!("{} {}", local.format("%H:%M"), date(local.date_naive()))
    };
    SessionLine {
        end: (!session.is_this).then(|| format!("{PLACE}/sessions/{}/end", session.id)),
        is_api: session.is_api,
        begun: at(session.begun),
        seen: at(session.seen),
    }
}

/// The page.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller.run(move |conn, member, settings| view(&visit, conn, member, settings)).await?;
    page(view.w, &view)
}

/// Keeps the language of the account, and of this device.
pub async fn language(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let chosen = caller
        .run(move |conn, member, _| {
            let chosen = Params::parse(&body.text()).text("language").and_then(|code| Lang::from_code(&code));
            chosen.map(|lang| auth::change_language(conn, member, lang).map(|()| lang)).transpose()
        })
        .await?;
    let Some(lang) = chosen else { return Ok(go_to(PLACE).finish()) };
    Ok(go_to(&done("saved")).cookie(kept(&visit, lang)).finish())
}

/// Ends one session.
pub async fn end_session(caller: Caller, id: web::Path<String>) -> PageResult {
    caller
        .run(move |conn, member, _| {
            let id = Uuid::parse_str(&id).map_err(|_| Denial::NotFound)?;
            auth::end_session(conn, member, id)
        })
        .await?;
    Ok(go_to(&done("session-ended")).finish())
}

/// Ends every session but this one.
pub async fn end_others(caller: Caller) -> PageResult {
    caller.run(|conn, member, _| auth::end_other_sessions(conn, member)).await?;
    Ok(go_to(&done("session-ended")).finish())
}

/// What was typed to change the password.
struct Typed {
    current: String,
    code: String,
    new: String,
    again: String,
}

impl Typed {
    fn read(body: &str) -> Self {
        let mut params = Params::parse(body);
        let mut exact = |name: &str| params.exact(name).unwrap_or_default();
        Self { current: exact("current"), code: exact("code"), new: exact("password"), again: exact("again") }
    }
}

/// Changes the password and goes on in a new session; or the page comes back.
pub async fn password(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let typed = Typed::read(&body.text());
    let around = visit.clone();
    let (new, again) = (typed.new.clone(), typed.again.clone());
    // First what can be said without the passwords' hashes: the faults at the new one.
    let (mut view, own) = caller
        .run(move |conn, member, settings| {
            let mut view = view(&around, conn, member, settings)?;
            judge(conn, member, &mut view, &new, &again)?;
            Ok((view, auth::own_password(conn, member)?))
        })
        .await?;
    let w = view.w;
    if !view.faults().is_empty() {
        return refused(w, &view);
    }
    let Typed { current, code, new, .. } = typed;
    let proof = hash(&visit.service, move |service| {
        own.prove(&service.tries, service.now(), &current)?
            .map(|proof| Ok((proof, NewPassword::parse(&new)?.hash()?)))
            .transpose()
    });
    let Some((proof, hash)) = proof.await? else {
        view.password.current = Field::faulty("", w.password_wrong());
        return refused(w, &view);
    };
    let service = visit.service.clone();
    let session = caller
        .run(move |conn, member, _| {
            Ok(match auth::step_up(conn, &service.seeds, member, &proof, &code)? {
                Ok(up) => Ok(auth::change_password(conn, member, &up, &hash)?),
                Err(answer) => Err(answer),
            })
        })
        .await?;
    match session {
        Ok(session) => {
            let kept = cookie::session(&visit.service.public_url, session.to_cookie());
            Ok(go_to(&done("password")).cookie(kept).finish())
        }
        Err(answer) => {
            view.password.code = Some(code_fault(w, answer));
            refused(w, &view)
        }
    }
}

/// Says at the fields what is wrong with the new password.
fn judge(
    conn: &mut TenantConn<'_>,
    member: &Member,
    view: &mut AccountPage,
    new: &str,
    again: &str,
) -> Result<()> {
    if new != again {
        view.password.again = Field::faulty("", view.w.password_differs());
    }
    let fits = NewPassword::parse(new).and_then(|password| auth::fit_password(conn, member, &password));
    match fits {
        Ok(()) => Ok(()),
        Err(Error::Refused(Refusal::Denied(why))) => {
            let why = match why {
                // Before anybody is known the longer minimum is told.
                Denial::PasswordForm { .. } => {
                    Denial::PasswordForm { least: least(view.factor.exists), most: MOST_BYTES }
                }
                other => other,
            };
            view.password.new = Field::faulty("", denial(view.w.0, &why));
            Ok(())
        }
        Err(error) => Err(error),
    }
}
