//! Changing what a task says.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::new::NewTask;
use super::read::{Kept, Naming, Reader, parent};
use super::typed::TaskTyped;
use super::{Entered, warn};
use crate::db::TenantConn;
use crate::domain::calendar::RollRule;
use crate::domain::deadline::{YEARS, written};
use crate::domain::life::Step;
use crate::error::{Error, ParameterProblem, Result};
use crate::tasks::acts::{By, Target, Telling, finish, open_step};
use crate::tasks::faults::Faults;
use crate::tasks::{Coordination, TaskRow, by_ids, replace_coordinations, store};
use crate::units::Unit;

/// The most characters of a reason.
const REASON: usize = 2_000;

/// A task as the form for changing it shows it.
///
/// # Errors
/// The database's.
pub fn present(conn: &mut TenantConn<'_>, units: &[Unit], row: &TaskRow) -> Result<TaskTyped> {
    let coordinating = store::detail::coordinating(conn, row.id)?;
    let parents: Vec<Uuid> = row.parent_id.into_iter().collect();
    let parent = if parents.is_empty() { None } else { by_ids(conn, &parents)?.pop() };
    let named = units.iter().filter(|unit| coordinating.contains(&unit.id));
    let text = |text: &Option<String>| Some(text.clone().unwrap_or_default());
    let day = |day: Option<NaiveDate>| Some(day.map(written).unwrap_or_default());
    let id = |id: Option<Uuid>| Some(id.map(|id| id.to_string()).unwrap_or_default());
    Ok(TaskTyped {
        title: Some(row.title.clone()),
        category: Some(row.category.clone()),
        field: text(&row.field),
        parent: Some(parent.map(|task| task.code).unwrap_or_default()),
        labels: Some(row.labels.join("; ")),
        source_number: text(&row.source_number),
        source_date: day(row.source_date),
        source_kind: text(&row.source_kind),
        source_abstract: text(&row.source_abstract),
        source_issuer: text(&row.source_issuer),
        urgency: text(&row.source_urgency),
        coordinating: Some(named.map(|unit| unit.short_name.clone()).collect()),
        leader: id(row.leader_id),
        follower: id(row.follower_id),
        product: Some(row.product.clone()),
        level: text(&row.level_words.clone().or_else(|| row.level.clone())),
        assigned_on: day(row.assigned_on),
        due: text(&row.due_words.clone().or_else(|| row.original_due_on.map(written))),
        note: text(&row.note),
        ..TaskTyped::default()
    })
}

/// Changes what a task says; what is not typed stays. With `asks` nothing is written while there is a warning that was
/// not heeded. The original deadline is put right only with a reason, and not once an extension was decided.
///
/// # Errors
/// The task is not there or not of this version; whoever acts may not; every fault of the fields.
pub fn edit(
    conn: &mut TenantConn<'_>,
    by: &By<'_>,
    roll: RollRule,
    target: Target,
    typed: TaskTyped,
    asks: bool,
) -> Result<Entered> {
    let (before, _) = open_step(conn, by, Step::Edit, target)?;
    let naming = Naming::load(conn, by, roll)?;
    let present = present(conn, &naming.units, &before)?;
    let coordinating = store::detail::coordinating(conn, before.id)?;
    let typed = typed.over(present.clone());
    let parent = parent(conn, &typed)?;
    let kept = Kept { row: &before, coordinating: &coordinating, typed: &present };
    let mut reader =
        Reader { naming: &naming, kept: Some(kept), parent: parent.as_ref(), faults: Faults::default() };
    let read = reader.read(&typed);
    let mut faults = reader.faults;
    let reason = faults.prose("correction", &typed.correction, REASON);
    if typed.code.is_some() {
        faults.add("code", ParameterProblem::Unknown);
    }
    if let Some(new) = &read {
        check(conn, &before, new, &reason, &mut faults)?;
    }
    faults.finish()?;
    let new = read.ok_or_else(|| Error::Internal("a task was neither read nor faulty".to_owned()))?;
    let warnings = warn::of_change(conn, &naming, &before, &new)?;
    if asks && warn::is_unheeded(&warnings, &typed) {
        return Ok(Entered::Asked(warnings));
    }
    let row = write(conn, by, before, new, &coordinating, reason)?;
    Ok(Entered::Done(Box::new(row), warnings))
}

/// What a change must not do to what the task is already.
fn check(
    conn: &mut TenantConn<'_>,
    before: &TaskRow,
    new: &NewTask,
    reason: &Option<String>,
    faults: &mut Faults,
) -> Result<()> {
    if new.due.due_on != before.original_due_on {
        if store::entering::has_decided_extension(conn, before.id)? {
            faults.add("due", ParameterProblem::DueDecided);
        } else {
            faults.need("correction", reason);
        }
    }
    if new.assigned_on != before.assigned_on
        && let Some(assigned_on) = new.assigned_on
        && let Some(first) = store::entering::first_fact_on(conn, before.id)?
        && first < assigned_on
    {
        let from = NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or(NaiveDate::MIN);
        faults.add("assigned_on", ParameterProblem::OutOfRange(from, first));
    }
    if new.parent != before.parent_id
        && let Some(parent) = new.parent
        && store::entering::is_part_of(conn, parent, before.id)?
    {
        faults.add("parent", ParameterProblem::PartOfItself);
    }
    Ok(())
}

fn write(
    conn: &mut TenantConn<'_>,
    by: &By<'_>,
    before: TaskRow,
    new: NewTask,
    coordinating: &[Uuid],
    reason: Option<String>,
) -> Result<TaskRow> {
    let mut telling = Telling::default();
    telling.say("reason", reason.map(|reason| json!(reason)));
    let mut units = coordinating.to_vec();
    units.sort_unstable();
    if new.coordinating != units {
        let row = |unit_id: &Uuid| Coordination { task_id: before.id, unit_id: *unit_id };
        let rows: Vec<Coordination> = new.coordinating.iter().map(row).collect();
        replace_coordinations(conn, &[before.id], &rows)?;
        telling.change("coordinating", json!(units), json!(new.coordinating));
    }
    let is_moved = new.due.due_on != before.original_due_on;
    let mut after = new.put_on(before.clone());
    if is_moved {
        after.due_on = after.original_due_on;
    }
    if after == before && telling.is_silent() {
        return Ok(before);
    }
    finish(conn, by, Step::Edit, &before, after, telling)
}
