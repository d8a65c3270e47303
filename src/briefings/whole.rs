//! The whole of a briefing as one value: what a draft shows, and what is frozen when it is published.
//!
//! What must stay true: it holds everything that its page and its documents say, so that a published one is read from
//! its own bytes alone; it is written and read back to the letter (`form`).

mod before;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::form;
use crate::domain::briefing::{Cell, Figures, Identity, Imbalance};
use crate::domain::calendar::DayKind;
use crate::domain::flow::{Flow, Line, Placed, Totals};
use crate::domain::period::Month;
use crate::domain::standing::Standing;
use crate::domain::task::{ExtensionDecision, LateReasonKind, Level, ProductKind};
pub use before::{Before, ReportedTotals, UnitBefore};

/// The form of what is frozen; raised when a field changes its meaning.
pub const FORMAT: u32 = 1;

/// The rules by which figures are counted; raised when a definition changes.
pub const RULES: &str = "2026.1";

/// Everything a briefing says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// [`FORMAT`].
    pub format: u32,
    /// [`RULES`].
    pub rules: String,
    /// The tenant's name.
    pub tenant: String,
    /// The body above the office at the head of its documents, where it is not the tenant by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superior: Option<String>,
    /// The place at the head of its documents; none where a blank is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What names it once it is published.
    pub named: Option<Named>,
    /// Its figures; they balance.
    #[serde(with = "form::figures")]
    pub figures: Figures,
    /// The special days of the calendar from the opening to the end of the next month.
    pub calendar: Vec<DayTold>,
    /// What the month is compared with, and from where the flow begins.
    pub before: Before,
    /// The tasks of the flow with their lines.
    pub flow: Vec<PlacedTold>,
    /// Tasks of opening or closing that no line explains; none in a published one.
    pub unplaced: Vec<Uuid>,
    /// The flow's totals where the opening was typed.
    pub typed: Option<TotalsTold>,
    /// The tasks that are named; of a published briefing every key task.
    pub tasks: Vec<TaskTold>,
    /// What is known of why tasks are overdue.
    pub reasons: Vec<ReasonTold>,
    /// The next month's key tasks by unit and product, in the order of the units.
    pub next: Vec<NextTold>,
    /// Key tasks given by the Government or the Prime Minister.
    pub government: Government,
    /// Requests for later deadlines of key tasks, in the period.
    pub extensions: Vec<ExtensionTold>,
    /// Campaigns that were open in the period.
    pub campaigns: Vec<CampaignTold>,
    /// Overdue key tasks of twelve months, the oldest first.
    pub trend: Vec<TrendTold>,
    /// Which units keep their tasks up to date.
    pub coverage: Coverage,
    /// What the author wrote.
    pub blocks: Blocks,
    /// What differs from the version before; empty in the first.
    pub differences: Vec<Difference>,
}

/// What names a published briefing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its number in the year, from 1.
    pub number: u32,
    /// The version of the month, from 1.
    pub version: u32,
    /// The tenant's day of publishing.
    pub published_on: NaiveDate,
    /// Who published it, by name.
    pub by: String,
    /// Why the version before was corrected.
    pub reason: Option<String>,
}

/// A special day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTold {
    /// The day.
    pub day: NaiveDate,
    /// Off or worked.
    #[serde(with = "form::day_kind")]
    pub kind: DayKind,
}

/// A task's place in the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedTold {
    /// The task.
    pub task: Uuid,
    /// Its line.
    #[serde(with = "form::line")]
    pub line: Line,
    /// The unit of the opening.
    pub from: Option<Uuid>,
    /// The unit of the closing.
    pub to: Option<Uuid>,
}

/// Totals without tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalsTold {
    /// The opening.
    pub opening: u64,
    /// The closing.
    pub closing: u64,
    /// The lines, by their codes.
    #[serde(with = "form::lines")]
    pub lines: BTreeMap<Line, u64>,
}

/// A task as the briefing names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskTold {
    /// The task.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The short name of its lead unit at the cut-off.
    pub unit: String,
    /// That unit.
    pub unit_id: Uuid,
    /// What it ends in.
    #[serde(with = "form::product")]
    pub product: ProductKind,
    /// Whom that is submitted to.
    #[serde(with = "form::level")]
    pub level: Option<Level>,
    /// The source document's number.
    pub source: Option<String>,
    /// The deadline in its words.
    pub due_words: Option<String>,
    /// The deadline given first.
    pub original_due_on: Option<NaiveDate>,
    /// The deadline in force.
    pub due_on: Option<NaiveDate>,
    /// The day of completion.
    pub completed_on: Option<NaiveDate>,
    /// The report that waits for confirmation.
    pub waiting_since: Option<NaiveDate>,
    /// How it stands at the cut-off; `None`: it is not counted then, because it was deleted or is given later.
    #[serde(with = "form::standing")]
    pub standing: Option<Standing>,
    /// Days late.
    pub days_late: u32,
    /// Whether it is due soon.
    pub due_soon: bool,
}

/// Why an overdue task is late, and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonTold {
    /// The task.
    pub task: Uuid,
    /// On whose side it lies.
    #[serde(with = "form::reason_kind")]
    pub kind: Option<LateReasonKind>,
    /// The tenant's category.
    pub category: Option<String>,
    /// The unit's words.
    pub words: Option<String>,
    /// The leader responsible.
    pub leader: Option<String>,
}

