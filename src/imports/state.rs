//! A task as a sheet knows it, field by field, so that what a sheet says, what the last import read and
//! what the task is now can be compared.

use chrono::NaiveDate;
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

/// The fields that a row has columns for. A blank category or product is the one an unwritten task has.
pub(super) fn said(row: &SheetRow) -> Result<Fields> {
    let mut said = Said(Fields::new());
    said.always("title", &row.title)?;
    said.always("unit", &row.unit)?;
    said.cell("category", &or_blank(&row.category, Category::Key).map(Category::code))?;
    said.cell("field", &row.area)?;
    said.cell("source_number", &row.source_number)?;
    said.cell("source_date", &row.source_date)?;
    said.cell("source_kind", &row.source_kind)?;
    said.cell("source_abstract", &row.source_abstract)?;
    said.cell("source_issuer", &row.source_issuer)?;
    said.cell("urgency", &row.urgency)?;
    said.cell("assigned_on", &row.assigned_on)?;
    said.cell("coordinating", &sorted(&row.coordinating))?;
    said.cell("product", &or_blank(&row.product, ProductKind::Other).map(ProductKind::code))?;
    said.cell("level", &row.level.clone().map(level))?;
    said.cell("due", &row.due.clone().map(|(deadline, words)| due(deadline, words)))?;
    said.cell("extended_to", &extension(row))?;
    said.cell("status", &progress(row))?;
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

fn or_blank<T: Copy>(cell: &Cell<T>, blank: T) -> Cell<T> {
    match cell {
        Cell::Blank => Cell::Value(blank),
        other => *other,
    }
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

/// An extension with no decision date counts as decided on the day of assignment (DOMAIN §2).
fn extension(row: &SheetRow) -> Cell<ExtensionState> {
    let decided_on = row.extension_decided_on.value().or(row.assigned_on.value()).copied();
    match &row.extended_to {
        Cell::Absent => Cell::Absent,
        Cell::Blank => Cell::Blank,
        Cell::Value((deadline, words)) => deadline.due_on.map_or(Cell::Blank, |on| {
            let precision = deadline.precision.code().to_owned();
            Cell::Value(ExtensionState { words: words.clone(), on, precision, decided_on })
        }),
    }
}

fn progress(row: &SheetRow) -> Cell<ProgressState> {
    match row.status {
        Cell::Absent => Cell::Absent,
        Cell::Blank | Cell::Value(Status::NotStarted) => Cell::Blank,
        Cell::Value(status) => Cell::Value(ProgressState {
            status: status.code().to_owned(),
            completed_on: row.completed_on.value().copied(),
            cancelled_on: row.cancelled_on,
        }),
    }
}
