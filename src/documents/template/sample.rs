//! A template to begin with: a plain page with a control for every tag there is, each under the name by which Word
//! shows it.

use super::FORM;
use crate::documents::docx::{Plain, plain_package};
use crate::documents::model::{Document, Table};
use crate::documents::xml::Xml;
use crate::error::Result;

/// The template whose controls are those that `specimen` fills.
///
/// # Errors
/// It can't be packed.
pub fn sample(specimen: &Document) -> Result<Vec<u8>> {
    plain_package(|xml, plain| {
        for (tag, name) in FORM {
            control(xml, plain, tag, name);
        }
        for section in &specimen.sections {
            plain.heading(xml, &section.heading);
            control(xml, plain, section.key, &section.heading);
        }
        for field in &specimen.fields {
            plain.line(xml, |xml| {
                plain.words(xml, &format!("{}: ", field.name));
                within(xml, field.tag, &field.name, |xml| plain.words(xml, &field.text));
            });
        }
        for table in specimen.tables() {
            plain.heading(xml, &table.sheet);
            rows(xml, plain, table);
        }
    })
}

/// A control around a paragraph, with its tag in it to be seen.
fn control(xml: &mut Xml, plain: &Plain, tag: &str, name: &str) {
    within(xml, tag, name, |xml| plain.line(xml, |xml| plain.words(xml, name)));
}

fn within(xml: &mut Xml, tag: &str, name: &str, inner: impl FnOnce(&mut Xml)) {
    xml.nest("w:sdt", &[], |xml| {
        xml.nest("w:sdtPr", &[], |xml| {
            xml.value("w:alias", "w:val", name);
            xml.value("w:tag", "w:val", tag);
        });
        xml.nest("w:sdtContent", &[], inner);
    });
}

/// The headings, and the one row that is repeated.
fn rows(xml: &mut Xml, plain: &Plain, table: &Table) {
    plain.table(xml, table, |xml, at| {
        if let Some(column) = table.columns.get(at) {
            let tag = format!("{}.{}", table.key, column.key);
            within(xml, &tag, &column.heading, |xml| plain.words(xml, &column.heading));
        }
    });
}
