//! Which tasks a figure counts.

use uuid::Uuid;

use crate::briefings::whole::{TaskTold, Whole};
use crate::domain::flow::Line;
use crate::domain::standing::Standing;
use crate::domain::task::{Level, ProductKind};

/// The tasks of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Key tasks, of one unit or of all.
    Tasks {
        /// The lead unit at the cut-off.
        unit: Option<Uuid>,
        /// Which of them.
        which: Which,
    },
    /// Tasks on a line of the flow, of one unit or of all.
    Line {
        /// The line; `None`: those of all lines.
        line: Option<Line>,
        /// The unit of the opening or of the closing.
        unit: Option<Uuid>,
    },
    /// One task.
    Task(Uuid),
}

/// Which key tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Of a standing.
    Is(Standing),
    /// Due soon.
    DueSoon,
    /// Waiting for confirmation.
    Waiting,
    /// Overdue by so many days.
    Late(u32, Option<u32>),
    /// Due in the month and reached.
    Reached,
    /// Of these, on time.
    OnTime,
    /// Of these, on time by the deadline given first.
    OnTimeOriginal,
    /// Due in the month.
    DueIn,
    /// Completed in the month.
    CompletedIn,
    /// Of these, late.
    CompletedInLate,
    /// Waiting for confirmation and overdue.
    WaitingOverdue,
    /// To be done in the next month, of one product or of all.
    Next(Option<ProductKind>),
    /// Of these, schemes to the Government or the Prime Minister.
    NextSchemes,
}

impl Which {
    /// As it stands in an address.
    pub fn code(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Is(standing) => standing.code().to_owned(),
            Self::DueSoon => "due_soon".to_owned(),
            Self::Waiting => "waiting".to_owned(),
            Self::Late(from, Some(to)) => format!("late-{from}-{to}"),
            Self::Late(from, None) => format!("late-{from}"),
            Self::Reached => "reached".to_owned(),
            Self::OnTime => "on_time".to_owned(),
            Self::OnTimeOriginal => "reached_on_time_original".to_owned(),
            Self::DueIn => "due_in_period".to_owned(),
            Self::CompletedIn => "completed_in_period".to_owned(),
            Self::CompletedInLate => "completed_in_period_late".to_owned(),
            Self::WaitingOverdue => "waiting_overdue".to_owned(),
            Self::NextSchemes => "due_next_schemes_to_government".to_owned(),
            Self::Next(None) => "next".to_owned(),
            Self::Next(Some(product)) => format!("next-{}", product.code()),
        }
    }

    /// Reads it.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "all" => Self::All,
            "due_soon" => Self::DueSoon,
            "waiting" => Self::Waiting,
            "reached" => Self::Reached,
            "on_time" => Self::OnTime,
            "reached_on_time_original" => Self::OnTimeOriginal,
            "due_in_period" => Self::DueIn,
            "completed_in_period" => Self::CompletedIn,
            "completed_in_period_late" => Self::CompletedInLate,
            "waiting_overdue" => Self::WaitingOverdue,
            "due_next_schemes_to_government" => Self::NextSchemes,
            "next" => Self::Next(None),
            _ => match code.split_once('-') {
                None => Self::Is(Standing::from_code(code)?),
                Some(("next", product)) => Self::Next(Some(ProductKind::from_code(product)?)),
                Some(("late", days)) => match days.split_once('-') {
                    None => Self::Late(days.parse().ok()?, None),
                    Some((from, to)) => Self::Late(from.parse().ok()?, Some(to.parse().ok()?)),
                },
                Some(_) => return None,
            },
        })
    }

    /// The tasks that a figure of a cell counts, by its name; `None` of one that counts none.
    pub fn of_figure(name: &str) -> Option<Self> {
        match name {
            "tasks" => Some(Self::All),
            "due_next" => Some(Self::Next(None)),
            "d1_7" => Some(Self::Late(1, Some(7))),
            "d8_30" => Some(Self::Late(8, Some(30))),
            "d31_60" => Some(Self::Late(31, Some(60))),
            "d61_120" => Some(Self::Late(61, Some(120))),
            "over_120" => Some(Self::Late(121, None)),
            other => Self::from_code(other),
        }
    }

    /// Whether a task is one of them. The definitions are those of `domain::briefing`.
    fn holds(self, whole: &Whole, task: &TaskTold) -> bool {
        let (cut, Some(standing)) = (&whole.figures.cut, task.standing) else { return false };
        let counts = standing != Standing::Outside;
        let due_in = counts && task.due_on.is_some_and(|due| cut.period.contains(due));
        let reached =
            due_in && (task.completed_on.is_some() || task.due_on.is_some_and(|due| due < cut.cutoff));
        let completed_in = counts && task.completed_on.is_some_and(|day| cut.period.contains(day));
        let next =
            counts && task.completed_on.is_none() && task.due_on.is_some_and(|due| cut.next.contains(due));
        match self {
            Self::All => true,
            Self::Is(wanted) => standing == wanted,
            Self::DueSoon => task.due_soon,
            Self::Waiting => {
                task.waiting_since.is_some() && matches!(standing, Standing::WithinTerm | Standing::Overdue)
            }
            Self::Late(from, to) => {
                standing == Standing::Overdue
                    && from <= task.days_late
                    && to.is_none_or(|to| task.days_late <= to)
            }
            Self::Reached => reached,
            Self::OnTime => reached && standing == Standing::CompletedOnTime,
            Self::OnTimeOriginal => {
                let original = task.original_due_on.or(task.due_on);
                reached && task.completed_on.zip(original).is_some_and(|(day, due)| day <= due)
            }
            Self::DueIn => due_in,
            Self::CompletedIn => completed_in,
            Self::CompletedInLate => completed_in && standing == Standing::CompletedLate,
            Self::WaitingOverdue => task.waiting_since.is_some() && standing == Standing::Overdue,
            Self::Next(product) => next && product.is_none_or(|product| task.product == product),
            Self::NextSchemes => {
                next && task.product == ProductKind::Scheme && task.level.is_some_and(Level::is_government)
            }
        }
    }
}

