//! The migrations, built into the program and run as the owner's role. Forward only: a mistake is
//! mended by the next migration, and a backup is what goes back.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{connect, gate};
use crate::error::{Error, Refusal, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Any number that only we use: two processes must not migrate at once, and none waits for ever.
const LOCK: &str = "SET lock_timeout = '60s'; SELECT pg_advisory_lock(7016996765293437281)";

/// Runs what has not run yet, as the owner.
///
/// # Errors
/// Unreachable; somebody else's tables are there; or a migration that failed, each runs in a transaction
/// of its own.
pub fn migrate(owner_url: &str) -> Result<()> {
    let mut pg = connect::connect(owner_url, "DATABASE_OWNER_URL")?;
    // Looked at first: without anything to do, nobody's lock is waited for.
    let applied = gate::applied(&mut pg)?;
    if missing(&applied)?.is_empty() {
        return Ok(());
    }
    if applied.is_empty() && gate::has_tables(&mut pg)? {
        return Err(Refusal::DatabaseForeign.into());
    }
    pg.batch_execute(LOCK)?;
    pg.run_pending_migrations(MIGRATIONS).map_err(|e| Error::Internal(format!("a migration failed: {e}")))?;
    Ok(())
}

/// The names of the migrations that are not among those applied.
pub(super) fn missing(applied: &[String]) -> Result<Vec<String>> {
    let known = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(known
        .iter()
        .filter(|m| !applied.iter().any(|version| m.name().version().to_string() == *version))
        .map(|m| m.name().to_string())
        .collect())
}

/// The version of the last migration this program knows: what its schema is called.
///
/// # Errors
/// The migrations built in can't be read.
pub fn known_schema() -> Result<String> {
    let known = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(|e| Error::Internal(e.to_string()))?;
    let last = known.iter().map(|m| m.name().version().to_string()).max();
    last.ok_or_else(|| Error::Internal("there is no migration".to_owned()))
}
