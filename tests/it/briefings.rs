//! The monthly briefing: its flow from one month to the next, and what was published, which stays.

use std::fs;

use diesel::prelude::*;
use dondoc::briefings::draft::{self, Draft, DraftTyped};
use dondoc::briefings::publish::{self, Published, Publishing};
use dondoc::briefings::whole::Whole;
use dondoc::briefings::{self, Days, Listed};
use dondoc::cluster::Role as DbRole;
use dondoc::documents::Cell;
use dondoc::domain::flow::{Line, Source};
use dondoc::domain::life::Step;
use dondoc::domain::period::Month;
use dondoc::error::{BriefingFault, Denial, Error, Refusal, Result};
use dondoc::papers::{self, Figure, Rows};
use dondoc::tasks::acts::StepTyped;
use dondoc::text::Lang;

use crate::support::desk::{Desk, SLUG, reason, reason_from};
use crate::support::sheet::{PLAIN, import_bytes};
use crate::support::{TestApp, data, day, number, run};

pub(super) fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

/// Publishes as the operator, on a day.
pub(super) fn publish_on(
    test: &TestApp,
    slug: &str,
    of: &str,
    today: &str,
    reason: Option<&str>,
) -> Result<Published> {
    test.act(slug, |conn, settings| {
        let days = Days { kind: settings.period_kind, today: day(today) };
        let asked = Publishing { month: month(of), draft: None, reason: reason.map(str::to_owned) };
        publish::publish(conn, settings, "operator", days, &asked, papers::rendered)
    })
}

pub(super) fn whole(test: &TestApp, slug: &str, of: &Published) -> Whole {
    test.act(slug, |conn, _| publish::read(conn, of.id)).unwrap()
}

/// The draft of a month as it stands on 29/11/2024.
pub(super) fn drafted(test: &TestApp, slug: &str, of: &str) -> Whole {
    test.act(slug, |conn, settings| {
        let kept = draft::draft(conn, month(of))?;
        let days = Days { kind: settings.period_kind, today: day("2024-11-29") };
        briefings::of_draft(conn, settings, publish::request(&kept, days), &kept, Listed::Named)
    })
    .unwrap()
}

pub(super) fn bytes(test: &TestApp, slug: &str, of: &Published) -> (Vec<u8>, Vec<Vec<u8>>) {
    test.act(slug, |conn, _| {
        let content = publish::content(conn, of.id)?;
        let kinds = publish::documents(conn, of.id)?;
        let documents = kinds.into_iter().map(|kind| publish::document(conn, of.id, kind));
        Ok((content, documents.collect::<Result<Vec<_>>>()?))
    })
    .unwrap()
}

pub(super) fn ministry() -> TestApp {
    let test = TestApp::with_owner();
    test.tenant("btttt");
    import_bytes(&test, "btttt", "nhiem-vu-2024.xlsx", &fs::read(data("nhiem-vu-2024.xlsx")).unwrap(), PLAIN);
    test
}

#[test]
fn the_november_of_the_ministry_is_published_and_every_figure_has_exactly_its_rows() {
    let test = ministry();
    let published = publish_on(&test, "btttt", "2024-11", "2024-11-29", None).unwrap();
    let whole = whole(&test, "btttt", &published);
    let key = &whole.figures.key;
    assert_eq!((key.standings.overdue, whole.figures.overdue_units(), key.month.due_next), (32, 13, 309));
    assert_eq!((published.number, published.version, published.cutoff), (1, 1, day("2024-11-29")));
    assert_eq!(whole.before.source, Source::Computed);
    assert_eq!(publish::canonical(&whole).unwrap(), bytes(&test, "btttt", &published).0);
    let (mut counts, mut tasks) = (0, 0);
    let mut see = |figure: &Figure| {
        let (Some(rows), Cell::Number(count)) = (figure.rows, &figure.cell) else { return };
        counts += 1;
        tasks += count;
        assert_eq!(rows.of(&whole).len() as u64, *count, "{rows:?}");
    };
    for sheet in papers::parts(Lang::Vi, &whole).iter().flat_map(|part| &part.tables) {
        sheet.rows.iter().flatten().chain(sheet.totals.iter().flatten()).for_each(&mut see);
    }
    assert!(counts > 300 && tasks > 3_000, "{counts} figures of {tasks} tasks");
    let lines: u64 = Line::ALL.iter().map(|line| whole.totals().line(*line)).sum();
    assert_eq!(Rows::Line { line: None, unit: None }.of(&whole).len() as u64, lines);
}

