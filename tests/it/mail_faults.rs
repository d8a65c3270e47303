//! The outbox where it hurts: servers that fall silent, letters that kill, names that would be headers, old texts.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use dondoc::domain::access::Role;
use dondoc::jobs;
use dondoc::mail::{self, Composer, Composition, Transport, Words};
use serde_json::json;

use crate::support::mail::{
    Answer, FOR_EVER, count, plan, plan_kind, plan_to, server, until, work, work_waiting, work_with,
};
use crate::support::site::add_person;
use crate::support::{TestApp, number, run};

/// How long the tests wait at each step of a server's.
const STEP: Duration = Duration::from_millis(300);

/// Sends 20 letters to a server that falls silent; how many it was handed.
fn to_a_silent_server(app: &TestApp, answer: Answer) -> usize {
    plan(app, "btttt", 20, &json!({}));
    let (url, taken) = server(answer);
    let begun = Instant::now();
    work_waiting(app, 1, &url, STEP).join().unwrap().unwrap();
    assert!(begun.elapsed() < STEP * 10, "the worker was held for {:?}", begun.elapsed());
    taken.lock().unwrap().len()
}

fn all_go_out_later(app: &TestApp) {
    let (back, taken) = server(|_| None);
    work(app, 60, &Transport::Smtp(back));
    assert_eq!((taken.lock().unwrap().len(), count(app, "state = 'sent'")), (20, 20));
}

#[test]
fn a_server_that_never_greets_costs_no_letter_a_try() {
    let app = TestApp::new();
    app.tenant("btttt");
    to_a_silent_server(&app, |line| line.is_empty().then_some("hang"));
    assert_eq!(count(&app, "state = 'planned' AND attempts = 0"), 20);
    all_go_out_later(&app);
}

#[test]
fn a_server_that_is_silent_before_the_data_holds_a_letter_a_line() {
    let app = TestApp::new();
    app.tenant("btttt");
    assert_eq!(to_a_silent_server(&app, |line| (line == "DATA").then_some("hang")), 0);
    let held =
        "state = 'planned' AND attempts = 1 AND last_error = 'timeout at DATA' AND NOT possible_duplicate";
    assert_eq!((count(&app, held), count(&app, "state = 'planned' AND attempts = 0")), (4, 16));
    all_go_out_later(&app);
}

#[test]
fn a_server_that_is_silent_after_the_data_holds_one_letter() {
    let app = TestApp::new();
    app.tenant("btttt");
    assert_eq!(to_a_silent_server(&app, |line| (line == ".").then_some("hang")), 1);
    let held =
        "state = 'planned' AND attempts = 1 AND last_error = 'timeout at end of DATA' AND possible_duplicate";
    assert_eq!((count(&app, held), count(&app, "state = 'planned' AND attempts = 0")), (1, 19));
    all_go_out_later(&app);
    assert_eq!(count(&app, "possible_duplicate"), 1, "what may have come twice says so");
}

#[test]
fn a_letter_that_takes_three_workers_with_it_is_dead_and_the_others_flow() {
    let app = TestApp::new();
    app.tenant("btttt");
    // As many as one claim takes.
    plan(&app, "btttt", 20, &json!({}));
    // A worker that waits for ever is as good as a dead one: its leases end.
    let (url, taken) = server(|line| line.contains("<p0@").then_some("hang"));
    for (n, seconds) in [1, 132, 263].into_iter().enumerate() {
        app.act("btttt", |conn, _| jobs::enqueue(conn, mail::DELIVER, &format!("{n}"), conn.now())).unwrap();
        work_waiting(&app, seconds, &url, FOR_EVER);
        let held = format!("state = 'sending' AND attempts = {} AND lease_losses = {n}", n + 1);
        until("the letter is begun", || count(&app, &held) == 1 && count(&app, "state = 'sent'") == 19);
        assert_eq!(count(&app, "state = 'sending'"), 1);
    }
    plan(&app, "btttt", 3, &json!({ "n": 2 }));
    let (back, of_back) = server(|line| line.contains("<p0@btttt").then_some("450 not now"));
    work(&app, 394, &Transport::Smtp(back));
    let dead = "state = 'dead' AND last_error = 'lease lost' AND lease_losses = 3 AND possible_duplicate";
    assert_eq!((count(&app, dead), count(&app, "state = 'dead'")), (1, 1));
    assert_eq!((taken.lock().unwrap().len(), of_back.lock().unwrap().len()), (19, 2));
}

