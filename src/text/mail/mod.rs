//! The sentences of letters, in the reader's language.

mod digest;

pub use digest::{Counts, DigestWords, not_sent, not_working, reader_line, tallied};
