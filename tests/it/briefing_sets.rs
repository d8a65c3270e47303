//! Published sets of figures, rebuilt as tasks and published again; the one that does not add up is refused.

use dondoc::briefings::draft::{self, DraftTyped};
use dondoc::briefings::{Days, publish};
use dondoc::domain::access::Role;
use dondoc::domain::briefing::{Cell, Identity};
use dondoc::domain::period::PeriodKind;
use dondoc::error::{Error, Refusal, Result};

use super::briefings::{month, publish_on, whole};
use crate::support::build::{add_task, add_unit, copy_task};
use crate::support::site::{Site, add_person};
use crate::support::{TestApp, day, run};

/// Key tasks of one sort: how many, due, completed, and out of the count since.
struct Sort {
    count: usize,
    due: &'static str,
    completed: Option<&'static str>,
    out: Option<&'static str>,
}

fn sort(count: usize, due: &'static str, completed: Option<&'static str>, out: Option<&'static str>) -> Sort {
    Sort { count, due, completed, out }
}

/// A tenant of three units with so many tasks of each sort.
fn tenant(slug: &str, sorts: &[Sort]) -> TestApp {
    let test = TestApp::new();
    test.tenant(slug);
    for unit in ["A", "B", "C"] {
        add_unit(&test, slug, unit);
    }
    let pattern = add_task(&test, slug, "A", "MAU");
    let mut conn = test.test_db.superuser();
    for (at, Sort { count, due, completed, out }) in sorts.iter().enumerate() {
        let changes = format!(
            "jsonb_build_object('code', 'NV-{at}-' || n, 'assigned_on', '2017-01-05', 'original_due_on', '{due}',
                'due_on', '{due}', 'lead_unit_id', (SELECT id FROM units u ORDER BY u.position OFFSET n % 3 LIMIT 1))"
        );
        copy_task(&mut conn, pattern, *count, &changes);
        let of_these = format!("FROM tasks WHERE code LIKE 'NV-{at}-%'");
        if let Some(on) = completed {
            run(
                &mut conn,
                &format!(
                    "INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on, accepted, decided_on)
                     SELECT tenant_id, gen_random_uuid(), id, '{on}', true, '{on}' {of_these};
                     UPDATE tasks SET status = 'completed', completed_on = '{on}', confirmed_on = '{on}'
                      WHERE code LIKE 'NV-{at}-%'"
                ),
            );
        }
        if let Some(state) = out {
            run(
                &mut conn,
                &format!(
                    "INSERT INTO task_exclusions (tenant_id, id, task_id, state, from_on)
                     SELECT tenant_id, gen_random_uuid(), id, '{state}', '2017-12-01' {of_these}"
                ),
            );
        }
    }
    run(&mut conn, &format!("DELETE FROM tasks WHERE id = '{pattern}'"));
    test
}

/// Publishes December 2017 and gives its key figures, read back from the bytes.
fn december(test: &TestApp, slug: &str) -> Cell {
    let published = publish_on(test, slug, "2017-12", "2017-12-31", None).unwrap();
    let whole = whole(test, slug, &published);
    publish::check(&whole).unwrap();
    whole.figures.key
}

#[test]
fn the_government_of_2017_is_reproduced() {
    let test = tenant(
        "cp",
        &[
            sort(14_068, "2017-12-20", Some("2017-12-15"), None),
            sort(1_983, "2017-11-30", Some("2017-12-10"), None),
            sort(5_640, "2018-01-31", None, None),
            sort(223, "2017-12-01", None, None),
        ],
    );
    let key = december(&test, "cp");
    let n = &key.standings;
    assert_eq!(
        (key.tasks, n.completed_on_time, n.completed_late, n.within_term, n.overdue),
        (21_914, 14_068, 1_983, 5_640, 223)
    );
    assert_eq!((n.no_deadline, n.outside, key.month.due_next), (0, 0, 5_640));
}

#[test]
fn the_ministry_of_2017_is_reproduced() {
    let test = tenant(
        "bo",
        &[
            sort(501, "2017-12-20", Some("2017-12-15"), None),
            sort(85, "2018-01-31", None, None),
            sort(7, "2017-12-01", None, None),
            sort(2, "2017-12-01", None, Some("cancelled")),
            sort(1, "2017-12-01", None, Some("transferred")),
        ],
    );
    let key = december(&test, "bo");
    let n = &key.standings;
    let completed = n.completed_on_time + n.completed_late;
    assert_eq!((key.tasks, completed, n.within_term, n.overdue, n.outside), (596, 501, 85, 7, 3));
}

/// Types what an earlier report said as the opening of a month.
fn typed(test: &TestApp, [tasks, completed, within, overdue, outside]: [&str; 5]) -> Result<()> {
    let days = Days { kind: PeriodKind::CalendarMonth, today: day("2024-11-29") };
    test.act("bo", |conn, _| {
        let kept = draft::draft(conn, month("2024-11"))?;
        let text = str::to_owned;
        let typed = DraftTyped {
            opening_on: text("31/10/2024"),
            opening: text(overdue),
            reported: [tasks, completed, within, "", outside].map(text),
            version: kept.version.to_string(),
            ..DraftTyped::default()
        };
        draft::save(conn, "operator", &typed.check(month("2024-11"), days).unwrap())
    })
}

#[test]
fn a_printed_report_that_does_not_add_up_is_refused_with_the_difference() {
    let test = TestApp::new();
    test.tenant("bo");
    add_unit(&test, "bo", "VP");
    typed(&test, ["21914", "16051", "5640", "223", ""]).unwrap();
    typed(&test, ["596", "501", "85", "7", "3"]).unwrap();
    let refused = typed(&test, ["9831", "7892", "1602", "319", ""]);
    let Err(Error::Refused(Refusal::OutOfBalance(found))) = refused else { panic!("{refused:?}") };
    assert_eq!((found.identity, found.whole, found.parts), (Identity::Standings, 9_831, 9_813));
    let kept = test.act("bo", |conn, _| draft::draft(conn, month("2024-11"))).unwrap();
    assert_eq!(kept.opening.unwrap().all.unwrap().tasks, 596, "what was refused is not kept");
    add_person(&test, "bo", "vp@bo.example", Role::Office, Some("VP"));
    let site = Site::new(&test);
    let office = site.sign_in("bo", "vp@bo.example");
    let form = "version=2&opening_on=31/10/2024&opening=319&opening_tasks=9831&opening_completed=7892&opening_within_term=1602";
    let page = site.send(&office, "POST", "/briefings/2024-11", form);
    assert_eq!(page.status, 422, "{}", page.body);
    for said in ["là 9.831 nhưng các phần cộng lại là 9.813, chênh lệch 18", "value=\"7892\""] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let published = publish_on(&test, "bo", "2024-11", "2024-11-29", None);
    let refused = published.unwrap_err();
    assert!(
        matches!(refused, Error::Refused(Refusal::OutOfBalance(_))),
        "seven overdue then, none now: {refused:?}"
    );
}
