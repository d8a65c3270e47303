//! The list of a day: the rows behind every number.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::TaskListed;
use super::store;
use super::store::at::AsOf;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::standing::Standing;
use crate::domain::task::{Category, Level, ProductKind};
use crate::error::Result;
use crate::units;

/// Which standings are wanted: one, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingFilter {
    /// Exactly this standing.
    Is(Standing),
    /// Due soon, a part of those within their term.
    DueSoon,
    /// Submitted and waiting for confirmation, within term or overdue.
    Waiting,
}

impl StandingFilter {
    /// Every code, as a list of what is expected.
    pub fn codes() -> String {
        let standings = Standing::ALL.iter().map(|standing| standing.code());
        standings.chain(["due_soon", "waiting"]).collect::<Vec<_>>().join(" | ")
    }

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Is(standing) => standing.code(),
            Self::DueSoon => "due_soon",
            Self::Waiting => "waiting",
        }
    }

    /// The filter of a code: a standing's, `due_soon` or `waiting`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "due_soon" => Some(Self::DueSoon),
            "waiting" => Some(Self::Waiting),
            _ => Standing::from_code(code).map(Self::Is),
        }
    }
}

/// What is asked for, with the unit still a name.
#[derive(Debug, Clone, Default)]
pub struct TaskFilterInput {
    /// Short or full name of the lead unit on the day.
    pub unit: Option<String>,
    /// The standing on the day.
    pub standing: Option<StandingFilter>,
    /// The category.
    pub category: Option<Category>,
    /// The kind of product.
    pub product: Option<ProductKind>,
    /// The levels it is submitted to; any when there are none.
    pub levels: Vec<Level>,
    /// Deadline on or after this day.
    pub due_from: Option<NaiveDate>,
    /// Deadline on or before this day.
    pub due_to: Option<NaiveDate>,
    /// Completed on or after this day.
    pub completed_from: Option<NaiveDate>,
    /// Completed on or before this day.
    pub completed_to: Option<NaiveDate>,
}

/// What is asked for, ready for the query.
#[derive(Debug, Clone)]
pub struct TaskFilter {
    pub(super) as_of: AsOf,
    pub(super) unit: Option<Uuid>,
    pub(super) asked: TaskFilterInput,
}

/// The tasks of a day that match, most days late first, then by deadline and code.
///
/// # Errors
/// No such unit.
pub fn list(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    due_soon_days: u32,
    asked: TaskFilterInput,
) -> Result<Vec<TaskListed>> {
    let unit = match &asked.unit {
        Some(name) => Some(units::find(conn, name)?.id),
        None => None,
    };
    let soon_until = calendar::working_calendar(conn)?.soon_horizon(day, due_soon_days);
    store::list::list(conn, &TaskFilter { as_of: AsOf { day, soon_until }, unit, asked })
}
