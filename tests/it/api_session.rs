//! How an API client goes on without its password, what it is told of its faults, and how often it may ask.

use std::collections::BTreeSet;
use std::thread;

use actix_web::test::TestRequest;
use chrono::TimeDelta;
use dondoc::auth::rotate_keys;
use dondoc::domain::access::Role;
use dondoc::tenants::{self, LimitChange};
use jsonwebtoken::decode_header;
use serde_json::{Value, json};

use crate::support::build::add_unit;
use crate::support::site::{Answer, As, PASSWORD, Site, add_person};
use crate::support::{TestApp, now, number, run};

const HEAD: &str = "head@mot.example";

fn one_tenant() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    add_person(&test, "mot", HEAD, Role::UnitHead, Some("CVT"));
    test
}

fn after(test: &TestApp, seconds: i64) -> Site {
    Site::at(test, now() + TimeDelta::seconds(seconds))
}

fn part(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

fn refresh_token(site: &Site) -> String {
    part(&site.ask_token("mot", HEAD, PASSWORD), "refresh_token")
}

fn refresh(site: &Site, token: &str) -> Answer {
    let body = json!({ "refresh_token": token });
    site.ask(&As::Nobody, TestRequest::post().uri("/api/v1/session/refresh").set_json(body))
}

fn opens(site: &Site, access: &str) -> u16 {
    opens_as(site, &As::Token(access.to_owned()))
}

fn opens_as(site: &Site, who: &As) -> u16 {
    site.get(who, "/api/v1/me").status
}

#[test]
fn a_client_goes_on_until_its_session_is_over() {
    let test = one_tenant();
    let mut token = refresh_token(&Site::new(&test));
    for hour in 1..12 {
        let site = after(&test, hour * 3600);
        let next = refresh(&site, &token);
        assert_eq!(next.status, 200, "after {hour} h: {}", next.body);
        assert_eq!(opens(&site, &part(&next, "access_token")), 200);
        token = part(&next, "refresh_token");
    }
    assert_eq!(refresh(&after(&test, 12 * 3600), &token).problem(), (401, "not-signed-in".to_owned()));
}

#[test]
fn many_at_once_get_one_successor() {
    let test = one_tenant();
    let first = refresh_token(&Site::new(&test));
    let successors: BTreeSet<String> = thread::scope(|scope| {
        let asked: Vec<_> = (0..10)
            .map(|_| {
                scope.spawn(|| {
                    let site = Site::new(&test);
                    (0..5).map(|_| part(&refresh(&site, &first), "refresh_token")).collect::<Vec<_>>()
                })
            })
            .collect();
        asked.into_iter().flat_map(|asked| asked.join().unwrap()).collect()
    });
    assert_eq!(successors.len(), 1);
    assert_eq!(number(&mut test.test_db.superuser(), "SELECT max(rotations)::bigint FROM sessions"), 1);
}

#[test]
fn an_old_refresh_token_ends_the_session_for_both_who_have_it() {
    let test = one_tenant();
    let first = refresh_token(&Site::new(&test));
    let second = refresh(&Site::new(&test), &first);
    assert_eq!(refresh(&after(&test, 9), &first).status, 200, "an answer was lost");
    let late = after(&test, 10);
    assert_eq!(opens(&late, &part(&second, "access_token")), 200);
    assert_eq!(refresh(&late, &first).problem().0, 401);
    assert_eq!(refresh(&late, &part(&second, "refresh_token")).status, 401, "the family has ended");
    assert_eq!(opens(&late, &part(&second, "access_token")), 401);
    let told = "SELECT count(*) FROM journal WHERE act = 'session.end' AND after->>'why' IS NOT NULL";
    assert_eq!(number(&mut test.test_db.superuser(), told), 1);
}

#[test]
fn a_token_opens_only_what_it_is_for() {
    let test = one_tenant();
    let site = Site::new(&test);
    let tokens = site.ask_token("mot", HEAD, PASSWORD);
    let (access, token) = (part(&tokens, "access_token"), part(&tokens, "refresh_token"));
    assert_eq!(opens(&site, &token), 401);
    assert_eq!(opens(&site, token.trim_start_matches("ddr_")), 401);
    let As::Cookie(cookie) = site.sign_in("mot", HEAD) else { panic!("a cookie") };
    let forged = format!("ddr_{}", "A".repeat(86));
    let last = token.chars().last().unwrap();
    let changed = format!(
        "{}{}{last}",
        &token[..token.len() - 2],
        if token.as_bytes()[token.len() - 2] == b'A' { 'B' } else { 'A' }
    );
    for other in [&access, &cookie, &format!("ddr_{cookie}"), &forged, &changed, &String::new()] {
        assert_eq!(refresh(&site, other).status, 401, "{other}");
    }
    assert_eq!(refresh(&site, &token).status, 200, "what a stranger sends ends nothing");
    let kept = format!("SELECT count(*) FROM sessions WHERE sessions::text LIKE '%{}%'", &token[50..]);
    assert_eq!(number(&mut test.test_db.superuser(), &kept), 0);
}

#[test]
fn whatever_ends_the_right_ends_refreshing_at_once() {
    let test = one_tenant();
    let site = Site::new(&test);
    for (end, mend) in [
        ("UPDATE persons SET active = false", "UPDATE persons SET active = true"),
        (
            "UPDATE posts SET until_on = '2024-11-29' WHERE role = 'unit_head'",
            "UPDATE posts SET until_on = NULL",
        ),
        ("UPDATE tenants SET state = 'suspended'", "UPDATE tenants SET state = 'active'"),
    ] {
        let token = refresh_token(&site);
        run(&mut test.test_db.superuser(), end);
        assert_eq!(refresh(&site, &token).status, 401, "{end}");
        run(&mut test.test_db.superuser(), mend);
    }
    let tokens = site.ask_token("mot", HEAD, PASSWORD);
    let me = As::Token(part(&tokens, "access_token"));
    assert_eq!(site.send(&me, "DELETE", "/api/v1/session", "").status, 204);
    assert_eq!(refresh(&site, &part(&tokens, "refresh_token")).status, 401);
}

#[test]
fn a_tenant_may_make_its_sessions_shorter_and_no_longer() {
    let test = one_tenant();
    let mut conn = test.test_db.superuser();
    let (me, token) = (Site::new(&test).sign_in("mot", HEAD), refresh_token(&Site::new(&test)));
    run(&mut conn, "UPDATE tenant_settings SET session_idle_minutes = 30, session_hours = 2");
    let status = |seconds| after(&test, seconds).get(&me, "/api/v1/me").status;
    assert_eq!([status(1799), status(3598), status(5397), status(7195)], [200; 4], "not idle");
    assert_eq!(status(7200), 401, "over");
    assert_eq!(refresh(&after(&test, 7200), &token).status, 401);
    let idle = Site::new(&test).sign_in("mot", HEAD);
    assert_eq!(after(&test, 1800).get(&idle, "/api/v1/me").status, 401);
    let kept = "SELECT count(*) FROM sessions WHERE expires_at = created_at + interval '2 hours'";
    assert_eq!(number(&mut conn, kept), 1, "from signing in on");
    use diesel::connection::SimpleConnection;
    for wider in
        ["session_idle_minutes = 241", "session_idle_minutes = 4", "session_hours = 13", "session_hours = 0"]
    {
        assert!(conn.batch_execute(&format!("UPDATE tenant_settings SET {wider}")).is_err(), "{wider}");
    }
}

#[test]
fn a_body_is_told_which_field_is_wrong() {
    let test = one_tenant();
    let site = Site::new(&test);
    let good = json!({ "tenant": "mot", "email": HEAD, "password": PASSWORD });
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body.as_object_mut().unwrap().insert(name.to_owned(), value);
        body
    };
    let cases = [
        (with("role", json!("admin")), "/role"),
        (with("a/b~c", json!(1)), "/a~1b~0c"),
        (with("email", json!(7)), "/email"),
        (json!({ "tenant": "mot", "email": HEAD }), "/password"),
        (json!([]), ""),
    ];
    let ask = |request: TestRequest| site.ask(&As::Nobody, request.uri("/api/v1/session"));
    for (body, pointer) in cases {
        let answer = ask(TestRequest::post().set_json(&body));
        assert_eq!(answer.problem(), (422, "unprocessable".to_owned()), "{body}");
        let errors = &answer.json()["errors"];
        assert_eq!(
            (errors[0]["pointer"].as_str(), &errors[0]["parameter"]),
            (Some(pointer), &Value::Null),
            "{body}"
        );
    }
    let text = |kind: &str, body: String| {
        ask(TestRequest::post().insert_header(("content-type", kind.to_owned())).set_payload(body))
            .problem()
            .0
    };
    assert_eq!(text("application/x-www-form-urlencoded", good.to_string()), 415);
    assert_eq!(text("application/json", "{".to_owned()), 400);
    assert_eq!(text("application/json", format!("{good} x")), 400);
    assert_eq!(text("application/json", " ".repeat(70_000)), 413);
}

