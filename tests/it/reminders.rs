//! Reminders: the ladder day by day, one letter a person, and why somebody gets none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use dondoc::accounts::{self, NewPerson};
use dondoc::app::App;
use dondoc::calendar;
use dondoc::clock::Clock;
use dondoc::cluster::Role as DbRole;
use dondoc::db::Db;
use dondoc::domain::access::Role;
use dondoc::domain::ladder::Ladder;
use dondoc::imports::{self, ImportFile};
use dondoc::jobs;
use dondoc::mail::{self, PostRoom, Transport};
use dondoc::public_url::PublicUrl;
use dondoc::reminders::{self, Recipient, Skip};
use dondoc::tasks::{self, StandingFilter, TaskFilterInput};
use dondoc::tenants;
use dondoc::timetable;
use dondoc::units;
use serde_json::Value;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::sheet::PLAIN;
use crate::support::site::{Site, add_person};
use crate::support::{TestApp, data, day, number, run};

/// The application at an hour of a day in Việt Nam.
fn at(test: &TestApp, local: &str) -> App {
    let now: DateTime<Utc> = format!("{local}:00+07:00").parse().unwrap();
    let clock = Clock::fixed(now);
    App::with_db(Db::open(&test.test_db.url(DbRole::App), 4, clock).unwrap(), clock)
}

/// Plans at an hour; how many letters are new.
fn plan(test: &TestApp, local: &str) -> usize {
    tenants::operate(&at(test, local), "to", "test", |conn, settings| {
        Ok((reminders::plan(conn, settings)?, Value::Null))
    })
    .unwrap()
}

/// Sends what is due at an hour: the addresses and letters.
fn sent(test: &TestApp, local: &str) -> Vec<(String, String)> {
    let app = at(test, local);
    let kept: mail::Kept = Arc::new(Mutex::new(Vec::new()));
    let from = mail::sender("Đôn đốc <dondoc@sender.example>").unwrap();
    let composers = timetable::composers(&PublicUrl::parse("https://dondoc.example").unwrap());
    let post = PostRoom::new(app.db.clone(), app.clock, Transport::Memory(kept.clone()), from, composers);
    jobs::work_off(&app.db, timetable::handlers(&app.db, app.clock, Arc::new(post))).unwrap();
    let kept = kept.lock().unwrap();
    kept.iter().map(|(to, mime)| (to.clone(), String::from_utf8_lossy(mime).into_owned())).collect()
}

fn add_post(test: &TestApp, email: &str, role: Role, unit: Option<&str>) {
    test.act("to", |conn, _| {
        let unit = unit.map(|unit| units::find(conn, unit)).transpose()?.map(|unit| unit.id);
        let person = NewPerson { email, name: "Người nhận" };
        accounts::add_person_with_post(conn, &person, role, unit, day("2024-01-01")).map(drop)
    })
    .unwrap();
}

fn count(test: &TestApp, condition: &str) -> i64 {
    let letters = format!("SELECT count(*) FROM letters WHERE kind = 'reminder' AND {condition}");
    number(&mut test.test_db.superuser(), &letters)
}

/// A tenant with a unit `CVT`, its head, and one key task that is due on Friday 15/11/2024.
fn small() -> TestApp {
    let test = TestApp::new();
    test.tenant("to");
    add_unit(&test, "to", "CVT");
    add_post(&test, "cvt@t.example", Role::UnitHead, Some("CVT"));
    add_task(&test, "to", "CVT", "NV-1");
    test
}

/// The codes that are told, and to whom, or why not.
type Previewed = (BTreeSet<String>, Vec<(String, Option<Skip>)>);

/// The codes of what reaches a step on a day, with why each recipient gets nothing.
fn previewed(test: &TestApp, on: &str) -> Option<Previewed> {
    let found = test.act("to", |conn, _| reminders::preview(conn, day(on))).unwrap()?;
    let codes = found.tasks.iter().map(|task| task.code.clone()).collect();
    let said = found.reminders.iter().map(|one| (one.address.clone(), one.worth_telling().err()));
    Some((codes, said.collect()))
}

