//! One connection to the mail server, step by step: what a refusal means depends on the step at which it comes.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::iter::successors;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::{Error, response::Response};

use crate::smtp_url::{Encryption, SmtpUrl};

/// Why a letter was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The server can't be reached or hangs before it takes a letter: no letter's fault.
    Unreachable(String),
    /// The server refuses us as a sender: no letter's fault, and somebody must look.
    Refused(String),
    /// Not now.
    Later(String),
    /// The server fell silent or went away before it had the letter.
    Silent(String),
    /// The letter was handed over and the answer did not come: it may have arrived.
    Undecided(String),
    /// Nobody has this address.
    NoSuchAddress(String),
    /// The server will never take this letter.
    Never(String),
}

impl Failure {
    /// Whether the server, not the letter, is at fault as far as anybody knows, so that the connection's next letter would
    /// most likely fare the same.
    pub fn is_the_servers(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Refused(_) | Self::Silent(_) | Self::Undecided(_))
    }
}

type Step<T> = std::result::Result<T, Failure>;

/// Whether a step took too long; of a read the system says that by `WouldBlock`.
fn is_timeout(error: &Error) -> bool {
    successors(error.source(), |&cause| cause.source())
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| matches!(cause.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock))
}

/// What may be kept of an error: the code of the answer, or the sort of failure. Never the server's words, which repeat
/// the address.
fn code(step: &str, error: &Error) -> String {
    match error.status() {
        Some(status) => format!("{status} at {step}"),
        None if is_timeout(error) => format!("timeout at {step}"),
        None if error.is_tls() => format!("TLS at {step}"),
        None => format!("connection lost at {step}"),
    }
}

/// Connects, encrypts and signs in; no step of the server's may take longer than `step`, here or later.
pub(super) fn connect(server: &SmtpUrl, step: Duration) -> Step<SmtpConnection> {
    let unreachable = |step: &'static str| move |e: Error| Failure::Unreachable(code(step, &e));
    let tls = TlsParameters::new(server.host.clone()).map_err(unreachable("TLS"))?;
    let name = ClientId::default();
    let wrapped = (server.encryption == Encryption::Wrapped).then_some(&tls);
    let address = (server.host.as_str(), server.port);
    let mut line = SmtpConnection::connect(address, Some(step), &name, wrapped, None)
        .map_err(unreachable("connection"))?;
    if server.encryption == Encryption::Required {
        line.starttls(&tls, &name).map_err(unreachable("STARTTLS"))?;
    }
    if let Some((user, password)) = &server.credentials {
        let credentials = Credentials::new(user.clone(), password.clone());
        line.auth(DEFAULT_MECHANISMS, &credentials).map_err(|e| match e.is_permanent() || e.is_client() {
            true => Failure::Refused(code("AUTH", &e)),
            false => Failure::Unreachable(code("AUTH", &e)),
        })?;
    }
    Ok(line)
}

/// A letter with its end, written at once: the client of the library writes the end by itself, and the system holds it
/// back until the letter is acknowledged, 40 ms later.
struct Body<'a>(&'a str);

impl fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A dot that begins a line is doubled (RFC 5321, 4.5.2); lines end as the builder makes them.
        let (first, rest) = (self.0.starts_with('.'), self.0.replace("\r\n.", "\r\n.."));
        write!(f, "{}{rest}\r\n.\r\n", if first { "." } else { "" })
    }
}

/// Says whose letter comes, and for whom, until the server is ready for it: till then nothing has happened. After a
/// failure the connection is used no more.
pub(super) fn begin(line: &mut SmtpConnection, from: &Address, to: &Address, mime: &[u8]) -> Step<()> {
    let is_ascii = mime.is_ascii();
    if !is_ascii && !line.server_info().supports_feature(Extension::EightBitMime) {
        return Err(Failure::Never("8BITMIME is missing".to_owned()));
    }
    let options = if is_ascii { vec![] } else { vec![MailParameter::Body(MailBodyParameter::EightBitMime)] };
    let answer = |step: &'static str, refused: fn(String) -> Failure, said: Result<Response, Error>| {
        said.map_err(|e| match e.status() {
            Some(_) if e.is_permanent() => refused(code(step, &e)),
            Some(_) => Failure::Later(code(step, &e)),
            None => Failure::Silent(code(step, &e)),
        })
    };
    answer("MAIL", Failure::Refused, line.command(Mail::new(Some(from.clone()), options)))?;
    answer("RCPT", Failure::NoSuchAddress, line.command(Rcpt::new(to.clone(), vec![])))?;
    answer("DATA", Failure::Never, line.command(Data)).map(drop)
}

/// Hands over the letter that was begun. After a failure the connection is used no more.
pub(super) fn finish(line: &mut SmtpConnection, mime: &[u8]) -> Step<()> {
    let text = str::from_utf8(mime).map_err(|_| Failure::Never("no text".to_owned()))?;
    match line.command(Body(text)) {
        Ok(_) => Ok(()),
        Err(e) if e.is_permanent() => Err(Failure::Never(code("end of DATA", &e))),
        Err(e) if e.is_transient() => Err(Failure::Later(code("end of DATA", &e))),
        Err(e) => Err(Failure::Undecided(code("end of DATA", &e))),
    }
}
