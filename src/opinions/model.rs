//! An opinion as it is read.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::opinion::{OpinionDates, OpinionKind, OpinionState};

/// Something said about a task, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Its id.
    pub id: Uuid,
    /// The task.
    pub task_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The short name of the unit that leads it now.
    pub unit: String,
    /// Its full name.
    pub unit_name: String,
    /// What it is.
    pub kind: OpinionKind,
    /// What was said.
    pub words: String,
    /// Who gave it, as the journal calls them.
    pub given_by: String,
    /// Their name; `None` for an API key.
    pub giver: Option<String>,
    /// The leader whose opinion it is.
    pub leader_id: Option<Uuid>,
    /// Their name.
    pub leader: Option<String>,
    /// The day.
    pub given_on: NaiveDate,
    /// By when it is to be answered, when it asks for an answer.
    pub answer_due_on: Option<NaiveDate>,
    /// The one that was asked again with this.
    pub follows_id: Option<Uuid>,
    /// The answer.
    pub answer: Option<String>,
    /// Who answered.
    pub answerer: Option<String>,
    /// When.
    pub answered_on: Option<NaiveDate>,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
}

impl Opinion {
    /// Which version of it this is: the answer and the end make others.
    pub fn version(&self) -> i32 {
        1 + i32::from(self.answered_on.is_some()) + i32::from(self.closed_on.is_some())
    }

    /// Its dates.
    pub fn dates(&self) -> OpinionDates {
        OpinionDates {
            answer_due_on: self.answer_due_on,
            answered_on: self.answered_on,
            closed_on: self.closed_on,
        }
    }

    /// How it stands.
    pub fn state(&self) -> OpinionState {
        self.dates().state()
    }
}
