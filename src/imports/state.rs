//! A task as a sheet knows it, field by field, so that what a sheet says, what the last import read and
//! what the task is now can be compared.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::rows::{Cell, TaskRow as SheetRow};
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::error::{Error, Result};

/// A state, or the part of one that a sheet has columns for, under the codes of `fields::Field`.
pub(super) type Fields = Map<String, Value>;

/// A task as a sheet knows it. `None` is blank; status is blank when not started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SheetState {
    pub title: String,
    pub category: String,
    pub field: Option<String>,
    pub source_number: Option<String>,
    pub source_date: Option<NaiveDate>,
    pub source_kind: Option<String>,
    pub source_abstract: Option<String>,
    pub source_issuer: Option<String>,
    pub urgency: Option<String>,
    pub assigned_on: Option<NaiveDate>,
    pub unit: Uuid,
    pub coordinating: Vec<Uuid>,
    pub product: String,
    pub level: Option<LevelState>,
    pub due: Option<DueState>,
    pub extended_to: Option<ExtensionState>,
    pub status: Option<ProgressState>,
    pub percent: Option<i16>,
    pub obstacles: Option<String>,
    pub late_reason: Option<String>,
    pub product_number: Option<String>,
    pub product_date: Option<NaiveDate>,
    pub note: Option<String>,
}

/// The level of submission: its code, and the words as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LevelState {
    pub level: String,
    pub words: String,
}

/// The original deadline: the words as typed and what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DueState {
    pub words: String,
    pub on: Option<NaiveDate>,
    pub precision: String,
}

/// An extension: the words as typed, what they mean, and the day it was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ExtensionState {
    pub words: String,
    pub on: NaiveDate,
    pub precision: String,
    pub decided_on: Option<NaiveDate>,
}

/// How far a task is: status and its dates stand or fall together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ProgressState {
    pub status: String,
    pub completed_on: Option<NaiveDate>,
    pub cancelled_on: Option<NaiveDate>,
}

impl SheetState {
    /// The state by field.
    pub fn fields(&self) -> Result<Fields> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => Ok(fields),
            Ok(_) => Err(Error::Internal("a task's state is not an object".to_owned())),
            Err(error) => Err(Error::Internal(error.to_string())),
        }
    }

    /// The state of its fields.
    pub fn of(fields: Fields) -> Result<Self> {
        serde_json::from_value(Value::Object(fields))
            .map_err(|e| Error::Internal(format!("a task's imported state can't be read: {e}")))
    }
}

/// What a task of a sheet is before anything is known of it: a key task with some product (DOMAIN §2).
pub(super) fn unwritten() -> Fields {
    let defaults = [("category", Category::Key.code()), ("product", ProductKind::Other.code())];
    let mut fields: Fields =
        defaults.iter().map(|(field, code)| ((*field).to_owned(), Value::from(*code))).collect();
    fields.insert("coordinating".to_owned(), Value::Array(Vec::new()));
    fields
}

/// What is known of a task before a row is read into it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'a> {
    /// What it is now.
    pub now: &'a Fields,
    /// What the last import read.
    pub imported: &'a Fields,
}

impl Before<'_> {
    /// A field as it is now.
    fn state<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        serde_json::from_value(self.now.get(field)?.clone()).ok()
    }

    /// Whether nobody changed a field in the product since the last import.
    fn is_as_imported(&self, field: &str) -> bool {
        self.now.get(field) == self.imported.get(field)
    }
}

/// The fields that a row has columns for. Where several columns make one field and some are absent, the
/// absent ones stay as they are.
pub(super) fn said(row: &SheetRow, before: Before<'_>) -> Result<Fields> {
    let mut said = Said(Fields::new());
    said.always("title", &row.title)?;
    said.always("unit", &row.unit)?;
    said.cell("category", &or_default(&row.category, Category::Key, before, "category").map(Category::code))?;
    said.cell("field", &row.area)?;
    said.cell("source_number", &row.source_number)?;
    said.cell("source_date", &row.source_date)?;
    said.cell("source_kind", &row.source_kind)?;
    said.cell("source_abstract", &row.source_abstract)?;
    said.cell("source_issuer", &row.source_issuer)?;
    said.cell("urgency", &row.urgency)?;
    said.cell("assigned_on", &assignment(row, before))?;
    said.cell("coordinating", &sorted(&row.coordinating))?;
    let product = or_default(&row.product, ProductKind::Other, before, "product");
    said.cell("product", &product.map(ProductKind::code))?;
    said.cell("level", &row.level.clone().map(level))?;
    said.cell("due", &row.due.clone().map(|(deadline, words)| due(deadline, words)))?;
    said.cell("extended_to", &extension(row, before))?;
    said.cell("status", &progress(row, before))?;
    said.cell("percent", &row.percent.map(i16::from))?;
    said.cell("obstacles", &row.obstacles)?;
    said.cell("late_reason", &row.late_reason)?;
    said.cell("product_number", &row.product_number)?;
    said.cell("product_date", &row.product_date)?;
    said.cell("note", &row.note)?;
    Ok(said.0)
}

