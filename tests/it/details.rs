//! One task: who sees it, how it stands on which day, and what is told of it.

use dondoc::domain::access::Visible;
use dondoc::domain::standing::Standing;
use dondoc::domain::task::ExtensionDecision;
use dondoc::ids::new_id;
use dondoc::tasks::report::{TaskDetailOut, TaskOut};
use dondoc::tasks::{self, Actor, TaskDetail, TaskFilterInput};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::build::add_unit;
use crate::support::sheet::import_tasks;
use crate::support::{TestApp, day, run};

const SHEET: &[&[&str]] = &[
    &[
        "Mã",
        "Nội dung nhiệm vụ",
        "Đơn vị chủ trì",
        "Đơn vị phối hợp",
        "Ngày giao",
        "Thời hạn",
        "Gia hạn đến",
        "Ngày quyết định gia hạn",
        "Tình trạng",
        "Ngày hoàn thành",
        "Số, ký hiệu văn bản giao",
    ],
    &[
        "A1",
        "Một",
        "CVT",
        "CBC",
        "05/01/2024",
        "Quý II/2024",
        "30/09/2024",
        "20/06/2024",
        "Đã hoàn thành",
        "15/10/2024",
        "12/QĐ-TTg",
    ],
    &["A2", "Hai", "CBC", "", "05/02/2024", "31/10/2024", "", "", "Đang thực hiện", "", ""],
];

struct World {
    test: TestApp,
    cvt: Uuid,
    cbc: Uuid,
    other: Uuid,
}

fn world() -> World {
    let test = TestApp::new();
    test.tenant("thu");
    let [cvt, cbc, other] = ["CVT", "CBC", "PC"].map(|name| add_unit(&test, "thu", name));
    let report = import_tasks(&test, "thu", SHEET);
    assert!(!report.refused, "{:?}", report.faults);
    World { test, cvt, cbc, other }
}

impl World {
    fn id(&self, code: &str) -> Uuid {
        let rows = self.test.act("thu", |conn, _| tasks::by_codes(conn, &[code.to_owned()])).unwrap();
        rows[0].id
    }

    fn detail(&self, id: Uuid, visible: Visible, at: &str) -> Option<TaskDetail> {
        self.test
            .act("thu", |conn, settings| tasks::detail(conn, id, visible, day(at), settings.due_soon_days))
            .unwrap()
    }
}

#[test]
fn a_task_is_told_with_its_facts_and_its_history() {
    let world = world();
    let found = world.detail(world.id("A1"), Visible::Tenant, "2024-11-29").unwrap();
    let listed = found.listed.as_ref().unwrap();
    assert_eq!((listed.standing, listed.days_late), (Standing::CompletedLate, 15));
    assert_eq!((found.lead.id, found.coordinating[0].id), (world.cvt, world.cbc));
    assert_eq!((found.coordinating.len(), found.units.len()), (1, 3));
    assert_eq!(found.extensions[0].decision, Some(ExtensionDecision::Agreed));
    assert_eq!(found.extensions[0].new_due_on, Some(day("2024-09-30")));
    assert_eq!((found.submissions.len(), found.submissions[0].accepted), (1, Some(true)));
    assert_eq!(found.journal[0].act, "task.create");
    assert_eq!(found.journal[0].actor, Actor::Import { file_name: "tasks.xlsx".into() });
    assert_eq!(found.journal[0].after.as_ref().unwrap()["unit"], json!(world.cvt));
}

#[test]
fn a_past_day_is_told_as_it_was_and_a_day_before_the_assignment_has_no_view() {
    let world = world();
    let id = world.id("A1");
    let before = world.detail(id, Visible::Tenant, "2024-10-14").unwrap().listed.unwrap();
    assert_eq!((before.standing, before.days_late), (Standing::Overdue, 14));
    let first = world.detail(id, Visible::Tenant, "2024-06-19").unwrap();
    assert_eq!(first.listed.unwrap().due_on, Some(day("2024-06-30")));
    assert_eq!(first.working_days_left, 7);
    assert_eq!(world.detail(id, Visible::Tenant, "2024-01-04").unwrap().listed, None);
}

