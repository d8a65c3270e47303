//! The journal.

use askama::Template;

use super::parts::faults;
use super::{Change, Choice, Fault, Field, Shell};
use crate::text::pages::Words;

/// The journal with its filters in the address.
#[derive(Debug, Clone, Template)]
#[template(path = "audit.html")]
pub struct AuditPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// Where the filters are sent, as `act`, `person`, `from`, `to`.
    pub action: String,
    /// The acts.
    pub acts: Vec<Choice>,
    /// The address of a person.
    pub person: Field,
    /// The first day.
    pub from: Field,
    /// The last day.
    pub to: Field,
    /// The entries, the latest first.
    pub entries: Vec<AuditLine>,
    /// The earlier ones.
    pub next: Option<String>,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct AuditLine {
    /// When, in the tenant's zone: `29/11/2024 09:00:12`.
    pub at: String,
    /// Who.
    pub who: String,
    /// What was done.
    pub act: String,
    /// To whom or what, when it has a name.
    pub about: Option<String>,
    /// What it changed.
    pub changes: Vec<Change>,
}

impl AuditLine {
    /// Whether values are told, and not only which fields changed.
    pub fn has_values(&self) -> bool {
        self.changes.iter().any(|change| change.before.is_some() || change.after.is_some())
    }

    /// The names of the fields, where that is all there is to tell.
    pub fn fields(&self) -> String {
        self.changes.iter().map(|change| change.field.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl AuditPage {
    /// What is wrong with the filters.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("person", &self.person), ("from", &self.from), ("to", &self.to)])
    }
}
