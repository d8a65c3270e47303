//! Connecting, without ever showing an address: libpq quotes a malformed one in its errors, the password with it.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::r2d2::{self, CustomizeConnection};

use crate::error::{Error, Result};

/// Nothing hangs for ever: not behind somebody's lock, not in a query, not in a transaction left open. And what is counted
/// over a million tasks is grouped and joined in memory.
const LIMITS: &str = "SET statement_timeout = '60s'; SET lock_timeout = '10s'; \
     SET idle_in_transaction_session_timeout = '60s'; SET work_mem = '48MB'";

/// Sets the limits on each connection of the pool.
#[derive(Debug)]
pub(super) struct Limits;

impl CustomizeConnection<PgConnection, r2d2::Error> for Limits {
    fn on_acquire(&self, pg: &mut PgConnection) -> std::result::Result<(), r2d2::Error> {
        pg.batch_execute(LIMITS).map_err(r2d2::Error::QueryError)
    }
}

/// Connects once; `setting` is what holds the address.
pub(super) fn connect(url: &str, setting: &str) -> Result<PgConnection> {
    PgConnection::establish(url).map_err(|error| unavailable(&error.to_string(), setting))
}

/// What may be told of a failure to connect.
pub(super) fn unavailable(said: &str, setting: &str) -> Error {
    Error::Unavailable(match without_address(said) {
        Some(reason) => format!("{setting}: {reason}"),
        None => format!(
            "{setting} is not an address that can be used: postgresql://ROLE:PASSWORD@HOST:PORT/DATABASE"
        ),
    })
}

/// The server's own words, or the system's after the address.
fn without_address(said: &str) -> Option<&str> {
    if said.contains("could not translate host name") {
        return Some("the name of the host is not known");
    }
    if said.contains("server closed the connection") {
        return Some("the server closed the connection");
    }
    let (_, reason) = said.rsplit_once("failed: ")?;
    reason.lines().next().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_an_address_is_shown() {
        for url in [
            "postgresql://role:hidden word@localhost/d",
            "postgres//role:hidden@localhost/d",
            "postgresql://role:hid/den@localhost/d",
            "postgresql://role:x@hidden@127.0.0.1:1/d",
            "postgresql://role:hidden@127.0.0.1:1/d",
            "postgresql://role:hidden@127.0.0.1/d?nonsense=hidden",
            "password=hidden nonsense",
        ] {
            let Err(error) = connect(url, "DATABASE_URL") else { panic!("connected") };
            let said = error.to_string();
            assert!(said.contains("DATABASE_URL") && !said.contains("hid"), "{said}");
        }
    }

    #[test]
    fn the_servers_reason_is_told() {
        let said = "connection to server at \"h\" (::1), port 5432 failed: FATAL:  no such role\n";
        assert_eq!(without_address(said), Some("FATAL:  no such role"));
    }
}