/// A unit's tasks of a product that the next month asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTold {
    /// The unit.
    pub unit: Uuid,
    /// The product.
    #[serde(with = "form::product")]
    pub product: ProductKind,
    /// How many.
    pub count: u64,
}

/// What the Government and the Prime Minister gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Government {
    /// The figures.
    #[serde(with = "form::cell")]
    pub key: Cell,
    /// The tasks.
    pub tasks: Vec<Uuid>,
}

/// A request for a later deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionTold {
    /// The task.
    pub task: Uuid,
    /// When it was asked, as far as known.
    pub requested_on: Option<NaiveDate>,
    /// The deadline before.
    pub due_before: Option<NaiveDate>,
    /// The deadline wanted.
    pub wanted_on: NaiveDate,
    /// What was decided by the cut-off; `None`: open.
    #[serde(with = "form::decision")]
    pub decision: Option<ExtensionDecision>,
    /// When.
    pub decided_on: Option<NaiveDate>,
    /// The deadline since then.
    pub new_due_on: Option<NaiveDate>,
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignTold {
    /// The campaign.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// By when.
    pub due_on: NaiveDate,
    /// Units it was given to.
    pub units: u64,
    /// Units that have reported, confirmed or waiting.
    pub reported: u64,
    /// Units that are late.
    pub overdue: u64,
}

/// A month of the trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendTold {
    /// The month.
    #[serde(with = "form::month")]
    pub month: Month,
    /// The day counted on.
    pub cutoff: NaiveDate,
    /// Overdue key tasks.
    pub overdue: u64,
}

/// Which units keep their tasks up to date: of the units that lead a task in progress with a deadline at the cut-off, those
/// with a task of which progress was noted, completion was reported or a later deadline was asked in the days named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The first of the five working days that end with the cut-off.
    pub since: NaiveDate,
    /// Units that lead a task in progress.
    pub units: u64,
    /// Of them, those that updated one.
    pub updated: u64,
    /// Those that did not, by their short names in the order of the units.
    pub silent: Vec<String>,
}

/// What the author wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocks {
    /// Under the results.
    pub results: Option<String>,
    /// Causes.
    pub causes: Option<String>,
    /// Proposals.
    pub proposals: Option<String>,
}

/// A figure that a correction changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The figure's name, as in the cells.
    pub figure: String,
    /// The unit's short name; `None`: the whole.
    pub unit: Option<String>,
    /// In the version before.
    pub before: u64,
    /// Now.
    pub after: u64,
}

impl Whole {
    /// The flow.
    pub fn flow(&self) -> Flow {
        let placed = |told: &PlacedTold| Placed {
            task: told.task,
            line: Some(told.line),
            from: told.from,
            to: told.to,
        };
        Flow::of(self.flow.iter().map(placed).collect())
    }

    /// The flow's totals: counted from its tasks, or as they were typed.
    pub fn totals(&self) -> Totals {
        match &self.typed {
            Some(typed) => {
                Totals { opening: typed.opening, closing: typed.closing, lines: typed.lines.clone() }
            }
            None => self.flow().totals(),
        }
    }

    /// Whether the parts of the flow sum from the opening to the closing, in the whole and in each unit, and both ends
    /// are those of the figures.
    ///
    /// # Errors
    /// The first sum that is wrong.
    pub fn check(&self) -> Result<(), Imbalance> {
        self.figures.check()?;
        self.before.totals.map_or(Ok(()), |totals| totals.check(self.before.overdue))?;
        let totals = self.totals();
        totals.check()?;
        let overdue = |cell: &Cell| cell.standings.overdue;
        ends(None, "opening", self.before.overdue, totals.opening)?;
        ends(None, "closing", overdue(&self.figures.key), totals.closing)?;
        if self.typed.is_some() {
            return Ok(());
        }
        let flow = self.flow();
        for unit in &self.figures.units {
            let (id, sums) = (unit.unit.id, flow.of_unit(unit.unit.id));
            ends(Some(id), "opening", self.before.of_unit(id), sums.opening)?;
            ends(Some(id), "closing", overdue(&unit.key), sums.closing)?;
            let (whole, parts) =
                (sums.closing + sums.taken + sums.moved_out, sums.opening + sums.added + sums.moved_in);
            ends(Some(id), "overdue", whole, parts)?;
        }
        Ok(())
    }

    /// The tasks overdue here and in the briefing before.
    pub fn twice(&self) -> impl Iterator<Item = Uuid> {
        self.flow.iter().filter(|told| told.from.is_some() && told.to.is_some()).map(|told| told.task)
    }

    /// The tasks by their ids.
    pub fn by_id(&self) -> HashMap<Uuid, &TaskTold> {
        self.tasks.iter().map(|task| (task.id, task)).collect()
    }

    /// The overdue tasks, most days late first.
    pub fn overdue(&self) -> Vec<&TaskTold> {
        let mut overdue: Vec<_> =
            self.tasks.iter().filter(|task| task.standing == Some(Standing::Overdue)).collect();
        overdue.sort_by_key(|task| (std::cmp::Reverse(task.days_late), task.due_on, &task.code));
        overdue
    }
}

/// A sum of the flow against the figure it must be.
fn ends(unit: Option<Uuid>, figure: &'static str, whole: u64, parts: u64) -> Result<(), Imbalance> {
    let imbalance = Imbalance { identity: Identity::Flow, figure, unit, whole, parts };
    if whole == parts { Ok(()) } else { Err(imbalance) }
}
