//! The way to a provider and back, as a browser keeps it meanwhile: sealed, so that only this service reads or makes
//! it, and for ten minutes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::auth::factor::Seeds;
use crate::error::{Error, Result};

const PURPOSE: &[u8] = b"sso flow";

/// How long somebody may be at the provider.
const MINUTES: i64 = 10;

/// A way that was begun.
#[derive(Serialize, Deserialize)]
pub struct Flow {
    pub(super) tenant: Uuid,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    /// Whether the provider was told to ask again who they are.
    pub(super) is_anew: bool,
    /// Where to go afterwards.
    pub next: Option<String>,
    until: DateTime<Utc>,
}

/// What a way is begun with.
pub(super) struct Begun {
    pub tenant: Uuid,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
    pub is_anew: bool,
    pub next: Option<String>,
}

impl Flow {
    pub(super) fn new(begun: Begun, now: DateTime<Utc>) -> Self {
        let Begun { tenant, state, nonce, verifier, is_anew, next } = begun;
        Self { tenant, state, nonce, verifier, is_anew, next, until: now + TimeDelta::minutes(MINUTES) }
    }

    /// The cookie's value.
    ///
    /// # Errors
    /// It can't be sealed.
    pub fn to_cookie(&self, seeds: &Seeds) -> Result<String> {
        let text = serde_json::to_string(self).map_err(|e| Error::Internal(format!("a way: {e}")))?;
        Ok(URL_SAFE_NO_PAD.encode(seeds.seal_text(PURPOSE, &text)?))
    }

    /// Reads a cookie's value; `None` when it is none of ours, too old, or of another state than the provider brings
    /// back.
    pub fn read(seeds: &Seeds, value: &str, state: &str, now: DateTime<Utc>) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let flow: Self = serde_json::from_str(&seeds.open_text(PURPOSE, &sealed)?).ok()?;
        (now < flow.until && flow.state == state).then_some(flow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_in_its_time_with_its_state_by_its_maker() {
        let seeds = Seeds::of(&[1; 32], &[2; 32]).unwrap();
        let now: DateTime<Utc> = "2024-11-29T02:00:00Z".parse().unwrap();
        let begun = Begun {
            tenant: Uuid::from_u128(1),
            state: "s".into(),
            nonce: "n".into(),
            verifier: "v".into(),
            is_anew: false,
            next: Some("/tasks".into()),
        };
        let cookie = Flow::new(begun, now).to_cookie(&seeds).unwrap();
        assert!(!cookie.contains("tasks"));
        let read = |seeds: &Seeds, state, minutes| {
            Flow::read(seeds, &cookie, state, now + TimeDelta::minutes(minutes)).is_some()
        };
        assert!(read(&seeds, "s", 9));
        assert!(!read(&seeds, "s", 10) && !read(&seeds, "t", 0));
        assert!(!read(&Seeds::of(&[3; 32], &[2; 32]).unwrap(), "s", 0));
    }
}
