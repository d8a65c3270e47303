//! The timetable's slots become jobs. Every process may try: the slot's unique row decides, and its jobs go in with it.

use chrono::Days;
use chrono_tz::Tz;
use cron::Schedule;

use super::store;
use crate::db::Db;
use crate::domain::slots::slots;
use crate::error::{Error, Result};

/// One line of the timetable.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The kind of job.
    pub kind: &'static str,
    /// When, as `second minute hour day month weekday`, in UTC.
    pub schedule: &'static str,
    /// Whether each tenant has its own job, or the installation one.
    pub a_tenant: bool,
}

impl Entry {
    pub(super) fn times(&self) -> Result<Schedule> {
        self.schedule.parse().map_err(|e| Error::Internal(format!("the schedule of {}: {e}", self.kind)))
    }
}

/// How far back a slot is looked for that nobody saw come.
const CATCH_UP: Days = Days::new(7);

/// Puts in what has fallen due since the last slot kept. After a long silence a kind runs once, for the last of its slots:
/// what it does depends on the rows it finds, not on how often it is told.
///
/// # Errors
/// The database's; a line of the timetable that can't be read.
pub fn tick(db: &Db, timetable: &[Entry]) -> Result<usize> {
    let mut made = 0;
    for entry in timetable {
        let schedule = entry.times()?;
        made += usize::from(db.system(|conn| {
            let now = conn.now();
            let earliest = now.checked_sub_days(CATCH_UP).unwrap_or(now);
            let after = store::last_slot(conn, entry.kind)?.map_or(earliest, |last| last.max(earliest));
            let Some(slot) = slots(&schedule, Tz::UTC, after, now).pop() else { return Ok(false) };
            let is_new = store::insert_slot(conn, entry.kind, &slot)?;
            if is_new {
                store::fan_out(conn, entry.kind, &slot, entry.a_tenant)?;
            }
            Ok(is_new)
        })?);
    }
    Ok(made)
}
