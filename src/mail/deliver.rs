//! Sending what a tenant has planned: claim, compose, send, record, and see that somebody comes for the rest.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use lettre::message::Mailbox;

use super::breaker::Breaker;
use super::smtp::Failure;
use super::store::{self, Claimed, Composed, Fate};
use super::transport::{Line, Transport};
use super::{Composer, Composition, DELIVER, Letter, WayOut, Words, message};
use crate::clock::Clock;
use crate::db::{Db, JobScope, TenantScope};
use crate::error::{Error, Result};
use crate::jobs::{self, Ending, JobError};

/// Letters a claim, and connections to the server at once.
const BATCH: usize = 50;
const LINES: usize = 4;

/// After so long no further letter of a claim is begun, so that its lease never ends under way.
const SENDING: Duration = Duration::from_secs(60);

/// How long a step of the mail server's may take.
const STEP: Duration = Duration::from_secs(10);

/// How often somebody looks, while nothing comes from the lines, whether the process is to end.
const LOOK: Duration = Duration::from_millis(200);

/// How long texts are kept.
const KEPT_DAYS: i64 = 30;

/// What sends letters: shared by the jobs of a process.
pub struct PostRoom {
    db: Db,
    clock: Clock,
    transport: Transport,
    from: Mailbox,
    composers: BTreeMap<&'static str, Composer>,
    breaker: Breaker,
    way_out: Option<WayOut>,
    step: Duration,
}

impl PostRoom {
    /// One that sends from `from`, with a composer for each kind of letter.
    pub fn new(
        db: Db,
        clock: Clock,
        transport: Transport,
        from: Mailbox,
        composers: BTreeMap<&'static str, Composer>,
    ) -> Self {
        let breaker = Breaker::default();
        Self { db, clock, transport, from, composers, breaker, way_out: None, step: STEP }
    }

    /// Says in letters that their reader may end where that is done.
    #[must_use]
    pub fn telling(self, way_out: WayOut) -> Self {
        Self { way_out: Some(way_out), ..self }
    }

    /// Waits so long at each step of the mail server's, in place of ten seconds.
    #[must_use]
    pub fn waiting(self, step: Duration) -> Self {
        Self { step, ..self }
    }

    fn with_way_out(&self, scope: &JobScope, letter: &Letter, words: Words) -> Result<Words> {
        let unsubscribe = match &self.way_out {
            Some(way_out) if words.unsubscribe.is_none() => way_out(scope.tenant(), letter)?,
            _ => words.unsubscribe.clone(),
        };
        Ok(Words { unsubscribe, ..words })
    }

    /// Sends what is due of a tenant, until nothing is left, the process ends or the server can't be used.
    ///
    /// # Errors
    /// The database's; what was claimed comes again when its lease has ended.
    pub fn deliver(&self, job: &jobs::Claimed, ending: &Ending) -> std::result::Result<(), JobError> {
        let scope = job.scope()?;
        let mut lines: Vec<Line> = (0..LINES).map(|_| Line::new(self.step)).collect();
        let mut earliest = self.clock.now();
        while !ending.is_near() {
            let most = match self.breaker.admits(self.clock.now(), BATCH) {
                Ok(most) => most,
                Err(until) => {
                    earliest = until;
                    break;
                }
            };
            let claimed = self.db.tenant(&scope, |conn| store::claim(conn, most))?;
            if claimed.is_empty() {
                break;
            }
            let ready = self.composed(&scope, claimed)?;
            if !self.send(&scope, ready, &mut lines, ending)? {
                earliest = self.breaker.next_try(self.clock.now());
                break;
            }
        }
        lines.iter_mut().for_each(Line::close);
        // One job follows on this one, so that a chain of them never grows.
        Ok(self.db.tenant(&scope, |conn| match store::next_due(conn, earliest)? {
            Some(due_at) => jobs::enqueue(conn, DELIVER, &format!("after {}", job.id), due_at),
            None => Ok(()),
        })?)
    }

    /// The claimed letters with their bytes; what is not to be sent is recorded.
    fn composed(&self, scope: &JobScope, claimed: Vec<Claimed>) -> Result<Vec<Claimed>> {
        let (mut ready, fresh): (Vec<_>, Vec<_>) =
            claimed.into_iter().partition(|claimed| claimed.mime.is_some());
        let mut by_kind: BTreeMap<String, Vec<Claimed>> = BTreeMap::new();
        for claimed in fresh {
            by_kind.entry(claimed.letter.kind.clone()).or_default().push(claimed);
        }
        for batch in by_kind.into_values() {
            match self.compose(scope, batch.clone()) {
                Ok(composed) => ready.extend(composed),
                // One of them can't be composed: alone it stops no other.
                Err(_) => {
                    for claimed in batch {
                        match self.compose(scope, vec![claimed.clone()]) {
                            Ok(composed) => ready.extend(composed),
                            Err(error) => self.not_composed(scope, claimed, &error)?,
                        }
                    }
                }
            }
        }
        Ok(ready)
    }

