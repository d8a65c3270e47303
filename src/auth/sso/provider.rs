//! Talking to a provider: what it publishes of itself, the address to send a browser to, the token it gives for a code.
//!
//! What must stay true: a token counts only when one of the provider's published keys signed it, by an algorithm of
//! [`ALGORITHMS`]; issuer, audience, nonce and both times are checked against our own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenClaims,
    CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreUserInfoClaims,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndUserEmail,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse,
};
use uuid::Uuid;

use super::flow::{Begun, Flow};
use super::web::{self, Web};
use super::{Provider, SsoFault};

/// What a token may be signed by: never a shared secret, never nothing.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// How long what a provider publishes is believed without asking again.
const KEPT_MINUTES: i64 = 10;

/// How long ago a provider may have asked who somebody is for that to be just now, and how far its clock may be ahead.
const ANEW_MINUTES: i64 = 10;
const AHEAD_SECONDS: i64 = 60;

/// The class of an authentication with several factors, as some providers say it instead of `mfa`.
const SEVERAL_FACTORS: &str = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The providers of all tenants, with what they published.
#[derive(Default)]
pub struct Providers {
    kept: Mutex<HashMap<Uuid, Kept>>,
    client: OnceLock<reqwest::Client>,
}

/// What a provider published, and until when it is believed.
struct Kept {
    issuer: String,
    until: DateTime<Utc>,
    metadata: Arc<CoreProviderMetadata>,
}

/// Whom a provider names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub(super) subject: String,
    pub(super) email: Option<String>,
    pub(super) is_email_verified: bool,
    /// Whether the provider asked for a second factor.
    pub(super) asked_twice: bool,
    /// Whether the provider asked just now, because it was told to.
    pub(super) is_anew: bool,
}

/// Something that went wrong with a provider, for the log; no token is in it.
fn unheard(why: &impl std::fmt::Display) -> SsoFault {
    tracing::warn!(%why, "a provider could not be asked");
    SsoFault::Unreachable
}

fn distrusted(why: &impl std::fmt::Display) -> SsoFault {
    tracing::warn!(%why, "what a provider said was not believed");
    SsoFault::Refused
}

impl Providers {
    fn web(&self, provider: &Provider) -> std::result::Result<Web, SsoFault> {
        let client = match self.client.get() {
            Some(client) => client.clone(),
            None => {
                let made = web::client().map_err(|e| unheard(&format!("{e:?}")))?;
                self.client.get_or_init(|| made).clone()
            }
        };
        let issuer = web::issuer(&provider.issuer).ok_or(SsoFault::NotOffered)?;
        Ok(Web::new(client, &issuer))
    }

    /// What the provider publishes, and whether it was asked just now.
    async fn metadata(
        &self,
        provider: &Provider,
        now: DateTime<Utc>,
        is_fresh: bool,
    ) -> std::result::Result<(Arc<CoreProviderMetadata>, bool), SsoFault> {
        let tenant = provider.tenant.uuid();
        if !is_fresh
            && let Some(kept) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&tenant)
            && kept.issuer == provider.issuer
            && now < kept.until
        {
            return Ok((Arc::clone(&kept.metadata), false));
        }
        let web = self.web(provider)?;
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|e| unheard(&e))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &web).await.map_err(|e| unheard(&e))?;
        let metadata = Arc::new(metadata);
        let until = now + TimeDelta::minutes(KEPT_MINUTES);
        let kept = Kept { issuer: provider.issuer.clone(), until, metadata: Arc::clone(&metadata) };
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant, kept);
        Ok((metadata, true))
    }

    /// Begins the way: the address to send the browser to, and what it keeps meanwhile. `back` is our own address for
    /// the way back; `is_anew` has the provider ask again who they are.
    ///
    /// # Errors
    /// The provider can't be reached.
    pub async fn begin(
        &self,
        provider: &Provider,
        back: &str,
        next: Option<String>,
        is_anew: bool,
        now: DateTime<Utc>,
    ) -> std::result::Result<(String, Flow), SsoFault> {
        let (metadata, _) = self.metadata(provider, now, false).await?;
        let client = client(&metadata, provider, back)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let mut asked = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge);
        if is_anew {
            asked = asked.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        let (address, state, nonce) = asked.url();
        let issuer = web::issuer(&provider.issuer);
        if address.scheme() != "https" && issuer.is_none_or(|issuer| issuer.origin() != address.origin()) {
            return Err(unheard(&"its sign-in page is not behind https"));
        }
        let begun = Begun {
            tenant: provider.tenant.uuid(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            is_anew,
            next,
        };
        Ok((address.into(), Flow::new(begun, now)))
    }

    /// Gives the code back for a token, and reads in it whom the provider names.
    ///
    /// # Errors
    /// The provider can't be reached, refuses the code, or its token can't be trusted.
    pub async fn identify(
        &self,
        provider: &Provider,
        flow: &Flow,
        back: &str,
        code: String,
        now: DateTime<Utc>,
    ) -> std::result::Result<Identity, SsoFault> {
        let web = self.web(provider)?;
        let (metadata, is_fresh) = self.metadata(provider, now, false).await?;
        let asked = client(&metadata, provider, back)?;
        let answer = asked
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|e| distrusted(&e))?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()))
            .request_async(&web)
            .await
            .map_err(|e| match e {
                RequestTokenError::Request(why) => unheard(&why),
                other => distrusted(&other),
            })?;
        let token = answer.id_token().ok_or_else(|| distrusted(&"no ID token"))?;
        let claims = match verified(token, &metadata, provider, flow, now) {
            // A provider changes its keys: what it publishes is read once more.
            Err(ClaimsVerificationError::SignatureVerification(_)) if !is_fresh => {
                let (metadata, _) = self.metadata(provider, now, true).await?;
                verified(token, &metadata, provider, flow, now)
            }
            other => other,
        };
        let claims = claims.map_err(|e| distrusted(&e))?;
        let mut identity = identity(&claims, flow, now);
        // Many providers tell of the address only where they are asked about the person (OpenID Connect Core §5.4).
        if identity.email.is_none()
            && let Ok(about) = asked.user_info(answer.access_token().clone(), Some(claims.subject().clone()))
        {
            let told: CoreUserInfoClaims = about.request_async(&web).await.map_err(|e| distrusted(&e))?;
            identity.email = told.email().map(address);
            identity.is_email_verified = told.email_verified() == Some(true);
        }
        Ok(identity)
    }
}

