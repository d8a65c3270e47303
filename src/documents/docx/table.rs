//! Tables: headings that come again on every page, rows that are never torn, figures at the right.

use super::form::TABLE;
use super::page::Page;
use super::paragraph::{Align, Look, words};
use crate::documents::model::{Cell, Table};
use crate::documents::report::shown;
use crate::documents::xml::Xml;

pub(super) const BORDERS: &str = "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\"/><w:left w:val=\"single\" w:sz=\"4\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\"/><w:right w:val=\"single\" w:sz=\"4\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\"/><w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders>";

/// The space within a cell at its left and right, in twentieths of a point.
pub(super) const INNER: &str =
    "<w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar>";

/// The space above and below the words of a cell.
const AIR: u32 = 40;

/// A table as wide as the page's room.
pub(super) fn table(xml: &mut Xml, table: &Table, page: Page) {
    if let Some(caption) = &table.caption {
        words(xml, Look::centered(TABLE).bold().before(120).after(60).kept(), caption);
    }
    let widths = widths(table, page.room());
    grid(xml, &widths, BORDERS, INNER, |xml| {
        row(xml, true, |xml| {
            for (column, width) in table.columns.iter().zip(&widths) {
                let look = Look::centered(TABLE).bold().before(AIR).after(AIR);
                cell(xml, *width, |xml| words(xml, look, &column.heading));
            }
        });
        for cells in &table.rows {
            row(xml, false, |xml| figures(xml, cells, &widths, false));
        }
        if let Some(totals) = &table.totals {
            row(xml, false, |xml| figures(xml, totals, &widths, true));
        }
    });
    words(xml, Look::left(6), "");
}

fn figures(xml: &mut Xml, cells: &[Cell], widths: &[u32], bold: bool) {
    for (value, width) in cells.iter().zip(widths) {
        let align = match value {
            value if value.is_text() => Align::Left,
            Cell::Date(_) | Cell::Dash => Align::Center,
            _ => Align::Right,
        };
        let look = Look { bold, ..Look::left(TABLE).align(align).before(AIR).after(AIR) };
        cell(xml, *width, |xml| words(xml, look, &shown(value)));
    }
}

/// The widths of the columns, together exactly the room.
pub(super) fn widths(table: &Table, room: u32) -> Vec<u32> {
    let asked = table.columns.iter().map(|column| u32::from(column.width).max(1));
    let all: u32 = asked.clone().sum::<u32>().max(1);
    let mut end = 0;
    let mut begun = 0;
    asked
        .map(|width| {
            end += width;
            let edge = room * end / all;
            edge - std::mem::replace(&mut begun, edge)
        })
        .collect()
}

/// A table with columns of these widths.
pub(super) fn grid(xml: &mut Xml, widths: &[u32], borders: &str, inner: &str, rows: impl FnOnce(&mut Xml)) {
    xml.nest("w:tbl", &[], |xml| {
        xml.nest("w:tblPr", &[], |xml| {
            let all = widths.iter().sum::<u32>().to_string();
            xml.empty("w:tblW", &[("w:w", &all), ("w:type", "dxa")]);
            xml.value("w:jc", "w:val", "center");
            xml.raw(borders);
            xml.value("w:tblLayout", "w:type", "fixed");
            xml.raw(inner);
        });
        xml.nest("w:tblGrid", &[], |xml| {
            for width in widths {
                xml.value("w:gridCol", "w:w", &width.to_string());
            }
        });
        rows(xml);
    });
}

/// A row that is never torn; a heading comes again on every page.
pub(super) fn row(xml: &mut Xml, is_heading: bool, cells: impl FnOnce(&mut Xml)) {
    xml.nest("w:tr", &[], |xml| {
        xml.raw("<w:trPr><w:cantSplit/>");
        if is_heading {
            xml.raw("<w:tblHeader/>");
        }
        xml.raw("</w:trPr>");
        cells(xml);
    });
}

/// A cell of a width.
pub(super) fn cell(xml: &mut Xml, width: u32, inner: impl FnOnce(&mut Xml)) {
    xml.nest("w:tc", &[], |xml| {
        xml.nest("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            xml.value("w:vAlign", "w:val", "center");
        });
        inner(xml);
    });
}
