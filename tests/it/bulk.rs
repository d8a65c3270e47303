//! Acts on several tasks: the preview tells of each what the act then does, all of it or nothing.

use dondoc::domain::access::Role;
use dondoc::tasks::{self, TaskRow};
use dondoc::units;
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{Answer, As, Site, add_person};
use crate::support::{TestApp, day, number, run};

struct World {
    test: TestApp,
    site: Site,
    office: As,
    head: As,
    /// Two of CVT, one of CBC, and one of CVT that is completed.
    ids: [Uuid; 4],
}

fn world() -> World {
    let test = TestApp::new();
    test.tenant("thu");
    for unit in ["CVT", "CBC", "MOI"] {
        add_unit(&test, "thu", unit);
    }
    for (email, role, unit) in [
        ("vp@thu.example", Role::Office, "MOI"),
        ("tt@thu.example", Role::UnitHead, "CVT"),
        ("cv@thu.example", Role::Staff, "CVT"),
        ("cv2@thu.example", Role::Staff, "CBC"),
    ] {
        add_person(&test, "thu", email, role, Some(unit));
    }
    let ids = ["A1", "A2", "B1", "A3"]
        .map(|code| add_task(&test, "thu", if code == "B1" { "CBC" } else { "CVT" }, code));
    run(
        &mut test.test_db.superuser(),
        "UPDATE tasks SET status = 'completed', completed_on = '2024-11-10', confirmed_on = '2024-11-11' WHERE code = 'A3'",
    );
    let site = Site::new(&test);
    let [office, head] = ["vp@thu.example", "tt@thu.example"].map(|email| site.sign_in("thu", email));
    World { test, site, office, head, ids }
}

impl World {
    fn choose(&self, who: &As, act: &str) -> Answer {
        let tasks: Vec<String> = self.ids.iter().map(|id| format!("task={id}")).collect();
        self.site.send(who, "POST", "/tasks/bulk", &format!("act={act}&query=&{}", tasks.join("&")))
    }

    /// The tasks of a preview, as it sends them on.
    fn seen(preview: &Answer) -> String {
        let values = preview.body.split("name=\"task\" value=\"").skip(1);
        let values: Vec<String> =
            values.filter_map(|rest| rest.split('"').next()).map(|seen| format!("task={seen}")).collect();
        values.join("&")
    }

    fn perform(&self, who: &As, act: &str, seen: &str, rest: &str) -> Answer {
        self.site.send(who, "POST", "/tasks/bulk/do", &format!("act={act}&query=unit%3DCVT&{seen}&{rest}"))
    }

    fn rows(&self) -> Vec<TaskRow> {
        self.test.act("thu", |conn, _| tasks::by_ids(conn, &self.ids)).unwrap()
    }

    fn count(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }
}

#[test]
fn tasks_of_one_unit_are_assigned_and_the_rest_is_told_why_not() {
    let world = world();
    let page = world.site.get(&world.head, "/tasks").body;
    assert!(page.contains("form=\"bulk\"") && page.contains("value=\"assign\""), "{page}");
    assert!(!page.contains("value=\"urge\""), "a head urges nobody");
    let preview = world.choose(&world.office, "assign");
    assert_eq!(preview.status, 200, "{}", preview.body);
    assert!(preview.body.contains("Đã hoàn thành") && preview.body.contains("Do đơn vị khác chủ trì"));
    let seen = World::seen(&preview);
    assert_eq!(seen.matches("task=").count(), 2, "{seen}");
    let staff = person_of(&world.test, "thu", "cv@thu.example");
    let other = person_of(&world.test, "thu", "cv2@thu.example");
    assert!(preview.body.contains(&staff.to_string()) && !preview.body.contains(&other.to_string()));
    // Nobody named, somebody of another unit: it comes back with the tasks kept.
    for rest in ["", &format!("assignee={other}")] {
        let refused = world.perform(&world.office, "assign", &seen, rest);
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.body.contains("id=\"assignee-error\""));
        assert_eq!(World::seen(&refused), seen);
    }
    let done = world.perform(&world.office, "assign", &seen, &format!("assignee={staff}&contact={staff}"));
    assert_eq!(done.status, 303, "{}", done.body);
    let told = world.site.get(&world.office, done.header("location")).body;
    assert!(told.contains("Đã giao 2 nhiệm vụ.") && told.contains("href=\"/tasks?unit=CVT\""), "{told}");
    assert_eq!(world.count("SELECT count(*) FROM task_assignees"), 2);
    assert_eq!(world.count("SELECT count(*) FROM tasks WHERE contact_id IS NOT NULL AND version = 2"), 2);
    assert_eq!(world.count("SELECT count(*) FROM journal WHERE act = 'task.assign'"), 2);
    // The same preview again is of tasks that are others now: nothing is done, and it shows them as they are.
    let stale = world.perform(&world.office, "assign", &seen, &format!("assignee={staff}"));
    assert_eq!(stale.status, 412);
    assert!(stale.body.contains("vừa được người khác thay đổi"), "{}", stale.body);
    assert_eq!(world.count("SELECT count(*) FROM journal WHERE act = 'task.assign'"), 2);
    assert_eq!(World::seen(&stale).matches(":2").count(), 2);
}