/// What people might call themselves, a task or a unit; the last is harmless.
const NAMES: [&str; 11] = [
    "x\r\nBcc: evil@x.example",
    "x\nBcc: evil@x.example",
    "x\rBcc: evil@x.example",
    "x\0\r\nBcc: evil@x.example",
    "x\r\n.\r\nMAIL FROM:<evil@x.example>\r\nRCPT TO:<evil@x.example>\r\nDATA\r\n",
    "x\r\n\r\n<script>alert(1)</script>",
    "=?utf-8?q?x=0D=0ABcc:_evil@x.example?=",
    "=?utf-8?b?eA0KQmNjOiBldmlsQHguZXhhbXBsZQ==?=\r\n =?utf-8?q?y?=",
    "x\u{2028}Bcc: evil@x.example\u{85}To: evil@x.example\u{b}Cc: evil@x.example",
    "\r\n \r\n\tBcc: evil@x.example\r\nContent-Type: text/html\r\n\r\n",
    "An",
];

/// Composes a letter with the name of its number wherever a name may stand.
fn naming() -> BTreeMap<&'static str, Composer> {
    let composer: Composer = Box::new(|_, letters| {
        let composed = letters.iter().map(|letter| {
            let name = NAMES[usize::try_from(letter.payload["n"].as_u64().unwrap()).unwrap()];
            Composition::Words(Words {
                subject: format!("Task of {name}"),
                text: format!("Dear {name}\r\n.\r\n..\r\nRCPT TO:<evil@x.example>\r\nafter the dots\r\n"),
                html: format!("<p>{name}</p>\r\n.\r\n"),
                unsubscribe: Some(format!("https://dondoc.example/u?of={name}")),
            })
        });
        Ok(composed.collect())
    });
    BTreeMap::from([("test", composer)])
}

#[test]
fn no_name_becomes_a_header_a_recipient_or_the_end_of_a_letter() {
    let app = TestApp::new();
    app.tenant("btttt");
    for n in 0..NAMES.len() {
        plan_to(&app, "btttt", "test", &["a@b.example".to_owned()], &json!({ "n": n }));
    }
    let (url, taken) = server(|_| None);
    work_with(&app, 1, &url, naming());
    let taken = taken.lock().unwrap();
    assert_eq!((taken.len(), count(&app, "state = 'sent'")), (NAMES.len() - 1, NAMES.len() as i64 - 1));
    // The database keeps no NUL, so no name there has one: a letter with one can't be kept, and so is not sent.
    assert_eq!(count(&app, "last_error = 'not composed' AND payload->>'n' = '3'"), 1);
    let harmless = taken.iter().find(|arrived| arrived.field("Subject") == "Task of An").unwrap();
    let names = |fields: Vec<&str>| -> Vec<String> {
        fields.iter().map(|field| field.split(':').next().unwrap().to_owned()).collect()
    };
    for arrived in taken.iter() {
        assert_eq!(names(arrived.fields()), names(harmless.fields()), "{arrived:?}");
        assert_eq!((arrived.recipients, arrived.to.as_str()), (1, "RCPT TO:<a@b.example>"));
        let end = arrived.lines.iter().rfind(|line| !line.is_empty()).unwrap();
        assert!(end.starts_with("--") && end.ends_with("--"), "it was cut off: {arrived:?}");
    }
    let text: Vec<&str> = harmless.lines.iter().map(String::as_str).collect();
    let dots = [".", "..", "RCPT TO:<evil@x.example>", "after the dots"];
    assert!(text.windows(4).any(|lines| lines == dots), "{text:?}");
}

