//! The life of a task: which steps pass for whom, what they write, and that past days stay as they were.

use chrono::NaiveDate;
use diesel::prelude::*;
use dondoc::domain::access::{Acting, Relation, Role, allows_on};
use dondoc::domain::life::{Step, possible};
use dondoc::domain::standing::Standing;
use dondoc::domain::task::Status;
use dondoc::error::{Denial, Error, Refusal, Result};
use dondoc::tasks::TaskRow;
use dondoc::tasks::acts::{By, StepTyped, Target, confirm_all, take_step};
use uuid::Uuid;

use crate::support::desk::{Desk, from, reason, reason_from, whatever};
use crate::support::{day, number};

/// Statements in the transaction of an act, for what no act does.
fn raw(conn: &mut dondoc::db::TenantConn<'_>, sql: &str) {
    diesel::connection::SimpleConnection::batch_execute(conn.for_tests(), sql).unwrap();
}

/// Brings a task into a status by the steps that lead there.
fn bring(desk: &Desk, id: Uuid, status: Status) {
    let steps: &[(&str, Step)] = match status {
        Status::NotStarted => &[],
        Status::InProgress => &[("truong.cvt", Step::Start)],
        Status::Submitted => &[("truong.cvt", Step::Submit)],
        Status::Completed => &[("truong.cvt", Step::Submit), ("vanphong", Step::Confirm)],
        Status::Cancelled => &[("vanphong", Step::Cancel)],
        Status::Paused => &[("vanphong", Step::Pause)],
        Status::Returned => &[("truong.cvt", Step::Return)],
        Status::Transferred => &[("vanphong", Step::Transfer)],
    };
    for (name, step) in steps {
        desk.step(name, *step, id, &whatever(*step)).unwrap();
    }
    assert_eq!(desk.task(id).status().unwrap(), status);
}

/// What a step must come to by the two tables.
fn expected(
    step: Step,
    status: Status,
    role: Role,
    relation: Relation,
) -> std::result::Result<Status, Refusal> {
    let is_seen = relation != Relation::Other || matches!(role, Role::Office | Role::Leader);
    if role == Role::Admin || !is_seen {
        return Err(Denial::NotFound.into_refusal());
    }
    if !allows_on(role, step.act(), relation) {
        return Err(Denial::NotPermitted.into_refusal());
    }
    let impossible = || Refusal::TaskStep { status, possible: possible(status, role, relation) };
    step.leads(status).ok_or_else(impossible)
}

trait IntoRefusal {
    fn into_refusal(self) -> Refusal;
}

impl IntoRefusal for Denial {
    fn into_refusal(self) -> Refusal {
        Refusal::Denied(self)
    }
}

#[test]
fn every_step_passes_exactly_where_the_tables_say() {
    let desk = Desk::new(2);
    let people: Vec<(Acting, Relation)> = [
        ("vanphong2", Relation::Other),
        ("lanhdao", Relation::Other),
        ("truong.cvt", Relation::OwnUnit),
        ("an.cvt", Relation::Given),
        ("binh.cvt", Relation::OwnUnit),
        ("truong.cbc", Relation::Coordinating),
        ("quantri", Relation::Other),
    ]
    .into_iter()
    .map(|(name, relation)| (desk.acting(name), relation))
    .collect();
    let (cbc, an) = (desk.unit("CBC"), desk.acting("an.cvt").person.unwrap());
    for status in Status::ALL.iter().copied() {
        let id = desk.give("Xây dựng báo cáo", "CVT", "01/10/2024", "15/11/2024").id;
        bring(&desk, id, status);
        let steps = Step::ALL.iter().copied().filter(|step| *step != Step::Edit);
        for step in steps {
            for (acting, relation) in &people {
                let told = desk.run(acting, |conn, by| {
                    raw(conn, &format!(
                        "INSERT INTO task_coordinators SELECT tenant_id, id, '{cbc}' FROM tasks WHERE id = '{id}';
                         INSERT INTO task_assignees SELECT tenant_id, id, '{an}' FROM tasks WHERE id = '{id}'"
                    ));
                    let typed = whatever(step);
                    let done = take_step(conn, by, step, Target { id, version: Some(desk.task(id).version) }, &typed);
                    // The next one finds the task as this one did.
                    Err::<(), Error>(match done {
                        Ok(row) => Error::Internal(row.status().unwrap().code().to_owned()),
                        Err(error) => error,
                    })
                });
                let told = match told.unwrap_err() {
                    Error::Internal(code) => Ok(Status::from_code(&code).unwrap_or_else(|| panic!("{code}"))),
                    Error::Refused(refusal) => Err(refusal),
                    other => panic!("{other}"),
                };
                let wanted = expected(step, status, acting.role, *relation);
                assert_eq!(told, wanted, "{step:?} from {status:?} by {:?} {relation:?}", acting.role);
            }
        }
    }
}

