//! Giving tasks and putting right what they say.
//!
//! What must stay true: a task is given with exactly one lead unit that exists; its original deadline stays for ever once
//! an extension was decided, and is put right before that only with a reason; what looks like a slip is asked about once
//! and never refused.

mod create;
mod edit;
mod new;
mod read;
mod typed;
mod warn;

pub use create::create;
pub use edit::{edit, present};
pub use new::{NewTask, Source, write_new};
pub use read::Naming;
pub use typed::TaskTyped;
pub use warn::{Similar, Warning};

use crate::tasks::TaskRow;

/// What became of a task that somebody entered.
#[derive(Debug, Clone, PartialEq)]
pub enum Entered {
    /// It is written, in spite of these warnings.
    Done(Box<TaskRow>, Vec<Warning>),
    /// Nothing is written: these warnings have to be heeded first.
    Asked(Vec<Warning>),
}
