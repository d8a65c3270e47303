//! SQL of files.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::model::{FileRow, TaskFile};
use crate::db::{SystemConn, TenantConn};
use crate::error::{Error, Result};
use crate::ids::TenantId;
use crate::schema::{task_files, task_submissions, tenants};

/// A reported completion that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Open {
    /// Its id.
    pub id: Uuid,
    /// The day it was made.
    pub submitted_on: NaiveDate,
}

/// What a file is evidence of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    pub submitted_on: NaiveDate,
    pub is_decided: bool,
}

/// The last submission that waits; an import replaces its own, so that they take nothing.
pub(super) fn open_submission(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Option<Open>> {
    use task_submissions::dsl;
    Ok(dsl::task_submissions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(task))
        .filter(dsl::accepted.is_null())
        .filter(dsl::import_id.is_null())
        .select((dsl::id, dsl::submitted_on))
        .order((dsl::submitted_on.desc(), dsl::id.desc()))
        .first(conn.pg())
        .optional()?)
}

/// Whether a submission of the task is decided; `None` when it has none of this id.
pub(super) fn is_decided(conn: &mut TenantConn<'_>, task: Uuid, submission: Uuid) -> Result<Option<bool>> {
    use task_submissions::dsl;
    Ok(dsl::task_submissions
        .filter(dsl::tenant_id.eq(conn.tenant().uuid()))
        .filter(dsl::task_id.eq(task))
        .filter(dsl::id.eq(submission))
        .select(dsl::accepted.is_not_null())
        .first(conn.pg())
        .optional()?)
}

/// What the tenant may keep, in MB; two who put files there wait for each other here, so that both can't use the last of
/// it.
pub(super) fn lock_storage(conn: &mut TenantConn<'_>) -> Result<Option<u32>> {
    let most: Option<i32> = tenants::table
        .find(conn.tenant().uuid())
        .select(tenants::most_storage_mb)
        .for_no_key_update()
        .first(conn.pg())?;
    Ok(most.and_then(|most| u32::try_from(most).ok()))
}

/// How much the tenant keeps.
pub(super) fn kept_bytes(conn: &mut TenantConn<'_>) -> Result<u64> {
    let sum: i64 = task_files::table
        .filter(task_files::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_files::removed_at.is_null())
        .select(sql::<BigInt>("coalesce(sum(bytes), 0)::bigint"))
        .first(conn.pg())?;
    Ok(u64::try_from(sum).unwrap_or_default())
}

pub(super) fn insert(conn: &mut TenantConn<'_>, files: &[TaskFile]) -> Result<()> {
    let tenant_id = conn.tenant().uuid();
    let row = |file: &TaskFile| {
        Ok(FileRow {
            tenant_id,
            id: file.id,
            task_id: file.task,
            submission_id: file.submission,
            name: file.name.clone(),
            kind: file.kind.code().to_owned(),
            bytes: file.bytes.try_into().map_err(|_| Error::Internal("a file of no size".to_owned()))?,
            sha256: file.sha256.to_vec(),
            added_by: file.added_by.clone(),
            added_at: file.added_at,
        })
    };
    let rows: Vec<FileRow> = files.iter().map(row).collect::<Result<_>>()?;
    diesel::insert_into(task_files::table).values(rows).execute(conn.pg())?;
    Ok(())
}

/// A file that is kept.
pub(super) fn find(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<TaskFile>> {
    let row = task_files::table
        .filter(task_files::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_files::id.eq(id))
        .filter(task_files::removed_at.is_null())
        .select(FileRow::as_select())
        .first(conn.pg())
        .optional()?;
    row.map(TaskFile::try_from).transpose()
}

/// The files of a task, each with what it is evidence of.
pub(super) fn of_task(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Vec<(TaskFile, Option<Evidence>)>> {
    let its_submission = task_submissions::tenant_id
        .eq(task_files::tenant_id)
        .and(task_submissions::id.nullable().eq(task_files::submission_id));
    let rows: Vec<(FileRow, Option<(NaiveDate, bool)>)> = task_files::table
        .left_join(task_submissions::table.on(its_submission))
        .filter(task_files::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_files::task_id.eq(task))
        .filter(task_files::removed_at.is_null())
        .order((task_files::added_at, task_files::id))
        .select((
            FileRow::as_select(),
            (task_submissions::submitted_on, task_submissions::accepted.is_not_null()).nullable(),
        ))
        .load(conn.pg())?;
    let told = |(row, evidence): (FileRow, Option<(NaiveDate, bool)>)| {
        let evidence = evidence.map(|(submitted_on, is_decided)| Evidence { submitted_on, is_decided });
        Ok((TaskFile::try_from(row)?, evidence))
    };
    rows.into_iter().map(told).collect()
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    actor: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// The people who put files to a task, by what the journal calls them.
const NAMES: &str = "
SELECT p.id::text AS actor, p.full_name AS name FROM persons p
 WHERE p.tenant_id = $1
   AND p.id::text IN (SELECT f.added_by FROM task_files f WHERE f.tenant_id = $1 AND f.task_id = $2)";

pub(super) fn names_of(conn: &mut TenantConn<'_>, task: Uuid) -> Result<Vec<(String, String)>> {
    let tenant = conn.tenant().uuid();
    let asked = diesel::sql_query(NAMES).bind::<SqlUuid, _>(tenant).bind::<SqlUuid, _>(task);
    let named: Vec<Named> = asked.load(conn.pg())?;
    Ok(named.into_iter().map(|row| (row.actor, row.name)).collect())
}

/// Whether the file was still there.
pub(super) fn remove(conn: &mut TenantConn<'_>, id: Uuid, by: &str, reason: &str) -> Result<bool> {
    let kept = task_files::table
        .filter(task_files::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_files::id.eq(id))
        .filter(task_files::removed_at.is_null());
    let gone = (
        task_files::removed_at.eq(conn.now()),
        task_files::removed_by.eq(by),
        task_files::removed_reason.eq(reason),
    );
    Ok(diesel::update(kept).set(gone).execute(conn.pg())? == 1)
}

/// The ids of all files that are kept.
pub(super) fn kept(conn: &mut TenantConn<'_>) -> Result<BTreeSet<Uuid>> {
    let ids: Vec<Uuid> = task_files::table
        .filter(task_files::tenant_id.eq(conn.tenant().uuid()))
        .filter(task_files::removed_at.is_null())
        .select(task_files::id)
        .load(conn.pg())?;
    Ok(ids.into_iter().collect())
}

/// Those of these tenants that are here.
pub(super) fn known(conn: &mut SystemConn<'_>, asked: &[TenantId]) -> Result<BTreeSet<Uuid>> {
    let asked: Vec<Uuid> = asked.iter().map(|tenant| tenant.uuid()).collect();
    let ids: Vec<Uuid> =
        tenants::table.filter(tenants::id.eq_any(asked)).select(tenants::id).load(conn.pg())?;
    Ok(ids.into_iter().collect())
}
