//! What a request shows to be let in: a browser's cookie, an API client's token or an API key. Each names a tenant and a
//! session or key and brings its secret; only the database knows whether they are true.

use uuid::Uuid;

use super::api_key;
use super::secret::Key;
use super::sign_in::SessionKind;
use crate::db::Claim;
use crate::ids::TenantId;

/// What is claimed to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// A session.
    Session(SessionKind),
    /// An API key.
    ApiKey,
}

/// A session or an API key as a request claims it.
#[derive(Clone)]
pub struct Credential {
    pub(super) key: Key,
    pub(super) way: Way,
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

    /// Reads what is sent as an API key; `None` when it is none of ours.
    pub fn from_api_key(sent: &str) -> Option<Self> {
        let key = sent.strip_prefix(api_key::PREFIX).and_then(Key::parse)?;
        Some(Self { holder: key.row, key, way: Way::ApiKey })
    }

    pub(super) fn browser(key: Key) -> Self {
        Self { holder: key.row, key, way: Way::Session(SessionKind::Browser) }
    }

    pub(super) fn from_token(jti: &str, person: Uuid) -> Option<Self> {
        Key::parse(jti).map(|key| Self { key, way: Way::Session(SessionKind::Api), holder: person })
    }

    /// The tenant it claims.
    pub fn tenant(&self) -> Uuid {
        self.key.tenant
    }

    /// Whose requests are counted together: the person of a token, the session of a cookie, an API key.
    pub fn holder(&self) -> Uuid {
        self.holder
    }

    /// The tenant it claims; row-level security then shows that tenant's sessions only.
    pub(super) fn claim(&self) -> Claim {
        Claim::of(TenantId::from_uuid(self.key.tenant))
    }
}