#[test]
fn unknown_deleted_and_unseen_are_the_same() {
    let world = world();
    let (first, second) = (world.id("A1"), world.id("A2"));
    let sees = |id, visible| world.detail(id, visible, "2024-11-29").is_some();
    assert!(sees(first, Visible::Unit(world.cvt)) && sees(first, Visible::Unit(world.cbc)));
    assert!(sees(second, Visible::Unit(world.cbc)) && !sees(second, Visible::Unit(world.cvt)));
    assert!(!sees(first, Visible::Unit(world.other)) && !sees(first, Visible::Nothing));
    assert!(!sees(new_id(), Visible::Tenant));
    world.test.tenant("khac");
    let foreign = world
        .test
        .act("khac", |conn, _| tasks::detail(conn, first, Visible::Tenant, day("2024-11-29"), 3))
        .unwrap();
    assert_eq!(foreign, None);
    run(&mut world.test.test_db.superuser(), "UPDATE tasks SET deleted_at = now() WHERE code = 'A1'");
    assert!(!sees(first, Visible::Tenant));
}

#[test]
fn who_has_given_a_task_away_reads_no_more_of_it() {
    let world = world();
    let id = world.id("A2");
    let change = format!(
        "INSERT INTO task_lead_changes (tenant_id, id, task_id, changed_on, from_unit_id)
         SELECT tenant_id, gen_random_uuid(), id, '2024-06-01', '{}' FROM tasks WHERE code = 'A2'",
        world.cvt
    );
    run(&mut world.test.test_db.superuser(), &change);
    let lead = |visible, at| world.detail(id, visible, at).map(|task| task.lead.id);
    for at in ["2024-05-31", "2024-06-01"] {
        assert_eq!(lead(Visible::Unit(world.cvt), at), None, "{at}");
    }
    assert_eq!(lead(Visible::Unit(world.cbc), "2024-06-01"), Some(world.cbc));
    assert_eq!(lead(Visible::Unit(world.cbc), "2024-05-31"), Some(world.cvt), "who led then");
}

#[test]
fn a_person_of_the_journal_is_named() {
    let world = world();
    let person = new_id();
    let sql = format!(
        "INSERT INTO persons (tenant_id, id, full_name, email, created_at)
         SELECT id, '{person}', 'Văn thư', 'van.thu@thu.example', now() FROM tenants;
         INSERT INTO journal (tenant_id, id, at, actor, act, subject, subject_id)
         SELECT tenant_id, gen_random_uuid(), now() + interval '1 day', '{person}', 'task.change', 'task', id
           FROM tasks WHERE code = 'A1'"
    );
    run(&mut world.test.test_db.superuser(), &sql);
    let found = world.detail(world.id("A1"), Visible::Tenant, "2024-11-29").unwrap();
    assert_eq!(found.journal.len(), 2);
    assert_eq!(found.journal[0].actor, Actor::Person { name: "Văn thư".into() });
}

#[test]
fn json_has_codes_dates_and_ids_as_texts() {
    let world = world();
    let id = world.id("A1");
    let found = world.detail(id, Visible::Tenant, "2024-11-29").unwrap();
    let out = serde_json::to_value(TaskDetailOut::from(&found)).unwrap();
    assert_eq!(out["id"], json!(id.to_string()));
    assert_eq!((&out["source"]["number"], &out["due_words"]), (&json!("12/QĐ-TTg"), &json!("Quý II/2024")));
    assert_eq!((&out["view"]["standing"], &out["as_of"]), (&json!("completed_late"), &json!("2024-11-29")));
    assert_eq!(out["extensions"][0]["new_due_on"], json!("2024-09-30"));
    assert_eq!(out["lead_unit"]["short_name"], json!("CVT"));
    assert_eq!(out["created_at"], json!("2024-11-29T02:00:00Z"));
    assert_eq!(
        (&out["history"][0]["actor_kind"], &out["history"][0]["actor"]),
        (&json!("import"), &json!("tasks.xlsx"))
    );
    let listed = world
        .test
        .act("thu", |conn, _| tasks::list(conn, day("2024-11-29"), 3, TaskFilterInput::default()))
        .unwrap();
    let line: Value = serde_json::to_value(TaskOut::from(&listed[0])).unwrap();
    assert_eq!((&line["code"], &line["days_late"], &line["unit"]), (&json!("A2"), &json!(29), &json!("CBC")));
}
