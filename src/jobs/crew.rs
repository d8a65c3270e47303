//! The threads that do the jobs: one that ticks, rescues and gives signs of life, and some that work.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::store::{self, End};
use super::tick::{Entry, tick};
use super::watch::{Bell, watch};
use super::{Claimed, Handler, JobError};
use crate::db::Db;
use crate::error::{Error, Result};

/// How long a worker that found nothing waits.
const IDLE: Duration = Duration::from_millis(500);

/// Between two rounds of tick, rescue and signs of life.
const ROUND: Duration = Duration::from_secs(20);

/// How long jobs under way may take after the crew was told to end.
const DRAIN: Duration = Duration::from_secs(25);

/// How far a thread that does jobs stands back, of 19.
const NICENESS: i32 = 15;

/// Who waits for an answer goes first: what runs by the clock has time. The threads that this one starts stand back too.
fn stand_back() {
    if let Err(error) = rustix::process::nice(NICENESS) {
        tracing::debug!(%error, "jobs compete with whoever waits for an answer");
    }
}

/// Whether the process is ending: a long job looks here between its steps.
#[derive(Debug, Clone, Default)]
pub struct Ending(Arc<(Mutex<bool>, Condvar)>);

impl Ending {
    /// Whether no more may be begun.
    pub fn is_near(&self) -> bool {
        *self.lock()
    }

    fn announce(&self) {
        *self.lock() = true;
        self.0.1.notify_all();
    }

    /// Waits so long, or until the end is announced; whether it is.
    fn wait(&self, time: Duration) -> bool {
        let waited = self.0.1.wait_timeout_while(self.lock(), time, |ending| !*ending);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Shared {
    db: Db,
    handlers: Vec<(&'static str, Handler)>,
    timetable: Vec<Entry>,
    ending: Ending,
    /// The claims of this process: which one of a job's it is.
    held: Mutex<HashMap<Uuid, i32>>,
    bell: Bell,
}

/// Threads that work until they are told to end.
pub struct Crew {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl Crew {
    /// Starts `workers` threads, and one that ticks.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        db: Db,
        handlers: Vec<(&'static str, Handler)>,
        timetable: Vec<Entry>,
        workers: usize,
    ) -> Result<Self> {
        let (ending, held) = (Ending::default(), Mutex::default());
        let bell = Bell::default();
        let shared = Arc::new(Shared { db, handlers, timetable, ending, held, bell });
        let mut crew = Self { shared, threads: Vec::new() };
        crew.add("jobs", Shared::keep_time)?;
        for _ in 0..workers {
            crew.add("worker", Shared::work)?;
        }
        Ok(crew)
    }

    fn add(&mut self, name: &str, run: fn(&Shared)) -> Result<()> {
        let shared = self.shared.clone();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || run(&shared));
        self.threads.push(thread.map_err(|e| Error::Internal(format!("no thread for jobs: {e}")))?);
        Ok(())
    }

    /// Begins nothing more and waits for what is under way, at most 25 seconds; what is not done by then is given back,
    /// to be done by somebody else.
    pub fn end(self) {
        self.shared.ending.announce();
        let begun = Instant::now();
        for thread in self.threads {
            while !thread.is_finished() && begun.elapsed() < DRAIN {
                std::thread::sleep(Duration::from_millis(20));
            }
            if !thread.is_finished() {
                tracing::warn!("a job was still under way when the process ended");
            }
        }
        if let Err(error) = self.shared.give_back() {
            tracing::warn!(%error, "what was under way comes again when its lease has ended");
        }
    }
}

impl Shared {
    fn keep_time(&self) {
        loop {
            if let Err(error) = self.round() {
                tracing::warn!(%error, "the timetable could not be kept");
            }
            if self.ending.wait(ROUND) {
                return;
            }
        }
    }

    fn round(&self) -> Result<()> {
        tick(&self.db, &self.timetable)?;
        let held = self.claims();
        let rescued = self.db.system(|conn| {
            store::extend(conn, &held)?;
            store::rescue(conn)
        })?;
        if rescued > 0 {
            tracing::warn!(rescued, "jobs had lost their worker");
        }
        self.bell.hear(&watch(&self.db, &self.timetable, None)?);
        Ok(())
    }

    fn claims(&self) -> Vec<(Uuid, i32)> {
        self.held().iter().map(|(id, attempts)| (*id, *attempts)).collect()
    }

    /// Gives back what is still under way.
    fn give_back(&self) -> Result<()> {
        let held = self.claims();
        if held.is_empty() {
            return Ok(());
        }
        self.db.system(|conn| store::release(conn, &held))
    }

    fn work(&self) {
        stand_back();
        while !self.ending.is_near() {
            match self.one() {
                Ok(true) => {}
                Ok(false) => drop(self.ending.wait(IDLE)),
                Err(error) => {
                    tracing::warn!(%error, "no job could be taken up");
                    self.ending.wait(IDLE * 4);
                }
            }
        }
    }

    /// Does one job, if there is one.
    fn one(&self) -> Result<bool> {
        let kinds: Vec<&str> = self.handlers.iter().map(|(kind, _)| *kind).collect();
        let Some(job) = self.db.system(|conn| store::claim(conn, &kinds))? else { return Ok(false) };
        self.held().insert(job.id, job.attempts);
        let end = self.done(&job);
        self.held().remove(&job.id);
        if !self.db.system(|conn| store::finish(conn, &job, &end))? {
            tracing::warn!(job = %job.id, kind = job.kind, "a job was done whose lease somebody else has");
        }
        Ok(true)
    }

    fn done(&self, job: &Claimed) -> End {
        if self.ending.is_near() {
            return End::Released;
        }
        let Some((_, handler)) = self.handlers.iter().find(|(kind, _)| *kind == job.kind) else {
            return End::Dead("unknown kind".to_owned());
        };
        // A job that panics is a failed job, not the end of the worker.
        match catch_unwind(AssertUnwindSafe(|| handler(job, &self.ending))) {
            Ok(Ok(())) => End::Done,
            Ok(Err(JobError::Retry(code))) => End::Again(code),
            Ok(Err(JobError::Fail(code))) => {
                tracing::error!(job = %job.id, kind = job.kind, code, "a job was given up");
                End::Dead(code)
            }
            Err(_) => {
                tracing::error!(job = %job.id, kind = job.kind, "a job panicked");
                End::Again("panic".to_owned())
            }
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Uuid, i32>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does what is due now in this thread, and returns how many jobs that were: for tests and for a command that waits.
///
/// # Errors
/// The database's.
pub fn work_off(db: &Db, handlers: Vec<(&'static str, Handler)>) -> Result<usize> {
    stand_back();
    let (ending, held) = (Ending::default(), Mutex::default());
    let bell = Bell::default();
    let shared = Shared { db: db.clone(), handlers, timetable: Vec::new(), ending, held, bell };
    let mut done = 0;
    while shared.one()? {
        done += 1;
    }
    Ok(done)
}
