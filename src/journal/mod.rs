//! The tenant's journal: who did what when, with the values before and after. Append-only; the
//! database refuses to change or delete a row.

mod store;

use serde_json::Value;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;

/// Who acts from the command line.
pub const OPERATOR: &str = "operator";

/// One act on one subject.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Who: a person's id, or [`OPERATOR`].
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
