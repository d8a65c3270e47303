//! The secrets of second factors: seeds sealed under a key that is not in the database, the codes they give, recovery
//! codes.
//!
//! A code holds for 30 seconds and is taken one period early or late (RFC 6238 §5.2 allows one for the transmission;
//! the early one, for phones whose clock runs fast, is ours). SHA-1 and six digits: what every authenticator knows.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hmac;
use chrono::{DateTime, Utc};
use totp_rs::{Algorithm, Builder, Secret as TotpSecret, Totp};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::keys::Keys;

/// 160 bits (RFC 4226 §4).
const SEED_BYTES: usize = 20;

/// How long a code holds, in seconds.
const PERIOD: u64 = 30;

/// So many recovery codes a person has.
pub(super) const RECOVERY_CODES: usize = 10;

/// Letters of a recovery code: five bits each, none to be taken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// How many letters a recovery code has.
const RECOVERY_LETTERS: usize = 10;

/// The keys of second factors, and of whatever else is kept sealed.
pub struct Seeds {
    sealing: RandomizedNonceKey,
    recovery: hmac::Key,
}

/// Whose a secret is: what is sealed for one person opens for no other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    pub tenant: Uuid,
    pub person: Uuid,
}

impl Owner {
    fn bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let (tenant, person) = bytes.split_at_mut(16);
        tenant.copy_from_slice(self.tenant.as_bytes());
        person.copy_from_slice(self.person.as_bytes());
        bytes
    }
}

/// A seed in the clear.
pub(super) struct Seed([u8; SEED_BYTES]);

/// What was typed as a code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// Six digits of an authenticator.
    Totp(String),
    /// A recovery code, without its hyphen.
    Recovery(String),
}

impl Code {
    /// Reads it; blanks and hyphens don't count. `None` when it is neither kind.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(32).collect();
        let typed = typed.to_ascii_lowercase();
        if typed.len() == 6 && typed.bytes().all(|b| b.is_ascii_digit()) {
            return Some(Self::Totp(typed));
        }
        let is_recovery = typed.len() == RECOVERY_LETTERS && typed.bytes().all(|b| LETTERS.contains(&b));
        is_recovery.then_some(Self::Recovery(typed))
    }
}

impl Seeds {
    /// Derives the keys from the installation's secret.
    ///
    /// # Errors
    /// The library refuses the key.
    pub fn new(keys: &Keys) -> Result<Self> {
        Self::of(&keys.derive("totp seeds"), &keys.derive("recovery codes"))
    }

    /// Works with these keys.
    ///
    /// # Errors
    /// The library refuses the key.
    pub fn of(sealing: &[u8; 32], recovery: &[u8; 32]) -> Result<Self> {
        let sealing = RandomizedNonceKey::new(&AES_256_GCM, sealing)
            .map_err(|_| Error::Internal("the key of the seeds can't be used".to_owned()))?;
        Ok(Self { sealing, recovery: hmac::Key::new(hmac::HMAC_SHA256, recovery) })
    }

    /// A seed as it is stored: nonce, seed and tag.
    pub(super) fn seal(&self, owner: Owner, seed: &Seed) -> Result<Vec<u8>> {
        let mut sealed = seed.0.to_vec();
        let nonce = self
            .sealing
            .seal_in_place_append_tag(Aad::from(owner.bytes()), &mut sealed)
            .map_err(|_| Error::Internal("a seed can't be sealed".to_owned()))?;
        Ok([nonce.as_ref().as_slice(), &sealed].concat())
    }

    /// The seed that was stored for this owner.
    pub(super) fn open(&self, owner: Owner, stored: &[u8]) -> Result<Seed> {
        let fault =
            || Error::Internal("a seed does not open: another key file, or another person's".to_owned());
        let (nonce, sealed) = stored.split_first_chunk::<NONCE_LEN>().ok_or_else(fault)?;
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let seed =
            self.sealing.open_in_place(nonce, Aad::from(owner.bytes()), &mut sealed).map_err(|_| fault())?;
        Ok(Seed(<[u8; SEED_BYTES]>::try_from(&*seed).map_err(|_| fault())?))
    }

    /// A text as it is kept for one purpose: nonce, text and tag. It opens for the same purpose alone.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn seal_text(&self, purpose: &[u8], text: &str) -> Result<Vec<u8>> {
        let mut sealed = text.as_bytes().to_vec();
        let nonce = self
            .sealing
            .seal_in_place_append_tag(Aad::from(purpose), &mut sealed)
            .map_err(|_| Error::Internal("a text can't be sealed".to_owned()))?;
        Ok([nonce.as_ref().as_slice(), &sealed].concat())
    }

    /// The text that was sealed for this purpose; `None` for anything else.
    pub fn open_text(&self, purpose: &[u8], stored: &[u8]) -> Option<String> {
        let (nonce, sealed) = stored.split_first_chunk::<NONCE_LEN>()?;
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let text = self.sealing.open_in_place(nonce, Aad::from(purpose), &mut sealed).ok()?;
        String::from_utf8(text.to_vec()).ok()
    }

    /// What is kept of a recovery code.
    pub(super) fn recovery_hmac(&self, owner: Owner, code: &str) -> Vec<u8> {
        hmac::sign(&self.recovery, &[&owner.bytes(), code.as_bytes()].concat()).as_ref().to_vec()
    }
}