#[test]
fn the_database_lets_nobody_change_what_was_published() {
    let test = ministry();
    publish_on(&test, "btttt", "2024-11", "2024-11-29", None).unwrap();
    let mut conn = test.test_db.superuser();
    for table in ["briefings", "briefing_documents", "briefing_tasks"] {
        for sql in [
            format!("UPDATE {table} SET tenant_id = tenant_id"),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table} CASCADE"),
        ] {
            let refused = diesel::sql_query(&sql).execute(&mut conn).unwrap_err().to_string();
            assert!(refused.contains("what was published stays"), "{sql}: {refused}");
            let own = diesel::sql_query(&sql)
                .execute(&mut PgConnection::establish(&test.test_db.url(DbRole::Owner)).unwrap());
            // The owner sees no row of a walled table; what they can do to all of it is refused.
            assert!(own.is_err() || own == Ok(0), "{sql}");
            let apps = diesel::sql_query(&sql)
                .execute(&mut PgConnection::establish(&test.test_db.url(DbRole::App)).unwrap());
            assert!(apps.unwrap_err().to_string().contains("permission denied"), "{sql}");
        }
    }
    let gone =
        diesel::sql_query("UPDATE tasks SET deleted_at = now() WHERE category = 'key'").execute(&mut conn);
    assert!(gone.unwrap_err().to_string().contains("cancelled, not deleted"));
    let (seen, flaws) = test.act("btttt", |conn, _| publish::verify(conn, None)).unwrap();
    assert_eq!((seen, flaws.len()), (1, 0));
}

#[test]
fn a_tenants_archive_carries_what_was_published_to_the_byte() {
    let test = ministry();
    let published = publish_on(&test, "btttt", "2024-11", "2024-11-29", None).unwrap();
    let before = bytes(&test, "btttt", &published);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("btttt.zip");
    dondoc::tenants::delete(&test.app, "btttt", &file, "00".into()).unwrap();
    let mut conn = test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM briefings"), 0);
    dondoc::tenants::import(&test.app, &file, Some("moi"), "00").unwrap();
    assert_eq!(bytes(&test, "moi", &published), before);
}

#[test]
fn damage_is_found() {
    let test = ministry();
    publish_on(&test, "btttt", "2024-11", "2024-11-29", None).unwrap();
    run(
        &mut test.test_db.superuser(),
        "ALTER TABLE briefings DISABLE TRIGGER stays;
         UPDATE briefings SET content = convert_to(replace(convert_from(content, 'UTF8'), '\"due_next\":309', '\"due_next\":310'), 'UTF8'),
                sha256 = sha256(convert_to(replace(convert_from(content, 'UTF8'), '\"due_next\":309', '\"due_next\":310'), 'UTF8'))",
    );
    let (_, flaws) = test.act("btttt", |conn, _| publish::verify(conn, Some(month("2024-11")))).unwrap();
    assert_eq!(flaws.iter().map(|flaw| flaw.what).collect::<Vec<_>>(), ["balance", "journal"]);
    let refused = diesel::sql_query("UPDATE briefings SET content = content || ' '::bytea")
        .execute(&mut test.test_db.superuser())
        .unwrap_err();
    assert!(refused.to_string().contains("briefings_sha256_right"), "{refused}");
}

/// Tasks of CVT due on 15/10, overdue when October was published on its last day.
fn october(desk: &Desk, count: usize) -> Vec<dondoc::tasks::TaskRow> {
    let tasks: Vec<_> = (0..count)
        .map(|n| {
            desk.give(
                &format!("Nhiệm vụ số {n} khác hẳn {}", "x".repeat(n)),
                "CVT",
                "2024-09-02",
                "15/10/2024",
            )
        })
        .collect();
    publish_on(&desk.test, SLUG, "2024-10", "2024-10-31", None).unwrap();
    tasks
}

