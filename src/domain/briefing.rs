//! The figures of the monthly briefing at a cut-off, by the definitions of DOMAIN §3.
//!
//! Every figure is a sum of [`Cell`]s, one for each lead unit, category key or not, and product kind. The
//! fold over tasks here and the query that counts in the database both make cells, and [`Figures`] is built
//! from cells alone, so that the one is the oracle of the other. A task assigned after the cut-off is in no
//! cell. That the parts sum to their wholes is checked by [`Figures::check`], not assumed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::calendar::WorkingCalendar;
use super::period::{Month, Period, PeriodKind};
use super::standing::TaskFacts;
use super::task::{Category, Level, ProductKind};

mod balance;
mod cell;

pub use balance::{Identity, Imbalance, balance};
pub use cell::{AgeBucket, AgeBuckets, Cell, MonthCounts, Rate, StandingCounts, bucket_of, cell_of};

/// What is asked: the month, the day the figures stand on, and the dates that follow from both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// The month reported on.
    pub month: Month,
    /// The cut-off C: what was decided after it is not known yet.
    pub cutoff: NaiveDate,
    /// The days of the month.
    pub period: Period,
    /// The days of the next month.
    pub next: Period,
    /// The last deadline that counts as due soon at the cut-off.
    pub soon_until: NaiveDate,
}

impl Cut {
    /// The dates of a month and cut-off, as the tenant counts months and the working days that are soon.
    pub fn new(
        month: Month,
        cutoff: NaiveDate,
        kind: PeriodKind,
        calendar: &WorkingCalendar,
        soon_days: u32,
    ) -> Self {
        let (period, next) = (month.period(kind), month.next().period(kind));
        Self { month, cutoff, period, next, soon_until: calendar.soon_horizon(cutoff, soon_days) }
    }
}

/// A task as the briefing looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefingTask {
    /// The task.
    pub id: Uuid,
    /// Its lead unit at the cut-off.
    pub unit: Uuid,
    /// Only key tasks count in the headline.
    pub category: Category,
    /// What it ends in.
    pub product: ProductKind,
    /// Whom that is submitted to.
    pub level: Option<Level>,
    /// What decides its standing.
    pub facts: TaskFacts,
}

/// A unit as the briefing names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRef {
    /// The unit.
    pub id: Uuid,
    /// `CVT`.
    pub short_name: String,
    /// `Cục Viễn thông`.
    pub name: String,
}

/// The group of tasks that a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey {
    /// The lead unit.
    pub unit: Uuid,
    /// Whether the tasks are key tasks.
    pub is_key: bool,
    /// What they end in.
    pub product: ProductKind,
}

impl CellKey {
    /// The group a task belongs to.
    pub fn of(task: &BriefingTask) -> Self {
        Self { unit: task.unit, is_key: task.category == Category::Key, product: task.product }
    }
}

/// The figures of one lead unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFigures {
    /// The unit.
    pub unit: UnitRef,
    /// Over its key tasks.
    pub key: Cell,
    /// Over all its tasks.
    pub all: Cell,
}

/// The figures of a briefing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// What was asked.
    pub cut: Cut,
    /// Over the key tasks: the headline.
    pub key: Cell,
    /// Over all tasks.
    pub all: Cell,
    /// By lead unit, in the order of the units, those without a task too.
    pub units: Vec<UnitFigures>,
    /// The key tasks due next month by what they end in; kinds without any are left out.
    pub due_next_by_product: BTreeMap<ProductKind, u64>,
}

impl Figures {
    /// The figures over tasks, by the pure rules.
    pub fn from_tasks(cut: Cut, units_in_order: &[UnitRef], tasks: &[BriefingTask]) -> Self {
        let cells = tasks.iter().filter_map(|task| Some((CellKey::of(task), cell_of(task, &cut)?)));
        Self::from_cells(cut, units_in_order, cells)
    }

    /// The figures from cells, in any order and any number for a group. A cell of a unit that is not
    /// among the units counts in the totals only, and [`Figures::check`] then says what is missing.
    pub fn from_cells(
        cut: Cut,
        units_in_order: &[UnitRef],
        cells: impl IntoIterator<Item = (CellKey, Cell)>,
    ) -> Self {
        let (mut key, mut all) = (Cell::default(), Cell::default());
        let mut by_unit: HashMap<Uuid, (Cell, Cell)> = HashMap::new();
        let mut due_next_by_product = BTreeMap::new();
        for (group, cell) in cells {
            let unit = by_unit.entry(group.unit).or_default();
            all += cell;
            unit.1 += cell;
            if group.is_key {
                key += cell;
                unit.0 += cell;
                *due_next_by_product.entry(group.product).or_default() += cell.month.due_next;
            }
        }
        due_next_by_product.retain(|_, count| *count > 0);
        let figures_of = |unit: &UnitRef| {
            let (key, all) = by_unit.get(&unit.id).copied().unwrap_or_default();
            UnitFigures { unit: unit.clone(), key, all }
        };
        let units = units_in_order.iter().map(figures_of).collect();
        Self { cut, key, all, units, due_next_by_product }
    }

    /// The units that have overdue key tasks, with how many: the largest count first, ties in the order
    /// of the units.
    pub fn overdue_by_unit(&self) -> Vec<(&UnitRef, u64)> {
        let counts = self.units.iter().map(|unit| (&unit.unit, unit.key.standings.overdue));
        let mut overdue: Vec<_> = counts.filter(|(_, count)| *count > 0).collect();
        overdue.sort_by_key(|(_, count)| Reverse(*count));
        overdue
    }

    /// The units that need direct help, at most `count`: those with the most overdue key tasks, of equal ones
    /// that with the longest delay, then in the order of the units.
    pub fn units_to_help(&self, count: usize) -> Vec<&UnitFigures> {
        let mut units: Vec<_> = self.units.iter().filter(|unit| unit.key.standings.overdue > 0).collect();
        units.sort_by_key(|unit| Reverse((unit.key.standings.overdue, unit.key.longest_overdue_days)));
        units.truncate(count);
        units
    }

    /// How many units have overdue key tasks.
    pub fn overdue_units(&self) -> usize {
        self.units.iter().filter(|unit| unit.key.standings.overdue > 0).count()
    }
}

#[cfg(test)]
mod tests;