/// What a day tells by the definition: each task in progress with a step on exactly that day.
fn expected(test: &TestApp, on: NaiveDate) -> BTreeSet<(String, NaiveDate)> {
    test.act("to", |conn, settings| {
        let calendar = calendar::working_calendar(conn)?;
        let asked =
            TaskFilterInput { standing: Some(StandingFilter::InProgress), ..TaskFilterInput::default() };
        let listed = tasks::list(conn, on, settings.due_soon_days, asked)?;
        let open = listed.into_iter().filter(|task| task.waiting_since.is_none());
        let dated = open.filter_map(|task| Some((task.code, task.due_on?)));
        let ladder = Ladder::default();
        let told = |due: NaiveDate| ladder.steps().iter().any(|step| step.told_on(due, &calendar) == on);
        Ok(dated.filter(|(_, due)| told(*due)).collect())
    })
    .unwrap()
}

#[test]
fn the_ministrys_steps_are_told_on_their_day_over_a_holiday() {
    let test = TestApp::new();
    test.tenant("to");
    let bytes = std::fs::read(data("nhiem-vu-2024.xlsx")).unwrap();
    let file = ImportFile::new("a.xlsx".to_owned(), &bytes, imports::open(&bytes, &[]).unwrap());
    test.act("to", |conn, _| imports::import(conn, &file, PLAIN, day("2024-11-29"))).unwrap();
    let all = test.act("to", |conn, _| units::all(conn)).unwrap();
    for (n, unit) in all.iter().enumerate() {
        add_post(&test, &format!("u{n}@t.example"), Role::UnitHead, Some(&unit.short_name));
    }
    add_post(&test, "vp@t.example", Role::Office, Some("VP"));
    let (mut total, mut letters, mut days) = (0, 0, BTreeSet::new());
    for today in day("2024-04-22").iter_days().take_while(|today| *today <= day("2024-05-06")) {
        let (codes, told) = previewed(&test, &today.to_string()).unwrap_or_default();
        let planned = plan(&test, &format!("{today}T07:00"));
        assert_eq!(plan(&test, &format!("{today}T12:00")), 0, "once a day");
        assert_eq!(planned, told.len(), "{today}");
        // They arrive, so that the next day tells nobody again.
        run(
            &mut test.test_db.superuser(),
            "UPDATE letters SET state = 'sent', sent_at = due_at WHERE state = 'planned'",
        );
        if planned > 0 {
            let expected: BTreeSet<String> =
                expected(&test, today).into_iter().map(|(code, _)| code).collect();
            assert_eq!(codes, expected, "{today}");
            days.insert(today.to_string());
        }
        total += codes.len();
        letters += planned;
    }
    let off = ["2024-04-27", "2024-04-28", "2024-04-29", "2024-04-30", "2024-05-01", "2024-05-05"];
    assert!(off.iter().all(|day| !days.contains(*day)), "{days:?}");
    assert!(days.contains("2024-05-04") && total > 0, "the make-up Saturday: {days:?}");
    assert_eq!(count(&test, "true"), i64::try_from(letters).unwrap());
    assert_eq!(number(&mut test.test_db.superuser(), "SELECT count(*) FROM reminder_runs"), 9);
}

#[test]
fn planners_who_come_together_plan_once() {
    let test = small();
    let planned: usize = std::thread::scope(|threads| {
        let planners: Vec<_> = (0..4).map(|_| threads.spawn(|| plan(&test, "2024-11-18T07:00"))).collect();
        planners.into_iter().map(|planner| planner.join().unwrap()).sum()
    });
    assert_eq!((planned, count(&test, "true")), (1, 1));
    assert_eq!(sent(&test, "2024-11-18T07:01").len(), 1);
    assert_eq!(plan(&test, "2024-11-15T07:00"), 0, "a clock set back");
}

