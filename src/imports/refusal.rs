//! Why a whole file is refused. Codes with values; `text/imports.rs` words them.

use super::fields::Field;

/// What a file that is no .xlsx workbook looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The binary format of Excel 97–2003.
    Xls,
    /// A workbook behind a password.
    Encrypted,
    /// The binary format .xlsb.
    Xlsb,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A zip file that is no workbook.
    Zip,
    /// Anything else: text, CSV, a picture.
    Other,
}

/// A heading that no field claims, with the field it may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unrecognised {
    /// The heading's words (group and sub-heading joined by " / ").
    pub heading: String,
    /// The heading's cell, such as `G5`.
    pub cell: String,
    /// The field it most likely means.
    pub guess: Option<Field>,
}

/// A sheet that looks like tasks and lacks obligatory columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProblem {
    /// The sheet's name.
    pub sheet: String,
    /// The row taken for the heading, 1-based.
    pub row: u32,
    /// The obligatory fields that no heading claims.
    pub missing: Vec<Field>,
    /// The headings that might have meant them.
    pub unrecognised: Vec<Unrecognised>,
    /// (heading, cell, field) of the columns that are understood: one of them may be misunderstood.
    pub recognised: Vec<(String, String, Field)>,
}

/// Why the file is refused before any row is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The upload is larger than the limit, in bytes.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// It is no .xlsx workbook.
    NotXlsx(Found),
    /// The package holds more parts than a workbook has.
    TooManyParts {
        /// The limit.
        limit: usize,
    },
    /// Unpacked, it would be larger than the limit, in bytes.
    Unpacked {
        /// The limit in bytes.
        limit: u64,
    },
    /// A part is packed far more tightly than any sheet is.
    Ratio {
        /// The part's name.
        part: String,
    },
    /// A part declares a document type, entities, a strange encoding or an absurd size.
    Suspicious {
        /// The part's name.
        part: String,
    },
    /// The package or a sheet can't be read.
    Damaged {
        /// What the reader said, in its own words.
        detail: String,
    },
    /// A cell with content lies beyond the rows or columns that are read.
    Beyond {
        /// The sheet's name.
        sheet: String,
        /// The cell, such as `BA7`.
        cell: String,
        /// The last row read.
        rows: u32,
        /// The number of columns read.
        columns: u32,
    },
    /// More cells with content than the limit.
    TooManyCells {
        /// The limit.
        limit: usize,
    },
    /// No sheet has the obligatory columns; the best candidate's problem, if any sheet has headings.
    NoTaskSheet {
        /// The sheet that came nearest.
        best: Option<SheetProblem>,
    },
    /// Two headings of one sheet mean the same field equally well.
    Ambiguous {
        /// The sheet's name.
        sheet: String,
        /// The field both mean.
        field: Field,
        /// The headings with their cells.
        headings: Vec<(String, String)>,
    },
    /// A `--map` names a heading that no sheet has.
    MapUnused {
        /// The heading as given.
        heading: String,
    },
}
