//! The list of tasks.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Num, Shell, TaskLine};
use crate::text::pages::{Mark, Words};

/// The list with its filters in the address.
#[derive(Debug, Clone, Template)]
#[template(path = "tasks.html")]
pub struct TasksPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The day whose standing is shown, `29/11/2024`.
    pub as_of: String,
    /// The form.
    pub filters: Filters,
    /// The filters that hold, in words.
    pub active: Vec<ActiveFilter>,
    /// The list without filters; `None` when none holds.
    pub clear_href: Option<String>,
    /// How many tasks the filters leave, `1.249`; `None` when a fault kept the list from being made.
    pub total: Option<String>,
    /// Which of them are on this page, `1–25`; `None` when all are.
    pub shown: Option<String>,
    /// How many of them have each standing, each a link that filters by it.
    pub counts: Vec<CountLink>,
    /// The draft of an urging letter, when the list is what a unit has overdue and the reader may send one.
    pub urging: Option<String>,
    /// The list as files.
    pub files: Vec<Link>,
    /// The rows, worst first.
    pub tasks: Vec<TaskLine>,
    /// The next rows.
    pub next: Option<String>,
    /// The first rows, when these are not.
    pub first: Option<String>,
}

/// The form, sent by GET as `q`, `unit`, `standing`, `category`, `product`, `due_from`, `due_to`, `as_of`.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Where it is sent.
    pub action: String,
    /// Words of title, code or document number.
    pub q: Field,
    /// The units the reader may see; empty when there is no choice. The value is the short name.
    pub units: Vec<Choice>,
    /// The standings.
    pub standings: Vec<Choice>,
    /// The categories.
    pub categories: Vec<Choice>,
    /// The kinds of product.
    pub products: Vec<Choice>,
    /// Due on or after.
    pub due_from: Field,
    /// Due on or before.
    pub due_to: Field,
    /// The day whose standing is asked.
    pub as_of: Field,
    /// Other filters of the address that have no field here, kept through the form: name and value.
    pub kept: Vec<(String, String)>,
}

/// A filter that holds.
#[derive(Debug, Clone)]
pub struct ActiveFilter {
    /// `Đơn vị: CVT`.
    pub text: String,
    /// The list without it.
    pub remove_href: String,
}

/// A count that filters the list.
#[derive(Debug, Clone)]
pub struct CountLink {
    /// Of which standing.
    pub mark: Mark,
    /// How many.
    pub n: Num,
    /// Whether the list is filtered by it.
    pub current: bool,
}

impl TasksPage {
    /// What is wrong with the filters.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let f = &self.filters;
        faults(&[("q", &f.q), ("due_from", &f.due_from), ("due_to", &f.due_to), ("as_of", &f.as_of)])
    }
}
