//! The revision of a tenant's facts, and the figures that are kept for as long as it stands.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use diesel::prelude::*;
use dondoc::briefings::{self, Dashboard, Request, Shelf};
use dondoc::db::TenantConn;
use dondoc::domain::period::Month;
use dondoc::error::{Refusal, Result};

use crate::support::{TestApp, day, number};

/// Makes what the writes below change: two units, two persons, two tasks.
const GROUND: &str = "
    INSERT INTO units (tenant_id, id, name, short_name, position) SELECT {T}, {ID}, 'U' || n, 'U' || n, n FROM {N};
    INSERT INTO persons (tenant_id, id, full_name, email, created_at)
        SELECT {T}, {ID}, 'P' || n, n || '@p.example', now() FROM {N};
    INSERT INTO tasks (tenant_id, id, code, title, title_key, category, lead_unit_id, product, due_precision,
                       original_due_on, due_on, status, created_at, updated_at)
        SELECT {T}, {ID}, 'T' || n, 't', 't', 'key', {ID}, 'report', 'day', '2024-11-15', '2024-11-15', 'in_progress',
               now(), now() FROM {N}";

/// Writes of two rows each, in an order in which they can be made.
const WRITES: [&str; 22] = [
    "UPDATE tasks SET due_on = '2024-11-16'",
    "INSERT INTO task_extensions (tenant_id, id, task_id, wanted_due_on, wanted_precision)
         SELECT {T}, {ID}, {ID}, '2024-12-31', 'day' FROM {N}",
    "UPDATE task_extensions SET decision = 'agreed', decided_on = '2024-11-01', new_due_on = wanted_due_on",
    "DELETE FROM task_extensions",
    "INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on) SELECT {T}, {ID}, {ID}, '2024-11-14' FROM {N}",
    "UPDATE task_submissions SET accepted = true, decided_on = '2024-11-15'",
    "DELETE FROM task_submissions",
    "INSERT INTO task_exclusions (tenant_id, id, task_id, state) SELECT {T}, {ID}, {ID}, 'paused' FROM {N}",
    "UPDATE task_exclusions SET from_on = '2024-11-15'",
    "DELETE FROM task_exclusions",
    "INSERT INTO task_lead_changes (tenant_id, id, task_id, changed_on, from_unit_id)
         SELECT {T}, {ID}, {ID}, '2024-11-14', {ID} FROM {N}",
    "UPDATE task_lead_changes SET changed_on = '2024-11-15'",
    "DELETE FROM task_lead_changes",
    "DELETE FROM tasks",
    "UPDATE units SET name = name || ' mới'",
    "DELETE FROM units",
    "UPDATE persons SET full_name = full_name || ' khác'",
    "DELETE FROM persons WHERE email LIKE '%@p.example'",
    "INSERT INTO calendar_days (tenant_id, day, kind, name) SELECT {T}, '2030-01-01'::date + n, 'off', 'x' FROM {N}",
    "UPDATE calendar_days SET kind = 'work' WHERE day > '2030-01-01'",
    "DELETE FROM calendar_days WHERE day > '2030-01-01'",
    "UPDATE tenant_settings SET due_soon_days = 5",
];

fn write(conn: &mut TenantConn<'_>, statements: &str) -> Result<()> {
    let text = statements
        .replace("{T}", "current_setting('app.tenant_id')::uuid")
        .replace("{ID}", "lpad(n::text, 32, '0')::uuid")
        .replace("{N}", "generate_series(1, 2) n");
    for statement in text.split(';') {
        diesel::sql_query(statement).execute(conn.for_tests())?;
    }
    Ok(())
}

fn tenant_with_tasks(slug: &str) -> TestApp {
    let test = TestApp::with_pool(4);
    test.tenant(slug);
    test.act(slug, |conn, _| write(conn, GROUND)).unwrap();
    test
}

fn revision(test: &TestApp, slug: &str) -> i64 {
    let found = format!(
        "SELECT r.revision FROM tenant_revisions r JOIN tenants t ON t.id = r.tenant_id WHERE slug = '{slug}'"
    );
    number(&mut test.test_db.superuser(), &found)
}

#[test]
fn every_write_of_a_fact_raises_it_once_a_transaction() {
    let test = tenant_with_tasks("mot");
    test.tenant("hai");
    let other = revision(&test, "hai");
    assert_eq!((revision(&test, "mot"), other), (2, 1));
    for statement in WRITES {
        let before = revision(&test, "mot");
        test.act("mot", |conn, _| write(conn, statement)).unwrap();
        assert_eq!(revision(&test, "mot"), before + 1, "{statement}");
    }
    let before = revision(&test, "mot");
    test.act("mot", |conn, _| write(conn, &format!("{GROUND}; {}", WRITES[..16].join(";")))).unwrap();
    assert_eq!((revision(&test, "mot"), revision(&test, "hai")), (before + 1, other));
}

#[test]
fn what_is_undone_or_only_read_leaves_it_as_it_was() {
    let test = tenant_with_tasks("mot");
    let before = revision(&test, "mot");
    let undone: Result<()> = test.act("mot", |conn, _| {
        write(conn, WRITES[0])?;
        Err(Refusal::NameForm.into())
    });
    assert!(undone.is_err());
    test.act("mot", |conn, _| briefings::compute(conn, &settings(), november()).map(|_| ())).unwrap();
    assert_eq!(revision(&test, "mot"), before);
}

