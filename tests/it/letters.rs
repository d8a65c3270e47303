//! The outbox on a real database, with a mail server that speaks the protocol and fails where it is told.

use dondoc::domain::lang::Lang;
use dondoc::mail::{self, NewLetter, Transport};
use serde_json::json;

use crate::support::mail::{count, plan, server, work};
use crate::support::{TestApp, day, number};

#[test]
fn every_letter_is_sent_once() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, taken) = server(|_| None);
    plan(&app, "btttt", 120, &json!({}));
    plan(&app, "btttt", 120, &json!({}));
    work(&app, 1, &Transport::Smtp(url.clone()));
    work(&app, 4000, &Transport::Smtp(url));
    let mut sent: Vec<_> = taken.lock().unwrap().iter().map(|arrived| arrived.to.clone()).collect();
    assert_eq!(sent.len(), 120);
    sent.sort();
    sent.dedup();
    assert_eq!((sent.len(), count(&app, "state = 'sent' AND attempts = 1")), (120, 120));
}

#[test]
fn an_address_that_nobody_has_stops_no_other_letter() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, taken) = server(|line| line.contains("<p7@").then_some("550 no such user"));
    plan(&app, "btttt", 100, &json!({}));
    work(&app, 1, &Transport::Smtp(url));
    assert_eq!(taken.lock().unwrap().len(), 99);
    assert_eq!(count(&app, "state = 'dead' AND last_error = '550 at RCPT'"), 1);
}

#[test]
fn a_server_that_refuses_us_costs_no_letter_a_try() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, _) = server(|line| line.starts_with("MAIL").then_some("530 sign in first"));
    plan(&app, "btttt", 3, &json!({}));
    work(&app, 1, &Transport::Smtp(url));
    assert_eq!(count(&app, "state = 'planned' AND attempts = 0"), 3);
    let (back, taken) = server(|_| None);
    work(&app, 1 + 301, &Transport::Smtp(back));
    assert_eq!(taken.lock().unwrap().len(), 3);
}

#[test]
fn what_is_put_off_comes_again_after_the_back_off() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, taken) = server(|line| line.starts_with("RCPT").then_some("450 greylisted"));
    plan(&app, "btttt", 1, &json!({}));
    for (seconds, attempts) in [(1, 1), (20, 1), (40, 2), (60, 2), (110, 3)] {
        work(&app, seconds, &Transport::Smtp(url.clone()));
        assert_eq!(count(&app, &format!("state = 'planned' AND attempts = {attempts}")), 1, "{seconds}");
    }
    assert_eq!(taken.lock().unwrap().len(), 0);
    let (url, taken) = server(|_| None);
    work(&app, 250, &Transport::Smtp(url));
    assert_eq!((taken.lock().unwrap().len(), count(&app, "state = 'sent' AND attempts = 4")), (1, 1));
}

#[test]
fn a_letter_that_can_not_be_composed_stops_no_other() {
    let app = TestApp::new();
    app.tenant("btttt");
    plan(&app, "btttt", 1, &json!({ "panics": true }));
    plan(&app, "btttt", 20, &json!({}));
    let kept = mail::Kept::default();
    work(&app, 1, &Transport::Memory(kept.clone()));
    assert_eq!(kept.lock().unwrap().len(), 20);
    assert_eq!(count(&app, "last_error = 'not composed'"), 1);
}

#[test]
fn a_letter_whose_server_went_away_after_the_data_comes_twice_at_most_and_says_so() {
    let app = TestApp::new();
    app.tenant("btttt");
    let (url, taken) = server(|line| (line == ".").then_some("drop"));
    plan(&app, "btttt", 1, &json!({}));
    work(&app, 1, &Transport::Smtp(url));
    assert_eq!(
        (taken.lock().unwrap().len(), count(&app, "state = 'planned' AND possible_duplicate")),
        (1, 1)
    );
    let mut conn = app.test_db.superuser();
    let id = "SELECT count(*) FROM letters WHERE message_id LIKE '<' || id || '@%' AND mime IS NOT NULL";
    assert_eq!(number(&mut conn, id), 1);
    let (back, again) = server(|_| None);
    work(&app, 60, &Transport::Smtp(back.clone()));
    work(&app, 4000, &Transport::Smtp(back));
    assert_eq!((again.lock().unwrap().len(), count(&app, "state = 'sent' AND possible_duplicate")), (1, 1));
    assert_eq!(number(&mut conn, id), 1, "the same letter under the same id");
}

