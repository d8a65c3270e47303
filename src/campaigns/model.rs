//! A campaign and its board.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use crate::domain::campaign::Reported;
use crate::domain::deadline::Precision;
use crate::domain::task::{Category, ProductKind};
use crate::tasks::{CampaignCounts, TaskListed};
use crate::units::Unit;

/// One directive given to many units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub id: Uuid,
    /// What each unit is to do.
    pub title: String,
    /// Key, routine or ad hoc.
    pub category: Category,
    /// The directive's number.
    pub source_number: Option<String>,
    /// Its date.
    pub source_date: Option<NaiveDate>,
    /// Who issued it.
    pub source_issuer: Option<String>,
    /// What each task ends in.
    pub product: ProductKind,
    /// The deadline as typed.
    pub due_words: String,
    /// How precise it is.
    pub precision: Precision,
    /// The deadline.
    pub due_on: NaiveDate,
    /// The day of assignment.
    pub assigned_on: NaiveDate,
    /// Since when no unit is added or urged, and why.
    pub closed: Option<(NaiveDate, String)>,
    /// Raised by each change.
    pub version: i32,
}

impl Campaign {
    /// Whether units may be added on a day: it is open, and its deadline is not over.
    pub fn takes_units(&self, day: NaiveDate) -> bool {
        self.closed.is_none() && day <= self.due_on
    }
}

/// A campaign in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignListed {
    /// The campaign.
    pub campaign: Campaign,
    /// How its tasks stand; `None` without any.
    pub counts: Option<CampaignCounts>,
}

/// A day on which a unit was urged.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Urge {
    /// Its task.
    pub task: Uuid,
    /// The day.
    pub on: NaiveDate,
    /// To how many people or mailboxes it was written.
    pub letters: i32,
}

/// A unit's line of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    /// The unit it was given to.
    pub unit: Unit,
    /// The unit that leads its task now.
    pub lead: Option<Unit>,
    /// Its task's id.
    pub task_id: Uuid,
    /// Its task as it stands on the day; `None`: it was deleted.
    pub task: Option<TaskListed>,
    /// Whether it has reported.
    pub reported: Reported,
    /// When it was urged, the latest first.
    pub urges: Vec<Urge>,
}

/// A campaign with a row a unit, in the order of the units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The campaign.
    pub campaign: Campaign,
    /// The rows.
    pub rows: Vec<BoardRow>,
}

impl Board {
    /// How many units have reported so.
    pub fn count(&self, reported: Reported) -> u64 {
        self.rows.iter().filter(|row| row.reported == reported).count() as u64
    }

    /// The rows that one click urges on a day: who owes a report and was not urged on it.
    pub fn to_urge(&self, day: NaiveDate) -> impl Iterator<Item = &BoardRow> {
        let is_due =
            move |row: &&BoardRow| row.reported.is_owing() && row.urges.iter().all(|urge| urge.on != day);
        self.rows.iter().filter(is_due)
    }
}
