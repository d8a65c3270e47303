//! What became of the letters, for the tenant's administrator; and the alarms of the jobs.

use actix_web::test::TestRequest;
use chrono::{NaiveDate, TimeDelta};
use dondoc::domain::access::Role;
use dondoc::domain::lang::Lang;
use dondoc::jobs;
use dondoc::mail::{self, NewLetter};
use dondoc::timetable::TIMETABLE;
use serde_json::json;

use crate::support::build::{add_unit, person_of};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, day, now, number, run};

const ADMIN: &str = "qt@mot.example";
const HEAD: &str = "head@mot.example";

fn world() -> (TestApp, Site, As) {
    let test = TestApp::new();
    for slug in ["mot", "hai"] {
        test.tenant(slug);
        add_unit(&test, slug, "CVT");
        add_person(&test, slug, &format!("qt@{slug}.example"), Role::Admin, None);
        add_person(&test, slug, &format!("head@{slug}.example"), Role::UnitHead, Some("CVT"));
    }
    let site = Site::new(&test);
    let admin = site.sign_in("mot", ADMIN);
    // A sign-in from a new browser is told of by letter; here other letters are counted.
    sql(&test, "DELETE FROM letters; DELETE FROM jobs");
    (test, site, admin)
}

fn plan(test: &TestApp, slug: &str, kind: &'static str, date: NaiveDate, count: usize) {
    let person = person_of(test, slug, &format!("head@{slug}.example"));
    test.act(slug, |conn, _| {
        let addresses: Vec<String> = (0..count).map(|n| format!("p{n}@{slug}.example")).collect();
        let letter = |address| NewLetter {
            kind,
            person: Some(person),
            address,
            day: date,
            key: format!("{date} {address}"),
            lang: Lang::Vi,
            payload: json!({}),
            due_at: conn.now(),
            give_up_at: None,
        };
        let letters: Vec<_> = addresses.iter().map(|address| letter(address)).collect();
        mail::plan(conn, &letters).map(drop)
    })
    .unwrap();
}

fn sql(test: &TestApp, statement: &str) {
    run(&mut test.test_db.superuser(), statement);
}

fn count(test: &TestApp, sql: &str) -> i64 {
    number(&mut test.test_db.superuser(), sql)
}

/// The rows of the list at an address, and of the pages behind it.
fn listed(site: &Site, admin: &As, address: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), Some(address.to_owned()));
    while let Some(address) = next {
        let page = site.get(admin, &address);
        assert_eq!(page.status, 200, "{address}");
        let rows = page.body.split("<span class=\"aside\">p").skip(1);
        found.extend(rows.filter_map(|row| row.split('<').next().map(str::to_owned)));
        let link = page.body.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        next = link.map(|link| link.replace("&#38;", "&").replace("&amp;", "&"));
    }
    found
}

#[test]
fn each_number_of_a_day_opens_exactly_its_letters() {
    let (test, site, admin) = world();
    let (today, before) = (day("2024-11-29"), day("2024-11-15"));
    plan(&test, "mot", "digest", today, 120);
    plan(&test, "mot", "digest", before, 7);
    plan(&test, "hai", "digest", today, 9);
    sql(
        &test,
        "UPDATE letters SET state = 'skipped', reason = 'nothing_due' WHERE address ~ '^p.@mot' AND day = '2024-11-29';
         UPDATE letters SET state = 'dead', last_error = '550 at RCPT', possible_duplicate = true
          WHERE address ~ '^p1.@mot';
         UPDATE letters SET state = 'sent', sent_at = planned_at WHERE address ~ '^p11.@mot'",
    );
    let page = site.get(&admin, "/mail").body;
    assert!(page.contains("10 không có việc đến hạn"), "{page}");
    assert!(!page.contains("15/11/2024"), "fourteen days and no more");
    for (state, expected) in [("planned", 90), ("sent", 10), ("skipped", 10), ("dead", 10)] {
        let address = format!("/mail/letters?day=2024-11-29&state={state}");
        let link = format!("href=\"{}\">{expected}</a>", address.replace('&', "&#38;"));
        assert!(page.contains(&link), "{link}");
        let mut found = listed(&site, &admin, &address);
        assert_eq!(found.len(), expected);
        found.sort();
        found.dedup();
        assert_eq!(found.len(), expected, "none twice");
        assert!(found.iter().all(|address| address.ends_with("@mot.example")));
    }
    assert_eq!(listed(&site, &admin, "/mail/letters?kind=reminder").len(), 0);
    let dead = site.get(&admin, "/mail/letters?state=dead").body;
    assert!(dead.contains("550 at RCPT") && dead.contains("Có thể đến hai lần"));
    for bad in ["state=x", "after=x", "day=31%2F2%2F2024", "no_such=1"] {
        assert_eq!(site.get(&admin, &format!("/mail/letters?{bad}")).status, 400, "{bad}");
    }
}

