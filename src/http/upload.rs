//! A form with a file in it (`multipart/form-data`), streamed: the file goes to a nameless file piece by piece, and of
//! what is too large nothing is kept.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{self, BytesMut};
use futures_util::{Stream, StreamExt};
use tokio::time::timeout;
use uuid::Uuid;

use super::caller::Caller;
use super::problem::{Failure, Problem};
use super::service::Service;
use crate::auth::Member;
use crate::db::TenantConn;
use crate::depot::Depot;
use crate::domain::attachment::LARGEST_FILE;
use crate::error::{Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::files::{self, Incoming, NewFile};
use crate::ids::TenantId;
use crate::params::Params;
use crate::text::problem::ProblemKind;

/// What a reader of the form answers.
pub type Answered<T> = std::result::Result<T, actix_web::Error>;

/// How long the next piece may take, and the whole.
const PIECE_TIME: Duration = Duration::from_secs(10);
const WHOLE_TIME: Duration = Duration::from_secs(300);

/// The most fields of a form, and the longest text in one, in bytes.
const MOST_FIELDS: usize = 16;
const LONGEST_TEXT: usize = 4 * 1024;

/// Pieces are written to the disk together, so many bytes at once.
const TOGETHER: usize = 256 * 1024;

/// So much of a file that is too large is still heard out: a browser shows no answer that comes before it is done.
const PATIENCE: u64 = 5 * LARGEST_FILE;

/// A form that came whole.
pub struct Upload {
    /// Its texts.
    pub params: Params,
    /// Its file and the name that was sent with it; none when no file was chosen.
    pub file: Option<(String, Incoming)>,
}

fn unread(error: &MultipartError) -> Problem {
    let kind = match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => ProblemKind::UnsupportedMedia,
        _ => ProblemKind::BadRequest,
    };
    kind.into()
}

fn told(kind: ProblemKind) -> actix_web::Error {
    Problem::from(kind).into()
}

impl Upload {
    /// Takes a form whose file is called `file`.
    ///
    /// # Errors
    /// Another content type, no form, too slow, or far too large; no room on the disk.
    pub async fn take(
        req: &HttpRequest,
        payload: web::Payload,
        service: &web::Data<Service>,
    ) -> Answered<Self> {
        let taken = timeout(WHOLE_TIME, Self::read(req, payload, service));
        taken.await.map_err(|_| told(ProblemKind::Timeout))?
    }

    async fn read(req: &HttpRequest, payload: web::Payload, service: &web::Data<Service>) -> Answered<Self> {
        let mut form = Multipart::new(req.headers(), payload);
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut file = None;
        while let Some(field) = soon(&mut form).await? {
            let mut field = field.map_err(|error| unread(&error))?;
            let name = field.name().unwrap_or_default().to_owned();
            if pairs.len() >= MOST_FIELDS {
                return Err(told(ProblemKind::BadRequest));
            }
            if name != "file" || file.is_some() {
                pairs.push((name, text(&mut field).await?));
                continue;
            }
            let sent = sent_name(&field);
            let incoming = receive(&mut field, service).await?;
            // A browser sends an empty nameless file where none was chosen.
            if !sent.is_empty() || incoming.bytes() > 0 {
                file = Some((sent, incoming));
            }
        }
        let encoded = serde_urlencoded::to_string(&pairs).map_err(|_| told(ProblemKind::BadRequest))?;
        Ok(Self { params: Params::parse(&encoded), file })
    }
}

impl Upload {
    /// Whether they may put a file to a task, asked before anything of it is taken; whose it would be.
    ///
    /// # Errors
    /// No such task, or they may not.
    pub async fn admit(caller: &Caller, task: Uuid) -> std::result::Result<TenantId, Failure> {
        let admitted = caller.run(move |conn, member, _| {
            files::may_attach(conn, &member.acting(), task)?;
            Ok(conn.tenant())
        });
        admitted.await
    }

    /// Takes a form with the fields `file` and `submission`, and keeps its file; or what is wrong at which field.
    ///
    /// # Errors
    /// The form can't be read, or the file not be kept.
    pub async fn receive(
        caller: &Caller,
        tenant: TenantId,
        req: &HttpRequest,
        payload: web::Payload,
    ) -> Answered<std::result::Result<NewFile, Vec<ParameterFault>>> {
        let service = caller.service().clone();
        let upload = Self::take(req, payload, &service).await?;
        waiting(move || upload.keep(tenant, &service.app.depot)).await
    }

