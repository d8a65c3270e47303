//! Single sign-on, with a small provider on the machine itself.

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use dondoc::domain::access::Role;
use serde_json::{Value, json};

use crate::support::build::{add_unit, person_of};
use crate::support::provider::{CLIENT, Provider, SECRET, signed_part};
use crate::support::site::{Answer, As, PASSWORD, Site, add_person};
use crate::support::{TestApp, now, number, run};

const FLOW: &str = "__Host-dondoc-sso";

struct World {
    test: TestApp,
    site: Site,
    admin: As,
    provider: Provider,
}

/// A way that was begun: what the browser keeps, and what the provider was told.
struct Way {
    cookie: String,
    state: String,
    nonce: String,
    challenge: String,
}

impl World {
    fn new() -> Self {
        let test = TestApp::new();
        for slug in ["mot", "hai"] {
            test.tenant(slug);
            add_unit(&test, slug, "CVT");
            add_person(&test, slug, &format!("qt@{slug}.example"), Role::Admin, None);
            add_person(&test, slug, &format!("b@{slug}.example"), Role::Staff, Some("CVT"));
        }
        let site = Site::new(&test);
        let (admin, provider) = (site.sign_in("mot", "qt@mot.example"), Provider::start());
        let world = Self { test, site, admin, provider };
        assert_eq!(world.set(&world.admin, SECRET).status, 303);
        world
    }

    fn set(&self, who: &As, secret: &str) -> Answer {
        let issuer = self.provider.issuer();
        let form = [("issuer", issuer), ("client_id", CLIENT), ("client_secret", secret)];
        self.site.send(who, "POST", "/settings/sso", &serde_urlencoded::to_string(form).unwrap())
    }