    fn not_composed(&self, scope: &JobScope, claimed: Claimed, error: &Error) -> Result<()> {
        tracing::error!(letter = %claimed.letter.id, kind = claimed.letter.kind, %error, "a letter can't be composed");
        let fate = Fate::Again { code: "not composed".to_owned(), undecided: false };
        self.db.tenant(scope, |conn| store::record(conn, &[(claimed, fate)]))
    }

    /// Composes letters of one kind and stores them, in one transaction.
    fn compose(&self, scope: &JobScope, mut batch: Vec<Claimed>) -> Result<Vec<Claimed>> {
        let kind = batch.first().map(|claimed| claimed.letter.kind.clone()).unwrap_or_default();
        let composer = self.composers.get(kind.as_str());
        let composer =
            composer.ok_or_else(|| Error::Internal(format!("nobody composes letters of kind {kind}")))?;
        let letters: Vec<_> = batch.iter().map(|claimed| claimed.letter.clone()).collect();
        let made = catch_unwind(AssertUnwindSafe(|| {
            self.db.tenant(scope, |conn| {
                let answers = composer(conn, &letters)?;
                if answers.len() != letters.len() {
                    return Err(Error::Internal(format!("a composer of {kind} answered for other letters")));
                }
                let (mut composed, mut skipped) = (Vec::new(), Vec::new());
                for (claimed, answer) in batch.iter_mut().zip(answers) {
                    match answer {
                        Composition::Skip(reason) => skipped.push((claimed.clone(), Fate::Skipped(reason))),
                        Composition::Words(words) => {
                            let words = self.with_way_out(scope, &claimed.letter, words)?;
                            let mime = message::build(&claimed.letter, &self.from, &words, conn.now())?;
                            claimed.mime = Some(mime.clone());
                            composed.push(Composed {
                                id: claimed.letter.id,
                                attempts: claimed.attempts,
                                message_id: message::message_id(&claimed.letter, &self.from),
                                subject: words.subject,
                                text: words.text,
                                mime,
                            });
                        }
                    }
                }
                store::record(conn, &skipped)?;
                store::save_composed(conn, &composed)
            })
        }));
        let ours = made.unwrap_or_else(|_| Err(Error::Internal(format!("a composer of {kind} panicked"))))?;
        batch.retain(|claimed| ours.contains(&claimed.letter.id));
        Ok(batch)
    }

    /// Sends letters over all lines at once, and records each before its line begins the next, so that at most one letter
    /// a line is in doubt whenever the process dies; whether the server may be used on.
    fn send(
        &self,
        scope: &JobScope,
        ready: Vec<Claimed>,
        lines: &mut [Line],
        ending: &Ending,
    ) -> Result<bool> {
        let pile =
            Pile { left: Mutex::new(ready), begun: Instant::now(), refused: AtomicBool::new(false), ending };
        let count = pile.left().len();
        let (send, results) = channel();
        std::thread::scope(|threads| {
            for line in lines.iter_mut().take(count) {
                let (send, pile) = (send.clone(), &pile);
                threads.spawn(move || self.work_through(pile, line, &send));
            }
            drop(send);
            self.record(scope, &results, &pile)
        })
    }

    /// Sends letter after letter over one line, until the line fails; what is left is for the others.
    fn work_through(&self, pile: &Pile<'_>, line: &mut Line, send: &Sender<Handed>) {
        while let Some(claimed) = pile.next() {
            let sent = match &claimed.mime {
                Some(mime) => line.send(&self.transport, &self.from.email, &claimed.letter, mime),
                None => Err(Failure::Later("not composed".to_owned())),
            };
            let is_over = sent.as_ref().is_err_and(Failure::is_the_servers);
            if matches!(sent, Err(Failure::Refused(_))) {
                pile.refused.store(true, Ordering::Relaxed);
            }
            let (recorded, when_recorded) = channel();
            // Without an answer nothing is recorded any more, and so nothing more may be sent.
            if send.send(Handed { claimed, sent, recorded }).is_err()
                || when_recorded.recv().is_err()
                || is_over
            {
                return;
            }
        }
    }

