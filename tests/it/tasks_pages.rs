//! The pages and the API of a task's life, as a browser and a client see them.

use actix_web::test::TestRequest;
use serde_json::json;
use uuid::Uuid;

use crate::support::desk::{Desk, SLUG};
use crate::support::number;
use crate::support::site::{As, Site};

fn form(fields: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(fields).unwrap()
}

fn sign_in(site: &Site, name: &str) -> As {
    site.sign_in(SLUG, &format!("{name}@bo.example"))
}

/// The id at the end of the address that an answer leads to.
fn led_to(place: &str) -> Uuid {
    let path = place.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap_or_else(|_| panic!("{place}"))
}

const NEW: [(&str, &str); 6] = [
    ("title", "Xây dựng báo cáo"),
    ("category", "key"),
    ("unit", "CVT"),
    ("product", "report"),
    ("assigned_on", "01/10/2024"),
    ("due", "15/11/2024"),
];

#[test]
fn a_task_is_given_done_and_confirmed_by_forms() {
    let desk = Desk::new(2);
    let site = Site::new(&desk.test);
    let (office, head) = (sign_in(&site, "vanphong"), sign_in(&site, "truong.cvt"));
    assert_eq!(site.get(&office, "/tasks/new").status, 200);
    let given = site.send(&office, "POST", "/tasks/new", &form(&NEW));
    assert_eq!(given.status, 303, "{}", given.body);
    let id = led_to(given.header("location"));
    let page = format!("/tasks/{id}");
    assert!(!site.get(&office, &page).body.contains("step-submit"));
    let shown = site.get(&head, &page).body;
    for step in ["step-note", "step-submit", "step-return", "step-assign"] {
        assert!(shown.contains(step), "{step}");
    }
    assert!(!shown.contains("step-confirm") && !shown.contains("/edit"));
    let noted = site.send(&head, "POST", &format!("{page}/note"), "version=1&note=&obstacles=&percent=50");
    assert_eq!(noted.header("location"), format!("{page}?done=note"), "{}", noted.body);
    assert!(site.get(&head, &format!("{page}?done=note")).body.contains("Đã ghi nhận: báo cáo tiến độ."));
    let early = form(&[("version", "2"), ("on", "30/9/2024"), ("evidence", "Tờ trình số 5")]);
    let early = site.send(&head, "POST", &format!("{page}/submit"), &early);
    assert_eq!(early.status, 422);
    assert!(early.body.contains("Tờ trình số 5") && early.body.contains("id=\"submit-on-error\""));
    let stale = site.send(&head, "POST", &format!("{page}/submit"), "version=1&on=20/11/2024");
    assert_eq!(stale.status, 412);
    assert!(stale.body.contains("20/11/2024"));
    let sent = site.send(&head, "POST", &format!("{page}/submit"), "version=2&on=20/11/2024");
    assert_eq!(sent.status, 303, "{}", sent.body);
    let again = site.send(&head, "POST", &format!("{page}/submit"), "version=3&on=20/11/2024");
    assert_eq!(again.status, 409);
    assert!(again.body.contains("chờ xác nhận"), "{}", again.body);
    let waiting = site.get(&office, "/submissions").body;
    assert!(waiting.contains(&format!("{id}:3")) && waiting.contains("chậm 5 ngày"));
    assert_eq!(site.send(&office, "POST", "/submissions/confirm", "").status, 422);
    let confirmed =
        site.send(&office, "POST", "/submissions/confirm", &form(&[("task", &format!("{id}:3"))]));
    assert_eq!(confirmed.header("location"), "/submissions?done=1", "{}", confirmed.body);
    assert!(site.get(&office, "/submissions?done=1").body.contains("Đã xác nhận 1 báo cáo"));
    let old = site.send(&office, "POST", "/submissions/confirm", &form(&[("task", &format!("{id}:3"))]));
    assert_eq!(old.status, 412);
}

#[test]
fn two_texts_of_one_task_are_both_shown() {
    let desk = Desk::new(2);
    let site = Site::new(&desk.test);
    let (one, other) = (sign_in(&site, "vanphong"), sign_in(&site, "vanphong2"));
    let id = desk.give("Xây dựng báo cáo", "CVT", "01/10/2024", "15/11/2024").id;
    let edit = format!("/tasks/{id}/edit");
    let shown = site.get(&one, &edit);
    assert!(shown.body.contains("name=\"version\" value=\"1\""), "{}", shown.body);
    let text = |note: &str, version: &str| {
        let mut fields = NEW.to_vec();
        fields.retain(|(name, _)| *name != "unit");
        fields.extend([("note", note), ("version", version)]);
        form(&fields)
    };
    let first = site.send(&one, "POST", &edit, &text("Lời của người thứ nhất", "1"));
    assert_eq!(first.status, 303, "{}", first.body);
    let second = site.send(&other, "POST", &edit, &text("Lời của người thứ hai", "1"));
    assert_eq!(second.status, 412);
    for words in ["Lời của người thứ nhất", "Lời của người thứ hai", "name=\"version\" value=\"2\""]
    {
        assert!(second.body.contains(words), "{words}");
    }
    let faulty = site.send(&other, "POST", &edit, &form(&[("version", "2"), ("title", ""), ("due", "sớm")]));
    assert_eq!(faulty.status, 422);
    assert!(faulty.body.contains("title-error") && faulty.body.contains("due-error"));
    let third = site.send(&other, "POST", &edit, &text("Lời của người thứ hai", "2"));
    assert_eq!(third.status, 303);
}