fn line_of(whole: &Whole, task: uuid::Uuid) -> Option<Line> {
    whole.flow.iter().find(|placed| placed.task == task).map(|placed| placed.line)
}

#[test]
fn every_way_out_of_a_published_opening_has_its_line() {
    let desk = Desk::new(2);
    let tasks = october(&desk, 8);
    let step = |who: &str, step: Step, n: usize, typed: &StepTyped| {
        desk.step(who, step, tasks[n].id, typed).unwrap();
    };
    step("truong.cvt", Step::Submit, 0, &StepTyped { on: Some("10/11/2024".into()), ..StepTyped::default() });
    step("vanphong", Step::Confirm, 0, &StepTyped::default());
    step("vanphong", Step::Cancel, 1, &reason_from("05/11/2024"));
    step("vanphong", Step::Pause, 2, &reason_from("05/11/2024"));
    step("vanphong", Step::Move, 3, &StepTyped { unit: Some("CBC".into()), ..reason() });
    let mut conn = desk.test.test_db.superuser();
    let id = |n: usize| tasks[n].id;
    run(
        &mut conn,
        &format!(
            "INSERT INTO task_extensions (tenant_id, id, task_id, wanted_due_on, wanted_precision, decision, decided_on, new_due_on)
             SELECT tenant_id, gen_random_uuid(), id, '2024-12-20', 'day', 'agreed', '2024-11-11', '2024-12-20'
               FROM tasks WHERE id = '{}';
             UPDATE tasks SET original_due_on = '2024-12-31' WHERE id = '{}';
             UPDATE tasks SET category = 'routine' WHERE id = '{}'",
            id(4), id(5), id(6)
        ),
    );
    let newly = desk.give("Việc mới hoàn toàn", "CBC", "2024-11-01", "20/11/2024");
    let made = drafted(&desk.test, SLUG, "2024-11");
    let lines: Vec<_> = (0..8).map(|n| line_of(&made, id(n)).unwrap()).collect();
    let expected = [
        Line::Completed,
        Line::Withdrawn,
        Line::Suspended,
        Line::Moved,
        Line::Extended,
        Line::CorrectedOut,
        Line::MadeOther,
        Line::StillOverdue,
    ];
    assert_eq!(lines, expected);
    assert_eq!(line_of(&made, newly.id), Some(Line::NewlyOverdue));
    assert_eq!((made.before.source, made.before.version), (Source::Published, Some(1)));
    assert_eq!((made.totals().opening, made.totals().closing), (8, 3));
    publish::check(&made).unwrap();
    let cvt = made.flow().of_unit(desk.unit("CVT"));
    assert_eq!((cvt.opening, cvt.moved_out, cvt.taken, cvt.closing), (8, 1, 6, 1));
    let cbc = made.flow().of_unit(desk.unit("CBC"));
    assert_eq!((cbc.opening, cbc.moved_in, cbc.added, cbc.closing), (0, 1, 1, 2));
    assert_eq!(made.twice().count(), 2);
    let published = publish_on(&desk.test, SLUG, "2024-11", "2024-11-29", None).unwrap();
    assert_eq!(published.number, 2, "numbers of a year go on over its months");
    let gone = desk.step("vanphong", Step::Delete, newly.id, &reason()).unwrap_err();
    assert!(matches!(gone, Error::Refused(Refusal::Denied(Denial::TaskPublished))), "{gone:?}");
    // The one whose facts were corrected is what differs from the paper of October.
    let first = desk.test.act(SLUG, |conn, _| publish::version(conn, month("2024-10"), None)).unwrap();
    let october = whole(&desk.test, SLUG, &first);
    let changed =
        desk.test.act(SLUG, |conn, settings| briefings::changed_since(conn, settings, &october)).unwrap();
    let mut changed: Vec<_> = changed.iter().map(|task| task.id).collect();
    changed.sort();
    let mut meant = vec![id(5), id(6)];
    meant.sort();
    assert_eq!(changed, meant);
}

