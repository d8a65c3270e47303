//! Units: added, put right, ordered, ended.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::words::{key, tidy};
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::ids::new_id;
use crate::journal::{self, Entry};
use crate::params::Params;
use crate::people::{self, PeopleFilter};
use crate::tasks::{self, OpenLed};
use crate::tenants::{is_email, is_name};
use crate::units::{self, NewUnit, Unit};

/// A unit with how many open tasks it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitListed {
    /// The unit.
    pub unit: Unit,
    /// Its successor's name.
    pub successor: Option<String>,
    /// The open tasks it leads.
    pub open_tasks: u64,
}

/// Every unit, past ones too, in the tenant's order.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut TenantConn<'_>) -> Result<Vec<UnitListed>> {
    let all = units::all(conn)?;
    let open: HashMap<Uuid, u64> = tasks::open_by_unit(conn)?
        .into_iter()
        .map(|OpenLed { unit, tasks }| (unit, u64::try_from(tasks).unwrap_or(0)))
        .collect();
    let names: HashMap<Uuid, String> = all.iter().map(|unit| (unit.id, unit.name.clone())).collect();
    let listed = |unit: Unit| UnitListed {
        successor: unit.successor_id.and_then(|id| names.get(&id).cloned()),
        open_tasks: open.get(&unit.id).copied().unwrap_or(0),
        unit,
    };
    Ok(all.into_iter().map(listed).collect())
}

/// The unit of an id.
///
/// # Errors
/// There is none.
pub fn find(conn: &mut TenantConn<'_>, id: Uuid) -> Result<UnitListed> {
    let found = list(conn)?.into_iter().find(|listed| listed.unit.id == id);
    Ok(found.ok_or(Denial::NotFound)?)
}

/// A unit as typed: `name`, `short_name`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct UnitInput {
    pub name: String,
    pub short_name: String,
}

impl UnitInput {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut text = |name| tidy(&params.text(name).unwrap_or_default());
        Self { name: text("name"), short_name: text("short_name") }
    }

    /// Checks it against the units there are; `own` is the one to be put right.
    fn check(&self, all: &[Unit], own: Option<Uuid>) -> Result<()> {
        let others = || all.iter().filter(|unit| unit.valid_until.is_none() && Some(unit.id) != own);
        let is_taken = |typed: &str| {
            others().any(|unit| [&unit.name, &unit.short_name].iter().any(|name| key(name) == key(typed)))
        };
        let problem = |typed: &str| match typed {
            "" => Some(ParameterProblem::Missing),
            typed if !is_name(typed) => Some(ParameterProblem::TooLong(200)),
            typed if is_taken(typed) => Some(ParameterProblem::Taken),
            _ => None,
        };
        let faults: Vec<_> = [("name", &self.name), ("short_name", &self.short_name)]
            .into_iter()
            .filter_map(|(name, typed)| {
                problem(typed).map(|problem| ParameterFault { name: name.to_owned(), problem })
            })
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Parameters(faults).into()) }
    }
}

fn entry(
    member: &Member,
    act: &'static str,
    unit: Uuid,
    before: Option<Value>,
    after: Option<Value>,
) -> Entry {
    let actor = member.actor();
    Entry { actor, act, subject: "unit", subject_id: Some(unit), import_id: None, before, after }
}

/// Adds a unit behind the last one, which exists from `today` on.
///
/// # Errors
/// A name that another unit has.
pub fn add(conn: &mut TenantConn<'_>, member: &Member, typed: &UnitInput, today: NaiveDate) -> Result<()> {
    units::lock(conn)?;
    typed.check(&units::all(conn)?, None)?;
    let (id, name, short_name) = (new_id(), typed.name.clone(), typed.short_name.clone());
    let told = json!({ "name": name, "short_name": short_name, "from_on": today });
    units::add(conn, &[NewUnit { id, name, short_name, kind: None, mailbox: None }])?;
    units::begin_on(conn, id, today)?;
    journal::append(conn, &[entry(member, "unit.create", id, None, Some(told))])
}

/// Puts a unit's names right, for the past as well: a unit that is called otherwise from a day on ends and has a
/// successor.
///
/// # Errors
/// There is no such unit; a name that another unit has.
pub fn rename(conn: &mut TenantConn<'_>, member: &Member, id: Uuid, typed: &UnitInput) -> Result<()> {
    units::lock(conn)?;
    let all = units::all(conn)?;
    let unit = all.iter().find(|unit| unit.id == id).cloned().ok_or(Denial::NotFound)?;
    typed.check(&all, Some(id))?;
    let (name, short_name) = (typed.name.clone(), typed.short_name.clone());
    if (&name, &short_name) == (&unit.name, &unit.short_name) {
        return Ok(());
    }
    let before = json!({ "name": unit.name, "short_name": unit.short_name });
    let after = json!({ "name": name, "short_name": short_name });
    let new = NewUnit { id, name, short_name, kind: unit.kind.clone(), mailbox: unit.mailbox.clone() };
    units::change(conn, &[(unit, new)])?;
    journal::append(conn, &[entry(member, "unit.change", id, Some(before), Some(after))])
}

