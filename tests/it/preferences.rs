//! What people wish of letters: on their account, for the tenant, and by the address in a letter.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::test::TestRequest;
use dondoc::clock::Clock;
use dondoc::cluster::Role as DbRole;
use dondoc::db::Db;
use dondoc::digests::{self, Skip};
use dondoc::domain::access::Role;
use dondoc::domain::lang::Lang;
use dondoc::domain::preference::{MailPreferences, SendTime, Stream};
use dondoc::mail::{self, Composer, Composition, NewLetter, PostRoom, Transport, Words};
use dondoc::public_url::PublicUrl;
use dondoc::{jobs, preferences, timetable};
use serde_json::json;

use crate::support::build::{add_task, add_unit, person_of};
use crate::support::site::{Answer, As, Site, add_person, unsubscribe};
use crate::support::{TestApp, day, now, number, run};

const HEAD: &str = "head@mot.example";
const ADMIN: &str = "qt@mot.example";

/// A tenant with a unit, its head and an administrator beside the first.
fn one_tenant() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    add_unit(&test, "mot", "CVT");
    add_person(&test, "mot", HEAD, Role::UnitHead, Some("CVT"));
    add_person(&test, "mot", ADMIN, Role::Admin, None);
    test
}

fn count(test: &TestApp, sql: &str) -> i64 {
    number(&mut test.test_db.superuser(), sql)
}

fn wish(test: &TestApp) -> MailPreferences {
    let person = person_of(test, "mot", HEAD);
    test.act("mot", |conn, _| preferences::of_person(conn, person)).unwrap()
}

#[test]
fn what_is_chosen_on_the_account_is_kept_and_told() {
    let test = one_tenant();
    let site = Site::new(&test);
    let me = site.sign_in("mot", HEAD);
    assert_eq!(wish(&test), MailPreferences::default());
    let page = site.get(&me, "/account").body;
    assert!(page.contains("Theo giờ của tổ chức (07:00)") && page.matches(" checked").count() >= 3);
    let sent = site.send(&me, "POST", "/account/mail", "digest_hour=06%3A15&weekly=1&reminders=1&upcoming=1");
    assert_eq!((sent.status, sent.header("location")), (303, "/account?done=saved"));
    assert_eq!(wish(&test), MailPreferences { time: SendTime::parse("06:15"), ..MailPreferences::default() });
    let page = site.get(&me, "/account").body;
    assert!(page.contains("<option value=\"06:15\" selected>"), "{page}");
    let told = "SELECT count(*) FROM journal WHERE act = 'mail.prefer'";
    site.send(&me, "POST", "/account/mail", "digest_hour=06%3A15&weekly=1&reminders=1&upcoming=1");
    assert_eq!(count(&test, told), 1, "nothing changed, nothing to tell");
    for bad in ["06%3A10", "10%3A00", "x"] {
        let refused = site.send(&me, "POST", "/account/mail", &format!("digest_hour={bad}&reminders=1"));
        assert_eq!(refused.status, 422, "{bad}");
        assert!(refused.body.contains("id=\"digest_hour-error\""), "{bad}");
        let kept = refused.body.contains("name=\"reminders\" value=\"1\" checked")
            && refused.body.contains("name=\"upcoming\" value=\"1\">");
        assert!(kept, "what was ticked comes back");
    }
    assert_eq!(count(&test, told), 1);
}

#[test]
fn the_tenants_hour_is_a_setting_and_is_eight_at_the_latest() {
    let test = one_tenant();
    let site = Site::new(&test);
    let admin = site.sign_in("mot", ADMIN);
    for bad in ["", "08%3A15", "04%3A45", "7"] {
        let refused = site.send(&admin, "POST", "/settings/mail", &format!("digest_hour={bad}"));
        assert_eq!(refused.status, 422, "{bad}");
        assert!(refused.body.contains("id=\"digest_hour-error\""), "{bad}");
    }
    assert_eq!(site.send(&admin, "POST", "/settings/mail", "digest_hour=08%3A00").status, 303);
    assert_eq!(count(&test, "SELECT digest_hour FROM tenant_settings"), 480);
    assert_eq!(count(&test, "SELECT count(*) FROM journal WHERE act = 'settings.change'"), 1);
    let me = site.sign_in("mot", HEAD);
    assert!(site.get(&me, "/account").body.contains("Theo giờ của tổ chức (08:00)"));
}