#[test]
fn wrong_passwords_slow_an_account_down_whether_it_exists_or_not() {
    let test = one_tenant();
    let site = Site::new(&test);
    let mut told = Vec::new();
    for (slug, email) in [("mot", HEAD), ("mot", "nobody@mot.example"), ("hai", HEAD)] {
        for _ in 0..5 {
            assert_eq!(site.ask_token(slug, email, "wrong wrong wrong").status, 401);
        }
        let refused = site.ask_token(slug, email, PASSWORD);
        assert_eq!(refused.problem(), (429, "too-many".to_owned()));
        told.push((refused.header("retry-after").to_owned(), refused.json()["detail"].clone()));
    }
    assert!(told.iter().all(|one| *one == told[0]) && told[0].0 == "1", "{told:?}");
    let form = [("tenant", "mot"), ("email", HEAD), ("password", PASSWORD)];
    let page = site.post(&[], "/sign-in", &form);
    assert_eq!((page.status, page.header("retry-after"), page.session.clone()), (429, "1", None));
    assert!(page.body.contains(HEAD) && page.body.contains("Đợi 1 giây"), "the form comes back");
}

#[test]
fn a_browser_that_is_known_gets_in_during_an_attack() {
    let test = one_tenant();
    let site = Site::new(&test);
    let form = [("tenant", "mot"), ("email", HEAD), ("password", PASSWORD)];
    let known = site.post(&[], "/sign-in", &form).cookie("__Host-dondoc-known").expect("a cookie");
    for _ in 0..8 {
        site.ask_token("mot", HEAD, "wrong wrong wrong");
    }
    assert_eq!(site.post(&[], "/sign-in", &form).status, 429);
    assert_eq!(site.post(&[("__Host-dondoc-known", &known)], "/sign-in", &form).status, 303);
    let failed =
        site.post(&[], "/sign-in", &[("tenant", "mot"), ("email", "x@mot.example"), ("password", "x")]);
    assert!(failed.cookie("__Host-dondoc-known").is_none(), "only the right password makes a browser known");
}

