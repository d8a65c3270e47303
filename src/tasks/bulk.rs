//! Acts on several tasks: a preview that says of each what will happen or why not, then one act.
//!
//! What must stay true: all or nothing of what was previewed, in the versions in which it was; a task that whoever acts
//! does not see is `Gone`, as if there were none; at most [`MOST`] tasks.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::acts::{self, By, Target};
use super::filter::TaskFilterInput;
use super::list::ready;
use super::model::TaskRow;
use super::store::bulk::{self as store, Ties};
use super::store::named::{PostHolder, post_holders};
use super::{store as stores, urge};
use crate::db::TenantConn;
use crate::domain::access::{Acting, Relation, Visible, allows_on, relation};
use crate::domain::bulk::{BulkAct, LeftOut, fits};
use crate::domain::life::Step;
use crate::domain::task::Status;
use crate::domain::words::tidy;
use crate::error::{Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::units::{self, Unit};

/// The most tasks of one act.
pub const MOST: usize = 500;

/// The most characters of a reason.
const LONGEST_REASON: usize = 500;

/// One task of a preview.
#[derive(Debug, Clone, PartialEq)]
pub struct Previewed {
    /// The task; `None` when it is gone.
    pub task: Option<TaskRow>,
    /// Which one was asked for.
    pub id: Uuid,
    /// Why it is left out; `None` when the act will be done to it.
    pub left_out: Option<LeftOut>,
}

/// What an act on several tasks would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The act.
    pub act: BulkAct,
    /// The tasks, in the order in which they were chosen.
    pub rows: Vec<Previewed>,
    /// The tenant's units.
    pub units: Vec<Unit>,
    /// Who holds a post in the lead units of the tasks it will be done to.
    pub holders: Vec<PostHolder>,
}

impl Preview {
    /// The tasks to which it will be done.
    pub fn fit(&self) -> impl Iterator<Item = &TaskRow> {
        self.rows.iter().filter(|row| row.left_out.is_none()).filter_map(|row| row.task.as_ref())
    }
}

/// The tasks of a list, for "all of this list"; `None` when there are more than [`MOST`].
///
/// # Errors
/// No such unit.
pub fn all_of_list(
    conn: &mut TenantConn<'_>,
    day: NaiveDate,
    due_soon_days: u32,
    asked: TaskFilterInput,
) -> Result<Option<Vec<Uuid>>> {
    let filter = ready(conn, day, due_soon_days, asked)?;
    let limit = u32::try_from(MOST).unwrap_or(u32::MAX);
    let found = stores::list::page(conn, &filter, limit + 1, None)?;
    Ok((found.len() <= MOST).then(|| found.into_iter().map(|(task, _)| task.id).collect()))
}

/// What an act would do to these tasks. They are locked until the transaction ends.
///
/// # Errors
/// The database's.
pub fn preview(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    act: BulkAct,
    chosen: &[Uuid],
    today: NaiveDate,
) -> Result<Preview> {
    let locked = stores::several::lock(conn, chosen)?;
    let mut tasks: HashMap<Uuid, TaskRow> = locked.into_iter().map(|task| (task.id, task)).collect();
    let ties = store::ties(conn, chosen)?;
    let mut seen = HashSet::new();
    let mut rows: Vec<Previewed> = chosen
        .iter()
        .filter(|id| seen.insert(**id))
        .map(|id| {
            let task = tasks.remove(id).filter(|task| is_seen(acting, task, &ties));
            let left_out = match &task {
                Some(task) => judge(acting, act, task, &ties).err(),
                None => Some(LeftOut::Gone),
            };
            Previewed { task, id: *id, left_out }
        })
        .collect();
    if act.is_of_one_unit() {
        keep_one_unit(&mut rows);
    }
    let units = units::all(conn)?;
    let leads: HashSet<Uuid> = fit_of(&rows).map(|task| task.lead_unit_id).collect();
    let leads: Vec<Uuid> = leads.into_iter().collect();
    let mut holders = post_holders(conn, &leads, today)?;
    holders.retain(|holder| holder.unit.is_some_and(|unit| leads.contains(&unit)));
    let mut preview = Preview { act, rows, units, holders };
    if act == BulkAct::Urge {
        leave_out_unreachable(&mut preview);
    }
    Ok(preview)
}

fn fit_of(rows: &[Previewed]) -> impl Iterator<Item = &TaskRow> {
    rows.iter().filter(|row| row.left_out.is_none()).filter_map(|row| row.task.as_ref())
}

fn relation_of(acting: &Acting, task: &TaskRow, ties: &Ties) -> Relation {
    let coordinating = ties.coordinating.get(&task.id).map(Vec::as_slice).unwrap_or_default();
    let assignees = ties.assignees.get(&task.id).map(Vec::as_slice).unwrap_or_default();
    let is_given =
        acting.person.is_some_and(|person| task.contact_id == Some(person) || assignees.contains(&person));
    relation(acting.unit, task.lead_unit_id, coordinating, is_given)
}

fn is_seen(acting: &Acting, task: &TaskRow, ties: &Ties) -> bool {
    match acting.visible() {
        Visible::Tenant => true,
        Visible::Unit(_) => relation_of(acting, task, ties) != Relation::Other,
        Visible::Nothing => false,
    }
}

