//! The tenant walls at work: each holds when the others are taken away.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use dondoc::cluster::Role;
use dondoc::db::Db;
use dondoc::error::{Error, Refusal};
use dondoc::units::{self, NewUnit};

use crate::support::build::add_unit;
use crate::support::{TestApp, TestDb, number, run};

/// The short names of the units that a tenant sees.
fn units_of(test: &TestApp, slug: &str) -> Vec<String> {
    test.act(slug, |conn, _| Ok(units::all(conn)?.into_iter().map(|unit| unit.short_name).collect())).unwrap()
}

fn two_tenants(pool: u32) -> TestApp {
    let test = TestApp::with_pool(pool);
    for slug in ["mot", "hai"] {
        test.tenant(slug);
        add_unit(&test, slug, slug);
    }
    test
}

#[test]
fn a_tenant_sees_its_own_rows_and_no_others() {
    let test = two_tenants(2);
    assert_eq!(units_of(&test, "mot"), ["mot"]);
    assert_eq!(units_of(&test, "hai"), ["hai"]);
}

/// A setting that outlived its transaction would show on the one connection that both tenants use.
#[test]
fn a_pool_of_one_connection_carries_nothing_over() {
    let test = two_tenants(1);
    for _ in 0..3 {
        assert_eq!(units_of(&test, "mot"), ["mot"]);
        assert_eq!(units_of(&test, "hai"), ["hai"]);
        assert_eq!(rows_without_tenant(&test), 0);
    }
}

/// The same after a transaction that failed half-way.
#[test]
fn a_failed_transaction_carries_nothing_over() {
    let test = two_tenants(1);
    let failed: Result<(), Error> = test.act("mot", |conn, _| {
        units::all(conn)?;
        Err(Refusal::NameForm.into())
    });
    assert!(failed.is_err());
    assert_eq!(rows_without_tenant(&test), 0);
    assert_eq!(units_of(&test, "hai"), ["hai"]);
}

