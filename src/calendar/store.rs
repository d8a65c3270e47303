//! SQL of calendar days.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::upsert::excluded;
use uuid::Uuid;

use super::CalendarDay;
use crate::db::TenantConn;
use crate::domain::calendar::DayKind;
use crate::error::{Error, Result};
use crate::schema::{calendar_days, tenant_settings};

/// Rows a statement.
const BATCH: usize = 5_000;

pub(super) fn save(conn: &mut TenantConn<'_>, days: &[CalendarDay]) -> Result<()> {
    let tenant = conn.tenant().uuid();
    for batch in days.chunks(BATCH) {
        let rows: Vec<_> = batch
            .iter()
            .map(|day| {
                (
                    calendar_days::tenant_id.eq(tenant),
                    calendar_days::day.eq(day.day),
                    calendar_days::kind.eq(day.kind.code()),
                    calendar_days::name.eq(&day.name),
                    calendar_days::source.eq(&day.source),
                    calendar_days::provisional.eq(day.provisional),
                )
            })
            .collect();
        diesel::insert_into(calendar_days::table)
            .values(rows)
            .on_conflict((calendar_days::tenant_id, calendar_days::day))
            .do_update()
            .set((
                calendar_days::kind.eq(excluded(calendar_days::kind)),
                calendar_days::name.eq(excluded(calendar_days::name)),
                calendar_days::source.eq(excluded(calendar_days::source)),
                calendar_days::provisional.eq(excluded(calendar_days::provisional)),
            ))
            .execute(conn.pg())?;
    }
    Ok(())
}

/// New days have no row to lock: the tenant's settings stand for its calendar.
pub(super) fn lock(conn: &mut TenantConn<'_>) -> Result<()> {
    let own = tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()));
    own.select(tenant_settings::tenant_id).for_update().first::<Uuid>(conn.pg())?;
    Ok(())
}

pub(super) fn delete(conn: &mut TenantConn<'_>, days: &[NaiveDate]) -> Result<()> {
    let of_tenant = calendar_days::table.filter(calendar_days::tenant_id.eq(conn.tenant().uuid()));
    diesel::delete(of_tenant.filter(calendar_days::day.eq_any(days))).execute(conn.pg())?;
    Ok(())
}

pub(super) fn all(conn: &mut TenantConn<'_>) -> Result<Vec<CalendarDay>> {
    type Row = (NaiveDate, String, String, Option<String>, bool);
    let rows: Vec<Row> = calendar_days::table
        .filter(calendar_days::tenant_id.eq(conn.tenant().uuid()))
        .select((
            calendar_days::day,
            calendar_days::kind,
            calendar_days::name,
            calendar_days::source,
            calendar_days::provisional,
        ))
        .order(calendar_days::day)
        .load(conn.pg())?;
    rows.into_iter()
        .map(|(day, kind, name, source, provisional)| {
            let kind = DayKind::from_code(&kind)
                .ok_or_else(|| Error::Internal(format!("unknown kind of calendar day: {kind}")))?;
            Ok(CalendarDay { day, kind, name, source, provisional })
        })
        .collect()
}
