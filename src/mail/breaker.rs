//! When the mail server is left alone: after a connection that failed it is asked once in 30 seconds; after it refused us
//! (not a letter), once in five minutes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::smtp::Failure;
use crate::clock::Clock;

const PROBE: TimeDelta = TimeDelta::seconds(30);
const PAUSE: TimeDelta = TimeDelta::minutes(5);

/// The state of one relay in this process.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    /// Since a failure: until when nobody may ask. It stays when that is over, until somebody got through.
    closed_until: Mutex<Option<DateTime<Utc>>>,
    connecting: Mutex<()>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Breaker {
    /// Whether all is well, as far as anybody knows; if not, letters are claimed only once a connection stands.
    ///
    /// # Errors
    /// Until when the server is left alone.
    pub fn is_well(&self, now: DateTime<Utc>) -> Result<bool, DateTime<Utc>> {
        match *lock(&self.closed_until) {
            Some(until) if now < until => Err(until),
            closed => Ok(closed.is_none()),
        }
    }

    /// Connects, one at a time: while one finds out that the server is gone, the others wait to hear it.
    ///
    /// # Errors
    /// The server is left alone, or what `connect` says.
    pub fn connect<T>(
        &self,
        clock: Clock,
        connect: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let _one = lock(&self.connecting);
        if self.is_well(clock.now()).is_err() {
            return Err(Failure::Unreachable("left alone".to_owned()));
        }
        let connected = connect();
        match &connected {
            Ok(_) => *lock(&self.closed_until) = None,
            Err(failure) => self.hear(clock.now(), failure),
        }
        connected
    }

    /// Hears that the server can't be used, or refuses us; from the first who says so.
    pub fn hear(&self, now: DateTime<Utc>, failure: &Failure) {
        if self.is_well(now).is_err() {
            return;
        }
        let pause = match failure {
            Failure::Refused(code) => {
                tracing::error!(
                    code,
                    "the mail server refuses us: sending is paused, check SMTP_URL and MAIL_FROM"
                );
                PAUSE
            }
            failure => {
                tracing::warn!(?failure, "the mail server can't be reached");
                PROBE
            }
        };
        *lock(&self.closed_until) = Some(now + pause);
    }

    /// When to come again after a connection failed or we were refused.
    pub fn next_try(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        lock(&self.closed_until).unwrap_or(now).max(now + PROBE)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn at(second: i64) -> Clock {
        let start: DateTime<Utc> = "2024-11-29T00:00:00Z".parse().unwrap();
        Clock::fixed(start + TimeDelta::seconds(second))
    }

    #[test]
    fn a_server_that_is_down_is_asked_once_in_half_a_minute_however_many_want_to() {
        let (breaker, asked) = (Breaker::default(), AtomicUsize::new(0));
        for second in 0..1800 {
            std::thread::scope(|threads| {
                for _ in 0..8 {
                    threads.spawn(|| {
                        let down = || {
                            asked.fetch_add(1, Ordering::Relaxed);
                            Err::<(), _>(Failure::Unreachable("connection".to_owned()))
                        };
                        assert!(breaker.connect(at(second), down).is_err());
                    });
                }
            });
        }
        assert_eq!(asked.into_inner(), 1800 / 30);
        assert_eq!(breaker.is_well(at(1800).now()), Ok(false), "somebody may try");
        assert_eq!(breaker.connect(at(1800), || Ok(())), Ok(()));
        assert_eq!(breaker.is_well(at(1800).now()), Ok(true));
    }
}