fn judge(acting: &Acting, act: BulkAct, task: &TaskRow, ties: &Ties) -> std::result::Result<(), LeftOut> {
    if !allows_on(acting.role, act.act(), relation_of(acting, task, ties)) {
        return Err(LeftOut::NotPermitted);
    }
    fits(act, Status::from_code(&task.status).ok_or(LeftOut::Outside)?)?;
    let is_own = ties.reported_by.get(&task.id).is_some_and(|by| by.as_ref() == Some(&acting.actor));
    match act {
        BulkAct::Confirm if is_own => Err(LeftOut::OwnReport),
        BulkAct::Extend if task.due_on.is_none() => Err(LeftOut::NoDeadline),
        BulkAct::Extend if ties.asked.contains(&task.id) => Err(LeftOut::AskedAlready),
        _ => Ok(()),
    }
}

/// People are of one unit: of tasks of several the first one's stay.
fn keep_one_unit(rows: &mut [Previewed]) {
    let first = fit_of(rows).map(|task| task.lead_unit_id).next();
    for row in rows.iter_mut().filter(|row| row.left_out.is_none()) {
        if row.task.as_ref().map(|task| task.lead_unit_id) != first {
            row.left_out = Some(LeftOut::OtherUnit);
        }
    }
}

fn leave_out_unreachable(preview: &mut Preview) {
    let reached: HashSet<Uuid> = preview
        .units
        .iter()
        .filter(|unit| urge::reached(unit, &preview.holders))
        .map(|unit| unit.id)
        .collect();
    for row in preview.rows.iter_mut().filter(|row| row.left_out.is_none()) {
        if row.task.as_ref().is_some_and(|task| !reached.contains(&task.lead_unit_id)) {
            row.left_out = Some(LeftOut::NobodyToUrge);
        }
    }
}

/// A task as it was previewed: its id and version.
pub type Seen = (Uuid, i32);

/// The tasks of a preview that was agreed to, as they are now.
///
/// # Errors
/// [`Refusal::Stale`]: one of them is another than it was, or can't have it done to it any more.
pub fn agreed(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    act: BulkAct,
    seen: &[Seen],
    today: NaiveDate,
) -> Result<Preview> {
    let ids: Vec<Uuid> = seen.iter().map(|(id, _)| *id).collect();
    let preview = preview(conn, acting, act, &ids, today)?;
    let versions: HashMap<Uuid, i32> = seen.iter().copied().collect();
    let changed = preview.rows.iter().find_map(|row| match &row.task {
        Some(task) if row.left_out.is_none() && versions.get(&row.id) == Some(&task.version) => None,
        Some(task) => Some(task.version),
        None => Some(0),
    });
    match changed {
        Some(version) => Err(Refusal::Stale(version).into()),
        None if preview.rows.is_empty() => Err(fault("task", ParameterProblem::Missing)),
        None => Ok(preview),
    }
}

fn fault(name: &str, problem: ParameterProblem) -> Error {
    Refusal::Parameters(vec![ParameterFault { name: name.to_owned(), problem }]).into()
}

/// Whom tasks are given to, as typed: ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssignTyped {
    /// The contact; as it is when blank.
    pub contact: Option<String>,
    /// The assignees; as they are when there are none.
    pub assignees: Vec<String>,
}

/// Says who in the lead unit does these tasks; how many there are.
///
/// # Errors
/// [`Refusal::Stale`]; nobody is named, or somebody who holds no post in the lead unit.
pub fn assign(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    seen: &[Seen],
    typed: &AssignTyped,
    today: NaiveDate,
) -> Result<usize> {
    let preview = agreed(conn, acting, BulkAct::Assign, seen, today)?;
    let person =
        |typed: &String| preview.holders.iter().map(|holder| holder.id).find(|id| id.to_string() == *typed);
    let contact = typed.contact.as_ref().map(person);
    let named: Vec<Option<Uuid>> = typed.assignees.iter().map(person).collect();
    if contact.is_none() && named.is_empty() {
        return Err(fault("assignee", ParameterProblem::Missing));
    }
    if contact == Some(None) {
        return Err(fault("contact", ParameterProblem::NoSuchPerson));
    }
    let Some(mut assignees) = named.into_iter().collect::<Option<Vec<Uuid>>>() else {
        return Err(fault("assignee", ParameterProblem::NoSuchPerson));
    };
    assignees.sort_unstable();
    assignees.dedup();
    let ids: Vec<Uuid> = preview.fit().map(|task| task.id).collect();
    let ties = store::ties(conn, &ids)?;
    store::assign(conn, &ids, contact.flatten(), &assignees)?;
    let told = |task: &TaskRow| {
        let (before, after) = assigned(&ties, task, contact.flatten(), &assignees);
        entry(acting, Step::Assign.journal_act(), task.id, Some(before), after)
    };
    let entries: Vec<Entry> = preview.fit().map(told).collect();
    journal::append(conn, &entries)?;
    Ok(ids.len())
}