/// An address as ours are kept.
fn address(email: &EndUserEmail) -> String {
    email.as_str().trim().to_lowercase()
}

fn client(
    metadata: &CoreProviderMetadata,
    provider: &Provider,
    back: &str,
) -> std::result::Result<Client, SsoFault> {
    let ways = metadata.token_endpoint_auth_methods_supported();
    // A provider that says nothing takes the secret in a header (OpenID Connect Discovery §3).
    let by_header = ways.is_none_or(|ways| ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
    let client = CoreClient::from_provider_metadata(
        metadata.clone(),
        ClientId::new(provider.client_id.clone()),
        Some(ClientSecret::new(provider.secret.clone())),
    );
    let back = RedirectUrl::new(back.to_owned()).map_err(|e| unheard(&e))?;
    let auth = if by_header { AuthType::BasicAuth } else { AuthType::RequestBody };
    Ok(client.set_redirect_uri(back).set_auth_type(auth))
}

fn verified(
    token: &CoreIdToken,
    metadata: &CoreProviderMetadata,
    provider: &Provider,
    flow: &Flow,
    now: DateTime<Utc>,
) -> std::result::Result<CoreIdTokenClaims, ClaimsVerificationError> {
    // As a public client's: the secret is no key, so that HS256 has none to be verified by.
    let verifier = CoreIdTokenVerifier::new_public_client(
        ClientId::new(provider.client_id.clone()),
        metadata.issuer().clone(),
        metadata.jwks().clone(),
    )
    .set_allowed_algs(ALGORITHMS)
    .set_time_fn(move || now)
    .set_issue_time_verifier_fn(move |issued| match issued <= now + TimeDelta::seconds(AHEAD_SECONDS) {
        true => Ok(()),
        false => Err("issued in the future".to_owned()),
    });
    token.claims(&verifier, &Nonce::new(flow.nonce.clone())).cloned()
}

fn identity(claims: &CoreIdTokenClaims, flow: &Flow, now: DateTime<Utc>) -> Identity {
    let by_methods = claims
        .auth_method_refs()
        .is_some_and(|methods| methods.iter().any(|method| method.as_str() == "mfa"));
    let by_class =
        claims.auth_context_ref().is_some_and(|class| ["mfa", SEVERAL_FACTORS].contains(&class.as_str()));
    let asked_at = claims.auth_time();
    Identity {
        subject: claims.subject().as_str().to_owned(),
        email: claims.email().map(address),
        is_email_verified: claims.email_verified() == Some(true),
        asked_twice: by_methods || by_class,
        is_anew: flow.is_anew && asked_at.is_some_and(|at| now < at + TimeDelta::minutes(ANEW_MINUTES)),
    }
}
