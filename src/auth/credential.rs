//! What a request shows to be let in: a browser's cookie or an API client's token. Both name a tenant and a session
//! and bring the session's secret; only the database knows whether they are true.

use super::secret::Key;
use super::sign_in::SessionKind;
use crate::db::Claim;
use crate::ids::TenantId;

/// A session as a request claims it.
#[derive(Clone)]
pub struct Credential {
    pub(super) key: Key,
    pub(super) kind: SessionKind,
}

impl Credential {
    /// Reads a cookie's value; `None` when it is none of ours.
    pub fn from_cookie(value: &str) -> Option<Self> {
        Key::parse(value).map(|key| Self { key, kind: SessionKind::Browser })
    }

    /// The cookie's value.
    pub fn to_cookie(&self) -> String {
        self.key.to_text()
    }

    pub(super) fn from_token(jti: &str) -> Option<Self> {
        Key::parse(jti).map(|key| Self { key, kind: SessionKind::Api })
    }

    /// The tenant it claims; row-level security then shows that tenant's sessions only.
    pub(super) fn claim(&self) -> Claim {
        Claim::of(TenantId::from_uuid(self.key.tenant))
    }
}
