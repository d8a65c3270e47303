//! The queue: the timetable's slots, fairness between tenants, jobs that kill.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use dondoc::clock::Clock;
use dondoc::cluster::Role;
use dondoc::db::Db;
use dondoc::jobs::{self, Entry};

use crate::support::{TestApp, now, number};

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

#[test]
fn a_poisonous_job_dies_and_the_others_flow() {
    let app = TestApp::new();
    app.tenant("btttt");
    app.act("btttt", |conn, _| {
        ["bad", "good"].iter().try_for_each(|key| jobs::enqueue(conn, "test", key, conn.now()))
    })
    .unwrap();
    let mut conn = app.test_db.superuser();
    let mut good = 0;
    for n in 0..14 {
        let clock = Clock::fixed(now() + TimeDelta::hours(2 * n));
        let db = Db::open(&app.test_db.url(Role::App), 2, clock).unwrap();
        let handler: jobs::Handler = Box::new(|job, _| {
            assert_ne!(job.key, "bad", "a poisonous job");
            Ok(())
        });
        good += usize::from(jobs::work_off(&db, vec![("test", handler)]).unwrap() > 0);
    }
    assert!(good > 1);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM jobs WHERE key = 'bad' AND state = 'dead'"), 1);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM jobs WHERE key = 'good' AND state = 'done'"), 1);
}