#[test]
fn no_address_becomes_a_second_recipient() {
    let app = TestApp::new();
    app.tenant("btttt");
    let bad = [
        "a@b.example\r\nRCPT TO:<evil@x.example>",
        "a@b.example\nBcc: evil@x.example",
        "a@b.example\r\n.\r\n",
        "a@b.example>\r\nDATA",
        "a@b.example>,<evil@x.example",
        "a@b.example, evil@x.example",
        "a@b.example evil@x.example",
        "Evil <evil@x.example>",
        "\"a\r\nRCPT TO:<evil@x.example>\"@b.example",
        "a@b.example\u{85}evil@x.example",
    ];
    let addresses: Vec<String> = bad.iter().chain(&["good@b.example"]).map(|&a| a.to_owned()).collect();
    plan_to(&app, "btttt", "test", &addresses, &json!({}));
    let (url, taken) = server(|_| None);
    work(&app, 1, &Transport::Smtp(url));
    let taken = taken.lock().unwrap();
    let came: Vec<_> = taken.iter().map(|arrived| (arrived.recipients, arrived.to.as_str())).collect();
    assert_eq!(came, [(1, "RCPT TO:<good@b.example>")]);
    assert_eq!(count(&app, "last_error = 'not composed' AND mime IS NULL"), bad.len() as i64);
}

#[test]
fn a_text_with_a_way_in_goes_as_soon_as_its_letter_is_over() {
    let app = TestApp::new();
    app.tenant("btttt");
    plan_kind(&app, "btttt", "reset", 4, &json!({}));
    plan(&app, "btttt", 1, &json!({}));
    let (url, _) = server(|line| match line {
        line if line.contains("RCPT TO:<p1@") => Some("550 no such user"),
        line if line.contains("RCPT TO:<p2@") || line.contains("RCPT TO:<p3@") => Some("450 not now"),
        _ => None,
    });
    work(&app, 1, &Transport::Smtp(url));
    let text = "mime IS NOT NULL AND body_text IS NOT NULL";
    assert_eq!(count(&app, &format!("{text} AND kind = 'test' AND state = 'sent'")), 1);
    assert_eq!(count(&app, &format!("{text} AND kind = 'reset' AND state = 'planned'")), 2, "still needed");
    let gone = "mime IS NULL AND body_text IS NULL AND message_id IS NOT NULL AND kind = 'reset'";
    assert_eq!(count(&app, &format!("{gone} AND state = 'sent'")), 1);
    assert_eq!(count(&app, &format!("{gone} AND state = 'dead'")), 1);
    let mut conn = app.test_db.superuser();
    run(&mut conn, "UPDATE letters SET give_up_at = '2024-11-29T02:00:10Z' WHERE address LIKE 'p2@%'");
    run(
        &mut conn,
        "UPDATE letters SET state = 'sending', lease_losses = 2, lease_until = '2024-11-29T02:00:10Z'
          WHERE address LIKE 'p3@%'",
    );
    let (back, taken) = server(|_| None);
    work(&app, 60, &Transport::Smtp(back));
    assert_eq!(taken.lock().unwrap().len(), 0);
    assert_eq!(count(&app, &format!("{gone} AND state = 'skipped' AND reason = 'late'")), 1);
    assert_eq!(count(&app, &format!("{gone} AND state = 'dead'")), 2);
}

#[test]
fn old_texts_go_and_the_rows_stay() {
    let app = TestApp::new();
    for slug in ["btttt", "other"] {
        app.tenant(slug);
        plan(&app, slug, 4, &json!({}));
    }
    let (url, _) = server(|line| line.contains("RCPT TO:<p3@").then_some("450 not now"));
    work(&app, 1, &Transport::Smtp(url));
    let mut conn = app.test_db.superuser();
    // Of each tenant: two old ones, one of them given up, one of 29 days and an old one that still waits.
    run(
        &mut conn,
        "UPDATE letters SET planned_at = planned_at - interval '31 days' WHERE address !~ '^p2@';
         UPDATE letters SET planned_at = planned_at - interval '29 days' WHERE address ~ '^p2@';
         UPDATE letters SET state = 'dead', sent_at = NULL WHERE address ~ '^p1@';
         UPDATE letters SET due_at = '2025-01-01' WHERE address ~ '^p3@'",
    );
    app.act("btttt", |conn, _| jobs::enqueue(conn, mail::PURGE, "night", conn.now())).unwrap();
    work(&app, 2, &Transport::Memory(mail::Kept::default()));
    let gone = "mime IS NULL AND body_text IS NULL AND subject IS NOT NULL AND message_id IS NOT NULL";
    assert_eq!(count(&app, &format!("{gone} AND address ~ '^p[01]@btttt'")), 2);
    assert_eq!((count(&app, "mime IS NULL OR body_text IS NULL"), count(&app, "true")), (2, 8));
}

