//! The limits of a process: requests of an API client, and what strangers send to the open routes.

use std::net::IpAddr;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::rate::{Buckets, Left, WINDOW};

/// Requests a minute to the API of one person.
const API_QUOTA: u32 = 600;

/// Passwords, codes and links a minute from one address.
const OPEN_QUOTA: u32 = 20;

/// The headers that tell a client of its quota.
pub(super) const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
pub(super) const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// The buckets.
#[derive(Default)]
pub(super) struct Limits {
    api: Buckets<Uuid>,
    open: Buckets<IpAddr>,
}

impl Limits {
    /// Takes a request to the API; `holder` is the person, or the session of a browser.
    ///
    /// # Errors
    /// So many seconds to wait.
    pub fn api(&self, holder: Uuid, now: DateTime<Utc>) -> Result<Left, u64> {
        self.api.take(holder, API_QUOTA, now)
    }

    /// Takes something that a stranger sends.
    ///
    /// # Errors
    /// So many seconds to wait.
    pub fn open(&self, from: IpAddr, now: DateTime<Utc>) -> Result<Left, u64> {
        self.open.take(from, OPEN_QUOTA, now)
    }
}

/// Says in an API answer what is left (draft-ietf-httpapi-ratelimit-headers-08).
pub(super) fn tell(headers: &mut HeaderMap, left: Left) {
    let Left { quota, requests, seconds } = left;
    for (name, value) in [
        (POLICY, format!("\"api\";q={quota};w={WINDOW}")),
        (LEFT, format!("\"api\";r={requests};t={seconds}")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}
