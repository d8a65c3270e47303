//! The flow of overdue tasks from one briefing to the next (DOMAIN §3): opening, what was added, what went, closing.
//!
//! What must stay true: each task that is overdue in the opening or in the closing stands on exactly one line, and
//! the lines sum from the one to the other, in the whole and in each unit. A task that no line explains is named in
//! [`Flow::unplaced`]; nothing is published then.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::briefing::{Identity, Imbalance};
use super::standing::{Standing, StandingView};
use super::task::Status;
use super::vocabulary::vocabulary;

vocabulary! {
    /// Why a task is in the opening, in the closing, or in both.
    Line {
        /// Overdue in both, led by the same unit.
        StillOverdue = "still_overdue",
        /// Overdue in both, moved to another unit meanwhile.
        Moved = "moved",
        /// Its deadline passed.
        NewlyOverdue = "newly_overdue",
        /// It was outside the count and is overdue since it came back.
        Resumed = "resumed",
        /// It was reported in time or completed; that was sent back or taken back.
        SentBack = "sent_back",
        /// It has become a key task.
        MadeKey = "made_key",
        /// By what is known now it was overdue already in the opening, which did not have it.
        CorrectedIn = "corrected_in",
        /// Completed.
        Completed = "completed",
        /// A report handed in by the deadline waits for confirmation.
        Reported = "reported",
        /// It has a later deadline.
        Extended = "extended",
        /// Cancelled, returned or transferred.
        Withdrawn = "withdrawn",
        /// Paused.
        Suspended = "suspended",
        /// It is a key task no longer.
        MadeOther = "made_other",
        /// Deleted.
        Deleted = "deleted",
        /// By what is known now it was not overdue in the opening, which had it.
        CorrectedOut = "corrected_out",
    }
}

vocabulary! {
    /// Where an opening comes from.
    Source {
        /// From the briefing published before.
        Published = "published",
        /// Computed as of the cut-off before, by what is known now.
        Computed = "computed",
        /// Typed by an office that began in mid-year.
        Typed = "typed",
    }
}

/// What a line does to the number of overdue tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// In both opening and closing.
    Stays,
    /// In the closing alone.
    Adds,
    /// In the opening alone.
    Takes,
}

impl Line {
    /// What it does.
    pub fn effect(self) -> Effect {
        match self {
            Self::StillOverdue | Self::Moved => Effect::Stays,
            Self::NewlyOverdue | Self::Resumed | Self::SentBack | Self::MadeKey | Self::CorrectedIn => {
                Effect::Adds
            }
            Self::Completed
            | Self::Reported
            | Self::Extended
            | Self::Withdrawn
            | Self::Suspended
            | Self::MadeOther
            | Self::Deleted
            | Self::CorrectedOut => Effect::Takes,
        }
    }
}

/// A task on a day, by what is known now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnDay {
    /// Its lead unit.
    pub unit: Uuid,
    /// How it stood.
    pub view: StandingView,
    /// Why it is outside the count.
    pub outside: Option<Status>,
}

/// A task between two briefings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// The task.
    pub id: Uuid,
    /// The unit in whose name the opening has it as overdue; `None`: the opening does not have it.
    pub opening: Option<Uuid>,
    /// The day of the opening by what is known now; `None`: not counted then.
    pub then: Option<OnDay>,
    /// The cut-off; `None`: not counted.
    pub now: Option<OnDay>,
    /// Whether it is a key task now.
    pub is_key: bool,
    /// Whether it became one after the opening was published.
    pub made_key: bool,
    /// Whether it was deleted.
    pub is_deleted: bool,
}

impl Between {
    /// The unit in whose name the closing has it as overdue.
    fn closing(&self) -> Option<Uuid> {
        let counts = self.is_key && !self.is_deleted;
        self.now.filter(|now| counts && now.view.standing == Standing::Overdue).map(|now| now.unit)
    }

    /// The line of a task of the closing alone.
    fn entering(&self) -> Option<Line> {
        let Some(then) = self.then else { return Some(Line::NewlyOverdue) };
        Some(match then.view.standing {
            _ if self.made_key => Line::MadeKey,
            Standing::Overdue => Line::CorrectedIn,
            Standing::Outside => Line::Resumed,
            Standing::CompletedOnTime | Standing::CompletedLate => Line::SentBack,
            Standing::WithinTerm if then.view.waiting_since.is_some() => Line::SentBack,
            Standing::WithinTerm | Standing::NoDeadline => Line::NewlyOverdue,
        })
    }

