//! What is checked before the first query: the server, the role, the schema.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Text};

use super::migrate;
use crate::error::{Refusal, Result};

#[derive(QueryableByName)]
struct ServerRow {
    #[diesel(sql_type = Integer)]
    version: i32,
}

#[derive(QueryableByName)]
struct FaultRow {
    #[diesel(sql_type = Text)]
    fault: String,
}

/// A role that row-level security does not bind, that could give itself more, that owns anything here or reads
/// and writes past every grant could get around the walls without anybody noticing; so could a member of one,
/// however far away. The role itself first, as that is what there is to mend.
const ROLE: &str = "
    SELECT CASE WHEN own THEN power ELSE 'member of ' || name || ': ' || power END AS fault
      FROM (SELECT r.rolname = $1 AS own, r.rolname::text AS name,
                   CASE WHEN r.rolsuper THEN 'superuser'
                        WHEN r.rolbypassrls THEN 'bypassrls'
                        WHEN r.rolcreaterole THEN 'createrole'
                        WHEN r.rolcreatedb THEN 'createdb'
                        WHEN r.rolreplication THEN 'replication'
                        WHEN EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) THEN 'owner of tables'
                        WHEN d.datdba = r.oid THEN 'owner of the database'
                        WHEN EXISTS (SELECT FROM pg_shdepend s
                                      WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = r.oid
                                        AND s.deptype = 'o' AND s.dbid = d.oid) THEN 'owner of objects'
                        WHEN r.rolname IN ('pg_execute_server_program', 'pg_write_server_files',
                                           'pg_read_server_files', 'pg_write_all_data', 'pg_read_all_data')
                            THEN 'past every grant' END AS power
              FROM pg_roles r, pg_database d
             WHERE d.datname = current_database() AND pg_has_role($1::name, r.oid, 'MEMBER')) AS found
     WHERE power IS NOT NULL
     ORDER BY own DESC, name LIMIT 1";

/// A session that is another role underneath goes back to it with one `RESET ROLE`.
const SESSION: &str = "
    SELECT 'the session is ' || session_user || ', acting as ' || current_user AS fault
     WHERE session_user <> current_user";

/// Walls that somebody took down: a tenant's table without row-level security for everybody, and the right to
/// empty a table, which row-level security does not ask.
const WALLS: &str = "
    SELECT CASE WHEN has_table_privilege(c.oid, 'TRUNCATE') THEN 'TRUNCATE is granted on '
                ELSE 'row-level security is not forced on ' END || c.relname AS fault
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND (has_table_privilege(c.oid, 'TRUNCATE')
            OR NOT (c.relrowsecurity AND c.relforcerowsecurity)
               AND EXISTS (SELECT FROM pg_attribute a
                            WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped))
     ORDER BY c.relname LIMIT 1";

/// The first releases that don't let statistics show rows past row-level security (CVE-2025-8713).
const MENDED: [i32; 3] = [150_014, 160_010, 170_006];

/// Refuses an old server, a role that could get around the walls and a schema that is behind.
pub(super) fn check(pg: &mut PgConnection) -> Result<()> {
    let server: ServerRow =
        diesel::sql_query("SELECT current_setting('server_version_num')::int AS version").get_result(pg)?;
    if server.version < 150_000 {
        return Err(Refusal::ServerTooOld(server.version.to_string()).into());
    }
    if MENDED.iter().any(|mended| server.version / 10_000 == mended / 10_000 && server.version < *mended) {
        // Not refused: a distribution may have mended it under the old number.
        tracing::warn!(version = server.version, "PostgreSQL lacks the fix of CVE-2025-8713: update it");
    }
    if let Some(reason) = diesel::sql_query(SESSION).get_result::<FaultRow>(pg).optional()? {
        return Err(Refusal::RoleTooPowerful(reason.fault).into());
    }
    let role: String = diesel::select(diesel::dsl::sql::<Text>("session_user::text")).get_result(pg)?;
    if let Some(reason) = role_fault(pg, &role)? {
        return Err(Refusal::RoleTooPowerful(reason).into());
    }
    if let Some(gap) = diesel::sql_query(WALLS).get_result::<FaultRow>(pg).optional()? {
        return Err(Refusal::WallDown(gap.fault).into());
    }
    let missing = migrate::missing(&applied(pg)?)?;
    if missing.is_empty() { Ok(()) } else { Err(Refusal::SchemaBehind(missing).into()) }
}

/// How a role could get around the tenant walls, if it could.
///
/// # Errors
/// The database's; there is no such role.
pub fn role_fault(pg: &mut PgConnection, role: &str) -> Result<Option<String>> {
    let found = diesel::sql_query(ROLE).bind::<Text, _>(role).get_result::<FaultRow>(pg).optional()?;
    Ok(found.map(|row| row.fault))
}

#[derive(QueryableByName)]
struct VersionRow {
    #[diesel(sql_type = Text)]
    version: String,
}

/// The migrations that have run; none on a database nobody has migrated.
pub(super) fn applied(pg: &mut PgConnection) -> Result<Vec<String>> {
    #[derive(QueryableByName)]
    struct Present {
        #[diesel(sql_type = Bool)]
        present: bool,
    }
    let found: Present =
        diesel::sql_query("SELECT to_regclass('public.__diesel_schema_migrations') IS NOT NULL AS present")
            .get_result(pg)?;
    if !found.present {
        return Ok(Vec::new());
    }
    let rows: Vec<VersionRow> =
        diesel::sql_query("SELECT version::text FROM __diesel_schema_migrations").load(pg)?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

/// Whether anybody's tables are in the database.
pub(super) fn has_tables(pg: &mut PgConnection) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Present {
        #[diesel(sql_type = Bool)]
        present: bool,
    }
    let found: Present = diesel::sql_query(
        "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                           AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                           AND c.relname <> '__diesel_schema_migrations') AS present",
    )
    .get_result(pg)?;
    Ok(found.present)
}
