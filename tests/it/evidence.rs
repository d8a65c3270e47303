//! A report of completion that brings its files: all of it or nothing, and what was typed comes back.

use actix_web::test::TestRequest;
use dondoc::tenants::{self, LimitChange};

use crate::files::World;
use crate::support::site::{Answer, As};

/// Sends the form of the page with these files.
fn submit(world: &World, who: &As, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for (name, bytes) in files {
        let head =
            format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    let request = TestRequest::post()
        .uri(&format!("/tasks/{}/submit", world.task))
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header(("content-type", "multipart/form-data; boundary=b"));
    world.site.ask(who, request.set_payload(body))
}

const FORM: [(&str, &str); 4] = [
    ("version", "1"),
    ("on", "28/11/2024"),
    ("product_number", "12/BC-CVT"),
    ("evidence", "Đã trình Bộ trưởng"),
];

#[test]
fn a_report_brings_its_files_or_nothing_is_reported() {
    let world = World::new();
    let (head, office) = (world.who("head"), world.who("office"));
    let page = world.site.get(&head, &format!("/tasks/{}", world.task)).body;
    assert!(
        page.contains("enctype=\"multipart/form-data\"") && page.contains("id=\"submit-file\""),
        "{page}"
    );
    let nothing = |world: &World| {
        assert_eq!(world.n("SELECT count(*) FROM task_submissions"), 0);
        assert_eq!((world.n("SELECT version FROM tasks"), world.kept()), (1, 0));
    };

    // One of two lies about what it is, and a date is wrong: all is told at once, and nothing of it is kept.
    let fields = [("version", "1"), ("on", "31/2/2024"), ("evidence", "Đã trình Bộ trưởng")];
    let files: [(&str, &[u8]); 2] = [("tốt.txt", b"a"), ("giả.pdf", b"MZ\x90\x00 no document")];
    let refused = submit(&world, &head, &fields, &files);
    assert_eq!(refused.status, 422, "{}", refused.body);
    for told in ["id=\"submit-on-error\"", "id=\"submit-file-error\"", "giả.pdf: ", "Đã trình Bộ trưởng"]
    {
        assert!(refused.body.contains(told), "{told}: {}", refused.body);
    }
    assert!(!refused.body.contains("tốt.txt: "), "only what is wrong is named");
    nothing(&world);
    let six: Vec<(&str, &[u8])> = (0..6).map(|_| ("a.txt", &b"a"[..])).collect();
    let refused = submit(&world, &head, &FORM, &six);
    assert!(refused.status == 422 && refused.body.contains("Không quá 5 mục"), "{}", refused.body);
    nothing(&world);
    // What the tenant may keep is used up; somebody has changed the task meanwhile.
    let change = LimitChange { storage_mb: Some(Some(1)), ..LimitChange::default() };
    tenants::set_limits(&world.test.app, "mot", change).unwrap();
    let large = vec![b'a'; 600_000];
    let full = submit(&world, &head, &FORM, &[("a.txt", &large), ("b.txt", &large)]);
    assert!(full.status == 422 && full.body.contains("đã dùng hết 1 MB"), "{}", full.body);
    nothing(&world);
    let stale = [("version", "7"), ("evidence", "Đã trình")];
    assert_eq!(submit(&world, &head, &stale, &[("a.txt", b"a")]).status, 412);
    nothing(&world);
    for (name, status) in [("neighbour", 404), ("office", 403), ("colleague", 403)] {
        assert_eq!(submit(&world, &world.who(name), &FORM, &[("a.txt", b"a")]).status, status, "{name}");
    }
    nothing(&world);

    let done = submit(&world, &head, &FORM, &[("a.txt", b"a"), ("b.txt", b"b"), ("", b"")]);
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(world.listed(&office), ["a.txt", "b.txt"]);
    let evidence = "SELECT count(*) FROM task_files f JOIN task_submissions s ON s.id = f.submission_id
                     WHERE s.submitted_on = '2024-11-28' AND s.product_number = '12/BC-CVT'";
    assert_eq!((world.n(evidence), world.kept()), (2, 2));
    assert_eq!(world.n("SELECT count(*) FROM journal WHERE act = 'task.attach'"), 2);
}

#[test]
fn a_report_without_files_is_sent_as_before() {
    let world = World::new();
    let head = world.who("head");
    let done = submit(&world, &head, &FORM, &[("", b"")]);
    assert_eq!(done.status, 303, "a browser sends an empty nameless file: {}", done.body);
    assert_eq!(world.n("SELECT count(*) FROM task_submissions WHERE submitted_on = '2024-11-28'"), 1);
    assert_eq!(world.n("SELECT count(*) FROM task_files"), 0);
}
