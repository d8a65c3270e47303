//! SQL of acts on several tasks: each a fixed number of statements, however many tasks there are.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Nullable, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;
use crate::ids::new_id;
use crate::schema::{task_assignees, task_coordinators, task_extensions, task_lead_changes, tasks};

/// What ties tasks to units and people, and what is open of them.
pub(in crate::tasks) struct Ties {
    /// The coordinating units of each.
    pub coordinating: HashMap<Uuid, Vec<Uuid>>,
    /// Who does each.
    pub assignees: HashMap<Uuid, Vec<Uuid>>,
    /// Those of which a later deadline is asked for.
    pub asked: HashSet<Uuid>,
    /// By whom each was reported as completed that waits.
    pub reported_by: HashMap<Uuid, Option<String>>,
}

pub(in crate::tasks) fn ties(conn: &mut TenantConn<'_>, ids: &[Uuid]) -> Result<Ties> {
    let tenant = conn.tenant().uuid();
    let assignees: Vec<(Uuid, Uuid)> = task_assignees::table
        .filter(task_assignees::tenant_id.eq(tenant))
        .filter(task_assignees::task_id.eq_any(ids))
        .select((task_assignees::task_id, task_assignees::person_id))
        .order((task_assignees::task_id, task_assignees::person_id))
        .load(conn.pg())?;
    let asked: Vec<Uuid> = task_extensions::table
        .filter(task_extensions::tenant_id.eq(tenant))
        .filter(task_extensions::task_id.eq_any(ids))
        .filter(task_extensions::decision.is_null())
        .select(task_extensions::task_id)
        .load(conn.pg())?;
    let waiting = super::acts::waiting(conn, ids)?;
    Ok(Ties {
        coordinating: gathered(super::several::coordinating(conn, ids)?),
        assignees: gathered(assignees),
        asked: asked.into_iter().collect(),
        reported_by: waiting.into_iter().map(|report| (report.task_id, report.submitted_by)).collect(),
    })
}

fn gathered(pairs: Vec<(Uuid, Uuid)>) -> HashMap<Uuid, Vec<Uuid>> {
    let mut all: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (task, other) in pairs {
        all.entry(task).or_default().push(other);
    }
    all
}

const CONTACT: &str = "
UPDATE tasks SET contact_id = coalesce($3, contact_id), version = version + 1, updated_at = $4
 WHERE tenant_id = $1 AND id = ANY ($2)";

const ASSIGNED: &str = "
INSERT INTO task_assignees (tenant_id, task_id, person_id)
SELECT $1, task, person FROM unnest($2) AS task CROSS JOIN unnest($3) AS person";

/// Gives tasks a contact, unless there is none to give, and other assignees, unless there are none.
pub(in crate::tasks) fn assign(
    conn: &mut TenantConn<'_>,
    ids: &[Uuid],
    contact: Option<Uuid>,
    assignees: &[Uuid],
) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    diesel::sql_query(CONTACT)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Nullable<SqlUuid>, _>(contact)
        .bind::<Timestamptz, _>(now)
        .execute(conn.pg())?;
    if assignees.is_empty() {
        return Ok(());
    }
    let old = task_assignees::table
        .filter(task_assignees::tenant_id.eq(tenant))
        .filter(task_assignees::task_id.eq_any(ids));
    diesel::delete(old).execute(conn.pg())?;
    diesel::sql_query(ASSIGNED)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<SqlUuid>, _>(assignees)
        .execute(conn.pg())?;
    Ok(())
}

/// Gives a unit the lead of tasks from a day on: it no longer coordinates them, and who did them in the old one does
/// them no longer.
pub(in crate::tasks) fn give_lead(
    conn: &mut TenantConn<'_>,
    from: &[(Uuid, Uuid)],
    to: Uuid,
    day: NaiveDate,
    reason: &str,
) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    let ids: HashSet<Uuid> = from.iter().map(|(task, _)| *task).collect();
    let rows: Vec<_> = from
        .iter()
        .map(|(task, unit)| {
            (
                task_lead_changes::tenant_id.eq(tenant),
                task_lead_changes::id.eq(new_id()),
                task_lead_changes::task_id.eq(*task),
                task_lead_changes::changed_on.eq(day),
                task_lead_changes::from_unit_id.eq(*unit),
                task_lead_changes::reason.eq(reason),
            )
        })
        .collect();
    diesel::insert_into(task_lead_changes::table).values(rows).execute(conn.pg())?;
    let moved = tasks::table.filter(tasks::tenant_id.eq(tenant)).filter(tasks::id.eq_any(&ids));
    let fresh = (
        tasks::lead_unit_id.eq(to),
        tasks::contact_id.eq(None::<Uuid>),
        tasks::version.eq(tasks::version + 1),
        tasks::updated_at.eq(now),
    );
    diesel::update(moved).set(fresh).execute(conn.pg())?;
    let assigned = task_assignees::table
        .filter(task_assignees::tenant_id.eq(tenant))
        .filter(task_assignees::task_id.eq_any(&ids));
    diesel::delete(assigned).execute(conn.pg())?;
    let coordinated = task_coordinators::table
        .filter(task_coordinators::tenant_id.eq(tenant))
        .filter(task_coordinators::task_id.eq_any(&ids))
        .filter(task_coordinators::unit_id.eq(to));
    diesel::delete(coordinated).execute(conn.pg())?;
    Ok(())
}
