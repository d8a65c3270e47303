//! The address of the mail server. Plain text is for the machine itself: anywhere else the connection is encrypted and
//! the server's certificate verified.

use std::net::IpAddr;

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// From its first byte (`smtps://`).
    Wrapped,
    /// By STARTTLS, without which nothing is sent (`smtp://…?tls=required`).
    Required,
    /// None; on the machine itself only.
    None,
}

/// A mail server. Its text is never printed: the password is in it.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub encryption: Encryption,
    /// User and password, when it asks for them.
    pub credentials: Option<(String, String)>,
}

impl std::fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SmtpUrl({}:{})", self.host, self.port)
    }
}

impl SmtpUrl {
    /// Reads `smtps://USER:PASSWORD@HOST:465`, `smtp://HOST:587?tls=required` or `smtp://127.0.0.1:25`.
    pub fn parse(text: &str) -> Option<Self> {
        let url = reqwest::Url::parse(text).ok()?;
        let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']').to_owned();
        let is_loopback =
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let (encryption, port) = match (url.scheme(), url.query()) {
            ("smtps", None) => (Encryption::Wrapped, 465),
            ("smtp", Some("tls=required")) => (Encryption::Required, 587),
            ("smtp", None) if is_loopback => (Encryption::None, 25),
            _ => return None,
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) => Some((decoded(user)?, decoded(password)?)),
            _ => return None,
        };
        matches!(url.path(), "" | "/").then(|| Self {
            host,
            port: url.port().unwrap_or(port),
            encryption,
            credentials,
        })
    }
}

/// A part of an address without its percent signs.
fn decoded(text: &str) -> Option<String> {
    let pair = format!("v={}", text.replace('+', "%2B").replace('&', "%26"));
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&pair).ok()?;
    pairs.into_iter().next().map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_on_the_machine() {
        let wrapped = SmtpUrl::parse("smtps://office:p%40ss+w@mail.example").unwrap();
        assert_eq!((wrapped.port, wrapped.encryption), (465, Encryption::Wrapped));
        assert_eq!(wrapped.credentials, Some(("office".to_owned(), "p@ss+w".to_owned())));
        assert!(!format!("{wrapped:?}").contains("ss"), "the password is never printed");
        assert_eq!(
            SmtpUrl::parse("smtp://mail.example?tls=required").unwrap().encryption,
            Encryption::Required
        );
        assert_eq!(SmtpUrl::parse("smtp://127.0.0.1:2525").unwrap().encryption, Encryption::None);
        for bad in [
            "smtp://mail.example",
            "smtp://mail.example:25?tls=optional",
            "smtps://user@mail.example",
            "http://mail.example",
            "mail.example:25",
        ] {
            assert_eq!(SmtpUrl::parse(bad), None, "{bad}");
        }
    }
}
