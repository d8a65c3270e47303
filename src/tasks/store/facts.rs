//! Reading and writing the dated facts of tasks.

use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::{task_coordinators, task_exclusions, task_extensions, task_submissions};
use crate::tasks::model::{ExclusionRow, ExtensionRow, SubmissionRow};

/// Rows a statement; ten values a row at most stay below the protocol's 65,535.
const BATCH: usize = 5_000;

/// A task and a unit that coordinates it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Coordination {
    /// The task.
    pub task_id: Uuid,
    /// The unit.
    pub unit_id: Uuid,
}

/// The coordinating units of these tasks.
///
/// # Errors
/// The database's.
pub fn coordinations(conn: &mut TenantConn<'_>, tasks: &[Uuid]) -> Result<Vec<Coordination>> {
    use task_coordinators::dsl;
    Ok(dsl::task_coordinators
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq_any(tasks))
        .select((dsl::task_id, dsl::unit_id))
        .load(conn.pg())?)
}

/// Gives these tasks exactly these coordinating units.
///
/// # Errors
/// The database's.
pub fn replace_coordinations(conn: &mut TenantConn<'_>, tasks: &[Uuid], rows: &[Coordination]) -> Result<()> {
    use task_coordinators::dsl;
    let tenant = conn.tenant().uuid();
    diesel::delete(
        dsl::task_coordinators.filter(dsl::tenant_id.eq(tenant)).filter(dsl::task_id.eq_any(tasks)),
    )
    .execute(conn.pg())?;
    for batch in rows.chunks(BATCH) {
        let values: Vec<_> = batch
            .iter()
            .map(|row| {
                (dsl::tenant_id.eq(tenant), dsl::task_id.eq(row.task_id), dsl::unit_id.eq(row.unit_id))
            })
            .collect();
        diesel::insert_into(dsl::task_coordinators).values(values).execute(conn.pg())?;
    }
    Ok(())
}

/// The agreed extensions of these tasks, the last of each task last.
///
/// # Errors
/// The database's.
pub fn agreed_extensions(conn: &mut TenantConn<'_>, tasks: &[Uuid]) -> Result<Vec<ExtensionRow>> {
    use task_extensions::dsl;
    Ok(dsl::task_extensions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq_any(tasks))
        .filter(dsl::new_due_on.is_not_null())
        .select(ExtensionRow::as_select())
        .order((dsl::decided_on.asc().nulls_first(), dsl::id))
        .load(conn.pg())?)
}

/// The exclusions of these tasks that have not ended.
///
/// # Errors
/// The database's.
pub fn exclusions(conn: &mut TenantConn<'_>, tasks: &[Uuid]) -> Result<Vec<ExclusionRow>> {
    use task_exclusions::dsl;
    Ok(dsl::task_exclusions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq_any(tasks))
        .filter(dsl::until_on.is_null())
        .select(ExclusionRow::as_select())
        .order(dsl::id)
        .load(conn.pg())?)
}

/// Declares a function that replaces what imports wrote about some tasks in one table of facts.
macro_rules! replace_imported {
    ($(#[$doc:meta])* $name:ident, $table:ident, $row:ty) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// The database's.
        pub fn $name(conn: &mut TenantConn<'_>, tasks: &[Uuid], rows: &[$row]) -> Result<()> {
            use $table::dsl;
            let old = dsl::$table
                .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
                .filter(dsl::task_id.eq_any(tasks))
                .filter(dsl::import_id.is_not_null());
            diesel::delete(old).execute(conn.pg())?;
            for batch in rows.chunks(BATCH) {
                diesel::insert_into($table::table).values(batch).execute(conn.pg())?;
            }
            Ok(())
        }
    };
}

replace_imported! {
    /// Replaces the extensions that imports gave these tasks.
    replace_imported_extensions, task_extensions, ExtensionRow
}
replace_imported! {
    /// Replaces the submissions that imports gave these tasks.
    replace_imported_submissions, task_submissions, SubmissionRow
}
replace_imported! {
    /// Replaces the exclusions that imports gave these tasks.
    replace_imported_exclusions, task_exclusions, ExclusionRow
}
