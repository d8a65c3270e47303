//! What the pages do to several things or in one small act, done through the API: the same use cases, the API's manners.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use dondoc::domain::access::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{Answer, As, Site, add_person};
use crate::support::{TestApp, number, run};

struct World {
    test: TestApp,
    site: Site,
    office: As,
    head: As,
    admin: As,
}

fn world() -> World {
    let test = TestApp::new();
    test.tenant("mot");
    for unit in ["CVT", "CBC", "VP"] {
        add_unit(&test, "mot", unit);
    }
    for (email, role, unit) in [
        ("vp@mot.example", Role::Office, Some("VP")),
        ("tt@mot.example", Role::UnitHead, Some("CVT")),
        ("cv@mot.example", Role::Staff, Some("CVT")),
        ("qt@mot.example", Role::Admin, None),
    ] {
        add_person(&test, "mot", email, role, unit);
    }
    let site = Site::new(&test);
    let [office, head, admin] =
        ["vp@mot.example", "tt@mot.example", "qt@mot.example"].map(|email| site.token("mot", email));
    World { test, site, office, head, admin }
}

impl World {
    fn send(&self, who: &As, method: Method, path: &str, header: (&str, &str), body: &Value) -> Answer {
        let request = TestRequest::default().method(method).uri(path).insert_header(header);
        self.site.ask(who, request.set_json(body))
    }

    /// An act without a header of its own.
    fn post(&self, who: &As, path: &str, body: &Value) -> Answer {
        self.send(who, Method::POST, path, ("x-nothing", "1"), body)
    }

    fn count(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }

    fn pointers(answer: &Answer) -> Vec<String> {
        assert_eq!(answer.status, 422, "{}", answer.body);
        let errors = answer.json()["errors"].as_array().unwrap().clone();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }
}

/// The tasks of a preview that the act will be done to, as it is sent them.
fn seen(preview: &Answer) -> Vec<Value> {
    assert_eq!(preview.status, 200, "{}", preview.body);
    let tasks = preview.json()["tasks"].as_array().unwrap().clone();
    let fit = tasks.into_iter().filter(|task| task["left_out"].is_null());
    fit.map(|task| json!({ "id": task["id"], "version": task["version"] })).collect()
}

#[test]
fn several_tasks_are_previewed_assigned_urged_extended_and_confirmed() {
    let world = world();
    let ids: Vec<Uuid> = [("CVT", "A1"), ("CVT", "A2"), ("CBC", "B1")]
        .iter()
        .map(|(unit, code)| add_task(&world.test, "mot", unit, code))
        .collect();
    let preview = |who: &As, act: &str, ids: &[Uuid]| {
        world.post(who, "/api/v1/tasks/bulk/preview", &json!({ "act": act, "tasks": ids }))
    };
    let perform = |who: &As, body: Value| world.post(who, "/api/v1/tasks/bulk", &body);
    let wrong = preview(&world.office, "paint", &[]);
    assert_eq!(World::pointers(&wrong), ["/act", "/tasks"]);
    let shown = preview(&world.office, "assign", &ids);
    assert_eq!(shown.json()["tasks"][2]["left_out"], "other_unit", "{}", shown.body);
    assert_eq!(
        (&shown.json()["tasks"][0]["code"], shown.json()["tasks"][0]["version"].as_i64()),
        (&json!("A1"), Some(1))
    );
    let tasks = seen(&shown);
    assert_eq!(tasks.len(), 2);
    let nobody = perform(&world.office, json!({ "act": "assign", "tasks": tasks }));
    assert_eq!(World::pointers(&nobody), ["/assignee"]);
    let by_address = json!({ "act": "assign", "tasks": tasks, "assignees": ["cv@mot.example"] });
    let done = perform(&world.office, by_address.clone());
    assert_eq!((done.status, done.json()), (200, json!({ "act": "assign", "done": 2 })), "{}", done.body);
    assert_eq!(world.count("SELECT count(*) FROM task_assignees"), 2);
    assert_eq!(perform(&world.office, by_address).problem(), (412, "stale".into()), "they are others now");

    // What one does not see is gone; what one may not do is left out.
    let foreign = preview(&world.head, "urge", &ids).json();
    let why: Vec<&str> =
        foreign["tasks"].as_array().unwrap().iter().map(|t| t["left_out"].as_str().unwrap()).collect();
    assert_eq!(why, ["not_permitted", "not_permitted", "gone"]);
    run(
        &mut world.test.test_db.superuser(),
        "UPDATE units SET mailbox = 'cbc@mot.example' WHERE short_name = 'CBC'",
    );
    let tasks = seen(&preview(&world.office, "urge", &ids));
    let urged = perform(&world.office, json!({ "act": "urge", "tasks": tasks }));
    assert_eq!((urged.status, &urged.json()["done"]), (200, &json!(2)), "a letter a unit: {}", urged.body);

    let tasks = seen(&preview(&world.head, "extend", &ids));
    let early = json!({ "act": "extend", "tasks": tasks, "due": "1/11/2024", "reason": "Chờ ý kiến" });
    assert_eq!(World::pointers(&perform(&world.head, early)), ["/due"]);
    let asked = json!({ "act": "extend", "tasks": tasks, "due": "Quý IV/2024", "reason": "Chờ ý kiến" });
    assert_eq!(perform(&world.head, asked).json()["done"], 2);
    assert_eq!(world.count("SELECT count(*) FROM extension_requests"), 1);

    let moved = json!({ "act": "move", "tasks": seen(&preview(&world.office, "move", &ids[2..])), "unit": "cvt", "reason": "Sắp xếp lại" });
    assert_eq!(perform(&world.office, moved).json()["done"], 1);
}