#[test]
fn who_may_not_is_told_so_and_does_nothing() {
    let world = world();
    let preview = world.choose(&world.head, "move");
    assert_eq!(preview.status, 200);
    assert!(preview.body.contains("Bạn không có quyền") && World::seen(&preview).is_empty());
    // What a head does not see is gone to them, as an id that never was.
    let foreign = format!("act=assign&query=&task={}&task={}", world.ids[2], Uuid::nil());
    let preview = world.site.send(&world.head, "POST", "/tasks/bulk", &foreign);
    assert_eq!(preview.body.matches("Không còn nhiệm vụ này").count(), 2);
    let forced = format!("task={}:1", world.ids[0]);
    let answer = world.perform(&world.head, "move", &forced, "reason=x");
    assert_eq!(answer.status, 412);
    assert_eq!(world.site.send(&world.head, "POST", "/tasks/bulk", "query=").status, 400);
    assert!(world.rows().iter().all(|row| row.version == 1));
}

#[test]
fn heads_are_urged_by_one_letter_a_unit_and_day() {
    let world = world();
    let preview = world.choose(&world.office, "urge");
    // CBC has no head and no mailbox.
    assert!(preview.body.contains("chưa có thủ trưởng") && preview.body.contains("thủ trưởng CVT"));
    let seen = World::seen(&preview);
    for letters in ["Đã xếp gửi 1 thư", "Đã xếp gửi 0 thư"] {
        let done = world.perform(&world.office, "urge", &seen, "");
        assert_eq!(done.status, 303, "{}", done.body);
        assert!(world.site.get(&world.office, done.header("location")).body.contains(letters));
    }
    assert_eq!(world.count("SELECT count(*) FROM letters WHERE kind = 'urge' AND payload->'tasks' ? 'x'"), 0);
    assert_eq!(
        world.count("SELECT sum(jsonb_array_length(payload->'tasks')) FROM letters WHERE kind = 'urge'"),
        2
    );
}

#[test]
fn a_unit_that_is_split_gives_its_tasks_to_those_that_follow() {
    let world = world();
    let unit = |name: &str| world.test.act("thu", |conn, _| units::find(conn, name)).unwrap().id;
    let (cvt, new) = (unit("CVT"), unit("MOI"));
    let seen = format!("task={}:1", world.ids[0]);
    let wrong = world.perform(&world.office, "move", &seen, "unit=x");
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("id=\"unit-error\"") && wrong.body.contains("id=\"reason-error\""));
    let done = world.perform(&world.office, "move", &seen, &format!("unit={new}&reason=T%C3%A1ch"));
    assert_eq!(done.status, 303, "{}", done.body);
    let lead = |at: &str| {
        world
            .test
            .act("thu", |conn, settings| {
                let visible = dondoc::domain::access::Visible::Tenant;
                let found = tasks::detail(conn, world.ids[0], visible, day(at), settings.due_soon_days)?;
                Ok(found.unwrap().lead.id)
            })
            .unwrap()
    };
    // Its past stays with the unit that led it then.
    assert_eq!((lead("2024-11-28"), lead("2024-11-29")), (cvt, new));
    let row = world.rows().into_iter().find(|row| row.id == world.ids[0]).unwrap();
    assert_eq!((row.lead_unit_id, row.version), (new, 2));
}

