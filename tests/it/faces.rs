//! The faces of one use case: page, API and command line give the same figures and the same rows, on the ministry's
//! workbook and on random facts; and what each face weighs.

use std::fs;

use actix_web::test::TestRequest;
use dondoc::briefings::{self, BriefingOut, Request};
use dondoc::domain::access::Role;
use dondoc::domain::period::Month;
use dondoc::tasks::report::TaskOut;
use dondoc::tasks::{self, StandingFilter, TaskFilterInput};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::figures::random_tenant;
use crate::support::sheet::{PLAIN, import_bytes};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, data, day};

/// The ministry with a person of each role that reads.
fn ministry() -> TestApp {
    let test = TestApp::new();
    test.tenant("btttt");
    import_bytes(&test, "btttt", "nhiem-vu-2024.xlsx", &fs::read(data("nhiem-vu-2024.xlsx")).unwrap(), PLAIN);
    add_person(&test, "btttt", "office@btttt.example", Role::Office, Some("VP"));
    add_person(&test, "btttt", "head@btttt.example", Role::UnitHead, Some("CVT"));
    test
}

/// Every item of a list, walked by its cursors in parts of `limit`.
fn walk(site: &Site, who: &As, query: &str, limit: u32) -> Vec<Value> {
    let mut found = Vec::new();
    let mut address = format!("/api/v1/tasks?{query}&limit={limit}");
    loop {
        let answer = site.get(who, &address);
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        let part = answer.json();
        found.extend(part["items"].as_array().unwrap().clone());
        match part["next"].as_str() {
            Some(next) => address = format!("/api/v1/tasks?{query}&limit={limit}&cursor={next}"),
            None => return found,
        }
    }
}

/// The figures as the command line prints them.
fn printed(test: &TestApp, slug: &str, month: &str, cutoff: &str) -> Value {
    let request = Request { month: Month::parse(month).unwrap(), cutoff: day(cutoff) };
    test.act(slug, |conn, settings| {
        let briefing = briefings::compute(conn, settings, request)?;
        Ok(serde_json::to_value(BriefingOut::from(&briefing)).unwrap())
    })
    .unwrap()
}

#[test]
fn the_api_gives_the_figures_of_the_independent_count() {
    let test = ministry();
    let site = Site::new(&test);
    let office = site.token("btttt", "office@btttt.example");
    let truth: Value = serde_json::from_slice(&fs::read(data("nhiem-vu-2024.truth.json")).unwrap()).unwrap();
    for expected in truth["briefings"].as_array().unwrap() {
        let (month, cutoff) = (expected["month"].as_str().unwrap(), expected["cutoff"].as_str().unwrap());
        let answer = site.get(&office, &format!("/api/v1/briefings/{month}?cutoff={cutoff}")).json();
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(&answer[name], value, "{month} {name}");
        }
        assert_eq!(answer, printed(&test, "btttt", month, cutoff));
    }
    let usual = site.get(&office, "/api/v1/briefings/2024-11").json();
    assert_eq!(usual["cutoff"], "2024-11-29", "today, as on the pages: the month's last day has not come");
    let page = site.get(&office, "/briefings?month=2024-11&cutoff=29/11/2024");
    for words in
        ["13 cơ quan, đơn vị có 32 nhiệm vụ trọng tâm quá hạn", "309 nhiệm vụ", "08 đề án", "18 thông tư"]
    {
        assert!(page.body.contains(words), "{words}");
    }
}

