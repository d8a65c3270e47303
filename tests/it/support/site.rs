//! The service as a client sees it: the real web application in this process, on a test's database.

use std::path::Path;

use actix_web::body::to_bytes;
use actix_web::cookie::Cookie;
use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::rt::System;
use actix_web::test::{self, TestRequest};
use actix_web::web;
use chrono::{DateTime, NaiveDate, Utc};
use dondoc::accounts::{self, NewPerson};
use dondoc::app::App;
use dondoc::auth::{self, ApiKeyInput, ApiKeyMade, NewPassword, Ring, Seeds, Tokens, Tries};
use dondoc::clock::Clock;
use dondoc::cluster::Role as DbRole;
use dondoc::db::Db;
use dondoc::domain::access::Role;
use dondoc::domain::outside::Reach;
use dondoc::http::Service;
use dondoc::preferences::Unsubscribe;
use dondoc::public_url::PublicUrl;
use dondoc::{run, units};
use serde_json::{Value, json};

use super::{TestApp, log};

/// Everybody's password.
pub const PASSWORD: &str = "một câu dài dễ nhớ";

/// What the service answered.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it was sent.
    pub raw: Vec<u8>,
    /// How long the body is as it was sent.
    pub bytes: usize,
    /// The session's cookie, when one was set.
    pub session: Option<String>,
    /// Every cookie that was set.
    pub cookies: Vec<(String, String)>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    /// The value of a cookie that was set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    }

    /// The status and the code of the problem document.
    pub fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let document = self.json();
        assert_eq!(document["status"], self.status);
        (self.status, document["type"].as_str().unwrap().replace("urn:dondoc:problem:", ""))
    }
}

/// The service on a test's database.
pub struct Site {
    service: web::Data<Service>,
}

/// What makes the addresses by which letters are ended.
pub fn unsubscribe() -> Unsubscribe {
    Unsubscribe::of(&[5; 32], &PublicUrl::parse("https://dondoc.example").unwrap()).unwrap()
}

/// What seals secrets.
pub fn seeds() -> Seeds {
    Seeds::of(&[8; 32], &[9; 32]).unwrap()
}

/// Who asks.
#[derive(Clone, Default)]
pub enum As {
    #[default]
    Nobody,
    Cookie(String),
    Token(String),
}

impl Site {
    /// The service at the tests' instant.
    pub fn new(test: &TestApp) -> Self {
        Self::at(test, super::now())
    }

    /// The service at another instant.
    pub fn at(test: &TestApp, now: DateTime<Utc>) -> Self {
        let clock = Clock::fixed(now);
        let db = Db::open(&test.test_db.url(DbRole::App), 2, clock).unwrap();
        let mut app = App::with_db(db, clock);
        app.depot = test.app.depot.clone();
        Self::with(app)
    }

    /// The service at another instant, with the signing keys of a directory.
    pub fn with_keys(test: &TestApp, now: DateTime<Utc>, dir: &Path) -> Self {
        let clock = Clock::fixed(now);
        let db = Db::open(&test.test_db.url(DbRole::App), 2, clock).unwrap();
        Self::made(App::with_db(db, clock), Ring::open(dir, now).unwrap(), None)
    }

    /// The service of a demo.
    pub fn demo(test: &TestApp) -> Self {
        let clock = Clock::fixed(super::now());
        let db = Db::open(&test.test_db.url(DbRole::App), 2, clock).unwrap();
        Self::made(App::with_db(db, clock), ring(), Some(super::day("2024-11-29")))
    }

    /// The service of an application whose messages to other systems go so far.
    pub fn reaching(app: App, reach: Reach) -> Self {
        let Self { service } = Self::with(app);
        let service = service.into_inner();
        let Some(service) = std::sync::Arc::into_inner(service) else { panic!("nobody else has it yet") };
        Self { service: web::Data::new(service.reaching(reach)) }
    }

    /// The service of an application.
    pub fn with(app: App) -> Self {
        Self::made(app, ring(), None)
    }

    fn made(app: App, ring: Ring, demo_day: Option<NaiveDate>) -> Self {
        let url = PublicUrl::parse("https://dondoc.example").unwrap();
        let (seeds, tries) = (seeds(), Tries::new(&[6; 32]));
        let service = Service::new(app, Tokens::new(&[7; 32], ring), seeds, tries, url, demo_day, 2)
            .ending_letters(unsubscribe());
        Self { service: web::Data::new(service) }
    }