#[test]
fn reported_tasks_are_confirmed_but_for_ones_own() {
    let world = world();
    let own = person_of(&world.test, "thu", "vp@thu.example");
    let sql = format!(
        "INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on, submitted_by)
         SELECT tenant_id, gen_random_uuid(), id, '2024-11-14', CASE code WHEN 'A2' THEN '{own}' ELSE 'api_key:X' END
           FROM tasks WHERE code IN ('A1', 'A2');
         UPDATE tasks SET status = 'submitted' WHERE code IN ('A1', 'A2')"
    );
    run(&mut world.test.test_db.superuser(), &sql);
    let preview = world.choose(&world.office, "confirm");
    for words in ["không tự xác nhận", "Đơn vị chưa báo cáo hoàn thành", "Đã hoàn thành"] {
        assert!(preview.body.contains(words), "{words}: {}", preview.body);
    }
    let seen = World::seen(&preview);
    assert_eq!(seen, format!("task={}:1", world.ids[0]));
    let done = world.perform(&world.office, "confirm", &seen, "");
    assert_eq!(done.status, 303, "{}", done.body);
    let row = world.rows().into_iter().find(|row| row.id == world.ids[0]).unwrap();
    assert_eq!((row.status.as_str(), row.completed_on), ("completed", Some(day("2024-11-14"))));
    assert!(world.perform(&world.office, "confirm", &seen, "").status == 412, "once");
}

#[test]
fn one_request_asks_for_a_later_deadline_of_several() {
    let world = world();
    let preview = world.choose(&world.head, "extend");
    let seen = World::seen(&preview);
    assert_eq!(seen.matches("task=").count(), 2, "{}", preview.body);
    let wrong = world.perform(&world.head, "extend", &seen, "due=mai&reason=");
    assert_eq!(wrong.status, 422);
    for kept in ["id=\"due-error\"", "id=\"reason-error\"", "value=\"mai\""] {
        assert!(wrong.body.contains(kept), "{kept}: {}", wrong.body);
    }
    let done = world.perform(&world.head, "extend", &seen, "due=31/12/2024&reason=Ch%E1%BB%9D");
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(world.count("SELECT count(*) FROM task_extensions WHERE wanted_due_on = '2024-12-31'"), 2);
    assert_eq!(world.count("SELECT count(*) FROM extension_requests"), 1);
    let again = world.choose(&world.head, "extend");
    assert_eq!(again.body.matches("Đang có đề nghị gia hạn chưa quyết định").count(), 2, "{}", again.body);
}

#[test]
fn all_of_a_list_is_chosen_by_its_filters() {
    let world = world();
    let chosen = "act=move&which=all&query=unit%3DCVT%26standing%3Doverdue";
    let preview = world.site.send(&world.office, "POST", "/tasks/bulk", chosen);
    assert_eq!(World::seen(&preview).matches("task=").count(), 2, "{}", preview.body);
    run(
        &mut world.test.test_db.superuser(),
        "INSERT INTO tasks (tenant_id, id, code, title, title_key, category, lead_unit_id, product, due_precision, status,
                            created_at, updated_at)
         SELECT tenant_id, gen_random_uuid(), 'X' || n, 'x', 'x', 'key', id, 'report', 'none', 'in_progress', now(), now()
           FROM units, generate_series(1, 501) n WHERE short_name = 'CVT'",
    );
    let many = world.site.send(&world.office, "POST", "/tasks/bulk", "act=move&which=all&query=unit%3DCVT");
    assert_eq!(many.status, 400, "{}", many.body);
}
