//! Reasons for lateness: giving one, what still lacks one, and the list they are chosen from.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Shell, TaskLine};
use crate::text::pages::Words;

/// The form that asks why a task is late.
#[derive(Debug, Clone, Template)]
#[template(path = "late_reason.html")]
pub struct LateReasonPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The task.
    pub back: Link,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Why what was asked was not done.
    pub error: Option<String>,
    /// Where it is sent.
    pub action: String,
    /// The reasons to choose from.
    pub reasons: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub category: Field,
    /// In the unit's own words.
    pub words: Field,
}

impl LateReasonPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.error.as_deref().map(|text| Fault { field: "main", text });
        refused.into_iter().chain(faults(&[("category", &self.category), ("words", &self.words)])).collect()
    }
}

/// A unit's overdue tasks without a reason.
#[derive(Debug, Clone, Template)]
#[template(path = "late_missing.html")]
pub struct LateMissingPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The unit's day.
    pub back: Link,
    /// The tasks; each leads to its form.
    pub tasks: Vec<TaskLine>,
}

/// The list of reasons, as an administrator writes it.
#[derive(Debug, Clone, Template)]
#[template(path = "late_reasons.html")]
pub struct LateReasonsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The settings.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// Where it is sent.
    pub action: String,
    /// The lines in their order.
    pub lines: Vec<ReasonField>,
}

/// A line of the list.
#[derive(Debug, Clone)]
pub struct ReasonField {
    /// `Nguyên nhân 1`.
    pub title: String,
    /// `kind_0` …
    pub kind_id: String,
    /// On whose side it lies.
    pub kinds: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub kind: Field,
    /// `category_0` …
    pub category_id: String,
    /// Its words.
    pub category: Field,
    /// `active_0` …
    pub active_id: String,
    /// Whether it can be chosen.
    pub is_active: bool,
}

impl LateReasonsPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let fields = self
            .lines
            .iter()
            .flat_map(|line| [(&line.category_id, &line.category), (&line.kind_id, &line.kind)]);
        fields.filter_map(|(field, of)| of.error.as_deref().map(|text| Fault { field, text })).collect()
    }
}
