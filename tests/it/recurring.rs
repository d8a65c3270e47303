//! Work that comes again: each turn once, caught up with, left out, paused, moved with the calendar.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::{DateTime, NaiveDate, Utc};
use dondoc::clock::Clock;
use dondoc::cluster::Role as DbRole;
use dondoc::db::Db;
use dondoc::domain::access::Role;
use dondoc::jobs;
use dondoc::recurrences;
use dondoc::tenants::Settings;
use dondoc::timetable::TIMETABLE;
use serde_json::{Value, json};

use crate::support::build::{add_unit, person_of};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, day, number, run};

struct World {
    test: TestApp,
    site: Site,
    office: As,
    admin: As,
    unit: String,
}

fn world() -> World {
    let test = TestApp::new();
    test.tenant("mot");
    let unit = add_unit(&test, "mot", "CVT").to_string();
    add_unit(&test, "mot", "CBC");
    add_unit(&test, "mot", "VP");
    add_person(&test, "mot", "vp@mot.example", Role::Office, Some("VP"));
    add_person(&test, "mot", "qt@mot.example", Role::Admin, None);
    let site = Site::new(&test);
    let (office, admin) = (site.sign_in("mot", "vp@mot.example"), site.sign_in("mot", "qt@mot.example"));
    World { test, site, office, admin, unit }
}

impl World {
    fn send(&self, path: &str, form: &[(&str, &str)]) -> (u16, String, String) {
        let form = serde_urlencoded::to_string(form).unwrap();
        let answer = self.site.send(&self.office, "POST", path, &form);
        (answer.status, answer.header("location").to_owned(), answer.body)
    }

    /// The form of monthly work by a day, with changes.
    fn form<'a>(&'a self, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut form = vec![
            ("title", "Báo cáo công tác tháng"),
            ("category", "routine"),
            ("unit", self.unit.as_str()),
            ("coordinating", "cbc"),
            ("product", "report"),
            ("every", "month"),
            ("day_form", "number"),
            ("day", "16"),
            ("notice_days", "10"),
            ("from", "29/11/2024"),
        ];
        for (name, value) in changes {
            form.retain(|(other, _)| other != name);
            form.push((name, value));
        }
        form
    }

    /// Adds it; the address of its page.
    fn add(&self, changes: &[(&str, &str)]) -> String {
        let (status, place, page) = self.send("/recurring/new", &self.form(changes));
        assert_eq!(status, 303, "{page}");
        place.split('?').next().unwrap().to_owned()
    }

    fn count(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }

    /// Makes what is due on a day.
    fn make(&self, on: &str) -> usize {
        let on: NaiveDate = day(on);
        self.test.act("mot", |conn, settings: &Settings| recurrences::make(conn, settings, on)).unwrap()
    }

    fn turns(&self) -> i64 {
        self.count("SELECT count(*) FROM recurrence_turns")
    }
}

#[test]
fn a_turn_comes_by_itself_once_and_what_was_missed_is_caught_up_with() {
    let world = world();
    // Today is Friday 29/11: ten working days before 16/12 is Monday 2/12.
    world.add(&[]);
    assert_eq!(world.turns(), 0, "its time has not come");
    assert_eq!(world.make("2024-12-01"), 0);
    assert_eq!(world.make("2024-12-02"), 1);
    assert_eq!(world.make("2024-12-02"), 0, "once");
    let task = "SELECT count(*) FROM tasks t JOIN task_coordinators c ON c.task_id = t.id
                 WHERE title = 'Báo cáo công tác tháng (tháng 12/2024)' AND assigned_on = '2024-12-02'
                   AND original_due_on = '2024-12-16' AND due_on = '2024-12-16' AND due_words = '16/12/2024'
                   AND category = 'routine' AND status = 'not_started'";
    assert_eq!(world.count(task), 1);
    // Nobody made anything for two months: January's and February's come, each assigned when it should have been.
    assert_eq!(world.make("2025-02-10"), 2);
    let late = "SELECT count(*) FROM tasks WHERE assigned_on = '2025-01-02' AND due_on = '2025-01-16'";
    assert_eq!(world.count(late), 1);
    let told = "SELECT count(*) FROM journal WHERE act = 'task.create' AND actor ~ '^[0-9a-f-]{36}$'";
    assert_eq!(world.count(told), 3);
}

