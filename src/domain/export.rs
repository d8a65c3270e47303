//! Why a list or a document does not leave as a file.

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFault {
    /// It has more than so many rows.
    TooManyRows(usize),
    /// The reader had many in the last hour; the next may be made in so many seconds.
    TooOften(u64),
    /// What makes PDF is not installed here.
    NoPdf,
}
