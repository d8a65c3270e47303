//! Webhooks: what is told when, to whom, how it is signed, and what becomes of it.

use actix_web::test::TestRequest;
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use dondoc::app::App;
use dondoc::clock::Clock;
use dondoc::cluster::Role as DbRole;
use dondoc::db::Db;
use dondoc::domain::access::Role;
use dondoc::domain::lang::Lang;
use dondoc::domain::outside::Reach;
use dondoc::error::Error;
use dondoc::ids::new_id;
use dondoc::journal::{self, Entry};
use dondoc::mail::{Composition, Letter};
use dondoc::public_url::PublicUrl;
use dondoc::webhooks::Courier;
use dondoc::{jobs, timetable};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::build::{add_task, add_unit};
use crate::support::sink::Sink;
use crate::support::site::{As, Site, add_api_key, add_person, seeds};
use crate::support::{TestApp, day, now, number, run};

const HOOKS: &str = "/api/v1/webhooks";

struct World {
    test: TestApp,
    task: Uuid,
    sink: Sink,
}

/// A webhook of the tenant, as the answer to its making tells of it.
struct Hook {
    id: String,
    secret: String,
}

impl World {
    fn new() -> Self {
        let test = TestApp::new();
        test.tenant("mot");
        add_unit(&test, "mot", "CVT");
        let task = add_task(&test, "mot", "CVT", "NV-1");
        Self { test, task, sink: Sink::new() }
    }

    fn site(&self) -> Site {
        Site::reaching(App::with_db(self.db(now()), Clock::fixed(now())), Reach::Loopback)
    }

    fn db(&self, at: DateTime<Utc>) -> Db {
        Db::open(&self.test.test_db.url(DbRole::App), 2, Clock::fixed(at)).unwrap()
    }

    fn admin(&self) -> As {
        let name = dondoc::ids::new_id().to_string();
        As::Token(add_api_key(&self.test, "mot", &name, Role::Admin, None).key)
    }

    fn hook(&self, events: &[&str]) -> Hook {
        let body = json!({ "name": "Trục", "url": self.sink.url, "events": events });
        let request = TestRequest::post()
            .uri(HOOKS)
            .insert_header(("idempotency-key", dondoc::ids::new_id().to_string()));
        let made = self.site().ask(&self.admin(), request.set_json(body));
        assert_eq!(made.status, 201, "{}", made.body);
        let text = |name: &str| made.json()[name].as_str().unwrap().to_owned();
        Hook { id: text("id"), secret: text("secret") }
    }

    /// Writes an act on the task into the journal.
    fn act(&self, act: &'static str) {
        let entry = self.entry(act);
        self.test.act("mot", |conn, _| journal::append(conn, &[entry])).unwrap();
    }

    fn entry(&self, act: &'static str) -> Entry {
        let subject_id = Some(self.task);
        Entry {
            actor: "operator".into(),
            act,
            subject: "task",
            subject_id,
            import_id: None,
            before: None,
            after: None,
        }
    }

    /// Does what is due at an instant.
    fn deliver_at(&self, at: DateTime<Utc>, reach: Reach) {
        let (db, url) = (self.db(at), PublicUrl::parse("https://dondoc.example").unwrap());
        let courier = Courier::new(db.clone(), Clock::fixed(at), reach, seeds(), url);
        jobs::work_off(&db, vec![timetable::courier(courier)]).unwrap();
    }

    fn deliver(&self) {
        self.deliver_at(now(), Reach::Loopback);
    }

    fn count(&self, what: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), &format!("SELECT count(*) FROM {what}"))
    }

    fn sql(&self, sql: &str) {
        run(&mut self.test.test_db.superuser(), sql);
    }
}

