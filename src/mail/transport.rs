//! Where letters go: to a mail server, into files, or, in tests, into memory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::client::SmtpConnection;

use super::Letter;
use super::smtp::{self, Failure};
use crate::smtp_url::SmtpUrl;

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

/// A connection for one letter after another.
pub(super) struct Line {
    connection: Option<SmtpConnection>,
    step: Duration,
}

impl Line {
    /// One that waits so long at each step of the server's.
    pub fn new(step: Duration) -> Self {
        Self { connection: None, step }
    }

    /// Says goodbye, if anybody listens.
    pub fn close(&mut self) {
        if let Some(mut line) = self.connection.take() {
            line.abort();
        }
    }

    pub fn send(
        &mut self,
        transport: &Transport,
        from: &Address,
        letter: &Letter,
        mime: &[u8],
    ) -> std::result::Result<(), Failure> {
        match transport {
            Transport::Smtp(server) => self.send_by(server, from, letter, mime),
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

    fn send_by(
        &mut self,
        server: &SmtpUrl,
        from: &Address,
        letter: &Letter,
        mime: &[u8],
    ) -> std::result::Result<(), Failure> {
        let to = letter.address.parse().map_err(|_| Failure::Never("no address".to_owned()))?;
        let mut line = match self.connection.take() {
            Some(line) => line,
            None => smtp::connect(server, self.step)?,
        };
        match smtp::send(&mut line, from, &to, mime) {
            Ok(()) => {
                self.connection = Some(line);
                Ok(())
            }
            // Dropped without a goodbye, for which a server that hangs would let us wait once more.
            Err(failure) => Err(failure),
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
