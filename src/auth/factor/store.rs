//! SQL of second factors.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::seeds::Owner;
use crate::db::TenantConn;
use crate::error::Result;
use crate::schema::{factor_offers, person_factors, recovery_codes};

/// A factor, locked: tries of one person come one after another.
#[derive(Queryable)]
pub(super) struct FactorRow {
    pub sealed_seed: Vec<u8>,
    pub tries: Vec<Option<DateTime<Utc>>>,
}

pub(super) fn owner(conn: &TenantConn<'_>, person: Uuid) -> Owner {
    Owner { tenant: conn.tenant().uuid(), person }
}

/// Whether a person has a factor.
pub fn exists(conn: &mut TenantConn<'_>, person: Uuid) -> Result<bool> {
    let own = person_factors::table
        .filter(person_factors::tenant_id.eq(conn.tenant().uuid()))
        .filter(person_factors::person_id.eq(person))
        .select(person_factors::person_id);
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn.pg())?)
}

pub(super) fn locked(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Option<FactorRow>> {
    Ok(person_factors::table
        .filter(person_factors::tenant_id.eq(conn.tenant().uuid()))
        .filter(person_factors::person_id.eq(person))
        .select((person_factors::sealed_seed, person_factors::tries))
        .for_update()
        .first(conn.pg())
        .optional()?)
}

pub(super) fn save_tries(conn: &mut TenantConn<'_>, person: Uuid, tries: &[DateTime<Utc>]) -> Result<()> {
    let own = person_factors::table
        .filter(person_factors::tenant_id.eq(conn.tenant().uuid()))
        .filter(person_factors::person_id.eq(person));
    let tries: Vec<Option<DateTime<Utc>>> = tries.iter().copied().map(Some).collect();
    diesel::update(own).set(person_factors::tries.eq(tries)).execute(conn.pg())?;
    Ok(())
}

/// Takes a time step unless it, or a later one, was taken before. Two at once: one of them.
pub(super) fn spend_step(conn: &mut TenantConn<'_>, person: Uuid, step: i64) -> Result<bool> {
    let earlier = person_factors::table
        .filter(person_factors::tenant_id.eq(conn.tenant().uuid()))
        .filter(person_factors::person_id.eq(person))
        .filter(person_factors::last_step.lt(step));
    Ok(diesel::update(earlier).set(person_factors::last_step.eq(step)).execute(conn.pg())? == 1)
}

/// Takes a recovery code that was not used before.
pub(super) fn spend_recovery(conn: &mut TenantConn<'_>, person: Uuid, hmac: &[u8]) -> Result<bool> {
    let unused = recovery_codes::table
        .filter(recovery_codes::tenant_id.eq(conn.tenant().uuid()))
        .filter(recovery_codes::person_id.eq(person))
        .filter(recovery_codes::code_hmac.eq(hmac))
        .filter(recovery_codes::used_at.is_null());
    Ok(diesel::update(unused).set(recovery_codes::used_at.eq(conn.now())).execute(conn.pg())? == 1)
}

pub(super) fn unused_recovery(conn: &mut TenantConn<'_>, person: Uuid) -> Result<i64> {
    Ok(recovery_codes::table
        .filter(recovery_codes::tenant_id.eq(conn.tenant().uuid()))
        .filter(recovery_codes::person_id.eq(person))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn.pg())?)
}

/// Keeps these codes in place of all before.
pub(super) fn replace_recovery(conn: &mut TenantConn<'_>, person: Uuid, hmacs: Vec<Vec<u8>>) -> Result<()> {
    forget_recovery(conn, person)?;
    let rows: Vec<_> = hmacs
        .into_iter()
        .map(|hmac| {
            (
                recovery_codes::tenant_id.eq(conn.tenant().uuid()),
                recovery_codes::person_id.eq(person),
                recovery_codes::code_hmac.eq(hmac),
                recovery_codes::created_at.eq(conn.now()),
            )
        })
        .collect();
    diesel::insert_into(recovery_codes::table).values(rows).execute(conn.pg())?;
    Ok(())
}

fn forget_recovery(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    let own = recovery_codes::table
        .filter(recovery_codes::tenant_id.eq(conn.tenant().uuid()))
        .filter(recovery_codes::person_id.eq(person));
    diesel::delete(own).execute(conn.pg())?;
    Ok(())
}

/// The seed shown in a session or step since an instant, locked: it is confirmed once.
pub(super) fn offer(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    shown_in: Uuid,
    since: DateTime<Utc>,
) -> Result<Option<Vec<u8>>> {
    Ok(factor_offers::table
        .filter(factor_offers::tenant_id.eq(conn.tenant().uuid()))
        .filter(factor_offers::shown_in.eq(shown_in))
        .filter(factor_offers::person_id.eq(person))
        .filter(factor_offers::created_at.gt(since))
        .select(factor_offers::sealed_seed)
        .for_update()
        .first(conn.pg())
        .optional()?)
}

pub(super) fn save_offer(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    shown_in: Uuid,
    sealed: &[u8],
) -> Result<()> {
    let fresh = (factor_offers::sealed_seed.eq(sealed), factor_offers::created_at.eq(conn.now()));
    let row = (
        factor_offers::tenant_id.eq(conn.tenant().uuid()),
        factor_offers::shown_in.eq(shown_in),
        factor_offers::person_id.eq(person),
        fresh,
    );
    diesel::insert_into(factor_offers::table)
        .values(row)
        .on_conflict((factor_offers::tenant_id, factor_offers::shown_in))
        .do_update()
        .set(fresh)
        .execute(conn.pg())?;
    Ok(())
}

/// Removes what can't be confirmed any more, so that the table stays small.
pub(super) fn sweep_offers(conn: &mut TenantConn<'_>, person: Uuid, since: DateTime<Utc>) -> Result<()> {
    let stale = factor_offers::table
        .filter(factor_offers::tenant_id.eq(conn.tenant().uuid()))
        .filter(factor_offers::person_id.eq(person))
        .filter(factor_offers::created_at.le(since));
    diesel::delete(stale).execute(conn.pg())?;
    Ok(())
}

pub(super) fn forget_offers(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    let own = factor_offers::table
        .filter(factor_offers::tenant_id.eq(conn.tenant().uuid()))
        .filter(factor_offers::person_id.eq(person));
    diesel::delete(own).execute(conn.pg())?;
    Ok(())
}

/// Puts a factor in force in place of one before; the tries that were counted go on counting.
pub(super) fn save_factor(
    conn: &mut TenantConn<'_>,
    person: Uuid,
    sealed: &[u8],
    last_step: i64,
) -> Result<()> {
    let fresh = (
        person_factors::sealed_seed.eq(sealed),
        person_factors::last_step.eq(last_step),
        person_factors::created_at.eq(conn.now()),
    );
    let row =
        (person_factors::tenant_id.eq(conn.tenant().uuid()), person_factors::person_id.eq(person), fresh);
    diesel::insert_into(person_factors::table)
        .values(row)
        .on_conflict((person_factors::tenant_id, person_factors::person_id))
        .do_update()
        .set(fresh)
        .execute(conn.pg())?;
    Ok(())
}

pub(super) fn forget_factor(conn: &mut TenantConn<'_>, person: Uuid) -> Result<()> {
    forget_recovery(conn, person)?;
    let own = person_factors::table
        .filter(person_factors::tenant_id.eq(conn.tenant().uuid()))
        .filter(person_factors::person_id.eq(person));
    diesel::delete(own).execute(conn.pg())?;
    Ok(())
}
