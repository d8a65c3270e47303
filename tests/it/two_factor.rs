//! Signing in with a second factor: the step between password and code, codes that work once, limits, devices.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use chrono::{DateTime, TimeDelta, Utc};
use dondoc::domain::access::Role;
use dondoc::domain::two_factor::FactorRule;
use dondoc::http::Need;
use dondoc::routes::ROUTES;
use dondoc::tenants;
use serde_json::json;
use totp_rs::{Builder, Secret};

use crate::support::build::add_unit;
use crate::support::site::{Answer, As, PASSWORD, Site, add_person};
use crate::support::{TestApp, now, number, run};

pub const STEP: &str = "__Host-dondoc-step";
const DEVICE: &str = "__Host-dondoc-device";
const OFFICE: &str = "office@mot.example";
const HEAD: &str = "head@mot.example";
const STAFF: &str = "staff@mot.example";

/// A tenant in which everybody but staff must have a factor.
pub fn strict() -> TestApp {
    let test = TestApp::with_pool(4);
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    for (email, role) in [(OFFICE, Role::Office), (HEAD, Role::UnitHead), (STAFF, Role::Staff)] {
        add_person(&test, "mot", email, role, Some("CVT"));
    }
    rule(&test, true, true);
    test
}

fn rule(test: &TestApp, required: bool, unit_heads: bool) {
    test.act("mot", |conn, _| tenants::set_factor_rule(conn, FactorRule { required, unit_heads })).unwrap();
}

/// The site so many seconds after the tests' instant.
pub fn after(test: &TestApp, seconds: i64) -> Site {
    Site::at(test, at(seconds))
}

fn at(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

/// What the authenticator with this key shows so many seconds after the tests' instant.
pub fn code(key: &str, seconds: i64) -> String {
    let secret = Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(at(seconds).timestamp()).unwrap()).to_string()
}

/// The key that an enrolment page shows.
pub fn key_of(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("<code>").unwrap_or_else(|| panic!("{}", page.body));
    rest.split_once("</code>").unwrap().0.to_owned()
}

/// The recovery codes that a page shows.
pub fn codes_of(page: &Answer) -> Vec<String> {
    page.body.split("<li><code>").skip(1).map(|rest| rest.split_once('<').unwrap().0.to_owned()).collect()
}

fn password_step(site: &Site, email: &str, device: Option<&str>) -> Answer {
    let cookies: Vec<_> = device.iter().map(|device| (DEVICE, *device)).collect();
    site.post(&cookies, "/sign-in", &[("tenant", "mot"), ("email", email), ("password", PASSWORD)])
}

/// The step's cookie after the right password.
pub fn step(site: &Site, email: &str) -> String {
    password_step(site, email, None).cookie(STEP).expect("a step")
}

fn get_with(site: &Site, name: &'static str, value: &str, address: &str) -> Answer {
    let request = TestRequest::get().uri(address).cookie(Cookie::new(name, value.to_owned()));
    site.ask(&As::Nobody, request)
}

/// Enrols on the way in; the key and the recovery codes.
pub fn enrol(test: &TestApp, email: &str) -> (String, Vec<String>) {
    let site = after(test, 0);
    let step = step(&site, email);
    let key = key_of(&get_with(&site, STEP, &step, "/sign-in/enrol"));
    let done = site.post(&[(STEP, &step)], "/sign-in/enrol", &[("code", &code(&key, 0))]);
    assert_eq!(done.status, 200, "{}", done.body);
    (key, codes_of(&done))
}

/// Enrols somebody whom no rule makes do it.
fn enrol_anyway(test: &TestApp, email: &str) -> (String, Vec<String>) {
    let As::Cookie(session) = after(test, 0).sign_in("mot", email) else { panic!("a cookie") };
    let site = after(test, 0);
    let key = key_of(&site.get(&As::Cookie(session.clone()), "/account/factor/enrol"));
    let form = [("code", &*code(&key, 0)), ("current", PASSWORD)];
    let done = site.post(&[("__Host-dondoc", &session)], "/account/factor/enrol", &form);
    assert_eq!(done.status, 200, "{}", done.body);
    (key, codes_of(&done))
}

fn try_code(site: &Site, step: &str, typed: &str) -> Answer {
    site.post(&[(STEP, step)], "/sign-in/code", &[("code", typed), ("next", "/tasks")])
}

