//! Documents as an office sends them out: one neutral form, and the files made of it.
//!
//! What must stay true: a rendering computes no figure and chooses no word beyond the form of Decree 30/2020; equal
//! documents are equal bytes.

mod csv;
mod docx;
mod kept;
mod model;
mod parcel;
mod pdf;
pub mod report;
mod store;
pub mod template;
#[cfg(test)]
mod tests;
mod xlsx;
mod xml;

pub use csv::CsvStream;
pub use docx::{MEDIA_TYPE as DOCX, docx};
pub use kept::{Template, current_template, put_template, withdraw_template, word};
pub use model::{
    Appendix, Block, Cell, Chart, Column, Document, Field, Heading, Letterhead, Paragraph, Run, Section,
    Signature, Table,
};
pub use pdf::pdf;
pub use xlsx::stream::SheetStream;
pub use xlsx::{MEDIA_TYPE as XLSX, xlsx};
