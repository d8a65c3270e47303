//! SQL of archives: the catalogue, and rows as the database's own text. Names come from the catalogue alone.

use diesel::connection::SimpleConnection;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::{task_files, tenant_hosts, tenant_revisions, tenants};

/// A table that holds something of tenants.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Table {
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The column that says whose a row is.
    #[diesel(sql_type = Text)]
    pub tenant_column: String,
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    types: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    key: Vec<String>,
    /// The other tables that it refers to.
    #[diesel(sql_type = Array<Text>)]
    pub parents: Vec<String>,
}

/// Every table with a column `tenant_id` or another reference to `tenants`, and `tenants` itself.
const TABLES: &str = "
WITH owned AS (
    SELECT c.oid, c.relname::text AS name, coalesce(
               (SELECT a.attname FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped),
               CASE WHEN c.oid = 'public.tenants'::regclass THEN 'id' END,
               (SELECT a.attname FROM pg_constraint k
                  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
                 WHERE k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid = 'public.tenants'::regclass
                 ORDER BY k.conname LIMIT 1))::text AS tenant_column
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
)
SELECT name, tenant_column,
       ARRAY(SELECT a.attname::text FROM pg_attribute a
              WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              ORDER BY a.attnum) AS columns,
       ARRAY(SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
              WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              ORDER BY a.attnum) AS types,
       ARRAY(SELECT a.attname::text FROM pg_index i
              CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
              WHERE i.indrelid = o.oid AND i.indisprimary ORDER BY k.place) AS key,
       ARRAY(SELECT DISTINCT p.relname::text FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid
              WHERE k.contype = 'f' AND k.conrelid = o.oid AND k.confrelid <> o.oid) AS parents
  FROM owned o WHERE tenant_column IS NOT NULL ORDER BY name";

pub(super) fn tables(conn: &mut TenantConn<'_>) -> Result<Vec<Table>> {
    Ok(diesel::sql_query(TABLES).load(conn.pg())?)
}

/// One text of each value, whatever the server's settings; and as long as it takes.
const SETTINGS: &str = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
    SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC';
    SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1";

pub(super) fn begin(conn: &mut TenantConn<'_>) -> Result<()> {
    // As if the revision were raised already: else a trigger would raise it for a tenant that is gone.
    let revised = format!("SET LOCAL app.revised = '{}'", conn.tenant().uuid());
    conn.pg().batch_execute(SETTINGS)?;
    // What an archive tells of happened long ago: no other system hears of it again.
    conn.pg().batch_execute("SET LOCAL app.restoring = 'yes'")?;
    Ok(conn.pg().batch_execute(&revised)?)
}

/// Says that the whole tenant goes: only then what was published goes too.
pub(super) fn begin_removal(conn: &mut TenantConn<'_>) -> Result<()> {
    let removed = format!("SET LOCAL app.removed_tenant = '{}'", conn.tenant().uuid());
    Ok(conn.pg().batch_execute(&removed)?)
}

/// Lets rows come before those of the same table that they point to.
pub(super) fn defer(conn: &mut TenantConn<'_>) -> Result<()> {
    Ok(conn.pg().batch_execute("SET CONSTRAINTS ALL DEFERRED")?)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Array<Nullable<Text>>)]
    row: Vec<Option<String>>,
}

/// Shows each row of the tenant in the order of its key, one at a time: a table may be larger than memory.
pub(super) fn each_row(
    conn: &mut TenantConn<'_>,
    table: &Table,
    mut see: impl FnMut(Vec<Option<String>>) -> Result<()>,
) -> Result<()> {
    let values = list(table.columns.iter().map(|column| format!("{}::text", quoted(column))));
    let order = list(table.key.iter().map(|column| quoted(column)));
    let (name, own) = (quoted(&table.name), quoted(&table.tenant_column));
    let asked = format!("SELECT ARRAY[{values}] AS row FROM {name} WHERE {own} = $1 ORDER BY {order}");
    let tenant = conn.tenant().uuid();
    let rows = diesel::sql_query(asked)
        .bind::<SqlUuid, _>(tenant)
        .load_iter::<Row, PgRowByRowLoadingMode>(conn.pg())?;
    for row in rows {
        see(row?.row)?;
    }
    Ok(())
}

/// Writes rows, given as a JSON array of objects of texts.
pub(super) fn insert(conn: &mut TenantConn<'_>, table: &Table, rows: &str) -> Result<()> {
    let columns = list(table.columns.iter().map(|column| quoted(column)));
    let literal = |column: &str| column.replace('\'', "''");
    let cells = table.columns.iter().zip(&table.types);
    let values = list(cells.map(|(column, kind)| format!("(r ->> '{}')::{kind}", literal(column))));
    let name = quoted(&table.name);
    let sql =
        format!("INSERT INTO {name} ({columns}) SELECT {values} FROM jsonb_array_elements($1::jsonb) AS r");
    diesel::sql_query(sql).bind::<Text, _>(rows).execute(conn.pg())?;
    Ok(())
}

/// Gives the tenant a revision that it never had, in no life of it here: the time in microseconds, which counting by ones
/// from an earlier time does not reach.
pub(super) fn leap(conn: &mut TenantConn<'_>) -> Result<()> {
    use tenant_revisions::{revision, tenant_id};
    let fresh = conn.now().timestamp_micros();
    let row = (tenant_id.eq(conn.tenant().uuid()), revision.eq(fresh));
    diesel::insert_into(tenant_revisions::table)
        .values(row)
        .on_conflict(tenant_id)
        .do_update()
        .set(revision.eq(fresh))
        .execute(conn.pg())?;
    Ok(())
}

/// Removes the tenant's rows of a table.
pub(super) fn remove(conn: &mut TenantConn<'_>, table: &Table) -> Result<()> {
    let sql = format!("DELETE FROM {} WHERE {} = $1", quoted(&table.name), quoted(&table.tenant_column));
    diesel::sql_query(sql).bind::<SqlUuid, _>(conn.tenant().uuid()).execute(conn.pg())?;
    Ok(())
}

/// The files that the tenant keeps: id, size and hash, in the order of their ids.
pub(super) fn kept_files(conn: &mut TenantConn<'_>) -> Result<Vec<(Uuid, i64, Vec<u8>)>> {
    Ok(task_files::table
        .filter(task_files::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_files::removed_at.is_null())
        .select((task_files::id, task_files::bytes, task_files::sha256))
        .order(task_files::id)
        .load(conn.pg())?)
}

/// The slug of the tenant of an id.
pub(super) fn slug_of(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<String>> {
    Ok(tenants::table.find(id).select(tenants::slug).first(conn.pg()).optional()?)
}

/// Whether a slug is taken.
pub(super) fn has_slug(conn: &mut TenantConn<'_>, slug: &str) -> Result<bool> {
    let taken = tenants::table.filter(tenants::slug.eq(slug)).select(tenants::id);
    Ok(diesel::select(diesel::dsl::exists(taken)).get_result(conn.pg())?)
}

/// The first of these hosts that is a tenant's here.
pub(super) fn taken_host(conn: &mut TenantConn<'_>, hosts: &[String]) -> Result<Option<String>> {
    let taken = tenant_hosts::table.filter(tenant_hosts::host.eq_any(hosts)).order(tenant_hosts::host);
    Ok(taken.select(tenant_hosts::host).first(conn.pg()).optional()?)
}
