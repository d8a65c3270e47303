//! Units as an administrator looks after them: no figure of a past day may change.

use dondoc::domain::access::Role;
use serde_json::Value;

use crate::support::build::{add_task, add_unit};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, number};

struct World {
    test: TestApp,
    site: Site,
    admin: As,
    office: As,
    ids: [String; 3],
}

impl World {
    fn new() -> Self {
        let test = TestApp::new();
        test.tenant("mot");
        let ids = ["CVT", "CBC", "VP"].map(|unit| add_unit(&test, "mot", unit).to_string());
        add_person(&test, "mot", "qt@mot.example", Role::Admin, None);
        add_person(&test, "mot", "vp@mot.example", Role::Office, Some("VP"));
        for code in ["A1", "A2"] {
            add_task(&test, "mot", "CVT", code);
        }
        add_task(&test, "mot", "CBC", "B1");
        let site = Site::new(&test);
        let (admin, office) = (site.sign_in("mot", "qt@mot.example"), site.token("mot", "vp@mot.example"));
        Self { test, site, admin, office, ids }
    }

    fn post(&self, path: &str, form: &str) -> (u16, String) {
        let answer = self.site.send(&self.admin, "POST", path, form);
        (answer.status, answer.body)
    }

    fn briefing(&self, cutoff: &str) -> Value {
        let mut told =
            self.site.get(&self.office, &format!("/api/v1/briefings/2024-11?cutoff={cutoff}")).json();
        told.as_object_mut().unwrap().remove("computed_at");
        told
    }

    fn count(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }
}

#[test]
fn a_merge_moves_the_open_tasks_from_today_on_and_leaves_the_past() {
    let world = World::new();
    let (past, today) = (world.briefing("2024-11-28"), world.briefing("2024-11-29"));
    let place = format!("/units/{}/end", world.ids[0]);
    let (status, page) = world.post(&place, "");
    assert_eq!((status, page.contains("cần chọn đơn vị kế thừa")), (422, true), "{page}");
    for wrong in [&world.ids[0], "x"] {
        let (status, page) = world.post(&place, &format!("successor={wrong}"));
        assert_eq!((status, page.contains("id=\"successor-error\"")), (422, true));
    }
    assert_eq!(world.post(&place, &format!("successor={}", world.ids[1])).0, 303);
    assert_eq!(world.briefing("2024-11-28"), past);
    assert_ne!(world.briefing("2024-11-29"), today);
    let led = format!("SELECT count(*) FROM tasks WHERE lead_unit_id = '{}'", world.ids[1]);
    assert_eq!(world.count(&led), 3);
    let told = "SELECT count(*) FROM task_lead_changes WHERE changed_on = '2024-11-29' AND reason = 'CVT'";
    assert_eq!(world.count(told), 2);
    let told =
        "SELECT count(*) FROM journal WHERE act IN ('unit.end', 'task.change') AND actor <> 'operator'";
    assert_eq!(world.count(told), 3);
    let list = world.site.get(&world.admin, "/units").body;
    assert!(list.contains("đến trước 29/11/2024") && list.contains("2 đơn vị"), "{list}");
    assert_eq!(world.post(&place, "").0, 404, "it has ended already");
}

#[test]
fn a_new_unit_exists_from_today_on() {
    let world = World::new();
    let past = world.briefing("2024-11-28");
    assert_eq!(world.post("/units", "name=C%E1%BB%A5c+m%E1%BB%9Bi&short_name=CM").0, 303);
    assert_eq!(world.briefing("2024-11-28"), past);
    assert!(world.briefing("2024-11-29").to_string().contains("Cục mới"));
    let (status, page) = world.post("/units", "name=cvt&short_name=");
    assert_eq!(status, 422);
    assert!(page.contains("id=\"name-error\"") && page.contains("id=\"short_name-error\""));
    assert!(page.contains("value=\"cvt\""));
    let id = world.test.act("mot", |conn, _| dondoc::units::find(conn, "CM")).unwrap().id;
    let (status, page) = world.post(&format!("/units/{id}/end"), "");
    assert_eq!((status, page.contains("từ ngày mai")), (422, true));
}

#[test]
fn a_name_put_right_changes_no_figure() {
    let world = World::new();
    let before = world.briefing("2024-11-28").to_string();
    let place = format!("/units/{}/name", world.ids[0]);
    assert_eq!(world.post(&place, "name=CBC&short_name=CVX").0, 422, "another's name");
    assert_eq!(world.post(&place, "name=CVX&short_name=CVX").0, 303);
    assert_eq!(world.briefing("2024-11-28").to_string().replace("CVX", "CVT"), before);
    let told = "SELECT count(*) FROM journal WHERE act = 'unit.change' AND before->>'name' = 'CVT' AND after->>'name' = 'CVX'";
    assert_eq!(world.count(told), 1);
}

#[test]
fn units_are_put_in_order() {
    let world = World::new();
    let order = || {
        world
            .test
            .act("mot", |conn, _| dondoc::units::all(conn))
            .unwrap()
            .into_iter()
            .map(|u| u.short_name)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let [cvt, cbc, vp] = &world.ids;
    assert_eq!(world.post(&format!("/units/{vp}/move"), "behind=").0, 303);
    assert_eq!(order(), "VP CVT CBC");
    assert_eq!(world.post(&format!("/units/{cvt}/move"), &format!("behind={cbc}")).0, 303);
    assert_eq!(order(), "VP CBC CVT");
    assert_eq!(world.post(&format!("/units/{cvt}/move"), &format!("behind={cvt}")).0, 422);
}

#[test]
fn who_is_reminded_of_a_unit_is_said_on_its_page() {
    let world = World::new();
    crate::support::site::add_person(
        &world.test,
        "mot",
        "lanhdao@mot.example",
        dondoc::domain::access::Role::Leader,
        None,
    );
    let leader = crate::support::build::person_of(&world.test, "mot", "lanhdao@mot.example");
    let place = format!("/units/{}/reminded", world.ids[0]);
    let (status, page) = world.post(&place, &format!("mailbox=khong&overseer={}", world.ids[0]));
    assert_eq!(status, 422);
    assert!(page.contains("id=\"mailbox-error\"") && page.contains("id=\"overseer-error\""), "{page}");
    assert_eq!(world.post(&place, &format!("mailbox=CVT%40mot.example&overseer={leader}")).0, 303);
    let kept =
        format!("SELECT count(*) FROM units WHERE mailbox = 'cvt@mot.example' AND overseer_id = '{leader}'");
    assert_eq!(world.count(&kept), 1);
    assert_eq!(world.post(&place, "mailbox=&overseer=").0, 303);
    assert_eq!(
        world.count(
            "SELECT count(*) FROM units WHERE mailbox IS NULL AND overseer_id IS NULL AND short_name = 'CVT'"
        ),
        1
    );
}