/// Collects what a row says.
struct Said(Fields);

impl Said {
    fn always(&mut self, field: &str, value: &impl Serialize) -> Result<()> {
        let value = serde_json::to_value(value).map_err(|e| Error::Internal(e.to_string()))?;
        self.0.insert(field.to_owned(), value);
        Ok(())
    }

    fn cell<T: Serialize>(&mut self, field: &str, cell: &Cell<T>) -> Result<()> {
        match cell {
            Cell::Absent => Ok(()),
            Cell::Blank => self.always(field, &Value::Null),
            Cell::Value(value) => self.always(field, value),
        }
    }
}

/// A blank cell of a field that is never blank means what an unwritten task has; it undoes what an import
/// had set, and leaves what was chosen in the product.
fn or_default<T: Copy>(cell: &Cell<T>, default: T, before: Before<'_>, field: &str) -> Cell<T> {
    match cell {
        Cell::Blank if before.is_as_imported(field) => Cell::Value(default),
        Cell::Blank => Cell::Absent,
        other => *other,
    }
}

/// Without a column of its own the document's date is the day of assignment (DOMAIN §2); it does not
/// replace one that the task has from elsewhere.
fn assignment(row: &SheetRow, before: Before<'_>) -> Cell<NaiveDate> {
    let has_own = row.assigned_from_document
        && before.now.get("assigned_on").is_some_and(|day| !day.is_null())
        && before.now.get("assigned_on") != before.now.get("source_date");
    if has_own { Cell::Absent } else { row.assigned_on }
}

/// The order of units in a cell means nothing, so it makes no change; none is an empty list.
fn sorted(units: &Cell<Vec<Uuid>>) -> Cell<Vec<Uuid>> {
    match units {
        Cell::Absent => Cell::Absent,
        Cell::Blank => Cell::Value(Vec::new()),
        Cell::Value(units) => {
            let mut units = units.clone();
            units.sort_unstable();
            Cell::Value(units)
        }
    }
}

fn level((level, words): (Level, String)) -> LevelState {
    LevelState { level: level.code().to_owned(), words }
}

fn due(deadline: crate::domain::deadline::Deadline, words: String) -> DueState {
    DueState { words, on: deadline.due_on, precision: deadline.precision.code().to_owned() }
}

/// An extension with no decision date counts as decided on the day of assignment (DOMAIN §2); without a
/// column for it, the day that is known of the same extension stays.
fn extension(row: &SheetRow, before: Before<'_>) -> Cell<ExtensionState> {
    let (deadline, words) = match &row.extended_to {
        Cell::Absent => return Cell::Absent,
        Cell::Blank => return Cell::Blank,
        Cell::Value(value) => value,
    };
    let Some(on) = deadline.due_on else { return Cell::Blank };
    let known: Option<ExtensionState> = before.state("extended_to");
    let decided_on = match (&row.extension_decided_on, known) {
        (Cell::Value(day), _) => Some(*day),
        (Cell::Absent, Some(known)) if known.on == on => known.decided_on,
        _ => row.assigned_on.value().copied().or_else(|| before.state("assigned_on")),
    };
    Cell::Value(ExtensionState {
        words: words.clone(),
        on,
        precision: deadline.precision.code().to_owned(),
        decided_on,
    })
}

/// Status, completion and cancellation as one: a sheet without one of the columns says nothing about its part.
fn progress(row: &SheetRow, before: Before<'_>) -> Cell<ProgressState> {
    let known: Option<ProgressState> = before.state("status");
    let is = |status: Status| known.as_ref().is_some_and(|known| known.status == status.code());
    let status = match (row.status, &row.completed_on) {
        (Cell::Absent, _) => return Cell::Absent,
        // No word at all: only a completion, or one that is gone, says anything.
        (_, Cell::Blank) if !row.has_status_column && !is(Status::Completed) => return Cell::Absent,
        (_, Cell::Value(_)) if !row.has_status_column && is(Status::Cancelled) => return Cell::Absent,
        // No date at all: a word short of completion doesn't undo one that is known.
        (Cell::Value(status), Cell::Absent) if status != Status::Cancelled && is(Status::Completed) => {
            return Cell::Absent;
        }
        (Cell::Blank | Cell::Value(Status::NotStarted), _) => return Cell::Blank,
        (Cell::Value(status), _) => status,
    };
    let has_day = row.cancelled_on.is_some() || !matches!(row.note, Cell::Absent);
    let cancelled_on = match known {
        Some(known) if !has_day && known.status == status.code() => known.cancelled_on,
        _ => row.cancelled_on,
    };
    Cell::Value(ProgressState {
        status: status.code().to_owned(),
        completed_on: row.completed_on.value().copied(),
        cancelled_on,
    })
}
