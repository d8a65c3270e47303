//! The organisation's settings, and what must be proved before some of them change.

use chrono::TimeDelta;
use dondoc::domain::access::Role;

use crate::support::site::{As, PASSWORD, Site, add_person};
use crate::support::{TestApp, now, number};

fn world() -> (TestApp, Site, As) {
    let test = TestApp::new();
    test.tenant("mot");
    add_person(&test, "mot", "qt@mot.example", Role::Admin, None);
    let site = Site::new(&test);
    let admin = site.sign_in("mot", "qt@mot.example");
    (test, site, admin)
}

#[test]
fn each_section_is_saved_by_itself_and_told() {
    let (test, site, admin) = world();
    let send = |section: &str, form: &str| site.send(&admin, "POST", &format!("/settings/{section}"), form);
    assert_eq!(send("organisation", "name=T%C3%AAn+m%E1%BB%9Bi").status, 303);
    let head = "superior=B%E1%BB%99+M%E1%BB%9Bi&letter_place=H%C3%A0++N%E1%BB%99i";
    assert_eq!(send("papers", head).status, 303);
    assert_eq!(send("counting", "due_soon_days=5&period_kind=decree_09&roll_rule=none").status, 303);
    assert_eq!(send("factor", "required=1").status, 303);
    let count = |sql: &str| number(&mut test.test_db.superuser(), sql);
    let kept = "SELECT count(*) FROM tenant_settings WHERE name = 'Tên mới' AND due_soon_days = 5
        AND superior = 'Bộ Mới' AND letter_place = 'Hà Nội' AND period_kind = 'decree_09' AND roll_rule = 'none' AND two_factor_required AND NOT two_factor_unit_heads";
    assert_eq!(count(kept), 1);
    let told = "SELECT count(*) FROM journal WHERE act = 'settings.change' AND before IS NOT NULL AND after IS NOT NULL";
    assert_eq!(count(told), 4);
    assert_eq!(send("organisation", "name=T%C3%AAn+m%E1%BB%9Bi").status, 303);
    assert_eq!(send("papers", head).status, 303);
    assert_eq!(count(told), 4, "nothing changed, nothing to tell");
    assert_eq!(send("papers", "superior=+&letter_place=").status, 303);
    let blank = "SELECT count(*) FROM tenant_settings WHERE superior IS NULL AND letter_place IS NULL";
    assert_eq!((count(blank), count(told)), (1, 5));
    let page = site.get(&admin, "/settings").body;
    assert!(page.contains("value=\"Tên mới\"") && page.contains("value=\"5\""), "{page}");
    assert!(page.contains("2024</th>"), "the days off");
}

#[test]
fn what_is_wrong_comes_back_at_its_field() {
    let (test, site, admin) = world();
    let long = format!("letter_place={}", "x".repeat(201));
    for (section, form, id) in [
        ("papers", long.as_str(), "letter_place-error"),
        ("organisation", "name=", "name-error"),
        ("counting", "due_soon_days=31&period_kind=calendar_month&roll_rule=none", "due_soon_days-error"),
        ("counting", "due_soon_days=x&period_kind=calendar_month&roll_rule=none", "due_soon_days-error"),
    ] {
        let answer = site.send(&admin, "POST", &format!("/settings/{section}"), form);
        assert_eq!(answer.status, 422, "{form}");
        assert!(answer.body.contains(&format!("id=\"{id}\"")), "{form}");
    }
    assert_eq!(
        number(&mut test.test_db.superuser(), "SELECT count(*) FROM journal WHERE act = 'settings.change'"),
        0
    );
}

#[test]
fn ten_minutes_after_signing_in_who_asks_must_prove_who_they_are() {
    let (test, _, admin) = world();
    let later = Site::at(&test, now() + TimeDelta::minutes(10));
    let page = later.get(&admin, "/settings").body;
    assert!(page.contains("/account/prove?next=%2Fsettings") && !page.contains("name=\"issuer\""), "{page}");
    for (path, form) in [
        ("/settings/factor", "required=1"),
        ("/settings/sso", "do=remove"),
        ("/settings/local-sign-in", "do=off"),
        ("/people/new", "name=B&email=b%40mot.example&role=leader"),
    ] {
        let answer = later.send(&admin, "POST", path, form);
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.header("location").starts_with("/account/prove"), "{path}");
    }
    let count = |sql: &str| number(&mut test.test_db.superuser(), sql);
    assert_eq!(count("SELECT count(*) FROM persons WHERE email = 'b@mot.example'"), 0);
    let wrong = later.send(&admin, "POST", "/account/prove", "current=x&next=%2Fsettings");
    assert_eq!((wrong.status, wrong.session.is_none()), (422, true));
    let form = serde_urlencoded::to_string([("current", PASSWORD), ("next", "//evil.example")]).unwrap();
    let proved = later.send(&admin, "POST", "/account/prove", &form);
    assert_eq!((proved.status, proved.header("location")), (303, "/"));
    let fresh = As::Cookie(proved.session.unwrap());
    assert_eq!(later.get(&admin, "/settings").status, 303, "the session before has ended");
    assert_eq!(
        later.send(&fresh, "POST", "/settings/factor", "required=1").header("location"),
        "/settings?done=saved"
    );
}
