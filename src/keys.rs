//! The installation's secret: 32 random bytes in a file that only its owner reads, made at first use. Whatever needs a
//! secret of its own derives it from this one by a label; what must change by itself is a file of the same form.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The secret.
#[derive(Clone)]
pub struct Keys([u8; 32]);

impl Keys {
    /// Reads the file, or makes it. Two processes at once read the same one.
    ///
    /// # Errors
    /// The file can't be read or made, is readable by others, or is not 32 bytes long.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.try_exists().map_err(|e| fault(path, &e.to_string()))? {
            make_secret(path)?;
        }
        read_secret(path).map(Self)
    }

    /// The secret for one purpose.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        Sha256::new().chain_update(self.0).chain_update(purpose).finalize().into()
    }
}

fn fault(path: &Path, why: &str) -> Error {
    Error::Internal(format!("the key file {}: {why}", path.display()))
}

/// The 32 bytes of a file that only its owner reads.
///
/// # Errors
/// The file can't be read, is readable by others, or is not 32 bytes long.
pub fn read_secret(path: &Path) -> Result<[u8; 32]> {
    let mut file = File::open(path).map_err(|e| fault(path, &e.to_string()))?;
    let meta = file.metadata().map_err(|e| fault(path, &e.to_string()))?;
    if meta.mode() & 0o077 != 0 {
        return Err(fault(path, "others may read it; give it mode 0600"));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|e| fault(path, &e.to_string()))?;
    bytes.try_into().map_err(|_| fault(path, "it does not hold 32 bytes"))
}

/// Makes a file of 32 random bytes; one that is there stays. Written beside and linked into place, so that nobody reads
/// half of it.
///
/// # Errors
/// The file can't be made, or the system gives no randomness.
pub fn make_secret(path: &Path) -> Result<()> {
    let told = |e: std::io::Error| fault(path, &e.to_string());
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| fault(path, &e.to_string()))?;
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(told)?;
    }
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside).map_err(told)?;
    file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(told)?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside).map_err(told)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(told(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn it_is_made_once_and_read_by_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("below/secret.key");
        let keys = Keys::open(&path).unwrap();
        assert_eq!(Keys::open(&path).unwrap().derive("a"), keys.derive("a"));
        assert_ne!(keys.derive("a"), keys.derive("b"));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Keys::open(&path).is_err());
        fs::write(&path, "short").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(Keys::open(&path).is_err());
    }
}