impl Seed {
    /// A fresh one.
    pub fn generate() -> Result<Self> {
        random().map(Self)
    }

    fn totp(&self, account: &str) -> Result<Totp> {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(PERIOD)
            .with_skew(1)
            .with_secret(TotpSecret::new_stack(self.0))
            .with_issuer(Some("Đôn đốc"))
            .with_account_name(account)
            .build()
            .map_err(|e| Error::Internal(format!("a second factor can't be made: {e}")))
    }

    /// The time step at which these digits are right now, if at any.
    pub fn step_of(&self, digits: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let step = self.totp("x")?.check(digits, seconds);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    /// The address that an authenticator reads from the picture.
    pub fn address(&self, account: &str) -> Result<String> {
        // A colon would end the account's name there.
        self.totp(&account.replace(':', "."))?
            .to_url()
            .map_err(|e| Error::Internal(format!("a second factor has no address: {e}")))
    }

    /// The seed as it is typed by hand, in groups of four.
    pub fn text(&self) -> String {
        let text = TotpSecret::new_stack(self.0).to_base32();
        let letters: Vec<char> = text.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

/// Ten fresh recovery codes of 50 bits, as they are shown: `abcde-fghij`.
pub(super) fn recovery_codes() -> Result<Vec<String>> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let bytes = random::<RECOVERY_LETTERS>()?;
            let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied().map_or('x', char::from);
            let letters: String = bytes.iter().map(letter).collect();
            let (left, right) = letters.split_at(RECOVERY_LETTERS / 2);
            Ok(format!("{left}-{right}"))
        })
        .collect()
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|e| Error::Internal(format!("the system gives no randomness: {e}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(person: u128) -> Owner {
        Owner { tenant: Uuid::from_u128(1), person: Uuid::from_u128(person) }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn a_sealed_seed_opens_for_its_owner_and_key_alone() {
        let seeds = Seeds::of(&[1; 32], &[2; 32]).unwrap();
        let seed = Seed(*b"12345678901234567890");
        let stored = seeds.seal(owner(7), &seed).unwrap();
        assert_eq!(stored.len(), 48);
        assert_ne!(stored, seeds.seal(owner(7), &seed).unwrap());
        assert!(!stored.windows(4).any(|part| part == b"1234"));
        assert_eq!(seeds.open(owner(7), &stored).unwrap().0, seed.0);
        assert!(seeds.open(owner(8), &stored).is_err());
        assert!(Seeds::of(&[3; 32], &[2; 32]).unwrap().open(owner(7), &stored).is_err());
        assert!(seeds.open(owner(7), &stored[..47]).is_err() && seeds.open(owner(7), b"").is_err());
    }

    #[test]
    fn a_sealed_text_opens_for_its_purpose_alone() {
        let seeds = Seeds::of(&[1; 32], &[2; 32]).unwrap();
        let stored = seeds.seal_text(b"a", "bí mật").unwrap();
        assert_eq!(seeds.open_text(b"a", &stored).as_deref(), Some("bí mật"));
        assert_eq!(seeds.open_text(b"b", &stored), None);
        assert_eq!(seeds.open_text(b"a", &stored[1..]), None);
        assert_eq!(seeds.open_text(b"a", b"short"), None);
    }

    /// The test values of RFC 6238, appendix B, by their last six digits.
    #[test]
    fn codes_are_those_of_the_standard_one_period_early_or_late() {
        let seed = Seed(*b"12345678901234567890");
        for (seconds, digits) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let step = seconds / 30;
            for off in [-30, 0, 30] {
                assert_eq!(seed.step_of(digits, at(seconds + off)).unwrap(), Some(step), "{seconds} {off}");
            }
            assert_eq!(seed.step_of(digits, at(seconds + 60)).unwrap(), None);
        }
        assert_eq!(seed.step_of("081804", at(1_111_111_109 - 60)).unwrap(), None);
        assert_eq!(seed.text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let address = seed.address("a:b@c.example").unwrap();
        assert!(address.starts_with("otpauth://totp/") && !address.contains("digits"), "{address}");
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        assert_eq!(Code::parse(" 123 456 "), Some(Code::Totp("123456".to_owned())));
        assert_eq!(Code::parse("ABCDE-fghij"), Some(Code::Recovery("abcdefghij".to_owned())));
        for wrong in ["", "12345", "1234567", "١٢٣٤٥٦", "abcde-fghi1", &"1".repeat(5_000)] {
            assert_eq!(Code::parse(wrong), None, "{wrong}");
        }
        let codes = recovery_codes().unwrap();
        let distinct: std::collections::HashSet<_> = codes.iter().collect();
        assert_eq!((codes.len(), distinct.len()), (10, 10));
        assert!(codes.iter().all(|code| matches!(Code::parse(code), Some(Code::Recovery(_)))));
        assert!(codes.iter().all(|code| code.find('-') == Some(RECOVERY_LETTERS / 2)), "{codes:?}");
        // Every letter is drawn: of 3,000 draws none stays out but once in ten to the fortieth.
        let drawn: std::collections::HashSet<char> =
            (0..30).flat_map(|_| recovery_codes().unwrap().concat().chars().collect::<Vec<_>>()).collect();
        assert_eq!(drawn.len(), LETTERS.len() + 1);
    }
}
