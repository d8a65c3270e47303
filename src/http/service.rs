//! What the handlers of one process share, and the two queues to the threads that may wait.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use chrono::{DateTime, NaiveDate, Utc};
use ipnet::IpNet;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::limits::Limits;
use crate::app::App;
use crate::auth::{Providers, Seeds, Tokens, Tries};
use crate::briefings::Shelf;
use crate::domain::outside::Reach;
use crate::error::{Error, Result};
use crate::jobs::Bell;
use crate::preferences::Unsubscribe;
use crate::public_url::PublicUrl;

/// So many passwords are compared at once: each takes 46 MiB and a core.
const HASHERS: usize = 2;

/// How long a request waits for a connection, and how long for its password's turn, before it is told to come again.
const WAIT: Duration = Duration::from_secs(2);
const HASH_WAIT: Duration = Duration::from_secs(1);

/// Everything a handler may need.
pub struct Service {
    /// Database, clocks, settings.
    pub app: App,
    /// Makes and reads the tokens of API clients.
    pub tokens: Tokens,
    /// Seals the seeds of second factors.
    pub seeds: Seeds,
    /// The tenants' providers of single sign-on.
    pub providers: Providers,
    /// How often passwords were tried.
    pub tries: Tries,
    /// Where people reach us.
    pub public_url: PublicUrl,
    /// The day that a demo shows as today.
    pub demo_day: Option<NaiveDate>,
    /// The figures that are kept.
    pub shelf: Shelf,
    /// Reads the addresses by which letters are ended; `None` where none is known.
    pub unsubscribe: Option<Unsubscribe>,
    /// How far messages to other systems may go.
    pub reach: Reach,
    /// Tells the log of alarms.
    pub bell: Bell,
    pub(super) limits: Limits,
    pub(super) proxies: Vec<IpNet>,
    workers: Arc<Semaphore>,
    hashers: Arc<Semaphore>,
}

impl Service {
    /// Puts it together; `connections` is how many the database's pool has.
    pub fn new(
        app: App,
        tokens: Tokens,
        seeds: Seeds,
        tries: Tries,
        public_url: PublicUrl,
        demo_day: Option<NaiveDate>,
        connections: usize,
    ) -> Self {
        // One connection is left for whoever asks whether the service is ready.
        let workers = Arc::new(Semaphore::new(connections.saturating_sub(1).max(1)));
        let hashers = Arc::new(Semaphore::new(HASHERS));
        Self {
            app,
            tokens,
            seeds,
            providers: Providers::default(),
            tries,
            public_url,
            demo_day,
            shelf: Shelf::default(),
            unsubscribe: None,
            reach: Reach::Internet,
            bell: Bell::default(),
            limits: Limits::default(),
            proxies: Vec::new(),
            workers,
            hashers,
        }
    }

    /// Believes these proxies when they say where a request comes from.
    pub fn behind(self, proxies: Vec<IpNet>) -> Self {
        Self { proxies, ..self }
    }

    /// Lets messages to other systems go so far.
    pub fn reaching(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// Takes the addresses by which letters are ended.
    pub fn ending_letters(self, unsubscribe: Unsubscribe) -> Self {
        Self { unsubscribe: Some(unsubscribe), ..self }
    }

    /// Asks the database without waiting for a turn: whether the service is ready says nothing of how busy it is.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn ping(service: &web::Data<Self>) -> Result<()> {
        let shared = service.clone();
        let asked = web::block(move || shared.app.db.system(|_| Ok(()))).await;
        asked.map_err(|_| Error::Internal("asking the database panicked".to_owned()))?
    }

    /// The instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }
}

/// Runs what waits for the database on a thread that may wait; as many at once as there are connections.
///
/// # Errors
/// Too many wait already, or what `work` says.
pub async fn work<T: Send + 'static>(
    service: &web::Data<Service>,
    work: impl FnOnce(&Service) -> Result<T> + Send + 'static,
) -> Result<T> {
    let shared = service.clone();
    in_turn(&service.workers, WAIT, move || work(&shared)).await
}

/// Runs what compares or makes the hash of a password; no connection is held meanwhile.
///
/// # Errors
/// Too many wait already, or what `work` says.
pub async fn hash<T: Send + 'static>(
    service: &web::Data<Service>,
    work: impl FnOnce(&Service) -> Result<T> + Send + 'static,
) -> Result<T> {
    let shared = service.clone();
    in_turn(&service.hashers, HASH_WAIT, move || work(&shared)).await
}

async fn in_turn<T: Send + 'static>(
    queue: &Arc<Semaphore>,
    patience: Duration,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let busy = || Error::Unavailable("too many requests wait; try again".to_owned());
    let turn = timeout(patience, Arc::clone(queue).acquire_owned())
        .await
        .map_err(|_| busy())?
        .map_err(|_| busy())?;
    let done = web::block(move || {
        // Held by the work, not by the request: whoever goes away meanwhile frees no place.
        let _turn = turn;
        work()
    });
    done.await.map_err(|_| Error::Internal("a use case panicked".to_owned()))?
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[actix_web::test]
    async fn who_goes_away_frees_no_place() {
        let queue = Arc::new(Semaphore::new(1));
        let (begin, begun) = channel();
        let (finish, finished) = channel::<()>();
        let work = {
            let queue = Arc::clone(&queue);
            async move {
                in_turn(&queue, WAIT, move || {
                    begin.send(()).ok();
                    finished.recv().ok();
                    Ok(())
                })
                .await
            }
        };
        let gone = timeout(Duration::from_millis(50), work).await;
        assert!(gone.is_err() && begun.try_recv().is_ok());
        assert_eq!(queue.available_permits(), 0, "the work goes on");
        finish.send(()).unwrap();
        let next = in_turn(&queue, WAIT, || Ok(())).await;
        assert!(next.is_ok());
    }
}