#[test]
fn what_the_digest_says_is_not_told_again_unless_it_is_escalated() {
    let test = small();
    let head = |on: &str| previewed(&test, on).unwrap().1;
    assert_eq!(head("2024-11-14"), [("cvt@t.example".to_owned(), Some(Skip::InDigest))]);
    assert_eq!(head("2024-11-18"), [("cvt@t.example".to_owned(), None)], "late by a day");
    plan(&test, "2024-11-14T07:00");
    assert!(sent(&test, "2024-11-14T07:01").is_empty());
    assert_eq!(count(&test, "state = 'skipped' AND reason = 'in_digest' AND day = '2024-11-14'"), 1);
    add_post(&test, "nv@t.example", Role::Staff, Some("CVT"));
    let contact = person_of(&test, "to", "nv@t.example");
    run(&mut test.test_db.superuser(), &format!("UPDATE tasks SET contact_id = '{contact}'"));
    assert_eq!(head("2024-11-14"), [("nv@t.example".to_owned(), None)], "staff get no digest on a Thursday");
}

#[test]
fn a_week_late_goes_to_head_and_office_with_the_urging_letter() {
    let test = small();
    add_post(&test, "vp@t.example", Role::Office, Some("CVT"));
    assert_eq!(plan(&test, "2024-11-22T07:00"), 2);
    let letters: BTreeMap<String, String> = sent(&test, "2024-11-22T07:01").into_iter().collect();
    assert_eq!(letters.keys().collect::<Vec<_>>(), ["cvt@t.example", "vp@t.example"]);
    let text = |address: &str| {
        let sql = format!("SELECT count(*) FROM letters WHERE address = '{address}' AND body_text LIKE ");
        move |like: &str, test: &TestApp| number(&mut test.test_db.superuser(), &format!("{sql}'%{like}%'"))
    };
    let (head, office) = (text("cvt@t.example"), text("vp@t.example"));
    assert_eq!(head("Quá hạn 7 ngày – báo cáo thủ trưởng đơn vị", &test), 1);
    assert_eq!(office("Quá hạn 7 ngày – báo cáo Văn phòng", &test), 1);
    assert_eq!(office("https://dondoc.example/urging/%as_of=2024-11-22", &test), 1);
    assert_eq!(head("/urging/", &test), 0);
    assert_eq!(office("https://dondoc.example/tasks/%as_of=2024-11-22", &test), 1);
    assert_eq!(count(&test, "subject = 'Nhắc việc 22/11: 01 quá hạn'"), 2);
}

#[test]
fn a_task_that_was_closed_before_its_letter_was_composed_is_not_in_it() {
    let test = small();
    assert_eq!(plan(&test, "2024-11-18T07:00"), 1);
    let done =
        "UPDATE tasks SET status = 'completed', completed_on = '2024-11-18', confirmed_on = '2024-11-18'";
    run(&mut test.test_db.superuser(), done);
    assert!(sent(&test, "2024-11-18T07:01").is_empty());
    assert_eq!(count(&test, "state = 'skipped' AND reason = 'nothing_left'"), 1);
}

#[test]
fn an_extension_begins_the_ladder_anew_and_waiting_or_paused_tasks_have_none() {
    let test = small();
    run(
        &mut test.test_db.superuser(),
        "INSERT INTO task_extensions (tenant_id, id, task_id, wanted_due_on, wanted_precision, decision, decided_on, new_due_on)
         SELECT tenant_id, gen_random_uuid(), id, '2024-11-29', 'day', 'agreed', '2024-11-15', '2024-11-29' FROM tasks",
    );
    let told = |on: &str| !previewed(&test, on).unwrap().0.is_empty();
    let days =
        ["2024-11-14", "2024-11-15", "2024-11-18", "2024-11-20", "2024-11-26", "2024-11-28", "2024-11-29"];
    let found: Vec<&str> = days.into_iter().filter(|day| told(day)).collect();
    assert_eq!(found, ["2024-11-14", "2024-11-20", "2024-11-26", "2024-11-28", "2024-11-29"]);
    run(
        &mut test.test_db.superuser(),
        "INSERT INTO task_exclusions (tenant_id, id, task_id, state, from_on, until_on)
         SELECT tenant_id, gen_random_uuid(), id, 'paused', '2024-11-26', '2024-11-27' FROM tasks;
         INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on)
         SELECT tenant_id, gen_random_uuid(), id, '2024-11-28' FROM tasks",
    );
    let found: Vec<&str> = days.into_iter().filter(|day| told(day)).collect();
    assert_eq!(found, ["2024-11-14", "2024-11-20"]);
}

