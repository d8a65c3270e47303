//! Requests for later deadlines as JSON.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::{Request, RequestListed, RequestedTask};
use crate::domain::task::ExtensionDecision;

/// A request in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExtensionRequestListed)]
pub struct RequestListedOut<'a> {
    id: Uuid,
    unit: UnitOut<'a>,
    asked_by: Option<&'a str>,
    requested_on: NaiveDate,
    letter_number: Option<&'a str>,
    letter_date: Option<NaiveDate>,
    reason: &'a str,
    effect: Option<&'a str>,
    tasks: u64,
    open: u64,
    agreed: u64,
    late: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AskingUnit)]
struct UnitOut<'a> {
    id: Uuid,
    short_name: &'a str,
    name: &'a str,
}

/// A request with its tasks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExtensionRequest)]
pub struct RequestOut<'a> {
    #[serde(flatten)]
    letter: RequestListedOut<'a>,
    decisions: Vec<RequestedTaskOut<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExtensionDecided)]
struct RequestedTaskOut<'a> {
    task: Uuid,
    code: &'a str,
    title: &'a str,
    original_due_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    due_when_asked: Option<NaiveDate>,
    asked_late: bool,
    earlier_extensions: u64,
    wanted_due_on: NaiveDate,
    wanted_words: Option<&'a str>,
    reason: Option<&'a str>,
    decision: Option<&'static str>,
    decided_on: Option<NaiveDate>,
    decided_by: Option<&'a str>,
    decision_reason: Option<&'a str>,
    new_due_on: Option<NaiveDate>,
}

impl<'a> From<&'a RequestListed> for RequestListedOut<'a> {
    fn from(letter: &'a RequestListed) -> Self {
        Self {
            id: letter.id,
            unit: UnitOut { id: letter.unit_id, short_name: &letter.unit, name: &letter.unit_name },
            asked_by: letter.asker.as_deref(),
            requested_on: letter.requested_on,
            letter_number: letter.letter_number.as_deref(),
            letter_date: letter.letter_date,
            reason: &letter.reason,
            effect: letter.effect.as_deref(),
            tasks: letter.tasks,
            open: letter.open,
            agreed: letter.agreed,
            late: letter.late,
        }
    }
}

impl<'a> From<&'a Request> for RequestOut<'a> {
    fn from(request: &'a Request) -> Self {
        Self {
            letter: (&request.letter).into(),
            decisions: request.tasks.iter().map(RequestedTaskOut::from).collect(),
        }
    }
}

impl<'a> From<&'a RequestedTask> for RequestedTaskOut<'a> {
    fn from(row: &'a RequestedTask) -> Self {
        Self {
            task: row.task_id,
            code: &row.code,
            title: &row.title,
            original_due_on: row.original_due_on,
            due_on: row.due_on,
            due_when_asked: row.due_then,
            asked_late: row.is_asked_late(),
            earlier_extensions: row.earlier,
            wanted_due_on: row.wanted_due_on,
            wanted_words: row.wanted_words.as_deref(),
            reason: row.reason.as_deref(),
            decision: row.decision.map(ExtensionDecision::code),
            decided_on: row.decided_on,
            decided_by: row.decider.as_deref(),
            decision_reason: row.decision_reason.as_deref(),
            new_due_on: row.new_due_on,
        }
    }
}
