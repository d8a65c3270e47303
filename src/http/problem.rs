//! Errors on their way out: a failure of a use case becomes a [`Problem`] that travels in the response's extensions;
//! the edge writes it in the reader's language, as a problem document (RFC 9457) or as a page.

use std::fmt;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde_json::Value;

use crate::domain::export::ExportFault;
use crate::error::{Denial, Error, ParameterFault, Refusal};
use crate::text::problem::ProblemKind;

/// What an error answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which problem it is.
    pub kind: ProblemKind,
    /// What is wrong with parameters or fields.
    pub faults: Vec<ParameterFault>,
    /// The refusal that it tells of, when there is more to say than its kind.
    pub refusal: Option<Refusal>,
    /// In so many seconds it is worth another try.
    pub wait: Option<u64>,
    /// What somebody else has made of it meanwhile.
    pub current: Option<Box<Current>>,
}

/// A thing as it is now, told to whoever meant an older version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    /// Its entity tag.
    pub etag: String,
    /// The JSON document.
    pub body: Value,
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self { kind, faults: Vec::new(), refusal: None, wait: None, current: None }
    }
}

impl Problem {
    /// The problem behind a bare status, such as that of a request without a route.
    pub fn of_status(status: StatusCode) -> Self {
        let kind = ProblemKind::ALL.iter().copied().find(|kind| kind.status() == status.as_u16());
        match kind {
            Some(kind) => kind.into(),
            None if status.is_server_error() => ProblemKind::Internal.into(),
            None => ProblemKind::BadRequest.into(),
        }
    }

    /// Too many requests: the next may come in so many seconds.
    pub fn too_many(seconds: u64) -> Self {
        Self { wait: Some(seconds), ..ProblemKind::TooMany.into() }
    }

    fn of(error: &Error) -> Self {
        match error {
            Error::Refused(Refusal::Parameters(faults)) => {
                Self { faults: faults.clone(), ..ProblemKind::BadParameter.into() }
            }
            Error::Refused(Refusal::Denied(denial)) => match denial {
                Denial::NotSignedIn => ProblemKind::NotSignedIn.into(),
                Denial::SignInFailed => ProblemKind::SignInFailed.into(),
                Denial::NotPermitted => ProblemKind::NotPermitted.into(),
                Denial::NotFound => ProblemKind::NotFound.into(),
                Denial::CodeNeeded => ProblemKind::CodeNeeded.into(),
                Denial::EnrolmentNeeded => ProblemKind::EnrolmentNeeded.into(),
                Denial::TooManyTries => ProblemKind::TooMany.into(),
                Denial::ProofNeeded | Denial::NoPassword => ProblemKind::ProofNeeded.into(),
                Denial::TooSoon(seconds) => {
                    Self { refusal: Some(Refusal::Denied(denial.clone())), ..Self::too_many(*seconds) }
                }
                Denial::PersonUnknown(_)
                | Denial::PasswordForm { .. }
                | Denial::PasswordCommon
                | Denial::LinkSpent
                | Denial::TooManyPeople(_)
                | Denial::LastAdmin
                | Denial::NobodyCameByProvider
                | Denial::SuccessorNeeded
                | Denial::UnitOfToday
                | Denial::OwnSubmission
                | Denial::EvidenceDecided
                | Denial::TaskPublished => {
                    Self { refusal: Some(Refusal::Denied(denial.clone())), ..ProblemKind::Refused.into() }
                }
            },
            Error::Refused(refusal @ Refusal::Export(ExportFault::TooOften(seconds))) => {
                Self { refusal: Some(refusal.clone()), ..Self::too_many(*seconds) }
            }
            Error::Refused(Refusal::Stale(_) | Refusal::Moved) => ProblemKind::Stale.into(),
            // What the operator has to mend is told to the log alone.
            Error::Refused(
                refusal @ (Refusal::UnitUnknown(_)
                | Refusal::OutOfBalance(_)
                | Refusal::TaskStep { .. }
                | Refusal::SomeTasks(_)
                | Refusal::Extension(_)
                | Refusal::Briefing(_)
                | Refusal::Opinion(_)
                | Refusal::Export(_)
                | Refusal::NotLate
                | Refusal::CampaignOver),
            ) => Self { refusal: Some(refusal.clone()), ..ProblemKind::Refused.into() },
            Error::Refused(_) | Error::Internal(_) => ProblemKind::Internal.into(),
            Error::Unavailable(_) => ProblemKind::Unavailable.into(),
        }
    }
}

/// The error of a handler.
#[derive(Debug)]
pub struct Failure(Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl Failure {
    /// The error behind it.
    pub fn error(&self) -> &Error {
        &self.0
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        Problem::of(&self.0).status()
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        match &self.0 {
            Error::Internal(why) => tracing::error!(why, "a request failed"),
            Error::Unavailable(why) => tracing::warn!(why, "a request could not be served now"),
            Error::Refused(_) => {}
        }
        Problem::of(&self.0).response()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        self.clone().response()
    }
}

impl Problem {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// An answer without a body; the edge writes it.
    pub fn response(self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::new(self.status());
        response.extensions_mut().insert(self);
        response
    }
}
