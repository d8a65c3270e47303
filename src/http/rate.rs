//! How many requests somebody may make: a bucket each, in memory, that fills evenly (GCRA). The instant comes from
//! outside as everywhere, and so does the quota: each tenant may have its own.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// The time a quota is for, in seconds.
pub(super) const WINDOW: i64 = 60;

/// So many buckets are kept; a full one is like none and is forgotten first.
const BUCKETS: usize = 50_000;

/// What is left of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    /// The quota, requests a minute.
    pub quota: u32,
    /// So many requests may come at once.
    pub requests: u32,
    /// In so many seconds the bucket is full again.
    pub seconds: i64,
}

/// The buckets of one kind: for each the instant at which it is full again.
pub(super) struct Buckets<K>(Mutex<HashMap<K, DateTime<Utc>>>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq> Buckets<K> {
    /// Takes one request out of a bucket.
    ///
    /// # Errors
    /// It is empty for so many seconds.
    pub fn take(&self, key: K, quota: u32, now: DateTime<Utc>) -> Result<Left, u64> {
        let window = TimeDelta::seconds(WINDOW);
        let drop = window / i32::try_from(quota.max(1)).unwrap_or(i32::MAX);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS && !buckets.contains_key(&key) {
            make_room(&mut buckets, now);
        }
        let full_at = buckets.entry(key).or_insert(now);
        // A clock that was set back leaves nobody waiting longer than a window.
        let next = (*full_at).clamp(now, now + window) + drop;
        let over = next - now - window;
        if over > TimeDelta::zero() {
            return Err(seconds(over).max(1).unsigned_abs());
        }
        *full_at = next;
        let missing = next - now;
        let requests =
            (window - missing).num_microseconds().unwrap_or(0) / drop.num_microseconds().unwrap_or(1).max(1);
        Ok(Left { quota, requests: u32::try_from(requests).unwrap_or(0), seconds: seconds(missing) })
    }
}

/// Rounded up.
fn seconds(time: TimeDelta) -> i64 {
    (time + TimeDelta::seconds(1) - TimeDelta::nanoseconds(1)).num_seconds()
}

/// Forgets who has waited long enough; when nobody has, everybody, rather than growing.
fn make_room<K: Hash + Eq>(buckets: &mut HashMap<K, DateTime<Utc>>, now: DateTime<Utc>) {
    buckets.retain(|_, full_at| *full_at > now);
    if buckets.len() >= BUCKETS {
        buckets.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        "2024-11-29T02:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::milliseconds(millis)
    }

    #[test]
    fn a_bucket_gives_its_quota_and_fills_evenly() {
        let buckets = Buckets::default();
        assert_eq!(buckets.take("a", 600, at(0)), Ok(Left { quota: 600, requests: 599, seconds: 1 }));
        for left in (0..599).rev() {
            assert_eq!(buckets.take("a", 600, at(0)).unwrap().requests, left);
        }
        assert_eq!(buckets.take("a", 600, at(0)), Err(1));
        assert_eq!(buckets.take("a", 600, at(99)), Err(1));
        assert_eq!(buckets.take("a", 600, at(100)).unwrap().requests, 0);
        assert_eq!(buckets.take("a", 600, at(60_100)).unwrap().requests, 599);
        assert!(buckets.take("b", 600, at(0)).is_ok(), "another's");
        for _ in 0..2 {
            buckets.take("c", 2, at(0)).unwrap();
        }
        assert_eq!(buckets.take("c", 2, at(0)), Err(30), "another quota");
    }

    #[test]
    fn a_clock_set_back_keeps_nobody_out_for_long() {
        let buckets = Buckets::default();
        for _ in 0..2 {
            buckets.take((), 2, at(3_600_000)).unwrap();
        }
        assert_eq!(buckets.take((), 2, at(0)), Err(30));
    }

    #[test]
    fn the_buckets_are_bounded() {
        let buckets = Buckets::default();
        for key in 0..=BUCKETS {
            buckets.take(key, 20, at(0)).unwrap();
        }
        assert!(buckets.0.lock().unwrap().len() <= BUCKETS);
    }
}
