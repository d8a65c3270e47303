//! The account page: password, second factor, sessions, language.

use dondoc::domain::access::Role;

use crate::support::build::add_unit;
use crate::support::site::{Answer, As, PASSWORD, Site, add_person};
use crate::support::{TestApp, number};
use crate::two_factor::{STEP, after, code, codes_of, key_of, step};

const HEAD: &str = "head@mot.example";
const NEW: &str = "một câu khác cũng dài";

fn one_tenant() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    add_person(&test, "mot", HEAD, Role::UnitHead, Some("CVT"));
    test
}

fn post(site: &Site, me: &As, address: &str, form: &[(&str, &str)]) -> Answer {
    site.send(me, "POST", address, &serde_urlencoded::to_string(form).unwrap())
}

fn is_in(site: &Site, me: &As) -> bool {
    site.get(me, "/api/v1/me").status == 200
}

fn session_of(answer: &Answer) -> As {
    As::Cookie(answer.session.clone().expect("a session"))
}

#[test]
fn a_password_is_changed_by_who_knows_the_one_before() {
    let test = one_tenant();
    let site = after(&test, 0);
    let (me, other, token) = (site.sign_in("mot", HEAD), site.sign_in("mot", HEAD), site.token("mot", HEAD));
    let change = |current: &str, new: &str, again: &str| {
        post(&site, &me, "/account/password", &[("current", current), ("password", new), ("again", again)])
    };
    for (current, new, again, fault) in [
        ("wrong wrong wrong", NEW, NEW, "current-error"),
        (PASSWORD, "ngắn quá", "ngắn quá", "password-error"),
        (PASSWORD, "matkhau1234567890", "matkhau1234567890", "password-error"),
        (PASSWORD, "head@mot.example 2024", "head@mot.example 2024", "password-error"),
        (PASSWORD, NEW, "một câu khác nữa", "again-error"),
    ] {
        let refused = change(current, new, again);
        assert_eq!(refused.status, 422, "{new}");
        assert!(refused.body.contains(&format!("id=\"{fault}\"")), "{fault}");
        assert!(!refused.body.contains(NEW) && is_in(&site, &other));
    }
    let changed = change(PASSWORD, NEW, NEW);
    assert_eq!((changed.status, changed.header("location")), (303, "/account?done=password"));
    for ended in [&me, &other, &token] {
        assert!(!is_in(&site, ended));
    }
    assert!(is_in(&site, &session_of(&changed)));
    assert_eq!(site.ask_token("mot", HEAD, PASSWORD).status, 401);
    assert_eq!(site.ask_token("mot", HEAD, NEW).status, 200);
    let told = "SELECT count(*) FROM journal WHERE act = 'password.change'";
    assert_eq!(number(&mut test.test_db.superuser(), told), 1);
}

#[test]
fn a_factor_is_enrolled_moved_and_ended_with_the_password_and_a_code() {
    let test = one_tenant();
    let site = after(&test, 0);
    let me = site.sign_in("mot", HEAD);
    let enrol_at = "/account/factor/enrol";
    let key = key_of(&site.get(&me, enrol_at));
    let right = code(&key, 0);
    assert_eq!(post(&site, &me, enrol_at, &[("current", "wrong wrong"), ("code", &right)]).status, 422);
    assert_eq!(post(&site, &me, enrol_at, &[("current", PASSWORD), ("code", "000000")]).status, 422);
    // A seed holds in the session that was shown it, nowhere else.
    let other = site.sign_in("mot", HEAD);
    assert_eq!(post(&site, &other, enrol_at, &[("current", PASSWORD), ("code", &right)]).status, 422);
    let done = post(&site, &me, enrol_at, &[("current", PASSWORD), ("code", &right)]);
    assert_eq!((done.status, codes_of(&done).len()), (200, 10));
    assert!(!is_in(&site, &me) && !is_in(&site, &other));
    let me = session_of(&done);
    let page = site.get(&me, "/account").body;
    assert!(page.contains("id=\"code\"") && page.contains("id=\"factor_code\""), "codes are asked for now");

    // Renewing the recovery codes takes the code too, and those before are void.
    let renew = |site: &Site, me: &As, code: &str| {
        let form = [("do", "renew"), ("factor_password", PASSWORD), ("factor_code", code)];
        post(site, me, "/account/factor", &form)
    };
    let site = after(&test, 400);
    assert_eq!(renew(&site, &me, "").status, 422);
    let fresh = codes_of(&renew(&site, &me, &code(&key, 400)));
    assert_eq!(fresh.len(), 10);
    assert!(!fresh.contains(&codes_of(&done)[0]));
    assert_eq!(renew(&site, &me, &codes_of(&done)[0]).status, 422);

    // To another phone: the old code and the new one.
    let site = after(&test, 800);
    let new_key = key_of(&site.get(&me, enrol_at));
    assert_ne!(new_key, key);
    let (old, new) = (code(&key, 800), code(&new_key, 800));
    assert_eq!(post(&site, &me, enrol_at, &[("current", PASSWORD), ("code", &new)]).status, 422);
    let moved = post(&site, &me, enrol_at, &[("current", PASSWORD), ("code", &new), ("old_code", &old)]);
    assert_eq!(moved.status, 200, "{}", moved.body);
    let me = session_of(&moved);

    let site = after(&test, 1200);
    let end = |code: &str| {
        post(
            &site,
            &me,
            "/account/factor",
            &[("do", "end"), ("factor_password", PASSWORD), ("factor_code", code)],
        )
    };
    assert_eq!(end(&code(&key, 1200)).status, 422, "the phone before opens nothing");
    let ended = end(&code(&new_key, 1200));
    assert_eq!(ended.header("location"), "/account?done=factor-ended");
    assert!(is_in(&site, &session_of(&ended)) && !is_in(&site, &me));
    assert_eq!(number(&mut test.test_db.superuser(), "SELECT count(*) FROM recovery_codes"), 0);
    site.sign_in("mot", HEAD);
}

