//! A document as Word opens it, in the form of Decree 30/2020.
//!
//! What must stay true: equal documents are equal bytes; nothing is linked from outside; every figure is the text of a
//! cell or a paragraph of the [`Document`].

mod body;
mod chart;
mod form;
mod page;
mod paragraph;
mod plain;
mod table;

use super::model::Document;
use super::parcel::pack;
use super::report::printed_day;
use super::xml::Xml;
use crate::error::Result;
use chart::Charts;
pub(super) use plain::{Plain, plain_package};

/// The media type of the file.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OF_OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The file.
///
/// # Errors
/// The document has more parts than a package may have.
pub fn docx(document: &Document) -> Result<Vec<u8>> {
    let mut charts = Charts::default();
    let body = body::part(document, &mut charts);
    package(body, Some(document), charts)
}

/// The package around the words of a file; `told` is what its properties tell of.
fn package(body: Vec<u8>, told: Option<&Document>, charts: Charts) -> Result<Vec<u8>> {
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(charts.count())),
        ("_rels/.rels".to_owned(), outer_relations()),
        ("docProps/core.xml".to_owned(), properties(told)),
        ("word/document.xml".to_owned(), body),
        ("word/_rels/document.xml.rels".to_owned(), relations(charts.count())),
        ("word/styles.xml".to_owned(), form::styles()),
        ("word/settings.xml".to_owned(), form::settings()),
        ("word/header1.xml".to_owned(), page::header()),
    ];
    for (at, bytes) in (1..).zip(charts.into_parts()) {
        parts.push((format!("word/charts/chart{at}.xml"), bytes));
    }
    pack(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

fn content_types(charts: usize) -> Vec<u8> {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    Xml::part("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")], |xml| {
        for (extension, kind) in
            [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")]
        {
            xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
        }
        let mut part = |name: &str, kind: &str| {
            xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        };
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        for (name, kind) in [
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("header1", "header"),
        ] {
            part(&format!("/word/{name}.xml"), &format!("{WORD}.{kind}+xml"));
        }
        for at in 1..=charts {
            part(
                &format!("/word/charts/chart{at}.xml"),
                "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            );
        }
    })
}

fn relation(xml: &mut Xml, id: &str, kind: &str, target: &str) {
    xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
}

fn outer_relations() -> Vec<u8> {
    const CORE: &str =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    Xml::part("Relationships", &[("xmlns", RELATIONS)], |xml| {
        relation(xml, "rId1", &format!("{OF_OFFICE}/officeDocument"), "word/document.xml");
        relation(xml, "rId2", CORE, "docProps/core.xml");
    })
}

fn relations(charts: usize) -> Vec<u8> {
    Xml::part("Relationships", &[("xmlns", RELATIONS)], |xml| {
        for kind in ["styles", "settings"] {
            relation(xml, &format!("rId-{kind}"), &format!("{OF_OFFICE}/{kind}"), &format!("{kind}.xml"));
        }
        relation(xml, page::HEADER, &format!("{OF_OFFICE}/header"), "header1.xml");
        for at in 1..=charts {
            let target = format!("charts/chart{at}.xml");
            relation(xml, &chart::relation(at), &format!("{OF_OFFICE}/chart"), &target);
        }
    })
}

/// Title and day, so that a file list shows what it is.
fn properties(told: Option<&Document>) -> Vec<u8> {
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    Xml::part("cp:coreProperties", &spaces, |xml| {
        xml.leaf("dc:language", &[], "vi-VN");
        let Some(document) = told else { return };
        let day = printed_day(document.letterhead.dated);
        xml.leaf("dc:title", &[], document.heading.subject());
        xml.leaf("dc:creator", &[], &document.letterhead.issuer);
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.leaf(name, &[("xsi:type", "dcterms:W3CDTF")], &day);
        }
    })
}
