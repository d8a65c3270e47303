//! The manners of the API: a change names the version it was thought out for, a creation is done once for each key.

use std::sync::Barrier;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::TimeDelta;
use dondoc::domain::access::Role;
use serde_json::{Value, json};

use crate::support::build::{add_task, add_unit};
use crate::support::site::{Answer, As, Site, add_api_key, add_person};
use crate::support::{TestApp, now, number, run};

const HOOKS: &str = "/api/v1/webhooks";

fn one_tenant() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    test
}

fn admin(test: &TestApp, name: &str) -> As {
    As::Token(add_api_key(test, "mot", name, Role::Admin, None).key)
}

fn hook(name: &str) -> Value {
    json!({ "name": name, "url": "https://truc.example/su-kien", "events": ["task.created"] })
}

fn send(
    site: &Site,
    who: &As,
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> Answer {
    let mut request = TestRequest::default().method(method).uri(address);
    for (name, value) in headers {
        request = request.append_header((*name, *value));
    }
    site.ask(who, request.set_json(body))
}

fn create(site: &Site, who: &As, key: &str, body: &Value) -> Answer {
    send(site, who, Method::POST, HOOKS, &[("idempotency-key", key)], body)
}

fn hooks(test: &TestApp) -> i64 {
    number(&mut test.test_db.superuser(), "SELECT count(*) FROM webhooks")
}

#[test]
fn a_creation_is_done_once_for_each_key() {
    let test = one_tenant();
    let (site, who) = (Site::new(&test), admin(&test, "mot"));
    let first = create(&site, &who, "\"k-1\"", &hook("Trục"));
    assert_eq!(first.status, 201, "{}", first.body);
    let place = first.header("location").to_owned();
    assert_eq!(place, format!("{HOOKS}/{}", first.json()["id"].as_str().unwrap()));
    assert!(first.header("etag").starts_with("\"1-") && first.header("idempotent-replayed").is_empty());
    let again = create(&site, &who, "k-1", &hook("Trục"));
    assert_eq!((again.status, &again.body), (201, &first.body), "byte for byte, the secret too");
    assert_eq!(again.header("idempotent-replayed"), "true");
    for name in ["location", "etag", "content-type"] {
        assert_eq!(again.header(name), first.header(name));
    }
    assert_eq!(create(&site, &who, "k-1", &hook("Khác")).problem(), (422, "idempotency-key-reused".into()));
    let other = admin(&test, "hai");
    let theirs = create(&site, &other, "k-1", &hook("Trục"));
    assert_eq!(theirs.status, 201);
    assert_ne!(theirs.header("location"), place, "a key is its holder's");
    assert_eq!(hooks(&test), 2);
    // What was refused can be asked again under its key.
    assert_eq!(create(&site, &who, "k-2", &hook("")).problem(), (422, "unprocessable".into()));
    assert_eq!(create(&site, &who, "k-2", &hook("Hai")).status, 201);
    // A day later the key is free again.
    let later = Site::at(&test, now() + TimeDelta::hours(25));
    let anew = create(&later, &who, "k-1", &hook("Khác"));
    assert_eq!((anew.status, anew.header("idempotent-replayed")), (201, ""));
    let secret = first.json()["secret"].as_str().unwrap().to_owned();
    for table in ["idempotency_keys", "webhooks", "journal"] {
        let told = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{}%'", &secret[6..]);
        assert_eq!(number(&mut test.test_db.superuser(), &told), 0, "{table} tells the secret");
    }
}

#[test]
fn a_creation_is_asked_for_in_form() {
    let test = one_tenant();
    let (site, who) = (Site::new(&test), admin(&test, "mot"));
    let bare = send(&site, &who, Method::POST, HOOKS, &[], &hook("Trục"));
    assert_eq!(bare.problem(), (400, "idempotency-key-needed".into()));
    for key in ["", "a b", &"k".repeat(256)] {
        assert_eq!(create(&site, &who, key, &hook("Trục")).problem().0, 400, "{key}");
    }
    let wrong = create(&site, &who, "k", &json!({ "name": "", "url": "http://a.example", "events": ["x"] }));
    assert_eq!(wrong.problem(), (422, "unprocessable".into()));
    let errors = wrong.json()["errors"].as_array().unwrap().clone();
    let at: Vec<_> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(at, ["/name", "/url", "/events"]);
    let unknown = format!("{HOOKS}?dry=1");
    let asked = send(&site, &who, Method::POST, &unknown, &[("idempotency-key", "k")], &hook("Trục"));
    assert_eq!(asked.problem(), (400, "bad-parameter".into()));
    let staff = As::Token(add_api_key(&test, "mot", "cv", Role::Staff, Some("CVT")).key);
    assert_eq!(create(&site, &staff, "k", &hook("Trục")).problem(), (403, "not-permitted".into()));
    assert_eq!(hooks(&test), 0);
}

#[test]
fn fifty_at_once_make_one() {
    let test = TestApp::with_pool(8);
    test.tenant("mot");
    let who = admin(&test, "mot");
    let (rounds, at_once) = (5, 10);
    let start = Barrier::new(at_once);
    let bodies: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..at_once)
            .map(|_| {
                let (test, who, start) = (&test, who.clone(), &start);
                scope.spawn(move || {
                    let site = Site::new(test);
                    start.wait();
                    let mut bodies = Vec::new();
                    while bodies.len() < rounds {
                        let answer = create(&site, &who, "k", &hook("Trục"));
                        match answer.status {
                            201 => bodies.push(answer.body),
                            409 => assert_eq!(answer.problem().1, "in-progress"),
                            other => panic!("{other}: {}", answer.body),
                        }
                    }
                    bodies
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(bodies.len(), 50);
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(hooks(&test), 1);
    // While one is under way the next is told so, and may come again.
    let mut conn = test.test_db.superuser();
    let tenant = "SELECT id::text FROM tenants";
    let holder = "SELECT id::text FROM api_keys";
    run(
        &mut conn,
        &format!(
            "SELECT pg_advisory_lock(hashtextextended(
                 'idempotency ' || ({tenant}) || ' ' || ({holder}) || ' k-2', 0))"
        ),
    );
    let waiting = create(&Site::new(&test), &who, "k-2", &hook("Hai"));
    assert_eq!(waiting.problem(), (409, "in-progress".into()));
    assert_eq!(waiting.header("retry-after"), "2");
    run(&mut conn, "SELECT pg_advisory_unlock_all()");
    assert_eq!(create(&Site::new(&test), &who, "k-2", &hook("Hai")).status, 201);
}

#[test]
fn a_change_names_the_version_it_means() {
    let test = one_tenant();
    let (site, who) = (Site::new(&test), admin(&test, "mot"));
    let place = create(&site, &who, "k", &hook("Trục")).header("location").to_owned();
    let read = site.get(&who, &place);
    let tag = read.header("etag").to_owned();
    assert!(tag.starts_with("\"1-"), "{tag}");
    assert_eq!(read.json()["secret"], Value::Null, "shown once only");
    let put = |tag: Option<&str>, body: &Value| {
        let headers: Vec<_> = tag.map(|tag| ("if-match", tag)).into_iter().collect();
        send(&site, &who, Method::PUT, &place, &headers, body)
    };
    for missing in [None, Some("*"), Some("1"), Some("")] {
        assert_eq!(put(missing, &hook("A")).problem(), (428, "precondition-required".into()), "{missing:?}");
    }
    let changed = put(Some(&tag), &hook("A"));
    assert_eq!((changed.status, &changed.json()["name"]), (200, &json!("A")), "{}", changed.body);
    let second = changed.header("etag").to_owned();
    assert!(second.starts_with("\"2-"));
    assert_eq!(site.get(&who, &place).header("etag"), second);
    for stale in [tag.as_str(), "\"1\"", "W/\"2\"", "\"x\""] {
        let refused = put(Some(stale), &hook("B"));
        assert_eq!(refused.problem(), (412, "stale".into()), "{stale}");
        assert_eq!(refused.json()["current"]["name"], "A", "what there is now");
        assert_eq!(refused.header("etag"), second);
    }
    assert_eq!(put(Some("\"1\", \"2\""), &hook("")).problem().0, 422, "a fault of the body comes last");
    assert_eq!(put(Some("\"1\", \"2\""), &hook("B")).status, 200, "the bare version does as well");
    let delete =
        |tag: &str| site.ask(&who, TestRequest::delete().uri(&place).insert_header(("if-match", tag)));
    assert_eq!(delete("\"2\"").problem().0, 412);
    let gone = delete("\"3\"");
    assert_eq!((gone.status, gone.body.as_str()), (204, ""));
    assert_eq!(delete("\"3\"").problem().0, 404);
    assert_eq!(put(None, &hook("A")).problem().0, 404, "there is nothing to name a version of");
}

#[test]
fn of_two_editors_one_is_told_what_the_other_wrote() {
    let test = TestApp::with_pool(4);
    test.tenant("mot");
    let who = admin(&test, "mot");
    let place = create(&Site::new(&test), &who, "k", &hook("Trục")).header("location").to_owned();
    for version in 1..=5 {
        let (start, tag) = (Barrier::new(2), format!("\"{version}\""));
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let write = |name: &'static str| {
                let (test, who, place, tag, start) = (&test, &who, &place, &tag, &start);
                scope.spawn(move || {
                    let site = Site::new(test);
                    start.wait();
                    send(&site, who, Method::PUT, place, &[("if-match", tag.as_str())], &hook(name))
                })
            };
            let both = [write("A"), write("B")];
            both.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let won = answers.iter().find(|answer| answer.status == 200).expect("one writes");
        let lost = answers.iter().find(|answer| answer.status == 412).expect("one is told");
        assert_eq!(lost.json()["current"], won.json());
        assert_eq!(lost.header("etag"), won.header("etag"));
    }
}

#[test]
fn what_a_reader_has_is_not_sent_again() {
    let test = one_tenant();
    add_person(&test, "mot", "vp@mot.example", Role::Office, Some("CVT"));
    let id = add_task(&test, "mot", "CVT", "NV-1");
    let (site, address) = (Site::new(&test), format!("/api/v1/tasks/{id}"));
    let who = site.token("mot", "vp@mot.example");
    let first = site.get(&who, &address);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("\"1-"), "{tag}");
    let known = |address: &str, tag: &str| {
        site.ask(&who, TestRequest::get().uri(address).insert_header(("if-none-match", tag)))
    };
    for sent in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let answer = known(&address, &sent);
        assert_eq!((answer.status, answer.body.as_str()), (304, ""), "{sent}");
        assert_eq!(answer.header("etag"), tag);
    }
    // On another day the same version stands otherwise.
    assert_eq!(known(&format!("{address}?as_of=2024-11-01"), &tag).status, 200);
    assert_eq!(known(&address, "\"1\"").status, 200);
}
