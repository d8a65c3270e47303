//! A person's deadlines as their calendar reads them (iCalendar, RFC 5545).
//!
//! What must stay true: a deadline keeps its identity for ever, so that a calendar changes it and never doubles it; what
//! stands in it is what its reader may see by the posts they hold today.

pub mod report;
mod store;

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use crate::auth::FeedReader;
use crate::db::TenantConn;
use crate::domain::access::Role;
use crate::domain::task::Status;
use crate::error::Result;

/// The days before and after today whose deadlines are told.
const BEFORE: Days = Days::new(30);
const AFTER: Days = Days::new(400);

/// A deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The task.
    pub task: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The lead unit's short name.
    pub unit: String,
    /// The day.
    pub due_on: NaiveDate,
    /// The status.
    pub status: Status,
    /// How often the task was changed, and one.
    pub version: i32,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which tasks are a reader's own: those given to them, the ones their unit leads for its head, the ones they follow for
/// the Office, the ones they direct for a leader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Own {
    person: Uuid,
    heads: Vec<Uuid>,
    works_in: Vec<Uuid>,
    follows: bool,
    directs: bool,
}

impl From<&FeedReader> for Own {
    fn from(reader: &FeedReader) -> Self {
        let mut own = Self { person: reader.person, ..Self::default() };
        for (role, unit) in &reader.posts {
            match role {
                Role::UnitHead => own.heads.extend(unit),
                Role::Staff => own.works_in.extend(unit),
                Role::Office => own.follows = true,
                Role::Leader => own.directs = true,
                Role::Admin => {}
            }
        }
        own
    }
}

/// The deadlines of a reader around a day, in their order.
///
/// # Errors
/// The database's.
pub fn deadlines(conn: &mut TenantConn<'_>, reader: &FeedReader, today: NaiveDate) -> Result<Vec<Deadline>> {
    let (from, to) = (today - BEFORE, today + AFTER);
    store::deadlines(conn, &Own::from(reader), from, to)
}
