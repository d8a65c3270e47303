//! A day's reminders: the tasks that reached a step, and who is told of them.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::ladder::Told;
use crate::domain::lang::Lang;
use crate::domain::task::Category;

/// A task in progress whose deadline has a step on the day, with whom it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: Uuid,
    /// The code.
    pub code: String,
    /// The title.
    pub title: String,
    /// Key, routine or ad hoc.
    pub category: Category,
    /// The lead unit on the day.
    pub unit: Uuid,
    /// The deadline on the day.
    pub due_on: NaiveDate,
    /// Whether that is past.
    pub is_overdue: bool,
    /// By how many days.
    pub days_late: u32,
    /// The contact person.
    pub contact: Option<Uuid>,
    /// The staff it is given to.
    pub assignees: Vec<Uuid>,
    /// Who follows it in the office.
    pub follower: Option<Uuid>,
    /// The responsible leader.
    pub leader: Option<Uuid>,
}

/// To whom a reminder goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// A person.
    Person(Uuid),
    /// The mailbox of a unit that has no head.
    Mailbox(Uuid),
    /// Nobody is there to be told of this unit's tasks.
    Nobody(Uuid),
}

/// A task in a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its place among the day's tasks.
    pub task: usize,
    /// The day it was to be told.
    pub told_on: NaiveDate,
    /// As what the recipient is told.
    pub told: Told,
    /// Whether the recipient's digest of the day has it anyway.
    pub in_digest: bool,
}

/// What one recipient is told on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// To whom.
    pub recipient: Recipient,
    /// The person's name, or the unit's.
    pub name: String,
    /// The address; empty when there is nobody.
    pub address: String,
    /// The language of the letter.
    pub lang: Lang,
    /// The tasks, the worst first.
    pub items: Vec<Item>,
}

/// Why somebody gets no reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    /// No post and no mailbox is there to be told.
    NobodyToTell,
    /// The address can't be written to.
    BadAddress,
    /// The digest of the day says it.
    InDigest,
    /// Nothing is left to be told: completed, extended, or somebody else's by now.
    NothingLeft,
    /// They want to be reminded of what is overdue alone.
    NotWanted,
}

impl Skip {
    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NobodyToTell => "nobody_to_tell",
            Self::BadAddress => "bad_address",
            Self::InDigest => "in_digest",
            Self::NothingLeft => "nothing_left",
            Self::NotWanted => "not_wanted",
        }
    }
}