/// Puts a unit behind another in the tenant's order; behind none it is the first.
///
/// # Errors
/// There is no such unit, or none to put it behind.
pub fn change_place(
    conn: &mut TenantConn<'_>,
    member: &Member,
    id: Uuid,
    behind: Option<Uuid>,
) -> Result<()> {
    units::lock(conn)?;
    let mut order: Vec<Uuid> = units::all(conn)?.into_iter().map(|unit| unit.id).collect();
    let place = |order: &[Uuid], id: Uuid| order.iter().position(|other| *other == id);
    let before = place(&order, id).ok_or(Denial::NotFound)?;
    order.retain(|other| *other != id);
    let after = match behind {
        None => 0,
        Some(behind) => match place(&order, behind) {
            Some(at) => at + 1,
            None => return Err(no_such_unit("behind")),
        },
    };
    order.insert(after, id);
    units::reorder(conn, &order)?;
    let (before, after) = (json!({ "place": before + 1 }), json!({ "place": after + 1 }));
    journal::append(conn, &[entry(member, "unit.change", id, Some(before), Some(after))])
}

/// Says who is reminded of a unit's work beside its heads: `mailbox` while it has none, and the leader who oversees it.
///
/// # Errors
/// There is no such unit; no address; nobody who is a leader today.
pub fn remind(
    conn: &mut TenantConn<'_>,
    member: &Member,
    id: Uuid,
    params: &mut Params,
    today: NaiveDate,
) -> Result<()> {
    let unit = find(conn, id)?.unit;
    let (mailbox, typed) = (params.text("mailbox").map(|text| text.to_lowercase()), params.text("overseer"));
    let leaders = people::everybody(conn, &leaders(), today)?;
    let overseer = typed.as_deref().and_then(|id| leaders.iter().find(|leader| leader.id.to_string() == id));
    let faults: Vec<_> = [
        ("mailbox", mailbox.as_deref().is_some_and(|text| !is_email(text)), ParameterProblem::NotAnAddress),
        ("overseer", typed.is_some() && overseer.is_none(), ParameterProblem::NoSuchPerson),
    ]
    .into_iter()
    .filter(|(_, is_wrong, _)| *is_wrong)
    .map(|(name, _, problem)| ParameterFault { name: name.to_owned(), problem })
    .collect();
    if !faults.is_empty() {
        return Err(Refusal::Parameters(faults).into());
    }
    let overseer = overseer.map(|leader| leader.id);
    if (&mailbox, overseer) == (&unit.mailbox, unit.overseer_id) {
        return Ok(());
    }
    units::remind(conn, id, mailbox.as_deref(), overseer)?;
    let before = json!({ "mailbox": unit.mailbox.is_some(), "overseer": unit.overseer_id });
    let after = json!({ "mailbox": mailbox.is_some(), "overseer": overseer });
    journal::append(conn, &[entry(member, "unit.change", id, Some(before), Some(after))])
}

/// Who may oversee a unit.
pub fn leaders() -> PeopleFilter {
    PeopleFilter { role: Some(Role::Leader), ..PeopleFilter::default() }
}

fn no_such_unit(field: &str) -> crate::error::Error {
    let fault = ParameterFault { name: field.to_owned(), problem: ParameterProblem::NoSuchUnit };
    Refusal::Parameters(vec![fault]).into()
}

/// Ends a unit: from `today` on it no longer exists, and its successor leads its open tasks; how many those are.
///
/// # Errors
/// There is no such unit today; it began today; it leads open tasks and has no successor.
pub fn end(
    conn: &mut TenantConn<'_>,
    member: &Member,
    id: Uuid,
    successor: Option<Uuid>,
    today: NaiveDate,
) -> Result<usize> {
    units::lock(conn)?;
    let listed = find(conn, id)?;
    let unit = &listed.unit;
    if unit.valid_until.is_some() {
        return Err(Denial::NotFound.into());
    }
    if unit.valid_from.is_some_and(|from| today <= from) {
        return Err(Denial::UnitOfToday.into());
    }
    let successor = match successor {
        None if listed.open_tasks > 0 => return Err(Denial::SuccessorNeeded.into()),
        None => None,
        Some(successor) => Some(present(conn, successor, id, today)?),
    };
    units::end_on(conn, id, today, successor.as_ref().map(|unit| unit.id))?;
    let moved = match &successor {
        None => Vec::new(),
        Some(to) => tasks::take_lead(conn, id, to.id, today, &unit.name)?,
    };
    let task = |task: &Uuid| Entry {
        actor: member.actor(),
        act: "task.change",
        subject: "task",
        subject_id: Some(*task),
        import_id: None,
        before: Some(json!({ "unit": id })),
        after: Some(json!({ "unit": successor.as_ref().map(|unit| unit.id) })),
    };
    let mut entries: Vec<Entry> = moved.iter().map(task).collect();
    let told = json!({
        "until_on": today, "successor": successor.as_ref().map(|unit| &unit.name), "tasks": moved.len(),
    });
    entries.push(entry(member, "unit.end", id, None, Some(told)));
    journal::append(conn, &entries)?;
    Ok(moved.len())
}

/// The unit that may follow another.
fn present(conn: &mut TenantConn<'_>, successor: Uuid, id: Uuid, today: NaiveDate) -> Result<Unit> {
    let mut all = units::all(conn)?.into_iter();
    let found = all.find(|unit| unit.id == successor && unit.id != id && unit.exists_on(today));
    found.ok_or_else(|| no_such_unit("successor"))
}
