//! SQL of the queue.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::{Claimed, LEASE, MOST_ATTEMPTS, MOST_LOSSES, back_off};
use crate::db::{SystemConn, TenantConn};
use crate::domain::slots::Slot;
use crate::error::Result;
use crate::ids::{TenantId, new_id};
use crate::schema::{job_slots, jobs, tenants};

pub(super) fn enqueue(conn: &mut TenantConn<'_>, kind: &str, key: &str, due_at: DateTime<Utc>) -> Result<()> {
    let row = (
        jobs::id.eq(new_id()),
        jobs::kind.eq(kind),
        jobs::tenant.eq(conn.tenant().uuid()),
        jobs::key.eq(key),
        jobs::due_at.eq(due_at),
        jobs::created_at.eq(conn.now()),
    );
    diesel::insert_into(jobs::table).values(row).on_conflict_do_nothing().execute(conn.pg())?;
    Ok(())
}

/// The next job: of the tenant that was served longest ago, then the one that waits longest.
const CLAIM: &str = "
    UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_until = $2
     WHERE id = (SELECT j.id FROM jobs j LEFT JOIN job_turns t ON t.tenant = j.tenant
                  WHERE j.state = 'queued' AND j.due_at <= $1 AND j.kind = ANY ($3)
                    AND (j.tenant IS NULL OR EXISTS (SELECT FROM tenants o
                                                      WHERE o.id = j.tenant AND o.state = 'active'))
                  ORDER BY t.served_at NULLS FIRST, j.due_at, j.id LIMIT 1 FOR UPDATE OF j SKIP LOCKED)
    RETURNING id, kind, tenant, key, attempts";

const TURN: &str = "
    INSERT INTO job_turns (tenant, served_at) VALUES ($1, $2)
    ON CONFLICT (tenant) DO UPDATE SET served_at = excluded.served_at";

#[derive(QueryableByName)]
struct ClaimedRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    tenant: Option<Uuid>,
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Integer)]
    attempts: i32,
}

pub(super) fn claim(conn: &mut SystemConn<'_>, kinds: &[&str]) -> Result<Option<Claimed>> {
    let now = conn.now();
    let found: Option<ClaimedRow> = diesel::sql_query(CLAIM)
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now + LEASE)
        .bind::<Array<Text>, _>(kinds)
        .get_result(conn.pg())
        .optional()?;
    let Some(row) = found else { return Ok(None) };
    if let Some(tenant) = row.tenant {
        let turn = diesel::sql_query(TURN).bind::<SqlUuid, _>(tenant).bind::<Timestamptz, _>(now);
        turn.execute(conn.pg())?;
    }
    let tenant = row.tenant.map(TenantId::from_uuid);
    Ok(Some(Claimed { id: row.id, kind: row.kind, key: row.key, tenant, attempts: row.attempts }))
}

/// How a job ended.
pub(super) enum End {
    Done,
    Again(String),
    Dead(String),
    /// Given back unharmed, as the process is told to end.
    Released,
}

/// Ends a claim, unless somebody else has made a later one.
pub(super) fn finish(conn: &mut SystemConn<'_>, job: &Claimed, end: &End) -> Result<bool> {
    let now = conn.now();
    let (state, error) = match end {
        End::Done => ("done", None),
        End::Again(code) if job.attempts < MOST_ATTEMPTS => ("queued", Some(code)),
        End::Again(code) | End::Dead(code) => ("dead", Some(code)),
        End::Released => ("queued", None),
    };
    let spent = job.attempts - i32::from(matches!(end, End::Released));
    let due_at = match end {
        End::Released => now,
        _ => now + back_off(job.attempts, job.id),
    };
    let finished_at = (state != "queued").then_some(now);
    let mine = jobs::table.filter(jobs::id.eq(job.id)).filter(jobs::state.eq("running"));
    let values = (
        jobs::state.eq(state),
        jobs::attempts.eq(spent),
        jobs::lease_until.eq(None::<DateTime<Utc>>),
        jobs::last_error.eq(error),
        jobs::due_at.eq(due_at),
        jobs::finished_at.eq(finished_at),
    );
    let ended =
        diesel::update(mine.filter(jobs::attempts.eq(job.attempts))).set(values).execute(conn.pg())?;
    Ok(ended == 1)
}

const EXTEND: &str = "
    UPDATE jobs j SET lease_until = $1 FROM unnest($2, $3) AS held (id, attempts)
     WHERE j.id = held.id AND j.attempts = held.attempts AND j.state = 'running'";

const RELEASE: &str = "
    UPDATE jobs j SET state = 'queued', lease_until = NULL, due_at = $1, attempts = j.attempts - 1
      FROM unnest($2, $3) AS held (id, attempts)
     WHERE j.id = held.id AND j.attempts = held.attempts AND j.state = 'running'";

/// A sign of life for claims, by job and number: a later claim of the same job is somebody else's.
pub(super) fn extend(conn: &mut SystemConn<'_>, held: &[(Uuid, i32)]) -> Result<()> {
    let until = conn.now() + LEASE;
    of_claims(conn, EXTEND, until, held)
}

/// Gives claims back unharmed.
pub(super) fn release(conn: &mut SystemConn<'_>, held: &[(Uuid, i32)]) -> Result<()> {
    let now = conn.now();
    of_claims(conn, RELEASE, now, held)
}

