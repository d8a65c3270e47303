//! Reading the revision of a tenant's facts.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::tenant_revisions;

/// The state of the facts that a transaction sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    /// How many transactions have changed the tenant's facts; 0 for none.
    pub number: i64,
    /// Whether this transaction has written: what it changed itself is not in the number before it commits.
    pub has_written: bool,
}

/// The revision now.
///
/// # Errors
/// The database's.
pub fn read(conn: &mut TenantConn<'_>) -> Result<Revision> {
    let number = tenant_revisions::table
        .filter(tenant_revisions::tenant_id.eq(conn.tenant().uuid()))
        .select(tenant_revisions::revision)
        .single_value();
    let has_written = sql::<Bool>("pg_current_xact_id_if_assigned() IS NOT NULL");
    let (number, has_written): (Option<i64>, bool) =
        diesel::select((number, has_written)).get_result(conn.pg())?;
    Ok(Revision { number: number.unwrap_or(0), has_written })
}

/// Lets no other transaction change the tenant's facts until this one ends: whoever raises the revision waits for it at
/// its commit. What is read afterwards is of one state, in however many statements.
///
/// # Errors
/// The database's.
pub fn hold(conn: &mut TenantConn<'_>) -> Result<()> {
    use tenant_revisions::{revision, tenant_id};
    let tenant = conn.tenant().uuid();
    diesel::insert_into(tenant_revisions::table)
        .values((tenant_id.eq(tenant), revision.eq(0)))
        .on_conflict_do_nothing()
        .execute(conn.pg())?;
    let own = tenant_revisions::table.filter(tenant_id.eq(tenant));
    own.select(revision).for_update().first::<i64>(conn.pg())?;
    Ok(())
}
