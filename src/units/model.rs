//! Rows of units.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use crate::schema::units;

/// A unit (đơn vị) of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = units)]
pub struct Unit {
    /// Its id.
    pub id: Uuid,
    /// The full name.
    pub name: String,
    /// The short name by which figures name it.
    pub short_name: String,
    /// Vụ, Cục, Sở, xã …
    pub kind: Option<String>,
    /// Where the digest goes when it has no active head.
    pub mailbox: Option<String>,
    /// Its place in the tenant's order.
    pub position: i32,
    /// The first day on which it exists; `None` when it always has.
    pub valid_from: Option<NaiveDate>,
    /// The first day on which it no longer exists.
    pub valid_until: Option<NaiveDate>,
    /// The unit that followed it.
    pub successor_id: Option<Uuid>,
    /// The leader who oversees it.
    pub overseer_id: Option<Uuid>,
}

impl Unit {
    /// Whether it exists on a day.
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day < until)
    }
}

/// A unit to be added, or what a unit shall be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// The id it will have.
    pub id: Uuid,
    /// The full name.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// Vụ, Cục, Sở, xã …
    pub kind: Option<String>,
    /// Where the digest goes when it has no active head.
    pub mailbox: Option<String>,
}
