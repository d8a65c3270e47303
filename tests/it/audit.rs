//! The journal's hash chain: every entry is sealed, and whatever somebody with all rights does to it is found.

use std::sync::Barrier;

use dondoc::journal::{self, Entry, FlawKind};
use dondoc::tenants;
use serde_json::{Value, json};

use crate::support::build::add_unit;
use crate::support::{TestApp, number, run};

/// What a check of the tenant finds first: the number in the chain and what is wrong there.
fn flaw(test: &TestApp) -> Option<(Option<i64>, FlawKind)> {
    let found = test.act("mot", |conn, _| journal::verify(conn)).unwrap();
    found.flaw.map(|flaw| (flaw.number, flaw.kind))
}

fn tenant() -> TestApp {
    let test = TestApp::new();
    test.tenant("mot");
    test.tenant("hai");
    for name in ["A", "B", "C"] {
        add_unit(&test, "mot", name);
    }
    test
}

#[test]
fn every_entry_is_a_link_of_its_tenants_chain() {
    let test = tenant();
    let mut conn = test.test_db.superuser();
    assert_eq!(flaw(&test), None);
    assert_eq!(
        number(&mut conn, "SELECT count(*) FROM journal"),
        number(&mut conn, "SELECT count(*) FROM journal_links")
    );
    assert_eq!(number(&mut conn, "SELECT count(*) FROM journal_links WHERE number = 1"), 2);
    for sql in ["UPDATE journal_links SET number = 9", "DELETE FROM journal_links"] {
        let refused = test.act("mot", |conn, _| {
            diesel::connection::SimpleConnection::batch_execute(conn.for_tests(), sql)?;
            Ok(())
        });
        assert!(format!("{:?}", refused.unwrap_err()).contains("permission denied"), "{sql}");
    }
}

#[test]
fn whatever_is_done_to_the_journal_is_found() {
    let all = "SET session_replication_role = replica;";
    let of = "tenant_id = (SELECT id FROM tenants WHERE slug = 'mot')";
    let third = format!("(SELECT entry_id FROM journal_links WHERE {of} AND number = 3)");
    let cases = [
        (format!("UPDATE journal SET actor = 'x' WHERE id = {third}"), Some(3), FlawKind::Changed),
        (
            format!("UPDATE journal SET at = at + interval '1 microsecond' WHERE id = {third}"),
            Some(3),
            FlawKind::Changed,
        ),
        (format!("UPDATE journal SET after = '{{}}' WHERE id = {third}"), Some(3), FlawKind::Changed),
        (format!("DELETE FROM journal WHERE id = {third}"), Some(3), FlawKind::Missing),
        (
            format!(
                "DELETE FROM journal WHERE id = {third}; DELETE FROM journal_links WHERE {of} AND number = 3"
            ),
            Some(4),
            FlawKind::Unlinked,
        ),
        (
            "INSERT INTO journal (tenant_id, id, at, actor, act, subject)
             SELECT id, gen_random_uuid(), now(), 'x', 'x', 'x' FROM tenants WHERE slug = 'mot'"
                .to_owned(),
            None,
            FlawKind::Unsealed,
        ),
        (
            format!(
                "UPDATE journal_links SET number = -number WHERE {of} AND number IN (3, 4);
                 UPDATE journal_links SET number = 7 + number WHERE {of} AND number < 0"
            ),
            Some(3),
            FlawKind::Unlinked,
        ),
    ];
    for (sql, place, kind) in cases {
        let test = tenant();
        let mut conn = test.test_db.superuser();
        run(&mut conn, "ALTER TABLE journal_links DROP CONSTRAINT journal_links_number_positive");
        run(&mut conn, &format!("{all} {sql}"));
        assert_eq!(flaw(&test), Some((place, kind)), "{sql}");
    }
}

#[test]
fn transactions_at_once_make_one_chain() {
    let test = TestApp::with_pool(4);
    test.tenant("mot");
    let start = Barrier::new(4);
    let entry = |n: usize| Entry { after: Some(json!({ "n": n })), ..Entry::operator("test", Value::Null) };
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let (test, start) = (&test, &start);
            scope.spawn(move || {
                start.wait();
                for n in 0..10 {
                    // Half of them change a fact as well, before or after: its lock and the chain's are one.
                    let unit = || add_unit(test, "mot", &format!("{worker}-{n}"));
                    if n % 2 == 0 {
                        unit();
                    }
                    let entries: Vec<Entry> = (0..5).map(entry).collect();
                    tenants::operate(&test.app, "mot", "test", |conn, _| {
                        journal::append(conn, &entries)?;
                        Ok(((), Value::Null))
                    })
                    .unwrap();
                }
            });
        }
    });
    let found = test.act("mot", |conn, _| journal::verify(conn)).unwrap();
    assert_eq!((found.flaw, found.entries), (None, 2 + 4 * 10 * 6 + 4 * 5));
}
