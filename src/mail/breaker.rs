//! When the mail server is left alone: after five connections that failed it is asked once in 30 seconds; after it
//! refused us (not a letter), for five minutes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

const MOST_FAILURES: u32 = 5;
const PROBE: TimeDelta = TimeDelta::seconds(30);
const PAUSE: TimeDelta = TimeDelta::minutes(5);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    closed_until: Option<DateTime<Utc>>,
}

/// The state of one relay in this process.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<State>);

impl Breaker {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many letters may be sent at once, of at most `most`: one after a failure, by one asker of many, to see whether
    /// the server is back.
    ///
    /// # Errors
    /// Until when nothing may be sent.
    pub fn admits(&self, now: DateTime<Utc>, most: usize) -> std::result::Result<usize, DateTime<Utc>> {
        let mut state = self.state();
        match state.closed_until {
            Some(until) if now < until => Err(until),
            Some(_) => {
                state.closed_until = Some(now + PROBE);
                Ok(1)
            }
            None if state.failures > 0 => Ok(1),
            None => Ok(most),
        }
    }

    /// A connection was made and used.
    pub fn succeeded(&self) {
        *self.state() = State::default();
    }

    /// A connection could not be made.
    pub fn failed(&self, now: DateTime<Utc>) {
        let mut state = self.state();
        state.failures += 1;
        if state.failures >= MOST_FAILURES {
            state.closed_until = Some(now + PROBE);
        }
    }

    /// The server refuses us, whatever the letter.
    pub fn refused(&self, now: DateTime<Utc>) {
        self.state().closed_until = Some(now + PAUSE);
    }

    /// When to come again after a connection failed or we were refused.
    pub fn next_try(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.state().closed_until.unwrap_or(now + PROBE).max(now + PROBE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_is_down_is_asked_once_in_half_a_minute() {
        let breaker = Breaker::default();
        let start: DateTime<Utc> = "2024-11-29T00:00:00Z".parse().unwrap();
        let mut asked = 0;
        for second in 0..1800 {
            let now = start + TimeDelta::seconds(second);
            if breaker.admits(now, 50).is_ok() {
                asked += 1;
                breaker.failed(now);
            }
        }
        assert_eq!(asked, 5 + 1795 / 30);
        let back = start + TimeDelta::seconds(1900);
        assert!(breaker.admits(back, 50) == Ok(1) && breaker.admits(back, 50).is_err(), "one probes");
        breaker.succeeded();
        assert_eq!((breaker.admits(back, 50), breaker.admits(back, 50)), (Ok(50), Ok(50)));
    }
}
