//! The briefing as a document: the parts as sections, the wide tables as appendices.

use super::{Part, Sheet, parts};
use crate::briefings::publish::Rendered;
use crate::briefings::whole::Whole;
use crate::db::TenantConn;
use crate::documents::{Appendix, Block, Document, Field, Heading, Letterhead, Section, Signature, Table};
use crate::domain::paper::DocumentKind;
use crate::error::Result;
use crate::text::{Lang, paper};

/// The tables that stand behind the signature.
const APPENDED: [&str; 5] = ["units", "overdue", "next", "government", "extensions"];

/// The whole as a document, in Vietnamese as documents of the state are.
pub fn document(whole: &Whole) -> Document {
    let lang = Lang::Vi;
    let mut appended = Vec::new();
    let sections: Vec<Section> =
        parts(lang, whole).into_iter().map(|part| section(part, &mut appended)).collect();
    let dated = whole.named.as_ref().map_or(whole.figures.cut.cutoff, |named| named.published_on);
    Document {
        letterhead: Letterhead {
            superior: Some(whole.tenant.clone()),
            issuer: paper::OFFICE.to_owned(),
            number: whole.named.as_ref().map(|named| named.number),
            symbol: paper::SYMBOL.to_owned(),
            place: None,
            dated,
        },
        heading: Heading::Report {
            kind: paper::REPORT.to_owned(),
            subject: paper::subject(whole.figures.cut.month),
        },
        addressees: Vec::new(),
        opening: Vec::new(),
        sections,
        recipients: paper::RECIPIENTS.map(str::to_owned).to_vec(),
        signature: Signature { authority: None, signer: paper::SIGNER.to_owned(), name: None },
        appendices: appended.into_iter().enumerate().map(appendix).collect(),
        fields: fields(whole),
    }
}

fn section(part: Part, appended: &mut Vec<Sheet>) -> Section {
    let mut blocks: Vec<Block> = part.paragraphs.into_iter().map(Block::words).collect();
    for sheet in part.tables {
        if APPENDED.contains(&sheet.key) {
            appended.push(sheet);
        } else {
            blocks.push(Block::Table(sheet.into()));
        }
    }
    Section { key: part.key, heading: part.heading, blocks }
}

fn appendix((place, sheet): (usize, Sheet)) -> Appendix {
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

/// The documents that are kept of a published briefing.
///
/// # Errors
/// One can't be made.
pub fn rendered(_: &mut TenantConn<'_>, whole: &Whole) -> Result<Vec<Rendered>> {
    let document = document(whole);
    let mut text = vec![document.heading.subject().to_owned()];
    for section in &document.sections {
        text.push(section.heading.clone());
        text.extend(section.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text()),
            Block::Table(_) => None,
        }));
    }
    Ok(vec![Rendered { kind: DocumentKind::Text, bytes: text.join("\n\n").into_bytes() }])
}
