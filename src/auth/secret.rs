//! Secrets of ours: 256 random bits, handed out once, kept as their SHA-256.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::{Error, Result};

/// How long a secret is.
const LENGTH: usize = 32;

/// 256 random bits.
#[derive(Clone)]
pub(super) struct Secret([u8; LENGTH]);

impl Secret {
    /// Fresh ones from the system.
    pub fn generate() -> Result<Self> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes)
            .map_err(|e| Error::Internal(format!("the system gives no randomness: {e}")))?;
        Ok(Self(bytes))
    }

    /// The one that follows from this one, for whoever has the key.
    pub fn derived(&self, key: &hmac::Key) -> Result<Self> {
        Self::keyed(key, &self.0)
    }

    /// The one that follows from something that is no secret.
    pub fn keyed(key: &hmac::Key, of: &[u8]) -> Result<Self> {
        let bytes = hmac::sign(key, of).as_ref().try_into();
        bytes.map(Self).map_err(|_| Error::Internal("an HMAC is not as long as a secret".to_owned()))
    }

    /// What is kept of it.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }

    /// Whether this is what was kept, in a time that does not depend on how much of it is.
    pub fn matches(&self, kept: &[u8]) -> bool {
        let hash = self.hash();
        hash.len() == kept.len() && hash.iter().zip(kept).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }
}

/// A secret with the row it opens, as one URL-safe text: the tenant, the row, the secret.
#[derive(Clone)]
pub(super) struct Key {
    pub tenant: Uuid,
    pub row: Uuid,
    pub secret: Secret,
}

impl Key {
    pub fn to_text(&self) -> String {
        let mut bytes = Vec::with_capacity(64);
        bytes.extend_from_slice(self.tenant.as_bytes());
        bytes.extend_from_slice(self.row.as_bytes());
        bytes.extend_from_slice(&self.secret.0);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// `None` for whatever [`Key::to_text`] did not make.
    pub fn parse(text: &str) -> Option<Self> {
        // Before decoding: a text of any length may come from anywhere.
        if text.len() != 86 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (tenant, rest) = bytes.split_first_chunk::<16>()?;
        let (row, secret) = rest.split_first_chunk::<16>()?;
        Some(Self {
            tenant: Uuid::from_bytes(*tenant),
            row: Uuid::from_bytes(*row),
            secret: Secret(secret.try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_text_and_nothing_else_is_one() {
        let key =
            Key { tenant: Uuid::from_u128(1), row: Uuid::from_u128(2), secret: Secret::generate().unwrap() };
        let text = key.to_text();
        let read = Key::parse(&text).unwrap();
        assert_eq!((read.tenant, read.row), (key.tenant, key.row));
        assert!(read.secret.matches(&key.secret.hash()));
        assert!(!Secret::generate().unwrap().matches(&key.secret.hash()));
        assert!(!read.secret.matches(&key.secret.hash()[..31]));
        for wrong in ["", "x", &text[1..], &text.replace(&text[3..4], "="), &format!("{text}A")] {
            assert!(Key::parse(wrong).is_none(), "{wrong}");
        }
    }
}
