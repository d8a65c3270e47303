//! What a command or a request works with: the database, the clocks, the settings.
//!
//! [`App::open`] starts the private cluster when no server is named, runs what migrations are missing
//! and opens the pool. The cluster is left when the `App` is dropped, or when a signal ends the program
//! before that ([`ClusterShare`]).

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::Clock;
use crate::cluster::{Cluster, ClusterOptions, DATABASE, Role};
use crate::config::{Config, Database};
use crate::db::{self, Db, Owner};
use crate::depot::Depot;
use crate::domain::lang::Lang;
use crate::error::{Error, Result};

/// Everything a use case may need.
pub struct App {
    /// The door to the database.
    pub db: Db,
    /// The owner's role, when it is known here.
    pub owner: Option<Owner>,
    /// The bytes of files.
    pub depot: Depot,
    /// Both clocks.
    pub clock: Clock,
    /// The language of what is printed.
    pub lang: Lang,
    /// Whether a mail server carries letters; without one they become files, and links are shown to be handed out.
    pub has_mail_server: bool,
    /// Where the data are, when they could not be put where they were asked for.
    pub elsewhere: Option<PathBuf>,
    cluster: ClusterShare,
}

/// The program's share in the private cluster, which whoever ends the program gives back.
#[derive(Clone, Default)]
pub struct ClusterShare(Arc<Share>);

#[derive(Default)]
struct Share {
    // Held while the cluster is opened, so that a signal waits and then leaves what was started.
    cluster: Mutex<Option<Cluster>>,
    interrupted: AtomicBool,
}

impl ClusterShare {
    /// Gives the share back, if there is one; the last share stops the server.
    pub fn leave(&self) {
        drop(self.0.cluster.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Ends the program's work: gives the share back, and lets nobody report what fails for it.
    pub fn interrupt(&self) {
        self.0.interrupted.store(true, Ordering::SeqCst);
        self.leave();
    }

    /// Whether a signal is ending the program.
    pub fn is_interrupted(&self) -> bool {
        self.0.interrupted.load(Ordering::SeqCst)
    }

    /// Opens the cluster; what `addresses` makes of it is returned.
    fn open<T>(&self, config: &Config, addresses: impl FnOnce(&Cluster) -> T) -> Result<T> {
        let mut held = self.0.cluster.lock().unwrap_or_else(PoisonError::into_inner);
        let cluster = private_cluster(config)?;
        let found = addresses(&cluster);
        *held = Some(cluster);
        Ok(found)
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.cluster.leave();
    }
}

impl App {
    /// Opens everything, starting and migrating what is needed; `share` holds the private cluster, the pool has at
    /// most so many `connections`.
    ///
    /// # Errors
    /// The cluster can't be started, the server can't be reached, or `Db::open` refuses it.
    pub fn open(config: &Config, clock: Clock, share: &ClusterShare, connections: u32) -> Result<Self> {
        let mut elsewhere = None;
        let (db, owner_url) = match &config.database {
            Database::Private => {
                let (owner_url, app_url, place) = share.open(config, |cluster| {
                    let place = cluster.is_elsewhere().then(|| cluster.place().to_owned());
                    (cluster.url(Role::Owner, DATABASE), cluster.url(Role::App, DATABASE), place)
                })?;
                elsewhere = place;
                db::migrate(&owner_url)?;
                (Db::open(&app_url, connections, clock)?, Some(owner_url))
            }
            Database::Own { app_url, owner_url } => {
                if let Some(owner_url) = owner_url {
                    db::migrate(owner_url)?;
                }
                (Db::open(app_url, connections, clock)?, owner_url.clone())
            }
        };
        let depot = Depot::open(&config.files, &config.data_dir)?;
        let owner = owner_url.map(|url| Owner::new(url, clock));
        let (lang, has_mail_server) = (config.lang, config.smtp_url.is_some());
        Ok(Self { db, owner, depot, clock, lang, has_mail_server, elsewhere, cluster: share.clone() })
    }

    /// Works with a database that is open already, and keeps files in memory: for tests.
    pub fn with_db(db: Db, clock: Clock) -> Self {
        let (lang, cluster) = (Lang::Vi, ClusterShare::default());
        let depot = Depot::in_memory(std::env::temp_dir());
        Self { db, owner: None, depot, clock, lang, has_mail_server: false, elsewhere: None, cluster }
    }
}

fn private_cluster(config: &Config) -> Result<Cluster> {
    let options = ClusterOptions {
        data_dir: config.data_dir.clone(),
        pg_bin: config.pg_bin.clone(),
        path: config.path.clone(),
        durable: true,
    };
    Cluster::open(&options).map_err(|e| Error::Unavailable(e.to_string()))
}
