//! The files of tasks: who puts one where, what is not taken, who reads and removes it, and what becomes of its bytes.

use actix_web::test::TestRequest;
use dondoc::domain::access::Role;
use dondoc::domain::attachment::LARGEST_FILE;
use dondoc::ids::{TenantId, new_id};
use dondoc::tenants::{self, LimitChange};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{Answer, As, Site, add_api_key, add_person};
use crate::support::{TestApp, number, run};

/// A tenant with a task of CVT that is given to `staff`, a colleague there, and another unit.
pub struct World {
    pub test: TestApp,
    pub site: Site,
    task: Uuid,
}

impl World {
    pub fn new() -> Self {
        let test = TestApp::with_owner();
        test.tenant("mot");
        for (unit, people) in
            [("CVT", &["staff", "colleague", "head"][..]), ("CBC", &["neighbour"]), ("VP", &["office"])]
        {
            add_unit(&test, "mot", unit);
            for name in people {
                let role = match *name {
                    "head" | "neighbour" => Role::UnitHead,
                    "office" => Role::Office,
                    _ => Role::Staff,
                };
                add_person(&test, "mot", &email(name), role, Some(unit));
            }
        }
        add_person(&test, "mot", &email("leader"), Role::Leader, None);
        let task = add_task(&test, "mot", "CVT", "NV-1");
        let staff = person_of(&test, "mot", &email("staff"));
        let given = "INSERT INTO task_assignees SELECT tenant_id, id";
        run(&mut test.test_db.superuser(), &format!("{given}, '{staff}' FROM tasks WHERE id = '{task}'"));
        let site = Site::new(&test);
        Self { test, site, task }
    }

    pub fn who(&self, name: &str) -> As {
        self.site.sign_in("mot", &email(name))
    }

    /// By the form of the page.
    fn attach(&self, who: &As, name: &str, bytes: &[u8]) -> Answer {
        self.site.upload(who, &format!("/tasks/{}/files", self.task), &[], name, bytes)
    }

    /// By the API; the file's id.
    pub fn put(&self, who: &As, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> String {
        let answer = self.site.upload(who, &self.api(), fields, name, bytes);
        assert_eq!(answer.status, 201, "{}", answer.body);
        assert_eq!(answer.json()["task_id"], json!(self.task));
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    fn api(&self) -> String {
        format!("/api/v1/tasks/{}/files", self.task)
    }

    fn listed(&self, who: &As) -> Vec<String> {
        let items = self.site.get(who, &self.api()).json()["items"].clone();
        items.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
    }

    fn n(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }

    pub fn tenant(&self) -> TenantId {
        self.test.act("mot", |conn, _| Ok(conn.tenant())).unwrap()
    }

    pub fn kept(&self) -> usize {
        self.test.app.depot.kept(self.tenant()).unwrap().len()
    }

    /// A reported completion that waits for the Office.
    fn submit(&self) -> Uuid {
        let id = new_id();
        let sql = format!(
            "INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on)
             SELECT tenant_id, '{id}', id, '2024-11-20' FROM tasks WHERE id = '{}'",
            self.task
        );
        run(&mut self.test.test_db.superuser(), &sql);
        id
    }

    pub fn remove(&self, who: &As, file: &str, reason: &str) -> Answer {
        let form = serde_urlencoded::to_string([("reason", reason)]).unwrap();
        self.site.send(who, "POST", &format!("/files/{file}/remove"), &form)
    }
}

pub fn email(name: &str) -> String {
    format!("{name}@mot.example")
}

#[test]
fn a_file_is_read_by_who_sees_its_task_and_shown_as_no_page() {
    let world = World::new();
    let (staff, head, office) = (world.who("staff"), world.who("head"), world.who("office"));
    let text = "Báo cáo <script>alert(1)</script>\n".repeat(40_000);
    assert!(text.len() > 1_048_576, "more than one part");
    let sent = world.attach(&staff, "Báo cáo (bản 1).txt", text.as_bytes());
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, format!("/tasks/{}#h-files", world.task).as_str())
    );
    assert_eq!(world.n("SELECT version FROM tasks"), 2);
    assert_eq!(world.n("SELECT count(*) FROM journal WHERE act = 'task.attach'"), 1);

