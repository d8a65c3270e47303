//! Tasks as JSON: the CLI's `--format json` and the API print the same.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::detail::{Actor, ExclusionTold, ExtensionTold, JournalTold, SubmissionTold, TaskDetail};
use super::model::{TaskListed, TaskRow};
use crate::domain::briefing::UnitRef;
use crate::domain::reckoning::{NamedDays, Reckoning};
use crate::domain::task::{ExtensionDecision, Level};

/// A task of a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Task)]
pub struct TaskOut<'a> {
    id: Uuid,
    code: &'a str,
    title: &'a str,
    unit: &'a str,
    category: &'static str,
    product: &'static str,
    level: Option<&'static str>,
    level_words: Option<&'a str>,
    source_number: Option<&'a str>,
    assigned_on: Option<NaiveDate>,
    due_words: Option<&'a str>,
    original_due_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    waiting_since: Option<NaiveDate>,
    status: &'static str,
    standing: &'static str,
    due_soon: bool,
    days_late: u32,
}

impl<'a> From<&'a TaskListed> for TaskOut<'a> {
    fn from(task: &'a TaskListed) -> Self {
        Self {
            id: task.id,
            code: &task.code,
            title: &task.title,
            unit: &task.unit,
            category: task.category.code(),
            product: task.product.code(),
            level: task.level.map(Level::code),
            level_words: task.level_words.as_deref(),
            source_number: task.source_number.as_deref(),
            assigned_on: task.assigned_on,
            due_words: task.due_words.as_deref(),
            original_due_on: task.original_due_on,
            due_on: task.due_on,
            completed_on: task.completed_on,
            waiting_since: task.waiting_since,
            status: task.status.code(),
            standing: task.standing.code(),
            due_soon: task.due_soon,
            days_late: task.days_late,
        }
    }
}

/// One task: its row, its standing on the day asked for, its dated facts and its history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaskDetail)]
pub struct TaskDetailOut<'a> {
    id: Uuid,
    code: &'a str,
    title: &'a str,
    category: &'a str,
    field: Option<&'a str>,
    source: SourceOut<'a>,
    lead_unit: UnitOut<'a>,
    coordinating_units: Vec<UnitOut<'a>>,
    product: &'a str,
    level: Option<&'a str>,
    level_words: Option<&'a str>,
    assigned_on: Option<NaiveDate>,
    due_words: Option<&'a str>,
    due_precision: &'a str,
    original_due_on: Option<NaiveDate>,
    status: &'a str,
    percent: Option<i16>,
    obstacles: Option<&'a str>,
    late_reason: Option<&'a str>,
    product_number: Option<&'a str>,
    product_date: Option<NaiveDate>,
    note: Option<&'a str>,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    as_of: NaiveDate,
    view: Option<ViewOut>,
    why: Option<WhyOut<'a>>,
    extensions: Vec<ExtensionOut<'a>>,
    submissions: Vec<SubmissionOut<'a>>,
    exclusions: Vec<ExclusionOut<'a>>,
    history: Vec<HistoryOut<'a>>,
}

/// The document that gave the task.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Source)]
struct SourceOut<'a> {
    number: Option<&'a str>,
    date: Option<NaiveDate>,
    kind: Option<&'a str>,
    #[serde(rename = "abstract")]
    summary: Option<&'a str>,
    issuer: Option<&'a str>,
    urgency: Option<&'a str>,
}

impl<'a> From<&'a TaskRow> for SourceOut<'a> {
    fn from(row: &'a TaskRow) -> Self {
        Self {
            number: row.source_number.as_deref(),
            date: row.source_date,
            kind: row.source_kind.as_deref(),
            summary: row.source_abstract.as_deref(),
            issuer: row.source_issuer.as_deref(),
            urgency: row.source_urgency.as_deref(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnitNamed)]
struct UnitOut<'a> {
    id: Uuid,
    short_name: &'a str,
    name: &'a str,
}

impl<'a> From<&'a UnitRef> for UnitOut<'a> {
    fn from(unit: &'a UnitRef) -> Self {
        Self { id: unit.id, short_name: &unit.short_name, name: &unit.name }
    }
}

/// How the task stands on the day; null when it was assigned after it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaskView)]
struct ViewOut {
    standing: &'static str,
    due_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
    waiting_since: Option<NaiveDate>,
    due_soon: bool,
    days_late: u32,
}

impl From<&TaskListed> for ViewOut {
    fn from(task: &TaskListed) -> Self {
        Self {
            standing: task.standing.code(),
            due_on: task.due_on,
            completed_on: task.completed_on,
            waiting_since: task.waiting_since,
            due_soon: task.due_soon,
            days_late: task.days_late,
        }
    }
}

/// Why it stands so: since when, and the days that were counted; the deadline's words and extensions stand beside it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Why)]
struct WhyOut<'a> {
    since: Option<NaiveDate>,
    due_on_day_off: bool,
    counted: Option<CountedOut<'a>>,
}

/// The days between the deadline and the day it is judged on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountedDays)]
struct CountedOut<'a> {
    from: NaiveDate,
    through: NaiveDate,
    days: u32,
    working_days: u32,
    special_days: Vec<SpecialOut<'a>>,
}

/// Special days of one name that follow each other.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SpecialDays)]
struct SpecialOut<'a> {
    name: &'a str,
    kind: &'static str,
    from: NaiveDate,
    through: NaiveDate,
    provisional: bool,
}

