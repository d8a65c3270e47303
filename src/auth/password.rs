//! Passwords: their rule, their hash (argon2id), and as much time for a person who does not exist.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;

use crate::domain::password::{self, Fault, LEAST_ALONE, LEAST_WITH_FACTOR, Surroundings};
use crate::error::{Denial, Error, Result};

/// The most bytes; far beyond any sentence, and a limit to what a stranger can make us hash.
pub const MOST_BYTES: usize = 1024;

/// A password that somebody may choose. Compared in Unicode's composed form (NFC), so that "ế" is the same however
/// a keyboard sends it; nothing is trimmed or folded.
pub struct NewPassword(String);

impl NewPassword {
    /// Checks what was typed, as far as it can be without knowing whose it will be.
    ///
    /// # Errors
    /// Too short for anybody, or too long.
    pub fn parse(typed: &str) -> Result<Self> {
        let composed: String = typed.nfc().collect();
        if composed.chars().count() < LEAST_WITH_FACTOR || typed.len() > MOST_BYTES {
            return Err(Denial::PasswordForm { least: LEAST_ALONE, most: MOST_BYTES }.into());
        }
        Ok(Self(composed))
    }

    /// Checks whether this person may have it.
    ///
    /// # Errors
    /// Too short for somebody without a second factor; easy to guess.
    pub(super) fn fit(&self, person: &Surroundings) -> Result<()> {
        match password::fault(&self.0, person) {
            None => Ok(()),
            Some(Fault::TooShort(least)) => Err(Denial::PasswordForm { least, most: MOST_BYTES }.into()),
            Some(Fault::Common) => Err(Denial::PasswordCommon.into()),
        }
    }

    /// Its hash; takes about 50 ms and 46 MiB.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn hash(&self) -> Result<String> {
        let hash: PasswordHash = hasher()?
            .hash_password(self.0.as_bytes())
            .map_err(|e| Error::Internal(format!("a password can't be hashed: {e}")))?;
        Ok(hash.to_string())
    }
}

/// ASVS 5.0 appendix C: t = 1, m = 47,104 KiB, p = 1.
fn hasher() -> Result<Argon2<'static>> {
    let params =
        Params::new(47_104, 1, 1, None).map_err(|e| Error::Internal(format!("argon2's parameters: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A hash of nobody's password, with the same parameters: somebody who does not exist takes as long.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$ZG9uZG9jLW5vYm9keS0wMQ$q0/n4zgPx4S5Y3G0d2oOwv3zB2gYb4tP8bqKq1h1rJw";

/// Whether the password is the one whose hash is kept; with nothing kept it takes as long and is not.
pub(super) fn verify(typed: &str, kept: Option<&str>) -> Result<bool> {
    if typed.len() > MOST_BYTES {
        return Ok(false);
    }
    let composed: String = typed.nfc().collect();
    let hash = PasswordHash::new(kept.unwrap_or(NOBODY))
        .map_err(|e| Error::Internal(format!("a kept password can't be read: {e}")))?;
    let matches = hasher()?.verify_password(composed.as_bytes(), &hash).is_ok();
    Ok(matches && kept.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_however_its_accents_are_sent() {
        let hash = NewPassword::parse("Giao ban tháng mười một").unwrap().hash().unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"));
        let decomposed: String = "Giao ban tháng mười một".nfd().collect();
        assert!(verify(&decomposed, Some(&hash)).unwrap());
        for wrong in ["giao ban tháng mười một", "Giao ban tháng mười một ", ""] {
            assert!(!verify(wrong, Some(&hash)).unwrap(), "{wrong}");
        }
        assert!(!verify("Giao ban tháng mười một", None).unwrap());
    }

    #[test]
    fn length_is_counted_in_characters_and_limited_in_bytes() {
        assert!(NewPassword::parse(&"ế".repeat(11)).is_err());
        assert!(NewPassword::parse(&"ế".repeat(12)).is_ok());
        assert!(NewPassword::parse(&"a".repeat(1024)).is_ok());
        assert!(NewPassword::parse(&"a".repeat(1025)).is_err());
        assert!(!verify(&"a".repeat(1_000_000), Some(NOBODY)).unwrap());
    }
}