/// Were the revision raised before the end, the one would stand in the other's way until it commits.
#[test]
fn two_writers_in_opposite_order_neither_wait_nor_deadlock() {
    let test = tenant_with_tasks("mot");
    let before = revision(&test, "mot");
    let (to_second, from_first) = channel();
    let (to_first, from_second) = channel();
    let act = |first: &str, second: &str, say: Sender<()>, hear: Receiver<()>| {
        test.act("mot", |conn, _| {
            write(conn, first)?;
            say.send(()).unwrap();
            hear.recv_timeout(Duration::from_secs(5)).expect("the other one is not held up");
            write(conn, second)
        })
        .unwrap();
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            let unit = "UPDATE units SET kind = 'a' WHERE short_name = 'U1'";
            act("UPDATE tasks SET note = 'a' WHERE code = 'T1'", unit, to_second, from_second);
        });
        let task = "UPDATE tasks SET note = 'b' WHERE code = 'T2'";
        act("UPDATE units SET kind = 'b' WHERE short_name = 'U2'", task, to_first, from_first);
    });
    assert_eq!(revision(&test, "mot"), before + 2);
}

fn settings() -> dondoc::tenants::Settings {
    dondoc::tenants::Settings {
        factor_rule: dondoc::domain::two_factor::FactorRule::NOBODY,
        name: "x".into(),
        zone: "Asia/Ho_Chi_Minh".parse().unwrap(),
        due_soon_days: 3,
        roll_rule: dondoc::domain::calendar::RollRule::Forward,
        session_idle: chrono::TimeDelta::hours(4),
        session_life: chrono::TimeDelta::hours(12),
        digest_hour: dondoc::domain::preference::SendTime::USUAL,
        period_kind: dondoc::domain::period::PeriodKind::CalendarMonth,
        briefing_day: None,
        paper_head: dondoc::tenants::PaperHead::default(),
    }
}

fn november() -> Request {
    Request { month: Month::parse("2024-11").unwrap(), cutoff: day("2024-11-29") }
}

/// What the shelf gives in a transaction of its own. The journal is written after that.
fn shown(test: &TestApp, slug: &str, shelf: &Shelf) -> Arc<Dashboard> {
    test.act(slug, |conn, settings| briefings::dashboard(shelf, conn, settings, november())).unwrap()
}

#[test]
fn figures_are_kept_until_a_fact_of_their_tenant_changes() {
    let (test, shelf) = (tenant_with_tasks("mot"), Shelf::default());
    test.tenant("hai");
    let first = shown(&test, "mot", &shelf);
    assert_eq!(first.figures.key.standings.overdue, 2);
    let other = shown(&test, "hai", &shelf);
    assert!(Arc::ptr_eq(&first, &shown(&test, "mot", &shelf)));
    test.act("mot", |conn, _| write(conn, "UPDATE tasks SET deleted_at = now() WHERE code = 'T1'")).unwrap();
    let second = shown(&test, "mot", &shelf);
    assert_eq!(second.figures.key.standings.overdue, 1);
    assert!(Arc::ptr_eq(&second, &shown(&test, "mot", &shelf)));
    assert!(Arc::ptr_eq(&other, &shown(&test, "hai", &shelf)));
    let more = dondoc::tenants::Settings { due_soon_days: 9, ..settings() };
    let otherwise = test.act("mot", |conn, _| briefings::dashboard(&shelf, conn, &more, november())).unwrap();
    assert!(!Arc::ptr_eq(&second, &otherwise));
}

#[test]
fn a_writer_sees_its_own_changes_and_keeps_none_of_them() {
    let (test, shelf) = (tenant_with_tasks("mot"), Shelf::default());
    let kept = shown(&test, "mot", &shelf);
    let seen: Result<()> = test.act("mot", |conn, settings| {
        write(conn, "UPDATE tasks SET deleted_at = now()")?;
        assert_eq!(briefings::dashboard(&shelf, conn, settings, november())?.figures.key.tasks, 0);
        Err(Refusal::NameForm.into())
    });
    assert!(seen.is_err());
    assert!(Arc::ptr_eq(&kept, &shown(&test, "mot", &shelf)));
}

#[test]
fn nobody_is_shown_figures_older_than_their_question() {
    let (test, shelf) = (tenant_with_tasks("mot"), Shelf::default());
    const MORE: u64 = 25;
    let committed = AtomicU64::new(2);
    thread::scope(|scope| {
        let (test, shelf, committed) = (&test, &shelf, &committed);
        scope.spawn(move || {
            for n in 3..3 + MORE {
                let one = GROUND.replace("FROM {N}", &format!("FROM generate_series({n}, {n}) n"));
                test.act("mot", |conn, _| write(conn, &one)).unwrap();
                committed.store(n, Ordering::SeqCst);
            }
        });
        for _ in 0..2 {
            scope.spawn(move || {
                loop {
                    let least = committed.load(Ordering::SeqCst);
                    let overdue = shown(test, "mot", shelf).figures.key.standings.overdue;
                    assert!(overdue >= least, "{overdue} shown, {least} committed");
                    if least == 2 + MORE {
                        break;
                    }
                }
            });
        }
    });
    let last = shown(&test, "mot", &shelf);
    assert_eq!((last.figures.key.standings.overdue, last.trend[11].overdue), (2 + MORE, 2 + MORE));
}

#[test]
fn the_application_can_neither_remove_a_revision_nor_see_anothers() {
    let test = tenant_with_tasks("mot");
    test.tenant("hai");
    assert!(test.act("mot", |conn, _| write(conn, "DELETE FROM tenant_revisions")).is_err());
    let before = revision(&test, "hai");
    test.act("mot", |conn, _| write(conn, "UPDATE tenant_revisions SET revision = 99")).unwrap();
    assert_eq!((revision(&test, "mot"), revision(&test, "hai")), (99, before));
}
