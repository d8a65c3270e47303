//! How often a password may be tried: never locked, only slowed down, whoever it is for.
//!
//! What must stay true: an account that does not exist is slowed down like one that does; a browser that has signed in
//! before waits for its own tries alone, so that an attack from elsewhere shuts nobody out. Counted in this process: a
//! count that every process shared would be a write for each stranger's guess, and so a way to keep the database busy.
//! Two processes of one database give twice the tries, which is still far too few to guess.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::secret::Secret;
use crate::error::{Denial, Result};

/// So many tries may be wrong before the next one waits.
const FREE: usize = 5;

/// The time in which tries are counted, in minutes.
const COUNTED_MINUTES: i64 = 15;

/// The longest wait between two tries, in seconds.
const LONGEST: i64 = 60;

/// So many tries are kept of a lane; more change nothing.
const KEPT: usize = 12;

/// So many lanes are kept.
const LANES: usize = 50_000;

/// Which tries are counted together.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Lane([u8; 32]);

impl Lane {
    /// A hash, so that a stranger's text takes no more room than any other.
    fn of(kind: &str, parts: [&str; 2]) -> Self {
        let mut hash = Sha256::new().chain_update(kind);
        for part in parts {
            hash = hash.chain_update([0]).chain_update(part);
        }
        Self(hash.finalize().into())
    }

    /// The tries of a signed-in person's own password.
    pub fn own(person: Uuid) -> Self {
        Self::of("own", [&person.to_string(), ""])
    }
}

/// The tries of late.
pub struct Tries {
    lanes: Mutex<HashMap<Lane, Vec<DateTime<Utc>>>>,
    devices: hmac::Key,
}

impl Tries {
    /// Counts from nothing; the secret signs what browsers are known by.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self { lanes: Mutex::default(), devices: hmac::Key::new(hmac::HMAC_SHA256, secret) }
    }

    /// The lane of a try to sign in: the account's, or that of the browser in which it has signed in before.
    pub fn lane(&self, slug: &str, email: &str, device: Option<&str>) -> Lane {
        let account = [&*slug.trim().to_lowercase(), &*email.trim().to_lowercase()];
        match device.filter(|device| self.is_ours(device, account)) {
            Some(device) => Lane::of("device", [device, ""]),
            None => Lane::of("account", account),
        }
    }

    /// What a browser is known by from now on, which has just brought the right password.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn device(&self, slug: &str, email: &str) -> Result<String> {
        let account = [&*slug.trim().to_lowercase(), &*email.trim().to_lowercase()];
        let nonce = Secret::generate()?.hash();
        let signed = hmac::sign(&self.devices, &named(&nonce, account));
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), signed.as_ref()].concat()))
    }

    /// Whether this is a browser in which the account has signed in before.
    pub fn knows(&self, slug: &str, email: &str, device: &str) -> bool {
        self.is_ours(device, [&*slug.trim().to_lowercase(), &*email.trim().to_lowercase()])
    }

    fn is_ours(&self, device: &str, account: [&str; 2]) -> bool {
        if device.len() != 86 {
            return false;
        }
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(device) else { return false };
        bytes.split_at_checked(32).is_some_and(|(nonce, signed)| {
            hmac::verify(&self.devices, &named(nonce, account), signed).is_ok()
        })
    }

    /// Counts a try, before it is known whether it is right: many at once are counted one by one.
    ///
    /// # Errors
    /// It comes too soon after those before.
    pub fn begin(&self, lane: &Lane, now: DateTime<Utc>) -> Result<()> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if lanes.len() >= LANES && !lanes.contains_key(lane) {
            make_room(&mut lanes, now);
        }
        let tries = lanes.entry(lane.clone()).or_default();
        tries.retain(|at| is_counted(*at, now));
        let wait = tries.last().map_or(0, |last| (*last + pause(tries.len()) - now).num_seconds());
        if tries.len() >= FREE && wait > 0 {
            return Err(Denial::TooSoon(wait.unsigned_abs()).into());
        }
        tries.push(now);
        if tries.len() > KEPT {
            tries.remove(0);
        }
        Ok(())
    }

    /// Takes the try back that was right.
    pub fn right(&self, lane: &Lane) {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tries) = lanes.get_mut(lane) {
            tries.pop();
        }
    }
}

