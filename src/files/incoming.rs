//! A file on its way in: written to a nameless file piece by piece, hashed and counted, then looked at.

use std::fs::File;
use std::io::{Read, Seek, Write};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::content;
use super::model::NewFile;
use crate::depot::Depot;
use crate::domain::attachment::{FileFault, FileKind, LARGEST_FILE, agreed_kind, file_name};
use crate::error::{Error, Result};
use crate::ids::{TenantId, new_id};

/// Nothing of it is believed yet.
pub struct Incoming {
    file: File,
    bytes: u64,
    hash: Sha256,
}

/// A file that came whole, or why it is not taken.
pub type Received = std::result::Result<NewFile, FileFault>;

fn unwritable(error: std::io::Error) -> Error {
    Error::Internal(format!("a file on its way in: {error}"))
}

impl Incoming {
    /// Begins.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn begin(depot: &Depot) -> Result<Self> {
        Ok(Self { file: depot.scratch()?, bytes: 0, hash: Sha256::new() })
    }

    /// Takes a piece. Of a file that has become too large nothing more is kept, but it may go on. Waits.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn write(&mut self, piece: &[u8]) -> Result<()> {
        self.bytes = self.bytes.saturating_add(piece.len() as u64);
        if self.is_too_large() {
            return Ok(());
        }
        self.hash.update(piece);
        self.file.write_all(piece).map_err(unwritable)
    }

    /// How many bytes came.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What came, in memory: for what is small, as the caller has seen by [`Self::bytes`]. Waits.
    ///
    /// # Errors
    /// It can't be read.
    pub fn read(mut self) -> Result<Vec<u8>> {
        self.file.rewind().map_err(unwritable)?;
        let mut all = Vec::new();
        self.file.read_to_end(&mut all).map_err(unwritable)?;
        Ok(all)
    }

    fn is_too_large(&self) -> bool {
        self.bytes > LARGEST_FILE
    }

    /// Looks at what came under a name, and keeps it in the depot when it is taken: as evidence of a reported completion
    /// where one is named. Waits.
    ///
    /// # Errors
    /// It can't be read or kept.
    pub fn keep(
        mut self,
        depot: &Depot,
        tenant: TenantId,
        name: &str,
        submission: Option<Uuid>,
    ) -> Result<Received> {
        let checked = match self.check(name)? {
            Ok((name, kind)) => NewFile {
                id: new_id(),
                name,
                kind,
                bytes: self.bytes,
                sha256: self.hash.finalize().into(),
                submission,
            },
            Err(fault) => return Ok(Err(fault)),
        };
        self.file.rewind().map_err(unwritable)?;
        depot.keep(tenant, checked.id, self.file)?;
        Ok(Ok(checked))
    }

    /// Name and kind, when both are right.
    fn check(&mut self, name: &str) -> Result<std::result::Result<(String, FileKind), FileFault>> {
        let name = match file_name(name) {
            Ok(name) => name,
            Err(fault) => return Ok(Err(fault)),
        };
        if self.bytes == 0 {
            return Ok(Err(FileFault::Empty));
        }
        if self.is_too_large() {
            return Ok(Err(FileFault::TooLarge));
        }
        let found = content::kind(&mut self.file).map_err(unwritable)?;
        Ok(agreed_kind(&name, found).map(|kind| (name, kind)))
    }
}
