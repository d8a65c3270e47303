//! The use case: the figures of a month at a cut-off.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::request::Request;
use super::store;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::briefing::{Cell, CellKey, Cut, Figures, UnitRef};
use crate::domain::standing::Standing;
use crate::domain::task::{Category, LateReasonKind};
use crate::error::{Refusal, Result};
use crate::tasks::{self, StandingFilter, TaskFilterInput, TaskListed};
use crate::tenants::Settings;
use crate::units;

/// The figures of a month, and the overdue tasks behind the headline.
#[derive(Debug, Clone)]
pub struct Briefing {
    /// The figures; they balance.
    pub figures: Figures,
    /// The overdue key tasks at the cut-off, most days late first.
    pub overdue: Vec<TaskListed>,
    /// What is known of why they are, by the task's id.
    pub reasons: HashMap<Uuid, Reason>,
    /// When the figures were computed.
    pub computed_at: DateTime<Utc>,
}

/// What the meeting asks about an overdue task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// On whose side the reason lies.
    pub kind: Option<LateReasonKind>,
    /// The reason chosen from the tenant's list.
    pub category: Option<String>,
    /// What was said beside it, or what a sheet brought.
    pub words: Option<String>,
    /// The name of the leader responsible.
    pub leader: Option<String>,
}

/// Computes the figures of a month at any cut-off.
///
/// # Errors
/// The parts don't add up to their wholes: then no figure is given.
pub fn compute(conn: &mut TenantConn<'_>, settings: &Settings, request: Request) -> Result<Briefing> {
    let (figures, _) = counted(conn, settings, request)?;
    let overdue = overdue(conn, settings, request)?;
    let ids: Vec<Uuid> = overdue.iter().map(|task| task.id).collect();
    let reasons = store::reasons::of(conn, &ids)?;
    Ok(Briefing { figures, overdue, reasons, computed_at: conn.now() })
}

/// The overdue key tasks at the cut-off, most days late first.
pub(super) fn overdue(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
) -> Result<Vec<TaskListed>> {
    let asked = TaskFilterInput {
        standing: Some(StandingFilter::Is(Standing::Overdue)),
        category: Some(Category::Key),
        ..TaskFilterInput::default()
    };
    tasks::list(conn, request.cutoff, settings.due_soon_days, asked)
}

/// The figures alone, and the cells they are made of.
pub(super) fn counted(
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
) -> Result<(Figures, Vec<(CellKey, Cell)>)> {
    let calendar = calendar::working_calendar(conn)?;
    let cut =
        Cut::new(request.month, request.cutoff, settings.period_kind, &calendar, settings.due_soon_days);
    let cells = store::cells::cells(conn, &cut)?;
    // A unit that has ended, or not begun, stands in the table only as long as tasks stand in its name.
    let units: Vec<UnitRef> = units::all(conn)?
        .into_iter()
        .filter(|unit| unit.exists_on(request.cutoff) || cells.iter().any(|(key, _)| key.unit == unit.id))
        .map(|unit| UnitRef { id: unit.id, short_name: unit.short_name, name: unit.name })
        .collect();
    let figures = Figures::from_cells(cut, &units, cells.iter().copied());
    figures.check().map_err(Refusal::OutOfBalance)?;
    Ok((figures, cells))
}
