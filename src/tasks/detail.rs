//! One task with everything that decides its standing, and what became of it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::model::{TaskListed, TaskRow};
use super::store;
use super::store::at::AsOf;
use super::store::people::names as person_names;
use crate::calendar;
use crate::db::TenantConn;
use crate::domain::access::Visible;
use crate::domain::briefing::UnitRef;
use crate::domain::reckoning::{Known, NamedDay, Reckoning, reckon};
use crate::domain::standing::lead_at;
use crate::domain::task::{ExtensionDecision, Status};
use crate::error::Result;
use crate::schema::task_submissions;
use crate::units;

/// A task on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskDetail {
    /// The row as it is now.
    pub row: TaskRow,
    /// The day.
    pub day: NaiveDate,
    /// How it stood on the day; `None` when it was assigned after it and is not counted yet.
    pub listed: Option<TaskListed>,
    /// The lead unit on the day.
    pub lead: UnitRef,
    /// The coordinating units, in the tenant's order.
    pub coordinating: Vec<UnitRef>,
    /// Every unit of the tenant, past ones too: the journal names them by id.
    pub units: Vec<UnitRef>,
    /// Working days from the day until the deadline on it; 0 when there is none, or it has passed.
    pub working_days_left: u32,
    /// Why it stands so on the day; `None` when it is not counted then.
    pub why: Option<Reckoning>,
    /// Requests for a later deadline by the day, in the order in which they hold, open ones last.
    pub extensions: Vec<ExtensionTold>,
    /// Reports of completion by the day, in their order.
    pub submissions: Vec<SubmissionTold>,
    /// Times outside the count that had begun by the day, in their order.
    pub exclusions: Vec<ExclusionTold>,
    /// What was done to it, the latest first: as much as one page has.
    pub journal: Vec<JournalTold>,
    /// Whether more was done to it before.
    pub has_earlier: bool,
    /// The names of the people whom these entries name.
    pub people: HashMap<Uuid, String>,
}

/// A request for a later deadline and its decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionTold {
    /// The day it was asked.
    pub requested_on: Option<NaiveDate>,
    /// The number of the letter that asked.
    pub request_number: Option<String>,
    /// Why it was asked.
    pub reason: Option<String>,
    /// The deadline wanted.
    pub wanted_due_on: NaiveDate,
    /// That deadline as typed.
    pub wanted_words: Option<String>,
    /// What was decided; `None` while it is open.
    pub decision: Option<ExtensionDecision>,
    /// The day it was decided.
    pub decided_on: Option<NaiveDate>,
    /// Why it was decided so.
    pub decision_reason: Option<String>,
    /// The deadline as decided.
    pub new_due_on: Option<NaiveDate>,
}

impl ExtensionTold {
    /// Whether it was agreed to by a day; one without a day of decision holds on every day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.new_due_on.is_some() && self.decided_on.is_none_or(|decided| decided <= day)
    }
}

/// A unit's report of completion and the office's answer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = task_submissions)]
pub struct SubmissionTold {
    /// The day it was made.
    pub submitted_on: NaiveDate,
    /// Confirmed, or else sent back; `None` while it waits.
    pub accepted: Option<bool>,
    /// The day of the answer.
    pub decided_on: Option<NaiveDate>,
    /// Why it was sent back.
    pub reason: Option<String>,
    /// What shows that it is done.
    pub evidence: Option<String>,
    /// The number of the product's document.
    pub product_number: Option<String>,
    /// The date of the product's document.
    pub product_date: Option<NaiveDate>,
    /// The first day on which a confirmation no longer holds.
    pub undone_on: Option<NaiveDate>,
    /// Why it no longer holds.
    pub undone_reason: Option<String>,
}

/// A time outside the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionTold {
    /// Cancelled, paused, returned or transferred.
    pub state: Status,
    /// The first day it holds, when known.
    pub from_on: Option<NaiveDate>,
    /// The first day it no longer holds.
    pub until_on: Option<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
}