#[test]
fn a_warning_asks_once_more_and_keeps_what_was_typed() {
    let desk = Desk::new(2);
    let site = Site::new(&desk.test);
    let office = sign_in(&site, "vanphong");
    let mut fields = NEW.to_vec();
    fields.retain(|(name, _)| *name != "product");
    fields.push(("coordinating", "CBC"));
    fields.push(("coordinating", "VP"));
    let asked = site.send(&office, "POST", "/tasks/new", &form(&fields));
    assert_eq!(asked.status, 422);
    assert!(asked.body.contains("name=\"heeded\" value=\"no_result\"") && asked.body.contains("Vẫn lưu"));
    assert!(asked.body.contains("value=\"CBC\" checked"));
    fields.push(("heeded", "no_result"));
    let given = site.send(&office, "POST", "/tasks/new", &form(&fields));
    assert_eq!(given.status, 303, "{}", given.body);
    let mut conn = desk.test.test_db.superuser();
    assert_eq!(number(&mut conn, "SELECT count(*) FROM task_coordinators"), 2);
}

#[test]
fn the_api_takes_the_same_steps() {
    let desk = Desk::new(2);
    let site = Site::new(&desk.test);
    let (office, head) = (site.token(SLUG, "vanphong@bo.example"), site.token(SLUG, "truong.cvt@bo.example"));
    let post = |who: &As, path: &str, header: (&'static str, &str), body: serde_json::Value| {
        site.ask(who, TestRequest::post().uri(path).insert_header(header).set_json(body))
    };
    let new = json!({ "title": "Xây dựng báo cáo", "category": "key", "unit": "CVT", "product": "report",
        "assigned_on": "2024-10-01", "due": "15 ngày làm việc", "coordinating": ["CBC"] });
    let made = post(&office, "/api/v1/tasks", ("idempotency-key", "k1"), new.clone());
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(made.json()["original_due_on"], "2024-10-22");
    let again = post(&office, "/api/v1/tasks", ("idempotency-key", "k1"), new);
    assert_eq!(again.json()["id"], id.as_str());
    let faulty =
        post(&office, "/api/v1/tasks", ("idempotency-key", "k2"), json!({ "unit": "?", "due": "x" }));
    assert_eq!(faulty.status, 422, "{}", faulty.body);
    assert_eq!(faulty.json()["errors"].as_array().unwrap().len(), 4);
    let path = |step: &str| format!("/api/v1/tasks/{id}/{step}");
    let noted = post(&head, &path("note"), ("if-match", "\"1\""), json!({ "percent": 40 }));
    assert_eq!((noted.status, noted.json()["percent"].as_i64()), (200, Some(40)), "{}", noted.body);
    let stale = post(&head, &path("submit"), ("if-match", "\"1\""), json!({}));
    assert_eq!(stale.status, 412);
    let sent = post(&head, &path("submit"), ("if-match", "\"2\""), json!({ "on": "2024-10-20" }));
    assert_eq!(sent.json()["status"], "submitted", "{}", sent.body);
    let impossible = post(&head, &path("submit"), ("if-match", "\"3\""), json!({}));
    assert_eq!(impossible.problem(), (409, "refused".to_owned()));
    let done = post(&office, &path("confirm"), ("if-match", "\"3\""), json!({}));
    assert_eq!(done.json()["view"]["completed_on"], "2024-10-20", "{}", done.body);
    let patch = TestRequest::patch()
        .uri(&format!("/api/v1/tasks/{id}"))
        .insert_header(("if-match", "\"4\""))
        .set_json(json!({ "note": "Đã xong", "due": "2024-10-25" }));
    let faulty = site.ask(&office, patch);
    assert!(faulty.status == 422 && faulty.body.contains("correction"), "{}", faulty.body);
    let gone = post(&office, &path("delete"), ("if-match", "\"4\""), json!({ "reason": "Giao nhầm" }));
    assert_eq!(gone.status, 204, "{}", gone.body);
    assert_eq!(site.get(&office, &format!("/api/v1/tasks/{id}")).status, 404);
}
