//! One attempt to hand a message over, by the Standard Webhooks: where it may go, how it is signed.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

use super::SECRET_PREFIX;
use crate::domain::delivery::DeliveryFault;
use crate::domain::outside::Reach;
use crate::error::{Error, Result};

/// How long an attempt may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The address of a text, when messages may go there; what its name means is looked up later. To the Internet it is
/// `https`, a name of at least two labels, maybe a port, and a path without a fragment, all of it in ASCII.
pub(super) fn url(reach: Reach, text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let host = url.host_str()?;
    let (scheme, rest) = text.split_once("://")?;
    let authority = rest.split('/').next().unwrap_or_default();
    let is_plain = text.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'#' | b'@' | b'\\'))
        && !authority.contains('?')
        && !authority.ends_with(':')
        && url.port() != Some(0);
    let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
    let is_here = reach == Reach::Loopback && literal.is_some_and(|literal| literal.is_loopback());
    (is_plain && (scheme == "https" && is_name(host) || is_here)).then_some(url)
}

/// Whether this is a name that the Internet may know: at least two labels, the last one of letters.
fn is_name(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_inside = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        !label.is_empty() && is_inside && !label.starts_with('-') && !label.ends_with('-')
    };
    host.rsplit_once('.').is_some_and(|(rest, top)| {
        top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic()) && rest.split('.').all(is_label)
    })
}

/// A message as it is handed over.
pub(super) struct Letter<'a> {
    /// What it is known by, the same at each attempt.
    pub id: String,
    pub url: &'a str,
    pub secret: &'a str,
    pub body: String,
}

/// What became of an attempt: the status of the answer, and why it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heard {
    pub status: Option<u16>,
    pub fault: Option<DeliveryFault>,
}

impl Heard {
    fn fault(fault: DeliveryFault) -> Self {
        Self { status: None, fault: Some(fault) }
    }

    fn answer(status: u16) -> Self {
        let fault = match status {
            200..=299 => None,
            410 => Some(DeliveryFault::Gone),
            _ => Some(DeliveryFault::Answer),
        };
        Self { status: Some(status), fault }
    }
}

/// The signature of a body that is sent at an instant.
///
/// # Errors
/// The secret is none of ours.
pub(super) fn signature(secret: &str, id: &str, at: i64, body: &str) -> Result<String> {
    let bytes = secret.strip_prefix(SECRET_PREFIX).and_then(|text| STANDARD.decode(text).ok());
    let bytes = bytes.ok_or_else(|| Error::Internal("a webhook's secret can't be read".to_owned()))?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
    let tag = hmac::sign(&key, format!("{id}.{at}.{body}").as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(tag)))
}

/// Makes one attempt: to the address that the name means now, looked at before anything is sent there.
///
/// # Errors
/// A fault of ours; what the other side does is told in what is heard.
pub(super) fn send(reach: Reach, letter: &Letter<'_>, now: DateTime<Utc>) -> Result<Heard> {
    let Some(url) = url(reach, letter.url) else { return Ok(Heard::fault(DeliveryFault::Inside)) };
    let addresses = match addresses(reach, &url) {
        Ok(addresses) => addresses,
        Err(fault) => return Ok(Heard::fault(fault)),
    };
    let signature = signature(letter.secret, &letter.id, now.timestamp(), &letter.body)?;
    let failed = |e: &dyn std::fmt::Display| Error::Internal(format!("a message can't be sent: {e}"));
    // Pinned to what was looked at: asked again, the name could mean something else.
    let client = Client::builder()
        .resolve_to_addrs(url.host_str().unwrap_or_default(), &addresses)
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .no_proxy()
        .user_agent(concat!("dondoc/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|e| failed(&e))?;
    let request = client
        .post(url)
        .header("content-type", "application/json")
        .header("webhook-id", &letter.id)
        .header("webhook-timestamp", now.timestamp().to_string())
        .header("webhook-signature", signature)
        .body(letter.body.clone());
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| failed(&e))?;
    Ok(match runtime.block_on(async { request.send().await }) {
        Ok(answer) => Heard::answer(answer.status().as_u16()),
        Err(error) if error.is_timeout() => Heard::fault(DeliveryFault::Timeout),
        Err(_) => Heard::fault(DeliveryFault::Unreachable),
    })
}

/// The addresses that the host's name means now; all of them may be asked, or none is.
fn addresses(reach: Reach, url: &Url) -> std::result::Result<Vec<SocketAddr>, DeliveryFault> {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let port = url.port_or_known_default().unwrap_or(443);
    let found = (host, port).to_socket_addrs().map_err(|_| DeliveryFault::Unresolved)?;
    let found: Vec<SocketAddr> = found.collect();
    if found.is_empty() {
        return Err(DeliveryFault::Unresolved);
    }
    if found.iter().any(|address| !reach.covers(address.ip())) {
        return Err(DeliveryFault::Inside);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_outside_are_told() {
        for good in ["https://a.example/x?y=1", "https://A-b.c.example", "https://a.example:8443"] {
            assert!(url(Reach::Internet, good).is_some(), "{good}");
        }
        for bad in [
            "",
            "a.example",
            "http://a.example/",
            "ftp://a.example/",
            "https://",
            "https://localhost/",
            "https://intranet/",
            "https://u:p@a.example/",
            "https://u@a.example/",
            "https://a.example/#x",
            "https://127.0.0.1/",
            "https://1.1.1.1/",
            "https://a_b.example/",
            "https://-a.example/",
            "https://a.example./",
            "https://a.example:0/",
            "https://a.example:/",
            "https:a.example",
            "https://a.example/ x",
            "https://a.example/é",
            "https://a.example?x",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "http://127.0.0.1:1/",
        ] {
            assert!(url(Reach::Internet, bad).is_none(), "{bad}");
        }
        assert!(url(Reach::Loopback, "http://127.0.0.1:1/").is_some());
        assert!(url(Reach::Loopback, "http://10.0.0.1:1/").is_none());
        assert!(url(Reach::Loopback, "http://a.example/").is_none());
    }

    /// The example of the Standard Webhooks' own libraries.
    #[test]
    fn a_message_is_signed_as_the_standard_says() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed =
            signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert!(signature("x", "", 0, "").is_err());
    }

    #[test]
    fn a_name_that_means_this_machine_is_not_asked() {
        let letter = |url| Letter {
            id: "msg_1".to_owned(),
            url,
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            body: "{}".to_owned(),
        };
        let now = DateTime::from_timestamp(0, 0).unwrap();
        for (url, fault) in [
            ("https://127.0.0.1/", DeliveryFault::Inside),
            ("http://a.example/", DeliveryFault::Inside),
            ("https://nobody.invalid/", DeliveryFault::Unresolved),
        ] {
            let heard = send(Reach::Internet, &letter(url), now).unwrap();
            assert_eq!(heard, Heard::fault(fault), "{url}");
        }
        // What a name means is looked at, not what it is called.
        let url = Url::parse("https://localhost:1/").unwrap();
        assert_eq!(addresses(Reach::Internet, &url), Err(DeliveryFault::Inside));
    }
}
