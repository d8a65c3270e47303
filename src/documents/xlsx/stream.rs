//! A long list as one sheet, written row by row: of the rows behind nothing is held in memory.

use std::io::{Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::cells::{self, Looks, put};
use super::{failed, print_set_up};
use crate::documents::model::{Cell, Column};
use crate::error::Result;

/// A sheet that grows.
pub struct SheetStream {
    book: Workbook,
    columns: Vec<Column>,
    looks: Looks,
    row: u32,
}

impl SheetStream {
    /// Begins with the headings; rows wait in a nameless file below `scratch` until the end.
    ///
    /// # Errors
    /// There is no room for the file, or no workbook takes the sheet's name.
    pub fn begin(name: &str, columns: &[Column], scratch: &Path) -> Result<Self> {
        let mut book = Workbook::new();
        let looks = Looks::default();
        let made: std::result::Result<(), XlsxError> = (|| {
            book.set_tempdir(scratch)?;
            let sheet = book.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            for (at, column) in (0..).zip(columns) {
                sheet.set_column_width(at, cells::width(column.width))?;
            }
            print_set_up(sheet, 0)?;
            sheet.set_row_height(0, cells::height(cells::headings(columns)))?;
            for (at, column) in (0..).zip(columns) {
                sheet.write_string_with_format(0, at, &column.heading, &looks.heading)?;
            }
            Ok(())
        })();
        made.map_err(failed)?;
        Ok(Self { book, columns: columns.to_vec(), looks, row: 0 })
    }

    /// Writes the next row.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn row(&mut self, values: &[Cell]) -> Result<()> {
        self.row += 1;
        let (row, looks) = (self.row, &self.looks);
        let sheet: &mut Worksheet = self.book.worksheet_from_index(0).map_err(failed)?;
        let height = cells::height(cells::texts(values, &self.columns));
        sheet.set_row_height(row, height).map_err(failed)?;
        for (at, cell) in (0..).zip(values) {
            put(sheet, row, at, cell, looks.of(cell)).map_err(failed)?;
        }
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// There is no room for the file.
    pub fn finish(mut self, to: impl Write + Seek + Send) -> Result<()> {
        self.book.save_to_writer(to).map_err(failed)
    }
}
