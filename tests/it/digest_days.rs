//! The digests of a day through the outbox: planned once whoever tries, composed from what holds then, sent once.

use std::sync::Arc;

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use dondoc::accounts::{self, NewPerson};
use dondoc::clock::Clock;
use dondoc::cluster::Role as DbRole;
use dondoc::db::Db;
use dondoc::domain::access::Role;
use dondoc::domain::digest::{LONGEST, SectionKind};
use dondoc::jobs;
use dondoc::mail::{self, Kept, PostRoom, Tally, Transport};
use dondoc::public_url::PublicUrl;
use dondoc::{digests, timetable, units};

use crate::digests::{add_post, letter, made, small, sql, subject};
use crate::support::build::{add_task, add_unit, person_of};
use crate::support::home::{Home, workbook};
use crate::support::{TestApp, day, number, run};

/// A unit head with an overdue task, one without any, a unit with a mailbox, one with nobody.
fn office() -> TestApp {
    let test = TestApp::new();
    test.tenant("to");
    for unit in ["CVT", "CBC", "TTra", "VKH"] {
        add_unit(&test, "to", unit);
    }
    head(&test, "cvt@t.example", "CVT");
    head(&test, "cbc@t.example", "CBC");
    run(
        &mut test.test_db.superuser(),
        "UPDATE units SET mailbox = 'ttra@t.example' WHERE short_name = 'TTra'",
    );
    for (unit, code) in [("CVT", "NV-1"), ("TTra", "NV-2")] {
        add_task(&test, "to", unit, code);
    }
    test
}

fn head(test: &TestApp, email: &str, unit: &str) {
    head_of(test, "to", email, unit);
}

fn head_of(test: &TestApp, slug: &str, email: &str, unit: &str) {
    test.act(slug, |conn, _| {
        let unit = units::find(conn, unit)?.id;
        let person = NewPerson { email, name: "Người nhận" };
        accounts::add_person_with_post(conn, &person, Role::UnitHead, Some(unit), day("2024-01-01")).map(drop)
    })
    .unwrap();
}

