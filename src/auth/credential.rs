//! What a request shows to be let in: a browser's cookie or an API client's token. Both name a tenant and a session
//! and bring the session's secret; only the database knows whether they are true.

use uuid::Uuid;

use super::secret::Key;
use super::sign_in::SessionKind;
use crate::db::Claim;
use crate::ids::TenantId;

/// A session as a request claims it.
#[derive(Clone)]
pub struct Credential {
    pub(super) key: Key,
    pub(super) kind: SessionKind,
    pub(super) holder: Uuid,
}

impl Credential {
    /// Reads a cookie's value; `None` when it is none of ours.
    pub fn from_cookie(value: &str) -> Option<Self> {
        Key::parse(value).map(Self::browser)
    }

    /// The cookie's value.
    pub fn to_cookie(&self) -> String {
        self.key.to_text()
    }

    pub(super) fn browser(key: Key) -> Self {
        Self { holder: key.row, key, kind: SessionKind::Browser }
    }

    pub(super) fn from_token(jti: &str, person: Uuid) -> Option<Self> {
        Key::parse(jti).map(|key| Self { key, kind: SessionKind::Api, holder: person })
    }

    /// Whose requests are counted together: the person of a token, the session of a cookie.
    pub fn holder(&self) -> Uuid {
        self.holder
    }

    /// The tenant it claims; row-level security then shows that tenant's sessions only.
    pub(super) fn claim(&self) -> Claim {
        Claim::of(TenantId::from_uuid(self.key.tenant))
    }
}