#[test]
fn what_the_journal_says_of_a_task_is_told_and_signed() {
    let world = World::new();
    let hook = world.hook(&["task.created", "task.changed"]);
    world.act("task.create");
    world.act("task.submit");
    world.act("task.something_new");
    world.deliver();
    let received = world.sink.received();
    let told = |received: &str| serde_json::from_str::<Value>(received).unwrap();
    let types: Vec<_> =
        received.iter().map(|one| told(&one.body)["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        types.len(),
        2,
        "an act without a name of its own is a change; what was not asked for is not told"
    );
    assert!(types.contains(&"task.created".to_owned()) && types.contains(&"task.changed".to_owned()));
    for one in &received {
        let body = told(&one.body);
        assert_eq!(body["data"]["task_id"], world.task.to_string());
        assert_eq!(body["data"]["url"], format!("https://dondoc.example/api/v1/tasks/{}", world.task));
        assert_eq!(body["timestamp"], "2024-11-29T02:00:00.000000Z");
        assert_eq!(one.head[0], "POST /su-kien HTTP/1.1");
        assert_eq!(one.header("content-type"), "application/json");
        let (id, at) = (one.header("webhook-id"), one.header("webhook-timestamp"));
        assert!(id.starts_with("msg_") && at == now().timestamp().to_string());
        let key = STANDARD.decode(hook.secret.strip_prefix("whsec_").unwrap()).unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let signed = STANDARD.encode(hmac::sign(&key, format!("{id}.{at}.{}", one.body).as_bytes()));
        assert_eq!(one.header("webhook-signature"), format!("v1,{signed}"));
    }
    assert_eq!(world.count("webhook_messages WHERE state = 'delivered'"), 2);
    world.deliver();
    assert!(world.sink.received().is_empty(), "once");
}

#[test]
fn what_was_undone_is_not_told_nor_what_is_another_tenants() {
    let world = World::new();
    world.hook(&["task.created"]);
    let entry = world.entry("task.create");
    let undone = world.test.act("mot", |conn, _| {
        journal::append(conn, &[entry])?;
        Err::<(), _>(Error::Internal("undone".to_owned()))
    });
    assert!(undone.is_err());
    world.test.tenant("hai");
    add_unit(&world.test, "hai", "CVT");
    let entry = world.entry("task.create");
    world.test.act("hai", |conn, _| journal::append(conn, &[entry])).unwrap();
    assert_eq!((world.count("webhook_messages"), world.count("jobs")), (0, 0));
    world.act("task.create");
    assert_eq!((world.count("webhook_messages"), world.count("jobs")), (1, 1));
}

#[test]
fn what_fails_is_tried_again_in_the_same_words_and_left_in_peace_meanwhile() {
    let world = World::new();
    world.hook(&["task.created"]);
    world.sink.answer("500 Internal Server Error");
    world.act("task.create");
    world.deliver();
    let first = world.sink.received();
    assert_eq!(first.len(), 1);
    // Others of the same address wait as well.
    world.act("task.create");
    world.deliver();
    assert_eq!(world.sink.received().len(), 0);
    let admin = world.admin();
    let failing = world.site().get(&admin, HOOKS).json()["items"][0]["failing_since"].clone();
    assert_eq!(failing, "2024-11-29T02:00:00Z");
    world.sink.answer("200 OK");
    world.deliver_at(now() + TimeDelta::seconds(40), Reach::Loopback);
    let second = world.sink.received();
    assert_eq!(second.len(), 2);
    let again = second.iter().find(|one| one.header("webhook-id") == first[0].header("webhook-id")).unwrap();
    assert_eq!(again.body, first[0].body, "the same words");
    assert_ne!(again.header("webhook-signature"), first[0].header("webhook-signature"), "at another time");
    assert_eq!(world.site().get(&admin, HOOKS).json()["items"][0]["failing_since"], Value::Null);
    assert_eq!(world.count("webhook_attempts"), 3);
}

#[test]
fn what_never_comes_through_is_given_up_shown_and_sent_again_by_hand() {
    let world = World::new();
    let hook = world.hook(&["task.created"]);
    add_person(&world.test, "mot", "qt@mot.example", Role::Admin, None);
    let site = world.site();
    let who = site.sign_in("mot", "qt@mot.example");
    let page = || site.get(&who, &format!("/webhooks/{}", hook.id)).body;
    world.sink.answer("302 Found\r\nlocation: http://127.0.0.1:1/");
    world.act("task.create");
    for hour in 0..14 {
        world.deliver_at(now() + TimeDelta::hours(hour * 2), Reach::Loopback);
    }
    assert_eq!(world.sink.received().len(), 12, "a way on is not gone");
    assert_eq!(world.count("webhook_messages WHERE state = 'dead'"), 1);
    assert!(page().contains("Không gửi được") && page().contains("302 · bị từ chối"), "{}", page());
    let body = page();
    let (_, rest) = body.split_once("/messages/").unwrap();
    let address = format!("/webhooks/{}/messages/{}/again", hook.id, rest.split_once('/').unwrap().0);
    world.sink.answer("204 No Content");
    assert_eq!(site.send(&who, "POST", &address, "").status, 303);
    world.deliver();
    assert_eq!(world.sink.received().len(), 1);
    assert!(page().contains("Đã nhận") && page().contains("NV-1"));
}

#[test]
fn who_fails_for_days_or_is_gone_is_switched_off() {
    let world = World::new();
    add_person(&world.test, "mot", "qt@mot.example", Role::Admin, None);
    let hook = world.hook(&["task.created"]);
    let state = || {
        let answer = world.site().get(&world.admin(), &format!("{HOOKS}/{}", hook.id)).json();
        (answer["active"].clone(), answer["switched_off_at"].clone(), answer["version"].clone())
    };
    world.sink.answer("503 Service Unavailable");
    world.act("task.create");
    world.deliver();
    assert_eq!(state(), (json!(true), Value::Null, json!(1)));
    world.deliver_at(now() + TimeDelta::days(3), Reach::Loopback);
    assert_eq!(state(), (json!(false), json!("2024-12-02T02:00:00Z"), json!(2)));
    world.act("task.create");
    assert_eq!(world.count("webhook_messages"), 1, "who is off is told nothing");
    world.deliver_at(now() + TimeDelta::days(4), Reach::Loopback);
    assert_eq!(world.count("webhook_messages WHERE state = 'dead'"), 1);
    assert_eq!(world.count("journal WHERE act = 'webhook.switch_off'"), 1);
    // The administrators are told by a letter, as long as it is off.
    let told = "letters WHERE kind = 'webhook_off' AND address = 'qt@mot.example' AND day = '2024-12-02'";
    assert_eq!(world.count(told), 1);
    let compose = || {
        let letter = Letter {
            id: new_id(),
            kind: "webhook_off".to_owned(),
            person: None,
            address: "qt@mot.example".to_owned(),
            day: day("2024-12-02"),
            lang: Lang::Vi,
            payload: json!({ "webhook": hook.id }),
        };
        let url = PublicUrl::parse("https://dondoc.example").unwrap();
        let composer = dondoc::webhooks::report::composers(&url).remove("webhook_off").unwrap();
        world.test.act("mot", |conn, _| composer(conn, std::slice::from_ref(&letter))).unwrap().remove(0)
    };
    let Composition::Words(words) = compose() else { panic!("a letter") };
    assert!(words.subject.contains("đã tự tắt"), "{}", words.subject);
    assert!(words.text.contains(&format!("https://dondoc.example/webhooks/{}", hook.id)), "{}", words.text);
    world.sql("UPDATE webhooks SET active = true, paused_until = NULL, failures = 0, failing_since = NULL");
    assert_eq!(compose(), Composition::Skip("on again"));
    world.sink.answer("410 Gone");
    world.act("task.create");
    world.deliver_at(now() + TimeDelta::days(4), Reach::Loopback);
    assert_eq!(state().0, json!(false), "at once");
}

#[test]
fn no_address_inside_is_reached_whatever_stands_in_the_row() {
    let world = World::new();
    world.hook(&["task.created"]);
    world.act("task.create");
    world.deliver_at(now(), Reach::Internet);
    assert!(world.sink.received().is_empty());
    assert_eq!(world.count("webhook_attempts WHERE fault = 'inside'"), 1);
    world.sql("UPDATE webhooks SET url = 'https://localhost.localdomain:1/', paused_until = NULL");
    world.sql("UPDATE jobs SET due_at = '2024-11-29T02:00:00Z'");
    world.deliver_at(now(), Reach::Internet);
    assert_eq!(world.count("webhook_attempts WHERE fault IS NULL"), 0);
}

#[test]
fn the_page_makes_changes_and_removes_an_address() {
    let world = World::new();
    add_person(&world.test, "mot", "qt@mot.example", Role::Admin, None);
    let site = world.site();
    let who = site.sign_in("mot", "qt@mot.example");
    let form = |name: &str, version: &str| {
        serde_urlencoded::to_string([
            ("name", name),
            ("url", "https://truc.example/"),
            ("task.created", "1"),
            ("active", "1"),
            ("version", version),
        ])
        .unwrap()
    };
    let faulty = site.send(&who, "POST", "/webhooks", "name=&url=http%3A%2F%2Fa.example&active=1");
    assert_eq!(faulty.status, 422);
    for told in ["value=\"http://a.example\"", "id=\"name-error\"", "id=\"url-error\"", "id=\"events-error\""]
    {
        assert!(faulty.body.contains(told), "{told}: {}", faulty.body);
    }
    let made = site.send(&who, "POST", "/webhooks", &form("Trục", ""));
    assert_eq!(made.status, 200);
    assert!(made.body.contains("whsec_"), "{}", made.body);
    let list = site.get(&who, "/webhooks").body;
    let (_, rest) = list.split_once("href=\"/webhooks/").unwrap();
    let place = format!("/webhooks/{}", rest.split_once('"').unwrap().0);
    assert!(!site.get(&who, &place).body.contains("whsec_"), "once");
    assert_eq!(site.send(&who, "POST", &place, &form("Một", "1")).status, 303);
    let stale = site.send(&who, "POST", &place, &form("Hai", "1"));
    assert_eq!(stale.status, 412);
    assert!(
        stale.body.contains("<dd>Một</dd>") && stale.body.contains("value=\"Hai\""),
        "both texts stand there"
    );
    assert!(stale.body.contains("name=\"version\" value=\"2\""), "sent again it is meant for what is shown");
    assert_eq!(site.send(&who, "POST", &format!("{place}/remove"), "version=1").status, 412);
    assert_eq!(site.send(&who, "POST", &format!("{place}/remove"), "version=2").status, 303);
    assert_eq!(site.get(&who, &place).status, 404);
}
