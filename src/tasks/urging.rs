//! What an urging letter (công văn đôn đốc) to a unit is about: its overdue tasks of a day.

use chrono::NaiveDate;
use uuid::Uuid;

use super::filter::{StandingFilter, TaskFilterInput};
use super::list::list;
use super::model::TaskListed;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::standing::Standing;
use crate::domain::task::Category;
use crate::error::{Denial, Result};
use crate::units::{self, Unit};

/// How many working days a unit has for its answer.
const ANSWER_DAYS: u32 = 3;

/// A unit and what it is urged to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urging {
    /// The lead unit.
    pub unit: Unit,
    /// The day whose standing is told.
    pub day: NaiveDate,
    /// The overdue tasks that the unit has not reported as completed: key tasks first, then most days overdue first.
    pub tasks: Vec<TaskListed>,
    /// How many overdue tasks wait for confirmation: the Office is urged about these, not the unit.
    pub waiting: u64,
    /// By when the unit answers.
    pub answer_by: NaiveDate,
}

impl Urging {
    /// How many of the tasks are key tasks.
    pub fn key(&self) -> u64 {
        self.tasks.iter().filter(|task| task.category == Category::Key).count().try_into().unwrap_or(u64::MAX)
    }

    /// The longest delay in days.
    pub fn longest(&self) -> u32 {
        self.tasks.iter().map(|task| task.days_late).max().unwrap_or(0)
    }
}

/// What a unit is to be urged about on a day.
///
/// # Errors
/// [`Denial::NotFound`]: no such unit.
pub fn urging(conn: &mut TenantConn<'_>, unit: Uuid, day: NaiveDate, due_soon_days: u32) -> Result<Urging> {
    let unit = units::all(conn)?.into_iter().find(|other| other.id == unit).ok_or(Denial::NotFound)?;
    let asked = TaskFilterInput {
        unit: Some(unit.short_name.clone()),
        standing: Some(StandingFilter::Is(Standing::Overdue)),
        ..TaskFilterInput::default()
    };
    let overdue = list(conn, day, due_soon_days, asked)?;
    let (waiting, mut tasks): (Vec<_>, Vec<_>) =
        overdue.into_iter().partition(|task| task.waiting_since.is_some());
    tasks.sort_by_key(|task| task.category != Category::Key);
    Ok(Urging {
        unit,
        day,
        tasks,
        waiting: waiting.len().try_into().unwrap_or(u64::MAX),
        answer_by: calendar::working_calendar(conn)?.add_working_days(day, ANSWER_DAYS),
    })
}
