//! Giving tasks by one act to many units, or again and again: a bounded number of statements, however many they are.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::model::TaskRow;
use super::store::facts::{Coordination, replace_coordinations};
use super::store::given::{self, DueMove};
use super::store::rows::{fresh_codes, save};
use crate::db::TenantConn;
use crate::domain::deadline::Precision;
use crate::domain::task::{Category, ProductKind};
use crate::domain::words::fold;
use crate::error::Result;
use crate::journal::{self, Entry};

/// A task to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskGiven {
    /// Who gives it.
    pub actor: String,
    /// What is to be done.
    pub title: String,
    /// Key, routine or ad hoc.
    pub category: Category,
    /// The source document's number.
    pub source_number: Option<String>,
    /// Its date.
    pub source_date: Option<NaiveDate>,
    /// Who issued it.
    pub source_issuer: Option<String>,
    /// The lead unit.
    pub unit: Uuid,
    /// The units that coordinate.
    pub coordinating: Vec<Uuid>,
    /// What it ends in.
    pub product: ProductKind,
    /// The day of assignment.
    pub assigned_on: NaiveDate,
    /// The deadline's words.
    pub due_words: String,
    /// How precise they are.
    pub precision: Precision,
    /// The deadline.
    pub due_on: NaiveDate,
}

/// Gives tasks, with codes of the tenant's counter; their ids, in the same order.
///
/// # Errors
/// The database's.
pub fn give(conn: &mut TenantConn<'_>, tasks: &[TaskGiven]) -> Result<Vec<Uuid>> {
    let codes = fresh_codes(conn, tasks.len())?;
    let rows: Vec<TaskRow> = tasks.iter().zip(codes).map(|(task, code)| row(conn, task, code)).collect();
    save(conn, &rows)?;
    let both = || rows.iter().zip(tasks);
    let coordinations: Vec<Coordination> = both()
        .flat_map(|(row, task)| {
            task.coordinating.iter().map(|unit| Coordination { task_id: row.id, unit_id: *unit })
        })
        .collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if !coordinations.is_empty() {
        replace_coordinations(conn, &ids, &coordinations)?;
    }
    let entries: Vec<Entry> =
        both().map(|(row, task)| entry(&task.actor, row.id, "task.create", None, told(row, task))).collect();
    journal::append(conn, &entries)?;
    Ok(ids)
}

fn row(conn: &TenantConn<'_>, task: &TaskGiven, code: String) -> TaskRow {
    TaskRow {
        title: task.title.clone(),
        title_key: fold(&task.title),
        category: task.category.code().to_owned(),
        source_number: task.source_number.clone(),
        source_date: task.source_date,
        source_issuer: task.source_issuer.clone(),
        product: task.product.code().to_owned(),
        assigned_on: Some(task.assigned_on),
        due_words: Some(task.due_words.clone()),
        due_precision: task.precision.code().to_owned(),
        original_due_on: Some(task.due_on),
        due_on: Some(task.due_on),
        ..TaskRow::blank(conn.tenant().uuid(), code, task.unit, conn.now())
    }
}

/// A new task in the journal.
fn told(row: &TaskRow, task: &TaskGiven) -> Value {
    json!({
        "code": row.code, "title": task.title, "category": row.category, "source_number": task.source_number,
        "source_date": task.source_date, "source_issuer": task.source_issuer, "unit": task.unit,
        "coordinating": task.coordinating, "product": row.product, "assigned_on": task.assigned_on,
        "due": { "words": task.due_words, "on": task.due_on }, "status": { "status": row.status },
    })
}

fn entry(actor: &str, task: Uuid, act: &'static str, before: Option<Value>, after: Value) -> Entry {
    let (actor, after) = (actor.to_owned(), Some(after));
    Entry { actor, act, subject: "task", subject_id: Some(task), import_id: None, before, after }
}

/// Gives open tasks another deadline where the one they have was computed from the calendar: it was never extended, and
/// it is the original one still. What is otherwise by now stays as it is.
///
/// # Errors
/// The database's.
pub fn put_off(conn: &mut TenantConn<'_>, actor: &str, moves: &[DueMove]) -> Result<()> {
    if moves.is_empty() {
        return Ok(());
    }
    let moved = given::move_due(conn, moves)?;
    let due = |on: NaiveDate| json!({ "due": { "on": on } });
    let done = moves.iter().filter(|one| moved.contains(&one.task));
    let entries: Vec<Entry> =
        done.map(|one| entry(actor, one.task, "task.change", Some(due(one.from)), due(one.to))).collect();
    journal::append(conn, &entries)
}
