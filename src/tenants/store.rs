//! SQL of tenants, their settings and the installation's mark.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Counting, Limits, PaperHead, SettingsRow, TenantListed, TenantRow};
use crate::db::{SystemConn, TenantConn};
use crate::domain::preference::SendTime;
use crate::domain::two_factor::FactorRule;
use crate::error::{Error, Result};
use crate::ids::TenantId;
use crate::schema::{installation, tenant_hosts, tenant_settings, tenants};

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
    let row = TenantRow { id: conn.tenant().uuid(), slug, created_at: conn.now(), state_since: conn.now() };
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

pub(super) fn save_paper_head(conn: &mut TenantConn<'_>, head: &PaperHead) -> Result<()> {
    let own = tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()));
    let values =
        (tenant_settings::superior.eq(&head.superior), tenant_settings::letter_place.eq(&head.place));
    diesel::update(own).set(values).execute(conn.pg())?;
    Ok(())
}

pub(super) fn save_digest_hour(conn: &mut TenantConn<'_>, time: SendTime) -> Result<()> {
    let own = tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()));
    diesel::update(own).set(tenant_settings::digest_hour.eq(time.minutes())).execute(conn.pg())?;
    Ok(())
}

pub(super) fn save_counting(conn: &mut TenantConn<'_>, counting: Counting) -> Result<()> {
    let days = i16::try_from(counting.due_soon_days)
        .map_err(|_| Error::Internal("a number of days out of its range".to_owned()))?;
    let briefing_day = counting.briefing_day.map(i16::try_from).transpose();
    let briefing_day =
        briefing_day.map_err(|_| Error::Internal("a day of a month out of its range".to_owned()))?;
    let own = tenant_settings::table.filter(tenant_settings::tenant_id.eq(conn.tenant().uuid()));
    let values = (
        tenant_settings::briefing_day.eq(briefing_day),
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

type LimitColumns = (Option<i32>, Option<i32>, Option<i32>);
type ListedRow = (Uuid, String, String, DateTime<Utc>, DateTime<Utc>, LimitColumns);

pub(super) fn list(conn: &mut SystemConn<'_>) -> Result<Vec<TenantListed>> {
    let columns = (
        tenants::id,
        tenants::slug,
        tenants::state,
        tenants::state_since,
        tenants::created_at,
        (tenants::most_people, tenants::requests_per_minute, tenants::most_storage_mb),
    );
    let rows: Vec<ListedRow> = tenants::table.select(columns).order(tenants::slug).load(conn.pg())?;
    let known: Vec<(Uuid, String)> = tenant_hosts::table
        .select((tenant_hosts::tenant, tenant_hosts::host))
        .order((tenant_hosts::added_at, tenant_hosts::host))
        .load(conn.pg())?;
    let mut hosts: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (tenant, host) in known {
        hosts.entry(tenant).or_default().push(host);
    }
    let listed = |(id, slug, state, state_since, created_at, limits): ListedRow| TenantListed {
        hosts: hosts.remove(&id).unwrap_or_default(),
        limits: as_limits(limits),
        is_active: state == "active",
        id,
        slug,
        state_since,
        created_at,
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// The columns hold positive numbers only.
fn as_limits((people, requests, storage): LimitColumns) -> Limits {
    let limit = |n: Option<i32>| n.and_then(|n| u32::try_from(n).ok());
    Limits { people: limit(people), requests_per_minute: limit(requests), storage_mb: limit(storage) }
}

pub(super) fn is_active(conn: &mut TenantConn<'_>) -> Result<bool> {
    let state: String = tenants::table.find(conn.tenant().uuid()).select(tenants::state).first(conn.pg())?;
    Ok(state == "active")
}

/// Sets the state; whether it was the other one.
pub(super) fn set_active(conn: &mut TenantConn<'_>, active: bool) -> Result<bool> {
    let state = if active { "active" } else { "suspended" };
    let other = tenants::table.find(conn.tenant().uuid()).filter(tenants::state.ne(state));
    let changed = (tenants::state.eq(state), tenants::state_since.eq(conn.now()));
    Ok(diesel::update(other).set(changed).execute(conn.pg())? == 1)
}

pub(super) fn limits(conn: &mut TenantConn<'_>) -> Result<Limits> {
    let columns = (tenants::most_people, tenants::requests_per_minute, tenants::most_storage_mb);
    Ok(as_limits(tenants::table.find(conn.tenant().uuid()).select(columns).first(conn.pg())?))
}

pub(super) fn save_limits(conn: &mut TenantConn<'_>, limits: Limits) -> Result<()> {
    // What no column could hold limits nothing.
    let column = |limit: Option<u32>| limit.and_then(|n| i32::try_from(n).ok());
    let values = (
        tenants::most_people.eq(column(limits.people)),
        tenants::requests_per_minute.eq(column(limits.requests_per_minute)),
        tenants::most_storage_mb.eq(column(limits.storage_mb)),
    );
    diesel::update(tenants::table.find(conn.tenant().uuid())).set(values).execute(conn.pg())?;
    Ok(())
}

/// The tenant's hosts, the first one first.
pub(super) fn hosts(conn: &mut TenantConn<'_>) -> Result<Vec<String>> {
    Ok(tenant_hosts::table
        .filter(tenant_hosts::tenant.eq(conn.tenant().uuid()))
        .select(tenant_hosts::host)
        .order((tenant_hosts::added_at, tenant_hosts::host))
        .load(conn.pg())?)
}

/// Whether nobody had the host.
pub(super) fn insert_host(conn: &mut TenantConn<'_>, host: &str) -> Result<bool> {
    let row = (
        tenant_hosts::host.eq(host),
        tenant_hosts::tenant.eq(conn.tenant().uuid()),
        tenant_hosts::added_at.eq(conn.now()),
    );
    let made = diesel::insert_into(tenant_hosts::table).values(row).on_conflict_do_nothing();
    Ok(made.execute(conn.pg())? == 1)
}

/// Whether the tenant had the host.
pub(super) fn remove_host(conn: &mut TenantConn<'_>, host: &str) -> Result<bool> {
    let own = tenant_hosts::table.find(host).filter(tenant_hosts::tenant.eq(conn.tenant().uuid()));
    Ok(diesel::delete(own).execute(conn.pg())? == 1)
}

/// Whose people come by a host.
pub(super) fn at_host(conn: &mut SystemConn<'_>, host: &str) -> Result<Option<(TenantId, String)>> {
    let found: Option<(Uuid, String)> = tenant_hosts::table
        .inner_join(tenants::table)
        .filter(tenant_hosts::host.eq(host))
        .select((tenants::id, tenants::slug))
        .first(conn.pg())
        .optional()?;
    Ok(found.map(|(id, slug)| (TenantId::from_uuid(id), slug)))
}
