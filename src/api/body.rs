//! JSON bodies, read strictly: their type is said, unknown fields are refused.

use actix_web::HttpRequest;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::http::Problem;
use crate::text::problem::ProblemKind;

/// Reads a body.
///
/// # Errors
/// Another content type; not JSON; fields that are missing, unknown or of another type.
pub(super) fn json<T: DeserializeOwned>(req: &HttpRequest, body: &[u8]) -> Result<T, Problem> {
    use actix_web::HttpMessage;
    if req.content_type() != "application/json" {
        return Err(ProblemKind::UnsupportedMedia.into());
    }
    serde_json::from_slice(body).map_err(|error| match error.classify() {
        Category::Data => ProblemKind::Unprocessable.into(),
        _ => ProblemKind::BadRequest.into(),
    })
}
