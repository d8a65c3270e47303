//! The address in a letter by which its reader ends letters like it. Sealed, so that nobody learns from it who reads, and
//! nobody makes one: no row is kept, and it opens nothing else.

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::stream;
use crate::db::LetterScope;
use crate::domain::preference::Stream;
use crate::error::{Error, Result};
use crate::ids::TenantId;
use crate::mail::WayOut;
use crate::public_url::PublicUrl;

/// For what the key is derived from the installation's secret.
const PURPOSE: &str = "unsubscribe";

/// Beside the key: what is sealed for this opens nothing else.
const CONTEXT: &[u8] = b"unsubscribe 1";

/// A tenant, a person and a stream, with nonce and tag; and so many letters that is.
const PLAIN: usize = 33;
const SEALED: usize = NONCE_LEN + PLAIN + 16;
const TEXT: usize = (SEALED * 4).div_ceil(3);

/// Makes and reads these addresses.
#[derive(Clone)]
pub struct Unsubscribe {
    key: Arc<RandomizedNonceKey>,
    public_url: PublicUrl,
}

/// What an address asks to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    tenant: TenantId,
    pub(super) person: Uuid,
    /// Which letters.
    pub stream: Stream,
}

impl Asked {
    pub(super) fn scope(&self) -> LetterScope {
        LetterScope::of(self.tenant)
    }
}

impl Unsubscribe {
    /// Works with the key that is derived for it.
    ///
    /// # Errors
    /// The library refuses the key.
    pub fn new(keys: &crate::keys::Keys, public_url: &PublicUrl) -> Result<Self> {
        Self::of(&keys.derive(PURPOSE), public_url)
    }

    /// Works with this key.
    ///
    /// # Errors
    /// The library refuses the key.
    pub fn of(key: &[u8; 32], public_url: &PublicUrl) -> Result<Self> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, key)
            .map_err(|_| Error::Internal("the key of unsubscribing can't be used".to_owned()))?;
        Ok(Self { key: Arc::new(key), public_url: public_url.clone() })
    }

    /// The secret part of an address.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn token(&self, tenant: TenantId, person: Uuid, of: Stream) -> Result<String> {
        let number = match of {
            Stream::Digest => 1,
            Stream::Reminder => 2,
        };
        let mut sealed = [tenant.uuid().as_bytes().as_slice(), person.as_bytes(), &[number]].concat();
        let nonce = self
            .key
            .seal_in_place_append_tag(Aad::from(CONTEXT), &mut sealed)
            .map_err(|_| Error::Internal("an address can't be sealed".to_owned()))?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_ref().as_slice(), &sealed].concat()))
    }

    /// What an address asks; `None` for whatever [`Unsubscribe::token`] did not make with this key.
    pub fn read(&self, token: &str) -> Option<Asked> {
        // Before decoding: a text of any length may come from anywhere.
        if token.len() != TEXT {
            return None;
        }
        let mut bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let plain = self.key.open_in_place(nonce, Aad::from(CONTEXT), sealed).ok()?;
        let (tenant, rest) = plain.split_at_checked(16)?;
        let (person, number) = rest.split_at_checked(16)?;
        let stream = match number {
            [1] => Stream::Digest,
            [2] => Stream::Reminder,
            _ => return None,
        };
        let tenant = TenantId::from_uuid(Uuid::from_slice(tenant).ok()?);
        Some(Asked { tenant, person: Uuid::from_slice(person).ok()?, stream })
    }

    /// What gives every letter of a stream to a person its address.
    pub fn way_out(&self) -> WayOut {
        let own = self.clone();
        Box::new(move |tenant, letter| {
            let (Some(stream), Some(person)) = (stream(&letter.kind), letter.person) else { return Ok(None) };
            let token = own.token(tenant, person, stream)?;
            Ok(Some(own.public_url.link(&format!("/u/{token}"))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(key: u8) -> Unsubscribe {
        Unsubscribe::of(&[key; 32], &PublicUrl::parse("https://dondoc.example").unwrap()).unwrap()
    }

    #[test]
    fn an_address_names_one_person_and_stream_and_is_made_by_nobody_else() {
        let (tenant, person) = (TenantId::from_uuid(Uuid::from_u128(1)), Uuid::from_u128(2));
        let own = with(1);
        for stream in Stream::ALL.iter().copied() {
            let token = own.token(tenant, person, stream).unwrap();
            assert_eq!(token.len(), TEXT);
            assert_eq!(own.read(&token), Some(Asked { tenant, person, stream }));
            assert_ne!(
                token,
                own.token(tenant, person, stream).unwrap(),
                "nobody tells two readers apart by it"
            );
            assert_eq!(with(2).read(&token), None);
            for at in 0..token.len() {
                let mut altered = token.clone().into_bytes();
                altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
                let altered = String::from_utf8(altered).unwrap();
                // The last letter has bits that stand for nothing: such a text is refused, not read as the same.
                assert_eq!(own.read(&altered), None, "{at}");
            }
            assert_eq!(own.read(&token[1..]), None);
            assert_eq!(own.read(&format!("{token}A")), None);
        }
        assert_eq!(own.read(""), None);
    }

    #[test]
    fn letters_of_a_stream_alone_have_one() {
        assert_eq!(stream("digest"), Some(Stream::Digest));
        assert_eq!(stream("reminder.overdue"), Some(Stream::Reminder));
        assert_eq!(stream("invitation"), None);
        assert_eq!(stream("digestive"), None);
    }
}
