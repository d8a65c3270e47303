//! How a provider is asked: at its issuer's own scheme, host and port alone, without following redirects, for so long
//! and so much. An administrator names the issuer; what its documents name beyond is not fetched.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::url::{Origin, Url};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::redirect::Policy;

use crate::error::{Error, Result};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer: a set of keys is some kilobytes.
const LONGEST: usize = 256 * 1024;

/// Why a provider was not heard.
#[derive(Debug, thiserror::Error)]
pub(super) enum WebFault {
    #[error("an address outside the issuer's host was named")]
    Elsewhere,
    #[error("the answer is too long")]
    TooLong,
    #[error("{0}")]
    Failed(#[from] reqwest::Error),
    #[error("{0}")]
    Answer(#[from] http::Error),
}

/// A client of one issuer.
pub(super) struct Web {
    client: reqwest::Client,
    origin: Origin,
}

/// What every [`Web`] shares. Connections are not kept: a sign-in is rare.
pub(super) fn client() -> Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .pool_max_idle_per_host(0)
        .no_proxy()
        .build()
        .map_err(|e| Error::Internal(format!("providers can't be asked: {e}")))
}

impl Web {
    pub fn new(client: reqwest::Client, issuer: &Url) -> Self {
        Self { client, origin: issuer.origin() }
    }

    async fn send(&self, request: HttpRequest) -> std::result::Result<HttpResponse, WebFault> {
        let request = reqwest::Request::try_from(request)?;
        if request.url().origin() != self.origin {
            return Err(WebFault::Elsewhere);
        }
        let mut heard = self.client.execute(request).await?;
        let mut answer = http::Response::builder().status(heard.status());
        for (name, value) in heard.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(part) = heard.chunk().await? {
            body.extend_from_slice(&part);
            if body.len() > LONGEST {
                return Err(WebFault::TooLong);
            }
        }
        Ok(answer.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Web {
    type Error = WebFault;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<HttpResponse, WebFault>> + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// The address of an issuer: https, or http on the machine itself, with nothing but a path behind the host.
pub(super) fn issuer(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok().filter(|_| text.len() <= 500)?;
    let is_bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let is_loopback = match url.host()? {
        openidconnect::url::Host::Domain(name) => name == "localhost",
        openidconnect::url::Host::Ipv4(address) => address.is_loopback(),
        openidconnect::url::Host::Ipv6(address) => address.is_loopback(),
    };
    let is_safe = url.scheme() == "https" || url.scheme() == "http" && is_loopback;
    (is_bare && is_safe).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_reached_by_https_or_on_the_machine_itself() {
        for good in
            ["https://dangnhap.example", "https://a.example/realms/bo", "http://127.0.0.1:9", "http://[::1]"]
        {
            assert!(issuer(good).is_some(), "{good}");
        }
        for bad in [
            "http://a.example",
            "https://u:p@a.example",
            "https://a.example?x=1",
            "https://a.example#x",
            "file:///etc/passwd",
            "a.example",
            "http://127.0.0.1.evil.example",
        ] {
            assert!(issuer(bad).is_none(), "{bad}");
        }
    }
}
