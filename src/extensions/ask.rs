//! Asking for later deadlines, and taking a request back.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::input::{Faults, NewRequest, RequestTyped};
use super::{list, store};
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, may};
use crate::domain::extension::{first_wanted, is_extendable};
use crate::domain::task::{ExtensionDecision, Status};
use crate::error::{Denial, Error, ExtensionFault, NotExtendable, ParameterProblem, Result};
use crate::journal::{self, Entry};
use crate::tasks::{self, TaskRow};

pub use store::Askable;

/// Asks for later deadlines of some tasks of a unit; the request's id.
///
/// # Errors
/// A task that is not the unit's, or whose deadline can't be moved; every fault of what was typed.
pub fn ask(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    typed: &RequestTyped,
    today: NaiveDate,
) -> Result<Uuid> {
    let ids = typed.ids()?;
    let mut faults = Faults::default();
    let request = typed.read(&ids, today, &mut faults);
    let mut once = ids;
    once.sort();
    once.dedup();
    let found = tasks::open_several(conn, acting, Act::AskExtensions, &once)?;
    later_than_now(&request, &found, today, &mut faults);
    faults.finish()?;
    let unit = acting.unit.ok_or(Denial::NotPermitted)?;
    let asked = store::asked_already(conn, &once)?;
    extendable(&found, |task| asked.contains(&task.id))?;
    let id = store::insert(conn, acting, unit, &request, today)?;
    tasks::touch(conn, &once)?;
    let entries: Vec<Entry> = request
        .tasks
        .iter()
        .map(|ask| Entry {
            actor: acting.actor.clone(),
            act: "task.ask_extension",
            subject: "task",
            subject_id: Some(ask.task),
            import_id: None,
            before: Some(json!({ "wanted_due_on": null })),
            after: Some(json!({ "wanted_due_on": ask.due_on, "request": id })),
        })
        .collect();
    journal::append(conn, &entries)?;
    Ok(id)
}

/// What is asked for lies after the deadline, and after today.
fn later_than_now(request: &NewRequest, found: &[TaskRow], today: NaiveDate, faults: &mut Faults) {
    for ask in &request.tasks {
        let due = found.iter().find(|task| task.id == ask.task).and_then(|task| task.due_on);
        let first = first_wanted(due.unwrap_or(today), today);
        if ask.due_on < first {
            faults.add(format!("due_{}", ask.place), ParameterProblem::OutOfRange(first, NaiveDate::MAX));
        }
    }
}

/// Nothing, when the deadline of every task may be moved.
pub(super) fn extendable(found: &[TaskRow], is_asked: impl Fn(&TaskRow) -> bool) -> Result<()> {
    let mut not = Vec::new();
    for task in found {
        let unknown = || Error::Internal("a task holds an unknown status".to_owned());
        let status = Status::from_code(&task.status).ok_or_else(unknown)?;
        let why = match task.due_on {
            _ if !is_extendable(status) => NotExtendable::Status(status),
            None => NotExtendable::NoDeadline,
            Some(_) if is_asked(task) => NotExtendable::AskedAlready,
            Some(_) => continue,
        };
        not.push((task.code.clone(), why));
    }
    if not.is_empty() { Ok(()) } else { Err(ExtensionFault::NotExtendable(not).into()) }
}

/// The tasks of whoever acts that a later deadline may be asked for, the earliest deadline first.
///
/// # Errors
/// The database's.
pub fn askable(conn: &mut TenantConn<'_>, acting: &Acting) -> Result<Vec<Askable>> {
    match acting.unit {
        Some(unit) if may(acting.role, Act::AskExtensions) => store::askable(conn, unit),
        _ => Ok(Vec::new()),
    }
}

/// Takes back what is open of a request of one's unit.
///
/// # Errors
/// There is no such request; nothing of it is open.
pub fn withdraw(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid, today: NaiveDate) -> Result<()> {
    if !store::lock(conn, id)? {
        return Err(Denial::NotFound.into());
    }
    let request = list::request(conn, acting.visible(), id)?;
    if !may(acting.role, Act::AskExtensions) {
        return Err(Denial::NotPermitted.into());
    }
    if !request.is_open() {
        return Err(ExtensionFault::Decided.into());
    }
    let withdrawn = store::withdraw(conn, id, today, &acting.actor)?;
    tasks::touch(conn, &withdrawn)?;
    let entry = |task: &Uuid| Entry {
        actor: acting.actor.clone(),
        act: "task.withdraw_extension",
        subject: "task",
        subject_id: Some(*task),
        import_id: None,
        before: Some(json!({ "decision": null })),
        after: Some(json!({ "decision": ExtensionDecision::Withdrawn.code(), "request": id })),
    };
    journal::append(conn, &withdrawn.iter().map(entry).collect::<Vec<_>>())
}
