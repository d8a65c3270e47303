//! A request and its tasks as they are read.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::extension;
use crate::domain::task::{ExtensionDecision, Status};

/// A letter that asks, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestListed {
    /// Its id.
    pub id: Uuid,
    /// The unit that asked.
    pub unit_id: Uuid,
    /// Its short name.
    pub unit: String,
    /// Its full name.
    pub unit_name: String,
    /// Who asked, as the journal calls them.
    pub asked_by: String,
    /// Their name; `None` for an API key.
    pub asker: Option<String>,
    /// The day it was asked.
    pub requested_on: NaiveDate,
    /// The letter's number.
    pub letter_number: Option<String>,
    /// The letter's date.
    pub letter_date: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// What it means for other work.
    pub effect: Option<String>,
    /// How many tasks it asks for.
    pub tasks: u64,
    /// How many of them are not decided.
    pub open: u64,
    /// How many were agreed to, also with another date.
    pub agreed: u64,
    /// How many were asked only when their deadline had passed.
    pub late: u64,
}

/// A letter with its tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The letter.
    pub letter: RequestListed,
    /// The tasks, in the order they were asked.
    pub tasks: Vec<RequestedTask>,
}

impl Request {
    /// Which version of it this is: each decision about a task of it makes another.
    pub fn version(&self) -> i32 {
        i32::try_from(self.letter.tasks - self.letter.open + 1).unwrap_or(i32::MAX)
    }

    /// Whether a task of it is not decided.
    pub fn is_open(&self) -> bool {
        self.letter.open > 0
    }
}

/// A task in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedTask {
    /// The row of the request.
    pub id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its status now.
    pub status: Status,
    /// The original deadline.
    pub original_due_on: Option<NaiveDate>,
    /// The deadline in force now.
    pub due_on: Option<NaiveDate>,
    /// The deadline when it was asked.
    pub due_then: Option<NaiveDate>,
    /// How often it had been extended when it was asked.
    pub earlier: u64,
    /// The day it was asked.
    pub requested_on: NaiveDate,
    /// The task's own reason.
    pub reason: Option<String>,
    /// The deadline wanted.
    pub wanted_due_on: NaiveDate,
    /// That deadline as typed.
    pub wanted_words: Option<String>,
    /// What was decided; `None` while it is open.
    pub decision: Option<ExtensionDecision>,
    /// The day of it.
    pub decided_on: Option<NaiveDate>,
    /// Who decided; `None` while it is open, and for an API key.
    pub decider: Option<String>,
    /// Why it was decided so.
    pub decision_reason: Option<String>,
    /// The deadline as decided.
    pub new_due_on: Option<NaiveDate>,
}

impl RequestedTask {
    /// Whether it was asked only when the deadline had passed.
    pub fn is_asked_late(&self) -> bool {
        extension::is_asked_late(self.due_then, self.requested_on)
    }
}