fn of_claims(
    conn: &mut SystemConn<'_>,
    statement: &'static str,
    at: DateTime<Utc>,
    held: &[(Uuid, i32)],
) -> Result<()> {
    let (ids, attempts): (Vec<Uuid>, Vec<i32>) = held.iter().copied().unzip();
    diesel::sql_query(statement)
        .bind::<Timestamptz, _>(at)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Integer>, _>(attempts)
        .execute(conn.pg())?;
    Ok(())
}

/// Jobs whose worker has gone: queued again, or dead once too many were lost.
const RESCUE: &str = "
    UPDATE jobs SET lease_losses = lease_losses + 1, lease_until = NULL, last_error = 'lease lost', due_at = $1,
           state = CASE WHEN lease_losses + 1 >= $2 THEN 'dead' ELSE 'queued' END,
           finished_at = CASE WHEN lease_losses + 1 >= $2 THEN $1 END
     WHERE id IN (SELECT id FROM jobs WHERE state = 'running' AND lease_until < $1 FOR UPDATE SKIP LOCKED)";

pub(super) fn rescue(conn: &mut SystemConn<'_>) -> Result<usize> {
    let now = conn.now();
    let rescue = diesel::sql_query(RESCUE).bind::<Timestamptz, _>(now).bind::<Integer, _>(MOST_LOSSES);
    Ok(rescue.execute(conn.pg())?)
}

pub(super) fn last_slot(conn: &mut SystemConn<'_>, kind: &str) -> Result<Option<DateTime<Utc>>> {
    let own = job_slots::table.filter(job_slots::kind.eq(kind));
    Ok(own.select(diesel::dsl::max(job_slots::at)).first(conn.pg())?)
}

/// Marks a slot as come; `false` when another process has.
pub(super) fn insert_slot(conn: &mut SystemConn<'_>, kind: &str, slot: &Slot) -> Result<bool> {
    let row = (job_slots::kind.eq(kind), job_slots::slot.eq(slot.key()), job_slots::at.eq(slot.at));
    Ok(diesel::insert_into(job_slots::table).values(row).on_conflict_do_nothing().execute(conn.pg())? == 1)
}

/// One job of a slot: for each active tenant, or for the installation.
pub(super) fn fan_out(conn: &mut SystemConn<'_>, kind: &str, slot: &Slot, a_tenant: bool) -> Result<()> {
    let now = conn.now();
    let whose: Vec<Option<Uuid>> = if a_tenant {
        let active = tenants::table.filter(tenants::state.eq("active")).select(tenants::id);
        active.load::<Uuid>(conn.pg())?.into_iter().map(Some).collect()
    } else {
        vec![None]
    };
    let key = slot.key();
    let rows: Vec<_> = whose
        .into_iter()
        .map(|tenant| {
            (
                jobs::id.eq(new_id()),
                jobs::kind.eq(kind),
                jobs::tenant.eq(tenant),
                jobs::key.eq(&key),
                jobs::due_at.eq(slot.at),
                jobs::created_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(jobs::table).values(rows).on_conflict_do_nothing().execute(conn.pg())?;
    Ok(())
}

/// The queue in numbers; jobs of closed tenants wait on purpose.
#[derive(QueryableByName)]
pub(super) struct Counted {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest_due: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    pub dead: i64,
    #[diesel(sql_type = BigInt)]
    pub dead_lately: i64,
}

/// A job that stands for a slot of long ago has waited since it was made.
const COUNTED: &str = "
    WITH asked AS (SELECT j.state, greatest(j.due_at, j.created_at) AS due_at, j.finished_at FROM jobs j LEFT JOIN tenants o ON o.id = j.tenant
                    WHERE (j.state = 'dead' OR j.state = 'queued' AND j.due_at <= $1)
                      AND ($3 IS NULL OR j.tenant IS NULL OR j.tenant = $3)
                      AND (j.tenant IS NULL OR o.state = 'active'))
    SELECT min(due_at) FILTER (WHERE state = 'queued') AS oldest_due,
           count(*) FILTER (WHERE state = 'dead') AS dead,
           count(*) FILTER (WHERE state = 'dead' AND finished_at >= $2) AS dead_lately FROM asked";

/// The queue of a tenant and the installation, or of everybody.
pub(super) fn counted(
    conn: &mut SystemConn<'_>,
    tenant: Option<TenantId>,
    since: DateTime<Utc>,
) -> Result<Counted> {
    let now = conn.now();
    Ok(diesel::sql_query(COUNTED)
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(since)
        .bind::<Nullable<SqlUuid>, _>(tenant.map(|tenant| tenant.uuid()))
        .get_result(conn.pg())?)
}

/// When a slot of each kind last came.
pub(super) fn last_slots(conn: &mut SystemConn<'_>) -> Result<BTreeMap<String, DateTime<Utc>>> {
    let rows: Vec<(String, Option<DateTime<Utc>>)> = job_slots::table
        .group_by(job_slots::kind)
        .select((job_slots::kind, diesel::dsl::max(job_slots::at)))
        .load(conn.pg())?;
    Ok(rows.into_iter().filter_map(|(kind, at)| Some((kind, at?))).collect())
}

/// Slots by which a kind is known to have run stay longer than any catch-up looks back.
pub(super) fn purge(conn: &mut SystemConn<'_>, days: i64) -> Result<usize> {
    let before = conn.now() - TimeDelta::days(days);
    diesel::delete(job_slots::table.filter(job_slots::at.lt(before))).execute(conn.pg())?;
    let finished = jobs::table.filter(jobs::finished_at.lt(before)).filter(jobs::state.eq("done"));
    Ok(diesel::delete(finished).execute(conn.pg())?)
}
