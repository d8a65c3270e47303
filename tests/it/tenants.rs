//! The life of a tenant: suspended and resumed, limited, reached by hosts of its own.

use actix_web::test::TestRequest;
use dondoc::domain::access::Role;
use dondoc::error::{Error, Refusal, TenancyFault};
use dondoc::tenants::{self, LimitChange};
use serde_json::{Value, json};

use crate::support::build::person_of;
use crate::support::home::{Home, stderr};
use crate::support::site::{Answer, As, PASSWORD, Site, add_person};
use crate::support::{TestApp, number};

const ADMIN: &str = "quantri@example.vn";

/// Two tenants, each with an administrator of the same address and password.
fn two_tenants() -> (TestApp, Site) {
    let test = TestApp::new();
    for slug in ["mot", "hai"] {
        test.tenant(slug);
        add_person(&test, slug, ADMIN, Role::Admin, None);
    }
    let site = Site::new(&test);
    (test, site)
}

fn fault<T: std::fmt::Debug>(done: dondoc::error::Result<T>) -> TenancyFault {
    match done {
        Err(Error::Refused(Refusal::Tenancy(fault))) => fault,
        other => panic!("{other:?}"),
    }
}

/// What a problem document says but for the request's id.
fn said(answer: &Answer) -> Value {
    let mut document = answer.json();
    document["instance"] = Value::Null;
    document
}

