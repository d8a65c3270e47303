//! A briefing's file on its way out: of a published one the bytes that are kept, of a draft what it says now.

use super::caller::Caller;
use super::download;
use super::problem::Failure;
use crate::briefings::{self, Days, Listed, draft, publish};
use crate::domain::paper::DocumentKind;
use crate::domain::period::Month;
use crate::papers;
use uuid::Uuid;

/// Which file of a briefing.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    /// The month.
    pub month: Month,
    /// The published version; `None`: the draft.
    pub version: Option<u32>,
    /// What it is.
    pub kind: DocumentKind,
}

/// What was found, before a PDF is made of it.
struct Found {
    bytes: Vec<u8>,
    /// Whether the bytes are the file of Word of which the PDF is made.
    to_print: bool,
    /// The published briefing with which the PDF is kept.
    keep: Option<Uuid>,
}

/// The file of a month that `asked` reads from an address, once it is known that the caller may. The PDF of a published version is made of its kept file
/// of Word when it is first asked for, outside any transaction, and kept from then on.
///
/// # Errors
/// There is no such version; LibreOffice is not installed, or it fails.
pub async fn paper(
    caller: &Caller,
    asked: impl FnOnce() -> crate::error::Result<Paper> + Send + 'static,
) -> Result<(Paper, Vec<u8>), Failure> {
    let service = caller.service().clone();
    let found = caller.run(move |conn, _, settings| {
        let paper = asked()?;
        let Paper { month, version, kind } = paper;
        let is_pdf = kind == DocumentKind::Pdf;
        let Some(version) = version else {
            let days = Days { kind: settings.period_kind, today: settings.today(&service.app.clock) };
            let kept = draft::draft(conn, month)?;
            let request = publish::request(&kept, days);
            let whole = briefings::of_draft(conn, settings, request, &kept, Listed::Named)?;
            return Ok((
                paper,
                Found { bytes: papers::file(conn, &whole, kind)?, to_print: is_pdf, keep: None },
            ));
        };
        let id = publish::version(conn, month, Some(version))?.id;
        let to_print = is_pdf && !publish::documents(conn, id)?.contains(&kind);
        let kind = if to_print { DocumentKind::Docx } else { kind };
        let keep = to_print.then_some(id);
        Ok((paper, Found { bytes: publish::document(conn, id, kind)?, to_print, keep }))
    });
    let (paper, Found { bytes, to_print, keep }) = found.await?;
    if !to_print {
        return Ok((paper, bytes));
    }
    let pdf = download::printed(caller.service(), bytes).await?;
    let bytes = match keep {
        None => pdf,
        Some(id) => {
            caller.run(move |conn, member, _| publish::keep_pdf(conn, &member.actor(), id, pdf)).await?
        }
    };
    Ok((paper, bytes))
}
