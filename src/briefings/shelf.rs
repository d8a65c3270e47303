//! Figures kept in memory: computed once for a state of the tenant's facts, shown until that state is another.
//!
//! # Why they are never wrong
//!
//! Each transaction that changes a fact raises its tenant's revision, in the same commit. Figures are computed in
//! three steps, each with statements that see what was committed before they began: the revision is read, the figures
//! are counted, the revision is read again.
//!
//! - Who sees revision R afterwards sees every fact that was committed with R or before it: the row is raised by one
//!   transaction at a time. So figures counted after R was read are never older than R.
//! - They are newer when another transaction committed in between. Then the second reading finds another revision and
//!   they are not kept: what several statements found may be of two states. They are counted again, and if the
//!   facts never stand still, the last count is shown and not kept.
//! - So what is kept under R was counted while R stood, and is found by those only who read R themselves. A commit
//!   after that changes nothing for them: it happened after they asked.
//! - What a transaction has written itself is not in the revision before it commits; one that has written neither
//!   takes from the shelf nor puts on it.
//! - Settings are given by the caller, who may have read them before the revision: they are part of the key.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;

use super::actions::{self, Briefing};
use super::dashboard::{self as board, Dashboard};
use super::request::Request;
use crate::db::TenantConn;
use crate::domain::period::{Month, PeriodKind};
use crate::error::Result;
use crate::ids::TenantId;
use crate::tasks;
use crate::tenants::Settings;

/// Dashboards kept; one is some tens of kilobytes.
const DASHBOARDS: usize = 128;

/// Briefings kept; one holds every overdue task, a megabyte where those are thousands.
const BRIEFINGS: usize = 16;

/// How often figures are counted when facts change meanwhile.
const TRIES: u32 = 3;

/// The figures that are kept; one for the whole program.
#[derive(Debug)]
pub struct Shelf {
    dashboards: Kept<Dashboard>,
    briefings: Kept<Briefing>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { dashboards: Kept::of(DASHBOARDS), briefings: Kept::of(BRIEFINGS) }
    }
}

/// What the dashboard of a month shows at a cut-off, kept or computed. Whoever asks for the same meanwhile waits.
///
/// # Errors
/// The parts don't add up to their wholes: then no figure is given, and nothing kept.
pub fn dashboard(
    shelf: &Shelf,
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
) -> Result<Arc<Dashboard>> {
    through(&shelf.dashboards, conn, settings, request, board::compute)
}

/// The figures of a month at a cut-off, kept or computed. Whoever asks for the same meanwhile waits.
///
/// # Errors
/// The parts don't add up to their wholes: then no figure is given, and nothing kept.
pub fn briefing(
    shelf: &Shelf,
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
) -> Result<Arc<Briefing>> {
    through(&shelf.briefings, conn, settings, request, actions::compute)
}

fn through<T>(
    kept: &Kept<T>,
    conn: &mut TenantConn<'_>,
    settings: &Settings,
    request: Request,
    compute: fn(&mut TenantConn<'_>, &Settings, Request) -> Result<T>,
) -> Result<Arc<T>> {
    let mut seen = tasks::revision(conn)?;
    for _ in 0..TRIES {
        if seen.has_written {
            break;
        }
        let place = kept.place(Key::new(conn.tenant(), seen.number, settings, request));
        let mut held = locked(&place);
        if let Some(found) = &*held {
            return Ok(Arc::clone(found));
        }
        let made = Arc::new(compute(conn, settings, request)?);
        let before = std::mem::replace(&mut seen, tasks::revision(conn)?);
        if seen == before {
            *held = Some(Arc::clone(&made));
            return Ok(made);
        }
    }
    Ok(Arc::new(compute(conn, settings, request)?))
}

/// Everything that figures hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    tenant: TenantId,
    revision: i64,
    month: Month,
    cutoff: NaiveDate,
    period_kind: PeriodKind,
    due_soon_days: u32,
}

impl Key {
    fn new(tenant: TenantId, revision: i64, settings: &Settings, request: Request) -> Self {
        let Settings { due_soon_days, period_kind, .. } = *settings;
        let Request { month, cutoff } = request;
        Self { tenant, revision, month, cutoff, period_kind, due_soon_days }
    }

    /// Whether this one can't be asked for any more once `other` has been.
    fn is_outdated_by(&self, other: &Self) -> bool {
        self.tenant == other.tenant && self.revision != other.revision
    }
}

/// Where figures will stand, locked while they are computed.
type Place<T> = Arc<Mutex<Option<Arc<T>>>>;

/// Figures of one sort, the oldest first; few enough to look through.
#[derive(Debug)]
struct Kept<T> {
    limit: usize,
    places: Mutex<VecDeque<(Key, Place<T>)>>,
}

impl<T> Kept<T> {
    fn of(limit: usize) -> Self {
        Self { limit, places: Mutex::default() }
    }

    /// The place of a key, made when there is none: then what is outdated goes, and the oldest beyond the limit.
    fn place(&self, key: Key) -> Place<T> {
        let mut places = locked(&self.places);
        if let Some((_, place)) = places.iter().find(|(other, _)| *other == key) {
            return Arc::clone(place);
        }
        places.retain(|(other, _)| !other.is_outdated_by(&key));
        while places.len() >= self.limit {
            places.pop_front();
        }
        let place = Place::default();
        places.push_back((key, Arc::clone(&place)));
        place
    }
}

/// A panic while it was locked leaves nothing half-made: a place is empty or filled.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(tenant: TenantId, revision: i64, day: u32) -> Key {
        let month = Month::new(2024, 11).unwrap();
        let cutoff = NaiveDate::from_ymd_opt(2024, 11, day).unwrap();
        Key { tenant, revision, month, cutoff, period_kind: PeriodKind::CalendarMonth, due_soon_days: 3 }
    }

    #[test]
    fn a_place_is_found_again_until_its_tenants_facts_change() {
        let kept: Kept<u8> = Kept::of(8);
        let (one, other) = (TenantId::generate(), TenantId::generate());
        let (first, foreign) = (kept.place(key(one, 1, 1)), kept.place(key(other, 1, 1)));
        assert!(Arc::ptr_eq(&first, &kept.place(key(one, 1, 1))));
        assert!(!Arc::ptr_eq(&first, &foreign));
        assert!(!Arc::ptr_eq(&first, &kept.place(key(one, 1, 2))));
        kept.place(key(one, 2, 1));
        assert!(!Arc::ptr_eq(&first, &kept.place(key(one, 1, 1))));
        assert!(Arc::ptr_eq(&foreign, &kept.place(key(other, 1, 1))));
    }

    #[test]
    fn the_oldest_goes_when_there_is_no_room() {
        let kept: Kept<u8> = Kept::of(2);
        let tenant = TenantId::generate();
        let places = [1, 2, 3].map(|day| kept.place(key(tenant, 1, day)));
        assert!(Arc::ptr_eq(&places[1], &kept.place(key(tenant, 1, 2))));
        assert!(Arc::ptr_eq(&places[2], &kept.place(key(tenant, 1, 3))));
        assert!(!Arc::ptr_eq(&places[0], &kept.place(key(tenant, 1, 1))));
    }
}
