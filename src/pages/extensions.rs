//! The extension desk: the list of requests, the form for another, one request with its decisions.

use askama::Template;

use super::{Choice, Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// The list of requests.
#[derive(Debug, Clone, Template)]
#[template(path = "extensions.html")]
pub struct ExtensionsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// Where another is asked, for who may ask.
    pub ask: Option<String>,
    /// Where the filters are sent, as `state` and `unit`.
    pub action: String,
    /// The states.
    pub states: Vec<Choice>,
    /// The units; none for who sees one alone.
    pub units: Vec<Choice>,
    /// The requests.
    pub requests: Vec<RequestLine>,
    /// The next of them.
    pub next: Option<String>,
}

/// A request in the list.
#[derive(Debug, Clone)]
pub struct RequestLine {
    /// The letter's number, else its day; and the request's page.
    pub letter: Link,
    /// The unit.
    pub unit: String,
    /// Who asked and when.
    pub asked: String,
    /// How many tasks.
    pub tasks: String,
    /// What became of them.
    pub progress: String,
    /// How many were asked late.
    pub late: Option<String>,
}

/// The form for a request: tasks to choose from, or the letter with the chosen ones.
#[derive(Debug, Clone, Template)]
#[template(path = "extension_new.html")]
pub struct NewExtensionPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// Where the choice is sent by GET, as `task` once for each.
    pub choose: String,
    /// The tasks to choose from, when none is chosen.
    pub choices: Vec<AskableLine>,
    /// How many of the chosen can't be asked for.
    pub dropped: Option<String>,
    /// Why what was asked was not done, a line a task.
    pub errors: Vec<String>,
    /// Where the letter is sent.
    pub action: String,
    /// The letter's number.
    pub letter_number: Field,
    /// Its date.
    pub letter_date: Field,
    /// Why.
    pub reason: Field,
    /// What it means for other work.
    pub effect: Field,
    /// What is wrong with the choice as a whole.
    pub tasks_error: Option<String>,
    /// The chosen tasks.
    pub asks: Vec<AskLine>,
}

/// A task to choose, or chosen.
#[derive(Debug, Clone)]
pub struct AskableLine {
    /// Its id.
    pub id: String,
    /// The code.
    pub code: String,
    /// The title.
    pub title: String,
    /// The deadline.
    pub due: String,
    /// Whether it has passed.
    pub is_overdue: bool,
    /// How often it was extended, in words.
    pub extended: String,
}

/// A chosen task with its fields, which are numbered.
#[derive(Debug, Clone)]
pub struct AskLine {
    /// The task.
    pub task: AskableLine,
    /// `task_0` …
    pub task_id: String,
    /// What is wrong with having chosen it.
    pub error: Option<String>,
    /// `due_0` …
    pub due_id: String,
    /// The deadline wanted.
    pub due: Field,
    /// `reason_0` …
    pub reason_id: String,
    /// Its own reason.
    pub reason: Field,
}

impl NewExtensionPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.errors.iter().map(|text| Fault { field: "main", text });
        let whole = self.tasks_error.iter().map(|text| Fault { field: "tasks", text });
        let letter = super::parts::faults(&[
            ("letter_number", &self.letter_number),
            ("letter_date", &self.letter_date),
            ("reason", &self.reason),
            ("effect", &self.effect),
        ]);
        let asks = self.asks.iter().flat_map(|ask| {
            let task = ask.error.as_deref().map(|text| Fault { field: &ask.due_id, text });
            let due = ask.due.error.as_deref().map(|text| Fault { field: &ask.due_id, text });
            let reason = ask.reason.error.as_deref().map(|text| Fault { field: &ask.reason_id, text });
            task.into_iter().chain(due).chain(reason)
        });
        refused.chain(whole).chain(letter).chain(asks).collect()
    }
}

