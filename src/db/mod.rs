//! The only holder of the database pool, and the one door to a tenant's rows.
//!
//! What must stay true: a tenant's rows are reached only inside [`Db::tenant`], which opens a
//! transaction, sets the tenant for that transaction alone and hands out a [`TenantConn`]; there is no
//! connection that sees two tenants. [`Db::open`] refuses a role that row-level security does not bind.

mod connect;
mod gate;
mod migrate;
mod owner;
mod prepared;
mod scope;

use chrono::{DateTime, Utc};
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::pg::PgConnection;
use diesel::r2d2::{ConnectionManager, NopErrorHandler, Pool, PooledConnection};
use std::sync::Arc;
use std::time::Duration;

pub use gate::role_fault;
pub use migrate::{known_schema, migrate};
pub use owner::Owner;
pub use prepared::{Prepared, Value};
pub use scope::{Claim, JobScope, LetterScope, Operator, TenantScope};

use crate::clock::Clock;
use crate::error::Result;
use crate::ids::TenantId;

/// What names the address.
const SETTING: &str = "DATABASE_URL";

/// The pool of the application's role.
#[derive(Clone)]
pub struct Db {
    pool: Pool<ConnectionManager<PgConnection>>,
    clock: Clock,
    url: Arc<str>,
}

/// A connection inside one tenant's transaction.
pub struct TenantConn<'a> {
    pg: &'a mut PgConnection,
    tenant: TenantId,
    now: DateTime<Utc>,
}

/// A connection to the system tables: tenants and the installation; a walled table shows it no row.
pub struct SystemConn<'a> {
    pg: &'a mut PgConnection,
    now: DateTime<Utc>,
}

impl TenantConn<'_> {
    /// The tenant whose rows this connection sees; every query names it as well.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The instant at which the transaction began.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// For a feature's store, the only place where SQL stands.
    pub(crate) fn pg(&mut self) -> &mut PgConnection {
        self.pg
    }

    /// For the tests of the walls, which ask what a forgotten predicate would show.
    #[doc(hidden)]
    pub fn for_tests(&mut self) -> &mut PgConnection {
        self.pg
    }
}

impl SystemConn<'_> {
    /// The instant at which the transaction began.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// For a feature's store, the only place where SQL stands.
    pub(crate) fn pg(&mut self) -> &mut PgConnection {
        self.pg
    }

    /// For the tests of the walls, which ask what a forgotten predicate would show.
    #[doc(hidden)]
    pub fn for_tests(&mut self) -> &mut PgConnection {
        self.pg
    }
}

impl Db {
    /// Opens a pool of at most `size` connections.
    ///
    /// # Errors
    /// Unreachable; a server older than 15; a role that could get around the walls; a schema behind.
    pub fn open(url: &str, size: u32, clock: Clock) -> Result<Self> {
        // Once by ourselves: the pool would try again and again before it says why it can't.
        gate::check(&mut connect::connect(url, SETTING)?)?;
        Self::pooled(url.into(), size, clock)
    }

    /// Another pool on the same database, so that jobs never take a connection from a request.
    ///
    /// # Errors
    /// The pool can't be made.
    pub fn beside(&self, size: u32) -> Result<Self> {
        Self::pooled(self.url.clone(), size, self.clock)
    }

    fn pooled(url: Arc<str>, size: u32, clock: Clock) -> Result<Self> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .test_on_check_out(false)
            .connection_timeout(Duration::from_secs(2))
            .connection_customizer(Box::new(connect::Limits))
            // It would log the address; what matters is in the error of whoever waits.
            .error_handler(Box::new(NopErrorHandler))
            .build(ConnectionManager::new(&*url))
            .map_err(|e| connect::unavailable(&e.to_string(), SETTING))?;
        Ok(Self { pool, clock, url })
    }

    /// Runs `work` in one transaction of one tenant: committed when it returns `Ok`, else undone.
    ///
    /// # Errors
    /// What `work` says, or that the database can't be reached.
    pub fn tenant<T>(
        &self,
        scope: &impl TenantScope,
        work: impl FnOnce(&mut TenantConn<'_>) -> Result<T>,
    ) -> Result<T> {
        let tenant = scope.tenant();
        let now = self.clock.now();
        // One round trip for both; the value is a UUID of ours, so nothing can be injected.
        let begin = format!("BEGIN; SET LOCAL app.tenant_id = '{}'", tenant.uuid());
        self.transaction(&begin, |pg| work(&mut TenantConn { pg, tenant, now }))
    }

    /// Runs `work`, which only reads, on the tenant's rows as they are at one instant.
    ///
    /// # Errors
    /// What `work` says, or that the database can't be reached.
    pub fn snapshot<T>(
        &self,
        scope: &impl TenantScope,
        work: impl FnOnce(&mut TenantConn<'_>) -> Result<T>,
    ) -> Result<T> {
        let tenant = scope.tenant();
        let now = self.clock.now();
        let begin = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL app.tenant_id = '{}'",
            tenant.uuid()
        );
        self.transaction(&begin, |pg| work(&mut TenantConn { pg, tenant, now }))
    }

    /// Runs `work` in one transaction on the system tables.
    ///
    /// # Errors
    /// What `work` says, or that the database can't be reached.
    pub fn system<T>(&self, work: impl FnOnce(&mut SystemConn<'_>) -> Result<T>) -> Result<T> {
        let now = self.clock.now();
        self.transaction("BEGIN", |pg| work(&mut SystemConn { pg, now }))
    }

    fn transaction<T>(&self, begin: &str, work: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
        end(&mut *self.begun(begin)?, work)
    }

    /// A connection in a transaction. One that the server has closed meanwhile is only noticed at its first use, when
    /// nothing has happened yet: then another takes its place.
    fn begun(&self, begin: &str) -> Result<PooledConnection<ConnectionManager<PgConnection>>> {
        let mut tries = self.pool.max_size();
        loop {
            let mut pooled = self.checkout()?;
            match AnsiTransactionManager::begin_transaction_sql(&mut *pooled, begin) {
                Ok(()) => return Ok(pooled),
                Err(error) if tries == 0 => return Err(error.into()),
                Err(_) => tries -= 1,
            }
        }
    }

    fn checkout(&self) -> Result<PooledConnection<ConnectionManager<PgConnection>>> {
        self.pool.get().map_err(|e| connect::unavailable(&e.to_string(), SETTING))
    }
}

/// Does the work in the transaction that has begun and ends it: committed when it returns `Ok`, else undone.
fn end<T>(pg: &mut PgConnection, work: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
    match work(pg) {
        Ok(value) => {
            AnsiTransactionManager::commit_transaction(pg)?;
            Ok(value)
        }
        Err(error) => {
            // The error of the work is the one worth telling; a connection whose rollback fails is
            // broken, and the pool throws it away.
            if let Err(rollback) = AnsiTransactionManager::rollback_transaction(pg) {
                tracing::warn!(%rollback, "a transaction could not be rolled back");
            }
            Err(error)
        }
    }
}
