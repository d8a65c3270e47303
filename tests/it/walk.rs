//! Every route of the one table, walked: as nobody, with false credentials, in every role, as another tenant's
//! member, with unknown ids. A new route is walked without anybody thinking of it.

use actix_web::test::TestRequest;
use dondoc::domain::access::{Act, Role, may};
use dondoc::http::Need;
use dondoc::routes::{Entry, ROUTES};
use serde_json::Value;
use uuid::Uuid;

use crate::support::build::{add_unit, add_webhook, person_of};
use crate::support::site::{Answer, As, Site, add_api_key, add_person};
use crate::support::{TestApp, number, run};

/// The path with its parameters filled in; `id` for ids, a value that exists for everything else.
fn filled(entry: &Entry, id: &str) -> String {
    entry
        .path
        .replace("{id}", id)
        .replace("{month}", "2024-11")
        .replace("{year}", "2024")
        .replace("{name}", "app.css")
        .replace("{version}", "1")
        .replace("{kind}", "docx")
        .replace("{code}", "en")
        .replace("{token}", "x")
        .replace("{message}", id)
}

#[test]
fn a_form_from_anywhere_is_let_in_by_a_sealed_address_alone() {
    let sealed: Vec<_> = ROUTES.iter().filter(|entry| entry.need == Need::Sealed).collect();
    let named: Vec<_> = sealed.iter().map(|entry| (entry.method, entry.path)).collect();
    assert_eq!(named, [("POST", "/u/{token}")]);
    let test = TestApp::new();
    let site = Site::new(&test);
    for entry in ROUTES.iter().filter(|entry| !matches!(entry.method, "GET") && !is_api(entry)) {
        let request = TestRequest::default()
            .method(entry.method.parse().unwrap())
            .uri(&filled(entry, "x"))
            .insert_header(("sec-fetch-site", "cross-site"));
        let expected = if entry.need == Need::Sealed { 404 } else { 403 };
        assert_eq!(site.ask(&As::Nobody, request).status, expected, "{}", entry.path);
    }
}

fn members() -> impl Iterator<Item = (&'static Entry, dondoc::domain::access::Act)> {
    ROUTES.iter().filter_map(|entry| match entry.need {
        Need::Member(act) => Some((entry, act)),
        Need::Open | Need::Sealed => None,
    })
}

fn is_api(entry: &Entry) -> bool {
    entry.path.starts_with("/api/")
}

fn ask(site: &Site, who: &As, entry: &Entry, id: &str) -> Answer {
    site.send(who, entry.method, &filled(entry, id), "")
}

/// A tenant with a unit and a person of each role in it, `a.role@slug.example`.
fn people(test: &TestApp, slug: &str) {
    test.tenant(slug);
    add_unit(test, slug, "CVT");
    for role in Role::ALL.iter().copied() {
        let unit = (!matches!(role, Role::Leader | Role::Admin)).then_some("CVT");
        add_person(test, slug, &email(role, slug), role, unit);
    }
}

fn email(role: Role, slug: &str) -> String {
    format!("a.{}@{slug}.example", role.code())
}

#[test]
fn nobody_gets_nowhere() {
    let test = TestApp::new();
    people(&test, "mot");
    let site = Site::new(&test);
    let As::Token(token) = site.token("mot", &email(Role::Office, "mot")) else { panic!("a token") };
    let forged = format!("{}.{}", token.rsplit_once('.').unwrap().0, "A".repeat(43));
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", token.split('.').nth(1).unwrap());
    let strangers = [
        As::Nobody,
        As::Cookie("x".to_owned()),
        As::Cookie("A".repeat(86)),
        As::Token("x".to_owned()),
        As::Token(forged),
        As::Token(unsigned),
        As::Token(format!("ddk_{}", "A".repeat(86))),
    ];
    assert!(members().count() >= 5);
    for (entry, _) in members() {
        for who in &strangers {
            let answer = ask(&site, who, entry, &Uuid::nil().to_string());
            if is_api(entry) {
                assert_eq!(answer.problem(), (401, "not-signed-in".to_owned()), "{}", entry.path);
                assert_eq!(answer.header("www-authenticate"), "Bearer");
            } else {
                assert_eq!(answer.status, 303, "{} {}", entry.path, answer.body);
                assert!(answer.header("location").starts_with("/sign-in"), "{}", entry.path);
            }
        }
    }
}

