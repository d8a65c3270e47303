//! Directing opinions and requests for explanation (ý kiến chỉ đạo, yêu cầu giải trình): a leader, or the Office in a
//! leader's name, says something about a task; the unit that leads it answers; whoever said it, or the Office, closes it
//! or asks again.
//!
//! What must stay true: an answer is given once; asking again closes what was asked and follows it; every act raises the
//! task's version and stands in its journal.

mod acts;
mod input;
mod list;
mod model;
pub mod report;
mod store;

pub use acts::{answer, ask_again, ask_of_unit, close, give};
pub use input::{AnswerTyped, OpinionTyped};
pub use list::{OpinionFilter, may_close, of_task, one, select};
pub use model::Opinion;
