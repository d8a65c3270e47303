//! Whether the jobs are done in time: for the administrator's pages, for machines that ask, and for the log.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::store;
use super::tick::Entry;
use crate::db::Db;
use crate::domain::slots::last_slot;
use crate::error::Result;
use crate::ids::TenantId;

/// A run of the timetable is missing so long after its time, and a job has waited too long.
const MISSING: TimeDelta = TimeDelta::minutes(30);
const WAITED: TimeDelta = TimeDelta::minutes(10);

/// How long a job that was given up is an alarm.
const LATELY: TimeDelta = TimeDelta::days(1);

/// How many days back a slot is looked for: more than a week, so that every schedule has one.
const DAYS: u64 = 8;

/// How the queue and the timetable are doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// When this was seen.
    pub at: DateTime<Utc>,
    /// Since when the job that waits longest has: when it was due and there.
    pub oldest_due: Option<DateTime<Utc>>,
    /// Jobs given up.
    pub dead: i64,
    /// Those of the last day.
    pub dead_lately: i64,
    /// When a slot of each kind last came.
    pub last_slots: BTreeMap<String, DateTime<Utc>>,
    /// Kinds whose last run is missing half an hour after its time.
    pub missing: Vec<&'static str>,
}

impl Watch {
    /// How long the oldest job has waited, in seconds.
    pub fn waited_seconds(&self) -> Option<i64> {
        self.oldest_due.map(|due| (self.at - due).num_seconds())
    }

    /// Whether a job has waited more than ten minutes.
    pub fn is_behind(&self) -> bool {
        self.oldest_due.is_some_and(|due| self.at - due > WAITED)
    }

    /// Whether somebody should look.
    pub fn is_alarming(&self) -> bool {
        self.is_behind() || self.dead_lately > 0 || !self.missing.is_empty()
    }
}

/// Looks at the jobs of a tenant and of the installation, or at everybody's.
///
/// # Errors
/// The database's; a line of the timetable that can't be read.
pub fn watch(db: &Db, timetable: &[Entry], tenant: Option<TenantId>) -> Result<Watch> {
    let (at, counted, last_slots) = db.system(|conn| {
        let at = conn.now();
        Ok((at, store::counted(conn, tenant, at - LATELY)?, store::last_slots(conn)?))
    })?;
    let mut missing = Vec::new();
    for entry in timetable {
        let slot = last_slot(&entry.times()?, Tz::UTC, at - MISSING, DAYS);
        if slot.is_some_and(|slot| last_slots.get(entry.kind).is_none_or(|last| *last < slot.at)) {
            missing.push(entry.kind);
        }
    }
    let store::Counted { oldest_due, dead, dead_lately } = counted;
    Ok(Watch { at, oldest_due, dead, dead_lately, last_slots, missing })
}

/// Tells the log of an alarm once, and again only when it was over meanwhile.
#[derive(Debug, Default)]
pub struct Bell(AtomicBool);

impl Bell {
    /// Hears what was seen.
    pub fn hear(&self, watch: &Watch) {
        let is_alarming = watch.is_alarming();
        if !self.0.swap(is_alarming, Ordering::Relaxed) && is_alarming {
            tracing::error!(
                waited_seconds = watch.waited_seconds(),
                dead = watch.dead_lately,
                missing = ?watch.missing,
                "jobs are not done in time"
            );
        }
    }
}
