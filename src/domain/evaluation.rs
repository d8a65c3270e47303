//! The evaluation of units for a quarter or a year: what a unit had to finish, what became of it, and its place.
//!
//! What counts follows DOMAIN §3 as the briefing's month does, at a cut-off C: a task assigned by C and not outside the
//! count at C, whose deadline in force at C falls in the period. Of those, the ones *reached* (completed by C, or due
//! before C) are what a score is of; a task whose day has not come speaks neither for nor against its unit. A task
//! without a deadline is in no score. Each task counts with the weight of its kind of product.
//!
//! What must stay true: whole numbers only, and one rounding, half-up to a tenth of a point, at the end; units are ranked
//! by the score that is shown, so that equal scores share a rank; the tallies of tasks, and of kinds, add up to those of
//! their unit, and units to the total.

mod missed;
mod span;
#[cfg(test)]
mod tests;
mod weights;

use std::collections::BTreeMap;
use std::ops::AddAssign;

use chrono::NaiveDate;
use uuid::Uuid;

use super::briefing::{Rate, UnitRef};
use super::period::Period;
use super::standing::{Standing, TaskFacts};
use super::task::ProductKind;
use super::vocabulary::vocabulary;
pub use span::Span;
pub use weights::Weights;

/// So many delays leave a task nothing: each takes a quarter.
pub const MOST_DELAYS: u32 = 4;

vocabulary! {
    /// How the score of a unit comes from its tasks.
    Formula {
        /// Decree 90/2020, for the years to 2025: the share of what was due that was finished on time, and whether all
        /// was finished and 80 % of it on time.
        Decree90 = "decree_90",
        /// Decree 335/2025, from 2026: progress points; each delay of a task takes 25 % of its points.
        Decree335 = "decree_335",
    }
}

impl Formula {
    /// The last year of Decree 90/2020.
    const LAST_OF_90: i32 = 2025;

    /// The one that is in force in a year.
    pub fn of_year(year: i32) -> Self {
        if year <= Self::LAST_OF_90 { Self::Decree90 } else { Self::Decree335 }
    }
}

vocabulary! {
    /// Which tasks count.
    Scope {
        /// Key tasks, as in the briefing's headline.
        Key = "key",
        /// Tasks of every category.
        All = "all",
    }
}

/// What is asked: the period, and the day the figures stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The quarter or year.
    pub span: Span,
    /// Its days, as the tenant counts months.
    pub period: Period,
    /// The cut-off C.
    pub cutoff: NaiveDate,
}

/// How one task stands in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskJudged {
    /// Its standing at the cut-off.
    pub standing: Standing,
    /// The deadline in force, a day of the period.
    pub due_on: NaiveDate,
    /// The deadline it was given first.
    pub original_due_on: Option<NaiveDate>,
    /// The day it was completed, when it was by the cut-off.
    pub completed_on: Option<NaiveDate>,
    /// Days from the deadline in force to the completion, the waiting submission or the cut-off.
    pub days_late: u32,
    /// How many deadlines passed while it was not reported; at least one when it is late.
    pub delays: u32,
}

impl TaskJudged {
    /// The task as a review sees it; `None` when the review does not count it.
    pub fn of(facts: &TaskFacts, review: &Review) -> Option<Self> {
        let view = facts.view_at(review.cutoff, review.cutoff)?;
        let due_on = view.due_on.filter(|due| review.period.contains(*due))?;
        if view.standing == Standing::Outside {
            return None;
        }
        let judged_on = view.completed_on.or(view.waiting_since).unwrap_or(review.cutoff);
        let delays = missed::deadlines(facts, review.cutoff, judged_on);
        Some(Self {
            standing: view.standing,
            due_on,
            original_due_on: facts.original_due_on,
            completed_on: view.completed_on,
            days_late: view.days_late,
            delays: delays.max(u32::from(view.days_late > 0)),
        })
    }

    /// Whether the score is of it: it was completed, or its day has passed.
    pub fn is_reached(&self, cutoff: NaiveDate) -> bool {
        self.completed_on.is_some() || self.due_on < cutoff
    }

    /// What it adds to its group.
    pub fn tally(&self, cutoff: NaiveDate) -> Tally {
        let due = Tally { due: 1, ..Tally::default() };
        if !self.is_reached(cutoff) {
            return due;
        }
        let original = self.original_due_on.unwrap_or(self.due_on);
        let is = |holds: bool| u64::from(holds);
        let left = MOST_DELAYS.saturating_sub(self.delays);
        Tally {
            reached: 1,
            on_time: is(self.standing == Standing::CompletedOnTime),
            on_time_original: is(self.completed_on.is_some_and(|day| day <= original)),
            completed_late: is(self.standing == Standing::CompletedLate),
            overdue: is(self.standing == Standing::Overdue),
            waiting: is(self.standing == Standing::WithinTerm),
            late_days: self.days_late.into(),
            delays: self.delays.into(),
            quarters: if self.completed_on.is_some() { left.into() } else { 0 },
            ..due
        }
    }
}

/// What became of a group of tasks; tallies of disjoint groups add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Due in the period.
    pub due: u64,
    /// Of those: completed by the cut-off, or due before it. Each of them is one of the next four.
    pub reached: u64,
    /// Completed by the deadline in force.
    pub on_time: u64,
    /// Completed after it.
    pub completed_late: u64,
    /// Neither completed nor reported by the deadline.
    pub overdue: u64,
    /// Reported in time, waiting for the Office's confirmation.
    pub waiting: u64,
    /// Completed by the original deadline, which extensions can't polish.
    pub on_time_original: u64,
    /// The days late of all of them.
    pub late_days: u64,
    /// How often a deadline passed, of all of them.
    pub delays: u64,
    /// What delays leave of the completed ones, in quarters of a task.
    pub quarters: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.due += other.due;
        self.reached += other.reached;
        self.on_time += other.on_time;
        self.completed_late += other.completed_late;
        self.overdue += other.overdue;
        self.waiting += other.waiting;
        self.on_time_original += other.on_time_original;
        self.late_days += other.late_days;
        self.delays += other.delays;
        self.quarters += other.quarters;
    }
}