/// A process of its own at an instant: what it ticks and works off; letters go to `kept`.
fn process(test: &TestApp, at: DateTime<Utc>, kept: &Kept) {
    let clock = Clock::fixed(at);
    let db = Db::open(&test.test_db.url(DbRole::App), 3, clock).unwrap();
    let url = PublicUrl::parse("https://dondoc.example").unwrap();
    let from = mail::sender("dondoc@sender.example").unwrap();
    let transport = Transport::Memory(kept.clone());
    let post = PostRoom::new(db.clone(), clock, transport, from, timetable::composers(&url));
    jobs::tick(&db, timetable::TIMETABLE).unwrap();
    jobs::work_off(&db, timetable::handlers(&db, clock, Arc::new(post))).unwrap();
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn sent(kept: &Kept) -> Vec<String> {
    let mut addresses: Vec<_> = kept.lock().unwrap().iter().map(|(address, _)| address.clone()).collect();
    addresses.sort();
    addresses
}

fn tally(test: &TestApp, date: &str) -> Tally {
    test.act("to", |conn, _| mail::tally(conn, digests::DIGEST, day(date))).unwrap()
}

#[test]
fn a_day_is_planned_at_dawn_sent_at_seven_and_told_of_to_the_last_reader() {
    let (test, kept) = (office(), Kept::default());
    // In Hà Nội it is 4:15, 4:30, 6:45, 7:00.
    process(&test, instant("2024-11-28T21:15:00Z"), &kept);
    assert_eq!(tally(&test, "2024-11-29"), Tally::default());
    for at in ["2024-11-28T21:30:00Z", "2024-11-28T23:45:00Z"] {
        process(&test, instant(at), &kept);
        assert_eq!((tally(&test, "2024-11-29").open, sent(&kept).len()), (4, 0), "{at}");
    }
    process(&test, instant("2024-11-29T00:00:00Z"), &kept);
    assert_eq!(sent(&kept), ["cvt@t.example", "ttra@t.example"]);
    let told = tally(&test, "2024-11-29");
    let skipped: Vec<_> = told.skipped.iter().map(|(code, n)| (code.as_str(), *n)).collect();
    assert_eq!((told.sent, told.open, told.dead), (2, 0, 0));
    assert_eq!(skipped, [("no_mailbox", 1), ("nothing_due", 1)]);
    // The rest of the day, and a clock that goes back, bring no other.
    for at in ["2024-11-29T02:00:00Z", "2024-11-28T22:00:00Z", "2024-11-29T09:45:00Z"] {
        process(&test, instant(at), &kept);
    }
    assert_eq!(sent(&kept).len(), 2);
}

#[test]
fn what_is_closed_before_its_letter_is_composed_is_not_in_it() {
    let (test, kept) = (office(), Kept::default());
    process(&test, instant("2024-11-28T22:00:00Z"), &kept);
    let close =
        "UPDATE tasks SET status = 'completed', completed_on = '2024-11-29', confirmed_on = '2024-11-29'
                  WHERE code = 'NV-1'";
    run(&mut test.test_db.superuser(), close);
    run(&mut test.test_db.superuser(), "UPDATE persons SET active = false WHERE email = 'cbc@t.example'");
    process(&test, instant("2024-11-29T00:00:00Z"), &kept);
    assert_eq!(sent(&kept), ["ttra@t.example"]);
    assert_eq!(tally(&test, "2024-11-29").skipped["disabled"], 1);
}

#[test]
fn five_schedulers_at_once_plan_and_send_a_day_once() {
    let (test, kept) = (office(), Kept::default());
    std::thread::scope(|threads| {
        for _ in 0..5 {
            threads.spawn(|| process(&test, instant("2024-11-29T00:00:00Z"), &kept));
        }
    });
    process(&test, instant("2024-11-29T00:01:00Z"), &kept);
    assert_eq!(sent(&kept), ["cvt@t.example", "ttra@t.example"]);
    assert_eq!(number(&mut test.test_db.superuser(), "SELECT count(*) FROM digest_days"), 1);
}

#[test]
fn a_morning_without_service_is_caught_up_and_days_without_are_told_as_missed() {
    let (test, kept) = (office(), Kept::default());
    process(&test, instant("2024-11-25T00:00:00Z"), &kept);
    assert_eq!(sent(&kept).len(), 2);
    // Down until Friday, half past nine.
    process(&test, instant("2024-11-29T02:30:00Z"), &kept);
    assert_eq!(sent(&kept).len(), 4, "today's once, late; none of the days between");
    let days = "SELECT string_agg(day::text || ' ' || state, ', ' ORDER BY day) FROM digest_days";
    let told =
        "2024-11-25 planned, 2024-11-26 missed, 2024-11-27 missed, 2024-11-28 missed, 2024-11-29 planned";
    let same = number(&mut test.test_db.superuser(), &format!("SELECT (({days}) = '{told}')::int"));
    assert_eq!(same, 1);
    // Nothing on Saturday and Sunday; on Monday what was planned before five and not sent by then is left out.
    process(&test, instant("2024-11-30T02:00:00Z"), &kept);
    process(&test, instant("2024-12-01T22:00:00Z"), &kept);
    process(&test, instant("2024-12-02T10:00:00Z") + TimeDelta::seconds(1), &kept);
    assert_eq!(sent(&kept).len(), 4);
    assert_eq!(tally(&test, "2024-12-02").skipped["late"], 4);
}

/// From UTC-11 to UTC+14, over the nights in which Cairo's clocks change before a working Friday.
const ZONES: [(&str, Tz); 4] = [
    ("pago", chrono_tz::Pacific::Pago_Pago),
    ("berlin", chrono_tz::Europe::Berlin),
    ("cairo", chrono_tz::Africa::Cairo),
    ("line", chrono_tz::Pacific::Kiritimati),
];

#[test]
fn each_tenant_has_one_letter_at_seven_of_its_own_clock_on_each_of_its_working_days() {
    let (test, kept) = (TestApp::new(), Kept::default());
    for (slug, zone) in ZONES {
        test.tenant(slug);
        add_unit(&test, slug, "CVT");
        head_of(&test, slug, &format!("{slug}@t.example"), "CVT");
        add_task(&test, slug, "CVT", "NV-1");
        let set = format!(
            "UPDATE tenant_settings SET time_zone = '{zone}' FROM tenants
              WHERE tenants.id = tenant_id AND slug = '{slug}'"
        );
        run(&mut test.test_db.superuser(), &set);
    }
    run(
        &mut test.test_db.superuser(),
        "UPDATE tasks SET due_on = '2024-01-31', original_due_on = '2024-01-31'",
    );
    let mut expected = Vec::new();
    for begin in ["2024-04-24T00:00:00Z", "2024-10-30T00:00:00Z"] {
        for hour in 0..72 {
            let at = instant(begin) + TimeDelta::hours(hour);
            let mornings = ZONES.iter().filter(|(_, zone)| {
                let there = at.with_timezone(zone);
                // The service comes up in the middle of somebody's day: that morning is caught up.
                let is_morning = there.hour() == 7 || hour == 0 && (7..17).contains(&there.hour());
                is_morning && there.weekday().num_days_from_monday() < 5
            });
            let mut now: Vec<_> = mornings.map(|(slug, _)| format!("{slug}@t.example")).collect();
            now.sort();
            process(&test, at, &kept);
            let mut came: Vec<_> = kept
                .lock()
                .unwrap()
                .iter()
                .skip(expected.len())
                .map(|(address, _)| address.clone())
                .collect();
            came.sort();
            assert_eq!(came, now, "{at}");
            expected.append(&mut now);
        }
        // A clock that goes back two hours.
        process(&test, instant(begin) + TimeDelta::hours(70), &kept);
    }
    assert!(expected.len() >= 24, "{expected:?}");
    assert_eq!(kept.lock().unwrap().len(), expected.len());
}

#[test]
fn a_suspended_tenant_gets_nothing() {
    let (test, kept) = (office(), Kept::default());
    dondoc::tenants::set_active(&test.app, "to", false, None).unwrap();
    process(&test, instant("2024-11-29T00:00:00Z"), &kept);
    assert_eq!(sent(&kept).len(), 0);
    dondoc::tenants::set_active(&test.app, "to", true, None).unwrap();
    process(&test, instant("2024-11-29T00:30:00Z"), &kept);
    assert_eq!(sent(&kept).len(), 2);
}

#[test]
fn the_command_writes_a_file_a_reader_and_nothing_the_second_time() {
    let home = Home::new();
    home.tenant("btttt");
    home.import("btttt", &workbook());
    let args = ["digest", "--tenant", "btttt", "--date", "2024-11-29", "--format", "json"];
    let told = home.json(&args);
    let files = || std::fs::read_dir(home.path().join("mail/2024-11-29")).map_or(0, Iterator::count) as u64;
    assert_eq!(told["sent"], files());
    assert_eq!(told["open"], 0);
    assert!(told["letters"].as_u64().unwrap() >= 34, "{told}");
    assert_eq!((home.json(&args), files()), (told.clone(), told["sent"].as_u64().unwrap()));
    let off = home.ok(&["digest", "--tenant", "btttt", "--date", "2024-09-02"]);
    assert!(off.contains("không phải ngày làm việc"), "{off}");
}

#[test]
fn a_leader_reads_of_the_units_they_oversee_and_of_all_while_they_oversee_none() {
    let test = small();
    add_unit(&test, "to", "CBC");
    add_task(&test, "to", "CBC", "NV-2");
    add_post(&test, "lanhdao@t.example", Role::Leader, None);
    assert_eq!(
        subject(&made(&test, "2024-11-29"), "lanhdao@t.example"),
        "[Tổng hợp] 02 quá hạn (02 trọng tâm) – 29/11"
    );
    let oversee = "UPDATE units SET overseer_id = (SELECT id FROM persons WHERE email = 'lanhdao@t.example')
                    WHERE short_name = 'CBC'";
    sql(&test, oversee);
    let made = made(&test, "2024-11-29");
    let letter = letter(&made, "lanhdao@t.example").as_ref().unwrap();
    assert_eq!(letter.subject, "[Tổng hợp] 01 quá hạn (01 trọng tâm) – 29/11");
    assert!(letter.text.contains("NV-2") && !letter.text.contains("CVT"), "{}", letter.text);
}

#[test]
fn a_leader_is_told_of_the_answers_to_what_they_asked() {
    let test = small();
    add_unit(&test, "to", "CBC");
    let (one, two) = (add_task(&test, "to", "CBC", "NV-2"), add_task(&test, "to", "CBC", "NV-3"));
    for (email, role, unit) in [
        ("a@t.example", Role::Leader, None),
        ("b@t.example", Role::Leader, None),
        ("vp@t.example", Role::Office, Some("CVT")),
    ] {
        add_post(&test, email, role, unit);
    }
    let [a, b, office] =
        ["a@t.example", "b@t.example", "vp@t.example"].map(|email| person_of(&test, "to", email));
    // `a` oversees CVT alone. One answer is to `a` in whose name the Office asked, one to `b`; `b` waits for another.
    sql(&test, &format!("UPDATE units SET overseer_id = '{a}' WHERE short_name = 'CVT'"));
    for (task, by, leader, answer) in
        [(one, office, Some(a), true), (two, b, None, true), (one, b, None, false)]
    {
        let leader = leader.map_or("NULL".to_owned(), |id| format!("'{id}'"));
        let answered = if answer { "'Đã trình', 'x', '2024-11-28'" } else { "NULL, NULL, NULL" };
        sql(
            &test,
            &format!(
                "INSERT INTO task_opinions (tenant_id, id, task_id, kind, words, given_by, leader_id, given_on,
                     answer_due_on, answer, answered_by, answered_on)
                 SELECT tenant_id, gen_random_uuid(), id, 'opinion', 'x', '{by}', {leader}, '2024-11-20', '2024-11-28',
                     {answered} FROM tasks WHERE id = '{task}'"
            ),
        );
    }
    let answered = |email: &str| -> Vec<String> {
        test.act("to", |conn, settings| {
            let facts = digests::facts(conn, settings, day("2024-11-29"))?.unwrap();
            let readers = digests::readers(conn, day("2024-11-29"))?;
            let reader = readers.iter().find(|reader| reader.address == email).unwrap();
            let digest = digests::digest_of(&facts, reader, LONGEST);
            let rows =
                digest.section(SectionKind::Answered).map(|section| section.rows.clone()).unwrap_or_default();
            Ok(rows.iter().map(|task| task.code.clone()).collect())
        })
        .unwrap()
    };
    assert_eq!(answered("a@t.example"), ["NV-2"], "whichever units they oversee");
    assert_eq!(answered("b@t.example"), ["NV-3"]);
    assert_eq!(answered("vp@t.example"), ["NV-2", "NV-3"], "the Office reads all of them");
}