#[test]
fn a_correction_is_a_further_version_with_its_differences() {
    let desk = Desk::new(2);
    let tasks = october(&desk, 3);
    let again = publish_on(&desk.test, SLUG, "2024-10", "2024-11-29", None);
    assert!(
        matches!(again, Err(Error::Refused(Refusal::Briefing(BriefingFault::ReasonNeeded)))),
        "{again:?}"
    );
    let first = publish_on(&desk.test, SLUG, "2024-11", "2024-11-29", Some("Sai"));
    assert!(matches!(first, Err(Error::Refused(Refusal::Briefing(BriefingFault::NothingToCorrect)))));
    desk.test
        .act(SLUG, |conn, _| {
            let kept = draft::draft(conn, month("2024-10"))?;
            draft::save(conn, "operator", &Draft { cutoff: Some(day("2024-10-31")), ..kept })
        })
        .unwrap();
    run(
        &mut desk.test.test_db.superuser(),
        &format!("UPDATE tasks SET original_due_on = '2024-12-31' WHERE id = '{}'", tasks[0].id),
    );
    let corrected = publish_on(&desk.test, SLUG, "2024-10", "2024-11-29", Some("Nhập sai hạn")).unwrap();
    assert_eq!((corrected.version, corrected.number), (2, 2));
    let told = whole(&desk.test, SLUG, &corrected).differences;
    let overdue = told.iter().find(|one| one.figure == "overdue" && one.unit.is_none()).unwrap();
    assert_eq!((overdue.before, overdue.after), (3, 2));
    assert!(told.iter().any(|one| one.figure == "overdue" && one.unit.as_deref() == Some("CVT")));
    // The next month opens from the corrected version.
    let next = drafted(&desk.test, SLUG, "2024-11");
    assert_eq!((next.before.version, next.totals().opening), (Some(2), 2));
}

#[test]
fn a_typed_opening_that_does_not_add_up_is_refused_with_the_difference() {
    let desk = Desk::new(2);
    for n in 0..3 {
        desk.give(&format!("Nhiệm vụ {n} {}", "y".repeat(n)), "CVT", "2024-09-02", "15/10/2024");
    }
    desk.give("Việc của tháng Mười một", "CVT", "2024-11-01", "20/11/2024");
    let days = Days { kind: dondoc::domain::period::PeriodKind::CalendarMonth, today: day("2024-11-29") };
    let keep = |opening: &str, completed: &str| {
        desk.test
            .act(SLUG, |conn, _| {
                let kept = draft::draft(conn, month("2024-11"))?;
                let text = |text: &str| text.to_owned();
                let typed = DraftTyped {
                    opening_on: text("31/10/2024"),
                    opening: text(opening),
                    lines: [(Line::Completed, text(completed)), (Line::NewlyOverdue, text("1"))].into(),
                    version: kept.version.to_string(),
                    ..DraftTyped::default()
                };
                draft::save(conn, "operator", &typed.check(month("2024-11"), days).unwrap())
            })
            .unwrap();
    };
    keep("9", "5");
    let refused = publish_on(&desk.test, SLUG, "2024-11", "2024-11-29", None);
    let Err(Error::Refused(Refusal::OutOfBalance(found))) = refused else { panic!("{refused:?}") };
    assert_eq!((found.whole, found.parts), (9, 10), "closing 4 + completed 5 against 9 + newly 1");
    keep("8", "5");
    let published = publish_on(&desk.test, SLUG, "2024-11", "2024-11-29", None).unwrap();
    let told = whole(&desk.test, SLUG, &published);
    assert_eq!((told.before.source, told.totals().opening, told.totals().closing), (Source::Typed, 8, 4));
    let faults = DraftTyped { opening: "1".into(), cutoff: "31/12/2024".into(), ..DraftTyped::default() };
    let named: Vec<_> =
        faults.check(month("2024-11"), days).unwrap_err().into_iter().map(|one| one.name).collect();
    assert_eq!(named, ["cutoff", "opening_on"]);
}
