//! The briefing as a document: the parts as sections, the wide tables as appendices.

use super::{Part, Sheet, parts};
use crate::briefings::publish::Rendered;
use crate::briefings::whole::Whole;
use crate::db::TenantConn;
use crate::documents::{
    self, Appendix, Block, Document, Field, Heading, Letterhead, Paragraph, Section, Signature, Table, report,
};
use crate::domain::paper::DocumentKind;
use crate::error::Result;
use crate::text::{Lang, paper};

/// The tables that stand behind the signature, in their order there.
const APPENDED: [&str; 6] = ["headline", "units", "overdue", "next", "government", "extensions"];

/// The documents that are made when a briefing is published; a PDF is made of the first when it is first asked for.
const PUBLISHED: [DocumentKind; 3] = [DocumentKind::Docx, DocumentKind::Xlsx, DocumentKind::Text];

/// The whole as a document, in Vietnamese as documents of the state are.
pub fn document(whole: &Whole) -> Document {
    let mut appended = Vec::new();
    let parts = parts(Lang::Vi, whole);
    let mut sections: Vec<Section> = parts.into_iter().map(|part| section(part, &mut appended)).collect();
    appended.sort_by_key(|(sheet, _)| APPENDED.iter().position(|key| *key == sheet.key));
    refer(&mut sections, &appended);
    end(&mut sections);
    Document {
        sections,
        appendices: appended.into_iter().enumerate().map(appendix).collect(),
        fields: fields(whole),
        ..frame(whole)
    }
}

/// What stands around the parts: letterhead, heading and addressees before them, recipients and signature behind.
pub fn frame(whole: &Whole) -> Document {
    let superior = whole.superior.as_ref().unwrap_or(&whole.tenant);
    let cutoff = whole.figures.cut.cutoff;
    Document {
        letterhead: Letterhead {
            superior: Some(superior.clone()),
            issuer: paper::OFFICE.to_owned(),
            number: whole.named.as_ref().map(|named| named.number),
            symbol: paper::SYMBOL.to_owned(),
            place: whole.place.clone(),
            dated: whole.named.as_ref().map_or(cutoff, |named| named.published_on),
        },
        heading: Heading::Report {
            kind: paper::REPORT.to_owned(),
            subject: paper::subject(whole.figures.cut.month),
        },
        addressees: vec![paper::addressee(&whole.tenant)],
        opening: vec![Block::words(paper::begins(cutoff))],
        sections: Vec::new(),
        recipients: paper::RECIPIENTS.map(str::to_owned).to_vec(),
        signature: Signature { authority: None, signer: paper::SIGNER.to_owned(), name: None },
        appendices: Vec::new(),
        fields: Vec::new(),
    }
}

/// Says at the end of each section which appendices have its tables.
fn refer(sections: &mut [Section], appended: &[(Sheet, &'static str)]) {
    for section in sections {
        let of_section = appended.iter().enumerate().filter(|(_, (_, key))| *key == section.key);
        let labels: Vec<String> = of_section.map(|(place, _)| paper::appendix(place + 1)).collect();
        if !labels.is_empty() {
            let words = Block::words(paper::details(&labels));
            let last = section.blocks.iter().rposition(|block| matches!(block, Block::Paragraph(_)));
            section.blocks.insert(last.map_or(0, |last| last + 1), words);
        }
    }
}

/// The last paragraph of the running text ends with `./.`.
fn end(sections: &mut [Section]) {
    let blocks = sections.iter_mut().rev().flat_map(|section| section.blocks.iter_mut().rev());
    let last = blocks.filter_map(|block| match block {
        Block::Paragraph(Paragraph { runs }) => runs.last_mut(),
        Block::Table(_) => None,
    });
    if let Some(run) = last.into_iter().next() {
        run.text = format!("{}./.", run.text.trim_end_matches(['.', ';', ' ']));
    }
}

fn section(part: Part, appended: &mut Vec<(Sheet, &'static str)>) -> Section {
    let mut blocks: Vec<Block> = part.paragraphs.into_iter().map(Block::words).collect();
    for sheet in part.tables {
        if APPENDED.contains(&sheet.key) {
            appended.push((sheet, part.key));
        } else {
            blocks.push(Block::Table(sheet.into()));
        }
    }
    Section { key: part.key, heading: part.heading, blocks }
}

fn appendix((place, (sheet, _)): (usize, (Sheet, &'static str))) -> Appendix {
    let label = paper::appendix(place + 1);
    let title = sheet.caption.clone();
    let table = Table { caption: None, ..sheet.into() };
    Appendix { label, title, blocks: vec![Block::Table(table)] }
}

impl From<Sheet> for Table {
    fn from(sheet: Sheet) -> Self {
        let cells = |row: Vec<super::Figure>| row.into_iter().map(|figure| figure.cell).collect();
        Self {
            key: sheet.key,
            sheet: sheet.name,
            caption: Some(sheet.caption),
            columns: sheet.columns,
            rows: sheet.rows.into_iter().map(cells).collect(),
            totals: sheet.totals.map(cells),
            chart: sheet.chart,
        }
    }
}

fn fields(whole: &Whole) -> Vec<Field> {
    paper::fields(&whole.figures)
        .into_iter()
        .map(|(tag, name, text)| Field { tag, name: name.to_owned(), text })
        .collect()
}

/// The documents that are kept of a published briefing, in the tenant's own form where there is one.
///
/// # Errors
/// One can't be made.
pub fn rendered(conn: &mut TenantConn<'_>, whole: &Whole) -> Result<Vec<Rendered>> {
    PUBLISHED.into_iter().map(|kind| Ok(Rendered { kind, bytes: file(conn, whole, kind)? })).collect()
}

/// A briefing as a file; for [`DocumentKind::Pdf`] the file of Word of which it is made.
///
/// # Errors
/// It can't be made.
pub fn file(conn: &mut TenantConn<'_>, whole: &Whole, kind: DocumentKind) -> Result<Vec<u8>> {
    let document = document(whole);
    match kind {
        DocumentKind::Docx | DocumentKind::Pdf => {
            documents::word(&document, documents::current_template(conn)?.as_ref())
        }
        DocumentKind::Xlsx => documents::xlsx(&document),
        DocumentKind::Text => Ok(report::plain(&document).into_bytes()),
    }
}
