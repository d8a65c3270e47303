//! Signing in and out, as a browser and as an API client; what ends a session, and what a stranger learns.

use actix_web::test::TestRequest;
use dondoc::auth;
use dondoc::domain::access::Role;

use crate::support::build::add_unit;
use crate::support::site::{As, PASSWORD, Site, add_person};
use crate::support::{TestApp, now, number, run};

const HEAD: &str = "head@mot.example";

fn one_tenant() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    add_person(&test, "mot", HEAD, Role::UnitHead, Some("CVT"));
    test
}

fn form(tenant: &str, email: &str, password: &str, next: &str) -> String {
    serde_urlencoded::to_string([
        ("tenant", tenant),
        ("email", email),
        ("password", password),
        ("next", next),
    ])
    .unwrap()
}

#[test]
fn a_browser_signs_in_goes_on_and_signs_out() {
    let test = one_tenant();
    let site = Site::new(&test);
    let asked = site.get(&As::Nobody, "/unit?as_of=2024-11-29");
    assert_eq!((asked.status, asked.header("location")), (303, "/sign-in?next=%2Funit%3Fas_of%3D2024-11-29"));
    assert!(
        site.get(&As::Nobody, asked.header("location")).body.contains("value=\"/unit?as_of=2024-11-29\"")
    );
    let typed = form("mot", " HEAD@mot.example ", PASSWORD, "/unit?as_of=2024-11-29");
    let answer = site.send(&As::Nobody, "POST", "/sign-in", &typed);
    assert_eq!((answer.status, answer.header("location")), (303, "/unit?as_of=2024-11-29"));
    let cookie = answer.header("set-cookie");
    for part in ["__Host-dondoc=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let me = As::Cookie(answer.session.clone().unwrap());
    assert_eq!(site.get(&me, "/api/v1/me").json()["post"]["role"], "unit_head");
    let out = site.send(&me, "POST", "/sign-out", "");
    assert_eq!((out.status, out.session.as_deref()), (303, Some("")));
    assert_eq!(site.get(&me, "/api/v1/me").problem(), (401, "not-signed-in".to_owned()));
    let again = site.get(&me, "/");
    assert_eq!((again.status, again.header("location")), (303, "/sign-in"));
}

#[test]
fn a_stranger_learns_nothing_from_a_refusal() {
    let test = one_tenant();
    let site = Site::new(&test);
    let cases = [
        ("mot", HEAD, "wrong wrong wrong"),
        ("mot", "nobody@mot.example", PASSWORD),
        ("hai", HEAD, PASSWORD),
    ];
    let (mut pages, mut documents) = (Vec::new(), Vec::new());
    for (tenant, email, password) in cases {
        let page = site.send(&As::Nobody, "POST", "/sign-in", &form(tenant, email, password, ""));
        assert_eq!((page.status, page.session), (422, None), "{tenant} {email}");
        pages.push(page.body.replace(email, "E").replace(&format!("\"{tenant}\""), "T"));
        let mut document = site.ask_token(tenant, email, password).json();
        document["instance"] = "".into();
        documents.push(document);
    }
    assert!(pages.iter().all(|page| *page == pages[0]) && documents.iter().all(|d| *d == documents[0]));
    assert_eq!(documents[0]["type"], "urn:dondoc:problem:sign-in-failed");
    assert!(!pages[0].contains("wrong wrong"), "the password comes back");
}

#[test]
fn what_the_database_can_not_be_asked_is_nobodys() {
    let test = one_tenant();
    let site = Site::new(&test);
    let long = "a".repeat(300);
    for (tenant, email) in
        [("mot", "a\0"), ("\0", HEAD), ("hai", "a\0"), ("mot", long.as_str()), (&long, HEAD)]
    {
        assert_eq!(site.ask_token(tenant, email, PASSWORD).problem(), (401, "sign-in-failed".to_owned()));
        let page = site.send(&As::Nobody, "POST", "/sign-in", &form(tenant, email, PASSWORD, ""));
        assert_eq!((page.status, page.session), (422, None), "{tenant} {email}");
    }
    assert_eq!(
        site.ask_token(" MOT ", " Head@MOT.example", PASSWORD).status,
        200,
        "both doors take the same"
    );
}

#[test]
fn signing_in_again_ends_the_session_that_the_browser_showed() {
    let test = one_tenant();
    let site = Site::new(&test);
    let first = site.sign_in("mot", HEAD);
    let again = site.send(&first, "POST", "/sign-in", &form("mot", HEAD, PASSWORD, ""));
    let second = As::Cookie(again.session.unwrap());
    assert_eq!(site.get(&first, "/api/v1/me").status, 401);
    assert_eq!(site.get(&second, "/api/v1/me").status, 200);
}

#[test]
fn another_scheme_of_authorization_is_not_ours() {
    let test = one_tenant();
    let site = Site::new(&test);
    let me = site.sign_in("mot", HEAD);
    let with = |value: &str| {
        site.ask(&me, TestRequest::get().uri("/api/v1/me").insert_header(("authorization", value)))
    };
    assert_eq!(with("Basic cHJveHk6cHJveHk=").status, 200);
    assert_eq!(with("Bearer x").status, 401, "a wrong token is not made good by the cookie beside it");
    let As::Token(token) = site.token("mot", HEAD) else { panic!("a token") };
    let lower =
        TestRequest::get().uri("/api/v1/me").insert_header(("authorization", format!("bearer {token}")));
    assert_eq!(site.ask(&As::Nobody, lower).status, 200);
}

#[test]
fn a_form_comes_back_with_its_values_and_every_fault_at_its_field() {
    let site = Site::new(&one_tenant());
    let answer =
        site.send(&As::Nobody, "POST", "/sign-in", "tenant=mot&email=&password=&next=//evil.example");
    assert_eq!(answer.status, 422);
    for part in ["value=\"mot\"", "id=\"email-error\"", "id=\"password-error\"", "<title>Lỗi: "] {
        assert!(answer.body.contains(part), "{part}");
    }
    assert!(!answer.body.contains("evil"));
}

#[test]
fn a_form_from_another_site_is_refused() {
    let test = one_tenant();
    let site = Site::new(&test);
    let me = site.sign_in("mot", HEAD);
    let out = || TestRequest::post().uri("/sign-out").insert_header(("host", "dondoc.example"));
    let headers = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://dondoc.example"),
        ("x-nothing", ""),
    ];
    for header in headers {
        assert_eq!(site.ask(&me, out().insert_header(header)).status, 403, "{header:?}");
    }
    assert_eq!(site.ask(&As::Nobody, TestRequest::post().uri("/sign-in")).status, 403);
    let own = site.ask(&me, out().insert_header(("origin", "https://dondoc.example")));
    assert_eq!((own.status, own.header("location")), (303, "/sign-in"));
}