#[test]
fn the_own_password_is_not_guessed_in_a_session_either() {
    let test = one_tenant();
    let site = Site::new(&test);
    let As::Cookie(me) = site.sign_in("mot", HEAD) else { panic!("a cookie") };
    let new = "một câu khác cũng dài";
    let send = |current: &str| {
        let form = [("current", current), ("password", new), ("again", new), ("code", "")];
        site.post(&[("__Host-dondoc", &me)], "/account/password", &form)
    };
    for _ in 0..5 {
        assert_eq!(send("wrong wrong wrong").status, 422);
    }
    let refused = send(PASSWORD);
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
}

#[test]
fn one_address_sends_so_much_a_minute_and_spoofs_nothing() {
    let test = one_tenant();
    let site = Site::new(&test);
    let send = |address: &str, peer: &str, forwarded: &str| {
        let request = TestRequest::post()
            .uri(address)
            .peer_addr(peer.parse().unwrap())
            .insert_header(("x-forwarded-for", forwarded.to_owned()))
            .insert_header(("sec-fetch-site", "same-origin"));
        site.ask(&As::Nobody, request)
    };
    for number in 0..20 {
        let address = ["/sign-in", "/password", "/api/v1/session"][number % 3];
        assert_ne!(send(address, "203.0.113.9:1", &format!("198.51.100.{number}")).status, 429);
    }
    let refused = send("/sign-in", "203.0.113.9:2", "198.51.100.99");
    assert_eq!((refused.status, refused.header("retry-after")), (429, "3"));
    assert_eq!(send("/api/v1/session", "203.0.113.9:1", "x").problem(), (429, "too-many".to_owned()));
    assert_ne!(send("/sign-in", "203.0.113.10:1", "203.0.113.9").status, 429, "another address");
    assert_eq!(site.get(&As::Nobody, "/sign-in").status, 200, "looking is free");
}