#[test]
fn with_a_factor_a_password_may_be_shorter_and_takes_a_code_to_change() {
    let test = one_tenant();
    let site = after(&test, 0);
    let me = site.sign_in("mot", HEAD);
    let key = key_of(&site.get(&me, "/account/factor/enrol"));
    let form = [("current", PASSWORD), ("code", &*code(&key, 0))];
    let me = session_of(&post(&site, &me, "/account/factor/enrol", &form));
    let short = "hoa tháng ba";
    let change = |site: &Site, code: &str| {
        let form = [("current", PASSWORD), ("code", code), ("password", short), ("again", short)];
        post(site, &me, "/account/password", &form)
    };
    let later = after(&test, 60);
    assert_eq!(change(&later, "000000").status, 422);
    assert_eq!(change(&later, &code(&key, 60)).status, 303);
}

#[test]
fn who_must_have_a_factor_can_not_end_it() {
    let test = crate::two_factor::strict();
    let (key, _) = crate::two_factor::enrol(&test, HEAD);
    let site = after(&test, 60);
    let inside = site.post(&[(STEP, &step(&site, HEAD))], "/sign-in/code", &[("code", &code(&key, 60))]);
    let me = session_of(&inside);
    assert!(!site.get(&me, "/account").body.contains("value=\"end\""));
    let form = [("do", "end"), ("factor_password", PASSWORD), ("factor_code", &*code(&key, 90))];
    let refused = post(&after(&test, 90), &me, "/account/factor", &form);
    assert_eq!((refused.header("location"), &refused.session), ("/account", &None));
    assert_eq!(number(&mut test.test_db.superuser(), "SELECT count(*) FROM person_factors"), 1);
}

#[test]
fn sessions_are_listed_and_ended_by_their_owner_alone() {
    let test = one_tenant();
    add_person(&test, "mot", "another@mot.example", Role::Staff, Some("CVT"));
    let site = after(&test, 0);
    let (me, second) = (site.sign_in("mot", HEAD), site.sign_in("mot", HEAD));
    let stranger = site.sign_in("mot", "another@mot.example");
    let page = site.get(&me, "/account").body;
    let ends: Vec<&str> = page
        .split("action=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|action| action.starts_with("/account/sessions/"))
        .collect();
    assert_eq!(ends.len(), 1, "not the one that asks");
    assert!(page.contains("09:00 29/11/2024"));
    assert_eq!(post(&site, &stranger, ends[0], &[]).status, 404);
    assert!(is_in(&site, &second));
    assert_eq!(post(&site, &me, ends[0], &[]).header("location"), "/account?done=session-ended");
    assert!(!is_in(&site, &second) && is_in(&site, &me));
    let third = site.sign_in("mot", HEAD);
    assert_eq!(post(&site, &me, "/account/end-other-sessions", &[]).status, 303);
    assert!(!is_in(&site, &third) && is_in(&site, &me) && is_in(&site, &stranger));
}

#[test]
fn the_language_is_kept_with_the_account() {
    let test = one_tenant();
    let site = after(&test, 0);
    let me = site.sign_in("mot", HEAD);
    assert!(site.get(&me, "/account").body.contains("<html lang=\"vi\">"));
    assert_eq!(post(&site, &me, "/account/language", &[("language", "en")]).status, 303);
    let page = site.get(&me, "/account").body;
    assert!(page.contains("<html lang=\"en\">") && page.contains("Two-step sign-in"));
    assert_eq!(post(&site, &me, "/account/language", &[("language", "xx")]).header("location"), "/account");
}
