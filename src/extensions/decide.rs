//! Deciding a request, a task at a time.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::ask::extendable;
use super::input::{DecisionTyped, Faults, NewRuling};
use super::list;
use super::model::Request;
use super::store::{self, Decided};
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, Role};
use crate::domain::extension::{first_agreed, may_decide};
use crate::error::{Denial, ExtensionFault, ParameterProblem, Result};
use crate::journal::{self, Entry};
use crate::tasks::{self, TaskRow};

/// Decides some or all of what is open of a request. The Office may record an earlier day, of a decision that was made
/// on paper; a leader decides today.
///
/// # Errors
/// There is no such request; whoever acts asked it; a task of it was decided already, or its deadline can't be moved;
/// every fault of what was typed.
pub fn decide(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    id: Uuid,
    typed: &DecisionTyped,
    today: NaiveDate,
) -> Result<()> {
    if !store::lock(conn, id)? {
        return Err(Denial::NotFound.into());
    }
    let request = list::request(conn, acting.visible(), id)?;
    if !may_decide(&request.letter.asked_by, &acting.actor) {
        return Err(ExtensionFault::OwnRequest.into());
    }
    if !request.is_open() {
        return Err(ExtensionFault::Decided.into());
    }
    let mut faults = Faults::default();
    let day = typed.day(&mut faults).unwrap_or(today);
    let first = if acting.role == Role::Office { request.letter.requested_on } else { today };
    if day < first || today < day {
        faults.add("decided_on", ParameterProblem::OutOfRange(first, today));
    }
    let rulings = typed.rulings(&mut faults)?;
    let ids: Vec<Uuid> = rulings.iter().map(|ruling| ruling.task).collect();
    let rows = rows(&request, &rulings)?;
    let found = tasks::open_several(conn, acting, Act::DecideExtensions, &ids)?;
    let decided = judged(&rulings, &rows, &found, &mut faults);
    faults.finish()?;
    let moved: Vec<TaskRow> =
        found.iter().zip(&decided).filter(|(_, d)| d.new_due_on.is_some()).map(|(t, _)| t.clone()).collect();
    extendable(&moved, |_| false)?;
    store::decide(conn, &decided, day, &acting.actor)?;
    tasks::restate_due(conn, &ids)?;
    journal::append(conn, &entries(acting, id, day, &found, &decided))
}

/// The open row of each ruling, with the deadline that it asks for.
fn rows(request: &Request, rulings: &[NewRuling]) -> Result<Vec<(Uuid, NaiveDate)>> {
    let row = |ruling: &NewRuling| {
        let row = request.tasks.iter().find(|row| row.task_id == ruling.task).ok_or(Denial::NotFound)?;
        match row.decision {
            None => Ok((row.id, row.wanted_due_on)),
            Some(_) => Err(ExtensionFault::Decided.into()),
        }
    };
    rulings.iter().map(row).collect()
}

/// What is written; what is agreed to must be later than the deadline.
fn judged(
    rulings: &[NewRuling],
    rows: &[(Uuid, NaiveDate)],
    found: &[TaskRow],
    faults: &mut Faults,
) -> Vec<Decided> {
    let mut decided = Vec::with_capacity(rulings.len());
    for ((ruling, (id, wanted)), task) in rulings.iter().zip(rows).zip(found) {
        let new_due_on = ruling.ruling.new_due(*wanted);
        if let (Some(new), Some(due)) = (new_due_on, task.due_on)
            && new <= due
        {
            let problem = ParameterProblem::OutOfRange(first_agreed(due), NaiveDate::MAX);
            faults.add(format!("due_{}", ruling.place), problem);
        }
        let reason = ruling.reason.clone();
        decided.push(Decided { id: *id, ruling: ruling.ruling, reason, new_due_on });
    }
    decided
}

fn entries(
    acting: &Acting,
    request: Uuid,
    day: NaiveDate,
    found: &[TaskRow],
    decided: &[Decided],
) -> Vec<Entry> {
    let entry = |(task, decided): (&TaskRow, &Decided)| {
        let mut before = Map::from_iter([("decision".to_owned(), Value::Null)]);
        let mut after = Map::from_iter([
            ("decision".to_owned(), json!(decided.ruling.decision().code())),
            ("decided_on".to_owned(), json!(day)),
            ("request".to_owned(), json!(request)),
        ]);
        if let Some(due) = decided.new_due_on {
            before.insert("due_on".to_owned(), json!(task.due_on));
            after.insert("due_on".to_owned(), json!(due));
        }
        if let Some(reason) = &decided.reason {
            after.insert("reason".to_owned(), json!(reason));
        }
        Entry {
            actor: acting.actor.clone(),
            act: "task.decide_extension",
            subject: "task",
            subject_id: Some(task.id),
            import_id: None,
            before: Some(before.into()),
            after: Some(after.into()),
        }
    };
    found.iter().zip(decided).map(entry).collect()
}
