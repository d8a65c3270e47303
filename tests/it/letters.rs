//! The queue and the outbox on a real database, with a mail server that speaks the protocol and fails where it is told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use dondoc::clock::Clock;
use dondoc::cluster::Role;
use dondoc::db::Db;
use dondoc::domain::lang::Lang;
use dondoc::jobs::{self, Entry};
use dondoc::mail::{self, Composer, Composition, NewLetter, PostRoom, Transport, Words};
use dondoc::smtp_url::SmtpUrl;
use dondoc::timetable;
use serde_json::json;

use crate::support::{TestApp, day, now, number};

/// What a server answers to a line, when not the usual.
type Answer = fn(&str) -> Option<&'static str>;

/// A server that keeps the recipients whose letter it took; its address and them.
fn server(answer: Answer) -> (SmtpUrl, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let taken = Arc::new(Mutex::new(Vec::new()));
    let kept = taken.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let kept = kept.clone();
            std::thread::spawn(move || {
                let mut out = stream.try_clone().unwrap();
                let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).is_ok();
                let (mut to, mut in_data) = (String::new(), false);
                say("220 ready");
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if in_data {
                        if line == "." {
                            in_data = false;
                            kept.lock().unwrap().push(to.clone());
                            say("250 taken");
                        }
                        continue;
                    }
                    if let Some(said) = answer(&line) {
                        say(said);
                        continue;
                    }
                    match line.get(..4).unwrap_or_default() {
                        "EHLO" => say("250 8BITMIME"),
                        "RCPT" => {
                            to = line.clone();
                            say("250 ok")
                        }
                        "DATA" => {
                            in_data = true;
                            say("354 go on")
                        }
                        _ => say("250 ok"),
                    };
                }
            });
        }
    });
    (SmtpUrl::parse(&url).unwrap(), taken)
}

/// Composes every letter but those whose payload says that it panics.
fn composers() -> BTreeMap<&'static str, Composer> {
    let composer: Composer = Box::new(|_, letters| {
        Ok(letters
            .iter()
            .map(|letter| {
                assert!(letter.payload["panics"].is_null(), "a poisonous letter");
                Composition::Words(Words {
                    subject: "Nhắc việc".to_owned(),
                    text: "Chào".to_owned(),
                    html: "<p>Chào</p>".to_owned(),
                    unsubscribe: None,
                })
            })
            .collect())
    });
    BTreeMap::from([("test", composer)])
}

fn plan(app: &TestApp, slug: &str, count: usize, payload: &serde_json::Value) {
    app.act(slug, |conn, _| {
        let addresses: Vec<String> = (0..count).map(|n| format!("p{n}@{slug}.example")).collect();
        let letters: Vec<NewLetter<'_>> = addresses
            .iter()
            .map(|address| NewLetter {
                kind: "test",
                person: None,
                address,
                day: day("2024-11-29"),
                key: payload.to_string(),
                lang: Lang::Vi,
                payload: payload.clone(),
                due_at: conn.now(),
                give_up_at: None,
            })
            .collect();
        mail::plan(conn, &letters).map(drop)
    })
    .unwrap();
}

/// Does all jobs due after so many seconds.
fn work(app: &TestApp, seconds: i64, transport: &Transport) -> usize {
    let clock = Clock::fixed(now() + TimeDelta::seconds(seconds));
    let db = Db::open(&app.test_db.url(Role::App), 4, clock).unwrap();
    let from = mail::sender("Đôn đốc <dondoc@sender.example>").unwrap();
    let post = PostRoom::new(db.clone(), clock, transport.clone(), from, composers());
    jobs::work_off(&db, timetable::handlers(&db, clock, Arc::new(post))).unwrap()
}

fn count(app: &TestApp, condition: &str) -> i64 {
    number(&mut app.test_db.superuser(), &format!("SELECT count(*) FROM letters WHERE {condition}"))
}

#[test]
fn every_letter_is_sent_once() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, taken) = server(|_| None);
    plan(&app, "btttt", 120, &json!({}));
    plan(&app, "btttt", 120, &json!({}));
    work(&app, 1, &Transport::Smtp(url.clone()));
    work(&app, 4000, &Transport::Smtp(url));
    let mut sent = taken.lock().unwrap().clone();
    assert_eq!(sent.len(), 120);
    sent.sort();
    sent.dedup();
    assert_eq!((sent.len(), count(&app, "state = 'sent' AND attempts = 1")), (120, 120));
}