#[test]
fn several_completions_are_confirmed_in_one_act_or_none() {
    let world = world();
    let ids = ["A1", "A2", "A3"].map(|code| add_task(&world.test, "mot", "CVT", code));
    let confirm =
        |who: &As, tasks: Value| world.post(who, "/api/v1/submissions/confirm", &json!({ "tasks": tasks }));
    for id in &ids[..2] {
        let submit = format!("/api/v1/tasks/{id}/submit");
        let sent = world.send(&world.head, Method::POST, &submit, ("if-match", "\"1\""), &json!({}));
        assert_eq!(sent.status, 200, "{}", sent.body);
    }
    let tasks = |version: i32, n: usize| -> Value {
        ids[..n].iter().map(|id| json!({ "id": id, "version": version })).collect()
    };
    assert_eq!(confirm(&world.head, tasks(2, 2)).status, 403);
    assert_eq!(World::pointers(&confirm(&world.office, json!([]))), ["/tasks"]);
    assert_eq!(confirm(&world.office, json!([{ "id": Uuid::nil(), "version": 1 }])).status, 404);
    let refused = confirm(&world.office, tasks(2, 3));
    assert_eq!(refused.status, 409, "the third was not reported: {}", refused.body);
    assert!(refused.json()["detail"].as_str().unwrap().contains("A3"), "{}", refused.body);
    assert_eq!(confirm(&world.office, tasks(1, 1)).problem(), (412, "stale".into()));
    assert_eq!(world.count("SELECT count(*) FROM tasks WHERE status = 'completed'"), 0);
    let done = confirm(&world.office, tasks(2, 2));
    assert_eq!((done.status, &done.json()["done"]), (200, &json!(2)), "{}", done.body);
    assert_eq!(world.count("SELECT count(*) FROM tasks WHERE status = 'completed'"), 2);
}

#[test]
fn the_unit_says_why_it_is_late() {
    let world = world();
    let place = format!("/api/v1/tasks/{}/late-reason", add_task(&world.test, "mot", "CVT", "A1"));
    let read = world.site.get(&world.head, &place);
    assert_eq!((read.status, &read.json()["category"]), (200, &Value::Null), "{}", read.body);
    let said = json!({ "category": "Chờ ý kiến, văn bản của cơ quan phối hợp", "words": "Bộ Tài chính" });
    let put =
        |who: &As, tag: &str, body: &Value| world.send(who, Method::PUT, &place, ("if-match", tag), body);
    assert_eq!(world.send(&world.head, Method::PUT, &place, ("x-nothing", "1"), &said).status, 428);
    assert_eq!(World::pointers(&put(&world.head, "\"1\"", &json!({}))), ["/category"]);
    assert_eq!(put(&world.office, "\"1\"", &said).status, 403, "the Office does not answer for the unit");
    let given = put(&world.head, "\"1\"", &said);
    assert_eq!((given.status, &given.json()["kind"]), (200, &json!("objective")), "{}", given.body);
    assert_eq!(given.json()["version"], 2);
    assert_eq!(put(&world.head, "\"1\"", &said).json()["current"]["words"], "Bộ Tài chính");
    run(
        &mut world.test.test_db.superuser(),
        "UPDATE tasks SET due_on = '2025-01-31', original_due_on = '2025-01-31'",
    );
    assert_eq!(put(&world.head, "\"2\"", &said).problem().0, 409, "it is not late");
}

