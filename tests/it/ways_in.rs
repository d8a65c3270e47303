//! Letters by which people get in, and those that tell them what was done to their account.

use dondoc::app::App;
use dondoc::clock::Clock;
use dondoc::cluster::Role as DbRole;
use dondoc::db::Db;
use dondoc::domain::access::Role;

use crate::support::build::person_of;
use crate::support::site::{As, PASSWORD, Site, add_person};
use crate::support::{TestApp, now, number};

fn with_mail(test: &TestApp) -> Site {
    let clock = Clock::fixed(now());
    let mut app = App::with_db(Db::open(&test.test_db.url(DbRole::App), 2, clock).unwrap(), clock);
    app.has_mail_server = true;
    Site::with(app)
}

fn letters(test: &TestApp, condition: &str) -> i64 {
    number(&mut test.test_db.superuser(), &format!("SELECT count(*) FROM letters WHERE {condition}"))
}

fn world() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    add_person(&test, "mot", "qt@mot.example", Role::Admin, None);
    add_person(&test, "mot", "b@mot.example", Role::Leader, None);
    test
}

#[test]
fn one_way_in_lives_the_letter_or_the_link() {
    let test = world();
    let id = person_of(&test, "mot", "b@mot.example");
    let by_link = Site::new(&test);
    let admin = by_link.sign_in("mot", "qt@mot.example");
    let page = by_link.send(&admin, "POST", &format!("/people/{id}/link"), "").body;
    assert!(page.contains("/password?link="));
    assert_eq!(letters(&test, "kind = 'reset'"), 0);

    let by_letter = with_mail(&test);
    for _ in 0..2 {
        let page = by_letter.send(&admin, "POST", &format!("/people/{id}/link"), "").body;
        assert!(!page.contains("/password?link=") && page.contains("b@mot.example"));
    }
    assert_eq!(letters(&test, "kind = 'reset' AND state = 'planned'"), 1);
    assert_eq!(letters(&test, "kind = 'reset' AND state = 'skipped' AND reason = 'replaced'"), 1);
    let open = "SELECT count(*) FROM one_time_links WHERE used_at IS NULL";
    assert_eq!(number(&mut test.test_db.superuser(), open), 0, "the letter's link is made with the letter");
}

#[test]
fn who_forgets_a_password_is_written_to_and_nobody_learns_who_there_is() {
    let test = world();
    let site = with_mail(&test);
    let ask = |tenant: &str, email: &str| {
        let answer = site.post(&[], "/sign-in/forgot", &[("tenant", tenant), ("email", email)]);
        assert_eq!(answer.status, 200);
        answer.body.split("<main").nth(1).unwrap().to_owned()
    };
    let known = ask("mot", "b@mot.example");
    assert_eq!(known, ask("mot", "nobody@mot.example"));
    assert_eq!(known, ask("nowhere", "b@mot.example"));
    for _ in 0..4 {
        ask("mot", " B@mot.example ");
    }
    assert_eq!(letters(&test, "true"), letters(&test, "kind = 'forgotten'"));
    assert_eq!(letters(&test, "kind = 'forgotten'"), 3, "no more an hour");
    assert!(site.get(&As::Nobody, "/sign-in").body.contains("href=\"/sign-in/forgot\""));
    assert_eq!(site.post(&[], "/sign-in/forgot", &[("tenant", "mot")]).status, 422);
}

#[test]
fn people_hear_of_new_browsers_and_programs() {
    let test = world();
    let site = Site::new(&test);
    let form = [("tenant", "mot"), ("email", "b@mot.example"), ("password", PASSWORD)];
    let first = site.post(&[], "/sign-in", &form);
    assert_eq!(letters(&test, "kind = 'notice' AND payload->>'what' = 'new_browser'"), 1);
    let known = first.cookie("__Host-dondoc-known").unwrap();
    assert_eq!(site.post(&[("__Host-dondoc-known", &known)], "/sign-in", &form).status, 303);
    assert_eq!(letters(&test, "kind = 'notice'"), 1, "it is known now");
    for _ in 0..2 {
        site.token("mot", "b@mot.example");
    }
    assert_eq!(letters(&test, "kind = 'notice' AND payload->>'what' = 'program'"), 1, "once a day");
    add_person(&test, "mot", "c@mot.example", Role::Leader, None);
    assert_eq!(letters(&test, "payload->>'what' = 'password'"), 0, "a first one is no news");
    test.act("mot", |conn, _| {
        let other = dondoc::auth::NewPassword::parse("một câu khác cũng dài")?;
        dondoc::auth::set_password(conn, "c@mot.example", &other)
    })
    .unwrap();
    assert_eq!(letters(&test, "payload->>'what' = 'password' AND address = 'c@mot.example'"), 1);
}
