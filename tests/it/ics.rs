//! A person's deadlines as their calendar reads them: by an address of their own that can be ended.

use actix_web::test::TestRequest;
use dondoc::domain::access::Role;
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, number, run};

const PAGE: &str = "/account/calendar";

fn sql(test: &TestApp, statement: &str) {
    run(&mut test.test_db.superuser(), statement);
}

fn people() -> (TestApp, Uuid) {
    let test = TestApp::new();
    test.tenant("mot");
    for unit in ["CVT", "ATTT"] {
        add_unit(&test, "mot", unit);
    }
    for (name, role, unit) in [
        ("cv", Role::Staff, Some("CVT")),
        ("tt", Role::UnitHead, Some("CVT")),
        ("vp", Role::Office, Some("ATTT")),
        ("ld", Role::Leader, None),
    ] {
        add_person(&test, "mot", &format!("{name}@mot.example"), role, unit);
    }
    let own = add_task(&test, "mot", "CVT", "NV-1");
    add_task(&test, "mot", "CVT", "NV-2");
    add_task(&test, "mot", "ATTT", "NV-3");
    (test, own)
}

/// The path of the address that a page shows.
fn made(site: &Site, who: &As) -> String {
    let page = site.send(who, "POST", PAGE, "");
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page.body.split_once("https://dondoc.example/calendar/").expect("an address");
    format!("/calendar/{}", rest.split_once('<').unwrap().0)
}

fn codes(site: &Site, address: &str) -> Vec<String> {
    let answer = site.get(&As::Nobody, address);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let lines = answer.body.lines().filter_map(|line| line.strip_prefix("SUMMARY:Hạn ").map(str::to_owned));
    lines.map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

#[test]
fn everybody_sees_the_deadlines_that_are_theirs() {
    let (test, own) = people();
    let site = Site::new(&test);
    let mut conn = test.test_db.superuser();
    let id = |name: &str| person_of(&test, "mot", &format!("{name}@mot.example"));
    run(
        &mut conn,
        &format!(
            "INSERT INTO task_assignees SELECT tenant_id, id, '{}' FROM tasks WHERE id = '{own}';
             UPDATE tasks SET follower_id = '{}', leader_id = '{}' WHERE code = 'NV-3'",
            id("cv"),
            id("vp"),
            id("ld")
        ),
    );
    let feed = |name: &str| made(&site, &site.sign_in("mot", &format!("{name}@mot.example")));
    for (name, theirs) in
        [("cv", vec!["NV-1"]), ("tt", vec!["NV-1", "NV-2"]), ("vp", vec!["NV-3"]), ("ld", vec!["NV-3"])]
    {
        assert_eq!(codes(&site, &feed(name)), theirs, "{name}");
    }
    // What is too long ago or too far ahead is left out; so is what was deleted.
    let address = feed("tt");
    sql(&test, "UPDATE tasks SET due_on = '2024-10-29' WHERE code = 'NV-1'");
    assert_eq!(codes(&site, &address), ["NV-2"]);
    sql(&test, "UPDATE tasks SET due_on = '2026-01-03' WHERE code = 'NV-1'");
    assert_eq!(codes(&site, &address), ["NV-2", "NV-1"]);
    sql(
        &test,
        "UPDATE tasks SET due_on = '2026-01-04' WHERE code = 'NV-1'; UPDATE tasks SET deleted_at = now() WHERE code = 'NV-2'",
    );
    assert_eq!(codes(&site, &address), Vec::<String>::new());
}

#[test]
fn a_deadline_is_one_event_that_changes() {
    let (test, own) = people();
    let site = Site::new(&test);
    let address = made(&site, &site.sign_in("mot", "tt@mot.example"));
    sql(&test, "UPDATE tasks SET title = E'Báo cáo; A, B\\\\C' WHERE code = 'NV-1'");
    sql(&test, "UPDATE tasks SET deleted_at = now() WHERE code = 'NV-2'");
    let first = site.get(&As::Nobody, &address);
    assert_eq!(first.header("content-type"), "text/calendar; charset=utf-8");
    let unfolded = first.body.replace("\r\n ", "");
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        &format!("UID:{own}@dondoc"),
        "DTSTART;VALUE=DATE:20241115",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "SUMMARY:Hạn NV-1: Báo cáo\\; A\\, B\\\\C",
        &format!("URL:https://dondoc.example/tasks/{own}"),
    ] {
        assert!(unfolded.lines().any(|other| other == line), "{line} in {unfolded}");
    }
    assert!(first.body.lines().all(|line| line.len() <= 76), "folded: {}", first.body);
    assert!(!unfolded.contains("DTEND"), "a day is that day alone");
    let again = |tag: &str| {
        site.ask(&As::Nobody, TestRequest::get().uri(&address).insert_header(("if-none-match", tag)))
    };
    let tag = first.header("etag").to_owned();
    assert_eq!((again(&tag).status, again(&tag).body.as_str()), (304, ""));
    sql(
        &test,
        "UPDATE tasks SET version = 4, status = 'cancelled', updated_at = '2024-11-29T03:04:05Z' WHERE code = 'NV-1'",
    );
    let changed = again(&tag);
    assert_eq!(changed.status, 200);
    for line in
        ["SEQUENCE:3", "STATUS:CANCELLED", "LAST-MODIFIED:20241129T030405Z", "DTSTAMP:20241129T030405Z"]
    {
        assert!(changed.body.lines().any(|other| other == line), "{line} in {}", changed.body);
    }
}

#[test]
fn an_address_ends_when_its_person_ends_it_or_may_not_come_in() {
    let (test, _) = people();
    let site = Site::new(&test);
    let who = site.sign_in("mot", "tt@mot.example");
    let first = made(&site, &who);
    let second = made(&site, &who);
    let status = |address: &str| site.get(&As::Nobody, address).status;
    assert_eq!((status(&first), status(&second)), (404, 200), "a new one ends the old");
    let page = site.get(&who, PAGE).body;
    assert!(page.contains("được đọc lần cuối ngày 29/11/2024") && !page.contains(".ics"), "{page}");
    for (end, mend) in [
        ("UPDATE tenants SET state = 'suspended'", "UPDATE tenants SET state = 'active'"),
        ("UPDATE persons SET active = false", "UPDATE persons SET active = true"),
        ("UPDATE posts SET until_on = '2024-11-29'", "UPDATE posts SET until_on = NULL"),
    ] {
        sql(&test, end);
        assert_eq!(status(&second), 404, "{end}");
        sql(&test, mend);
        assert_eq!(status(&second), 200, "{mend}");
    }
    for wrong in [
        second.replace(".ics", "A.ics"),
        second.replace("/calendar/", "/calendar/A"),
        "/calendar/x.ics".into(),
    ] {
        assert_eq!(status(&wrong), 404, "{wrong}");
    }
    assert_eq!(site.send(&who, "POST", &format!("{PAGE}/end"), "").status, 303);
    assert_eq!(status(&second), 404);
    let kept = "SELECT count(*) FROM journal WHERE act LIKE 'calendar_feed.%'";
    assert_eq!(number(&mut test.test_db.superuser(), kept), 3);
}