#[test]
fn every_role_gets_exactly_as_far_as_the_table_says() {
    let test = TestApp::new();
    people(&test, "mot");
    let site = Site::new(&test);
    for role in Role::ALL.iter().copied() {
        let mut who = site.sign_in("mot", &email(role, "mot"));
        for (entry, act) in members() {
            let answer = ask(&site, &who, entry, &Uuid::nil().to_string());
            let is_let_in = !matches!(answer.status, 401 | 403);
            assert_eq!(
                is_let_in,
                may(role, act),
                "{role:?} {} {}: {}",
                entry.method,
                entry.path,
                answer.status
            );
            assert!(answer.status < 500, "{} {}", entry.path, answer.body);
            // One of these routes signs out.
            if act == Act::UseSession && entry.method != "GET" {
                who = site.sign_in("mot", &email(role, "mot"));
            }
        }
    }
}

/// An API key gets as far as a post of its role, but into no page and to nothing that needs a person.
#[test]
fn every_api_key_gets_as_far_as_its_role_where_no_person_is_needed() {
    let test = TestApp::new();
    people(&test, "mot");
    let site = Site::new(&test);
    for role in Role::ALL.iter().copied() {
        let unit = matches!(role, Role::Staff | Role::UnitHead).then_some("CVT");
        let who = As::Token(add_api_key(&test, "mot", role.code(), role, unit).key);
        for (entry, act) in members() {
            let answer = ask(&site, &who, entry, &Uuid::nil().to_string());
            let is_let_in = is_api(entry) && act != Act::UseSession && may(role, act);
            let asked = format!("{role:?} {} {}: {}", entry.method, entry.path, answer.status);
            assert_eq!(answer.status == 403, !is_let_in, "{asked}");
            assert!(answer.status != 401 && answer.status < 500, "{asked}");
        }
    }
}

/// What must not change: the number and the text of all rows of a tenant but its sessions and its journal.
fn fingerprint(test: &TestApp) -> i64 {
    let tables = [
        "tasks",
        "units",
        "persons",
        "posts",
        "person_passwords",
        "tenant_settings",
        "task_extensions",
        "task_files",
        "webhooks",
        "campaigns",
        "campaign_tasks",
        "campaign_urges",
        "recurrences",
        "recurrence_turns",
    ];
    let sums: Vec<String> = tables
        .iter()
        .map(|table| format!("(SELECT coalesce(sum(hashtext(t::text)), 0) FROM {table} t)"))
        .collect();
    number(&mut test.test_db.superuser(), &sums.join(" + "))
}

/// A request for an extension of a task of `mot` and an opinion on it; its staff do the task.
fn decisions(test: &TestApp, task: &str) -> (String, String) {
    let (request, opinion) = (dondoc::ids::new_id(), dondoc::ids::new_id());
    let staff = person_of(test, "mot", &email(Role::Staff, "mot"));
    let sql = format!(
        "INSERT INTO extension_requests (tenant_id, id, unit_id, asked_by, requested_on, reason, created_at)
            SELECT tenant_id, '{request}', lead_unit_id, 'x', '2024-11-29', 'x', now() FROM tasks WHERE id = '{task}';
         INSERT INTO task_extensions (tenant_id, id, task_id, request_id, requested_on, wanted_due_on, wanted_precision)
            SELECT tenant_id, gen_random_uuid(), id, '{request}', '2024-11-29', '2024-12-31', 'day'
              FROM tasks WHERE id = '{task}';
         INSERT INTO task_opinions (tenant_id, id, task_id, kind, words, given_by, given_on)
            SELECT tenant_id, '{opinion}', id, 'opinion', 'x', 'x', '2024-11-29' FROM tasks WHERE id = '{task}';
         INSERT INTO task_assignees (tenant_id, task_id, person_id)
            SELECT tenant_id, id, '{staff}' FROM tasks WHERE id = '{task}'"
    );
    crate::support::run(&mut test.test_db.superuser(), &sql);
    (request.to_string(), opinion.to_string())
}

/// The parts of an answer that two askers may compare.
fn comparable(answer: &Answer) -> (u16, String) {
    let body = match serde_json::from_str::<Value>(&answer.body) {
        Ok(mut document) => {
            document["instance"] = Value::Null;
            document.to_string()
        }
        Err(_) => answer.body.lines().filter(|line| !line.contains("<code>")).collect(),
    };
    (answer.status, body.replace(answer.header("x-request-id"), ""))
}