#[test]
fn who_must_have_a_factor_enrols_and_then_signs_in_with_codes() {
    let test = strict();
    let site = after(&test, 0);
    let led = password_step(&site, OFFICE, None);
    assert_eq!((led.status, led.header("location"), &led.session), (303, "/sign-in/enrol", &None));
    let step = led.cookie(STEP).unwrap();
    let page = get_with(&site, STEP, &step, "/sign-in/enrol?next=%2Ftasks");
    assert!(
        page.body.contains("data:image/svg&#43;xml;base64,")
            || page.body.contains("data:image/svg+xml;base64,")
    );
    assert!(page.body.contains("value=\"/tasks\""));
    let key = key_of(&page);
    assert_eq!(key, key_of(&get_with(&site, STEP, &step, "/sign-in/enrol")), "the same while it is shown");
    let wrong = site.post(&[(STEP, &step)], "/sign-in/enrol", &[("code", "000000")]);
    assert_eq!((wrong.status, key_of(&wrong)), (422, key.clone()));
    let form = [("code", &*code(&key, 0)), ("next", "/tasks")];
    let done = site.post(&[(STEP, &step)], "/sign-in/enrol", &form);
    assert_eq!((done.status, codes_of(&done).len()), (200, 10));
    assert!(done.body.contains("href=\"/tasks\""));
    let me = As::Cookie(done.session.clone().unwrap());
    assert_eq!(site.get(&me, "/api/v1/me").json()["post"]["role"], "office");
    // The step is used up, and the enrolment's code with it.
    assert_eq!(site.post(&[(STEP, &step)], "/sign-in/enrol", &form).header("location"), "/sign-in");
    let again = password_step(&site, OFFICE, None);
    assert_eq!(again.header("location"), "/sign-in/code");
    let step = again.cookie(STEP).unwrap();
    assert_eq!(get_with(&site, STEP, &step, "/sign-in/enrol").header("location"), "/sign-in");
    assert_eq!(try_code(&site, &step, &code(&key, 0)).status, 422);
    let later = after(&test, 30);
    let inside = try_code(&later, &step, &code(&key, 30));
    assert_eq!((inside.status, inside.header("location")), (303, "/tasks"));
    assert_eq!(inside.cookie(STEP).as_deref(), Some(""));
    assert_ne!(inside.session, Some(step.clone()));
    assert_eq!(later.get(&As::Cookie(inside.session.unwrap()), "/tasks").status, 200);
    assert_eq!(try_code(&after(&test, 60), &step, &code(&key, 60)).header("location"), "/sign-in");
}

#[test]
fn the_rule_says_who_is_led_to_enrol() {
    let test = strict();
    let leads = |email: &str| password_step(&after(&test, 0), email, None).header("location").to_owned();
    assert_eq!([leads(OFFICE), leads(HEAD), leads(STAFF)], ["/sign-in/enrol", "/sign-in/enrol", "/"]);
    rule(&test, true, false);
    assert_eq!([leads(OFFICE), leads(HEAD)], ["/sign-in/enrol", "/"]);
    rule(&test, false, true);
    assert_eq!([leads(OFFICE), leads(HEAD)], ["/", "/"]);
}

#[test]
fn a_step_opens_nothing_but_its_pages() {
    let test = strict();
    let site = after(&test, 0);
    let half = step(&site, OFFICE);
    for entry in ROUTES.iter().filter(|entry| matches!(entry.need, Need::Member(_))) {
        let path = entry.path.replace("{id}", "1").replace("{month}", "2024-11");
        for cookie in ["__Host-dondoc", STEP] {
            let request = TestRequest::default()
                .method(entry.method.parse().unwrap())
                .uri(&path)
                .insert_header(("sec-fetch-site", "same-origin"))
                .cookie(Cookie::new(cookie, half.clone()));
            let answer = site.ask(&As::Nobody, request);
            assert!(matches!(answer.status, 303 | 401), "{} {path}: {}", entry.method, answer.status);
            assert!(answer.status == 401 || answer.header("location").starts_with("/sign-in"), "{path}");
        }
        assert_eq!(site.get(&As::Token(half.clone()), "/api/v1/me").status, 401);
    }
    let session = site.sign_in("mot", STAFF);
    let As::Cookie(session) = session else { panic!("a cookie") };
    assert_eq!(get_with(&site, STEP, &session, "/sign-in/enrol").header("location"), "/sign-in");
    // It ends with time, with giving up, and with the password.
    assert_eq!(get_with(&after(&test, 20 * 60), STEP, &half, "/sign-in/enrol").status, 303);
    assert_eq!(site.post(&[(STEP, &half)], "/sign-in/cancel", &[]).header("location"), "/sign-in");
    assert_eq!(get_with(&site, STEP, &half, "/sign-in/enrol").status, 303);
    let half = step(&site, OFFICE);
    let another = dondoc::auth::NewPassword::parse("một câu khác cũng dài").unwrap();
    test.act("mot", |conn, _| dondoc::auth::set_password(conn, OFFICE, &another)).unwrap();
    assert_eq!(get_with(&site, STEP, &half, "/sign-in/enrol").status, 303);
}