    /// Records what the lines hand over, and returns what they left.
    fn record(&self, scope: &JobScope, results: &Receiver<Handed>, pile: &Pile<'_>) -> Result<bool> {
        let mut failure = None;
        let mut went_well = false;
        loop {
            let handed = match results.recv_timeout(LOOK) {
                Ok(first) => std::iter::once(first).chain(results.try_iter()).collect(),
                // The lines may hang while the process is to end: what they have not begun is given back now.
                Err(RecvTimeoutError::Timeout) if pile.ending.is_near() => Vec::new(),
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            for Handed { sent, .. } in &handed {
                match sent {
                    // That we are refused outweighs whatever else a line met.
                    Err(_) if matches!(failure, Some(Failure::Refused(_))) => {}
                    Err(why) if why.is_the_servers() => failure = Some(why.clone()),
                    _ => went_well = true,
                }
            }
            self.keep(scope, handed, pile)?;
        }
        match &failure {
            Some(Failure::Refused(code)) => self.note_refused(code),
            Some(why) if !went_well => self.note_unreachable(why),
            _ if went_well => self.breaker.succeeded(),
            _ => {}
        }
        let next_try = self.breaker.next_try(self.clock.now());
        self.give_back(scope, pile.rest(), next_try)?;
        Ok(match failure {
            Some(Failure::Refused(_)) => false,
            Some(_) => went_well,
            None => true,
        })
    }

    /// Records letters in one transaction and lets their lines go on.
    fn keep(&self, scope: &JobScope, handed: Vec<Handed>, pile: &Pile<'_>) -> Result<()> {
        let next_try = self.breaker.next_try(self.clock.now());
        let (fates, lines): (Vec<_>, Vec<_>) =
            handed.into_iter().map(|h| ((h.claimed, fate(h.sent, next_try)), h.recorded)).unzip();
        self.db.tenant(scope, |conn| store::record(conn, &fates))?;
        if pile.ending.is_near() {
            self.give_back(scope, pile.rest(), self.clock.now())?;
        }
        for line in lines {
            // A line that is gone waits for nothing.
            line.send(()).ok();
        }
        Ok(())
    }

    /// Gives letters back that nobody has begun to send.
    fn give_back(&self, scope: &JobScope, rest: Vec<Claimed>, at: DateTime<Utc>) -> Result<()> {
        let fates: Vec<_> = rest.into_iter().map(|claimed| (claimed, Fate::Returned { at })).collect();
        self.db.tenant(scope, |conn| store::record(conn, &fates))
    }

    fn note_refused(&self, code: &str) {
        tracing::error!(code, "the mail server refuses us: sending is paused, check SMTP_URL and MAIL_FROM");
        self.breaker.refused(self.clock.now());
    }

    fn note_unreachable(&self, failure: &Failure) {
        tracing::warn!(?failure, "the mail server can't be reached");
        self.breaker.failed(self.clock.now());
    }
}

/// A letter that a line has done with, and where it hears that this is recorded.
struct Handed {
    claimed: Claimed,
    sent: std::result::Result<(), Failure>,
    recorded: Sender<()>,
}

/// The letters of a claim that no line has begun.
struct Pile<'a> {
    left: Mutex<Vec<Claimed>>,
    begun: Instant,
    refused: AtomicBool,
    ending: &'a Ending,
}

impl Pile<'_> {
    fn left(&self) -> MutexGuard<'_, Vec<Claimed>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next letter, while there is time and the server takes letters of ours.
    fn next(&self) -> Option<Claimed> {
        let is_over =
            self.begun.elapsed() >= SENDING || self.refused.load(Ordering::Relaxed) || self.ending.is_near();
        if is_over { None } else { self.left().pop() }
    }

    fn rest(&self) -> Vec<Claimed> {
        std::mem::take(&mut *self.left())
    }
}

fn fate(sent: std::result::Result<(), Failure>, next_try: DateTime<Utc>) -> Fate {
    match sent {
        Ok(()) => Fate::Sent,
        Err(Failure::Unreachable(_) | Failure::Refused(_)) => Fate::Returned { at: next_try },
        Err(Failure::Later(code) | Failure::Silent(code)) => Fate::Again { code, undecided: false },
        Err(Failure::Undecided(code)) => Fate::Again { code, undecided: true },
        Err(Failure::NoSuchAddress(code)) => Fate::Dead { code, bounced: true },
        Err(Failure::Never(code)) => Fate::Dead { code, bounced: false },
    }
}

/// Removes the texts of a tenant's old letters.
///
/// # Errors
/// The database's.
pub fn purge(db: &Db, job: &jobs::Claimed) -> std::result::Result<(), JobError> {
    let scope = job.scope()?;
    db.tenant(&scope, |conn| store::purge(conn, KEPT_DAYS))?;
    Ok(())
}

/// Where letters become files, below the data directory.
pub fn directory(data_dir: &Path) -> std::path::PathBuf {
    data_dir.join("mail")
}
