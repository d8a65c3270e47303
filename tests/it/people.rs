//! People and posts as an administrator looks after them, through the pages.

use dondoc::domain::access::Role;
use uuid::Uuid;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, number, run};

struct World {
    test: TestApp,
    site: Site,
    admin: As,
}

impl World {
    fn new() -> Self {
        let test = TestApp::new();
        test.tenant("mot");
        for unit in ["CVT", "VP"] {
            add_unit(&test, "mot", unit);
        }
        add_person(&test, "mot", "qt@mot.example", Role::Admin, None);
        // The administrator that comes with the tenant has no password: only this one is left to count.
        let quiet = "UPDATE persons SET active = false WHERE email = 'admin@mot.example'";
        run(&mut test.test_db.superuser(), quiet);
        let site = Site::new(&test);
        let admin = site.sign_in("mot", "qt@mot.example");
        Self { test, site, admin }
    }

    fn person(&self, name: &str, role: Role, unit: Option<&str>) -> Uuid {
        let email = format!("{name}@mot.example");
        add_person(&self.test, "mot", &email, role, unit);
        person_of(&self.test, "mot", &email)
    }

    fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let form = serde_urlencoded::to_string(form).unwrap();
        let answer = self.site.send(&self.admin, "POST", path, &form);
        (answer.status, answer.body)
    }

    fn count(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }

    fn unit(&self, name: &str) -> String {
        self.id(&format!("SELECT id FROM units WHERE short_name = '{name}'"))
    }

    fn id(&self, sql: &str) -> String {
        use diesel::prelude::*;
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            id: String,
        }
        let sql = format!("SELECT ({sql})::text AS id");
        diesel::sql_query(sql).get_result::<Row>(&mut self.test.test_db.superuser()).unwrap().id
    }
}

#[test]
fn a_person_is_added_gets_a_link_once_and_signs_in() {
    let world = World::new();
    let unit = world.unit("CVT");
    let form = [
        ("name", "Chuyên  viên mới"),
        ("email", "B@Mot.example"),
        ("role", "staff"),
        ("unit", unit.as_str()),
    ];
    let (status, page) = world.post("/people/new", &form);
    assert_eq!(status, 200, "{page}");
    let link = page.split("/password?link=").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let id = person_of(&world.test, "mot", "b@mot.example");
    let shown = world.site.get(&world.admin, &format!("/people/{id}")).body;
    assert!(shown.contains("Chuyên viên mới") && !shown.contains("password?link="));
    let password = "mật khẩu của người mới";
    let form =
        serde_urlencoded::to_string([("link", link.as_str()), ("password", password), ("again", password)]);
    assert_eq!(world.site.send(&As::Nobody, "POST", "/password", &form.unwrap()).status, 303);
    assert_eq!(world.site.ask_token("mot", "b@mot.example", password).status, 200);
    assert_eq!(world.count("SELECT count(*) FROM journal WHERE act IN ('person.create', 'post.create', 'link.create') AND actor <> 'operator'"), 3);
    let list = world.site.get(&world.admin, "/people?q=chuyen+vien&role=staff");
    let rows = list.body.split("<main").nth(1).unwrap();
    assert!(rows.contains("Chuyên viên mới") && !rows.contains("qt@mot.example"), "{rows}");
}

