//! Sending the letters of one claim over several connections, and recording what became of each.
//!
//! What must stay true: of a process at most one letter at a time is handed over and not yet recorded, whatever the number
//! of its jobs and lines; so a process that dies leaves one letter in doubt at most. What comes before the handing over,
//! the slow part where the server is far away, goes on side by side.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::deliver::PostRoom;
use super::smtp::Failure;
use super::store::{self, Claimed, Fate};
use super::transport::Line;
use crate::db::JobScope;
use crate::error::{Error, Result};
use crate::jobs::Ending;

/// After so long no further letter of a claim is begun, so that its lease never ends under way.
const SENDING: Duration = Duration::from_secs(60);

/// How long a process rests after each letter. The digests of a morning share the database with whoever reads meanwhile:
/// a morning's 100,000 letters are there in minutes anyhow, and the readers hardly notice.
const REST: Duration = Duration::from_micros(300);

/// The letters of a claim that no line has begun, and how it goes.
struct Pile<'a> {
    left: Mutex<Vec<Claimed>>,
    begun: Instant,
    ending: &'a Ending,
    /// A letter was taken, or refused for its own sake.
    went_well: AtomicBool,
    /// The server failed: what is not handed over yet is given back.
    is_over: AtomicBool,
    /// It failed so that it is of no use to claim more.
    is_useless: AtomicBool,
}

impl Pile<'_> {
    fn left(&self) -> MutexGuard<'_, Vec<Claimed>> {
        lock(&self.left)
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed) || self.ending.is_near() || self.begun.elapsed() >= SENDING
    }

    fn next(&self) -> Option<Claimed> {
        if self.is_over() { None } else { self.left().pop() }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PostRoom {
    /// Sends letters; whether more may be claimed.
    ///
    /// # Errors
    /// The database's; what was not recorded comes again when its lease has ended.
    pub(super) fn send(
        &self,
        scope: &JobScope,
        ready: Vec<Claimed>,
        lines: &mut [Line],
        ending: &Ending,
    ) -> Result<bool> {
        let count = ready.len();
        let pile = Pile {
            left: Mutex::new(ready),
            begun: Instant::now(),
            ending,
            went_well: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            is_useless: AtomicBool::new(false),
        };
        std::thread::scope(|threads| {
            let lines = lines.iter_mut().take(count);
            let working: Vec<_> =
                lines.map(|line| threads.spawn(|| self.work_through(scope, &pile, line))).collect();
            let done = working.into_iter().map(|line| {
                line.join()
                    .unwrap_or_else(|_| Err(Error::Internal("a line to the mail server panicked".to_owned())))
            });
            // All of them have ended before the first error is told.
            done.collect::<Vec<_>>().into_iter().collect::<Result<()>>()
        })?;
        let rest = std::mem::take(&mut *pile.left());
        let now = self.clock.now();
        let is_useless = pile.is_useless.load(Ordering::Relaxed);
        // Who goes on after this process finds out anew how the server does.
        let at = if is_useless && !ending.is_near() { self.breaker.next_try(now) } else { now };
        let fates: Vec<_> = rest.into_iter().map(|claimed| (claimed, Fate::Returned { at })).collect();
        self.db.tenant(scope, |conn| store::record(conn, &fates))?;
        Ok(!is_useless)
    }

    /// Sends letter after letter over one line, until the server fails or nothing is left.
    fn work_through(&self, scope: &JobScope, pile: &Pile<'_>, line: &mut Line) -> Result<()> {
        while let Some(claimed) = pile.next() {
            let Some(mime) = claimed.mime.clone() else {
                return Err(Error::Internal("a letter that was not composed was to be sent".to_owned()));
            };
            let begun = line
                .open(&self.transport, self.step, &self.breaker, self.clock)
                .and_then(|()| line.begin(&self.from.email, &claimed.letter, &mime));
            let record = |sent| self.record(scope, pile, claimed.clone(), sent);
            if begun.is_err() {
                record(begun)?;
                continue;
            }
            let _turn = lock(&self.turn);
            if pile.is_over() || self.breaker.is_well(self.clock.now()).is_err() {
                line.take_back();
                pile.left().push(claimed);
                return Ok(());
            }
            record(line.finish(&self.transport, &claimed.letter, &mime))?;
            std::thread::sleep(REST);
        }
        Ok(())
    }

    /// Records what became of a letter, and what that says of the server.
    fn record(
        &self,
        scope: &JobScope,
        pile: &Pile<'_>,
        claimed: Claimed,
        sent: std::result::Result<(), Failure>,
    ) -> Result<()> {
        let now = self.clock.now();
        match &sent {
            Err(failure) if failure.is_the_servers() => {
                pile.is_over.store(true, Ordering::Relaxed);
                // Of a connection that failed the breaker knows already. One that was lost after others went well was
                // perhaps alone.
                let told = match failure {
                    Failure::Refused(_) | Failure::Unreachable(_) => true,
                    _ => !pile.went_well.load(Ordering::Relaxed),
                };
                if told {
                    pile.is_useless.store(true, Ordering::Relaxed);
                    self.breaker.hear(now, failure);
                }
            }
            _ => pile.went_well.store(true, Ordering::Relaxed),
        }
        let fate = match sent {
            Ok(()) => Fate::Sent,
            Err(Failure::Unreachable(_) | Failure::Refused(_)) => {
                Fate::Returned { at: self.breaker.next_try(now) }
            }
            Err(Failure::Later(code) | Failure::Silent(code)) => Fate::Again { code, undecided: false },
            Err(Failure::Undecided(code)) => Fate::Again { code, undecided: true },
            Err(Failure::NoSuchAddress(code)) => Fate::Dead { code, bounced: true },
            Err(Failure::Never(code)) => Fate::Dead { code, bounced: false },
        };
        self.db.tenant(scope, |conn| store::record(conn, &[(claimed, fate)]))
    }
}
