//! The words of the document in the order of the decree: letterhead, heading, addressees, sections, recipients and
//! signature, appendices.

use super::chart::Charts;
use super::form::{BODY, CAPITALS, HEAD, RECIPIENTS, SPACES};
use super::page::Page;
use super::paragraph::{Align, Look, rule, runs, words};
use super::table::{grid, row, table};
use crate::documents::model::{Appendix, Block, Document, Heading, Letterhead, Run, Signature};
use crate::documents::report::{LABELS, NATION, accompanies, upper};
use crate::documents::xml::Xml;

/// The head's two columns, together the room between the margins of a page.
const COLUMNS: [u32; 2] = [4_250, Page::Portrait.room() - 4_250];
/// The rules: under the issuing body, under the motto as wide as it is, under the subject.
const ISSUER_RULE: u32 = 1_500;
const MOTTO_RULE: u32 = 3_300;
const SUBJECT_RULE: u32 = 2_400;
/// Room for a signature.
const SIGNATURE: u32 = 1_400;

/// The part of the package that holds the words.
pub(super) fn part(document: &Document, charts: &mut Charts) -> Vec<u8> {
    Xml::part("w:document", &SPACES, |xml| {
        xml.nest("w:body", &[], |xml| {
            letterhead(xml, &document.letterhead, &document.heading);
            heading(xml, &document.heading);
            addressees(xml, &document.addressees);
            blocks(xml, &document.opening, Page::Portrait, charts);
            for section in &document.sections {
                words(xml, Look::HEADING, &section.heading);
                blocks(xml, &section.blocks, Page::Portrait, charts);
            }
            ending(xml, &document.recipients, &document.signature);
            let mut pages = (Page::Portrait, false);
            for appendix in &document.appendices {
                end_pages(xml, pages);
                pages = (Page::of(appendix), true);
                write_appendix(xml, appendix, document, charts);
            }
            pages.0.section(xml, pages.1);
        });
    })
}

/// Ends the pages before an appendix.
fn end_pages(xml: &mut Xml, (page, is_appendix): (Page, bool)) {
    xml.nest("w:p", &[], |xml| {
        xml.nest("w:pPr", &[], |xml| {
            xml.raw("<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>");
            xml.raw("<w:rPr><w:sz w:val=\"2\"/></w:rPr>");
            page.section(xml, is_appendix);
        });
    });
}

/// Two columns without borders: rows of a left and a right cell.
fn columns(xml: &mut Xml, rows: impl FnOnce(&mut Xml)) {
    const NO_SPACE: &str =
        "<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>";
    grid(xml, &COLUMNS, "", NO_SPACE, rows);
}

fn pair(xml: &mut Xml, left: impl FnOnce(&mut Xml), right: impl FnOnce(&mut Xml)) {
    row(xml, false, |xml| {
        top_cell(xml, COLUMNS[0], left);
        top_cell(xml, COLUMNS[1], right);
    });
}

fn top_cell(xml: &mut Xml, width: u32, inner: impl FnOnce(&mut Xml)) {
    xml.nest("w:tc", &[], |xml| {
        let width = width.to_string();
        xml.nest("w:tcPr", &[], |xml| xml.empty("w:tcW", &[("w:w", &width), ("w:type", "dxa")]));
        inner(xml);
    });
}

/// The bodies beside the nation, and below them the number beside place and day, on one line whatever stands above.
fn letterhead(xml: &mut Xml, head: &Letterhead, heading: &Heading) {
    let capitals = Look::centered(CAPITALS);
    let line = Look::centered(HEAD);
    let bodies = |xml: &mut Xml| {
        if let Some(superior) = &head.superior {
            words(xml, capitals, &upper(superior));
        }
        words(xml, capitals.bold(), &upper(&head.issuer));
        rule(xml, ISSUER_RULE, COLUMNS[0], false);
    };
    let nation = |xml: &mut Xml| {
        words(xml, capitals.bold(), &upper(NATION[0]));
        words(xml, line.bold(), NATION[1]);
        rule(xml, MOTTO_RULE, COLUMNS[1], false);
    };
    let number = |xml: &mut Xml| {
        words(xml, line.before(120), &format!("{} {}", LABELS[0], head.full_number()));
        if let Heading::Letter { subject } = heading {
            words(xml, capitals.before(60), subject);
        }
    };
    let place = |xml: &mut Xml| words(xml, line.italic().before(120), &head.place_and_date());
    columns(xml, |xml| {
        pair(xml, bodies, nation);
        pair(xml, number, place);
    });
}

fn heading(xml: &mut Xml, heading: &Heading) {
    let Heading::Report { kind, subject } = heading else { return };
    words(xml, Look::centered(BODY).bold().before(360).kept(), &upper(kind));
    words(xml, Look::centered(BODY).bold().kept(), subject);
    rule(xml, SUBJECT_RULE, Page::Portrait.room(), true);
}

/// One addressee beside the label, several below it with a dash each.
fn addressees(xml: &mut Xml, addressees: &[String]) {
    match addressees {
        [] => {}
        [only] => words(xml, Look::centered(BODY).before(240).after(120), &format!("{} {only}", LABELS[1])),
        several => {
            words(xml, Look::centered(BODY).before(240), LABELS[1]);
            for (at, addressee) in (1..).zip(several) {
                let end = if at == several.len() { '.' } else { ';' };
                let look = Look { first_line: 2 * super::form::FIRST_LINE, ..Look::left(BODY) };
                words(xml, look, &format!("- {addressee}{end}"));
            }
        }
    }
    words(xml, Look::left(6), "");
}

fn blocks(xml: &mut Xml, blocks: &[Block], page: Page, charts: &mut Charts) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => runs(xml, Look::BODY, &paragraph.runs),
            Block::Table(of) => {
                charts.draw(xml, of, page);
                table(xml, of, page);
            }
        }
    }
}

fn ending(xml: &mut Xml, recipients: &[String], signature: &Signature) {
    words(xml, Look::left(8).kept(), "");
    let signer = Look::centered(BODY).bold();
    let places = |xml: &mut Xml| {
        words(xml, Look::left(CAPITALS).bold().italic(), LABELS[2]);
        for line in recipients {
            words(xml, Look::left(RECIPIENTS), line);
        }
    };
    let signed = |xml: &mut Xml| {
        if let Some(authority) = &signature.authority {
            words(xml, signer, &upper(authority));
        }
        words(xml, signer, &upper(&signature.signer));
        words(xml, signer.before(SIGNATURE), signature.name.as_deref().unwrap_or_default());
    };
    columns(xml, |xml| pair(xml, places, signed));
}

fn write_appendix(xml: &mut Xml, appendix: &Appendix, document: &Document, charts: &mut Charts) {
    let page = Page::of(appendix);
    words(xml, Look::centered(BODY).bold().kept(), &appendix.label);
    words(xml, Look::centered(HEAD).bold().kept(), &upper(&appendix.title));
    let note = [Run { text: accompanies(document), italic: true, bold: false }];
    runs(xml, Look::centered(HEAD).align(Align::Center).kept(), &note);
    rule(xml, SUBJECT_RULE, page.room(), true);
    words(xml, Look::left(6).kept(), "");
    blocks(xml, &appendix.blocks, page, charts);
}
