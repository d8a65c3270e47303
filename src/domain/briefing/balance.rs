//! Whether the figures add up: a briefing that does not balance must say so.

use uuid::Uuid;

use super::{Cell, Figures};
use crate::domain::vocabulary::vocabulary;

vocabulary! {
    /// A rule that the figures of every briefing keep.
    Identity {
        /// The standings sum to the tasks.
        Standings = "standings",
        /// The age buckets sum to the overdue tasks, and the longest delay is that of one of them.
        Ages = "ages",
        /// The units sum to the whole.
        Units = "units",
        /// The product kinds sum to the tasks due next month.
        Products = "products",
        /// A part is no larger than what it is part of.
        Parts = "parts",
        /// Opening, additions and departures give the closing.
        Flow = "flow",
    }
}

/// What does not add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imbalance {
    /// The rule that is broken.
    pub identity: Identity,
    /// The name of the figure that is the whole.
    pub figure: &'static str,
    /// The unit whose figures they are; `None` for the whole briefing's.
    pub unit: Option<Uuid>,
    /// The whole.
    pub whole: u64,
    /// What the parts sum to.
    pub parts: u64,
}

/// Whether parts sum to their whole; what they sum to when they don't.
pub fn balance(whole: u64, parts: &[u64]) -> Result<(), u64> {
    let sum = parts.iter().fold(0u64, |sum, part| sum.saturating_add(*part));
    if sum == whole { Ok(()) } else { Err(sum) }
}

impl Figures {
    /// Checks every [`Identity`], and says which does not hold first.
    pub fn check(&self) -> Result<(), Imbalance> {
        for (unit, cell) in self.cells() {
            check_cell(cell).map_err(|imbalance| Imbalance { unit, ..imbalance })?;
        }
        self.check_key_is_part_of_all()?;
        check_units(&self.key, self.units.iter().map(|unit| &unit.key))?;
        check_units(&self.all, self.units.iter().map(|unit| &unit.all))?;
        let products: Vec<u64> = self.due_next_by_product.values().copied().collect();
        sums(Identity::Products, "due_next", self.key.month.due_next, &products)
    }

    /// Every cell of the figures with the unit it belongs to.
    fn cells(&self) -> impl Iterator<Item = (Option<Uuid>, &Cell)> {
        let of_units = self
            .units
            .iter()
            .flat_map(|unit| [(Some(unit.unit.id), &unit.key), (Some(unit.unit.id), &unit.all)]);
        [(None, &self.key), (None, &self.all)].into_iter().chain(of_units)
    }

    fn check_key_is_part_of_all(&self) -> Result<(), Imbalance> {
        let whole = [(None, &self.key, &self.all)];
        let units = self.units.iter().map(|unit| (Some(unit.unit.id), &unit.key, &unit.all));
        for (unit, key, all) in whole.into_iter().chain(units) {
            for ((figure, part), (_, whole)) in key.named().into_iter().zip(all.named()) {
                within(figure, part, whole).map_err(|imbalance| Imbalance { unit, ..imbalance })?;
            }
        }
        Ok(())
    }
}

fn check_cell(cell: &Cell) -> Result<(), Imbalance> {
    let (standings, month) = (&cell.standings, &cell.month);
    sums(Identity::Standings, "tasks", cell.tasks, &[standings.total()])?;
    sums(Identity::Ages, "overdue", standings.overdue, &[cell.ages.total()])?;
    sums(
        Identity::Ages,
        "longest_overdue_days",
        (standings.overdue > 0).into(),
        &[(cell.longest_overdue_days > 0).into()],
    )?;
    within("within_term", standings.due_soon, standings.within_term)?;
    within("waiting", standings.waiting, standings.within_term + standings.overdue)?;
    within("waiting_overdue", cell.waiting_overdue, standings.waiting.min(standings.overdue))?;
    within("due_in_period", month.reached, month.due_in_period)?;
    within("reached", month.on_time, month.reached)?;
    within("reached", month.reached_on_time_original, month.reached)?;
    within("completed_in_period", month.completed_in_period_late, month.completed_in_period)?;
    within("due_next", month.due_next_schemes_to_government, month.due_next)
}

/// Each figure of the units against the whole's; the longest delay is the largest of theirs.
fn check_units<'a>(whole: &Cell, units: impl Iterator<Item = &'a Cell>) -> Result<(), Imbalance> {
    let mut sum = Cell::default();
    units.for_each(|cell| sum += *cell);
    let pairs = whole.named().into_iter().zip(sum.named());
    pairs
        .into_iter()
        .try_for_each(|((figure, whole), (_, parts))| sums(Identity::Units, figure, whole, &[parts]))
}

fn sums(identity: Identity, figure: &'static str, whole: u64, parts: &[u64]) -> Result<(), Imbalance> {
    balance(whole, parts).map_err(|parts| Imbalance { identity, figure, unit: None, whole, parts })
}

fn within(figure: &'static str, parts: u64, whole: u64) -> Result<(), Imbalance> {
    let imbalance = Imbalance { identity: Identity::Parts, figure, unit: None, whole, parts };
    if parts <= whole { Ok(()) } else { Err(imbalance) }
}
