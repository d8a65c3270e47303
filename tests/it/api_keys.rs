//! API keys: what they open, whose tasks they see, when they end, what stays of them. How far each role gets is walked
//! with the table of routes.

use chrono::TimeDelta;
use dondoc::auth::{self, ApiKeyInput};
use dondoc::domain::access::Role;
use dondoc::tenants::{self, LimitChange};

use crate::support::build::{add_task, add_unit};
use crate::support::site::{As, Site, add_api_key, add_person};
use crate::support::{TestApp, day, now, number, run};

const TASKS: &str = "/api/v1/tasks";

fn two_units() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    for unit in ["CVT", "ATTT"] {
        add_unit(&test, "mot", unit);
        add_task(&test, "mot", unit, &format!("NV-{unit}"));
    }
    test
}

fn key(test: &TestApp, name: &str, role: Role, unit: Option<&str>) -> As {
    As::Token(add_api_key(test, "mot", name, role, unit).key)
}

#[test]
fn a_key_sees_what_its_role_and_unit_see() {
    let test = two_units();
    let site = Site::new(&test);
    let codes = |who: &As| -> Vec<String> {
        let answer = site.get(who, TASKS).json();
        let items = answer["items"].as_array().unwrap();
        items.iter().map(|task| task["code"].as_str().unwrap().to_owned()).collect()
    };
    let office = key(&test, "office", Role::Office, None);
    let mut all = codes(&office);
    all.sort();
    assert_eq!(all, ["NV-ATTT", "NV-CVT"]);
    let head = key(&test, "head", Role::UnitHead, Some("CVT"));
    assert_eq!(codes(&head), ["NV-CVT"]);
    let theirs = site.get(&office, TASKS).json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|task| task["code"] == "NV-ATTT")
        .map(|task| task["id"].as_str().unwrap().to_owned())
        .unwrap();
    assert_eq!(site.get(&head, &format!("{TASKS}/{theirs}")).status, 404);
    assert_eq!(site.get(&office, &format!("{TASKS}/{theirs}")).status, 200);
}

#[test]
fn a_key_ends_at_once_with_whatever_gave_it_its_right() {
    let test = two_units();
    let site = Site::new(&test);
    let made = add_api_key(&test, "mot", "office", Role::Office, None);
    let who = As::Token(made.key.clone());
    let mut conn = test.test_db.superuser();
    for (end, mend) in [
        ("UPDATE tenants SET state = 'suspended'", "UPDATE tenants SET state = 'active'"),
        ("UPDATE api_keys SET until_on = '2024-11-29'", "UPDATE api_keys SET until_on = '2024-11-30'"),
        ("UPDATE api_keys SET secret_sha256 = sha256('x')", "SELECT 1"),
    ] {
        assert_eq!(site.get(&who, TASKS).status, 200, "before {end}");
        let kept = "CREATE TEMPORARY TABLE kept AS SELECT secret_sha256 AS hash FROM api_keys";
        run(&mut conn, kept);
        run(&mut conn, end);
        assert_eq!(site.get(&who, TASKS).problem(), (401, "not-signed-in".to_owned()), "{end}");
        run(&mut conn, mend);
        run(&mut conn, "UPDATE api_keys SET secret_sha256 = (SELECT hash FROM kept); DROP TABLE kept");
    }
    let head = key(&test, "head", Role::UnitHead, Some("CVT"));
    assert_eq!(site.get(&head, TASKS).status, 200);
    run(&mut conn, "UPDATE units SET valid_until = '2024-11-29' WHERE short_name = 'CVT'");
    assert_eq!(site.get(&head, TASKS).status, 401, "its unit has ended");
    assert_eq!(site.get(&who, TASKS).status, 200);
    assert_eq!(auth::revoke_api_key(&test.app, "mot", made.id).unwrap(), "office");
    assert_eq!(site.get(&who, TASKS).status, 401);
    assert!(auth::revoke_api_key(&test.app, "mot", made.id).is_err(), "once");
}

