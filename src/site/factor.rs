//! The second factor of who is signed in: enrolled, moved to another phone, ended; fresh recovery codes.

use super::account::{self, done};
use super::code::code_fault;
use super::enrol::{picture, recovery_codes};
use super::shell::around;
use super::{PageResult, go_to, page, refused};
use crate::auth::{self, CodeAnswer, Credential};
use crate::error::{Error, Result};
use crate::http::{Body, Caller, Failure, Visit, cookie, hash};
use crate::pages::{EnrolPage, Field, Words};
use crate::params::Params;

const PLACE: &str = "/account/factor/enrol";

/// The form that enrols, and the password to be compared.
async fn form(
    caller: &Caller,
    visit: &Visit,
) -> std::result::Result<(EnrolPage, auth::OwnPassword), Failure> {
    let visit = visit.clone();
    caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let service = &visit.service;
            let state = auth::factor_state(&service.app, conn, member, settings)?;
            let offer = auth::offer_factor(conn, &service.seeds, member)?;
            let view = EnrolPage {
                w,
                shell: around(&visit, w, member, settings),
                action: PLACE.to_owned(),
                cancel: None,
                next: None,
                picture: picture(&offer.address)?,
                secret: offer.secret,
                code: Field::default(),
                current: Some(Field::default()),
                old_code: state.exists.then(Field::default),
            };
            Ok((view, auth::own_password(conn, member)?))
        })
        .await
}

/// The form.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let (view, _) = form(&caller, &visit).await?;
    page(view.w, &view)
}

/// Why nothing was changed.
enum Not {
    /// The code of the factor in use.
    OldCode(CodeAnswer),
    /// The code of the new one.
    NewCode,
}

/// Puts the factor that was shown in force; or the form comes back.
pub async fn enrol(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let (mut view, own) = form(&caller, &visit).await?;
    let w = view.w;
    let mut params = Params::parse(&body.text());
    let current = params.exact("current").unwrap_or_default();
    let code = params.text("code").unwrap_or_default();
    let old_code = params.text("old_code").unwrap_or_default();
    let Some(proof) =
        hash(&visit.service, move |service| own.prove(&service.tries, service.now(), &current)).await?
    else {
        view.current = Some(Field::faulty("", w.password_wrong()));
        return refused(w, &view);
    };
    let around_page = visit.clone();
    let enrolled = caller
        .run(move |conn, member, settings| {
            let seeds = &around_page.service.seeds;
            let up = match auth::step_up(conn, seeds, member, &proof, &old_code)? {
                Ok(up) => up,
                Err(answer) => return Ok(Err(Not::OldCode(answer))),
            };
            let confirmed = auth::confirm_factor(conn, seeds, member, &up, &code)?;
            let shell = around(&around_page, w, member, settings);
            Ok(confirmed.map(|(session, codes)| (shell, session, codes)).ok_or(Not::NewCode))
        })
        .await?;
    match enrolled {
        Ok((mut shell, session, codes)) => {
            // Its address can't be asked for again.
            shell.other_language = None;
            let response = recovery_codes(w, shell, codes, account::PLACE)?;
            Ok(with_session(&visit, response, &session)?)
        }
        Err(not) => {
            match not {
                Not::OldCode(answer) => view.old_code = Some(code_fault(w, answer)),
                Not::NewCode => view.code = code_fault(w, CodeAnswer::Wrong),
            }
            refused(w, &view)
        }
    }
}

fn with_session(
    visit: &Visit,
    mut response: actix_web::HttpResponse,
    session: &Credential,
) -> Result<actix_web::HttpResponse> {
    let kept = cookie::session(&visit.service.public_url, session.to_cookie());
    response.add_cookie(&kept).map_err(|e| Error::Internal(format!("a cookie: {e}")))?;
    Ok(response)
}

/// What is done with a factor that there is.
enum Done {
    Ended(Credential),
    Renewed(Vec<String>),
}

/// Ends the factor or renews the recovery codes; or the page comes back.
pub async fn change(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let asked = visit.clone();
    let (mut view, own) = caller
        .run(move |conn, member, settings| {
            Ok((account::view(&asked, conn, member, settings)?, auth::own_password(conn, member)?))
        })
        .await?;
    let w = view.w;
    let mut params = Params::parse(&body.text());
    let current = params.exact("factor_password").unwrap_or_default();
    let code = params.text("factor_code").unwrap_or_default();
    let is_end = params.text("do").as_deref() == Some("end");
    // What the page does not offer is not asked for by it.
    if !view.factor.exists || (is_end && view.factor.demanded) {
        return Ok(go_to(account::PLACE).finish());
    }
    let Some(proof) =
        hash(&visit.service, move |service| own.prove(&service.tries, service.now(), &current)).await?
    else {
        view.factor.password = Field::faulty("", w.password_wrong());
        return refused(w, &view);
    };
    let service = visit.service.clone();
    let changed = caller
        .run(move |conn, member, settings| {
            let up = match auth::step_up(conn, &service.seeds, member, &proof, &code)? {
                Ok(up) => up,
                Err(answer) => return Ok(Err(answer)),
            };
            Ok(Ok(if is_end {
                let state = auth::factor_state(&service.app, conn, member, settings)?;
                Done::Ended(auth::end_factor(conn, member, state, &up)?)
            } else {
                Done::Renewed(auth::renew_recovery(conn, &service.seeds, member, &up)?)
            }))
        })
        .await?;
    match changed {
        Ok(Done::Ended(session)) => {
            Ok(with_session(&visit, go_to(&done("factor-ended")).finish(), &session)?)
        }
        Ok(Done::Renewed(codes)) => recovery_codes(w, view.shell, codes, account::PLACE),
        Err(answer) => {
            view.factor.code = code_fault(w, answer);
            refused(w, &view)
        }
    }
}
