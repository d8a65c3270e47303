//! The steps of a task's life as use cases: each opens one task for whoever acts, asks `domain::life` whether the step
//! is possible, writes the dated fact and the row, and tells the journal, in one transaction.
//!
//! What must stay true: `status`, `due_on` and `completed_on` of the row are what its facts give at present; a fact says
//! the day it holds from, so that days before it stay as they were; every act raises the version by one.

mod confirm;
mod deed;
mod facts;
mod log;
mod read;
mod step;

pub use confirm::confirm_all;
pub(super) use deed::{Telling, entry, finish, named, told};
pub use log::{NoteTold, WaitingTold, assignees, log, name, waiting};
pub use read::{StepTyped, fields};
pub(super) use step::open_step;
pub use step::{possible_for, take_step};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::access::Acting;

/// Who acts, and on which day.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Who.
    pub acting: &'a Acting,
    /// The tenant's business day.
    pub today: NaiveDate,
}

/// One task as whoever acts has read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Its id.
    pub id: Uuid,
    /// The version they have read; `None` for an act that whatever was changed meanwhile does not matter to.
    pub version: Option<i32>,
}
