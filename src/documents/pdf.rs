//! PDF by LibreOffice, where it is installed: one at a time, in a directory and with a profile of its own, and killed
//! with all it started when it takes too long. Where it is not, the print view of a page is what makes one.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use crate::error::{Error, Result};
use crate::ids::new_id;

/// The program.
const PROGRAM: &str = "soffice";
/// How long it may take, and how often it is looked at.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// How many may wait at once, the one that is being made among them: each holds a thread that others need.
const MOST_WAITING: usize = 4;
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// A place among those that wait, given back when it is dropped.
struct Waits;

impl Waits {
    fn begin() -> Result<Self> {
        let waits = Self;
        if WAITING.fetch_add(1, Ordering::SeqCst) >= MOST_WAITING {
            return Err(Error::Unavailable("too many PDFs are being made; try again".to_owned()));
        }
        Ok(waits)
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A file of Word as PDF; `None` where LibreOffice is not installed. Waits, up to 30 seconds for each that came before:
/// no connection to the database may be held meanwhile.
///
/// # Errors
/// There is no room below `scratch`, or LibreOffice fails or takes too long.
pub fn pdf(docx: &[u8], scratch: &Path) -> Result<Option<Vec<u8>>> {
    by(PROGRAM, docx, scratch, PATIENCE)
}

fn by(program: &str, docx: &[u8], scratch: &Path, patience: Duration) -> Result<Option<Vec<u8>>> {
    let _waits = Waits::begin()?;
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let place = Place::new(scratch)?;
    let source = place.0.join("document.docx");
    fs::write(&source, docx).map_err(failed)?;
    let started = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", place.0.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", "pdf:writer_pdf_Export", "--outdir"])
        .arg(&place.0)
        .arg(&source)
        .env("HOME", &place.0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    let mut child = match started {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        started => started.map_err(failed)?,
    };
    let ended = wait(&mut child, patience);
    // What it started is in its group, also when it has ended itself.
    end_group(&mut child)?;
    match ended? {
        true => fs::read(place.0.join("document.pdf")).map(Some).map_err(failed),
        false => Err(Error::Unavailable("making the PDF took too long or failed; try again".to_owned())),
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::Internal(format!("the PDF can't be made: {error}"))
}

/// Whether it ended well in time.
fn wait(child: &mut Child, patience: Duration) -> Result<bool> {
    let mut waited = Duration::ZERO;
    while waited < patience {
        if let Some(status) = child.try_wait().map_err(failed)? {
            return Ok(status.success());
        }
        thread::sleep(LOOK);
        waited += LOOK;
    }
    Ok(false)
}

fn end_group(child: &mut Child) -> Result<()> {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        match kill_process_group(group, Signal::KILL) {
            Ok(()) | Err(rustix::io::Errno::SRCH) => {}
            Err(error) => return Err(failed(error.into())),
        }
    }
    child.wait().map(drop).map_err(failed)
}

/// A directory that is gone with this.
struct Place(PathBuf);

impl Place {
    fn new(scratch: &Path) -> Result<Self> {
        let place = scratch.join(new_id().to_string());
        DirBuilder::new().mode(0o700).create(&place).map_err(failed)?;
        Ok(Self(place))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "a directory of a PDF could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A program of a few lines in place of LibreOffice.
    fn program(scratch: &Path, script: &str) -> String {
        let program = scratch.join("program");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
        program.display().to_string()
    }

    #[test]
    fn without_libreoffice_there_is_none() {
        let scratch = tempfile::tempdir().unwrap();
        assert_eq!(by("/nowhere/soffice", b"", scratch.path(), PATIENCE).unwrap(), None);
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_it_makes_comes_back_and_nothing_stays() {
        let scratch = tempfile::tempdir().unwrap();
        let copies = program(scratch.path(), "cp \"$8\" \"$7/document.pdf\"");
        assert_eq!(by(&copies, b"words", scratch.path(), PATIENCE).unwrap(), Some(b"words".to_vec()));
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1, "the program alone");
    }

    #[test]
    fn whoever_takes_too_long_is_killed_with_all_it_started() {
        let scratch = tempfile::tempdir().unwrap();
        let told = scratch.path().join("child");
        let slow = program(scratch.path(), &format!("sleep 300 & echo $! > {}; wait", told.display()));
        let made = by(&slow, b"", scratch.path(), Duration::from_millis(500));
        assert!(matches!(made, Err(Error::Unavailable(_))));
        let child: i32 = fs::read_to_string(&told).unwrap().trim().parse().unwrap();
        let gone = || !Path::new(&format!("/proc/{child}")).exists() || is_zombie(child);
        let mut tries = 0;
        while !gone() && tries < 40 {
            thread::sleep(LOOK);
            tries += 1;
        }
        assert!(gone(), "its child still runs");
    }

    fn is_zombie(pid: i32) -> bool {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with('Z'))
    }
}