#[test]
fn nothing_leaves_in_quiet_hours_and_the_next_working_morning_tells_it() {
    let test = small();
    plan(&test, "2024-11-15T07:00");
    let quiet = ["2024-11-16T08:00", "2024-11-17T08:00", "2024-11-18T06:59", "2024-11-18T18:00"];
    assert_eq!(quiet.map(|local| plan(&test, local)), [0; 4]);
    assert_eq!(plan(&test, "2024-11-19T07:00"), 1, "what Monday missed");
    assert!(sent(&test, "2024-11-19T18:00").is_empty(), "the evening has come before the letter left");
    assert_eq!(count(&test, "day = '2024-11-19' AND state = 'skipped' AND reason = 'late'"), 1);
    assert_eq!(plan(&test, "2024-11-20T07:00"), 1);
    assert_eq!(sent(&test, "2024-11-20T07:01").len(), 1);
    assert_eq!(plan(&test, "2024-11-21T07:00"), 0, "told once");
}

#[test]
fn where_nobody_is_to_be_told_a_row_says_so() {
    let test = TestApp::new();
    test.tenant("to");
    let unit = add_unit(&test, "to", "CVT");
    add_task(&test, "to", "CVT", "NV-1");
    let found = test.act("to", |conn, _| reminders::preview(conn, day("2024-11-14"))).unwrap().unwrap();
    assert_eq!(found.reminders[0].recipient, Recipient::Nobody(unit));
    assert_eq!(plan(&test, "2024-11-18T07:00"), 1);
    assert!(sent(&test, "2024-11-18T07:01").is_empty());
    assert_eq!(count(&test, "state = 'skipped' AND reason = 'nobody_to_tell' AND address = ''"), 1);
}

#[test]
fn an_administrator_sets_the_ladder_as_a_whole() {
    let test = TestApp::new();
    test.tenant("to");
    add_person(&test, "to", "qt@to.example", Role::Admin, None);
    let site = Site::new(&test);
    let admin = site.sign_in("to", "qt@to.example");
    let page = site.get(&admin, "/settings").body;
    assert!(
        page.contains("name=\"days_0\" value=\"7\"") && page.contains("name=\"head_4\" value=\"1\" checked")
    );
    let line = |n: u32, days: &str, side: &str, who: &str| {
        format!("days_{n}={days}&side_{n}={side}&count_{n}=working&{who}_{n}=1")
    };
    let send = |lines: &[String]| site.send(&admin, "POST", "/settings/ladder", &lines.join("&"));
    let wrong = [
        (vec![line(0, "2", "before", "contact"), line(1, "366", "after", "head")], "days_1-error"),
        (vec![line(0, "2", "before", "contact"), line(1, "2", "before", "head")], "days_1-error"),
        (vec![line(0, "x", "before", "contact")], "days_0-error"),
        (vec![line(0, "2", "before", "nobody"), line(1, "3", "after", "head")], "days_0-error"),
        (vec![line(0, "", "before", "contact")], "days_0-error"),
    ];
    let kept = |sql: &str| number(&mut test.test_db.superuser(), sql);
    for (lines, id) in wrong {
        let lines: Vec<String> =
            lines.into_iter().map(|line| line.replace("nobody_0=1", "side_9=after")).collect();
        let answer = send(&lines);
        assert_eq!((answer.status, answer.body.contains(&format!("id=\"{id}\""))), (422, true), "{lines:?}");
        assert_eq!(kept("SELECT count(*) FROM ladder_steps"), 0);
    }
    let right = [line(0, "5", "after", "office"), line(3, "2", "before", "contact")];
    assert_eq!((send(&right).status, send(&right).status), (303, 303));
    assert_eq!(
        kept(
            "SELECT count(*) FROM ladder_steps WHERE days = -2 AND tell_contact OR days = 5 AND tell_office"
        ),
        2
    );
    assert_eq!(
        kept(
            "SELECT count(*) FROM journal WHERE act = 'settings.change' AND after::text LIKE '%-2 working contact%'"
        ),
        1
    );
}
