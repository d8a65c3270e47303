//! SQL of handing one person's open tasks to another.

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::TenantConn;
use crate::error::Result;

/// An open task that names a person, and where it does.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Held {
    /// The task.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// As its responsible leader.
    #[diesel(sql_type = Bool)]
    pub is_leader: bool,
    /// As the contact in the unit.
    #[diesel(sql_type = Bool)]
    pub is_contact: bool,
    /// As the office's follower.
    #[diesel(sql_type = Bool)]
    pub is_follower: bool,
    /// Among its assignees.
    #[diesel(sql_type = Bool)]
    pub is_assignee: bool,
}

const HELD: &str = "
SELECT * FROM (
    SELECT t.id, t.leader_id IS NOT DISTINCT FROM $2 AS is_leader, t.contact_id IS NOT DISTINCT FROM $2 AS is_contact,
           t.follower_id IS NOT DISTINCT FROM $2 AS is_follower,
           EXISTS (SELECT FROM task_assignees a
                    WHERE a.tenant_id = $1 AND a.task_id = t.id AND a.person_id = $2) AS is_assignee
      FROM tasks t
     WHERE t.tenant_id = $1 AND t.completed_on IS NULL AND t.deleted_at IS NULL
       AND t.status NOT IN ('cancelled', 'transferred')
) AS held WHERE is_leader OR is_contact OR is_follower OR is_assignee ORDER BY id";

/// The open tasks that name a person: not completed, cancelled, transferred or deleted.
///
/// # Errors
/// The database's.
pub fn open_of_person(conn: &mut TenantConn<'_>, person: Uuid) -> Result<Vec<Held>> {
    let tenant = conn.tenant().uuid();
    Ok(diesel::sql_query(HELD).bind::<SqlUuid, _>(tenant).bind::<SqlUuid, _>(person).load(conn.pg())?)
}

const PLACES: &str = "
UPDATE tasks SET leader_id = CASE leader_id WHEN $3 THEN $4 ELSE leader_id END,
       contact_id = CASE contact_id WHEN $3 THEN $4 ELSE contact_id END,
       follower_id = CASE follower_id WHEN $3 THEN $4 ELSE follower_id END,
       version = version + 1, updated_at = $5
 WHERE tenant_id = $1 AND id = ANY ($2)";

const ASSIGNED: &str = "
INSERT INTO task_assignees (tenant_id, task_id, person_id)
SELECT tenant_id, task_id, $4 FROM task_assignees WHERE tenant_id = $1 AND task_id = ANY ($2) AND person_id = $3
ON CONFLICT DO NOTHING";

const UNASSIGNED: &str =
    "DELETE FROM task_assignees WHERE tenant_id = $1 AND task_id = ANY ($2) AND person_id = $3";

/// Puts a person in another's place in these tasks.
///
/// # Errors
/// The database's.
pub fn hand_over(conn: &mut TenantConn<'_>, tasks: &[Uuid], from: Uuid, to: Uuid) -> Result<()> {
    let (tenant, now) = (conn.tenant().uuid(), conn.now());
    diesel::sql_query(PLACES)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(tasks)
        .bind::<SqlUuid, _>(from)
        .bind::<SqlUuid, _>(to)
        .bind::<Timestamptz, _>(now)
        .execute(conn.pg())?;
    diesel::sql_query(ASSIGNED)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(tasks)
        .bind::<SqlUuid, _>(from)
        .bind::<SqlUuid, _>(to)
        .execute(conn.pg())?;
    diesel::sql_query(UNASSIGNED)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(tasks)
        .bind::<SqlUuid, _>(from)
        .execute(conn.pg())?;
    Ok(())
}
