//! SQL of the list of reasons.

use diesel::prelude::*;

use crate::db::TenantConn;
use crate::domain::late_reason::LateReason;
use crate::domain::task::LateReasonKind;
use crate::error::{Error, Result};
use crate::schema::late_reasons;

pub(super) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<LateReason>> {
    let rows: Vec<(String, String, bool)> = late_reasons::table
        .filter(late_reasons::tenant_id.eq(conn.tenant().uuid()))
        .select((late_reasons::kind, late_reasons::category, late_reasons::is_active))
        .order(late_reasons::place)
        .load(conn.pg())?;
    let reason = |(kind, category, is_active): (String, String, bool)| {
        let unknown = || Error::Internal("a reason for lateness is of an unknown kind".to_owned());
        Ok(LateReason { kind: LateReasonKind::from_code(&kind).ok_or_else(unknown)?, category, is_active })
    };
    rows.into_iter().map(reason).collect()
}

pub(super) fn replace(conn: &mut TenantConn<'_>, reasons: &[LateReason]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    diesel::delete(late_reasons::table.filter(late_reasons::tenant_id.eq(tenant))).execute(conn.pg())?;
    let rows: Vec<_> = (0i16..)
        .zip(reasons)
        .map(|(place, reason)| {
            (
                late_reasons::tenant_id.eq(tenant),
                late_reasons::place.eq(place),
                late_reasons::kind.eq(reason.kind.code()),
                late_reasons::category.eq(&reason.category),
                late_reasons::is_active.eq(reason.is_active),
            )
        })
        .collect();
    diesel::insert_into(late_reasons::table).values(rows).execute(conn.pg())?;
    Ok(())
}
