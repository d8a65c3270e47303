//! Campaigns: one directive, a task for each of 32 units, one board of who has reported, one click that urges the rest.

use std::collections::HashMap;

use actix_web::test::TestRequest;
use dondoc::campaigns;
use dondoc::domain::access::Role;
use dondoc::domain::campaign::Reported;
use dondoc::mail::{Composition, Letter};
use dondoc::public_url::PublicUrl;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::build::add_unit;
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, day, number, run};

/// The units of the movement.
const UNITS: usize = 32;

struct World {
    test: TestApp,
    site: Site,
    office: As,
    units: Vec<Uuid>,
}

fn world() -> World {
    let test = TestApp::new();
    test.tenant("mot");
    let units: Vec<Uuid> = (1..=UNITS).map(|n| add_unit(&test, "mot", &format!("DV{n:02}"))).collect();
    add_person(&test, "mot", "vp@mot.example", Role::Office, Some("DV01"));
    add_person(&test, "mot", "t2@mot.example", Role::UnitHead, Some("DV02"));
    add_person(&test, "mot", "t3@mot.example", Role::UnitHead, Some("DV03"));
    let site = Site::new(&test);
    let office = site.sign_in("mot", "vp@mot.example");
    World { test, site, office, units }
}

impl World {
    fn send(&self, path: &str, form: &[(&str, &str)]) -> (u16, String, String) {
        let form = serde_urlencoded::to_string(form).unwrap();
        let answer = self.site.send(&self.office, "POST", path, &form);
        (answer.status, answer.header("location").to_owned(), answer.body)
    }

    fn give(&self, whom: &[(&str, &str)]) -> String {
        let mut form = vec![
            ("title", "Tổng kết phong trào thi đua"),
            ("category", "routine"),
            ("source_number", "142/TB-BTTTT"),
            ("source_date", "20/11/2024"),
            ("product", "report"),
            ("assigned_on", "20/11/2024"),
            ("due", "Trước ngày 27/11/2024"),
        ];
        form.extend(whom);
        let (status, place, page) = self.send("/campaigns/new", &form);
        assert_eq!(status, 303, "{page}");
        place.split('?').next().unwrap().to_owned()
    }

    fn count(&self, sql: &str) -> i64 {
        number(&mut self.test.test_db.superuser(), sql)
    }

    fn set(&self, unit: usize, sets: &str) {
        let unit = self.units[unit - 1];
        let sql = format!("UPDATE tasks SET {sets} WHERE lead_unit_id = '{unit}'");
        run(&mut self.test.test_db.superuser(), &sql);
    }

    fn submit(&self, unit: usize, on: &str) {
        let unit = self.units[unit - 1];
        let sql = format!(
            "INSERT INTO task_submissions (tenant_id, id, task_id, submitted_on)
             SELECT tenant_id, gen_random_uuid(), id, '{on}' FROM tasks WHERE lead_unit_id = '{unit}';
             UPDATE tasks SET status = 'submitted' WHERE lead_unit_id = '{unit}'"
        );
        run(&mut self.test.test_db.superuser(), &sql);
    }
}