#[test]
fn a_code_is_right_one_period_early_or_late_and_never_again() {
    let test = strict();
    let (key, _) = enrol(&test, OFFICE);
    for (seconds, off, status) in
        [(300, -60, 422), (300, 60, 422), (300, -30, 303), (600, 30, 303), (600, 0, 422), (1200, 0, 303)]
    {
        let site = after(&test, seconds);
        let step = step(&site, OFFICE);
        let answer = try_code(&site, &step, &code(&key, seconds + off));
        assert_eq!(answer.status, status, "{seconds} {off}");
    }
}

#[test]
fn of_fifty_who_send_one_code_at_once_one_gets_in() {
    let test = strict();
    let (key, _) = enrol(&test, OFFICE);
    let typed = code(&key, 60);
    let site = after(&test, 60);
    let steps: Vec<String> = (0..50).map(|_| step(&site, OFFICE)).collect();
    let successes = AtomicUsize::new(0);
    thread::scope(|scope| {
        for part in steps.chunks(10) {
            let (test, typed, successes) = (&test, &typed, &successes);
            scope.spawn(move || {
                let site = after(test, 60);
                let inside =
                    part.iter().filter(|step| try_code(&site, step, typed).session.is_some()).count();
                successes.fetch_add(inside, Ordering::Relaxed);
            });
        }
    });
    assert_eq!(successes.into_inner(), 1);
    let mut conn = test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM sessions WHERE ended_at IS NULL"), 2);
}

#[test]
fn five_codes_in_five_minutes_counted_over_all_ways_in() {
    let test = strict();
    let (key, codes) = enrol(&test, OFFICE);
    let site = after(&test, 60);
    for n in 0..5 {
        let answer = match n % 2 {
            0 => try_code(&site, &step(&site, OFFICE), "000000").status,
            _ => api(&site, OFFICE, PASSWORD, Some("abcde-fghij")).status,
        };
        assert_eq!(answer, if n % 2 == 0 { 422 } else { 401 });
    }
    let limited = try_code(&site, &step(&site, OFFICE), &code(&key, 60));
    assert_eq!((limited.status, limited.session), (429, None));
    assert_eq!(try_code(&site, &step(&site, OFFICE), &codes[0]).status, 429);
    let by_api = api(&site, OFFICE, PASSWORD, Some(&code(&key, 60)));
    assert_eq!((by_api.problem(), by_api.header("retry-after")), ((429, "too-many".to_owned()), "300"));
    let later = after(&test, 360);
    assert_eq!(try_code(&later, &step(&later, OFFICE), &code(&key, 360)).status, 303);
}

fn api(site: &Site, email: &str, password: &str, code: Option<&str>) -> Answer {
    let mut body = json!({ "tenant": "mot", "email": email, "password": password });
    if let Some(code) = code {
        body["code"] = code.into();
    }
    site.ask(&As::Nobody, TestRequest::post().uri("/api/v1/session").set_json(body))
}

#[test]
fn an_api_client_brings_its_code_along() {
    let test = strict();
    let site = after(&test, 60);
    assert_eq!(api(&site, OFFICE, PASSWORD, None).problem(), (403, "enrolment-needed".to_owned()));
    let (key, _) = enrol(&test, OFFICE);
    assert_eq!(api(&site, OFFICE, PASSWORD, None).problem(), (401, "code-needed".to_owned()));
    let said = |answer: Answer| {
        let mut document = answer.json();
        document["instance"] = "".into();
        (answer.status, document)
    };
    let wrong_password = said(api(&site, OFFICE, "wrong wrong wrong", Some(&code(&key, 60))));
    assert_eq!(wrong_password, said(api(&site, OFFICE, PASSWORD, Some("000000"))));
    assert_eq!(wrong_password, said(api(&site, OFFICE, "wrong wrong wrong", None)));
    assert_eq!(wrong_password, said(api(&site, "nobody@mot.example", PASSWORD, Some("000000"))));
    let inside = api(&site, OFFICE, PASSWORD, Some(&code(&key, 60)));
    assert_eq!(inside.status, 200, "{}", inside.body);
    assert_eq!(api(&site, OFFICE, PASSWORD, Some(&code(&key, 60))).status, 401, "once");
}

