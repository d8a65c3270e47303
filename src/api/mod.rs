//! The API `/api/v1`: handlers that ask a use case and answer JSON. Lists are `{items, next}`; unknown parameters are
//! refused; errors are problem documents (see `http::edge`). What makes or changes something goes through [`sent`].

mod body;
pub mod briefings;
pub mod bulk;
pub mod calendar;
pub mod campaigns;
pub mod document;
pub mod evaluation;
pub mod extensions;
pub mod files;
pub mod late_reasons;
pub mod opinions;
pub mod recurrences;
pub mod sent;
pub mod session;
pub mod tag;
pub mod task_life;
pub mod tasks;
pub mod units;
pub mod views;
pub mod webhooks;

use actix_web::HttpResponse;
use serde::Serialize;

use crate::http::Failure;

/// What an API handler answers.
pub type ApiResult = Result<HttpResponse, Failure>;

/// A part of a list, and the cursor of the next part.
#[derive(Serialize)]
struct Listed<T> {
    items: Vec<T>,
    next: Option<String>,
}