/// The only task of the tenant, as it stands on a day.
fn standing(desk: &Desk, on: &str) -> (Standing, u32, Option<NaiveDate>) {
    let listed = desk.list(day(on));
    let task = &listed[0];
    (task.standing, task.days_late, task.waiting_since)
}

#[test]
fn a_task_is_done_reported_sent_back_confirmed_and_reopened() {
    let mut desk = Desk::new(2);
    let given = desk.give("Xây dựng báo cáo", "CVT", "01/10/2024", "31/10/2024");
    let id = given.id;
    desk.assign(id, "an.cvt");
    desk.today = day("2024-10-10");
    let text = |text: &str| Some(text.to_owned());
    let note = StepTyped {
        percent: text("40"),
        note: text("Đã xong dự thảo"),
        obstacles: text("Thiếu số liệu"),
        ..StepTyped::default()
    };
    let noted = desk.step("an.cvt", Step::Note, id, &note).unwrap();
    assert_eq!((noted.status.as_str(), noted.percent), ("in_progress", Some(40)));
    assert_eq!(noted.obstacles.as_deref(), Some("Thiếu số liệu"));
    let cleared = StepTyped { obstacles: text(" "), ..StepTyped::default() };
    assert_eq!(desk.step("an.cvt", Step::Note, id, &cleared).unwrap().obstacles, None);
    desk.today = day("2024-11-04");
    desk.step("an.cvt", Step::Submit, id, &from("30/10/2024")).unwrap();
    assert_eq!(standing(&desk, "2024-11-04"), (Standing::WithinTerm, 0, Some(day("2024-10-30"))));
    desk.today = day("2024-11-06");
    desk.step("vanphong", Step::SendBack, id, &reason()).unwrap();
    assert_eq!(standing(&desk, "2024-11-05"), (Standing::WithinTerm, 0, Some(day("2024-10-30"))));
    assert_eq!(standing(&desk, "2024-11-06"), (Standing::Overdue, 6, None));
    desk.today = day("2024-11-08");
    let product = StepTyped {
        product_number: text("12/BC-CVT"),
        product_date: text("07/11/2024"),
        ..from("07/11/2024")
    };
    desk.step("truong.cvt", Step::Submit, id, &product).unwrap();
    desk.today = day("2024-11-10");
    let confirmed = desk.step("vanphong", Step::Confirm, id, &StepTyped::default()).unwrap();
    assert_eq!(
        (confirmed.completed_on, confirmed.confirmed_on, confirmed.percent),
        (Some(day("2024-11-07")), Some(day("2024-11-10")), Some(100))
    );
    assert_eq!(confirmed.product_number.as_deref(), Some("12/BC-CVT"));
    assert_eq!(confirmed.confirmed_by, desk.acting("vanphong").person);
    desk.today = day("2024-11-20");
    let reopened = desk.step("vanphong2", Step::Reopen, id, &reason()).unwrap();
    assert_eq!((reopened.status.as_str(), reopened.completed_on), ("in_progress", None));
    assert_eq!(standing(&desk, "2024-11-09"), (Standing::Overdue, 7, Some(day("2024-11-07"))));
    assert_eq!(standing(&desk, "2024-11-19"), (Standing::CompletedLate, 7, None));
    assert_eq!(standing(&desk, "2024-11-20"), (Standing::Overdue, 20, None));
    assert_eq!(reopened.version, given.version + 8);
    let acts = journal(&desk, id);
    let told = ["create", "assign", "note", "note", "submit", "send_back", "submit", "confirm", "reopen"];
    assert_eq!(acts, told.map(|act| format!("task.{act}")));
    let mut conn = desk.test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM task_notes WHERE noted_on = '2024-10-10'"), 2);
}