impl<'a> From<&'a Reckoning> for WhyOut<'a> {
    fn from(why: &'a Reckoning) -> Self {
        let special = |days: &'a NamedDays| SpecialOut {
            name: &days.name,
            kind: days.kind.code(),
            from: days.from,
            through: days.through,
            provisional: days.provisional,
        };
        let counted = why.span.as_ref().map(|span| CountedOut {
            from: span.from,
            through: span.through,
            days: span.days,
            working_days: span.working_days,
            special_days: span.special.iter().map(special).collect(),
        });
        Self { since: why.since, due_on_day_off: why.due_on_day_off, counted }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Extension)]
struct ExtensionOut<'a> {
    requested_on: Option<NaiveDate>,
    request_number: Option<&'a str>,
    reason: Option<&'a str>,
    wanted_due_on: NaiveDate,
    wanted_words: Option<&'a str>,
    decision: Option<&'static str>,
    decided_on: Option<NaiveDate>,
    decision_reason: Option<&'a str>,
    new_due_on: Option<NaiveDate>,
}

impl<'a> From<&'a ExtensionTold> for ExtensionOut<'a> {
    fn from(told: &'a ExtensionTold) -> Self {
        Self {
            requested_on: told.requested_on,
            request_number: told.request_number.as_deref(),
            reason: told.reason.as_deref(),
            wanted_due_on: told.wanted_due_on,
            wanted_words: told.wanted_words.as_deref(),
            decision: told.decision.map(ExtensionDecision::code),
            decided_on: told.decided_on,
            decision_reason: told.decision_reason.as_deref(),
            new_due_on: told.new_due_on,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Submission)]
struct SubmissionOut<'a> {
    submitted_on: NaiveDate,
    evidence: Option<&'a str>,
    product_number: Option<&'a str>,
    product_date: Option<NaiveDate>,
    accepted: Option<bool>,
    decided_on: Option<NaiveDate>,
    reason: Option<&'a str>,
    undone_on: Option<NaiveDate>,
    undone_reason: Option<&'a str>,
}

impl<'a> From<&'a SubmissionTold> for SubmissionOut<'a> {
    fn from(told: &'a SubmissionTold) -> Self {
        Self {
            submitted_on: told.submitted_on,
            evidence: told.evidence.as_deref(),
            product_number: told.product_number.as_deref(),
            product_date: told.product_date,
            accepted: told.accepted,
            decided_on: told.decided_on,
            reason: told.reason.as_deref(),
            undone_on: told.undone_on,
            undone_reason: told.undone_reason.as_deref(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Exclusion)]
struct ExclusionOut<'a> {
    state: &'static str,
    from_on: Option<NaiveDate>,
    until_on: Option<NaiveDate>,
    reason: Option<&'a str>,
}

impl<'a> From<&'a ExclusionTold> for ExclusionOut<'a> {
    fn from(told: &'a ExclusionTold) -> Self {
        Self {
            state: told.state.code(),
            from_on: told.from_on,
            until_on: told.until_on,
            reason: told.reason.as_deref(),
        }
    }
}

/// `actor` is a person's name, an API key's, the file of an import, or null for the operator.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistoryEntry)]
struct HistoryOut<'a> {
    at: DateTime<Utc>,
    act: &'a str,
    actor_kind: &'static str,
    actor: Option<&'a str>,
    before: Option<&'a Value>,
    after: Option<&'a Value>,
}

impl<'a> From<&'a JournalTold> for HistoryOut<'a> {
    fn from(told: &'a JournalTold) -> Self {
        let (actor_kind, actor) = match &told.actor {
            Actor::Operator => ("operator", None),
            Actor::Import { file_name } => ("import", Some(file_name.as_str())),
            Actor::Key { name } => ("api_key", Some(name.as_str())),
            Actor::Person { name } => ("person", Some(name.as_str())),
        };
        let (before, after) = (told.before.as_ref(), told.after.as_ref());
        Self { at: told.at, act: &told.act, actor_kind, actor, before, after }
    }
}

impl<'a> From<&'a TaskDetail> for TaskDetailOut<'a> {
    fn from(detail: &'a TaskDetail) -> Self {
        let row = &detail.row;
        Self {
            id: row.id,
            code: &row.code,
            title: &row.title,
            category: &row.category,
            field: row.field.as_deref(),
            source: row.into(),
            lead_unit: (&detail.lead).into(),
            coordinating_units: detail.coordinating.iter().map(UnitOut::from).collect(),
            product: &row.product,
            level: row.level.as_deref(),
            level_words: row.level_words.as_deref(),
            assigned_on: row.assigned_on,
            due_words: row.due_words.as_deref(),
            due_precision: &row.due_precision,
            original_due_on: row.original_due_on,
            status: &row.status,
            percent: row.percent,
            obstacles: row.obstacles.as_deref(),
            late_reason: row.late_reason.as_deref(),
            product_number: row.product_number.as_deref(),
            product_date: row.product_date,
            note: row.note.as_deref(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            as_of: detail.day,
            view: detail.listed.as_ref().map(ViewOut::from),
            why: detail.why.as_ref().map(WhyOut::from),
            extensions: detail.extensions.iter().map(ExtensionOut::from).collect(),
            submissions: detail.submissions.iter().map(SubmissionOut::from).collect(),
            exclusions: detail.exclusions.iter().map(ExclusionOut::from).collect(),
            history: detail.journal.iter().map(HistoryOut::from).collect(),
        }
    }
}
