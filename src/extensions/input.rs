//! What is typed at the desk: a request and a decision, for the form and for JSON alike. In a form the fields of the
//! tasks are numbered from 0 (`task_0`, `due_0` …), and faults are named so for JSON too.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::deadline::{self, Deadline, Precision};
use crate::domain::extension::Ruling;
use crate::domain::prose;
use crate::domain::task::ExtensionDecision;
use crate::error::{Denial, ParameterFault, ParameterProblem, Refusal, Result};
use crate::params::Params;

/// The most tasks of one letter: as many as may be chosen in a list at once.
pub const MOST_TASKS: u32 = 500;

/// The most characters of a reason, and of a letter's number.
const PROSE: usize = 2_000;
const NUMBER: usize = 100;

/// The first day a letter may have.
fn first() -> NaiveDate {
    NaiveDate::from_yo_opt(*deadline::YEARS.start(), 1).unwrap_or(NaiveDate::MIN)
}

/// A request as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct RequestTyped {
    pub letter_number: String,
    pub letter_date: String,
    pub reason: String,
    pub effect: String,
    pub tasks: Vec<AskTyped>,
}

/// A task in it: which, until when (in words), and why when the letter does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct AskTyped {
    pub task: String,
    pub due: String,
    pub reason: String,
}

/// A decision as typed; `day` is blank for today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct DecisionTyped {
    pub decided_on: String,
    pub tasks: Vec<RulingTyped>,
}

/// What is decided about one task; a blank decision leaves it open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // The fields are those of the form.
pub struct RulingTyped {
    pub task: String,
    pub decision: String,
    pub due: String,
    pub reason: String,
}

/// A request that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewRequest {
    pub letter_number: Option<String>,
    pub letter_date: Option<NaiveDate>,
    pub reason: String,
    pub effect: Option<String>,
    pub tasks: Vec<NewAsk>,
}

/// A task of it, with its place in the form; one whose deadline can't be read is a fault already, and not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewAsk {
    pub task: Uuid,
    pub place: usize,
    pub due_on: NaiveDate,
    pub precision: Precision,
    pub words: String,
    pub reason: Option<String>,
}

/// The ruling on a task, with its reason and the field that faults of its date stand at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewRuling {
    pub task: Uuid,
    pub place: usize,
    pub ruling: Ruling,
    pub reason: Option<String>,
}

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults(pub Vec<ParameterFault>);

impl Faults {
    pub fn add(&mut self, name: impl Into<String>, problem: ParameterProblem) {
        self.0.push(ParameterFault { name: name.into(), problem });
    }

    fn prose(&mut self, name: &str, text: &str, most: usize) -> Option<String> {
        match prose::read(text, most) {
            Ok(read) => read,
            Err(prose::TooLong(most)) => {
                self.add(name, ParameterProblem::TooLong(most));
                None
            }
        }
    }

    fn needed(&mut self, name: &str, text: &str, most: usize) -> Option<String> {
        if text.trim().is_empty() {
            self.add(name, ParameterProblem::Missing);
            return None;
        }
        self.prose(name, text, most)
    }

    fn date(&mut self, name: &str, text: &str) -> Option<NaiveDate> {
        if text.trim().is_empty() {
            return None;
        }
        match deadline::parse_date(text) {
            Ok(date) => Some(date),
            Err(fault) => {
                self.add(name, ParameterProblem::NotADate(fault));
                None
            }
        }
    }

    /// Nothing, when nothing is wrong.
    pub fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Parameters(self.0).into()) }
    }
}

/// A field that each task has.
fn text(params: &mut Params, name: &str, n: usize) -> String {
    params.exact(&format!("{name}_{n}")).unwrap_or_default()
}

impl RequestTyped {
    /// Takes a form's fields.
    pub fn take(params: &mut Params) -> Self {
        let mut tasks = Vec::new();
        while let Some(task) = params.text(&format!("task_{}", tasks.len())) {
            let n = tasks.len();
            tasks.push(AskTyped { task, due: text(params, "due", n), reason: text(params, "reason", n) });
        }
        let mut text = |name: &str| params.exact(name).unwrap_or_default();
        Self {
            letter_number: text("letter_number"),
            letter_date: text("letter_date"),
            reason: text("reason"),
            effect: text("effect"),
            tasks,
        }
    }

    /// The tasks, before anything else is read: one that is no id is none of the reader's.
    pub(super) fn ids(&self) -> Result<Vec<Uuid>> {
        self.tasks.iter().map(|ask| id(&ask.task)).collect()
    }

