//! Giving a task, or changing what it says.

use askama::Template;

use super::{Fault, FieldGroup, FormField, Link, Shell, Words};

/// The form of a task.
#[derive(Debug, Clone, Template)]
#[template(path = "task_form.html")]
pub struct TaskFormPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the reader came from.
    pub back: Link,
    /// The heading.
    pub title: String,
    /// Where it is sent.
    pub action: String,
    /// What sending it is called.
    pub send: String,
    /// The version that is changed; `None` for a new task.
    pub version: Option<String>,
    /// The fields.
    pub groups: Vec<FieldGroup>,
    /// What looks like a slip and was not heeded yet.
    pub warnings: Vec<WarningLine>,
    /// What somebody else has written meanwhile, field by field; none unless somebody has.
    pub differences: Vec<Difference>,
    /// Why it was not taken, worded.
    pub error: Option<String>,
}

impl TaskFormPage {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        self.groups.iter().flat_map(|group| group.fields.iter().filter_map(FormField::fault)).collect()
    }
}

/// A warning.
#[derive(Debug, Clone, Default)]
pub struct WarningLine {
    /// The code by which the form says that it was heeded.
    pub code: &'static str,
    /// What it says.
    pub text: String,
    /// The tasks it is about.
    pub tasks: Vec<Link>,
}

/// A field that two people have written.
#[derive(Debug, Clone, Default)]
pub struct Difference {
    /// The field.
    pub label: String,
    /// What stands there now.
    pub now: String,
    /// What the reader has typed.
    pub typed: String,
}