#[test]
fn who_may_not_sign_in_at_the_server_loses_no_try() {
    let app = TestApp::new();
    app.tenant("btttt");
    plan(&app, "btttt", 5, &json!({}));
    let (url, taken) = server(|line| line.starts_with("AUTH").then_some("535 wrong"));
    let Transport::Smtp(mut url) = Transport::Smtp(url) else { unreachable!() };
    url.credentials = Some(("dondoc".to_owned(), "wrong".to_owned()));
    work(&app, 1, &Transport::Smtp(url));
    assert_eq!((taken.lock().unwrap().len(), count(&app, "state = 'planned' AND attempts = 0")), (0, 5));
}

#[test]
fn a_letter_that_lost_its_worker_before_it_was_composed_is_sent_once() {
    let app = TestApp::new();
    app.tenant("btttt");
    plan(&app, "btttt", 10, &json!({}));
    let mut conn = app.test_db.superuser();
    crate::support::run(
        &mut conn,
        "UPDATE letters SET state = 'sending', attempts = 1, lease_until = '2024-11-29T02:02:00Z'",
    );
    let (url, taken) = server(|_| None);
    work(&app, 1, &Transport::Smtp(url.clone()));
    assert_eq!(taken.lock().unwrap().len(), 0, "somebody may be at it");
    work(&app, 130, &Transport::Smtp(url.clone()));
    work(&app, 800, &Transport::Smtp(url));
    assert_eq!(
        (taken.lock().unwrap().len(), count(&app, "state = 'sent' AND NOT possible_duplicate")),
        (10, 10)
    );
}

#[test]
fn what_is_not_committed_is_not_sent() {
    let app = TestApp::new();
    app.tenant("btttt");
    let undone = app.act("btttt", |conn, _| {
        let letter = NewLetter {
            kind: "test",
            person: None,
            address: "a@b.example",
            day: day("2024-11-29"),
            key: "1".to_owned(),
            lang: Lang::Vi,
            payload: json!({}),
            due_at: conn.now(),
            give_up_at: None,
        };
        mail::plan(conn, &[letter])?;
        Err::<(), _>(dondoc::error::Error::Internal("the act failed".to_owned()))
    });
    assert!(undone.is_err());
    assert_eq!((count(&app, "true"), work(&app, 1, &Transport::Memory(mail::Kept::default()))), (0, 0));
}

#[test]
fn one_letter_of_a_key_is_one_a_person_whatever_their_address() {
    let app = TestApp::new();
    app.tenant("btttt");
    let planned = |address: &'static str, key: &'static str| {
        app.act("btttt", |conn, _| {
            let person = dondoc::accounts::person_of(conn, "admin@btttt.example")?;
            let letter = NewLetter {
                kind: "test",
                person,
                address,
                day: day("2024-11-29"),
                key: key.to_owned(),
                lang: Lang::Vi,
                payload: json!({}),
                due_at: conn.now(),
                give_up_at: None,
            };
            mail::plan(conn, &[letter])
        })
        .unwrap()
    };
    assert_eq!(planned("old@b.example", "29"), 1);
    assert_eq!((planned("new@b.example", "29"), planned("new@b.example", "30")), (0, 1));
}

#[test]
fn letters_become_files_that_can_be_read() {
    let app = TestApp::new();
    app.tenant("btttt");
    let home = tempfile::tempdir().unwrap();
    plan(&app, "btttt", 3, &json!({ "name": "Cục Viễn thông" }));
    work(&app, 1, &Transport::Files(mail::directory(home.path())));
    let day = home.path().join("mail/2024-11-29");
    let files: Vec<_> = std::fs::read_dir(day).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!((files.len(), count(&app, "state = 'sent'")), (3, 3));
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("Message-ID: <") && text.contains("To: p"), "{}: {text}", file.display());
        assert!(file.file_name().unwrap().to_str().unwrap().starts_with("Cục-Viễn-thông"));
    }
}
