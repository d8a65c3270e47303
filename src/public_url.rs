//! The address by which people reach the service: it makes links, and decides how a browser keeps
//! its session.

use std::net::IpAddr;

/// Scheme, host and port, without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    is_secure: bool,
}

impl PublicUrl {
    /// Reads `https://dondoc.example` or, on the machine itself only, `http://127.0.0.1:8080`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let (scheme, authority) = text.split_once("://")?;
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let is_name =
            !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
        let is_host = (is_name || address.is_ok()) && port.is_none_or(|port| port.parse::<u16>().is_ok());
        let is_loopback = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
        let is_secure = match scheme {
            "https" => true,
            "http" if is_loopback => false,
            _ => return None,
        };
        is_host.then(|| Self { origin: text.to_owned(), is_secure })
    }

    /// The address on the machine itself.
    pub fn on_loopback(port: u16) -> Self {
        Self { origin: format!("http://127.0.0.1:{port}"), is_secure: false }
    }

    /// The address by a host name, which only a proxy with a certificate for it can serve.
    pub fn of_host(host: &str) -> Self {
        Self { origin: format!("https://{host}"), is_secure: true }
    }

    /// Whether browsers reach it by https.
    pub fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// The address of a page.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_the_machine_itself() {
        for good in [
            "https://dondoc.btttt.example",
            "http://127.0.0.1:8080",
            "http://localhost:1/",
            "http://[::1]:80",
        ] {
            assert!(PublicUrl::parse(good).is_some(), "{good}");
        }
        for bad in [
            "http://dondoc.example",
            "https://a/b",
            "ftp://a",
            "https://",
            "dondoc.example",
            "https://u:p@a",
            "http://127.evil.example",
            "https://a:b:c",
            "https://a:99999",
        ] {
            assert!(PublicUrl::parse(bad).is_none(), "{bad}");
        }
    }
}
