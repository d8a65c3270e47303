//! A small OpenID provider on the machine itself: it publishes one key, and gives for each code the token that a test
//! has put there, once, to whoever shows the client's secret and the verifier of the challenge.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// By what the provider knows us.
pub const CLIENT: &str = "dondoc";
/// What we show it.
pub const SECRET: &str = "bi-mat-cua-ung-dung";

struct Code {
    challenge: String,
    token: String,
}

struct Inside {
    issuer: String,
    key: EcdsaKeyPair,
    codes: Mutex<HashMap<String, Code>>,
    asked: Mutex<Vec<String>>,
    about: Mutex<Value>,
    keys_at: Mutex<Option<String>>,
}

/// The provider, until it is dropped.
pub struct Provider {
    inside: Arc<Inside>,
    handle: ServerHandle,
}

impl Provider {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let alg = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let made = EcdsaKeyPair::generate_pkcs8(alg, &SystemRandom::new()).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(alg, made.as_ref()).unwrap();
        let (codes, asked, about) = (Mutex::default(), Mutex::default(), Mutex::default());
        let inside = Arc::new(Inside { issuer, key, codes, asked, about, keys_at: Mutex::default() });
        let shared = web::Data::from(Arc::clone(&inside));
        let (told, started) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    App::new()
                        .app_data(shared.clone())
                        .route("/.well-known/openid-configuration", web::get().to(metadata))
                        .route("/jwks", web::get().to(keys))
                        .route("/userinfo", web::get().to(about_person))
                        .route("/token", web::post().to(token))
                })
                .workers(1)
                .disable_signals()
                .listen(listener)
                .unwrap()
                .run();
                told.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Self { inside, handle: started.recv().unwrap() }
    }

    pub fn issuer(&self) -> &str {
        &self.inside.issuer
    }

    /// A token of these claims, as this provider signs it.
    pub fn sign(&self, claims: &Value) -> String {
        let text = signed_part(&json!({ "alg": "ES256", "kid": "1", "typ": "JWT" }), claims);
        let signature = self.inside.key.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// Gives this token for a code, once.
    pub fn put(&self, code: &str, challenge: &str, token: String) {
        let kept = Code { challenge: challenge.to_owned(), token };
        self.inside.codes.lock().unwrap().insert(code.to_owned(), kept);
    }

    /// Tells this to whoever asks about the person.
    pub fn tell(&self, about: Value) {
        *self.inside.about.lock().unwrap() = about;
    }

    /// Says that its keys are at another address.
    pub fn keep_keys_at(&self, address: &str) {
        *self.inside.keys_at.lock().unwrap() = Some(address.to_owned());
    }

    /// The paths that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.inside.asked.lock().unwrap().clone()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

/// Header and claims, to be signed.
pub fn signed_part(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

async fn metadata(inside: web::Data<Inside>, req: HttpRequest) -> HttpResponse {
    inside.asked.lock().unwrap().push(req.path().to_owned());
    let issuer = &inside.issuer;
    let keys_at = inside.keys_at.lock().unwrap().clone().unwrap_or_else(|| format!("{issuer}/jwks"));
    HttpResponse::Ok().json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": keys_at,
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(inside: web::Data<Inside>, req: HttpRequest) -> HttpResponse {
    inside.asked.lock().unwrap().push(req.path().to_owned());
    let point = inside.key.public_key().as_ref();
    let part = |range: std::ops::Range<usize>| URL_SAFE_NO_PAD.encode(&point[range]);
    HttpResponse::Ok().json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "1", "x": part(1..33), "y": part(33..65),
    }] }))
}

async fn about_person(inside: web::Data<Inside>) -> HttpResponse {
    HttpResponse::Ok().json(inside.about.lock().unwrap().clone())
}

async fn token(inside: web::Data<Inside>, req: HttpRequest, body: String) -> HttpResponse {
    let form: HashMap<String, String> = serde_urlencoded::from_str(&body).unwrap();
    let shown = req.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or("");
    let is_client = shown == format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{SECRET}")));
    let kept = inside.codes.lock().unwrap().remove(&form["code"]);
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, form["code_verifier"].as_bytes()));
    match kept {
        Some(kept) if is_client && kept.challenge == challenge => HttpResponse::Ok().json(json!({
            "access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": kept.token,
        })),
        _ => HttpResponse::BadRequest().json(json!({ "error": "invalid_grant" })),
    }
}
