//! Rows of tasks and their facts.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::domain::deadline::Precision;
use crate::domain::standing::{Standing, StandingView};
use crate::domain::task::{Category, Level, ProductKind, Status};
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::schema::{task_exclusions, task_extensions, task_submissions, tasks};

/// A task as it is now.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tasks, primary_key(tenant_id, id), treat_none_as_null = true)]
#[allow(missing_docs)] // The columns are described in the migration, once.
pub struct TaskRow {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub code: String,
    pub title: String,
    pub title_key: String,
    pub category: String,
    pub field: Option<String>,
    pub parent_id: Option<Uuid>,
    pub labels: Vec<String>,
    pub source_number: Option<String>,
    pub source_date: Option<NaiveDate>,
    pub source_kind: Option<String>,
    pub source_abstract: Option<String>,
    pub source_issuer: Option<String>,
    pub source_urgency: Option<String>,
    pub lead_unit_id: Uuid,
    pub leader_id: Option<Uuid>,
    pub contact_id: Option<Uuid>,
    pub follower_id: Option<Uuid>,
    pub product: String,
    pub level: Option<String>,
    pub level_words: Option<String>,
    pub assigned_on: Option<NaiveDate>,
    pub due_words: Option<String>,
    pub due_precision: String,
    pub original_due_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub status: String,
    pub percent: Option<i16>,
    pub obstacles: Option<String>,
    pub late_reason: Option<String>,
    pub completed_on: Option<NaiveDate>,
    pub confirmed_on: Option<NaiveDate>,
    pub confirmed_by: Option<Uuid>,
    pub product_number: Option<String>,
    pub product_date: Option<NaiveDate>,
    pub note: Option<String>,
    pub imported: Option<Value>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub deleted_reason: Option<String>,
}

impl TaskRow {
    /// A task of a unit that nobody has begun, and of which nothing else is said yet.
    pub(super) fn blank(tenant_id: Uuid, code: String, lead_unit_id: Uuid, now: DateTime<Utc>) -> Self {
        Self {
            tenant_id,
            id: new_id(),
            code,
            title: String::new(),
            title_key: String::new(),
            category: Category::Key.code().to_owned(),
            field: None,
            parent_id: None,
            labels: Vec::new(),
            source_number: None,
            source_date: None,
            source_kind: None,
            source_abstract: None,
            source_issuer: None,
            source_urgency: None,
            lead_unit_id,
            leader_id: None,
            contact_id: None,
            follower_id: None,
            product: ProductKind::Other.code().to_owned(),
            level: None,
            level_words: None,
            assigned_on: None,
            due_words: None,
            due_precision: Precision::None.code().to_owned(),
            original_due_on: None,
            due_on: None,
            status: Status::NotStarted.code().to_owned(),
            percent: None,
            obstacles: None,
            late_reason: None,
            completed_on: None,
            confirmed_on: None,
            confirmed_by: None,
            product_number: None,
            product_date: None,
            note: None,
            imported: None,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            deleted_reason: None,
        }
    }

    /// How far it is. A completion that a sheet dates is one, whatever its status says (DOMAIN §2).
    ///
    /// # Errors
    /// The stored code is not known.
    pub fn status(&self) -> Result<Status> {
        let unknown = || Error::Internal("a task holds an unknown status".to_owned());
        let status = Status::from_code(&self.status).ok_or_else(unknown)?;
        Ok(if self.completed_on.is_some() { Status::Completed } else { status })
    }
}

/// A unit's report of completion and the office's decision.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = task_submissions)]
#[allow(missing_docs)] // The columns are described in the migration, once.
pub struct SubmissionRow {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub task_id: Uuid,
    pub submitted_on: NaiveDate,
    pub accepted: Option<bool>,
    pub decided_on: Option<NaiveDate>,
    pub undone_on: Option<NaiveDate>,
    pub import_id: Option<Uuid>,
}

/// A request for a later deadline and its decision.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = task_extensions)]
#[allow(missing_docs)] // The columns are described in the migration, once.
pub struct ExtensionRow {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub task_id: Uuid,
    pub wanted_due_on: NaiveDate,
    pub wanted_words: Option<String>,
    pub wanted_precision: String,
    pub decision: Option<String>,
    pub decided_on: Option<NaiveDate>,
    pub new_due_on: Option<NaiveDate>,
    pub import_id: Option<Uuid>,
}

/// A time in which a task is outside the count.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = task_exclusions)]
#[allow(missing_docs)] // The columns are described in the migration, once.
pub struct ExclusionRow {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub task_id: Uuid,
    pub state: String,
    pub from_on: Option<NaiveDate>,
    pub until_on: Option<NaiveDate>,
    pub import_id: Option<Uuid>,
}

/// A task in the list of a day, with its standing on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskListed {
    /// Its id.
    pub id: Uuid,
    /// The code.
    pub code: String,
    /// The title.
    pub title: String,
    /// Key, routine or ad hoc.
    pub category: Category,
    /// The lead unit's short name on that day.
    pub unit: String,
    /// Its full name.
    pub unit_name: String,
    /// The source document's number.
    pub source_number: Option<String>,
    /// The kind of product.
    pub product: ProductKind,
    /// The level it is submitted to.
    pub level: Option<Level>,
    /// That level as typed.
    pub level_words: Option<String>,
    /// The day of assignment.
    pub assigned_on: Option<NaiveDate>,
    /// The original deadline as typed.
    pub due_words: Option<String>,
    /// The original deadline.
    pub original_due_on: Option<NaiveDate>,
    /// The deadline on that day.
    pub due_on: Option<NaiveDate>,
    /// Completed by that day, on this one.
    pub completed_on: Option<NaiveDate>,
    /// Submitted and waiting on that day, since this one.
    pub waiting_since: Option<NaiveDate>,
    /// The status now, whatever the day asked for.
    pub status: Status,
    /// The standing on that day.
    pub standing: Standing,
    /// Days late on that day: of an overdue task, or of one completed late; else 0.
    pub days_late: u32,
    /// Due soon on that day.
    pub due_soon: bool,
}

impl TaskListed {
    /// How it stood on that day.
    pub fn view(&self) -> StandingView {
        StandingView {
            standing: self.standing,
            due_on: self.due_on,
            completed_on: self.completed_on,
            waiting_since: self.waiting_since,
            days_late: self.days_late,
            due_soon: self.due_soon,
        }
    }

    /// Days overdue, by which lists are ordered; 0 for a task that is not overdue, one completed late too.
    pub fn days_overdue(&self) -> u32 {
        if self.standing == Standing::Overdue { self.days_late } else { 0 }
    }
}
