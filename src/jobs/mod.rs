//! What runs by the clock or beside a request: a queue in the database, without a leader.
//!
//! What must stay true: a job is one row, unique by kind, tenant and key, so that every process may try to make it; it is
//! claimed with a lease and committed, and runs while no lock and no connection is held; only the holder of the last
//! claim may end it. A tenant's rows are reached by [`Claimed::scope`] alone.

mod crew;
mod store;
mod tick;
mod watch;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::db::{Db, JobScope, TenantConn};
use crate::error::{Error, Result};
use crate::ids::TenantId;

pub use crew::{Crew, Ending, work_off};
pub use tick::{Entry, tick};
pub use watch::{Bell, Watch, watch};

/// How long a claim holds without a sign of life.
pub const LEASE: TimeDelta = TimeDelta::minutes(2);

/// Claims that may fail before a job is given up.
const MOST_ATTEMPTS: i32 = 12;

/// Leases that may be lost before a job is held to kill whoever works on it.
const MOST_LOSSES: i32 = 3;

/// Why a job was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobError {
    /// It may go well another time; the code says why.
    Retry(String),
    /// It never will.
    Fail(String),
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        tracing::warn!(%error, "a job met an error");
        Self::Retry(
            match error {
                Error::Refused(_) => "refused",
                Error::Unavailable(_) => "unavailable",
                Error::Internal(_) => "internal",
            }
            .to_owned(),
        )
    }
}

/// What does a kind of job. It must bear being done twice.
pub type Handler = Box<dyn Fn(&Claimed, &Ending) -> std::result::Result<(), JobError> + Send + Sync>;

/// A job that this process may do until its lease ends.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its id.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// What makes it one job: a slot or an id.
    pub key: String,
    tenant: Option<TenantId>,
    attempts: i32,
}

impl Claimed {
    /// The right to the tenant's transactions.
    ///
    /// # Errors
    /// It is a job of the installation, not of a tenant.
    pub fn scope(&self) -> std::result::Result<JobScope, JobError> {
        self.tenant.map(JobScope::of).ok_or_else(|| JobError::Fail("no tenant".to_owned()))
    }
}

/// Puts a job of the tenant into the queue, in the transaction of what it follows from; one of this kind and key that is
/// there already is the same.
///
/// # Errors
/// The database's.
pub fn enqueue(conn: &mut TenantConn<'_>, kind: &str, key: &str, due_at: DateTime<Utc>) -> Result<()> {
    store::enqueue(conn, kind, key, due_at)
}

/// Removes what was finished, and slots that came, so many days ago.
///
/// # Errors
/// The database's.
pub fn purge(db: &Db, days: i64) -> Result<usize> {
    db.system(|conn| store::purge(conn, days))
}

/// How long to wait after a number of failures: 30 s, doubled each time up to an hour, give or take a tenth so that
/// what failed together does not come back together.
pub fn back_off(failures: i32, id: Uuid) -> TimeDelta {
    const FIRST: i64 = 30_000;
    const LONGEST: i64 = 3_600_000;
    let doublings = u32::try_from(failures.clamp(1, 12) - 1).unwrap_or_default();
    let wait = (FIRST << doublings).min(LONGEST);
    // The last bits of an id are random.
    let part = i64::try_from(id.as_u128() % 201).unwrap_or_default() - 100;
    TimeDelta::milliseconds(wait + wait * part / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_within_a_tenth() {
        for (failures, seconds) in [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (40, 3600)] {
            for id in [0, 100, 200, 12345] {
                let wait = back_off(failures, Uuid::from_u128(id)).num_milliseconds();
                assert!((seconds * 900..=seconds * 1100).contains(&wait), "{failures}: {wait} ms");
            }
        }
        assert_ne!(back_off(1, Uuid::from_u128(0)), back_off(1, Uuid::from_u128(200)));
    }
}