impl ExclusionTold {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from_on.is_none_or(|from| from <= day) && self.until_on.is_none_or(|until| day < until)
    }
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalTold {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What was done, a code such as `task.change`.
    pub act: String,
    /// The values before, only those that changed.
    pub before: Option<Value>,
    /// The values after, only those that changed.
    pub after: Option<Value>,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Whoever runs the service, at the command line.
    Operator,
    /// An import of a file.
    Import {
        /// The file's name.
        file_name: String,
    },
    /// A program, by the name of its key.
    Key {
        /// The name.
        name: String,
    },
    /// A person of the tenant.
    Person {
        /// The name.
        name: String,
    },
}

/// The task of an id on a day; `None` when there is none, it was deleted, or the reader may not see it.
///
/// # Errors
/// The database's.
pub fn detail(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    visible: Visible,
    day: NaiveDate,
    due_soon_days: u32,
) -> Result<Option<TaskDetail>> {
    let Some(row) = store::detail::row(conn, id)? else { return Ok(None) };
    let lead = lead_at(row.lead_unit_id, &store::detail::lead_changes(conn, id)?, day);
    let coordinating = store::detail::coordinating(conn, id)?;
    if !is_seen(visible, &row, &coordinating) {
        return Ok(None);
    }
    let special = calendar::days(conn)?;
    let calendar = calendar::calendar_of(&special);
    let as_of = AsOf { day, soon_until: calendar.soon_horizon(day, due_soon_days) };
    let listed = store::list::one(conn, id, as_of)?;
    let due_on = listed.as_ref().and_then(|task| task.due_on);
    let units = every_unit(conn)?;
    let (journal, has_earlier) = store::detail::journal(conn, id, None)?;
    let (extensions, exclusions) = (
        known_on(day, store::detail::extensions(conn, id)?),
        known_on(day, store::detail::exclusions(conn, id)?),
    );
    let why = match &listed {
        Some(listed) => {
            let special: Vec<NamedDay> = special.into_iter().map(named_day).collect();
            let known = what_is_known(&row, day, &extensions, &exclusions);
            Some(reckon(&listed.view(), known, day, &calendar, &special))
        }
        None => None,
    };
    Ok(Some(TaskDetail {
        day,
        why,
        lead: named(&units, lead),
        coordinating: units.iter().filter(|unit| coordinating.contains(&unit.id)).cloned().collect(),
        units,
        working_days_left: due_on.map_or(0, |due| calendar.working_days_between(day, due)),
        listed,
        extensions,
        submissions: known_on(day, store::detail::submissions(conn, id)?),
        exclusions,
        people: person_names(conn, &ids_in(&journal))?,
        journal,
        has_earlier,
        row,
    }))
}

/// A page of a task's history.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The task as it is now.
    pub row: TaskRow,
    /// Every unit of the tenant, past ones too.
    pub units: Vec<UnitRef>,
    /// What was done to it, the latest first.
    pub journal: Vec<JournalTold>,
    /// Whether more was done to it before.
    pub has_earlier: bool,
    /// The names of the people whom these entries name.
    pub people: HashMap<Uuid, String>,
}

/// What was done to a task before one of its entries, or at all; `None` as of [`detail`].
///
/// # Errors
/// The database's.
pub fn history(
    conn: &mut TenantConn<'_>,
    id: Uuid,
    visible: Visible,
    before: Option<Uuid>,
) -> Result<Option<History>> {
    let Some(row) = store::detail::row(conn, id)? else { return Ok(None) };
    let coordinating = store::detail::coordinating(conn, id)?;
    if !is_seen(visible, &row, &coordinating) {
        return Ok(None);
    }
    let (journal, has_earlier) = store::detail::journal(conn, id, before)?;
    let people = person_names(conn, &ids_in(&journal))?;
    Ok(Some(History { row, units: every_unit(conn)?, journal, has_earlier, people }))
}