fn named(nonce: &[u8], [slug, email]: [&str; 2]) -> Vec<u8> {
    [nonce, slug.as_bytes(), &[0], email.as_bytes()].concat()
}

fn is_counted(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < at + TimeDelta::minutes(COUNTED_MINUTES)
}

/// How long after the last of so many tries the next one may come.
fn pause(tries: usize) -> TimeDelta {
    let doublings = u32::try_from(tries.saturating_sub(FREE)).unwrap_or(u32::MAX);
    TimeDelta::seconds(1_i64.checked_shl(doublings).unwrap_or(LONGEST).min(LONGEST))
}

/// Forgets the lanes that wait for nothing; when all do, all of them.
fn make_room(lanes: &mut HashMap<Lane, Vec<DateTime<Utc>>>, now: DateTime<Utc>) {
    lanes.retain(|_, tries| tries.len() >= FREE && tries.last().is_some_and(|last| is_counted(*last, now)));
    if lanes.len() >= LANES {
        lanes.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2024-11-29T02:00:00Z".parse().unwrap()
    }

    fn waits(tries: &Tries, lane: &Lane, at: i64) -> Option<u64> {
        use crate::error::{Error, Refusal};
        match tries.begin(lane, now() + TimeDelta::seconds(at)) {
            Ok(()) => None,
            Err(Error::Refused(Refusal::Denied(Denial::TooSoon(seconds)))) => Some(seconds),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn the_wait_grows_to_a_minute_and_stays_there() {
        let tries = Tries::new(&[1; 32]);
        let lane = tries.lane("mot", "a@b.c", None);
        for _ in 0..FREE {
            assert_eq!(waits(&tries, &lane, 0), None);
        }
        let mut at = 0;
        for expected in [1, 2, 4, 8, 16, 32, 60, 60, 60] {
            assert_eq!(waits(&tries, &lane, at), Some(expected));
            at += i64::try_from(expected).unwrap();
            assert_eq!(waits(&tries, &lane, at), None);
        }
        assert_eq!(waits(&tries, &tries.lane(" MOT", "A@b.c ", None), at), Some(60), "however it is written");
        assert_eq!(waits(&tries, &tries.lane("mot", "other@b.c", None), at), None);
        assert_eq!(waits(&tries, &lane, at + 15 * 60), None, "forgotten");
    }

    #[test]
    fn a_known_browser_waits_for_its_own_tries_alone() {
        let tries = Tries::new(&[1; 32]);
        let device = tries.device("mot", "a@b.c").unwrap();
        let (account, known) =
            (tries.lane("mot", "a@b.c", None), tries.lane("mot", "a@b.c", Some(device.as_str())));
        for _ in 0..FREE {
            assert_eq!(waits(&tries, &account, 0), None);
        }
        assert_eq!(waits(&tries, &account, 0), Some(1));
        assert_eq!(waits(&tries, &known, 0), None);
        tries.right(&known);
        for _ in 0..FREE {
            assert_eq!(waits(&tries, &known, 0), None);
        }
        assert_eq!(waits(&tries, &known, 0), Some(1), "a stolen one gives no more");
        // Another account's, another installation's, or a made-up one is no known browser.
        assert!(tries.lane("mot", "x@b.c", Some(device.as_str())) == tries.lane("mot", "x@b.c", None));
        assert!(Tries::new(&[2; 32]).lane("mot", "a@b.c", Some(device.as_str())) == account);
        assert!(tries.lane("mot", "a@b.c", Some(&"A".repeat(86))) == account);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let tries = Tries::new(&[1; 32]);
        for number in 0..=LANES {
            assert_eq!(waits(&tries, &tries.lane("mot", &number.to_string(), None), 0), None);
        }
        assert!(tries.lanes.lock().unwrap().len() <= LANES);
    }
}