#[test]
fn many_that_make_at_once_make_each_turn_once() {
    let world = world();
    world.add(&[]);
    world.add(&[("title", "Báo cáo quý"), ("every", "quarter"), ("month", "3"), ("day", "15")]);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| world.make("2024-12-10"));
        }
    });
    assert_eq!(world.turns(), 2);
    assert_eq!(world.count("SELECT count(*) FROM tasks"), 2);
    // 15/12/2024 is a Sunday; the tenant lets computed terms run forward or not as it says.
    let quarter = "SELECT count(*) FROM recurrence_turns r JOIN tasks t ON t.id = r.task_id
                    WHERE r.turn = '2024-Q4' AND r.named_on = '2024-12-15' AND t.title LIKE '%(quý IV/2024)'";
    assert_eq!(world.count(quarter), 1);
}

#[test]
fn the_clock_makes_them() {
    let world = world();
    world.add(&[]);
    let later: DateTime<Utc> = "2024-12-02T01:10:00Z".parse().unwrap();
    let db = Db::open(&world.test.test_db.url(DbRole::App), 2, Clock::fixed(later)).unwrap();
    let entry = TIMETABLE.iter().find(|entry| entry.kind == recurrences::MAKE).copied().unwrap();
    assert_eq!(jobs::tick(&db, &[entry]).unwrap(), 1);
    assert_eq!(world.count("SELECT count(*) FROM jobs WHERE kind = 'recurrences.make'"), 1);
    let handler: jobs::Handler = Box::new(move |job, _| recurrences::make_due(&db, job));
    let db = Db::open(&world.test.test_db.url(DbRole::App), 2, Clock::fixed(later)).unwrap();
    jobs::work_off(&db, vec![(recurrences::MAKE, handler)]).unwrap();
    assert_eq!(world.turns(), 1);
}

#[test]
fn a_turn_is_left_out_and_the_whole_paused_resumed_and_changed() {
    let world = world();
    let place = world.add(&[]);
    let page = world.site.get(&world.office, &place).body;
    assert!(
        page.contains("Hằng tháng, chậm nhất ngày 16 của tháng") && page.contains("16/12/2024"),
        "{page}"
    );
    let (status, _, page) = world.send(&format!("{place}/skip"), &[("turn", "2024-11")]);
    assert_eq!(status, 422);
    assert!(page.contains("id=\"turn-error\"") && page.contains("id=\"reason-error\""));
    let skip = [("turn", "2024-12"), ("reason", "Gộp vào báo cáo năm")];
    assert_eq!(world.send(&format!("{place}/skip"), &skip).0, 303);
    assert_eq!(world.send(&format!("{place}/skip"), &skip).0, 422, "it is none of those to come any more");
    assert_eq!(world.make("2024-12-16"), 0);
    assert!(world.site.get(&world.office, &place).body.contains("bỏ qua: Gộp vào báo cáo năm"));

    assert_eq!(world.send(&format!("{place}/pause"), &[("version", "7")]).0, 412, "of another version");
    assert_eq!(world.send(&format!("{place}/pause"), &[("version", "1")]).0, 303);
    assert_eq!(world.make("2025-01-16"), 0);
    assert_eq!(world.send(&format!("{place}/resume"), &[("version", "2")]).0, 303);
    let changed = world.form(&[("day", "20"), ("version", "2")]);
    assert_eq!(world.send(&place, &changed).0, 412);
    let changed = world.form(&[("day", "20"), ("version", "3"), ("notice_days", "0")]);
    assert_eq!(world.send(&place, &changed).0, 303);
    assert_eq!(world.make("2025-01-19"), 0);
    assert_eq!(world.make("2025-01-20"), 1);
    let told = "SELECT count(*) FROM journal WHERE subject = 'recurrence' AND subject_id IS NOT NULL";
    assert_eq!(world.count(told), 5);
}