#[test]
fn a_faulty_form_comes_back_with_its_values_and_every_fault() {
    let world = World::new();
    let (status, page) = world.post("/people/new", &[("name", "B"), ("email", "b"), ("until", "1/1/2020")]);
    assert_eq!(status, 422);
    for id in ["email-error", "role-error", "until-error"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(page.contains("value=\"B\"") && page.contains("value=\"1/1/2020\""));
    let taken = [("name", "B"), ("email", "qt@mot.example"), ("role", "leader")];
    let (status, page) = world.post("/people/new", &taken);
    assert_eq!((status, page.contains("id=\"email-error\"")), (422, true));
    assert_eq!(world.count("SELECT count(*) FROM persons"), 2);
}

#[test]
fn disabling_bites_at_once_and_enabling_lets_in_again() {
    let world = World::new();
    let id = world.person("b", Role::Staff, Some("CVT"));
    let (page, token) =
        (world.site.sign_in("mot", "b@mot.example"), world.site.token("mot", "b@mot.example"));
    assert_eq!(world.site.get(&page, "/tasks").status, 200);
    assert_eq!(world.post(&format!("/people/{id}/disable"), &[]).0, 200);
    assert_eq!(world.site.get(&page, "/tasks").status, 303);
    assert_eq!(world.site.get(&token, "/api/v1/me").status, 401);
    assert_eq!(world.post(&format!("/people/{id}/enable"), &[]).0, 200);
    assert_eq!(world.site.get(&page, "/tasks").status, 303, "the old session stays ended");
    world.site.sign_in("mot", "b@mot.example");
}

#[test]
fn the_last_administrator_stays() {
    let world = World::new();
    let own = person_of(&world.test, "mot", "qt@mot.example");
    let post = world.id(&format!("SELECT id FROM posts WHERE person_id = '{own}'"));
    for (act, form) in [("disable", vec![]), ("posts/end", vec![("post", post.as_str())])] {
        let (status, page) = world.post(&format!("/people/{own}/{act}"), &form);
        assert_eq!((status, page.contains("ít nhất một quản trị")), (422, true), "{act}");
    }
    assert_eq!(world.count("SELECT count(*) FROM posts WHERE until_on IS NOT NULL"), 0);
    world.person("c", Role::Admin, None);
    assert_eq!(world.post(&format!("/people/{own}/posts/end"), &[("post", &post)]).0, 200);
    assert_eq!(world.site.get(&world.admin, "/people").status, 303, "the post ended at once");
}

#[test]
fn a_deputy_has_role_and_unit_of_the_post_for_the_term() {
    let world = World::new();
    let head = world.person("head", Role::UnitHead, Some("CVT"));
    let id = world.person("b", Role::Staff, Some("VP"));
    let post = world.id(&format!("SELECT id FROM posts WHERE person_id = '{head}'"));
    let form = [("deputy_for", post.as_str()), ("from", "29/11/2024"), ("until", "05/12/2024")];
    assert_eq!(world.post(&format!("/people/{id}/posts"), &form).0, 200);
    let told = format!(
        "SELECT count(*) FROM posts WHERE person_id = '{id}' AND role = 'unit_head' AND deputy_for_id = '{post}'
            AND unit_id = '{}' AND until_on = '2024-12-05'",
        world.unit("CVT")
    );
    assert_eq!(world.count(&told), 1);
}

#[test]
fn switching_posts_changes_what_is_seen() {
    let world = World::new();
    let (cvt, vp) = (add_task(&world.test, "mot", "CVT", "A1"), add_task(&world.test, "mot", "VP", "B1"));
    let id = world.person("b", Role::Staff, Some("CVT"));
    let who = world.site.sign_in("mot", "b@mot.example");
    let sees = |task: Uuid| world.site.get(&who, &format!("/tasks/{task}")).status == 200;
    assert!(!world.site.get(&who, "/unit").body.contains("name=\"post\""), "nothing to choose yet");
    let unit = world.unit("VP");
    let form = [("role", "unit_head"), ("unit", unit.as_str()), ("from", "01/11/2024")];
    assert_eq!(world.post(&format!("/people/{id}/posts"), &form).0, 200);
    assert!(world.site.get(&who, "/unit").body.contains("name=\"post\""));
    assert!(sees(cvt) && !sees(vp));
    let second = world.id(&format!("SELECT id FROM posts WHERE person_id = '{id}' AND role = 'unit_head'"));
    let other = world
        .id("SELECT p.id FROM posts p JOIN persons n ON n.id = p.person_id WHERE n.email = 'qt@mot.example'");
    let switch = |post: &str| world.site.send(&who, "POST", "/account/post", &format!("post={post}")).status;
    assert_eq!(switch(&other), 404, "somebody else's post");
    assert_eq!(switch(&second), 303);
    assert!(!sees(cvt) && sees(vp));
    assert_eq!(world.count("SELECT count(*) FROM journal WHERE act = 'session.post'"), 1);
}

#[test]
fn a_hand_over_moves_exactly_the_open_tasks() {
    let world = World::new();
    let tasks = ["OPEN", "DONE", "GONE", "ELSE"].map(|code| add_task(&world.test, "mot", "CVT", code));
    let (from, to) =
        (world.person("b", Role::Staff, Some("CVT")), world.person("c", Role::Staff, Some("CVT")));
    let sql = format!(
        "UPDATE tasks SET contact_id = '{from}', leader_id = '{to}' WHERE code <> 'ELSE';
         UPDATE tasks SET status = 'completed', completed_on = '2024-11-01', confirmed_on = '2024-11-02' WHERE code = 'DONE';
         UPDATE tasks SET status = 'cancelled' WHERE code = 'GONE';
         INSERT INTO task_assignees SELECT tenant_id, id, p FROM tasks, unnest(ARRAY['{from}', '{to}']::uuid[]) p
          WHERE code IN ('OPEN', 'DONE')"
    );
    run(&mut world.test.test_db.superuser(), &sql);
    let place = format!("/people/{from}/hand-over");
    assert_eq!(world.post(&place, &[("to", &from.to_string())]).0, 422, "to themselves");
    let (status, page) = world.post(&place, &[("to", &to.to_string())]);
    assert_eq!(status, 200);
    assert!(page.contains("Đã bàn giao 1 nhiệm vụ"), "{page}");
    let held = |who: Uuid| world.count(&format!("SELECT count(*) FROM tasks WHERE contact_id = '{who}'"));
    assert_eq!((held(from), held(to)), (2, 1));
    let assigned =
        |who: Uuid| world.count(&format!("SELECT count(*) FROM task_assignees WHERE person_id = '{who}'"));
    assert_eq!((assigned(from), assigned(to)), (1, 2));
    assert_eq!(world.count("SELECT count(*) FROM tasks WHERE version = 2"), 1);
    let told =
        format!("SELECT count(*) FROM journal WHERE act = 'task.hand_over' AND subject_id = '{}'", tasks[0]);
    assert_eq!(world.count(&told), 1);
    assert_eq!(world.count("SELECT count(*) FROM journal WHERE act = 'task.hand_over'"), 1);
}

#[test]
fn refusals_and_denials_stand_in_the_journal_which_the_page_shows() {
    let world = World::new();
    world.person("b", Role::Staff, Some("CVT"));
    let who = world.site.sign_in("mot", "b@mot.example");
    assert_eq!(world.site.get(&who, "/dashboard").status, 403);
    assert_eq!(world.site.ask_token("mot", "b@mot.example", "không phải mật khẩu").status, 401);
    assert_eq!(world.site.ask_token("mot", "nobody@mot.example", "không phải mật khẩu").status, 401);
    let page = world.site.get(&world.admin, "/audit?person=b%40mot.example").body;
    for words in [
        "Bị từ chối vì không có quyền",
        "Đăng nhập bị từ chối",
        "Xem số liệu toàn tổ chức",
        "29/11/2024 09:00:00",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let denied =
        world.site.get(&world.admin, "/audit?act=access.denied&from=29%2F11%2F2024&to=29%2F11%2F2024").body;
    assert!(denied.contains("<td") && !denied.contains("<td data-label=\"Việc\">Đăng nhập"), "{denied}");
    assert!(!world.site.get(&world.admin, "/audit?to=28%2F11%2F2024").body.contains("<td"));
    for (address, status) in
        [("person=x%40y.example", 400), ("act=x", 400), ("before=x", 400), ("from=x", 400)]
    {
        assert_eq!(world.site.get(&world.admin, &format!("/audit?{address}")).status, status, "{address}");
    }
    let start = world.site.get(&world.admin, "/organisation").body;
    assert!(start.contains("2 đơn vị chưa có thủ trưởng") && start.contains("href=\"/audit\""), "{start}");
}

#[test]
fn the_journal_goes_on_to_its_beginning() {
    let world = World::new();
    for n in 0..60 {
        add_unit(&world.test, "mot", &format!("U{n}"));
    }
    let (mut address, mut rows) = ("/audit".to_owned(), 0);
    loop {
        let page = world.site.get(&world.admin, &address).body;
        rows += page.matches("<th scope=\"row\">").count();
        match page.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()) {
            Some(next) => address = next.replace("&amp;", "&").replace("&#38;", "&"),
            None => break,
        }
    }
    assert_eq!(i64::try_from(rows).unwrap(), world.count("SELECT count(*) FROM journal"));
}