#[test]
fn what_is_long_over_of_sign_ins_goes_and_nothing_else() {
    let app = TestApp::new();
    for slug in ["btttt", "other"] {
        app.tenant(slug);
        add_person(&app, slug, &format!("a@{slug}.example"), Role::Leader, None);
    }
    let mut conn = app.test_db.superuser();
    // Days from the tests' instant to the end, as a text that names what should stay.
    let ages = "(VALUES ('gone', -31), ('stays', -29), ('stays', 1)) AS v (fate, days)";
    let end = "'2024-11-29T02:00:00Z'::timestamptz + v.days * interval '1 day'";
    let secret = "sha256(v.fate::bytea)";
    let of = format!(
        "FROM persons p JOIN posts o USING (tenant_id), {ages} WHERE o.person_id = p.id AND p.email ~ '^a@'"
    );
    let begun = "'2024-10-01'::timestamptz";
    for statement in [
        format!("INSERT INTO sessions (tenant_id, id, person_id, post_id, kind, secret_sha256, created_at, seen_at, expires_at)
                 SELECT p.tenant_id, gen_random_uuid(), p.id, o.id, 'browser', {secret}, {begun}, {begun}, {end} {of}"),
        format!("INSERT INTO sessions (tenant_id, id, person_id, post_id, kind, secret_sha256, created_at, seen_at, expires_at, ended_at)
                 SELECT p.tenant_id, gen_random_uuid(), p.id, o.id, 'browser', {secret}, {begun}, {begun}, '2025-01-01', {end} {of}"),
        format!("INSERT INTO one_time_links (tenant_id, id, person_id, purpose, secret_sha256, created_at, expires_at)
                 SELECT p.tenant_id, gen_random_uuid(), p.id, 'set_password', {secret}, {begun}, {end} {of}"),
        format!("INSERT INTO sign_in_steps (tenant_id, id, person_id, secret_sha256, created_at, expires_at)
                 SELECT p.tenant_id, gen_random_uuid(), p.id, {secret}, {begun}, {end} {of}"),
        format!("INSERT INTO remembered_devices (tenant_id, id, person_id, secret_sha256, created_at, expires_at)
                 SELECT p.tenant_id, gen_random_uuid(), p.id, {secret}, {begun}, {end} {of}"),
        format!(
            "INSERT INTO factor_offers (tenant_id, shown_in, person_id, sealed_seed, created_at)
             SELECT p.tenant_id, gen_random_uuid(), p.id, {secret} || substr({secret}, 1, 16), {end} {of}"
        ),
    ] {
        run(&mut conn, &statement);
    }
    app.act("btttt", |conn, _| jobs::enqueue(conn, "sessions.purge", "night", conn.now())).unwrap();
    work(&app, 1, &Transport::Memory(mail::Kept::default()));
    for (table, mark, fates) in [
        ("sessions", "secret_sha256", 2),
        ("one_time_links", "secret_sha256", 1),
        ("sign_in_steps", "secret_sha256", 1),
        ("remembered_devices", "secret_sha256", 1),
        ("factor_offers", "sealed_seed", 1),
    ] {
        let mut left = |fate: &str, slug: &str| {
            let condition = format!("t.slug = '{slug}' AND substr({mark}, 1, 32) = sha256('{fate}'::bytea)");
            let all =
                format!("SELECT count(*) FROM {table} JOIN tenants t ON t.id = tenant_id WHERE {condition}");
            number(&mut conn, &all)
        };
        let ours = [left("gone", "btttt"), left("stays", "btttt")];
        let of_others = [left("gone", "other"), left("stays", "other")];
        assert_eq!((ours, of_others), ([0, 2 * fates], [fates, 2 * fates]), "{table}");
    }
}