#[test]
fn the_api_adds_lists_and_changes() {
    let world = world();
    let office = world.site.token("mot", "vp@mot.example");
    let mut typed = json!({
        "title": "Báo cáo quý", "category": "routine", "product": "report", "unit": "cvt", "coordinating": ["CBC"],
        "every": "quarter", "month": 3, "day_form": "last_working", "notice_days": 5, "from": "2024-11-29",
    });
    let send = |method: Method, path: &str, header: (&str, &str), body: &Value| {
        let request = TestRequest::default().method(method).uri(path).insert_header(header).set_json(body);
        world.site.ask(&office, request)
    };
    let made = send(Method::POST, "/api/v1/recurrences", ("idempotency-key", "a"), &typed);
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(
        made.json()["next"][0],
        json!({ "turn": "2024-Q4", "due_on": "2024-12-31", "appears_on": "2024-12-24" })
    );
    assert_eq!(made.json()["coordinating"], json!(["CBC"]));
    let place = made.header("location").to_owned();
    typed["day_form"] = json!("first_weekday");
    typed["weekday"] = json!(9);
    let wrong = send(Method::PUT, &place, ("if-match", made.header("etag")), &typed);
    assert_eq!(
        (wrong.status, wrong.json()["errors"][0]["pointer"].clone()),
        (422, json!("/weekday")),
        "{}",
        wrong.body
    );
    typed["weekday"] = json!(1);
    let changed = send(Method::PUT, &place, ("if-match", made.header("etag")), &typed);
    assert_eq!((changed.status, &changed.json()["version"]), (200, &json!(2)), "{}", changed.body);
    assert_eq!(changed.json()["next"][0]["due_on"], "2025-03-03", "that of 2/12 has come at once");
    assert_eq!(send(Method::PUT, &place, ("if-match", made.header("etag")), &typed).status, 412);
    let listed = world.site.get(&office, "/api/v1/recurrences").json();
    assert_eq!(listed["items"][0]["weekday"], 1);
}

#[test]
fn a_form_says_every_fault_and_shows_the_turns_it_would_bring() {
    let world = world();
    let wrong = world.form(&[
        ("title", ""),
        ("category", "x"),
        ("unit", "x"),
        ("coordinating", "CBC; XYZ"),
        ("product", ""),
        ("every", "quarter"),
        ("month", "4"),
        ("day", "32"),
        ("notice_days", "61"),
        ("from", "1/1"),
        ("until", "31/2/2025"),
    ]);
    let (status, _, page) = world.send("/recurring/new", &wrong);
    assert_eq!(status, 422);
    for field in [
        "title",
        "category",
        "unit",
        "coordinating",
        "product",
        "month",
        "day",
        "notice_days",
        "from",
        "until",
    ] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    assert!(page.contains("CBC; XYZ"), "what was typed is kept");
    let look =
        world.form(&[("look", "1"), ("every", "quarter"), ("month", "3"), ("day_form", "last_working")]);
    let (status, _, page) = world.send("/recurring/new", &look);
    assert_eq!(status, 200);
    assert!(page.contains("ngày làm việc cuối cùng của tháng cuối quý"), "{page}");
    for due in ["31/12/2024", "31/03/2025", "30/06/2025", "30/09/2025", "31/12/2025"] {
        assert!(page.contains(due), "{due}");
    }
    assert_eq!(world.count("SELECT count(*) FROM recurrences"), 0, "it was only looked at");
}

#[test]
fn a_change_of_the_calendar_moves_the_open_terms_it_computed() {
    let world = world();
    world
        .test
        .act("mot", |conn, settings| {
            let roll_rule = dondoc::domain::calendar::RollRule::Forward;
            let counting = dondoc::tenants::Counting {
                due_soon_days: settings.due_soon_days,
                period_kind: settings.period_kind,
                roll_rule,
                briefing_day: None,
            };
            dondoc::tenants::set_counting(conn, counting)
        })
        .unwrap();
    world.add(&[("notice_days", "20")]);
    assert_eq!(
        world.count("SELECT count(*) FROM tasks WHERE due_on = '2024-12-16'"),
        1,
        "its time has come at once"
    );
    let post = |path: &str, form: &[(&str, &str)]| {
        let form = serde_urlencoded::to_string(form).unwrap();
        let answer = world.site.send(&world.admin, "POST", path, &form);
        (answer.status, answer.body)
    };
    let (status, page) = post("/calendar/lines", &[("lines", "16/12/2024;OFF;Nghỉ")]);
    assert_eq!(status, 200);
    assert!(page.contains("Thay đổi 1 thời hạn") && page.contains("17/12/2024"), "{page}");
    let value = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (hash, lines) = (value("hash"), value("lines"));
    assert_eq!(post("/calendar/apply", &[("hash", &hash), ("lines", &lines)]).0, 303);
    let moved = "SELECT count(*) FROM tasks WHERE due_on = '2024-12-17' AND original_due_on = '2024-12-17'
                   AND version = 2 AND due_words = '16/12/2024'";
    assert_eq!(world.count(moved), 1);
    assert_eq!(world.count("SELECT count(*) FROM journal WHERE act = 'task.change'"), 1);
}