#[test]
fn a_recovery_code_stands_in_once() {
    let test = strict();
    let (_, codes) = enrol(&test, OFFICE);
    let site = after(&test, 60);
    let typed = codes[3].to_uppercase().replace('-', " ");
    assert_eq!(try_code(&site, &step(&site, OFFICE), &typed).status, 303);
    assert_eq!(try_code(&site, &step(&site, OFFICE), &codes[3]).status, 422);
    let inside = try_code(&site, &step(&site, OFFICE), &codes[4]);
    let account = site.get(&As::Cookie(inside.session.expect("a session")), "/account");
    assert!(account.body.contains("Còn 8 mã khôi phục."), "{}", account.body);
    let mut conn = test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM journal WHERE act = 'recovery_code.use'"), 2);
}

#[test]
fn a_remembered_device_skips_the_code_and_never_the_password() {
    let test = strict();
    let (key, _) = enrol(&test, HEAD);
    let site = after(&test, 60);
    let form = [("code", &*code(&key, 60)), ("remember", "1")];
    let inside = site.post(&[(STEP, &step(&site, HEAD))], "/sign-in/code", &form);
    let device = inside.cookie(DEVICE).expect("the device");
    let skips = |site: &Site, email: &str| password_step(site, email, Some(&device)).session.is_some();
    assert!(skips(&site, HEAD));
    let wrong = [("tenant", "mot"), ("email", HEAD), ("password", "wrong wrong wrong")];
    assert_eq!(site.post(&[(DEVICE, &device)], "/sign-in", &wrong).status, 422);
    let day = 86_400;
    assert!(skips(&after(&test, 29 * day), HEAD));
    // Another person's device, and the same person as an administrator.
    enrol_anyway(&test, STAFF);
    assert!(!skips(&site, STAFF));
    let mut conn = test.test_db.superuser();
    run(&mut conn, "UPDATE posts SET role = 'office' WHERE role = 'unit_head'");
    assert!(!skips(&site, HEAD));
    run(
        &mut conn,
        "UPDATE posts SET role = 'unit_head' WHERE person_id = (SELECT id FROM persons WHERE email = 'head@mot.example')",
    );
    assert!(skips(&site, HEAD));
    let another = dondoc::auth::NewPassword::parse(PASSWORD).unwrap();
    test.act("mot", |conn, _| dondoc::auth::set_password(conn, HEAD, &another)).unwrap();
    assert!(!skips(&site, HEAD), "forgotten with the password");
    let later = after(&test, 120);
    let form = [("code", &*code(&key, 120)), ("remember", "1")];
    let inside = later.post(&[(STEP, &step(&later, HEAD))], "/sign-in/code", &form);
    let device = inside.cookie(DEVICE).expect("the device");
    let skips = |seconds: i64| password_step(&after(&test, seconds), HEAD, Some(&device)).session.is_some();
    assert!(skips(120) && !skips(120 + 30 * day));
    // Who may not be remembered is not, whatever the form says.
    let (key, _) = enrol(&test, OFFICE);
    let form = [("code", &*code(&key, 60)), ("remember", "1")];
    let inside = site.post(&[(STEP, &step(&site, OFFICE))], "/sign-in/code", &form);
    assert_eq!((inside.status, inside.cookie(DEVICE)), (303, None));
}

#[test]
fn the_database_holds_no_seed_and_no_code() {
    let test = strict();
    let (key, codes) = enrol(&test, OFFICE);
    let seed = Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let hex: String = seed.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut conn = test.test_db.superuser();
    for table in ["person_factors", "factor_offers", "recovery_codes", "journal", "sessions", "sign_in_steps"]
    {
        for secret in [&hex, &key.replace(' ', ""), &codes[0], &codes[0].replace('-', "")] {
            let sql = format!("SELECT count(*) FROM {table} t WHERE t::text ILIKE '%{secret}%'");
            assert_eq!(number(&mut conn, &sql), 0, "{table}");
        }
    }
    assert_eq!(number(&mut conn, "SELECT count(*) FROM person_factors"), 1);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM recovery_codes"), 10);
    // A row put at another person opens nothing there.
    run(
        &mut conn,
        "INSERT INTO person_factors (tenant_id, person_id, sealed_seed, last_step, created_at) SELECT f.tenant_id, p.id, f.sealed_seed, 0, f.created_at FROM person_factors f, persons p WHERE p.email = 'staff@mot.example'",
    );
    let site = after(&test, 60);
    assert_eq!(try_code(&site, &step(&site, STAFF), &code(&key, 60)).status, 500);
}
