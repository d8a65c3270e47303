//! A long list as text with commas (RFC 4180), in UTF-8 with the mark by which Excel knows it: written row by row. What a
//! spreadsheet would take for a formula gets an apostrophe in front.

use std::io::{BufWriter, Write};

use super::model::{Cell, Column};
use super::report::shown;
use crate::domain::words::as_cell;
use crate::error::{Error, Result};

const MARK: &[u8] = "\u{feff}".as_bytes();

/// A text that grows.
pub struct CsvStream<W: Write>(csv::Writer<BufWriter<W>>);

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a table can't be written: {error}"))
}

impl<W: Write> CsvStream<W> {
    /// Begins with the headings.
    ///
    /// # Errors
    /// It can't be written.
    pub fn begin(columns: &[Column], to: W) -> Result<Self> {
        let mut to = BufWriter::new(to);
        to.write_all(MARK).map_err(failed)?;
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
        csv.write_record(columns.iter().map(|column| as_cell(&column.heading).into_owned()))
            .map_err(failed)?;
        Ok(Self(csv))
    }

    /// Writes the next row.
    ///
    /// # Errors
    /// It can't be written.
    pub fn row(&mut self, cells: &[Cell]) -> Result<()> {
        for cell in cells {
            self.0.write_field(plain(cell)).map_err(failed)?;
        }
        self.0.write_record(None::<&[u8]>).map_err(failed)
    }

    /// Ends it.
    ///
    /// # Errors
    /// It can't be written.
    pub fn finish(mut self) -> Result<()> {
        self.0.flush().map_err(failed)
    }
}

/// Numbers without dots between the thousands, so that a program reads them.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => as_cell(text).into_owned(),
        Cell::Number(n) => n.to_string(),
        Cell::Change(n) => n.to_string(),
        Cell::Days(n) => n.to_string(),
        Cell::Tenths(n) | Cell::Points(n) => format!("{}.{}", n / 10, n % 10),
        Cell::Blank | Cell::Dash | Cell::Date(_) => shown(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_compute_nothing_and_line_ends_stay_in_their_cell() {
        let column = |heading: &str| Column { key: "k", heading: heading.to_owned(), width: 1 };
        let mut out = Vec::new();
        let mut sheet = CsvStream::begin(&[column("Mã"), column("Số")], &mut out).unwrap();
        sheet.row(&[Cell::Text("=1+1".to_owned()), Cell::Number(12_345)]).unwrap();
        sheet.row(&[Cell::Text("a,\"b\"\nc".to_owned()), Cell::Tenths(713)]).unwrap();
        sheet.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\u{feff}Mã,Số\r\n'=1+1,12345\r\n\"a,\"\"b\"\"\nc\",71.3\r\n");
    }
}
