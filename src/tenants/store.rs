//! SQL of tenants, their settings and the installation's mark.

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Counting, SettingsRow, TenantRow};
use crate::db::{SystemConn, TenantConn};
use crate::domain::two_factor::FactorRule;
use crate::error::{Error, Result};
use crate::ids::TenantId;
use crate::schema::{installation, tenant_settings, tenants};

pub(super) fn id_of(conn: &mut SystemConn<'_>, slug: &str) -> Result<Option<TenantId>> {
    let id: Option<Uuid> =
        tenants::table.filter(tenants::slug.eq(slug)).select(tenants::id).first(conn.pg()).optional()?;
    Ok(id.map(TenantId::from_uuid))
}

pub(super) fn active_id_of(conn: &mut SystemConn<'_>, slug: &str) -> Result<Option<TenantId>> {
    let named = tenants::table.filter(tenants::slug.eq(slug)).filter(tenants::state.eq("active"));
    let id: Option<Uuid> = named.select(tenants::id).first(conn.pg()).optional()?;
    Ok(id.map(TenantId::from_uuid))
}

pub(super) fn any(conn: &mut SystemConn<'_>) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(tenants::table.select(tenants::id))).get_result(conn.pg())?)
}

pub(super) fn insert(conn: &mut TenantConn<'_>, slug: &str, name: &str) -> Result<bool> {
    let row = TenantRow { id: conn.tenant().uuid(), slug, created_at: conn.now() };
    let made = diesel::insert_into(tenants::table)
        .values(row)
        .on_conflict(tenants::slug)
        .do_nothing()
        .execute(conn.pg())?;
    if made == 0 {
        return Ok(false);
    }
    let settings = (tenant_settings::tenant_id.eq(conn.tenant().uuid()), tenant_settings::name.eq(name));
    diesel::insert_into(tenant_settings::table).values(settings).execute(conn.pg())?;
    Ok(true)
}

pub(super) fn settings(conn: &mut TenantConn<'_>) -> Result<SettingsRow> {
    Ok(tenant_settings::table
        .filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()))
        .select(SettingsRow::as_select())
        .first(conn.pg())?)
}

pub(super) fn save_factor_rule(conn: &mut TenantConn<'_>, rule: FactorRule) -> Result<()> {
    let own = tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()));
    let values = (
        tenant_settings::two_factor_required.eq(rule.required),
        tenant_settings::two_factor_unit_heads.eq(rule.unit_heads),
    );
    diesel::update(own).set(values).execute(conn.pg())?;
    Ok(())
}

pub(super) fn save_name(conn: &mut TenantConn<'_>, name: &str) -> Result<()> {
    let own = tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()));
    diesel::update(own).set(tenant_settings::name.eq(name)).execute(conn.pg())?;
    Ok(())
}

pub(super) fn save_counting(conn: &mut TenantConn<'_>, counting: Counting) -> Result<()> {
    let days = i16::try_from(counting.due_soon_days)
        .map_err(|_| Error::Internal("a number of days out of its range".to_owned()))?;
    let own = tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()));
    let values = (
        tenant_settings::due_soon_days.eq(days),
        tenant_settings::period_kind.eq(counting.period_kind.code()),
        tenant_settings::roll_rule.eq(counting.roll_rule.code()),
    );
    diesel::update(own).set(values).execute(conn.pg())?;
    Ok(())
}

pub(super) fn is_demo(conn: &mut SystemConn<'_>) -> Result<bool> {
    let demo = installation::table.filter(installation::purpose.eq("demo")).select(installation::purpose);
    Ok(diesel::select(diesel::dsl::exists(demo)).get_result(conn.pg())?)
}

pub(super) fn mark_demo(conn: &mut TenantConn<'_>) -> Result<()> {
    let row = (installation::purpose.eq("demo"), installation::created_at.eq(conn.now()));
    diesel::insert_into(installation::table).values(row).on_conflict_do_nothing().execute(conn.pg())?;
    Ok(())
}
