//! The second to fourth wall, read from the catalogue: every table of the public schema is either on the
//! list of system tables or walled in, whoever adds it. Faults are planted to see that each is found.

use diesel::prelude::*;
use diesel::sql_types::Text;
use dondoc::cluster::Role;
use dondoc::error::{Error, Refusal};

use crate::support::{TestDb, number, run};

/// Tables without a tenant's wall: ids, times, state, and the host names that say which tenant is asked for.
const SYSTEM: &str = "'__diesel_schema_migrations', 'installation', 'job_slots', 'job_turns', 'jobs', 'tenants', \
     'tenant_hosts'";

/// What a policy must say, to the letter.
const POLICY: &str = "(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS \"nullif\"))";

/// One row a fault, as `gate object`.
fn gates() -> String {
    let policy = POLICY.replace('\'', "''");
    format!(
        "WITH t AS (
            SELECT c.oid, c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS secured,
                   (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'
                       AND a.attnotnull AND a.atttypid = 'uuid'::regtype AND NOT a.attisdropped) AS tenant
              FROM pg_class c
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
               AND c.relname NOT IN ({SYSTEM})
        )
        SELECT 'no_tenant ' || name AS fault FROM t WHERE tenant IS NULL
        UNION ALL SELECT 'no_row_security ' || name FROM t WHERE NOT secured
        UNION ALL SELECT 'policies ' || name FROM t WHERE (SELECT count(*) FROM pg_policy p WHERE p.polrelid = t.oid) <> 1
        UNION ALL SELECT 'policy_text ' || name FROM t JOIN pg_policy p ON p.polrelid = t.oid
            WHERE pg_get_expr(p.polqual, p.polrelid) IS DISTINCT FROM '{policy}'
               OR pg_get_expr(p.polwithcheck, p.polrelid) IS DISTINCT FROM '{policy}'
               OR p.polcmd <> '*' OR NOT p.polpermissive OR p.polroles <> '{{0}}'
        UNION ALL SELECT 'key_without_tenant ' || conname FROM pg_constraint k JOIN t ON t.oid = k.conrelid
            WHERE k.contype IN ('p', 'u') AND k.conkey[1] IS DISTINCT FROM t.tenant
        UNION ALL SELECT 'reference_without_tenant ' || conname
            FROM pg_constraint k JOIN t ON t.oid = k.conrelid JOIN t parent ON parent.oid = k.confrelid
            WHERE k.contype = 'f' AND NOT (k.conkey[1] = t.tenant AND k.confkey[1] = parent.tenant)
        UNION ALL SELECT 'self_reference_at_once ' || conname FROM pg_constraint k
            WHERE k.contype = 'f' AND k.conrelid = k.confrelid AND NOT k.condeferrable
        UNION ALL SELECT 'index_without_tenant ' || i.indexrelid::regclass FROM pg_index i JOIN t ON t.oid = i.indrelid
            WHERE i.indkey[0] IS DISTINCT FROM t.tenant
        UNION ALL SELECT 'leaky_index_type ' || i.indexrelid::regclass
            FROM pg_index i JOIN t ON t.oid = i.indrelid
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
            JOIN pg_type y ON y.oid = a.atttypid WHERE y.typtype = 'e' OR y.typname = 'numeric'
        UNION ALL SELECT 'grant ' || name || ' ' || kind FROM t, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) AS kind
            WHERE has_table_privilege('dondoc_app', t.oid, kind)
        UNION ALL SELECT 'granted_to_all ' || c.relname FROM pg_class c, aclexplode(c.relacl) acl
            WHERE c.relnamespace = 'public'::regnamespace AND acl.grantee = 0
        UNION ALL SELECT 'view ' || c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND (c.relkind = 'm'
               OR c.relkind = 'v' AND NOT coalesce(c.reloptions::text LIKE '%security_invoker=true%', false))
        UNION ALL SELECT 'definer ' || p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
        UNION ALL SELECT 'role ' || r.rolname FROM pg_roles r WHERE r.rolname = 'dondoc_app'
            AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb
                 OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
                 OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid))
        UNION ALL SELECT 'uncommented ' || name FROM t WHERE obj_description(t.oid, 'pg_class') IS NULL
        ORDER BY 1"
    )
}

#[derive(QueryableByName)]
struct Fault {
    #[diesel(sql_type = Text)]
    fault: String,
}

fn faults(conn: &mut PgConnection) -> Vec<String> {
    diesel::sql_query(gates()).load::<Fault>(conn).unwrap().into_iter().map(|row| row.fault).collect()
}

