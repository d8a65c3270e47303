//! A task to be given, read and checked.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::access::{Act, may};
use crate::domain::deadline::Deadline;
use crate::domain::task::{Category, Level, ProductKind};
use crate::domain::words::fold;
use crate::error::{Denial, Error, ParameterFault, ParameterProblem, Refusal, Result};
use crate::ids::TenantId;
use crate::journal::{self, Entry};
use crate::tasks::acts::{By, Telling, entry, named, told};
use crate::tasks::{Coordination, TaskRow, fresh_codes, replace_coordinations, store};

/// The document that gives a task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Number and symbol.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its abstract.
    pub summary: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// How urgent it is.
    pub urgency: Option<String>,
}

/// What a task says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// The code; `None`: the next of the tenant's own.
    pub code: Option<String>,
    /// What is to be done.
    pub title: String,
    /// Key, routine or ad hoc.
    pub category: Category,
    /// The field of work.
    pub field: Option<String>,
    /// The task that it is a part of.
    pub parent: Option<Uuid>,
    /// Labels.
    pub labels: Vec<String>,
    /// The document that gives it.
    pub source: Source,
    /// The lead unit.
    pub unit: Uuid,
    /// The coordinating units.
    pub coordinating: Vec<Uuid>,
    /// The responsible leader.
    pub leader: Option<Uuid>,
    /// Who follows it in the Office.
    pub follower: Option<Uuid>,
    /// Who does it; of a change they stay as they are.
    pub assignees: Vec<Uuid>,
    /// The kind of product.
    pub product: ProductKind,
    /// The level it is submitted to, and the words for it.
    pub level: Option<(Level, String)>,
    /// The day of assignment.
    pub assigned_on: Option<NaiveDate>,
    /// The original deadline.
    pub due: Deadline,
    /// That deadline as typed.
    pub due_words: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// In whose name it is given, as the journal calls them; `None`: that of whoever acts.
    pub actor: Option<String>,
}

impl NewTask {
    /// The row after it says this; everything else of it stays.
    pub(super) fn put_on(self, row: TaskRow) -> TaskRow {
        let (level, level_words) = self.level.map(|(level, words)| (level.code().to_owned(), words)).unzip();
        TaskRow {
            title_key: fold(&self.title),
            title: self.title,
            category: self.category.code().to_owned(),
            field: self.field,
            parent_id: self.parent,
            labels: self.labels,
            source_number: self.source.number,
            source_date: self.source.date,
            source_kind: self.source.kind,
            source_abstract: self.source.summary,
            source_issuer: self.source.issuer,
            source_urgency: self.source.urgency,
            leader_id: self.leader,
            follower_id: self.follower,
            product: self.product.code().to_owned(),
            level,
            level_words,
            assigned_on: self.assigned_on,
            due_words: self.due_words,
            due_precision: self.due.precision.code().to_owned(),
            original_due_on: self.due.due_on,
            note: self.note,
            ..row
        }
    }

    /// The row of a task that nobody has begun.
    fn row(self, tenant: TenantId, now: DateTime<Utc>, code: String) -> TaskRow {
        let due_on = self.due.due_on;
        let blank = TaskRow::blank(tenant.uuid(), code, self.unit, now);
        self.put_on(TaskRow { due_on, ..blank })
    }
}

/// Gives tasks, all of them or none; they come back in their order. The journal tells of each.
///
/// # Errors
/// Whoever acts may not give tasks; a code is taken.
pub fn write_new(conn: &mut TenantConn<'_>, by: &By<'_>, new: Vec<NewTask>) -> Result<Vec<TaskRow>> {
    if !may(by.acting.role, Act::GiveTasks) {
        return Err(Denial::NotPermitted.into());
    }
    let without = new.iter().filter(|task| task.code.is_none()).count();
    let mut codes = fresh_codes(conn, without)?.into_iter();
    let (tenant, now) = (conn.tenant(), conn.now());
    let (mut rows, mut coordinating, mut assigned, mut actors) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for mut task in new {
        let next = || Error::Internal("too few codes were taken".to_owned());
        let code = task.code.clone().or_else(|| codes.next()).ok_or_else(next)?;
        let units = std::mem::take(&mut task.coordinating);
        let people = std::mem::take(&mut task.assignees);
        actors.push(task.actor.take());
        let row = task.row(tenant, now, code);
        assigned.extend(people.into_iter().map(|person| (row.id, person)));
        coordinating.extend(units.into_iter().map(|unit_id| Coordination { task_id: row.id, unit_id }));
        rows.push(row);
    }
    if store::rows::insert(conn, &rows)? < rows.len() {
        let fault = ParameterFault { name: "code".to_owned(), problem: ParameterProblem::Taken };
        return Err(Refusal::Parameters(vec![fault]).into());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    replace_coordinations(conn, &ids, &coordinating)?;
    store::people::add_assignees(conn, &assigned)?;
    let people: Vec<Uuid> =
        named(&rows).into_iter().chain(assigned.iter().map(|(_, person)| *person)).collect();
    let names = store::people::names(conn, &people)?;
    let entries: Vec<Entry> = rows
        .iter()
        .zip(actors)
        .map(|(row, actor)| {
            let units: Vec<Uuid> =
                coordinating.iter().filter(|c| c.task_id == row.id).map(|c| c.unit_id).collect();
            let mut telling = Telling { after: told(row, &names), ..Telling::default() };
            telling.say("coordinating", (!units.is_empty()).then(|| json!(units)));
            let done_by = assigned.iter().filter(|(task, _)| *task == row.id);
            let done_by: Vec<&String> = done_by.filter_map(|(_, person)| names.get(person)).collect();
            telling.say("assignees", (!done_by.is_empty()).then(|| json!(done_by)));
            telling.say("code", json!(row.code));
            let told = entry(by, "task.create", row.id, telling);
            Entry { actor: actor.unwrap_or_else(|| by.acting.actor.clone()), ..told }
        })
        .collect();
    journal::append(conn, &entries)?;
    Ok(rows)
}