    fn begin(&self, slug: &str, more: &str) -> Way {
        let answer = self.site.get(&As::Nobody, &format!("/sign-in/sso?tenant={slug}{more}"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        let address = answer.header("refresh").strip_prefix("0; url=").unwrap();
        let (place, query) = address.split_once('?').unwrap();
        assert_eq!(place, format!("{}/authorize", self.provider.issuer()));
        let told: std::collections::HashMap<String, String> = serde_urlencoded::from_str(query).unwrap();
        assert_eq!(told["code_challenge_method"], "S256");
        assert_eq!(told["redirect_uri"], "https://dondoc.example/sign-in/sso/callback");
        assert!(told["scope"].contains("openid"));
        Way {
            cookie: answer.cookie(FLOW).unwrap(),
            state: told["state"].clone(),
            nonce: told["nonce"].clone(),
            challenge: told["code_challenge"].clone(),
        }
    }

    fn back(&self, way: &Way, state: &str) -> Answer {
        let address = format!("/sign-in/sso/callback?code=c&state={state}");
        let request = TestRequest::get().uri(&address).cookie(Cookie::new(FLOW, way.cookie.clone()));
        self.site.ask(&As::Nobody, request)
    }

    fn claims(&self, way: &Way, subject: &str, email: &str) -> Value {
        let at = now().timestamp();
        json!({
            "iss": self.provider.issuer(), "aud": CLIENT, "sub": subject, "email": email, "email_verified": true,
            "nonce": way.nonce, "iat": at, "exp": at + 60,
        })
    }

    /// Comes back with these claims, changed.
    fn come(&self, subject: &str, email: &str, change: impl FnOnce(&mut Value)) -> Answer {
        let way = self.begin("mot", "");
        let mut claims = self.claims(&way, subject, email);
        change(&mut claims);
        self.provider.put("c", &way.challenge, self.provider.sign(&claims));
        self.back(&way, &way.state)
    }

    fn count(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }

    fn refusals(&self, why: &str) -> i64 {
        self.count(&format!(
            "SELECT count(*) FROM journal WHERE act = 'session.refuse' AND after->>'why' = '{why}'"
        ))
    }
}

#[test]
fn a_verified_address_lets_in_once_and_its_subject_ever_after() {
    let world = World::new();
    let way = world.begin("mot", "&next=%2Ftasks%3Fq%3Da");
    let claims = world.claims(&way, "sub-1", "B@Mot.example");
    world.provider.put("c", &way.challenge, world.provider.sign(&claims));
    let answer = world.back(&way, &way.state);
    assert_eq!((answer.status, answer.header("location")), (303, "/tasks?q=a"), "{}", answer.body);
    assert_eq!(answer.cookie(FLOW).as_deref(), Some(""), "the way is gone");
    let who = As::Cookie(answer.session.unwrap());
    assert_eq!(world.site.get(&who, "/tasks").status, 200);
    let told = "SELECT count(*) FROM journal WHERE act = 'session.begin' AND after->>'how' = 'sso'";
    assert_eq!(world.count(told), 1);
    // The address at the provider changes; nobody asks for it any more.
    assert_eq!(world.come("sub-1", "other@mot.example", |_| ()).status, 303);
    // Another account with the same address is not the same person.
    assert_eq!(world.come("sub-2", "b@mot.example", |_| ()).status, 401);
    assert_eq!(world.refusals("other_subject"), 1);
    assert_eq!(world.count("SELECT count(*) FROM sso_subjects"), 1);
    let asked = world.provider.asked();
    assert_eq!(
        asked,
        ["/.well-known/openid-configuration", "/jwks"],
        "what the provider publishes is kept for a while"
    );
}

#[test]
fn a_way_leads_back_once_in_its_own_browser_with_its_own_state() {
    let world = World::new();
    let way = world.begin("mot", "");
    let put = || {
        let claims = world.claims(&way, "s", "b@mot.example");
        world.provider.put("c", &way.challenge, world.provider.sign(&claims));
    };
    put();
    assert_eq!(world.back(&way, "another").status, 401);
    let none = world.site.get(&As::Nobody, &format!("/sign-in/sso/callback?code=c&state={}", way.state));
    assert_eq!(none.status, 401, "without the cookie");
    assert!(none.session.is_none() && none.body.contains("Đăng nhập lại"));
    let other = world.begin("mot", "");
    assert_eq!(world.back(&other, &way.state).status, 401, "another way's cookie");
    assert_eq!(world.back(&way, &way.state).status, 303);
    assert_eq!(world.back(&way, &way.state).status, 401, "the provider takes a code once");
    // Ten minutes later.
    let late = Site::at(&world.test, now() + chrono::TimeDelta::minutes(10));
    put();
    let address = format!("/sign-in/sso/callback?code=c&state={}", way.state);
    let request = TestRequest::get().uri(&address).cookie(Cookie::new(FLOW, way.cookie.clone()));
    assert_eq!(late.ask(&As::Nobody, request).status, 401);
    let error = format!("/sign-in/sso/callback?error=access_denied&state={}", way.state);
    let request = TestRequest::get().uri(&error).cookie(Cookie::new(FLOW, way.cookie.clone()));
    assert_eq!(world.site.ask(&As::Nobody, request).status, 401);
}

#[test]
fn a_token_that_is_not_for_us_now_lets_nobody_in() {
    let world = World::new();
    let at = now().timestamp();
    let changes: [(&str, Value); 6] = [
        ("nonce", json!("another")),
        ("aud", json!("somebody-else")),
        ("iss", json!("https://elsewhere.example")),
        ("exp", json!(at - 1)),
        ("iat", json!(at + 3_600)),
        ("aud", json!([CLIENT, "somebody-else"])),
    ];
    for (claim, value) in changes {
        let answer = world.come("s", "b@mot.example", |claims| claims[claim] = value.clone());
        assert_eq!(answer.status, 401, "{claim} {value}");
        assert!(answer.session.is_none() && !answer.body.contains("b@mot.example"));
    }
    assert_eq!(world.count("SELECT count(*) FROM sso_subjects"), 0);
    assert_eq!(world.come("s", "b@mot.example", |_| ()).status, 303);
}

#[test]
fn only_the_providers_own_keys_sign() {
    let world = World::new();
    let forged = |header: Value, sign: &dyn Fn(&str) -> String| {
        let way = world.begin("mot", "");
        let text = signed_part(&header, &world.claims(&way, "s", "b@mot.example"));
        world.provider.put("c", &way.challenge, format!("{text}.{}", sign(&text)));
        world.back(&way, &way.state).status
    };
    assert_eq!(forged(json!({ "alg": "none" }), &|_| String::new()), 401);
    let by_secret = |text: &str| {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, SECRET.as_bytes());
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(aws_lc_rs::hmac::sign(&key, text.as_bytes()))
    };
    assert_eq!(forged(json!({ "alg": "HS256" }), &by_secret), 401);
    let stranger = Provider::start();
    let way = world.begin("mot", "");
    let token = stranger.sign(&world.claims(&way, "s", "b@mot.example"));
    world.provider.put("c", &way.challenge, token);
    assert_eq!(world.back(&way, &way.state).status, 401, "another provider's key");
    assert_eq!(world.count("SELECT count(*) FROM sso_subjects"), 0);
}

#[test]
fn nobody_is_made_and_nobody_comes_in_who_may_not() {
    let world = World::new();
    let people = world.count("SELECT count(*) FROM persons");
    assert_eq!(world.come("s", "nobody@mot.example", |_| ()).status, 401);
    assert_eq!(world.come("s", "b@hai.example", |_| ()).status, 401, "another tenant's person");
    assert_eq!(
        world.come("s", "b@mot.example", |claims| claims["email_verified"] = json!(false)).status,
        401
    );
    let unsaid = world.come("s", "b@mot.example", |claims| claims["email_verified"] = Value::Null);
    assert_eq!(unsaid.status, 401);
    assert_eq!(world.refusals("unverified"), 2);
    let person = person_of(&world.test, "mot", "b@mot.example");
    assert_eq!(world.come("s", "b@mot.example", |_| ()).status, 303);
    let disabled = format!("UPDATE persons SET active = false WHERE id = '{person}'");
    run(&mut world.test.test_db.superuser(), &disabled);
    assert_eq!(world.come("s", "b@mot.example", |_| ()).status, 401, "known by the subject, and disabled");
    assert_eq!(world.refusals("not_active"), 1);
    assert_eq!(world.count("SELECT count(*) FROM persons"), people);
}

#[test]
fn an_address_may_be_told_beside_the_token_of_the_same_person_alone() {
    let world = World::new();
    let unsaid = |claims: &mut Value| claims["email"] = Value::Null;
    for (about, status) in [
        (json!({ "sub": "other", "email": "b@mot.example", "email_verified": true }), 401),
        (json!({ "sub": "s", "email": "b@mot.example", "email_verified": false }), 401),
        (json!({ "sub": "s" }), 401),
        (json!({ "sub": "s", "email": "b@mot.example", "email_verified": true }), 303),
    ] {
        world.provider.tell(about.clone());
        assert_eq!(world.come("s", "", unsaid).status, status, "{about}");
    }
}

#[test]
fn a_way_leads_into_the_tenant_where_it_began() {
    let world = World::new();
    let hai = world.site.sign_in("hai", "qt@hai.example");
    assert_eq!(world.set(&hai, SECRET).status, 303);
    let (one, two) = (world.begin("mot", ""), world.begin("hai", ""));
    let claims = world.claims(&one, "s", "b@mot.example");
    world.provider.put("c", &one.challenge, world.provider.sign(&claims));
    assert_eq!(world.back(&two, &one.state).status, 401, "the other tenant's cookie");
    world.provider.put("c", &two.challenge, world.provider.sign(&world.claims(&two, "s", "b@mot.example")));
    assert_eq!(world.back(&two, &two.state).status, 401, "a person of the first tenant in the second");
    assert_eq!(world.count("SELECT count(*) FROM sso_subjects"), 0);
}

#[test]
fn who_has_no_provider_and_who_is_no_tenant_look_alike() {
    let world = World::new();
    let ask = |slug: &str| world.site.get(&As::Nobody, &format!("/sign-in/sso?tenant={slug}"));
    let (without, unknown) = (ask("hai"), ask("khong-co"));
    assert_eq!((without.status, unknown.status), (422, 422));
    assert_eq!(without.body.replace("hai", ""), unknown.body.replace("khong-co", ""));
    assert_eq!(ask("%00").status, 422);
    assert!(world.site.get(&As::Nobody, "/sign-in").body.contains("action=\"/sign-in/sso\""));
}

#[test]
fn our_own_second_step_follows_unless_the_provider_had_one() {
    let world = World::new();
    let rule = "UPDATE tenant_settings SET two_factor_required = true WHERE name = 'Tổ chức mot'";
    run(&mut world.test.test_db.superuser(), rule);
    let answer = world.come("q", "qt@mot.example", |_| ());
    assert_eq!((answer.status, answer.header("location")), (303, "/sign-in/enrol"));
    assert!(answer.session.is_none());
    let answer = world.come("q", "qt@mot.example", |claims| claims["amr"] = json!(["pwd", "mfa"]));
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    let who = As::Cookie(answer.session.unwrap());
    let page = world.site.get(&who, "/people/new");
    assert_eq!(page.status, 303, "a provider may have known them for hours");
    assert!(page.header("location").starts_with("/account/prove?next=%2Fpeople%2Fnew"));
    assert!(world.site.get(&who, page.header("location")).body.contains("again=1"));
    // Asked again by the provider just now.
    let way = world.begin("mot", "&again=1");
    let mut claims = world.claims(&way, "q", "qt@mot.example");
    claims["amr"] = json!(["mfa"]);
    claims["auth_time"] = json!(now().timestamp());
    world.provider.put("c", &way.challenge, world.provider.sign(&claims));
    let who = As::Cookie(world.back(&way, &way.state).session.unwrap());
    assert_eq!(world.site.get(&who, "/people/new").status, 200);
}

#[test]
fn passwords_are_switched_off_only_by_who_can_come_in_without() {
    let world = World::new();
    let switch =
        |who: &As, to: &str| world.site.send(who, "POST", "/settings/local-sign-in", &format!("do={to}"));
    let refused = switch(&world.admin, "off");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Chưa có quản trị nào"));
    assert_eq!(world.come("s", "b@mot.example", |_| ()).status, 303);
    assert_eq!(switch(&world.admin, "off").status, 422, "no administrator yet");
    assert_eq!(world.come("q", "qt@mot.example", |_| ()).status, 303);
    assert_eq!(switch(&world.admin, "off").status, 303);
    assert_eq!(world.site.ask_token("mot", "b@mot.example", PASSWORD).status, 401);
    assert_eq!(world.site.ask_token("hai", "b@hai.example", PASSWORD).status, 200);
    assert_eq!(world.come("s", "b@mot.example", |_| ()).status, 303);
    // The operator's way back.
    world.test.act("mot", |conn, _| dondoc::auth::allow_local_sign_in(conn)).unwrap();
    assert_eq!(world.site.ask_token("mot", "b@mot.example", PASSWORD).status, 200);
    assert_eq!(switch(&world.admin, "off").status, 303);
    // What is set anew must be proved anew: passwords open again.
    assert_eq!(world.set(&world.admin, "").status, 303);
    assert_eq!(world.site.ask_token("mot", "b@mot.example", PASSWORD).status, 200);
    assert_eq!(world.count("SELECT count(*) FROM journal WHERE act = 'sso.local'"), 2);
}

#[test]
fn nothing_is_fetched_from_another_host_than_the_issuers() {
    let world = World::new();
    let elsewhere = Provider::start();
    world.provider.keep_keys_at(&format!("{}/jwks", elsewhere.issuer()));
    let answer = world.site.get(&As::Nobody, "/sign-in/sso?tenant=mot");
    assert_eq!(answer.status, 503);
    assert!(elsewhere.asked().is_empty() && !answer.body.contains("127.0.0.1"));
}

#[test]
fn the_secret_is_sealed_and_shown_to_nobody() {
    let world = World::new();
    let stored = format!(
        "SELECT count(*) FROM sso_providers WHERE position('{SECRET}' in sealed_secret::text) > 0 \
        OR position(encode('{SECRET}', 'hex') in encode(sealed_secret, 'hex')) > 0"
    );
    assert_eq!(world.count(&stored), 0);
    assert!(!world.site.get(&world.admin, "/settings").body.contains(SECRET));
    assert_eq!(world.count(&format!("SELECT count(*) FROM journal WHERE after::text LIKE '%{SECRET}%'")), 0);
    let wrong = "issuer=http%3A%2F%2Fevil.example&client_id=&client_secret=";
    let refused = world.site.send(&world.admin, "POST", "/settings/sso", wrong);
    assert_eq!(refused.status, 422);
    for id in ["issuer-error", "client_id-error", "client_secret-error"] {
        assert!(refused.body.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert_eq!(world.site.send(&world.admin, "POST", "/settings/sso", "do=remove").status, 303);
    assert_eq!(world.site.get(&As::Nobody, "/sign-in/sso?tenant=mot").status, 422);
}