/// What the application's role sees on the pool's own connection, outside any tenant's transaction.
fn rows_without_tenant(test: &TestApp) -> i64 {
    test.app.db.system(|conn| Ok(count_units(conn.for_tests()))).unwrap()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Counts units without the predicate that every query of ours has: row-level security alone.
fn count_units(pg: &mut PgConnection) -> i64 {
    diesel::sql_query("SELECT count(*) AS n FROM units").get_result::<Count>(pg).unwrap().n
}

#[test]
fn row_level_security_holds_alone() {
    let test = two_tenants(1);
    let seen = test.act("mot", |conn, _| Ok(count_units(conn.for_tests())));
    assert_eq!(seen.unwrap(), 1);
    assert_eq!(number(&mut test.test_db.superuser(), "SELECT count(*) FROM units"), 2);
}

#[test]
fn row_level_security_refuses_to_write_for_another() {
    let test = two_tenants(1);
    let other = number(&mut test.test_db.superuser(), "SELECT count(*) FROM units WHERE short_name = 'hai'");
    assert_eq!(other, 1);
    let stolen = test.act("mot", |conn, _| {
        let pg = conn.for_tests();
        let changed =
            diesel::sql_query("UPDATE units SET name = 'x' WHERE short_name = 'hai'").execute(pg)?;
        let written = diesel::sql_query(
            "INSERT INTO units (tenant_id, id, name, short_name, position)
             VALUES (gen_random_uuid(), gen_random_uuid(), 'x', 'x', 1)",
        )
        .execute(pg);
        Ok((changed, written.is_err()))
    });
    // The refused write has undone the transaction, so the whole act fails as well.
    assert!(stolen.is_err() || stolen.unwrap() == (0, true));
    assert_eq!(units_of(&test, "hai"), ["hai"]);
}

#[test]
fn a_reference_into_another_tenant_is_refused() {
    let test = two_tenants(1);
    let mut conn = test.test_db.superuser();
    let linked = diesel::sql_query(
        "INSERT INTO units (tenant_id, id, name, short_name, position, valid_until, successor_id)
         SELECT t.id, gen_random_uuid(), 'y', 'y', 9, '2024-01-01',
                (SELECT u.id FROM units u WHERE u.short_name = 'hai')
           FROM tenants t WHERE t.slug = 'mot'",
    )
    .execute(&mut conn);
    assert!(linked.unwrap_err().to_string().contains("units_successor_fkey"));
}

#[test]
fn the_journal_can_only_grow() {
    let test = two_tenants(1);
    for sql in ["UPDATE journal SET act = 'x'", "DELETE FROM journal", "TRUNCATE journal"] {
        let refused = test.act("mot", |conn, _| Ok(diesel::sql_query(sql).execute(conn.for_tests())?));
        assert!(format!("{:?}", refused.unwrap_err()).contains("permission denied"), "{sql}");
    }
    assert!(
        number(&mut test.test_db.superuser(), "SELECT count(*) FROM journal WHERE act = 'tenant.create'")
            == 2
    );
}

/// How a role could get around the walls, and what the refusal calls it.
const TOO_POWERFUL: [(&str, &str); 12] = [
    ("ALTER ROLE strong SUPERUSER", "superuser"),
    ("ALTER ROLE strong BYPASSRLS", "bypassrls"),
    ("CREATE TABLE own (); ALTER TABLE own OWNER TO strong", "owner of tables"),
    ("GRANT dondoc_owner TO strong", "member of dondoc_owner: owner of tables"),
    ("ALTER ROLE strong CREATEROLE", "createrole"),
    ("ALTER ROLE strong CREATEDB", "createdb"),
    ("ALTER ROLE strong REPLICATION", "replication"),
    ("CREATE SCHEMA theirs AUTHORIZATION strong", "owner of objects"),
    ("GRANT pg_write_all_data TO strong", "member of pg_write_all_data: past every grant"),
    ("GRANT pg_execute_server_program TO strong", "member of pg_execute_server_program: past every grant"),
    ("GRANT pg_read_all_data TO strong", "member of pg_read_all_data: past every grant"),
    (
        "CREATE ROLE strong_between NOLOGIN; GRANT dondoc_owner TO strong_between; \
         GRANT strong_between TO strong",
        "member of dondoc_owner: owner of tables",
    ),
];

#[test]
fn a_role_that_could_bypass_the_walls_is_refused() {
    let db = TestDb::new();
    let mut conn = db.superuser();
    for (i, (sql, reason)) in TOO_POWERFUL.into_iter().enumerate() {
        let role = format!("strong_{}_{i}", std::process::id());
        // Roles belong to the whole cluster: each has a name of its own, and goes again.
        run(
            &mut conn,
            &format!("CREATE ROLE {role} LOGIN; GRANT SELECT ON __diesel_schema_migrations TO {role}"),
        );
        run(&mut conn, &sql.replace("strong", &role));
        let found = dondoc::db::role_fault(&mut conn, &role).unwrap();
        run(
            &mut conn,
            &format!("DROP OWNED BY {role}; DROP ROLE {role}; DROP ROLE IF EXISTS {role}_between"),
        );
        assert_eq!(found.as_deref(), Some(reason));
    }
    let owner = Db::open(&db.url(Role::Owner), 1, dondoc::clock::Clock::system());
    assert!(matches!(owner, Err(Error::Refused(Refusal::RoleTooPowerful(_)))));
    assert!(Db::open(&db.url(Role::App), 1, dondoc::clock::Clock::system()).is_ok());
}

#[test]
fn a_session_that_is_another_role_underneath_is_refused() {
    let db = TestDb::new();
    let url = db.url(Role::Superuser).replace("options=", "options=-c%20role%3Ddondoc_app");
    let opened = Db::open(&url, 1, dondoc::clock::Clock::system());
    assert!(matches!(opened, Err(Error::Refused(Refusal::RoleTooPowerful(_)))));
}

#[test]
fn a_wall_taken_down_is_refused() {
    for (sql, gap) in [
        ("ALTER TABLE units DISABLE ROW LEVEL SECURITY", "row-level security is not forced on units"),
        ("ALTER TABLE units NO FORCE ROW LEVEL SECURITY", "row-level security is not forced on units"),
        ("GRANT TRUNCATE ON tenants TO dondoc_app", "TRUNCATE is granted on tenants"),
    ] {
        let db = TestDb::new();
        run(&mut db.superuser(), sql);
        match Db::open(&db.url(Role::App), 1, dondoc::clock::Clock::system()) {
            Err(Error::Refused(Refusal::WallDown(found))) => assert_eq!(found, gap),
            other => panic!("accepted after {sql}: {:?}", other.err()),
        }
    }
}

#[test]
fn with_nothing_to_migrate_nobodys_lock_is_waited_for() {
    let db = TestDb::new();
    let mut other = db.superuser();
    run(&mut other, "SELECT pg_advisory_lock(7016996765293437281)");
    dondoc::db::migrate(&db.url(Role::Owner)).unwrap();
}

#[test]
fn nothing_waits_for_ever() {
    let test = TestApp::with_pool(1);
    let limits = "SELECT count(*) AS n FROM pg_settings WHERE setting <> '0' AND name IN
        ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')";
    let set =
        test.app.db.system(|conn| Ok(diesel::sql_query(limits).get_result::<Count>(conn.for_tests())?.n));
    assert_eq!(set.unwrap(), 3);
}

#[test]
fn a_schema_that_is_behind_is_refused() {
    let db = TestDb::new();
    run(&mut db.superuser(), "DELETE FROM __diesel_schema_migrations WHERE version = '20261121000900'");
    match Db::open(&db.url(Role::App), 1, dondoc::clock::Clock::system()) {
        Err(Error::Refused(Refusal::SchemaBehind(missing))) => {
            assert_eq!(missing, ["2026-11-21-000900_journal"])
        }
        other => panic!("the schema was accepted: {:?}", other.err()),
    }
}

#[test]
fn a_unit_of_a_new_name_is_added_behind_the_last() {
    let test = two_tenants(1);
    let unit = NewUnit {
        id: dondoc::ids::new_id(),
        name: "Cục Viễn thông".into(),
        short_name: "CVT".into(),
        kind: None,
        mailbox: None,
    };
    test.act("mot", |conn, _| units::add(conn, &[unit])).unwrap();
    assert_eq!(units_of(&test, "mot"), ["mot", "CVT"]);
}
