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
struct RoleRow {
    #[diesel(sql_type = Bool)]
    superuser: bool,
    #[diesel(sql_type = Bool)]
    bypass: bool,
    #[diesel(sql_type = Bool)]
    owns: bool,
    #[diesel(sql_type = Bool)]
    inherits: bool,
}

/// A role that owns a table, or belongs to one that does or that row-level security does not bind,
/// could get around the walls without anybody noticing.
const ROLE: &str = "
    SELECT r.rolsuper AS superuser,
           r.rolbypassrls AS bypass,
           EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) AS owns,
           EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                    WHERE m.member = r.oid
                      AND (g.rolsuper OR g.rolbypassrls
                           OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = g.oid))) AS inherits
      FROM pg_roles r WHERE r.rolname = $1";

/// Refuses an old server, a role that could get around the walls and a schema that is behind.
pub(super) fn check(pg: &mut PgConnection) -> Result<()> {
    let server: ServerRow =
        diesel::sql_query("SELECT current_setting('server_version_num')::int AS version").get_result(pg)?;
    if server.version < 150_000 {
        return Err(Refusal::ServerTooOld(server.version.to_string()).into());
    }
    let role: String = diesel::select(diesel::dsl::sql::<Text>("current_user::text")).get_result(pg)?;
    if let Some(reason) = role_fault(pg, &role)? {
        return Err(Refusal::RoleTooPowerful(reason).into());
    }
    let missing = migrate::missing(&applied(pg)?)?;
    if missing.is_empty() { Ok(()) } else { Err(Refusal::SchemaBehind(missing).into()) }
}

/// How a role could get around the tenant walls, if it could.
///
/// # Errors
/// The database's; there is no such role.
pub fn role_fault(pg: &mut PgConnection, role: &str) -> Result<Option<String>> {
    let role: RoleRow = diesel::sql_query(ROLE).bind::<Text, _>(role).get_result(pg)?;
    let reasons = [
        (role.superuser, "superuser"),
        (role.bypass, "bypassrls"),
        (role.owns, "owner of tables"),
        (role.inherits, "member of a role that could bypass"),
    ];
    Ok(reasons.iter().find(|(holds, _)| *holds).map(|(_, reason)| (*reason).to_owned()))
}

#[derive(QueryableByName)]
struct VersionRow {
    #[diesel(sql_type = Text)]
    version: String,
}

/// The migrations that have run; none on a database nobody has migrated.
fn applied(pg: &mut PgConnection) -> Result<Vec<String>> {
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