#[test]
fn nobody_of_a_suspended_tenant_gets_in_and_everybody_again_when_it_is_resumed() {
    let (test, site) = two_tenants();
    let (cookie, token) = (site.sign_in("mot", ADMIN), site.token("mot", ADMIN));
    assert_eq!((site.get(&cookie, "/account").status, site.get(&token, "/api/v1/me").status), (200, 200));
    let person = person_of(&test, "mot", ADMIN);
    let link = test.act("mot", |conn, _| dondoc::auth::issue_link(conn, person)).unwrap();

    tenants::set_active(&test.app, "mot", false, Some("hết hợp đồng")).unwrap();
    assert_eq!(site.get(&token, "/api/v1/me").status, 401);
    assert_eq!(site.get(&cookie, "/account").header("location"), "/sign-in?next=%2Faccount");
    let (suspended, unknown) =
        (site.ask_token("mot", ADMIN, PASSWORD), site.ask_token("khong", ADMIN, PASSWORD));
    assert_eq!((suspended.status, said(&suspended)), (401, said(&unknown)));
    let typed = |slug| [("tenant", slug), ("email", ADMIN), ("password", PASSWORD)];
    let (suspended, unknown) =
        (site.post(&[], "/sign-in", &typed("mot")), site.post(&[], "/sign-in", &typed("khong")));
    assert_eq!((suspended.status, suspended.body.replace("mot", "khong")), (unknown.status, unknown.body));
    let form = [("link", link.to_text()), ("password", PASSWORD.into()), ("again", PASSWORD.into())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_ne!(site.post(&[], "/password", &form).status, 303);
    assert_eq!(fault(tenants::set_active(&test.app, "mot", false, None)), TenancyFault::AlreadySo(true));
    assert_eq!(site.get(&site.token("hai", ADMIN), "/api/v1/me").status, 200, "the other one goes on");
    assert!(test.act("mot", |conn, _| dondoc::journal::verify(conn)).unwrap().flaw.is_none());

    tenants::set_active(&test.app, "mot", true, None).unwrap();
    assert_eq!((site.get(&cookie, "/account").status, site.get(&token, "/api/v1/me").status), (200, 200));
    assert_eq!(site.post(&[], "/password", &form).status, 303, "the link was not spent meanwhile");
    let journaled = "SELECT count(*) FROM journal WHERE act IN ('tenant.suspend', 'tenant.resume')
                        AND (act = 'tenant.resume' OR after ->> 'reason' = 'hết hợp đồng')";
    assert_eq!(number(&mut test.test_db.superuser(), journaled), 2);
}

/// Between the right password and the code, too.
#[test]
fn who_stands_at_the_code_when_the_tenant_is_suspended_does_not_get_in() {
    let (test, site) = two_tenants();
    test.act("mot", |conn, _| {
        tenants::set_factor_rule(
            conn,
            dondoc::domain::two_factor::FactorRule { required: true, unit_heads: true },
        )
    })
    .unwrap();
    let typed = [("tenant", "mot"), ("email", ADMIN), ("password", PASSWORD)];
    let step = site.post(&[], "/sign-in", &typed).cookie("__Host-dondoc-step").expect("a step");
    let enrol = || {
        let request = TestRequest::get().uri("/sign-in/enrol");
        site.ask(&As::Nobody, request.insert_header(("cookie", format!("__Host-dondoc-step={step}")))).status
    };
    assert_eq!(enrol(), 200);
    tenants::set_active(&test.app, "mot", false, None).unwrap();
    assert_eq!(enrol(), 303);
}

/// Asks for an address by a host.
fn by_host(site: &Site, host: &str, request: TestRequest) -> Answer {
    let headers = [("host", host), ("sec-fetch-site", "same-origin")];
    let request = headers.into_iter().fold(request, |request, header| request.insert_header(header));
    site.ask(&As::Nobody, request)
}

fn sign_in_by_host(site: &Site, host: &str, tenant: Option<&str>) -> Answer {
    let mut form = vec![("email", ADMIN), ("password", PASSWORD)];
    form.extend(tenant.map(|tenant| ("tenant", tenant)));
    by_host(site, host, TestRequest::post().uri("/sign-in").set_form(form))
}

#[test]
fn by_its_own_host_nobody_is_asked_for_the_organisation_and_gets_into_no_other() {
    let (test, site) = two_tenants();
    assert_eq!(tenants::add_host(&test.app, "mot", "Dondoc.Mot.example").unwrap(), ["dondoc.mot.example"]);
    let shown = |host| by_host(&site, host, TestRequest::get().uri("/sign-in")).body;
    for host in ["dondoc.mot.example", "DONDOC.mot.example:8443", "dondoc.mot.example."] {
        let page = shown(host);
        assert!(page.contains("Tổ chức mot") && !page.contains("name=\"tenant\""), "{host}: {page}");
    }
    for host in ["dondoc.example", "evil.example", "127.0.0.1:8080", "xn--", "[::1]", "a b", ""] {
        assert!(shown(host).contains("name=\"tenant\""), "{host}: nobody's host asks");
    }
    let answer = sign_in_by_host(&site, "dondoc.mot.example", None);
    let member = As::Cookie(answer.session.expect("signed in"));
    assert!(site.get(&member, "/account").body.contains("Tổ chức mot"));
    // The same address and password are right in the other tenant, too.
    let other = sign_in_by_host(&site, "dondoc.mot.example", Some("hai")).session.map(As::Cookie);
    assert!(site.get(&other.expect("into its own"), "/account").body.contains("Tổ chức mot"));
    let api = |tenant: &str| {
        let body = json!({ "tenant": tenant, "email": ADMIN, "password": PASSWORD });
        by_host(&site, "dondoc.mot.example", TestRequest::post().uri("/api/v1/session").set_json(body)).status
    };
    assert_eq!((api("mot"), api("hai")), (200, 401));

    tenants::set_active(&test.app, "mot", false, None).unwrap();
    assert!(!shown("dondoc.mot.example").contains("name=\"tenant\""), "it becomes nobody else's");
    assert!(sign_in_by_host(&site, "dondoc.mot.example", Some("hai")).session.is_none());
    tenants::remove_host(&test.app, "mot", "dondoc.mot.example").unwrap();
    assert!(shown("dondoc.mot.example").contains("name=\"tenant\""));
}

#[test]
fn a_form_by_a_tenants_host_comes_from_there_and_nowhere_else() {
    let (test, site) = two_tenants();
    tenants::add_host(&test.app, "mot", "dondoc.mot.example").unwrap();
    let send = |origin: &str| {
        let request = TestRequest::post()
            .uri("/sign-in")
            .insert_header(("host", "dondoc.mot.example"))
            .insert_header(("origin", origin.to_owned()))
            .set_form([("email", ADMIN), ("password", PASSWORD)]);
        site.ask(&As::Nobody, request).status
    };
    let from = ["https://dondoc.mot.example", "https://dondoc.example", "http://dondoc.mot.example"];
    assert_eq!(from.map(send), [303, 403, 403]);
}

#[test]
fn links_lead_to_the_tenants_first_host() {
    let (test, site) = two_tenants();
    let admin = site.sign_in("mot", ADMIN);
    let person = person_of(&test, "mot", ADMIN);
    let link = |expected: &str| {
        let page = site.send(&admin, "POST", &format!("/people/{person}/link"), "").body;
        assert!(page.contains(&format!("{expected}/password?link=")), "{expected}: {page}");
    };
    link("https://dondoc.example");
    tenants::add_host(&test.app, "mot", "b.mot.example").unwrap();
    tenants::add_host(&test.app, "hai", "a.hai.example").unwrap();
    link("https://b.mot.example");
}

#[test]
fn a_host_is_one_tenants_and_a_name() {
    let (test, _) = two_tenants();
    tenants::add_host(&test.app, "mot", "dondoc.mot.example").unwrap();
    for slug in ["mot", "hai"] {
        let taken = fault(tenants::add_host(&test.app, slug, "DONDOC.mot.example"));
        assert_eq!(taken, TenancyFault::HostTaken("dondoc.mot.example".into()));
    }
    for wrong in ["localhost", "10.0.0.1", "https://a.example", "a.example:443", "bộ.example", "a..example"]
    {
        let refused = fault(tenants::add_host(&test.app, "mot", wrong));
        assert_eq!(refused, TenancyFault::HostForm(wrong.to_owned()));
    }
    let others = fault(tenants::remove_host(&test.app, "hai", "dondoc.mot.example"));
    assert_eq!(others, TenancyFault::HostUnknown("dondoc.mot.example".into()));
}

#[test]
fn no_more_people_than_the_operator_allows() {
    let (test, site) = two_tenants();
    let admin = site.sign_in("mot", ADMIN);
    // The first administrator and this one.
    let limit = |people| {
        let change = LimitChange { people: Some(people), ..LimitChange::default() };
        tenants::set_limits(&test.app, "mot", change).unwrap()
    };
    let add = |email: &str| {
        let form = [("name", "Người mới"), ("email", email), ("role", "admin"), ("from", "2024-11-29")];
        site.send(&admin, "POST", "/people/new", &serde_urlencoded(&form))
    };
    limit(Some(3));
    assert_eq!(add("ba@example.vn").status, 200);
    let full = add("bon@example.vn");
    assert_eq!(full.status, 422, "{}", full.body);
    assert!(full.body.contains("Tổ chức đã đủ 3 người dùng đang hoạt động"), "{}", full.body);
    assert!(full.body.contains("bon@example.vn"), "what was typed stays");
    let third = person_of(&test, "mot", "ba@example.vn");
    let act = |what: &str| site.send(&admin, "POST", &format!("/people/{third}/{what}"), "");
    assert_eq!((act("disable").status, add("bon@example.vn").status), (200, 200));
    let refused = act("enable");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("tối đa 3 người dùng đang hoạt động"), "{}", refused.body);
    assert_eq!(limit(None).people, None);
    assert_eq!(act("enable").status, 200);
}

