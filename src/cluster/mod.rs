//! The private PostgreSQL cluster: made at first use, started by the first process that needs it, shared by all
//! that come while it runs, stopped by the last. It listens on a unix socket alone and knows its users from the
//! operating system (`peer`), so there is no password and no port.
//!
//! What must stay true: real data are always synced to disk; a cluster that was finished is never deleted;
//! starting and stopping happen behind one lock; no process kills a server that another one uses, and the server
//! of a process that was killed is used by the next.

mod account;
mod binaries;
mod error;
mod locks;
mod making;
mod place;
mod server;

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use binaries::Binaries;
pub use error::{ClusterError, OLDEST_MAJOR};
use locks::{Gate, Usage};
use place::Place;
use server::Running;

/// The database made with every cluster.
pub const DATABASE: &str = "dondoc";

/// What libpq 15 and newer know; an empty value is one that is set to nothing.
const NOTHING_FROM_OUTSIDE: &str = "hostaddr=&options=&sslmode=disable&gssencmode=disable&channel_binding=disable\
    &target_session_attrs=any&requirepeer=&client_encoding=UTF8";

type Result<T> = std::result::Result<T, ClusterError>;

/// Where the cluster is and what it runs with.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// The directory of all data (`DONDOC_DATA`); the cluster is in `pg` below it.
    pub data_dir: PathBuf,
    /// The directory of PostgreSQL's server programs (`PG_BIN`); they are looked for when it isn't given.
    pub pg_bin: Option<PathBuf>,
    /// `PATH`, the last place looked for the programs.
    pub path: Option<OsString>,
    /// Whether commits survive a power cut; `false` is for tests alone and makes them faster.
    pub durable: bool,
}

/// As whom to connect; see `deploy/roles.sql`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything, past row-level security: for making test databases.
    Superuser,
    /// Owns the database: migrations.
    Owner,
    /// The application, within row-level security.
    App,
    /// Reads all rows: backups.
    Backup,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Superuser, Self::Owner, Self::App, Self::Backup];

    /// Its name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Superuser => "postgres",
            Self::Owner => "dondoc_owner",
            Self::App => "dondoc_app",
            Self::Backup => "dondoc_backup",
        }
    }
}

/// A share in the running cluster. Dropping it, or [`Cluster::leave`], stops the server when nobody else has one.
#[derive(Debug)]
pub struct Cluster {
    place: Place,
    running: Running,
    usage: Option<Usage>,
}

impl Cluster {
    /// Joins the running cluster, having made and started it as far as needed; returns when it answers.
    ///
    /// Blocks while another process starts or stops the same cluster.
    ///
    /// # Errors
    /// When no suitable PostgreSQL is installed, or the cluster can't be made, started or reached by this user.
    pub fn open(options: &ClusterOptions) -> Result<Self> {
        let place = Place::choose(options)?;
        let gate = Gate::enter(&place)?;
        let usage = Usage::begin(&gate, &place)?;
        if !place.has_data()? {
            tracing::info!(path = %place.home.display(), "the private PostgreSQL cluster is made");
            making::make(&gate, &place, &Binaries::find(options, None)?)?;
        }
        let binaries = || Binaries::find(options, Some((made_by(&place)?, &place.data())));
        let running = server::ensure(&gate, &place, options.durable, binaries)?;
        Ok(Self { place, running, usage: Some(usage) })
    }

    /// The address of `database` for libpq, as one of our roles.
    ///
    /// It says all that libpq would otherwise take from the environment (`PGHOSTADDR`, `PGOPTIONS`, `PGSSLMODE` …),
    /// which is meant for other servers.
    pub fn url(&self, role: Role, database: &str) -> String {
        let socket = escaped(self.running.socket_directory.as_os_str().as_bytes());
        let (role, database) = (role.name(), escaped(database.as_bytes()));
        format!("postgresql://{role}@{socket}:{}/{database}?{NOTHING_FROM_OUTSIDE}", self.running.port)
    }

    /// The directory the cluster really is in: `pg` below the data directory, unless the server's user can't
    /// get there.
    pub fn place(&self) -> &Path {
        &self.place.home
    }

    /// Whether [`Cluster::place`] is not below the data directory, which the person should be told.
    pub fn is_elsewhere(&self) -> bool {
        self.place.moved
    }

    /// Gives the share back; the last one stops the server and waits for its end.
    ///
    /// # Errors
    /// When the server does not stop.
    pub fn leave(mut self) -> Result<()> {
        self.release()
    }

    fn release(&mut self) -> Result<()> {
        let Some(usage) = self.usage.take() else {
            return Ok(());
        };
        let gate = Gate::enter(&self.place)?;
        if usage.is_last(&gate) { server::stop(&gate, &self.place) } else { Ok(()) }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.release() {
            tracing::warn!(%error, "the private PostgreSQL cluster was not left in order");
        }
    }
}

/// The major version that made the data.
fn made_by(place: &Place) -> Result<u32> {
    let path = place.data().join("PG_VERSION");
    let text = place::read_own(&path).map_err(ClusterError::at(&path))?;
    String::from_utf8_lossy(&text)
        .trim()
        .parse()
        .map_err(|error| ClusterError::at(&path)(std::io::Error::other(error)))
}

/// Percent-encoded, for any part of a URL.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                text.push(char::from(*byte))
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// The last lines of what a program wrote, for an error message.
fn last_lines(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().skip(lines.len().saturating_sub(12)).copied().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_spaces_and_marks_of_a_path() {
        assert_eq!(escaped("/tôi/a b?".as_bytes()), "%2Ft%C3%B4i%2Fa%20b%3F");
    }

    #[test]
    fn the_end_of_a_long_output_is_quoted() {
        let output: String = (1..=100).map(|line| format!("{line}\n")).collect();
        assert!(last_lines(output.as_bytes()).starts_with("89\n"));
        assert_eq!(last_lines(b""), "");
    }
}
