//! Why a use case did not happen: refused by a rule, or failed for a reason of ours.
//!
//! Refusals are codes with values; `text/` words them for the reader. Failures are for the operator's
//! log: what they say never reaches a tenant's reader.

mod briefing;
mod parameter;

pub use briefing::BriefingFault;
pub use parameter::{ParameterFault, ParameterProblem};

use thiserror::Error;
use uuid::Uuid;

use crate::domain::briefing::Imbalance;
use crate::domain::export::ExportFault;
use crate::domain::life::Step;
use crate::domain::task::Status;

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
    /// Somebody was not let in, or not to this.
    Denied(Denial),
    /// Somebody has changed it meanwhile; its version now.
    Stale(i32),
    /// The step is impossible with a task of this status.
    TaskStep {
        /// How far the task is.
        status: Status,
        /// What whoever acts may do with it instead.
        possible: Vec<Step>,
    },
    /// An act on many tasks at once did not happen, for some of them: their codes, and why.
    SomeTasks(Vec<(String, Self)>),
    /// What was to be confirmed is no longer what was shown.
    Moved,
    /// A list or a document did not leave as a file.
    Export(ExportFault),
    /// The campaign is closed, or its deadline is over.
    CampaignOver,
    /// Parameters of an address or fields of a form that can't be read, all of them.
    Parameters(Vec<ParameterFault>),
    /// The operator asked something of a tenant, its hosts or its archive that can't be.
    Tenancy(TenancyFault),
    /// The operator asked something of an API key that can't be.
    ApiKey(ApiKeyFault),
    /// Something was asked of the extension desk that can't be.
    Extension(ExtensionFault),
    /// A briefing can't be published.
    Briefing(BriefingFault),
    /// Something was asked about an opinion that can't be.
    Opinion(OpinionFault),
    /// The task is not late, so that there is nothing to explain.
    NotLate,
}

/// Why an act of the extension desk did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtensionFault {
    /// Whoever asked never decides.
    OwnRequest,
    /// All of it was decided or taken back already.
    Decided,
    /// The deadlines of these tasks, by their codes, can't be moved.
    NotExtendable(Vec<(String, NotExtendable)>),
}

/// Why a deadline can't be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotExtendable {
    /// The task is completed, or outside the count.
    Status(Status),
    /// It has none.
    NoDeadline,
    /// A request for it is not decided yet.
    AskedAlready,
}

/// Why an act on a directing opinion or a request for explanation did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpinionFault {
    /// It is closed.
    Closed,
    /// It was answered already.
    Answered,
    /// It is another's; the Office may act for them.
    NotYours,
    /// Nothing of the unit is overdue that was not asked about already.
    NothingOverdue,
}

impl From<OpinionFault> for Error {
    fn from(fault: OpinionFault) -> Self {
        Self::Refused(Refusal::Opinion(fault))
    }
}

impl From<ExtensionFault> for Error {
    fn from(fault: ExtensionFault) -> Self {
        Self::Refused(Refusal::Extension(fault))
    }
}

/// Why an operator's act on a tenant as a whole did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TenancyFault {
    /// The tenant is in this state already; `true` for suspended.
    AlreadySo(bool),
    /// Not a host name.
    HostForm(String),
    /// The host is a tenant's already.
    HostTaken(String),
    /// The tenant has no such host.
    HostUnknown(String),
    /// Only the owner's role may do this, and its address is not set.
    OwnerNeeded,
    /// The slug was not repeated.
    Unconfirmed(String),
    /// A file of this name is there already.
    FileExists(String),
    /// The file can't be written.
    FileUnwritable {
        /// Its path as given.
        path: String,
        /// The system's reason.
        reason: String,
    },
    /// Not an archive of a tenant, or one of another format; the value says how.
    ArchiveForm(String),
    /// An entry of the archive is not what its manifest says.
    ArchiveDamaged(String),
    /// An entry of the archive could harm its reader.
    ArchiveHostile(String),
    /// The archive was made with another schema.
    ArchiveSchema {
        /// The last migration of the archive.
        archive: String,
        /// The last migration here.
        here: String,
    },
    /// The bytes of a kept file can't be read; the value says which and why.
    FileLost(String),
    /// The tenant of the archive is here already, under this slug.
    ArchiveHere(String),
}

/// Why an operator's act on an API key did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiKeyFault {
    /// A key of the tenant has this name, or had it.
    NameTaken(String),
    /// The role needs a unit, or must have none.
    UnitFit {
        /// Which of both.
        needed: bool,
    },
    /// The first day without the key is not after today.
    Past,
    /// The tenant has no such key in force.
    Unknown(Uuid),
}

impl From<ApiKeyFault> for Error {
    fn from(fault: ApiKeyFault) -> Self {
        Self::Refused(Refusal::ApiKey(fault))
    }
}

impl From<TenancyFault> for Error {
    fn from(fault: TenancyFault) -> Self {
        Self::Refused(Refusal::Tenancy(fault))
    }
}

/// Why somebody was not let in, or not to what they asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denial {
    /// Tenant, address and password don't belong together; which of them is wrong is not said.
    SignInFailed,
    /// Nobody is signed in, or no longer.
    NotSignedIn,
    /// The role of the reader's post may not do this.
    NotPermitted,
    /// There is no such thing, or not for this reader: the two are never told apart.
    NotFound,
    /// The tenant has nobody of this address.
    PersonUnknown(String),
    /// A password has between so many characters and so many bytes.
    PasswordForm {
        /// The fewest characters.
        least: usize,
        /// The most bytes.
        most: usize,
    },
    /// A password that many people have, or one made of the name of a person, a tenant or this product.
    PasswordCommon,
    /// The password is right, and a code is needed beside it.
    CodeNeeded,
    /// The password is right, and a second factor must be enrolled first, in a browser.
    EnrolmentNeeded,
    /// Too many codes were tried; in five minutes there will be another try.
    TooManyTries,
    /// Too many passwords were wrong; the next may come in so many seconds.
    TooSoon(u64),
    /// The link was used, has expired or never was.
    LinkSpent,
    /// A tenant keeps at least one administrator.
    LastAdmin,
    /// The operator lets the tenant have so many people who may sign in.
    TooManyPeople(u32),
    /// Who they are must be proved again before this is done.
    ProofNeeded,
    /// There is no password to compare: they sign in by a provider alone.
    NoPassword,
    /// Passwords are switched off only once an administrator has come in by the provider as it is set now.
    NobodyCameByProvider,
    /// A unit that leads open tasks is ended only with a successor.
    SuccessorNeeded,
    /// A unit that began today is ended tomorrow at the earliest.
    UnitOfToday,
    /// Who reported a completion does not confirm it.
    OwnSubmission,
    /// The evidence of a reported completion stays once it is decided.
    EvidenceDecided,
    /// A task of a published briefing is cancelled, not deleted.
    TaskPublished,
}

impl From<Denial> for Error {
    fn from(denial: Denial) -> Self {
        Self::Refused(Refusal::Denied(denial))
    }
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
