//! Why a list does not leave as a file.

/// Why a list was not exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFault {
    /// It has more than so many rows.
    TooManyRows(usize),
    /// The reader had many in the last hour; the next may be made in so many seconds.
    TooOften(u64),
}