fn id_of(test: &TestApp, address: &str, date: &str) -> String {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        id: String,
    }
    let sql = format!("SELECT id::text AS id FROM letters WHERE address = '{address}' AND day = '{date}'");
    let row: Row =
        diesel::RunQueryDsl::get_result(diesel::sql_query(sql), &mut test.test_db.superuser()).unwrap();
    row.id
}

#[test]
fn what_is_over_is_sent_again_but_no_digest_of_a_past_day() {
    let (test, site, admin) = world();
    plan(&test, "mot", "digest", day("2024-11-29"), 2);
    plan(&test, "mot", "digest", day("2024-11-28"), 1);
    sql(
        &test,
        "UPDATE letters SET state = 'dead', last_error = 'x', attempts = 12, give_up_at = due_at
          WHERE address = 'p0@mot.example'",
    );
    let again = |id: &str| site.send(&admin, "POST", &format!("/mail/letters/{id}/again"), "");
    let [dead, open, past] = [("p0", "2024-11-29"), ("p1", "2024-11-29"), ("p0", "2024-11-28")]
        .map(|(name, date)| id_of(&test, &format!("{name}@mot.example"), date));
    let page = site.get(&admin, "/mail/letters?day=2024-11-29").body;
    assert!(
        page.contains(&format!("/mail/letters/{dead}/again")) && !page.contains(&format!("/{open}/again"))
    );
    let page = site.get(&admin, "/mail/letters?day=2024-11-28").body;
    assert!(!page.contains("/again\"") && page.contains("của ngày đã qua không được gửi lại"), "{page}");
    for (id, done) in [(&dead, "again"), (&open, "not-over"), (&past, "past"), (&dead, "not-over")] {
        let answer = again(id);
        assert_eq!(answer.status, 303, "{done}");
        assert!(
            answer.header("location").ends_with(&format!("&done={done}")),
            "{}",
            answer.header("location")
        );
        assert_eq!(site.get(&admin, answer.header("location")).status, 200);
    }
    let planned =
        "SELECT count(*) FROM letters WHERE state = 'planned' AND attempts = 0 AND last_error IS NULL
        AND address = 'p0@mot.example' AND day = '2024-11-29' AND give_up_at = '2024-11-29T17:00:00Z'";
    assert_eq!(count(&test, planned), 1);
    assert_eq!(count(&test, "SELECT count(*) FROM journal WHERE act = 'mail.resend'"), 1);
    assert_eq!(count(&test, "SELECT count(*) FROM letters WHERE state = 'dead'"), 1, "the past one stays");
    plan(&test, "hai", "digest", day("2024-11-29"), 1);
    sql(&test, "UPDATE letters SET state = 'dead' WHERE address = 'p0@hai.example'");
    assert_eq!(again(&id_of(&test, "p0@hai.example", "2024-11-29")).status, 404, "another tenant's");
}

#[test]
fn an_address_that_came_back_is_flagged_until_it_is_looked_after() {
    let (test, site, admin) = world();
    let head = person_of(&test, "mot", HEAD);
    let bounce = "UPDATE persons SET address_bounced_at = '2024-11-29T01:00:00Z'";
    sql(&test, bounce);
    let page = site.get(&admin, "/mail").body;
    assert!(
        page.contains(&format!("href=\"/people/{head}\"")) && page.contains("08:00 29/11/2024"),
        "{page}"
    );
    assert!(!page.contains("@hai.example"));
    let clear = || site.send(&admin, "POST", &format!("/mail/bounced/{head}/clear"), "");
    assert_eq!((clear().status, clear().status), (303, 404), "once");
    assert!(!site.get(&admin, "/mail").body.contains(HEAD));
    assert_eq!(count(&test, "SELECT count(*) FROM journal WHERE act = 'mail.bounce_clear'"), 1);
    let other = person_of(&test, "hai", "head@hai.example");
    assert_eq!(site.send(&admin, "POST", &format!("/mail/bounced/{other}/clear"), "").status, 404);
    sql(&test, bounce);
    sql(&test, &format!("UPDATE persons SET full_name = full_name || ' B' WHERE id = '{head}'"));
    let flagged =
        format!("SELECT count(*) FROM persons WHERE id = '{head}' AND address_bounced_at IS NOT NULL");
    assert_eq!(count(&test, &flagged), 1);
    sql(&test, &format!("UPDATE persons SET email = 'new@mot.example' WHERE id = '{head}'"));
    assert_eq!(count(&test, &flagged), 0, "another address is not the one that came back");
}

/// How many alarms the two pages show: always the same.
fn alarms(site: &Site, admin: &As) -> usize {
    let [mail, start] = ["/mail", "/organisation"].map(|place| site.get(admin, place).body);
    let n = mail.matches("role=\"alert\"").count();
    assert_eq!(start.matches("role=\"alert\"").count(), n);
    n
}

