//! The tenant's journal: who did what when, with the values before and after.
//!
//! What must stay true: append-only, the database refuses to change or delete a row; every entry is a link of the
//! tenant's hash chain, sealed by the database when its transaction commits; [`verify`] checks the chain.

mod read;
mod store;

pub use read::{EntryFilter, EntryPage, EntryRead, entries};

use serde_json::Value;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;

/// Who acts from the command line.
pub const OPERATOR: &str = "operator";

/// How an API key is called that acts: this, and its name.
pub const API_KEY: &str = "api_key:";

/// One act on one subject.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Who: a person's id, [`API_KEY`] with a name, or [`OPERATOR`].
    pub actor: String,
    /// What was done, as a code such as `task.change`.
    pub act: &'static str,
    /// The kind of thing it was done to: `task`, `unit`, `tenant` …
    pub subject: &'static str,
    /// Which one; none for an act on the tenant as a whole.
    pub subject_id: Option<Uuid>,
    /// The import that did it.
    pub import_id: Option<Uuid>,
    /// The values before, only those that changed.
    pub before: Option<Value>,
    /// The values after, only those that changed.
    pub after: Option<Value>,
}

impl Entry {
    /// A change of the tenant's settings: what changed of them, before and after.
    pub fn settings(actor: String, before: Value, after: Value) -> Self {
        Self {
            actor,
            act: "settings.change",
            subject: "tenant",
            subject_id: None,
            import_id: None,
            before: Some(before),
            after: Some(after),
        }
    }

    /// An operator's act on the tenant as a whole, with what was asked.
    pub fn operator(act: &'static str, asked: Value) -> Self {
        Self {
            actor: OPERATOR.to_owned(),
            act,
            subject: "tenant",
            subject_id: None,
            import_id: None,
            before: None,
            after: Some(asked),
        }
    }
}

/// Writes entries, in the transaction of the acts they tell of.
///
/// # Errors
/// The database's.
pub fn append(conn: &mut TenantConn<'_>, entries: &[Entry]) -> Result<()> {
    store::insert(conn, entries)
}

/// What became of a check of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many links there are.
    pub entries: u64,
    /// The last link's hash, in hexadecimal digits.
    pub last_sha256: Option<String>,
    /// The first entry that is wrong.
    pub flaw: Option<Flaw>,
}

/// An entry that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Its place in the chain; `None` when it has none.
    pub number: Option<i64>,
    /// The entry's id.
    pub entry: Uuid,
    /// What is wrong.
    pub kind: FlawKind,
}

/// How an entry can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlawKind {
    /// The chain has its link, the journal has not the entry.
    Missing,
    /// Its hash is not that of what it says.
    Changed,
    /// It does not follow the link before: one was removed or inserted, or two changed places.
    Unlinked,
    /// It stands outside the chain.
    Unsealed,
}

/// Checks every link of the tenant's journal as it was committed; an entry of the very transaction is not sealed yet,
/// so nothing may have been appended in it.
///
/// # Errors
/// The database's.
pub fn verify(conn: &mut TenantConn<'_>) -> Result<Verified> {
    store::verify(conn)
}
