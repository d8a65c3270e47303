//! Entering a new task.

use super::new::{NewTask, write_new};
use super::read::{Naming, Reader, parent};
use super::typed::TaskTyped;
use super::{Entered, warn};
use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::domain::calendar::RollRule;
use crate::error::{Denial, Error, ParameterProblem, Result};
use crate::tasks::acts::By;
use crate::tasks::by_codes;
use crate::tasks::faults::Faults;

/// What the fields of a new task say.
///
/// # Errors
/// Every fault.
fn reading(conn: &mut TenantConn<'_>, naming: &Naming, typed: &TaskTyped) -> Result<NewTask> {
    let parent = parent(conn, typed)?;
    let mut reader = Reader { naming, kept: None, parent: parent.as_ref(), faults: Faults::default() };
    let read = reader.read(typed);
    let mut faults = reader.faults;
    if typed.correction.is_some() {
        faults.add("correction", ParameterProblem::Unknown);
    }
    if let Some(code) = read.as_ref().and_then(|new| new.code.clone())
        && !by_codes(conn, &[code])?.is_empty()
    {
        faults.add("code", ParameterProblem::Taken);
    }
    faults.finish()?;
    read.ok_or_else(|| Error::Internal("a task was neither read nor faulty".to_owned()))
}

/// Gives a task as it was typed. With `asks` nothing is written while there is a warning that was not heeded.
///
/// # Errors
/// Whoever acts may not give tasks; every fault of the fields.
pub fn create(
    conn: &mut TenantConn<'_>,
    by: &By<'_>,
    roll: RollRule,
    typed: &TaskTyped,
    asks: bool,
) -> Result<Entered> {
    if !may(by.acting.role, Act::GiveTasks) {
        return Err(Denial::NotPermitted.into());
    }
    let naming = Naming::load(conn, by, roll)?;
    let new = reading(conn, &naming, typed)?;
    let warnings = warn::of_new(conn, &naming, &new)?;
    if asks && warn::is_unheeded(&warnings, typed) {
        return Ok(Entered::Asked(warnings));
    }
    let row = write_new(conn, by, vec![new])?.pop();
    let row = row.ok_or_else(|| Error::Internal("no task was given".to_owned()))?;
    Ok(Entered::Done(Box::new(row), warnings))
}
