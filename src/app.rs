//! What a command or a request works with: the database, the clocks, the settings.
//!
//! [`App::open`] starts the private cluster when no server is named, runs what migrations are missing
//! and opens the pool; the cluster is left when the `App` is dropped.

use crate::clock::Clock;
use crate::cluster::{Cluster, ClusterOptions, Role};
use crate::config::{Config, Database};
use crate::db::{self, Db};
use crate::domain::lang::Lang;
use crate::error::{Error, Result};

/// The database's name on the private cluster.
const DATABASE: &str = "dondoc";

/// Connections of the pool. A command needs one; the service's own number comes with it.
const POOL: u32 = 4;

/// Everything a use case may need.
pub struct App {
    // Dropped before `cluster`, so that no connection is open when the server stops.
    /// The door to the database.
    pub db: Db,
    /// Both clocks.
    pub clock: Clock,
    /// The language of what is printed.
    pub lang: Lang,
    _cluster: Option<Cluster>,
}

impl App {
    /// Opens everything, starting and migrating what is needed.
    ///
    /// # Errors
    /// The cluster can't be started, the server can't be reached, or `Db::open` refuses it.
    pub fn open(config: &Config, clock: Clock) -> Result<Self> {
        let (db, cluster) = match &config.database {
            Database::Private => {
                let cluster = private_cluster(config)?;
                db::migrate(&cluster.url(Role::Owner, DATABASE))?;
                (Db::open(&cluster.url(Role::App, DATABASE), POOL, clock)?, Some(cluster))
            }
            Database::Own { app_url, owner_url } => {
                if let Some(owner_url) = owner_url {
                    db::migrate(owner_url)?;
                }
                (Db::open(app_url, POOL, clock)?, None)
            }
        };
        Ok(Self { db, clock, lang: config.lang, _cluster: cluster })
    }

    /// Works with a database that is open already: for tests.
    pub fn with_db(db: Db, clock: Clock) -> Self {
        Self { db, clock, lang: Lang::Vi, _cluster: None }
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
