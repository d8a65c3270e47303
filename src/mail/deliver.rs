//! Sending what a tenant has planned: claim, compose, send, record, and see that somebody comes for the rest.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
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
        Self { db, clock, transport, from, composers, breaker: Breaker::default(), way_out: None }
    }

    /// Says in letters that their reader may end where that is done.
    #[must_use]
    pub fn telling(self, way_out: WayOut) -> Self {
        Self { way_out: Some(way_out), ..self }
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
        let mut lines: Vec<Line> = (0..LINES).map(|_| Line::default()).collect();
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
            if !self.send(&scope, ready, &mut lines)? {
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
                                message_id: message::message_id(&claimed.letter, &self.from),
                                subject: words.subject,
                                text: words.text,
                                mime,
                            });
                        }
                    }
                }
                store::save_composed(conn, &composed)?;
                store::record(conn, &skipped)
            })
        }));
        made.unwrap_or_else(|_| Err(Error::Internal(format!("a composer of {kind} panicked"))))?;
        batch.retain(|claimed| claimed.mime.is_some());
        Ok(batch)
    }

    /// Sends letters over all lines at once and records each as soon as it is sent; whether the server may be used on.
    fn send(&self, scope: &JobScope, ready: Vec<Claimed>, lines: &mut [Line]) -> Result<bool> {
        let begun = Instant::now();
        let queue = Mutex::new(ready.into_iter());
        let (send, results) = channel();
        std::thread::scope(|threads| {
            for line in lines.iter_mut() {
                let (send, queue) = (send.clone(), &queue);
                threads.spawn(move || self.work_through(queue, line, &send, begun));
            }
            drop(send);
            self.record(scope, &results)
        })
    }

    fn work_through(
        &self,
        queue: &Mutex<std::vec::IntoIter<Claimed>>,
        line: &mut Line,
        send: &Sender<(Claimed, std::result::Result<(), Failure>)>,
        begun: Instant,
    ) {
        let next = || queue.lock().ok().and_then(|mut queue| queue.next());
        let mut stopped: Option<Failure> = None;
        while let Some(claimed) = next() {
            let late = || Failure::Unreachable("no time left".to_owned());
            let sent = match (&stopped, &claimed.mime) {
                (Some(failure), _) => Err(failure.clone()),
                (None, Some(mime)) if begun.elapsed() < SENDING => {
                    line.send(&self.transport, &self.from.email, &claimed.letter, mime)
                }
                (None, _) => Err(late()),
            };
            if let Err(failure @ (Failure::Unreachable(_) | Failure::Refused(_))) = &sent {
                if stopped.is_none() {
                    self.note(failure);
                }
                stopped = Some(failure.clone());
            }
            if send.send((claimed, sent)).is_err() {
                return;
            }
        }
    }

    fn note(&self, failure: &Failure) {
        let now = self.clock.now();
        match failure {
            Failure::Refused(code) => {
                tracing::error!(
                    code,
                    "the mail server refuses us: sending is paused, check SMTP_URL and MAIL_FROM"
                );
                self.breaker.refused(now);
            }
            failure => {
                tracing::warn!(?failure, "the mail server can't be reached");
                self.breaker.failed(now);
            }
        }
    }

    fn record(
        &self,
        scope: &JobScope,
        results: &Receiver<(Claimed, std::result::Result<(), Failure>)>,
    ) -> Result<bool> {
        let mut is_usable = true;
        while let Ok(first) = results.recv() {
            let next_try = self.breaker.next_try(self.clock.now());
            let fates: Vec<_> = std::iter::once(first)
                .chain(results.try_iter())
                .map(|(claimed, sent)| {
                    match &sent {
                        Ok(()) => self.breaker.succeeded(),
                        Err(Failure::Unreachable(_) | Failure::Refused(_)) => is_usable = false,
                        Err(_) => {}
                    }
                    (claimed, fate(sent, next_try))
                })
                .collect();
            self.db.tenant(scope, |conn| store::record(conn, &fates))?;
        }
        Ok(is_usable)
    }
}

fn fate(sent: std::result::Result<(), Failure>, next_try: DateTime<Utc>) -> Fate {
    match sent {
        Ok(()) => Fate::Sent,
        Err(Failure::Unreachable(_) | Failure::Refused(_)) => Fate::Returned { at: next_try },
        Err(Failure::Later(code)) => Fate::Again { code, undecided: false },
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
