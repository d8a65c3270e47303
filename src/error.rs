//! Why a use case did not happen: refused by a rule, or failed for a reason of ours.
//!
//! Refusals are codes with values; `text/` words them for the reader. Failures are for the operator's
//! log: what they say never reaches a tenant's reader.

use thiserror::Error;

use crate::domain::briefing::Imbalance;

/// The result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case did not happen.
#[derive(Debug, Error)]
pub enum Error {
    /// A rule said no; the reader can do something about it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The database can't be reached now; trying again may help.
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
    /// A fault of ours or of the machine.
    #[error("{0}")]
    Internal(String),
}

/// A rule that said no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No tenant has this slug.
    TenantUnknown(String),
    /// A tenant has this slug already.
    TenantExists(String),
    /// A slug is 2–40 of a–z, 0–9 and '-', beginning with a letter.
    SlugForm(String),
    /// Not an e-mail address.
    EmailForm(String),
    /// A name has 1–200 characters, none of them a control character.
    NameForm,
    /// The tenant has no unit of this name or short name.
    UnitUnknown(String),
    /// The demo needs a database of its own.
    DatabaseInUse,
    /// The database has tables that are not ours, and none that are.
    DatabaseForeign,
    /// The application's role could get around the tenant walls; the value says how.
    RoleTooPowerful(String),
    /// The schema is not the one this program knows; the migrations named are missing.
    SchemaBehind(Vec<String>),
    /// The server is older than 15.
    ServerTooOld(String),
    /// The file can't be read.
    FileUnreadable {
        /// Its path as given.
        path: String,
        /// The system's reason.
        reason: String,
    },
    /// The parts of a briefing don't add up to their whole.
    OutOfBalance(Imbalance),
    /// Reasons worded already, one a line.
    Reasons(Vec<String>),
    /// A wall between the tenants has been taken down; the value says which.
    WallDown(String),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error as Diesel};
        match error {
            Diesel::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, info) => {
                Self::Unavailable(info.message().to_owned())
            }
            // Known by its words alone, which a server in another language says otherwise.
            Diesel::DatabaseError(_, info)
                if info.message().contains("due to lock timeout")
                    || info.message().contains("due to statement timeout") =>
            {
                Self::Unavailable(format!("it took too long ({}); try again", info.message()))
            }
            Diesel::DatabaseError(_, info) => Self::Internal(match info.constraint_name() {
                Some(name) => format!("the database refused the write ({name}): {}", info.message()),
                None => format!("the database refused: {}", info.message()),
            }),
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<diesel::ConnectionError> for Error {
    fn from(error: diesel::ConnectionError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
