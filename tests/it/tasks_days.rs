//! Many steps of many tasks: two people at once, and days of the past that stay as they were.

use std::sync::Barrier;

use chrono::{Days, NaiveDate};
use dondoc::domain::access::{Relation, Role};
use dondoc::domain::life::{Step, possible};
use dondoc::domain::task::Status;
use dondoc::error::{Error, Refusal};
use dondoc::tasks::TaskListed;
use dondoc::tasks::acts::{StepTyped, Target, take_step};
use uuid::Uuid;

use crate::support::desk::{Desk, whatever};
use crate::support::{day, number};

#[test]
fn of_two_at_once_one_is_told_that_the_other_was_faster() {
    let desk = Desk::new(4);
    let acting = desk.acting("vanphong");
    let title = |n: usize| format!("Nhiệm vụ {n} của cuộc đua {n}");
    let ids: Vec<Uuid> =
        (0..100).map(|n| desk.give(&title(n), "CVT", "01/10/2024", "15/11/2024").id).collect();
    let start = Barrier::new(2);
    let race = |reason: &str| -> Vec<bool> {
        let typed = StepTyped { reason: Some(reason.to_owned()), ..StepTyped::default() };
        let won = |id: &Uuid| {
            start.wait();
            let target = Target { id: *id, version: Some(1) };
            match desk.run(&acting, |conn, by| take_step(conn, by, Step::Cancel, target, &typed)) {
                Ok(row) => row.version == 2,
                Err(Error::Refused(Refusal::Stale(2))) => false,
                Err(other) => panic!("{other}"),
            }
        };
        ids.iter().map(won).collect()
    };
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| race("một"));
        let other = scope.spawn(|| race("hai"));
        (one.join().unwrap(), other.join().unwrap())
    });
    assert!(one.iter().zip(&other).all(|(one, other)| one != other));
    assert_eq!(ids.len(), 100);
}

#[test]
fn what_is_done_today_changes_no_day_before() {
    let mut desk = Desk::new(2);
    let mut conn = desk.test.test_db.superuser();
    let start = day("2024-10-01");
    let ids: Vec<Uuid> = (0..4u64)
        .map(|n| {
            let due = (start + Days::new(10 + 8 * n)).format("%d/%m/%Y").to_string();
            desk.give(&format!("Việc thứ {n}"), "CVT", "01/10/2024", &due).id
        })
        .collect();
    let mut random = 20_241_129u64;
    let mut next = move |of: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % of
    };
    let mut kept: Vec<(NaiveDate, Vec<TaskListed>)> = Vec::new();
    let plain = |task: TaskListed| TaskListed { status: Status::NotStarted, ..task };
    let mut taken = 0;
    for n in 0..60u64 {
        desk.today = start + Days::new(n);
        for _ in 0..3 {
            let id = ids[next(ids.len())];
            let (name, role, relation) = match next(2) {
                0 => ("vanphong", Role::Office, Relation::Other),
                _ => ("truong.cvt", Role::UnitHead, Relation::OwnUnit),
            };
            let steps = possible(desk.task(id).status().unwrap(), role, relation);
            let is_told =
                |step: &&Step| !matches!(step, Step::Edit | Step::Delete | Step::Move | Step::Assign);
            let steps: Vec<&Step> = steps.iter().filter(is_told).collect();
            if steps.is_empty() {
                continue;
            }
            let step = *steps[next(steps.len())];
            let typed = match step {
                // Back to the same unit, so that its head goes on with it.
                Step::GiveAgain => StepTyped { unit: Some("CVT".to_owned()), ..StepTyped::default() },
                step => whatever(step),
            };
            desk.step(name, step, id, &typed).unwrap();
            taken += 1;
        }
        let today = desk.list(desk.today).into_iter().map(plain).collect();
        kept.push((desk.today, today));
    }
    assert!(taken > 60, "only {taken} steps were taken");
    for (on, then) in kept {
        let now: Vec<TaskListed> = desk.list(on).into_iter().map(plain).collect();
        assert_eq!(now, then, "{on}");
    }
    let wrong = "SELECT count(*) FROM tasks t WHERE completed_on IS DISTINCT FROM (
        SELECT submitted_on FROM task_submissions s WHERE s.task_id = t.id AND accepted AND undone_on IS NULL)
        OR (status IN ('cancelled', 'paused', 'returned', 'transferred')) <> EXISTS (
        SELECT FROM task_exclusions e WHERE e.task_id = t.id AND until_on IS NULL AND e.state = t.status)
        OR (status = 'submitted') <> EXISTS (
        SELECT FROM task_submissions s WHERE s.task_id = t.id AND accepted IS NULL)";
    assert_eq!(number(&mut conn, wrong), 0);
}
