//! JSON bodies, read strictly: their type is said, unknown fields are refused.

use actix_web::{HttpMessage, HttpRequest};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use crate::error::{ParameterFault, ParameterProblem};
use crate::http::Problem;
use crate::text::problem::ProblemKind;

/// Reads a body.
///
/// # Errors
/// Another content type; not JSON; a field that is missing, unknown or of another type, which is named.
pub(super) fn json<T: DeserializeOwned>(req: &HttpRequest, body: &[u8]) -> Result<T, Problem> {
    json_of(req.content_type(), body)
}

/// Reads a body that came as this type.
///
/// # Errors
/// As [`json`].
pub(super) fn json_of<T: DeserializeOwned>(content_type: &str, body: &[u8]) -> Result<T, Problem> {
    if content_type != "application/json" {
        return Err(ProblemKind::UnsupportedMedia.into());
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| problem(&error))?;
    reader.end().map_err(|_| ProblemKind::BadRequest)?;
    Ok(read)
}

fn problem(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    if error.inner().classify() != Category::Data {
        return ProblemKind::BadRequest.into();
    }
    let mut pointer: String = error.path().iter().map(step).collect();
    // Serde says in words alone which of the two it is, and which field it missed.
    let said = error.inner().to_string();
    let missing = said.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    let problem = match missing {
        Some((name, _)) => {
            pointer = format!("{pointer}/{name}");
            ParameterProblem::Missing
        }
        None if said.starts_with("unknown field") => ParameterProblem::Unknown,
        None => ParameterProblem::Mistyped,
    };
    Problem { faults: vec![ParameterFault { name: pointer, problem }], ..ProblemKind::Unprocessable.into() }
}

/// The faults of a body's fields, which a use case names as a form does.
pub(super) fn faulty(faults: &[ParameterFault]) -> Problem {
    let at = |fault: &ParameterFault| ParameterFault {
        name: format!("/{}", fault.name.replace('.', "/")),
        problem: fault.problem.clone(),
    };
    Problem { faults: faults.iter().map(at).collect(), ..ProblemKind::Unprocessable.into() }
}

/// A step of a JSON pointer (RFC 6901).
fn step(segment: &Segment) -> String {
    match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    }
}
