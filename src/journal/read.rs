//! Reading the journal: the latest first, a page at a time.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::store;
use crate::db::TenantConn;
use crate::error::Result;

/// Entries on a page.
pub(super) const PAGE: usize = 50;

/// Which entries are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFilter {
    /// Of this act.
    pub act: Option<String>,
    /// By this person, or about them.
    pub person: Option<Uuid>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Older than this entry.
    pub before: Option<Uuid>,
}

/// An entry with the names of what it names.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRead {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The person who acted.
    pub person: Option<String>,
    /// The API key that acted; neither person nor key: the operator.
    pub key: Option<String>,
    /// The file of the import that acted.
    pub file_name: Option<String>,
    /// What was done, as a code.
    pub act: String,
    /// The kind of thing it was done to.
    pub subject: String,
    /// Its name: a person's, a unit's, a task's code.
    pub about: Option<String>,
    /// The values before, only those that changed.
    pub before: Option<Value>,
    /// The values after, only those that changed.
    pub after: Option<Value>,
}

/// A page of entries.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryPage {
    /// The latest first.
    pub items: Vec<EntryRead>,
    /// After which the earlier ones go on.
    pub next: Option<Uuid>,
}

/// The entries of a filter.
///
/// # Errors
/// The database's.
pub fn entries(conn: &mut TenantConn<'_>, filter: &EntryFilter) -> Result<EntryPage> {
    let mut items = store::entries(conn, filter)?;
    let is_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().map(|entry| entry.id).filter(|_| is_more);
    Ok(EntryPage { items, next })
}