/// The acts that the journal tells of a task, the first first.
fn journal(desk: &Desk, id: Uuid) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        act: String,
    }
    let mut conn = desk.test.test_db.superuser();
    let rows: Vec<Row> =
        diesel::sql_query(format!("SELECT act FROM journal WHERE subject_id = '{id}' ORDER BY id"))
            .load(&mut conn)
            .unwrap();
    rows.into_iter().map(|row| row.act).collect()
}

#[test]
fn times_outside_the_count_hold_from_day_to_day() {
    let mut desk = Desk::new(2);
    let id = desk.give("Xây dựng báo cáo", "CVT", "01/10/2024", "15/10/2024").id;
    let outside = |desk: &Desk, on: &str| standing(desk, on).0 == Standing::Outside;
    desk.today = day("2024-11-05");
    desk.step("vanphong", Step::Pause, id, &reason_from("31/10/2024")).unwrap();
    desk.today = day("2024-11-20");
    desk.step("vanphong", Step::Resume, id, &from("10/11/2024")).unwrap();
    let days = [("2024-10-30", false), ("2024-10-31", true), ("2024-11-09", true), ("2024-11-10", false)];
    assert!(days.iter().all(|(on, is_out)| outside(&desk, on) == *is_out));
    desk.step("truong.cvt", Step::Return, id, &reason()).unwrap();
    let again = StepTyped { unit: Some("cbc".to_owned()), ..StepTyped::default() };
    desk.today = day("2024-11-22");
    let given = desk.step("vanphong", Step::GiveAgain, id, &again).unwrap();
    assert_eq!((given.status.as_str(), given.lead_unit_id), ("not_started", desk.unit("CBC")));
    let lead = |on: &str| desk.list(day(on))[0].unit.clone();
    assert_eq!([lead("2024-11-21"), lead("2024-11-22")], ["CVT", "CBC"]);
    assert!(outside(&desk, "2024-11-21") && !outside(&desk, "2024-11-22"));
    // A cancellation of before the task was returned ends nothing before it began.
    desk.step("vanphong", Step::Cancel, id, &reason_from("21/11/2024")).unwrap();
    assert!(outside(&desk, "2024-11-22"));
    desk.step("vanphong", Step::Restore, id, &reason()).unwrap();
    assert!(!outside(&desk, "2024-11-22") && outside(&desk, "2024-11-21"));
    let moved = StepTyped { unit: Some("VP".to_owned()), ..reason() };
    desk.step("vanphong", Step::Move, id, &moved).unwrap();
    assert_eq!([lead("2024-11-21"), lead("2024-11-22")], ["CVT", "VP"]);
    let same = desk.step("vanphong", Step::Move, id, &moved).unwrap_err();
    assert!(format!("{same}").contains("LeadsAlready"), "{same}");
    let transfer = StepTyped { body: Some("Bộ Tài chính".to_owned()), ..reason() };
    desk.step("vanphong", Step::Transfer, id, &transfer).unwrap();
    desk.step("vanphong", Step::Delete, id, &reason()).unwrap();
    assert!(desk.list(day("2024-11-01")).is_empty());
    let gone = desk.step("vanphong", Step::Delete, id, &reason()).unwrap_err();
    assert!(matches!(gone, Error::Refused(Refusal::Denied(Denial::NotFound))));
}

