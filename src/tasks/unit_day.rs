//! A unit's work on a day: what its head reads every morning.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::TaskListed;
use super::store;
use super::store::at::AsOf;
use crate::calendar;
use crate::db::TenantConn;
use crate::error::Result;

/// How many tasks of a group are shown.
const FIRST: i32 = 10;

/// The groups of a unit's day. A task that waits for confirmation and is overdue stands in both groups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitDay {
    /// Overdue.
    pub overdue: TaskGroup,
    /// Due on the day.
    pub today: TaskGroup,
    /// Due soon, but not on the day.
    pub soon: TaskGroup,
    /// Submitted and waiting for confirmation.
    pub waiting: TaskGroup,
    /// In progress, and the unit coordinates.
    pub coordinating: TaskGroup,
}

/// A group of tasks in the order of lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskGroup {
    /// How many there are.
    pub total: u64,
    /// How many of them are key tasks.
    pub key: u64,
    /// The first of them.
    pub first: Vec<TaskListed>,
}

/// The work of a unit on a day.
///
/// # Errors
/// The database's.
pub fn unit_day(
    conn: &mut TenantConn<'_>,
    unit: Uuid,
    day: NaiveDate,
    due_soon_days: u32,
) -> Result<UnitDay> {
    let soon_until = calendar::working_calendar(conn)?.soon_horizon(day, due_soon_days);
    let mut found = UnitDay::default();
    for found_one in store::unit_day::groups(conn, unit, AsOf { day, soon_until }, FIRST)? {
        let group = match found_one.part {
            0 => &mut found.overdue,
            1 => &mut found.today,
            2 => &mut found.soon,
            3 => &mut found.waiting,
            _ => &mut found.coordinating,
        };
        (group.total, group.key) = (found_one.total, found_one.key);
        group.first.push(found_one.task);
    }
    Ok(found)
}
