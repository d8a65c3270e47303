//! The use case: the figures of a month at a cut-off.

use chrono::NaiveDate;

use super::store;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::briefing::{Cut, Figures, UnitRef};
use crate::domain::period::Month;
use crate::domain::standing::Standing;
use crate::domain::task::Category;
use crate::error::{Refusal, Result};
use crate::tasks::{self, StandingFilter, TaskFilterInput, TaskListed};
use crate::tenants::Settings;
use crate::units;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// The month reported on.
    pub month: Month,
    /// The cut-off.
    pub cutoff: NaiveDate,
}

/// The figures of a month, and the overdue tasks behind the headline.
#[derive(Debug, Clone)]
pub struct Briefing {
    /// The figures; they balance.
    pub figures: Figures,
    /// The overdue key tasks at the cut-off, most days late first.
    pub overdue: Vec<TaskListed>,
}

/// Computes the figures of a month at any cut-off.
///
/// # Errors
/// The parts don't add up to their wholes: then no figure is given.
pub fn compute(conn: &mut TenantConn<'_>, settings: &Settings, request: Request) -> Result<Briefing> {
    let calendar = calendar::working_calendar(conn)?;
    let cut =
        Cut::new(request.month, request.cutoff, settings.period_kind, &calendar, settings.due_soon_days);
    let cells = store::cells(conn, &cut)?;
    // A unit that has ended stands in the table only as long as tasks stand in its name.
    let units: Vec<UnitRef> = units::all(conn)?
        .into_iter()
        .filter(|unit| {
            unit.valid_until.is_none_or(|end| request.cutoff < end)
                || cells.iter().any(|(key, _)| key.unit == unit.id)
        })
        .map(|unit| UnitRef { id: unit.id, short_name: unit.short_name, name: unit.name })
        .collect();
    let figures = Figures::from_cells(cut, &units, cells);
    figures.check().map_err(Refusal::OutOfBalance)?;
    let asked = TaskFilterInput {
        standing: Some(StandingFilter::Is(Standing::Overdue)),
        category: Some(Category::Key),
        ..TaskFilterInput::default()
    };
    let overdue = tasks::list(conn, request.cutoff, settings.due_soon_days, asked)?;
    Ok(Briefing { figures, overdue })
}