#[test]
fn every_table_is_walled_in() {
    let db = TestDb::new();
    assert_eq!(faults(&mut db.superuser()), Vec::<String>::new());
}

/// A fault, and what the gate must call it.
const PLANTED: [(&str, &str); 15] = [
    ("CREATE TABLE bare (id uuid)", "no_tenant bare"),
    (
        "CREATE TABLE bare (tenant_id uuid); COMMENT ON TABLE bare IS 'x'; CALL wall_in('bare')",
        "no_tenant bare",
    ),
    ("ALTER TABLE tasks NO FORCE ROW LEVEL SECURITY", "no_row_security tasks"),
    ("ALTER TABLE tasks DISABLE ROW LEVEL SECURITY", "no_row_security tasks"),
    ("CREATE POLICY more ON tasks USING (true)", "policies tasks"),
    (
        "ALTER POLICY tenant ON tasks USING (true OR tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))",
        "policy_text tasks",
    ),
    ("ALTER TABLE tasks ADD CONSTRAINT code_for_all UNIQUE (code)", "key_without_tenant code_for_all"),
    (
        "ALTER TABLE units ADD CONSTRAINT short UNIQUE (tenant_id, id, position);
         ALTER TABLE tasks ADD COLUMN u uuid, ADD COLUMN x uuid,
            ADD CONSTRAINT loose FOREIGN KEY (u, x, percent) REFERENCES units (tenant_id, id, position)",
        "reference_without_tenant loose",
    ),
    (
        "ALTER TABLE units ADD COLUMN above uuid,
            ADD CONSTRAINT above FOREIGN KEY (tenant_id, above) REFERENCES units (tenant_id, id)",
        "self_reference_at_once above",
    ),
    ("CREATE INDEX by_code ON tasks (code)", "index_without_tenant by_code"),
    (
        "ALTER TABLE tasks ADD COLUMN n numeric; CREATE INDEX by_n ON tasks (tenant_id, n)",
        "leaky_index_type by_n",
    ),
    ("GRANT TRUNCATE ON tasks TO dondoc_app", "grant tasks TRUNCATE"),
    ("GRANT SELECT ON tasks TO PUBLIC", "granted_to_all tasks"),
    ("CREATE VIEW all_tasks AS SELECT * FROM tasks", "view all_tasks"),
    (
        "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM tasks'",
        "definer peek",
    ),
];

#[test]
fn every_planted_fault_is_found() {
    let db = TestDb::new();
    let mut conn = db.superuser();
    for (sql, fault) in PLANTED {
        run(&mut conn, "BEGIN");
        run(&mut conn, sql);
        let found = faults(&mut conn);
        run(&mut conn, "ROLLBACK");
        assert!(found.iter().any(|f| f == fault), "{fault} was not found, but {found:?}");
    }
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    line: String,
}

/// `schema.rs` is generated; this sees that it was, after the last migration.
#[test]
fn the_generated_schema_is_that_of_the_migrations() {
    let db = TestDb::new();
    let columns: Vec<Column> = diesel::sql_query(
        "SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'YES' THEN ' nullable' ELSE '' END AS line
           FROM information_schema.columns
          WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'
          ORDER BY table_name, ordinal_position",
    )
    .load(&mut db.superuser())
    .unwrap();
    let migrated: Vec<String> = columns.into_iter().map(|c| c.line).collect();
    assert_eq!(declared(include_str!("../../src/schema.rs")), migrated);
}

/// The columns that the text of `schema.rs` declares, as `table.column` and ` nullable`.
fn declared(text: &str) -> Vec<String> {
    let mut table = "";
    let mut columns = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("diesel::") {
            continue;
        } else if let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ") {
            let nullable = if kind.starts_with("Nullable<") { " nullable" } else { "" };
            columns.push(format!("{table}.{column}{nullable}"));
        } else if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with('{')) {
            table = name;
        }
    }
    columns
}

#[test]
fn a_database_with_somebody_elses_tables_is_left_alone() {
    let db = TestDb::empty();
    run(&mut db.superuser(), "CREATE TABLE customers (id int)");
    let refused = dondoc::db::migrate(&db.url(Role::Owner));
    assert!(matches!(refused, Err(Error::Refused(Refusal::DatabaseForeign))), "{refused:?}");
    assert_eq!(number(&mut db.superuser(), "SELECT count(*) FROM pg_class WHERE relname = 'tenants'"), 0);
    run(&mut db.superuser(), "DROP TABLE customers");
    dondoc::db::migrate(&db.url(Role::Owner)).unwrap();
}