/// A campaign and work that comes again of the first tenant, given to a unit by its Office.
fn add_campaign_and_recurrence(site: &Site, unit: &str) -> (String, String) {
    let office = site.sign_in("mot", &email(Role::Office, "mot"));
    let add = |path: &str, form: &str| {
        let answer = site.send(&office, "POST", path, form);
        let place = answer.header("location").split('?').next().unwrap_or_default();
        assert_eq!(answer.status, 303, "{}", answer.body);
        place.rsplit('/').next().unwrap_or_default().to_owned()
    };
    let what = "title=A&category=key&product=report";
    let campaign = add("/campaigns/new", &format!("{what}&due=31/12/2024&whom=all"));
    let rule = "every=month&day_form=number&day=16&notice_days=0";
    (campaign, add("/recurring/new", &format!("{what}&{rule}&unit={unit}")))
}

/// A view that the Office of `mot` shares.
fn add_view(test: &TestApp) -> String {
    let view = Uuid::from_u128(77).to_string();
    let sql = format!(
        "INSERT INTO saved_views (tenant_id, id, owner_id, name, query, shared, created_at)
         SELECT tenant_id, '{view}', id, 'x', 'standing=overdue', true, now() FROM persons WHERE email = '{}'",
        email(Role::Office, "mot")
    );
    run(&mut test.test_db.superuser(), &sql);
    view
}

#[test]
fn another_tenants_ids_are_unknown_ids() {
    let test = TestApp::new();
    people(&test, "mot");
    people(&test, "hai");
    let task = crate::support::build::add_task(&test, "mot", "CVT", "NV-1").to_string();
    let site = Site::new(&test);
    let person = person_of(&test, "mot", &email(Role::Staff, "mot")).to_string();
    let unit = test.act("mot", |conn, _| dondoc::units::find(conn, "CVT")).unwrap().id.to_string();
    let (request, opinion) = decisions(&test, &task);
    let hook = add_webhook(&test, "mot").to_string();
    let view = add_view(&test);
    let (campaign, recurrence) = add_campaign_and_recurrence(&site, &unit);
    let office = site.sign_in("mot", &email(Role::Office, "mot"));
    let sent = site.upload(&office, &format!("/api/v1/tasks/{task}/files"), &[], "a.txt", b"a");
    let file = sent.json()["id"].as_str().unwrap().to_owned();
    let before = fingerprint(&test);
    let enter = |role: Role, slug: &str| site.sign_in(slug, &email(role, slug));
    let readers: Vec<_> =
        Role::ALL.iter().map(|role| (*role, enter(*role, "mot"), enter(*role, "hai"))).collect();
    let with_id: Vec<_> = members().filter(|(entry, _)| entry.path.contains("{id}")).collect();
    assert!(!with_id.is_empty());
    for (entry, act) in with_id {
        for (role, own, other) in readers.iter().filter(|(role, _, _)| may(*role, act)) {
            let unknown = ask(&site, other, entry, &Uuid::from_u128(1).to_string());
            assert_eq!(unknown.status, 404, "{role:?} {}", entry.path);
            let theirs = match entry.path.split('/').nth(1) {
                Some("people") => &person,
                _ if entry.path.contains("extensions/{id}") => &request,
                _ if entry.path.contains("opinions/{id}") => &opinion,
                Some("urging" | "units" | "evaluation") => &unit,
                Some("views") => &view,
                _ if entry.path.contains("/views/{id}") => &view,
                _ if entry.path.contains("/webhooks/") => &hook,
                _ if entry.path.contains("/campaigns/") => &campaign,
                _ if entry.path.contains("/recurring/") => &recurrence,
                _ if entry.path.contains("/recurrences/") => &recurrence,
                _ if entry.path.contains("/files/{id}") => &file,
                _ => &task,
            };
            let foreign = ask(&site, other, entry, theirs);
            let (said, heard) = (comparable(&foreign), comparable(&unknown));
            assert_eq!(said.0, heard.0);
            assert_eq!(
                said.1.replace(theirs, ""),
                heard.1.replace(&Uuid::from_u128(1).to_string(), ""),
                "{}",
                entry.path
            );
            for id in ["x", "%00", "1", "..%2f..%2fetc", "00000000-0000-0000-0000-00000000000g"] {
                assert_eq!(ask(&site, other, entry, id).status, 404, "{} {id}", entry.path);
            }
            if entry.path == "/views/{id}" && entry.method == "GET" {
                assert_eq!(ask(&site, own, entry, theirs).header("location"), "/tasks?standing=overdue");
            } else if entry.method == "GET" {
                let status = ask(&site, own, entry, theirs).status;
                // Where nothing makes PDF, that is what it says.
                let is_told = entry.path.ends_with(".pdf") && status == 409;
                assert_eq!(if is_told { 200 } else { status }, 200, "{role:?} {}", entry.path);
            }
        }
    }
    assert_eq!(fingerprint(&test), before, "something was changed");
}