#[test]
fn thirty_two_units_report_by_a_date_and_one_click_urges_the_rest() {
    let world = world();
    let place = world.give(&[("whom", "all")]);
    let tasks = "SELECT count(*) FROM tasks WHERE due_on = '2024-11-27' AND due_words = 'Trước ngày 27/11/2024'
                   AND assigned_on = '2024-11-20' AND source_number = '142/TB-BTTTT' AND status = 'not_started'";
    assert_eq!(world.count(tasks), 32);
    assert_eq!(world.count("SELECT count(DISTINCT lead_unit_id) FROM tasks"), 32);
    assert_eq!(
        world.count("SELECT count(*) FROM journal WHERE act IN ('task.create', 'campaign.create')"),
        33
    );

    // Five reported in time, two wait, one is withdrawn, one task was deleted; the others are late.
    for unit in 10..15 {
        world.set(unit, "status = 'completed', completed_on = '2024-11-26', confirmed_on = '2024-11-27'");
    }
    world.submit(20, "2024-11-26");
    world.submit(21, "2024-11-28");
    let out = "INSERT INTO task_exclusions (tenant_id, id, task_id, state, from_on)
               SELECT tenant_id, gen_random_uuid(), id, 'cancelled', '2024-11-25' FROM tasks WHERE lead_unit_id = ";
    run(&mut world.test.test_db.superuser(), &format!("{out} '{}'", world.units[29]));
    world.set(32, "deleted_at = now(), deleted_reason = 'nhầm'");
    let id: Uuid = place.rsplit('/').next().unwrap().parse().unwrap();
    let board = world
        .test
        .act("mot", |conn, s| campaigns::board(conn, id, day("2024-11-29"), s.due_soon_days))
        .unwrap();
    let counted: HashMap<&str, u64> =
        Reported::ALL.iter().map(|reported| (reported.code(), board.count(*reported))).collect();
    let expected =
        [("reported", 5), ("waiting", 2), ("overdue", 23), ("pending", 0), ("outside", 1), ("removed", 1)];
    assert_eq!(counted, HashMap::from(expected));
    let listed = world.site.get(&world.office, "/campaigns").body;
    assert!(listed.contains("5/31 đơn vị đã báo cáo") && listed.contains(">23</a>"), "{listed}");
    let late = world.site.get(&world.office, &format!("{place}?reported=overdue")).body;
    assert_eq!(late.matches("<th scope=\"row\">").count(), 23, "exactly the rows that were counted");
    assert_eq!(world.site.get(&world.office, &format!("{place}?reported=x")).status, 400);

    let page = world.site.get(&world.office, &place).body;
    assert!(page.contains("23 đơn vị chưa báo cáo"), "{page}");
    let (status, to, _) = world.send(&format!("{place}/urge"), &[]);
    assert_eq!((status, to.ends_with("done=urged&units=23&letters=2")), (303, true), "{to}");
    assert_eq!(
        world.count("SELECT count(*) FROM letters WHERE kind = 'campaign_urge'"),
        2,
        "two have a head"
    );
    let (_, to, _) = world.send(&format!("{place}/urge"), &[]);
    assert!(to.ends_with("units=0&letters=0"), "once a day: {to}");
    let page = world.site.get(&world.office, &place).body;
    assert!(page.contains("Hôm nay không còn đơn vị nào cần đôn đốc") && page.contains("29/11/2024"));
    assert!(page.contains("không có người nhận thư"), "who could not be written to is told");
    assert_eq!(world.count("SELECT count(*) FROM campaign_urges"), 23);
    assert_eq!(world.count("SELECT count(*) FROM journal WHERE act = 'campaign.urge'"), 1);
}

#[test]
fn the_letter_says_what_is_wanted_and_who_has_reported_gets_none() {
    let world = world();
    let place = world.give(&[("whom", "some"), ("units", &world.units[1].to_string()), ("units", "dv03")]);
    world.send(&format!("{place}/urge"), &[]);
    world.submit(3, "2024-11-28");
    let url = PublicUrl::parse("https://dondoc.example").unwrap();
    let composers = campaigns::composers(&url);
    let task = |unit: usize| {
        let sql = format!("SELECT id::text FROM tasks WHERE lead_unit_id = '{}'", world.units[unit - 1]);
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            id: String,
        }
        use diesel::RunQueryDsl;
        diesel::sql_query(sql).get_result::<Row>(&mut world.test.test_db.superuser()).unwrap().id
    };
    let letter = |unit: usize| Letter {
        id: Uuid::nil(),
        kind: campaigns::URGED.to_owned(),
        person: None,
        address: "a@mot.example".to_owned(),
        day: day("2024-11-29"),
        lang: dondoc::text::Lang::Vi,
        payload: json!({ "task": task(unit) }),
    };
    let letters = [letter(2), letter(3)];
    let composed = world.test.act("mot", |conn, _| (composers[campaigns::URGED])(conn, &letters)).unwrap();
    let Composition::Words(words) = &composed[0] else { panic!("{composed:?}") };
    assert_eq!(words.subject, "Đôn đốc báo cáo (hạn 27/11): Tổng kết phong trào thi đua");
    for told in [
        "Đề nghị DV02 báo cáo",
        "142/TB-BTTTT ngày 20/11/2024",
        "đã quá hạn 2 ngày",
        "https://dondoc.example/tasks/",
    ] {
        assert!(words.text.contains(told) && words.html.contains(told), "{told}: {}", words.text);
    }
    assert_eq!(composed[1], Composition::Skip("reported"));
}

