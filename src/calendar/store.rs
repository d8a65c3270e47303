//! SQL of calendar days.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::TenantConn;
use crate::domain::calendar::{DayKind, SpecialDay};
use crate::domain::public_days::PublicDay;
use crate::error::{Error, Result};
use crate::schema::calendar_days;

pub(super) fn insert(conn: &mut TenantConn<'_>, days: &[PublicDay]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    let rows: Vec<_> = days
        .iter()
        .map(|day| {
            (
                calendar_days::tenant_id.eq(tenant),
                calendar_days::day.eq(day.day),
                calendar_days::kind.eq(day.kind.code()),
                calendar_days::name.eq(day.name),
                calendar_days::provisional.eq(day.provisional),
            )
        })
        .collect();
    diesel::insert_into(calendar_days::table).values(rows).execute(conn.pg())?;
    Ok(())
}

pub(super) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<SpecialDay>> {
    let rows: Vec<(NaiveDate, String)> = calendar_days::table
        .filter(calendar_days::tenant_id.eq(conn.tenant().uuid()))
        .select((calendar_days::day, calendar_days::kind))
        .order(calendar_days::day)
        .load(conn.pg())?;
    rows.into_iter()
        .map(|(day, kind)| {
            let kind = DayKind::from_code(&kind)
                .ok_or_else(|| Error::Internal(format!("unknown kind of calendar day: {kind}")))?;
            Ok(SpecialDay { day, kind })
        })
        .collect()
}
