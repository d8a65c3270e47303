//! Where letters go: to a mail server, into files, or, in tests, into memory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::client::SmtpConnection;

use super::Letter;
use super::breaker::Breaker;
use super::smtp::{self, Failure};
use crate::clock::Clock;
use crate::smtp_url::SmtpUrl;

type Step = std::result::Result<(), Failure>;

/// Letters kept in memory: address and bytes.
pub type Kept = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// Where letters go.
#[derive(Debug, Clone)]
pub enum Transport {
    /// To a mail server.
    Smtp(SmtpUrl),
    /// Into files `DATE/NAME.eml` of a directory.
    Files(PathBuf),
    /// Into memory, for tests.
    Memory(Kept),
}

/// A connection for one letter after another. After a failure it is dropped without a goodbye, for which a server that
/// hangs would let us wait once more.
#[derive(Default)]
pub(super) struct Line(Option<SmtpConnection>);

impl Line {
    /// Says goodbye, if anybody listens.
    pub fn close(&mut self) {
        if let Some(mut line) = self.0.take() {
            line.abort();
        }
    }

    /// Connects unless it is; no step of the server's may take longer than `step`, here or later.
    pub fn open(&mut self, transport: &Transport, step: Duration, breaker: &Breaker, clock: Clock) -> Step {
        if let (Transport::Smtp(server), None) = (transport, &self.0) {
            self.0 = Some(breaker.connect(clock, || smtp::connect(server, step))?);
        }
        Ok(())
    }

    /// Goes as far with a letter as can be taken back.
    pub fn begin(&mut self, from: &Address, letter: &Letter, mime: &[u8]) -> Step {
        let Some(mut line) = self.0.take() else { return Ok(()) };
        let to = letter.address.parse().map_err(|_| Failure::Never("no address".to_owned()))?;
        smtp::begin(&mut line, from, &to, mime)?;
        self.0 = Some(line);
        Ok(())
    }

    /// Takes it back.
    pub fn take_back(&mut self) {
        self.0 = None;
    }

    /// Hands over the letter that was begun.
    pub fn finish(&mut self, transport: &Transport, letter: &Letter, mime: &[u8]) -> Step {
        match transport {
            Transport::Smtp(_) => {
                let mut line = self.0.take().ok_or(Failure::Later("not begun".to_owned()))?;
                smtp::finish(&mut line, mime)?;
                self.0 = Some(line);
                Ok(())
            }
            Transport::Files(directory) => {
                write(directory, letter, mime).map_err(|e| Failure::Later(format!("file: {}", e.kind())))
            }
            Transport::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.push((letter.address.clone(), mime.to_vec()));
                Ok(())
            }
        }
    }
}

/// Letters and digits of any script stay; whatever else a name holds can't leave the directory.
fn file_safe(name: &str) -> String {
    let safe: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    safe.trim_matches('-').to_owned()
}

/// Writes a letter as a file that is there whole or not at all; the same letter again is the same file.
fn write(directory: &Path, letter: &Letter, mime: &[u8]) -> io::Result<()> {
    let day = directory.join(letter.day.to_string());
    fs::create_dir_all(&day)?;
    let named = letter.payload.get("name").and_then(|name| name.as_str()).map(file_safe);
    let name = match named.filter(|name| !name.is_empty()) {
        Some(name) => name,
        None => format!("{}-{}", file_safe(&letter.kind), letter.id),
    };
    let path = day.join(format!("{name}.eml"));
    let unfinished = day.join(format!(".{}.part", letter.id));
    fs::write(&unfinished, mime)?;
    // Linked, not renamed: of letters of one name that are written at once none takes another's place.
    match fs::hard_link(&unfinished, &path) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && fs::read(&path)? != mime => {
            fs::rename(&unfinished, day.join(format!("{name}-{}.eml", letter.id)))
        }
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => fs::remove_file(&unfinished),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_leave_the_directory() {
        for (name, safe) in [
            ("../../etc/passwd", "etc-passwd"),
            ("Cục Viễn thông – Hà", "Cục-Viễn-thông---Hà"),
            ("/", ""),
            ("a\0b", "a-b"),
        ] {
            assert_eq!(file_safe(name), safe);
        }
    }
}
