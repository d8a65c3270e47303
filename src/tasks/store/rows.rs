//! Reading and writing rows of tasks.

use diesel::prelude::*;
use diesel::upsert::excluded;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::{tasks, tenant_settings};
use crate::tasks::model::TaskRow;

/// Rows a statement: 36 values a row stay below the protocol's 65,535.
const BATCH: usize = 1_000;

/// What a row without a code is known again by.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct TaskKey {
    /// The task.
    pub id: Uuid,
    /// The source document's number.
    pub source_number: Option<String>,
    /// The lead unit.
    pub lead_unit_id: Uuid,
    /// The folded title.
    pub title_key: String,
}

/// The tasks of these codes, deleted ones too.
///
/// # Errors
/// The database's.
pub fn by_codes(conn: &mut TenantConn<'_>, codes: &[String]) -> Result<Vec<TaskRow>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::code.eq_any(codes))
        .select(TaskRow::as_select())
        .load(conn.pg())?)
}

/// The tasks of these ids, deleted ones too.
///
/// # Errors
/// The database's.
pub fn by_ids(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<Vec<TaskRow>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::id.eq_any(ids))
        .select(TaskRow::as_select())
        .load(conn.pg())?)
}

/// What the tasks led by these units are known again by, oldest first.
///
/// # Errors
/// The database's.
pub fn keys_of_units(conn: &mut TenantConn<'_>, units: &[Uuid]) -> Result<Vec<TaskKey>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::lead_unit_id.eq_any(units))
        .select((tasks::id, tasks::source_number, tasks::lead_unit_id, tasks::title_key))
        .order(tasks::id)
        .load(conn.pg())?)
}

/// Which of these codes a task has already.
///
/// # Errors
/// The database's.
pub fn taken_codes(conn: &mut TenantConn<'_>, codes: &[String]) -> Result<Vec<String>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::code.eq_any(codes))
        .select(tasks::code)
        .load(conn.pg())?)
}

/// Takes `count` numbers for codes of ours from the tenant's counter; the first of them.
///
/// # Errors
/// The database's.
pub fn next_numbers(conn: &mut TenantConn<'_>, count: i32) -> Result<i32> {
    let last: i32 =
        diesel::update(tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid())))
            .set(tenant_settings::last_task_number.eq(tenant_settings::last_task_number + count))
            .returning(tenant_settings::last_task_number)
            .get_result(conn.pg())?;
    Ok(last - count + 1)
}

/// Writes rows, new and changed alike; of a changed one everything but its id, code and birth.
///
/// # Errors
/// The database's.
pub fn save(conn: &mut TenantConn<'_>, rows: &[TaskRow]) -> Result<()> {
    for batch in rows.chunks(BATCH) {
        diesel::insert_into(tasks::table)
            .values(batch)
            .on_conflict((tasks::tenant_id, tasks::id))
            .do_update()
            .set((
                (
                    tasks::title.eq(excluded(tasks::title)),
                    tasks::title_key.eq(excluded(tasks::title_key)),
                    tasks::category.eq(excluded(tasks::category)),
                    tasks::field.eq(excluded(tasks::field)),
                    tasks::source_number.eq(excluded(tasks::source_number)),
                    tasks::source_date.eq(excluded(tasks::source_date)),
                    tasks::source_kind.eq(excluded(tasks::source_kind)),
                    tasks::source_abstract.eq(excluded(tasks::source_abstract)),
                    tasks::source_issuer.eq(excluded(tasks::source_issuer)),
                    tasks::source_urgency.eq(excluded(tasks::source_urgency)),
                    tasks::lead_unit_id.eq(excluded(tasks::lead_unit_id)),
                    tasks::product.eq(excluded(tasks::product)),
                    tasks::level.eq(excluded(tasks::level)),
                    tasks::level_words.eq(excluded(tasks::level_words)),
                    tasks::assigned_on.eq(excluded(tasks::assigned_on)),
                    tasks::due_words.eq(excluded(tasks::due_words)),
                ),
                (
                    tasks::due_precision.eq(excluded(tasks::due_precision)),
                    tasks::original_due_on.eq(excluded(tasks::original_due_on)),
                    tasks::due_on.eq(excluded(tasks::due_on)),
                    tasks::status.eq(excluded(tasks::status)),
                    tasks::percent.eq(excluded(tasks::percent)),
                    tasks::obstacles.eq(excluded(tasks::obstacles)),
                    tasks::late_reason.eq(excluded(tasks::late_reason)),
                    tasks::completed_on.eq(excluded(tasks::completed_on)),
                    tasks::confirmed_on.eq(excluded(tasks::confirmed_on)),
                    tasks::product_number.eq(excluded(tasks::product_number)),
                    tasks::product_date.eq(excluded(tasks::product_date)),
                    tasks::note.eq(excluded(tasks::note)),
                    tasks::imported.eq(excluded(tasks::imported)),
                    tasks::version.eq(excluded(tasks::version)),
                    tasks::updated_at.eq(excluded(tasks::updated_at)),
                ),
            ))
            .execute(conn.pg())?;
    }
    Ok(())
}