#[test]
fn a_tenant_has_its_own_quota_from_the_next_request_on() {
    let test = one_tenant();
    test.tenant("hai");
    add_person(&test, "hai", "admin2@hai.example", Role::Admin, None);
    let site = Site::new(&test);
    let (me, other) = (site.token("mot", HEAD), site.token("hai", "admin2@hai.example"));
    let quota = |who: &As| site.get(who, "/api/v1/me").header("ratelimit-policy").to_owned();
    for (limit, told) in [(Some(3), "\"api\";q=3;w=60"), (None, "\"api\";q=600;w=60")] {
        let change = LimitChange { requests_per_minute: Some(limit), ..LimitChange::default() };
        tenants::set_limits(&test.app, "mot", change).unwrap();
        quota(&me);
        assert_eq!(quota(&me), told);
        assert_eq!(quota(&other), "\"api\";q=600;w=60", "another tenant's");
    }
    let change = LimitChange { requests_per_minute: Some(Some(3)), ..LimitChange::default() };
    tenants::set_limits(&test.app, "mot", change).unwrap();
    let answers: Vec<u16> = (0..6).map(|_| opens_as(&site, &me)).collect();
    assert!(answers.ends_with(&[429, 429]), "{answers:?}");
    assert_eq!(opens_as(&site, &other), 200);
}

#[test]
fn a_token_opens_the_service_across_processes_and_a_rotation() {
    let test = one_tenant();
    let dir = tempfile::tempdir().unwrap();
    let at = |seconds| now() + TimeDelta::seconds(seconds);
    let process = |seconds| Site::with_keys(&test, at(seconds), dir.path());
    let (one, two) = (process(0), process(5));
    let first = one.ask_token("mot", HEAD, PASSWORD);
    assert_eq!(opens(&two, &part(&first, "access_token")), 200);
    rotate_keys(dir.path(), at(10), false).unwrap();
    // The new key signs, the old one still reads; what the refresh tokens follow from has not changed.
    let later = process(70);
    let second = refresh(&later, &part(&first, "refresh_token"));
    let kid = |answer: &Answer| decode_header(part(answer, "access_token")).unwrap().kid.unwrap();
    assert_ne!(kid(&first), kid(&second));
    assert_eq!([&first, &second].map(|answer| opens(&later, &part(answer, "access_token"))), [200; 2]);
    rotate_keys(dir.path(), at(71), true).unwrap();
    let last = process(80);
    assert_eq!([&first, &second].map(|answer| opens(&last, &part(answer, "access_token"))), [401; 2]);
    let third = refresh(&last, &part(&second, "refresh_token"));
    assert_eq!(opens(&last, &part(&third, "access_token")), 200);
}

#[test]
fn an_api_client_is_told_what_is_left() {
    let test = one_tenant();
    let site = Site::new(&test);
    let (one, two) = (site.token("mot", HEAD), site.token("mot", HEAD));
    let first = site.get(&one, "/api/v1/me");
    assert_eq!(first.header("ratelimit-policy"), "\"api\";q=600;w=60");
    assert_eq!(first.header("ratelimit"), "\"api\";r=599;t=1");
    assert_eq!(
        site.get(&two, "/api/v1/me").header("ratelimit"),
        "\"api\";r=598;t=1",
        "a person's, not a token's"
    );
    assert_eq!(site.get(&one, "/api/v1/tasks?nothing=1").header("ratelimit"), "\"api\";r=597;t=1");
    for _ in 0..597 {
        site.send(&one, "DELETE", "/api/v1/session", "");
    }
    let refused = site.get(&two, "/api/v1/me");
    assert_eq!((refused.problem(), refused.header("retry-after")), ((429, "too-many".to_owned()), "1"));
}