    /// The line of a task of the opening alone.
    fn leaving(&self) -> Option<Line> {
        if self.is_deleted {
            return Some(Line::Deleted);
        }
        if !self.is_key {
            return Some(Line::MadeOther);
        }
        let Some(then) = self.then.filter(|then| then.view.standing == Standing::Overdue) else {
            return Some(Line::CorrectedOut);
        };
        let now = self.now?;
        match now.view.standing {
            Standing::Outside if now.outside == Some(Status::Paused) => Some(Line::Suspended),
            Standing::Outside => Some(Line::Withdrawn),
            Standing::CompletedOnTime | Standing::CompletedLate => Some(Line::Completed),
            Standing::WithinTerm if now.view.due_on != then.view.due_on => Some(Line::Extended),
            Standing::WithinTerm if now.view.waiting_since.is_some() => Some(Line::Reported),
            Standing::WithinTerm | Standing::Overdue | Standing::NoDeadline => None,
        }
    }

    /// Its place in the flow; `None` when it is in neither end.
    fn placed(&self) -> Option<Placed> {
        let (from, to) = (self.opening, self.closing());
        let line = match (from, to) {
            (None, None) => return None,
            (Some(from), Some(to)) if from == to => Some(Line::StillOverdue),
            (Some(_), Some(_)) => Some(Line::Moved),
            (Some(_), None) => self.leaving(),
            (None, Some(_)) => self.entering(),
        };
        Some(Placed { task: self.id, line, from, to })
    }
}

/// A task's place in the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The task.
    pub task: Uuid,
    /// Its line; `None` when no line explains it.
    pub line: Option<Line>,
    /// The unit of the opening.
    pub from: Option<Uuid>,
    /// The unit of the closing.
    pub to: Option<Uuid>,
}

/// The flow with the tasks of every line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flow {
    placed: Vec<Placed>,
}

impl Flow {
    /// The flow over the tasks of both ends; others are no part of it.
    pub fn over(tasks: impl IntoIterator<Item = Between>) -> Self {
        Self { placed: tasks.into_iter().filter_map(|task| task.placed()).collect() }
    }

    /// The flow of tasks that have their places.
    pub fn of(placed: Vec<Placed>) -> Self {
        Self { placed }
    }

    /// Every task of it.
    pub fn placed(&self) -> &[Placed] {
        &self.placed
    }

    /// The tasks that no line explains.
    pub fn unplaced(&self) -> impl Iterator<Item = Uuid> {
        self.placed.iter().filter(|placed| placed.line.is_none()).map(|placed| placed.task)
    }

    /// The sums of the whole.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        self.placed.iter().for_each(|placed| totals.add(placed));
        totals
    }

    /// The sums of one unit: a task that moved goes from the one and comes to the other.
    pub fn of_unit(&self, unit: Uuid) -> UnitFlow {
        let mut flow = UnitFlow::default();
        for placed in &self.placed {
            let (from, to) = (placed.from == Some(unit), placed.to == Some(unit));
            flow.opening += u64::from(from);
            flow.closing += u64::from(to);
            match (from, to) {
                _ if placed.line == Some(Line::Moved) => {
                    flow.moved_out += u64::from(from);
                    flow.moved_in += u64::from(to);
                }
                (false, true) => flow.added += 1,
                (true, false) => flow.taken += 1,
                _ => {}
            }
        }
        flow
    }
}

/// The sums of a flow: counted from tasks, or typed by an office that began in mid-year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Overdue in the opening.
    pub opening: u64,
    /// Overdue in the closing.
    pub closing: u64,
    /// How many on each line; a line without any is left out.
    pub lines: BTreeMap<Line, u64>,
}

impl Totals {
    fn add(&mut self, placed: &Placed) {
        self.opening += u64::from(placed.from.is_some());
        self.closing += u64::from(placed.to.is_some());
        if let Some(line) = placed.line {
            *self.lines.entry(line).or_default() += 1;
        }
    }

    /// How many stand on a line.
    pub fn line(&self, line: Line) -> u64 {
        self.lines.get(&line).copied().unwrap_or(0)
    }

    fn sum(&self, effect: Effect) -> u64 {
        let lines = self.lines.iter().filter(|(line, _)| line.effect() == effect);
        lines.fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// Whether opening + added − taken is the closing.
    ///
    /// # Errors
    /// It is not: the closing, and what the lines give.
    pub fn check(&self) -> Result<(), Imbalance> {
        let with_added = self.opening.saturating_add(self.sum(Effect::Adds));
        let (whole, parts) = (self.closing.saturating_add(self.sum(Effect::Takes)), with_added);
        let imbalance = Imbalance { identity: Identity::Flow, figure: "overdue", unit: None, whole, parts };
        if whole == parts { Ok(()) } else { Err(imbalance) }
    }
}

/// The sums of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitFlow {
    /// Overdue in the opening.
    pub opening: u64,
    /// Came to be overdue.
    pub added: u64,
    /// Is overdue no longer.
    pub taken: u64,
    /// Came overdue from another unit.
    pub moved_in: u64,
    /// Went overdue to another unit.
    pub moved_out: u64,
    /// Overdue in the closing.
    pub closing: u64,
}

impl UnitFlow {
    /// Whether the parts sum to the closing.
    pub fn balances(&self) -> bool {
        self.opening + self.added + self.moved_in == self.closing + self.taken + self.moved_out
    }
}

#[cfg(test)]
mod tests;