#[test]
fn recurring_work_is_paused_resumed_and_a_turn_left_out() {
    let world = world();
    let typed = json!({
        "title": "Báo cáo tháng", "category": "routine", "product": "report", "unit": "cvt", "every": "month",
        "day_form": "number", "day": 16, "notice_days": 5, "from": "2024-11-29",
    });
    let made =
        world.send(&world.office, Method::POST, "/api/v1/recurrences", ("idempotency-key", "a"), &typed);
    assert_eq!(made.status, 201, "{}", made.body);
    let place = made.header("location").to_owned();
    let act = |verb: &str, tag: &str, body: &Value| {
        world.send(&world.office, Method::POST, &format!("{place}/{verb}"), ("if-match", tag), body)
    };
    let wrong = act("skip", "\"1\"", &json!({ "turn": "2031-01", "reason": "" }));
    assert_eq!(World::pointers(&wrong), ["/reason", "/turn"]);
    let skipped = act("skip", "\"1\"", &json!({ "turn": "2024-12", "reason": "Gộp vào báo cáo năm" }));
    assert_eq!(
        (skipped.status, &skipped.json()["next"][0]["turn"]),
        (200, &json!("2025-01")),
        "{}",
        skipped.body
    );
    let paused = act("pause", "\"1\"", &json!({}));
    assert_eq!((&paused.json()["paused_on"], &paused.json()["next"]), (&json!("2024-11-29"), &json!([])));
    assert_eq!(act("pause", "\"1\"", &json!({})).status, 412);
    let resumed = act("resume", paused.header("etag"), &json!({}));
    assert_eq!((resumed.status, &resumed.json()["paused_on"]), (200, &Value::Null), "{}", resumed.body);
    assert_eq!(resumed.json()["next"][0]["turn"], "2025-01", "what was left out stays so");
    assert_eq!(
        world
            .send(&world.head, Method::POST, &format!("{place}/pause"), ("if-match", "\"3\""), &json!({}))
            .status,
        403
    );
}

#[test]
fn a_campaign_is_given_to_more_units_and_closed() {
    let world = world();
    let typed = json!({
        "title": "Tổng kết", "category": "routine", "product": "report", "due": "Năm 2024", "units": ["CVT"],
    });
    let made = world.send(&world.office, Method::POST, "/api/v1/campaigns", ("idempotency-key", "a"), &typed);
    assert_eq!(made.status, 201, "{}", made.body);
    let place = made.header("location").to_owned();
    let act = |verb: &str, tag: &str, body: &Value| {
        world.send(&world.office, Method::POST, &format!("{place}/{verb}"), ("if-match", tag), body)
    };
    assert_eq!(World::pointers(&act("units", "\"1\"", &json!({ "units": ["XYZ"] }))), ["/units"]);
    let more = act("units", "\"1\"", &json!({ "units": ["cbc", "CVT"] }));
    assert_eq!((more.status, more.json()["rows"].as_array().unwrap().len()), (200, 2), "{}", more.body);
    assert_eq!(World::pointers(&act("close", more.header("etag"), &json!({ "reason": " " }))), ["/reason"]);
    assert_eq!(act("close", "\"1\"", &json!({ "reason": "Đủ" })).status, 412);
    let closed = act("close", more.header("etag"), &json!({ "reason": "Đủ" }));
    assert_eq!(closed.status, 200, "{}", closed.body);
    assert_eq!(act("urge", closed.header("etag"), &json!({})).status, 409);
}

#[test]
fn views_are_saved_listed_and_removed() {
    let world = world();
    let save = |who: &As, key: &str, body: &Value| {
        world.send(who, Method::POST, "/api/v1/views", ("idempotency-key", key), body)
    };
    let wrong = json!({ "name": "", "query": "standing=gone&as_of=2024-11-29&unit=XYZ" });
    let faults = World::pointers(&save(&world.office, "a", &wrong));
    assert!(
        faults.contains(&"/query/standing".to_owned()) && faults.contains(&"/query/as_of".to_owned()),
        "{faults:?}"
    );
    let overdue = json!({ "name": "Quá hạn", "query": "standing=overdue", "shared": true });
    assert_eq!(save(&world.head, "a", &overdue).status, 403, "a head shares nothing");
    let made = save(&world.office, "b", &overdue);
    assert_eq!((made.status, &made.json()["is_own"]), (201, &json!(true)), "{}", made.body);
    assert_eq!(save(&world.office, "b", &overdue).header("location"), made.header("location"));
    let seen = world.site.get(&world.head, "/api/v1/views").json();
    assert_eq!((&seen["items"][0]["name"], &seen["items"][0]["is_own"]), (&json!("Quá hạn"), &json!(false)));
    let place = made.header("location");
    let remove = |who: &As, tag: &str| {
        world.site.ask(who, TestRequest::delete().uri(place).insert_header(("if-match", tag)))
    };
    assert_eq!(world.site.ask(&world.office, TestRequest::delete().uri(place)).status, 428);
    assert_eq!(remove(&world.head, "\"1\"").status, 403);
    assert_eq!(remove(&world.office, made.header("etag")).status, 204);
    assert_eq!(world.site.get(&world.office, place).status, 404);
}

