//! The evaluation as a file: for Word, for Excel, as PDF.

use super::{address, strictly};
use crate::documents::{self, DOCX, Document, XLSX};
use crate::evaluations::{self, Asked, report};
use crate::http::{Caller, Failure, Visit, download};
use crate::pages::Link;
use crate::site::PageResult;

/// Where the files of what is asked are.
pub(super) fn links(asked: &Asked) -> Vec<Link> {
    [("Word", ".docx"), ("Excel", ".xlsx"), ("PDF", ".pdf")]
        .into_iter()
        .map(|(text, ending)| Link { text: text.to_owned(), href: address(ending, asked) })
        .collect()
}

/// The document, and what its file is called.
async fn made(caller: &Caller, visit: Visit) -> Result<(String, Document), Failure> {
    caller
        .run(move |conn, _, settings| {
            let asked = strictly(&visit, settings)?;
            let all = evaluations::evaluate(conn, &asked)?;
            let name = format!("danh-gia-{}", asked.review.span);
            Ok((name, report::document(settings, &all)))
        })
        .await
}

/// The evaluation for Word.
pub async fn docx(caller: Caller, visit: Visit) -> PageResult {
    let (name, document) = made(&caller, visit).await?;
    Ok(download::bytes(&format!("{name}.docx"), DOCX, documents::docx(&document)?))
}

/// The same for Excel.
pub async fn xlsx(caller: Caller, visit: Visit) -> PageResult {
    let (name, document) = made(&caller, visit).await?;
    Ok(download::bytes(&format!("{name}.xlsx"), XLSX, documents::xlsx(&document)?))
}

/// The same as PDF.
pub async fn pdf(caller: Caller, visit: Visit) -> PageResult {
    let (name, document) = made(&caller, visit).await?;
    download::pdf(caller.service(), &format!("{name}.pdf"), documents::docx(&document)?).await
}