impl Tally {
    /// How many were completed.
    pub fn completed(&self) -> u64 {
        self.on_time + self.completed_late
    }

    /// Completed of reached.
    pub fn completion_rate(&self) -> Rate {
        Rate { part: self.completed(), of: self.reached }
    }

    /// On time of reached, against the deadlines in force.
    pub fn on_time_rate(&self) -> Rate {
        Rate { part: self.on_time, of: self.reached }
    }

    /// The same against the original deadlines.
    pub fn on_time_rate_original(&self) -> Rate {
        Rate { part: self.on_time_original, of: self.reached }
    }

    /// Whether the line of Decree 90/2020 is reached: everything completed, and 80 % of it on time; `None` when nothing
    /// was to be done. By the number of tasks, as the decree counts, whatever their weights, and before any rounding.
    pub fn meets_line(&self) -> Option<bool> {
        (self.reached > 0).then(|| self.completed() == self.reached && 5 * self.on_time >= 4 * self.reached)
    }

    /// What its tasks earn by a formula, each of this weight in tenths: in thousandths of a task.
    pub fn earned(&self, formula: Formula, weight: u32) -> u64 {
        let weight = u64::from(weight);
        match formula {
            Formula::Decree90 => 100 * weight * self.on_time,
            Formula::Decree335 => 25 * weight * self.quarters,
        }
    }

    /// What could be earned, likewise.
    pub fn possible(&self, weight: u32) -> u64 {
        100 * u64::from(weight) * self.reached
    }
}

/// A score with what it is made of. There is none where nothing was to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// What the tasks earned, in thousandths of a task of weight 1.
    pub earned: u64,
    /// What they could have; never nought.
    pub of: u64,
    /// Tenths of a point, of a hundred points: `100 × earned ÷ of`, half-up.
    pub tenths: u32,
}

impl Score {
    fn new(earned: u64, of: u64) -> Option<Self> {
        let (part, whole) = (u128::from(earned), u128::from(of));
        let tenths = (2 * 1000 * part + whole).checked_div(2 * whole)?;
        Some(Self { earned, of, tenths: u32::try_from(tenths).ok()? })
    }
}

/// What is known of a unit, or of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scored {
    /// What became of its tasks.
    pub tally: Tally,
    /// Its score.
    pub score: Option<Score>,
}

/// A unit with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitScored {
    /// The unit.
    pub unit: UnitRef,
    /// 1 and so on, shared by equal scores; none without a score.
    pub rank: Option<u32>,
    /// What is known of it.
    pub scored: Scored,
}

/// The group of tasks that a tally counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TallyKey {
    /// The lead unit at the cut-off.
    pub unit: Uuid,
    /// What they end in.
    pub product: ProductKind,
}

/// An evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// What was asked.
    pub review: Review,
    /// Which tasks count.
    pub scope: Scope,
    /// How the score comes.
    pub formula: Formula,
    /// The weights of the kinds.
    pub weights: Weights,
    /// All units together.
    pub total: Scored,
    /// The units: the best first, equal ones in the order of the units, those without a score last.
    pub units: Vec<UnitScored>,
}

impl Evaluation {
    /// The evaluation of units in their order from tallies, in any order and any number for a group. What is of a unit
    /// that is not among them counts in the total alone.
    pub fn new(
        review: Review,
        scope: Scope,
        formula: Formula,
        weights: Weights,
        units_in_order: &[UnitRef],
        tallies: impl IntoIterator<Item = (TallyKey, Tally)>,
    ) -> Self {
        let mut by_unit: BTreeMap<Uuid, BTreeMap<ProductKind, Tally>> = BTreeMap::new();
        let mut all: BTreeMap<ProductKind, Tally> = BTreeMap::new();
        for (key, tally) in tallies {
            *by_unit.entry(key.unit).or_default().entry(key.product).or_default() += tally;
            *all.entry(key.product).or_default() += tally;
        }
        let none = BTreeMap::new();
        let unit = |unit: &UnitRef| UnitScored {
            unit: unit.clone(),
            rank: None,
            scored: scored(by_unit.get(&unit.id).unwrap_or(&none), formula, &weights),
        };
        let units = ranked(units_in_order.iter().map(unit).collect());
        let total = scored(&all, formula, &weights);
        Self { review, scope, formula, weights, total, units }
    }
}

/// The tallies of the kinds as one, and the score of all.
fn scored(kinds: &BTreeMap<ProductKind, Tally>, formula: Formula, weights: &Weights) -> Scored {
    let (mut tally, mut earned, mut of) = (Tally::default(), 0, 0);
    for (kind, counted) in kinds {
        let weight = weights.of(*kind);
        earned += counted.earned(formula, weight);
        of += counted.possible(weight);
        tally += *counted;
    }
    Scored { tally, score: Score::new(earned, of) }
}

/// Gives each its place: one more than there are better ones.
fn ranked(mut units: Vec<UnitScored>) -> Vec<UnitScored> {
    let points = |unit: &UnitScored| unit.scored.score.map(|score| score.tenths);
    units.sort_by_key(|unit| std::cmp::Reverse(points(unit)));
    let (mut rank, mut last) = (0, None);
    for (unit, place) in units.iter_mut().zip(1..) {
        let own = points(unit);
        if own.is_some() && own != last {
            (rank, last) = (place, own);
        }
        unit.rank = own.map(|_| rank);
    }
    units
}