#[test]
fn who_may_only_read_gets_no_form_and_a_unit_that_ended_is_followed_by_its_successor() {
    let world = world();
    add_person(&world.test, "mot", "ld@mot.example", Role::Leader, None);
    let place = world.add(&[]);
    let leader = world.site.sign_in("mot", "ld@mot.example");
    let page = world.site.get(&leader, &place).body;
    assert!(!page.contains("/skip") && !page.contains("name=\"title\""));
    let units = "UPDATE units SET valid_until = '2024-12-01', successor_id =
                 (SELECT id FROM units WHERE short_name = 'CBC') WHERE short_name = 'CVT'";
    crate::support::run(&mut world.test.test_db.superuser(), units);
    assert_eq!(world.make("2024-12-05"), 1);
    let led = "SELECT count(*) FROM tasks t JOIN units u ON u.id = t.lead_unit_id WHERE u.short_name = 'CBC'";
    assert_eq!(world.count(led), 1);
    crate::support::run(
        &mut world.test.test_db.superuser(),
        "UPDATE units SET valid_until = '2025-01-01' WHERE short_name = 'CBC'",
    );
    assert_eq!(world.make("2025-01-10"), 0);
    let left_out =
        "SELECT count(*) FROM recurrence_turns WHERE turn = '2025-01' AND skipped_reason IS NOT NULL";
    assert_eq!(world.count(left_out), 1, "it says why it did not come");
}

#[test]
fn each_turn_is_given_to_the_people_named_as_long_as_they_are_there() {
    let world = world();
    for (email, role, unit) in [
        ("cv1@mot.example", Role::Staff, Some("CVT")),
        ("cv2@mot.example", Role::Staff, Some("CVT")),
        ("cv3@mot.example", Role::Staff, Some("CBC")),
        ("ld@mot.example", Role::Leader, None),
    ] {
        add_person(&world.test, "mot", email, role, unit);
    }
    let person = |email: &str| person_of(&world.test, "mot", email).to_string();
    let (leader, office) = (person("ld@mot.example"), person("vp@mot.example"));
    let wrong = world.form(&[
        ("assignees", "cv1@mot.example; cv3@mot.example"),
        ("leader", &office),
        ("follower", "x"),
    ]);
    let (status, _, page) = world.send("/recurring/new", &wrong);
    assert_eq!(status, 422);
    for field in ["assignees", "leader", "follower"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    assert!(page.contains("cv1@mot.example; cv3@mot.example"), "what was typed is kept");
    let place = world.add(&[
        ("assignees", "CV1@mot.example; cv2@mot.example"),
        ("leader", &leader),
        ("follower", "vp@mot.example"),
    ]);
    assert_eq!(world.make("2024-12-02"), 1);
    let whole =
        format!("SELECT count(*) FROM tasks WHERE leader_id = '{leader}' AND follower_id = '{office}'");
    assert_eq!(world.count(&whole), 1);
    assert_eq!(world.count("SELECT count(*) FROM task_assignees"), 2);
    let told = "SELECT count(*) FROM journal WHERE act = 'task.create' AND after->'assignees'->>1 = 'cv2@mot.example'";
    assert_eq!((world.count(told), world.count(&format!("{told} AND actor = '{office}'"))), (1, 1));
    // Who has left the unit, or leads no more, is left out of the turns that come.
    let gone = format!(
        "UPDATE posts SET until_on = '2024-12-31' WHERE person_id IN ('{leader}', '{}')",
        person("cv1@mot.example")
    );
    run(&mut world.test.test_db.superuser(), &gone);
    assert_eq!(world.make("2025-01-10"), 1);
    assert_eq!(world.count("SELECT count(*) FROM task_assignees"), 3);
    assert_eq!(
        (world.count(&whole), world.count("SELECT count(*) FROM tasks WHERE leader_id IS NULL")),
        (1, 1)
    );

    // Through the API by id, and shown by id.
    let token = world.site.token("mot", "vp@mot.example");
    let read = world.site.get(&token, &format!("/api/v1/recurrences/{}", place.rsplit('/').next().unwrap()));
    assert_eq!(
        (&read.json()["leader"], read.json()["assignees"].as_array().unwrap().len()),
        (&json!(leader), 2)
    );
    let typed = json!({
        "title": "Báo cáo quý", "category": "routine", "product": "report", "unit": "cvt", "every": "month",
        "day_form": "number", "day": 16, "notice_days": 0, "from": "2024-11-29",
        "assignees": [person("cv2@mot.example")], "follower": office,
    });
    let request = TestRequest::post().uri("/api/v1/recurrences").insert_header(("idempotency-key", "a"));
    let made = world.site.ask(&token, request.set_json(&typed));
    assert_eq!((made.status, &made.json()["assignees"]), (201, &typed["assignees"]), "{}", made.body);
    assert_eq!((&made.json()["leader"], &made.json()["follower"]), (&Value::Null, &typed["follower"]));
}
