//! What is read of the steps: the log of progress, and the reports that wait for the Office.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;
use crate::tasks::store;

/// A note of progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteTold {
    /// The day.
    pub noted_on: NaiveDate,
    /// Who: a person's name, or what the journal calls them.
    pub by: String,
    /// Per cent done.
    pub percent: Option<i16>,
    /// What was done.
    pub words: Option<String>,
    /// What stood in the way; empty when nothing did any more.
    pub obstacles: Option<String>,
}

/// The log of a task by a day, the latest first, at most 100 notes.
///
/// # Errors
/// The database's.
pub fn log(conn: &mut TenantConn<'_>, task: Uuid, day: NaiveDate) -> Result<Vec<NoteTold>> {
    store::log::notes(conn, task, day)
}

/// Who does a task, by name.
///
/// # Errors
/// The database's.
pub fn assignees(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Vec<(Uuid, String)>> {
    store::people::assignees(conn, task)
}

/// The name of a person.
///
/// # Errors
/// The database's.
pub fn name(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Option<String>> {
    Ok(store::people::names(conn, &[person])?.remove(&person))
}

/// A report of completion that waits for the Office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingTold {
    /// The task.
    pub task: Uuid,
    /// Its version.
    pub version: i32,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The lead unit's short name.
    pub unit: String,
    /// The deadline in force.
    pub due_on: Option<NaiveDate>,
    /// The day of the report.
    pub submitted_on: NaiveDate,
    /// Who reported, as the journal calls them.
    pub submitted_by: Option<String>,
    /// Their name, of a person.
    pub name: Option<String>,
    /// The number of the product's document.
    pub product_number: Option<String>,
    /// The date of the product's document.
    pub product_date: Option<NaiveDate>,
    /// What shows that it is done.
    pub evidence: Option<String>,
}

/// How many reports wait, and the earliest of them, at most `most`.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &mut TenantConn<'_>, most: i32) -> Result<(u64, Vec<WaitingTold>)> {
    store::log::waiting(conn, most)
}
