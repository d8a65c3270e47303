//! The role that owns the tables, for the one act the application's role may not do: removing a tenant, with what is
//! append-only. The walls bind it as well: it sees the rows of the tenant it names and no others.

use diesel::connection::AnsiTransactionManager;

use super::{TenantConn, TenantScope, connect, end};
use crate::clock::Clock;
use crate::error::Result;

/// How the owner's role is reached.
#[derive(Clone)]
pub struct Owner {
    url: String,
    clock: Clock,
}

impl Owner {
    /// Connects to nothing yet.
    pub fn new(url: String, clock: Clock) -> Self {
        Self { url, clock }
    }

    /// Runs `work` on the tenant's rows as they are at one instant, in one transaction: when anybody changes meanwhile
    /// what `work` changes, it fails and nothing is done.
    ///
    /// # Errors
    /// What `work` says, or that the database can't be reached.
    pub fn tenant<T>(
        &self,
        scope: &impl TenantScope,
        work: impl FnOnce(&mut TenantConn<'_>) -> Result<T>,
    ) -> Result<T> {
        let (tenant, now) = (scope.tenant(), self.clock.now());
        let mut pg = connect::connect(&self.url, "DATABASE_OWNER_URL")?;
        let begin = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = '10s'; SET LOCAL app.tenant_id = '{}'",
            tenant.uuid()
        );
        AnsiTransactionManager::begin_transaction_sql(&mut pg, &begin)?;
        end(&mut pg, |pg| work(&mut TenantConn { pg, tenant, now }))
    }
}
