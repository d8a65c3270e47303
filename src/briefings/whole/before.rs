//! What a briefing is compared with, and from where its flow begins.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::briefings::form;
use crate::domain::briefing::{Identity, Imbalance, balance};
use crate::domain::flow::Source;
use crate::domain::period::Month;

/// What came before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Where it is from.
    #[serde(with = "form::source")]
    pub source: Source,
    /// The month.
    #[serde(with = "form::month")]
    pub month: Month,
    /// Its cut-off.
    pub cutoff: NaiveDate,
    /// The version, of a published one.
    pub version: Option<u32>,
    /// Overdue key tasks.
    pub overdue: u64,
    /// Of them, those of each unit that had some.
    pub units: Vec<UnitBefore>,
    /// What the report that the opening was typed from said of all tasks, if that was typed too.
    pub totals: Option<ReportedTotals>,
}

/// What a report made elsewhere said of all key tasks, beside how many were overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedTotals {
    /// All of them.
    pub tasks: u64,
    /// Completed, on time or late.
    pub completed: u64,
    /// In progress, within term.
    pub within_term: u64,
    /// Without a deadline.
    pub no_deadline: u64,
    /// Outside the count.
    pub outside: u64,
}

impl ReportedTotals {
    /// Whether the parts sum to the whole.
    ///
    /// # Errors
    /// They don't.
    pub fn check(&self, overdue: u64) -> Result<(), Imbalance> {
        let parts = [self.completed, self.within_term, overdue, self.no_deadline, self.outside];
        balance(self.tasks, &parts).map_err(|parts| Imbalance {
            identity: Identity::Standings,
            figure: "tasks",
            unit: None,
            whole: self.tasks,
            parts,
        })
    }
}

impl Before {
    /// A unit's overdue tasks.
    pub fn of_unit(&self, unit: Uuid) -> u64 {
        self.units.iter().find(|before| before.unit == unit).map_or(0, |before| before.overdue)
    }
}

/// A unit at the cut-off before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitBefore {
    /// The unit.
    pub unit: Uuid,
    /// Overdue key tasks.
    pub overdue: u64,
}