/// Who leads now, whatever the day: a unit that has given the task away reads no more of it.
fn is_seen(visible: Visible, row: &TaskRow, coordinating: &[Uuid]) -> bool {
    match visible {
        Visible::Tenant => true,
        Visible::Unit(unit) => unit == row.lead_unit_id || coordinating.contains(&unit),
        Visible::Nothing => false,
    }
}

/// The ids that entries hold, of whatever they are.
fn ids_in(journal: &[JournalTold]) -> Vec<Uuid> {
    fn gather(value: &Value, into: &mut Vec<Uuid>) {
        match value {
            Value::String(text) => into.extend(Uuid::parse_str(text).ok()),
            Value::Array(items) => items.iter().for_each(|item| gather(item, into)),
            Value::Object(fields) => fields.values().for_each(|field| gather(field, into)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut ids = Vec::new();
    for value in journal.iter().flat_map(|told| [&told.before, &told.after]).flatten() {
        gather(value, &mut ids);
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn named_day(day: calendar::CalendarDay) -> NamedDay {
    NamedDay { day: day.day, kind: day.kind, name: day.name, provisional: day.provisional }
}

/// What a reckoning asks beside the standing.
fn what_is_known(
    row: &TaskRow,
    day: NaiveDate,
    extensions: &[ExtensionTold],
    exclusions: &[ExclusionTold],
) -> Known {
    let last = extensions.iter().rev().find(|told| told.holds_on(day));
    Known {
        assigned_on: row.assigned_on,
        due_decided_on: last.and_then(|told| told.decided_on),
        outside_from: exclusions.iter().find(|told| told.holds_on(day)).and_then(|told| told.from_on),
    }
}

/// A dated fact, as far as it had happened by a day.
trait Dated: Sized {
    fn known_on(self, day: NaiveDate) -> Option<Self>;
}

impl Dated for ExtensionTold {
    fn known_on(self, day: NaiveDate) -> Option<Self> {
        let is_known = self.requested_on.or(self.decided_on).is_none_or(|on| on <= day);
        let is_open = self.decided_on.is_some_and(|on| day < on);
        let asked = Self {
            decision: None,
            decided_on: None,
            decision_reason: None,
            new_due_on: None,
            ..self.clone()
        };
        is_known.then_some(if is_open { asked } else { self })
    }
}

impl Dated for SubmissionTold {
    fn known_on(self, day: NaiveDate) -> Option<Self> {
        let is_open = self.decided_on.is_some_and(|on| day < on);
        let is_undone = self.undone_on.is_some_and(|on| on <= day);
        let held = Self { undone_on: None, undone_reason: None, ..self.clone() };
        let made = Self { accepted: None, decided_on: None, reason: None, ..held.clone() };
        let known = if is_undone { self.clone() } else { held };
        (self.submitted_on <= day).then_some(if is_open { made } else { known })
    }
}

impl Dated for ExclusionTold {
    fn known_on(self, day: NaiveDate) -> Option<Self> {
        let until_on = self.until_on.filter(|until| *until <= day);
        self.from_on.is_none_or(|from| from <= day).then_some(Self { until_on, ..self })
    }
}

fn known_on<T: Dated>(day: NaiveDate, facts: Vec<T>) -> Vec<T> {
    facts.into_iter().filter_map(|fact| fact.known_on(day)).collect()
}

fn every_unit(conn: &mut TenantConn<'_>) -> Result<Vec<UnitRef>> {
    let unit = |unit: units::Unit| UnitRef { id: unit.id, short_name: unit.short_name, name: unit.name };
    Ok(units::all(conn)?.into_iter().map(unit).collect())
}

/// The unit of an id; a reference holds that there is one.
fn named(units: &[UnitRef], id: Uuid) -> UnitRef {
    let found = units.iter().find(|unit| unit.id == id).cloned();
    found.unwrap_or_else(|| UnitRef { id, short_name: id.to_string(), name: id.to_string() })
}