    /// Everything that can be read without the tasks.
    pub(super) fn read(&self, ids: &[Uuid], today: NaiveDate, faults: &mut Faults) -> NewRequest {
        if ids.is_empty() || ids.len() > MOST_TASKS as usize {
            faults.add("tasks", ParameterProblem::NotBetween(1, MOST_TASKS));
        }
        let letter_date = faults.date("letter_date", &self.letter_date);
        if letter_date.is_some_and(|date| today < date) {
            faults.add("letter_date", ParameterProblem::OutOfRange(first(), today));
        }
        NewRequest {
            letter_number: faults.prose("letter_number", &self.letter_number, NUMBER),
            letter_date,
            reason: faults.needed("reason", &self.reason, PROSE).unwrap_or_default(),
            effect: faults.prose("effect", &self.effect, PROSE),
            tasks: self.asks(ids, faults),
        }
    }

    fn asks(&self, ids: &[Uuid], faults: &mut Faults) -> Vec<NewAsk> {
        let mut asks = Vec::new();
        for (place, (typed, task)) in self.tasks.iter().zip(ids).enumerate() {
            if ids.iter().take(place).any(|other| other == task) {
                faults.add(format!("task_{place}"), ParameterProblem::Repeated);
            }
            let reason = faults.prose(&format!("reason_{place}"), &typed.reason, PROSE);
            let words = typed.due.trim().to_owned();
            match wanted(&words) {
                Ok((due_on, precision)) => {
                    asks.push(NewAsk { task: *task, place, due_on, precision, words, reason });
                }
                Err(problem) => faults.add(format!("due_{place}"), problem),
            }
        }
        asks
    }
}

/// A deadline as typed; that there is none is no deadline to ask for.
fn wanted(words: &str) -> std::result::Result<(NaiveDate, Precision), ParameterProblem> {
    match deadline::parse(words) {
        Ok(Deadline { due_on: Some(due), precision }) => Ok((due, precision)),
        Ok(Deadline { due_on: None, .. }) => Err(ParameterProblem::Missing),
        Err(fault) => Err(ParameterProblem::NotADate(fault)),
    }
}

fn id(text: &str) -> Result<Uuid> {
    Ok(Uuid::parse_str(text).map_err(|_| Denial::NotFound)?)
}

impl DecisionTyped {
    /// Takes a form's fields; the button `all` agrees to everything that is still open.
    pub fn take(params: &mut Params) -> Self {
        let all = params.text("all").is_some();
        let mut tasks = Vec::new();
        while let Some(task) = params.text(&format!("task_{}", tasks.len())) {
            let n = tasks.len();
            let decision = text(params, "decision", n);
            let (due, reason) = (text(params, "due", n), text(params, "reason", n));
            let agreed = RulingTyped {
                task: task.clone(),
                decision: ExtensionDecision::Agreed.code().to_owned(),
                ..RulingTyped::default()
            };
            tasks.push(if all { agreed } else { RulingTyped { task, decision, due, reason } });
        }
        Self { decided_on: params.exact("decided_on").unwrap_or_default(), tasks }
    }

    /// The day of the decision, `None` for today.
    pub(super) fn day(&self, faults: &mut Faults) -> Option<NaiveDate> {
        faults.date("decided_on", &self.decided_on)
    }

    /// What was decided, of those that something was decided about.
    pub(super) fn rulings(&self, faults: &mut Faults) -> Result<Vec<NewRuling>> {
        let mut found: Vec<NewRuling> = Vec::new();
        for (place, typed) in self.tasks.iter().enumerate() {
            let task = id(&typed.task)?;
            if found.iter().any(|other| other.task == task) {
                faults.add(format!("task_{place}"), ParameterProblem::Repeated);
            }
            let reason = faults.prose(&format!("reason_{place}"), &typed.reason, PROSE);
            if let Some(ruling) = typed.ruling(place, reason.is_some(), faults) {
                found.push(NewRuling { task, place, ruling, reason });
            }
        }
        if found.is_empty() && faults.0.is_empty() {
            faults.add("decision_0", ParameterProblem::Missing);
        }
        Ok(found)
    }
}

impl RulingTyped {
    fn ruling(&self, place: usize, has_reason: bool, faults: &mut Faults) -> Option<Ruling> {
        match ExtensionDecision::from_code(self.decision.trim()) {
            None if self.decision.trim().is_empty() => None,
            Some(ExtensionDecision::Agreed) => Some(Ruling::Agreed),
            Some(ExtensionDecision::Changed) => match wanted(&self.due) {
                Ok((due, _)) => Some(Ruling::Changed(due)),
                Err(problem) => {
                    faults.add(format!("due_{place}"), problem);
                    None
                }
            },
            Some(ExtensionDecision::Refused) if has_reason => Some(Ruling::Refused),
            Some(ExtensionDecision::Refused) => {
                let is_told = faults.0.iter().any(|fault| fault.name == format!("reason_{place}"));
                if !is_told {
                    faults.add(format!("reason_{place}"), ParameterProblem::Missing);
                }
                None
            }
            Some(ExtensionDecision::Withdrawn) | None => {
                let codes = "agreed | changed | refused".to_owned();
                faults.add(format!("decision_{place}"), ParameterProblem::NotOneOf(codes));
                None
            }
        }
    }
}
