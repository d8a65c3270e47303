//! The sentences of letters, in the reader's language.

mod campaign;
mod digest;
mod reminder;
mod urge;

pub use campaign::CampaignWords;
pub use digest::{Counts, DigestWords, not_sent, not_working, reader_line, tallied};
pub use reminder::{ReminderWords, Urgency, day_count, not_reminded, told};
pub use urge::UrgeWords;
