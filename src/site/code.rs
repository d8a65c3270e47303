//! The second step of signing in: the code, or giving up.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::shell::before;
use super::{PageResult, faulty, go_to, page, refused, sign_in};
use crate::auth::{self, Answered, CodeAnswer, Step};
use crate::error::{Denial, Error, Refusal};
use crate::http::{Body, Visit, cookie, is_local_path, work};
use crate::pages::{CodePage, Field, Words};
use crate::params::Params;
use crate::text::denial::denial;

pub(super) const PLACE: &str = "/sign-in/code";
pub(super) const CANCEL: &str = "/sign-in/cancel";

/// The step that the browser shows, if it is one of ours.
pub(super) fn shown_step(visit: &Visit, req: &HttpRequest) -> Option<Step> {
    cookie::shown_step(&visit.service.public_url, req).and_then(|value| Step::parse(&value))
}

/// Back to the beginning, when the step has ended or never was.
pub(super) fn begin_again(visit: &Visit) -> HttpResponse {
    go_to(sign_in::PLACE).cookie(cookie::no_step(&visit.service.public_url)).finish()
}

/// Whether a step has ended; every other error stays one.
pub(super) fn has_ended(error: &Error) -> bool {
    let over = [Denial::NotSignedIn, Denial::SignInFailed].map(Refusal::Denied);
    matches!(error, Error::Refused(refusal) if over.contains(refusal))
}

/// What is wrong with a code.
pub(super) fn code_fault(w: Words, answer: CodeAnswer) -> Field {
    Field::faulty(
        "",
        match answer {
            CodeAnswer::TooMany => denial(w.0, &Denial::TooManyTries),
            CodeAnswer::Wrong | CodeAnswer::Right => w.code_wrong().to_owned(),
        },
    )
}

fn form(visit: &Visit, next: Option<String>, may_remember: bool) -> CodePage {
    let w = Words(visit.lang());
    CodePage {
        w,
        shell: before(visit, w),
        action: PLACE.to_owned(),
        cancel: CANCEL.to_owned(),
        next: next.filter(|path| is_local_path(path)),
        code: Field::default(),
        may_remember,
    }
}

/// Whether a device may be remembered at the step; `None` when the step has ended.
async fn offers(visit: &Visit, step: &Step) -> crate::error::Result<Option<bool>> {
    let step = step.clone();
    match work(&visit.service, move |service| auth::may_remember_at(&service.app, &step)).await {
        Ok(may) => Ok(Some(may)),
        Err(error) if has_ended(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The form.
pub async fn show(visit: Visit, req: HttpRequest) -> PageResult {
    let Some(step) = shown_step(&visit, &req) else { return Ok(begin_again(&visit)) };
    let Some(may_remember) = offers(&visit, &step).await? else { return Ok(begin_again(&visit)) };
    let view = form(&visit, visit.params().text("next"), may_remember);
    page(view.w, &view)
}

/// Takes the code and leads in; or the form comes back.
pub async fn submit(visit: Visit, req: HttpRequest, body: Body) -> PageResult {
    let Some(step) = shown_step(&visit, &req) else { return Ok(begin_again(&visit)) };
    let Some(may_remember) = offers(&visit, &step).await? else { return Ok(begin_again(&visit)) };
    let mut params = Params::parse(&body.text());
    let mut view = form(&visit, params.text("next"), may_remember);
    let Some(typed) = params.text("code") else {
        view.code = Field::faulty("", view.w.field_missing());
        return refused(view.w, &view);
    };
    let remember = params.text("remember").is_some();
    let answered = work(&visit.service, move |service| {
        auth::answer_code(&service.app, &service.seeds, &step, &typed, remember)
    });
    let url = &visit.service.public_url;
    match answered.await {
        Ok(Answered::Session(session, device)) => {
            let mut response = go_to(view.next.as_deref().unwrap_or("/"));
            response.cookie(cookie::session(url, session.to_cookie())).cookie(cookie::no_step(url));
            if let Some(device) = device {
                response.cookie(cookie::device(url, device));
            }
            Ok(response.finish())
        }
        Ok(Answered::Refused(answer)) => {
            tracing::info!(?answer, "a code was refused");
            view.code = code_fault(view.w, answer);
            match answer {
                CodeAnswer::TooMany => faulty(StatusCode::TOO_MANY_REQUESTS, view.w, &view),
                CodeAnswer::Wrong | CodeAnswer::Right => refused(view.w, &view),
            }
        }
        Err(error) if has_ended(&error) => Ok(begin_again(&visit)),
        Err(error) => Err(error.into()),
    }
}

/// Gives up signing in.
pub async fn cancel(visit: Visit, req: HttpRequest) -> PageResult {
    if let Some(step) = shown_step(&visit, &req) {
        work(&visit.service, move |service| auth::cancel(&service.app, &step)).await?;
    }
    Ok(begin_again(&visit))
}
