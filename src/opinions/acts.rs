//! Saying something about tasks, answering, closing, asking again.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::input::{AnswerTyped, NewOpinion, OpinionTyped};
use super::list::may_close;
use super::model::Opinion;
use super::store;
use crate::db::TenantConn;
use crate::domain::access::{Act, Acting, Role};
use crate::domain::opinion::{OpinionKind, OpinionState};
use crate::error::{Denial, OpinionFault, ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::tasks;

/// Gives an opinion on a task, or asks the unit that leads it for an explanation; its id.
///
/// # Errors
/// There is no such task for whoever acts; every fault of what was typed.
pub fn give(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    task: Uuid,
    typed: &OpinionTyped,
    today: NaiveDate,
) -> Result<Uuid> {
    tasks::open_for(conn, acting, Act::DirectTasks, task, None)?;
    let new = in_whose_name(conn, acting, typed.read(false, today)?, today)?;
    let ids = write(conn, acting, &[task], &new, None, today)?;
    Ok(ids.first().copied().ok_or(Denial::NotFound)?)
}

/// Asks a unit for an explanation of every overdue task of its own that it has not been asked about; how many those are.
///
/// # Errors
/// There is no such unit; there is nothing to ask about; every fault of what was typed.
pub fn ask_of_unit(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    unit: Uuid,
    typed: &OpinionTyped,
    today: NaiveDate,
    due_soon_days: u32,
) -> Result<usize> {
    let overdue = tasks::urging(conn, unit, today, due_soon_days)?.tasks;
    let typed = OpinionTyped { kind: OpinionKind::Explanation.code().to_owned(), ..typed.clone() };
    let new = in_whose_name(conn, acting, typed.read(true, today)?, today)?;
    let ids: Vec<Uuid> = overdue.iter().map(|task| task.id).collect();
    let asked = store::explaining(conn, &ids)?;
    let ids: Vec<Uuid> = ids.into_iter().filter(|id| !asked.contains(id)).collect();
    if ids.is_empty() {
        return Err(OpinionFault::NothingOverdue.into());
    }
    tasks::open_several(conn, acting, Act::DirectTasks, &ids)?;
    Ok(write(conn, acting, &ids, &new, None, today)?.len())
}

/// A leader speaks for themselves, the Office in the name of a leader of today or in its own.
fn in_whose_name(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    new: NewOpinion,
    today: NaiveDate,
) -> Result<NewOpinion> {
    let leader = match (acting.role, new.leader) {
        (Role::Leader, _) => acting.person,
        (_, Some(leader)) if !store::is_leader(conn, leader, today)? => {
            let fault = ParameterFault { name: "leader".to_owned(), problem: ParameterProblem::NoSuchPerson };
            return Err(Refusal::Parameters(vec![fault]).into());
        }
        (_, leader) => leader,
    };
    Ok(NewOpinion { leader, ..new })
}

/// Writes the same opinion to tasks that are in hand; the ids.
fn write(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    on: &[Uuid],
    new: &NewOpinion,
    follows: Option<Uuid>,
    today: NaiveDate,
) -> Result<Vec<Uuid>> {
    let ids = store::insert(conn, acting, on, new, follows, today)?;
    tasks::touch(conn, on)?;
    let act = match new.kind {
        OpinionKind::Opinion => "task.give_opinion",
        OpinionKind::Explanation => "task.ask_explanation",
    };
    let entries: Vec<Entry> = on
        .iter()
        .zip(&ids)
        .map(|(task, id)| {
            let before = json!({ "words": null });
            let after = json!({
                "words": new.words, "answer_due_on": new.answer_due_on, "in_name_of": new.leader, "opinion": id,
            });
            entry(acting, act, *task, before, after)
        })
        .collect();
    journal::append(conn, &entries)?;
    Ok(ids)
}

fn entry(acting: &Acting, act: &'static str, task: Uuid, before: Value, after: Value) -> Entry {
    Entry {
        actor: acting.actor.clone(),
        act,
        subject: "task",
        subject_id: Some(task),
        import_id: None,
        before: Some(before),
        after: Some(after),
    }
}

/// The opinion of an id, locked, and its task in hand for an act.
fn open(conn: &mut TenantConn<'_>, acting: &Acting, act: Act, id: Uuid) -> Result<Opinion> {
    if !store::lock(conn, id)? {
        return Err(Denial::NotFound.into());
    }
    let opinion = store::one(conn, id)?.ok_or(Denial::NotFound)?;
    tasks::open_for(conn, acting, act, opinion.task_id, None)?;
    Ok(opinion)
}

/// Answers for the unit that leads the task; the task.
///
/// # Errors
/// It is not there or not theirs to answer; it was answered or closed already; the answer can't be read.
pub fn answer(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    id: Uuid,
    typed: &AnswerTyped,
    today: NaiveDate,
) -> Result<Uuid> {
    let opinion = open(conn, acting, Act::ReportTasks, id)?;
    match opinion.state() {
        OpinionState::Waiting | OpinionState::Told => {}
        OpinionState::Answered => return Err(OpinionFault::Answered.into()),
        OpinionState::Closed => return Err(OpinionFault::Closed.into()),
    }
    let words = typed.read()?;
    store::answer(conn, id, &words, &acting.actor, today)?;
    tasks::touch(conn, &[opinion.task_id])?;
    let (before, after) = (json!({ "answer": null }), json!({ "answer": words, "opinion": id }));
    journal::append(conn, &[entry(acting, "task.answer_opinion", opinion.task_id, before, after)])?;
    Ok(opinion.task_id)
}

/// An opinion that whoever acts may close.
fn open_to_close(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid) -> Result<Opinion> {
    let opinion = open(conn, acting, Act::DirectTasks, id)?;
    if !may_close(acting, &opinion) {
        return Err(OpinionFault::NotYours.into());
    }
    if opinion.state() == OpinionState::Closed {
        return Err(OpinionFault::Closed.into());
    }
    Ok(opinion)
}

/// Closes it: nothing more is to be done about it; the task.
///
/// # Errors
/// It is not there, another's, or closed already.
pub fn close(conn: &mut TenantConn<'_>, acting: &Acting, id: Uuid, today: NaiveDate) -> Result<Uuid> {
    let opinion = open_to_close(conn, acting, id)?;
    store::close(conn, id, &acting.actor, today)?;
    tasks::touch(conn, &[opinion.task_id])?;
    let (before, after) = (json!({ "closed_on": null }), json!({ "closed_on": today, "opinion": id }));
    journal::append(conn, &[entry(acting, "task.close_opinion", opinion.task_id, before, after)])?;
    Ok(opinion.task_id)
}

/// Closes it and asks again with other words and another day, of the same kind and in the same name; the task.
///
/// # Errors
/// It is not there, another's, or closed already; every fault of what was typed.
pub fn ask_again(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    id: Uuid,
    typed: &OpinionTyped,
    today: NaiveDate,
) -> Result<Uuid> {
    let opinion = open_to_close(conn, acting, id)?;
    let same = OpinionTyped { kind: opinion.kind.code().to_owned(), leader: String::new(), ..typed.clone() };
    let new = NewOpinion { leader: opinion.leader_id, ..same.read(true, today)? };
    store::close(conn, id, &acting.actor, today)?;
    write(conn, acting, &[opinion.task_id], &new, Some(id), today)?;
    Ok(opinion.task_id)
}
