//! SQL of what the meeting asks about an overdue task besides its dates.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use crate::briefings::Reason;
use crate::db::TenantConn;
use crate::domain::task::LateReasonKind;
use crate::error::{Error, Result};
use crate::schema::{persons, tasks};

/// Why tasks are late and who answers for them, as far as that is known.
///
/// # Errors
/// The database's.
pub fn of(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, Reason>> {
    type Row = (Uuid, Option<String>, Option<String>, Option<String>, Option<String>);
    let is_said = tasks::late_reason.is_not_null().or(tasks::late_reason_category.is_not_null());
    let leader = persons::tenant_id.eq(tasks::tenant_id).and(persons::id.nullable().eq(tasks::leader_id));
    let rows: Vec<Row> = tasks::table
        .left_join(persons::table.on(leader))
        .filter(tasks::tenant_id.eq(conn.tenant().uuid()))
        .filter(tasks::id.eq_any(ids))
        .filter(is_said.or(tasks::leader_id.is_not_null()))
        .select((
            tasks::id,
            tasks::late_reason_kind,
            tasks::late_reason_category,
            tasks::late_reason,
            persons::full_name.nullable(),
        ))
        .load(conn.pg())?;
    rows.into_iter()
        .map(|(id, kind, category, words, leader)| {
            let unknown = || Error::Internal("a task holds an unknown kind of reason".to_owned());
            let kind = match kind {
                Some(code) => Some(LateReasonKind::from_code(&code).ok_or_else(unknown)?),
                None => None,
            };
            Ok((id, Reason { kind, category, words, leader }))
        })
        .collect()
}