    let page = world.site.get(&head, &format!("/tasks/{}", world.task));
    for shown in
        ["Báo cáo (bản 1).txt", "1,5 MB", "staff@mot.example", "Đính kèm tệp", "Tài liệu của nhiệm vụ"]
    {
        assert!(page.body.contains(shown), "{shown}");
    }
    let id = world.site.get(&office, &world.api()).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let sha256: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    for (who, address) in [
        (&head, format!("/files/{id}")),
        (&office, format!("/api/v1/files/{id}")),
        (&world.who("leader"), format!("/files/{id}")),
    ] {
        let read = world.site.get(who, &address);
        assert_eq!((read.status, read.body == text), (200, true), "{address}");
        assert_eq!(read.bytes, text.len(), "as it is kept");
        assert_eq!(read.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(read.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(read.header("x-content-type-options"), "nosniff");
        assert_eq!(read.header("etag"), format!("\"1-{sha256}\""));
        assert_eq!(
            read.header("content-disposition"),
            "attachment; filename=\"B_o c_o (b_n 1).txt\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%28b%E1%BA%A3n%201%29.txt"
        );
        let known = TestRequest::get().uri(&address).insert_header(("if-none-match", read.header("etag")));
        assert_eq!(world.site.ask(who, known).status, 304);
    }
    let neighbour = world.who("neighbour");
    assert_eq!(world.site.get(&neighbour, &format!("/files/{id}")).status, 404);
    assert_eq!(world.site.get(&neighbour, &world.api()).status, 404);
    // Who coordinates the task reads its files and adds none.
    let sql = "INSERT INTO task_coordinators SELECT t.tenant_id, t.id, u.id FROM tasks t JOIN units u USING (tenant_id) WHERE u.short_name = 'CBC'";
    run(&mut world.test.test_db.superuser(), sql);
    assert_eq!(world.site.get(&neighbour, &format!("/files/{id}")).status, 200);
    for name in ["neighbour", "colleague", "leader"] {
        let refused = world.attach(&world.who(name), "a.txt", b"a");
        assert_eq!(refused.status, 403, "{name}");
    }
    assert_eq!((world.listed(&office).len(), world.kept()), (1, 1), "of what is refused nothing is kept");
    let page = world.site.get(&world.who("leader"), &format!("/tasks/{}", world.task));
    assert!(!page.body.contains("enctype="), "no form for who may not");
}

#[test]
fn what_is_not_taken_is_refused_at_its_field_and_not_kept() {
    let world = World::new();
    let head = world.who("head");
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let large = vec![b'a'; usize::try_from(LARGEST_FILE).unwrap() + 1];
    let cases: [(&str, &[u8], &str); 12] = [
        ("a.pdf", png, "là ảnh PNG"),
        ("a.docx", b"PK\x03\x04nothing", "không phải là tài liệu Word"),
        ("a.pdf", b"MZ\x90\0\x03\0\0\0", "không phải là PDF"),
        ("a.txt", b"\xff\xfea\0", "không phải là văn bản"),
        ("a.exe", b"MZ\x90\0\x03\0\0\0", "Loại tệp này không nhận"),
        ("a", b"%PDF-1.7", "Loại tệp này không nhận"),
        ("../../etc/a.txt", b"a", "không chứa đường dẫn"),
        ("..\\a.txt", b"a", "không chứa đường dẫn"),
        ("NUL.txt", b"a", "không chứa đường dẫn"),
        ("a\u{202e}txt.pdf", b"%PDF-1.7", "không chứa đường dẫn"),
        ("a.txt", b"", "không có nội dung"),
        ("a.txt", &large, "quá lớn"),
    ];
    for (name, bytes, why) in cases {
        let refused = world.attach(&head, name, bytes);
        assert_eq!(refused.status, 422, "{name}: {}", refused.body);
        assert!(
            refused.body.contains(why) && refused.body.contains("aria-invalid"),
            "{name}: {}",
            refused.body
        );
        let refused = world.site.upload(&head, &world.api(), &[], name, bytes);
        assert_eq!(refused.problem(), (422, "unprocessable".to_owned()), "{name}");
        assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 1, "{name}");
    }
    let none = world.attach(&head, "", b"");
    assert!(none.status == 422 && none.body.contains("Chọn một tệp."), "{}", none.body);
    let others = [("unit", "CVT"), ("submission", "x")];
    let unknown = world.site.upload(&head, &world.api(), &others, "a.txt", b"a");
    assert_eq!(unknown.json()["errors"].as_array().unwrap().len(), 2, "{}", unknown.body);
    let plain = world.site.send(&head, "POST", &format!("/tasks/{}/files", world.task), "file=a");
    assert_eq!(plain.status, 415);
    let cut = TestRequest::post()
        .uri(&world.api())
        .insert_header(("sec-fetch-site", "same-origin"))
        .insert_header(("idempotency-key", "1"))
        .insert_header(("content-type", "multipart/form-data; boundary=b"))
        .set_payload("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc");
    assert_eq!(world.site.ask(&head, cut).status, 400, "it ends in the middle of a file");
    assert_eq!((world.kept(), world.n("SELECT count(*) FROM task_files")), (0, 0));
    assert_eq!(world.n("SELECT version FROM tasks"), 1);
}

#[test]
fn a_tenant_keeps_as_much_as_the_operator_allows_it() {
    let world = World::new();
    let office = world.who("office");
    let change = LimitChange { storage_mb: Some(Some(1)), ..LimitChange::default() };
    tenants::set_limits(&world.test.app, "mot", change).unwrap();
    let most = vec![b'a'; 700_000];
    let first = world.put(&office, &[], "a.txt", &most);
    let full = world.attach(&office, "b.txt", &most);
    assert!(full.status == 422 && full.body.contains("đã dùng hết 1 MB"), "{}", full.body);
    assert_eq!((world.kept(), world.listed(&office).len()), (1, 1), "the bytes are forgotten at once");
    assert_eq!(world.remove(&office, &first, "Gửi nhầm").status, 303);
    world.put(&office, &[], "b.txt", &most);

    // Two at a time can't both use the last of it.
    let change = LimitChange { storage_mb: Some(Some(2)), ..LimitChange::default() };
    tenants::set_limits(&world.test.app, "mot", change).unwrap();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let one = || world.site.upload(&office, &world.api(), &[], "c.txt", &[b'a'; 800_000]).status;
        let both = [scope.spawn(one), scope.spawn(one)];
        both.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(statuses.contains(&201) && statuses.contains(&422), "{statuses:?}");
    let lifted = LimitChange { storage_mb: Some(None), ..LimitChange::default() };
    tenants::set_limits(&world.test.app, "mot", lifted).unwrap();
    world.put(&office, &[], "d.txt", &most);
}

#[test]
fn who_sent_a_file_or_the_office_removes_it_until_it_is_decided_about() {
    let world = World::new();
    let (staff, head, office) = (world.who("staff"), world.who("head"), world.who("office"));
    let own = world.put(&staff, &[], "a.txt", b"a");
    assert_eq!(world.remove(&head, &own, "x").status, 403, "somebody else's");
    assert_eq!(world.remove(&world.who("neighbour"), &own, "x").status, 404);
    let unsaid = world.remove(&staff, &own, "  ");
    assert!(unsaid.status == 422 && unsaid.body.contains("Cần nhập mục này"), "{}", unsaid.body);
    let long = "a".repeat(501);
    let kept = world.remove(&staff, &own, &long);
    assert!(kept.status == 422 && kept.body.contains(&long), "what was typed stays");
    assert_eq!(world.remove(&staff, &own, "Gửi nhầm").status, 303);
    for address in [format!("/files/{own}"), format!("/api/v1/files/{own}")] {
        assert_eq!(world.site.get(&office, &address).status, 404);
    }
    assert_eq!(world.remove(&staff, &own, "Gửi nhầm").status, 404, "once");
    let page = world.site.get(&office, &format!("/tasks/{}", world.task)).body;
    assert!(page.contains("Gỡ tệp đính kèm") && page.contains("Gửi nhầm"), "the history tells of it");

    let submission = world.submit();
    let evidence = [("submission", submission.to_string())];
    let evidence: Vec<(&str, &str)> = evidence.iter().map(|(name, id)| (*name, id.as_str())).collect();
    let page = world.site.get(&staff, &format!("/tasks/{}", world.task)).body;
    assert!(page.contains("Minh chứng cho báo cáo hoàn thành ngày 20/11/2024"), "it is offered");
    let first = world.put(&staff, &evidence, "b.txt", b"b");
    let second = world.put(&staff, &evidence, "c.txt", b"c");
    assert_eq!(world.remove(&office, &first, "Thừa").status, 303);
    run(
        &mut world.test.test_db.superuser(),
        "UPDATE task_submissions SET accepted = false, decided_on = '2024-11-25'",
    );
    for (who, status) in [(&staff, 409), (&office, 409)] {
        assert_eq!(world.remove(who, &second, "Thừa").status, status);
    }
    let late = world.site.upload(&staff, &world.api(), &evidence, "d.txt", b"d");
    assert_eq!(late.problem(), (409, "refused".to_owned()));
    let other = [("submission", "01935000-0000-7000-8000-000000000000")];
    let unknown = world.site.upload(&staff, &world.api(), &other, "d.txt", b"d");
    assert_eq!(unknown.problem(), (422, "unprocessable".to_owned()));
    assert_eq!(world.listed(&staff), ["c.txt"]);
}

#[test]
fn programs_send_once_and_name_what_they_remove() {
    let world = World::new();
    let key = As::Token(add_api_key(&world.test, "mot", "máy", Role::UnitHead, Some("CVT")).key);
    let send = |bytes: &str, header: Option<&str>| {
        let body = format!(
            "--{0}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n{bytes}\r\n--{0}--\r\n",
            new_id()
        );
        let boundary = &body[2..38];
        let request = TestRequest::post()
            .uri(&world.api())
            .insert_header(("content-type", format!("multipart/form-data; boundary={boundary}")))
            .set_payload(body.clone());
        let request = match header {
            Some(key) => request.insert_header(("idempotency-key", key)),
            None => request,
        };
        world.site.ask(&key, request)
    };
    assert_eq!(send("a", None).status, 400);
    let first = send("a", Some("k1"));
    let again = send("a", Some("k1"));
    assert_eq!((first.status, again.status, again.header("idempotent-replayed")), (201, 201, "true"));
    assert_eq!(first.body, again.body);
    assert_eq!(send("b", Some("k1")).status, 422, "another file under the same key");
    assert_eq!(world.n("SELECT count(*) FROM task_files"), 1);

    let place = first.header("location").to_owned();
    let remove = |tag: Option<&str>, body: &str| {
        let request = TestRequest::delete().uri(&place).insert_header(("content-type", "application/json"));
        let request = match tag {
            Some(tag) => request.insert_header(("if-match", tag)),
            None => request,
        };
        world.site.ask(&key, request.set_payload(body.to_owned()))
    };
    let tag = world.site.get(&key, &place).header("etag").to_owned();
    assert_eq!(remove(None, "{\"reason\":\"x\"}").status, 428);
    assert_eq!(remove(Some("\"2\""), "{\"reason\":\"x\"}").status, 412);
    assert_eq!(remove(Some(&tag), "{\"reason\":\"\"}").json()["errors"][0]["pointer"], "/reason");
    assert_eq!(remove(Some(&tag), "{}").status, 422);
    assert_eq!(remove(Some(&tag), "{\"reason\":\"Gửi nhầm\"}").status, 204);
    assert_eq!(remove(Some(&tag), "{\"reason\":\"x\"}").status, 404);
}