#[test]
fn a_walk_by_cursors_is_the_list_of_the_command_line() {
    let test = ministry();
    let site = Site::new(&test);
    let office = site.token("btttt", "office@btttt.example");
    let lists = [
        ("", TaskFilterInput::default()),
        (
            "standing=overdue",
            TaskFilterInput { standing: StandingFilter::from_code("overdue"), ..Default::default() },
        ),
        ("unit=KTS%26XHS", TaskFilterInput { unit: Some("KTS&XHS".into()), ..Default::default() }),
    ];
    for as_of in ["2024-11-29", "2024-06-30"] {
        for (query, asked) in &lists {
            let listed = test
                .act("btttt", |conn, settings| {
                    tasks::list(conn, day(as_of), settings.due_soon_days, asked.clone())
                })
                .unwrap();
            let expected: Vec<Value> =
                listed.iter().map(|task| serde_json::to_value(TaskOut::from(task)).unwrap()).collect();
            assert!(!expected.is_empty());
            assert_eq!(
                walk(&site, &office, &format!("{query}&as_of={as_of}"), 97),
                expected,
                "{query} {as_of}"
            );
        }
    }
    assert_eq!(walk(&site, &office, "standing=overdue&category=key", 10).len(), 32);
    let page = site.get(&office, "/tasks?standing=overdue&category=key&limit=200");
    assert!(page.body.contains("<b>32 nhiệm vụ</b>"));
}

#[test]
fn random_facts_have_the_same_figures_on_every_face() {
    let (test, _, _) = random_tenant(&mut TestRunner::deterministic(), 300);
    add_person(&test, "nay", "office@nay.example", Role::Leader, None);
    let site = Site::new(&test);
    let office = site.token("nay", "office@nay.example");
    for (month, cutoff) in [("2024-06", "2024-06-30"), ("2024-08", "2024-09-04")] {
        let figures = site.get(&office, &format!("/api/v1/briefings/{month}?cutoff={cutoff}")).json();
        assert_eq!(figures, printed(&test, "nay", month, cutoff));
        for part in
            ["overdue", "within_term", "completed_on_time", "completed_late", "no_deadline", "due_soon"]
        {
            let query = format!("as_of={cutoff}&category=key&standing={part}");
            assert_eq!(
                json!(walk(&site, &office, &query, 7).len()),
                figures["standings"]["key"][part],
                "{part}"
            );
        }
        let page = site.get(&office, &format!("/dashboard?month={month}&cutoff={cutoff}")).body;
        let overdue = format!(
            "/tasks?as_of={cutoff}&#38;category=key&#38;standing=overdue\">{:02}</a>",
            figures["overdue_tasks"].as_u64().unwrap()
        );
        assert!(page.contains(&overdue), "{overdue}");
    }
}

#[test]
fn a_unit_head_sees_the_own_unit_and_what_it_coordinates() {
    let test = ministry();
    let site = Site::new(&test);
    let (office, head) =
        (site.token("btttt", "office@btttt.example"), site.token("btttt", "head@btttt.example"));
    let seen = walk(&site, &head, "", 200);
    let coordinates = walk(&site, &office, "coordinating=CVT", 200);
    let others: Vec<_> = seen.iter().filter(|task| task["unit"] != "CVT").collect();
    assert!(!others.is_empty() && others.iter().all(|task| coordinates.contains(task)));
    assert_eq!(seen.len() - others.len(), walk(&site, &office, "unit=CVT", 200).len());
    assert!(walk(&site, &head, "unit=ATTT", 200).iter().all(|task| coordinates.contains(task)));
    let hidden = walk(&site, &office, "unit=ATTT", 200).into_iter().find(|task| !coordinates.contains(task));
    let id = hidden.unwrap()["id"].as_str().unwrap().to_owned();
    for address in [format!("/api/v1/tasks/{id}"), format!("/tasks/{id}")] {
        assert_eq!(site.get(&head, &address).status, 404, "{address}");
        assert_eq!(site.get(&office, &address).status, 200, "{address}");
    }
    let unit = site.get(&head, "/unit");
    assert!(unit.body.contains("Cục Viễn thông") && unit.body.contains("standing=overdue\">8</a>"));
    for closed in ["/dashboard", "/briefings", "/api/v1/briefings/2024-11"] {
        assert_eq!(site.get(&head, closed).status, 403, "{closed}");
    }
}