#[test]
fn an_address_that_nobody_has_stops_no_other_letter() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, taken) = server(|line| line.contains("<p7@").then_some("550 no such user"));
    plan(&app, "btttt", 100, &json!({}));
    work(&app, 1, &Transport::Smtp(url));
    assert_eq!(taken.lock().unwrap().len(), 99);
    assert_eq!(count(&app, "state = 'dead' AND last_error = '550 at RCPT'"), 1);
}

#[test]
fn a_server_that_refuses_us_costs_no_letter_a_try() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, _) = server(|line| line.starts_with("MAIL").then_some("530 sign in first"));
    plan(&app, "btttt", 3, &json!({}));
    work(&app, 1, &Transport::Smtp(url));
    assert_eq!(count(&app, "state = 'planned' AND attempts = 0"), 3);
    let (back, taken) = server(|_| None);
    work(&app, 1 + 301, &Transport::Smtp(back));
    assert_eq!(taken.lock().unwrap().len(), 3);
}

#[test]
fn what_is_put_off_comes_again_after_the_back_off() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, taken) = server(|line| line.starts_with("RCPT").then_some("450 greylisted"));
    plan(&app, "btttt", 1, &json!({}));
    for (seconds, attempts) in [(1, 1), (20, 1), (40, 2), (60, 2), (110, 3)] {
        work(&app, seconds, &Transport::Smtp(url.clone()));
        assert_eq!(count(&app, &format!("state = 'planned' AND attempts = {attempts}")), 1, "{seconds}");
    }
    assert_eq!(taken.lock().unwrap().len(), 0);
    let (url, taken) = server(|_| None);
    work(&app, 250, &Transport::Smtp(url));
    assert_eq!((taken.lock().unwrap().len(), count(&app, "state = 'sent' AND attempts = 4")), (1, 1));
}

#[test]
fn a_letter_that_can_not_be_composed_stops_no_other() {
    let app = TestApp::new();
    app.tenant("btttt");
    plan(&app, "btttt", 1, &json!({ "panics": true }));
    plan(&app, "btttt", 20, &json!({}));
    let kept = mail::Kept::default();
    work(&app, 1, &Transport::Memory(kept.clone()));
    assert_eq!(kept.lock().unwrap().len(), 20);
    assert_eq!(count(&app, "last_error = 'not composed'"), 1);
}

#[test]
fn five_schedulers_make_one_slot_and_one_job_a_tenant() {
    let app = TestApp::new();
    app.tenant("btttt");
    app.tenant("bkhcn");
    let timetable = [Entry { kind: "test", schedule: "0 0 * * * *", a_tenant: true }];
    std::thread::scope(|threads| {
        for _ in 0..5 {
            threads.spawn(|| {
                let db = Db::open(&app.test_db.url(Role::App), 1, Clock::fixed(now())).unwrap();
                for _ in 0..5 {
                    jobs::tick(&db, &timetable).unwrap();
                }
            });
        }
    });
    let mut conn = app.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM jobs WHERE kind = 'test'"), 2);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM job_slots WHERE kind = 'test'"), 1);
}

#[test]
fn a_tenant_with_many_jobs_holds_up_no_other() {
    let app = TestApp::new();
    app.tenant("many");
    app.tenant("one");
    let enqueue = |slug: &str, count: usize| {
        app.act(slug, |conn, _| {
            (0..count).try_for_each(|n| jobs::enqueue(conn, "test", &n.to_string(), conn.now()))
        })
        .unwrap();
    };
    enqueue("many", 200);
    enqueue("one", 1);
    let order = Arc::new(Mutex::new(Vec::new()));
    let seen = order.clone();
    let clock = Clock::fixed(now());
    let db = Db::open(&app.test_db.url(Role::App), 2, clock).unwrap();
    let handler: jobs::Handler = Box::new(move |job, _| {
        seen.lock().unwrap().push(job.scope()?);
        Ok(())
    });
    assert_eq!(jobs::work_off(&db, vec![("test", handler)]).unwrap(), 201);
    let order: Vec<_> = order.lock().unwrap().iter().map(dondoc::db::TenantScope::tenant).collect();
    let place = order.iter().position(|tenant| order.iter().filter(|other| *other == tenant).count() == 1);
    assert!(place.unwrap() <= 1, "{place:?}");
}
