//! The sentences of letters, in the reader's language.

mod digest;
mod reminder;

pub use digest::{Counts, DigestWords, not_sent, not_working, planning_elsewhere, reader_line};
pub use reminder::{ReminderWords, Urgency, day_count, not_reminded, told};