fn health(site: &Site, from: &str) -> (u16, serde_json::Value) {
    let request = TestRequest::get().uri("/healthz/jobs").peer_addr(from.parse().unwrap());
    let answer = site.ask(&As::Nobody, request);
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

#[test]
fn what_is_not_done_in_time_is_an_alarm() {
    let (test, site, admin) = world();
    assert_eq!(alarms(&site, &admin), 1, "nothing has kept the timetable yet");
    let (status, told) = health(&site, "127.0.0.1:9");
    assert_eq!((status, told["alarm"].as_bool()), (200, Some(true)));
    assert_eq!(told["missing"].as_array().unwrap().len(), TIMETABLE.len());
    jobs::tick(&test.app.db, TIMETABLE).unwrap();
    sql(&test, "UPDATE jobs SET state = 'done', finished_at = due_at");
    assert_eq!(alarms(&site, &admin), 0);
    let (_, told) = health(&site, "[::1]:9");
    assert_eq!((told["alarm"].as_bool(), told["dead"].as_i64()), (Some(false), Some(0)));
    assert_eq!(told["last_slots"]["mail.deliver"], "2024-11-29T02:00:00Z");
    let later = Site::at(&test, now() + TimeDelta::minutes(41));
    assert_eq!(alarms(&later, &admin), 1, "a run every ten minutes is missing for more than thirty");
    assert_eq!(alarms(&Site::at(&test, now() + TimeDelta::minutes(39)), &admin), 0);
}

#[test]
fn a_job_that_waits_and_one_given_up_are_an_alarm_to_whom_they_concern() {
    let (test, site, admin) = world();
    jobs::tick(&test.app.db, TIMETABLE).unwrap();
    sql(&test, "UPDATE jobs SET state = 'done', finished_at = due_at");
    let job = |slug: &str, minutes: i64| {
        test.act(slug, |conn, _| {
            jobs::enqueue(conn, "mail.deliver", "x", conn.now() - TimeDelta::minutes(minutes))
        })
        .unwrap();
        sql(&test, "UPDATE jobs SET created_at = due_at WHERE state = 'queued'");
    };
    job("hai", 60);
    assert_eq!(alarms(&site, &admin), 0, "another tenant's");
    assert_eq!(health(&site, "127.0.0.1:9").1["oldest_queued_seconds"].as_i64(), Some(3600));
    job("mot", 10);
    assert_eq!(alarms(&site, &admin), 0);
    sql(
        &test,
        "UPDATE jobs SET due_at = due_at - interval '1 second', created_at = due_at - interval '1 second'
          WHERE state = 'queued'",
    );
    assert_eq!(alarms(&site, &admin), 1);
    sql(&test, "UPDATE jobs SET state = 'dead', finished_at = '2024-11-29T01:00:00Z' WHERE state = 'queued'");
    assert_eq!(alarms(&site, &admin), 1);
    assert_eq!(health(&site, "127.0.0.1:9").1["dead"].as_i64(), Some(2));
    plan(&test, "mot", "digest", day("2024-11-28"), 1);
    sql(&test, "UPDATE letters SET state = 'dead'");
    assert_eq!(alarms(&site, &admin), 2);
    let two_days_on = Site::at(&test, now() + TimeDelta::days(2));
    assert_eq!(health(&two_days_on, "127.0.0.1:9").1["dead_last_day"].as_i64(), Some(0));
}

#[test]
fn the_numbers_are_told_to_this_machine_alone() {
    let (_test, site, _) = world();
    for from in ["192.0.2.1:9", "[2001:db8::1]:9"] {
        assert_eq!(health(&site, from).0, 404, "{from}");
    }
    assert_eq!(site.get(&As::Nobody, "/healthz/jobs").status, 404);
}

#[test]
fn a_letters_text_is_read_in_the_demo_alone() {
    let (test, site, admin) = world();
    plan(&test, "mot", "digest", day("2024-11-29"), 1);
    plan(&test, "hai", "digest", day("2024-11-29"), 1);
    sql(&test, "UPDATE letters SET body_text = 'Chào <b>anh</b>', subject = 'Ba việc'");
    let address = format!("/mail/text?letter={}", id_of(&test, "p0@mot.example", "2024-11-29"));
    assert_eq!(site.get(&admin, &address).status, 404);
    assert!(!site.get(&admin, "/mail/letters").body.contains("/mail/text"));
    let demo = Site::demo(&test);
    assert!(demo.get(&admin, "/mail/letters").body.contains(&address));
    let page = demo.get(&admin, &address);
    assert!(page.status == 200 && page.body.contains("Chào &#60;b&#62;anh"), "{}", page.body);
    let other = format!("/mail/text?letter={}", id_of(&test, "p0@hai.example", "2024-11-29"));
    assert_eq!(demo.get(&admin, &other).status, 404);
}
