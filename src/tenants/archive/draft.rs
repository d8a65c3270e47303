//! A file that is not there until it is whole.

use std::fmt::Display;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result, TenancyFault};

/// Written beside its place, readable by its owner alone; gone unless it was put there.
pub(super) struct Draft {
    pub file: File,
    place: PathBuf,
    beside: PathBuf,
}

/// Why a file can't be written.
pub(super) fn unwritable(path: &Path, why: impl Display) -> Error {
    TenancyFault::FileUnwritable { path: path.display().to_string(), reason: why.to_string() }.into()
}

impl Draft {
    /// Begins a file for a place where there is none.
    pub(super) fn begin(place: &Path) -> Result<Self> {
        let told = |e: std::io::Error| unwritable(place, e);
        if place.exists() {
            return Err(TenancyFault::FileExists(place.display().to_string()).into());
        }
        if let Some(dir) = place.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            fs::create_dir_all(dir).map_err(told)?;
        }
        let mut name = place.file_name().ok_or_else(|| unwritable(place, "it has no name"))?.to_owned();
        name.push(format!(".part-{}", std::process::id()));
        let beside = place.with_file_name(name);
        // Read as well: a zip is written by going back to what was written before.
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&beside);
        Ok(Self { file: file.map_err(told)?, place: place.to_owned(), beside })
    }

    /// Puts the whole file in its place; one that has come there meanwhile stays.
    pub(super) fn keep(&self) -> Result<()> {
        let told = |e: std::io::Error| unwritable(&self.place, e);
        self.file.sync_all().map_err(told)?;
        fs::hard_link(&self.beside, &self.place).map_err(told)?;
        let dir = self.place.parent().filter(|dir| !dir.as_os_str().is_empty());
        File::open(dir.unwrap_or(Path::new("."))).and_then(|dir| dir.sync_all()).map_err(told)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.beside) {
            tracing::warn!(%error, "a half-written archive was left behind");
        }
    }
}
