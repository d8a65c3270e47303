//! One task.

use askama::Template;

use super::{Badge, Link, Shell, TaskActs, TaskDecisions, TaskFiles};
use crate::text::pages::{Deadline, Why, Words};

/// A task with everything that decides its standing.
#[derive(Debug, Clone, Template)]
#[template(path = "task.html")]
pub struct TaskPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list the reader came from.
    pub back: Link,
    /// What its reader can do with it, and its log of progress.
    pub acts: TaskActs,
    /// The code.
    pub code: String,
    /// The title.
    pub title: String,
    /// The category in words.
    pub category: String,
    /// The day whose standing is shown.
    pub as_of: String,
    /// The standing.
    pub badge: Badge,
    /// Where the deadline comes from.
    pub deadline: Deadline,
    /// Why this standing.
    pub why: Why,
    /// What was asked and decided about the deadline, since when it stands so, and the days counted: a sentence each.
    pub reasons: Vec<String>,
    /// The deadline in force, `31/12/2024`.
    pub due: Option<String>,
    /// The deadline as first written.
    pub due_words: Option<String>,
    /// The original deadline.
    pub original_due: Option<String>,
    /// The lead unit and its tasks.
    pub lead: Link,
    /// The coordinating units.
    pub coordinating: Vec<Link>,
    /// The field of work.
    pub field: Option<String>,
    /// The kind of product in words.
    pub product: String,
    /// The level it is submitted to, as typed.
    pub level: Option<String>,
    /// The day of assignment.
    pub assigned_on: Option<String>,
    /// Per cent done, `60`.
    pub percent: Option<String>,
    /// Obstacles, as reported.
    pub obstacles: Option<String>,
    /// The reason for lateness, as reported.
    pub late_reason: Option<String>,
    /// The day of completion.
    pub completed_on: Option<String>,
    /// The product document: number and date, worded.
    pub product_document: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// The source document.
    pub source: Option<Source>,
    /// What is asked, directed and explained about it.
    pub decisions: TaskDecisions,
    /// Extensions, in their order.
    pub extensions: Vec<Extension>,
    /// Submissions, in their order.
    pub submissions: Vec<Submission>,
    /// Times outside the count.
    pub exclusions: Vec<Exclusion>,
    /// Its files.
    pub files: TaskFiles,
    /// The journal's entries, the latest first.
    pub history: Vec<HistoryEntry>,
    /// What was done before.
    pub earlier: Option<String>,
}

/// What was done to a task, further back than its page tells.
#[derive(Debug, Clone, Template)]
#[template(path = "task_history.html")]
pub struct TaskHistoryPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The task.
    pub back: Link,
    /// Its code.
    pub code: String,
    /// The journal's entries, the latest first.
    pub history: Vec<HistoryEntry>,
    /// What was done before.
    pub earlier: Option<String>,
}

/// The source document.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // As the document has them.
pub struct Source {
    pub number: Option<String>,
    pub date: Option<String>,
    pub kind: Option<String>,
    pub issuer: Option<String>,
    pub summary: Option<String>,
    pub urgency: Option<String>,
}

/// A request for a later deadline.
#[derive(Debug, Clone, Default)]
pub struct Extension {
    /// The day it was asked, when known.
    pub asked_on: Option<String>,
    /// The deadline wanted: its words or date.
    pub wanted: String,
    /// The decision in words: `Đồng ý`, `Từ chối`, `Chưa quyết định`.
    pub decision: String,
    /// The day it was decided.
    pub decided_on: Option<String>,
    /// The deadline from then on.
    pub new_due: Option<String>,
    /// The number of the letter that asked.
    pub letter: Option<String>,
    /// The reason.
    pub reason: Option<String>,
}

/// A unit's report of completion.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// The day it was made.
    pub submitted_on: String,
    /// The decision in words: `Xác nhận`, `Trả lại`, `Chờ xác nhận`.
    pub decision: String,
    /// The day it was decided.
    pub decided_on: Option<String>,
    /// The reason it was sent back, or the acceptance taken back.
    pub reason: Option<String>,
    /// The product's document and what shows that it is done.
    pub evidence: Option<String>,
}

/// A time outside the count.
#[derive(Debug, Clone, Default)]
pub struct Exclusion {
    /// The state in words.
    pub state: String,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// An entry of the journal.
#[derive(Debug, Clone, Default)]
pub struct HistoryEntry {
    /// When, `29/11/2024 08:15`.
    pub at: String,
    /// The same for machines, `2024-11-29T08:15:00+07:00`.
    pub at_machine: String,
    /// Who: a person's name, or the import.
    pub actor: String,
    /// What was done, in words.
    pub act: String,
    /// The fields that changed.
    pub changes: Vec<Change>,
}

/// A field's change.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The field in words.
    pub field: String,
    /// Its value before; `None` when it was blank.
    pub before: Option<String>,
    /// Its value after.
    pub after: Option<String>,
}