#[test]
fn units_are_added_later_and_a_closed_campaign_stays_as_it_is() {
    let world = world();
    let [first, second] = [0, 1].map(|n: usize| world.units[n].to_string());
    let place = world.give(&[("whom", "some"), ("units", &first)]);
    assert_eq!(world.count("SELECT count(*) FROM tasks"), 1);
    let over = world.send(&format!("{place}/units"), &[("units", &second)]);
    assert_eq!(over.0, 409, "its deadline is over: {}", over.2);

    let mut form =
        vec![("title", "Báo cáo năm"), ("category", "routine"), ("product", "report"), ("due", "Năm 2024")];
    form.extend([("whom", "some"), ("units", first.as_str())]);
    let (status, to, page) = world.send("/campaigns/new", &form);
    assert_eq!(status, 303, "{page}");
    let place = to.split('?').next().unwrap().to_owned();
    let (status, _, page) = world.send(&format!("{place}/units"), &[("units", "x")]);
    assert_eq!((status, page.contains("id=\"units-error\"")), (422, true));
    let both = [("units", first.as_str()), ("units", second.as_str())];
    assert_eq!(world.send(&format!("{place}/units"), &both).0, 303);
    assert_eq!(world.send(&format!("{place}/units"), &both).0, 303);
    let added = "SELECT count(*) FROM tasks WHERE due_on = '2024-12-31' AND assigned_on = '2024-11-29'";
    assert_eq!(world.count(added), 2, "a unit has one task of it");

    let (status, _, page) = world.send(&format!("{place}/close"), &[("version", "2")]);
    assert_eq!((status, page.contains("id=\"reason-error\"")), (422, true));
    assert_eq!(world.send(&format!("{place}/close"), &[("version", "1"), ("reason", "Đủ")]).0, 412);
    assert_eq!(world.send(&format!("{place}/close"), &[("version", "2"), ("reason", "Đủ")]).0, 303);
    assert_eq!(world.send(&format!("{place}/urge"), &[]).0, 409);
    assert_eq!(world.send(&format!("{place}/units"), &both).0, 409);
    let page = world.site.get(&world.office, &place).body;
    assert!(page.contains("đã đóng 29/11/2024: Đủ") && !page.contains("/urge"));
    assert_eq!(world.count("SELECT count(*) FROM tasks WHERE status = 'not_started'"), 3, "the tasks go on");
}

#[test]
fn the_api_gives_reads_and_urges() {
    let world = world();
    let office = world.site.token("mot", "vp@mot.example");
    let typed = json!({
        "title": "Báo cáo năm", "category": "routine", "product": "report", "due": "Năm 2024", "everyone": true,
    });
    let send = |path: &str, header: (&str, &str), body: &Value| {
        let request = TestRequest::post().uri(path).insert_header(header).set_json(body);
        world.site.ask(&office, request)
    };
    let wrong = send("/api/v1/campaigns", ("idempotency-key", "a"), &json!({}));
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let fields: Vec<Value> = wrong.json()["errors"].as_array().unwrap().clone();
    assert!(fields.len() >= 5, "every fault at once: {fields:?}");
    let made = send("/api/v1/campaigns", ("idempotency-key", "b"), &typed);
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(send("/api/v1/campaigns", ("idempotency-key", "b"), &typed).body, made.body);
    assert_eq!(world.count("SELECT count(*) FROM tasks"), 32);
    let place = made.header("location").to_owned();
    let read = world.site.get(&office, &place);
    assert_eq!(
        (read.json()["rows"].as_array().unwrap().len(), &read.json()["units"]["pending"]),
        (32, &json!(32))
    );
    let listed = world.site.get(&office, "/api/v1/campaigns").json();
    assert_eq!(listed["items"][0]["units"]["pending"], 32);
    let urge = format!("{place}/urge");
    assert_eq!(send(&urge, ("x-nothing", "1"), &json!({})).status, 428);
    let urged = send(&urge, ("if-match", read.header("etag")), &json!({}));
    assert_eq!(urged.status, 200, "{}", urged.body);
    assert_eq!(urged.json()["rows"][5]["urged_on"], json!(["2024-11-29"]));
    let head = world.site.token("mot", "t2@mot.example");
    assert_eq!(world.site.get(&head, &place).status, 403);
}

#[test]
fn every_fault_of_the_form_is_told_at_once() {
    let world = world();
    let form = [
        ("title", ""),
        ("category", "x"),
        ("product", ""),
        ("source_date", "31/2/2024"),
        ("assigned_on", "30/11/2024"),
        ("due", "hôm nào đó"),
        ("whom", "some"),
    ];
    let (status, _, page) = world.send("/campaigns/new", &form);
    assert_eq!(status, 422);
    for field in ["title", "category", "product", "source_date", "assigned_on", "due", "units"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    assert!(page.contains("hôm nào đó"), "what was typed is kept");
    for due in ["19/11/2024", "Thường xuyên", "31/12/2099"] {
        let form = [
            ("title", "A"),
            ("category", "key"),
            ("product", "report"),
            ("assigned_on", "20/11/2024"),
            ("due", due),
            ("whom", "all"),
        ];
        let (status, _, page) = world.send("/campaigns/new", &form);
        assert_eq!((status, page.contains("id=\"due-error\"")), (422, true), "{due}");
    }
    assert_eq!(world.count("SELECT count(*) FROM campaigns"), 0);
}
