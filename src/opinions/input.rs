//! What is typed about opinions, for the form and for JSON alike.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::deadline;
use crate::domain::opinion::OpinionKind;
use crate::domain::prose;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::params::Params;

/// The most characters of an opinion or an answer.
const PROSE: usize = 4_000;

/// An opinion as typed; `leader` is a person's id, for the Office that speaks in a leader's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct OpinionTyped {
    pub kind: String,
    pub words: String,
    pub answer_due_on: String,
    pub leader: String,
}

/// An answer as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct AnswerTyped {
    pub answer: String,
}

/// An opinion that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewOpinion {
    pub kind: OpinionKind,
    pub words: String,
    pub answer_due_on: Option<NaiveDate>,
    pub leader: Option<Uuid>,
}

impl OpinionTyped {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut text = |name: &str| params.exact(name).unwrap_or_default();
        Self {
            kind: text("kind"),
            words: text("words"),
            answer_due_on: text("answer_due_on"),
            leader: text("leader"),
        }
    }

    /// Reads it all; an answer is needed when `is_asking` says so, and to every request for explanation.
    pub(super) fn read(&self, is_asking: bool, today: NaiveDate) -> Result<NewOpinion> {
        let mut faults = Vec::new();
        let mut fault = |name: &str, problem| faults.push(ParameterFault { name: name.to_owned(), problem });
        let kind = OpinionKind::from_code(self.kind.trim());
        if kind.is_none() {
            fault("kind", ParameterProblem::NotOneOf("opinion | explanation".to_owned()));
        }
        let words = match needed(&self.words) {
            Ok(words) => words,
            Err(problem) => {
                fault("words", problem);
                String::new()
            }
        };
        let needs_day = is_asking || kind == Some(OpinionKind::Explanation);
        let answer_due_on = day(&self.answer_due_on, needs_day, today).unwrap_or_else(|problem| {
            fault("answer_due_on", problem);
            None
        });
        let leader = match self.leader.trim() {
            "" => None,
            id => Uuid::parse_str(id).map_err(|_| fault("leader", ParameterProblem::NoSuchPerson)).ok(),
        };
        match kind {
            Some(kind) if faults.is_empty() => Ok(NewOpinion { kind, words, answer_due_on, leader }),
            _ => Err(Refusal::Parameters(faults).into()),
        }
    }
}

/// The day of the answer: today or later.
fn day(
    text: &str,
    is_needed: bool,
    today: NaiveDate,
) -> std::result::Result<Option<NaiveDate>, ParameterProblem> {
    if text.trim().is_empty() {
        return if is_needed { Err(ParameterProblem::Missing) } else { Ok(None) };
    }
    match deadline::parse_date(text) {
        Ok(day) if today <= day => Ok(Some(day)),
        Ok(_) => Err(ParameterProblem::OutOfRange(today, NaiveDate::MAX)),
        Err(fault) => Err(ParameterProblem::NotADate(fault)),
    }
}

fn needed(text: &str) -> std::result::Result<String, ParameterProblem> {
    match prose::read(text, PROSE) {
        Ok(Some(words)) => Ok(words),
        Ok(None) => Err(ParameterProblem::Missing),
        Err(prose::TooLong(most)) => Err(ParameterProblem::TooLong(most)),
    }
}

impl AnswerTyped {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        Self { answer: params.exact("answer").unwrap_or_default() }
    }

    pub(super) fn read(&self) -> Result<String> {
        needed(&self.answer).map_err(|problem| {
            Refusal::Parameters(vec![ParameterFault { name: "answer".to_owned(), problem }]).into()
        })
    }
}
