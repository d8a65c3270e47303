//! Units: the list with the form for another, and one unit.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// The list in its order.
#[derive(Debug, Clone, Template)]
#[template(path = "units.html")]
pub struct UnitsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// What was done just now.
    pub notice: Option<String>,
    /// How many exist today.
    pub total: String,
    /// The units.
    pub units: Vec<UnitLine>,
    /// Where another is sent.
    pub action: String,
    /// Its full name.
    pub name: Field,
    /// Its short name.
    pub short_name: Field,
}

/// A unit in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// The full name and the unit's page.
    pub unit: Link,
    /// The short name.
    pub short_name: String,
    /// From when until when, in words.
    pub term: String,
    /// Whether it is over.
    pub is_over: bool,
    /// The unit that followed.
    pub successor: Option<String>,
    /// The open tasks it leads.
    pub open_tasks: String,
}

impl UnitsPage {
    /// What is wrong with the form.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("name", &self.name), ("short_name", &self.short_name)])
    }
}

/// One unit.
#[derive(Debug, Clone, Template)]
#[template(path = "unit.html")]
pub struct UnitPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// The unit's page; the acts are sent to addresses below it.
    pub place: String,
    /// What it is, as in the list.
    pub line: UnitLine,
    /// Why what was asked was not done.
    pub error: Option<String>,
    /// The names, to be put right.
    pub name: Field,
    /// The short one.
    pub short_name: Field,
    /// The units behind which it may stand.
    pub others: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub behind: Field,
    /// The units that may follow it.
    pub successors: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub successor: Field,
    /// Where the digest goes while it has no head.
    pub mailbox: Field,
    /// The leaders who may oversee it.
    pub leaders: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub overseer: Field,
    /// The people who hold posts in it.
    pub people_href: String,
}

impl UnitPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.error.as_deref().map(|text| Fault { field: "main", text });
        let fields = [
            ("name", &self.name),
            ("short_name", &self.short_name),
            ("behind", &self.behind),
            ("mailbox", &self.mailbox),
            ("overseer", &self.overseer),
            ("successor", &self.successor),
        ];
        refused.into_iter().chain(faults(&fields)).collect()
    }
}
