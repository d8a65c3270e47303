//! What the reader can do with a task, and the log of progress.

use super::{Fault, FormField};

/// The part of a task's page with the steps that its reader may take.
#[derive(Debug, Clone, Default)]
pub struct TaskActs {
    /// What has just been done, worded.
    pub notice: Option<String>,
    /// Why a step was not taken, worded.
    pub error: Option<String>,
    /// The version that the reader has before them.
    pub version: String,
    /// The steps, each a small form; none when there is nothing to do.
    pub forms: Vec<StepForm>,
    /// Where the task's text is changed; `None` for who may not.
    pub edit: Option<String>,
    /// Who does it, by name.
    pub assignees: Vec<String>,
    /// The contact in the unit.
    pub contact: Option<String>,
    /// The log of progress, the latest first.
    pub notes: Vec<NoteLine>,
}

impl TaskActs {
    /// What is wrong with the form that came back.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        self.forms.iter().flat_map(|form| form.fields.iter().filter_map(FormField::fault)).collect()
    }
}

/// A step as a form.
#[derive(Debug, Clone, Default)]
pub struct StepForm {
    /// Where it is sent.
    pub action: String,
    /// Its id on the page, which links can lead to.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What it means; empty when its name says it all.
    pub hint: String,
    /// Whether it is shown open.
    pub is_open: bool,
    /// Whether it is what mostly comes next.
    pub is_first: bool,
    /// Percentages that are sent by one tap, `25`; none for other steps.
    pub percents: Vec<&'static str>,
    /// The fields.
    pub fields: Vec<FormField>,
}

/// A note of progress.
#[derive(Debug, Clone, Default)]
pub struct NoteLine {
    /// The day.
    pub on: String,
    /// Who.
    pub by: String,
    /// `40 %`.
    pub percent: Option<String>,
    /// What was noted.
    pub words: Option<String>,
    /// What stood in the way.
    pub obstacles: Option<String>,
}
