//! What can go wrong with the private cluster, worded for the operator who has to put it right.

use std::path::{Path, PathBuf};
use std::{io, time::Duration};

/// The oldest PostgreSQL that has what the schema uses (an ICU locale for the whole cluster, `security_invoker`).
pub const OLDEST_MAJOR: u32 = 15;

/// Why the private cluster can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No `initdb` and `postgres` where they are looked for.
    #[error(
        "no PostgreSQL server found in {searched}: install PostgreSQL {OLDEST_MAJOR} or newer with its contrib \
         modules (Debian: apt-get install postgresql), name its bin directory in PG_BIN, or use a server of your \
         own by DATABASE_URL and DATABASE_OWNER_URL"
    )]
    NoServer {
        /// The places looked at.
        searched: String,
    },
    /// Only servers older than [`OLDEST_MAJOR`].
    #[error(
        "PostgreSQL {found} in {} is too old: install PostgreSQL {OLDEST_MAJOR} or newer with its contrib modules, \
         or name its bin directory in PG_BIN",
        bin.display()
    )]
    TooOld {
        /// The newest major version found.
        found: u32,
        /// Where it was found.
        bin: PathBuf,
    },
    /// The data were made by a major version that is not installed any more.
    #[error(
        "the data in {} were made by PostgreSQL {made_by}, which is not installed: install postgresql-{made_by}, or \
         name its bin directory in PG_BIN",
        data.display()
    )]
    OtherMajor {
        /// The data directory.
        data: PathBuf,
        /// The major version in its `PG_VERSION`.
        made_by: u32,
    },
    /// A file or directory of the cluster can't be used.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A program could not be run at all.
    #[error("cannot run {}: {source}", program.display())]
    Run {
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The operating system has no name for a user that PostgreSQL must know by name.
    #[error("no user {0} is known here (getent passwd {0}), and PostgreSQL needs one by name")]
    NoUser(String),
    /// A directory with the name we need exists already and isn't the server's user's.
    #[error(
        "{} is not a directory of the user {owner}: run dondoc as the user it belongs to or as root, or name \
         another place in DONDOC_DATA",
        path.display()
    )]
    NotOurs {
        /// The directory.
        path: PathBuf,
        /// Who must own it.
        owner: String,
    },
    /// A path that PostgreSQL can't write into its own files.
    #[error("{path:?} can't hold the data: its name has a line break; name another place in DONDOC_DATA")]
    PathForm {
        /// The directory asked for.
        path: PathBuf,
    },
    /// The server's user can't get to the data that are there.
    #[error(
        "the user {owner} can't get to {}: let that user enter (chmod o+x) each directory above it",
        path.display()
    )]
    NoWay {
        /// The directory of the data.
        path: PathBuf,
        /// Who must get there.
        owner: String,
    },
    /// Data below the directory asked for and in the place that stands for it.
    #[error(
        "there are data in two places, {} and {}: move the one that is not wanted out of the way",
        below.display(), away.display()
    )]
    TwoHomes {
        /// Below the directory asked for.
        below: PathBuf,
        /// The place that stands for it.
        away: PathBuf,
    },
    /// A server that lives where its processes can't be seen, and that does not answer.
    #[error(
        "a PostgreSQL server works on {} and can't be reached from here since {} s: it may run in another container, \
         or be ending; run dondoc where it runs, or end it there",
        data.display(), waited.as_secs()
    )]
    OutOfReach {
        /// The data directory.
        data: PathBuf,
        /// How long it was waited for.
        waited: Duration,
    },
    /// `initdb` or the making of roles and database failed.
    #[error("the cluster could not be made in {}:\n{output}", data.display())]
    NotMade {
        /// The directory it was to be made in.
        data: PathBuf,
        /// The last lines the program wrote.
        output: String,
    },
    /// The server ended instead of getting ready.
    #[error("the PostgreSQL server did not start; the last lines of {}:\n{tail}", log.display())]
    NotStarted {
        /// The server's log.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// The server neither got ready nor ended in time.
    #[error(
        "the PostgreSQL server is {status} since {} s; the last lines of {}:\n{tail}",
        waited.as_secs(), log.display()
    )]
    NotReady {
        /// What the server says about itself.
        status: String,
        /// How long it was waited for.
        waited: Duration,
        /// The server's log.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// The server was asked to stop and still runs.
    #[error("the PostgreSQL server (process {pid}) was asked to stop and still runs after {} s", waited.as_secs())]
    NotStopped {
        /// Its process.
        pid: i32,
        /// How long it was waited for.
        waited: Duration,
    },
}

impl ClusterError {
    /// For `map_err`: the same fault with the path it happened at.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::File { path: path.to_path_buf(), source }
    }

    /// For `map_err`: the same fault with the program that could not be run.
    pub(super) fn running(program: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Run { program: program.to_path_buf(), source }
    }
}
