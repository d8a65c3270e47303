//! A briefing's file on its way out: of a published one the bytes that are kept, of a draft what it says now.

use super::caller::Caller;
use super::download;
use super::problem::Failure;
use crate::briefings::{self, Days, Listed, draft, publish};
use crate::domain::paper::DocumentKind;
use crate::domain::period::Month;
use crate::papers;
use uuid::Uuid;

/// What was found, before a PDF is made of it.
struct Found {
    bytes: Vec<u8>,
    /// Whether the bytes are the file of Word of which the PDF is made.
    to_print: bool,
    /// The published briefing with which the PDF is kept.
    keep: Option<Uuid>,
}

/// The file of a month: of a published version, or of the draft. The PDF of a published version is made of its kept file
/// of Word when it is first asked for, outside any transaction, and kept from then on.
///
/// # Errors
/// There is no such version; LibreOffice is not installed, or it fails.
pub async fn paper(
    caller: &Caller,
    month: Month,
    version: Option<u32>,
    kind: DocumentKind,
) -> Result<Vec<u8>, Failure> {
    let service = caller.service().clone();
    let found = caller.run(move |conn, _, settings| {
        let is_pdf = kind == DocumentKind::Pdf;
        let Some(version) = version else {
            let days = Days { kind: settings.period_kind, today: settings.today(&service.app.clock) };
            let kept = draft::draft(conn, month)?;
            let request = publish::request(&kept, days);
            let whole = briefings::of_draft(conn, settings, request, &kept, Listed::Named)?;
            return Ok(Found { bytes: papers::file(conn, &whole, kind)?, to_print: is_pdf, keep: None });
        };
        let id = publish::version(conn, month, Some(version))?.id;
        let to_print = is_pdf && !publish::documents(conn, id)?.contains(&kind);
        let kind = if to_print { DocumentKind::Docx } else { kind };
        let keep = to_print.then_some(id);
        Ok(Found { bytes: publish::document(conn, id, kind)?, to_print, keep })
    });
    let Found { bytes, to_print, keep } = found.await?;
    if !to_print {
        return Ok(bytes);
    }
    let pdf = download::printed(caller.service(), bytes).await?;
    match keep {
        None => Ok(pdf),
        Some(id) => {
            caller.run(move |conn, member, _| publish::keep_pdf(conn, &member.actor(), id, pdf)).await
        }
    }
}