/// What the head's digest of a day would be.
fn digest(test: &TestApp, date: &str) -> Result<String, Skip> {
    test.act("mot", |conn, settings| {
        let facts = digests::facts(conn, settings, day(date))?.unwrap();
        let readers = digests::readers(conn, day(date))?;
        let at = readers.iter().position(|reader| reader.address == HEAD).unwrap();
        let url = PublicUrl::parse("https://dondoc.example").unwrap();
        Ok(digests::compose(&facts, &readers, &url)?.swap_remove(at).map(|letter| letter.text))
    })
    .unwrap()
}

#[test]
fn who_ends_the_rest_still_hears_of_what_is_overdue_and_once_a_week_of_everything() {
    let test = one_tenant();
    add_task(&test, "mot", "CVT", "NV-SOON");
    // A Friday and the Monday after it.
    run(
        &mut test.test_db.superuser(),
        "UPDATE tasks SET due_on = '2024-12-03', original_due_on = '2024-12-03'",
    );
    let (friday, monday) = ("2024-11-29", "2024-12-02");
    assert!(digest(&test, friday).unwrap().contains("NV-SOON"));
    let site = Site::new(&test);
    let me = site.sign_in("mot", HEAD);
    site.send(&me, "POST", "/account/mail", "weekly=1&reminders=1");
    assert_eq!(digest(&test, friday), Err(Skip::NothingOverdue));
    assert!(digest(&test, monday).unwrap().contains("NV-SOON"));
    add_task(&test, "mot", "CVT", "NV-LATE");
    let told = digest(&test, friday).unwrap();
    assert!(told.contains("NV-LATE") && !told.contains("NV-SOON"), "{told}");
}

#[test]
fn administrators_are_told_once_a_day_of_a_head_who_ends_the_rest() {
    let test = one_tenant();
    add_person(&test, "mot", "staff@mot.example", Role::Staff, Some("CVT"));
    let site = Site::new(&test);
    let me = site.sign_in("mot", HEAD);
    for form in ["reminders=1", "upcoming=1", "reminders=1"] {
        assert_eq!(site.send(&me, "POST", "/account/mail", form).status, 303);
    }
    let staff = site.sign_in("mot", "staff@mot.example");
    site.send(&staff, "POST", "/account/mail", "");
    let letters = "SELECT count(*) FROM letters WHERE kind = 'rest_off'";
    let admins = "SELECT count(DISTINCT person_id) FROM posts WHERE role = 'admin'";
    assert_eq!(count(&test, letters), count(&test, admins));
    assert_eq!(
        count(&test, &format!("{letters} AND address = '{ADMIN}' AND payload->>'head' = '{HEAD}'")),
        1
    );
    let kept = sent(&test, timetable::composers(&PublicUrl::parse("https://dondoc.example").unwrap()));
    assert!(kept.iter().any(|(address, _)| address == ADMIN));
    assert!(kept.iter().all(|(_, mime)| !mime.contains("List-Unsubscribe")));
}

/// Sends what is due; each letter's address and bytes.
fn sent(test: &TestApp, composers: BTreeMap<&'static str, Composer>) -> Vec<(String, String)> {
    let clock = Clock::fixed(now());
    let db = Db::open(&test.test_db.url(DbRole::App), 4, clock).unwrap();
    let from = mail::sender("Đôn đốc <dondoc@sender.example>").unwrap();
    let kept = mail::Kept::default();
    let post = PostRoom::new(db.clone(), clock, Transport::Memory(kept.clone()), from, composers)
        .telling(unsubscribe().way_out());
    jobs::work_off(&db, timetable::handlers(&db, clock, Arc::new(post))).unwrap();
    let kept = kept.lock().unwrap();
    kept.iter().map(|(to, mime)| (to.clone(), String::from_utf8(mime.clone()).unwrap())).collect()
}

fn plain() -> Composer {
    Box::new(|_, letters| {
        let words = |_| {
            Composition::Words(Words {
                subject: "Nhắc việc".to_owned(),
                text: "Chào".to_owned(),
                html: "<p>Chào</p>".to_owned(),
                unsubscribe: None,
            })
        };
        Ok(letters.iter().map(words).collect())
    })
}

