//! Work that comes again, and its turns.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::calendar::{RollRule, WorkingCalendar};
use crate::domain::recurrence::{Occurrence, Rule};
use crate::domain::task::{Category, ProductKind};

/// What is given each time, to whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurringWork {
    /// What is to be done; each task's title says its turn as well.
    pub title: String,
    /// Key, routine or ad hoc.
    pub category: Category,
    /// The source document's number.
    pub source_number: Option<String>,
    /// Its date.
    pub source_date: Option<NaiveDate>,
    /// The lead unit.
    pub unit: Uuid,
    /// The units that coordinate.
    pub coordinating: Vec<Uuid>,
    /// The responsible leader.
    pub leader: Option<Uuid>,
    /// Who follows it in the Office.
    pub follower: Option<Uuid>,
    /// Who does it, in the lead unit.
    pub assignees: Vec<Uuid>,
    /// What it ends in.
    pub product: ProductKind,
    /// When it comes.
    pub rule: Rule,
    /// How many working days before its deadline a task appears.
    pub notice_days: u32,
    /// The first day that the rule may name.
    pub from_on: NaiveDate,
    /// The last one.
    pub until_on: Option<NaiveDate>,
}

/// Work that comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// Its id.
    pub id: Uuid,
    /// What comes, and when.
    pub work: RecurringWork,
    /// What the rule names before this day is not made up for.
    pub acts_from: NaiveDate,
    /// Since when nothing comes.
    pub paused_on: Option<NaiveDate>,
    /// In whose name its tasks are given.
    pub actor: String,
    /// Raised by each change.
    pub version: i32,
}

impl Recurrence {
    /// Such work from a day on.
    pub(super) fn new(id: Uuid, work: RecurringWork, actor: String, acts_from: NaiveDate) -> Self {
        Self { id, work, acts_from, paused_on: None, actor, version: 1 }
    }

    /// The turns from `acts_from` on, the earliest first.
    pub fn turns<'a>(
        &self,
        calendar: &'a WorkingCalendar,
        roll: RollRule,
    ) -> impl Iterator<Item = Occurrence> + use<'a> {
        let work = &self.work;
        let until = work.until_on.unwrap_or(NaiveDate::MAX);
        let from = work.from_on.max(self.acts_from);
        work.rule.occurrences(calendar, roll, from).take_while(move |one| one.named_on <= until)
    }

    /// The day on which the task of a turn appears.
    pub fn appears_on(&self, turn: &Occurrence, calendar: &WorkingCalendar) -> NaiveDate {
        calendar.soon_from(turn.due_on, self.work.notice_days).max(self.acts_from)
    }
}

/// A turn that is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    /// The turn.
    pub turn: Occurrence,
    /// When its task appears.
    pub appears_on: NaiveDate,
}

/// What became of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnDone {
    /// The turn's code.
    pub turn: String,
    /// The day that the rule named.
    pub named_on: NaiveDate,
    /// Its task: the id, the code, the title.
    pub task: Option<(Uuid, String, String)>,
    /// Why it was left out.
    pub skipped_reason: Option<String>,
    /// When its task was made, or it was left out.
    pub done_on: NaiveDate,
}