fn serde_urlencoded(form: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(form).unwrap()
}

#[test]
fn a_limit_that_is_not_named_stays() {
    let (test, _) = two_tenants();
    let set = |people, requests_per_minute| {
        tenants::set_limits(&test.app, "mot", LimitChange { people, requests_per_minute, storage_mb: None })
            .unwrap()
    };
    set(Some(Some(5)), None);
    let both = set(None, Some(Some(600)));
    assert_eq!((both.people, both.requests_per_minute), (Some(5), Some(600)));
    assert_eq!(test.act("mot", |conn, _| tenants::limits(conn)).unwrap(), both);
    assert_eq!(test.act("hai", |conn, _| tenants::limits(conn)).unwrap(), tenants::Limits::default());
}

/// The application's role changes of a tenant what its commands change, and no more.
#[test]
fn the_applications_role_removes_and_renames_no_tenant() {
    let (test, _) = two_tenants();
    for sql in ["DELETE FROM tenants", "UPDATE tenants SET slug = 'x'", "DELETE FROM journal"] {
        let refused = test.act("mot", |conn, _| {
            Ok(diesel::connection::SimpleConnection::batch_execute(conn.for_tests(), sql)?)
        });
        assert!(format!("{:?}", refused.unwrap_err()).contains("permission denied"), "{sql}");
    }
}

#[test]
fn the_commands_say_what_holds() {
    let home = Home::new();
    home.tenant("mot");
    home.ok(&["tenant", "suspend", "mot", "--reason", "thử"]);
    home.ok(&[
        "tenant",
        "limit",
        "mot",
        "--people",
        "40",
        "--requests-per-minute",
        "600",
        "--storage-mb",
        "20480",
    ]);
    assert_eq!(home.ok(&["tenant", "host", "add", "mot", "dondoc.mot.example"]).trim(), "dondoc.mot.example");
    let listed = home.json(&["tenant", "list", "--format", "json"]);
    let only = &listed[0];
    assert_eq!(
        [
            &only["slug"],
            &only["state"],
            &only["most_people"],
            &only["requests_per_minute"],
            &only["most_storage_mb"],
            &only["hosts"][0]
        ],
        [
            &json!("mot"),
            &json!("suspended"),
            &json!(40),
            &json!(600),
            &json!(20480),
            &json!("dondoc.mot.example"),
        ]
    );
    assert!(home.ok(&["tenant", "list"]).starts_with("mot "));
    for (args, code) in [
        (&["tenant", "suspend", "mot"][..], 1),
        (&["tenant", "resume", "khong"], 1),
        (&["tenant", "limit", "mot", "--people", "0"], 2),
        (&["tenant", "host", "remove", "mot", "a.example"], 1),
    ] {
        let output = home.run(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{args:?}");
    }
}
