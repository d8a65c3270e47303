//! The briefing as it is read: parts with sentences and tables, made once of a [`Whole`](crate::briefings::whole::Whole) for
//! page, print and documents.
//!
//! What must stay true: no figure is computed here that the whole does not hold; a page and a document that show the same
//! whole show the same cells; every number of a table that stands for tasks knows which they are ([`Rows`]).

pub mod clock;
mod compared;
mod document;
mod headline;
mod parts;
mod rows;
mod specimen;
mod tables;

pub use compared::compared;
pub use document::{document, file, frame, rendered};
pub use parts::parts;
pub use rows::{Rows, Which};
pub use specimen::specimen;

use crate::documents::{Cell, Chart, Column};

/// A part of the briefing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its tag in a template.
    pub key: &'static str,
    /// `I. Kết quả thực hiện`.
    pub heading: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Its tables.
    pub tables: Vec<Sheet>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its tag in a template.
    pub key: &'static str,
    /// What its sheet is called in a workbook.
    pub name: String,
    /// What stands above it.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; the first of them where the whole tells no more.
    pub rows: Vec<Vec<Figure>>,
    /// How many there are.
    pub all: u64,
    /// The sums.
    pub totals: Option<Vec<Figure>>,
    /// What is drawn of it.
    pub chart: Option<Chart>,
}

/// A cell with the tasks behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it says.
    pub cell: Cell,
    /// Which tasks it counts, or which task it is.
    pub rows: Option<Rows>,
}

impl Figure {
    /// A cell that counts no tasks.
    pub fn plain(cell: Cell) -> Self {
        Self { cell, rows: None }
    }

    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::plain(Cell::Text(text.into()))
    }

    /// A count of tasks; nought has none to show.
    pub fn count(count: u64, rows: Rows) -> Self {
        Self { cell: Cell::Number(count), rows: (count > 0).then_some(rows) }
    }
}
