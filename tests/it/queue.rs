//! The queue: the timetable's slots, fairness between tenants, jobs that kill.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use dondoc::clock::Clock;
use dondoc::cluster::Role;
use dondoc::db::Db;
use dondoc::jobs::{self, Crew, Entry};

use crate::support::{TestApp, now, number, run};

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

#[test]
fn a_slot_and_its_jobs_go_in_together_or_not_at_all() {
    let app = TestApp::new();
    app.tenant("btttt");
    app.tenant("bkhcn");
    let timetable = [Entry { kind: "test", schedule: "0 0 * * * *", a_tenant: true }];
    let mut conn = app.test_db.superuser();
    let mut made = || {
        ["job_slots", "jobs"]
            .map(|table| number(&mut conn, &format!("SELECT count(*) FROM {table} WHERE kind = 'test'")))
    };
    run(&mut app.test_db.superuser(), "REVOKE INSERT ON jobs FROM dondoc_app");
    assert!(jobs::tick(&app.app.db, &timetable).is_err());
    assert_eq!(made(), [0, 0], "a slot without its jobs would never be made good");
    run(&mut app.test_db.superuser(), "GRANT INSERT ON jobs TO dondoc_app");
    assert_eq!(jobs::tick(&app.app.db, &timetable).unwrap(), 1);
    assert_eq!((made(), jobs::tick(&app.app.db, &timetable).unwrap(), made()), ([1, 2], 0, [1, 2]));
}

/// Opens the queue so many seconds after the tests' instant.
fn later(app: &TestApp, seconds: i64) -> Db {
    let clock = Clock::fixed(now() + TimeDelta::seconds(seconds));
    Db::open(&app.test_db.url(Role::App), 2, clock).unwrap()
}

#[test]
fn a_job_that_takes_three_workers_with_it_is_dead_and_the_others_flow() {
    let app = TestApp::new();
    app.tenant("btttt");
    app.act("btttt", |conn, _| jobs::enqueue(conn, "deadly", "1", conn.now())).unwrap();
    let mut conn = app.test_db.superuser();
    let mut of = |condition: &str| number(&mut conn, &format!("SELECT count(*) FROM jobs WHERE {condition}"));
    for n in 0..3 {
        let begins = 130 * n;
        let db = later(&app, begins);
        // A worker that never comes back is as good as a dead one: its lease ends.
        std::thread::spawn(move || {
            let handler: jobs::Handler = Box::new(|_, _| {
                loop {
                    std::thread::park();
                }
            });
            jobs::work_off(&db, vec![("deadly", handler)])
        });
        let held = format!("kind = 'deadly' AND state = 'running' AND attempts = {}", n + 1);
        crate::support::mail::until("the job is begun", || of(&held) == 1);
        app.act("btttt", |conn, _| jobs::enqueue(conn, "good", &n.to_string(), conn.now())).unwrap();
        let good: jobs::Handler = Box::new(|_, _| Ok(()));
        assert_eq!(jobs::work_off(&later(&app, begins), vec![("good", good)]).unwrap(), 1);
        // A crew without hands looks once for jobs that lost their worker: too early, then in time.
        for (seconds, running) in [(begins + 119, 1), (begins + 121, 0)] {
            Crew::start(later(&app, seconds), Vec::new(), Vec::new(), 0).unwrap().end();
            assert_eq!(of("state = 'running'"), running);
        }
    }
    assert_eq!(
        of("kind = 'deadly' AND state = 'dead' AND last_error = 'lease lost' AND lease_losses = 3"),
        1
    );
    let seen = jobs::watch(&later(&app, 400), &[], None).unwrap();
    assert_eq!((seen.dead, seen.dead_lately, seen.is_alarming()), (1, 1, true));
    let seen = jobs::watch(&later(&app, 3 * 86_400), &[], None).unwrap();
    assert_eq!((seen.dead, seen.dead_lately, seen.is_alarming()), (1, 0, false));
}

#[test]
fn what_was_done_long_ago_is_forgotten_and_what_was_given_up_is_not() {
    let app = TestApp::new();
    app.tenant("btttt");
    let mut conn = app.test_db.superuser();
    run(
        &mut conn,
        "INSERT INTO jobs (id, kind, key, state, due_at, created_at, finished_at)
         SELECT gen_random_uuid(), 'test', state || days, state, at, at, CASE WHEN state <> 'queued' THEN at END
           FROM unnest(ARRAY['done', 'dead', 'queued']) AS state, unnest(ARRAY[13, 15]) AS days,
                LATERAL (SELECT '2024-11-29T02:00:00Z'::timestamptz - days * interval '1 day' AS at) AS a;
         INSERT INTO job_slots (kind, slot, at)
         SELECT 'test', days::text, '2024-11-29T02:00:00Z'::timestamptz - days * interval '1 day'
           FROM unnest(ARRAY[13, 15]) AS days",
    );
    jobs::purge(&app.app.db, 14).unwrap();
    let gone = "SELECT count(*) FROM jobs WHERE kind = 'test' AND key = 'done15'";
    assert_eq!(
        (number(&mut conn, gone), number(&mut conn, "SELECT count(*) FROM jobs WHERE kind = 'test'")),
        (0, 5)
    );
    assert_eq!(number(&mut conn, "SELECT count(*) FROM job_slots WHERE kind = 'test' AND slot = '13'"), 1);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM job_slots WHERE kind = 'test'"), 1);
}