    /// Does with a file that was kept what `work` says; when a rule says no, the file is forgotten.
    ///
    /// # Errors
    /// What `work` says, but for what is wrong at a field.
    pub async fn put<T: Send + 'static>(
        caller: &Caller,
        tenant: TenantId,
        new: NewFile,
        work: impl FnOnce(&mut TenantConn<'_>, &Member, &NewFile) -> Result<T> + Send + 'static,
    ) -> Answered<std::result::Result<T, Vec<ParameterFault>>> {
        let (id, service) = (new.id, caller.service().clone());
        let failure = match caller.run(move |conn, member, _| work(conn, member, &new)).await {
            Ok(done) => return Ok(Ok(done)),
            Err(failure) => failure,
        };
        // After any other failure the row may have been committed: a job of the night sees whether it was.
        if matches!(failure.error(), Error::Refused(_)) {
            waiting(move || service.app.depot.forget(tenant, [id])).await?;
        }
        match failure.error() {
            Error::Refused(Refusal::Parameters(faults)) => Ok(Err(faults.clone())),
            _ => Err(failure.into()),
        }
    }

    /// Looks at what came and keeps the file. Waits.
    fn keep(
        mut self,
        tenant: TenantId,
        depot: &Depot,
    ) -> Result<std::result::Result<NewFile, Vec<ParameterFault>>> {
        let submission = self.params.text("submission");
        let known = submission.as_deref().and_then(|text| Uuid::parse_str(text).ok());
        if submission.is_some() && known.is_none() {
            self.params.fault("submission", ParameterProblem::NotOneOf(String::new()));
        }
        if self.file.is_none() {
            self.params.fault("file", ParameterProblem::Missing);
        }
        let faults = self.params.faults();
        let (Some((name, incoming)), []) = (self.file, faults.as_slice()) else { return Ok(Err(faults)) };
        let kept = incoming.keep(depot, tenant, &name, known)?;
        Ok(kept.map_err(|fault| {
            vec![ParameterFault { name: "file".to_owned(), problem: ParameterProblem::File(fault) }]
        }))
    }
}

/// The next of a stream, if it comes soon.
async fn soon<S: Stream + Unpin>(stream: &mut S) -> Answered<Option<S::Item>> {
    timeout(PIECE_TIME, stream.next()).await.map_err(|_| told(ProblemKind::Timeout))
}

/// The name sent with a file. Of a backslash the header's reader would make nothing, and of a path a harmless name.
fn sent_name(field: &Field) -> String {
    let raw = field.headers().get(CONTENT_DISPOSITION).map_or(&b""[..], |value| value.as_bytes());
    let disposition = field.content_disposition();
    let name = disposition.and_then(|disposition| {
        let extended = disposition.get_filename_ext();
        extended
            .and_then(|name| String::from_utf8(name.value.clone()).ok())
            .or_else(|| disposition.get_filename().map(str::to_owned))
    });
    match name {
        Some(name) if raw.contains(&b'\\') => format!("\\{name}"),
        name => name.unwrap_or_default(),
    }
}

async fn text(field: &mut Field) -> Answered<String> {
    let mut all = BytesMut::new();
    while let Some(piece) = soon(field).await? {
        all.extend_from_slice(&piece.map_err(|error| unread(&error))?);
        if all.len() > LONGEST_TEXT {
            return Err(told(ProblemKind::TooLarge));
        }
    }
    String::from_utf8(all.to_vec()).map_err(|_| told(ProblemKind::BadRequest))
}

async fn receive(field: &mut Field, service: &web::Data<Service>) -> Answered<Incoming> {
    let begun = service.clone();
    let mut incoming = waiting(move || Incoming::begin(&begun.app.depot)).await?;
    let mut held = BytesMut::new();
    loop {
        let piece = soon(field).await?.transpose().map_err(|error| unread(&error))?;
        let is_end = piece.is_none();
        held.extend_from_slice(&piece.unwrap_or_default());
        if held.len() >= TOGETHER || is_end {
            let pieces = held.split().freeze();
            incoming = waiting(move || incoming.write(&pieces).map(|()| incoming)).await?;
        }
        if is_end {
            return Ok(incoming);
        }
        if incoming.bytes() > PATIENCE {
            return Err(told(ProblemKind::TooLarge));
        }
    }
}

/// Runs what waits for the disk on a thread that may.
async fn waiting<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Answered<T> {
    let done = web::block(work).await;
    let done = done.map_err(|_| Error::Internal("writing a file panicked".to_owned()));
    Ok(done.and_then(|done| done).map_err(Failure::from)?)
}
