//! The limits of a process: requests of an API client, and what strangers send to the open routes.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{PoisonError, RwLock};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::rate::{Buckets, Left, WINDOW};
use crate::auth::Credential;

/// Requests a minute to the API of one person or API key, where the operator says nothing else of their tenant.
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
    /// The tenants' own numbers, as far as somebody of theirs has been let in.
    quotas: RwLock<HashMap<Uuid, u32>>,
    open: Buckets<IpAddr>,
}

impl Limits {
    /// Takes a request to the API from the person of a token, the session of a cookie, or an API key.
    ///
    /// # Errors
    /// So many seconds to wait.
    pub fn api(&self, credential: &Credential, now: DateTime<Utc>) -> Result<Left, u64> {
        let quotas = self.quotas.read().unwrap_or_else(PoisonError::into_inner);
        let quota = quotas.get(&credential.tenant()).copied().unwrap_or(API_QUOTA);
        self.api.take(credential.holder(), quota, now)
    }

    /// Notes a tenant's own number, which every request reads with its session: it holds from the next one on.
    pub fn note(&self, tenant: Uuid, quota: Option<u32>) {
        let known = self.quotas.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).copied();
        if known == quota {
            return;
        }
        let mut quotas = self.quotas.write().unwrap_or_else(PoisonError::into_inner);
        match quota {
            Some(quota) => quotas.insert(tenant, quota),
            None => quotas.remove(&tenant),
        };
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