/// One request: the letter, its tasks, and the decisions.
#[derive(Debug, Clone, Template)]
#[template(path = "extension.html")]
pub struct ExtensionPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// Why what was asked was not done, a line a task.
    pub errors: Vec<String>,
    /// The letter's number, else its day.
    pub title: String,
    /// Where the acts are sent, below it.
    pub place: String,
    /// The unit.
    pub unit: String,
    /// Who asked and when.
    pub asked: String,
    /// The letter's date.
    pub letter_date: Option<String>,
    /// Why.
    pub reason: String,
    /// What it means for other work.
    pub effect: Option<String>,
    /// The tasks.
    pub tasks: Vec<DeskLine>,
    /// The day of the decision, for who may decide.
    pub decided_on: Option<Field>,
    /// Whether the reader's own request waits, which somebody else decides.
    pub is_own: bool,
    /// Whether the reader may take back what is open.
    pub may_withdraw: bool,
}

/// A task at the desk.
#[derive(Debug, Clone)]
pub struct DeskLine {
    /// Its id.
    pub id: String,
    /// Code, title and page.
    pub task: Link,
    /// The code.
    pub code: String,
    /// The deadline now.
    pub due: String,
    /// The original one, when it is another.
    pub original_due: Option<String>,
    /// The deadline wanted, with its words.
    pub wanted: String,
    /// How often it had been extended, in words.
    pub earlier: String,
    /// Whether it was asked late.
    pub is_late: bool,
    /// Its own reason.
    pub reason: Option<String>,
    /// What was decided, by whom and when; `None` while it is open.
    pub decided: Option<DecidedLine>,
    /// Its fields, for who may decide.
    pub form: Option<RulingForm>,
}

/// A decision.
#[derive(Debug, Clone)]
pub struct DecidedLine {
    /// In words.
    pub decision: String,
    /// By whom and when.
    pub by: String,
    /// The deadline from then on.
    pub new_due: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// The numbered fields of a decision about one task.
#[derive(Debug, Clone)]
pub struct RulingForm {
    /// `task_0` …
    pub task_id: String,
    /// `decision_0` …
    pub decision_id: String,
    /// What can be decided.
    pub choices: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub decision: Field,
    /// `due_0` …
    pub due_id: String,
    /// Another date.
    pub due: Field,
    /// `reason_0` …
    pub reason_id: String,
    /// Why.
    pub reason: Field,
}

impl ExtensionPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.errors.iter().map(|text| Fault { field: "main", text });
        let day = self.decided_on.iter().filter_map(|field| field.error.as_deref());
        let day = day.map(|text| Fault { field: "decided_on", text });
        let forms = self.tasks.iter().filter_map(|line| line.form.as_ref()).flat_map(|form| {
            let fields = [
                (&form.decision_id, &form.decision),
                (&form.due_id, &form.due),
                (&form.reason_id, &form.reason),
            ];
            fields.into_iter().filter_map(|(field, of)| of.error.as_deref().map(|text| Fault { field, text }))
        });
        refused.chain(day).chain(forms).collect()
    }
}

/// What is left of the life of a task at the desk, in opinions and in reasons: a section of its page.
#[derive(Debug, Clone, Default)]
pub struct TaskDecisions {
    /// The form for a request, when one may be asked; or the one that waits.
    pub extension: Option<Link>,
    /// That the task is overdue and nobody said why, with where the reader may say it.
    pub late_prompt: Option<Link>,
    /// Where the reader may put the reason right.
    pub late_change: Option<Link>,
    /// The opinions on it.
    pub opinions: Vec<super::OpinionLine>,
    /// Where they are read and answered, and others given.
    pub all: Option<Link>,
}

impl TaskDecisions {
    /// Whether there is anything to show.
    pub fn is_there(&self) -> bool {
        !self.opinions.is_empty() || self.late_prompt.is_some() || !self.links().is_empty()
    }

    /// What the reader may do, in its order.
    pub fn links(&self) -> Vec<&Link> {
        [&self.extension, &self.all, &self.late_change].into_iter().flatten().collect()
    }
}