#[test]
fn a_token_opens_the_api_until_its_session_ends() {
    let test = one_tenant();
    let site = Site::new(&test);
    let answer = site.ask_token("mot", HEAD, PASSWORD).json();
    assert_eq!((answer["token_type"].as_str(), answer["expires_in"].as_i64()), (Some("Bearer"), Some(600)));
    let me = As::Token(answer["access_token"].as_str().unwrap().to_owned());
    let names = site.get(&me, "/api/v1/units").json();
    assert_eq!(
        (names["items"][0]["short_name"].as_str(), &names["next"]),
        (Some("CVT"), &serde_json::Value::Null)
    );
    assert_eq!(site.send(&me, "DELETE", "/api/v1/session", "").status, 204);
    assert_eq!(site.get(&me, "/api/v1/me").problem().0, 401);
}

#[test]
fn time_ends_a_session() {
    let test = one_tenant();
    let (me, token) = (Site::new(&test).sign_in("mot", HEAD), Site::new(&test).token("mot", HEAD));
    let after = |seconds: i64| Site::at(&test, now() + chrono::TimeDelta::seconds(seconds));
    assert_eq!(after(599).get(&token, "/api/v1/me").status, 200);
    assert_eq!(after(600).get(&token, "/api/v1/me").status, 401);
    // Four idle hours; whoever goes on working goes on for twelve in all.
    let hour = 3600;
    for hours in [3, 6, 9, 11] {
        assert_eq!(after(hours * hour).get(&me, "/api/v1/me").status, 200, "after {hours} h");
    }
    assert_eq!(after(12 * hour).get(&me, "/api/v1/me").status, 401);
    let idle = Site::new(&test).sign_in("mot", HEAD);
    assert_eq!(after(4 * hour - 1).get(&idle, "/api/v1/me").status, 200);
    assert_eq!(after(8 * hour - 1).get(&idle, "/api/v1/me").status, 401);
}

