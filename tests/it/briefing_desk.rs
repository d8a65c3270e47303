//! The desk of the monthly briefing as pages and API, and the draft that makes itself.

use dondoc::briefings::draft;
use dondoc::briefings::publish;
use dondoc::domain::access::Role;
use dondoc::domain::paper::DocumentKind;
use dondoc::papers;
use dondoc::routes::{Entry, ROUTES};

use crate::briefings::{bytes, ministry, month, publish_on, whole};
use crate::support::build::{add_task, add_unit};
use crate::support::site::{As, Site, add_person};
use crate::support::{TestApp, day, number};

#[test]
fn the_office_writes_publishes_and_reads_at_the_desk() {
    let test = ministry();
    add_person(&test, "btttt", "vp@btttt.example", Role::Office, Some("VP"));
    add_person(&test, "btttt", "ld@btttt.example", Role::Leader, None);
    let site = Site::new(&test);
    let (office, leader) =
        (site.sign_in("btttt", "vp@btttt.example"), site.sign_in("btttt", "ld@btttt.example"));
    let page = site.get(&office, "/briefings/2024-11");
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        page.body.contains("name=\"causes\"")
            && !site.get(&leader, "/briefings/2024-11").body.contains("name=\"causes\"")
    );
    let saved = site.send(
        &office,
        "POST",
        "/briefings/2024-11",
        "version=0&cutoff=29/11/2024&causes=Do+%C4%91%C6%A1n+v%E1%BB%8B",
    );
    assert_eq!(saved.status, 303, "{}", saved.body);
    let stale = site.send(&office, "POST", "/briefings/2024-11", "version=0&causes=khac");
    assert_eq!(stale.status, 422, "{}", stale.body);
    assert!(stale.body.contains("khac"), "what was typed stays");
    let faulty = site.send(&office, "POST", "/briefings/2024-11", "version=1&cutoff=31/12/2024");
    assert!(faulty.status == 422 && faulty.body.contains("id=\"cutoff-error\""), "{}", faulty.body);
    assert_eq!(site.send(&leader, "POST", "/briefings/2024-11/publish", "version=1").status, 403);
    let done = site.send(&office, "POST", "/briefings/2024-11/publish", "version=1");
    assert_eq!((done.status, done.header("location")), (303, "/briefings/2024-11/1?done=published"));
    let shown = site.get(&leader, "/briefings/2024-11/1");
    assert!(shown.body.contains("Do đơn vị") && shown.body.contains("309"), "{}", shown.body);
    two_clicks(&site, &leader, &shown.body);
    for address in [
        "/briefings",
        "/briefings/2024-11/1/tasks?line=all",
        "/briefings/2024-11/1/changed",
        "/briefings/2024-11/compare",
        "/briefings/2024-11/draft/tasks?which=all",
        "/briefings/2024-11",
    ] {
        assert_eq!(site.get(&leader, address).status, 200, "{address}");
    }
    for address in ["/briefings/2024-11/2", "/briefings/2024-11/1/documents/docm", "/briefings/x"] {
        assert_eq!(site.get(&leader, address).status, 404, "{address}");
    }
    let published = test.act("btttt", |conn, _| publish::version(conn, month("2024-11"), None)).unwrap();
    let (content, _) = bytes(&test, "btttt", &published);
    let served = site.get(&leader, "/briefings/2024-11/1/documents/json");
    assert_eq!(served.body.as_bytes(), content);
    // Of more than a page holds the true count is said.
    let all = dondoc::text::count(whole(&test, "btttt", &published).figures.key.tasks);
    let rows = |query: &str| site.get(&leader, &format!("/briefings/2024-11/1/tasks?which={query}")).body;
    let (first, next) = (rows("all"), rows("all&from=500"));
    assert!(first.contains(&format!("nhiệm vụ 1–500 trong {all}<")), "{first}");
    assert!(next.contains(&format!("nhiệm vụ 501–1.000 trong {all}<")), "{next}");
    assert_eq!(first.matches("<th scope=\"row\">").count(), 500);
    assert!(rows("overdue").contains("· 32 nhiệm vụ<"));
    let api = site.token("btttt", "ld@btttt.example");
    assert_eq!(site.get(&api, "/api/v1/briefings/2024-11/versions/1").body.as_bytes(), content);
    assert_eq!(site.get(&api, "/api/v1/briefings").json()["items"][0]["overdue_tasks"], 32);
}