/// What an assignment changes in a task.
fn assigned(ties: &Ties, task: &TaskRow, contact: Option<Uuid>, assignees: &[Uuid]) -> (Value, Value) {
    let (mut before, mut after) = (serde_json::Map::new(), serde_json::Map::new());
    if let Some(contact) = contact {
        before.insert("contact".to_owned(), json!(task.contact_id));
        after.insert("contact".to_owned(), json!(contact));
    }
    if !assignees.is_empty() {
        let old = ties.assignees.get(&task.id).cloned().unwrap_or_default();
        before.insert("assignees".to_owned(), json!(old));
        after.insert("assignees".to_owned(), json!(assignees));
    }
    (Value::Object(before), Value::Object(after))
}

/// Which unit gets the lead, as typed: `unit` its id, `reason`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct MoveTyped {
    pub unit: Option<String>,
    pub reason: Option<String>,
}

/// Gives another unit the lead of these tasks from today on; how many it did not lead already. A unit that is split gives
/// its open tasks away so, a set to each of those that follow it.
///
/// # Errors
/// [`Refusal::Stale`]; no unit of today; no reason, or one too long.
pub fn move_to(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    seen: &[Seen],
    typed: &MoveTyped,
    today: NaiveDate,
) -> Result<usize> {
    let preview = agreed(conn, acting, BulkAct::Move, seen, today)?;
    let to = typed.unit.as_ref().and_then(|typed| {
        preview.units.iter().find(|unit| unit.exists_on(today) && unit.id.to_string() == *typed)
    });
    let reason = tidy(typed.reason.as_deref().unwrap_or_default());
    let wrong_reason = match reason.as_str() {
        "" => Some(ParameterProblem::Missing),
        long if long.chars().count() > LONGEST_REASON || long.chars().any(char::is_control) => {
            Some(ParameterProblem::TooLong(LONGEST_REASON))
        }
        _ => None,
    };
    let wrong = [("unit", to.is_none().then_some(ParameterProblem::NoSuchUnit)), ("reason", wrong_reason)];
    let faults: Vec<ParameterFault> = wrong
        .into_iter()
        .filter_map(|(name, problem)| Some(ParameterFault { name: name.to_owned(), problem: problem? }))
        .collect();
    let Some(to) = to.filter(|_| faults.is_empty()) else { return Err(Refusal::Parameters(faults).into()) };
    let moving: Vec<&TaskRow> = preview.fit().filter(|task| task.lead_unit_id != to.id).collect();
    let from: Vec<(Uuid, Uuid)> = moving.iter().map(|task| (task.id, task.lead_unit_id)).collect();
    let ids: Vec<Uuid> = moving.iter().map(|task| task.id).collect();
    let ties = store::ties(conn, &ids)?;
    store::give_lead(conn, &from, to.id, today, &reason)?;
    let moved = |task: &&TaskRow| {
        let (mut before, mut after) =
            (json!({ "unit": task.lead_unit_id }), json!({ "unit": to.id, "reason": reason }));
        let held = [("contact", json!(task.contact_id)), ("assignees", json!(ties.assignees.get(&task.id)))];
        for (name, value) in held.into_iter().filter(|(_, value)| !value.is_null()) {
            if let (Some(before), Some(after)) = (before.as_object_mut(), after.as_object_mut()) {
                before.insert(name.to_owned(), value);
                after.insert(name.to_owned(), Value::Null);
            }
        }
        entry(acting, Step::Move.journal_act(), task.id, Some(before), after)
    };
    journal::append(conn, &moving.iter().map(moved).collect::<Vec<Entry>>())?;
    Ok(from.len())
}

/// Confirms that these tasks are completed; how many there are.
///
/// # Errors
/// [`Refusal::Stale`].
pub fn confirm(conn: &mut TenantConn<'_>, acting: &Acting, seen: &[Seen], today: NaiveDate) -> Result<usize> {
    agreed(conn, acting, BulkAct::Confirm, seen, today)?;
    let targets: Vec<Target> =
        seen.iter().map(|(id, version)| Target { id: *id, version: Some(*version) }).collect();
    Ok(acts::confirm_all(conn, &By { acting, today }, &targets)?.len())
}

/// Plans a letter about these tasks to the heads of each lead unit, or its mailbox; how many letters there are.
///
/// # Errors
/// [`Refusal::Stale`].
pub fn urge_heads(
    conn: &mut TenantConn<'_>,
    acting: &Acting,
    seen: &[Seen],
    today: NaiveDate,
) -> Result<usize> {
    let preview = agreed(conn, acting, BulkAct::Urge, seen, today)?;
    let planned = urge::plan(conn, &preview, today)?;
    let urged =
        |task: &TaskRow| entry(acting, "task.urge", task.id, None, json!({ "unit": task.lead_unit_id }));
    journal::append(conn, &preview.fit().map(urged).collect::<Vec<Entry>>())?;
    Ok(planned)
}

fn entry(acting: &Acting, act: &'static str, task: Uuid, before: Option<Value>, after: Value) -> Entry {
    let actor = acting.actor.clone();
    Entry { actor, act, subject: "task", subject_id: Some(task), import_id: None, before, after: Some(after) }
}