#[test]
fn every_fault_of_a_step_is_told_at_once() {
    let desk = Desk::new(1);
    let id = desk.give("Xây dựng báo cáo", "CVT", "01/10/2024", "15/11/2024").id;
    let faults = |name: &str, step: Step, typed: StepTyped| -> Vec<String> {
        match desk.step(name, step, id, &typed).unwrap_err() {
            Error::Refused(Refusal::Parameters(faults)) => {
                faults.into_iter().map(|fault| fault.name).collect()
            }
            other => panic!("{other}"),
        }
    };
    let text = |text: &str| Some(text.to_owned());
    let long = "x".repeat(2_001);
    let wrong = StepTyped {
        on: text("30/9/2024"),
        reason: Some(long),
        planned_until: text("31/2/2025"),
        unit: text("CBC"),
        ..StepTyped::default()
    };
    assert_eq!(faults("vanphong", Step::Pause, wrong), ["unit", "on", "reason", "planned_until"]);
    assert_eq!(faults("vanphong", Step::Cancel, from("30/11/2024")), ["on", "reason"]);
    assert_eq!(faults("vanphong", Step::Transfer, reason()), ["body"]);
    assert_eq!(faults("truong.cvt", Step::Note, StepTyped::default()), ["note"]);
    let percent = StepTyped { percent: text("101"), note: text("a\u{7}"), ..StepTyped::default() };
    assert_eq!(faults("truong.cvt", Step::Note, percent), ["note", "percent"]);
    let people = StepTyped {
        assignees: Some(vec!["truong.cbc@bo.example".to_owned()]),
        contact: text("nobody"),
        ..StepTyped::default()
    };
    assert_eq!(faults("truong.cvt", Step::Assign, people), ["assignees", "contact"]);
    assert_eq!(desk.task(id).version, 1);
}

#[test]
fn several_reports_are_confirmed_in_one_act_or_none() {
    let desk = Desk::new(2);
    let ids: Vec<Uuid> = ["Một", "Hai", "Ba"]
        .iter()
        .map(|title| desk.give(&format!("Nhiệm vụ số {title}"), "CVT", "01/10/2024", "15/11/2024").id)
        .collect();
    for id in &ids[..2] {
        desk.step("truong.cvt", Step::Submit, *id, &from("20/11/2024")).unwrap();
    }
    let target = |id: &Uuid| Target { id: *id, version: Some(desk.task(*id).version) };
    let all: Vec<Target> = ids.iter().map(target).collect();
    let office = desk.acting("vanphong");
    let confirm = |acting: &Acting, targets: &[Target]| -> Result<Vec<TaskRow>> {
        desk.run(acting, |conn, by| confirm_all(conn, by, targets))
    };
    let refused = confirm(&office, &all).unwrap_err();
    let Error::Refused(Refusal::SomeTasks(refused)) = refused else { panic!("{refused}") };
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].0, desk.task(ids[2]).code);
    assert!(matches!(refused[0].1, Refusal::TaskStep { status: Status::NotStarted, .. }));
    assert_eq!(desk.task(ids[0]).status, "submitted");
    // Who reported, in whatever post they act now, confirms nothing of it.
    let both = Acting { role: Role::Office, ..desk.acting("truong.cvt") };
    let own = confirm(&both, &all[..1]).unwrap_err();
    assert!(matches!(own, Error::Refused(Refusal::Denied(Denial::OwnSubmission))), "{own}");
    let head = confirm(&desk.acting("truong.cvt"), &all[..1]).unwrap_err();
    assert!(matches!(head, Error::Refused(Refusal::Denied(Denial::NotPermitted))), "{head}");
    let done = confirm(&office, &all[..2]).unwrap();
    assert!(done.iter().all(|task| task.completed_on == Some(day("2024-11-20")) && task.version == 3));
    let stale = confirm(&office, &all[..1]).unwrap_err();
    assert!(matches!(stale, Error::Refused(Refusal::Stale(3))), "{stale}");
    assert_eq!(journal(&desk, ids[1]).last().unwrap(), "task.confirm");
}

#[test]
fn a_step_of_another_tenant_finds_nothing() {
    let desk = Desk::new(2);
    let id = desk.give("Xây dựng báo cáo", "CVT", "01/10/2024", "15/11/2024").id;
    desk.test.tenant("khac");
    let acting = desk.acting("vanphong");
    let by = By { acting: &acting, today: desk.today };
    let target = Target { id, version: None };
    let done = desk.test.act("khac", |conn, _| take_step(conn, &by, Step::Cancel, target, &reason()));
    assert!(matches!(done, Err(Error::Refused(Refusal::Denied(Denial::NotFound)))));
    let done = desk.test.act("khac", |conn, _| confirm_all(conn, &by, &[target]));
    assert!(matches!(done, Err(Error::Refused(Refusal::Denied(Denial::NotFound)))));
}
