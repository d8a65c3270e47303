//! The reported completions that wait for the Office.

use askama::Template;

use super::{Fault, Field, Shell, Words};

/// The page where completions are confirmed.
#[derive(Debug, Clone, Template)]
#[template(path = "submissions.html")]
pub struct SubmissionsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What has just been done, worded.
    pub notice: Option<String>,
    /// Which could not be confirmed and why, worded.
    pub errors: Vec<String>,
    /// Whether one is ticked, and what is wrong when none is.
    pub ticked: Field,
    /// How many wait in all, worded.
    pub total: String,
    /// The earliest of them.
    pub rows: Vec<WaitingRow>,
    /// Whether there are more than are shown.
    pub is_more: bool,
}

impl SubmissionsPage {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        self.ticked.error.as_deref().map(|text| Fault { field: "waiting", text }).into_iter().collect()
    }
}

/// A report that waits.
#[derive(Debug, Clone, Default)]
pub struct WaitingRow {
    /// What ticking it sends: the task and its version.
    pub value: String,
    /// Whether it is ticked.
    pub is_ticked: bool,
    /// Whether the reader may confirm it: not their own.
    pub may_confirm: bool,
    /// The task's page.
    pub href: String,
    /// Where the report is sent back.
    pub send_back: String,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The lead unit's short name.
    pub unit: String,
    /// The day of the report.
    pub submitted_on: String,
    /// Who reported.
    pub by: Option<String>,
    /// The deadline in force.
    pub due: Option<String>,
    /// Days late on the day of the report, worded; `None` when it was in time.
    pub late: Option<String>,
    /// The product's document: number and date.
    pub document: Option<String>,
    /// What shows that it is done.
    pub evidence: Option<String>,
}
