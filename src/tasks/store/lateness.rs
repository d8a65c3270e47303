//! SQL of the reasons for which tasks are late.

use diesel::prelude::*;
use uuid::Uuid;

use crate::db::TenantConn;
use crate::domain::task::LateReasonKind;
use crate::error::{Error, Result};
use crate::schema::tasks;
use crate::tasks::lateness::Lateness;

/// Why a task is late; `None` when there is no such task.
pub(in crate::tasks) fn one(conn: &mut TenantConn<'_>, id: Uuid) -> Result<Option<Lateness>> {
    type Row = (Option<String>, Option<String>, Option<String>);
    let row: Option<Row> = tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::id.eq(id))
        .select((tasks::late_reason_kind, tasks::late_reason_category, tasks::late_reason))
        .first(conn.pg())
        .optional()?;
    let Some((kind, category, words)) = row else { return Ok(None) };
    let unknown = || Error::Internal("a task holds an unknown kind of reason".to_owned());
    let kind = match kind {
        Some(code) => Some(LateReasonKind::from_code(&code).ok_or_else(unknown)?),
        None => None,
    };
    Ok(Some(Lateness { kind, category, words }))
}

/// Writes why a task is late; its version rises.
pub(in crate::tasks) fn save(conn: &mut TenantConn<'_>, id: Uuid, said: &Lateness) -> Result<()> {
    let now = conn.now();
    let own = tasks::table.filter(tasks::tenant_id.eq(conn.tenant().uuid())).filter(tasks::id.eq(id));
    let fresh = (
        tasks::late_reason_kind.eq(said.kind.map(LateReasonKind::code)),
        tasks::late_reason_category.eq(&said.category),
        tasks::late_reason.eq(&said.words),
        tasks::version.eq(tasks::version + 1),
        tasks::updated_at.eq(now),
    );
    diesel::update(own).set(fresh).execute(conn.pg())?;
    Ok(())
}

/// Those of the tasks for whose lateness something was said.
pub(in crate::tasks) fn said(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::id.eq_any(ids))
        .filter(tasks::late_reason_category.is_not_null().or(tasks::late_reason.is_not_null()))
        .select(tasks::id)
        .load(conn.pg())?)
}