#[test]
fn unknown_parameters_of_the_api_are_refused_by_name() {
    let test = TestApp::new();
    people(&test, "mot");
    let task = crate::support::build::add_task(&test, "mot", "CVT", "NV-1").to_string();
    let site = Site::new(&test);
    for (entry, act) in members().filter(|(entry, _)| is_api(entry) && entry.method == "GET") {
        let role = [Role::Office, Role::Admin].into_iter().find(|role| may(*role, act)).unwrap();
        let who = site.sign_in("mot", &email(role, "mot"));
        let address = format!("{}?no_such=1", filled(entry, &task));
        let answer = site.get(&who, &address);
        assert_eq!(answer.problem(), (400, "bad-parameter".to_owned()), "{address}");
        assert_eq!(answer.json()["errors"][0]["parameter"], "no_such", "{address}");
        let english =
            site.ask(&who, TestRequest::get().uri(&address).insert_header(("accept-language", "en-GB,vi")));
        assert_eq!(english.json()["title"], "A parameter can't be read");
    }
}

#[test]
fn every_answer_has_its_headers() {
    let test = TestApp::new();
    people(&test, "mot");
    let site = Site::new(&test);
    let who = site.sign_in("mot", &email(Role::Office, "mot"));
    let addresses = ["/no/such/page", "/api/v1/no-such", "/livez", "/sign-in", "/static/app.css"];
    let walked = ROUTES.iter().filter(|entry| entry.method == "GET").map(|entry| filled(entry, "x"));
    for address in walked.chain(addresses.map(str::to_owned)) {
        let answer = site.get(&who, &address);
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{address}");
        assert!(answer.header("strict-transport-security").contains("31536000"), "{address}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("cache-control"), "no-store", "{address}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{address}");
        assert!(!answer.body.contains("panicked"), "{address}");
    }
    assert_eq!(site.get(&who, "/api/v1/no-such").problem(), (404, "not-found".to_owned()));
    assert_eq!(
        site.ask(&who, TestRequest::patch().uri("/api/v1/me").insert_header(("sec-fetch-site", "none")))
            .header("allow"),
        "GET"
    );
    let head = site.ask(&who, TestRequest::default().method(actix_web::http::Method::HEAD).uri("/sign-in"));
    assert_eq!(head.status, 200);
}

#[test]
fn without_a_database_the_service_says_so_and_nothing_else() {
    let test = TestApp::new();
    people(&test, "mot");
    let site = Site::new(&test);
    let who = site.token("mot", &email(Role::Office, "mot"));
    assert_eq!(site.get(&As::Nobody, "/readyz").status, 200);
    let name = test.test_db.name.clone();
    let sql = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
    crate::support::run(&mut crate::support::superuser("postgres"), &sql);
    let sql = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    crate::support::run(&mut crate::support::superuser("postgres"), &sql);
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(site.get(&who, "/api/v1/me"));
    }
    for answer in &answers {
        assert!(matches!(answer.status, 500 | 503), "{}", answer.status);
        for inside in [name.as_str(), "SQL", "connection", "postgres", "/"] {
            assert!(!answer.json()["detail"].to_string().contains(inside), "{inside}");
        }
    }
    assert_eq!(answers[3].problem(), (503, "unavailable".to_owned()));
    assert_eq!(answers[3].header("retry-after"), "2");
    assert_eq!(site.get(&As::Nobody, "/livez").status, 200);
    let page = site.get(&As::Nobody, "/readyz");
    assert_eq!(page.status, 503);
}
