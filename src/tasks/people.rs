//! The people a task may name: who holds which post today.

use chrono::NaiveDate;
use uuid::Uuid;

use super::store;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::lang::Lang;
use crate::error::Result;

/// Somebody who may sign in, in one post of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The person.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What the post may do.
    pub role: Role,
    /// Its unit.
    pub unit: Option<Uuid>,
    /// The language they are written to in.
    pub lang: Lang,
}

impl Holder {
    /// Whether a text is the person's id or address.
    pub fn is_called(&self, text: &str) -> bool {
        self.id.to_string() == text || self.email == text.to_lowercase()
    }
}

/// Who may sign in and holds a post on a day, by name; somebody of two posts stands there twice. Of `units` only those
/// who hold one of theirs, and who leads the tenant.
///
/// # Errors
/// The database's.
pub fn holders(conn: &mut TenantConn<'_>, units: Option<&[Uuid]>, day: NaiveDate) -> Result<Vec<Holder>> {
    store::people::holders(conn, units, day)
}