impl Rows {
    /// The tasks, as the whole tells them.
    pub fn of(self, whole: &Whole) -> Vec<&TaskTold> {
        match self {
            Self::Task(id) => whole.tasks.iter().filter(|task| task.id == id).collect(),
            Self::Tasks { unit, which } => whole
                .tasks
                .iter()
                .filter(|task| unit.is_none_or(|unit| task.unit_id == unit) && which.holds(whole, task))
                .collect(),
            Self::Line { line, unit } => {
                let known = whole.by_id();
                let is_meant = |told: &&crate::briefings::whole::PlacedTold| {
                    line.is_none_or(|line| told.line == line)
                        && unit.is_none_or(|unit| told.from == Some(unit) || told.to == Some(unit))
                };
                let placed = whole.flow.iter().filter(is_meant);
                placed.filter_map(|told| known.get(&told.task).copied()).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_an_address_reads_back() {
        let some = [Which::All, Which::DueSoon, Which::Waiting, Which::Reached, Which::OnTime];
        let more = [Which::Late(1, Some(7)), Which::Late(121, None), Which::Next(None), Which::NextSchemes];
        let of_the_month = [
            Which::DueIn,
            Which::OnTimeOriginal,
            Which::CompletedIn,
            Which::CompletedInLate,
            Which::WaitingOverdue,
        ];
        let products = ProductKind::ALL.iter().map(|product| Which::Next(Some(*product)));
        let standings = Standing::ALL.iter().map(|standing| Which::Is(*standing));
        for which in some.into_iter().chain(more).chain(of_the_month).chain(products).chain(standings) {
            assert_eq!(Which::from_code(&which.code()), Some(which));
        }
        assert_eq!(Which::from_code("late-x"), None);
    }
}