    /// Asks.
    pub fn ask(&self, who: &As, request: TestRequest) -> Answer {
        let request = match who {
            As::Nobody => request,
            As::Cookie(value) => request.cookie(Cookie::new("__Host-dondoc", value.clone())),
            As::Token(token) => request.insert_header(("authorization", format!("Bearer {token}"))),
        };
        let service = self.service.clone();
        System::new().block_on(async move {
            let app = test::init_service(run::web_app(service)).await;
            let response = test::call_service(&app, request.to_request()).await;
            let set = response.response().cookies();
            let cookies: Vec<_> =
                set.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect();
            let session = cookies.iter().find(|(name, _)| name == "__Host-dondoc").map(|(_, v)| v.clone());
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let body = to_bytes(response.into_body()).await.unwrap_or_default();
            let raw = body.to_vec();
            let (bytes, body) = (body.len(), String::from_utf8_lossy(&body).into_owned());
            cookies.iter().for_each(|(_, value)| log::secret(value));
            log::secrets_of(&body);
            Answer { status, headers, body, raw, bytes, session, cookies }
        })
    }

    /// Gets an address.
    pub fn get(&self, who: &As, address: &str) -> Answer {
        self.ask(who, TestRequest::get().uri(address))
    }

    /// Sends something from our own page.
    pub fn send(&self, who: &As, method: &str, address: &str, form: &str) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = TestRequest::default()
            .method(method)
            .uri(address)
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("content-type", "application/x-www-form-urlencoded"));
        self.ask(who, request.set_payload(form.to_owned()))
    }

    /// Sends a form with a file, and perhaps other fields, from our own page; as a creation with a key of its own.
    pub fn upload(
        &self,
        who: &As,
        address: &str,
        fields: &[(&str, &str)],
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!("--b\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head =
            format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let request = TestRequest::post()
            .uri(address)
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("idempotency-key", dondoc::ids::new_id().to_string()))
            .insert_header(("content-type", "multipart/form-data; boundary=b"));
        self.ask(who, request.set_payload(body))
    }

    /// Sends a form from our own page with these cookies.
    pub fn post(&self, cookies: &[(&str, &str)], address: &str, form: &[(&str, &str)]) -> Answer {
        let mut request = TestRequest::post()
            .uri(address)
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("content-type", "application/x-www-form-urlencoded"));
        for (name, value) in cookies {
            request = request.cookie(Cookie::new((*name).to_owned(), (*value).to_owned()));
        }
        self.ask(&As::Nobody, request.set_payload(serde_urlencoded::to_string(form).unwrap()))
    }

    /// Signs in by the form.
    pub fn sign_in(&self, slug: &str, email: &str) -> As {
        log::secret(PASSWORD);
        let form = serde_urlencoded::to_string([("tenant", slug), ("email", email), ("password", PASSWORD)]);
        let answer = self.send(&As::Nobody, "POST", "/sign-in", &form.unwrap());
        assert_eq!(answer.status, 303, "{}", answer.body);
        As::Cookie(answer.session.expect("a cookie"))
    }

    /// Asks for a token.
    pub fn ask_token(&self, slug: &str, email: &str, password: &str) -> Answer {
        log::secret(password);
        let body = json!({ "tenant": slug, "email": email, "password": password });
        self.ask(&As::Nobody, TestRequest::post().uri("/api/v1/session").set_json(body))
    }

    /// Signs in an API client.
    pub fn token(&self, slug: &str, email: &str) -> As {
        let answer = self.ask_token(slug, email, PASSWORD);
        assert_eq!(answer.status, 200, "{}", answer.body);
        As::Token(answer.json()["access_token"].as_str().unwrap().to_owned())
    }
}

/// One key for the whole run: tokens of one instant are read at another.
fn ring() -> Ring {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("signing-keys");
    Ring::open(&dir, super::now()).unwrap()
}

/// Adds a person with a password and a post since 1/1/2024, in a unit when the role needs one.
pub fn add_person(test: &TestApp, slug: &str, email: &str, role: Role, unit: Option<&str>) {
    let since: NaiveDate = super::day("2024-01-01");
    test.act(slug, |conn, _| {
        let unit = unit.map(|unit| units::find(conn, unit)).transpose()?.map(|unit| unit.id);
        accounts::add_person_with_post(conn, &NewPerson { email, name: email }, role, unit, since)?;
        auth::set_password(conn, email, &NewPassword::parse(PASSWORD)?)
    })
    .unwrap();
}

/// Makes an API key without an end.
pub fn add_api_key(test: &TestApp, slug: &str, name: &str, role: Role, unit: Option<&str>) -> ApiKeyMade {
    let input = ApiKeyInput { name: name.to_owned(), role, unit: unit.map(str::to_owned), until: None };
    let made = auth::create_api_key(&test.app, slug, &input).unwrap();
    log::secret(&made.key);
    made
}
