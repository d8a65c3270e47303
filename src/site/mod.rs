//! The pages as they are served: handlers that ask a use case and fill a view of [`crate::pages`].
//!
//! What must stay true: a handler decides nothing and counts nothing; every number that stands for tasks is a link to
//! exactly its rows, made by [`links`].

pub mod account;
pub mod api;
pub mod audit;
pub mod briefing;
pub mod briefings;
pub mod bulk;
pub mod calendar;
mod calendar_change;
pub mod campaign;
pub mod campaigns;
pub mod code;
pub mod dashboard;
pub mod deadline_feed;
pub mod enrol;
pub mod evaluation;
pub mod exports;
pub mod extensions;
pub mod factor;
mod figures;
pub mod files;
pub mod forgot;
pub mod home;
mod ladder;
pub mod language;
pub mod late_reasons;
pub mod mail;
pub mod opinions;
pub mod password;
pub mod people;
pub mod period;
pub mod person;
mod post_form;
pub mod prove;
pub mod recurrence;
pub mod recurring;
mod sending;
pub mod settings;
mod shell;
pub mod sign_in;
pub mod sso;
pub mod start;
pub mod submissions;
pub mod task;
pub mod task_form;
pub mod task_line;
pub mod tasks;
pub mod template;
pub mod unit;
pub mod units;
pub mod urging;
pub mod views;
pub mod webhooks;
pub mod weights;
pub mod wishes;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, LOCATION};
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;
use uuid::Uuid;

use crate::error::{Denial, Error};
use crate::http::{Failure, Worded};
use crate::pages::Words;
use crate::tasks::links;

/// What a page handler answers.
pub type PageResult = Result<HttpResponse, Failure>;

/// The id in an address; what is none is that of nothing.
fn parse(id: &str) -> Result<Uuid, Error> {
    Ok(Uuid::parse_str(id).map_err(|_| Denial::NotFound)?)
}

/// A page.
fn page(w: Words, view: &impl Template) -> PageResult {
    answer(StatusCode::OK, w, view)
}

/// A sent form that comes back with faults at its fields.
fn refused(w: Words, view: &impl Template) -> PageResult {
    faulty(StatusCode::UNPROCESSABLE_ENTITY, w, view)
}

/// A page whose address asks for what can't be read: it says so at the fields.
fn misread(w: Words, view: &impl Template) -> PageResult {
    faulty(StatusCode::BAD_REQUEST, w, view)
}

/// A sent form that comes back because what it was about is another thing by now.
fn stale(w: Words, view: &impl Template) -> PageResult {
    faulty(StatusCode::PRECONDITION_FAILED, w, view)
}

fn faulty(status: StatusCode, w: Words, view: &impl Template) -> PageResult {
    let mut response = answer(status, w, view)?;
    response.extensions_mut().insert(Worded);
    Ok(response)
}

fn answer(status: StatusCode, w: Words, view: &impl Template) -> PageResult {
    let html = view.render().map_err(|e| Error::Internal(format!("a page can't be rendered: {e}")))?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_LANGUAGE, w.lang()))
        .body(html))
}

/// The way on, after a form or to the reader's own start page.
fn go_to(place: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, place));
    response
}
