//! An act on several tasks: its preview, and what came of it.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// What an act would do to each task, and what it still needs.
#[derive(Debug, Clone, Template)]
#[template(path = "bulk.html")]
pub struct BulkPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list from which the tasks were chosen.
    pub back: Link,
    /// What the act is: `Giao người thực hiện`.
    pub heading: String,
    /// To how many it will be done, and how many are left out.
    pub lead: String,
    /// Why it was not done.
    pub error: Option<String>,
    /// The form; `None` when no task is left.
    pub form: Option<BulkForm>,
    /// The tasks to which it will be done.
    pub fit: Vec<BulkLine>,
    /// The others.
    pub left_out: Vec<BulkLine>,
}

/// A task of a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkLine {
    /// Its code.
    pub code: String,
    /// Its title and page; a task that is gone has none.
    pub task: Option<Link>,
    /// The lead unit.
    pub unit: String,
    /// What will happen, or why not.
    pub verdict: String,
}

/// What is sent when it is agreed to.
#[derive(Debug, Clone, Default)]
pub struct BulkForm {
    /// Where.
    pub action: String,
    /// The act's code.
    pub act: String,
    /// The list's filters, to come back to.
    pub query: String,
    /// The tasks with their versions, `id:version`.
    pub seen: Vec<String>,
    /// What the act still needs.
    pub needs: BulkNeeds,
    /// The button.
    pub button: String,
}

/// What an act needs beside its tasks.
#[derive(Debug, Clone, Default)]
pub enum BulkNeeds {
    /// Nothing.
    #[default]
    Nothing,
    /// Whom the tasks are given to.
    People {
        /// The contacts to choose from.
        contacts: Vec<Choice>,
        /// What is wrong with the one chosen.
        contact: Field,
        /// The assignees to choose from.
        assignees: Vec<Choice>,
        /// What is wrong with those chosen.
        assignee: Field,
    },
    /// Which unit gets the lead, and why.
    Unit {
        /// The units of today.
        units: Vec<Choice>,
        /// What is wrong with the one chosen.
        unit: Field,
        /// Why.
        reason: Field,
    },
    /// Until when a later deadline is asked for, and why.
    Extension {
        /// Until when.
        due: Field,
        /// Why.
        reason: Field,
        /// The number of the letter.
        letter_number: Field,
    },
}

impl BulkPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.error.as_deref().map(|text| Fault { field: "main", text });
        let fields = match self.form.as_ref().map(|form| &form.needs) {
            Some(BulkNeeds::People { contact, assignee, .. }) => {
                faults(&[("contact", contact), ("assignee", assignee)])
            }
            Some(BulkNeeds::Unit { unit, reason, .. }) => faults(&[("unit", unit), ("reason", reason)]),
            Some(BulkNeeds::Extension { due, reason, letter_number }) => {
                faults(&[("due", due), ("reason", reason), ("letter_number", letter_number)])
            }
            Some(BulkNeeds::Nothing) | None => Vec::new(),
        };
        refused.into_iter().chain(fields).collect()
    }
}

/// What came of an act.
#[derive(Debug, Clone, Template)]
#[template(path = "bulk_done.html")]
pub struct BulkDonePage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list from which the tasks were chosen.
    pub back: Link,
    /// What was done.
    pub heading: String,
    /// To how many.
    pub told: String,
}
