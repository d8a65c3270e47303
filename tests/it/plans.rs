//! What the server does for a unit's list: a statement planned once, by an index of the unit's tasks.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use dondoc::db::TenantConn;
use dondoc::domain::standing::Standing;
use dondoc::tasks::{self, StandingFilter, TaskFilterInput};

use crate::support::build::add_unit;
use crate::support::{TestApp, day, run};

#[derive(QueryableByName)]
struct Statement {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    places: i64,
    #[diesel(sql_type = BigInt)]
    runs: i64,
}

/// The statements over tasks of a day that this connection has prepared.
fn statements(conn: &mut TenantConn<'_>) -> Vec<Statement> {
    diesel::sql_query(
        "SELECT name, cardinality(parameter_types)::bigint AS places, generic_plans + custom_plans AS runs
           FROM pg_prepared_statements WHERE statement LIKE '%task_at AS%' AND statement NOT LIKE '%prepared%'",
    )
    .load(conn.for_tests())
    .unwrap()
}

fn overdue_of(unit: &str) -> TaskFilterInput {
    TaskFilterInput {
        unit: Some(unit.to_owned()),
        standing: Some(StandingFilter::Is(Standing::Overdue)),
        ..TaskFilterInput::default()
    }
}

#[test]
fn a_list_is_prepared_once_a_connection() {
    let test = TestApp::with_pool(1);
    test.tenant("thu");
    for unit in ["CVT", "CBC"] {
        add_unit(&test, "thu", unit);
    }
    let ask = |asked: TaskFilterInput| {
        test.act("thu", |conn, settings| {
            tasks::page(conn, day("2024-11-29"), settings.due_soon_days, asked, 25, None)?;
            Ok(statements(conn))
        })
        .unwrap()
    };
    ask(overdue_of("CVT"));
    let kept = ask(overdue_of("CBC"));
    assert_eq!((kept.len(), kept[0].runs), (1, 2), "the second run prepared again");
    let rare = TaskFilterInput { due_from: Some(day("2024-01-01")), ..overdue_of("CVT") };
    assert_eq!(ask(rare).len(), 1, "a rare text is not kept");
}

/// Tasks of 34 units, so many that a scan of all would cost more.
const MANY: &str = "
INSERT INTO units (tenant_id, id, name, short_name, position)
SELECT t.id, gen_random_uuid(), 'Đơn vị ' || n, 'DV' || n, n FROM tenants t, generate_series(1, 34) n;
INSERT INTO tasks (tenant_id, id, code, title, title_key, category, lead_unit_id, product, assigned_on, due_precision,
                   original_due_on, due_on, status, completed_on, confirmed_on, created_at, updated_at)
SELECT u.tenant_id, gen_random_uuid(), 'NV-' || n, 'Nhiệm vụ', 'nhiem vu', 'key', u.id, 'report', due - 60, 'day',
       due, due, CASE WHEN done THEN 'completed' ELSE 'in_progress' END,
       CASE WHEN done THEN due END, CASE WHEN done THEN due END, now(), now()
  FROM (SELECT n, date '2023-01-01' + n % 1096 AS due, n % 1096 < 690 AND n % 50 > 0 AS done
          FROM generate_series(1, 20000) n) given
  JOIN units u ON u.position = 1 + n % 34;
";

#[test]
fn a_units_overdue_list_reads_an_index_behind_row_level_security() {
    let test = TestApp::with_pool(1);
    test.tenant("thu");
    run(&mut test.test_db.superuser(), MANY);
    // On its own: it is refused in a transaction, and index-only scans want the pages seen.
    run(&mut test.test_db.superuser(), "VACUUM ANALYZE");
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        line: String,
    }
    let plan = test
        .act("thu", |conn, settings| {
            let page =
                tasks::page(conn, day("2024-11-29"), settings.due_soon_days, overdue_of("DV7"), 25, None)?;
            assert!(!page.items.is_empty());
            let statement = statements(conn).remove(0);
            run(conn.for_tests(), "SET LOCAL plan_cache_mode = force_generic_plan");
            let nulls = vec!["NULL"; usize::try_from(statement.places).unwrap()].join(", ");
            let explain = format!("EXPLAIN (COSTS OFF) EXECUTE {} ({nulls})", statement.name);
            let lines: Vec<Line> = diesel::sql_query(explain).load(conn.for_tests())?;
            Ok(lines.into_iter().map(|line| line.line).collect::<Vec<_>>().join("\n"))
        })
        .unwrap();
    assert!(plan.contains("Index Only Scan using tasks_led"), "{plan}");
    assert!(!plan.contains("Seq Scan on tasks"), "{plan}");
}
