//! Documents as an office sends them out: one neutral form, and the files made of it.

mod model;

pub use model::{
    Appendix, Block, Cell, Chart, Column, Document, Field, Heading, Letterhead, Paragraph, Run, Section,
    Signature, Table,
};