#[test]
fn what_can_not_be_read_is_named() {
    let test = ministry();
    let site = Site::new(&test);
    let office = site.token("btttt", "office@btttt.example");
    let next = site.get(&office, "/api/v1/tasks?standing=overdue&limit=1").json()["next"]
        .as_str()
        .unwrap()
        .to_owned();
    let cases = [
        ("tasks?due_from=31/2/2024", "due_from"),
        ("tasks?due_to=9999-12-31", "due_to"),
        ("tasks?as_of=hôm nay", "as_of"),
        ("tasks?limit=0", "limit"),
        ("tasks?limit=201", "limit"),
        ("tasks?limit=1e9", "limit"),
        ("tasks?standing=late", "standing"),
        ("tasks?category=trọng tâm", "category"),
        ("tasks?unit=Không có", "unit"),
        ("tasks?coordinating=Không có", "coordinating"),
        ("tasks?cursor=x", "cursor"),
        (&format!("tasks?standing=overdue&unit=CVT&cursor={next}"), "cursor"),
        (&format!("tasks?cursor={next}"), "cursor"),
        ("tasks?unit=CVT&unit=ATTT", "unit"),
        ("tasks?sort=colour", "sort"),
        (&format!("tasks?q={}", "a".repeat(201)), "q"),
        ("briefings/2024-13", "month"),
        ("briefings/2024-11?cutoff=x", "cutoff"),
        ("units?x=1", "x"),
    ];
    for (address, name) in cases {
        let address = format!("/api/v1/{address}").replace(' ', "%20");
        let encoded: String =
            address.chars().map(|c| if c.is_ascii() { c.to_string() } else { urlencoded(c) }).collect();
        let answer = site.get(&office, &encoded);
        assert_eq!(answer.problem(), (400, "bad-parameter".to_owned()), "{address}");
        assert_eq!(answer.json()["errors"][0]["parameter"], name, "{address}");
        assert!(!answer.json()["errors"][0]["detail"].as_str().unwrap().is_empty());
    }
    let page = site.get(&office, "/tasks?due_from=31/2/2024&q=de+an");
    assert_eq!(page.status, 400);
    assert!(!page.body.contains("Chưa có nhiệm vụ nào") && !page.body.contains("0 nhiệm vụ"));
    let unit = site.get(&office, "/tasks?unit=KHONGCO");
    assert!(unit.status == 400 && unit.body.contains("unit: không có đơn vị này"), "{}", unit.body);
    for part in ["value=\"31/2/2024\"", "id=\"due_from-error\"", "value=\"de an\"", "<title>Lỗi: "] {
        assert!(page.body.contains(part), "{part}");
    }
}

fn urlencoded(c: char) -> String {
    c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// QUALITY 4.1: the first view of any page weighs at most 100 kB in at most 10 requests.
#[test]
fn the_first_view_of_every_page_is_light() {
    let test = ministry();
    let site = Site::new(&test);
    let (office, head) =
        (site.sign_in("btttt", "office@btttt.example"), site.sign_in("btttt", "head@btttt.example"));
    let id = walk(&site, &office, "standing=overdue", 1)[0]["id"].as_str().unwrap().to_owned();
    let pages = [
        (&office, "/dashboard".to_owned()),
        (&office, "/briefings?month=2024-11&cutoff=2024-11-29".to_owned()),
        (&office, "/tasks".to_owned()),
        (&office, format!("/tasks/{id}")),
        (&head, "/unit".to_owned()),
        (&As::Nobody, "/sign-in".to_owned()),
    ];
    let weigh = |who: &As, address: &str| {
        let answer =
            site.ask(who, TestRequest::get().uri(address).insert_header(("accept-encoding", "gzip")));
        assert_eq!((answer.status, answer.header("content-encoding")), (200, "gzip"), "{address}");
        answer.bytes
    };
    for (who, address) in pages {
        let html = site.get(who, &address).body;
        let mut loaded: Vec<&str> =
            html.match_indices("/static/").map(|(at, _)| html[at..].split('"').next().unwrap()).collect();
        loaded.sort_unstable();
        loaded.dedup();
        let weight: usize = weigh(who, &address) + loaded.iter().map(|file| weigh(who, file)).sum::<usize>();
        assert!(loaded.len() < 10 && weight < 100_000, "{address}: {weight} bytes");
        assert!(weight > 5_000, "{address}: {weight} bytes can't be all");
    }
}
