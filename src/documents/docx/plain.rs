//! A file of Word without the form of the decree, for whoever writes its words otherwise: a template to begin with.

use super::form::{SPACES, TABLE};
use super::page::Page;
use super::paragraph::{Look, properties, words};
use super::table::{BORDERS, INNER, cell, grid, row, widths};
use super::{Charts, package};
use crate::documents::model::{Run, Table};
use crate::documents::xml::Xml;
use crate::error::Result;

/// The looks of such a file.
pub(in crate::documents) struct Plain;

/// A file whose words `inner` writes.
pub(in crate::documents) fn plain_package(inner: impl FnOnce(&mut Xml, &Plain)) -> Result<Vec<u8>> {
    let body = Xml::part("w:document", &SPACES, |xml| {
        xml.nest("w:body", &[], |xml| {
            inner(xml, &Plain);
            Page::Landscape.section(xml, false);
        });
    });
    package(body, None, Charts::default())
}

impl Plain {
    /// A heading.
    pub fn heading(&self, xml: &mut Xml, text: &str) {
        words(xml, Look::HEADING, text);
    }

    /// A paragraph whose words `inner` writes.
    pub fn line(&self, xml: &mut Xml, inner: impl FnOnce(&mut Xml)) {
        xml.nest("w:p", &[], |xml| {
            properties(xml, Look::BODY);
            inner(xml);
        });
    }

    /// Words of a paragraph.
    pub fn words(&self, xml: &mut Xml, text: &str) {
        super::paragraph::stretch(xml, Look::BODY, &Run::plain(text));
    }

    /// A table's headings and one row, whose cells `inner` writes by their places.
    pub fn table(&self, xml: &mut Xml, table: &Table, inner: impl Fn(&mut Xml, usize)) {
        let widths = widths(table, Page::Landscape.room());
        grid(xml, &widths, BORDERS, INNER, |xml| {
            row(xml, true, |xml| {
                for (column, width) in table.columns.iter().zip(&widths) {
                    cell(xml, *width, |xml| words(xml, Look::centered(TABLE).bold(), &column.heading));
                }
            });
            row(xml, false, |xml| {
                for (at, width) in widths.iter().enumerate() {
                    cell(xml, *width, |xml| {
                        xml.nest("w:p", &[], |xml| inner(xml, at));
                    });
                }
            });
        });
        words(xml, Look::left(6), "");
    }
}
