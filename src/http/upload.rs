//! A form with a file in it (`multipart/form-data`), streamed: the file goes to a nameless file piece by piece, and of
//! what is too large nothing is kept.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{self, BytesMut};
use actix_web::HttpRequest;
use futures_util::{Stream, StreamExt};
use tokio::time::timeout;

use super::problem::Failure;
use super::service::Service;
use crate::domain::attachment::LARGEST_FILE;
use crate::error::{Error, ParameterFault, ParameterProblem, Result};
use crate::files::Incoming;
use crate::params::Params;
use crate::text::problem::ProblemKind;

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

/// Why a form can't be read.
type Refused = Failure;

fn unread(error: &MultipartError) -> ProblemKind {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => ProblemKind::UnsupportedMedia,
        _ => ProblemKind::BadRequest,
    }
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
    ) -> std::result::Result<Self, Refused> {
        let taken = timeout(WHOLE_TIME, Self::read(req, payload, service));
        taken.await.map_err(|_| ProblemKind::Timeout)?
    }

    async fn read(
        req: &HttpRequest,
        payload: web::Payload,
        service: &web::Data<Service>,
    ) -> std::result::Result<Self, Refused> {
        let mut form = Multipart::new(req.headers(), payload);
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut file = None;
        while let Some(field) = soon(&mut form).await? {
            let mut field = field.map_err(|error| unread(&error))?;
            let name = field.name().unwrap_or_default().to_owned();
            if pairs.len() >= MOST_FIELDS {
                return Err(ProblemKind::BadRequest.into());
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
        let encoded = serde_urlencoded::to_string(&pairs).map_err(|_| ProblemKind::BadRequest)?;
        Ok(Self { params: Params::parse(&encoded), file })
    }
}

/// The next of a stream, if it comes soon.
async fn soon<S: Stream + Unpin>(stream: &mut S) -> std::result::Result<Option<S::Item>, Refused> {
    Ok(timeout(PIECE_TIME, stream.next()).await.map_err(|_| ProblemKind::Timeout)?)
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

async fn text(field: &mut Field) -> std::result::Result<String, Refused> {
    let mut all = BytesMut::new();
    while let Some(piece) = soon(field).await? {
        all.extend_from_slice(&piece.map_err(|error| unread(&error))?);
        if all.len() > LONGEST_TEXT {
            return Err(ProblemKind::TooLarge.into());
        }
    }
    Ok(String::from_utf8(all.to_vec()).map_err(|_| ProblemKind::BadRequest)?)
}

async fn receive(field: &mut Field, service: &web::Data<Service>) -> std::result::Result<Incoming, Refused> {
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
            return Err(ProblemKind::TooLarge.into());
        }
    }
}

/// Runs what waits for the disk on a thread that may.
async fn waiting<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = web::block(work).await;
    done.map_err(|_| Error::Internal("writing a file panicked".to_owned()))?
}
