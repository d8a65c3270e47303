//! The pure rules: deadline words, standing, working calendar, briefing statistics.
//!
//! Nothing here reads a clock, a file or a database, and nothing here words a sentence: results are
//! codes with values that `text/` puts into Vietnamese or English. Every rule is shared by the pages,
//! the documents and the command line, and is the oracle for the SQL that counts.

pub mod access;
pub mod attachment;
pub mod briefing;
pub mod bulk;
pub mod calendar;
pub mod campaign;
pub mod deadline;
pub mod delivery;
pub mod digest;
pub mod digest_day;
pub mod evaluation;
pub mod export;
pub mod extension;
pub mod flow;
pub mod ladder;
pub mod lang;
pub mod late_reason;
pub mod letter;
pub mod life;
pub mod opinion;
pub mod order;
pub mod outside;
pub mod paper;
pub mod password;
pub mod period;
pub mod preference;
pub mod prose;
pub mod public_days;
pub mod reckoning;
pub mod recurrence;
pub mod similarity;
pub mod slots;
pub mod standing;
pub mod task;
pub mod task_event;
pub mod template;
pub mod term;
pub mod two_factor;
mod vocabulary;
pub mod words;