#[test]
fn a_year_of_the_calendar_is_put_as_its_dry_run_showed_it() {
    let world = world();
    let place = "/api/v1/calendar/2027";
    let kept = world.site.get(&world.head, place).json();
    let days = kept["days"].as_array().unwrap().clone();
    assert!(days.len() > 10 && days[0]["kind"] == "off", "{kept}");
    assert_eq!(world.site.get(&world.head, "/api/v1/calendar/1500").status, 404);
    add_task(&world.test, "mot", "CVT", "A1");
    let due = "UPDATE tasks SET due_on = '2027-03-12', original_due_on = '2027-03-12'";
    run(&mut world.test.test_db.superuser(), due);
    let mut new: Vec<Value> = days.clone();
    new.push(json!({ "day": "2027-03-10", "kind": "off", "name": "Nghỉ đột xuất", "source": "1/TB" }));
    let preview = format!("{place}/preview");
    let mut wrong = new.clone();
    wrong.push(json!({ "day": "2028-01-01", "kind": "free", "name": "" }));
    let at = wrong.len() - 1;
    let faults = World::pointers(&world.post(&world.admin, &preview, &json!({ "days": wrong })));
    assert_eq!(faults, [format!("/days/{at}/kind"), format!("/days/{at}/name")]);
    assert_eq!(world.post(&world.office, &preview, &json!({ "days": new })).status, 403);
    let run = world.post(&world.admin, &preview, &json!({ "days": new }));
    assert_eq!(run.status, 200, "{}", run.body);
    assert_eq!(run.json()["days"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&run.json()["due_soon"][0]["tasks"], &run.json()["due_soon"][0]["units"]),
        (&json!(1), &json!(["CVT"]))
    );
    let put = |hash: &Value| {
        let body = json!({ "days": new, "hash": hash });
        world.send(&world.admin, Method::PUT, place, ("x-nothing", "1"), &body)
    };
    assert_eq!(put(&json!("x")).problem(), (412, "stale".into()));
    assert_eq!(world.count("SELECT count(*) FROM calendar_days WHERE day = '2027-03-10'"), 0, "a dry run");
    let done = put(&run.json()["hash"]);
    assert_eq!(
        (done.status, done.json()["days"].as_array().unwrap().len()),
        (200, days.len() + 1),
        "{}",
        done.body
    );
    let told = "SELECT count(*) FROM journal WHERE act = 'calendar.change' AND actor = ";
    let admin = person_of(&world.test, "mot", "qt@mot.example");
    assert_eq!(world.count(&format!("{told}'{admin}'")), 1);
}

#[test]
fn what_looks_like_a_slip_is_told_or_asked_about() {
    let world = world();
    let typed = |heeded: Option<&[&str]>| {
        let mut typed = json!({
            "title": "Báo cáo tổng kết công tác chuyển đổi số năm 2024", "category": "key", "unit": "CVT",
            "product": "other", "assigned_on": "29/11/2024", "due": "2/12/2024",
        });
        if let Some(heeded) = heeded {
            typed["heeded"] = json!(heeded);
        }
        typed
    };
    let give = |key: &str, heeded: Option<&[&str]>| {
        let header = ("idempotency-key", key);
        world.send(&world.office, Method::POST, "/api/v1/tasks", header, &typed(heeded))
    };
    let asked = give("a", Some(&["no_result"]));
    assert_eq!(World::pointers(&asked), ["/heeded"]);
    assert!(asked.body.contains("short_term, no_result"), "{}", asked.body);
    assert_eq!(world.count("SELECT count(*) FROM tasks"), 0, "nothing is written");
    let given = give("b", None);
    assert_eq!(given.status, 201, "{}", given.body);
    let told = given.json()["warnings"].clone();
    assert_eq!(
        (&told[0]["code"], &told[0]["working_days"], &told[1]["code"]),
        (&json!("short_term"), &json!(1), &json!("no_result"))
    );
    assert_eq!(give("b", None).body, given.body);
    let twin = give("c", None).json();
    assert_eq!(twin["warnings"][2]["tasks"][0]["code"], given.json()["code"], "{twin}");
    assert_eq!(give("d", Some(&["short_term", "no_result", "duplicates"])).status, 201);
    let place = given.header("location");
    let renamed = |heeded: &[&str]| {
        let body = json!({ "title": "Báo cáo tổng kết công tác chuyển đổi số năm  2024 .", "product": "report", "due": "3/12/2024", "correction": "Nhầm", "heeded": heeded });
        world.send(&world.office, Method::PATCH, place, ("if-match", given.header("etag")), &body)
    };
    assert_eq!(World::pointers(&renamed(&[])), ["/heeded"]);
    assert_eq!(renamed(&["short_term", "duplicates"]).status, 200);
}
