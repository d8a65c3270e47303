//! A file on its way out: to be kept, never to be shown as a page of ours.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, HeaderValue, IF_NONE_MATCH,
};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::TryStreamExt;
use uuid::Uuid;

use super::caller::Caller;
use super::problem::Failure;
use super::service::Service;
use super::visit::Visit;
use crate::documents;
use crate::domain::export::ExportFault;
use crate::error::{Denial, Error};
use crate::files;

/// Whoever opens it all the same runs nothing.
const POLICY: &str = "default-src 'none'; sandbox";

/// So much of a file is read at once.
const PIECE: usize = 64 * 1024;

/// Serves a file to who sees its task.
///
/// # Errors
/// It is not there, or not for this reader; its bytes can't be read.
pub async fn serve(
    caller: &Caller,
    visit: &Visit,
    req: &HttpRequest,
    id: &str,
) -> Result<HttpResponse, Failure> {
    let (params, id) = (visit.params(), id.to_owned());
    let (tenant, file) = caller
        .run(move |conn, member, _| {
            params.finish()?;
            let id = Uuid::parse_str(&id).map_err(|_| Denial::NotFound)?;
            Ok((conn.tenant(), files::find(conn, &member.acting(), id)?))
        })
        .await?;
    let digits: String = file.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    // Version 1, as it never changes.
    let tag = format!("\"1-{digits}\"");
    let has_it = req.headers().get(IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    if has_it {
        return Ok(HttpResponse::build(StatusCode::NOT_MODIFIED).insert_header((ETAG, tag)).finish());
    }
    let pieces = caller.service().app.depot.read(tenant, file.id, file.sha256).await?;
    let pieces = pieces.map_err(|error| {
        tracing::error!(%error, "a file could not be read to its end");
        error
    });
    Ok(HttpResponse::Ok()
        .content_type(file.kind.media_type())
        .insert_header((CONTENT_DISPOSITION, disposition(&file.name)))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        // As it is kept: its length and its hash are those of what is sent.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header((ETAG, tag))
        .body(SizedStream::new(file.bytes, pieces)))
}

/// A file of ours under a name, sent piece by piece.
///
/// # Errors
/// It can't be read.
pub fn file(name: &str, media_type: &str, mut file: File) -> Result<HttpResponse, Failure> {
    let unreadable = |error: std::io::Error| Error::Internal(format!("a file on its way out: {error}"));
    let length = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    let pieces = futures_util::stream::try_unfold(file, move |mut file| async move {
        let read = web::block(move || {
            let mut piece = Vec::with_capacity(PIECE);
            file.by_ref().take(PIECE as u64).read_to_end(&mut piece).map(|_| (Bytes::from(piece), file))
        });
        let (piece, file) = read
            .await
            .map_err(|_| Error::Internal("reading a file panicked".to_owned()))?
            .map_err(unreadable)?;
        Ok::<_, Error>((!piece.is_empty()).then_some((piece, file)))
    });
    Ok(headed(name, media_type).body(SizedStream::new(length, Box::pin(pieces))))
}

/// A small file of ours under a name.
pub fn bytes(name: &str, media_type: &str, bytes: Vec<u8>) -> HttpResponse {
    headed(name, media_type).body(bytes)
}

/// A file of Word as PDF under a name, where LibreOffice is installed.
///
/// # Errors
/// It is not, or it fails.
pub async fn pdf(service: &web::Data<Service>, name: &str, docx: Vec<u8>) -> Result<HttpResponse, Failure> {
    Ok(bytes(name, "application/pdf", printed(service, docx).await?))
}

/// A file of Word as the bytes of a PDF, where LibreOffice is installed.
///
/// # Errors
/// It is not, or it fails.
pub async fn printed(service: &web::Data<Service>, docx: Vec<u8>) -> Result<Vec<u8>, Failure> {
    let shared = service.clone();
    // Outside any transaction: it takes seconds.
    let made = web::block(move || documents::pdf(&docx, shared.app.depot.scratch_place())).await;
    let made = made.map_err(|_| Error::Internal("making a PDF panicked".to_owned()))??;
    Ok(made.ok_or(ExportFault::NoPdf).map_err(Error::from)?)
}

fn headed(name: &str, media_type: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(media_type)
        .insert_header((CONTENT_DISPOSITION, disposition(name)))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        // Such files are packed already.
        .insert_header((CONTENT_ENCODING, "identity"));
    answer
}

/// How a file's name is said (RFC 6266): in ASCII for who reads no more, and in UTF-8.
fn disposition(name: &str) -> HeaderValue {
    let plain = |c: char| if c.is_ascii_graphic() && c != '%' || c == ' ' { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let is_free = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let encode = |byte: u8| match is_free(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    let encoded: String = name.bytes().map(encode).collect();
    // Names hold neither quotes nor control characters, so that this is a header whatever the name.
    HeaderValue::from_str(&format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}"))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_said_in_ascii_and_in_utf_8() {
        let said = disposition("Báo cáo quý 3 (50%).pdf");
        assert_eq!(
            said.to_str().unwrap(),
            "attachment; filename=\"B_o c_o qu_ 3 (50_).pdf\"; \
             filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20qu%C3%BD%203%20%2850%25%29.pdf"
        );
    }
}
