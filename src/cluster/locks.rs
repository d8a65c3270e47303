//! The two locks that let several processes share one server. The gate is held, alone, by whoever starts or
//! stops it; the usage lock is shared by all who use it. Both are only ever taken while holding the gate, so
//! that nobody arrives between a leaver's look at the usage lock and the server's end. The system drops a
//! killed process's locks, and the server, being another program, inherits neither.
//!
//! A third lock belongs to the server itself: [`Vacancy`]. Locks are the kernel's and hold across containers,
//! where one process does not see another's number.

use std::fs::File;
use std::io;
use std::process::Stdio;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::Result;
use super::error::ClusterError;
use super::place::Place;

/// The right to make, start and stop the server; given back when dropped.
#[derive(Debug)]
pub(super) struct Gate(File);

impl Gate {
    /// Waits for the gate.
    pub fn enter(place: &Place) -> Result<Self> {
        place.check_home()?;
        let path = place.home.join("gate.lock");
        let file = place.open_private(&path)?;
        wait_for(&file, FlockOperation::LockExclusive).map_err(ClusterError::at(&path))?;
        Ok(Self(file))
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        unlock(&self.0);
    }
}

/// A share in the running server.
#[derive(Debug)]
pub(super) struct Usage(File);

impl Usage {
    /// Takes a share.
    pub fn begin(_gate: &Gate, place: &Place) -> Result<Self> {
        let path = place.home.join("usage.lock");
        let file = place.open_private(&path)?;
        wait_for(&file, FlockOperation::LockShared).map_err(ClusterError::at(&path))?;
        Ok(Self(file))
    }

    /// Whether nobody else has a share. When others have, our own may be gone afterwards: for leavers only.
    pub fn is_last(&self, _gate: &Gate) -> bool {
        flock(&self.0, FlockOperation::NonBlockingLockExclusive).is_ok()
    }
}

impl Drop for Usage {
    fn drop(&mut self) {
        unlock(&self.0);
    }
}

/// The certainty that no server works on these data: a lock on their `PG_VERSION`, a file that is there for as
/// long as the data and that nobody takes for a stale lock to be removed. A server is started with it, and all
/// of its processes hold it until the last one has ended, wherever they run and however they end.
#[derive(Debug)]
pub(super) struct Vacancy(File);

impl Vacancy {
    /// The certainty, or `None` while a server's process lives. Only dropped, never unlocked: a server may have it.
    pub fn find(_gate: &Gate, place: &Place) -> Result<Option<Self>> {
        let path = place.data().join("PG_VERSION");
        let file = place.open_present(&path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Self(file))),
            Err(Errno::WOULDBLOCK) => Ok(None),
            Err(error) => Err(ClusterError::at(&path)(error.into())),
        }
    }

    /// For a server about to start, as the one file every program can be handed.
    pub fn into_standard_input(self) -> Stdio {
        self.0.into()
    }
}

fn wait_for(file: &File, operation: FlockOperation) -> io::Result<()> {
    loop {
        match flock(file, operation) {
            Err(Errno::INTR) => {}
            result => return result.map_err(io::Error::from),
        }
    }
}

/// Unlocked in so many words, as closing is not enough while another thread is just starting a program: until
/// that program runs, its process holds a copy of the file.
fn unlock(file: &File) {
    if let Err(error) = flock(file, FlockOperation::Unlock) {
        tracing::warn!(%error, "a lock of the private cluster could not be released");
    }
}
