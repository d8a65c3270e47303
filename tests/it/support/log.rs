//! What the service logs during the whole run, in one file, and the secrets that the tests meet, in another:
//! `deploy/test.sh` searches the one for the other at the end.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::Value;
use tracing_subscriber::EnvFilter;

/// Everything of ours, and what others say to somebody who looks for a fault.
const FILTER: &str = "debug,dondoc=trace,actix_http=off";

/// What is shorter is no secret, but a word that may stand anywhere.
const SHORTEST: usize = 16;

/// The file of the secrets; logging begins with the first call.
fn secrets() -> &'static Mutex<File> {
    static SECRETS: OnceLock<Mutex<File>> = OnceLock::new();
    SECRETS.get_or_init(|| {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("log-search");
        fs::create_dir_all(&dir).unwrap();
        let file =
            |name| OpenOptions::new().write(true).create(true).truncate(true).open(dir.join(name)).unwrap();
        let log = Mutex::new(file("log"));
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(FILTER))
            .with_ansi(false)
            .with_writer(log)
            .init();
        Mutex::new(file("secrets"))
    })
}

/// Lets everything from now on be logged.
pub fn begin() {
    secrets();
}

/// Remembers a secret for the search.
pub fn secret(text: &str) {
    if text.len() >= SHORTEST {
        let mut file = secrets().lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(file, "{text}").unwrap();
    }
}

/// Remembers what a body gives away: the tokens of an API's answer, the one-time links of a page.
pub fn secrets_of(body: &str) {
    if let Ok(Value::Object(fields)) = serde_json::from_str(body) {
        let tokens = fields.iter().filter(|(name, _)| name.ends_with("token"));
        tokens.filter_map(|(_, value)| value.as_str()).for_each(secret);
    }
    for (at, sign) in body.match_indices("token=") {
        let rest = body.split_at(at + sign.len()).1;
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.~%".contains(c)).unwrap_or(rest.len());
        secret(rest.split_at(end).0);
    }
}
