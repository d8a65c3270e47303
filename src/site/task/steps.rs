//! The steps of a task's life, sent by the forms of its page.

use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};

use super::super::parse;
use super::{Said, Scene, assemble};
use crate::domain::life::Step;
use crate::error::{Denial, Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::files;
use crate::http::{Answered, Body, Caller, Failure, Upload, Visit};
use crate::pages::Words;
use crate::params::Params;
use crate::site::{PageResult, faulty, go_to, links};
use crate::tasks::acts::{By, StepTyped, Target, take_step};
use crate::text::refusal::refusal;

/// The most files that come with a report of completion; the form says so.
pub(super) const MOST_FILES: usize = 5;

/// Declares the handlers, one a step.
macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $step:ident;)+) => {$(
        $(#[$doc])*
        pub async fn $name(caller: Caller, visit: Visit, id: web::Path<String>, body: Body) -> PageResult {
            take(caller, visit, id.into_inner(), body, Step::$step).await
        }
    )+};
}

steps! {
    /// Says that the work has begun.
    start = Start;
    /// Notes progress.
    note = Note;
    /// Confirms a reported completion.
    confirm = Confirm;
    /// Sends it back.
    send_back = SendBack;
    /// Says who does it.
    assign = Assign;
    /// Gives it back to the Office.
    give_back = Return;
    /// Gives it out again.
    give_again = GiveAgain;
    /// Suspends it.
    pause = Pause;
    /// Goes on with it.
    resume = Resume;
    /// Gives the lead to another unit.
    change_lead = Move;
    /// Transfers it.
    transfer = Transfer;
    /// Cancels it.
    cancel = Cancel;
    /// Takes back a cancellation or a transfer.
    restore = Restore;
    /// Takes back a confirmation.
    reopen = Reopen;
    /// Deletes it.
    delete = Delete;
}

/// The version that a form was shown with.
pub(in crate::site) fn version(params: &mut Params) -> Option<i32> {
    let version = params.text("version").and_then(|text| text.parse().ok());
    if version.is_none() {
        params.fault("version", ParameterProblem::Missing);
    }
    version
}

/// Takes a step and leads back to the task; or its page comes back, says why not, and keeps what was typed.
async fn take(caller: Caller, visit: Visit, id: String, body: Body, step: Step) -> PageResult {
    let mut params = Params::parse(&body.text());
    let (version, typed) = (version(&mut params), StepTyped::take(step, &mut params));
    let read = params.finish();
    let (service, sent, path) = (visit.service.clone(), typed.clone(), id.clone());
    let done = caller
        .run(move |conn, member, settings| {
            read?;
            let acting = member.acting();
            let by = By { acting: &acting, today: settings.today(&service.app.clock) };
            take_step(conn, &by, step, Target { id: parse(&path)?, version }, &sent)
        })
        .await;
    match done {
        Ok(_) if step == Step::Delete => Ok(go_to(links::TASKS).finish()),
        Ok(task) => Ok(go_to(&format!("{}?done={}", links::task(task.id, None), step.code())).finish()),
        Err(failure) => come_back(&caller, visit, id, failure, step, typed).await,
    }
}

/// Reports completion, with files as its evidence: all of it or nothing.
pub async fn submit(
    caller: Caller,
    visit: Visit,
    id: web::Path<String>,
    req: HttpRequest,
    payload: web::Payload,
) -> Answered<HttpResponse> {
    // What is no id is that of no task, which only who is signed in hears.
    let tenant = Upload::admit(&caller, parse(&id).unwrap_or_default()).await?;
    let Upload { mut params, files } = form(&req, payload, &caller).await?;
    let (version, typed) = (version(&mut params), StepTyped::take(Step::Submit, &mut params));
    let read = params.finish();
    let (new, wrong) = match Upload::keep_all(files, MOST_FILES, caller.service(), tenant).await? {
        Ok(new) => (new, Vec::new()),
        Err(faults) => (Vec::new(), faults),
    };
    let (clock, sent, path) = (visit.service.app.clock, typed.clone(), id.clone());
    let ids = new.iter().map(|new| new.id).collect();
    let done = Upload::or_forget(&caller, tenant, ids, move |conn, member, settings| {
        read?;
        let (acting, id) = (member.acting(), parse(&path)?);
        let by = By { acting: &acting, today: settings.today(&clock) };
        with_faults(files::submit(conn, &by, Target { id, version }, &sent, &new), wrong)
    });
    Ok(match done.await? {
        Ok(task) => go_to(&format!("{}?done={}", links::task(task.id, None), Step::Submit.code())).finish(),
        Err(failure) => come_back(&caller, visit, id.into_inner(), failure, Step::Submit, typed).await?,
    })
}

/// What was sent, with files or without.
async fn form(req: &HttpRequest, payload: web::Payload, caller: &Caller) -> Answered<Upload> {
    if req.content_type() == "multipart/form-data" {
        return Upload::take(req, payload, caller.service()).await;
    }
    let body = Body::from_request(req, &mut payload.into_inner()).await?;
    Ok(Upload { params: Params::parse(&body.text()), files: Vec::new() })
}

/// The faults of the files beside those of the fields; with any of them nothing is done.
fn with_faults<T>(done: Result<T>, wrong: Vec<ParameterFault>) -> Result<T> {
    if wrong.is_empty() {
        return done;
    }
    let all = match done {
        Ok(_) => wrong,
        Err(Error::Refused(Refusal::Parameters(own))) => own.into_iter().chain(wrong).collect(),
        Err(other) => return Err(other),
    };
    Err(Refusal::Parameters(all).into())
}

/// How a refusal is answered on the task's page; `None` when the page can't say it.
fn status(error: &Error) -> Option<StatusCode> {
    let Error::Refused(refusal) = error else { return None };
    match refusal {
        Refusal::Parameters(_) => Some(StatusCode::UNPROCESSABLE_ENTITY),
        Refusal::TaskStep { .. } | Refusal::Denied(Denial::OwnSubmission) => Some(StatusCode::CONFLICT),
        Refusal::Stale(_) => Some(StatusCode::PRECONDITION_FAILED),
        _ => None,
    }
}

async fn come_back(
    caller: &Caller,
    mut visit: Visit,
    id: String,
    failure: Failure,
    step: Step,
    typed: StepTyped,
) -> PageResult {
    let (Some(status), Error::Refused(why)) = (status(failure.error()), failure.error()) else {
        return Err(failure);
    };
    let why = why.clone();
    visit.address = parse(&id).map(|id| links::task(id, None)).unwrap_or_default();
    let view = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let said = said(w, &why, step, typed);
            assemble(conn, &Scene { visit: &visit, member, settings }, parse(&id)?, None, &said)
        })
        .await?;
    faulty(status, view.w, &view)
}

/// What the page says of a step that was not taken.
fn said(w: Words, why: &Refusal, step: Step, typed: StepTyped) -> Said {
    let faults = match why {
        Refusal::Parameters(faults) => faults.clone(),
        _ => Vec::new(),
    };
    let error = match why {
        Refusal::Parameters(_) => None,
        Refusal::Stale(_) => Some(w.step_stale().to_owned()),
        other => Some(refusal(w.0, other)),
    };
    Said { done: None, error, sent: Some((step, typed, faults)) }
}
