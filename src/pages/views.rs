//! Saved views as their reader looks after them.

use askama::Template;

use super::parts::faults;
use super::{Fault, Field, Link, Shell};
use crate::text::pages::Words;

/// The views that somebody sees, and one that is to be saved.
#[derive(Debug, Clone, Template)]
#[template(path = "views.html")]
pub struct ViewsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list of tasks.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// What is wrong with a view that was to be opened, and its list without that.
    pub broken: Option<BrokenView>,
    /// What was to be saved and was not.
    pub unsaved: Option<UnsavedView>,
    /// Why it can't be saved, beside its name.
    pub error: Option<String>,
    /// The views.
    pub views: Vec<ViewLine>,
    /// Where they are sent.
    pub place: String,
    /// Whether the reader may share views.
    pub may_share: bool,
}

/// A view with filters that no longer hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenView {
    /// What it is called.
    pub name: String,
    /// Each filter that is gone, and why.
    pub faults: Vec<String>,
    /// The list without them.
    pub rest: String,
}

/// A view that could not be saved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnsavedView {
    /// Where it is sent.
    pub action: String,
    /// What it is called.
    pub name: Field,
    /// Its filters.
    pub query: String,
    /// Whether it is to be shared.
    pub shared: bool,
}

/// A view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewLine {
    /// Its id.
    pub id: String,
    /// What it is called, and where it opens.
    pub view: Link,
    /// Whose it is, when it is another's.
    pub owner: Option<String>,
    /// Whether it is shared.
    pub shared: bool,
    /// Whether the reader's list begins with it.
    pub is_default: bool,
    /// Whether the reader may change it.
    pub may_change: bool,
}

impl ViewsPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        let refused = self.error.as_deref().map(|text| Fault { field: "main", text });
        let named =
            self.unsaved.as_ref().map(|unsaved| faults(&[("name", &unsaved.name)])).unwrap_or_default();
        refused.into_iter().chain(named).collect()
    }
}