#[test]
fn what_takes_the_right_away_bites_at_once() {
    let test = one_tenant();
    let site = Site::new(&test);
    let ends = [
        ("UPDATE persons SET active = false", "UPDATE persons SET active = true"),
        (
            "UPDATE posts SET until_on = '2024-11-29' WHERE role = 'unit_head'",
            "UPDATE posts SET until_on = NULL",
        ),
        ("UPDATE tenants SET state = 'suspended'", "UPDATE tenants SET state = 'active'"),
    ];
    for (end, mend) in ends {
        let (me, token) = (site.sign_in("mot", HEAD), site.token("mot", HEAD));
        run(&mut test.test_db.superuser(), end);
        assert_eq!(site.get(&me, "/api/v1/me").status, 401, "{end}");
        assert_eq!(site.get(&token, "/api/v1/me").status, 401, "{end}");
        assert_eq!(site.ask_token("mot", HEAD, PASSWORD).problem().1, "sign-in-failed", "{end}");
        run(&mut test.test_db.superuser(), mend);
    }
    let me = site.sign_in("mot", HEAD);
    let another = auth::NewPassword::parse("một câu khác cũng dài").unwrap();
    test.act("mot", |conn, _| auth::set_password(conn, HEAD, &another)).unwrap();
    assert_eq!(site.get(&me, "/api/v1/me").status, 401);
}

#[test]
fn another_tenants_cookie_with_this_tenants_session_opens_nothing() {
    let test = one_tenant();
    test.tenant("hai");
    add_unit(&test, "hai", "CVT");
    add_person(&test, "hai", HEAD, Role::UnitHead, Some("CVT"));
    let site = Site::new(&test);
    let (As::Cookie(one), As::Cookie(two)) = (site.sign_in("mot", HEAD), site.sign_in("hai", HEAD)) else {
        panic!("cookies");
    };
    // The first 21 letters are the tenant's alone.
    let mixed = format!("{}{}", &two[..21], &one[21..]);
    assert_eq!(site.get(&As::Cookie(mixed), "/api/v1/me").status, 401);
    assert_eq!(site.get(&As::Cookie(one), "/api/v1/me").json()["tenant"]["slug"], "mot");
}

#[test]
fn a_one_time_link_sets_a_password_once() {
    let test = TestApp::new();
    test.tenant("mot");
    let admin = "admin@mot.example";
    let link = test
        .act("mot", |conn, _| {
            let person: uuid::Uuid = dondoc::accounts::person_of(conn, admin)?.unwrap();
            auth::issue_link(conn, person)
        })
        .unwrap()
        .to_text();
    let site = Site::new(&test);
    let address = format!("/password?link={link}");
    for _ in 0..2 {
        assert!(site.get(&As::Nobody, &address).body.contains(&link), "looking spends nothing");
    }
    let send = |password: &str, again: &str, site: &Site| {
        let form = [("link", link.as_str()), ("password", password), ("again", again)];
        site.send(&As::Nobody, "POST", "/password", &serde_urlencoded::to_string(form).unwrap())
    };
    for (password, again) in [("short", "short"), (PASSWORD, "another")] {
        let refused = send(password, again, &site);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("aria-invalid") && !refused.body.contains(PASSWORD));
    }
    let late = Site::at(&test, now() + chrono::TimeDelta::hours(24));
    assert_eq!(send(PASSWORD, PASSWORD, &late).status, 422);
    assert_eq!(send(PASSWORD, PASSWORD, &site).header("location"), "/sign-in?set=1");
    let me = site.sign_in("mot", admin);
    assert_eq!(site.get(&me, "/").header("location"), "/organisation");
    assert_eq!(send("một câu khác cũng dài", "một câu khác cũng dài", &site).status, 422, "spent");
    let kept = "SELECT count(*) FROM person_passwords WHERE hash LIKE '$argon2id$v=19$m=47104,t=1,p=1$%'";
    assert_eq!(number(&mut test.test_db.superuser(), kept), 1);
}

#[test]
fn secrets_are_kept_as_hashes_only() {
    let test = one_tenant();
    let site = Site::new(&test);
    let As::Cookie(cookie) = site.sign_in("mot", HEAD) else { panic!("a cookie") };
    let rows = "SELECT count(*) FROM sessions WHERE octet_length(secret_sha256) = 32 AND kind = 'browser'";
    let mut conn = test.test_db.superuser();
    assert_eq!(number(&mut conn, rows), 1);
    let told = format!("SELECT count(*) FROM journal WHERE after::text LIKE '%{}%'", &cookie[43..]);
    assert_eq!(number(&mut conn, &told), 0);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM journal WHERE act = 'session.begin'"), 1);
}
