//! Opinions as JSON.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::model::Opinion;

/// An opinion as it stands on a day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Opinion)]
pub struct OpinionOut<'a> {
    id: Uuid,
    task: Uuid,
    code: &'a str,
    title: &'a str,
    unit: &'a str,
    kind: &'static str,
    state: &'static str,
    words: &'a str,
    given_by: Option<&'a str>,
    leader: Option<&'a str>,
    given_on: NaiveDate,
    answer_due_on: Option<NaiveDate>,
    days_late: u32,
    follows: Option<Uuid>,
    answer: Option<&'a str>,
    answered_by: Option<&'a str>,
    answered_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
}

impl<'a> OpinionOut<'a> {
    /// How it stands on a day.
    pub fn on(opinion: &'a Opinion, day: NaiveDate) -> Self {
        Self {
            id: opinion.id,
            task: opinion.task_id,
            code: &opinion.code,
            title: &opinion.title,
            unit: &opinion.unit,
            kind: opinion.kind.code(),
            state: opinion.state().code(),
            words: &opinion.words,
            given_by: opinion.giver.as_deref(),
            leader: opinion.leader.as_deref(),
            given_on: opinion.given_on,
            answer_due_on: opinion.answer_due_on,
            days_late: opinion.dates().days_late(day),
            follows: opinion.follows_id,
            answer: opinion.answer.as_deref(),
            answered_by: opinion.answerer.as_deref(),
            answered_on: opinion.answered_on,
            closed_on: opinion.closed_on,
        }
    }
}