/// From a figure to its rows to a task's page, which shows its journal.
fn two_clicks(site: &Site, who: &As, page: &str) {
    let href = |page: &str, begins: &str| {
        let at = page.find(&format!("href=\"{begins}")).unwrap_or_else(|| panic!("no {begins} in {page}"));
        page[at + 6..].split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")
    };
    let rows = site.get(who, &href(page, "/briefings/2024-11/1/tasks?which=overdue"));
    assert_eq!(rows.status, 200, "{}", rows.body);
    let task = site.get(who, &href(&rows.body, "/tasks/"));
    assert!(
        task.status == 200 && task.body.contains("as_of") | task.body.contains("29/11/2024"),
        "{}",
        task.body
    );
}

#[test]
fn a_draft_makes_itself_once_on_its_day_and_the_office_is_told() {
    let test = ministry();
    add_person(&test, "btttt", "vp@btttt.example", Role::Office, Some("VP"));
    let make =
        |on: &str| test.act("btttt", |conn, settings| papers::clock::make(conn, settings, day(on))).unwrap();
    assert_eq!(make("2024-11-28"), None, "its day is the last working day");
    assert_eq!(make("2024-11-29"), Some(month("2024-11")));
    assert_eq!(make("2024-11-30"), None, "once");
    let kept = test.act("btttt", |conn, _| draft::draft(conn, month("2024-11"))).unwrap();
    assert_eq!((kept.cutoff, kept.made_on), (Some(day("2024-11-29")), Some(day("2024-11-29"))));
    let letters =
        "SELECT count(*) FROM letters WHERE kind = 'briefing_draft' AND address = 'vp@btttt.example'";
    assert_eq!(number(&mut test.test_db.superuser(), letters), 1);
}

/// The addresses of a published version, those of the API too.
fn addresses(version: u32) -> Vec<String> {
    let all = ROUTES.iter().filter(|entry| entry.method == "GET" && entry.path.contains("briefings/{month}"));
    let of_version = all.filter(|entry| entry.path.contains("{version}"));
    let kinds = |entry: &Entry| match entry.path.contains("{kind}") {
        true => DocumentKind::ALL.iter().map(|kind| kind.code()).collect(),
        false => vec![""],
    };
    let filled = |entry: &'static Entry| {
        let path = entry.path.replace("{month}", "2024-10").replace("{version}", &version.to_string());
        kinds(entry).into_iter().map(move |kind| path.replace("{kind}", kind))
    };
    of_version.flat_map(filled).chain([format!("/briefings/2024-10/{version}/documents/json")]).collect()
}

#[test]
fn another_tenants_published_version_is_at_no_address() {
    let test = TestApp::new();
    for slug in ["mot", "hai"] {
        test.tenant(slug);
        add_unit(&test, slug, "CVT");
        add_task(&test, slug, "CVT", "A1");
        add_person(&test, slug, &format!("ld@{slug}.example"), Role::Leader, None);
        publish_on(&test, slug, "2024-10", "2024-11-29", None).unwrap();
    }
    publish_on(&test, "mot", "2024-10", "2024-11-29", Some("Bổ sung")).unwrap();
    let site = Site::new(&test);
    let ask = |slug: &str, address: &str| {
        let email = format!("ld@{slug}.example");
        let is_api = address.starts_with("/api/");
        let who = if is_api { site.token(slug, &email) } else { site.sign_in(slug, &email) };
        site.get(&who, address).status
    };
    let both = addresses(2);
    assert!(both.len() >= 12, "{both:?}");
    for (theirs, own) in both.iter().zip(addresses(1)) {
        assert_eq!(ask("hai", theirs), 404, "{theirs}");
        // A PDF takes LibreOffice; that the rest is found shows that the address is right.
        if !theirs.ends_with("/pdf") {
            assert_eq!((ask("mot", theirs), ask("hai", &own)), (200, 200), "{theirs}");
        }
    }
}
