//! Hand-over: all open tasks of somebody who leaves go to another person in one act.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::actions::entry;
use super::model::Person;
use crate::db::TenantConn;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::tasks::{self, Held};

/// How many open tasks name a person.
///
/// # Errors
/// The database's.
pub fn open_tasks(conn: &mut TenantConn<'_>, person: Uuid) -> Result<usize> {
    Ok(tasks::open_of_person(conn, person)?.len())
}

/// Puts `to` in the place of `from` in every open task, as leader, contact, follower or assignee; how many there were.
/// Each task's history tells it.
///
/// # Errors
/// `to` may not sign in, or is the same person.
pub fn hand_over(conn: &mut TenantConn<'_>, actor: Uuid, from: &Person, to: &Person) -> Result<usize> {
    if from.id == to.id || !to.active {
        let fault = ParameterFault { name: "to".to_owned(), problem: ParameterProblem::NoSuchPerson };
        return Err(Refusal::Parameters(vec![fault]).into());
    }
    let held = tasks::open_of_person(conn, from.id)?;
    let ids: Vec<Uuid> = held.iter().map(|task| task.id).collect();
    tasks::hand_over(conn, &ids, from.id, to.id)?;
    let mut entries: Vec<Entry> = held.iter().map(|task| task_entry(actor, task, from, to)).collect();
    let told = json!({ "to": to.id, "to_name": to.name, "tasks": held.len() });
    entries.push(entry(actor, "person.hand_over", from.id, None, Some(told)));
    journal::append(conn, &entries)?;
    Ok(held.len())
}

fn task_entry(actor: Uuid, task: &Held, from: &Person, to: &Person) -> Entry {
    let places = [
        ("leader", task.is_leader),
        ("contact", task.is_contact),
        ("follower", task.is_follower),
        ("assignee", task.is_assignee),
    ];
    let named = |name: &str| -> Value {
        let fields = places.iter().filter(|(_, is_there)| *is_there);
        Value::Object(fields.map(|(field, _)| ((*field).to_owned(), json!(name))).collect::<Map<_, _>>())
    };
    Entry {
        actor: actor.to_string(),
        act: "task.hand_over",
        subject: "task",
        subject_id: Some(task.id),
        import_id: None,
        before: Some(named(&from.name)),
        after: Some(named(&to.name)),
    }
}
