//! What a page handler knows of its request beside the caller: the address, and the language to answer in.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT_LANGUAGE, HOST};
use actix_web::{FromRequest, HttpRequest, web};

use super::cookie;
use super::service::Service;
use crate::auth::Credential;
use crate::domain::lang::Lang;
use crate::params::Params;

/// Keeps the language that a reader chose on this device.
pub const LANGUAGE_COOKIE: &str = "dondoc-lang";

/// A visit of a page.
#[derive(Clone)]
pub struct Visit {
    /// The language chosen on this device.
    pub chosen: Option<Lang>,
    /// Path and query, to come back to.
    pub address: String,
    /// The session that the browser shows, whether it holds or not.
    pub shown: Option<Credential>,
    /// What the handlers share.
    pub service: web::Data<Service>,
    /// The host that the browser asked for, as it said it.
    pub host: String,
    query: String,
}

impl Visit {
    /// The query of the address.
    pub fn params(&self) -> Params {
        Params::parse(&self.query)
    }

    /// The language before anybody is known.
    pub fn lang(&self) -> Lang {
        self.chosen.unwrap_or_default()
    }

    /// The language of a signed-in reader: what was chosen here goes before what their account says.
    pub fn lang_of(&self, reader: Lang) -> Lang {
        self.chosen.unwrap_or(reader)
    }
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let service = req.app_data::<web::Data<Service>>().cloned();
        ready(service.ok_or_else(|| actix_web::error::ErrorInternalServerError("no service")).map(
            |service| {
                Self {
                    shown: req
                        .cookie(cookie::name(&service.public_url))
                        .and_then(|cookie| Credential::from_cookie(cookie.value())),
                    chosen: chosen_language(req),
                    address: req.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned(),
                    service,
                    host: asked_host(req),
                    query: req.query_string().to_owned(),
                }
            },
        ))
    }
}

/// The host of a request. What a proxy adds in other headers anybody could add, so that none is read.
fn asked_host(req: &HttpRequest) -> String {
    let said = req.headers().get(HOST).and_then(|value| value.to_str().ok());
    said.or(req.uri().host()).unwrap_or_default().to_owned()
}

/// The language chosen on this device.
pub(super) fn chosen_language(req: &HttpRequest) -> Option<Lang> {
    req.cookie(LANGUAGE_COOKIE).and_then(|cookie| Lang::from_code(cookie.value()))
}

/// The language an API client asks for: Vietnamese unless English is preferred.
pub fn accepted_language(req: &HttpRequest) -> Lang {
    let header = req.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let first = header.split([',', ';']).next().unwrap_or("").trim();
    let primary = first.split('-').next().unwrap_or("").to_ascii_lowercase();
    Lang::from_code(&primary).unwrap_or_default()
}

/// Whether an `If-None-Match` names this tag; weak ones do too (RFC 9110 §13.1.2).
pub fn is_known_tag(known: &str, etag: &str) -> bool {
    known.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// Whether this is a path of ours to go on to, never another site's (`//evil`, `/\evil`).
pub fn is_local_path(path: &str) -> bool {
    let rest = path.strip_prefix('/');
    rest.is_some_and(|rest| !rest.starts_with(['/', '\\']))
        && path.len() <= 2_000
        && !path.contains('\\')
        && path.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_paths_are_gone_on_to() {
        for good in ["/", "/tasks?unit=KTS%26XHS&as_of=2024-11-29", "/tasks/1#why"] {
            assert!(is_local_path(good), "{good}");
        }
        for bad in [
            "",
            "//evil.example",
            "/\\evil",
            "https://evil.example",
            "tasks",
            "/a\r\nb",
            "/\t/evil",
            "/%0a\\",
        ] {
            assert!(!is_local_path(bad), "{bad}");
        }
    }
}
