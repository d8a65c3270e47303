//! Delivering what a tenant has planned: claim, compose, send (`lines`), and see that somebody comes for the rest.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::message::Mailbox;

use super::breaker::Breaker;
use super::store::{self, Claimed, Composed, Fate};
use super::transport::{Line, Transport};
use super::{Composer, Composition, DELIVER, Letter, WayOut, Words, message};
use crate::clock::Clock;
use crate::db::{Db, JobScope, TenantScope};
use crate::error::{Error, Result};
use crate::jobs::{self, Ending, JobError};

/// Letters a claim, and connections to the server that a job has at once. Few, as composing them takes all of a core: who
/// reads meanwhile hardly notices a short burst.
const BATCH: usize = 20;
const LINES: usize = 4;

/// How long a step of the mail server's may take.
const STEP: Duration = Duration::from_secs(10);

/// How long texts are kept.
const KEPT_DAYS: i64 = 30;

/// What sends letters: shared by the jobs of a process.
pub struct PostRoom {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) transport: Transport,
    pub(super) from: Mailbox,
    composers: BTreeMap<&'static str, Composer>,
    way_out: Option<WayOut>,
    pub(super) step: Duration,
    pub(super) breaker: Breaker,
    /// Held from before a letter is handed over until that is recorded: one letter of a process is in doubt at most.
    pub(super) turn: Mutex<()>,
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
        let (breaker, turn) = (Breaker::default(), Mutex::default());
        Self { db, clock, transport, from, composers, way_out: None, step: STEP, breaker, turn }
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
        let mut lines: Vec<Line> = (0..LINES).map(|_| Line::default()).collect();
        let mut earliest = self.clock.now();
        while !ending.is_near() {
            if let Err(until) = self.find_server(&mut lines) {
                earliest = until;
                break;
            }
            let claimed = self.db.tenant(&scope, |conn| store::claim(conn, BATCH))?;
            if claimed.is_empty() {
                break;
            }
            let ready = self.composed(&scope, claimed)?;
            if !self.send(&scope, ready, &mut lines, ending)? && !ending.is_near() {
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

    /// Sees that the server is there, when last it was not, before a letter is claimed for it.
    fn find_server(&self, lines: &mut [Line]) -> std::result::Result<(), DateTime<Utc>> {
        let is_well = self.breaker.is_well(self.clock.now())?;
        match lines.first_mut().filter(|_| !is_well) {
            Some(line) => line
                .open(&self.transport, self.step, &self.breaker, self.clock)
                .map_err(|_| self.breaker.next_try(self.clock.now())),
            None => Ok(()),
        }
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