/// The path that a letter of a kind to the head names for ending it.
fn path_in_letter(test: &TestApp, kind: &'static str) -> Option<String> {
    let person = person_of(test, "mot", HEAD);
    test.act("mot", |conn, _| {
        let letter = NewLetter {
            kind,
            person: Some(person),
            address: HEAD,
            day: day("2024-11-29"),
            key: "1".to_owned(),
            lang: Lang::Vi,
            payload: json!({}),
            due_at: conn.now(),
            give_up_at: None,
        };
        mail::plan(conn, &[letter]).map(drop)
    })
    .unwrap();
    let mut letters = sent(test, BTreeMap::from([(kind, plain())]));
    assert_eq!(letters.len(), 1);
    let (_, mime) = letters.remove(0);
    let (head, _) = mime.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ");
    let line = head.lines().find_map(|line| line.strip_prefix("List-Unsubscribe: "));
    let one_click = head.lines().any(|line| line == "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    assert_eq!(line.is_some(), one_click, "{head}");
    let path = line?.trim().strip_prefix("<https://dondoc.example")?.strip_suffix('>')?;
    Some(path.to_owned())
}

/// As a mail program sends it: no cookie, from wherever it is.
fn one_click(site: &Site, path: &str) -> Answer {
    let request = TestRequest::post()
        .uri(path)
        .insert_header(("sec-fetch-site", "cross-site"))
        .insert_header(("content-type", "application/x-www-form-urlencoded"));
    site.ask(&As::Nobody, request.set_payload("List-Unsubscribe=One-Click"))
}

#[test]
fn one_request_from_a_letter_ends_its_stream_and_looking_changes_nothing() {
    let test = one_tenant();
    let site = Site::new(&test);
    let digest = path_in_letter(&test, "digest").expect("an address");
    let reminder = path_in_letter(&test, "reminder").expect("an address");
    assert_eq!(path_in_letter(&test, "invitation"), None);
    let asked = site.get(&As::Nobody, &digest);
    assert_eq!(asked.status, 200);
    assert!(asked.body.contains(&format!("action=\"{digest}\"")) && asked.body.contains("Ngừng nhận"));
    assert!(!asked.body.contains(HEAD), "the page names nobody");
    assert_eq!(wish(&test), MailPreferences::default(), "looking changes nothing");
    assert_eq!(one_click(&site, &digest).status, 200);
    let ended = MailPreferences::default().without(Stream::Digest);
    assert_eq!(wish(&test), ended);
    assert_eq!(one_click(&site, &digest).status, 200, "again is the same");
    assert_eq!(one_click(&site, &reminder).status, 200);
    assert_eq!(wish(&test), ended.without(Stream::Reminder));
    assert_eq!(count(&test, "SELECT count(*) FROM journal WHERE act = 'mail.prefer'"), 2);
    assert_eq!(
        count(
            &test,
            &format!("SELECT count(*) FROM letters WHERE kind = 'rest_off' AND address = '{ADMIN}'")
        ),
        1
    );
    run(&mut test.test_db.superuser(), "UPDATE persons SET language = 'en'");
    assert!(site.get(&As::Nobody, &reminder).body.contains("End reminders"), "in the reader's language");
}

#[test]
fn an_unknown_or_altered_address_is_any_unknown_page() {
    let test = one_tenant();
    let site = Site::new(&test);
    let path = path_in_letter(&test, "digest").unwrap();
    let token = path.strip_prefix("/u/").unwrap().to_owned();
    let comparable = |answer: &Answer, path: &str| {
        let body = answer.body.replace(answer.header("x-request-id"), "");
        (answer.status, body.replace(path, "").replace(&path.replace('/', "%2F"), ""))
    };
    let unknown = comparable(&site.get(&As::Nobody, "/no-such-page"), "/no-such-page");
    assert_eq!(unknown.0, 404);
    let altered = format!("/u/{}{}", &token[..40], token[40..].chars().rev().collect::<String>());
    for bad in ["/u/x", altered.as_str()] {
        assert_eq!(comparable(&site.get(&As::Nobody, bad), bad), unknown, "{bad}");
        assert_eq!(one_click(&site, bad).status, 404, "{bad}");
    }
    for (shown, address) in
        [(As::Cookie(token.clone()), "/account"), (As::Token(token.clone()), "/api/v1/me")]
    {
        assert!(matches!(site.get(&shown, address).status, 303 | 401), "it signs nobody in");
    }
    assert_eq!(wish(&test), MailPreferences::default());
    run(&mut test.test_db.superuser(), "UPDATE tenants SET state = 'suspended'");
    assert_eq!((site.get(&As::Nobody, &path).status, one_click(&site, &path).status), (404, 404));
    assert_eq!(wish_row(&test), 0);
}

fn wish_row(test: &TestApp) -> i64 {
    count(test, "SELECT count(*) FROM mail_preferences")
}