#[test]
fn a_key_is_of_one_tenant() {
    let test = two_units();
    test.tenant("hai");
    let made = add_api_key(&test, "mot", "office", Role::Office, None);
    assert!(auth::revoke_api_key(&test.app, "hai", made.id).is_err());
    assert_eq!(auth::api_keys(&test.app, "hai").unwrap(), []);
    let theirs = As::Token(add_api_key(&test, "hai", "office", Role::Office, None).key);
    let site = Site::new(&test);
    assert_eq!(site.get(&theirs, TASKS).json()["items"].as_array().unwrap().len(), 0);
    // The same secret and id under another tenant's name open nothing, nor does what is not sent whole or as it is.
    let As::Token(other) = theirs else { panic!("a token") };
    let (own, other) = (made.key.split_at(25), other.split_at(25));
    for forged in [
        format!("{}{}", other.0, own.1),
        format!("{}{}", own.0, other.1),
        made.key.replace("ddk_", ""),
        made.key.replace("ddk_", "ddr_"),
        made.key[..89].to_owned(),
    ] {
        assert_eq!(site.get(&As::Token(forged.clone()), TASKS).status, 401, "{forged}");
    }
    assert_eq!(site.get(&As::Cookie(made.key.replace("ddk_", "")), TASKS).status, 401, "no cookie either");
}

#[test]
fn a_key_is_kept_as_a_hash_and_named_in_the_journal() {
    let test = two_units();
    let site = Site::new(&test);
    let made = add_api_key(&test, "mot", "Trục LGSP", Role::Staff, Some("CVT"));
    let who = As::Token(made.key.clone());
    assert_eq!(site.get(&who, "/api/v1/briefings/2024-11").status, 403);
    assert_eq!(site.get(&who, "/api/v1/me").status, 403, "it is nobody");
    let mut conn = test.test_db.superuser();
    let denied = format!(
        "SELECT count(*) FROM journal WHERE act = 'access.denied' AND actor = 'api_key:Trục LGSP'
            AND subject = 'api_key' AND subject_id = '{}'",
        made.id
    );
    assert_eq!(number(&mut conn, &denied), 2);
    for table in ["api_keys", "journal"] {
        let secret = &made.key[47..];
        let kept = format!("SELECT count(*) FROM {table} t WHERE t::text LIKE '%{secret}%'");
        assert_eq!(number(&mut conn, &kept), 0, "{table}");
    }
    add_person(&test, "mot", "quantri@mot.example", Role::Admin, None);
    let page = site.get(&site.sign_in("mot", "quantri@mot.example"), "/audit").body;
    assert!(page.contains("Khóa API Trục LGSP") && page.contains("Tạo khóa API"), "{page}");
}

#[test]
fn the_day_of_its_last_use_is_written_once_a_day() {
    let test = two_units();
    let who = key(&test, "office", Role::Office, None);
    let used = || auth::api_keys(&test.app, "mot").unwrap()[0].used_on;
    let version = || number(&mut test.test_db.superuser(), "SELECT xmin::text::bigint FROM api_keys");
    assert_eq!(used(), None);
    let made = version();
    for seconds in [0, 100, 1000] {
        let site = Site::at(&test, now() + TimeDelta::seconds(seconds));
        assert_eq!(site.get(&who, TASKS).status, 200);
    }
    assert_eq!(used(), Some(day("2024-11-29")));
    let first = version();
    assert_ne!(first, made);
    Site::at(&test, now() + TimeDelta::hours(5)).get(&who, TASKS);
    assert_eq!(version(), first, "not again on the same day");
    Site::at(&test, now() + TimeDelta::hours(24)).get(&who, TASKS);
    assert_eq!(used(), Some(day("2024-11-30")));
}

#[test]
fn each_key_has_a_quota_of_its_own() {
    let test = two_units();
    let (one, two) = (key(&test, "one", Role::Office, None), key(&test, "two", Role::Office, None));
    let site = Site::new(&test);
    let left = |who: &As| site.get(who, TASKS).header("ratelimit").to_owned();
    assert_eq!(
        [left(&one), left(&one), left(&two)].map(|left| left[6..11].to_owned()),
        ["r=599", "r=598", "r=599"]
    );
    let change = LimitChange { requests_per_minute: Some(Some(2)), ..LimitChange::default() };
    tenants::set_limits(&test.app, "mot", change).unwrap();
    left(&one);
    assert_eq!(site.get(&two, TASKS).header("ratelimit-policy"), "\"api\";q=2;w=60");
    assert_eq!(site.get(&two, TASKS).problem(), (429, "too-many".to_owned()));
}

#[test]
fn a_name_is_one_keys_for_good() {
    let test = two_units();
    let made = add_api_key(&test, "mot", "LGSP", Role::Office, None);
    auth::revoke_api_key(&test.app, "mot", made.id).unwrap();
    let input = ApiKeyInput { name: " LGSP ".into(), role: Role::Office, unit: None, until: None };
    assert!(auth::create_api_key(&test.app, "mot", &input).is_err());
    for wrong in ["", "a\u{7}"] {
        let input = ApiKeyInput { name: wrong.into(), ..input.clone() };
        assert!(auth::create_api_key(&test.app, "mot", &input).is_err(), "{wrong:?}");
    }
}
