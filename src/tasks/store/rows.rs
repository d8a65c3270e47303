//! Reading and writing rows of tasks.

use std::collections::HashSet;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel::upsert::excluded;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::words::fold;
use crate::error::Result;
use crate::schema::{tasks, tenant_settings};
use crate::tasks::model::TaskRow;

diesel::define_sql_function! {
    /// The text in lower case.
    fn lower(text: Text) -> Text;
}

/// Rows a statement: 43 values a row stay below the protocol's 65,535.
const BATCH: usize = 1_000;

/// What a row without a code is known again by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// The source document's number, without accents and case.
    pub source_number: Option<String>,
    /// The lead unit.
    pub lead_unit_id: Uuid,
    /// The folded title.
    pub title_key: String,
}

/// A task with what its row in a sheet may be known again by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskKey {
    /// The task.
    pub id: Uuid,
    /// By what it is now.
    pub now: RowKey,
    /// By what the last import read of it.
    pub imported: Option<RowKey>,
}

/// The tasks of these codes in any case, deleted ones too.
///
/// # Errors
/// The database's.
pub fn by_codes(conn: &mut TenantConn<'_>, codes: &[String]) -> Result<Vec<TaskRow>> {
    let in_tenant = tasks::table.filter(tasks::tenant_id.eq(conn.tenant().uuid()));
    let mut found: Vec<TaskRow> =
        in_tenant.filter(tasks::code.eq_any(codes)).select(TaskRow::as_select()).load(conn.pg())?;
    let exact: HashSet<&str> = found.iter().map(|task| task.code.as_str()).collect();
    let rest: Vec<String> =
        codes.iter().filter(|code| !exact.contains(code.as_str())).map(|c| c.to_lowercase()).collect();
    if !rest.is_empty() {
        // No index helps here; it is one scan of the tenant's tasks, and only for codes that are new.
        let other = in_tenant
            .filter(lower(tasks::code).eq_any(rest))
            .filter(tasks::code.ne_all(codes))
            .select(TaskRow::as_select())
            .load::<TaskRow>(conn.pg())?;
        found.extend(other);
    }
    Ok(found)
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

/// What the tasks are known again by that these units lead, or led when they were last imported; oldest
/// first, without deleted ones.
///
/// # Errors
/// The database's.
pub fn keys_of_units(conn: &mut TenantConn<'_>, units: &[Uuid]) -> Result<Vec<TaskKey>> {
    type Row = (Uuid, Option<String>, Uuid, String, Option<String>, Option<String>, Option<String>);
    let read = |field: &str| sql::<Nullable<Text>>(&format!("imported ->> '{field}'"));
    let names: Vec<String> = units.iter().map(Uuid::to_string).collect();
    let led = tasks::lead_unit_id.eq_any(units).or(read("unit").eq_any(names).assume_not_null());
    let rows: Vec<Row> = tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::deleted_at.is_null())
        .filter(led)
        .select((
            tasks::id,
            tasks::source_number,
            tasks::lead_unit_id,
            tasks::title_key,
            read("source_number"),
            read("unit"),
            read("title"),
        ))
        .order(tasks::id)
        .load(conn.pg())?;
    Ok(rows
        .into_iter()
        .map(|(id, source_number, lead_unit_id, title_key, number, unit, title)| TaskKey {
            id,
            now: RowKey { source_number: source_number.map(|number| fold(&number)), lead_unit_id, title_key },
            imported: unit.and_then(|unit| unit.parse().ok()).zip(title).map(|(lead_unit_id, title)| {
                RowKey {
                    source_number: number.map(|number| fold(&number)),
                    lead_unit_id,
                    title_key: fold(&title),
                }
            }),
        })
        .collect())
}

/// Which of these codes a task has already.
fn taken_codes(conn: &mut TenantConn<'_>, codes: &[String]) -> Result<Vec<String>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::code.eq_any(codes))
        .select(tasks::code)
        .load(conn.pg())?)
}

/// The last number that a code of ours was made of, locked until the transaction ends.
fn last_number(conn: &mut TenantConn<'_>) -> Result<i32> {
    Ok(tenant_settings::table
        .filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()))
        .select(tenant_settings::last_task_number)
        .for_update()
        .get_result(conn.pg())?)
}

fn set_last_number(conn: &mut TenantConn<'_>, last: i32) -> Result<()> {
    let own = tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()));
    diesel::update(own).set(tenant_settings::last_task_number.eq(last)).execute(conn.pg())?;
    Ok(())
}

/// Takes codes of ours from the tenant's counter; a number whose code is taken is passed over.
///
/// # Errors
/// The database's.
pub fn fresh_codes(conn: &mut TenantConn<'_>, count: usize) -> Result<Vec<String>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let (mut last, mut codes, mut width) = (last_number(conn)?, Vec::with_capacity(count), count);
    // Each look takes twice as many numbers: where an import has taken thousands, a dozen looks pass over them.
    while codes.len() < count {
        let some: Vec<String> = (last + 1..).take(width).map(|n| format!("NV-{n:05}")).collect();
        let taken: HashSet<String> = taken_codes(conn, &some)?.into_iter().collect();
        for code in some {
            if codes.len() == count {
                break;
            }
            last += 1;
            if !taken.contains(&code) {
                codes.push(code);
            }
        }
        width *= 2;
    }
    set_last_number(conn, last)?;
    Ok(codes)
}

/// Adds rows of new tasks; how many were added: those whose code is taken are not.
///
/// # Errors
/// The database's.
pub(in crate::tasks) fn insert(conn: &mut TenantConn<'_>, rows: &[TaskRow]) -> Result<usize> {
    let mut added = 0;
    for batch in rows.chunks(BATCH) {
        let new = diesel::insert_into(tasks::table).values(batch);
        added += new.on_conflict((tasks::tenant_id, tasks::code)).do_nothing().execute(conn.pg())?;
    }
    Ok(added)
}

/// Writes a row that an act has changed.
///
/// # Errors
/// The database's.
pub(in crate::tasks) fn change(conn: &mut TenantConn<'_>, row: &TaskRow) -> Result<()> {
    let own = tasks::table.filter(tasks::tenant_id.eq(conn.tenant().uuid())).filter(tasks::id.eq(row.id));
    diesel::update(own).set(row).execute(conn.pg())?;
    Ok(())
}

/// Writes rows of sheets, new and changed alike; of a changed one everything that a sheet can say.
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
