//! Access tokens of API clients: short JWTs that name a session. Whether the session lives is asked of the database
//! at every act; the signature only keeps strangers from guessing. Each names its key of the [`Ring`] by `kid`.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use aws_lc_rs::hmac;
use sha2::{Digest, Sha256};

use super::credential::Credential;
use super::ring::Ring;
use super::secret::Key;
use crate::error::{Error, Result};

/// How long a token lives, in seconds; its session goes on, see `refresh`.
pub const TOKEN_SECONDS: i64 = 600;

const ISSUER: &str = "dondoc";
const AUDIENCE: &str = "dondoc-api";
const PURPOSE: &str = "access";

/// The claims, none of them optional; a mistyped one refuses the token.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    jti: String,
    purpose: String,
    nbf: i64,
    exp: i64,
}

/// Makes and reads tokens.
pub struct Tokens {
    ring: Ring,
    rules: Validation,
    pub(super) chain: hmac::Key,
}

impl Tokens {
    /// Signs with the keys of a ring. Refresh tokens follow from one another by the secret, which outlives those keys.
    pub fn new(secret: &[u8; 32], ring: Ring) -> Self {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[AUDIENCE]);
        rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // The library knows the system's clock only; both are compared with ours below.
        rules.validate_exp = false;
        rules.validate_nbf = false;
        let chain = Sha256::new().chain_update(secret).chain_update("refresh").finalize();
        Self { ring, rules, chain: hmac::Key::new(hmac::HMAC_SHA256, &chain) }
    }

    /// A token for a session, from now on.
    pub(super) fn make(&self, key: &Key, person: Uuid, now: DateTime<Utc>) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: person,
            jti: key.to_text(),
            purpose: PURPOSE.to_owned(),
            nbf: now.timestamp(),
            exp: now.timestamp() + TOKEN_SECONDS,
        };
        let (kid, secret) = self.ring.signing(now)?;
        let header = Header { kid: Some(kid), ..Header::new(Algorithm::HS256) };
        encode(&header, &claims, &EncodingKey::from_secret(&secret))
            .map_err(|e| Error::Internal(format!("a token can't be signed: {e}")))
    }

    /// What a token claims, if we made it and it holds now.
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Option<Credential> {
        let secret = self.ring.secret(&decode_header(token).ok()?.kid?, now)?;
        let claims = decode::<Claims>(token, &DecodingKey::from_secret(&secret), &self.rules).ok()?.claims;
        let holds = (claims.nbf..claims.exp).contains(&now.timestamp());
        if !holds || claims.purpose != PURPOSE {
            return None;
        }
        Credential::from_token(&claims.jti, claims.sub)
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    use super::super::secret::Secret;
    use super::*;

    const SECRET: [u8; 32] = [7; 32];
    const KID: &str = "20241129T015900Z-00000007";

    fn now() -> DateTime<Utc> {
        "2024-11-29T02:00:00Z".parse().unwrap()
    }

    fn key() -> Key {
        Key { tenant: Uuid::from_u128(1), row: Uuid::from_u128(2), secret: Secret::generate().unwrap() }
    }

    fn tokens() -> Tokens {
        Tokens::new(&SECRET, Ring::of(KID, SECRET, now()))
    }

    fn header(algorithm: Algorithm) -> Header {
        Header { kid: Some(KID.to_owned()), ..Header::new(algorithm) }
    }

    /// The claims of a good token with one of them changed; `null` takes it away.
    fn claims(name: &str, value: Value) -> Value {
        let seconds = now().timestamp();
        let mut claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": Uuid::from_u128(3), "jti": key().to_text(), "purpose": PURPOSE,
            "nbf": seconds, "exp": seconds + TOKEN_SECONDS,
        });
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.to_owned(), value),
        };
        claims
    }

    fn signed(header: &Header, claims: &Value) -> String {
        encode(header, claims, &EncodingKey::from_secret(&SECRET)).unwrap()
    }

    fn is_read(token: &str) -> bool {
        tokens().read(token, now()).is_some()
    }

    #[test]
    fn a_token_holds_from_its_first_second_to_its_last() {
        let tokens = tokens();
        let token = tokens.make(&key(), Uuid::from_u128(3), now()).unwrap();
        let after = |seconds| tokens.read(&token, now() + chrono::TimeDelta::seconds(seconds)).is_some();
        assert_eq!([-1, 0, 599, 600].map(after), [false, true, true, false]);
        let other = Tokens::new(&SECRET, Ring::of(KID, [8; 32], now()));
        assert!(other.read(&token, now()).is_none());
    }

    #[test]
    fn a_claim_that_is_missing_mistyped_or_anothers_refuses_the_token() {
        let header = header(Algorithm::HS256);
        assert!(is_read(&signed(&header, &claims("iss", json!(ISSUER)))));
        for name in ["iss", "aud", "sub", "jti", "purpose", "nbf", "exp"] {
            for wrong in [Value::Null, json!("x"), json!([]), json!(-1), json!(1.5), json!(true)] {
                assert!(!is_read(&signed(&header, &claims(name, wrong.clone()))), "{name}: {wrong}");
            }
        }
        let seconds = now().timestamp();
        for (name, wrong) in [
            ("exp", json!((seconds + 600).to_string())),
            ("exp", json!(1e18)),
            ("nbf", json!(seconds.to_string())),
            ("nbf", json!(1_000_000_000_000_000_000_u64)),
            ("purpose", json!("set_password")),
            ("purpose", json!("refresh")),
            ("purpose", json!("reset")),
            ("purpose", json!("invite")),
            ("exp", json!("1000000000000000000")),
            ("aud", json!(["dondoc-other"])),
            ("role", json!("admin")),
            ("tenant_id", json!(Uuid::from_u128(9))),
        ] {
            assert!(!is_read(&signed(&header, &claims(name, wrong.clone()))), "{name}: {wrong}");
        }
    }

    #[test]
    fn the_algorithm_is_ours_to_choose() {
        let good = claims("iss", json!(ISSUER));
        for other in [Algorithm::HS384, Algorithm::HS512] {
            assert!(!is_read(&signed(&header(other), &good)), "{other:?}");
        }
        let token = signed(&header(Algorithm::HS256), &good);
        assert!(is_read(&token));
        let (_, rest) = token.split_once('.').unwrap();
        let (payload, signature) = rest.split_once('.').unwrap();
        for header in [
            json!({ "alg": "none", "kid": KID }),
            json!({ "alg": "None", "kid": KID }),
            json!({ "alg": "hs256", "kid": KID }),
            json!({ "kid": KID }),
            json!({ "alg": "RS256", "kid": KID }),
            json!({ "alg": "HS256", "kid": KID, "jku": "https://evil.example/keys" }),
            json!({ "alg": "HS256", "kid": KID, "x5u": "https://evil.example/cert" }),
            json!({ "alg": "HS256", "kid": KID, "jwk": { "kty": "oct", "k": "BwcHBw" } }),
        ] {
            let header = URL_SAFE_NO_PAD.encode(header.to_string());
            for end in [signature, ""] {
                assert!(!is_read(&format!("{header}.{payload}.{end}")), "{header}");
            }
        }
    }

    #[test]
    fn a_key_is_named_and_an_unknown_name_opens_nothing() {
        let good = claims("iss", json!(ISSUER));
        for kid in [
            json!(null),
            json!(""),
            json!("20241129T015900Z-00000008"),
            json!("../../../../dev/null"),
            json!("x' UNION SELECT 'y"),
        ] {
            let header = Header { kid: kid.as_str().map(str::to_owned), ..Header::new(Algorithm::HS256) };
            assert!(!is_read(&signed(&header, &good)), "{kid}");
        }
        let elsewhere =
            Header { jku: Some("https://evil.example/keys".to_owned()), ..header(Algorithm::HS256) };
        assert!(is_read(&signed(&elsewhere, &good)), "where else a key may be found is not read at all");
    }
}
