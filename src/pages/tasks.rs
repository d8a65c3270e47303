//! The list of tasks.

use askama::Template;

use super::parts::faults;
use super::{AsTold, Choice, Fault, Field, Link, Num, Shell, TaskLine};
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
    /// Of a past day: as known now, or as published then.
    pub as_told: Option<AsTold>,
    /// The draft of an urging letter, when the list is what a unit has overdue and the reader may send one.
    pub urging: Option<String>,
    /// The list as files.
    pub files: Vec<Link>,
    /// The saved views, and the form for another.
    pub views: ViewsBar,
    /// What can be done to several rows at once; `None` when nothing can.
    pub bulk: Option<BulkBar>,
    /// What the table is and how it is ordered.
    pub caption: &'static str,
    /// The rows, in their order.
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
    /// The filters that are asked for less often.
    pub more: MoreFilters,
    /// Other filters of the address that have no field here, kept through the form: name and value.
    pub kept: Vec<(String, String)>,
}

/// The part of the form that opens when it is wanted: `assignee`, `leader`, `status`, `source`, `label`, `field`,
/// `assigned_from`, `assigned_to`, `extension`, `reason`, `sort`.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // The fields are those of the list's address.
pub struct MoreFilters {
    pub assignees: Vec<Choice>,
    pub leaders: Vec<Choice>,
    pub statuses: Vec<Choice>,
    pub source: Field,
    pub label: Field,
    pub field: Field,
    pub assigned_from: Field,
    pub assigned_to: Field,
    pub extensions: Vec<Choice>,
    pub reasons: Vec<Choice>,
    pub orders: Vec<Choice>,
    /// Whether something in it is set or wrong.
    pub is_open: bool,
}

/// The saved views above a list.
#[derive(Debug, Clone, Default)]
pub struct ViewsBar {
    /// Each view that the reader sees.
    pub chips: Vec<ViewChip>,
    /// Where the filters are sent to be saved, as `query`, with `name` and `shared`; `None` when there are none to save.
    pub save: Option<String>,
    /// The filters as they would be saved.
    pub query: String,
    /// Whether the reader may share views.
    pub may_share: bool,
    /// The page on which views are looked after.
    pub manage: String,
}

/// A saved view that opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewChip {
    /// What it is called.
    pub name: String,
    /// Where it opens.
    pub href: String,
    /// Whether the list is this view.
    pub current: bool,
    /// Whether it is shared.
    pub shared: bool,
}

/// The choice of rows and of an act on them, sent to a preview as `task`, `which`, `query` and `act`.
#[derive(Debug, Clone, Default)]
pub struct BulkBar {
    /// Where it is sent.
    pub action: String,
    /// The list's filters, for all of it.
    pub query: String,
    /// All of the list, `32`; `None` when it is on this page, or too many for one act.
    pub all: Option<String>,
    /// The acts.
    pub acts: Vec<Choice>,
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
        faults(&[
            ("q", &f.q),
            ("due_from", &f.due_from),
            ("due_to", &f.due_to),
            ("as_of", &f.as_of),
            ("source", &f.more.source),
            ("label", &f.more.label),
            ("field", &f.more.field),
            ("assigned_from", &f.more.assigned_from),
            ("assigned_to", &f.more.assigned_to),
        ])
    }
}
